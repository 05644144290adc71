#include "support/pt_test.h"

#include "test_simulate_bench.h"

static double share_by(const struct bench *b, size_t s, enum pt_event event, size_t h)
{
    uint64_t sum = 0, total = 0;
    for (size_t i = 0; i <= b->n_years + 1; i++) {
        sum += i <= h ? outcome_of(b, 0, s)->events[event].count[i] : 0;
        total += outcome_of(b, 0, s)->events[event].count[i];
    }
    return (double)sum / (double)total;
}

/* METHODS 5: d = 5, mu = .3, s = 1, watched once a year: .3137, .6797, .9235 at 10, 20, 40. */
static void first_passage_watched_once_a_year(void **state)
{
    (void)state;
    enum { DRAWS = 1000000 };
    struct bench b;
    bench_start(&b, 40);
    bench_add(&b, 5, -.3, 1);
    bench_run(&b, DRAWS, 1);
    const struct {
        size_t h;
        double p;
    } expected[] = { { 10, .3137 }, { 20, .6797 }, { 40, .9235 } };
    for (int i = 0; i < 3; i++) {
        /* 4 sigma of a binomial, and half a unit of the printed digits */
        double bound = 4 * sqrt(expected[i].p * (1 - expected[i].p) / DRAWS) + 5e-5;
        assert_close(share_by(&b, 0, PT_EVENT_PUBLISHED, expected[i].h), expected[i].p, bound);
    }
    bench_end(&b);
}

/* Sparre Andersen: without drift from 0, P(T > n) = C(2n, n) / 4^n. */
static void driftless_passage_is_the_central_binomial(void **state)
{
    (void)state;
    enum { DRAWS = 400000 };
    struct bench b;
    bench_start(&b, 12);
    bench_add(&b, 0, 0, 1);
    bench_run(&b, DRAWS, 1);
    double p = 1;
    for (size_t n = 1; n <= 12; n++) {
        p *= (2.0 * (double)n - 1) / (2.0 * (double)n);
        double left = 1 - share_by(&b, 0, PT_EVENT_PUBLISHED, n);
        assert_close(left, p, 4 * sqrt(p * (1 - p) / DRAWS));
    }
    bench_end(&b);
}

static void a_line_without_noise_crosses_in_its_year(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 20);
    bench_add(&b, 5, -.4, 0);
    b.subjects[0].band = 0.95;
    bench_run(&b, 700, 3);
    /* 5 - .4 h <= .95 first at h = 11 */
    for (int e = 0; e < PT_EVENTS; e++) {
        assert_int_equal(outcome_of(&b, 0, 0)->events[e].count[11], 700);
    }
    assert_int_equal(
        pt_parity_quantile(&outcome_of(&b, 0, 0)->events[PT_EVENT_SUSTAINED], 20, 2024, .5), 2035);
    for (size_t h = 1; h <= 20; h++) {
        for (size_t q = 0; q < PT_BANDS; q++) {
            assert_close(outcome_of(&b, 0, 0)->bands[(h - 1) * PT_BANDS + q], 5 - .4 * (double)h,
                         1e-12);
        }
    }
    bench_end(&b);
}

/* The last years obey the same rule: paths run k - 1 years on. */
static void a_crossing_in_the_last_year_still_counts(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 13);
    bench_add(&b, 5, -.4, 0);
    bench_run(&b, 512, 3);
    assert_int_equal(outcome_of(&b, 0, 0)->events[PT_EVENT_SUSTAINED].count[13], 512);
    bench_end(&b);
    bench_start(&b, 12);
    bench_add(&b, 5, -.4, 0);
    bench_run(&b, 512, 3);
    assert_int_equal(outcome_of(&b, 0, 0)->events[PT_EVENT_SUSTAINED].count[13], 512); /* never */
    assert_int_equal(
        pt_parity_quantile(&outcome_of(&b, 0, 0)->events[PT_EVENT_SUSTAINED], 12, 2024, .1),
        INT_MAX);
    bench_end(&b);
}

static void watch(int k, size_t before, const double *gaps, size_t n_years, uint32_t expected)
{
    static struct pt_watch w;
    pt_watch_start(&w, k, n_years, before, 1);
    for (size_t h = 1; h <= n_years + (size_t)k - 1; h++) {
        pt_watch_year(&w, h, 1, &gaps[h - 1], 0.5);
    }
    assert_int_equal(w.first[0], expected);
}

static void a_run_counts_at_the_first_of_its_years(void **state)
{
    (void)state;
    const double gaps[] = { 2, .4, .3, .9, .5, .1, -.7, .2 };
    watch(1, 0, gaps, 6, 2);
    watch(3, 0, gaps, 6, 5);
    watch(4, 0, gaps, 5, 5);
    watch(3, 0, gaps, 4, 5); /* starts past the horizon: never is n_years + 1 */
}

