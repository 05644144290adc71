#include <math.h>

#include "trend/steps.h"

/* The consensus projection of METHODS 3: the median of six base forecasts, shrunk towards no change
 * while the drift is not significant and towards damped Holt where changes follow one another; a
 * scale and a quantile table estimated on thousands of real series; past six years the mean pace,
 * which holds or fades, and errors that carry over the more the rougher the history. */

_Static_assert(CONSENSUS_NUMBERS <= PT_FIT_NUMBERS, "room for the consensus' numbers");

#define YEARS PT_CONSENSUS_YEARS

/* Persistence (METHODS 3.7): the pace holds with this weight, else it fades by a yearly factor
 * drawn evenly between the least and 1. */
#define HOLDS     .5
#define LEAST_PHI .85

/* ------------------------------------------------------------------ futures */

/* Q(p), linear between the rows, symmetric, held at its ends. */
static double table_quantile(const double q[PT_CONSENSUS_ROWS], double p)
{
    double upper = p < .5 ? 1 - p : p, value = q[PT_CONSENSUS_ROWS - 1];
    for (size_t i = 1; i < PT_CONSENSUS_ROWS; i++) {
        if (upper <= pt_constants_p[i]) {
            double share =
                (upper - pt_constants_p[i - 1]) / (pt_constants_p[i] - pt_constants_p[i - 1]);
            value = q[i - 1] + share * (q[i] - q[i - 1]);
            break;
        }
    }
    return p < .5 ? -value : value;
}

/* The inverse: the chance of at most x. */
static double table_chance(const double q[PT_CONSENSUS_ROWS], double x)
{
    double size = fabs(x);
    if (size >= q[PT_CONSENSUS_ROWS - 1]) {
        return x > 0 ? 1 : 0;
    }
    size_t i = 1;
    while (q[i] < size) {
        i++;
    }
    double p = pt_constants_p[i - 1] +
               (size - q[i - 1]) / (q[i] - q[i - 1]) * (pt_constants_p[i] - pt_constants_p[i - 1]);
    return x < 0 ? 1 - p : p;
}

/* The centre h years ahead when the pace has been carried on for c years past the sixth. */
static double centre(const struct pt_fit *fit, size_t h, double c)
{
    if (h <= YEARS) {
        return fit->numbers[CONSENSUS_POINT + h - 1];
    }
    double x = fit->numbers[CONSENSUS_FROM] + (YEARS + c) * fit->numbers[CONSENSUS_STEP];
    return fit->numbers[CONSENSUS_LOGIT] > 0
               ? fit->lower + (fit->upper - fit->lower) * pt_consensus_sigm(x)
               : x;
}

static double scale_at(const struct pt_fit *fit, size_t h)
{
    return h <= YEARS ? fit->numbers[CONSENSUS_SCALE + h - 1]
                      : fit->numbers[CONSENSUS_SCALE + YEARS - 1] * (double)h / YEARS;
}

static double faded_years(double phi, size_t years)
{
    double sum = 0, power = 1;
    for (size_t k = 0; k < years; k++) {
        power *= phi;
        sum += power;
    }
    return sum;
}

#define FADES 16 /* fading factors that stand for the even law between LEAST_PHI and 1 */

static double quantile(const struct pt_fit *fit, size_t h, double p)
{
    const double *q = pt_consensus_set(fit)->q;
    double S = scale_at(fit, h);
    if (h <= YEARS) {
        return centre(fit, h, 0) + S * table_quantile(q, p);
    }
    double centres[FADES + 1], low = INFINITY, high = -INFINITY;
    for (size_t i = 0; i <= FADES; i++) {
        double phi = i == FADES ? 1 : LEAST_PHI + (1 - LEAST_PHI) * ((double)i + .5) / FADES;
        centres[i] = centre(fit, h, faded_years(phi, h - YEARS));
        low = fmin(low, centres[i]);
        high = fmax(high, centres[i]);
    }
    low += S * table_quantile(q, p);
    high += S * table_quantile(q, p);
    for (int step = 0; step < 60 && high - low > 1e-12 * (1 + fabs(high)); step++) {
        double x = (low + high) / 2, chance = HOLDS * table_chance(q, (x - centres[FADES]) / S);
        for (size_t i = 0; i < FADES; i++) {
            chance += (1 - HOLDS) / FADES * table_chance(q, (x - centres[i]) / S);
        }
        if (chance < p) {
            low = x;
        } else {
            high = x;
        }
    }
    return (low + high) / 2;
}

