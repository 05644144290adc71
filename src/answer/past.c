#include "answer/past.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

/* METHODS 6 calls a slope adverse when the chance that it is reaches this */
#define ADVERSE .9

struct pt_series pt_series_until(const struct pt_series *all, size_t last)
{
    struct pt_series past = *all;
    past.n = last + 1;
    past.n_breaks = 0;
    while (past.n_breaks < all->n_breaks && all->breaks[past.n_breaks] <= all->year[last]) {
        past.n_breaks++;
    }
    return past;
}

double pt_target_was_met(const struct pt_subject *subject)
{
    const struct pt_indicator *indicator = subject->indicator;
    for (size_t i = 0; i < subject->n_before + subject->projected.n; i++) {
        if (subject->year_before[i] == indicator->target_year) {
            return pt_subject_meets_target(subject, subject->y_before[i]);
        }
    }
    return NAN;
}

bool pt_moves_away(const struct pt_subject *subject, const struct pt_fit *fit)
{
    bool past = fit->past_df > 0;
    double pace = past ? fit->past_pace : fit->pace, se = past ? fit->past_se : fit->pace_se;
    double least = gsl_cdf_tdist_Pinv(ADVERSE, past ? fit->past_df : fit->df) * se;
    return subject->gap_sign * fit->pace > 0 && subject->gap_sign * pace > least;
}

size_t pt_series_first_comparable(const struct pt_series *series)
{
    size_t k = series->n_breaks, first = 0;
    while (k > 0 && series->break_kinds && series->break_kinds[k - 1] == PT_BREAK_SLOPE) {
        k--;
    }
    while (k > 0 && first + 1 < series->n && series->year[first] < series->breaks[k - 1]) {
        first++;
    }
    return first;
}
