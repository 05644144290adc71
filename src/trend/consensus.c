#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trend/consensus_bases.h"
#include "trend/trend.h"

/* The consensus projection of METHODS 3: the median of six base forecasts, shrunk towards no change
 * while the drift is not significant and towards damped Holt where changes follow one another; a
 * scale and a quantile table estimated on thousands of real series; past six years the mean pace,
 * which holds or fades. */

#define LEAST_N 4
#define YEARS PT_CONSENSUS_YEARS
#define ROWS 14

struct constants {
    const char *name;
    double c[10]; /* METHODS 3.4 */
    double q[ROWS]; /* METHODS 3.5 at the probabilities below */
};

static const double probabilities[ROWS] = { .5,  .55, .6,   .65, .7,   .75,  .8,
                                            .85, .9,  .95,  .975, .99, .995, .9975 };

static const struct constants sets[] = {
    { "social",
      { .3603, .3712, .1744, .7481, -.1373, .5677, -.1772, .1234, .3449, .0241 },
      { 0, .100, .214, .342, .484, .653, .863, 1.144, 1.553, 2.362, 3.376, 5.408, 7.925,
        12.551 } },
    { "mixed",
      { .3783, .3901, .2415, .7070, -.1283, .5281, -.2148, .1140, .3377, .0745 },
      { 0, .109, .228, .358, .507, .679, .890, 1.161, 1.544, 2.273, 3.175, 4.892, 6.753,
        10.031 } },
    { "percent",
      { .315, .349, .205, .616, -.185, .564, -.111, .142, .298, -.032 },
      { 0, .111, .228, .358, .506, .678, .892, 1.175, 1.565, 2.258, 3.101, 4.603, 6.255,
        8.591 } },
};

/* Persistence (METHODS 3.7): the pace holds with this weight, else it fades by a yearly factor
 * drawn evenly between the least and 1. */
#define HOLDS .5
#define LEAST_PHI .85
/* Path correlation (METHODS 3.6). */
#define RHO_EXPONENT .30

/* Where the family keeps its numbers. */
enum {
    POINT = 0,          /* [YEARS] in the figure's unit */
    SCALE = POINT + YEARS, /* [YEARS] */
    SET = SCALE + YEARS,
    LOGIT,              /* 1: the pace past six years is taken on the logit scale */
    FROM, STEP,         /* last value and yearly pace past six years, on that scale */
    SHRINK, SMOOTH,     /* s and g of METHODS 3.3 */
    TAU, CHANGE,        /* signal of the drift; mean absolute yearly change */
    BASE,               /* [PT_CONSENSUS_BASES] in the sixth year */
    MEDIAN = BASE + PT_CONSENSUS_BASES,
    N_NUMBERS
};
_Static_assert(N_NUMBERS <= PT_FIT_NUMBERS, "room for the consensus' numbers");

static double sigm(double x)
{
    return 1 / (1 + exp(-x));
}

/* ------------------------------------------------------------------ the fitted numbers */

struct room {
    double *y, *d, *k, *x, *dx, *work;
    size_t years, changes, observed;
};

/* The series from where it can be used: a slope that broke leaves only what came after, if that is
 * enough. */
static size_t first_used(const struct pt_series *series, size_t least)
{
    size_t first = 0;
    for (size_t b = 0; series->break_kinds && b < series->n_breaks; b++) {
        if (series->break_kinds[b] != PT_BREAK_LEVEL) {
            size_t at = 0;
            while (at < series->n && series->year[at] < series->breaks[b]) {
                at++;
            }
            first = series->n - at >= least ? at : first;
        }
    }
    return first;
}

/* One value a year in today's definition: holes on a straight line, the unknown change across a
 * level break put at the mean of the known ones. */
