#include "support/pt_test.h"

#include "test_simulate_bench.h"

/* Levers that begin in observed years: what they would have come to by now counts from the first
 * projected year on. */
#define EXACT 1e-12

/* Figures of 2021 to 2024 on a gap that stands at `level` from then on. */
static void observed(struct bench *b, double level, const double figures[4])
{
    bench_add(b, level, 0, 0);
    for (int i = 0; i < 4; i++) {
        b->years[i] = BENCH_LAST - 3 + i;
        b->values[i] = figures[i];
    }
    b->subjects[0].projected.n = 4;
    b->subjects[0].year_before = b->years;
    b->subjects[0].y_before = b->values;
}

static double after(struct pt_lever lever, double level, const double figures[4], int h)
{
    struct bench b;
    bench_start(&b, 6);
    observed(&b, level, figures);
    scenario_of(&b, &lever, 1);
    bench_run(&b, 600, 3);
    double D = median_of(&b, 0, 1, h) - level;
    bench_end(&b);
    return D;
}

static const double flat[4] = { 40, 40, 40, 40 };

static void a_pace_has_its_years(void **state)
{
    (void)state;
    struct pt_lever lever = lever_of("a", "pace", -.5, 2021);
    lever.until = 2028;
    assert_close(after(lever, 40, flat, 1), -2.5, EXACT);
    assert_close(after(lever, 40, flat, 4), -4, EXACT);
    assert_close(after(lever, 40, flat, 6), -4, EXACT);
    lever.until = 2022; /* it is over, and its gain stays */
    assert_close(after(lever, 40, flat, 1), -1, EXACT);
    lever.half_life = 1;
    assert_close(after(lever, 40, flat, 1), -1. / 8, EXACT);
}

static void a_level_is_as_far_as_its_ramp(void **state)
{
    (void)state;
    struct pt_lever lever = lever_of("a", "level", -4, 2021);
    lever.ramp_shape = PT_RAMP_LINEAR;
    lever.ramp_years = 8;
    assert_close(after(lever, 40, flat, 1), -2.5, EXACT);
    lever.until = 2024;
    assert_close(after(lever, 40, flat, 1), 0, 0);
    lever.half_life = 2;
    assert_close(after(lever, 40, flat, 2), -2. / 2, EXACT);
}

/* The gap that remained is the observed one less what had been closed by then. */
static void closing_takes_the_observed_gaps(void **state)
{
    (void)state;
    static const double falling[4] = { 50, 46, 43, 40 };
    double D = 0;
    for (int i = 0; i < 4; i++) {
        D += .1 * (falling[i] - D);
    }
    D += .1 * (40 - D);
    assert_close(after(lever_of("a", "closing", 10, 2021), 40, falling, 1), -D, EXACT);
    assert_close(after(lever_of("a", "closing", 10, 2021), 40, flat, 1), -40 * (1 - pow(.9, 5)),
                 EXACT);
}

static void entrants_have_come_since(void **state)
{
    (void)state;
    struct pt_lever lever = lever_of("a", "level", -4, 2021);
    lever.turnover = .125;
    for (int h = 1; h <= 6; h++) {
        assert_close(after(lever, 40, flat, h), -4 * fmin(1, .125 * (4 + h)), EXACT);
    }
}

/* Before the first figure, the first is taken. */
static void a_start_before_all_figures(void **state)
{
    (void)state;
    struct pt_lever lever = lever_of("a", "closing", 10, 2015);
    assert_close(after(lever, 40, flat, 1), -40 * (1 - pow(.9, 11)), EXACT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_pace_has_its_years),
        cmocka_unit_test(a_level_is_as_far_as_its_ramp),
        cmocka_unit_test(closing_takes_the_observed_gaps),
        cmocka_unit_test(entrants_have_come_since),
        cmocka_unit_test(a_start_before_all_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
