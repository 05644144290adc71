#include <math.h>
#include <string.h>

#include "cli/cli.h"

/* What will be assumed, in words: what a planner should read before believing an answer. */

static void number(const struct request *request, double x, char buffer[PT_NUMBER_MAX])
{
    pt_number_short(buffer, x, 6, request->language->decimal);
}

static const char *unit_of(const struct request *request, const struct pt_indicator *indicator)
{
    return indicator->percent ? "%" : pt_text_in(&indicator->unit_title, request->language);
}

/* The unit of a difference of figures. */
static const char *points_of(const struct request *request, const struct pt_indicator *indicator)
{
    const struct pt_gap_measure *gap = indicator->gap;
    if (gap && gap->unit) {
        return gap->unit;
    }
    return indicator->percent ? pt_translate(request->language, PT_N("pp"))
                              : unit_of(request, indicator);
}

static void say_question(const struct request *request, const struct pt_subject *subject,
                         struct pt_buffer *out)
{
    const struct pt_indicator *indicator = subject->indicator;
    const struct pt_language *da = request->language;
    char level[PT_NUMBER_MAX], band[PT_NUMBER_MAX];
    number(request, indicator->band, band);
    switch (subject->kind) {
    case PT_SUBJECT_TWO_GROUPS:
        pt_buffer_say(out, da, PT_N("gap '%s' of '%s' against '%s', closed within %s %s"),
                      indicator->gap->name, indicator->group, indicator->reference, band,
                      points_of(request, indicator));
        break;
    case PT_SUBJECT_GIVEN:
        number(request, indicator->parity, level);
        pt_buffer_say(out, da, PT_N("parity at %s %s, within %s %s"), level,
                      unit_of(request, indicator), band, points_of(request, indicator));
        break;
    case PT_SUBJECT_SINGLE:
        number(request, indicator->target, level);
        pt_buffer_say(out, da, PT_N("target %s %s by %d"), level, unit_of(request, indicator),
                      indicator->target_year);
        break;
    case PT_SUBJECT_PLAIN:
        pt_buffer_say(out, da, PT_N("no reference, parity or target: shown, but no parity year"));
        break;
    }
}

/* A target beside parity, and the bounds. */
static void say_limits(const struct request *request, const struct pt_subject *subject,
                       struct pt_buffer *out)
{
    const struct pt_indicator *indicator = subject->indicator;
    char a[PT_NUMBER_MAX], b[PT_NUMBER_MAX];
    if (indicator->has_target && subject->kind != PT_SUBJECT_SINGLE) {
        number(request, indicator->target, a);
        pt_buffer_text(out, "; ");
        pt_buffer_say(out, request->language, PT_N("target %s %s by %d"), a,
                      subject->kind == PT_SUBJECT_TWO_GROUPS ? points_of(request, indicator)
                                                             : unit_of(request, indicator),
                      indicator->target_year);
    }
    if (isfinite(indicator->lower) && isfinite(indicator->upper)) {
        number(request, indicator->lower, a);
        number(request, indicator->upper, b);
        pt_buffer_text(out, "; ");
        pt_buffer_say(out, request->language, PT_N("figures from %s to %s"), a, b);
    }
}

static void say_subject(const struct request *request, const struct pt_projection *p,
                        struct pt_buffer *out)
{
    struct pt_buffer line = { 0 };
    const struct pt_subject *subject = p->subject;
    pt_buffer_printf(&line, "  %s: ", subject->stream);
    pt_buffer_say(&line, request->language, PT_N("%zu figures, %d-%d"), p->fit.n, p->fit.first,
                  p->fit.last);
    pt_buffer_text(&line, "; ");
    say_question(request, subject, &line);
    say_limits(request, subject, &line);
    pt_buffer_text(&line, "; ");
    pt_buffer_text(&line, subject->indicator->better > 0
                              ? pt_translate(request->language, PT_N("higher is better"))
                              : pt_translate(request->language, PT_N("lower is better")));
    pt_buffer_text(&line, "; ");
    pt_buffer_say(&line, request->language, PT_N("trend '%s'"), p->fit.family->name);
    for (size_t k = 0; k < subject->projected.n_breaks; k++) {
        pt_buffer_text(&line, "; ");
        pt_buffer_say(&line, request->language, PT_N("break in %d"), subject->projected.breaks[k]);
    }
    pt_buffer_text(&line, "\n");
    pt_buffer_paragraph(out, line.bytes, terminal_width(request), 4);
    out->failed |= line.failed;
    pt_buffer_free(&line);
}

struct page {
    struct pt_buffer *out;
    size_t width;
};

/* A line of an explanation, indented and broken. */
static void put_line(void *user, size_t level, const char *text, bool failed)
{
    const struct page *page = user;
    struct pt_buffer indented = { 0 };
    pt_buffer_printf(&indented, "%*s%s\n", (int)(2 * level), "", text);
    pt_buffer_paragraph(page->out, indented.bytes, page->width, 2 * level + 2);
    page->out->failed |= indented.failed || failed;
    pt_buffer_free(&indented);
}

static void say_scenarios(const struct request *request, const struct question *question,
                          struct pt_buffer *out)
{
    struct page page = { out, terminal_width(request) };
    const struct pt_explaining lines = { .language = request->language,
                                         .put = put_line,
                                         .user = &page };
    pt_explain_links(&lines, question->model);
    for (size_t s = 0; s < question->n_scenarios; s++) {
        const struct pt_scenario *scenario = question->scenarios[s];
        pt_buffer_printf(out, "\n%s (%s)\n", pt_text_in(&scenario->title, request->language),
                         scenario->id);
        pt_explain_scenario(&lines, question->model, scenario);
    }
}

