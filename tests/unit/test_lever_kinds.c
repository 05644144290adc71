#include "support/pt_test.h"

#include "test_simulate_bench.h"

/* METHODS 7 on a line without noise: every kind against its closed form. */
#define EXACT 1e-12

/* The medians of one lever on the line level + pace h (parity at 0), in excess of the line. */
static void shifts(double level, double pace, struct pt_lever lever, int n_years, double *D)
{
    struct bench b;
    bench_start(&b, (size_t)n_years);
    bench_add(&b, level, pace, 0);
    scenario_of(&b, &lever, 1);
    bench_run(&b, 600, 3);
    for (int h = 1; h <= n_years; h++) {
        D[h] = median_of(&b, 0, 1, h) - (level + pace * h);
    }
    bench_end(&b);
}

static double ramp_of(enum pt_ramp_shape shape, int year, int first, int years)
{
    double u = fmin(fmax((year - first + 1) / (double)years, 0), 1);
    return shape == PT_RAMP_LINEAR    ? u
           : shape == PT_RAMP_S_CURVE ? 3 * u * u - 2 * u * u * u
                                      : year >= first;
}

static const enum pt_ramp_shape shapes[] = { PT_RAMP_LINEAR, PT_RAMP_S_CURVE, PT_RAMP_STEP };

/* reach 40 %, from 2027 over three years, until 2032, half-life 2.5 or none */
static void a_level_follows_ramp_end_and_half_life(void **state)
{
    (void)state;
    for (int i = 0; i < 6; i++) {
        struct pt_lever lever = lever_of("a", "level", -3.1, 2026);
        double D[16];
        lever.delay = 1;
        lever.reach = .4;
        lever.ramp_shape = shapes[i / 2];
        lever.ramp_years = 3;
        lever.until = 2032;
        lever.half_life = i % 2 ? 2.5 : 0;
        shifts(40, -.5, lever, 14, D);
        for (int h = 1; h <= 14; h++) {
            int year = 2024 + h;
            double full = .4 * -3.1 * ramp_of(shapes[i / 2], year, 2027, 3);
            double after = i % 2 ? pow(.5, (year - 2032) / 2.5) : 0;
            assert_close(D[h], year <= 2032 ? full : full * after, EXACT);
        }
    }
}

static void a_pace_adds_up_and_its_gain_stays_or_halves(void **state)
{
    (void)state;
    for (int i = 0; i < 6; i++) {
        struct pt_lever lever = lever_of("a", "pace", -.25, 2028);
        double D[16], sum = 0;
        lever.reach = .7;
        lever.ramp_shape = shapes[i / 2];
        lever.ramp_years = 4;
        lever.until = 2033;
        lever.half_life = i % 2 ? 3 : 0;
        shifts(40, -.5, lever, 15, D);
        for (int h = 1; h <= 15; h++) {
            int year = 2024 + h;
            sum += year <= 2033 ? .7 * -.25 * ramp_of(shapes[i / 2], year, 2028, 4) : 0;
            double kept = year > 2033 && i % 2 ? pow(.5, (year - 2033) / 3.) : 1;
            assert_close(D[h], sum * kept, EXACT);
        }
    }
}

/* On a flat gap what remains is multiplied by 1 - c every year. */
static void closing_on_a_flat_gap_is_geometric(void **state)
{
    (void)state;
    struct pt_lever lever = lever_of("a", "closing", 12, 2027);
    double D[16];
    lever.reach = .35;
    shifts(18, 0, lever, 14, D);
    for (int h = 1; h <= 14; h++) {
        int n = h < 3 ? 0 : h - 2;
        assert_close(18 + D[h], 18 * pow(1 - .35 * .12, n), EXACT);
    }
}

/* On a falling line G(t) the rule is a recurrence: D(t) = D(t-1) - c max(0, G(t) + D(t-1)); once
 * the line itself is past parity nothing is added, and what was added stays in the accumulator but
 * is not shown. After the end it stays, or halves. */
static void closing_on_a_falling_gap_stops_at_parity(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct pt_lever lever = lever_of("a", "closing", 30, 2026);
        double D[20], sum = 0;
        lever.ramp_shape = PT_RAMP_LINEAR;
        lever.ramp_years = 2;
        lever.until = 2031;
        lever.half_life = i ? 2 : 0;
        shifts(6, -.45, lever, 18, D);
        for (int h = 1; h <= 18; h++) {
            double gap = 6 - .45 * h;
            int year = 2024 + h;
            if (year >= 2026 && year <= 2031) {
                sum += .3 * fmin((year - 2025) / 2., 1) * fmax(0, gap - sum);
            } else if (year > 2031 && i) {
                sum *= sqrt(.5);
            }
            assert_close(D[h], -fmin(sum, fmax(0, gap)), EXACT);
        }
    }
}

