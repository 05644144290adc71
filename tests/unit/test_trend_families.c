#include "unit/test_trend_worlds.h"

/* One contract for every family, walked over the registry; what is particular to one stands in
 * test_trend_lines.c and test_trend_bends.c, awkward series in test_trend_hard.c. */

/* Rounding of the figures alone moves a curve by about 1e-16 times the condition of the problem,
 * which for the nonlinear ones here is below 1e5. */
#define EXACT 1e-10
#define SAME  1e-9

#define FOR_EVERY_FAMILY(f) \
    for (const struct pt_family *const *at = pt_families, *f = *at; f; f = *++at)

static void recovers_its_own_exact_curve(void **state)
{
    (void)state;
    FOR_EVERY_FAMILY(f)
    {
        if (!f->has_curve) {
            continue;
        }
        struct pt_series series = world_series(f, 14, 2010, 0);
        struct pt_fit fit = world_fit(f, &series);
        const double *p = world_of(f)->parameters;
        for (size_t k = 0; f->value && f->parameters[k].name; k++) {
            assert_close(fit.parameters[k].estimate, p[k], EXACT);
            assert_string_equal(fit.parameters[k].name, f->parameters[k].name);
        }
        for (size_t i = f->value ? 0 : 13; i < 14; i++) {
            assert_close(pt_fit_curve(&fit, world_year[i]), world_y[i], EXACT);
        }
        assert_close(pt_fit_curve(&fit, 2026), world_value(f, 3), EXACT);
        assert_close(fit.level, world_value(f, 0), EXACT);
        /* central differences are good to the cube root of the rounding error */
        assert_close(fit.pace, (world_value(f, 1e-5) - world_value(f, -1e-5)) / 2e-5, 1e-8);
    }
}

/* Families without a drawn curve, but with one ahead. */
static void goes_on_as_its_own_curve_within_its_grid(void **state)
{
    (void)state;
    FOR_EVERY_FAMILY(f)
    {
        double grid = world_of(f)->grid;
        if (grid == 0) {
            continue;
        }
        struct pt_series series = world_series(f, 14, 2010, 0);
        struct pt_fit fit = world_fit(f, &series);
        assert_close(fit.level, world_value(f, 0), grid);
        assert_close(fit.pace, world_value(f, 1) - world_value(f, 0), grid);
        assert_true(isnan(pt_fit_curve(&fit, 2022)));
        for (int h = 0; h < 30; h++) {
            assert_close(pt_fit_curve(&fit, 2023 + h), world_value(f, h), grid);
        }
    }
}

/* The middle of its paths is the curve ahead. */
static void its_median_path_is_its_curve(void **state)
{
    (void)state;
    static const double half = .5;
    struct pt_stream stream = pt_stream_open(3, "median");
    FOR_EVERY_FAMILY(f)
    {
        if (world_of(f)->grid == 0) {
            continue;
        }
        struct pt_series series = world_series(f, 14, 2010, 0.13);
        struct pt_fit fit = world_fit(f, &series);
        for (size_t h = 1; h < 14; h += 6) {
            double q;
            assert_int_equal(pt_fit_quantiles(&fit, h, 1, &half, &stream, 20000, &q, NULL), PT_OK);
            /* 5 standard errors of a median, with room for the heavier tails */
            double error = 5 * 1.2533 * 1.5 * fit.sigma * sqrt((double)h / 20000) * (double)h;
            assert_true(fabs(q - pt_fit_curve(&fit, 2023 + (int)h)) < error);
        }
    }
}

/* Nothing is known of the change across a break, so it is taken to be the mean of the others. */
static void a_jump_in_a_straight_line_changes_nothing_ahead(void **state)
{
    (void)state;
    static const int breaks[] = { 2015 };
    FOR_EVERY_FAMILY(f)
    {
        if (world_of(f)->grid == 0) {
            continue;
        }
        struct pt_series series = world_series(pt_family_find("linear"), 14, 2010, 0);
        struct pt_fit whole = world_fit(f, &series);
        for (size_t i = 0; i < 5; i++) {
            world_y[i] -= 1.3;
        }
        series.n_breaks = 1;
        series.breaks = breaks;
        series.break_kinds = NULL;
        struct pt_fit broken = world_fit(f, &series);
        for (int h = 0; h < 20; h += 3) {
            assert_close(pt_fit_curve(&broken, 2023 + h), pt_fit_curve(&whole, 2023 + h), SAME);
        }
    }
}