static void say_model(const struct request *request, const struct question *question,
                      const struct pt_run *run, struct pt_buffer *out)
{
    const struct pt_model *model = question->model;
    size_t without = 0;
    pt_buffer_text(out, pt_text_in(&model->title, request->language));
    pt_buffer_text(out, "\n");
    for (size_t i = 0; i < run->n_projections; i++) {
        say_subject(request, &run->projections[i], out);
    }
    for (size_t i = 0; i < model->n_indicators; i++) {
        without += !model->indicators[i]->series;
    }
    if (without > 0) {
        pt_buffer_text(out, "  ");
        pt_buffer_say(out, request->language, PT_N("%zu of %zu indicators have no figures"),
                      without, model->n_indicators);
        pt_buffer_text(out, "\n");
    }
    struct pt_buffer line = { 0 };
    pt_buffer_text(&line, "  ");
    int horizon = pt_run_horizon(run, (const struct pt_scenario *const *)question->scenarios,
                                 question->n_scenarios);
    if (run->options.mc_error > 0) {
        pt_buffer_say(&line, request->language,
                      PT_N("futures with seed %zu until chances are known to %.3g percentage "
                           "points, to %d; parity counts when it lasts %d years"),
                      (size_t)run->options.seed, run->options.mc_error, horizon,
                      run->options.sustained_years);
    } else {
        pt_buffer_say(
            &line, request->language,
            PT_N("%zu futures with seed %zu, to %d; parity counts when it lasts %d years"),
            (size_t)run->options.draws, (size_t)run->options.seed, horizon,
            run->options.sustained_years);
    }
    pt_buffer_text(&line, "\n");
    pt_buffer_paragraph(out, line.bytes, terminal_width(request), 4);
    out->failed |= line.failed;
    pt_buffer_free(&line);
    say_scenarios(request, question, out);
}

static int check_model(struct request *request)
{
    struct question question;
    struct pt_run *run = NULL;
    struct pt_buffer out = { 0 };
    struct pt_error err;
    int code = question_read(request, &question);
    if (code == 0) {
        enum pt_status status =
            pt_run_fit(question.model, &request->run, NULL, &question.list, &run, &err);
        size_t warnings = question.warnings + question.list.count[PT_WARNING];
        status = print_diagnostics(request, &question.list, status, &err);
        if (status == PT_OK) {
            say_model(request, &question, run, &out);
            code = deliver(request, &out);
            code = code == 0 && request->strict && warnings > 0 ? 1 : code;
        } else {
            code = complain_error(request, &err);
        }
    }
    pt_buffer_free(&out);
    pt_run_free(run);
    question_free(&question);
    return code;
}

static void say_data(const struct request *request, const struct pt_data *data,
                     struct pt_buffer *out)
{
    for (size_t i = 0; i < pt_data_count(data) && i < 20; i++) {
        const struct pt_observed *series = pt_data_series(data, i);
        pt_buffer_printf(out, "  %s, %s%s%s: ", series->indicator, series->group,
                         series->place[0] ? ", " : "", series->place);
        pt_buffer_say(out, request->language, PT_N("%zu figures, %d-%d"), series->n,
                      series->observations[0].year, series->observations[series->n - 1].year);
        pt_buffer_text(out, "\n");
    }
    if (pt_data_count(data) > 20) {
        pt_buffer_text(out, "  ");
        pt_buffer_say(out, request->language, PT_N("and %zu more series"),
                      pt_data_count(data) - 20);
        pt_buffer_text(out, "\n");
    }
}

static int check_data(struct request *request)
{
    struct pt_diagnostics list;
    struct pt_buffer out = { 0 };
    struct pt_error err;
    pt_diagnostics_init(&list);
    struct pt_data *data = pt_data_new();
    enum pt_status status = data ? PT_OK : PT_RAISE_NOMEM(&err);
    for (size_t i = 0; i < request->n_arguments && (status == PT_OK || status == PT_EDATA); i++) {
        enum pt_status one = pt_data_read(data, request->arguments[i], &list, &err);
        status = one != PT_OK ? one : status;
    }
    size_t errors = list.count[PT_ERROR], warnings = list.count[PT_WARNING];
    status = print_diagnostics(request, &list, status, &err);
    int code = 0;
    if (status != PT_ENOMEM && (status == PT_EDATA || errors > 0)) {
        struct pt_message message;
        pt_message_nset(&message, errors, "%zu error", "%zu errors", errors);
        code = complain(request, PT_EDATA, errors > 0 ? &message : &err.message);
    } else if (status != PT_OK) {
        code = complain_error(request, &err);
    } else {
        size_t n = pt_data_count(data);
        struct pt_message message;
        pt_message_nset(&message, n, "%zu series is well-formed", "%zu series are well-formed", n);
        pt_buffer_message(&out, request->language, &message);
        pt_buffer_text(&out, "\n");
        say_data(request, data, &out);
        code = deliver(request, &out);
        code = code == 0 && request->strict && warnings > 0 ? 1 : code;
    }
    pt_buffer_free(&out);
    pt_data_free(data);
    pt_diagnostics_free(&list);
    return code;
}

static int run_check(struct request *request)
{
    return request->data ? check_data(request) : check_model(request);
}

static const struct argp_option *const options[] = { options_check, options_fit,     options_draws,
                                                     options_data,  options_general, NULL };

const struct command command_check = {
    .name = "check",
    .arguments = PT_N("MODEL [SCENARIO...] | --data FILE.csv..."),
    .summary = PT_N("is this well-formed, and what will be assumed"),
    .options = options,
    .least = 1,
    .most = ANY,
    .run = run_check,
};