static double curve(const struct pt_fit *fit, int year)
{
    if (year < fit->last) {
        return (double)NAN;
    }
    return year == fit->last ? fit->level : quantile(fit, (size_t)(year - fit->last), .5);
}

enum { WALK, PHI, POWER, CARRIED };

static void start(const struct pt_fit *fit, size_t n, const double *z, double *state, bool *holds)
{
    double *phi = state + PHI * n;
    (void)fit;
    pt_half_chances(n, z, phi);
    for (size_t i = 0; i < n; i++) {
        double past = phi[i] - (HOLDS - .5); /* of a uniform, past those that hold */
        holds[i] = past < 0;
        phi[i] = holds[i] ? 1 : LEAST_PHI + (1 - LEAST_PHI) * past / (1 - HOLDS);
        state[POWER * n + i] = 1;
        state[CARRIED * n + i] = 0;
        state[WALK * n + i] = 0;
    }
}

static void step(const struct pt_fit *fit, size_t h, size_t n, const double *z, double *state,
                 double *x, double *mean_curve)
{
    (void)mean_curve;
    const struct pt_steps *steps = pt_steps_best();
    const double *v = fit->numbers;
    double exponent = h <= YEARS ? pt_consensus_set(fit)->rho_exponent : v[CONSENSUS_FAR];
    double rho = h == 1 ? 0 : pt_exp(exponent * pt_log((double)(h - 1) / (double)h));
    struct pt_spread_year year = { rho, sqrt(1 - rho * rho), scale_at(fit, h),
                                   pt_consensus_set(fit)->q };
    if (h > YEARS && v[CONSENSUS_LOGIT] > 0) {
        /* minus the logit, as the logistic curve starts from its exponential */
        steps->carry(-v[CONSENSUS_FROM], YEARS, -v[CONSENSUS_STEP], n, state + PHI * n,
                     state + POWER * n, state + CARRIED * n, x);
        pt_block_exp(pt_isa_best(), n, x, x);
        steps->squash(fit->lower, fit->upper - fit->lower, n, x, x);
    } else if (h > YEARS) {
        steps->carry(v[CONSENSUS_FROM], YEARS, v[CONSENSUS_STEP], n, state + PHI * n,
                     state + POWER * n, state + CARRIED * n, x);
    } else {
        for (size_t i = 0; i < n; i++) {
            x[i] = v[CONSENSUS_POINT + h - 1];
        }
    }
    steps->spread(&year, n, z, state + WALK * n, x);
}

/* ------------------------------------------------------------------ in words */

/* a drift this many standard errors from none is clear of its noise */
#define CLEAR_SIGNAL 2
/* and changes whose neighbours correlate like this follow one another */
#define CLEAR_ORDER .3
/* and errors carry over more than halfway between whole and as little as they may */
#define EVEN_EXPONENT .3

