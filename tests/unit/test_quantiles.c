#include "support/pt_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/sieve.h"
#include "simulate/tally.h"

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

/* Type 7 of Hyndman and Fan (1996) after sorting everything. */
static void by_sorting(size_t n, const double *x, double out[PT_BANDS])
{
    double *sorted = malloc(n * sizeof *sorted);
    memcpy(sorted, x, n * sizeof *sorted);
    qsort(sorted, n, sizeof *sorted, ascending);
    for (size_t j = 0; j < PT_BANDS; j++) {
        double at = pt_band_levels[j] * (double)(n - 1);
        size_t k = (size_t)at;
        double low = sorted[k], high = k + 1 < n ? sorted[k + 1] : low;
        out[j] = high == low ? low + 0.0 : low + (at - (double)k) * (high - low);
    }
    free(sorted);
}

/* Feeds x until the sieve is content; returns how many passes that took. */
static int by_sieve(size_t n, const double *x, size_t block, enum pt_isa isa, double out[PT_BANDS])
{
    size_t room = pt_sieve_room(n, PT_BANDS, pt_band_levels);
    double *values = malloc(room * sizeof *values);
    struct pt_sieve sieve;
    int passes = 0;
    pt_sieve_start(&sieve, n, PT_BANDS, pt_band_levels, values, isa);
    do {
        for (size_t i = 0; i < n; i += block) {
            pt_sieve_add(&sieve, n - i < block ? n - i : block, x + i);
        }
        passes++;
    } while (!pt_sieve_finish(&sieve, out));
    free(values);
    return passes;
}

#define assert_exact(n, x, most_passes) check_exact((n), (x), (most_passes), __LINE__)
static void check_exact(size_t n, const double *x, int most_passes, int line)
{
    double expected[PT_BANDS], got[PT_BANDS];
    by_sorting(n, x, expected);
    for (int isa = 0; isa < PT_ISAS; isa++) {
        if (!pt_isa_runs((enum pt_isa)isa)) {
            continue;
        }
        int passes = by_sieve(n, x, isa == 0 ? 500 : 512, (enum pt_isa)isa, got);
        if (memcmp(expected, got, sizeof got) != 0 || passes > most_passes) {
            for (size_t j = 0; j < PT_BANDS; j++) {
                print_message("%.17g %.17g\n", expected[j], got[j]);
            }
            fail_msg("line %d, %zu values, %s, %d passes", line, n, pt_isa_name((enum pt_isa)isa),
                     passes);
        }
    }
}

#define N 300000
static double x[N], u[N + 1024], v[N + 1024];

static void uniforms(const char *name)
{
    struct pt_stream stream = pt_stream_open(20140213, name);
    pt_stream_uniforms(&stream, 0, N, 0, u, v);
}

static const size_t sizes[] = { 1,     2,     3,     7,     16,    17,     18,     19,    20,
                                21,    100,   511,   512,   999,   3000,   4096,   16384, 16385,
                                17000, 20000, 32767, 32768, 32769, 100000, 131072, 300000 };
#define EACH_SIZE for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)

static void normal_values_in_one_pass(void **state)
{
    (void)state;
    struct pt_stream stream = pt_stream_open(3, "normal");
    pt_stream_normals(&stream, 0, N, 0, x, v);
    EACH_SIZE
    {
        assert_exact(sizes[s], x, 1);
    }
}

/* A miss has a chance of 7e-6 a bracket and narrowing (4.5 sd): of 2,800 here none is expected. */
static void misses_are_rare(void **state)
{
    (void)state;
    double out[PT_BANDS];
    for (uint32_t b = 0; b < 200; b++) {
        struct pt_stream stream = pt_stream_open(4, "rare");
        pt_stream_normals(&stream, 0, 60000, b, x, v);
        assert_true(by_sieve(60000, x, 512, stream.isa, out) == 1);
    }
}

static void heavy_tails(void **state)
{
    (void)state;
    uniforms("tails");
    for (size_t i = 0; i < N; i++) {
        x[i] = tan(M_PI * (u[i] - .5));
    }
    assert_exact(N, x, 1);
    for (size_t i = 0; i < N; i++) {
        x[i] = x[i] * x[i] * x[i] * x[i] * x[i];
    }
    assert_exact(N, x, 1);
    for (size_t i = 0; i < N; i++) {
        x[i] = exp(700 * (u[i] - .5)) * (v[i] < .3 ? -1 : 1);
    }
    assert_exact(N, x, 1);
}

