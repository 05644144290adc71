#include "support/pt_test.h"

#include <math.h>
#include <string.h>

#include <paritet/trend.h>

/* One contract for every family, walked over the registry. */

#define MOST 64
static int years[MOST];
static double values[MOST];

static struct pt_series series_of(size_t n, int first, double (*at)(double t))
{
    for (size_t i = 0; i < n; i++) {
        years[i] = first + (int)i;
        values[i] = at((double)i);
    }
    return (struct pt_series){
        .n = n, .year = years, .y = values, .lower = -INFINITY, .upper = INFINITY, .rounding = 0
    };
}

static double exact_line(double t)
{
    return 12.385 - 0.617 * t;
}

static double wiggly(double t)
{
    return 31.7 - 0.83 * t + 1.9 * sin(2.3 * t + 0.4) + 0.21 * cos(5.1 * t);
}

static double constant(double t)
{
    (void)t;
    return 17.3;
}

static struct pt_fit fit_of(const struct pt_family *family, const struct pt_series *series)
{
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_fit fit;
    struct pt_error err;
    enum pt_status status = pt_fit(family, series, &options, &fit, &err);
    assert_int_equal(status, PT_OK);
    return fit;
}

/* n paths h years on, from one fixed stream. */
static void paths(const struct pt_fit *fit, size_t h, size_t n, double *x, double *curve)
{
    static double z[PT_START_NORMALS * 512], state[PT_PATH_STATE * 512], spare[512];
    struct pt_stream stream = pt_stream_open(7, "contract");
    for (uint32_t b = 0; b < PT_START_NORMALS / 2; b++) {
        pt_stream_normals(&stream, 0, n, b, z + 2 * b * n, z + (2 * b + 1) * n);
    }
    bool holds[512];
    fit->family->start(fit, n, z, state, holds);
    for (size_t k = 1; k <= h; k++) {
        pt_stream_normals(&stream, 0, n, (uint32_t)(10 + k), z, spare);
        fit->family->step(fit, k, n, z, state, x, curve);
    }
}

static void recovers_its_own_exact_curve(void **state)
{
    (void)state;
    for (size_t f = 0; pt_families[f]; f++) {
        struct pt_series series = series_of(11, 2010, exact_line);
        struct pt_fit fit = fit_of(pt_families[f], &series);
        assert_close(fit.pace, -0.617, 1e-12);
        assert_close(fit.level, exact_line(10), 1e-12);
        assert_close(pt_fit_curve(&fit, 2031), exact_line(21), 1e-11);
        assert_close(pt_fit_year_at(&fit, 0), 2010 + 12.385 / 0.617, 1e-9);
    }
}

static void is_invariant_to_the_origin_of_time(void **state)
{
    (void)state;
    for (size_t f = 0; pt_families[f]; f++) {
        struct pt_series now = series_of(12, 2010, wiggly);
        struct pt_fit one = fit_of(pt_families[f], &now);
        struct pt_series then = series_of(12, 1851, wiggly);
        struct pt_fit two = fit_of(pt_families[f], &then);
        assert_close(one.pace, two.pace, 1e-12);
        assert_close(one.sigma, two.sigma, 1e-12);
        assert_close(one.pace_se, two.pace_se, 1e-12);
        assert_true(isnan(one.aicc) ? isnan(two.aicc) : fabs(one.aicc - two.aicc) < 1e-8);
    }
}

static void is_invariant_to_units(void **state)
{
    (void)state;
    double share[512], percent[512], curve[512];
    for (size_t f = 0; pt_families[f]; f++) {
        struct pt_series series = series_of(12, 2010, wiggly);
        struct pt_fit one = fit_of(pt_families[f], &series);
        paths(&one, 9, 512, percent, curve);
        for (size_t i = 0; i < 12; i++) {
            values[i] /= 100;
        }
        struct pt_fit two = fit_of(pt_families[f], &series);
        paths(&two, 9, 512, share, curve);
        assert_close(one.backtest_mase, two.backtest_mase, 1e-11);
        for (size_t i = 0; i < 512; i++) {
            assert_close(100 * share[i], percent[i], 1e-11);
        }
    }
}

static void refuses_below_its_least_n_and_says_what_would_help(void **state)
{
    (void)state;
    struct pt_fit_options options = pt_fit_options_default();
    for (size_t f = 0; pt_families[f]; f++) {
        size_t least = pt_families[f]->least_n;
        struct pt_series series = series_of(least, 2010, wiggly);
        fit_of(pt_families[f], &series);
        series.n = least - 1;
        struct pt_fit fit = { .n = 4711 };
        struct pt_error err;
        assert_int_equal(pt_fit(pt_families[f], &series, &options, &fit, &err), PT_EDATA);
        assert_int_equal(fit.n, 4711); /* untouched */
        char text[400];
        pt_message_print(&err.message, NULL, text, sizeof text);
        assert_non_null(strstr(text, "1 more year"));
    }
}

