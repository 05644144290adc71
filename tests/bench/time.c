/* time FILE FAMILY FIRST N ROUNDS: fits N series of a benchmark file from number FIRST on, with
 * their 80 and 95 % intervals 6 years ahead, on one thread, ROUNDS times. Prints the milliseconds
 * that one series takes, the fastest round. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include <paritet/input.h>
#include <paritet/trend.h>

#define YEARS 6

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool forecast(const struct pt_family *family, const struct pt_benchmark_series *s)
{
    struct pt_series series = { .n = s->n_train,
                                .year = s->year,
                                .y = s->y,
                                .lower = 0,
                                .upper = (double)INFINITY,
                                .rounding = pow(10, -(double)s->decimals) };
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_stream stream = pt_stream_open(1, s->id);
    struct pt_futures futures = { 0 };
    struct pt_forecast out[YEARS];
    struct pt_fit fit;
    options.scores = false;
    options.constants = "social";
    bool good = pt_fit(family, &series, &options, &fit, NULL) == PT_OK;
    if (good && !family->quantile) {
        good = pt_futures_make(&fit, &stream, 2000, YEARS, &futures, NULL) == PT_OK;
    }
    good = good && pt_forecast_make(&fit, &futures, YEARS, out, NULL) == PT_OK;
    pt_futures_free(&futures);
    return good;
}

int main(int argc, char **argv)
{
    const struct pt_family *family = argc == 6 ? pt_family_find(argv[2]) : NULL;
    struct pt_benchmark *b = NULL;
    struct pt_diagnostics list;
    pt_diagnostics_init(&list);
    if (!family || pt_benchmark_read(argv[1], &b, &list, NULL) != PT_OK) {
        fprintf(stderr, "usage: time FILE FAMILY FIRST N ROUNDS\n");
        pt_diagnostics_free(&list);
        return 64;
    }
    size_t first = strtoul(argv[3], NULL, 10), n = strtoul(argv[4], NULL, 10), done = 0;
    double fastest = (double)INFINITY;
    for (int round = atoi(argv[5]); round > 0; round--) {
        double start = now();
        done = 0;
        for (size_t i = first; i < first + n && i < b->n; i++) {
            done += forecast(family, &b->series[i]);
        }
        fastest = fmin(fastest, now() - start);
    }
    printf("%.5f\n", 1e3 * fastest / (double)done);
    pt_benchmark_free(b);
    pt_diagnostics_free(&list);
    return done > 0 ? 0 : 1;
}
