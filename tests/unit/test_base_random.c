#include "support/pt_test.h"

#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <paritet/base.h>

#define N 200000
static double u[N], v[N];

/* Known answers of philox4x32-10 with counter 0 and key 0: Random123 1.14, kat_vectors. */
static void draws_the_known_philox_words(void **state)
{
    (void)state;
    struct pt_stream stream = { { 0, 0 }, PT_ISA_PORTABLE };
    double a, b;
    pt_stream_uniforms(&stream, 0, 1, 0, &a, &b);
    assert_true(a == (double)(0x6627e8d5e169c58dull >> 12) * 0x1p-52 + 0x1p-53);
    assert_true(b == (double)(0xbc57ac4c9b00dbd8ull >> 12) * 0x1p-52 + 0x1p-53);
}

static void draw_i_is_the_same_wherever_a_block_starts(void **state)
{
    (void)state;
    struct pt_stream stream = pt_stream_open(20140213, "employment-ratio@København");
    double a, b;
    pt_stream_normals(&stream, 0, 1000, 7, u, v);
    for (uint64_t i = 0; i < 1000; i += 37) {
        pt_stream_normals(&stream, i, 1, 7, &a, &b);
        assert_true(a == u[i] && b == v[i]);
    }
}

static void seeds_names_and_blocks_give_other_numbers(void **state)
{
    (void)state;
    struct pt_stream one = pt_stream_open(1, "a"), two = pt_stream_open(2, "a"),
                     three = pt_stream_open(1, "b");
    double x, y, z, w, spare;
    pt_stream_uniforms(&one, 5, 1, 0, &x, &spare);
    pt_stream_uniforms(&two, 5, 1, 0, &y, &spare);
    pt_stream_uniforms(&three, 5, 1, 0, &z, &spare);
    pt_stream_uniforms(&one, 5, 1, 1, &w, &spare);
    assert_true(x != y && x != z && x != w && y != z && y != w && z != w);
}

static void names_longer_than_a_block_still_differ(void **state)
{
    (void)state;
    char one[600], two[600];
    memset(one, 'x', sizeof one);
    memset(two, 'x', sizeof two);
    one[599] = two[599] = '\0';
    two[598] = 'y';
    assert_true(pt_stream_open(3, one).key[0] != pt_stream_open(3, two).key[0]);
}

/* The polynomials against the C library on the same uniforms: a few units in the last place. */
static void normals_are_box_muller(void **state)
{
    (void)state;
    struct pt_stream stream = pt_stream_open(17, "normals");
    static double z0[N], z1[N];
    double worst = 0;
    pt_stream_uniforms(&stream, 0, N, 3, u, v);
    pt_stream_normals(&stream, 0, N, 3, z0, z1);
    for (size_t i = 0; i < N; i++) {
        double radius = sqrt(-2 * log(u[i]));
        worst = fmax(worst, fabs(z0[i] - radius * cos(2 * M_PI * v[i])) / (1 + radius));
        worst = fmax(worst, fabs(z1[i] - radius * sin(2 * M_PI * v[i])) / (1 + radius));
    }
    assert_true(worst < 1e-15);
}

/* 5-sigma bounds for n = 200,000: mean 1/sqrt(n), variance sqrt(2/n), kurtosis sqrt(24/n). */
static void normals_have_the_moments_of_a_normal(void **state)
{
    (void)state;
    struct pt_stream stream = pt_stream_open(20140213, "moments");
    double m1 = 0, m2 = 0, m4 = 0, cross = 0;
    pt_stream_normals(&stream, 0, N, 0, u, v);
    for (size_t i = 0; i < N; i++) {
        m1 += u[i] / N;
        m2 += u[i] * u[i] / N;
        m4 += u[i] * u[i] * u[i] * u[i] / N;
        cross += u[i] * v[i] / N;
    }
    assert_close(m1, 0, 5 / sqrt(N));
    assert_close(m2, 1, 5 * sqrt(2.0 / N));
    assert_close(m4, 3, 5 * sqrt(96.0 / N) / 3);
    assert_close(cross, 0, 5 / sqrt(N));
}

/* The digests are those of the first implementation, one draw at a time with Random123's philox.h;
 * the draws pass 2^32, where the counter's second word changes. */
