/* fit_far WEIGHT:FILE[:CATEGORY] ... [--gap WEIGHT:FILE[:CATEGORY] ...]
 *
 * Estimates how the path correlation of the consensus goes on past six years, as a function of the
 * roughness of a history, from training parts alone: histories of 6 and of 10 values with 20 more
 * inside the training part, cut at up to three years. Asked is whether levels 4 and 8 mean yearly
 * changes away, either way, are kept for three of the 20 years; least is the sum over groups of
 * weight times Brier score over that of the exponent .30. Categories that end in _B are never read.
 * Prints the constants and, of each group, the change of that score with its error over series;
 * docs/methods.md has the command. */
#include <fnmatch.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_multimin.h>

#include <paritet/input.h>

#include "trend/consensus.h"

#define AHEAD     20
#define YEARS     PT_CONSENSUS_YEARS
#define DRAWS     PT_PATHS_MOST
#define EXPONENTS 7 /* 0, .1, ... .6; chances between them are linear */
#define STEP      .1
#define TOP       (STEP * (EXPONENTS - 1))
#define BEFORE    .30
#define GROUPS    16
#define CUTS      3
#define APART     4

/* A level asked of one history: the chance stated under each exponent, and what came. */
struct event {
    size_t series;
    double roughness, chance[EXPONENTS];
    bool came;
};

struct group {
    const char *name;
    double weight, before;
    size_t first, n; /* events */
};

static struct {
    size_t n, room, groups;
    struct event *event;
    struct group group[GROUPS];
} all;

static double normals[AHEAD][DRAWS], noise[EXPONENTS][AHEAD][DRAWS], faded[DRAWS][AHEAD];

/* ------------------------------------------------------------------ paths */

static double table_quantile(const double *q, double p)
{
    double upper = fmax(p, 1 - p);
    size_t i = 1;
    while (i < PT_CONSENSUS_ROWS - 1 && pt_constants_p[i] < upper) {
        i++;
    }
    double share = (upper - pt_constants_p[i - 1]) / (pt_constants_p[i] - pt_constants_p[i - 1]);
    double x = q[i - 1] + fmin(share, 1) * (q[i] - q[i - 1]);
    return p < .5 ? -x : x;
}

/* Noise of a history's paths in units of the scale, and the years a fading pace is worth. Every
 * history has its own: one sample for all would lean all of them the same way. */
static void make_noise(const struct pt_constants *set)
{
    static uint64_t used;
    struct pt_stream stream = pt_stream_open(1, "fit_far");
    for (uint32_t h = 0; h < AHEAD; h += 2) {
        pt_stream_normals(&stream, used, DRAWS, h / 2, normals[h], normals[h + 1]);
    }
    used += DRAWS;
    for (size_t e = 0; e < EXPONENTS; e++) {
        for (size_t i = 0; i < DRAWS; i++) {
            double walk = 0;
            for (size_t h = 1; h <= AHEAD; h++) {
                double exponent = h <= YEARS ? set->rho_exponent : STEP * (double)e;
                double rho = h == 1 ? 0 : pow((double)(h - 1) / (double)h, exponent);
                walk = rho * walk + sqrt(1 - rho * rho) * normals[h - 1][i];
                noise[e][h - 1][i] = table_quantile(set->q, .5 * erfc(-walk * M_SQRT1_2));
            }
        }
    }
    for (size_t i = 0; i < DRAWS; i++) { /* the factors in an order that is not that of the noise */
        double phi = .85 + .15 * ((double)(i * 37 % DRAWS) + .5) / DRAWS, power = 1, sum = 0;
        for (size_t h = YEARS; h < AHEAD; h++) {
            power *= phi;
            faded[i][h] = sum += power;
        }
    }
}

static bool kept(const double *x, int direction, double level)
{
    size_t run = 0;
    for (size_t h = 0; h < AHEAD && run < PT_CROSSING_KEPT; h++) {
        run = direction * (x[h] - level) >= 0 ? run + 1 : 0;
    }
    return run == PT_CROSSING_KEPT;
}