static void make_regular(const struct pt_series *series, size_t first, struct room *room)
{
    double per_year = 0, lift = 0;
    room->changes = room->years = 0;
    room->observed = series->n - first;
    for (size_t i = first + 1; i < series->n; i++) {
        double k = series->year[i] - series->year[i - 1], d = series->y[i] - series->y[i - 1];
        if (pt_breaks_passed(series, series->year[i]) ==
            pt_breaks_passed(series, series->year[i - 1])) {
            room->d[room->changes] = d;
            room->k[room->changes++] = k;
            per_year += d / k;
        }
    }
    per_year /= (double)room->changes;
    /* from the newest value backwards, so that today's definition keeps its level */
    size_t total = (size_t)(series->year[series->n - 1] - series->year[first]) + 1, at = total;
    for (size_t i = series->n; i-- > first;) {
        room->y[--at] = series->y[i] + lift;
        if (i == first) {
            break;
        }
        int gap = series->year[i] - series->year[i - 1];
        double d = series->y[i] - series->y[i - 1];
        if (pt_breaks_passed(series, series->year[i]) !=
            pt_breaks_passed(series, series->year[i - 1])) {
            lift += d - per_year * gap;
            d = per_year * gap;
        }
        for (int j = 1; j < gap; j++) {
            at--;
            room->y[at] = room->y[at + 1] - d / gap;
        }
    }
    room->years = total;
}

static double median_of(const struct pt_bases *bases, size_t h)
{
    double six[PT_CONSENSUS_BASES];
    for (size_t m = 0; m < PT_CONSENSUS_BASES; m++) {
        six[m] = bases->f[m][h];
    }
    return pt_median(six, PT_CONSENSUS_BASES);
}

/* METHODS 3.3 */
static void make_point(const struct pt_regular *s, const struct pt_statistics *stats,
                       const struct pt_bases *bases, double f[YEARS], double numbers[])
{
    double last = s->y[s->n - 1];
    double shrink = 1.55 * sigm(-.1 + .65 * stats->lt + .57 * stats->ln15);
    double smooth = sigm(-2.8 + 3.0 * stats->ac + .9 * stats->lt + .8 * stats->ln15);
    for (size_t h = 0; h < YEARS; h++) {
        double M = median_of(bases, h);
        f[h] = last + (1 - smooth) * shrink * (M - last) + smooth * (bases->D[h] - last);
        if (s->n_observed > 12) {
            f[h] = (f[h] + M) / 2;
        }
    }
    numbers[SHRINK] = shrink;
    numbers[SMOOTH] = smooth;
    numbers[TAU] = exp(stats->lt);
}

/* METHODS 3.4 */
static void make_scale(const double c[10], const struct pt_regular *s,
                       const struct pt_statistics *stats, const struct pt_bases *bases,
                       double S[YEARS])
{
    double e = .05 * stats->q, Ls = log((stats->sd + e) / stats->q);
    double Ld = log((bases->damps + e) / stats->q);
    for (size_t h = 0; h < YEARS; h++) {
        double mean = 0, variance = 0, lh = log((double)(h + 1));
        for (size_t m = 0; m < PT_CONSENSUS_BASES; m++) {
            mean += bases->f[m][h] / PT_CONSENSUS_BASES;
        }
        for (size_t m = 0; m < PT_CONSENSUS_BASES; m++) {
            double r = bases->f[m][h] - mean;
            variance += r * r / PT_CONSENSUS_BASES;
        }
        double Lp = log((sqrt(variance) + .1 * stats->q) / stats->q);
        S[h] = stats->q * exp(c[0] + c[1] * lh + c[2] * Ls + c[3] * Ld + c[4] * Ld * lh +
                              c[5] * Lp + c[6] * stats->ac + c[7] * stats->ac * lh +
                              c[8] * 8 / (double)s->n_observed + c[9] * stats->lt);
    }
}

static double logit_of(double y, double lower, double upper)
{
    double p = fmin(fmax((y - lower) / (upper - lower), .0005), .9995);
    return log(p / (1 - p));
}

