/* fit_constants WEIGHT:FILE[:CATEGORY] ... [--gap WEIGHT:FILE[:CATEGORY] ...]
 *
 * Estimates the constant set `paritet` of the consensus from training parts alone: each history is
 * cut at several years and the six after the cut are what is to be forecast. Categories that end
 * in _B are never read. --gap: the files after it hold gaps (may cross 0), which also give the
 * yearly pull toward parity. Prints the constants; docs/methods.md has the command. */
#include <fnmatch.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_multimin.h>

#include <paritet/input.h>

#include "trend/consensus_bases.h"

#define YEARS      PT_CONSENSUS_YEARS
#define DIRECTIONS 3 /* median, damped, recent pace */
#define FEATURES   6
#define WEIGHTS    (DIRECTIONS * FEATURES)
#define TERMS      11 /* of the logarithm of the scale */
#define LEVELS     13
#define FOLDS      4
#define GROUPS     16
#define LONGEST    2000

static const double levels[LEVELS] = { .55, .6,  .65,  .7,  .75,  .8,   .85,
                                       .9,  .95, .975, .99, .995, .9975 };
/* Where the searches start and toward what they are held: the set `social`. */
static const double social_scale[TERMS] = { .3603,  .3712, .1744, .7481, -.1373, .5677,
                                            -.1772, .1234, .3449, .0241, 0 };
static const double social_steps[LEVELS] = { .100, .114, .128,  .142,  .169,  .210, .281,
                                             .409, .809, 1.014, 2.032, 2.517, 4.626 };

/* A history up to a cut, in units of its mean yearly change q and counted from its last value. */
struct row {
    unsigned group, fold;
    bool hard, late, clipped;    /* late: cut where the training part ends less six years */
    double last, range, q, n;    /* last and range in units of q */
    double u[DIRECTIONS][YEARS]; /* the three directions */
    double x[FEATURES];
    double terms[YEARS][TERMS];
    double came[YEARS], weight[YEARS]; /* what came, and what an error costs */
    double f[YEARS];                   /* the point, once fitted */
};

struct group {
    double weight, naive, naive_percent; /* summed errors of no change */
};

struct rows {
    size_t n, room;
    struct row *row;
    struct group group[GROUPS];
    unsigned groups;
    int left_out; /* fold; -1: none */
};

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(const double *x, size_t n)
{
    double sorted[LONGEST];
    memcpy(sorted, x, n * sizeof *x);
    qsort(sorted, n, sizeof *sorted, ascending);
    return n % 2 ? sorted[n / 2] : (sorted[n / 2 - 1] + sorted[n / 2]) / 2;
}

/* ------------------------------------------------------------------ one history */

static double relative_log(double x, double q)
{
    return log((x + .05 * q) / q);
}

/* METHODS 3.1-3.2 and what the set `paritet` adds; false where nothing changed. */
static bool describe(const double *y, size_t n, bool gap, struct row *r)
{
    double d[LONGEST], k[LONGEST], size[LONGEST], work[25 * LONGEST];
    double low = y[0], high = y[0], turn = 0, recent = 0, pace = 0, total = 0, w = 1;
    size_t nd = n - 1, five = nd < 5 ? nd : 5;
    for (size_t i = 0; i < nd; i++) {
        d[i] = y[i + 1] - y[i];
        size[i] = fabs(d[i]);
        k[i] = 1;
        low = fmin(low, y[i + 1]);
        high = fmax(high, y[i + 1]);
        turn += i > 0 ? (d[i] - d[i - 1]) * (d[i] - d[i - 1]) / (double)(nd - 1) : 0;
        recent += i + five >= nd ? size[i] / (double)five : 0;
    }
    if (!(high > low)) {
        return false;
    }
    for (size_t i = nd; i-- > 0; w *= .8) {
        pace += w * d[i];
        total += w;
    }
    struct pt_regular regular = { n, y, n, nd, d, k, 0 };
    struct pt_statistics s = pt_statistics_of(&regular);
    struct pt_bases bases;
    r->clipped = !gap && low >= 0;
    pt_bases_make(&regular, &s, true, r->clipped, work, &bases);
    double q = s.q, last = y[n - 1], floor = r->clipped ? -last / q : -INFINITY;
    r->q = q;
    r->n = (double)n;
    r->last = last / q;
    r->range = 1.5 * (high - low) / q;
    for (size_t h = 0; h < YEARS; h++) {
        double six[PT_CONSENSUS_BASES], mean = 0, spread = 0, lh = log((double)h + 1);
        for (size_t m = 0; m < PT_CONSENSUS_BASES; m++) {
            six[m] = (bases.f[m][h] - last) / q;
            mean += six[m] / PT_CONSENSUS_BASES;
        }
        for (size_t m = 0; m < PT_CONSENSUS_BASES; m++) {
            spread += (six[m] - mean) * (six[m] - mean) / PT_CONSENSUS_BASES;
        }
        double step = (double)(h + 1) * pace / total / q;
        r->u[0][h] = median(six, PT_CONSENSUS_BASES);
        r->u[1][h] = (bases.D[h] - last) / q;
        r->u[2][h] = fmax(fmin(fmax(step, -r->range), r->range), floor);
        double ld = relative_log(bases.damps, q);
        double terms[TERMS] = { 1,
                                lh,
                                relative_log(s.sd, q),
                                ld,
                                ld * lh,
                                log(sqrt(spread) + .1),
                                s.ac,
                                s.ac * lh,
                                8 / (double)n,
                                s.lt,
                                relative_log(recent, q) };
        memcpy(r->terms[h], terms, sizeof terms);
    }
    double x[FEATURES] = { 1,
                           s.lt,
                           s.ln15,
                           relative_log(size[nd - 1], q),
                           relative_log(sqrt(turn), q),
                           relative_log(median(size, nd), q) };
    memcpy(r->x, x, sizeof x);
    return true;
}