/* Half of the paths hold their pace, half fade. */
static double chance_of(const struct pt_fit *fit, size_t e, int direction, double level)
{
    const double *v = fit->numbers;
    size_t came = 0;
    for (size_t i = 0; i < DRAWS; i++) {
        double holds[AHEAD], fades[AHEAD];
        for (size_t h = 0; h < AHEAD; h++) {
            double last = v[CONSENSUS_POINT + YEARS - 1], step = v[CONSENSUS_STEP];
            double scale = h < YEARS ? v[CONSENSUS_SCALE + h]
                                     : v[CONSENSUS_SCALE + YEARS - 1] * (double)(h + 1) / YEARS;
            double to = scale * noise[e][h][i];
            holds[h] = h < YEARS ? v[CONSENSUS_POINT + h] : last + (double)(h + 1 - YEARS) * step;
            fades[h] = h < YEARS ? v[CONSENSUS_POINT + h] : last + faded[i][h] * step;
            holds[h] = fmax(holds[h] + to, fit->lower);
            fades[h] = fmax(fades[h] + to, fit->lower);
        }
        came += kept(holds, direction, level);
        came += kept(fades, direction, level);
    }
    return (double)came / (2 * DRAWS);
}

/* ------------------------------------------------------------------ histories */

static struct event *new_event(void)
{
    if (all.n == all.room) {
        all.room = 2 * all.room + 4096;
        all.event = realloc(all.event, all.room * sizeof *all.event);
        if (!all.event) {
            perror("fit_far");
            exit(71);
        }
    }
    return &all.event[all.n++];
}

static void ask(const struct pt_benchmark_series *s, size_t id, size_t first, size_t n, bool gap)
{
    struct pt_series past = { .n = n,
                              .year = s->year + first,
                              .y = s->y + first,
                              .lower = gap ? -(double)INFINITY : 0,
                              .upper = (double)INFINITY,
                              .rounding = pow(10, -(double)s->decimals),
                              .constants = gap ? PT_GAP_CONSTANTS : NULL };
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_fit fit;
    double change = 0;
    for (size_t i = 0; i < n; i++) {
        past.lower = past.y[i] < 0 ? -(double)INFINITY : past.lower;
        change += i > 0 ? fabs(past.y[i] - past.y[i - 1]) / (double)(n - 1) : 0;
    }
    options.scores = false;
    if (!(change > 0) || s->year[first + n + AHEAD - 1] - s->year[first] != (int)n + AHEAD - 1 ||
        pt_fit(pt_family_find("consensus"), &past, &options, &fit, NULL) != PT_OK) {
        return;
    }
    make_noise(pt_consensus_set(&fit));
    for (int k = 4; k <= PT_CROSSING_FAR; k *= 2) {
        for (int direction = 1; direction >= -1; direction -= 2) {
            double level = past.y[n - 1] + direction * k * change;
            if (past.lower == 0 && level <= 0) {
                continue;
            }
            struct event *event = new_event();
            event->series = id;
            event->roughness = fit.numbers[CONSENSUS_ROUGHNESS];
            event->came = kept(past.y + n, direction, level);
            for (size_t e = 0; e < EXPONENTS; e++) {
                event->chance[e] = chance_of(&fit, e, direction, level);
            }
        }
    }
}

static bool read_group(const char *argument, bool gap)
{
    char path[4096], *rest;
    double weight = strtod(argument, &rest);
    if (*rest != ':' || strlen(rest) >= sizeof path || all.groups == GROUPS) {
        return false;
    }
    strcpy(path, rest + 1);
    char *category = strchr(path, ':');
    if (category) {
        *category++ = '\0';
    }
    struct pt_diagnostics list = { 0 };
    struct pt_benchmark *b;
    if (pt_benchmark_read(path, &b, &list, NULL) != PT_OK) {
        return false;
    }
    struct group *group = &all.group[all.groups++];
    *group = (struct group){ .name = argument, .weight = weight, .first = all.n };
    for (size_t i = 0; i < b->n; i++) {
        const struct pt_benchmark_series *s = &b->series[i];
        if (fnmatch("*_B", s->category, 0) == 0 ||
            (category && fnmatch(category, s->category, 0) != 0)) {
            continue;
        }
        for (size_t n = 6; n <= 10; n += 4) {
            for (size_t k = 0; k < CUTS && s->n_train >= n + AHEAD + k * APART; k++) {
                ask(s, i, s->n_train - AHEAD - k * APART - n, n, gap);
            }
        }
    }
    group->n = all.n - group->first;
    pt_benchmark_free(b);
    return group->n > 0;
}

