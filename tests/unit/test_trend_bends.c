#include "unit/test_trend_worlds.h"

/* What is particular to the curves that bend, and to those on a scale of their own. */

static struct pt_series series_of(size_t n, const double *y)
{
    for (size_t i = 0; i < n; i++) {
        world_year[i] = 2010 + (int)i;
        world_y[i] = y[i];
    }
    return (struct pt_series){ .n = n,
                               .year = world_year,
                               .y = world_y,
                               .lower = (double)-INFINITY,
                               .upper = (double)INFINITY };
}

static void refuses(const char *family, const struct pt_series *series, const char *says)
{
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_fit fit;
    struct pt_error err;
    char text[400];
    assert_int_equal(pt_fit(pt_family_find(family), series, &options, &fit, &err), PT_EDATA);
    pt_message_print(&err.message, NULL, text, sizeof text);
    assert_string_equal(text, says);
}

static void what_does_not_bend_has_no_limit(void **state)
{
    (void)state;
    struct pt_series series = world_series(pt_family_find("linear"), 14, 2010, 0);
    refuses(
        "asymptotic", &series,
        "the figures show no levelling off, so 'asymptotic' has no limit to find; use 'linear'");
    refuses("logistic", &series, "the figures show no S-curve; use 'asymptotic' or 'linear'");
    for (size_t i = 0; i < 14; i++) {
        world_y[i] = 0.1 * (double)(i * i); /* speeds up */
    }
    refuses(
        "asymptotic", &series,
        "the figures show no levelling off, so 'asymptotic' has no limit to find; use 'linear'");
}

static void a_step_is_no_curve(void **state)
{
    (void)state;
    static const double y[] = { 5, 5.1, 4.9, 5, 5.1, 4.9, 9, 9.1, 8.9, 9, 9.1, 9 };
    struct pt_series series = series_of(12, y);
    refuses("logistic", &series,
            "the figures change within a year or so, which is a step and no S-curve; declare it "
            "under 'breaks' and use 'linear'");
}

static void half_an_s_tells_nothing_of_its_end(void **state)
{
    (void)state;
    double y[12];
    for (size_t i = 0; i < 12; i++) {
        y[i] = 3 + 40 / (1 + exp(7.3 - 0.4 * (double)i)); /* the middle is 18 years on */
    }
    struct pt_series series = series_of(12, y);
    refuses("logistic", &series,
            "the figures have not passed the middle of an S-curve, so its end cannot be told; use "
            "'linear' or 'log-linear'");
}

static void logarithms_need_figures_above_zero(void **state)
{
    (void)state;
    static const double y[] = { 5.1, 4.2, 3.3, 2.2, 1.4, -0.3, 0.2 };
    struct pt_series series = series_of(7, y);
    refuses("log-linear", &series,
            "'log-linear' needs figures above 0, and that of 2015 is -0.3; use 'linear'");
    refuses("logit-linear", &series,
            "'logit-linear' needs a figure with a lowest and a highest value (a gap has neither); "
            "state its 'bounds', or use 'linear'");
    series.lower = 0;
    series.upper = 100;
    refuses("logit-linear", &series,
            "'logit-linear' needs figures from 0 to 100, and that of 2015 is -0.3");
}

/* Section 2 of METHODS: never projected past one quarter of the data's length. */
static void the_parabola_runs_straight_past_a_quarter(void **state)
{
    (void)state;
    const struct pt_family *f = pt_family_find("quadratic");
    struct pt_series series = world_series(f, 13, 2010, 0);
    struct pt_fit fit = world_fit(f, &series);
    assert_close(pt_fit_curve(&fit, 2025), world_value(f, 3), 1e-10);
    double slope = -0.617 + 2 * 0.0317 * 3;
    for (int h = 4; h < 40; h += 5) {
        assert_close(pt_fit_curve(&fit, 2022 + h), world_value(f, 3) + slope * (h - 3), 1e-9);
    }
}

/* No draw of a curve that has passed its middle may run away, however uncertain its bend. */
static void an_uncertain_s_curve_stays_below_a_line(void **state)
{
    (void)state;
    static double x[512], curve[512];
    const struct pt_family *f = pt_family_find("logistic");
    struct pt_series series = world_series(f, 10, 2010, 0.9);
    struct pt_fit fit = world_fit(f, &series);
    world_paths(&fit, 40, 512, x, curve);
    for (size_t i = 0; i < 512; i++) {
        assert_true(fabs(curve[i] - fit.level) < 40 * (fabs(fit.pace) + 12 * fit.pace_se));
    }
}

/* Coverage in each family's own world with AR(0.4) noise, three years ahead. */
static void bands_hold_what_they_say(void **state)
{
    (void)state;
    static const char *const names[] = { "robust",     "log-linear", "logit-linear",
                                         "asymptotic", "logistic",   "quadratic" };
    enum { WORLDS = 400, N = 16, AHEAD = 3 };
    static double z[64], spare[64], x[512], curve[512];
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_stream stream = pt_stream_open(99, "bends");
    options.scores = false;
    for (size_t f = 0; f < sizeof names / sizeof *names; f++) {
        const struct pt_family *family = pt_family_find(names[f]);
        enum world_scale scale = world_of(family)->scale;
        size_t inside = 0, fitted = 0;
        for (uint64_t w = 0; w < WORLDS; w++) {
            for (uint32_t b = 0; b < N + AHEAD; b++) {
                pt_stream_normals(&stream, w, 1, b, &z[b], &spare[b]);
            }
            struct pt_series series = world_series(family, N, 2010, 0);
            double noise = z[0], size = scale == PLAIN ? 0.3 : 0.03, after = 0;
            for (size_t i = 0; i < N + AHEAD; i++) {
                noise = i == 0 ? noise : 0.4 * noise + sqrt(1 - 0.16) * z[i];
                after = world_shift(scale, world_value(family, (double)i - (N - 1)), size * noise);
                if (i < N) {
                    world_y[i] = after;
                }
            }
            struct pt_fit fit;
            if (pt_fit(family, &series, &options, &fit, NULL) != PT_OK) {
                continue;
            }
            world_paths(&fit, AHEAD, 512, x, curve);
            size_t below = 0;
            for (size_t i = 0; i < 512; i++) {
                below += x[i] < after;
            }
            inside += below >= 51 && below <= 461;
            fitted++;
        }
        assert_true(fitted > WORLDS * 9 / 10);
        /* 4-sigma as for the straight line */
        double share = (double)inside / (double)fitted;
        if (share < .72 || share > .88) {
            fail_msg("%s: the 80 %% band holds %.3f", names[f], share);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_does_not_bend_has_no_limit),
        cmocka_unit_test(a_step_is_no_curve),
        cmocka_unit_test(half_an_s_tells_nothing_of_its_end),
        cmocka_unit_test(logarithms_need_figures_above_zero),
        cmocka_unit_test(the_parabola_runs_straight_past_a_quarter),
        cmocka_unit_test(an_uncertain_s_curve_stays_below_a_line),
        cmocka_unit_test(bands_hold_what_they_say),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
