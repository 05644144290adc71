#include "support/pt_test.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/simulate.h"

/* One projection made by hand: a random walk with known drift and shock, or a line without noise,
 * so that closed forms apply. */
struct bench {
    struct pt_indicator indicator;
    struct pt_subject subject;
    struct pt_projection projection;
    struct pt_outcome outcomes[3];
    struct pt_plan plans[3];
    struct pt_arena *arena;
    int years[4];
    double values[4];
};

static void bench_start(struct bench *b, double level, double pace, double shock, size_t n_years)
{
    memset(b, 0, sizeof *b);
    b->arena = pt_arena_new();
    b->indicator = (struct pt_indicator){ .id = "gap", .better = -1, .group = "g" };
    b->subject = (struct pt_subject){
        .indicator = &b->indicator,
        .place = "",
        .stream = "gap",
        .kind = PT_SUBJECT_GIVEN,
        .projected = { .lower = -INFINITY, .upper = INFINITY, .year = b->years, .y = b->values },
        .gap_sign = 1,
        .scale = 1,
    };
    b->projection = (struct pt_projection){
        .subject = &b->subject,
        .fit = { .family = pt_family_find("drift"),
                 .level = level,
                 .pace = pace,
                 .sigma = shock,
                 .last = 2024,
                 .lower = -INFINITY,
                 .upper = INFINITY },
        .last = 2024,
        .n_years = n_years,
        .has_question = true,
        .n_outcomes = 1,
        .outcomes = b->outcomes,
    };
    for (size_t s = 0; s < 3; s++) {
        b->outcomes[s].bands = PT_NEW(b->arena, double, n_years *PT_BANDS);
        b->outcomes[s].gained = PT_NEW(b->arena, uint64_t, 2 * n_years + 1);
        for (int e = 0; e < PT_EVENTS; e++) {
            b->outcomes[s].events[e].count = PT_NEW(b->arena, uint64_t, n_years + 2);
        }
    }
}

static void bench_run(struct bench *b, uint64_t draws, int k)
{
    struct pt_run_options options = pt_run_options_default();
    options.draws = draws;
    options.sustained_years = k;
    assert_int_equal(pt_projection_simulate(&b->projection, b->plans, NULL, &options, NULL, NULL),
                     PT_OK);
}

static double share_by(const struct bench *b, size_t s, enum pt_event event, size_t h)
{
    uint64_t sum = 0, total = 0;
    for (size_t i = 0; i <= b->projection.n_years + 1; i++) {
        sum += i <= h ? b->outcomes[s].events[event].count[i] : 0;
        total += b->outcomes[s].events[event].count[i];
    }
    return (double)sum / (double)total;
}

/* METHODS 5: d = 5, mu = .3, s = 1, watched once a year: .3137, .6797, .9235 at 10, 20, 40. */
static void first_passage_watched_once_a_year(void **state)
{
    (void)state;
    enum { DRAWS = 1000000 };
    struct bench b;
    bench_start(&b, 5, -.3, 1, 40);
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
    pt_arena_free(b.arena);
}

/* Sparre Andersen: without drift from 0, P(T > n) = C(2n, n) / 4^n. */
static void driftless_passage_is_the_central_binomial(void **state)
{
    (void)state;
    enum { DRAWS = 400000 };
    struct bench b;
    bench_start(&b, 0, 0, 1, 12);
    bench_run(&b, DRAWS, 1);
    double p = 1;
    for (size_t n = 1; n <= 12; n++) {
        p *= (2.0 * (double)n - 1) / (2.0 * (double)n);
        double left = 1 - share_by(&b, 0, PT_EVENT_PUBLISHED, n);
        assert_close(left, p, 4 * sqrt(p * (1 - p) / DRAWS));
    }
    pt_arena_free(b.arena);
}

