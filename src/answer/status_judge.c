/* The question, the chance of its answer, and the word for it (METHODS 6). */
#include <math.h>
#include <stdlib.h>

#include "answer/status.h"

#define ON_COURSE  .75
#define OFF_COURSE .25

struct pt_asked pt_asked_of(const struct pt_run *run, const struct pt_subject *subject, int last)
{
    const struct pt_indicator *indicator = subject->indicator;
    struct pt_asked asked = { .any = subject->kind != PT_SUBJECT_PLAIN,
                              .target = indicator->has_target };
    if (asked.any) {
        asked.year = indicator->has_target ? indicator->target_year
                                           : pt_policy_end(run->model, NULL, last, run->horizon);
    }
    return asked;
}

double pt_asked_value(const struct pt_subject *subject, const struct pt_asked *asked)
{
    return asked->target ? subject->indicator->target : -subject->gap_sign * subject->gap_at_zero;
}

bool pt_asked_is_met(const struct pt_subject *subject, const struct pt_asked *asked, double value)
{
    return asked->target ? pt_subject_meets_target(subject, value)
                         : pt_subject_is_closed(subject, value);
}

/* ------------------------------------------------------------------ words */

static enum pt_standing_word word_of(const struct pt_judgement *j)
{
    if (j->past) {
        return j->met    ? PT_STANDING_REACHED
               : j->away ? PT_STANDING_MOVING_AWAY
                         : PT_STANDING_OFF_COURSE;
    }
    if (j->p >= ON_COURSE) {
        return j->met ? PT_STANDING_REACHED : PT_STANDING_ON_COURSE;
    }
    if (j->away) {
        return PT_STANDING_MOVING_AWAY;
    }
    return j->p < OFF_COURSE ? PT_STANDING_OFF_COURSE : PT_STANDING_UNCERTAIN;
}

struct pt_judgement pt_judge(const struct pt_run *run, const struct pt_subject *subject,
                             const struct pt_asked *asked, const struct pt_fit *fit, double p)
{
    const struct pt_series *series = &subject->projected;
    int last = series->year[series->n - 1];
    struct pt_judgement j = { .asked = *asked, .p = p };
    if (!j.asked.any) {
        j.word = fit ? PT_STANDING_NO_QUESTION : PT_STANDING_TOO_LITTLE;
        j.p = NAN;
        return j;
    }
    j.past = j.asked.year <= last;
    j.away = fit && pt_moves_away(subject, fit);
    j.met = j.asked.target || j.past
                ? pt_asked_is_met(subject, &j.asked, series->y[series->n - 1])
                : pt_subject_years_closed(subject) >= (size_t)run->options.sustained_years;
    if (j.past) {
        j.p = j.asked.target ? pt_target_was_met(subject) : j.met;
    }
    j.word = j.past || !isnan(j.p) ? word_of(&j) : PT_STANDING_TOO_LITTLE;
    return j;
}

/* ------------------------------------------------------------------ chances */

/* Whether path i of a block meets the question; before: years in a row with the gap closed. */
static bool meets(const struct pt_subject *subject, const struct pt_asked *asked, size_t years,
                  size_t keep, size_t before, const double *x, size_t n, size_t i)
{
    if (asked->target) {
        return pt_subject_meets_target(subject, x[(years - 1) * n + i]);
    }
    size_t row = before;
    for (size_t h = 1; h < years + keep && row < keep; h++) {
        row = pt_subject_is_closed(subject, x[(h - 1) * n + i]) ? row + 1 : 0;
    }
    return row >= keep;
}

enum pt_status pt_chance_on_time(const struct pt_run *run, const struct pt_subject *subject,
                                 const struct pt_fit *fit, const struct pt_asked *asked,
                                 size_t draws, double *p, struct pt_error *err)
{
    size_t years = (size_t)(asked->year - fit->last), met = 0;
    size_t keep = (size_t)run->options.sustained_years;
    /* the last years obey the same rule, so paths run past them */
    size_t rows = asked->target ? years : years + keep - 1;
    size_t before = asked->target ? 0 : pt_subject_years_closed(subject);
    double *x = malloc(rows * PT_PATHS_MOST * sizeof *x);
    if (!x) {
        return PT_RAISE_NOMEM(err);
    }
    struct pt_stream stream = pt_stream_open(run->options.seed, subject->stream);
    for (size_t first = 0; first < draws; first += PT_PATHS_MOST) {
        size_t n = draws - first < PT_PATHS_MOST ? draws - first : PT_PATHS_MOST;
        pt_fit_paths(fit, &stream, first, n, rows, x);
        for (size_t i = 0; i < n; i++) {
            met += meets(subject, asked, years, keep, before, x, n, i);
        }
    }
    free(x);
    *p = (double)met / (double)draws;
    return PT_OK;
}
