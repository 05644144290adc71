#include "support/pt_test.h"

#include <math.h>
#include <string.h>

#include <paritet/trend.h>

/* Mean |change| 2.5; the values after it are 1 below, 3 above and 0 from the forecasts. */
static const int years[] = { 2011, 2012, 2013, 2014, 2015, 2016, 2017, 2018 };
static const double past_y[] = { 10.5, 12.5, 9.5, 12.0, 14.5 };
static const double after_y[] = { 15.5, 18.5, 14.5 };
static const struct pt_series past = { .n = 5, .year = years, .y = past_y };
static const struct pt_series after = { .n = 3, .year = years + 5, .y = after_y };
static const struct pt_forecast forecasts[] = {
    { 16.5, 15.75, 17.25, 13.5, 19.5 }, /* outside 80 %, inside 95 % */
    { 15.5, 14.5, 16.5, 13.5, 17.5 },   /* outside both, 1 above 95 % */
    { 14.5, 13.5, 15.5, 12.5, 16.5 },   /* inside both */
};

static void scores_are_those_of_a_hand_count(void **state)
{
    (void)state;
    struct pt_score s = pt_score_make(&past, &after, forecasts);
    assert_int_equal(s.years, 3);
    assert_close(s.scale, (2 + 3 + 2.5 + 2.5) / 4, 1e-15);
    assert_close(s.mae, (1 + 3 + 0) / 3.0, 1e-15);
    assert_close(s.naive_mae, (1 + 4 + 0) / 3.0, 1e-15);
    assert_close(s.smape, (200 * 1 / 32.0 + 200 * 3 / 34.0) / 3, 1e-14);
    assert_close(s.naive_smape, (200 * 1 / 30.0 + 200 * 4 / 33.0) / 3, 1e-14);
    /* widths 6, 4, 4 and 2/0.05 times the 1 by which the second lies outside */
    assert_close(s.interval, (6 + 4 + 40 + 4) / 3.0, 1e-13);
    assert_int_equal(s.inside80, 1);
    assert_int_equal(s.inside95, 2);
}

static void a_year_without_figure_is_not_scored(void **state)
{
    (void)state;
    static const int later[] = { 2016, 2018 };
    static const double y[] = { 15.5, 14.5 };
    const struct pt_series holes = { .n = 2, .year = later, .y = y };
    struct pt_score s = pt_score_make(&past, &holes, forecasts);
    assert_int_equal(s.years, 2);
    assert_close(s.mae, 0.5, 1e-15);
    assert_int_equal(s.inside95, 2);
}

static void the_naive_forecast_has_an_owa_of_one(void **state)
{
    (void)state;
    struct pt_forecast same[3];
    for (size_t h = 0; h < 3; h++) {
        same[h] = (struct pt_forecast){ 14.5, 13, 16, 12, 17 };
    }
    struct pt_score s = pt_score_make(&past, &after, same);
    const struct pt_score *const scores[] = { &s, &s, &s };
    struct pt_accuracy a;
    assert_int_equal(pt_accuracy_make(scores, 3, &a, NULL), PT_OK);
    assert_close(a.owa, 1, 1e-15);
    assert_close(a.relative_mase, 1, 1e-15);
    assert_int_equal(a.series, 3);
}

/* 250 series: two are left out, those on which no change would have been most wrong. */
static void the_hardest_hundredth_is_left_out(void **state)
{
    (void)state;
    struct pt_score s[250];
    const struct pt_score *all[250];
    for (size_t i = 0; i < 250; i++) {
        s[i] = (struct pt_score){ .years = 1,
                                  .scale = 2,
                                  .smape = 1,
                                  .naive_smape = 1,
                                  .mae = 1,
                                  .naive_mae = i == 17 || i == 203 ? 11 : 1,
                                  .interval = i == 17 || i == 203 ? 1001
                                              : i == 5            ? 37
                                                                  : 3 };
        all[i] = &s[i];
    }
    struct pt_accuracy a;
    assert_int_equal(pt_accuracy_make(all, 250, &a, NULL), PT_OK);
    assert_close(a.msis, (2 * 1001 + 37 + 247 * 3) / 500.0, 1e-12);
    assert_close(a.msis_trimmed, (37 + 247 * 3) / 496.0, 1e-12);
}

