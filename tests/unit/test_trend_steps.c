#include "support/pt_test.h"

#include <math.h>
#include <string.h>

#include "trend/normal_pieces.h"
#include "trend/steps.h"

/* The kernels of paths: the same bytes on every instruction set, and close to the C library's. */

#define N 509 /* no multiple of any vector */

static void scores(double *z, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        z[i] = -8.5 + 17 * (double)i / (double)(n - 1);
    }
}

static void half_chances_are_those_of_the_normal(void **state)
{
    (void)state;
    enum { MANY = 40009 };
    static double z[MANY], p[MANY];
    scores(z, MANY);
    pt_half_chances(MANY, z, p);
    for (size_t i = 0; i < MANY; i++) {
        double expected = fmax(.5 * erf(z[i] * M_SQRT1_2), -.4975);
        if (fabs(p[i] - expected) > 1e-13) {
            fail_msg("z = %.17g: %.17g and not %.17g", z[i], p[i], expected);
        }
    }
}

/* Q of METHODS 3.5 by its rows. */
static double quantile(const double *q, double p)
{
    double upper = fmin(fmax(p, 1 - p), pt_constants_p[PT_CONSENSUS_ROWS - 1]);
    size_t i = 1;
    while (i + 1 < PT_CONSENSUS_ROWS && upper > pt_constants_p[i]) {
        i++;
    }
    double share = (upper - pt_constants_p[i - 1]) / (pt_constants_p[i] - pt_constants_p[i - 1]);
    return copysign(q[i - 1] + share * (q[i] - q[i - 1]), p - .5);
}

static void spreads_by_the_quantile_table(void **state)
{
    (void)state;
    for (size_t set = 0; pt_constants_sets[set].name; set++) {
        const struct pt_spread_year year = { .6, .8, 1.7, pt_constants_sets[set].q };
        double z[N], walk[N], x[N];
        scores(z, N);
        for (size_t i = 0; i < N; i++) {
            walk[i] = z[N - 1 - i] / 3;
            x[i] = 40 + (double)i;
        }
        pt_steps_best()->spread(&year, N, z, walk, x);
        for (size_t i = 0; i < N; i++) {
            double w = .6 * z[N - 1 - i] / 3 + .8 * z[i];
            double expected = 1.7 * quantile(year.q, .5 * erfc(-w * M_SQRT1_2));
            assert_close(walk[i], w, 1e-14);
            assert_close(x[i] - 40 - (double)i, expected, 1e-10);
        }
    }
}

/* Runs every kernel; all they write goes to out, [12][N]. */
static void run(const struct pt_steps *steps, size_t n, double *out)
{
    static double z[N], series[PT_SCALE_ORDER + 1];
    const struct pt_spread_year year = { .6, .8, 1.7, pt_constants_sets[0].q };
    scores(z, N);
    for (size_t k = 0; k <= PT_SCALE_ORDER; k++) {
        series[k] = 1 / (1 + (double)(k * k));
    }
    for (size_t i = 0; i < 12 * N; i++) {
        out[i] = .25 + (double)(i % 97) / 97;
    }
    double *row[12];
    for (size_t k = 0; k < 12; k++) {
        row[k] = out + k * N;
    }
    steps->spread(&year, n, z, row[0], row[1]);
    steps->half_chance(n, z, row[2]);
    steps->carry(3, 6, -.2, n, row[2], row[3], row[4], row[5]);
    steps->log_scale(series, n, z, row[6]);
    steps->squash(2, 5, n, row[3], row[7]);
    steps->noise(.4, .9, n, row[1], z, row[8]);
    steps->line(7, n, row[1], z, row[9]);
    steps->add(n, row[9], row[8], row[10]);
    steps->drift(n, row[1], row[8], z, row[0], row[2], row[9], row[11]);
    steps->clip(-1, 1, n, row[10]);
}

static void every_instruction_set_gives_the_same_bytes(void **state)
{
    (void)state;
    static double expected[12 * N], got[12 * N];
    static const size_t sizes[] = { 0, 1, 3, 8, 31, 33, N };
    for (size_t k = 0; k < sizeof sizes / sizeof *sizes; k++) {
        run(pt_steps_of(PT_ISA_PORTABLE), sizes[k], expected);
        for (int isa = PT_ISA_AVX2; isa < PT_ISAS; isa++) {
            if (pt_isa_runs((enum pt_isa)isa)) {
                run(pt_steps_of((enum pt_isa)isa), sizes[k], got);
                assert_memory_equal(got, expected, sizeof got);
            }
        }
    }
}

static void saturations_keep_their_digits(void **state)
{
    (void)state;
    double x[400], y[400];
    for (size_t i = 0; i < 400; i++) {
        x[i] = pow(10, -20 + 24 * (double)i / 399);
    }
    x[0] = 0;
    pt_saturations(400, x, y);
    for (size_t i = 0; i < 400; i++) {
        assert_true(fabs(y[i] + expm1(-x[i])) <= 1e-15 * y[i]);
    }
}

static void logistics_reach_their_bounds(void **state)
{
    (void)state;
    double x[5] = { -800, -1.5, 0, 1.5, 800 };
    pt_logistics(2, 10, 5, x, x);
    assert_close(x[0], 2, 1e-300);
    assert_close(x[1], 2 + 10 / (1 + exp(1.5)), 1e-14);
    assert_close(x[2], 7, 1e-300);
    assert_close(x[3], 2 + 10 / (1 + exp(-1.5)), 1e-14);
    assert_close(x[4], 12, 1e-300);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(half_chances_are_those_of_the_normal),
        cmocka_unit_test(spreads_by_the_quantile_table),
        cmocka_unit_test(every_instruction_set_gives_the_same_bytes),
        cmocka_unit_test(saturations_keep_their_digits),
        cmocka_unit_test(logistics_reach_their_bounds),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
