#include "support/pt_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <paritet/trend.h>

#include "support/reference.h"

/* Fits of R 4.2.2 (lm, nls), made by tests/reference/trend_fits.R. lm keeps
 * about 12 of them here, and nls stops at a relative offset of 1e-7, which is within 1e-6 of a
 * standard error (our own digits are certified in test_trend_nist.c). */
#define LM_DIGITS  1e-11
#define NLS_DIGITS 1e-6

#define ROWS 154

#define MOST 32
static int year[MOST];
static double y[MOST], variance[MOST];

static size_t read_series(const char *wanted)
{
    FILE *file = fopen("tests/reference/trend_series.csv", "r");
    char name[32];
    size_t n = 0;
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*[^\n] %*[^\n]"), 0); /* the command, and the header */
    while (n < MOST &&
           fscanf(file, " %31[^,],%d,%lf,%lf", name, &year[n], &y[n], &variance[n]) == 4) {
        n += strcmp(name, wanted) == 0;
    }
    fclose(file);
    return n;
}

struct row {
    char family[32], series[32], weighted[8], breaks[16], quantity[32];
    double estimate, se;
};

static struct pt_fit fit_of(const struct row *row)
{
    static const int breaks[] = { 2011 };
    enum pt_break_kind kind = strcmp(row->breaks, "slope") == 0  ? PT_BREAK_SLOPE
                              : strcmp(row->breaks, "both") == 0 ? PT_BREAK_BOTH
                                                                 : PT_BREAK_LEVEL;
    struct pt_series series = { .n = read_series(row->series),
                                .year = year,
                                .y = y,
                                .variance = strcmp(row->weighted, "yes") == 0 ? variance : NULL,
                                .lower = 0,
                                .upper = 100,
                                .n_breaks = strcmp(row->breaks, "none") != 0,
                                .breaks = breaks,
                                .break_kinds = &kind };
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_fit fit;
    options.scores = false;
    assert_int_equal(pt_fit(pt_family_find(row->family), &series, &options, &fit, NULL), PT_OK);
    return fit;
}

static void close_to(const struct row *row, double got, double expected, double size,
                     double tolerance)
{
    char text[160];
    snprintf(text, sizeof text, "%s %s %s %s", row->series, row->weighted, row->breaks,
             row->quantity);
    reference_close(pt_family_find(row->family)->title, got, expected, size, tolerance, text);
}

static void check(const struct row *row)
{
    struct pt_fit fit = fit_of(row);
    bool nls = strcmp(row->family, "asymptotic") == 0 || strcmp(row->family, "logistic") == 0;
    double tolerance = nls ? NLS_DIGITS : LM_DIGITS;
    if (strcmp(row->quantity, "sigma") == 0) {
        close_to(row, fit.sigma, row->estimate, row->estimate, tolerance);
        return;
    }
    if (strcmp(row->quantity, "aicc") == 0) {
        close_to(row, fit.aicc, row->estimate, 1 + fabs(row->estimate), tolerance);
        return;
    }
    for (size_t k = 0; k < fit.n_parameters; k++) {
        const struct pt_fit_parameter *p = &fit.parameters[k];
        char name[64];
        snprintf(name, sizeof name, p->year ? "%s-%d" : "%s", p->name, p->year);
        if (strcmp(name, row->quantity) == 0) {
            /* against its error, which is what its digits mean */
            close_to(row, p->estimate, row->estimate, row->se, tolerance);
            close_to(row, p->se, row->se, row->se, tolerance);
            return;
        }
    }
    fail_msg("'%s' has no parameter %s", row->family, row->quantity);
}

static void agrees_with_r(void **state)
{
    (void)state;
    FILE *file = fopen("tests/reference/trend_fits.csv", "r");
    struct row row;
    size_t rows = 0;
    assert_non_null(file);
    assert_int_equal(fscanf(file, "%*[^\n] %*[^\n]"), 0); /* the command, and the header */
    while (fscanf(file, " %31[^,],%31[^,],%7[^,],%15[^,],%31[^,],%lf,%lf", row.family, row.series,
                  row.weighted, row.breaks, row.quantity, &row.estimate, &row.se) == 7) {
        check(&row);
        rows++;
    }
    fclose(file);
    assert_int_equal(rows, ROWS);
    reference_report();
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(agrees_with_r),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
