#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trend/consensus.h"
#include "trend/regression.h"

#define YEARS PT_CONSENSUS_YEARS

double pt_consensus_sigm(double x)
{
    return 1 / (1 + exp(-x));
}

/* ------------------------------------------------------------------ the fitted numbers */

struct room {
    double *y, *d, *k, *x, *dx, *work;
    size_t years, changes, observed;
};

/* The series from where it can be used: a slope that broke leaves only what came after. */
static enum pt_status first_used(const struct pt_series *series, size_t *first,
                                 struct pt_error *err)
{
    *first = 0;
    for (size_t b = 0; series->break_kinds && b < series->n_breaks; b++) {
        while (series->break_kinds[b] != PT_BREAK_LEVEL && *first < series->n &&
               series->year[*first] < series->breaks[b]) {
            (*first)++;
        }
    }
    if (series->n - *first < PT_CONSENSUS_LEAST) {
        return PT_RAISE(err, PT_EDATA,
                        "after the break of the slope 'consensus' needs at least %d figures and "
                        "has %zu; use 'linear' or 'piecewise'",
                        PT_CONSENSUS_LEAST, series->n - *first);
    }
    return PT_OK;
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

/* Size of the changes of the changes, as a logarithm over q. */
static double roughness(const struct pt_regular *s, const struct pt_statistics *stats)
{
    double sum = 0;
    for (size_t i = 1; i < s->n_changes; i++) {
        double bend = s->d[i] / s->k[i] - s->d[i - 1] / s->k[i - 1];
        sum += bend * bend;
    }
    return log((sqrt(sum / (double)(s->n_changes - 1)) + .05 * stats->q) / stats->q);
}

/* The features a set with weights looks at: sizes are logarithms over q. */
static void features_of(const struct pt_regular *s, const struct pt_statistics *stats,
                        double *sizes, double x[PT_CONSENSUS_TERMS])
{
    size_t nd = s->n_changes;
    double e = .05 * stats->q;
    for (size_t i = 0; i < nd; i++) {
        sizes[i] = fabs(s->d[i]) / sqrt(s->k[i]);
    }
    x[0] = 1;
    x[1] = stats->lt;
    x[2] = stats->ln15;
    x[3] = log((sizes[nd - 1] + e) / stats->q);
    x[4] = roughness(s, stats);
    x[5] = log((pt_median(sizes, nd) + e) / stats->q);
}

/* The pace of the newest changes: each older one counts for four fifths of the next. */
static double recent_pace(const struct pt_regular *s)
{
    double top = 0, bottom = 0;
    for (size_t i = 0; i < s->n_changes; i++) {
        top = .8 * top + s->d[i] / s->k[i];
        bottom = .8 * bottom + 1;
    }
    return top / bottom;
}

/* METHODS 3.3, and for a set with weights the same from three directions. */
static void make_point(const struct pt_constants *set, const struct pt_regular *s,
                       const struct pt_statistics *stats, const struct pt_bases *bases,
                       double *sizes, double f[YEARS], double numbers[])
{
    double last = s->y[s->n - 1], pace = recent_pace(s), to_pace = 0;
    double shrink = 1.55 * pt_consensus_sigm(-.1 + .65 * stats->lt + .57 * stats->ln15);
    double smooth = pt_consensus_sigm(-2.8 + 3.0 * stats->ac + .9 * stats->lt + .8 * stats->ln15);
    double to_median = (1 - smooth) * shrink, to_damped = smooth;
    if (set->weighted) {
        double x[PT_CONSENSUS_TERMS];
        features_of(s, stats, sizes, x);
        to_median = to_damped = 0;
        for (size_t i = 0; i < PT_CONSENSUS_TERMS; i++) {
            to_median += set->weights[0][i] * x[i];
            to_damped += set->weights[1][i] * x[i];
            to_pace += set->weights[2][i] * x[i];
        }
    }
    for (size_t h = 0; h < YEARS; h++) {
        double M = median_of(bases, h);
        double P = pt_bases_within(bases, last + (double)(h + 1) * pace);
        f[h] =
            last + to_median * (M - last) + to_damped * (bases->D[h] - last) + to_pace * (P - last);
        f[h] = set->weighted ? pt_bases_within(bases, f[h]) : f[h];
        if (s->n_observed > 12) {
            f[h] = (f[h] + M) / 2;
        }
    }
    double own = s->n_observed > 12 ? .5 : 1; /* the rest is the median's */
    numbers[CONSENSUS_TO_MEDIAN] = own * to_median + (1 - own);
    numbers[CONSENSUS_TO_DAMPED] = own * to_damped;
    numbers[CONSENSUS_TO_PACE] = own * to_pace;
    numbers[CONSENSUS_SIGNAL] = exp(stats->lt);
}

/* Mean size of the last five changes. */
static double recent_size(const struct pt_regular *s)
{
    size_t n = s->n_changes < 5 ? s->n_changes : 5;
    double sum = 0;
    for (size_t i = s->n_changes - n; i < s->n_changes; i++) {
        sum += fabs(s->d[i]) / sqrt(s->k[i]);
    }
    return sum / (double)n;
}

/* METHODS 3.4 */
static void make_scale(const double c[11], const struct pt_regular *s,
                       const struct pt_statistics *stats, const struct pt_bases *bases,
                       double S[YEARS])
{
    double e = .05 * stats->q, Ls = log((stats->sd + e) / stats->q);
    double Ld = log((bases->damps + e) / stats->q);
    double Lr = log((recent_size(s) + e) / stats->q);
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
                              c[8] * 8 / (double)s->n_observed + c[9] * stats->lt + c[10] * Lr);
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
    struct pt_regular s = { room->years, room->x, room->observed, room->changes, room->dx,
                            room->k,     1e-3 };
    struct pt_statistics stats = pt_statistics_of(&s);
    pt_bases_make(&s, &stats, false, false, room->work, &bases);
    make_point(pt_consensus_set(fit), &s, &stats, &bases, room->work,
               fit->numbers + CONSENSUS_POINT, fit->numbers);
    fit->numbers[CONSENSUS_FROM] = room->x[room->years - 1];
    fit->numbers[CONSENSUS_STEP] =
        (fit->numbers[CONSENSUS_POINT + YEARS - 1] - fit->numbers[CONSENSUS_FROM]) / YEARS;
    fit->numbers[CONSENSUS_LOGIT] = 1;
    for (size_t h = 0; h < YEARS; h++) {
        /* a figure that never moved stays where it is, also within the cut at the bound */
        fit->numbers[CONSENSUS_POINT + h] =
            fit->numbers[CONSENSUS_STEP] == 0
                ? room->y[room->years - 1]
                : series->lower + width * pt_consensus_sigm(fit->numbers[CONSENSUS_POINT + h]);
    }
    for (size_t m = 0; m < PT_CONSENSUS_BASES; m++) {
        fit->numbers[CONSENSUS_BASE + m] =
            series->lower + width * pt_consensus_sigm(bases.f[m][YEARS - 1]);
    }
    fit->numbers[CONSENSUS_MEDIAN] =
        series->lower + width * pt_consensus_sigm(median_of(&bases, YEARS - 1));
}