static void explain_point(const struct pt_fit *fit, struct pt_explanation *out)
{
    const double *v = fit->numbers;
    struct pt_message *m = out->sentences;
    pt_message_set(&m[out->n++],
                   v[CONSENSUS_SIGNAL] < CLEAR_SIGNAL
                       ? PT_N("The yearly changes are small against their noise (signal %.1f): the "
                              "projection takes %.0f %% of the median's step.")
                       : PT_N("The yearly changes stand clear of their noise (signal %.1f): the "
                              "projection takes %.0f %% of the median's step."),
                   v[CONSENSUS_SIGNAL], 100 * v[CONSENSUS_TO_MEDIAN]);
    pt_message_set(&m[out->n++],
                   fit->residual_ac > CLEAR_ORDER
                       ? PT_N("The changes follow one another (correlation %.2f): a fading trend "
                              "(damped Holt) has a weight of %.0f %%.")
                       : PT_N("The changes do not clearly follow one another (correlation %.2f): a "
                              "fading trend (damped Holt) has a weight of %.0f %%."),
                   fit->residual_ac, 100 * v[CONSENSUS_TO_DAMPED]);
    if (v[CONSENSUS_TO_PACE] != 0) {
        pt_message_set(&m[out->n++],
                       PT_N("The pace of the newest changes has a weight of %.0f %%."),
                       100 * v[CONSENSUS_TO_PACE]);
    }
}

static void explain(const struct pt_fit *fit, struct pt_explanation *out)
{
    const double *v = fit->numbers;
    double low = v[CONSENSUS_BASE], high = v[CONSENSUS_BASE];
    for (size_t m = 1; m < PT_CONSENSUS_BASES; m++) {
        low = fmin(low, v[CONSENSUS_BASE + m]);
        high = fmax(high, v[CONSENSUS_BASE + m]);
    }
    struct pt_message *m = out->sentences;
    out->n = 0;
    if (v[CONSENSUS_START] > fit->first) {
        pt_message_set(&m[out->n++],
                       PT_N("The slope broke, so only the %.0f figures from %.0f on are used."),
                       v[CONSENSUS_USED], v[CONSENSUS_START]);
    }
    pt_message_set(&m[out->n++],
                   PT_N("Six simple forecasts put %d between %.4g and %.4g; their median is %.4g."),
                   fit->last + YEARS, low, high, v[CONSENSUS_MEDIAN]);
    explain_point(fit, out);
    if (v[CONSENSUS_LOGIT] > 0) {
        pt_message_set(&m[out->n++], PT_N("The figure has bounds, so the line is drawn on the "
                                          "logit scale and cannot leave them."));
    }
    pt_message_set(&m[out->n++],
                   PT_N("The width is that of the errors such forecasts have made on thousands of "
                        "real series (constants '%s')."),
                   pt_consensus_set(fit)->name);
    pt_message_set(&m[out->n++],
                   PT_N("Past %d the mean pace goes on: in half of the futures it holds, in the "
                        "other half it fades."),
                   fit->last + YEARS);
    pt_message_set(&m[out->n++],
                   v[CONSENSUS_FAR] < EVEN_EXPONENT
                       ? PT_N("The yearly changes are uneven (roughness %.1f): past %d a future "
                              "that has gone off course stays off it.")
                       : PT_N("The yearly changes are even (roughness %.1f): past %d a future that "
                              "has gone off course may come back."),
                   v[CONSENSUS_ROUGHNESS], fit->last + YEARS);
}

const struct pt_family pt_family_consensus = {
    .name = "consensus",
    .title = PT_N("consensus of six forecasts"),
    .formula = "y(n) + a (M(h) - y(n)) + b (D(h) - y(n)) + c (P(h) - y(n))",
    .error_law = PT_N("quantiles of the errors made on thousands of real short series"),
    .parity = PT_N("may or may not reach parity"),
    .reference = PT_N("docs/methods.md; Gardner and McKenzie 1985; Assimakopoulos and Nikolopoulos "
                      "2000; Sen 1968"),
    .parameters = { { "slope", PT_N("mean change per year over six years"), "figure/year" } },
    .least_n = PT_CONSENSUS_LEAST,
    .fit = pt_consensus_fit,
    .curve = curve,
    .start = start,
    .step = step,
    .quantile = quantile,
    .explain = explain,
};
