#include "support/pt_test.h"

#include <float.h>

#include <gsl/gsl_multifit.h>

#include "unit/test_trend_nist.h"

/* Certified values of the NIST Statistical Reference Datasets, www.itl.nist.gov/div898/strd, in the
 * shared folder. METHODS 9 asks for 9 digits on every linear set and for 6 on the nonlinear ones;
 * measured are 11.1 and 10.3, of the standard deviations 10.9 and 10.3. */
#define LINEAR_DIGITS    10.5
#define NONLINEAR_DIGITS 9

static struct nist set;

/* valgrind computes long doubles with the 53 bits of a double, which leaves Filip 7.9 digits. */
static bool has_long_doubles(void)
{
    volatile long double one = 1, little = LDBL_EPSILON;
    return one + little != one;
}

static void read_set(const char *name)
{
    char folder[4096];
    snprintf(folder, sizeof folder, "%s/bench/nist", PT_SHARED());
    if (!nist_read(folder, name, &set)) {
        fail_msg("cannot read %s in %s", name, folder);
    }
}

static void linear_sets_have_their_digits(void **state)
{
    (void)state;
    if (!has_long_doubles()) {
        pt_skip("long doubles with more digits than doubles");
    }
    for (size_t i = 0; i < NIST_LINEAR; i++) {
        struct pt_least_squares fit;
        double b, sd;
        read_set(nist_linear[i]);
        assert_true(set.n > 0 && set.p > 0);
        assert_true(nist_fit_linear(&set, &fit));
        nist_count(&set, &fit, 15, &b, &sd);
        if (b < LINEAR_DIGITS || sd < LINEAR_DIGITS) {
            fail_msg("%s: %.1f digits, %.1f of the standard deviations", set.name, b, sd);
        }
    }
}

/* GSL's own solver agrees on every set as far as it has digits: fewer by the square of the
 * condition, which leaves 5 on Wampler5 and none on Filip. */
static void gsl_agrees_on_the_linear_sets(void **state)
{
    (void)state;
    static long double x[NIST_ROWS * PT_FIT_PARAMETERS];
    for (size_t i = 0; i < NIST_LINEAR; i++) {
        struct pt_least_squares fit;
        read_set(nist_linear[i]);
        if (strcmp(set.name, "Filip") == 0) {
            continue;
        }
        assert_true(nist_fit_linear(&set, &fit));
        nist_columns(&set, x);
        gsl_matrix *X = gsl_matrix_alloc(set.n, set.p), *cov = gsl_matrix_alloc(set.p, set.p);
        gsl_vector *c = gsl_vector_alloc(set.p);
        gsl_vector_const_view y = gsl_vector_const_view_array(set.y, set.n);
        gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(set.n, set.p);
        for (size_t k = 0; k < set.n * set.p; k++) {
            X->data[k] = (double)x[k];
        }
        double sse;
        assert_int_equal(gsl_multifit_linear(X, &y.vector, c, cov, &sse, work), 0);
        for (size_t k = 0; k < set.p; k++) {
            double sd = sqrt(sse / (double)(set.n - set.p) * fit.inverse[k * set.p + k]);
            assert_true(nist_digits(gsl_vector_get(c, k), fit.b[k], 15) > 5);
            if (sse > 1e-9) { /* not an exact fit */
                assert_close(sqrt(gsl_matrix_get(cov, k, k)) / sd, 1, 1e-5);
            }
        }
        gsl_multifit_linear_free(work);
        gsl_vector_free(c);
        gsl_matrix_free(cov);
        gsl_matrix_free(X);
    }
}

static void nonlinear_sets_have_their_digits(void **state)
{
    (void)state;
    for (size_t i = 0; i < NIST_NONLINEAR; i++) {
        read_set(nist_models[i].name);
        for (size_t start = 0; start < 2; start++) {
            struct pt_least_squares fit;
            double b, sd;
            assert_true(nist_fit_nonlinear(&set, start, &fit));
            nist_count(&set, &fit, NIST_DIGITS, &b, &sd);
            /* Lanczos1 leaves residuals of 1e-13, of which doubles know three digits */
            if (b < NONLINEAR_DIGITS || (sd < NONLINEAR_DIGITS && strcmp(set.name, "Lanczos1"))) {
                fail_msg("%s from start %zu: %.1f digits, %.1f of the standard deviations",
                         set.name, start + 1, b, sd);
            }
        }
    }
}

static void derivatives_are_those_of_the_models(void **state)
{
    (void)state;
    for (size_t i = 0; i < NIST_NONLINEAR; i++) {
        read_set(nist_models[i].name);
        const double *x = set.x + set.n / 2 * NIST_COLUMNS;
        double b[PT_FIT_PARAMETERS], g[PT_FIT_PARAMETERS], spare[PT_FIT_PARAMETERS];
        memcpy(b, set.b, sizeof b);
        double y = set.model(b, x, g);
        for (size_t k = 0; k < set.p; k++) {
            double d = 1e-6 * fabs(set.b[k]);
            b[k] = set.b[k] + d;
            double above = set.model(b, x, spare);
            b[k] = set.b[k] - d;
            double below = set.model(b, x, spare);
            b[k] = set.b[k];
            /* as a change of y for a change of the parameter by itself */
            assert_close(g[k] * b[k] / y, (above - below) / (2 * d) * b[k] / y, 1e-6);
        }
    }
}

static void dependent_columns_are_refused(void **state)
{
    (void)state;
    static const long double x[] = { 1, 2, 3, 1, 3, 4, 1, 5, 6, 1, 7, 8, 1, 11, 12 };
    static const double y[] = { 1, 2, 4, 3, 5 };
    struct pt_least_squares fit = { .sse = 4711 };
    assert_int_equal(pt_least_squares(5, 3, x, y, NULL, &fit, NULL, NULL), PT_EDATA);
    assert_close(fit.sse, 4711, 0); /* untouched */
    assert_int_equal(pt_least_squares(2, 3, x, y, NULL, &fit, NULL, NULL), PT_EDATA);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(linear_sets_have_their_digits),
        cmocka_unit_test(gsl_agrees_on_the_linear_sets),
        cmocka_unit_test(nonlinear_sets_have_their_digits),
        cmocka_unit_test(derivatives_are_those_of_the_models),
        cmocka_unit_test(dependent_columns_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
