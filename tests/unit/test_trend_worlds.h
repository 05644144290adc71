/* For each family a series that it describes exactly, and one with noise on the family's own
 * scale. What walks the registry takes its series from here. */
#ifndef TEST_TREND_WORLDS_H
#define TEST_TREND_WORLDS_H

#include "support/pt_test.h"

#include <math.h>
#include <string.h>

#include <paritet/trend.h>

#define WORLD_MOST 600

enum world_scale { PLAIN, LOG, LOGIT };

struct world {
    const char *name;
    double parameters[4];   /* as in the card */
    enum world_scale scale; /* where it is a sum */
    bool slopes;            /* takes a change of slope at a break */
    bool bends;             /* refuses what does not bend */
    double grid;            /* fitted on a grid: how far off its own curve may come out; 0: exact */
};

/* Odd numbers, so that no digit comes out right by chance. */
static const struct world worlds[] = {
    { "consensus", { 12.385, -0.617 }, PLAIN, false, false, 0 },
    { "linear", { 12.385, -0.617 }, PLAIN, true, false, 0 },
    { "robust", { 12.385, -0.617 }, PLAIN, true, false, 0 },
    { "theil-sen", { 12.385, -0.617 }, PLAIN, false, false, 0 },
    { "log-linear", { 2.385, -0.0617 }, LOG, true, false, 0 },
    { "logit-linear", { 0.385, -0.1617 }, LOGIT, true, false, 0 },
    { "asymptotic", { 12.385, 3.17, 0.217 }, PLAIN, false, true, 0 },
    { "logistic", { 12.385, 7.31, 1.617, 0.417 }, PLAIN, false, true, 0 },
    { "quadratic", { 12.385, -0.617, 0.0317 }, PLAIN, true, false, 0 },
    { "piecewise", { 12.385, -0.617 }, PLAIN, true, false, 0 },
    { "drift", { 12.385, -0.617 }, PLAIN, false, false, 0 },
    /* the damping is on the grid, and level and slope are least squares: as good as exact */
    { "damped", { 12.385, -0.617, .9 }, PLAIN, false, false, 1e-9 },
    /* the grid ends at a weight of .9999 for the newest figure, so 1e-4 of a change lags behind */
    { "theta", { 12.385, -0.617 }, PLAIN, false, false, 1e-4 },
};

static inline const struct world *world_of(const struct pt_family *family)
{
    for (size_t i = 0; i < sizeof worlds / sizeof *worlds; i++) {
        if (strcmp(worlds[i].name, family->name) == 0) {
            return &worlds[i];
        }
    }
    fail_msg("'%s' has no world in test_trend_worlds.h", family->name);
    return NULL;
}

static int world_year[WORLD_MOST];
static double world_y[WORLD_MOST];
static int world_break;
static enum pt_break_kind world_kind;

/* the break of a world that needs one */
#define WORLD_BEND 0.383

static inline double world_noise(double t)
{
    return sin(2.3 * t + 0.4) + 0.21 * cos(5.1 * t);
}

/* y moved by an amount on a scale (a logit between 0 and 100) */
static inline double world_shift(enum world_scale scale, double y, double by)
{
    if (scale == LOG) {
        return y * exp(by);
    }
    return scale == LOGIT ? 100 / (1 + exp(-by) * (100 - y) / y) : y + by;
}

static inline double world_value(const struct pt_family *family, double t)
{
    const struct world *world = world_of(family);
    const double *p = world->parameters;
    if (strcmp(family->name, "damped") == 0) {
        return p[0] + p[1] * p[2] * (1 - pow(p[2], t)) / (1 - p[2]);
    }
    if (strcmp(family->name, "theta") == 0) {
        return p[0] + p[1] * (t > 0 ? t / 2 : t); /* carries half of a slope on */
    }
    double y = family->value ? family->value(world->parameters, t)
                             : world->parameters[0] + world->parameters[1] * t;
    return world->scale == LOGIT ? 100 * y : y;
}

/* The family's own curve in n years from `first`, with noise of about that size. */
static inline struct pt_series world_series(const struct pt_family *family, size_t n, int first,
                                            double noise)
{
    const struct world *world = world_of(family);
    bool piecewise = strcmp(family->name, "piecewise") == 0;
    size_t at = n / 2;
    for (size_t i = 0; i < n; i++) {
        double t = (double)i - (double)(n - 1);
        world_year[i] = first + (int)i;
        world_y[i] =
            world_shift(world->scale, world_value(family, t), noise * world_noise((double)i));
        if (piecewise && i < at) {
            world_y[i] -= WORLD_BEND * ((double)i - (double)at);
        }
    }
    world_break = first + (int)at;
    world_kind = PT_BREAK_SLOPE;
    bool share = world->scale == LOGIT;
    return (struct pt_series){ .n = n,
                               .year = world_year,
                               .y = world_y,
                               .lower = share ? 0 : (double)-INFINITY,
                               .upper = share ? 100 : (double)INFINITY,
                               .n_breaks = piecewise ? 1 : 0,
                               .breaks = &world_break,
                               .break_kinds = &world_kind };
}

/* Figures that a family needs here: a piecewise one four on each side of its break. */
static inline size_t world_least(const struct pt_family *family)
{
    return strcmp(family->name, "piecewise") == 0 ? 8 : family->least_n;
}

static inline struct pt_fit world_fit(const struct pt_family *family,
                                      const struct pt_series *series)
{
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_fit fit;
    struct pt_error err;
    options.scores = series->n <= 20;
    if (pt_fit(family, series, &options, &fit, &err) != PT_OK) {
        char text[400];
        pt_message_print(&err.message, NULL, text, sizeof text);
        fail_msg("%s: %s", family->name, text);
    }
    return fit;
}

/* n paths h years on, from one fixed stream. */
static inline void world_paths(const struct pt_fit *fit, size_t h, size_t n, double *x,
                               double *curve)
{
    static double z[PT_START_NORMALS * 512], state[PT_PATH_STATE * 512], spare[512];
    struct pt_stream stream = pt_stream_open(7, "contract");
    for (uint32_t b = 0; b < PT_START_NORMALS / 2; b++) {
        pt_stream_normals(&stream, 0, n, b, z + 2 * b * n, z + (2 * b + 1) * n);
    }
    bool holds[512];
    fit->family->start(fit, n, z, state, holds);
    for (size_t k = 1; k <= h; k++) {
        pt_stream_normals(&stream, 0, n, (uint32_t)(10 + k), z, spare);
        fit->family->step(fit, k, n, z, state, x, curve);
    }
}

#endif