static void every_instruction_set_gives_the_same_bytes(void **state)
{
    (void)state;
    static double z[2][4096];
    struct pt_stream stream = { { 0x243f6a88u, 0x85a308d3u }, PT_ISA_PORTABLE };
    char hex[65];
    for (int isa = 0; isa < PT_ISAS; isa++) {
        if (!pt_isa_runs((enum pt_isa)isa)) {
            continue;
        }
        stream.isa = (enum pt_isa)isa;
        pt_stream_normals(&stream, UINT64_C(0xfffffc11), 4096, 9, z[0], z[1]);
        pt_sha256(z, sizeof z, hex);
        assert_string_equal(hex,
                            "61d914378b34effd25441c07f8b6e48490f3755ae2e98d377e30040c909840e4");
        pt_stream_uniforms(&stream, UINT64_C(0xfffffc11), 4096, 9, z[0], z[1]);
        pt_sha256(z, sizeof z, hex);
        assert_string_equal(hex,
                            "e9efbc483f016218e8f5f662aa724549f5b6f6eed6c402c8974fd5cf0acf5c5b");
    }
}

static void every_instruction_set_ends_a_block_where_it_is_told(void **state)
{
    (void)state;
    double all[2][40], some[2][40];
    struct pt_stream stream = pt_stream_open(5, "ends");
    pt_stream_normals(&stream, 0, 40, 2, all[0], all[1]);
    for (int isa = 0; isa < PT_ISAS; isa++) {
        stream.isa = pt_isa_runs((enum pt_isa)isa) ? (enum pt_isa)isa : PT_ISA_PORTABLE;
        for (size_t n = 0; n < 40; n++) {
            some[0][n] = some[1][n] = -17;
            pt_stream_normals(&stream, 0, n, 2, some[0], some[1]);
            assert_memory_equal(some[0], all[0], n * sizeof **some);
            assert_memory_equal(some[1], all[1], n * sizeof **some);
            assert_true(some[0][n] == -17 && some[1][n] == -17);
        }
    }
}

static void the_best_instruction_set_runs_and_has_a_name(void **state)
{
    (void)state;
    enum pt_isa best = pt_isa_best(), found;
    assert_true(pt_isa_runs(best) && pt_isa_runs(PT_ISA_PORTABLE));
    assert_true(pt_isa_find(pt_isa_name(best), &found) && found == best);
    assert_false(pt_isa_find("sse9", &found));
    assert_true(pt_stream_open(1, "x").isa == best);
}

static void a_variable_chooses_the_instruction_set(void **state)
{
    (void)state;
    char *before = getenv(PT_ISA_VARIABLE) ? strdup(getenv(PT_ISA_VARIABLE)) : NULL;
    unsetenv(PT_ISA_VARIABLE);
    enum pt_isa best = pt_isa_best();
    for (int isa = 0; isa < PT_ISAS; isa++) {
        setenv(PT_ISA_VARIABLE, pt_isa_name((enum pt_isa)isa), 1);
        assert_int_equal(pt_isa_best(), pt_isa_runs((enum pt_isa)isa) ? (enum pt_isa)isa : best);
        assert_int_equal(pt_stream_open(1, "x").isa, pt_isa_best());
    }
    setenv(PT_ISA_VARIABLE, "sse9", 1);
    assert_int_equal(pt_isa_best(), best);
    unsetenv(PT_ISA_VARIABLE);
    if (before) {
        setenv(PT_ISA_VARIABLE, before, 1);
    }
    free(before);
}

/* Units in the last place between got and the value rounded from long double. */
static double ulps(double got, long double exact)
{
    double rounded = (double)exact, ulp = nextafter(fabs(rounded), INFINITY) - fabs(rounded);
    return fabs((double)((got - exact) / ulp));
}

