#include "support/pt_test.h"

#include "test_simulate_bench.h"

/* METHODS 7: a link shifts the figure of `to` by e times how far the figure of `from` has left its
 * baseline, `delay` years before. */
#define EXACT 1e-12

/* Three series that stand still at 20, 30 and 40. */
static void start(struct bench *b, size_t n)
{
    bench_start(b, 14);
    for (size_t m = 0; m < n; m++) {
        bench_add(b, 20 + 10 * (double)m, 0, 0);
    }
}

static void an_effect_follows_by_its_factor_and_delay(void **state)
{
    (void)state;
    struct bench b;
    start(&b, 2);
    link_of(&b, 0, 1, .37)->delay = 3;
    struct pt_lever lever = lever_of("a", "pace", -.9, 2026);
    lever.until = 2030;
    scenario_of(&b, &lever, 1);
    bench_run(&b, 600, 3);
    for (int h = 1; h <= 14; h++) {
        double D = -.9 * fmin(fmax(h - 1, 0), 5), before = -.9 * fmin(fmax(h - 4, 0), 5);
        assert_close(median_of(&b, 0, 1, h), 20 + D, EXACT);
        assert_close(median_of(&b, 1, 1, h), 30 + .37 * before, EXACT);
    }
    assert_false(outcome_of(&b, 0, 1)->linked);
    assert_true(outcome_of(&b, 1, 1)->linked);
    assert_int_equal(outcome_of(&b, 1, 1)->n_levers, 0);
    assert_true(outcome_of(&b, 0, 1)->moved_by[0] && outcome_of(&b, 1, 1)->moved_by[0]);
    bench_end(&b);
}

/* Chained, and the middle one has a lever of its own. */
static void links_chain(void **state)
{
    (void)state;
    struct bench b;
    start(&b, 3);
    link_of(&b, 0, 1, .4)->delay = 1;
    link_of(&b, 1, 2, -.5)->delay = 2;
    struct pt_lever levers[2] = { lever_of("a", "level", -6, 2026),
                                  lever_of("b", "level", -3, 2028) };
    levers[1].indicator = "second";
    scenario_of(&b, levers, 2);
    scenario_of(&b, levers, 1);
    bench_run(&b, 600, 3);
    for (int h = 1; h <= 14; h++) {
        double second = (h >= 3 ? -2.4 : 0) + (h >= 4 ? -3 : 0);
        double third = -.5 * ((h >= 5 ? -2.4 : 0) + (h >= 6 ? -3 : 0));
        assert_close(median_of(&b, 1, 1, h), 30 + second, EXACT);
        assert_close(median_of(&b, 2, 1, h), 40 + third, EXACT);
        assert_close(median_of(&b, 2, 2, h), 40 + (h >= 5 ? 1.2 : 0), EXACT);
    }
    assert_false(outcome_of(&b, 0, 1)->moved_by[1]);
    assert_true(outcome_of(&b, 2, 1)->moved_by[0] && outcome_of(&b, 2, 1)->moved_by[1]);
    bench_end(&b);
}

/* What parity or a bound clips in `from` does not go on. */
static void what_is_clipped_is_not_passed_on(void **state)
{
    (void)state;
    static const char *const measures[] = { "difference", "ratio", "log-ratio", "odds-ratio" };
    for (int i = 0; i < 12; i++) {
        const struct pt_gap_measure *measure = pt_gap_measure_find(measures[i % 4]);
        double m = 61.3, r = i < 8 ? 66.9 : 98.2, effect = 8;
        struct bench b;
        start(&b, 2);
        m = i < 8 ? m : 95.1;
        b.projections[0].fit.level = measure->gap(m, r, 1, 100);
        bench_compare(&b, 0, measures[i % 4], 1, 100, r, 0);
        link_of(&b, 0, 1, -.25);
        struct pt_lever lever = lever_of("a", "level", effect, 2026);
        lever.may_overshoot = i >= 4; /* then nothing clips but, at last, the bound of 100 */
        scenario_of(&b, &lever, 1);
        bench_run(&b, 512, 1);
        /* measures with logarithms stop a millionth of the scale before their open bound */
        double most = 100 - (measure->domain ? 1e-4 : 0);
        double moved = i < 4 ? r - m : fmin(effect, most - m);
        assert_close(median_of(&b, 1, 1, 5), 30 - .25 * moved, EXACT);
        bench_end(&b);
    }
}

/* Only the figure of the group goes on: not what the reference does. */
static void a_move_of_the_reference_is_not_passed_on(void **state)
{
    (void)state;
    struct bench b;
    start(&b, 2);
    bench_compare(&b, 0, "difference", 1, 100, 70, 0);
    link_of(&b, 0, 1, 1);
    struct pt_lever lever = lever_of("a", "level", -4, 2026);
    lever.group = "r";
    scenario_of(&b, &lever, 1);
    bench_run(&b, 512, 1);
    assert_close(median_of(&b, 0, 1, 5), 16, EXACT);
    assert_memory_equal(outcome_of(&b, 1, 1)->bands, outcome_of(&b, 1, 0)->bands,
                        14 * PT_BANDS * sizeof(double));
    assert_true(outcome_of(&b, 0, 1)->moved_by[0]);
    assert_false(outcome_of(&b, 1, 1)->moved_by[0]);
    bench_end(&b);
}

static void a_link_may_move_the_reference(void **state)
{
    (void)state;
    struct bench b;
    start(&b, 2);
    bench_compare(&b, 1, "difference", 1, 100, 70, 0);
    link_of(&b, 0, 1, .5)->group = "r";
    struct pt_lever lever = lever_of("a", "level", -4, 2026);
    scenario_of(&b, &lever, 1);
    bench_run(&b, 512, 1);
    assert_close(median_of(&b, 1, 1, 5), 28, EXACT);
    bench_end(&b);
}