/* 100 % of what remains in one year is the level that closes. */
static void closing_all_in_a_year_is_the_level_that_closes(void **state)
{
    (void)state;
    struct pt_lever all = lever_of("a", "closing", 100, 2027);
    struct pt_lever level = lever_of("a", "level", -13, 2027);
    double D[9], E[9];
    all.until = 2027;
    shifts(13, 0, all, 8, D);
    shifts(13, 0, level, 8, E);
    for (int h = 1; h <= 8; h++) {
        assert_close(D[h], h < 3 ? 0 : -13, EXACT);
        assert_close(D[h], E[h], EXACT);
    }
}

static const struct pt_response *response(const char *name)
{
    size_t i = 0;
    while (strcmp(pt_responses[i]->name, name) != 0) {
        i++;
    }
    return pt_responses[i];
}

static void resources_follow_their_response(void **state)
{
    (void)state;
    const struct {
        const char *response;
        double full; /* R = .27, R0 = .1, E0 = -.8, a = -2.2 */
    } cases[] = {
        { "proportional", -.8 * .27 / .1 },
        { "diminishing", -.8 * log(1.27) / log(1.1) },
        { "saturating", -2.2 * tanh(atanh(.8 / 2.2) * .27 / .1) },
    };
    for (int i = 0; i < 3; i++) {
        struct pt_lever lever = lever_of("a", "resources", -.8, 2027);
        double D[9];
        lever.increase = .27;
        lever.effect_increase = .1;
        lever.maximum = -2.2;
        lever.response = response(cases[i].response);
        lever.reach = .5;
        shifts(20, -.5, lever, 8, D);
        for (int h = 1; h <= 8; h++) {
            assert_close(D[h], h < 3 ? 0 : .5 * cases[i].full, EXACT);
        }
        lever.increase = lever.effect_increase; /* R = R0: the level E0 */
        lever.reach = 1;
        shifts(20, -.5, lever, 8, D);
        assert_close(D[5], -.8, EXACT);
        lever.increase = -.1; /* fewer: the other way, and never past all of it */
        shifts(20, -.5, lever, 8, D);
        assert_true(D[5] > 0);
    }
}

/* From 2027 (where the line stands at 20 - .5 * 3) straight to 11 in 2033, then along with the
 * line: the shift stays. */
static void reach_target_goes_straight_to_its_value(void **state)
{
    (void)state;
    struct pt_lever lever = lever_of("a", "reach-target", 0, 2026);
    double D[16], start = 20 - .5 * 3;
    lever.effect = (struct pt_effect){ 0 };
    lever.delay = 1;
    lever.value = 11;
    lever.by = 2033;
    lever.until = 2036;
    shifts(20, -.5, lever, 14, D);
    for (int h = 1; h <= 14; h++) {
        int year = 2024 + h;
        double line = start + (11 - start) * (year - 2027) / 6.;
        double expected = year < 2027 || year > 2036 ? 0
                          : year < 2033              ? line - (20 - .5 * h)
                                                     : 11 - (20 - .5 * 9);
        assert_close(D[h], expected, EXACT);
    }
    lever.value = 17; /* the line is there by itself: never away from the value */
    shifts(20, -.5, lever, 14, D);
    for (int h = 1; h <= 14; h++) {
        assert_close(D[h], 0, EXACT);
    }
}

/* The same value for the group's figure whatever the measure of the gap. */
static void reach_target_of_a_group_is_in_its_figure(void **state)
{
    (void)state;
    static const char *const measures[] = { "difference", "ratio", "log-ratio", "odds-ratio" };
    for (int i = 0; i < 4; i++) {
        struct bench b;
        const struct pt_gap_measure *measure = pt_gap_measure_find(measures[i]);
        bench_start(&b, 8);
        bench_add(&b, measure->gap(61.7, 78.3, 1, 100), 0, 0);
        bench_compare(&b, 0, measures[i], 1, 100, 78.3, 0);
        struct pt_lever lever = lever_of("a", "reach-target", 0, 2026);
        lever.effect = (struct pt_effect){ 0 };
        lever.value = 70;
        lever.by = 2030;
        scenario_of(&b, &lever, 1);
        bench_run(&b, 512, 1);
        for (int h = 1; h <= 8; h++) {
            double m = 61.7 + (70 - 61.7) * fmin(fmax((h - 2) / 4., 0), 1);
            assert_close(median_of(&b, 0, 1, h), measure->gap(m, 78.3, 1, 100), EXACT);
        }
        bench_end(&b);
    }
}