static void a_line_without_noise_crosses_in_its_year(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 5, -.4, 0, 20);
    b.subject.band = 0.95;
    bench_run(&b, 700, 3);
    /* 5 - .4 h <= .95 first at h = 11 */
    for (int e = 0; e < PT_EVENTS; e++) {
        assert_int_equal(b.outcomes[0].events[e].count[11], 700);
    }
    assert_int_equal(pt_parity_quantile(&b.outcomes[0].events[PT_EVENT_SUSTAINED], 20, 2024, .5),
                     2035);
    for (size_t h = 1; h <= 20; h++) {
        for (size_t q = 0; q < PT_BANDS; q++) {
            assert_close(b.outcomes[0].bands[(h - 1) * PT_BANDS + q], 5 - .4 * (double)h, 1e-12);
        }
    }
    pt_arena_free(b.arena);
}

/* The last years obey the same rule: paths run k - 1 years on. */
static void a_crossing_in_the_last_year_still_counts(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 5, -.4, 0, 13);
    bench_run(&b, 512, 3);
    assert_int_equal(b.outcomes[0].events[PT_EVENT_SUSTAINED].count[13], 512);
    pt_arena_free(b.arena);
    bench_start(&b, 5, -.4, 0, 12);
    bench_run(&b, 512, 3);
    assert_int_equal(b.outcomes[0].events[PT_EVENT_SUSTAINED].count[13], 512); /* never */
    assert_int_equal(pt_parity_quantile(&b.outcomes[0].events[PT_EVENT_SUSTAINED], 12, 2024, .1),
                     INT_MAX);
    pt_arena_free(b.arena);
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

static struct pt_lever lever_of(const char *kind, double effect, int start)
{
    return (struct pt_lever){ .id = "lever",
                              .indicator = "gap",
                              .group = "g",
                              .kind = pt_lever_kind_find(kind),
                              .effect = { .distribution = pt_distribution_find("fixed"),
                                          .par = { effect } },
                              .reach = 1,
                              .start = start,
                              .ramp_years = 1,
                              .ramp_shape = PT_RAMP_STEP,
                              .response = pt_responses[0],
                              .until = INT_MAX };
}

static void plan_of(struct bench *b, size_t s, const struct pt_scenario *scenario)
{
    static const double median[100];
    const struct pt_baseline baseline = {
        .last = 2024, .to_horizon = b->projection.n_years, .after = 2, .median = median
    };
    assert_int_equal(
        pt_plan_make(NULL, scenario, NULL, &b->subject, &baseline, b->arena, &b->plans[s], NULL),
        PT_OK);
}

static void scenario_of(struct bench *b, size_t s, struct pt_scenario *scenario,
                        struct pt_lever *levers, size_t n)
{
    *scenario = (struct pt_scenario){
        .id = "s", .levers = levers, .n_levers = n, .overlap = PT_OVERLAP_ADDITIVE
    };
    plan_of(b, s, scenario);
    b->projection.n_outcomes = s + 1;
}

/* D = r E ramp(t) on 20 - .5 h: reach 40 %, from 2027 over three years, until 2032, half-life 2 */
static void a_level_follows_ramp_end_and_half_life(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 20, -.5, 0, 12);
    struct pt_lever lever = lever_of("level", -3, 2026);
    lever.delay = 1;
    lever.reach = .4;
    lever.ramp_shape = PT_RAMP_LINEAR;
    lever.ramp_years = 3;
    lever.until = 2032;
    lever.half_life = 2;
    struct pt_scenario scenario;
    scenario_of(&b, 1, &scenario, &lever, 1);
    bench_run(&b, 600, 3);
    for (int h = 1; h <= 12; h++) {
        int year = 2024 + h;
        double ramp = year < 2027 ? 0 : fmin((year - 2026) / 3.0, 1);
        double D = year <= 2032 ? .4 * -3 * ramp : .4 * -3 * pow(.5, (year - 2032) / 2.0);
        assert_close(b.outcomes[1].bands[(h - 1) * PT_BANDS + 3], 20 - .5 * h + D, 1e-12);
    }
    pt_arena_free(b.arena);
}

static void a_pace_adds_up_and_its_gain_stays(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 40, -.5, 0, 12);
    struct pt_lever lever = lever_of("pace", -.25, 2028);
    lever.ramp_shape = PT_RAMP_S_CURVE;
    lever.ramp_years = 4;
    lever.until = 2033;
    struct pt_scenario scenario;
    scenario_of(&b, 1, &scenario, &lever, 1);
    bench_run(&b, 512, 3);
    double D = 0;
    for (int h = 1; h <= 12; h++) {
        int year = 2024 + h;
        double u = fmin(fmax((year - 2027) / 4.0, 0), 1);
        D += year >= 2028 && year <= 2033 ? -.25 * u * u * (3 - 2 * u) : 0;
        assert_close(b.outcomes[1].bands[(h - 1) * PT_BANDS + 3], 40 - .5 * h + D, 1e-12);
    }
    pt_arena_free(b.arena);
}

