#include <math.h>

#include "trend/regression.h"

/* keeps exp() finite for the widest draws */
#define MOST 700

static double level_of(double z)
{
    return exp(fmin(z, MOST));
}

static enum pt_status fit_log_linear(const struct pt_series *series,
                                     const struct pt_fit_options *options, struct pt_fit *fit,
                                     struct pt_error *err)
{
    (void)options;
    struct pt_regression r;
    for (size_t i = 0; i < series->n; i++) {
        if (!(series->y[i] > 0)) {
            return PT_RAISE(err, PT_EDATA,
                            "'log-linear' needs figures above 0, and that of %d is %g; "
                            "use 'linear'",
                            series->year[i], series->y[i]);
        }
    }
    enum pt_status status = pt_regression_open(series, 2, &r, err);
    if (status != PT_OK) {
        return status;
    }
    double log_slopes = 0;
    for (size_t i = 0; i < r.n; i++) {
        r.x[i * r.p] = 1;
        r.x[i * r.p + 1] = (long double)r.t[i];
        pt_regression_rescale(&r, i, log(series->y[i]), 1 / series->y[i], series->variance != NULL);
        log_slopes -= log(series->y[i]);
    }
    pt_regression_level(&r);
    status = pt_regression_solve(&r, err);
    if (status == PT_OK) {
        double level = level_of(r.solved.b[0]);
        pt_regression_take(&r, series, series->rounding / level, 0, log_slopes, fit);
        pt_regression_line(&r, fit);
        fit->level = level;
        fit->level_se *= level;
        /* pace = b e^a: its error has a part from both */
        double da = fit->level_se, db = fit->pace_se * level, b = r.solved.b[1];
        double corr = fit->level_pace_corr;
        fit->pace = b * level;
        fit->pace_se = sqrt(b * b * da * da + db * db + 2 * b * da * db * corr);
        fit->level_pace_corr = (b * da + corr * db) / fit->pace_se;
    }
    pt_regression_close(&r);
    return status;
}

static double curve(const struct pt_fit *fit, int year)
{
    return level_of(pt_line_value(fit->numbers, year - fit->last) - pt_break_shift(fit, 2, year));
}

static double value(const double *parameters, double t)
{
    return level_of(pt_line_value(parameters, t));
}

static void gradient(const double *parameters, double t, double *g)
{
    g[0] = value(parameters, t);
    g[1] = t * g[0];
}

static void start(const struct pt_fit *fit, size_t n, const double *z, double *state, bool *holds)
{
    pt_draw_start(fit, 2, n, z, state, holds);
}

static void step(const struct pt_fit *fit, size_t h, size_t n, const double *z, double *state,
                 double *x, double *mean_curve)
{
    const double *a = state, *b = state + n, *noise = state + PT_DRAW_NOISE * n;
    pt_draw_noise(fit, h, n, z, state);
    const enum pt_isa isa = pt_isa_best();
    for (size_t i = 0; i < n; i++) {
        double line = a[i] + b[i] * (double)h;
        mean_curve[i] = fmin(line, MOST);
        x[i] = fmin(line + noise[i], MOST);
    }
    pt_block_exp(isa, n, mean_curve, mean_curve);
    pt_block_exp(isa, n, x, x);
}

const struct pt_family pt_family_log_linear = {
    .name = "log-linear",
    .title = PT_N("constant percentage change"),
    .formula = "y = exp(a + b t)",
    .error_law = PT_N("least squares of the logarithm, which is also where it is simulated, so "
                      "that no figure falls to 0"),
    .parity = PT_N("a gap halves again and again and is never quite gone: it only comes within "
                   "the band"),
    .reference = PT_N("Jevons 1865; Montgomery, Peck and Vining 2012, section 5.2"),
    .parameters = { { "intercept", PT_N("natural logarithm of the fitted figure in the last year"),
                      "1" },
                    { "slope", PT_N("relative change per year"), "1/year" } },
    .least_n = 5,
    .has_curve = true,
    .fit = fit_log_linear,
    .curve = curve,
    .value = value,
    .gradient = gradient,
    .start = start,
    .step = step,
};
