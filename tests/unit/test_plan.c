/* What a plan says of a year: who comes first, whom a lever still finds, and years gone by. */
#include "support/pt_test.h"

#include <limits.h>
#include <math.h>
#include <paritet/scenario.h>
#include <string.h>

#define EXACT 1e-12

struct bench {
    struct pt_indicator indicator;
    struct pt_subject subject;
    struct pt_lever levers[2];
    struct pt_scenario scenario;
    struct pt_plan plan;
    struct pt_arena *arena;
};

/* A gap of 30 to a given parity, on a flat baseline of 16 years after 2024. */
static void start(struct bench *b, enum pt_overlap overlap)
{
    *b = (struct bench){ .indicator = { .id = "x", .group = "g", .better = 1 } };
    b->subject = (struct pt_subject){ .indicator = &b->indicator,
                                      .place = "",
                                      .kind = PT_SUBJECT_GIVEN,
                                      .gap_at_zero = 70,
                                      .gap_sign = -1,
                                      .scale = 100 };
    b->scenario =
        (struct pt_scenario){ .id = "s", .levers = b->levers, .n_levers = 2, .overlap = overlap };
    b->arena = pt_arena_new();
}

static struct pt_lever lever(const char *id, const char *kind, const char *law, double reach)
{
    return (struct pt_lever){ .id = id,
                              .indicator = "x",
                              .group = "g",
                              .kind = pt_lever_kind_find(kind),
                              .effect = { .distribution = pt_distribution_find(law) },
                              .reach = reach,
                              .start = 2025,
                              .ramp_years = 1,
                              .ramp_shape = PT_RAMP_STEP,
                              .response = pt_responses[0],
                              .until = INT_MAX };
}

static void plan(struct bench *b)
{
    double median[19];
    for (size_t i = 0; i < 19; i++) {
        median[i] = 40;
    }
    const struct pt_baseline baseline = {
        .last = 2024, .to_horizon = 16, .after = 2, .median = median
    };
    struct pt_error err;
    assert_int_equal(
        pt_plan_make(NULL, &b->scenario, NULL, &b->subject, &baseline, b->arena, &b->plan, &err),
        PT_OK);
}

static double share(const struct bench *b, int year, const char *id)
{
    for (size_t i = 0; i < 2; i++) {
        if (strcmp(b->plan.levers[i]->id, id) == 0) {
            return b->plan.years[(size_t)(year - 2025) * 2 + i].share;
        }
    }
    return NAN;
}

/* A saturating effect is ranked by its mean, which is not the effect of the mean draw: that of
 * 3 tanh(3 atanh(E0/3)) with E0 uniform on 0.05 to 2.95 by Simpson's rule; it works in 3 of 4
 * futures. */
static void a_bent_effect_is_ranked_by_its_mean(void **state)
{
    (void)state;
    double sum = 0;
    for (int i = 0; i <= 20000; i++) {
        double E0 = .05 + 2.9 * i / 20000, E = 3 * tanh(3 * atanh(E0 / 3));
        sum += (i == 0 || i == 20000 ? 1 : i % 2 == 1 ? 4 : 2) * E;
    }
    double mean = .75 * sum / (3 * 20000);
    for (int side = -1; side <= 1; side += 2) {
        struct bench b;
        start(&b, PT_OVERLAP_INDEPENDENT);
        b.levers[0] = lever("bent", "resources", "uniform", .5);
        b.levers[0].effect.par[0] = .05;
        b.levers[0].effect.par[1] = 2.95;
        b.levers[0].effect.chance_of_none = .25;
        b.levers[0].increase = .3;
        b.levers[0].effect_increase = .1;
        b.levers[0].maximum = 3;
        b.levers[0].response = pt_responses[2];
        b.levers[1] = lever("level", "level", "fixed", .8);
        b.levers[1].effect.par[0] = mean * (1 + .01 * side);
        plan(&b);
        assert_string_equal(b.plan.levers[0]->id, side > 0 ? "level" : "bent");
        pt_arena_free(b.arena);
    }
}

