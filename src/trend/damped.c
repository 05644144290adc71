#include <math.h>
#include <stdlib.h>

#include "trend/consensus.h"
#include "trend/steps.h"

/* Damped Holt of METHODS 3.2 on its own. The numbers of a fit. */
enum { LEVEL, SLOPE, PHI, ALPHA, BETA };

static double residual_ac(const struct pt_regular *s, const struct pt_holt *h, double *errors)
{
    double level = h->first_level, slope = h->first_slope;
    for (size_t t = 0; t < s->n; t++) {
        double ahead = level + h->phi * slope, e = s->y[t] - ahead;
        errors[t] = e;
        level = ahead + h->alpha * e;
        slope = h->phi * slope + h->alpha * h->beta * e;
    }
    return pt_lag1(errors, s->n);
}

/* errors that the changes stand in for */
#define PRIOR 4

static enum pt_status fit_damped(const struct pt_series *series,
                                 const struct pt_fit_options *options, struct pt_fit *fit,
                                 struct pt_error *err)
{
    (void)options;
    struct pt_regular s;
    double *work;
    void *memory;
    enum pt_status status = pt_consensus_regular("damped", series, &s, &work, &memory, err);
    if (status != PT_OK) {
        return status;
    }
    struct pt_holt h = pt_holt_fit(s.y, s.n, work);
    /* Five fitted numbers nearly pass through four to six figures, so the errors alone would say
     * nothing is uncertain. The variance of the yearly changes stands in as if it were PRIOR more
     * errors; with many figures it weighs nothing. */
    struct pt_statistics changes = pt_statistics_of(&s);
    fit->df = fmax(1, (double)s.n_changes - 2) + PRIOR;
    fit->sigma =
        pt_sigma_floor(sqrt((h.sse + PRIOR * changes.sd * changes.sd) / fit->df), series->rounding);
    fit->level = h.level;
    fit->pace = h.phi * h.slope;
    fit->pace_se = fit->sigma / sqrt((double)s.n_observed);
    fit->residual_ac = residual_ac(&s, &h, work);
    fit->numbers[LEVEL] = h.level;
    fit->numbers[SLOPE] = h.slope;
    fit->numbers[PHI] = h.phi;
    fit->numbers[ALPHA] = h.alpha;
    fit->numbers[BETA] = h.beta;
    fit->n_parameters = 3;
    fit->parameters[0] =
        (struct pt_fit_parameter){ .name = PT_N("level"), .estimate = h.level, .se = (double)NAN };
    fit->parameters[1] =
        (struct pt_fit_parameter){ .name = PT_N("slope"), .estimate = h.slope, .se = fit->pace_se };
    fit->parameters[2] =
        (struct pt_fit_parameter){ .name = PT_N("damping"), .estimate = h.phi, .se = (double)NAN };
    free(memory);
    return PT_OK;
}

static double curve(const struct pt_fit *fit, int year)
{
    if (year < fit->last) {
        return (double)NAN;
    }
    double phi = fit->numbers[PHI];
    double sum = phi * (1 - pow(phi, year - fit->last)) / (1 - phi);
    return fit->numbers[LEVEL] + sum * fit->numbers[SLOPE];
}

enum { STATE_LEVEL, STATE_SLOPE, STATE_SCALE };

static void start(const struct pt_fit *fit, size_t n, const double *z, double *state, bool *holds)
{
    double *scale = state + STATE_SCALE * n;
    pt_scales(fit->log_scale, n, z, scale);
    for (size_t i = 0; i < n; i++) {
        holds[i] = true;
        state[STATE_LEVEL * n + i] = fit->numbers[LEVEL];
        state[STATE_SLOPE * n + i] = fit->numbers[SLOPE];
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
    double *level = state + STATE_LEVEL * n, *slope = state + STATE_SLOPE * n;
    const double *scale = state + STATE_SCALE * n;
    double phi = fit->numbers[PHI], alpha = fit->numbers[ALPHA], beta = fit->numbers[BETA];
    for (size_t i = 0; i < n; i++) {
        double e = scale[i] * z[i];
        double ahead = level[i] + phi * slope[i];
        x[i] = ahead + e;
        level[i] = ahead + alpha * e;
        slope[i] = phi * slope[i] + alpha * beta * e;
    }
}

const struct pt_family pt_family_damped = {
    .name = "damped",
    .title = PT_N("damped trend"),
    .formula = "y(n+h) = l + (f + f^2 + ... + f^h) b",
    .error_law = PT_N("yearly shocks move level and slope; t-distributed size"),
    .parity = PT_N("reaches parity only if the damped sum of the changes does"),
    .reference = PT_N("Gardner and McKenzie 1985"),
    .parameters = { { "level", PT_N("smoothed figure in the last year"), "figure" },
                    { "slope", PT_N("smoothed change in the last year"), "figure/year" },
                    { "damping", PT_N("share of the change that is left a year later"), "1" } },
    .least_n = 4,
    .fit = fit_damped,
    .curve = curve,
    .start = start,
    .step = step,
};