/* Both polynomials promise less than one unit (fdlibm 1993); glibc's long double is the judge. */
static void exp_and_log_are_within_one_unit_in_the_last_place(void **state)
{
    (void)state;
    struct pt_stream stream = pt_stream_open(23, "exp and log");
    double worst_exp = 0, worst_log = 0;
    static double x[2048], e[2048], l[2048];
    for (uint32_t block = 0; block < 100; block++) {
        pt_stream_uniforms(&stream, 0, 1024, block, u, v);
        for (size_t i = 0; i < 1024; i++) {
            x[i] = 1416 * (u[i] - .5);
            x[1024 + i] = block % 2 ? 2 * (v[i] - .5) : 1e-3 * (v[i] - .5);
        }
        pt_block_exp(stream.isa, 2048, x, e);
        for (size_t i = 0; i < 2048; i++) {
            worst_exp = fmax(worst_exp, ulps(e[i], expl(x[i])));
            x[i] = i < 1024 ? e[i] : 1 + x[i] / 2;
        }
        pt_block_log(stream.isa, 2048, x, l);
        for (size_t i = 0; i < 2048; i++) {
            worst_log = fmax(worst_log, ulps(l[i], logl(x[i])));
        }
    }
    assert_true(worst_exp < 1);
    assert_true(worst_log < 1);
}

static void exp_and_log_know_the_edges_of_the_numbers(void **state)
{
    (void)state;
    static const double x[] = { 0,        -0.0,     INFINITY, -INFINITY, NAN,  709.78271289338397,
                                709.7828, -745.133, -745.14,  -1e308,    1e308 };
    enum { N_X = sizeof x / sizeof *x };
    double y[N_X];
    for (int isa = 0; isa < PT_ISAS; isa++) {
        if (!pt_isa_runs((enum pt_isa)isa)) {
            continue;
        }
        pt_block_exp((enum pt_isa)isa, N_X, x, y);
        for (size_t i = 0; i < N_X; i++) {
            assert_true(isnan(x[i]) ? isnan(y[i])
                                    : y[i] == exp(x[i]) || ulps(y[i], expl(x[i])) < 1);
        }
        static const double t[] = { 0,       -0.0,      1,      INFINITY, -1,       NAN,
                                    DBL_MIN, 0x1p-1074, 3e-320, DBL_MAX,  -INFINITY };
        pt_block_log((enum pt_isa)isa, N_X, t, y);
        for (size_t i = 0; i < N_X; i++) {
            double l = log(t[i]);
            assert_true(isnan(l) ? isnan(y[i]) : y[i] == l || ulps(y[i], logl(t[i])) < 1);
        }
    }
}

static void exp_and_log_give_the_same_bytes_everywhere(void **state)
{
    (void)state;
    static double x[1001], y[2][1001];
    struct pt_stream stream = pt_stream_open(29, "same bytes");
    pt_stream_normals(&stream, 0, 1001, 0, x, y[0]);
    for (int isa = 0; isa < PT_ISAS; isa++) {
        stream.isa = pt_isa_runs((enum pt_isa)isa) ? (enum pt_isa)isa : PT_ISA_PORTABLE;
        double *own = y[isa > 0];
        pt_block_exp(stream.isa, 1001, x, own);
        assert_memory_equal(y[0], own, sizeof y[0]);
        pt_block_log(stream.isa, 1001, own, own);
        for (size_t i = 0; i < 1001; i++) {
            assert_close(own[i], x[i], 1e-15);
        }
        pt_block_exp(stream.isa, 1001, x, y[0]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_the_known_philox_words),
        cmocka_unit_test(draw_i_is_the_same_wherever_a_block_starts),
        cmocka_unit_test(seeds_names_and_blocks_give_other_numbers),
        cmocka_unit_test(names_longer_than_a_block_still_differ),
        cmocka_unit_test(normals_are_box_muller),
        cmocka_unit_test(normals_have_the_moments_of_a_normal),
        cmocka_unit_test(every_instruction_set_gives_the_same_bytes),
        cmocka_unit_test(every_instruction_set_ends_a_block_where_it_is_told),
        cmocka_unit_test(the_best_instruction_set_runs_and_has_a_name),
        cmocka_unit_test(a_variable_chooses_the_instruction_set),
        cmocka_unit_test(exp_and_log_are_within_one_unit_in_the_last_place),
        cmocka_unit_test(exp_and_log_know_the_edges_of_the_numbers),
        cmocka_unit_test(exp_and_log_give_the_same_bytes_everywhere),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
