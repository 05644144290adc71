#include "answer/past.h"

/* past this nobody has verified a forecast (METHODS 3.7) */
#define VERIFIED_YEARS 20

void pt_headline_make(const struct pt_run *run, const struct pt_projection *projection,
                      const struct pt_outcome *outcome, struct pt_headline *headline)
{
    *headline = (struct pt_headline){ .kind = PT_HEADLINE_NO_QUESTION,
                                      .draws = run->options.draws,
                                      .horizon = run->horizon,
                                      .last = projection->last,
                                      .family = projection->fit.family->title };
    if (!projection->has_question) {
        return;
    }
    const struct pt_parity *parity = &outcome->events[PT_EVENT_SUSTAINED];
    size_t n = projection->n_years;
    double draws = (double)run->options.draws;
    headline->earliest = pt_parity_quantile(parity, n, projection->last, .10);
    headline->middle = pt_parity_quantile(parity, n, projection->last, .50);
    headline->latest = pt_parity_quantile(parity, n, projection->last, .90);
    headline->p_already = (double)parity->count[0] / draws;
    headline->p_never = (double)parity->count[n + 1] / draws;
    headline->p_by_horizon = 1 - headline->p_never;
    bool apart = outcome->holds > 0 && outcome->fades > 0;
    if (apart) {
        headline->may_fade = true;
        headline->p_holds = 1 - (double)outcome->never_holds / (double)outcome->holds;
        headline->p_fades = 1 - (double)outcome->never_fades / (double)outcome->fades;
    }
    headline->target = projection->subject->kind == PT_SUBJECT_SINGLE;
    const struct pt_series *series = &projection->subject->projected;
    headline->ahead =
        pt_subject_gap(projection->subject, series->y[series->n - 1]) < -projection->subject->band;
    headline->beyond_verified = run->horizon - projection->last > VERIFIED_YEARS;
    headline->moving_away =
        outcome->n_levers == 0 && pt_moves_away(projection->subject, &projection->fit);
    if (parity->count[0] == run->options.draws) {
        headline->kind = PT_HEADLINE_ALREADY;
    } else {
        headline->kind = headline->p_never > 0.5 ? PT_HEADLINE_MOSTLY_NEVER : PT_HEADLINE_YEAR;
    }
}
