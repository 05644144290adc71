#include "support/pt_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "simulate/sieve.h"
#include "support/reference.h"
#include "trend/steps.h"

/* Against values of R 4.2.2 in tests/reference; the scripts beside them made them, and `make reference`
 * makes them again. Fits by lm and nls are in test_trend_reference.c. */

static double number(const char *text)
{
    char *end;
    double x = strtod(text, &end);
    assert_true(end != text && *end == '\0');
    return x;
}

/* ------------------------------------------------------------------ series */

#define MOST 32
static int year[MOST];
static double y[MOST];
static const char *wanted;
static size_t n_figures;

static void take_figure(char *const *cells)
{
    if (strcmp(cells[0], wanted) == 0) {
        assert_true(n_figures < MOST);
        year[n_figures] = atoi(cells[1]);
        y[n_figures++] = number(cells[2]);
    }
}

static struct pt_series series_of(const char *name, const char *bounds, const char *breaks)
{
    static const int in[] = { 2011 };
    wanted = name;
    n_figures = 0;
    reference_each("trend_series", 4, take_figure);
    assert_true(n_figures > 0);
    return (struct pt_series){ .n = n_figures,
                               .year = year,
                               .y = y,
                               .lower = strcmp(bounds, "none") == 0 ? -INFINITY : 0,
                               .upper = strcmp(bounds, "percent") == 0 ? 100 : INFINITY,
                               .n_breaks = strcmp(breaks, "none") != 0,
                               .breaks = in };
}

/* ------------------------------------------------------------------ families without an R function */

static struct pt_fit fit;
static char fitted[128];

static void fit_for(char *const *cells)
{
    char key[128], name[32];
    snprintf(key, sizeof key, "%s %s %s %s", cells[0], cells[1], cells[2], cells[3]);
    if (strcmp(key, fitted) == 0) {
        return;
    }
    struct pt_series series = series_of(cells[1], cells[2], cells[3]);
    struct pt_fit_options options = pt_fit_options_default();
    snprintf(name, sizeof name, "%s", cells[0]);
    char *constants = strchr(name, ':');
    if (constants) {
        *constants++ = '\0';
    }
    options.scores = false;
    options.constants = constants;
    assert_int_equal(pt_fit(pt_family_find(name), &series, &options, &fit, NULL), PT_OK);
    strcpy(fitted, key);
}

static const struct pt_fit_parameter *parameter(const char *name, size_t length)
{
    for (size_t k = 0; k < fit.n_parameters; k++) {
        if (strlen(fit.parameters[k].name) == length &&
            strncmp(fit.parameters[k].name, name, length) == 0) {
            return &fit.parameters[k];
        }
    }
    fail_msg("'%s' has no parameter %s", fit.family->name, name);
    return NULL;
}

/* What the fit says of a quantity of trend_forecasts.R. */
static double quantity_of(const char *name)
{
    static const double p[] = { .025, .1, .37, .5, .9, .999 };
    static const int ahead[] = { 1, 6, 20 };
    double q[6];
    char *digit = strpbrk(name, "123456");
    size_t at = digit ? (size_t)(*digit - '1') : 0;
    if (strncmp(name, "point", 5) == 0) {
        return fit.numbers[CONSENSUS_POINT + at];
    }
    if (strncmp(name, "scale", 5) == 0) {
        return fit.numbers[CONSENSUS_SCALE + at];
    }
    if (strcmp(name, "roughness") == 0) {
        return fit.numbers[CONSENSUS_ROUGHNESS];
    }
    if (strncmp(name, "q3", 2) == 0) {
        assert_int_equal(pt_fit_quantiles(&fit, 3, 6, p, NULL, 0, q, NULL), PT_OK);
        return q[name[2] - '1'];
    }
    if (strncmp(name, "ahead", 5) == 0) {
        return pt_fit_curve(&fit, fit.last + ahead[at]);
    }
    if (strcmp(name, "sigma") == 0) {
        return fit.sigma;
    }
    if (strcmp(name, "aicc") == 0) {
        return fit.aicc;
    }
    /* the slope of Theta is the first year's step; of damped Holt the last year's change */
    const char *error = strstr(name, ".se");
    const struct pt_fit_parameter *at_name =
        parameter(name, error ? (size_t)(error - name) : strlen(name));
    return error ? at_name->se : at_name->estimate;
}