/* The chance of none makes what is closed smaller, not the share that is closed a year. */
static void closing_is_ranked_by_what_it_closes_in_the_mean(void **state)
{
    (void)state;
    double mean = .75 * 30 * (1 - pow(.9, 16));
    for (int side = -1; side <= 1; side += 2) {
        struct bench b;
        start(&b, PT_OVERLAP_NESTED);
        b.levers[0] = lever("closing", "closing", "fixed", .8);
        b.levers[0].effect.par[0] = 10;
        b.levers[0].effect.chance_of_none = .25;
        b.levers[1] = lever("level", "level", "fixed", .4);
        b.levers[1].effect.par[0] = mean * (1 + .01 * side);
        plan(&b);
        assert_string_equal(b.plan.levers[0]->id, side > 0 ? "level" : "closing");
        pt_arena_free(b.arena);
    }
}

/* A lever on entrants has touched only those who have entered: 2.5 % a year. */
static void entrants_leave_the_others_to_a_second_lever(void **state)
{
    (void)state;
    for (enum pt_overlap rule = PT_OVERLAP_INDEPENDENT; rule <= PT_OVERLAP_NESTED; rule++) {
        struct bench b;
        start(&b, rule);
        b.levers[0] = lever("school", "level", "fixed", .8);
        b.levers[0].effect.par[0] = 4;
        b.levers[0].turnover = .025;
        b.levers[1] = lever("work", "level", "fixed", .5);
        b.levers[1].effect.par[0] = 3;
        plan(&b);
        for (int year = 2025; year <= 2040; year++) {
            double touched = .8 * .025 * (year - 2024);
            double left = rule == PT_OVERLAP_INDEPENDENT ? .5 * (1 - touched)
                          : rule == PT_OVERLAP_NESTED    ? fmax(0, .5 - touched)
                                                         : .5;
            assert_close(share(&b, year, "work"), left, EXACT);
            assert_close(share(&b, year, "school"), .8, EXACT);
        }
        pt_arena_free(b.arena);
    }
}

/* Among those who enter, a lever on the whole group has touched its own share. */
static void entrants_are_found_by_the_levers_on_all(void **state)
{
    (void)state;
    struct bench b;
    start(&b, PT_OVERLAP_INDEPENDENT);
    b.levers[0] = lever("work", "level", "fixed", .5);
    b.levers[0].effect.par[0] = 6;
    b.levers[1] = lever("school", "level", "fixed", .8);
    b.levers[1].effect.par[0] = 2;
    b.levers[1].turnover = .025;
    plan(&b);
    assert_close(share(&b, 2030, "work"), .5, EXACT);
    assert_close(share(&b, 2030, "school"), .4, EXACT);
    pt_arena_free(b.arena);
}

/* A lever that began in 2021 has had four years of its ramp when the projection begins. */
static void a_start_in_the_past_has_its_years(void **state)
{
    (void)state;
    struct bench b;
    start(&b, PT_OVERLAP_ADDITIVE);
    b.levers[0] = lever("old", "pace", "fixed", .5);
    b.levers[0].effect.par[0] = 4;
    b.levers[0].start = 2020;
    b.levers[0].delay = 1;
    b.levers[0].ramp_years = 8;
    b.levers[0].ramp_shape = PT_RAMP_LINEAR;
    b.levers[1] = lever("new", "level", "fixed", .5);
    b.levers[1].effect.par[0] = 1;
    plan(&b);
    assert_int_equal(b.plan.n_before, 4);
    for (size_t y = 0; y < 4; y++) {
        assert_close(b.plan.before[y * 2].ramp, (double)(y + 1) / 8, EXACT);
        assert_true(b.plan.before[y * 2].in_force && !b.plan.before[y * 2 + 1].in_force);
        assert_close(b.plan.before[y * 2].share, .5, EXACT);
    }
    assert_close(b.plan.years[0].ramp, 5. / 8, EXACT);
    pt_arena_free(b.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_bent_effect_is_ranked_by_its_mean),
        cmocka_unit_test(closing_is_ranked_by_what_it_closes_in_the_mean),
        cmocka_unit_test(entrants_leave_the_others_to_a_second_lever),
        cmocka_unit_test(entrants_are_found_by_the_levers_on_all),
        cmocka_unit_test(a_start_in_the_past_has_its_years),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
