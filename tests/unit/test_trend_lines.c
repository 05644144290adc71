#include "unit/test_trend_worlds.h"

#include <gsl/gsl_errno.h>
#include <gsl/gsl_multifit.h>

/* What is particular to the straight lines: linear, robust, theil-sen, piecewise, drift. */

static struct pt_series series_of(size_t n, const double *y, int first)
{
    for (size_t i = 0; i < n; i++) {
        world_year[i] = first + (int)i;
        world_y[i] = y[i];
    }
    return (struct pt_series){ .n = n,
                               .year = world_year,
                               .y = world_y,
                               .lower = (double)-INFINITY,
                               .upper = (double)INFINITY };
}

static struct pt_fit fit_named(const char *family, const struct pt_series *series)
{
    return world_fit(pt_family_find(family), series);
}

static void all_of_them_draw_one_line_through_a_line(void **state)
{
    (void)state;
    static const char *const names[] = { "linear", "robust", "theil-sen", "quadratic", "drift" };
    double y[11];
    for (size_t i = 0; i < 11; i++) {
        y[i] = 12.385 - 0.617 * (double)i;
    }
    for (size_t f = 0; f < sizeof names / sizeof *names; f++) {
        struct pt_series series = series_of(11, y, 2010);
        struct pt_fit fit = fit_named(names[f], &series);
        assert_close(fit.pace, -0.617, 1e-12);
        assert_close(fit.level, y[10], 1e-12);
        assert_close(pt_fit_curve(&fit, 2031), 12.385 - 0.617 * 21, 1e-11);
        assert_close(pt_fit_year_at(&fit, 0), 2010 + 12.385 / 0.617, 1e-9);
    }
}

/* The figures 12.0 11.75 11.4 11.15 10.8 fall every year; so must their projection. */
static void keeps_moving_past_six_years(void **state)
{
    (void)state;
    static const double falling[] = { 12.0, 11.75, 11.4, 11.15, 10.8 };
    static const char *const names[] = { "linear", "theil-sen", "drift" };
    for (size_t f = 0; f < sizeof names / sizeof *names; f++) {
        struct pt_series series = series_of(5, falling, 2020);
        struct pt_fit fit = fit_named(names[f], &series);
        for (int h = 6; h < 30; h++) {
            double change = pt_fit_curve(&fit, 2024 + h + 1) - pt_fit_curve(&fit, 2024 + h);
            assert_close(change, -0.3, 0.02);
        }
    }
}

/* METHODS 4: in a linear world with AR(0.4) noise the 80 % band holds about 80 % of outcomes. */
static void bands_of_the_line_hold_what_they_say(void **state)
{
    (void)state;
    enum { WORLDS = 400, N = 10, AHEAD = 5 };
    static double z[64], spare[64], x[512], curve[512];
    size_t inside = 0;
    struct pt_stream world = pt_stream_open(99, "worlds");
    for (uint64_t w = 0; w < WORLDS; w++) {
        for (uint32_t b = 0; b < 16; b++) {
            pt_stream_normals(&world, w, 1, b, &z[b], &spare[b]);
        }
        double noise = z[0], path[N + AHEAD];
        for (size_t i = 0; i < N + AHEAD; i++) {
            noise = i == 0 ? noise : 0.4 * noise + sqrt(1 - 0.16) * z[i];
            path[i] = 20 - 0.3 * (double)i + noise;
        }
        struct pt_series series = series_of(N, path, 2010);
        struct pt_fit fit = fit_named("linear", &series);
        world_paths(&fit, AHEAD, 512, x, curve);
        size_t below = 0;
        for (size_t i = 0; i < 512; i++) {
            below += x[i] < path[N + AHEAD - 1];
        }
        inside += below >= 51 && below <= 461;
    }
    /* .80 with a 4-sigma bound of sqrt(.8 * .2 / 400) = .02 on each side */
    assert_close((double)inside / WORLDS, .80, .08);
}

/* R: x <- 0:7; y <- c(3.1,4.7,2.2,6.9,5.5,8.1,40.3,9.4); median of outer slopes. */
static const double with_outlier[] = { 3.1, 4.7, 2.2, 6.9, 5.5, 8.1, 40.3, 9.4 };

static void two_of_them_resist_an_outlier(void **state)
{
    (void)state;
    struct pt_series series = series_of(8, with_outlier, 2010);
    assert_true(fit_named("linear", &series).pace > 2);
    struct pt_fit fit = fit_named("theil-sen", &series);
    assert_true(fit.pace > 0.8 && fit.pace < 1.3);
    fit = fit_named("robust", &series);
    assert_true(fit.pace > 0.8 && fit.pace < 1.3);
    struct pt_explanation why = { 0 };
    char text[400];
    fit.family->explain(&fit, &why);
    assert_int_equal(why.n, 1);
    pt_message_print(&why.sentences[0], NULL, text, sizeof text);
    assert_non_null(strstr(text, "2016"));
}