/* A link's effect stops at parity as levers do. */
static void a_link_does_not_overshoot(void **state)
{
    (void)state;
    struct bench b;
    start(&b, 2);
    b.projections[1].fit.level = 1.1;
    link_of(&b, 0, 1, .5);
    struct pt_lever lever = lever_of("a", "level", -4, 2026);
    scenario_of(&b, &lever, 1);
    bench_run(&b, 512, 1);
    assert_close(median_of(&b, 1, 1, 5), 0, EXACT);
    bench_end(&b);
}

/* Pupils of one year become the entrants of a later one. */
static void a_link_on_entrants_spreads_as_they_come(void **state)
{
    (void)state;
    struct bench b;
    start(&b, 2);
    struct pt_link *link = link_of(&b, 0, 1, .4);
    link->delay = 2;
    link->turnover = .15; /* 6 2/3 years */
    struct pt_lever lever = lever_of("a", "level", -5, 2026);
    lever.until = 2028;
    scenario_of(&b, &lever, 1);
    bench_run(&b, 512, 1);
    for (int h = 1; h <= 14; h++) {
        double D = 0;
        for (int j = h - 6; j <= h; j++) {
            bool there = j - 2 >= 2 && j - 2 <= 4; /* 2026 to 2028 */
            D += (j > h - 6 ? .15 : 1 - 6 * .15) * (there ? .4 * -5 : 0);
        }
        assert_close(median_of(&b, 1, 1, h), 30 + D, EXACT);
    }
    bench_end(&b);
}

/* What remains for closing counts what links did, as of the year before. */
static void closing_sees_what_links_did(void **state)
{
    (void)state;
    struct bench b;
    start(&b, 2);
    link_of(&b, 0, 1, .5);
    struct pt_lever levers[2] = { lever_of("a", "level", -8, 2026),
                                  lever_of("b", "closing", 10, 2027) };
    levers[1].indicator = "second";
    scenario_of(&b, levers, 2);
    bench_run(&b, 512, 1);
    for (int h = 3; h <= 14; h++) {
        assert_close(median_of(&b, 1, 1, h), 26 * pow(.9, h - 2), EXACT);
    }
    bench_end(&b);
}

/* From its own stream, once per draw: with a chance of none of 40 % the rest are moved by a
 * triangular factor. */
static void a_links_effect_is_uncertain(void **state)
{
    (void)state;
    enum { DRAWS = 20000 };
    struct bench b;
    start(&b, 2);
    struct pt_link *link = link_of(&b, 0, 1, 0);
    link->effect = (struct pt_effect){ .distribution = pt_distribution_find("triangular"),
                                       .par = { .1, .2, .5 },
                                       .chance_of_none = .4 };
    struct pt_lever lever = lever_of("a", "level", -4, 2026);
    scenario_of(&b, &lever, 1);
    bench_run(&b, DRAWS, 1);
    /* mean 4 * .6 * .8 / 3; four sigma of the mean of a variable between 0 and 2 */
    assert_close(outcome_of(&b, 1, 1)->closed_horizon.mean, 4 * .6 * .8 / 3, 4 * 1 / sqrt(DRAWS));
    assert_close(outcome_of(&b, 1, 1)->closed_horizon.p10, 0, EXACT);
    double u, v;
    struct pt_stream stream = pt_stream_open(PT_SEED_DEFAULT, "link:one");
    pt_stream_uniforms(&stream, 0, 1, 0, &u, &v);
    struct bench one;
    start(&one, 2);
    link_of(&one, 0, 1, 0)->effect = link->effect;
    scenario_of(&one, &lever, 1);
    bench_run(&one, 1, 1);
    assert_close(median_of(&one, 1, 1, 7), 30 - 4 * pt_effect_draw(&link->effect, u, v), EXACT);
    bench_end(&one);
    bench_end(&b);
}

/* Links without anything to pass on leave every byte. */
static void links_leave_the_baseline_alone(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 14);
    bench_add(&b, 20, -.3, 1.3);
    bench_add(&b, 4, -.2, .7);
    link_of(&b, 0, 1, .8);
    struct pt_lever lever = lever_of("a", "level", 0, 2026);
    scenario_of(&b, &lever, 1);
    scenario_of(&b, NULL, 0);
    bench_run(&b, 2000, 3);
    for (size_t s = 1; s <= 2; s++) {
        const struct pt_outcome *base = outcome_of(&b, 1, 0), *own = outcome_of(&b, 1, s);
        assert_memory_equal(own->bands, base->bands, 14 * PT_BANDS * sizeof(double));
        assert_memory_equal(own->gained, base->gained, 29 * sizeof(uint64_t));
        for (int e = 0; e < PT_EVENTS; e++) {
            assert_memory_equal(own->events[e].count, base->events[e].count, 16 * sizeof(uint64_t));
        }
        assert_int_equal(own->holds, base->holds);
        assert_int_equal(own->both_never, base->both_never);
    }
    bench_end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_effect_follows_by_its_factor_and_delay),
        cmocka_unit_test(links_chain),
        cmocka_unit_test(what_is_clipped_is_not_passed_on),
        cmocka_unit_test(a_move_of_the_reference_is_not_passed_on),
        cmocka_unit_test(a_link_may_move_the_reference),
        cmocka_unit_test(a_link_does_not_overshoot),
        cmocka_unit_test(a_link_on_entrants_spreads_as_they_come),
        cmocka_unit_test(closing_sees_what_links_did),
        cmocka_unit_test(a_links_effect_is_uncertain),
        cmocka_unit_test(links_leave_the_baseline_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
