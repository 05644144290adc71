#include <math.h>

#include "trend/regression.h"
#include "trend/steps.h"

/* A figure at a bound counts as this far from it (METHODS 3.0). */
#define EDGE 0.0005

/* where fit->numbers keeps the bounds */
enum { LOWER = PT_DRAW_NUMBERS, WIDTH };

static double sigm(double z)
{
    return 1 / (1 + exp(-z));
}

static double share(const struct pt_series *series, size_t i)
{
    double u = (series->y[i] - series->lower) / (series->upper - series->lower);
    return fmin(fmax(u, EDGE), 1 - EDGE);
}

static enum pt_status check(const struct pt_series *series, struct pt_error *err)
{
    if (!isfinite(series->lower) || !isfinite(series->upper)) {
        return PT_RAISE(err, PT_EDATA,
                        "'logit-linear' needs a figure with a lowest and a highest value (a gap "
                        "has neither); state its 'bounds', or use 'linear'");
    }
    for (size_t i = 0; i < series->n; i++) {
        if (series->y[i] < series->lower || series->y[i] > series->upper) {
            return PT_RAISE(err, PT_EDATA,
                            "'logit-linear' needs figures from %g to %g, and that of %d is %g",
                            series->lower, series->upper, series->year[i], series->y[i]);
        }
    }
    return PT_OK;
}

/* Level and pace in the figure's own unit, by the delta method: y = lo + w s(a), y' = w s'(a) b */
static void unbend(double lower, double width, struct pt_fit *fit)
{
    double a = fit->level, b = fit->pace, s = sigm(a), slope = s * (1 - s);
    double da = fit->level_se, db = fit->pace_se, corr = fit->level_pace_corr;
    double by_a = width * slope * (1 - 2 * s) * b, by_b = width * slope;
    fit->level = lower + width * s;
    fit->pace = by_b * b;
    fit->level_se = width * slope * da;
    fit->pace_se =
        sqrt(by_a * by_a * da * da + by_b * by_b * db * db + 2 * by_a * by_b * corr * da * db);
    fit->level_pace_corr = (by_a * da + by_b * corr * db) / fit->pace_se;
}

static enum pt_status fit_logit_linear(const struct pt_series *series,
                                       const struct pt_fit_options *options, struct pt_fit *fit,
                                       struct pt_error *err)
{
    (void)options;
    struct pt_regression r;
    enum pt_status status = check(series, err);
    if (status == PT_OK) {
        status = pt_regression_open(series, 2, &r, err);
    }
    if (status != PT_OK) {
        return status;
    }
    double width = series->upper - series->lower, log_slopes = 0;
    for (size_t i = 0; i < r.n; i++) {
        double u = share(series, i), slope = 1 / (u * (1 - u) * width);
        r.x[i * r.p] = 1;
        r.x[i * r.p + 1] = (long double)r.t[i];
        pt_regression_rescale(&r, i, log(u / (1 - u)), slope, series->variance != NULL);
        log_slopes += log(slope);
    }
    pt_regression_level(&r);
    status = pt_regression_solve(&r, err);
    if (status == PT_OK) {
        double s = fmin(fmax(sigm(r.solved.b[0]), EDGE), 1 - EDGE);
        fit->numbers[LOWER] = series->lower;
        fit->numbers[WIDTH] = width;
        pt_regression_take(&r, series, series->rounding / (s * (1 - s) * width), 0, log_slopes,
                           fit);
        pt_regression_line(&r, fit);
        unbend(series->lower, width, fit);
    }
    pt_regression_close(&r);
    return status;
}

static double curve(const struct pt_fit *fit, int year)
{
    double z = pt_line_value(fit->numbers, year - fit->last) - pt_break_shift(fit, 2, year);
    return fit->numbers[LOWER] + fit->numbers[WIDTH] * sigm(z);
}

/* of a figure between 0 and 1 */
static double value(const double *parameters, double t)
{
    return sigm(pt_line_value(parameters, t));
}

static void gradient(const double *parameters, double t, double *g)
{
    double s = value(parameters, t);
    g[0] = s * (1 - s);
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
    double lower = fit->numbers[LOWER], width = fit->numbers[WIDTH];
    pt_draw_noise(fit, h, n, z, state);
    for (size_t i = 0; i < n; i++) {
        double line = a[i] + b[i] * (double)h;
        mean_curve[i] = line;
        x[i] = line + noise[i];
    }
    pt_logistics(lower, width, n, mean_curve, mean_curve);
    pt_logistics(lower, width, n, x, x);
}

const struct pt_family pt_family_logit_linear = {
    .name = "logit-linear",
    .title = PT_N("straight line between bounds"),
    .formula = "y = lo + (up - lo) / (1 + exp(-(a + b t)))",
    .error_law = PT_N("least squares of the logit, which is also where it is simulated, so that "
                      "every figure stays inside its bounds"),
    .parity = PT_N("reaches any figure inside the bounds, unless it points away from it, and "
                   "slows down near them"),
    .reference = "Berkson 1944",
    .parameters = { { "intercept", PT_N("logit of the fitted figure in the last year"), "1" },
                    { "slope", PT_N("change of the logit per year"), "1/year" } },
    .least_n = 5,
    .has_curve = true,
    .fit = fit_logit_linear,
    .curve = curve,
    .value = value,
    .gradient = gradient,
    .start = start,
    .step = step,
};