static void its_gradient_equals_central_differences(void **state)
{
    (void)state;
    FOR_EVERY_FAMILY(f)
    {
        double p[4], g[4];
        assert_true(!f->value == !f->gradient);
        for (double t = -9.3; f->value && t < 8; t += 1.7) {
            memcpy(p, world_of(f)->parameters, sizeof p);
            f->gradient(p, t, g);
            for (size_t k = 0; f->parameters[k].name; k++) {
                double kept = p[k], d = 1e-5;
                p[k] = kept + d;
                double above = f->value(p, t);
                p[k] = kept - d;
                double below = f->value(p, t);
                p[k] = kept;
                assert_close(g[k], (above - below) / (2 * d), 1e-7);
            }
        }
    }
}

static void is_invariant_to_the_origin_of_time(void **state)
{
    (void)state;
    FOR_EVERY_FAMILY(f)
    {
        struct pt_series now = world_series(f, 12, 2010, 0.13);
        struct pt_fit one = world_fit(f, &now);
        struct pt_series then = world_series(f, 12, 1851, 0.13);
        struct pt_fit two = world_fit(f, &then);
        assert_close(one.pace, two.pace, EXACT);
        assert_close(one.level, two.level, EXACT);
        assert_close(one.sigma, two.sigma, EXACT);
        for (size_t k = 0; k < one.n_parameters; k++) {
            assert_close(one.parameters[k].estimate, two.parameters[k].estimate, SAME);
        }
    }
}

static void is_invariant_to_units(void **state)
{
    (void)state;
    double share[512], percent[512], curve[512];
    FOR_EVERY_FAMILY(f)
    {
        struct pt_series series = world_series(f, 12, 2010, 0.13);
        series.rounding = 0.01;
        struct pt_fit one = world_fit(f, &series);
        world_paths(&one, 9, 512, percent, curve);
        for (size_t i = 0; i < 12; i++) {
            world_y[i] /= 100;
        }
        series.lower /= 100;
        series.upper /= 100;
        series.rounding /= 100;
        struct pt_fit two = world_fit(f, &series);
        world_paths(&two, 9, 512, share, curve);
        assert_close(100 * two.pace, one.pace, SAME);
        if (f->value) {
            assert_close(100 * two.loo_mae, one.loo_mae, SAME);
        }
        assert_close(one.backtest_mase, two.backtest_mase, SAME);
        for (size_t i = 0; i < 512; i++) {
            assert_close(100 * share[i], percent[i], SAME);
        }
    }
}

static void refuses_below_its_least_n_and_says_what_would_help(void **state)
{
    (void)state;
    struct pt_fit_options options = pt_fit_options_default();
    FOR_EVERY_FAMILY(f)
    {
        struct pt_series series = world_series(f, world_least(f), 2010, 0.013);
        world_fit(f, &series);
        series = world_series(f, f->least_n - 1, 2010, 0.013);
        series.n_breaks = 0;
        struct pt_fit fit, before;
        memset(&fit, 0x5a, sizeof fit);
        memcpy(&before, &fit, sizeof fit);
        struct pt_error err;
        assert_int_equal(pt_fit(f, &series, &options, &fit, &err), PT_EDATA);
        assert_memory_equal(&fit, &before, sizeof fit);
        char text[400];
        pt_message_print(&err.message, NULL, text, sizeof text);
        assert_non_null(strstr(text, "1 more year"));
    }
}

