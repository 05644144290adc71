#include <math.h>

#include "trend/regression.h"

/* years the bend is carried past the last figure */
enum { CARRIED = PT_DRAW_NUMBERS };
/* of the data's length (METHODS 2) */
#define QUARTER 0.25

static enum pt_status fit_quadratic(const struct pt_series *series,
                                    const struct pt_fit_options *options, struct pt_fit *fit,
                                    struct pt_error *err)
{
    (void)options;
    struct pt_regression r;
    enum pt_status status = pt_regression_open(series, 3, &r, err);
    if (status != PT_OK) {
        return status;
    }
    for (size_t i = 0; i < r.n; i++) {
        r.x[i * r.p] = 1;
        r.x[i * r.p + 1] = (long double)r.t[i];
        r.x[i * r.p + 2] = (long double)(r.t[i] * r.t[i]);
    }
    status = pt_regression_solve(&r, err);
    if (status == PT_OK) {
        pt_regression_take(&r, series, series->rounding, 0, 0, fit);
        pt_regression_line(&r, fit);
        fit->numbers[CARRIED] = QUARTER * (fit->last - fit->first);
    }
    pt_regression_close(&r);
    return status;
}

/* A parabola ends at infinity on the side it bends to, so past `carried` it runs on as the tangent
 * it has there: a + b t + c (t^2 - (t - carried)^2). */
static double bend(double t, double carried)
{
    return t > carried ? carried * (2 * t - carried) : t * t;
}

static double curve(const struct pt_fit *fit, int year)
{
    const double *b = fit->numbers;
    double t = year - fit->last;
    return pt_line_value(b, t) + b[2] * bend(t, b[CARRIED]) - pt_break_shift(fit, 3, year);
}

static double value(const double *parameters, double t)
{
    return pt_line_value(parameters, t) + parameters[2] * t * t;
}

static void gradient(const double *parameters, double t, double *g)
{
    pt_line_gradient(parameters, t, g);
    g[2] = t * t;
}

static void start(const struct pt_fit *fit, size_t n, const double *z, double *state, bool *holds)
{
    pt_draw_start(fit, 3, n, z, state, holds);
}

static void step(const struct pt_fit *fit, size_t h, size_t n, const double *z, double *state,
                 double *x, double *mean_curve)
{
    const double *a = state, *b = state + n, *c = state + 2 * n;
    const double *noise = state + PT_DRAW_NOISE * n;
    double t = (double)h, square = bend(t, fit->numbers[CARRIED]);
    pt_draw_noise(fit, h, n, z, state);
    for (size_t i = 0; i < n; i++) {
        mean_curve[i] = a[i] + b[i] * t + c[i] * square;
        x[i] = mean_curve[i] + noise[i];
    }
}

static void explain(const struct pt_fit *fit, struct pt_explanation *out)
{
    if (out->n < PT_EXPLANATION) {
        pt_message_set(&out->sentences[out->n++],
                       "the bend is carried %g years past the last figure, a quarter of the years "
                       "it was fitted to, and the curve runs straight from there; take it as a "
                       "description of the past",
                       fit->numbers[CARRIED]);
    }
}

const struct pt_family pt_family_quadratic = {
    .name = "quadratic",
    .title = PT_N("parabola"),
    .formula = "y = a + b t + c t^2",
    .error_law = PT_N("least squares, as for the straight line; the bend ends a quarter of the "
                      "data's length past the last year, and the curve runs straight from there"),
    .parity = PT_N("shown to see whether the change speeds up or slows down, not to answer when: "
                   "far ahead it is a straight line with wide errors"),
    .reference =
        PT_N("Gergonne 1815; Ingram and others 2018 (NCHS) for the least number of figures"),
    .parameters = { { "intercept", PT_N("fitted figure in the last year"), "figure" },
                    { "slope", PT_N("change per year in the last year"), "figure/year" },
                    { "bend", PT_N("half the change of the slope per year"), "figure/year^2" } },
    .least_n = 7,
    .has_curve = true,
    .fit = fit_quadratic,
    .curve = curve,
    .value = value,
    .gradient = gradient,
    .start = start,
    .step = step,
    .explain = explain,
};
