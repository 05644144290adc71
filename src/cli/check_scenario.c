#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cli/cli.h"

/* What each scenario will do, programme by programme: those whose effect is least sure first. */

/* A source that says itself that it is none. */
static bool is_assumption(const struct pt_text *source)
{
    static const char *const words[] = { "assum", "antag", NULL };
    const char *texts[] = { source->da, source->en };
    for (size_t t = 0; t < 2; t++) {
        for (const char *at = texts[t]; at && *at; at++) {
            for (size_t w = 0; words[w]; w++) {
                if (strncasecmp(at, words[w], strlen(words[w])) == 0) {
                    return true;
                }
            }
        }
    }
    return false;
}

/* Low confidence first, then what is only assumed, then the rest. */
static int doubt(const struct pt_lever *lever)
{
    return lever->has_confidence && lever->confidence == PT_CONFIDENCE_LOW ? 0
           : is_assumption(&lever->source)                                 ? 1
                                                                           : 2;
}

/* One item: lines in a terminal, a point of a nested list in Markdown. level: from 1. */
static void paragraph(const struct request *request, struct pt_buffer *out, struct pt_buffer *line,
                      size_t level)
{
    const char *text = line->n > 0 ? line->bytes : "";
    if (is_markdown(request)) {
        pt_buffer_printf(out, "%*s- ", (int)(2 * (level - 1)), "");
        print_words(request, text, out);
        pt_buffer_text(out, "\n");
    } else {
        struct pt_buffer indented = { 0 };
        pt_buffer_printf(&indented, "%*s%s\n", (int)(2 * level), "", text);
        pt_buffer_paragraph(out, indented.bytes, terminal_width(request), 2 * level + 2);
        out->failed |= indented.failed;
        pt_buffer_free(&indented);
    }
    out->failed |= line->failed;
    line->n = 0;
}

static const char *title_of(const struct request *request, const struct pt_lever *lever)
{
    const char *title = pt_text_in(&lever->title, request->language);
    return title[0] != '\0' ? title : lever->id;
}

/* One programme: a line of its name and how sure it is, one for each indicator, cost and source. */
static void say_programme(const struct request *request, const struct pt_model *model,
                          const struct pt_scenario *scenario, const struct pt_lever *first,
                          struct pt_buffer *out)
{
    struct pt_buffer line = { 0 };
    const char *title = title_of(request, first);
    pt_buffer_text(&line, first->id);
    if (strcmp(title, first->id) != 0) {
        pt_buffer_printf(&line, ", %s", title);
    }
    pt_buffer_text(&line, " (");
    pt_sentence_confidence(first, request->language, &line);
    pt_buffer_text(&line, ")");
    paragraph(request, out, &line, 1);
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        if (lever->entry == first->entry) {
            pt_buffer_printf(&line, "%s, %s%s%s: ", lever->indicator, lever->group,
                             lever->place ? ", " : "", lever->place ? lever->place : "");
            pt_sentence_lever(lever, pt_model_find(model, lever->indicator), request->language,
                              &line);
            paragraph(request, out, &line, 2);
        }
    }
    if (first->n_costs == 0 && is_markdown(request) && first->kind->effect_in != PT_EFFECT_NONE) {
        pt_buffer_say(&line, request->language, PT_N("No cost is written."));
        paragraph(request, out, &line, 2);
    }
    if (first->n_costs > 0) {
        pt_sentence_cost(first, request->language, &line);
        paragraph(request, out, &line, 2);
    }
    pt_buffer_say(&line, request->language, PT_N("Source: %s"),
                  pt_text_in(&first->source, request->language));
    paragraph(request, out, &line, 2);
    pt_buffer_free(&line);
}

/* ------------------------------------------------------------------ what it is built on */

static bool has_lever(const struct pt_scenario *scenario, const char *id)
{
    for (size_t i = 0; i < scenario->n_levers; i++) {
        if (strcmp(scenario->levers[i].id, id) == 0) {
            return true;
        }
    }
    return false;
}

static void add_name(struct pt_buffer *list, const char *id)
{
    pt_buffer_printf(list, "%s'%s'", list->n > 0 ? ", " : "", id);
}

static void add_part(struct pt_buffer *line, const struct request *request, const char *format,
                     struct pt_buffer *list)
{
    if (list->n > 0) {
        pt_buffer_text(line, "; ");
        pt_buffer_say(line, request->language, format, list->bytes);
    }
    line->failed |= list->failed;
    pt_buffer_free(list);
}

/* The base, as it is read by itself: what is not in this scenario was dropped. */
static void say_base(const struct request *request, const struct pt_scenario *scenario,
                     const struct pt_scenario *base, struct pt_buffer *out)
{
    struct pt_buffer line = { 0 }, same = { 0 }, changed = { 0 }, added = { 0 }, dropped = { 0 };
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        if (i == 0 || lever->entry != scenario->levers[i - 1].entry) {
            add_name(!has_lever(base, lever->id) ? &added
                     : lever->changes_base       ? &changed
                                                 : &same,
                     lever->id);
        }
    }
    for (size_t i = 0; i < base->n_levers; i++) {
        if (!has_lever(scenario, base->levers[i].id) &&
            (i == 0 || base->levers[i].entry != base->levers[i - 1].entry)) {
            add_name(&dropped, base->levers[i].id);
        }
    }
    pt_buffer_say(&line, request->language, PT_N("Built on '%s'"), base->id);
    add_part(&line, request, PT_N("as there: %s"), &same);
    add_part(&line, request, PT_N("changed: %s"), &changed);
    add_part(&line, request, PT_N("added: %s"), &added);
    add_part(&line, request, PT_N("left out: %s"), &dropped);
    pt_buffer_text(&line, ".");
    paragraph(request, out, &line, 1);
    pt_buffer_free(&line);
}

