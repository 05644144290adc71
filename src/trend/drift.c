#include <math.h>
#include <string.h>

#include "trend/regression.h"
#include "trend/steps.h"

/* Yearly changes d over k years each, none across a break: mean D = sum d / sum k, and
 * d - k D has variance k s^2. */
struct changes {
    size_t n;
    double years, total;
};

static bool is_change(const struct pt_series *series, size_t i)
{
    return pt_breaks_passed(series, series->year[i]) ==
           pt_breaks_passed(series, series->year[i - 1]);
}

static struct changes sum_changes(const struct pt_series *series)
{
    struct changes c = { 0, 0, 0 };
    for (size_t i = 1; i < series->n; i++) {
        if (is_change(series, i)) {
            c.n++;
            c.years += series->year[i] - series->year[i - 1];
            c.total += series->y[i] - series->y[i - 1];
        }
    }
    return c;
}

static enum pt_status fit_drift(const struct pt_series *series,
                                const struct pt_fit_options *options, struct pt_fit *fit,
                                struct pt_error *err)
{
    (void)options;
    enum pt_status status = pt_refuse_slopes("drift", series, err);
    if (status != PT_OK) {
        return status;
    }
    struct changes c = sum_changes(series);
    double mean = c.total / c.years, sse = 0, top = 0, before = 0;
    for (size_t i = 1; i < series->n; i++) {
        if (is_change(series, i)) {
            double k = series->year[i] - series->year[i - 1];
            double r = (series->y[i] - series->y[i - 1] - k * mean) / sqrt(k);
            sse += r * r;
            top += r * before;
            before = r;
        }
    }
    fit->df = (double)(c.n - 1);
    double s = sqrt(sse / fit->df);
    fit->sigma = pt_sigma_floor(s, series->rounding);
    fit->n_parameters = 1;
    fit->parameters[0] = (struct pt_fit_parameter){ .name = PT_N("slope"),
                                                    .estimate = mean,
                                                    .se = s / sqrt(c.years) };
    fit->level = series->y[series->n - 1];
    fit->pace = mean;
    fit->pace_se = fit->sigma / sqrt(c.years);
    fit->residual_ac = sse > 0 ? top / sse : 0;
    return PT_OK;
}

/* A random walk has a curve ahead of it, none behind. */
static double curve(const struct pt_fit *fit, int year)
{
    return year < fit->last ? (double)NAN : fit->level + fit->pace * (year - fit->last);
}

enum { WALK, MEAN, PACE, SCALE };

static void start(const struct pt_fit *fit, size_t n, const double *z, double *state, bool *holds)
{
    pt_scales(fit->log_scale, n, z, state + SCALE * n);
    for (size_t i = 0; i < n; i++) {
        holds[i] = true;
        double t = state[SCALE * n + i];
        state[WALK * n + i] = fit->level;
        state[MEAN * n + i] = fit->level;
        state[PACE * n + i] = fit->pace + t * fit->pace_se * z[n + i];
        state[SCALE * n + i] = t * fit->sigma;
    }
}

static void step(const struct pt_fit *fit, size_t h, size_t n, const double *z, double *state,
                 double *x, double *mean_curve)
{
    (void)fit;
    double *walk = state + WALK * n, *mean = state + MEAN * n;
    if (h == 0) {
        memcpy(mean_curve, mean, n * sizeof *mean_curve);
        return;
    }
    const double *pace = state + PACE * n, *scale = state + SCALE * n;
    pt_steps_best()->drift(n, pace, scale, z, walk, mean, x, mean_curve);
}

const struct pt_family pt_family_drift = {
    .name = "drift",
    .title = PT_N("random walk with drift"),
    .formula = "y(t+1) = y(t) + D + e",
    .error_law = PT_N("yearly shocks add up; t-distributed mean change"),
    .parity = PT_N("always reaches parity in the end, unless it drifts away from it"),
    .reference = PT_N("Hyndman and Athanasopoulos 2021, section 5.2"),
    .parameters = { { "slope", PT_N("mean change per year"), "figure/year" } },
    .least_n = 4,
    .has_curve = true,
    .fit = fit_drift,
    .curve = curve,
    .start = start,
    .step = step,
};