/* ------------------------------------------------------------------ the search */

static double squared(const struct event *event, double exponent)
{
    double at = exponent / STEP;
    size_t e = at < EXPONENTS - 2 ? (size_t)at : EXPONENTS - 2;
    double share = at - (double)e;
    double error = (1 - share) * event->chance[e] + share * event->chance[e + 1] - event->came;
    return error * error;
}

static double exponent_of(const double *z, const struct event *event)
{
    return TOP * pt_consensus_sigm(z[0] + z[1] * event->roughness);
}

static double cost(const gsl_vector *z, void *data)
{
    double sum = 0;
    (void)data;
    for (size_t g = 0; g < all.groups; g++) {
        double own = 0;
        for (size_t i = 0; i < all.group[g].n; i++) {
            const struct event *event = &all.event[all.group[g].first + i];
            own += squared(event, exponent_of(z->data, event));
        }
        sum += all.group[g].weight * own / all.group[g].before;
    }
    return sum;
}

/* The change of a group's score and its error; a series' events count as one. */
static void report(const struct group *group, const double *z)
{
    double change = 0, variance = 0, own = 0, n = (double)group->n;
    size_t of = 0;
    for (int pass = 0; pass < 2; pass++) {
        for (size_t i = 0; i < group->n; i++) {
            const struct event *event = &all.event[group->first + i];
            double d = squared(event, exponent_of(z, event)) - squared(event, BEFORE);
            if (pass == 0) {
                change += d / n;
                continue;
            }
            own += d - change;
            of++;
            if (i + 1 == group->n || event[1].series != event->series) {
                variance += own * own;
                own = 0;
            }
        }
    }
    printf("%-50s events %5zu Brier %.4f change %+.4f +- %.4f\n", group->name, of,
           group->before / n, change, sqrt(variance) / n);
}

int main(int argc, char **argv)
{
    bool gap = false;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--gap") == 0) {
            gap = true;
        } else if (!read_group(argv[i], gap)) {
            fprintf(stderr, "fit_far: cannot use '%s'; say WEIGHT:FILE[:CATEGORY]\n", argv[i]);
            return 64;
        }
    }
    if (all.groups == 0) {
        fprintf(stderr, "usage: fit_far WEIGHT:FILE[:CATEGORY] ... [--gap ...]\n");
        return 64;
    }
    for (size_t g = 0; g < all.groups; g++) {
        for (size_t i = 0; i < all.group[g].n; i++) {
            all.group[g].before += squared(&all.event[all.group[g].first + i], BEFORE);
        }
    }
    double start[2] = { 0, -4 }, size[2] = { 1, 2 };
    gsl_vector_view z = gsl_vector_view_array(start, 2), sizes = gsl_vector_view_array(size, 2);
    gsl_multimin_function f = { cost, 2, NULL };
    gsl_multimin_fminimizer *m =
        gsl_multimin_fminimizer_alloc(gsl_multimin_fminimizer_nmsimplex2, 2);
    gsl_multimin_fminimizer_set(m, &f, &z.vector, &sizes.vector);
    for (int i = 0; i < 200 && gsl_multimin_fminimizer_iterate(m) == 0; i++) {
    }
    printf("exponent %.2f / (1 + exp(-(%.2f %+.2f roughness)))\n", TOP, m->x->data[0],
           m->x->data[1]);
    for (size_t g = 0; g < all.groups; g++) {
        report(&all.group[g], m->x->data);
    }
    gsl_multimin_fminimizer_free(m);
    free(all.event);
    return 0;
}
