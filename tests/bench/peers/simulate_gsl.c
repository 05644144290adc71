/* The workload of bench_simulate on GSL: simulate_gsl P H CELLS THREADS SEED sort|select (one thread,
 * whatever THREADS says). `sort` is what one writes first: mt19937, ziggurat normals, gsl_sort;
 * `select` the fastest GSL has: taus2, ziggurat normals, gsl_stats_select. Prints the same line of
 * JSON. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <gsl/gsl_randist.h>
#include <gsl/gsl_rng.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>

enum { LEVELS = 7 };
static const double levels[LEVELS] = { .05, .10, .25, .50, .75, .90, .95 };

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* paths is [years][draws]. */
static void simulate(const gsl_rng *rng, size_t draws, size_t years, double *paths,
                     unsigned long *hist)
{
    const int indicator = 3, scenario = 4;
    for (size_t p = 0; p < draws; p++) {
        double shared = gsl_ran_gaussian_ziggurat(rng, 1);
        double x = 5 + indicator + 0.40 * shared;
        double slope = -(0.30 + 0.02 * indicator) - 0.5 * 0.06 * shared +
                       gsl_ran_gaussian_ziggurat(rng, 0.06 * sqrt(1 - 0.5 * 0.5));
        size_t first = years + 1;
        for (size_t t = 1; t <= years; t++) {
            double ramp = (double)t / (1 + scenario % 5);
            x += slope * (1 + 0.1 * scenario * (ramp < 1 ? ramp : 1)) +
                 gsl_ran_gaussian_ziggurat(rng, 0.50);
            paths[(t - 1) * draws + p] = x;
            if (x > 0.50) {
                first = years + 1;
            } else if (x <= 0 && first > years) {
                first = t;
            }
        }
        hist[first]++;
    }
}

static void by_sorting(double *x, size_t n, double *q)
{
    gsl_sort(x, 1, n);
    for (int k = 0; k < LEVELS; k++) {
        q[k] = gsl_stats_quantile_from_sorted_data(x, 1, n, levels[k]);
    }
}

static void by_selection(double *x, size_t n, double *q)
{
    for (int k = 0; k < LEVELS; k++) {
        double at = levels[k] * (double)(n - 1);
        size_t rank = (size_t)at, next = rank + 1 < n ? rank + 1 : rank;
        double low = gsl_stats_select(x, 1, n, rank), high = gsl_stats_select(x, 1, n, next);
        q[k] = low + (at - (double)rank) * (high - low);
    }
}

int main(int argc, char **argv)
{
    if (argc != 7) {
        fputs("usage: simulate_gsl P H CELLS THREADS SEED sort|select\n", stderr);
        return 64;
    }
    size_t draws = strtoul(argv[1], NULL, 10), years = strtoul(argv[2], NULL, 10);
    size_t cells = strtoul(argv[3], NULL, 10);
    int sorts = strcmp(argv[6], "sort") == 0;
    double *paths = malloc(draws * years * sizeof *paths);
    double *q = malloc(years * LEVELS * sizeof *q);
    unsigned long *hist = malloc((years + 2) * sizeof *hist);
    gsl_rng *rng = gsl_rng_alloc(sorts ? gsl_rng_mt19937 : gsl_rng_taus2);
    if (!paths || !q || !hist || !rng) {
        return 71;
    }
    gsl_rng_set(rng, strtoul(argv[5], NULL, 10));
    double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
    for (size_t c = 0; c < cells; c++) {
        memset(hist, 0, (years + 2) * sizeof *hist);
        simulate(rng, draws, years, paths, hist);
        for (size_t t = 0; t < years; t++) {
            (sorts ? by_sorting : by_selection)(paths + t * draws, draws, q + t * LEVELS);
        }
    }
    wall = seconds(CLOCK_MONOTONIC) - wall;
    cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
    printf(
        "{\"impl\":\"GSL %s\",\"P\":%zu,\"H\":%zu,\"cells\":%zu,\"wall\":%.6f,\"cpu\":%.6f,\"hist\":[",
        sorts ? "mt19937 sort" : "taus2 select", draws, years, cells, wall, cpu);
    for (size_t h = 1; h <= years + 1; h++) {
        printf("%s%lu", h > 1 ? "," : "", hist[h]);
    }
    printf("],\"q\":[");
    for (size_t i = 0; i < years * LEVELS; i++) {
        printf("%s%.9g", i > 0 ? "," : "", q[i]);
    }
    puts("]}");
    gsl_rng_free(rng);
    free(hist);
    free(q);
    free(paths);
    return 0;
}