static void a_run_that_starts_in_observed_years_is_already(void **state)
{
    (void)state;
    const double gaps[] = { .4, .3, .9, .1, .1, .1, .1 };
    watch(3, 1, gaps, 5, 0); /* one observed and two drawn */
    watch(3, 3, gaps, 5, 0);
    const double broken[] = { .4, 2, .3, .2, .1, .1, .1 };
    watch(3, 1, broken, 5, 3);
}

static void more_effect_is_never_later(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 25);
    bench_add(&b, 6, -.2, 1.1);
    struct pt_lever small = lever_of("lever", "pace", -.1, 2026);
    scenario_of(&b, &small, 1);
    bench_run(&b, 4000, 3);
    uint64_t later = outcome_of(&b, 0, 1)->only_baseline;
    for (size_t i = 0; i < 25; i++) {
        later += outcome_of(&b, 0, 1)->gained[i];
    }
    assert_int_equal(later, 0);
    assert_true(outcome_of(&b, 0, 1)->only_scenario > 0);
    bench_end(&b);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Type 7 against a full sort, through the bands of a pure random walk. */
static void bands_are_exact_type_seven_quantiles(void **state)
{
    (void)state;
    enum { DRAWS = 997 };
    struct bench b;
    bench_start(&b, 1);
    bench_add(&b, 0, 0, 1);
    bench_run(&b, DRAWS, 1);
    double z[DRAWS + 1], spare[DRAWS + 1];
    struct pt_stream stream = pt_stream_open(PT_SEED_DEFAULT, "gap");
    pt_stream_normals(&stream, 0, DRAWS, PT_START_NORMALS / 2, z, spare);
    qsort(z, DRAWS, sizeof *z, ascending);
    for (size_t q = 0; q < PT_BANDS; q++) {
        double at = pt_band_levels[q] * (DRAWS - 1);
        size_t k = (size_t)at;
        double expected = z[k] + (at - (double)k) * (z[k + 1] - z[k]);
        assert_close(outcome_of(&b, 0, 0)->bands[q], expected, 1e-15);
    }
    bench_end(&b);
}

static void a_scenario_without_effect_has_the_baselines_bytes(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 15);
    bench_add(&b, 6, -.3, 1.3);
    struct pt_lever lever = lever_of("lever", "level", 0, 2025);
    scenario_of(&b, &lever, 1);
    scenario_of(&b, NULL, 0);
    bench_run(&b, 5000, 3);
    for (size_t s = 1; s < 3; s++) {
        assert_memory_equal(outcome_of(&b, 0, s)->bands, outcome_of(&b, 0, 0)->bands,
                            15 * PT_BANDS * sizeof(double));
        assert_memory_equal(outcome_of(&b, 0, s)->events[2].count,
                            outcome_of(&b, 0, 0)->events[2].count, 17 * sizeof(uint64_t));
        assert_int_equal(outcome_of(&b, 0, s)->gained[15] + outcome_of(&b, 0, s)->both_never, 5000);
    }
    bench_end(&b);
}

/* A projection without end is refused by its name, never printed. */
static void infinite_projections_are_refused(void **state)
{
    (void)state;
    static const uint64_t sizes[] = { 500, 40000 };
    for (size_t k = 0; k < 2; k++) {
        struct bench b;
        struct pt_error err;
        bench_start(&b, 3);
        bench_add(&b, 1e308, 1e308, 1);
        b.run.options.draws = sizes[k];
        assert_int_equal(pt_outcomes_make(&b.run, &b.component, NULL), PT_OK);
        const struct pt_batch batch = { .from = 1, .to = 1 };
        const struct pt_task task = {
            .component = &b.component, .batch = &batch, .from = 1, .to = 1, .baseline = true
        };
        assert_int_equal(pt_task_run(&b.run, &task, NULL, &err), PT_EDATA);
        assert_non_null(strstr(err.message.id, "leaves the numbers"));
        bench_end(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(first_passage_watched_once_a_year),
        cmocka_unit_test(driftless_passage_is_the_central_binomial),
        cmocka_unit_test(a_line_without_noise_crosses_in_its_year),
        cmocka_unit_test(a_crossing_in_the_last_year_still_counts),
        cmocka_unit_test(a_run_counts_at_the_first_of_its_years),
        cmocka_unit_test(a_run_that_starts_in_observed_years_is_already),
        cmocka_unit_test(more_effect_is_never_later),
        cmocka_unit_test(bands_are_exact_type_seven_quantiles),
        cmocka_unit_test(infinite_projections_are_refused),
        cmocka_unit_test(a_scenario_without_effect_has_the_baselines_bytes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