static void ties_and_constants(void **state)
{
    (void)state;
    uniforms("ties");
    for (size_t i = 0; i < N; i++) {
        x[i] = 12.385;
    }
    EACH_SIZE
    {
        assert_exact(sizes[s], x, 1);
    }
    static const double steps[] = { 1, 2, 3, 7, 20, 100, 1000 };
    for (size_t k = 0; k < sizeof steps / sizeof *steps; k++) {
        for (size_t i = 0; i < N; i++) {
            x[i] = floor(u[i] * steps[k]) / 10;
        }
        EACH_SIZE
        {
            assert_exact(sizes[s], x, 1);
        }
    }
}

/* What clipping does: a share of the values at 0, another at 100, and one in between. */
static void atoms_at_bounds_and_inside(void **state)
{
    (void)state;
    static const double shares[] = { .0499, .05, .0501, .1, .25, .4, .5, .501 };
    uniforms("atoms");
    for (size_t k = 0; k < sizeof shares / sizeof *shares; k++) {
        for (int where = 0; where < 3; where++) {
            for (size_t i = 0; i < N; i++) {
                double y = 100 * v[i] - 20;
                x[i] = where == 0         ? fmax(0, y)
                       : where == 1       ? fmin(90, fmax(0, y))
                       : u[i] < shares[k] ? 31.25
                                          : y;
                x[i] = where == 0 && u[i] < shares[k] ? 0 : x[i];
            }
            assert_exact(N, x, 1);
            assert_exact(40000, x, 1);
        }
    }
}

static void signed_zeros_are_one_value(void **state)
{
    (void)state;
    uniforms("zeros");
    for (size_t i = 0; i < N; i++) {
        x[i] = u[i] < .3 ? -0.0 : u[i] < .6 ? 0.0 : u[i] < .8 ? -v[i] : v[i];
    }
    EACH_SIZE
    {
        assert_exact(sizes[s], x, 1);
    }
}

static void values_that_differ_in_the_last_bit(void **state)
{
    (void)state;
    uniforms("bits");
    for (size_t i = 0; i < N; i++) {
        x[i] = 1e9 + floor(u[i] * 4096) * 0x1p-23;
    }
    assert_exact(N, x, 1);
    for (size_t i = 0; i < N; i++) {
        x[i] = floor(u[i] * 1e5) * 0x1p-1074; /* subnormal */
    }
    assert_exact(N, x, 1);
    for (size_t i = 0; i < N; i++) {
        x[i] = 3.5 * (u[i] - .5) * 1e308; /* the range is past the largest number */
    }
    assert_exact(N, x, 1);
}

/* Orders that no pilot can foresee: exact all the same, in a bounded number of passes. */
static void adversarial_orders(void **state)
{
    (void)state;
    uniforms("orders");
    memcpy(x, u, sizeof x);
    qsort(x, N, sizeof *x, ascending);
    assert_exact(N, x, 9);
    for (size_t i = 0; i < N / 2; i++) {
        double swap = x[i];
        x[i] = x[N - 1 - i];
        x[N - 1 - i] = swap;
    }
    assert_exact(N, x, 9);
    for (size_t i = 0; i < N; i++) {
        x[i] = i < 5000 ? 17 : 1e3 * u[i] * u[i];
    }
    assert_exact(N, x, 9);
    for (size_t i = 0; i < N; i++) {
        x[i] = (i < 5000 ? 1e-300 : 1) * (u[i] - .3);
    }
    assert_exact(N, x, 9);
    for (size_t i = 0; i < N; i++) { /* every second value alike, then none */
        x[i] = i < 9000 && i % 2 ? .5 : exp(40 * (v[i] - .5));
    }
    assert_exact(N, x, 9);
    for (size_t i = 0; i < N; i++) { /* dense where the pilot saw nothing */
        x[i] = i < 4096 ? (double)(i % 7) : 2.5 + 1e-9 * u[i];
    }
    assert_exact(N, x, 9);
    for (size_t i = 0; i < N; i++) { /* dense where it saw the middle, whose bracket then is full */
        x[i] = i < 4096 ? 1e3 * v[i] : 500 + u[i];
    }
    assert_exact(N, x, 9);
    for (size_t i = 0; i < N; i++) { /* and most of it one value, which no split divides */
        x[i] = i < 4096 ? 1e3 * v[i] : u[i] < .7 ? 500.25 : 500 + v[i];
    }
    assert_exact(N, x, 9);
}

