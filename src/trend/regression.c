#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trend/regression.h"

enum pt_break_kind pt_break_kind_of(const struct pt_series *series, size_t k)
{
    return series->break_kinds ? series->break_kinds[k] : PT_BREAK_LEVEL;
}

size_t pt_break_terms(const struct pt_series *series)
{
    size_t terms = 0;
    for (size_t k = 0; k < series->n_breaks; k++) {
        terms += pt_break_kind_of(series, k) == PT_BREAK_BOTH ? 2 : 1;
    }
    return terms;
}

double pt_break_shift(const struct pt_fit *fit, size_t core, int year)
{
    double shift = 0;
    for (size_t k = core; k < fit->n_parameters; k++) {
        const struct pt_fit_parameter *at = &fit->parameters[k];
        if (year < at->year) {
            shift +=
                strcmp(at->name, "slope") == 0 ? at->estimate * (year - at->year) : at->estimate;
        }
    }
    return shift;
}

enum pt_status pt_refuse_slopes(const char *family, const struct pt_series *series,
                                struct pt_error *err)
{
    for (size_t k = 0; k < series->n_breaks; k++) {
        if (pt_break_kind_of(series, k) != PT_BREAK_LEVEL) {
            return PT_RAISE(err, PT_EDATA,
                            "'%s' knows breaks of the level only, and that of %d changes the "
                            "slope; use 'piecewise'",
                            family, series->breaks[k]);
        }
    }
    return PT_OK;
}

static void fill_breaks(const struct pt_series *series, size_t i, long double *row)
{
    for (size_t k = 0; k < series->n_breaks; k++) {
        enum pt_break_kind kind = pt_break_kind_of(series, k);
        bool before = series->year[i] < series->breaks[k];
        if (kind != PT_BREAK_SLOPE) {
            *row++ = before ? -1 : 0;
        }
        if (kind != PT_BREAK_LEVEL) {
            *row++ = before ? series->breaks[k] - series->year[i] : 0;
        }
    }
}

enum pt_status pt_regression_open(const struct pt_series *series, size_t core,
                                  struct pt_regression *r, struct pt_error *err)
{
    size_t n = series->n, p = core + pt_break_terms(series);
    *r = (struct pt_regression){ .n = n, .p = p, .core = core };
    r->x = malloc(n * p * sizeof *r->x);
    r->y = malloc(4 * n * sizeof *r->y);
    if (!r->x || !r->y) {
        pt_regression_close(r);
        return PT_RAISE_NOMEM(err);
    }
    r->w = r->y + n;
    r->t = r->w + n;
    r->residual = r->t + n;
    for (size_t i = 0; i < n; i++) {
        r->y[i] = series->y[i];
        r->t[i] = series->year[i] - series->year[n - 1];
        r->w[i] = series->variance ? 1 / series->variance[i] : 1;
        fill_breaks(series, i, r->x + i * p + core);
    }
    pt_regression_level(r);
    return PT_OK;
}

void pt_regression_close(struct pt_regression *r)
{
    free(r->y);
    free(r->x);
    r->y = NULL;
    r->x = NULL; /* where opening failed, the caller closes once more */
}

void pt_regression_rescale(struct pt_regression *r, size_t i, double z, double dz_dy, bool weighted)
{
    r->y[i] = z;
    r->w[i] = weighted ? r->w[i] / (dz_dy * dz_dy) : 1;
}

void pt_regression_level(struct pt_regression *r)
{
    double total = 0;
    for (size_t i = 0; i < r->n; i++) {
        total += r->w[i];
    }
    for (size_t i = 0; i < r->n; i++) {
        r->w[i] *= (double)r->n / total;
    }
}

enum pt_status pt_regression_solve(struct pt_regression *r, struct pt_error *err)
{
    return pt_least_squares(r->n, r->p, r->x, r->y, r->w, &r->solved, r->residual, err);
}

/* The core's estimates and the Cholesky factor of its widened covariance. */
static void keep_draws(const struct pt_regression *r, double wide, struct pt_fit *fit)
{
    double *c = fit->numbers + 4;
    for (size_t i = 0; i < r->core; i++) {
        fit->numbers[i] = r->solved.b[i];
        for (size_t j = 0; j <= i; j++) {
            double sum = wide * wide * r->solved.inverse[i * r->p + j];
            for (size_t k = 0; k < j; k++) {
                sum -= c[i * (i + 1) / 2 + k] * c[j * (j + 1) / 2 + k];
            }
            double pivot = c[j * (j + 1) / 2 + j];
            c[i * (i + 1) / 2 + j] = i == j ? sqrt(fmax(sum, 0)) : pivot > 0 ? sum / pivot : 0;
        }
    }
}

void pt_regression_take(const struct pt_regression *r, const struct pt_series *series,
                        double rounding, double extra_df, double log_slopes, struct pt_fit *fit)
{
    double log_weights = 0;
    fit->df = (double)(r->n - r->p) - extra_df;
    double s = sqrt(r->solved.sse / fit->df);
    fit->sigma = pt_sigma_floor(s, rounding);
    fit->n_parameters = r->p;
    for (size_t k = 0; k < r->p; k++) {
        fit->parameters[k] = (struct pt_fit_parameter){
            .name = k < r->core ? fit->family->parameters[k].name : NULL,
            .estimate = r->solved.b[k],
            .se = s * sqrt(r->solved.inverse[k * r->p + k]),
        };
    }
    size_t at = r->core;
    for (size_t k = 0; k < series->n_breaks; k++) {
        enum pt_break_kind kind = pt_break_kind_of(series, k);
        for (int slope = kind == PT_BREAK_SLOPE; slope <= (kind != PT_BREAK_LEVEL); slope++) {
            fit->parameters[at].name = slope ? "slope" : "level";
            fit->parameters[at++].year = series->breaks[k];
        }
    }
    for (size_t i = 0; i < r->n; i++) {
        log_weights += log(r->w[i]);
    }
    fit->aicc =
        pt_aicc(r->solved.sse, r->n, r->p + 1 + (size_t)extra_df) - log_weights - 2 * log_slopes;
    fit->residual_ac = pt_lag1(r->residual, r->n);
    keep_draws(r, fit->sigma * sqrt((1 + fit->rho) / (1 - fit->rho)), fit);
}

void pt_regression_line(const struct pt_regression *r, struct pt_fit *fit)
{
    const double *inverse = r->solved.inverse;
    double wide = fit->sigma * sqrt((1 + fit->rho) / (1 - fit->rho));
    fit->level = r->solved.b[0];
    fit->pace = r->solved.b[1];
    fit->level_se = wide * sqrt(inverse[0]);
    fit->pace_se = wide * sqrt(inverse[r->p + 1]);
    fit->level_pace_corr = inverse[1] / sqrt(inverse[0] * inverse[r->p + 1]);
}

double pt_line_value(const double *parameters, double t)
{
    return parameters[0] + parameters[1] * t;
}

void pt_line_gradient(const double *parameters, double t, double *gradient)
{
    (void)parameters;
    gradient[0] = 1;
    gradient[1] = t;
}