/* An error costs half its share of the group's scaled and half of its percentage errors, as OWA
 * does; the group's sums are not known yet, so the two prices are kept apart until price(). */
static void add(struct rows *rows, const double *y, size_t n, bool gap, bool late, unsigned fold)
{
    if (rows->n == rows->room) {
        rows->room = 2 * rows->room + 1024;
        rows->row = realloc(rows->row, rows->room * sizeof *rows->row);
        if (!rows->row) {
            perror("fit_constants");
            exit(71);
        }
    }
    struct row *r = &rows->row[rows->n];
    *r = (struct row){ .group = rows->groups, .fold = fold, .late = late };
    if (n < 5 || !describe(y, n, gap, r)) {
        return;
    }
    for (size_t h = 0; h < YEARS; h++) {
        double size = fabs(y[n + h]) + fabs(y[n - 1]);
        r->came[h] = (y[n + h] - y[n - 1]) / r->q;
        r->weight[h] = size > 0 ? fmin(200 * r->q / size, 200) : 200;
    }
    rows->n++;
}

static double naive_error(const struct row *r)
{
    double sum = 0;
    for (size_t h = 0; h < YEARS; h++) {
        sum += fabs(r->came[h]) / YEARS;
    }
    return sum;
}

/* Sets the prices of the group just read and marks its 2 % hardest rows. */
static void price(struct rows *rows, size_t first)
{
    struct group *g = &rows->group[rows->groups];
    double *hard = malloc((rows->n - first + 1) * sizeof *hard);
    if (!hard) {
        perror("fit_constants");
        exit(71);
    }
    for (size_t i = first; i < rows->n; i++) {
        struct row *r = &rows->row[i];
        hard[i - first] = naive_error(r);
        g->naive += naive_error(r);
        for (size_t h = 0; h < YEARS; h++) {
            g->naive_percent += r->weight[h] * fabs(r->came[h]) / YEARS;
        }
    }
    qsort(hard, rows->n - first, sizeof *hard, ascending);
    for (size_t i = first; i < rows->n; i++) {
        struct row *r = &rows->row[i];
        r->hard = naive_error(r) > hard[(rows->n - first) * 98 / 100];
        for (size_t h = 0; h < YEARS; h++) {
            r->weight[h] = g->weight * (1 / g->naive + r->weight[h] / g->naive_percent) / YEARS;
        }
    }
    free(hard);
    rows->groups++;
}

static unsigned draw(unsigned *state, unsigned n)
{
    *state = *state * 1664525u + 1013904223u;
    return (*state >> 8) % n;
}

/* Cuts six years before the end of the training part and earlier, with the whole history before
 * the cut, and with the last 5-12 or 12-19 years of it. */