/* Differences against the size of the figures, which is what rounding is measured by. The bisquare
 * stops at steps of 1.5e-8 of a standard error, as GSL's does. */
static void check_family(char *const *cells)
{
    char row[160];
    const char *name = cells[4];
    double size = 0, expected = number(cells[5]);
    fit_for(cells);
    snprintf(row, sizeof row, "%s %s", fitted, name);
    for (size_t i = 0; i < n_figures; i++) {
        size = fmax(size, fabs(y[i]));
    }
    bool robust = strcmp(cells[0], "robust") == 0;
    bool large = strcmp(name, "aicc") == 0 || strncmp(name, "q3", 2) == 0;
    const char *colon = strchr(cells[0], ':');
    reference_close(colon ? "consensus, each set of constants" : fit.family->title,
                    quantity_of(name), expected, large ? fmax(size, fabs(expected)) : size,
                    robust ? 1e-8 : 1e-12, row);
}

static void families_agree_with_r(void **state)
{
    (void)state;
    assert_int_equal(reference_each("trend_forecasts", 6, check_family), 1104);
}

/* ------------------------------------------------------------------ assumed effects */

static void check_effect(char *const *cells)
{
    const double par[] = { number(cells[1]), number(cells[2]), number(cells[3]) };
    const struct pt_distribution *law = pt_distribution_find(cells[0]);
    double p = number(cells[5]), expected = number(cells[6]), got;
    char row[160];
    snprintf(row, sizeof row, "%s %s %s %s %s at %s", cells[0], cells[1], cells[2], cells[3],
             cells[4], cells[5]);
    assert_null(law->check(par));
    got = strcmp(cells[4], "mean") == 0 ? law->mean(par)
          : strcmp(cells[4], "sd") == 0 ? law->sd(par)
                                        : law->quantile(par, p);
    double size = fabs(expected);
    if (strcmp(law->name, "triangular") == 0 || strcmp(law->name, "pert") == 0) {
        size = par[2] - par[0];
    } else if (strcmp(law->name, "normal") == 0) {
        size = fabs(par[0]) + par[1];
    } else if (strcmp(law->name, "uniform") == 0) {
        size = fabs(par[0]) + fabs(par[1]);
    }
    reference_close(law->name, got, expected, size > 0 ? size : 1, 1e-13, row);
}

static void effects_agree_with_r(void **state)
{
    (void)state;
    assert_int_equal(reference_each("effects", 7, check_effect), 315);
}

/* ------------------------------------------------------------------ closed forms */

static struct pt_fieller fieller_of(char *const *cells)
{
    double value = number(cells[2]), confidence = number(cells[3]);
    struct pt_line line;
    if (strcmp(cells[0], "ray") == 0) {
        line = (struct pt_line){ .level = value,
                                 .level_var = confidence,
                                 .covariance = number(cells[4]),
                                 .sigma2 = 1,
                                 .df = 2 };
        return pt_fieller_line(&line, 0, number(cells[5]), false);
    }
    struct pt_series series = series_of(cells[1], "none", "none");
    struct pt_fit_options options = pt_fit_options_default();
    options.scores = false;
    assert_int_equal(pt_fit(pt_family_find("linear"), &series, &options, &fit, NULL), PT_OK);
    fitted[0] = '\0';
    assert_true(pt_fit_line(&fit, &line));
    return pt_fieller_line(&line, value, confidence, number(cells[4]) > 0);
}

