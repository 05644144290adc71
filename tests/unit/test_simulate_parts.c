#include "support/pt_test.h"

#include "test_simulate_bench.h"

/* What a scenario closes and gains, and what of that is whose. */
#define EXACT 1e-12

static void closed_is_the_baseline_less_the_scenario(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 12);
    bench_add(&b, 20, -.5, 1.7);
    struct pt_lever lever = lever_of("a", "pace", -.25, 2026);
    lever.until = 2030;
    scenario_of(&b, &lever, 1);
    scenario_of(&b, NULL, 0);
    bench_run(&b, 1500, 3);
    const struct pt_outcome *outcome = outcome_of(&b, 0, 1);
    assert_int_equal(outcome->end, 2030);
    assert_close(outcome->closed_end.p10, 1.25, EXACT);
    assert_close(outcome->closed_end.mean, 1.25, EXACT);
    assert_close(outcome->closed_horizon.p90, 1.25, EXACT);
    assert_int_equal(outcome_of(&b, 0, 2)->end, 2036);
    assert_close(outcome_of(&b, 0, 2)->closed_horizon.mean, 0, 0);
    bench_end(&b);
    bench_start(&b, 12);
    b.model.policy_to = 2028;
    bench_add(&b, 20, -.5, 1.7);
    scenario_of(&b, &lever, 1);
    bench_run(&b, 1500, 3);
    assert_int_equal(outcome_of(&b, 0, 1)->end, 2028);
    assert_close(outcome_of(&b, 0, 1)->closed_end.p50, .75, EXACT);
    bench_end(&b);
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Type 7 of what the drawn effects close, from the lever's own stream. */
static void the_spread_of_what_is_closed_is_that_of_the_effect(void **state)
{
    (void)state;
    enum { DRAWS = 1201 };
    struct bench b;
    bench_start(&b, 6);
    bench_add(&b, 60, 0, .3);
    struct pt_lever lever = lever_of("a", "level", 0, 2026);
    lever.effect = (struct pt_effect){ .distribution = pt_distribution_find("triangular"),
                                       .par = { -5, -2, -1 },
                                       .chance_of_none = .15 };
    scenario_of(&b, &lever, 1);
    bench_run(&b, DRAWS, 3);
    static double u[DRAWS], v[DRAWS], closed[DRAWS];
    struct pt_stream stream = pt_stream_open(PT_SEED_DEFAULT, "lever:a");
    pt_stream_uniforms(&stream, 0, DRAWS, 0, u, v);
    double sum = 0;
    for (int i = 0; i < DRAWS; i++) {
        closed[i] = -pt_effect_draw(&lever.effect, u[i], v[i]);
        sum += closed[i];
    }
    qsort(closed, DRAWS, sizeof *closed, ascending);
    const struct pt_spread *spread = &outcome_of(&b, 0, 1)->closed_horizon;
    assert_close(spread->p10, closed[120], EXACT); /* (DRAWS - 1) p is whole */
    assert_close(spread->p50, closed[600], EXACT);
    assert_close(spread->p90, closed[1080], EXACT);
    assert_close(spread->mean, sum / DRAWS, EXACT);
    bench_end(&b);
}

static void levers_of(struct pt_lever levers[3])
{
    levers[0] = lever_of("b", "level", -2.1, 2026);
    levers[1] = lever_of("a", "pace", -.17, 2027);
    levers[2] = lever_of("c", "closing", 6, 2026);
    for (int k = 0; k < 3; k++) {
        levers[k].effect.chance_of_none = .2;
        levers[k].reach = .5;
    }
    levers[1].until = 2031;
    levers[1].half_life = 3;
}

static uint64_t by(const struct pt_outcome *outcome, size_t h)
{
    uint64_t sum = 0;
    for (size_t i = 0; i <= h; i++) {
        sum += outcome->events[PT_EVENT_SUSTAINED].count[i];
    }
    return sum;
}

static void run(struct bench *b, struct pt_lever *levers, size_t n, uint64_t seed, uint64_t draws,
                bool attribution)
{
    bench_start(b, 16);
    bench_add(b, 6, -.2, .8);
    b->run.options.attribution = attribution;
    b->run.options.seed = seed;
    scenario_of(b, levers, n)->overlap = PT_OVERLAP_INDEPENDENT;
    bench_run(b, draws, 3);
}

/* A part is the scenario less the scenario written without the lever, in every draw. */
static void a_part_is_what_the_lever_adds(void **state)
{
    (void)state;
    static const char *const ids[] = { "a", "b", "c" };
    static const int at[] = { 1, 0, 2 };
    for (uint64_t seed = 1; seed <= 60; seed++) {
        uint64_t draws = seed == 1 ? 3000 : 1; /* one draw is every draw */
        struct bench b, without;
        struct pt_lever levers[3], rest[2];
        levers_of(levers);
        run(&b, levers, 3, seed, draws, true);
        const struct pt_outcome *outcome = outcome_of(&b, 0, 1);
        assert_int_equal(outcome->n_parts, 3);
        for (int k = 0; k < 3; k++) {
            const struct pt_part *part = &outcome->parts[k];
            for (int j = 0, n = 0; j < 3; j++) {
                if (j != at[k]) {
                    rest[n++] = levers[j];
                }
            }
            run(&without, rest, 2, seed, draws, false);
            const struct pt_outcome *less = outcome_of(&without, 0, 1);
            /* without its lever the policy of `a` has another end */
            double n = (double)draws;
            assert_string_equal(part->lever, ids[k]);
            assert_close(part->closed_horizon,
                         outcome->closed_horizon.mean - less->closed_horizon.mean, 1e-9);
            assert_close(part->chance_horizon,
                         (double)by(outcome, 16) / n - (double)by(less, 16) / n, 1e-9);
            size_t end = (size_t)(outcome->end - BENCH_LAST);
            assert_close(part->chance_end, (double)by(outcome, end) / n - (double)by(less, end) / n,
                         1e-9);
            bench_end(&without);
        }
        bench_end(&b);
    }
}

