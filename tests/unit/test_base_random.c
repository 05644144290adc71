#include "support/pt_test.h"

#include <math.h>
#include <string.h>

#include <paritet/base.h>

#define N 200000
static double u[N], v[N];

/* Known answers of philox4x32-10 with counter 0 and key 0: Random123 1.14, kat_vectors. */
static void draws_the_known_philox_words(void **state)
{
    (void)state;
    struct pt_stream stream = { { 0, 0 } };
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(draws_the_known_philox_words),
        cmocka_unit_test(draw_i_is_the_same_wherever_a_block_starts),
        cmocka_unit_test(seeds_names_and_blocks_give_other_numbers),
        cmocka_unit_test(names_longer_than_a_block_still_differ),
        cmocka_unit_test(normals_are_box_muller),
        cmocka_unit_test(normals_have_the_moments_of_a_normal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