/* A single figure with a target: closing works on the way to it, and a level may pass it. */
static void a_single_figure_closes_the_way_to_its_target(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 9);
    bench_add(&b, 52, 0, 0);
    b.indicators[0].better = 1;
    b.indicators[0].target = 60;
    b.subjects[0].kind = PT_SUBJECT_SINGLE;
    b.subjects[0].gap_at_zero = 60;
    b.subjects[0].gap_sign = -1;
    struct pt_lever closing = lever_of("a", "closing", 20, 2026);
    struct pt_lever level = lever_of("b", "level", 11, 2026);
    scenario_of(&b, &closing, 1);
    scenario_of(&b, &level, 1);
    bench_run(&b, 512, 1);
    for (int h = 2; h <= 9; h++) {
        assert_close(median_of(&b, 0, 1, h), 60 - 8 * pow(.8, h - 1), EXACT);
        assert_close(median_of(&b, 0, 2, h), 63, EXACT);
    }
    assert_close(outcome_of(&b, 0, 1)->closed_horizon.mean, 8 - 8 * pow(.8, 8), EXACT);
    assert_close(outcome_of(&b, 0, 2)->closed_horizon.p50, 11, EXACT);
    bench_end(&b);
}

/* One programme, one draw: the mirrored lever takes 1 - u, so that sizes go together. */
static void mirrored_levers_are_large_together(void **state)
{
    (void)state;
    struct bench b;
    bench_start(&b, 4);
    bench_add(&b, 50, 0, 0);
    struct pt_lever down = lever_of("p", "level", 0, 2025), up = down;
    down.effect.distribution = up.effect.distribution = pt_distribution_find("triangular");
    memcpy(down.effect.par, ((double[]){ -3, -1, 0 }), sizeof down.effect.par);
    memcpy(up.effect.par, ((double[]){ 0, 1, 3 }), sizeof up.effect.par);
    down.effect.chance_of_none = up.effect.chance_of_none = .3;
    up.mirrored = true;
    struct pt_lever both[2] = { down, up };
    scenario_of(&b, both, 2);
    scenario_of(&b, &down, 1);
    bench_run(&b, 3000, 1);
    for (int q = 0; q < PT_BANDS; q++) { /* equal and opposite in every draw */
        assert_close(outcome_of(&b, 0, 1)->bands[q], 50, EXACT);
    }
    assert_true(outcome_of(&b, 0, 2)->bands[0] < 48);
    bench_end(&b);
}

static void closing_closes_whatever_the_direction(void **state)
{
    (void)state;
    struct pt_lever lever = lever_of("a", "closing", 10, 2026);
    struct pt_indicator higher = { .id = "gap", .group = "g", .reference = "r", .better = 1 };
    struct pt_indicator lower = higher;
    lower.better = -1;
    assert_int_equal(pt_lever_direction(&lever, &higher), 1);
    assert_int_equal(pt_lever_direction(&lever, &lower), 1);
    lever.group = "r";
    assert_int_equal(pt_lever_direction(&lever, &lower), 1);
    lever = lever_of("a", "level", 10, 2026);
    assert_int_equal(pt_lever_direction(&lever, &higher), 1);
    assert_int_equal(pt_lever_direction(&lever, &lower), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_level_follows_ramp_end_and_half_life),
        cmocka_unit_test(a_pace_adds_up_and_its_gain_stays_or_halves),
        cmocka_unit_test(closing_on_a_flat_gap_is_geometric),
        cmocka_unit_test(closing_on_a_falling_gap_stops_at_parity),
        cmocka_unit_test(closing_all_in_a_year_is_the_level_that_closes),
        cmocka_unit_test(resources_follow_their_response),
        cmocka_unit_test(reach_target_goes_straight_to_its_value),
        cmocka_unit_test(reach_target_of_a_group_is_in_its_figure),
        cmocka_unit_test(a_single_figure_closes_the_way_to_its_target),
        cmocka_unit_test(mirrored_levers_are_large_together),
        cmocka_unit_test(closing_closes_whatever_the_direction),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