static void a_flat_history_has_no_scale_and_counts_elsewhere(void **state)
{
    (void)state;
    struct pt_score flat = { .years = 2,
                             .smape = 3,
                             .naive_smape = 6,
                             .mae = 5,
                             .naive_mae = 7,
                             .interval = 9,
                             .inside80 = 1,
                             .inside95 = 2 };
    struct pt_score usual = { .years = 2,
                              .scale = 2,
                              .smape = 1,
                              .naive_smape = 2,
                              .mae = 1,
                              .naive_mae = 4,
                              .interval = 10,
                              .inside80 = 2,
                              .inside95 = 2 };
    const struct pt_score *const scores[] = { &flat, &usual };
    struct pt_accuracy a;
    assert_int_equal(pt_accuracy_make(scores, 2, &a, NULL), PT_OK);
    assert_close(a.mase, .5, 1e-15);
    assert_close(a.relative_mase, .25, 1e-15);
    assert_close(a.smape, 2, 1e-15);
    assert_close(a.msis, 5, 1e-15);
    assert_close(a.cov80, .75, 1e-15);
    assert_close(a.owa, (.5 + .25) / 2, 1e-15);
}

/* ------------------------------------------------------------------ calibration */

static void calibration_counts_in_ten_bins(void **state)
{
    (void)state;
    const double chance[] = { .05, .08, .31, .39, .39, 1, .95 };
    const bool came[] = { false, true, false, true, true, true, false };
    struct pt_calibration c = pt_calibration_make(chance, came, 7);
    assert_int_equal(c.bins[0].n, 2);
    assert_int_equal(c.bins[3].n, 3);
    assert_int_equal(c.bins[9].n, 2);
    assert_close(c.bins[3].stated, 1.09 / 3, 1e-15);
    assert_close(c.bins[3].observed, 2 / 3.0, 1e-15);
    assert_close(c.ece, (fabs(.13 - 1) + fabs(1.09 - 2) + fabs(1.95 - 1)) / 7, 1e-15);
    assert_close(c.observed, 4 / 7.0, 1e-15);
    assert_close(c.base_brier, 4 / 7.0 * 3 / 7.0, 1e-15);
    double brier = .05 * .05 + .92 * .92 + .31 * .31 + 2 * .61 * .61 + .95 * .95;
    assert_close(c.brier, brier / 7, 1e-15);
    assert_true(isnan(c.bins[5].stated));
    assert_true(isnan(pt_calibration_make(chance, came, 0).ece));
}

/* Four futures by hand: the level 14.5 + 2.5 is first reached in year 1, 2, never and 3. */
static void crossings_count_first_years_and_runs(void **state)
{
    (void)state;
    double x[] = { 17.5, 12, 16, 16, /* year 1 */
                   17,   18, 16, 16, /* year 2: at the level counts */
                   19,   12, 16, 19 };
    bool holds[] = { true, true, true, true };
    const struct pt_futures futures = { .years = 3, .draws = 4, .x = x, .holds = holds };
    struct pt_crossing c[PT_CROSSINGS];
    size_t n = pt_crossings_make(&past, &after, forecasts, &futures, c);
    assert_int_equal(n, 6); /* 3 years: none as far as PT_CROSSING_FAR */
    assert_int_equal(c[0].steps, 1);
    assert_int_equal(c[0].direction, 1);
    assert_close(c[0].level, 17, 1e-15);
    assert_int_equal(c[0].years, 3);
    assert_close(c[0].chance[0], .25, 1e-15);
    assert_close(c[0].chance[1], .5, 1e-15);
    assert_close(c[0].chance[2], .75, 1e-15);
    assert_int_equal(c[0].first, 2); /* 15.5, 18.5, 14.5 */
    assert_close(c[0].chance_kept, .25, 1e-15);
    assert_false(c[0].kept);
    assert_false(c[0].with_trend); /* the last forecast is 14.5, no change */
    assert_int_equal(c[1].direction, -1);
    assert_close(c[1].level, 12, 1e-15);
    assert_close(c[1].chance[2], .25, 1e-15);
    assert_int_equal(c[1].first, 4);
}

static void levels_below_zero_are_not_asked_of_figures(void **state)
{
    (void)state;
    static const double y[] = { 9, 4, 7, 2, 5 }; /* mean |change| 4: 1, -3 and -11 */
    double x[3] = { 5, 5, 5 };
    bool holds[1] = { true };
    struct pt_series figure = { .n = 5, .year = years, .y = y };
    const struct pt_futures futures = { .years = 3, .draws = 1, .x = x, .holds = holds };
    struct pt_crossing c[PT_CROSSINGS];
    assert_int_equal(pt_crossings_make(&figure, &after, forecasts, &futures, c), 4);
    figure.lower = -(double)INFINITY;
    assert_int_equal(pt_crossings_make(&figure, &after, forecasts, &futures, c), 6);
}

static void rps_is_the_mean_of_the_years_brier_scores(void **state)
{
    (void)state;
    const struct pt_crossing a = { .steps = 1, .years = 2, .first = 2, .chance = { .3, .6 } };
    const struct pt_crossing b = { .steps = 1, .years = 2, .first = 3, .chance = { .1, .2 } };
    const struct pt_crossing c = { .steps = 4, .years = 2, .first = 1, .chance = { .5, .5 } };
    const struct pt_crossing *const all[] = { &a, &b, &c };
    double rps, base;
    pt_crossings_rps(all, 3, &rps, &base);
    assert_close(rps, ((.09 + .16) / 2 + (.01 + .04) / 2 + .25) / 3, 1e-15);
    /* k = 1: 0 of 2 and 1 of 2 had come; k = 4: always */
    assert_close(base, (.25 / 2 + .25 / 2 + 0) / 3, 1e-15);
}