/* Year 0 is the drawn curve at the last figure, and asking for it changes nothing. */
static void knows_the_drawn_curve_before_its_first_year(void **state)
{
    (void)state;
    enum { N = 64 };
    double z[PT_START_NORMALS * N], spare[N], x[N], curve[N], one[N], two[N];
    double kept[PT_PATH_STATE * N], again[PT_PATH_STATE * N];
    bool holds[N];
    FOR_EVERY_FAMILY(f)
    {
        if (!f->has_curve) {
            continue;
        }
        struct pt_series series = world_series(f, 14, 2010, 0.13);
        struct pt_fit fit = world_fit(f, &series);
        struct pt_stream stream = pt_stream_open(7, "year 0");
        memset(kept, 0, sizeof kept);
        for (uint32_t b = 0; b < PT_START_NORMALS / 2; b++) {
            pt_stream_normals(&stream, 0, N, b, z + 2 * b * N, z + (2 * b + 1) * N);
        }
        f->start(&fit, N, z, kept, holds);
        memcpy(again, kept, sizeof kept);
        f->step(&fit, 0, N, z, again, x, one);
        assert_memory_equal(again, kept, sizeof kept);
        pt_stream_normals(&stream, 0, N, 9, z, spare);
        f->step(&fit, 1, N, z, again, x, two);
        f->step(&fit, 1, N, z, kept, x, curve);
        assert_memory_equal(two, curve, sizeof two);
        for (size_t i = 0; i < N; i++) {
            assert_true(isfinite(one[i]));
        }
    }
}

static void gives_the_same_bytes_twice(void **state)
{
    (void)state;
    static double one[512], two[512], curve[512];
    FOR_EVERY_FAMILY(f)
    {
        struct pt_series series = world_series(f, 13, 2010, 0.13);
        struct pt_fit first = world_fit(f, &series), second = world_fit(f, &series);
        assert_memory_equal(first.numbers, second.numbers, sizeof first.numbers);
        for (size_t k = 0; k < first.n_parameters; k++) {
            assert_memory_equal(&first.parameters[k].estimate, &second.parameters[k].estimate,
                                2 * sizeof(double));
        }
        world_paths(&first, 17, 512, one, curve);
        world_paths(&second, 17, 512, two, curve);
        assert_memory_equal(one, two, sizeof one);
    }
}

static void keeps_its_bands_inside_the_bounds_at_every_quantile(void **state)
{
    (void)state;
    static const double p[] = { 1e-4, .001, .025, .1, .5, .9, .975, .999, .9999 };
    enum { N = sizeof p / sizeof *p };
    struct pt_stream stream = pt_stream_open(3, "bounds");
    FOR_EVERY_FAMILY(f)
    {
        struct pt_series series = world_series(f, 12, 2010, 0.13);
        series.lower = world_of(f)->scale == LOGIT ? 0 : 5;
        series.upper = world_of(f)->scale == LOGIT ? 100 : 20;
        struct pt_fit fit = world_fit(f, &series);
        for (size_t h = 1; h < 60; h += 7) {
            double q[N];
            assert_int_equal(pt_fit_quantiles(&fit, h, N, p, &stream, 1024, q, NULL), PT_OK);
            for (size_t k = 0; k < N; k++) {
                assert_true(q[k] >= series.lower && q[k] <= series.upper);
                assert_true(k == 0 || q[k] >= q[k - 1]);
            }
        }
    }
}

static void a_declared_jump_does_not_bend_it(void **state)
{
    (void)state;
    static const int breaks[] = { 2015 };
    FOR_EVERY_FAMILY(f)
    {
        if (!f->has_curve || strcmp(f->name, "piecewise") == 0) {
            continue; /* test_trend_lines.c has the pieces */
        }
        struct pt_series series = world_series(f, 14, 2010, 0);
        double jump = world_of(f)->scale == PLAIN ? 5.3 : 0.53;
        for (size_t i = 0; i < 5; i++) {
            world_y[i] = world_shift(world_of(f)->scale, world_y[i], -jump);
        }
        series.n_breaks = 1;
        series.breaks = breaks;
        series.break_kinds = NULL;
        struct pt_fit fit = world_fit(f, &series);
        const struct pt_fit_parameter *last = &fit.parameters[fit.n_parameters - 1];
        assert_close(fit.level, world_value(f, 0), EXACT);
        for (size_t i = 0; f->value && i < 14; i++) {
            assert_close(pt_fit_curve(&fit, world_year[i]), world_y[i], SAME);
        }
        if (f->value) {
            assert_string_equal(last->name, "level");
            assert_int_equal(last->year, 2015);
            assert_close(last->estimate, jump, SAME);
        }
    }
}