static void read_base(const struct request *request, const struct pt_scenario *scenario,
                      struct pt_buffer *out)
{
    struct pt_diagnostics list; /* it was read before: nothing new can be wrong with it */
    struct pt_scenario *base = NULL;
    struct pt_error err;
    if (!scenario->based_on) {
        return;
    }
    pt_diagnostics_init(&list);
    if (pt_scenario_read(scenario->based_on, &base, &list, &err) == PT_OK) {
        say_base(request, scenario, base, out);
    }
    pt_scenario_free(base);
    pt_diagnostics_free(&list);
}

/* ------------------------------------------------------------------ all of it */

/* Whether two levers share a group of an indicator, so that overlap means something. */
static bool overlaps(const struct pt_scenario *scenario)
{
    for (size_t i = 0; i < scenario->n_levers; i++) {
        for (size_t k = 0; k < i; k++) {
            if (strcmp(scenario->levers[i].indicator, scenario->levers[k].indicator) == 0 &&
                strcmp(scenario->levers[i].group, scenario->levers[k].group) == 0) {
                return true;
            }
        }
    }
    return false;
}

static bool names(const struct pt_scenario *scenario, const char *indicator)
{
    bool named = false;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        named |= strcmp(scenario->levers[i].indicator, indicator) == 0;
    }
    return named;
}

/* What no lever names but links lead to. */
static void say_carried(const struct request *request, const struct pt_model *model,
                        const struct pt_scenario *scenario, struct pt_buffer *out)
{
    struct pt_buffer line = { 0 }, list = { 0 };
    size_t n = model->n_indicators;
    bool(*moved)[2] = calloc(n + 1, sizeof *moved), *all = calloc(n + 1, sizeof *all);
    for (size_t i = 0; moved && all && i < scenario->n_levers; i++) {
        pt_lever_moves(model, &scenario->levers[i], moved);
        for (size_t k = 0; k < n; k++) {
            all[k] |= moved[k][0] || moved[k][1];
        }
    }
    for (size_t k = 0; moved && all && k < n; k++) {
        if (all[k] && !names(scenario, model->indicators[k]->id)) {
            add_name(&list, model->indicators[k]->id);
        }
    }
    if (list.n > 0) {
        pt_buffer_say(&line, request->language, PT_N("By links of the model it also moves %s."),
                      list.bytes);
        paragraph(request, out, &line, 1);
    }
    out->failed |= !moved || !all || list.failed;
    free(moved);
    free(all);
    pt_buffer_free(&list);
    pt_buffer_free(&line);
}

void say_scenario(const struct request *request, const struct pt_model *model,
                  const struct pt_scenario *scenario, struct pt_buffer *out)
{
    struct pt_buffer line = { 0 };
    bool markdown = is_markdown(request);
    pt_buffer_text(out, markdown ? "### " : "\n");
    print_words(request, pt_text_in(&scenario->title, request->language), out);
    pt_buffer_text(out, " (");
    print_words(request, scenario->id, out);
    pt_buffer_text(out, markdown ? ")\n\n" : ")\n");
    read_base(request, scenario, out);
    for (int rank = 0; rank <= 2; rank++) {
        for (size_t i = 0; i < scenario->n_levers; i++) {
            const struct pt_lever *lever = &scenario->levers[i];
            bool first = i == 0 || lever->entry != scenario->levers[i - 1].entry;
            if (first && doubt(lever) == rank) {
                say_programme(request, model, scenario, lever, out);
            }
        }
    }
    if (overlaps(scenario)) {
        pt_sentence_overlap(scenario->overlap, request->language, &line);
        paragraph(request, out, &line, 1);
    }
    say_carried(request, model, scenario, out);
    if (scenario->n_levers == 0) {
        pt_buffer_say(&line, request->language, PT_N("no levers: the baseline"));
        paragraph(request, out, &line, 1);
    }
    pt_buffer_text(out, markdown ? "\n" : "");
    pt_buffer_free(&line);
}

void say_links(const struct request *request, const struct pt_model *model, struct pt_buffer *out)
{
    struct pt_buffer line = { 0 };
    if (model->n_links > 0) {
        pt_buffer_say(&line, request->language,
                      PT_N("What a scenario changes in one indicator is carried on to others:"));
        paragraph(request, out, &line, 1);
    }
    for (size_t i = 0; i < model->n_links; i++) {
        pt_sentence_link(&model->links[i], model, request->language, &line);
        paragraph(request, out, &line, 2);
    }
    pt_buffer_text(out, is_markdown(request) && model->n_links > 0 ? "\n" : "");
    pt_buffer_free(&line);
}
