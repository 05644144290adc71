#include <math.h>
#include <string.h>

#include "cli/cli.h"

/* "Title, Place: the straight line rises 1.03 a year and reaches parity in 2044.0." */
static void print_line(const struct request *request, const struct pt_run *run,
                       const struct pt_projection *p, struct pt_buffer *paragraph)
{
    struct pt_buffer line = { 0 }, *out = &line;
    struct pt_cell pace = { .kind = PT_CELL_AMOUNT,
                            .value = fabs(p->fit.pace),
                            .error = p->fit.pace_se };
    char amount[PT_CELL_MAX];
    pt_cell_print(&pace, request->language, amount);
    const char *family = pt_translate(request->language, p->fit.family->title);
    print_title(request, run, p->subject, out);
    pt_buffer_text(out, ": ");
    const char *figure = p->subject->kind == PT_SUBJECT_TWO_GROUPS
                             ? pt_translate(request->language, PT_N("the gap"))
                             : pt_translate(request->language, PT_N("the figure"));
    if (strspn(amount, "0.,") == strlen(amount)) { /* as people see it */
        pt_buffer_say(out, request->language, PT_N("%s, %d-%d, %zu figures; %s does not change."),
                      family, p->fit.first, p->fit.last, p->fit.n, figure);
    } else if (p->fit.pace > 0) {
        pt_buffer_say(out, request->language,
                      PT_N("%s, %d-%d, %zu figures; %s grows by %s a year."), family, p->fit.first,
                      p->fit.last, p->fit.n, figure, amount);
    } else {
        pt_buffer_say(out, request->language,
                      PT_N("%s, %d-%d, %zu figures; %s falls by %s a year."), family, p->fit.first,
                      p->fit.last, p->fit.n, figure, amount);
    }
    double parity = -p->subject->gap_at_zero * p->subject->gap_sign;
    double year = pt_fit_year_at(&p->fit, parity);
    if (!p->fit.family->line) {
        /* a curve has no one line to follow; the table says where it stands */
    } else if (p->has_question && year > p->fit.last && year < p->fit.last + 500) {
        pt_buffer_text(out, " ");
        pt_buffer_say(out, request->language, PT_N("The line meets %g in %.1f."), parity, year);
    } else if (p->has_question) {
        pt_buffer_text(out, " ");
        pt_buffer_say(out, request->language, PT_N("The line does not meet %g ahead."), parity);
    }
    pt_buffer_text(out, "\n");
    pt_buffer_paragraph(paragraph, line.bytes, terminal_width(request), 2);
    paragraph->failed |= line.failed;
    pt_buffer_free(&line);
}

/* How it has done on its own past: below the line, as its second sentence. */
static enum pt_status print_selftest(const struct request *request, const struct pt_run *run,
                                     const struct pt_projection *p, struct pt_buffer *paragraph,
                                     struct pt_error *err)
{
    struct pt_arena *arena = pt_arena_new();
    struct pt_selftest test;
    enum pt_status status =
        arena ? pt_selftest_make(run, p, arena, &test, err) : PT_RAISE_NOMEM(err);
    if (status == PT_OK) {
        struct pt_buffer line = { 0 };
        pt_buffer_text(&line, "  ");
        pt_buffer_say(&line, request->language, PT_N("On its own past: "));
        pt_sentence_selftest(&test, request->language, &line);
        pt_buffer_text(&line, ".\n");
        pt_buffer_paragraph(paragraph, line.bytes, terminal_width(request), 2);
        paragraph->failed |= line.failed;
        pt_buffer_free(&line);
    }
    pt_arena_free(arena);
    return status;
}

/* What the family did and why, sentence by sentence. */
static void print_explanation(const struct request *request, const struct pt_fit *fit,
                              struct pt_buffer *out)
{
    struct pt_explanation why = { .n = 0 };
    if (fit->family->explain) {
        fit->family->explain(fit, &why);
    }
    for (size_t i = 0; i < why.n; i++) {
        struct pt_buffer line = { 0 };
        pt_buffer_text(&line, "  - ");
        pt_buffer_message(&line, request->language, &why.sentences[i]);
        pt_buffer_text(&line, "\n");
        pt_buffer_paragraph(out, line.bytes, terminal_width(request), 4);
        out->failed |= line.failed;
        pt_buffer_free(&line);
    }
}

static int run_fit(struct request *request)
{
    struct question question;
    struct pt_run *run = NULL;
    struct pt_buffer out = { 0 };
    struct pt_error err;
    int code = question_read(request, &question);
    if (code != 0) {
        goto done;
    }
    enum pt_status status =
        pt_run_fit(question.model, &request->run, hooks_start(request, PT_N("fitting")),
                   &question.list, &run, &err);
    hooks_stop();
    status = print_diagnostics(request, &question.list, status, &err);
    bool people = !request->writer || request->writer->people;
    const struct pt_hooks *hooks = hooks_start(request, PT_N("testing"));
    for (size_t i = 0; status == PT_OK && people && !request->table && i < run->n_projections;
         i++) {
        if (hooks->progress) {
            hooks->progress(hooks->user, i, run->n_projections);
        }
        print_line(request, run, &run->projections[i], &out);
        status = print_selftest(request, run, &run->projections[i], &out, &err);
        if (request->verbose) {
            print_explanation(request, &run->projections[i].fit, &out);
        }
    }
    hooks_stop();
    const struct pt_table_kind *kind =
        request->table ? request->table : pt_table_kind_find(request->command->table);
    if (status == PT_OK && kind->simulated) {
        code = complain_usage(request, "table '%s' needs 'paritet project' or 'paritet simulate'",
                              kind->name);
        goto done;
    }
    if (status == PT_OK) {
        pt_buffer_text(&out, out.n > 0 ? "\n" : "");
        status = print_table(request, kind, run, &out, &err);
    }
    code = status == PT_OK ? deliver(request, &out) : complain_error(request, &err);
done:
    pt_buffer_free(&out);
    pt_run_free(run);
    question_free(&question);
    return code;
}

static const struct argp_option *const options[] = { options_fit, options_table, options_general,
                                                     NULL };

const struct command command_fit = {
    .name = "fit",
    .arguments = PT_N("MODEL"),
    .summary = PT_N("which trend lines fit, with coefficients and errors"),
    .options = options,
    .least = 1,
    .most = 1,
    .table = "fit",
    .run = run_fit,
};