/* ------------------------------------------------------------------ futures and forecasts */

/* False where the family has nothing to say of this series, such as a limit it does not near. */
static bool fit_one(const struct pt_family *family, struct pt_fit *fit)
{
    static const int t[] = { 2003, 2004, 2005, 2006, 2007, 2008, 2009, 2010, 2011, 2012, 2013 };
    static const double y[] = { 31.3, 30.1, 30.7, 28.2, 28.9, 27.1, 26.4, 26.9, 24.8, 25.1, 23.7 };
    const struct pt_series series = {
        .n = 11, .year = t, .y = y, .lower = 0, .upper = 100, .rounding = .1
    };
    struct pt_fit_options options = pt_fit_options_default();
    options.scores = false;
    return pt_fit(family, &series, &options, fit, NULL) == PT_OK;
}

static void futures_are_the_paths_of_every_family(void **state)
{
    (void)state;
    static double block[9 * 512];
    size_t fitted = 0;
    for (size_t f = 0; pt_families[f]; f++) {
        struct pt_fit fit;
        struct pt_futures futures;
        struct pt_stream stream = pt_stream_open(7, "futures");
        if (!fit_one(pt_families[f], &fit)) {
            continue;
        }
        fitted++;
        assert_int_equal(pt_futures_make(&fit, &stream, 700, 9, &futures, NULL), PT_OK);
        pt_fit_paths(&fit, &stream, 512, 188, 9, block);
        for (size_t h = 0; h < 9; h++) {
            assert_memory_equal(futures.x + h * 700 + 512, block + h * 188, 188 * sizeof *block);
        }
        pt_futures_free(&futures);
    }
    assert_true(fitted >= 5);
}

static void every_family_orders_its_intervals(void **state)
{
    (void)state;
    size_t fitted = 0;
    for (size_t f = 0; pt_families[f]; f++) {
        struct pt_fit fit;
        struct pt_futures futures;
        struct pt_forecast out[12];
        struct pt_stream stream = pt_stream_open(7, "intervals");
        if (!fit_one(pt_families[f], &fit)) {
            continue;
        }
        fitted++;
        assert_int_equal(pt_futures_make(&fit, &stream, 600, 12, &futures, NULL), PT_OK);
        assert_int_equal(pt_forecast_make(&fit, &futures, 12, out, NULL), PT_OK);
        for (size_t h = 0; h < 12; h++) {
            assert_true(isfinite(out[h].point));
            assert_true(0 <= out[h].lo95 && out[h].lo95 <= out[h].lo80);
            assert_true(out[h].lo80 <= out[h].hi80 && out[h].hi80 <= out[h].hi95);
            assert_true(out[h].hi95 <= 100);
        }
        pt_futures_free(&futures);
    }
    assert_true(fitted >= 5);
}

static void held_intervals_need_twenty_paths(void **state)
{
    (void)state;
    double x[40], lo, hi;
    bool holds[40];
    for (size_t i = 0; i < 40; i++) {
        x[i] = (double)i;
        holds[i] = i >= 19;
    }
    const struct pt_futures futures = { .years = 1, .draws = 40, .x = x, .holds = holds };
    assert_int_equal(pt_forecast_held(&futures, &lo, &hi, NULL), PT_OK);
    assert_close(lo, 21, 1e-14); /* type 7 of 19 .. 39 */
    assert_close(hi, 37, 1e-14);
    holds[39] = holds[38] = false;
    assert_int_equal(pt_forecast_held(&futures, &lo, &hi, NULL), PT_OK);
    assert_true(isnan(lo) && isnan(hi));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(scores_are_those_of_a_hand_count),
        cmocka_unit_test(a_year_without_figure_is_not_scored),
        cmocka_unit_test(the_naive_forecast_has_an_owa_of_one),
        cmocka_unit_test(the_hardest_hundredth_is_left_out),
        cmocka_unit_test(a_flat_history_has_no_scale_and_counts_elsewhere),
        cmocka_unit_test(calibration_counts_in_ten_bins),
        cmocka_unit_test(crossings_count_first_years_and_runs),
        cmocka_unit_test(levels_below_zero_are_not_asked_of_figures),
        cmocka_unit_test(rps_is_the_mean_of_the_years_brier_scores),
        cmocka_unit_test(futures_are_the_paths_of_every_family),
        cmocka_unit_test(every_family_orders_its_intervals),
        cmocka_unit_test(held_intervals_need_twenty_paths),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