/* METHODS 3.0: the point of a bounded figure comes from the logit scale. */
static void make_bounded_point(const struct pt_series *series, struct room *room,
                               struct pt_fit *fit)
{
    double width = series->upper - series->lower;
    struct pt_bases bases;
    for (size_t i = 0; i < room->years; i++) {
        room->x[i] = logit_of(room->y[i], series->lower, series->upper);
    }
    /* an observed change on the logit scale is that between its two ends */
    size_t c = 0;
    for (size_t i = 0, at = 0; c < room->changes && i + 1 < room->observed; i++) {
        size_t k = (size_t)(series->year[series->n - room->observed + i + 1] -
                            series->year[series->n - room->observed + i]);
        if (pt_breaks_passed(series, series->year[series->n - room->observed + i + 1]) ==
            pt_breaks_passed(series, series->year[series->n - room->observed + i])) {
            room->dx[c++] = room->x[at + k] - room->x[at];
        }
        at += k;
    }
    struct pt_regular s = { room->years, room->x, room->observed, room->changes,
                            room->dx,    room->k, 1e-3 };
    struct pt_statistics stats = pt_statistics_of(&s);
    pt_bases_make(&s, &stats, false, false, room->work, &bases);
    make_point(&s, &stats, &bases, fit->numbers + POINT, fit->numbers);
    fit->numbers[FROM] = room->x[room->years - 1];
    fit->numbers[STEP] = (fit->numbers[POINT + YEARS - 1] - fit->numbers[FROM]) / YEARS;
    fit->numbers[LOGIT] = 1;
    for (size_t h = 0; h < YEARS; h++) {
        fit->numbers[POINT + h] = series->lower + width * sigm(fit->numbers[POINT + h]);
    }
}

static void summarise(const struct pt_statistics *stats, const struct pt_bases *bases,
                      const struct room *room, struct pt_fit *fit)
{
    double last = room->y[room->years - 1];
    double wide = sets[(size_t)fit->numbers[SET]].q[8] / 1.2815515655446004; /* 80 % as if normal */
    for (size_t m = 0; m < PT_CONSENSUS_BASES; m++) {
        fit->numbers[BASE + m] = bases->f[m][YEARS - 1];
    }
    fit->numbers[MEDIAN] = median_of(bases, YEARS - 1);
    fit->numbers[CHANGE] = stats->q;
    fit->df = 1e9; /* the width is already that of real errors: no t on top */
    fit->sigma = wide * fit->numbers[SCALE];
    fit->residual_ac = stats->ac;
    fit->level = last;
    fit->pace = (fit->numbers[POINT + YEARS - 1] - last) / YEARS;
    fit->pace_se = wide * fit->numbers[SCALE + YEARS - 1] / YEARS;
    fit->n_parameters = 1;
    fit->parameters[0] = (struct pt_fit_parameter){ .name = "slope",
                                                    .estimate = fit->pace,
                                                    .se = fit->pace_se };
}

static enum pt_status choose_set(const char *name, bool bounded, struct pt_fit *fit,
                                 struct pt_error *err)
{
    name = name ? name : bounded ? "percent" : "social";
    for (size_t i = 0; i < sizeof sets / sizeof *sets; i++) {
        if (strcmp(sets[i].name, name) == 0) {
            fit->numbers[SET] = (double)i;
            return PT_OK;
        }
    }
    return PT_RAISE(err, PT_EDATA, "unknown constants '%s'; there are social, mixed and percent",
                    name);
}

static bool room_new(const struct pt_series *series, struct room *room)
{
    size_t years = (size_t)(series->year[series->n - 1] - series->year[0]) + 1;
    room->y = malloc(18 * years * sizeof *room->y);
    if (!room->y) {
        return false;
    }
    room->d = room->y + years;
    room->k = room->d + years;
    room->x = room->k + years;
    room->dx = room->x + years;
    room->work = room->dx + years; /* [13 years]: see pt_bases_make */
    return true;
}

