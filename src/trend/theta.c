#include <math.h>
#include <stdlib.h>

#include "trend/consensus.h"
#include "trend/steps.h"

/* Box-Cox Theta of METHODS 3.2 on its own: exponential smoothing with half the slope of the least
 * squares line as drift (Hyndman and Billah 2003). The numbers of a fit, on the Box-Cox scale. */
enum { LEVEL, DRIFT, ALPHA, LAMBDA };

/* keeps what the widest draws give finite */
#define MOST 1e300

/* A figure without a scale of its own may be negative. */
static double back(double w, double lambda)
{
    return lambda == 1 ? w : fmin(pt_box_cox_inverse(w, lambda), MOST);
}

/* The same, with the same bytes everywhere. */
static void back_all(double lambda, size_t n, double *x)
{
    enum pt_isa isa = pt_isa_best();
    if (lambda == 1) {
        return;
    }
    if (lambda > 0) {
        for (size_t i = 0; i < n; i++) {
            x[i] = fmax(lambda * x[i] + 1, 0);
        }
        pt_block_log(isa, n, x, x);
        for (size_t i = 0; i < n; i++) {
            x[i] /= lambda;
        }
    }
    pt_block_exp(isa, n, x, x);
    for (size_t i = 0; i < n; i++) {
        x[i] = fmin(x[i], MOST);
    }
}

static enum pt_status fit_theta(const struct pt_series *series,
                                const struct pt_fit_options *options, struct pt_fit *fit,
                                struct pt_error *err)
{
    (void)options;
    struct pt_regular s;
    double *work;
    void *memory;
    enum pt_status status = pt_consensus_regular("theta", series, &s, &work, &memory, err);
    if (status != PT_OK) {
        return status;
    }
    struct pt_theta t = pt_theta_fit(s.y, s.n, work);
    fit->level = back(t.level, t.lambda);
    double dw_dy = t.lambda == 1 ? 1 : pow(s.y[s.n - 1], t.lambda - 1);
    /* as many errors as figures, without those across a break */
    fit->df = fmax(1, (double)s.n_changes - 2);
    fit->sigma = pt_sigma_floor(sqrt(t.sse / fit->df), series->rounding * dw_dy);
    fit->pace = back(t.level + t.slope, t.lambda) - fit->level;
    fit->pace_se = fit->sigma / dw_dy / sqrt((double)s.n_observed);
    fit->residual_ac = pt_lag1(t.errors, s.n);
    fit->numbers[LEVEL] = t.level;
    fit->numbers[DRIFT] = t.slope;
    fit->numbers[ALPHA] = t.alpha;
    fit->numbers[LAMBDA] = t.lambda;
    fit->n_parameters = 2;
    fit->parameters[0] = (struct pt_fit_parameter){ .name = PT_N("level"),
                                                    .estimate = fit->level,
                                                    .se = (double)NAN };
    fit->parameters[1] = (struct pt_fit_parameter){ .name = PT_N("slope"),
                                                    .estimate = fit->pace,
                                                    .se = fit->pace_se };
    free(memory);
    return PT_OK;
}

static double curve(const struct pt_fit *fit, int year)
{
    return year < fit->last ? (double)NAN
                            : back(fit->numbers[LEVEL] + fit->numbers[DRIFT] * (year - fit->last),
                                   fit->numbers[LAMBDA]);
}

enum { STATE_LEVEL, STATE_SCALE };

static void start(const struct pt_fit *fit, size_t n, const double *z, double *state, bool *holds)
{
    double *scale = state + STATE_SCALE * n;
    pt_scales(fit->log_scale, n, z, scale);
    for (size_t i = 0; i < n; i++) {
        holds[i] = true;
        state[STATE_LEVEL * n + i] = fit->numbers[LEVEL];
        scale[i] *= fit->sigma;
    }
}

static void step(const struct pt_fit *fit, size_t h, size_t n, const double *z, double *state,
                 double *x, double *mean_curve)
{
    (void)mean_curve;
    if (h == 0) {
        return;
    }
    double *level = state + STATE_LEVEL * n;
    const double *scale = state + STATE_SCALE * n;
    for (size_t i = 0; i < n; i++) {
        double e = scale[i] * z[i], ahead = level[i] + fit->numbers[DRIFT];
        x[i] = ahead + e;
        level[i] = ahead + fit->numbers[ALPHA] * e;
    }
    back_all(fit->numbers[LAMBDA], n, x);
}

const struct pt_family pt_family_theta = {
    .name = "theta",
    .title = PT_N("Theta on a Box-Cox scale"),
    .formula = PT_N("y(n+h) = l + h b/2, b the slope of the straight line"),
    .error_law = PT_N("yearly shocks move the level; t-distributed size"),
    .parity = PT_N("always reaches parity in the end, unless it drifts away from it"),
    .reference = PT_N("Assimakopoulos and Nikolopoulos 2000; Hyndman and Billah 2003"),
    .parameters = { { "level", PT_N("smoothed figure in the last year"), "figure" },
                    { "slope", PT_N("change in the first year ahead"), "figure/year" } },
    .least_n = 4,
    .fit = fit_theta,
    .curve = curve,
    .start = start,
    .step = step,
};
