#include <math.h>
#include <stdlib.h>

#include "trend/regression.h"

/* Asymptotic efficiency of the Theil-Sen slope against least squares under Gaussian noise at
 * equally spaced times is 3/pi (Sen 1968), so its variance is pi/3 of the least squares one. */
#define VARIANCE_RATIO 1.0471975511965976

/* Slopes between every two points of one definition. */
static size_t pairwise(const struct pt_series *series, double *slopes)
{
    size_t count = 0;
    for (size_t i = 0; i < series->n; i++) {
        for (size_t j = i + 1; j < series->n; j++) {
            if (pt_breaks_passed(series, series->year[i]) ==
                pt_breaks_passed(series, series->year[j])) {
                slopes[count++] =
                    (series->y[j] - series->y[i]) / (series->year[j] - series->year[i]);
            }
        }
    }
    return count;
}

/* Lifts every older piece by the median jump, so that all points lie in today's definition. */
static void join(const struct pt_series *series, double slope, struct pt_fit *fit, double *joined,
                 double *work)
{
    double newest = 0, level[PT_FIT_BREAKS + 1];
    for (size_t piece = 0; piece <= series->n_breaks; piece++) {
        size_t n = 0;
        for (size_t i = 0; i < series->n; i++) {
            if (pt_breaks_passed(series, series->year[i]) == piece) {
                work[n++] = series->y[i] - slope * (series->year[i] - fit->last);
            }
        }
        level[piece] = n > 0 ? pt_median(work, n) : newest;
        newest = level[piece];
    }
    for (size_t i = 0; i < series->n; i++) {
        joined[i] = series->y[i] + newest - level[pt_breaks_passed(series, series->year[i])];
    }
    for (size_t k = 0; k < series->n_breaks; k++) {
        fit->parameters[2 + k].estimate = level[k + 1] - level[k];
        fit->parameters[2 + k].se = (double)NAN;
    }
}

/* Times of the newest piece, and squared times within pieces: what a slope shared by pieces with
 * levels of their own rests on. */
struct times {
    double newest_n, newest_mean, within;
};

static struct times times_of(const struct pt_series *series, int last)
{
    struct times times = { 0, 0, 0 };
    for (size_t start = 0, end; start < series->n; start = end) {
        size_t piece = pt_breaks_passed(series, series->year[start]);
        double mean = 0;
        for (end = start; end < series->n; end++) {
            if (pt_breaks_passed(series, series->year[end]) != piece) {
                break;
            }
            mean += series->year[end] - last;
        }
        mean /= (double)(end - start);
        for (size_t i = start; i < end; i++) {
            double t = series->year[i] - last - mean;
            times.within += t * t;
        }
        times.newest_n = (double)(end - start);
        times.newest_mean = mean;
    }
    return times;
}

static void errors(const struct pt_series *series, double intercept, double slope,
                   double *residuals, struct pt_fit *fit)
{
    size_t n = series->n;
    double sse = 0;
    for (size_t i = 0; i < n; i++) {
        residuals[i] -= intercept + slope * (series->year[i] - fit->last);
        sse += residuals[i] * residuals[i];
    }
    fit->df = (double)(n - 2 - series->n_breaks);
    double s = sqrt(sse / fit->df);
    fit->sigma = pt_sigma_floor(s, series->rounding);
    struct times t = times_of(series, fit->last);
    double pace_var = VARIANCE_RATIO / t.within;
    double level_var = VARIANCE_RATIO / t.newest_n + t.newest_mean * t.newest_mean * pace_var;
    fit->parameters[0].se = s * sqrt(level_var);
    fit->parameters[1].se = s * sqrt(pace_var);
    double wide = fit->sigma * sqrt((1 + fit->rho) / (1 - fit->rho));
    fit->level_se = wide * sqrt(level_var);
    fit->pace_se = wide * sqrt(pace_var);
    fit->level_pace_corr = -t.newest_mean * pace_var / sqrt(level_var * pace_var);
    fit->aicc = pt_aicc(sse, n, 3 + series->n_breaks);
    fit->residual_ac = pt_lag1(residuals, n);
}

static enum pt_status fit_theil_sen(const struct pt_series *series,
                                    const struct pt_fit_options *options, struct pt_fit *fit,
                                    struct pt_error *err)
{
    (void)options;
    size_t n = series->n;
    enum pt_status status = pt_refuse_slopes("theil-sen", series, err);
    if (status != PT_OK) {
        return status;
    }
    double *slopes = malloc((n * (n - 1) / 2 + 3 * n) * sizeof *slopes);
    if (!slopes) {
        return PT_RAISE_NOMEM(err);
    }
    double *joined = slopes + n * (n - 1) / 2, *work = joined + n, *times = work + n;
    double slope = pt_median(slopes, pairwise(series, slopes));
    pt_line_parameters(fit, series, 0, 0, slope, 0);
    join(series, slope, fit, joined, work);
    for (size_t i = 0; i < n; i++) {
        times[i] = series->year[i] - fit->last;
        work[i] = joined[i];
    }
    double intercept = pt_median(work, n) - slope * pt_median(times, n);
    fit->parameters[0].estimate = fit->level = intercept;
    errors(series, intercept, slope, joined, fit);
    free(slopes);
    return PT_OK;
}

const struct pt_family pt_family_theil_sen = {
    .name = "theil-sen",
    .title = PT_N("median slope"),
    .formula = PT_N("y = a + b t, b the median of all pairwise slopes"),
    .error_law = PT_N("resists single outliers; errors as for the straight line, "
                      "5 % wider for the median"),
    .parity = PT_N("always reaches parity, unless it points away from it"),
    .reference = "Theil 1950; Sen 1968",
    .parameters = { { "intercept", PT_N("fitted figure in the last year"), "figure" },
                    { "slope", PT_N("change per year"), "figure/year" } },
    .least_n = 5,
    .has_curve = true,
    .fit = fit_theil_sen,
    .curve = pt_line_curve,
    .value = pt_line_value,
    .gradient = pt_line_gradient,
    .start = pt_line_start,
    .step = pt_line_step,
};