static enum pt_status fit_consensus(const struct pt_series *series,
                                    const struct pt_fit_options *options, struct pt_fit *fit,
                                    struct pt_error *err)
{
    bool bounded = isfinite(series->lower) && isfinite(series->upper);
    enum pt_status status = choose_set(options->constants, bounded, fit, err);
    if (status != PT_OK) {
        return status;
    }
    struct room room;
    if (!room_new(series, &room)) {
        return PT_RAISE_NOMEM(err);
    }
    make_regular(series, first_used(series, LEAST_N), &room);
    if (room.changes < 3) {
        status = PT_RAISE(err, PT_EDATA,
                          "'consensus' needs at least 3 changes within one definition and has %zu",
                          room.changes);
        goto done;
    }
    struct pt_regular s = { room.years, room.y, room.observed,   room.changes,
                            room.d,     room.k, series->rounding };
    struct pt_statistics stats = pt_statistics_of(&s);
    if (!(stats.q > 0)) {
        status = PT_RAISE(err, PT_EDATA, "the figures never change, and nothing says how finely "
                          "they are rounded");
        goto done;
    }
    struct pt_bases bases;
    bool zero = series->lower >= 0;
    pt_bases_make(&s, &stats, true, zero, room.work, &bases);
    make_scale(sets[(size_t)fit->numbers[SET]].c, &s, &stats, &bases, fit->numbers + SCALE);
    if (bounded) {
        make_bounded_point(series, &room, fit);
    } else {
        make_point(&s, &stats, &bases, fit->numbers + POINT, fit->numbers);
        for (size_t h = 0; h < YEARS && zero; h++) {
            fit->numbers[POINT + h] = fmax(fit->numbers[POINT + h], 0);
        }
        fit->numbers[FROM] = room.y[room.years - 1];
        fit->numbers[STEP] = (fit->numbers[POINT + YEARS - 1] - fit->numbers[FROM]) / YEARS;
    }
    summarise(&stats, &bases, &room, fit);
done:
    free(room.y);
    return status;
}

/* ------------------------------------------------------------------ futures */

/* Q(p), linear between the rows, symmetric, held at its ends. */
static double table_quantile(const double q[ROWS], double p)
{
    double upper = p < .5 ? 1 - p : p, value = q[ROWS - 1];
    for (size_t i = 1; i < ROWS; i++) {
        if (upper <= probabilities[i]) {
            double share = (upper - probabilities[i - 1]) / (probabilities[i] - probabilities[i - 1]);
            value = q[i - 1] + share * (q[i] - q[i - 1]);
            break;
        }
    }
    return p < .5 ? -value : value;
}

/* The inverse: the chance of at most x. */
static double table_chance(const double q[ROWS], double x)
{
    double size = fabs(x);
    if (size >= q[ROWS - 1]) {
        return x > 0 ? 1 : 0;
    }
    size_t i = 1;
    while (q[i] < size) {
        i++;
    }
    double p = probabilities[i - 1] + (size - q[i - 1]) / (q[i] - q[i - 1]) *
                                          (probabilities[i] - probabilities[i - 1]);
    return x < 0 ? 1 - p : p;
}

/* The centre h years ahead when the pace has been carried on for c years past the sixth. */
static double centre(const struct pt_fit *fit, size_t h, double c)
{
    if (h <= YEARS) {
        return fit->numbers[POINT + h - 1];
    }
    double x = fit->numbers[FROM] + (YEARS + c) * fit->numbers[STEP];
    return fit->numbers[LOGIT] > 0 ? fit->lower + (fit->upper - fit->lower) * sigm(x) : x;
}