static void a_declared_bend_is_fitted_or_refused_with_a_way_out(void **state)
{
    (void)state;
    static const int breaks[] = { 2015 };
    static const enum pt_break_kind kinds[] = { PT_BREAK_BOTH };
    struct pt_fit_options options = pt_fit_options_default();
    FOR_EVERY_FAMILY(f)
    {
        if (strcmp(f->name, "consensus") == 0 || strcmp(f->name, "piecewise") == 0) {
            continue;
        }
        enum world_scale scale = world_of(f)->scale;
        double unit = scale == PLAIN ? 1 : 0.1;
        struct pt_series series = world_series(f, 14, 2010, 0);
        for (int i = 0; i < 5; i++) {
            world_y[i] = world_shift(scale, world_y[i], unit * (-5.3 - 0.71 * (i - 5)));
        }
        series.n_breaks = 1;
        series.breaks = breaks;
        series.break_kinds = kinds;
        struct pt_fit fit;
        struct pt_error err;
        enum pt_status status = pt_fit(f, &series, &options, &fit, &err);
        if (!world_of(f)->slopes) {
            char text[400];
            assert_int_equal(status, PT_EDATA);
            pt_message_print(&err.message, NULL, text, sizeof text);
            assert_non_null(strstr(text, "use 'piecewise'"));
            continue;
        }
        assert_int_equal(status, PT_OK);
        const struct pt_fit_parameter *last = &fit.parameters[fit.n_parameters - 1];
        assert_string_equal(last[0].name, "slope");
        assert_close(last[0].estimate, 0.71 * unit, EXACT);
        assert_close(last[-1].estimate, 5.3 * unit, EXACT);
        assert_close(pt_fit_curve(&fit, 2012), world_y[2], EXACT);
        assert_close(fit.level, world_value(f, 0), EXACT);
    }
}

static void a_point_alone_between_breaks_is_refused(void **state)
{
    (void)state;
    static const int breaks[] = { 2014, 2015 };
    struct pt_fit_options options = pt_fit_options_default();
    FOR_EVERY_FAMILY(f)
    {
        struct pt_series series = world_series(f, 12, 2010, 0.13);
        series.n_breaks = 2;
        series.breaks = breaks;
        series.break_kinds = NULL;
        struct pt_fit fit;
        assert_int_equal(pt_fit(f, &series, &options, &fit, NULL), PT_EDATA);
    }
}

static void refuses_what_is_not_finite(void **state)
{
    (void)state;
    struct pt_fit_options options = pt_fit_options_default();
    FOR_EVERY_FAMILY(f)
    {
        struct pt_series series = world_series(f, 12, 2010, 0.13);
        world_y[3] = (double)NAN;
        struct pt_fit fit;
        assert_int_equal(pt_fit(f, &series, &options, &fit, NULL), PT_EDATA);
    }
}

static void facts_of_every_card_are_filled_in(void **state)
{
    (void)state;
    FOR_EVERY_FAMILY(f)
    {
        assert_non_null(f->title);
        assert_non_null(f->formula);
        assert_non_null(f->error_law);
        assert_non_null(f->parity);
        assert_non_null(f->reference);
        assert_true(f->least_n >= 4);
        assert_ptr_equal(pt_family_find(f->name), f);
        assert_non_null(f->parameters[0].name);
        for (size_t k = 0; f->parameters[k].name; k++) {
            assert_non_null(f->parameters[k].title);
            assert_non_null(f->parameters[k].unit);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(recovers_its_own_exact_curve),
        cmocka_unit_test(goes_on_as_its_own_curve_within_its_grid),
        cmocka_unit_test(its_median_path_is_its_curve),
        cmocka_unit_test(a_jump_in_a_straight_line_changes_nothing_ahead),
        cmocka_unit_test(its_gradient_equals_central_differences),
        cmocka_unit_test(is_invariant_to_the_origin_of_time),
        cmocka_unit_test(is_invariant_to_units),
        cmocka_unit_test(refuses_below_its_least_n_and_says_what_would_help),
        cmocka_unit_test(knows_the_drawn_curve_before_its_first_year),
        cmocka_unit_test(gives_the_same_bytes_twice),
        cmocka_unit_test(keeps_its_bands_inside_the_bounds_at_every_quantile),
        cmocka_unit_test(a_declared_jump_does_not_bend_it),
        cmocka_unit_test(a_declared_bend_is_fitted_or_refused_with_a_way_out),
        cmocka_unit_test(a_point_alone_between_breaks_is_refused),
        cmocka_unit_test(refuses_what_is_not_finite),
        cmocka_unit_test(facts_of_every_card_are_filled_in),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
