#include "cli/cli.h"

/* families and levers: what can be written, from the cards themselves. */

static void field(const struct request *request, struct pt_buffer *out, const char *name,
                  const char *text)
{
    if (text && text[0] != '\0') {
        const char *label = pt_translate(request->language, name);
        int pad = 14 - (int)pt_utf8_width(label);
        struct pt_buffer line = { 0 };
        pt_buffer_printf(&line, "  %s%*s%s\n", label, pad > 1 ? pad : 1, "",
                         pt_translate(request->language, text));
        pt_buffer_paragraph(out, line.bytes, terminal_width(request), 16);
        out->failed |= line.failed;
        pt_buffer_free(&line);
    }
}

static int run_families(struct request *request)
{
    struct pt_buffer out = { 0 };
    for (size_t i = 0; pt_families[i]; i++) {
        const struct pt_family *f = pt_families[i];
        pt_buffer_printf(&out, "%s%s", i > 0 ? "\n" : "", f->name);
        if (f == pt_family_default()) {
            pt_buffer_text(&out, " ");
            pt_buffer_say(&out, request->language, PT_N("(default)"));
        }
        pt_buffer_text(&out, "\n");
        char least[24];
        snprintf(least, sizeof least, "%zu", f->least_n);
        field(request, &out, PT_N("what"), f->title);
        field(request, &out, PT_N("curve"), f->formula);
        field(request, &out, PT_N("errors"), f->error_law);
        field(request, &out, PT_N("parity"), f->parity);
        field(request, &out, PT_N("least n"), least);
        field(request, &out, PT_N("reference"), f->reference);
    }
    return deliver(request, &out);
}

/* Under a heading, how a level of resources gives an effect. */
static void list_responses(const struct request *request, struct pt_buffer *out)
{
    pt_buffer_text(out, "\n");
    pt_buffer_say(out, request->language, PT_N("responses (of resources)"));
    pt_buffer_text(out, "\n");
    for (size_t i = 0; pt_responses[i]; i++) {
        const struct pt_response *r = pt_responses[i];
        struct pt_buffer text = { 0 };
        pt_buffer_printf(&text, "%s%s: %s", pt_translate(request->language, r->title),
                         r->has_maximum ? pt_translate(request->language, PT_N(" ('maximum')"))
                                        : "",
                         r->formula);
        field(request, out, r->name, text.bytes);
        out->failed |= text.failed;
        pt_buffer_free(&text);
    }
}

static int run_levers(struct request *request)
{
    struct pt_buffer out = { 0 };
    for (size_t i = 0; pt_lever_kinds[i]; i++) {
        const struct pt_lever_kind *k = pt_lever_kinds[i];
        pt_buffer_printf(&out, "%s%s\n", i > 0 ? "\n" : "", k->name);
        field(request, &out, PT_N("what"), k->title);
        field(request, &out, PT_N("formula"), k->formula);
        field(request, &out, PT_N("needs"), k->needs);
        field(request, &out, PT_N("may have"), k->takes);
    }
    list_responses(request, &out);
    pt_buffer_text(&out, "\n");
    pt_buffer_say(&out, request->language, PT_N("effects"));
    pt_buffer_text(&out, "\n");
    for (size_t i = 0; pt_distributions[i]; i++) {
        const struct pt_distribution *d = pt_distributions[i];
        struct pt_buffer text = { 0 };
        pt_buffer_printf(&text, "%s", pt_translate(request->language, d->title));
        for (size_t p = 0; p < d->n_parameters; p++) {
            pt_buffer_printf(&text, "%s%s", p == 0 ? ": " : ", ",
                             pt_translate(request->language, d->parameters[p]));
        }
        field(request, &out, d->name, text.bytes);
        out.failed |= text.failed;
        pt_buffer_free(&text);
    }
    return deliver(request, &out);
}

static const struct argp_option *const options[] = { options_data, options_general, NULL };

const struct command command_families = {
    .name = "families",
    .arguments = "",
    .summary = PT_N("the trend lines that can be written under 'trend:'"),
    .options = options,
    .most = 0,
    .run = run_families,
};

const struct command command_levers = {
    .name = "levers",
    .arguments = "",
    .summary = PT_N("the kinds of levers and effects that can be written in a scenario"),
    .options = options,
    .most = 0,
    .run = run_levers,
};