static void check_fieller(char *const *cells, const char *row)
{
    struct pt_fieller set = fieller_of(cells);
    double lower = number(cells[8]), upper = number(cells[9]), estimate = number(cells[7]);
    assert_string_equal(pt_fieller_kind_name(set.kind), cells[6]);
    /* ends near which the parabola is flat are known as well as its roots lie apart */
    double size = isfinite(upper - lower) ? fabs(upper) + fabs(lower) + 1 : 100;
    reference_close("Fieller's set, all four kinds", set.lower, lower, size, 1e-11, row);
    reference_close("Fieller's set, all four kinds", set.upper, upper, size, 1e-11, row);
    reference_close("Fieller's set, all four kinds", set.estimate, estimate, 1 + fabs(estimate),
                    1e-11, row);
}

static void check_closed(char *const *cells)
{
    char row[200];
    double expected = number(cells[7]);
    snprintf(row, sizeof row, "%s %s %s %s %s %s", cells[0], cells[1], cells[2], cells[3], cells[4],
             cells[5]);
    if (strcmp(cells[0], "passage") == 0) {
        /* chances, to what R's integral is good for */
        double p = pt_first_passage(number(cells[2]), number(cells[3]), number(cells[4]),
                                    number(cells[5]));
        reference_close("first passage", p, expected, 1, 1e-13, row);
    } else if (strcmp(cells[0], "crossing") == 0) {
        double h = pt_damped_crossing(number(cells[2]), number(cells[3]), number(cells[4]));
        /* the root of a sum that is nearly level is known to what rounding leaves of it */
        reference_close("damped crossing", h, expected, 1 + expected, 1e-10, row);
    } else {
        check_fieller(cells, row);
    }
}

static void closed_forms_agree_with_r(void **state)
{
    (void)state;
    assert_int_equal(reference_each("closed", 10, check_closed), 422);
}

/* ------------------------------------------------------------------ quantiles */

static double sample_quantile(size_t n, double level)
{
    double *values = malloc(pt_sieve_room(n, 1, &level) * sizeof *values);
    double x[PT_SIEVE_BLOCK], out;
    struct pt_sieve sieve;
    assert_non_null(values);
    pt_sieve_start(&sieve, n, 1, &level, values, pt_isa_best());
    do {
        for (size_t i = 0; i < n; i += PT_SIEVE_BLOCK) {
            size_t m = n - i < PT_SIEVE_BLOCK ? n - i : PT_SIEVE_BLOCK;
            for (size_t k = 0; k < m; k++) {
                x[k] = (double)((i + k + 1) * 7919 % 10007) / 64;
            }
            pt_sieve_add(&sieve, m, x);
        }
    } while (!pt_sieve_finish(&sieve, &out));
    free(values);
    return out;
}

static void check_quantile(char *const *cells)
{
    double a = number(cells[1]), b = number(cells[2]), expected = number(cells[3]), got;
    double series[PT_SCALE_ORDER + 1];
    char row[100];
    snprintf(row, sizeof row, "%s %s %s", cells[0], cells[1], cells[2]);
    if (strcmp(cells[0], "sample") == 0) {
        reference_close("type 7 quantile of a sample", sample_quantile((size_t)a, b), expected,
                        fabs(expected) + 1, 1e-14, row);
    } else if (strcmp(cells[0], "scale") == 0) {
        pt_log_scale_make(a, series);
        pt_scales(series, 1, &b, &got);
        /* a Chebyshev series of forty terms, worst at one degree of freedom */
        reference_close("t over normal, by chi2", got, expected, expected, a < 2 ? 1e-6 : 1e-8,
                        row);
    } else if (strcmp(cells[0], "half-chance") == 0) {
        pt_half_chances(1, &b, &got);
        reference_close("normal chance", got, expected, 1, 1e-13, row);
    } else {
        reference_close("t quantile", gsl_cdf_tdist_Pinv(b, a), expected, expected, 1e-12, row);
    }
}

static void quantiles_agree_with_r(void **state)
{
    (void)state;
    assert_int_equal(reference_each("quantiles", 4, check_quantile), 175);
}

static int report(void **state)
{
    (void)state;
    reference_report();
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(families_agree_with_r),
        cmocka_unit_test(effects_agree_with_r),
        cmocka_unit_test(closed_forms_agree_with_r),
        cmocka_unit_test(quantiles_agree_with_r),
    };
    return cmocka_run_group_tests(tests, NULL, report);
}