static void gives_the_same_paths_twice(void **state)
{
    (void)state;
    double one[512], two[512], curve[512];
    for (size_t f = 0; pt_families[f]; f++) {
        struct pt_series series = series_of(9, 2010, wiggly);
        struct pt_fit fit = fit_of(pt_families[f], &series);
        paths(&fit, 17, 512, one, curve);
        paths(&fit, 17, 512, two, curve);
        assert_memory_equal(one, two, sizeof one);
    }
}

/* The figures 12.0 11.75 11.4 11.15 10.8 fall every year; so must their projection. */
static void keeps_moving_past_six_years(void **state)
{
    (void)state;
    static const double falling[] = { 12.0, 11.75, 11.4, 11.15, 10.8 };
    for (size_t f = 0; pt_families[f]; f++) {
        struct pt_series series = series_of(5, 2020, constant);
        memcpy(values, falling, sizeof falling);
        struct pt_fit fit = fit_of(pt_families[f], &series);
        for (int h = 6; h < 30; h++) {
            double change = pt_fit_curve(&fit, 2024 + h + 1) - pt_fit_curve(&fit, 2024 + h);
            assert_close(change, -0.3, 0.02);
        }
    }
}

static void a_constant_history_is_not_certainty(void **state)
{
    (void)state;
    double x[512], curve[512];
    for (size_t f = 0; pt_families[f]; f++) {
        struct pt_series series = series_of(8, 2010, constant);
        series.rounding = 0.1;
        struct pt_fit fit = fit_of(pt_families[f], &series);
        assert_close(fit.sigma, 0.1 / sqrt(12), 1e-12);
        paths(&fit, 1, 512, x, curve);
        assert_true(x[0] != x[1]);
    }
}

static void a_constant_history_has_no_slope_from_rounding(void **state)
{
    (void)state;
    for (size_t f = 0; pt_families[f]; f++) {
        struct pt_series series = series_of(10, 2010, constant);
        struct pt_fit fit = fit_of(pt_families[f], &series);
        assert_true(fit.pace == 0);
        assert_true(isinf(pt_fit_year_at(&fit, 100)));
    }
}

static void refuses_what_is_not_finite(void **state)
{
    (void)state;
    struct pt_fit_options options = pt_fit_options_default();
    for (size_t f = 0; pt_families[f]; f++) {
        struct pt_series series = series_of(8, 2010, wiggly);
        values[3] = NAN;
        struct pt_fit fit;
        assert_int_equal(pt_fit(pt_families[f], &series, &options, &fit, NULL), PT_EDATA);
    }
}

static void a_declared_break_does_not_bend_the_slope(void **state)
{
    (void)state;
    static const int breaks[] = { 2016 };
    for (size_t f = 0; pt_families[f]; f++) {
        struct pt_series series = series_of(12, 2010, exact_line);
        for (size_t i = 6; i < 12; i++) {
            values[i] += 5.3;
        }
        series.n_breaks = 1;
        series.breaks = breaks;
        struct pt_fit fit = fit_of(pt_families[f], &series);
        assert_close(fit.pace, -0.617, 1e-11);
        assert_close(fit.level, exact_line(11) + 5.3, 1e-11);
        if (fit.n_parameters > 2) {
            assert_close(fit.parameters[2].estimate, 5.3, 1e-11);
            assert_int_equal(fit.parameters[2].year, 2016);
            assert_close(pt_fit_curve(&fit, 2012), exact_line(2), 1e-11);
        }
    }
}

static void a_point_alone_between_breaks_is_refused(void **state)
{
    (void)state;
    static const int breaks[] = { 2014, 2015 };
    struct pt_fit_options options = pt_fit_options_default();
    for (size_t f = 0; pt_families[f]; f++) {
        struct pt_series series = series_of(12, 2010, wiggly);
        series.n_breaks = 2;
        series.breaks = breaks;
        struct pt_fit fit;
        assert_int_equal(pt_fit(pt_families[f], &series, &options, &fit, NULL), PT_EDATA);
    }
}

/* METHODS 4: in a linear world with AR(0.4) noise the 80 % band holds about 80 % of outcomes. */
static void bands_of_the_line_hold_what_they_say(void **state)
{
    (void)state;
    enum { WORLDS = 400, N = 10, AHEAD = 5 };
    static double z[64], spare[64], x[512], curve[512];
    size_t inside = 0;
    for (uint64_t w = 0; w < WORLDS; w++) {
        struct pt_stream world = pt_stream_open(99, "worlds");
        for (uint32_t b = 0; b < 16; b++) {
            pt_stream_normals(&world, w, 1, b, &z[b], &spare[b]);
        }
        double noise = z[0], path[N + AHEAD];
        for (size_t i = 0; i < N + AHEAD; i++) {
            noise = i == 0 ? noise : 0.4 * noise + sqrt(1 - 0.16) * z[i];
            path[i] = 20 - 0.3 * (double)i + noise;
        }
        struct pt_series series = series_of(N, 2010, constant);
        memcpy(values, path, N * sizeof *values);
        struct pt_fit fit = fit_of(pt_family_find("linear"), &series);
        paths(&fit, AHEAD, 512, x, curve);
        size_t below = 0;
        for (size_t i = 0; i < 512; i++) {
            below += x[i] < path[N + AHEAD - 1];
        }
        inside += below >= 51 && below <= 461;
    }
    /* .80 with a 4-sigma bound of sqrt(.8 * .2 / 400) = .02 on each side */
    assert_close((double)inside / WORLDS, .80, .08);
}

