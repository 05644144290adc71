#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_chebyshev.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>

#include "trend/regression.h"
#include "trend/steps.h"

double pt_sigma_floor(double sigma, double rounding)
{
    return fmax(sigma, rounding / sqrt(12.0));
}

double pt_aicc(double sse, size_t n, size_t k)
{
    if (n <= k + 1 || !(sse > 0)) { /* an exact curve has no likelihood */
        return (double)NAN;
    }
    double points = (double)n, free = (double)k;
    return points * log(sse / points) + 2 * free + 2 * free * (free + 1) / (points - free - 1);
}

double pt_lag1(const double *r, size_t n)
{
    double mean = gsl_stats_mean(r, 1, n), top = 0, bottom = 0;
    for (size_t i = 0; i < n; i++) {
        bottom += (r[i] - mean) * (r[i] - mean);
        top += i > 0 ? (r[i] - mean) * (r[i - 1] - mean) : 0;
    }
    return bottom > 0 ? top / bottom : 0;
}

/* relative size of rounding errors in a sum of a few hundred terms */
#define RESIDUE 1e-13

double pt_median(double *values, size_t n)
{
    gsl_sort(values, 1, n);
    return gsl_stats_median_from_sorted_data(values, 1, n);
}

/* ln sqrt(df / chi2), chi2 at the normal score z. Small chi2 is a wide future, so z counts from
 * the upper tail: a large z is a small chi2. */
static double log_scale_exact(double z, void *df_pointer)
{
    double df = *(const double *)df_pointer;
    double chi2 = z > 0 ? gsl_cdf_chisq_Pinv(gsl_cdf_ugaussian_Q(z), df)
                        : gsl_cdf_chisq_Qinv(gsl_cdf_ugaussian_P(z), df);
    return 0.5 * log(df / chi2);
}

void pt_log_scale_make(double df, double series[PT_SCALE_ORDER + 1])
{
    double c[PT_SCALE_ORDER + 1], f[PT_SCALE_ORDER + 1];
    gsl_cheb_series work = { .c = c, .order = PT_SCALE_ORDER, .order_sp = PT_SCALE_ORDER, .f = f };
    gsl_function exact = { log_scale_exact, &df };
    gsl_cheb_init(&work, &exact, -PT_SCALE_REACH, PT_SCALE_REACH);
    for (size_t i = 0; i <= PT_SCALE_ORDER; i++) {
        series[i] = c[i];
    }
}

void pt_line_parameters(struct pt_fit *fit, const struct pt_series *series, double intercept,
                        double intercept_se, double slope, double slope_se)
{
    double size = 0;
    for (size_t i = 0; i < series->n; i++) {
        size = fmax(size, fabs(series->y[i]));
    }
    if (fabs(slope) * (fit->last - fit->first) < RESIDUE * size) {
        slope = 0; /* what the arithmetic left of a flat line is no pace */
    }
    fit->n_parameters = 2 + series->n_breaks;
    fit->parameters[0] = (struct pt_fit_parameter){ .name = PT_N("intercept"),
                                                    .estimate = intercept,
                                                    .se = intercept_se };
    fit->parameters[1] =
        (struct pt_fit_parameter){ .name = PT_N("slope"), .estimate = slope, .se = slope_se };
    for (size_t k = 0; k < series->n_breaks; k++) {
        fit->parameters[2 + k] =
            (struct pt_fit_parameter){ .name = "level", .year = series->breaks[k] };
    }
    fit->level = intercept;
    fit->pace = slope;
}

double pt_line_curve(const struct pt_fit *fit, int year)
{
    return fit->level + fit->pace * (year - fit->last) - pt_break_shift(fit, 2, year);
}

enum { LEVEL, PACE, SCALE, NOISE };

void pt_line_start(const struct pt_fit *fit, size_t n, const double *z, double *state, bool *holds)
{
    double *level = state + LEVEL * n, *pace = state + PACE * n, *scale = state + SCALE * n;
    double r = fit->level_pace_corr, rest = sqrt(1 - r * r);
    pt_scales(fit->log_scale, n, z, scale);
    for (size_t i = 0; i < n; i++) {
        holds[i] = true;
        double t = scale[i], z1 = z[n + i], z2 = z[2 * n + i];
        level[i] = fit->level + t * fit->level_se * z1;
        pace[i] = fit->pace + t * fit->pace_se * (r * z1 + rest * z2);
        scale[i] = t * fit->sigma;
        state[NOISE * n + i] = 0;
    }
}

void pt_line_step(const struct pt_fit *fit, size_t h, size_t n, const double *z, double *state,
                  double *x, double *curve)
{
    const double *level = state + LEVEL * n, *pace = state + PACE * n, *scale = state + SCALE * n;
    double *noise = state + NOISE * n;
    if (h == 0) {
        memcpy(curve, level, n * sizeof *curve);
        return;
    }
    /* the first year is drawn from the stationary law: the residual of the last observed year is
     * noise like any other at this length */
    double carry = h == 1 ? 0 : fit->rho, fresh = h == 1 ? 1 : sqrt(1 - fit->rho * fit->rho);
    const struct pt_steps *steps = pt_steps_best();
    steps->noise(carry, fresh, n, scale, z, noise);
    steps->line((double)h, n, level, pace, curve);
    steps->add(n, curve, noise, x);
}
