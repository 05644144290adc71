/* paths DRAWS YEARS ROUNDS: walks paths of one series by every family, in turns, on one thread.
 * Prints a line for each: name, ns per path-year (median, least, most of the rounds) and how many
 * times that of the straight line with normal errors and of the random walk, round by round. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <paritet/trend.h>

#define FIGURES     12
#define ROUNDS_MOST 64
#define WALKERS     16

struct walker {
    char name[40];
    struct pt_fit fit;
    double ns[ROUNDS_MOST];
};

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
    return (double)t.tv_sec * 1e9 + (double)t.tv_nsec;
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void print_spread(double *values, int n)
{
    qsort(values, (size_t)n, sizeof *values, ascending);
    double median = n % 2 ? values[n / 2] : (values[n / 2 - 1] + values[n / 2]) / 2;
    printf(" %.3f %.3f %.3f", median, values[0], values[n - 1]);
}

static bool add(struct walker *walkers, size_t *n, const struct pt_family *family, bool bounded)
{
    static const double y[FIGURES] = { 27.9, 28.3, 30.6, 33.1, 37.8, 42.4,
                                       47.2, 53.6, 57.5, 60.2, 61.9, 62.6 };
    int year[FIGURES];
    for (int i = 0; i < FIGURES; i++) {
        year[i] = 2012 + i;
    }
    struct pt_series series = { .n = FIGURES,
                                .year = year,
                                .y = y,
                                .lower = bounded ? 0 : -(double)INFINITY,
                                .upper = bounded ? 100 : (double)INFINITY,
                                .rounding = .1 };
    struct pt_fit_options options = pt_fit_options_default();
    struct walker *w = &walkers[*n];
    options.scores = false;
    snprintf(w->name, sizeof w->name, "%s%s", family->name, bounded ? "-bounded" : "");
    bool made = pt_fit(family, &series, &options, &w->fit, NULL) == PT_OK;
    *n += made;
    return made;
}

int main(int argc, char **argv)
{
    size_t draws = argc == 4 ? strtoul(argv[1], NULL, 10) : 0, n = 0, drift = 0;
    size_t years = argc == 4 ? strtoul(argv[2], NULL, 10) : 0;
    int rounds = argc == 4 ? atoi(argv[3]) : 0;
    if (draws < PT_PATHS_MOST || years == 0 || rounds < 1 || rounds > ROUNDS_MOST) {
        fprintf(stderr, "usage: paths DRAWS YEARS ROUNDS\n");
        return 64;
    }
    static struct walker walkers[WALKERS];
    for (size_t f = 0; pt_families[f] && n + 2 < WALKERS; f++) {
        drift = pt_families[f] == pt_family_find("drift") ? n : drift;
        add(walkers, &n, pt_families[f], false);
    }
    add(walkers, &n, pt_family_find("consensus"), true);
    add(walkers, &n, pt_family_find("logit-linear"), true);
    double *x = malloc(years * PT_PATHS_MOST * sizeof *x), sum = 0;
    struct pt_stream stream = pt_stream_open(1, "bench");
    for (int round = 0; x && round < rounds; round++) {
        for (size_t k = 0; k < n; k++) {
            double start = now();
            for (size_t first = 0; first + PT_PATHS_MOST <= draws; first += PT_PATHS_MOST) {
                pt_fit_paths(&walkers[k].fit, &stream, first, PT_PATHS_MOST, years, x);
                sum += x[years * PT_PATHS_MOST - 1];
            }
            size_t walked = draws / PT_PATHS_MOST * PT_PATHS_MOST;
            walkers[k].ns[round] = (now() - start) / (double)(walked * years);
        }
    }
    for (size_t k = n; k-- > 0;) {
        double ratio[ROUNDS_MOST], own[ROUNDS_MOST];
        for (int round = 0; round < rounds; round++) {
            own[round] = walkers[k].ns[round];
            ratio[round] = own[round] / walkers[drift].ns[round];
        }
        printf("%s", walkers[k].name);
        print_spread(own, rounds);
        print_spread(ratio, rounds);
        putchar('\n');
    }
    free(x);
    return x && isfinite(sum) ? 0 : 70;
}
