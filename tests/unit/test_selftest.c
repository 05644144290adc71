/* The self-test of a projection: which origins there are, what was known then, and what is said. */
#include "support/pt_test.h"

#include <math.h>
#include <string.h>

#include <paritet/output.h>

#define MOST 20

/* A run with one projection, of a line without noise unless the test writes other figures. */
struct bench {
    struct pt_indicator indicator;
    struct pt_subject subject;
    struct pt_projection projection;
    struct pt_run run;
    struct pt_arena *arena;
    int years[MOST], breaks[1];
    double values[MOST];
};

static void start(struct bench *b, size_t n, int first)
{
    memset(b, 0, sizeof *b);
    b->arena = pt_arena_new();
    for (size_t i = 0; i < n; i++) {
        b->years[i] = first + (int)i;
        b->values[i] = 50 + 2 * (double)i;
    }
    b->indicator = (struct pt_indicator){ .id = "share", .better = 1 };
    b->subject = (struct pt_subject){
        .indicator = &b->indicator,
        .place = "",
        .stream = "share",
        .kind = PT_SUBJECT_PLAIN,
        .projected = { .n = n,
                       .year = b->years,
                       .y = b->values,
                       .breaks = b->breaks,
                       .lower = -INFINITY,
                       .upper = INFINITY },
        .gap_sign = 1,
        .scale = 1,
    };
    b->projection = (struct pt_projection){
        .subject = &b->subject,
        .fit = { .family = pt_family_find("linear") },
        .last = first + (int)n - 1,
    };
    b->run = (struct pt_run){ .options = pt_run_options_default(),
                              .n_projections = 1,
                              .projections = &b->projection };
}

static struct pt_selftest test_of(struct bench *b)
{
    struct pt_selftest test;
    struct pt_error err;
    assert_int_equal(pt_selftest_make(&b->run, &b->projection, b->arena, &test, &err), PT_OK);
    return test;
}

static void paths_start_8_5_and_3_years_ago(void **state)
{
    struct bench b;
    (void)state;
    start(&b, 15, 2010);
    struct pt_selftest test = test_of(&b);
    assert_int_equal(test.n_paths, 3);
    for (size_t i = 0; i < 3; i++) {
        const struct pt_selftest_path *path = &test.paths[i];
        static const int ahead[] = { 8, 5, 3 };
        assert_int_equal(path->origin, 2024 - ahead[i]);
        assert_int_equal(path->n, ahead[i]);
        assert_close(path->known, 50 + 2 * (path->origin - 2010), 0);
        assert_close(path->happened, 78, 0);
        for (size_t h = 0; h < path->n; h++) {
            assert_close(path->said[h].point, path->known + 2 * (double)(h + 1), 1e-6);
        }
    }
    assert_int_equal(test.inside80, test.n);
    pt_arena_free(b.arena);
}

/* The newest figure is an outlier: no path knew it, and a later figure changes none of them. */
static void a_path_knows_nothing_of_what_came_later(void **state)
{
    struct bench b, c;
    (void)state;
    start(&b, 15, 2010);
    start(&c, 15, 2010);
    c.values[14] = 500;
    struct pt_selftest plain = test_of(&b), odd = test_of(&c);
    assert_int_equal(odd.n_paths, plain.n_paths);
    for (size_t i = 0; i < plain.n_paths; i++) {
        assert_memory_equal(odd.paths[i].said, plain.paths[i].said,
                            plain.paths[i].n * sizeof *plain.paths[i].said);
        assert_close(odd.paths[i].happened, 500, 0);
    }
    assert_true(odd.inside80 < odd.n);
    pt_arena_free(b.arena);
    pt_arena_free(c.arena);
}

static void a_path_ends_with_the_row_of_the_newest_figure(void **state)
{
    struct bench b;
    size_t seen = 0;
    (void)state;
    start(&b, 12, 2010);
    b.values[3] += 1.5;
    b.values[7] -= 0.5;
    struct pt_selftest test = test_of(&b);
    for (size_t i = 0; i < test.n; i++) {
        if (test.rows[i].year == 2021) {
            const struct pt_selftest_path *path = &test.paths[seen++];
            assert_int_equal(path->origin, test.rows[i].origin);
            assert_memory_equal(&path->said[path->n - 1], &test.rows[i].said,
                                sizeof test.rows[i].said);
        }
    }
    assert_int_equal(seen, test.n_paths);
    pt_arena_free(b.arena);
}

static void a_break_or_a_short_series_leaves_paths_out(void **state)
{
    struct bench b;
    (void)state;
    start(&b, 15, 2010);
    b.subject.projected.n_breaks = 1;
    b.breaks[0] = 2020;
    struct pt_selftest test = test_of(&b);
    assert_int_equal(test.n_paths, 1);
    assert_int_equal(test.paths[0].origin, 2021);
    pt_arena_free(b.arena);
    start(&b, 5, 2010);
    test = test_of(&b);
    assert_int_equal(test.n_paths + test.n, 0);
    pt_arena_free(b.arena);
}

static void a_sentence_has_no_digit_its_band_does_not_defend(void **state)
{
    const struct pt_forecast said[] = { { 74.123, 71.49, 76.81, 70, 79 } };
    const struct pt_selftest test = { .n_paths = 1, .paths = { { 2019, 73, 1, said, 77.4999 } } };
    struct pt_buffer out = { 0 };
    (void)state;
    pt_sentence_said(&test, 0, pt_language_find("da"), &out);
    assert_string_equal(out.bytes, "For 1 år siden, i 2019, ville den have sagt 74,1 for 2020 "
                                   "(80 pct.: 71,5 til 76,8); det blev 77,5.");
    pt_buffer_free(&out);
}

static void no_two_plots_share_a_name(void **state)
{
    struct bench b;
    struct pt_selftest_chart *tests;
    struct pt_error err;
    (void)state;
    start(&b, 15, 2010);
    struct pt_projection both[] = { b.projection, b.projection };
    const struct pt_chart charts[] = { { .slug = "share" }, { .slug = "share-backtest" } };
    b.run.projections = both;
    b.run.n_projections = 2;
    assert_int_equal(pt_selftest_charts_make(&b.run, charts, b.arena, &tests, &err), PT_OK);
    assert_string_equal(tests[0].slug, "share-backtest-2");
    assert_string_equal(tests[1].slug, "share-backtest-backtest");
    assert_ptr_equal(tests[1].fan, &charts[1]);
    pt_arena_free(b.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(paths_start_8_5_and_3_years_ago),
        cmocka_unit_test(a_path_knows_nothing_of_what_came_later),
        cmocka_unit_test(a_path_ends_with_the_row_of_the_newest_figure),
        cmocka_unit_test(a_break_or_a_short_series_leaves_paths_out),
        cmocka_unit_test(a_sentence_has_no_digit_its_band_does_not_defend),
        cmocka_unit_test(no_two_plots_share_a_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