static double scale_at(const struct pt_fit *fit, size_t h)
{
    return h <= YEARS ? fit->numbers[SCALE + h - 1]
                      : fit->numbers[SCALE + YEARS - 1] * (double)h / YEARS;
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
    const double *q = sets[(size_t)fit->numbers[SET]].q;
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

static double normal_chance(double z)
{
    return .5 * erfc(-z * M_SQRT1_2);
}

static void start(const struct pt_fit *fit, size_t n, const double *z, double *state, bool *holds)
{
    (void)fit;
    for (size_t i = 0; i < n; i++) {
        double u = normal_chance(z[i]);
        holds[i] = u < HOLDS;
        state[PHI * n + i] =
            holds[i] ? 1 : LEAST_PHI + (1 - LEAST_PHI) * (u - HOLDS) / (1 - HOLDS);
        state[POWER * n + i] = 1;
        state[CARRIED * n + i] = 0;
        state[WALK * n + i] = 0;
    }
}

static void step(const struct pt_fit *fit, size_t h, size_t n, const double *z, double *state,
                 double *x, double *mean_curve)
{
    (void)mean_curve;
    const double *q = sets[(size_t)fit->numbers[SET]].q;
    double *walk = state + WALK * n, *phi = state + PHI * n;
    double *power = state + POWER * n, *carried = state + CARRIED * n;
    double rho = h == 1 ? 0 : pow((double)(h - 1) / (double)h, RHO_EXPONENT);
    double fresh = sqrt(1 - rho * rho), S = scale_at(fit, h);
    for (size_t i = 0; i < n; i++) {
        walk[i] = rho * walk[i] + fresh * z[i];
        if (h > YEARS) {
            power[i] *= phi[i];
            carried[i] += power[i];
        }
        x[i] = centre(fit, h, carried[i]) + S * table_quantile(q, normal_chance(walk[i]));
    }
}

/* ------------------------------------------------------------------ in words */

static void explain(const struct pt_fit *fit, struct pt_explanation *out)
{
    const double *v = fit->numbers;
    double low = v[BASE], high = v[BASE];
    for (size_t m = 1; m < PT_CONSENSUS_BASES; m++) {
        low = fmin(low, v[BASE + m]);
        high = fmax(high, v[BASE + m]);
    }
    struct pt_message *m = out->sentences;
    out->n = 0;
    pt_message_set(&m[out->n++],
                   PT_N("Six simple forecasts put %d between %.4g and %.4g; their median is %.4g."),
                   fit->last + YEARS, low, high, v[MEDIAN]);
    if (v[SHRINK] < .75) {
        pt_message_set(&m[out->n++],
                       PT_N("The yearly changes are small against their noise, so the projection "
                            "leans towards no change: it takes %.0f %% of the median's step."),
                       100 * v[SHRINK]);
    } else {
        pt_message_set(&m[out->n++],
                       PT_N("The yearly changes stand clear of their noise, so the projection "
                            "takes %.0f %% of the median's step."),
                       100 * v[SHRINK]);
    }
    pt_message_set(&m[out->n++],
                   v[SMOOTH] > .3 ? PT_N("The changes follow one another, so a fading trend "
                                         "(damped Holt) has a weight of %.0f %%.")
                                  : PT_N("The changes do not follow one another, so a fading trend "
                                         "(damped Holt) has a weight of only %.0f %%."),
                   100 * v[SMOOTH]);
    if (fit->n > 12) {
        pt_message_set(&m[out->n++], PT_N("With more than 12 figures the result is averaged with "
                                          "the median itself."));
    }
    if (v[LOGIT] > 0) {
        pt_message_set(&m[out->n++], PT_N("The figure has bounds, so the line is drawn on the "
                                          "logit scale and cannot leave them."));
    }
    pt_message_set(&m[out->n++],
                   PT_N("The width comes from the errors made on thousands of real series "
                        "(constants '%s')."),
                   sets[(size_t)v[SET]].name);
    pt_message_set(&m[out->n++],
                   PT_N("Past %d the mean pace goes on: in half of the futures it holds, in the "
                        "other half it fades."),
                   fit->last + YEARS);
}

const struct pt_family pt_family_consensus = {
    .name = "consensus",
    .title = PT_N("consensus of six forecasts"),
    .formula = "y(n) + (1-g) s (M(h) - y(n)) + g (D(h) - y(n))",
    .error_law = PT_N("quantiles of the errors made on thousands of real short series"),
    .parity = PT_N("may or may not reach parity"),
    .reference = "docs/methods.md; Gardner and McKenzie 1985; Assimakopoulos and Nikolopoulos "
                 "2000; Sen 1968",
    .parameters = { { "slope", PT_N("mean change per year over six years"), "figure/year" } },
    .least_n = LEAST_N,
    .fit = fit_consensus,
    .curve = curve,
    .start = start,
    .step = step,
    .quantile = quantile,
    .explain = explain,
};
