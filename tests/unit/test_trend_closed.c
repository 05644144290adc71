#include "support/pt_test.h"

#include <math.h>

#include <paritet/trend.h>

/* METHODS 5 check: x = 1..5, y = 1, 5, 2, 8, 3, value 100, 95 %. */
static const double x5[] = { 1, 2, 3, 4, 5 }, y5[] = { 1, 5, 2, 8, 3 };

static struct pt_fieller set_of(double value, double confidence, bool observation, double *mean)
{
    struct pt_line line;
    assert_int_equal(pt_line_through(5, x5, y5, &line, mean, NULL), PT_OK);
    return pt_fieller_line(&line, value, confidence, observation);
}

static void fieller_for_a_new_observation(void **state)
{
    (void)state;
    double mean;
    struct pt_fieller set = set_of(100, .95, true, &mean);
    assert_int_equal(set.kind, PT_FIELLER_EXCLUSIVE);
    assert_close(mean + set.estimate, 140.428571, 5e-9);
    assert_close(mean + set.lower, -39.438153, 5e-8);
    assert_close(mean + set.upper, 29.120839, 5e-8);
}

static void fieller_for_the_mean_line(void **state)
{
    (void)state;
    double mean;
    struct pt_fieller set = set_of(100, .95, false, &mean);
    assert_int_equal(set.kind, PT_FIELLER_EXCLUSIVE);
    assert_close(mean + set.lower, -39.592326, 5e-8);
    assert_close(mean + set.upper, 29.275012, 5e-8);
}

/* At its ends the line is exactly tc standard errors from the value. */
static void fieller_is_finite_for_a_clear_slope(void **state)
{
    (void)state;
    const double t[] = { 0, 1, 2, 3, 4, 5 }, y[] = { 12.31, 11.17, 10.43, 9.02, 8.29, 6.87 };
    struct pt_line line;
    double mean, tc = 4.604094871349993; /* R: qt(.995, 4) */
    assert_int_equal(pt_line_through(6, t, y, &line, &mean, NULL), PT_OK);
    struct pt_fieller set = pt_fieller_line(&line, 2.5, .99, false);
    assert_int_equal(set.kind, PT_FIELLER_FINITE);
    assert_true(set.lower < set.estimate && set.estimate < set.upper);
    const double ends[] = { set.lower, set.upper };
    for (int i = 0; i < 2; i++) {
        double se = sqrt(line.level_var + ends[i] * ends[i] * line.pace_var);
        assert_close(fabs(line.level + line.pace * ends[i] - 2.5) / se, tc, 1e-9);
    }
}

static void fieller_is_the_whole_line_for_pure_noise(void **state)
{
    (void)state;
    double mean;
    assert_int_equal(set_of(4.1, .95, false, &mean).kind, PT_FIELLER_WHOLE_LINE);
}

static void fieller_is_one_ray_when_the_slope_is_just_at_its_limit(void **state)
{
    (void)state;
    /* tc = sqrt(8) makes b^2 = tc^2 var(b) exact in doubles: qt with df 2 is sqrt(8) at
     * p = 1/2 + sqrt(8)/2/sqrt(2 + 8); a hair off, the set is far-reaching or exclusive */
    struct pt_line line = {
        .level = 5.5, .pace = -1, .level_var = 0.25, .pace_var = 0, .sigma2 = 1, .df = 2
    };
    struct pt_fieller finite = pt_fieller_line(&line, 0, .9, false);
    assert_int_equal(finite.kind, PT_FIELLER_FINITE);
    line.pace = 0;
    line.covariance = 0.125;
    struct pt_fieller ray = pt_fieller_line(&line, 0, .9, false);
    assert_int_equal(ray.kind, PT_FIELLER_ONE_RAY);
    assert_true(isinf(ray.upper) && isfinite(ray.lower));
}

static void line_through_refuses_two_points_and_equal_times(void **state)
{
    (void)state;
    struct pt_line line;
    struct pt_error err;
    double mean, same[] = { 3, 3, 3 };
    char said[200];
    assert_int_equal(pt_line_through(2, x5, y5, &line, &mean, &err), PT_EDATA);
    pt_message_print(&err.message, NULL, said, sizeof said);
    assert_string_equal(said, "a line with errors needs at least 3 points and has 2");
    assert_int_equal(pt_line_through(3, same, y5, &line, &mean, &err), PT_EDATA);
    pt_message_print(&err.message, NULL, said, sizeof said);
    assert_string_equal(said, "a line needs points from at least two different years");
}

/* METHODS 5: d = 5, mu = .3, s = 1. */
static void first_passage_in_continuous_time(void **state)
{
    (void)state;
    assert_close(pt_first_passage(5, .3, 1, 10), .3782, 5e-5);
    assert_close(pt_first_passage(5, .3, 1, 20), .7281, 5e-5);
    assert_close(pt_first_passage(5, .3, 1, 40), .9380, 5e-5);
}

static void first_passage_is_a_chance_even_far_out(void **state)
{
    (void)state;
    for (double d = 0.1; d < 1000; d *= 3) {
        for (double mu = -20; mu <= 20; mu += 2.5) {
            double p = pt_first_passage(d, mu, .7, 13);
            assert_true(p >= 0 && p <= 1 + 1e-12);
        }
    }
}

/* At its whole years the summed series is where the closed form says. */
static void damped_crossing_is_where_the_summed_series_is(void **state)
{
    (void)state;
    for (double phi = .8; phi < .99; phi += .045) {
        double sum = 0, power = 1;
        for (int h = 1; h < 40; h++) {
            power *= phi;
            sum += power;
            assert_close(pt_damped_crossing(.617 * sum, -.617, phi), h, 1e-9);
        }
    }
}

static void damped_crossing_is_now_or_never(void **state)
{
    (void)state;
    assert_true(pt_damped_crossing(0, -.617, .9) == 0);
    assert_true(pt_damped_crossing(-1.3, .617, .9) == 0);
    assert_true(isinf(pt_damped_crossing(1.3, 0, .9)));
    assert_true(isinf(pt_damped_crossing(1.3, .617, .9)));
    /* all changes to come sum up to 9 times the last */
    assert_true(isfinite(pt_damped_crossing(8.99 * .617, -.617, .9)));
    assert_true(isinf(pt_damped_crossing(9.01 * .617, -.617, .9)));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(fieller_for_a_new_observation),
        cmocka_unit_test(fieller_for_the_mean_line),
        cmocka_unit_test(fieller_is_finite_for_a_clear_slope),
        cmocka_unit_test(fieller_is_the_whole_line_for_pure_noise),
        cmocka_unit_test(fieller_is_one_ray_when_the_slope_is_just_at_its_limit),
        cmocka_unit_test(line_through_refuses_two_points_and_equal_times),
        cmocka_unit_test(first_passage_in_continuous_time),
        cmocka_unit_test(first_passage_is_a_chance_even_far_out),
        cmocka_unit_test(damped_crossing_is_where_the_summed_series_is),
        cmocka_unit_test(damped_crossing_is_now_or_never),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