static void infinities_are_the_ends_of_the_order(void **state)
{
    (void)state;
    uniforms("infinities");
    for (size_t i = 0; i < N; i++) {
        x[i] = u[i] < .02 ? -INFINITY : u[i] > .97 ? INFINITY : v[i];
    }
    assert_exact(N, x, 1);
    assert_exact(40000, x, 1);
    double values[16384], out[PT_BANDS];
    struct pt_sieve sieve;
    pt_sieve_start(&sieve, 3, PT_BANDS, pt_band_levels, values, PT_ISA_PORTABLE);
    pt_sieve_add(&sieve, 3, (const double[]){ 1, INFINITY, 2 });
    assert_true(pt_sieve_finish(&sieve, out) && sieve.infinite && !sieve.nan);
    assert_true(out[3] == 2 && out[6] == INFINITY);
}

static void a_value_that_is_no_number_makes_no_quantile(void **state)
{
    (void)state;
    uniforms("nan");
    memcpy(x, u, sizeof x);
    static const size_t places[] = { 0, 4000, 5000, N - 1 };
    for (size_t k = 0; k < 4; k++) {
        double out[PT_BANDS], kept = x[places[k]];
        x[places[k]] = NAN;
        for (int isa = 0; isa < PT_ISAS; isa++) {
            if (pt_isa_runs((enum pt_isa)isa)) {
                by_sieve(N, x, 512, (enum pt_isa)isa, out);
                assert_true(isnan(out[0]) && isnan(out[6]));
            }
        }
        x[places[k]] = kept;
    }
}

/* The bound of the header. */
static void memory_grows_with_the_root_of_the_draws(void **state)
{
    (void)state;
    for (uint64_t draws = PT_SIEVE_KEEP + 1; draws < UINT64_C(100000000000); draws *= 2) {
        double room = (double)pt_sieve_room(draws, PT_BANDS, pt_band_levels);
        assert_true(room <= fmax(14336, 4096 + 50 * sqrt((double)draws)));
    }
}

static void other_levels_than_the_bands(void **state)
{
    (void)state;
    static const double levels[] = { 0, .10, .50, .90, 1 };
    struct pt_stream stream = pt_stream_open(6, "levels");
    pt_stream_normals(&stream, 0, N, 0, x, v);
    memcpy(v, x, sizeof x);
    qsort(v, N, sizeof *v, ascending);
    double *values = malloc(pt_sieve_room(N, 5, levels) * sizeof *values), out[5];
    struct pt_sieve sieve;
    pt_sieve_start(&sieve, N, 5, levels, values, stream.isa);
    do {
        for (size_t i = 0; i < N; i += 512) {
            pt_sieve_add(&sieve, N - i < 512 ? N - i : 512, x + i);
        }
    } while (!pt_sieve_finish(&sieve, out));
    for (size_t j = 0; j < 5; j++) {
        double at = levels[j] * (N - 1);
        size_t k = (size_t)at;
        assert_true(out[j] == (k + 1 < N ? v[k] + (at - (double)k) * (v[k + 1] - v[k]) : v[k]));
    }
    free(values);
}

static void order_statistics_of_bad_orders(void **state)
{
    (void)state;
    uniforms("statistics");
    uint64_t ranks[] = { 0, 17, 17, 5000, 49999 };
    for (int kind = 0; kind < 4; kind++) {
        for (size_t i = 0; i < 50000; i++) {
            x[i] = kind == 0   ? (double)i
                   : kind == 1 ? -(double)i
                   : kind == 2 ? fabs(25000 - (double)i)
                               : (double)(i * 7919 % 50000);
        }
        double sorted[50000], got[5];
        memcpy(sorted, x, sizeof sorted);
        qsort(sorted, 50000, sizeof *sorted, ascending);
        pt_order_statistics(50000, x, 5, ranks, got);
        for (size_t r = 0; r < 5; r++) {
            assert_true(got[r] == sorted[ranks[r]]);
        }
    }
}

static size_t middle3(const size_t *v, size_t a, size_t b, size_t c)
{
    return v[a] < v[b] ? (v[b] < v[c]   ? b
                          : v[a] < v[c] ? c
                                        : a)
                       : (v[a] < v[c]   ? a
                          : v[b] < v[c] ? c
                                        : b);
}

/* Fills values so that each pivot is the least it can be (after McIlroy 1999, A killer adversary for
 * quicksort): the nine that are looked at are the smallest left, in every round. `at` says which
 * value stands in a place by then, `small` how small it is. */
