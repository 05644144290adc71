#include "support/pt_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <paritet/trend.h>

#include "trend/consensus.h"

/* What is particular to the consensus; its contract stands in test_trend_families.c and its
 * numbers in tests/bench/vectors.c. */

#define MOST 64
static int years[MOST];
static double values[MOST];

static struct pt_fit fit_of(const struct pt_series *series)
{
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_fit fit;
    options.scores = false;
    assert_int_equal(pt_fit(pt_family_find("consensus"), series, &options, &fit, NULL), PT_OK);
    return fit;
}

static struct pt_series series_of(size_t n)
{
    return (struct pt_series){ .n = n,
                               .year = years,
                               .y = values,
                               .lower = -(double)INFINITY,
                               .upper = (double)INFINITY,
                               .rounding = .01 };
}

/* Share of outcomes one to six years on inside the 80 % band: 12 figures of a random walk, one
 * every `step` years. */
static double coverage(int step)
{
    enum { WORLDS = 400, N = 12, AHEAD = 6 };
    static double z[MOST], spare[MOST];
    const double p[] = { .1, .9 };
    struct pt_stream world = pt_stream_open(31, "holes");
    size_t inside = 0;
    for (uint64_t w = 0; w < WORLDS; w++) {
        double walk = 1000;
        size_t last = (size_t)(step * (N - 1)), n = 0;
        for (size_t t = 0; t <= last + AHEAD; t++) {
            pt_stream_normals(&world, w, 1, (uint32_t)t, z, spare);
            walk += 2 * z[0];
            if (t <= last && t % (size_t)step == 0) {
                years[n] = 1950 + (int)t;
                values[n++] = walk;
            }
            if (t == last) {
                break;
            }
        }
        struct pt_series series = series_of(n);
        struct pt_fit fit = fit_of(&series);
        for (size_t h = 1; h <= AHEAD; h++) {
            double band[2];
            pt_stream_normals(&world, w, 1, (uint32_t)(last + h), z, spare);
            walk += 2 * z[0];
            pt_fit_quantiles(&fit, h, 2, p, NULL, 0, band, NULL);
            inside += walk >= band[0] && walk <= band[1];
        }
    }
    return (double)inside / (WORLDS * AHEAD);
}

