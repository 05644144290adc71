#include "support/pt_test.h"

#include "test_simulate_bench.h"

#define EXACT 1e-12

/* METHODS 7: the newly touched shares of reaches r by rule, the larger effects first. */
static double share(enum pt_overlap rule, const double *r, size_t i)
{
    double free = 1, most = 0;
    for (size_t j = 0; j < i; j++) {
        free *= 1 - r[j];
        most = fmax(most, r[j]);
    }
    return rule == PT_OVERLAP_INDEPENDENT ? r[i] * free
           : rule == PT_OVERLAP_NESTED    ? fmax(0, r[i] - most)
                                          : r[i];
}

static const enum pt_overlap rules[] = { PT_OVERLAP_ADDITIVE, PT_OVERLAP_INDEPENDENT,
                                         PT_OVERLAP_NESTED };

static void overlap_counts_people_once(void **state)
{
    (void)state;
    const double E[3] = { -6.5, -4.25, -3.125 }, r[3] = { .3, .45, .2 };
    static const char *const ids[3] = { "z", "m", "a" };
    for (int i = 0; i < 3; i++) {
        for (size_t n = 2; n <= 3; n++) {
            struct bench b;
            bench_start(&b, 5);
            bench_add(&b, 90, 0, 0);
            struct pt_lever levers[3];
            double expected = 90;
            for (size_t k = 0; k < n; k++) { /* smallest effect first in the file */
                levers[n - 1 - k] = lever_of(ids[k], "level", E[k], 2025);
                levers[n - 1 - k].reach = r[k];
                expected += share(rules[i], r, k) * E[k];
            }
            scenario_of(&b, levers, n)->overlap = rules[i];
            bench_run(&b, 512, 3);
            assert_close(median_of(&b, 0, 1, 1), expected, EXACT);
            bench_end(&b);
        }
    }
}

/* Who is in force in a year shares the people of that year: large 2026-2028, middle 2027-, small
 * always. */
static void overlap_counts_those_in_force_that_year(void **state)
{
    (void)state;
    const double E[3] = { -6.5, -4.25, -3.125 }, r[3] = { .3, .45, .5 };
    const int from[3] = { 2026, 2027, 2025 }, until[3] = { 2028, INT_MAX, INT_MAX };
    for (int i = 0; i < 3; i++) {
        struct bench b;
        bench_start(&b, 6);
        bench_add(&b, 90, 0, 0);
        struct pt_lever levers[3];
        for (size_t k = 0; k < 3; k++) {
            levers[k] = lever_of(k == 0 ? "x" : k == 1 ? "y" : "z", "level", E[k], from[k]);
            levers[k].reach = r[k];
            levers[k].until = until[k];
        }
        scenario_of(&b, levers, 3)->overlap = rules[i];
        bench_run(&b, 512, 3);
        for (int h = 1; h <= 6; h++) {
            double expected = 90, there[3];
            size_t n = 0;
            for (size_t k = 0; k < 3; k++) {
                if (2024 + h >= from[k] && 2024 + h <= until[k]) {
                    there[n++] = r[k];
                    expected += share(rules[i], there, n - 1) * E[k];
                }
            }
            assert_close(median_of(&b, 0, 1, h), expected, EXACT);
        }
        bench_end(&b);
    }
}

/* The larger effect is touched first, also when it has ended before the horizon. */
static void overlap_ranks_by_full_effect_whatever_has_ended(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 9);
    bench_add(&b, 90, 0, 0);
    struct pt_lever levers[2] = { lever_of("a-small", "level", -1, 2025),
                                  lever_of("z-large", "level", -10, 2025) };
    levers[0].reach = levers[1].reach = .5;
    levers[0].until = levers[1].until = 2029;
    scenario_of(&b, levers, 2)->overlap = PT_OVERLAP_NESTED;
    bench_run(&b, 512, 3);
    assert_close(median_of(&b, 0, 1, 1), 85, EXACT);
    bench_end(&b);
}

/* 4 % a year of 90 closes 55.7 points in 24 years: more than a level of 30, less than one of 60. */
static void closing_is_ranked_by_what_it_closes(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct bench b;
        bench_start(&b, 24);
        bench_add(&b, 90, 0, 0);
        struct pt_lever levers[2] = { lever_of("c", "closing", 4, 2025),
                                      lever_of("l", "level", i ? -60 : -30, 2025) };
        levers[0].reach = levers[1].reach = .5;
        scenario_of(&b, levers, 2)->overlap = PT_OVERLAP_NESTED;
        bench_run(&b, 512, 1);
        assert_close(median_of(&b, 0, 1, 1), i ? 90 - 30 : 90 - .5 * .04 * 90, EXACT);
        bench_end(&b);
    }
}

static void groups_do_not_share_people(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 4);
    bench_add(&b, 20, 0, 0);
    bench_compare(&b, 0, "difference", 1, 100, 75, 0);
    struct pt_lever levers[2] = { lever_of("one", "level", 3, 2025),
                                  lever_of("two", "level", -2, 2025) };
    levers[0].reach = levers[1].reach = .5;
    levers[1].group = "r";
    scenario_of(&b, levers, 2)->overlap = PT_OVERLAP_NESTED;
    bench_run(&b, 512, 1);
    assert_close(median_of(&b, 0, 1, 1), 20 - 1.5 - 1, EXACT);
    bench_end(&b);
}