/* Additive levels far from parity do nothing together that they do not do alone. */
static void parts_add_up_where_nothing_interacts(void **state)
{
    (void)state;
    for (uint64_t seed = 1; seed <= 40; seed++) {
        struct bench b;
        struct pt_lever levers[3];
        levers_of(levers);
        levers[2] = lever_of("c", "resources", -1.3, 2028);
        levers[2].increase = levers[2].effect_increase = .1;
        bench_start(&b, 16);
        bench_add(&b, 90, -.2, .8);
        b.run.options.attribution = true;
        b.run.options.seed = seed;
        scenario_of(&b, levers, 3);
        bench_run(&b, 1, 3);
        const struct pt_outcome *outcome = outcome_of(&b, 0, 1);
        double end = 0, horizon = 0;
        for (size_t k = 0; k < 3; k++) {
            end += outcome->parts[k].closed_end;
            horizon += outcome->parts[k].closed_horizon;
        }
        assert_close(end, outcome->closed_end.mean, 1e-9);
        assert_close(horizon, outcome->closed_horizon.mean, 1e-9);
        bench_end(&b);
    }
}

/* Two that each close alone: neither adds anything, all of it is done together. */
static void what_is_done_together_is_the_interaction(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 8);
    bench_add(&b, 5, 0, 0);
    struct pt_lever levers[2] = { lever_of("a", "level", -7, 2026),
                                  lever_of("b", "level", -9, 2026) };
    b.run.options.attribution = true;
    scenario_of(&b, levers, 2);
    bench_run(&b, 600, 3);
    const struct pt_outcome *outcome = outcome_of(&b, 0, 1);
    assert_close(outcome->closed_horizon.mean, 5, EXACT);
    for (size_t k = 0; k < 2; k++) {
        assert_close(outcome->parts[k].closed_horizon, 0, EXACT);
        assert_close(outcome->parts[k].chance_horizon, 0, 0);
        assert_int_equal(outcome->parts[k].gained[8], 600);
    }
    bench_end(&b);
}

/* One lever is the whole, and several levers of one id are one programme. */
static void the_only_programme_is_the_whole(void **state)
{
    (void)state;
    struct bench b;
    struct pt_lever levers[3];
    levers_of(levers);
    levers[0].id = levers[2].id = "a";
    levers[1].indicator = "second";
    run(&b, levers, 3, 7, 2000, true);
    const struct pt_outcome *outcome = outcome_of(&b, 0, 1), *base = outcome_of(&b, 0, 0);
    assert_int_equal(outcome->n_parts, 1);
    const struct pt_part *part = outcome->parts;
    assert_close(part->closed_end, outcome->closed_end.mean, 0);
    assert_close(part->closed_horizon, outcome->closed_horizon.mean, 0);
    assert_close(part->chance_horizon, ((double)by(outcome, 16) - (double)by(base, 16)) / 2000,
                 EXACT);
    assert_memory_equal(part->gained, outcome->gained, 33 * sizeof(uint64_t));
    bench_end(&b);
}

/* Through a link: each lever's part of what follows elsewhere. */
static void parts_reach_through_links(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 10);
    bench_add(&b, 50, 0, .4);
    bench_add(&b, 60, 0, .4);
    link_of(&b, 0, 1, .5)->delay = 1;
    struct pt_lever levers[3] = { lever_of("x", "level", -4, 2026),
                                  lever_of("y", "level", -3, 2026),
                                  lever_of("z", "level", -2, 2026) };
    levers[2].indicator = "second";
    b.run.options.attribution = true;
    scenario_of(&b, levers, 3);
    bench_run(&b, 600, 3);
    const struct pt_outcome *first = outcome_of(&b, 0, 1), *second = outcome_of(&b, 1, 1);
    assert_int_equal(first->n_parts, 2);
    assert_int_equal(second->n_parts, 3);
    const double expected[] = { 2, 1.5, 2 };
    for (size_t k = 0; k < 3; k++) {
        assert_close(second->parts[k].closed_horizon, expected[k], EXACT);
    }
    assert_close(first->parts[0].closed_horizon, 4, EXACT);
    bench_end(&b);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_is_the_baseline_less_the_scenario),
        cmocka_unit_test(the_spread_of_what_is_closed_is_that_of_the_effect),
        cmocka_unit_test(a_part_is_what_the_lever_adds),
        cmocka_unit_test(parts_add_up_where_nothing_interacts),
        cmocka_unit_test(what_is_done_together_is_the_interaction),
        cmocka_unit_test(the_only_programme_is_the_whole),
        cmocka_unit_test(parts_reach_through_links),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