static void resources_are_proportional_to_the_known_effect(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 20, -.5, 0, 8);
    struct pt_lever lever = lever_of("resources", -.8, 2027);
    lever.increase = .20;
    lever.effect_increase = .10;
    struct pt_scenario scenario;
    scenario_of(&b, 1, &scenario, &lever, 1);
    bench_run(&b, 512, 3);
    assert_close(b.outcomes[1].bands[1 * PT_BANDS + 3], 19, 1e-12);
    assert_close(b.outcomes[1].bands[2 * PT_BANDS + 3], 18.5 - 1.6, 1e-12);
    pt_arena_free(b.arena);
}

/* A closing shift may take the gap to 0 and no further; past parity it does nothing. */
static void parity_clips_what_closes(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 2, -.5, 0, 8);
    struct pt_lever lever = lever_of("level", -1.2, 2025);
    struct pt_scenario scenario;
    scenario_of(&b, 1, &scenario, &lever, 1);
    bench_run(&b, 512, 3);
    const double expected[] = { .3, 0, 0, 0, -.5, -1 };
    for (int h = 1; h <= 6; h++) {
        assert_close(b.outcomes[1].bands[(h - 1) * PT_BANDS + 3], expected[h - 1], 1e-12);
    }
    pt_arena_free(b.arena);
}

/* METHODS 7: newly touched shares of reaches .5 and .4, the larger effect first. */
static void overlap_counts_people_once(void **state)
{
    (void)state;
    const struct {
        enum pt_overlap rule;
        double second;
    } rules[] = { { PT_OVERLAP_ADDITIVE, .4 },
                  { PT_OVERLAP_INDEPENDENT, .2 },
                  { PT_OVERLAP_NESTED, 0 } };
    for (int i = 0; i < 3; i++) {
        struct bench b;
        bench_start(&b, 90, 0, 0, 5);
        struct pt_lever levers[2] = { lever_of("level", -2, 2025), lever_of("level", -3, 2025) };
        levers[0].id = "small";
        levers[0].reach = .4;
        levers[1].id = "large";
        levers[1].reach = .5;
        struct pt_scenario scenario;
        scenario_of(&b, 1, &scenario, levers, 2);
        scenario.overlap = rules[i].rule;
        plan_of(&b, 1, &scenario);
        bench_run(&b, 512, 3);
        assert_close(b.outcomes[1].bands[3], 90 - .5 * 3 - rules[i].second * 2, 1e-12);
        pt_arena_free(b.arena);
    }
}

/* The larger effect is touched first, also when it has ended before the horizon. */
static void overlap_ranks_by_full_effect_whatever_has_ended(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 90, 0, 0, 9);
    struct pt_lever levers[2] = { lever_of("level", -1, 2025), lever_of("level", -10, 2025) };
    levers[0].id = "a-small";
    levers[1].id = "z-large";
    levers[0].reach = levers[1].reach = .5;
    levers[0].until = levers[1].until = 2029;
    struct pt_scenario scenario;
    scenario_of(&b, 1, &scenario, levers, 2);
    scenario.overlap = PT_OVERLAP_NESTED;
    plan_of(&b, 1, &scenario);
    bench_run(&b, 512, 3);
    assert_close(b.outcomes[1].bands[3], 85, 1e-12);
    pt_arena_free(b.arena);
}