/* The order of levers in the file is no order. */
static void the_order_of_levers_changes_no_byte(void **state)
{
    (void)state;
    static const int orders[][4] = { { 0, 1, 2, 3 }, { 3, 1, 0, 2 }, { 2, 3, 1, 0 } };
    struct bench b;
    bench_start(&b, 20);
    bench_add(&b, 9, -.1, .9);
    struct pt_lever levers[3][4];
    for (int o = 0; o < 3; o++) {
        const struct pt_lever each[4] = { lever_of("p", "pace", -.07, 2026),
                                          lever_of("q", "closing", 3.3, 2027),
                                          lever_of("r", "level", -1.1, 2025),
                                          lever_of("s", "closing", 7.1, 2029) };
        for (int k = 0; k < 4; k++) {
            levers[o][k] = each[orders[o][k]];
            levers[o][k].reach = .4;
            levers[o][k].effect.chance_of_none = .25;
        }
        scenario_of(&b, levers[o], 4)->overlap = PT_OVERLAP_INDEPENDENT;
    }
    bench_run(&b, 2000, 3);
    for (size_t s = 2; s <= 3; s++) {
        assert_memory_equal(outcome_of(&b, 0, s)->bands, outcome_of(&b, 0, 1)->bands,
                            20 * PT_BANDS * sizeof(double));
        assert_memory_equal(outcome_of(&b, 0, s)->gained, outcome_of(&b, 0, 1)->gained,
                            41 * sizeof(uint64_t));
    }
    bench_end(&b);
}

/* ------------------------------------------------------------------ entrants */

static double entrants(double turnover, const char *kind, int until, int h, struct bench *b)
{
    bench_start(b, 50);
    bench_add(b, 90, 0, 0);
    struct pt_lever lever = lever_of("a", kind, -1.7, 2027);
    lever.reach = .6;
    lever.turnover = turnover;
    lever.until = until;
    scenario_of(b, &lever, 1);
    bench_run(b, 512, 1);
    return median_of(b, 0, 1, h) - 90;
}

/* r E min(1, tau (t - t0 + 1)), also where 1 / tau is no whole number. */
static void a_fixed_effect_on_entrants_spreads_as_they_come(void **state)
{
    (void)state;
    static const double turnovers[] = { .025, .1, .07, 1 / 3., .45, 1 };
    for (int i = 0; i < 6; i++) {
        for (int h = 1; h <= 50; h += 1 + h / 6) {
            struct bench b;
            double expected = h < 3 ? 0 : .6 * -1.7 * fmin(1, turnovers[i] * (2024 + h - 2027 + 1));
            assert_close(entrants(turnovers[i], "level", INT_MAX, h, &b), expected, EXACT);
            bench_end(&b);
        }
    }
}

/* After `until` those who got it keep it until they leave: what is gone is what would have come a
 * stay of 1 / tau years earlier. */
static void entrants_keep_it_until_they_leave(void **state)
{
    (void)state;
    static const double turnovers[] = { .1, .07, .3 };
    for (int i = 0; i < 3; i++) {
        double tau = turnovers[i];
        int full = (int)(1 / tau + 1e-9);
        for (int h = 1; h <= 40; h++) {
            int year = 2024 + h;
            double D = 0;
            for (int j = year - full; j <= year; j++) { /* the oldest cohort is there in part */
                double weight = j > year - full ? tau : 1 - tau * full;
                D += j >= 2027 && j <= 2033 ? weight * .6 * -1.7 : 0;
            }
            struct bench b;
            assert_close(entrants(tau, "level", 2033, h, &b), D, EXACT);
            bench_end(&b);
        }
    }
}

/* A pace in cohorts: the cohort of year j keeps what the pace had come to in j. */
static void entrants_of_a_pace_keep_their_own_years_gain(void **state)
{
    (void)state;
    double tau = .16; /* 6.25 years */
    for (int h = 1; h <= 30; h++) {
        int year = 2024 + h;
        double D = 0;
        for (int j = year - 6; j <= year; j++) {
            double own = j >= 2027 && j <= 2035 ? .6 * -1.7 * (j - 2026) : 0;
            D += (j > year - 6 ? tau : 1 - 6 * tau) * own;
        }
        struct bench b;
        assert_close(entrants(tau, "pace", 2035, h, &b), D, EXACT);
        bench_end(&b);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(overlap_counts_people_once),
        cmocka_unit_test(overlap_counts_those_in_force_that_year),
        cmocka_unit_test(overlap_ranks_by_full_effect_whatever_has_ended),
        cmocka_unit_test(closing_is_ranked_by_what_it_closes),
        cmocka_unit_test(groups_do_not_share_people),
        cmocka_unit_test(the_order_of_levers_changes_no_byte),
        cmocka_unit_test(a_fixed_effect_on_entrants_spreads_as_they_come),
        cmocka_unit_test(entrants_keep_it_until_they_leave),
        cmocka_unit_test(entrants_of_a_pace_keep_their_own_years_gain),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
