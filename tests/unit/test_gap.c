#include "support/pt_test.h"

#include <math.h>

#include <paritet/barometer.h>

static double gap(const char *name, double m, double r, int s)
{
    return pt_gap_measure_find(name)->gap(m, r, s, 100);
}

/* METHODS 1: unemployment 20 v 10 % falling to 10 v 4 %. */
static void measures_disagree_on_the_pace(void **state)
{
    (void)state;
    assert_close(gap("difference", 20, 10, -1), 10, 1e-12);
    assert_close(gap("difference", 10, 4, -1), 6, 1e-12);
    assert_close(gap("ratio", 20, 10, -1), 100, 1e-12);
    assert_close(gap("ratio", 10, 4, -1), 150, 1e-12);
    assert_close(exp(gap("odds-ratio", 20, 10, -1)), 2.25, 1e-12);
    assert_close(exp(gap("odds-ratio", 10, 4, -1)), 2.6666666666666667, 1e-12);
    assert_close(gap("log-ratio", 10, 4, -1), log(2.5), 1e-12);
}

static void a_positive_gap_means_behind_under_every_measure(void **state)
{
    (void)state;
    for (size_t i = 0; pt_gap_measures[i]; i++) {
        const struct pt_gap_measure *measure = pt_gap_measures[i];
        assert_true(measure->gap(31.7, 43.9, 1, 100) > 0);
        assert_true(measure->gap(31.7, 43.9, -1, 100) < 0);
        assert_true(measure->gap(43.9, 31.7, -1, 100) > 0);
        assert_close(measure->gap(37.3, 37.3, 1, 100), 0, 1e-12);
    }
}

static void inverses_give_the_figure_back(void **state)
{
    (void)state;
    for (size_t i = 0; pt_gap_measures[i]; i++) {
        const struct pt_gap_measure *measure = pt_gap_measures[i];
        for (int s = -1; s <= 1; s += 2) {
            for (double m = 3.7; m < 99; m += 9.1) {
                double g = measure->gap(m, 41.3, s, 100);
                assert_close(measure->inverse(g, 41.3, s, 100), m, 1e-12);
            }
        }
    }
}

static void slopes_are_the_derivatives(void **state)
{
    (void)state;
    const double h = 1e-5;
    for (size_t i = 0; pt_gap_measures[i]; i++) {
        const struct pt_gap_measure *measure = pt_gap_measures[i];
        for (int s = -1; s <= 1; s += 2) {
            double by_m, by_r;
            measure->slopes(27.1, 41.3, s, 100, &by_m, &by_r);
            assert_close(
                by_m,
                (measure->gap(27.1 + h, 41.3, s, 100) - measure->gap(27.1 - h, 41.3, s, 100)) /
                    (2 * h),
                1e-8);
            assert_close(
                by_r,
                (measure->gap(27.1, 41.3 + h, s, 100) - measure->gap(27.1, 41.3 - h, s, 100)) /
                    (2 * h),
                1e-8);
        }
    }
}

static void shares_and_per_cents_have_the_same_odds(void **state)
{
    (void)state;
    const struct pt_gap_measure *odds = pt_gap_measure_find("odds-ratio");
    assert_close(odds->gap(.271, .413, 1, 1), odds->gap(27.1, 41.3, 1, 100), 1e-12);
}

static void a_measure_says_where_it_does_not_exist(void **state)
{
    (void)state;
    assert_false(pt_gap_measure_find("ratio")->domain(3, 0, 100));
    assert_false(pt_gap_measure_find("log-ratio")->domain(0, 3, 100));
    assert_false(pt_gap_measure_find("odds-ratio")->domain(100, 3, 100));
    assert_true(pt_gap_measure_find("odds-ratio")->domain(99.7, 3, 100));
    assert_true(pt_gap_measure_find("ratio")->domain(0, 3, 100));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(measures_disagree_on_the_pace),
        cmocka_unit_test(a_positive_gap_means_behind_under_every_measure),
        cmocka_unit_test(inverses_give_the_figure_back),
        cmocka_unit_test(slopes_are_the_derivatives),
        cmocka_unit_test(shares_and_per_cents_have_the_same_odds),
        cmocka_unit_test(a_measure_says_where_it_does_not_exist),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