/* A bigger effect never does less, also where it takes the figure to a bound. */
static void an_effect_past_a_bound_still_closes(void **state)
{
    (void)state;
    static const char *const measures[] = { "difference", "ratio", "log-ratio", "odds-ratio" };
    for (int i = 0; i < 4; i++) {
        const struct pt_gap_measure *measure = pt_gap_measure_find(measures[i]);
        double before = INFINITY;
        for (double effect = 1; effect < 20; effect += 1.5) {
            struct bench b;
            double reference[9];
            for (int y = 0; y < 9; y++) {
                reference[y] = 96.3;
            }
            bench_start(&b, measure->gap(91.7, 96.3, 1, 100), 0, 0, 7);
            b.indicator.gap = measure;
            b.indicator.better = 1;
            b.subject.kind = PT_SUBJECT_TWO_GROUPS;
            b.subject.scale = 100;
            b.subject.group.lower = b.subject.reference.lower = 0;
            b.subject.group.upper = b.subject.reference.upper = 100;
            struct pt_lever lever = lever_of("level", effect, 2025);
            struct pt_scenario scenario;
            scenario_of(&b, 1, &scenario, &lever, 1);
            struct pt_run_options options = pt_run_options_default();
            options.draws = 512;
            assert_int_equal(
                pt_projection_simulate(&b.projection, b.plans, reference, &options, NULL, NULL),
                PT_OK);
            double gap = b.outcomes[1].bands[3];
            assert_true(gap <= before + 1e-12 && gap >= -1e-12);
            before = gap;
            pt_arena_free(b.arena);
        }
        assert_close(before, 0, 1e-12);
    }
}

static void a_scenario_without_effect_has_the_baselines_bytes(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 6, -.3, 1.3, 15);
    struct pt_lever lever = lever_of("level", 0, 2025);
    struct pt_scenario scenario;
    scenario_of(&b, 1, &scenario, &lever, 1);
    scenario_of(&b, 2, &scenario, NULL, 0);
    bench_run(&b, 5000, 3);
    for (size_t s = 1; s < 3; s++) {
        assert_memory_equal(b.outcomes[s].bands, b.outcomes[0].bands,
                            15 * PT_BANDS * sizeof(double));
        assert_memory_equal(b.outcomes[s].events[2].count, b.outcomes[0].events[2].count,
                            17 * sizeof(uint64_t));
        assert_int_equal(b.outcomes[s].gained[15] + b.outcomes[s].both_never, 5000);
    }
    pt_arena_free(b.arena);
}

static void more_effect_is_never_later(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 6, -.2, 1.1, 25);
    struct pt_lever small = lever_of("pace", -.1, 2026);
    struct pt_scenario scenario;
    scenario_of(&b, 1, &scenario, &small, 1);
    bench_run(&b, 4000, 3);
    uint64_t later = b.outcomes[1].only_baseline;
    for (size_t i = 0; i < 25; i++) {
        later += b.outcomes[1].gained[i];
    }
    assert_int_equal(later, 0);
    assert_true(b.outcomes[1].only_scenario > 0);
    pt_arena_free(b.arena);
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
    bench_start(&b, 0, 0, 1, 1);
    bench_run(&b, DRAWS, 1);
    double z[DRAWS + 1], spare[DRAWS + 1];
    struct pt_stream stream = pt_stream_open(PT_SEED_DEFAULT, "gap");
    pt_stream_normals(&stream, 0, DRAWS, PT_START_NORMALS / 2, z, spare);
    qsort(z, DRAWS, sizeof *z, ascending);
    for (size_t q = 0; q < PT_BANDS; q++) {
        double at = pt_band_levels[q] * (DRAWS - 1);
        size_t k = (size_t)at;
        double expected = z[k] + (at - (double)k) * (z[k + 1] - z[k]);
        assert_close(b.outcomes[0].bands[q], expected, 1e-15);
    }
    pt_arena_free(b.arena);
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
        cmocka_unit_test(a_level_follows_ramp_end_and_half_life),
        cmocka_unit_test(a_pace_adds_up_and_its_gain_stays),
        cmocka_unit_test(resources_are_proportional_to_the_known_effect),
        cmocka_unit_test(parity_clips_what_closes),
        cmocka_unit_test(overlap_counts_people_once),
        cmocka_unit_test(overlap_ranks_by_full_effect_whatever_has_ended),
        cmocka_unit_test(an_effect_past_a_bound_still_closes),
        cmocka_unit_test(a_scenario_without_effect_has_the_baselines_bytes),
        cmocka_unit_test(more_effect_is_never_later),
        cmocka_unit_test(bands_are_exact_type_seven_quantiles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