static void make_worst(size_t n, size_t rounds, double *values)
{
    size_t *at = malloc(n * sizeof *at), *small = malloc(n * sizeof *small), given = 0, from = 0;
    for (size_t i = 0; i < n; i++) {
        at[i] = i;
        small[i] = n; /* not said yet: larger than all that is */
    }
    for (size_t round = 0; round < rounds; round++) {
        size_t e = (n - from) / 8, seen[9], own[9];
        for (size_t k = 0; k < 9; k++) {
            seen[k] = at[from + (k < 8 ? k * e : n - 1 - from)];
            small[seen[k]] = small[seen[k]] == n ? given++ : small[seen[k]];
            own[k] = small[seen[k]];
        }
        size_t thirds[] = { middle3(own, 0, 1, 2), middle3(own, 3, 4, 5), middle3(own, 6, 7, 8) };
        size_t pivot = own[middle3(own, thirds[0], thirds[1], thirds[2])];
        size_t less = from, next = from, greater = n;
        while (next < greater) {
            size_t it = at[next];
            if (small[it] < pivot) {
                at[next++] = at[less];
                at[less++] = it;
            } else if (small[it] > pivot) {
                at[next] = at[--greater];
                at[greater] = it;
            } else {
                next++;
            }
        }
        from = greater;
    }
    for (size_t i = 0; i < n; i++) {
        values[i] = small[i] < n ? (double)small[i] : (double)(n + i * 7919 % n);
    }
    free(at);
    free(small);
}

static void order_statistics_of_the_worst_order(void **state)
{
    (void)state;
    static const size_t counts[] = { 2500, 30000 };
    for (size_t c = 0; c < 2; c++) {
        size_t n = counts[c];
        uint64_t ranks[16]; /* so many that values are not shared out to bins first */
        double got[16];
        for (size_t r = 0; r < 16; r++) {
            ranks[r] = n - 1 - 100 * (15 - r);
        }
        make_worst(n, 100, x);
        memcpy(v, x, n * sizeof *x);
        qsort(v, n, sizeof *v, ascending);
        pt_order_statistics(n, x, 16, ranks, got);
        for (size_t r = 0; r < 16; r++) {
            assert_true(got[r] == v[ranks[r]]);
        }
        for (size_t i = n - 1500; i < n; i++) {
            assert_true(x[i] == v[i]); /* sorted in the end, as bad pivots alone make it */
        }
    }
}

static void a_tally_says_what_it_cannot_hold(void **state)
{
    (void)state;
    struct pt_tally tally;
    struct pt_error err;
    double out[PT_BANDS], two[] = { 3.7, (double)INFINITY };
    char said[200];
    assert_int_equal(pt_tally_new(1000, (size_t)1 << 42, PT_BANDS, pt_band_levels, PT_ISA_PORTABLE,
                                  out, &tally, &err),
                     PT_ENOMEM);
    pt_message_print(&err.message, NULL, said, sizeof said);
    assert_string_equal(said, "out of memory for 1000 draws of 4398046511104 years; use fewer "
                              "--draws or a nearer --horizon");
    pt_tally_free(&tally);
    assert_int_equal(
        pt_tally_new(2, 1, PT_BANDS, pt_band_levels, PT_ISA_PORTABLE, out, &tally, &err), PT_OK);
    pt_tally_add(&tally, 0, 2, two);
    assert_int_equal(pt_tally_check(&tally, "grade-gap", &err), PT_EDATA);
    pt_message_print(&err.message, NULL, said, sizeof said);
    assert_string_equal(said,
                        "the projection of 'grade-gap' leaves the numbers; use another --trend "
                        "or a nearer --horizon");
    pt_tally_free(&tally);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(normal_values_in_one_pass),
        cmocka_unit_test(misses_are_rare),
        cmocka_unit_test(heavy_tails),
        cmocka_unit_test(ties_and_constants),
        cmocka_unit_test(atoms_at_bounds_and_inside),
        cmocka_unit_test(signed_zeros_are_one_value),
        cmocka_unit_test(values_that_differ_in_the_last_bit),
        cmocka_unit_test(adversarial_orders),
        cmocka_unit_test(infinities_are_the_ends_of_the_order),
        cmocka_unit_test(a_value_that_is_no_number_makes_no_quantile),
        cmocka_unit_test(memory_grows_with_the_root_of_the_draws),
        cmocka_unit_test(other_levels_than_the_bands),
        cmocka_unit_test(order_statistics_of_bad_orders),
        cmocka_unit_test(order_statistics_of_the_worst_order),
        cmocka_unit_test(a_tally_says_what_it_cannot_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