static bool read_group(struct rows *rows, const char *argument, bool gap)
{
    char path[4096];
    char *rest;
    double weight = strtod(argument, &rest);
    if (*rest != ':' || strlen(rest) >= sizeof path || rows->groups == GROUPS) {
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
    size_t first = rows->n;
    unsigned state = 12345;
    rows->group[rows->groups].weight = weight;
    for (size_t i = 0; i < b->n; i++) {
        const struct pt_benchmark_series *s = &b->series[i];
        size_t n = s->n_train;
        if (n < 11 || n > LONGEST || fnmatch("*_B", s->category, 0) == 0 ||
            (category && fnmatch(category, s->category, 0) != 0)) {
            continue;
        }
        unsigned fold = (unsigned)(i % FOLDS);
        for (size_t cut = n - YEARS, k = 0; cut >= 5 && k < 4; k++) {
            add(rows, s->y, cut, gap, k == 0, fold);
            size_t back = k == 0 ? 2 : 3;
            cut = cut > back ? cut - back : 0;
        }
        for (int k = 0; k < 4; k++) {
            size_t length = (k < 3 ? 5 : 12) + draw(&state, 8);
            size_t before = YEARS + draw(&state, 10);
            if (n > before + length && (k < 3 || n >= 30)) {
                add(rows, s->y + n - before - length, length, gap, false, fold);
            }
        }
    }
    pt_benchmark_free(b);
    price(rows, first);
    return true;
}

/* ------------------------------------------------------------------ the searches */

typedef double objective(const double *z, double *gradient, const struct rows *rows);

struct search {
    objective *f;
    const struct rows *rows;
    size_t n;
};

static double value(const gsl_vector *z, void *data)
{
    const struct search *s = data;
    double gradient[WEIGHTS + TERMS + LEVELS];
    return s->f(z->data, gradient, s->rows);
}

static void both(const gsl_vector *z, void *data, double *f, gsl_vector *gradient)
{
    const struct search *s = data;
    *f = s->f(z->data, gradient->data, s->rows);
}

static void slope(const gsl_vector *z, void *data, gsl_vector *gradient)
{
    double f;
    both(z, data, &f, gradient);
}

static void minimise(objective *f, const struct rows *rows, double *z, size_t n)
{
    struct search search = { f, rows, n };
    gsl_multimin_function_fdf g = { value, slope, both, n, &search };
    gsl_vector_view start = gsl_vector_view_array(z, n);
    gsl_multimin_fdfminimizer *m =
        gsl_multimin_fdfminimizer_alloc(gsl_multimin_fdfminimizer_vector_bfgs2, n);
    gsl_multimin_fdfminimizer_set(m, &g, &start.vector, .05, .1);
    for (int i = 0; i < 400 && gsl_multimin_fdfminimizer_iterate(m) == 0; i++) {
    }
    memcpy(z, m->x->data, n * sizeof *z);
    gsl_multimin_fdfminimizer_free(m);
}

/* f = sum over directions m of (W_m . x) u_m */
static void weights_of(const double *W, const struct row *r, double w[DIRECTIONS])
{
    for (size_t m = 0; m < DIRECTIONS; m++) {
        w[m] = 0;
        for (size_t j = 0; j < FEATURES; j++) {
            w[m] += W[m * FEATURES + j] * r->x[j];
        }
    }
}

/* Absolute errors, rounded off within .1 q so that the search has a slope to follow. */
static double point_cost(const double *W, double *gradient, const struct rows *rows)
{
    double cost = 0, w[DIRECTIONS];
    memset(gradient, 0, WEIGHTS * sizeof *gradient);
    for (size_t i = 0; i < rows->n; i++) {
        const struct row *r = &rows->row[i];
        if ((int)r->fold == rows->left_out) {
            continue;
        }
        weights_of(W, r, w);
        for (size_t h = 0; h < YEARS; h++) {
            double e = w[0] * r->u[0][h] + w[1] * r->u[1][h] + w[2] * r->u[2][h] - r->came[h];
            double size = sqrt(e * e + .01);
            cost += r->weight[h] * size;
            for (size_t k = 0; k < WEIGHTS; k++) {
                gradient[k] += r->weight[h] * e / size * r->u[k / FEATURES][h] * r->x[k % FEATURES];
            }
        }
    }
    return cost;
}

static void forecast(const double *W, struct row *r)
{
    double w[DIRECTIONS], floor = r->clipped ? -r->last : -INFINITY;
    weights_of(W, r, w);
    for (size_t h = 0; h < YEARS; h++) {
        double f = w[0] * r->u[0][h] + w[1] * r->u[1][h] + w[2] * r->u[2][h];
        f = fmax(fmin(fmax(f, -r->range), r->range), floor);
        r->f[h] = r->n > 12 ? (f + r->u[0][h]) / 2 : f;
    }
}

/* Interval scores of all the quantiles' central intervals; z: the terms' coefficients, then the
 * logarithms of the steps between the quantiles. The 2 % hardest rows do not vote, the latest
 * cuts count three times. */
static double scale_cost(const double *z, double *gradient, const struct rows *rows)
{
    double cost = 0, quantile[LEVELS], sum = 0;
    memset(gradient, 0, (TERMS + LEVELS) * sizeof *gradient);
    for (size_t k = 0; k < LEVELS; k++) {
        quantile[k] = sum += exp(z[TERMS + k]);
    }
    for (size_t i = 0; i < rows->n; i++) {
        const struct row *r = &rows->row[i];
        const struct group *g = &rows->group[r->group];
        for (size_t h = 0; h < YEARS && !r->hard; h++) {
            double power = 0, along = 0, price = (r->late ? 3 : 1) * g->weight / g->naive / YEARS;
            for (size_t j = 0; j < TERMS; j++) {
                power += z[j] * r->terms[h][j];
            }
            double s = exp(power), e = fabs(r->came[h] - r->f[h]);
            for (size_t k = 0; k < LEVELS; k++) {
                double out = e - s * quantile[k], miss = 2 - 2 * levels[k];
                double size = sqrt(out * out + 1e-4), share = price * (miss - (1 + out / size) / 2);
                cost += price * (miss * s * quantile[k] + (out + size) / 2);
                along += share * quantile[k] * s;
                gradient[TERMS + k] += share * s;
            }
            for (size_t j = 0; j < TERMS; j++) {
                gradient[j] += along * r->terms[h][j];
            }
        }
    }
    for (size_t k = LEVELS; k-- > 0;) { /* a step moves every quantile above it */
        gradient[TERMS + k] += k + 1 < LEVELS ? gradient[TERMS + k + 1] : 0;
    }
    for (size_t k = 0; k < LEVELS; k++) {
        gradient[TERMS + k] *= exp(z[TERMS + k]);
    }
    return cost;
}

/* The best of a grid: f_h moves by pull h min(q, |y_n| / 10) toward 0. */
static double best_pull(const struct rows *rows, unsigned first_group)
{
    double best = 0, least = INFINITY;
    for (int step = 0; step <= 40; step++) {
        double cost = 0, pull = step * .01;
        for (size_t i = 0; i < rows->n; i++) {
            const struct row *r = &rows->row[i];
            double move = pull * fmin(1, fabs(r->last) / 10) * (r->last > 0 ? -1 : 1);
            for (size_t h = 0; h < YEARS && r->group >= first_group; h++) {
                cost += fabs(r->f[h] + move * (double)(h + 1) - r->came[h]);
            }
        }
        if (cost < least) {
            least = cost;
            best = pull;
        }
    }
    return best;
}

static void print(const char *name, const double *x, size_t n)
{
    printf("%s", name);
    for (size_t i = 0; i < n; i++) {
        printf(" %.4f", x[i]);
    }
    printf("\n");
}

int main(int argc, char **argv)
{
    struct rows rows = { .left_out = -1 };
    unsigned first_gap = GROUPS;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--gap") == 0) {
            first_gap = rows.groups;
        } else if (!read_group(&rows, argv[i], first_gap < GROUPS)) {
            fprintf(stderr, "fit_constants: cannot use '%s'; say WEIGHT:FILE[:CATEGORY]\n",
                    argv[i]);
            return 64;
        }
    }
    if (rows.n == 0) {
        fprintf(stderr, "usage: fit_constants WEIGHT:FILE[:CATEGORY] ... [--gap ...]\n");
        return 64;
    }
    double W[WEIGHTS], z[TERMS + LEVELS];
    for (int fold = FOLDS - 1; fold >= -1; fold--) { /* errors are those of series not fitted on */
        memset(W, 0, sizeof W);
        W[0] = .6;
        rows.left_out = fold;
        minimise(point_cost, &rows, W, WEIGHTS);
        for (size_t i = 0; i < rows.n; i++) {
            if ((int)rows.row[i].fold == fold) {
                forecast(W, &rows.row[i]);
            }
        }
    }
    memcpy(z, social_scale, sizeof social_scale);
    for (size_t k = 0; k < LEVELS; k++) {
        z[TERMS + k] = log(social_steps[k]);
    }
    minimise(scale_cost, &rows, z, TERMS + LEVELS);
    double quantile[LEVELS], sum = 0;
    for (size_t k = 0; k < LEVELS; k++) {
        quantile[k] = sum += exp(z[TERMS + k]);
    }
    printf("rows %zu groups %u\n", rows.n, rows.groups);
    print("median", W, FEATURES);
    print("damped", W + FEATURES, FEATURES);
    print("recent", W + 2 * (size_t)FEATURES, FEATURES);
    print("scale", z, TERMS);
    print("quantiles", quantile, LEVELS);
    if (first_gap < rows.groups) {
        printf("pull %.2f\n", best_pull(&rows, first_gap));
    }
    free(rows.row);
    return 0;
}
