#include <math.h>
#include <string.h>

#include "trend/bend.h"
#include "trend/steps.h"

/* F + K exp(-k t) as level + pace (1 - exp(-k t)) / k; v is ln k. */

/* A bend that takes ten times the data's length for e-folding is a straight line to the eye. */
#define LEAST_PER_SPAN 0.1
/* Over this many e-foldings, or at this rate, only the first figures would tell of the bend. */
#define MOST_PER_SPAN 40.0
#define MOST_RATE     2.0

static void bounds(const struct pt_series *series, double *low, double *high)
{
    double span = series->year[series->n - 1] - series->year[0];
    low[0] = log(LEAST_PER_SPAN / span);
    high[0] = log(fmin(MOST_RATE, MOST_PER_SPAN / span));
}

static double shape(const double *v, double t, double *slopes)
{
    double k = exp(v[0]), covered = -expm1(-k * t) / k;
    if (slopes) {
        slopes[0] = t * exp(-k * t) - covered; /* by ln k */
    }
    return covered;
}

static void half_shape(const double *v, size_t n, const double *t, double *half)
{
    for (size_t i = 0; i < n; i++) {
        half[i] = shape(v, t[i], NULL);
    }
}

static void whole_shape(const double *v, size_t n, const double *half, double *out)
{
    (void)v;
    memcpy(out, half, n * sizeof *out);
}

static void shapes(size_t n, const double *v, double t, double *out)
{
    double k[PT_PATHS_MOST];
    pt_block_exp(pt_isa_best(), n, v, k);
    for (size_t i = 0; i < n; i++) {
        out[i] = k[i] * t;
    }
    pt_saturations(n, out, out);
    for (size_t i = 0; i < n; i++) {
        out[i] /= k[i];
    }
}

static void card(const double *b, double *parameters, double *jacobian)
{
    double k = exp(b[2]), distance = b[1] / k;
    const double rows[9] = { 1, 1 / k, -distance, 0, -1 / k, distance, 0, 0, k };
    parameters[0] = b[0] + distance;
    parameters[1] = -distance;
    parameters[2] = k;
    for (size_t i = 0; i < 9; i++) {
        jacobian[i] = rows[i];
    }
}

static enum pt_status refuse(const int at[PT_BEND_MOST], struct pt_error *err)
{
    if (at[0] > 0) {
        return PT_RAISE(err, PT_EDATA,
                        "the figures level off within a year or so of the first, which is no "
                        "curve; use 'linear' from a later year");
    }
    return PT_RAISE(err, PT_EDATA,
                    "the figures show no levelling off, so 'asymptotic' has no limit to find; "
                    "use 'linear'");
}

static const struct pt_bend bend = {
    .m = 1,
    .bounds = bounds,
    .steps = { 24 },
    .shape = shape,
    .half_shape = half_shape,
    .whole_shape = whole_shape,
    .shapes = shapes,
    .card = card,
    .refuse = refuse,
};

static enum pt_status fit_asymptotic(const struct pt_series *series,
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
    return parameters[0] + parameters[1] * exp(-parameters[2] * t);
}

static void gradient(const double *parameters, double t, double *g)
{
    g[0] = 1;
    g[1] = exp(-parameters[2] * t);
    g[2] = -t * parameters[1] * g[1];
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
        pt_message_set(&out->sentences[out->n++],
                       "the curve levels off at %.4g; half of what is left of the way there takes "
                       "%.2g years",
                       fit->parameters[0].estimate, log(2) / fit->parameters[2].estimate);
    }
}

const struct pt_family pt_family_asymptotic = {
    .name = "asymptotic",
    .title = PT_N("levelling off"),
    .formula = "y = F + K exp(-k t)",
    .error_law = PT_N("nonlinear least squares in level, pace and ln k; a bend that is not clear "
                      "is drawn between a straight line and no further change"),
    .parity = PT_N("reaches parity only if the limit F lies within the band or past it"),
    .reference = "Mitscherlich 1909; Stevens 1951",
    .parameters = { { "limit", PT_N("the figure it levels off at"), "figure" },
                    { "distance", PT_N("distance from the limit in the last year"), "figure" },
                    { "rate", PT_N("rate at which that distance shrinks"), "1/year" } },
    .least_n = 7,
    .has_curve = true,
    .fit = fit_asymptotic,
    .curve = curve,
    .value = value,
    .gradient = gradient,
    .start = start,
    .step = step,
    .explain = explain,
};