/* The same estimator as GSL's, weights and leverages and all. */
static void robust_is_gsl_multifit_robust(void **state)
{
    (void)state;
    enum { N = 8 };
    gsl_error_handler_t *before = gsl_set_error_handler_off();
    struct pt_series series = series_of(N, with_outlier, 2010);
    struct pt_fit fit = fit_named("robust", &series);
    gsl_matrix *X = gsl_matrix_alloc(N, 2), *cov = gsl_matrix_alloc(2, 2);
    gsl_vector *c = gsl_vector_alloc(2);
    gsl_vector_const_view y = gsl_vector_const_view_array(with_outlier, N);
    gsl_multifit_robust_workspace *work =
        gsl_multifit_robust_alloc(gsl_multifit_robust_bisquare, N, 2);
    for (size_t i = 0; i < N; i++) {
        gsl_matrix_set(X, i, 0, 1);
        gsl_matrix_set(X, i, 1, (double)i - (N - 1));
    }
    assert_int_equal(gsl_multifit_robust(X, &y.vector, c, cov, work), 0);
    /* GSL stops when coefficients move by less than 1.5e-8 of themselves */
    assert_close(fit.level, gsl_vector_get(c, 0), 1e-6);
    assert_close(fit.pace, gsl_vector_get(c, 1), 1e-6);
    assert_close(fit.parameters[0].se, sqrt(gsl_matrix_get(cov, 0, 0)), 1e-6);
    assert_close(fit.parameters[1].se, sqrt(gsl_matrix_get(cov, 1, 1)), 1e-6);
    assert_close(fit.sigma, gsl_multifit_robust_statistics(work).sigma, 1e-6);
    gsl_multifit_robust_free(work);
    gsl_vector_free(c);
    gsl_matrix_free(cov);
    gsl_matrix_free(X);
    gsl_set_error_handler(before);
}

static void drift_counts_a_hole_as_its_years(void **state)
{
    (void)state;
    static const int at[] = { 2000, 2002, 2004, 2006, 2008, 2009, 2010 };
    static const double y[] = { 10, 12, 14, 16, 18, 19, 20 };
    struct pt_series series = { .n = 7,
                                .year = at,
                                .y = y,
                                .lower = (double)-INFINITY,
                                .upper = (double)INFINITY,
                                .rounding = 1 };
    struct pt_fit fit = fit_named("drift", &series);
    assert_close(fit.pace, 1, 1e-12);
    assert_close(fit.sigma, 1 / sqrt(12), 1e-12);
}

/* Down by 0.9 a year until 2016, up by 0.4 from there. */
static struct pt_series knee(double noise)
{
    double y[16];
    for (size_t i = 0; i < 16; i++) {
        double t = (double)i - 6;
        y[i] = 20 + (t < 0 ? -0.9 : 0.4) * t + noise * world_noise((double)i);
    }
    return series_of(16, y, 2010);
}

static void a_searched_break_is_found_and_costs_its_errors(void **state)
{
    (void)state;
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_series series = knee(0.23);
    struct pt_fit searched, declared;
    options.search_breaks = true;
    const struct pt_family *piecewise = pt_family_find("piecewise");
    assert_int_equal(pt_fit(piecewise, &series, &options, &searched, NULL), PT_OK);
    assert_int_equal(searched.n_parameters, 3);
    assert_string_equal(searched.parameters[2].name, "slope");
    assert_int_equal(searched.parameters[2].year, 2016);
    options.search_breaks = false;
    static const int at[] = { 2016 };
    static const enum pt_break_kind kind[] = { PT_BREAK_SLOPE };
    series.n_breaks = 1;
    series.breaks = at;
    series.break_kinds = kind;
    assert_int_equal(pt_fit(piecewise, &series, &options, &declared, NULL), PT_OK);
    assert_close(searched.pace, declared.pace, 1e-12);
    assert_close(searched.parameters[2].estimate, declared.parameters[2].estimate, 1e-12);
    assert_true(searched.pace_se > 1.1 * declared.pace_se);
    assert_close(declared.df, 13, 0);
    assert_close(searched.df, 11, 0); /* its place costs two */
}

static void no_break_is_found_in_a_line(void **state)
{
    (void)state;
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_series series = world_series(pt_family_find("linear"), 15, 2010, 0.31);
    struct pt_fit fit;
    options.search_breaks = true;
    assert_int_equal(pt_fit(pt_family_find("piecewise"), &series, &options, &fit, NULL), PT_OK);
    assert_int_equal(fit.n_parameters, 2);
    assert_close(fit.pace, fit_named("linear", &series).pace, 1e-12);
}

static void refusal(const struct pt_series *series, bool search, const char *says)
{
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_fit fit;
    struct pt_error err;
    char text[400];
    options.search_breaks = search;
    assert_int_equal(pt_fit(pt_family_find("piecewise"), series, &options, &fit, &err), PT_EDATA);
    pt_message_print(&err.message, NULL, text, sizeof text);
    assert_string_equal(text, says);
}

static void pieces_need_a_break_and_four_figures(void **state)
{
    (void)state;
    static const int at[] = { 2013 };
    struct pt_series series = knee(0.23);
    series.n = 10;
    refusal(&series, false,
            "'piecewise' needs a break; declare it under 'breaks', or use 'linear'");
    refusal(&series, true,
            "'piecewise' looks for breaks from 11 yearly figures on and has 10; declare one under "
            "'breaks', or use 'linear'");
    series.n_breaks = 1;
    series.breaks = at;
    refusal(&series, false,
            "'piecewise' needs at least 4 figures in each piece, and the one from 2010 has 3; use "
            "'linear'");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(all_of_them_draw_one_line_through_a_line),
        cmocka_unit_test(keeps_moving_past_six_years),
        cmocka_unit_test(bands_of_the_line_hold_what_they_say),
        cmocka_unit_test(two_of_them_resist_an_outlier),
        cmocka_unit_test(robust_is_gsl_multifit_robust),
        cmocka_unit_test(drift_counts_a_hole_as_its_years),
        cmocka_unit_test(a_searched_break_is_found_and_costs_its_errors),
        cmocka_unit_test(no_break_is_found_in_a_line),
        cmocka_unit_test(pieces_need_a_break_and_four_figures),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
