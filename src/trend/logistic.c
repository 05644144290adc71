#include <math.h>

#include "trend/bend.h"
#include "trend/steps.h"

/* F + K / (1 + exp(-(a + b t))) as level + pace S(t); v is the middle year m (a = -b m) and ln b.
 * With E = exp(b m) and X = exp(-b t), S = (1 + E)/(1 + E X) (1 - X)/b, where nothing cancels. */

/* Flatter than this over the data's length is a straight line to the eye. */
#define LEAST_PER_SPAN 2.0
#define MOST_PER_SPAN  40.0
#define MOST_RATE      3.0

/* The middle lies between the second figure and the last but one: a ceiling whose half has not
 * been passed can lie anywhere. */
static void bounds(const struct pt_series *series, double *low, double *high)
{
    size_t n = series->n;
    int last = series->year[n - 1];
    double span = last - series->year[0];
    low[0] = series->year[1] - last;
    high[0] = series->year[n - 2] - last;
    low[1] = log(LEAST_PER_SPAN / span);
    high[1] = log(fmin(MOST_RATE, MOST_PER_SPAN / span));
}

static double shape(const double *v, double t, double *slopes)
{
    double m = v[0], b = exp(v[1]), E = exp(b * m), X = exp(-b * t), rest = -expm1(-b * t) / b;
    double bottom = 1 + E * X, s = (1 + E) / bottom * rest;
    if (slopes) {
        double by_b = m * E * rest / bottom + (1 + E) / bottom * (t * X - rest) / b -
                      s * E * X * (m - t) / bottom;
        slopes[0] = rest * b * E * (b * rest) / (bottom * bottom);
        slopes[1] = b * by_b;
    }
    return s;
}

static void half_shape(const double *v, size_t n, const double *t, double *half)
{
    double b = exp(v[1]);
    for (size_t i = 0; i < n; i++) {
        half[i] = exp(-b * t[i]);
        half[n + i] = -expm1(-b * t[i]) / b;
    }
}

static void whole_shape(const double *v, size_t n, const double *half, double *out)
{
    double E = exp(exp(v[1]) * v[0]);
    for (size_t i = 0; i < n; i++) {
        out[i] = (1 + E) / (1 + E * half[i]) * half[n + i];
    }
}

static void shapes(size_t n, const double *v, double t, double *out)
{
    enum pt_isa isa = pt_isa_best();
    double b[PT_PATHS_MOST], E[PT_PATHS_MOST], X[PT_PATHS_MOST];
    pt_block_exp(isa, n, v + n, b);
    for (size_t i = 0; i < n; i++) {
        E[i] = b[i] * v[i];
        X[i] = -b[i] * t;
        out[i] = b[i] * t;
    }
    pt_block_exp(isa, n, E, E);
    pt_block_exp(isa, n, X, X);
    pt_saturations(n, out, out);
    for (size_t i = 0; i < n; i++) {
        out[i] = (1 + E[i]) / (1 + E[i] * X[i]) * (out[i] / b[i]);
    }
}

static void card(const double *p, double *parameters, double *jacobian)
{
    double m = p[2], b = exp(p[3]), a = -b * m, g = 1 / (1 + exp(-a)), rest = 1 / (1 + exp(a));
    double K = p[1] / (b * g * rest), dK[4];
    const double da[4] = { 0, 0, -b, a };
    dK[0] = 0;
    dK[1] = 1 / (b * g * rest);
    dK[2] = K * b * (1 - 2 * g);
    dK[3] = K * (-1 - a * (1 - 2 * g));
    parameters[0] = p[0] - K * g;
    parameters[1] = K;
    parameters[2] = a;
    parameters[3] = b;
    for (size_t j = 0; j < 4; j++) {
        jacobian[j] = (j == 0) - g * dK[j] - K * g * rest * da[j];
        jacobian[4 + j] = dK[j];
        jacobian[8 + j] = da[j];
        jacobian[12 + j] = j == 3 ? b : 0;
    }
}

static enum pt_status refuse(const int at[PT_BEND_MOST], struct pt_error *err)
{
    if (at[1] > 0) {
        return PT_RAISE(err, PT_EDATA,
                        "the figures change within a year or so, which is a step and no S-curve; "
                        "declare it under 'breaks' and use 'linear'");
    }
    if (at[0] > 0) {
        return PT_RAISE(err, PT_EDATA,
                        "the figures have not passed the middle of an S-curve, so its end cannot "
                        "be told; use 'linear' or 'log-linear'");
    }
    return PT_RAISE(err, PT_EDATA, "the figures show no S-curve; use 'asymptotic' or 'linear'");
}

static const struct pt_bend bend = {
    .m = 2,
    .bounds = bounds,
    .steps = { 11, 9 },
    .shape = shape,
    .half_shape = half_shape,
    .whole_shape = whole_shape,
    .shapes = shapes,
    .card = card,
    .refuse = refuse,
};

static enum pt_status fit_logistic(const struct pt_series *series,
                                   const struct pt_fit_options *options, struct pt_fit *fit,
                                   struct pt_error *err)
{
    (void)options;
    return pt_bend_fit(&bend, series, fit, err);
}

static double curve(const struct pt_fit *fit, int year)
{
    return pt_bend_curve(&bend, fit, year);
}

static double value(const double *parameters, double t)
{
    return parameters[0] + parameters[1] / (1 + exp(-(parameters[2] + parameters[3] * t)));
}

static void gradient(const double *parameters, double t, double *g)
{
    double s = 1 / (1 + exp(-(parameters[2] + parameters[3] * t)));
    g[0] = 1;
    g[1] = s;
    g[2] = parameters[1] * s * (1 - s);
    g[3] = t * g[2];
}

static void start(const struct pt_fit *fit, size_t n, const double *z, double *state, bool *holds)
{
    pt_bend_start(&bend, fit, n, z, state, holds);
}

static void step(const struct pt_fit *fit, size_t h, size_t n, const double *z, double *state,
                 double *x, double *mean_curve)
{
    pt_bend_step(&bend, fit, h, n, z, state, x, mean_curve);
}

static void explain(const struct pt_fit *fit, struct pt_explanation *out)
{
    if (out->n < PT_EXPLANATION) {
        const struct pt_fit_parameter *p = fit->parameters;
        pt_message_set(&out->sentences[out->n++],
                       "the S-curve runs from %.4g to %.4g and was half-way in %.0f", p[0].estimate,
                       p[0].estimate + p[1].estimate, fit->last - p[2].estimate / p[3].estimate);
    }
}

const struct pt_family pt_family_logistic = {
    .name = "logistic",
    .title = PT_N("S-curve"),
    .formula = "y = F + K / (1 + exp(-(a + b t)))",
    .error_law = PT_N("nonlinear least squares in level, pace, middle year and ln b; only where "
                      "the middle lies within the fitted years"),
    .parity = PT_N("reaches parity only if the end of the S lies within the band or past it"),
    .reference = "Verhulst 1838; Nelder 1961",
    .parameters = { { "floor", PT_N("the figure long before"), "figure" },
                    { "rise", PT_N("change from beginning to end"), "figure" },
                    { "position", PT_N("how far past the middle in the last year"), "1" },
                    { "rate", PT_N("steepness"), "1/year" } },
    .least_n = 8,
    .has_curve = true,
    .fit = fit_logistic,
    .curve = curve,
    .value = value,
    .gradient = gradient,
    .start = start,
    .step = step,
    .explain = explain,
};