/* R: summary(lm(y ~ t, weights = w)) with the figures below. */
static void weights_follow_the_variances(void **state)
{
    (void)state;
    static const double y[] = { 16.69, 12.65, 16.67, 13.88, 8.39, 5.2, 8.78 };
    static const int at[] = { 2000, 2002, 2004, 2006, 2008, 2009, 2010 };
    static const double variance[] = { .021, .015, .016, .013, .0073, .0048, .0078 };
    struct pt_series series = {
        .n = 7, .year = at, .y = y, .variance = variance, .lower = 0, .upper = 100
    };
    struct pt_fit fit = fit_of(pt_family_find("linear"), &series);
    /* the weighted normal equations, by hand */
    double sw = 0, st = 0, sy = 0, stt = 0, sty = 0;
    for (int i = 0; i < 7; i++) {
        double w = 1 / variance[i], t = at[i] - 2010;
        sw += w;
        st += w * t;
        sy += w * y[i];
        stt += w * t * t;
        sty += w * t * y[i];
    }
    double slope = (sw * sty - st * sy) / (sw * stt - st * st);
    assert_close(fit.pace, slope, 1e-12);
    assert_close(fit.level, (sy - slope * st) / sw, 1e-12);
}

/* R: x <- 0:7; y <- c(3.1,4.7,2.2,6.9,5.5,8.1,40.3,9.4); median of outer slopes. */
static void theil_sen_resists_an_outlier(void **state)
{
    (void)state;
    static const double y[] = { 3.1, 4.7, 2.2, 6.9, 5.5, 8.1, 40.3, 9.4 };
    struct pt_series series = series_of(8, 2010, constant);
    memcpy(values, y, sizeof y);
    struct pt_fit ols = fit_of(pt_family_find("linear"), &series);
    struct pt_fit ts = fit_of(pt_family_find("theil-sen"), &series);
    assert_true(ols.pace > 2);
    assert_true(ts.pace > 0.8 && ts.pace < 1.3);
}

static void drift_counts_a_hole_as_its_years(void **state)
{
    (void)state;
    static const int at[] = { 2000, 2002, 2004, 2006, 2008, 2009, 2010 };
    static const double y[] = { 10, 12, 14, 16, 18, 19, 20 };
    struct pt_series series = {
        .n = 7, .year = at, .y = y, .lower = -INFINITY, .upper = INFINITY, .rounding = 1
    };
    struct pt_fit fit = fit_of(pt_family_find("drift"), &series);
    assert_close(fit.pace, 1, 1e-12);
    assert_close(fit.sigma, 1 / sqrt(12), 1e-12);
}

static void facts_of_every_card_are_filled_in(void **state)
{
    (void)state;
    for (size_t f = 0; pt_families[f]; f++) {
        const struct pt_family *card = pt_families[f];
        assert_non_null(card->name);
        assert_non_null(card->title);
        assert_non_null(card->formula);
        assert_non_null(card->error_law);
        assert_non_null(card->parity);
        assert_non_null(card->reference);
        assert_true(card->least_n >= 4);
        assert_ptr_equal(pt_family_find(card->name), card);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recovers_its_own_exact_curve),
        cmocka_unit_test(is_invariant_to_the_origin_of_time),
        cmocka_unit_test(is_invariant_to_units),
        cmocka_unit_test(refuses_below_its_least_n_and_says_what_would_help),
        cmocka_unit_test(gives_the_same_paths_twice),
        cmocka_unit_test(keeps_moving_past_six_years),
        cmocka_unit_test(a_constant_history_is_not_certainty),
        cmocka_unit_test(a_constant_history_has_no_slope_from_rounding),
        cmocka_unit_test(refuses_what_is_not_finite),
        cmocka_unit_test(a_declared_break_does_not_bend_the_slope),
        cmocka_unit_test(a_point_alone_between_breaks_is_refused),
        cmocka_unit_test(bands_of_the_line_hold_what_they_say),
        cmocka_unit_test(weights_follow_the_variances),
        cmocka_unit_test(theil_sen_resists_an_outlier),
        cmocka_unit_test(drift_counts_a_hole_as_its_years),
        cmocka_unit_test(facts_of_every_card_are_filled_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
