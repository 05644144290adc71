#include <math.h>

#include <gsl/gsl_matrix.h>
#include <gsl/gsl_multifit.h>
#include <gsl/gsl_vector.h>

#include "trend/trend.h"

/* The regressors: 1, years from the last observation, and for each break -1 before it, so that the
 * intercept is the level of today in today's definition. */
static void fill(const struct pt_series *series, gsl_matrix *X, gsl_vector *y, gsl_vector *w)
{
    int last = series->year[series->n - 1];
    double total = 0;
    for (size_t i = 0; i < series->n; i++) {
        gsl_matrix_set(X, i, 0, 1);
        gsl_matrix_set(X, i, 1, series->year[i] - last);
        for (size_t k = 0; k < series->n_breaks; k++) {
            gsl_matrix_set(X, i, 2 + k, series->year[i] < series->breaks[k] ? -1 : 0);
        }
        gsl_vector_set(y, i, series->y[i]);
        double weight = series->variance ? 1 / series->variance[i] : 1;
        gsl_vector_set(w, i, weight);
        total += weight;
    }
    gsl_vector_scale(w, (double)series->n / total); /* mean 1: sigma keeps the series' unit */
}

static void take(const struct pt_series *series, const gsl_vector *c, const gsl_matrix *cov,
                 const gsl_vector *residuals, double sse, struct pt_fit *fit)
{
    size_t n = series->n, p = 2 + series->n_breaks;
    fit->df = (double)(n - p);
    double s = sqrt(sse / fit->df);
    fit->sigma = pt_sigma_floor(s, series->rounding);
    /* cov comes unscaled: (X'WX)^-1 */
    pt_line_parameters(fit, series, gsl_vector_get(c, 0), s * sqrt(gsl_matrix_get(cov, 0, 0)),
                       gsl_vector_get(c, 1), s * sqrt(gsl_matrix_get(cov, 1, 1)));
    for (size_t k = 2; k < p; k++) {
        fit->parameters[k].estimate = gsl_vector_get(c, k);
        fit->parameters[k].se = s * sqrt(gsl_matrix_get(cov, k, k));
    }
    double wide = fit->sigma * sqrt((1 + fit->rho) / (1 - fit->rho));
    fit->level_se = wide * sqrt(gsl_matrix_get(cov, 0, 0));
    fit->pace_se = wide * sqrt(gsl_matrix_get(cov, 1, 1));
    fit->level_pace_corr =
        gsl_matrix_get(cov, 0, 1) / sqrt(gsl_matrix_get(cov, 0, 0) * gsl_matrix_get(cov, 1, 1));
    fit->aicc = pt_aicc(sse, n, p + 1);
    fit->residual_ac = pt_lag1(residuals->data, n);
}

static enum pt_status fit_linear(const struct pt_series *series,
                                 const struct pt_fit_options *options, struct pt_fit *fit,
                                 struct pt_error *err)
{
    (void)options;
    size_t n = series->n, p = 2 + series->n_breaks, rank;
    double sse;
    enum pt_status status = PT_OK;
    gsl_matrix *X = gsl_matrix_alloc(n, p), *cov = gsl_matrix_alloc(p, p);
    gsl_vector *y = gsl_vector_alloc(n), *w = gsl_vector_alloc(n), *c = gsl_vector_alloc(p);
    gsl_vector *residuals = gsl_vector_alloc(n);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(n, p);
    if (!X || !cov || !y || !w || !c || !residuals || !work) {
        status = PT_RAISE_NOMEM(err);
        goto done;
    }
    fill(series, X, y, w);
    double log_weights = 0; /* the likelihood's share of unequal weights */
    for (size_t i = 0; i < n; i++) {
        log_weights += log(gsl_vector_get(w, i));
    }
    if (gsl_multifit_wlinear_tsvd(X, w, y, 1e-12, c, cov, &sse, &rank, work) != 0 || rank < p) {
        status = PT_RAISE(err, PT_EDATA, "no single line fits these years and breaks");
        goto done;
    }
    gsl_multifit_linear_residuals(X, y, c, residuals);
    take(series, c, cov, residuals, sse, fit);
    fit->aicc -= log_weights;
done:
    gsl_multifit_linear_free(work);
    gsl_vector_free(residuals);
    gsl_vector_free(c);
    gsl_vector_free(w);
    gsl_vector_free(y);
    gsl_matrix_free(cov);
    gsl_matrix_free(X);
    return status;
}

const struct pt_family pt_family_linear = {
    .name = "linear",
    .title = PT_N("straight line"),
    .formula = "y = a + b t",
    .error_law = PT_N("least squares, weighted where the number of persons is known; "
                      "t-distributed parameters and autocorrelated residuals"),
    .parity = PT_N("always reaches parity, unless it points away from it"),
    .reference = PT_N("Legendre 1805; Fieller 1954 for the crossing"),
    .parameters = { { "intercept", PT_N("fitted figure in the last year"), "figure" },
                    { "slope", PT_N("change per year"), "figure/year" } },
    .least_n = 4,
    .line = true,
    .has_curve = true,
    .fit = fit_linear,
    .curve = pt_line_curve,
    .start = pt_line_start,
    .step = pt_line_step,
};
