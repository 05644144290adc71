#include "unit/test_trend_worlds.h"

/* Awkward series against every family: an answer that is a number everywhere, or a refusal that
 * says why. */

#define FOR_EVERY_FAMILY(f) \
    for (const struct pt_family *const *at = pt_families, *f = *at; f; f = *++at)

static double hole(double t)
{
    return 41.3 - 1.7 * t + world_noise(t);
}

static double constant(double t)
{
    (void)t;
    return 17.3;
}

static double zero(double t)
{
    (void)t;
    return 0;
}

static double tied(double t)
{
    return 20 + floor(t / 3);
}

static double outlier(double t)
{
    return t == 5 ? 97 : 20 + 0.5 * t + 0.1 * world_noise(t);
}

static double two_values(double t)
{
    return fmod(t, 2) == 0 ? 3 : 4;
}

static double step(double t)
{
    return t < 6 ? 12 : 57;
}

static double at_lower(double t)
{
    return fmax(0, 5 - t);
}

static double at_upper(double t)
{
    return fmin(100, 93 + 1.3 * t);
}

static double tiny(double t)
{
    return 1e-300 * (20 + t + world_noise(t));
}

static double huge(double t)
{
    return 1e150 * (20 + t + world_noise(t));
}

static double growing(double t)
{
    return 0.001 * exp(0.9 * t);
}

static double across_zero(double t)
{
    return 3.1 - 0.7 * t + 0.3 * world_noise(t);
}

static double far_from_zero(double t)
{
    return 1e9 + 0.1 * world_noise(t);
}

static const struct hard {
    const char *name;
    double (*at)(double t);
    size_t n;
    int first;
    int every; /* years between figures */
    bool bounded;
} hards[] = {
    { "constant", constant, 12, 2010, 1, true },
    { "constant gap", constant, 12, 2010, 1, false },
    { "zero", zero, 12, 2010, 1, true },
    { "zero gap", zero, 9, 2010, 1, false },
    { "tied", tied, 15, 2005, 1, true },
    { "outlier", outlier, 12, 2010, 1, true },
    { "two values", two_values, 12, 2010, 1, true },
    { "step", step, 12, 2010, 1, true },
    { "at the lower bound", at_lower, 12, 2010, 1, true },
    { "at the upper bound", at_upper, 12, 2010, 1, true },
    { "tiny", tiny, 12, 2010, 1, false },
    { "huge", huge, 12, 2010, 1, false },
    { "growing", growing, 14, 2010, 1, false },
    { "across zero", across_zero, 10, 2010, 1, false },
    { "far from zero", far_from_zero, 12, 2010, 1, false },
    { "three", hole, 3, 2010, 1, true },
    { "four", hole, 4, 2010, 1, true },
    { "five", hole, 5, 2010, 1, true },
    { "every third year", hole, 12, 1980, 3, true },
    { "since 1851", hole, 20, 1851, 1, true },
    { "five hundred", outlier, 500, 1500, 1, false },
};

static struct pt_series series_of(const struct hard *hard)
{
    for (size_t i = 0; i < hard->n; i++) {
        /* besides its own spacing, a hole after the first third */
        world_year[i] = hard->first + hard->every * (int)i + (i > hard->n / 3 ? 2 : 0);
        world_y[i] = hard->at((double)i);
    }
    return (struct pt_series){ .n = hard->n,
                               .year = world_year,
                               .y = world_y,
                               .lower = hard->bounded ? 0 : (double)-INFINITY,
                               .upper = hard->bounded ? 100 : (double)INFINITY,
                               .rounding = 0.1 };
}

static void check_number(const char *family, const char *series, const char *what, double x)
{
    if (!isfinite(x)) {
        fail_msg("%s, series '%s': %s is %g", family, series, what, x);
    }
}

static void check_fit(const struct pt_fit *fit, const struct pt_series *series, const char *name)
{
    static const double p[] = { .001, .1, .5, .9, .999 };
    const char *family = fit->family->name;
    struct pt_stream stream = pt_stream_open(5, "hard");
    check_number(family, name, "sigma", fit->sigma);
    check_number(family, name, "level", fit->level);
    check_number(family, name, "pace", fit->pace);
    check_number(family, name, "pace_se", fit->pace_se);
    assert_true(fit->sigma >= 0);
    for (size_t k = 0; k < fit->n_parameters; k++) {
        check_number(family, name, fit->parameters[k].name, fit->parameters[k].estimate);
    }
    for (int year = fit->last; year < fit->last + 40; year++) {
        check_number(family, name, "the curve", pt_fit_curve(fit, year));
    }
    for (size_t h = 1; h < 50; h += 8) {
        double q[5];
        assert_int_equal(pt_fit_quantiles(fit, h, 5, p, &stream, 512, q, NULL), PT_OK);
        for (size_t k = 0; k < 5; k++) {
            check_number(family, name, "a quantile", q[k]);
            assert_true(q[k] >= series->lower && q[k] <= series->upper);
            assert_true(k == 0 || q[k] >= q[k - 1]);
        }
    }
}

static void an_answer_or_a_clear_refusal(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof hards / sizeof *hards; i++) {
        struct pt_series series = series_of(&hards[i]);
        FOR_EVERY_FAMILY(f)
        {
            struct pt_fit_options options = pt_fit_options_default();
            struct pt_fit fit;
            struct pt_error err;
            char text[400];
            options.search_breaks = true;
            options.scores = series.n < 100;
            if (pt_fit(f, &series, &options, &fit, &err) == PT_OK) {
                check_fit(&fit, &series, hards[i].name);
                continue;
            }
            assert_int_equal(err.status, PT_EDATA);
            pt_message_print(&err.message, NULL, text, sizeof text);
            if (!strstr(text, "use '") && !strstr(text, "would do") && !strstr(text, "'bounds'") &&
                !strstr(text, "definition")) {
                fail_msg("%s, series '%s': no way out in '%s'", f->name, hards[i].name, text);
            }
        }
    }
}

/* Rounding is not certainty: figures that never change may move by a digit that is not printed. */
static void a_constant_history_is_not_certainty(void **state)
{
    (void)state;
    static double x[512], curve[512];
    FOR_EVERY_FAMILY(f)
    {
        struct pt_fit_options options = pt_fit_options_default();
        struct pt_series series = series_of(&hards[0]);
        struct pt_fit fit;
        if (pt_fit(f, &series, &options, &fit, NULL) != PT_OK) {
            continue; /* those that need a bend */
        }
        assert_true(fit.sigma > 0);
        if (f->has_curve && world_of(f)->scale == PLAIN) {
            assert_close(fit.sigma, 0.1 / sqrt(12), 1e-12);
        }
        world_paths(&fit, 1, 512, x, curve);
        double low = (double)INFINITY, high = (double)-INFINITY;
        for (size_t i = 0; i < 512; i++) {
            low = fmin(low, x[i]);
            high = fmax(high, x[i]);
        }
        assert_true(high - low > 0.01 && high - low < 5);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_or_a_clear_refusal),
        cmocka_unit_test(a_constant_history_is_not_certainty),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