static void summarise(const struct pt_regular *s, const struct pt_statistics *stats,
                      const struct pt_bases *bases, const struct room *room, struct pt_fit *fit)
{
    double last = room->y[room->years - 1];
    double wide = pt_consensus_set(fit)->q[8] / 1.2815515655446004; /* 80 % as if normal */
    for (size_t m = 0; m < PT_CONSENSUS_BASES && fit->numbers[CONSENSUS_LOGIT] == 0; m++) {
        fit->numbers[CONSENSUS_BASE + m] = bases->f[m][YEARS - 1];
        fit->numbers[CONSENSUS_MEDIAN] = median_of(bases, YEARS - 1);
    }
    fit->numbers[CONSENSUS_USED] = (double)room->observed;
    fit->numbers[CONSENSUS_START] = fit->last - (double)(room->years - 1);
    fit->df = 1e9; /* the width is already that of real errors: no t on top */
    fit->sigma = wide * fit->numbers[CONSENSUS_SCALE];
    fit->residual_ac = stats->ac;
    fit->level = last;
    fit->pace = (fit->numbers[CONSENSUS_POINT + YEARS - 1] - last) / YEARS;
    fit->pace_se = wide * fit->numbers[CONSENSUS_SCALE + YEARS - 1] / YEARS;
    fit->past_pace = stats->md;
    fit->past_se = stats->sd / sqrt((double)s->n_changes);
    fit->past_df = (double)s->n_changes - 1;
    fit->n_parameters = 1;
    fit->parameters[0] =
        (struct pt_fit_parameter){ .name = "slope", .estimate = fit->pace, .se = fit->pace_se };
}

