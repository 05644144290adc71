/* fits SERIES ROUNDS THREADS: the workload W2: fits SERIES synthetic yearly series of 30 figures by
 * each family on one thread and on THREADS, ROUNDS times, families in turns. Prints a line for each:
 * family, how many were fitted, series per second (medians) on one thread and on THREADS, and calls
 * of malloc per series. */
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <paritet/trend.h>

#define FIGURES     30
#define ROUNDS_MOST 64

static const char *const names[] = { "linear", "log-linear", "logistic",
                                     "damped", "theta",      "consensus" };
#define FAMILIES (sizeof names / sizeof *names)

/* ------------------------------------------------------------------ calls of malloc */

static atomic_size_t calls;

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)
extern void *__libc_malloc(size_t size);
extern void *__libc_calloc(size_t n, size_t size);
void *malloc(size_t size)
{
    atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed);
    return __libc_malloc(size);
}
void *calloc(size_t n, size_t size)
{
    atomic_fetch_add_explicit(&calls, 1, memory_order_relaxed);
    return __libc_calloc(n, size);
}
#endif

/* ------------------------------------------------------------------ the workload */

/* A quarter each straight, of constant percentage, an S-curve and a local trend, all with 5 %
 * noise, levels 20..80. */
static void make(size_t number, double y[FIGURES])
{
    struct pt_stream stream = pt_stream_open(11, "fits");
    double u[4], z[2 * FIGURES], slope;
    pt_stream_uniforms(&stream, number, 1, 0, &u[0], &u[1]);
    pt_stream_uniforms(&stream, number, 1, 1, &u[2], &u[3]);
    for (uint32_t b = 0; b < FIGURES; b++) {
        pt_stream_normals(&stream, number, 1, 2 + b, &z[2 * b], &z[2 * b + 1]);
    }
    double from = 20 + 60 * u[0], to = 20 + 60 * u[1], level = from;
    slope = (to - from) / (FIGURES - 1);
    for (size_t t = 0; t < FIGURES; t++) {
        double share = (double)t / (FIGURES - 1);
        switch (number % 4) {
        case 0:
            level = from + (to - from) * share;
            break;
        case 1:
            level = from * pow(to / from, share);
            break;
        case 2:
            level = 100 / (1 + exp(-(8 + 8 * u[2]) * (share - .3 - .4 * u[3])));
            break;
        default:
            slope += .1 * z[2 * t + 1];
            level = fmin(fmax(level + (t > 0 ? slope : 0), 20), 80);
        }
        y[t] = fmax(level * (1 + .05 * z[2 * t]), .01);
    }
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static size_t fit_all(const struct pt_family *family, const double *y, size_t n, int threads)
{
    int year[FIGURES];
    size_t fitted = 0;
    for (int t = 0; t < FIGURES; t++) {
        year[t] = 1995 + t;
    }
#pragma omp parallel for num_threads(threads) schedule(dynamic, 64) reduction(+ : fitted)
    for (size_t i = 0; i < n; i++) {
        struct pt_series series = { .n = FIGURES,
                                    .year = year,
                                    .y = y + i * FIGURES,
                                    .lower = -(double)INFINITY,
                                    .upper = (double)INFINITY,
                                    .rounding = .01 };
        struct pt_fit_options options = pt_fit_options_default();
        struct pt_fit fit;
        options.scores = false;
        fitted += pt_fit(family, &series, &options, &fit, NULL) == PT_OK;
    }
    return fitted;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double median(double *values, int n)
{
    qsort(values, (size_t)n, sizeof *values, ascending);
    return n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
}

int main(int argc, char **argv)
{
    size_t n = argc == 4 ? strtoul(argv[1], NULL, 10) : 0, fitted[FAMILIES] = { 0 };
    int rounds = argc == 4 ? atoi(argv[2]) : 0, threads = argc == 4 ? atoi(argv[3]) : 0;
    if (n == 0 || rounds < 1 || rounds > ROUNDS_MOST || threads < 1) {
        fprintf(stderr, "usage: fits SERIES ROUNDS THREADS\n");
        return 64;
    }
    double *y = malloc(n * FIGURES * sizeof *y), taken[2][FAMILIES][ROUNDS_MOST];
    double mallocs[FAMILIES];
    if (!y) {
        return 70;
    }
    for (size_t i = 0; i < n; i++) {
        make(i, y + i * FIGURES);
    }
    for (int round = 0; round < rounds; round++) {
        for (size_t f = 0; f < FAMILIES; f++) {
            for (int several = 0; several < 2; several++) {
                size_t before = atomic_load(&calls);
                double start = now();
                fitted[f] = fit_all(pt_family_find(names[f]), y, n, several ? threads : 1);
                taken[several][f][round] = now() - start;
                mallocs[f] = (double)(atomic_load(&calls) - before) / (double)n;
            }
        }
    }
    for (size_t f = 0; f < FAMILIES; f++) {
        printf("%s %zu %.0f %.0f %.2f\n", names[f], fitted[f],
               (double)n / median(taken[0][f], rounds), (double)n / median(taken[1][f], rounds),
               mallocs[f]);
    }
    free(y);
    return 0;
}
