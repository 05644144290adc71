/* The newest figure against the one before it: progress, standstill or decline, and whether the
 * measurement is fine enough to tell. */
#include <math.h>

#include <gsl/gsl_cdf.h>

#include "answer/status.h"

#define TWO_SIDED_95 .975

/* How far a figure lies off the line between its neighbours, as weights of the three scaled to the
 * variance of one figure. */
struct triple {
    double weight[3];
};

static struct triple triple_at(const struct pt_series *s, size_t i)
{
    double whole = s->year[i + 1] - s->year[i - 1];
    double left = (s->year[i + 1] - s->year[i]) / whole, right = 1 - left;
    double size = sqrt(left * left + 1 + right * right);
    return (struct triple){ { left / size, -1 / size, right / size } };
}

static double correlation(const struct triple *a, const struct triple *b, size_t lag)
{
    double sum = 0;
    for (size_t k = lag; k < 3; k++) {
        sum += a->weight[k] * b->weight[k - lag];
    }
    return sum;
}

/* The spread of single figures about a smooth course, whatever the trend, and its degrees of
 * freedom: Gasser, Sroka and Jennen-Steinmetz 1986, Biometrika 73:625-633; the pieces overlap, so
 * that they are worth fewer than there are (Satterthwaite 1946). False: fewer than three figures. */
static bool noise_of(const struct pt_series *s, size_t first, size_t end, double *sd, double *df)
{
    size_t m = end > first + 2 ? end - first - 2 : 0;
    double squares = 0, worth = 0;
    for (size_t i = first + 1; i < first + 1 + m; i++) {
        struct triple own = triple_at(s, i);
        double e =
            own.weight[0] * s->y[i - 1] + own.weight[1] * s->y[i] + own.weight[2] * s->y[i + 1];
        squares += e * e;
        worth += 1;
        for (size_t lag = 1; lag <= 2 && i + lag < first + 1 + m; lag++) {
            struct triple next = triple_at(s, i + lag);
            double r = correlation(&own, &next, lag);
            worth += 2 * r * r;
        }
    }
    *sd = m > 0 ? sqrt(squares / (double)m) : 0;
    *df = m > 0 ? (double)(m * m) / worth : 0;
    return m > 0;
}

/* The rounding of the published figures: a new definition may give fewer digits than the old. Of a gap
 * what the rounding of both groups makes of it. */
static double step_of(const struct pt_subject *subject)
{
    const struct pt_series *s = &subject->projected;
    const struct pt_observed *observed = subject->observed;
    int from = s->year[pt_series_first_comparable(s)];
    unsigned decimals = 0;
    if (subject->kind == PT_SUBJECT_TWO_GROUPS || !observed) {
        return s->rounding;
    }
    for (size_t i = 0; i < observed->n; i++) {
        const struct pt_observation *figure = &observed->observations[i];
        bool counts = figure->year >= from && figure->decimals > decimals;
        decimals = counts ? figure->decimals : decimals;
    }
    return pow(10, -(double)decimals);
}

/* The change that the measurement itself can make, 19 times of 20; NAN: not known. */
static double limit_of(const struct pt_subject *subject, size_t first)
{
    const struct pt_series *s = &subject->projected;
    size_t now = s->n - 1;
    double sd, df;
    if (subject->sampling && isfinite(subject->sampling[now]) &&
        isfinite(subject->sampling[now - 1])) {
        double variance = subject->sampling[now] + subject->sampling[now - 1];
        return step_of(subject) + gsl_cdf_ugaussian_Pinv(TWO_SIDED_95) * sqrt(variance);
    }
    /* the newest figure is what is judged, so it does not help to judge */
    if (!noise_of(s, first, now, &sd, &df)) {
        return NAN;
    }
    return step_of(subject) + gsl_cdf_tdist_Pinv(TWO_SIDED_95, df) * M_SQRT2 * sd;
}

/* Digits as published, but no finer than the indicator is shown. */
double pt_standing_digits(const struct pt_subject *subject)
{
    const struct pt_indicator *indicator = subject->indicator;
    double published = 10 * step_of(subject);
    bool own_unit = indicator->gap && indicator->gap->unit;
    return own_unit ? published : fmax(published, pow(10, 1 - (double)indicator->decimals));
}

static void change_of(const struct pt_subject *subject, size_t first, struct pt_standing *standing)
{
    const struct pt_series *s = &subject->projected;
    double limit = limit_of(subject, first);
    standing->before_year = s->year[s->n - 2];
    standing->change = s->y[s->n - 1] - s->y[s->n - 2];
    standing->change_error = standing->value_error;
    if (isnan(limit) && standing->change != 0) {
        return;
    }
    /* a change of one rounding step is inside it, whatever its last bits */
    bool significant = fabs(standing->change) > limit * (1 + 1e-9);
    standing->significant = significant ? PT_YES : PT_NOT;
    standing->progress = !significant                               ? PT_PROGRESS_STILL
                         : subject->gap_sign * standing->change < 0 ? PT_PROGRESS_FORWARD
                                                                    : PT_PROGRESS_BACK;
}

void pt_standing_figures(const struct pt_subject *subject, struct pt_standing *standing)
{
    const struct pt_series *s = &subject->projected;
    size_t first = pt_series_first_comparable(s);
    standing->has_value = true;
    standing->year = s->year[s->n - 1];
    standing->value = s->y[s->n - 1];
    standing->value_error = pt_standing_digits(subject);
    standing->trace = s->y + first;
    standing->n_trace = s->n - first;
    if (standing->n_trace > 1) {
        change_of(subject, first, standing);
    }
}
