/* Where every indicator of a model stands, with figures or without. */
#include <math.h>
#include <string.h>

#include "answer/status.h"

static const struct pt_projection *projection_of(const struct pt_run *run,
                                                 const struct pt_indicator *indicator,
                                                 const char *place)
{
    for (size_t i = 0; i < run->n_projections; i++) {
        const struct pt_subject *subject = run->projections[i].subject;
        if (subject->indicator == indicator && strcmp(subject->place, place) == 0) {
            return &run->projections[i];
        }
    }
    return NULL;
}

static enum pt_status chance_of(const struct pt_run *run, const struct pt_projection *p,
                                const struct pt_asked *asked, double *chance, struct pt_error *err)
{
    const struct pt_outcome *baseline = &p->outcomes[0];
    *chance = NAN;
    if (!asked->any || asked->year <= p->last) {
        return PT_OK;
    }
    if (asked->year > run->horizon) {
        return pt_chance_on_time(run, p->subject, &p->fit, asked, (size_t)run->options.draws,
                                 chance, err);
    }
    *chance = asked->target
                  ? (double)baseline->by_target / (double)run->options.draws
                  : pt_chance_by(run, p, &baseline->events[PT_EVENT_SUSTAINED], asked->year);
    return PT_OK;
}

/* Why there is no trend, where figures cannot answer the question by themselves. */
static void say_too_little(const struct pt_run *run, const struct pt_subject *subject,
                           struct pt_message *reason)
{
    const char *name = run->options.family ? run->options.family : subject->indicator->trend;
    const struct pt_family *family = name ? pt_family_find(name) : pt_family_default();
    size_t n = subject->projected.n;
    if (family && n < family->least_n) {
        pt_message_nset(reason, n, "There is %zu yearly figure, and a trend takes %zu.",
                        "There are %zu yearly figures, and a trend takes %zu.", n, family->least_n);
    } else {
        pt_message_set(reason, "A trend cannot be fitted to these figures.");
    }
}

static enum pt_status stand(const struct pt_run *run, const struct pt_subject *subject,
                            const struct pt_projection *p, struct pt_standing *row,
                            struct pt_error *err)
{
    const struct pt_series *series = &subject->projected;
    struct pt_asked asked = pt_asked_of(run, subject, series->year[series->n - 1]);
    double chance = NAN;
    enum pt_status status = p ? chance_of(run, p, &asked, &chance, err) : PT_OK;
    if (status != PT_OK) {
        return status;
    }
    struct pt_judgement j = pt_judge(run, subject, &asked, p ? &p->fit : NULL, chance);
    row->projection = p;
    row->word = j.word;
    row->on_time_year = asked.year;
    row->on_time_target = asked.target;
    row->p_on_time = j.p;
    pt_standing_figures(subject, row);
    pt_standing_classes(subject, &asked, row);
    if (p) {
        pt_standing_course(subject, &p->fit, &j, row);
    }
    if (j.word == PT_STANDING_TOO_LITTLE) {
        say_too_little(run, subject, &row->reason);
    } else {
        pt_standing_reason(run, subject, &j, &row->reason);
    }
    return PT_OK;
}

/* A subject that the run left out: its figures are shown all the same. */
static enum pt_status stand_without(const struct pt_run *run, struct pt_arena *arena,
                                    struct pt_standing *row, struct pt_error *err)
{
    struct pt_diagnostics said; /* by the run already */
    struct pt_error why;
    struct pt_subject *subject = PT_NEW(arena, struct pt_subject, 1);
    if (!subject) {
        return PT_RAISE_NOMEM(err);
    }
    if (!row->indicator->series) {
        pt_message_set(&row->reason, "No figures are published here.");
        return PT_OK;
    }
    pt_diagnostics_init(&said);
    enum pt_status status = pt_subject_prepare(run->model, row->indicator, row->place,
                                               run->options.fit_from, arena, &said, subject, &why);
    pt_diagnostics_free(&said);
    if (status == PT_OK) {
        return stand(run, subject, NULL, row, err);
    }
    if (status == PT_EDATA) {
        bool some = pt_data_find(run->model->data, row->indicator->series, row->indicator->group,
                                 row->place) != NULL;
        row->word = some ? PT_STANDING_TOO_LITTLE : PT_STANDING_NO_FIGURES;
        row->reason = why.message;
        return PT_OK;
    }
    if (err) {
        *err = why;
    }
    return status;
}

static enum pt_status add_row(const struct pt_run *run, const struct pt_indicator *indicator,
                              const char *place, struct pt_arena *arena, struct pt_standing *row,
                              struct pt_error *err)
{
    const struct pt_projection *p = projection_of(run, indicator, place);
    *row = (struct pt_standing){ .indicator = indicator,
                                 .place = p ? p->subject->place
                                            : pt_arena_copy(arena, place, strlen(place)),
                                 .word = PT_STANDING_NO_FIGURES,
                                 .value = NAN,
                                 .change = NAN,
                                 .pace = NAN,
                                 .required_pace = NAN,
                                 .effort = NAN,
                                 .p_on_time = NAN,
                                 .points = pt_points_of(indicator) };
    if (!row->place) {
        return PT_RAISE_NOMEM(err);
    }
    return p ? stand(run, p->subject, p, row, err) : stand_without(run, arena, row, err);
}

/* Rows of every indicator and place that was asked for; rows NULL: only counts them. */
static enum pt_status walk(const struct pt_run *run, struct pt_arena *arena,
                           struct pt_standing *rows, size_t *n, struct pt_error *err)
{
    const struct pt_run_options *options = &run->options;
    *n = 0;
    for (size_t i = 0; i < run->model->n_indicators; i++) {
        const struct pt_indicator *indicator = run->model->indicators[i];
        const char *const *places;
        size_t n_places = pt_model_places(run->model, indicator, arena, &places);
        if (options->indicator && strcmp(options->indicator, indicator->id) != 0) {
            continue;
        }
        for (size_t k = 0; k < n_places; k++) {
            if (options->place && strcmp(options->place, places[k]) != 0) {
                continue;
            }
            enum pt_status status =
                rows ? add_row(run, indicator, places[k], arena, &rows[*n], err) : PT_OK;
            if (status != PT_OK) {
                return status;
            }
            (*n)++;
        }
    }
    return PT_OK;
}

enum pt_status pt_standings_rows(const struct pt_run *run, struct pt_arena *arena,
                                 struct pt_standings *out, struct pt_error *err)
{
    size_t n;
    enum pt_status status = walk(run, arena, NULL, &n, err);
    struct pt_standing *rows = PT_NEW(arena, struct pt_standing, n + 1);
    if (status == PT_OK && !rows) {
        status = PT_RAISE_NOMEM(err);
    }
    if (status == PT_OK) {
        status = walk(run, arena, rows, &n, err);
    }
    if (status == PT_OK) {
        *out = (struct pt_standings){ .n = n, .rows = rows };
    }
    return status;
}

enum pt_status pt_standings_make(const struct pt_run *run, struct pt_arena *arena,
                                 struct pt_standings *out, struct pt_error *err)
{
    struct pt_standings made;
    enum pt_status status = pt_standings_rows(run, arena, &made, err);
    if (status == PT_OK) {
        status = pt_standings_goals(run, arena, &made, err);
    }
    if (status == PT_OK) {
        status = pt_standings_earlier(run, arena, &made, err);
    }
    if (status == PT_OK) {
        *out = made;
    }
    return status;
}
