#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
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

/* of a sort by insertion */
#define FEW 24

static void sort_few(double *values, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        double value = values[i];
        size_t k = i;
        for (; k > 0 && values[k - 1] > value; k--) {
            values[k] = values[k - 1];
        }
        values[k] = value;
    }
}

static double middle_of_three(double a, double b, double c)
{
    return fmax(fmin(a, b), fmin(fmax(a, b), c));
}

/* Puts the k-th smallest in its place, smaller ones before it and larger ones behind (C. A. R.
 * Hoare 1961, Algorithm 65). Where the pivots are bad for long it sorts. */
static void place(double *values, size_t n, size_t k)
{
    size_t low = 0, high = n;
    for (int bad = 64; high - low > FEW; bad--) {
        if (bad == 0) {
            gsl_sort(values + low, 1, high - low);
            return;
        }
        double pivot =
            middle_of_three(values[low], values[low + (high - low) / 2], values[high - 1]);
        size_t i = low, j = high - 1;
        for (;; i++, j--) {
            while (values[i] < pivot) {
                i++;
            }
            while (values[j] > pivot) {
                j--;
            }
            if (i >= j) {
                break;
            }
            double swap = values[i];
            values[i] = values[j];
            values[j] = swap;
        }
        /* before i none is larger than the pivot, behind j none smaller */
        if (k < i) {
            high = i;
        } else if (k > j) {
            low = j + 1;
        } else {
            return; /* i = j = k: the pivot itself */
        }
    }
    sort_few(values + low, high - low);
}

double pt_median(double *values, size_t n)
{
    if (n <= FEW) {
        sort_few(values, n);
        return n % 2 ? values[n / 2] : 0.5 * (values[n / 2 - 1] + values[n / 2]);
    }
    place(values, n, n / 2);
    if (n % 2) {
        return values[n / 2];
    }
    double below = values[0];
    for (size_t i = 1; i < n / 2; i++) {
        below = fmax(below, values[i]);
    }
    return 0.5 * (below + values[n / 2]);
}

/* ln sqrt(df / chi2), chi2 at the normal score z. Small chi2 is a wide future, so z counts from
 * the upper tail: a large z is a small chi2. */
static double log_scale_exact(double z, double df)
{
    double chi2 = z > 0 ? gsl_cdf_chisq_Pinv(gsl_cdf_ugaussian_Q(z), df)
                        : gsl_cdf_chisq_Qinv(gsl_cdf_ugaussian_P(z), df);
    return 0.5 * log(df / chi2);
}

void pt_log_scale_make(double df, double series[PT_SCALE_ORDER + 1])
{
    enum { N = PT_SCALE_ORDER + 1 };
    double cosine[4 * N], f[N];
    for (size_t m = 0; m < 4 * N; m++) {
        cosine[m] = cos(M_PI * (double)m / (2 * N));
    }
    for (size_t k = 0; k < N; k++) {
        f[k] = log_scale_exact(PT_SCALE_REACH * cosine[2 * k + 1], df);
    }
    for (size_t j = 0; j < N; j++) {
        double sum = 0;
        for (size_t k = 0; k < N; k++) {
            sum += f[k] * cosine[j * (2 * k + 1) % (4 * N)];
        }
        series[j] = 2 * sum / N;
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