const struct pt_constants *pt_consensus_set(const struct pt_fit *fit)
{
    return &pt_constants_sets[(size_t)fit->numbers[CONSENSUS_SET]];
}

/* Weights were never estimated on the logit scale: bounded figures keep the set made for them. */
static enum pt_status choose_set(const char *name, bool bounded, struct pt_fit *fit,
                                 struct pt_error *err)
{
    bool weighted = name && strcmp(name, "paritet") == 0;
    name = name && !(weighted && bounded) ? name : bounded ? "percent" : "social";
    for (size_t i = 0; pt_constants_sets[i].name; i++) {
        if (strcmp(pt_constants_sets[i].name, name) == 0) {
            fit->numbers[CONSENSUS_SET] = (double)i;
            return PT_OK;
        }
    }
    return PT_RAISE(err, PT_EDATA,
                    "unknown constants '%s'; there are social, mixed, percent and paritet", name);
}

static bool room_new(const struct pt_series *series, struct room *room)
{
    size_t years = (size_t)(series->year[series->n - 1] - series->year[0]) + 1;
    room->y = malloc(30 * years * sizeof *room->y);
    if (!room->y) {
        return false;
    }
    room->d = room->y + years;
    room->k = room->d + years;
    room->x = room->k + years;
    room->dx = room->x + years;
    room->work = room->dx + years; /* [25 years]: see pt_bases_make */
    return true;
}

enum pt_status pt_consensus_regular(const char *family, const struct pt_series *series,
                                    struct pt_regular *out, double **work, void **memory,
                                    struct pt_error *err)
{
    struct room room;
    enum pt_status status = pt_refuse_slopes(family, series, err);
    if (status != PT_OK) {
        return status;
    }
    if (!room_new(series, &room)) {
        return PT_RAISE_NOMEM(err);
    }
    make_regular(series, 0, &room); /* at least 3 changes: least_n is 4 and 1 more a break */
    *out = (struct pt_regular){ room.years, room.y, room.observed,   room.changes,
                                room.d,     room.k, series->rounding };
    *work = room.work;
    *memory = room.y;
    return PT_OK;
}

enum pt_status pt_consensus_fit(const struct pt_series *series,
                                const struct pt_fit_options *options, struct pt_fit *fit,
                                struct pt_error *err)
{
    bool bounded = isfinite(series->lower) && isfinite(series->upper);
    enum pt_status status =
        choose_set(options->constants ? options->constants : series->constants, bounded, fit, err);
    if (status != PT_OK) {
        return status;
    }
    size_t first;
    status = first_used(series, &first, err);
    if (status != PT_OK) {
        return status;
    }
    struct room room;
    if (!room_new(series, &room)) {
        return PT_RAISE_NOMEM(err);
    }
    make_regular(series, first, &room);
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
        status = PT_RAISE(err, PT_EDATA,
                          "the figures never change, and nothing says how finely "
                          "they are rounded");
        goto done;
    }
    struct pt_bases bases;
    bool zero = series->lower >= 0;
    pt_bases_make(&s, &stats, true, zero, room.work, &bases);
    fit->numbers[CONSENSUS_ROUGHNESS] = roughness(&s, &stats);
    fit->numbers[CONSENSUS_FAR] = pt_consensus_far_exponent(fit->numbers[CONSENSUS_ROUGHNESS]);
    make_scale(pt_consensus_set(fit)->c, &s, &stats, &bases, fit->numbers + CONSENSUS_SCALE);
    if (bounded) {
        make_bounded_point(series, &room, fit);
    } else {
        make_point(pt_consensus_set(fit), &s, &stats, &bases, room.work,
                   fit->numbers + CONSENSUS_POINT, fit->numbers);
        for (size_t h = 0; h < YEARS && zero; h++) {
            fit->numbers[CONSENSUS_POINT + h] = fmax(fit->numbers[CONSENSUS_POINT + h], 0);
        }
        fit->numbers[CONSENSUS_FROM] = room.y[room.years - 1];
        fit->numbers[CONSENSUS_STEP] =
            (fit->numbers[CONSENSUS_POINT + YEARS - 1] - fit->numbers[CONSENSUS_FROM]) / YEARS;
    }
    summarise(&s, &stats, &bases, &room, fit);
done:
    free(room.y);
    return status;
}