/* Outcomes of one world lean on each other, so the 4-sigma bound counts worlds: .08. */
static void holes_do_not_make_it_surer(void **state)
{
    (void)state;
    double whole = coverage(1);
    assert_close(whole, .82, .08);
    assert_close(coverage(2), whole, .08);
    assert_close(coverage(3), whole, .10);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* 5-sigma bounds of a sample quantile: sqrt(p (1 - p) / n) in probability. */
static void closed_quantiles_are_those_of_its_paths(void **state)
{
    (void)state;
    enum { DRAWS = 51200, YEARS = 20 };
    static double all[DRAWS], block[YEARS * PT_PATHS_MOST];
    static const double y[] = { 31.2, 30.1, 29.7, 27.9, 27.2, 26.6, 24.8, 24.1, 23.9 };
    for (size_t i = 0; i < 9; i++) {
        years[i] = 2010 + (int)i;
        values[i] = y[i];
    }
    struct pt_series series = series_of(9);
    struct pt_fit fit = fit_of(&series);
    struct pt_stream stream = pt_stream_open(5, "paths");
    const size_t at[] = { 1, 6, 7, 20 };
    for (size_t k = 0; k < 4; k++) {
        for (size_t first = 0; first < DRAWS; first += PT_PATHS_MOST) {
            pt_fit_paths(&fit, &stream, first, PT_PATHS_MOST, at[k], block);
            memcpy(all + first, block + (at[k] - 1) * PT_PATHS_MOST, PT_PATHS_MOST * sizeof *all);
        }
        qsort(all, DRAWS, sizeof *all, ascending);
        const double p[] = { .1, .25, .5, .9 };
        double closed[4];
        pt_fit_quantiles(&fit, at[k], 4, p, NULL, 0, closed, NULL);
        for (int i = 0; i < 4; i++) {
            size_t below = 0;
            while (below < DRAWS && all[below] <= closed[i]) {
                below++;
            }
            assert_close((double)below / DRAWS, p[i], 5 * sqrt(p[i] * (1 - p[i]) / DRAWS));
        }
    }
}

static double middle(const double *x, const bool *of, size_t n)
{
    static double some[PT_PATHS_MOST * 100];
    size_t m = 0;
    for (size_t i = 0; i < n; i++) {
        if (of[i]) {
            some[m++] = x[i];
        }
    }
    qsort(some, m, sizeof *some, ascending);
    return some[m / 2];
}

/* The share of holding paths on the same side of their middle in the years 6 and 20: 1/2 +
 * asin(r)/pi for normals that correlate r (Sheppard 1899), here (6/20)^exponent. */
static void same_side(double roughness, double exponent)
{
    enum { DRAWS = 51200, YEARS = 20 };
    struct pt_series series = series_of(12);
    struct pt_fit fit = fit_of(&series);
    assert_close(fit.numbers[CONSENSUS_ROUGHNESS], roughness, 1e-12);
    assert_close(pt_consensus_far_exponent(roughness), exponent, 1e-4);
    struct pt_stream stream = pt_stream_open(7, "far");
    struct pt_futures futures;
    assert_int_equal(pt_futures_make(&fit, &stream, DRAWS, YEARS, &futures, NULL), PT_OK);
    const double *x6 = futures.x + 5 * DRAWS, *x20 = futures.x + 19 * DRAWS;
    double m6 = middle(x6, futures.holds, DRAWS), m20 = middle(x20, futures.holds, DRAWS);
    size_t holding = 0, same = 0;
    for (size_t i = 0; i < DRAWS; i++) {
        holding += futures.holds[i];
        same += futures.holds[i] && (x6[i] > m6) == (x20[i] > m20);
    }
    pt_futures_free(&futures);
    double p = .5 + asin(pow(6.0 / 20, exponent)) / M_PI;
    assert_close((double)same / (double)holding, p, 5 * sqrt(p * (1 - p) / (double)holding));
}

/* A zigzag by 1 has changes of changes of 2, a bent line here of .04: exponents by hand from the
 * constants of consensus_sets.c. */
static void far_errors_of_rough_series_persist(void **state)
{
    (void)state;
    double size = 0;
    for (size_t i = 0; i < 12; i++) {
        years[i] = 2000 + (int)i;
        values[i] = 50 + (double)(i % 2);
    }
    same_side(log(2.05), .0011);
    for (size_t i = 0; i < 12; i++) {
        values[i] = 50 + (double)i + .02 * (double)(i * i);
        size = (values[i] - values[0]) / 11;
    }
    same_side(log(.04 / size + .05), .6);
}

static const char *set_of(const char *chosen, const char *of_the_series)
{
    struct pt_series series = series_of(10);
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_fit fit;
    for (size_t i = 0; i < 10; i++) {
        years[i] = 2010 + (int)i;
        values[i] = 12.385 - (double)i + .3 * (double)(i % 3);
    }
    series.constants = of_the_series;
    options.constants = chosen;
    options.scores = false;
    assert_int_equal(pt_fit(pt_family_find("consensus"), &series, &options, &fit, NULL), PT_OK);
    return pt_consensus_set(&fit)->name;
}

/* With a hole, or in another unit, the changes of an exact line differ in their last bits. */
static void rounding_of_an_exact_line_is_no_correlation(void **state)
{
    (void)state;
    static const double line[] = { 24.0, 24.3, 24.9, 25.2 };
    static const int at[] = { 2000, 2001, 2003, 2004 };
    struct pt_series series = series_of(4);
    for (size_t i = 0; i < 4; i++) {
        years[i] = at[i];
        values[i] = line[i];
    }
    struct pt_fit whole = fit_of(&series);
    assert_close(whole.residual_ac, 0, 0);
    for (size_t i = 0; i < 4; i++) {
        values[i] /= 100;
    }
    assert_close(100 * fit_of(&series).pace, whole.pace, 1e-12);
}

static void takes_the_constants_of_the_series_unless_told(void **state)
{
    (void)state;
    assert_string_equal(set_of(NULL, NULL), "social");
    assert_string_equal(set_of(NULL, PT_GAP_CONSTANTS), "paritet");
    assert_string_equal(set_of("social", PT_GAP_CONSTANTS), "social");
    assert_string_equal(set_of("mixed", NULL), "mixed");
}

static void starts_after_a_break_of_the_slope(void **state)
{
    (void)state;
    static const int breaks[] = { 2008 };
    static const enum pt_break_kind kinds[] = { PT_BREAK_SLOPE };
    for (size_t i = 0; i < 14; i++) {
        years[i] = 2000 + (int)i;
        values[i] = i < 8 ? 10 + .1 * sin((double)i) : 10 + 2.0 * (double)(i - 7);
    }
    struct pt_series series = series_of(14);
    series.n_breaks = 1;
    series.breaks = breaks;
    series.break_kinds = kinds;
    struct pt_fit with = fit_of(&series);
    struct pt_series after = series_of(6);
    after.year = years + 8;
    after.y = values + 8;
    struct pt_fit alone = fit_of(&after);
    assert_true(with.pace == alone.pace);
    series.n = 11; /* three figures after the break */
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_fit fit;
    assert_int_equal(pt_fit(pt_family_find("consensus"), &series, &options, &fit, NULL), PT_EDATA);
}

static void says_why_in_whole_sentences(void **state)
{
    (void)state;
    for (size_t i = 0; i < 10; i++) {
        years[i] = 2010 + (int)i;
        values[i] = 40 + (i % 2 ? .7 : -.4);
    }
    struct pt_series series = series_of(10);
    struct pt_fit fit = fit_of(&series);
    struct pt_explanation why;
    fit.family->explain(&fit, &why);
    assert_true(why.n >= 5 && why.n <= PT_EXPLANATION);
    char text[400];
    pt_message_print(&why.sentences[1], NULL, text, sizeof text);
    assert_non_null(strstr(text, "small against their noise"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(holes_do_not_make_it_surer),
        cmocka_unit_test(closed_quantiles_are_those_of_its_paths),
        cmocka_unit_test(far_errors_of_rough_series_persist),
        cmocka_unit_test(rounding_of_an_exact_line_is_no_correlation),
        cmocka_unit_test(takes_the_constants_of_the_series_unless_told),
        cmocka_unit_test(starts_after_a_break_of_the_slope),
        cmocka_unit_test(says_why_in_whole_sentences),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
