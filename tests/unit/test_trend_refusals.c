#include "support/pt_test.h"

#include <math.h>

#include <paritet/trend.h>

/* Every refusal of a trend in its own words: they are what a planner reads behind "is left out". */

#define MOST 16

struct refusal {
    const char *family;
    size_t n;
    double y[MOST];
    int holes; /* years without a figure before the last one */
    size_t n_breaks;
    int breaks[PT_FIT_BREAKS + 1];
    enum pt_break_kind kinds[PT_FIT_BREAKS + 1];
    const char *constants;
    double rounding;
    const char *says;
};

#define RISING                                           \
    {                                                    \
        3, 4.1, 4.9, 6.2, 7, 8.1, 8.8, 10.1, 11, 12, 13, \
    }

static const struct refusal refusals[] = {
    { .family = "linear",
      .n = 3,
      .y = RISING,
      .says = "'linear' needs at least 4 yearly figures and has 3; 1 more year would do" },
    { .family = "logistic",
      .n = 5,
      .y = RISING,
      .says = "'logistic' needs at least 8 yearly figures and has 5; 3 more years would do" },
    { .family = "consensus",
      .n = 5,
      .y = { 3, 4, (double)NAN, 6, 7 },
      .says = "the value of 2012 is not a finite number" },
    { .family = "piecewise",
      .n = 11,
      .y = RISING,
      .n_breaks = 7,
      .breaks = { 2011, 2012, 2013, 2014, 2015, 2016, 2017 },
      .says = "7 breaks are more than a trend can take (at most 6)" },
    { .family = "theil-sen",
      .n = 11,
      .y = RISING,
      .n_breaks = 2,
      .breaks = { 2014, 2015 },
      .says = "the figure of 2014 stands alone between two breaks; a trend needs two figures on "
              "each side of a break" },
    { .family = "linear",
      .n = 9,
      .y = RISING,
      .holes = 3,
      .n_breaks = 2,
      .breaks = { 2014, 2015 },
      .says = "no single curve fits these years and breaks; leave a break out" },
    { .family = "damped",
      .n = 11,
      .y = RISING,
      .n_breaks = 1,
      .breaks = { 2014 },
      .kinds = { PT_BREAK_SLOPE },
      .says = "'damped' knows breaks of the level only, and that of 2014 changes the slope; use "
              "'piecewise'" },
    { .family = "consensus",
      .n = 11,
      .y = RISING,
      .n_breaks = 1,
      .breaks = { 2018 },
      .kinds = { PT_BREAK_SLOPE },
      .says = "after the break of the slope 'consensus' needs at least 4 figures and has 3; use "
              "'linear' or 'piecewise'" },
    { .family = "consensus",
      .n = 11,
      .y = RISING,
      .n_breaks = 2,
      .breaks = { 2017, 2019 },
      .kinds = { PT_BREAK_SLOPE, PT_BREAK_LEVEL },
      .says = "'consensus' needs at least 3 changes within one definition and has 2" },
    { .family = "consensus",
      .n = 5,
      .y = RISING,
      .constants = "sociale",
      .says = "unknown constants 'sociale'; there are social, mixed, percent and paritet" },
    { .family = "consensus",
      .n = 5,
      .y = { 7, 7, 7, 7, 7 },
      .says = "the figures never change, and nothing says how finely they are rounded" },
    { .family = "asymptotic",
      .n = 7,
      .y = { 7, 7, 7, 7, 7, 7, 7 },
      .rounding = 0.1,
      .says = "the figures do not change, so they show no bend; use 'linear'" },
    { .family = "asymptotic",
      .n = 7,
      .y = { 49, 1, 2, 3, 7, 5, 4 },
      .rounding = 0.1,
      .says = "the figures level off within a year or so of the first, which is no curve; use "
              "'linear' from a later year" },
    { .family = "robust",
      .n = 10,
      .y = { 0, 6, 2, 7, -6, 5, 5.5, 7, 19, 9 },
      .rounding = 0.1,
      .says = "'robust' cannot tell the outliers from the rest; use 'theil-sen'" },
};

static void a_refusal_says_why_and_what_instead(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refusals / sizeof *refusals; i++) {
        const struct refusal *r = &refusals[i];
        int year[MOST];
        for (size_t k = 0; k < r->n; k++) {
            year[k] = 2010 + (int)k + (k >= 4 ? r->holes : 0);
        }
        struct pt_series series = { .n = r->n,
                                    .year = year,
                                    .y = r->y,
                                    .lower = -(double)INFINITY,
                                    .upper = (double)INFINITY,
                                    .rounding = r->rounding,
                                    .n_breaks = r->n_breaks,
                                    .breaks = r->breaks,
                                    .break_kinds = r->kinds };
        struct pt_fit_options options = pt_fit_options_default();
        struct pt_fit fit;
        struct pt_error err = { .status = PT_OK };
        char said[400];
        options.constants = r->constants;
        (void)pt_fit(pt_family_find(r->family), &series, &options, &fit, &err);
        pt_message_print(&err.message, NULL, said, sizeof said);
        assert_string_equal(said, r->says);
        assert_int_equal(err.status, PT_EDATA);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_refusal_says_why_and_what_instead),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
