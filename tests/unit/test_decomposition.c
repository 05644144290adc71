/* What moved a gap: parts that are the whole, in closed form. */
#include "support/pt_test.h"

#include <math.h>
#include <string.h>

#include <paritet/output.h>

#define MOST 8

struct bench {
    struct pt_indicator indicator;
    struct pt_subject subject;
    struct pt_projection projection;
    struct pt_arena *arena;
    int years[MOST], breaks[2];
    enum pt_break_kind kinds[2];
    double m[MOST], r[MOST], gap[MOST];
};

static void start(struct bench *b, const char *measure, int better, size_t n, const double *m,
                  const double *r)
{
    memset(b, 0, sizeof *b);
    b->arena = pt_arena_new();
    b->indicator = (struct pt_indicator){ .id = "employment",
                                          .better = better,
                                          .gap = pt_gap_measure_find(measure),
                                          .percent = true,
                                          .unit = "%" };
    for (size_t i = 0; i < n; i++) {
        b->years[i] = 2003 + (int)i;
        b->m[i] = m[i];
        b->r[i] = r[i];
        b->gap[i] = b->indicator.gap->gap(m[i], r[i], better, 100);
    }
    b->subject = (struct pt_subject){
        .indicator = &b->indicator,
        .place = "",
        .kind = PT_SUBJECT_TWO_GROUPS,
        .projected = { .n = n,
                       .year = b->years,
                       .y = b->gap,
                       .breaks = b->breaks,
                       .break_kinds = b->kinds,
                       .rounding = 0.1 },
        .group = { .n = n, .year = b->years, .y = b->m },
        .reference = { .n = n, .year = b->years, .y = b->r },
        .scale = 100,
    };
    b->projection = (struct pt_projection){ .subject = &b->subject };
}

static struct pt_decomposition moved(struct bench *b)
{
    struct pt_decomposition d;
    struct pt_error err;
    assert_int_equal(pt_decomposition_make(&b->projection, b->arena, &d, &err), PT_OK);
    return d;
}

/* 12.3 to 8.0 points: 3.2 that the group gained and 1.1 that the reference lost. */
static void a_difference_is_what_each_of_them_did(void **state)
{
    static const double m[] = { 61.4, 62.0, 64.6 }, r[] = { 73.7, 73.0, 72.6 };
    struct bench b;
    (void)state;
    start(&b, "difference", 1, 3, m, r);
    struct pt_decomposition d = moved(&b);
    assert_int_equal(d.n, 3);
    assert_close(d.years[0].by_group, 0, 0);
    assert_close(d.years[2].gap, 8.0, 1e-12);
    assert_close(d.years[2].by_group, 3.2, 1e-12);
    assert_close(d.years[2].by_reference, 1.1, 1e-12);
    pt_arena_free(b.arena);
    start(&b, "difference", -1, 3, m, r); /* the same figures, of unemployment */
    d = moved(&b);
    assert_close(d.years[2].by_group, -3.2, 1e-12);
    assert_close(d.years[2].by_reference, -1.1, 1e-12);
    pt_arena_free(b.arena);
}

/* 40 against 50 is 20 % behind, 54 against 60 10 %. The group first: 100 (54 - 40)/50 = 28 off, then
 * -18 by the reference; the reference first: -100 (40/50 - 40/60) = -13.333 and then 23.333. Means:
 * 25.667 and -15.667. */
static void a_ratio_is_shared_by_the_mean_of_both_orders(void **state)
{
    static const double m[] = { 40, 54 }, r[] = { 50, 60 };
    struct bench b;
    (void)state;
    start(&b, "ratio", 1, 2, m, r);
    struct pt_decomposition d = moved(&b);
    assert_close(d.years[1].by_group, 77.0 / 3, 1e-12);
    assert_close(d.years[1].by_reference, -47.0 / 3, 1e-12);
    pt_arena_free(b.arena);
}

/* Logarithms of a product fall apart by themselves: s ln(m1/m0) and -s ln(r1/r0); of odds alike. */
static void logarithms_fall_apart_by_themselves(void **state)
{
    static const double m[] = { 41.5, 53.25 }, r[] = { 62.5, 66.125 };
    struct bench b;
    (void)state;
    start(&b, "log-ratio", 1, 2, m, r);
    struct pt_decomposition d = moved(&b);
    assert_close(d.years[1].by_group, log(53.25 / 41.5), 1e-14);
    assert_close(d.years[1].by_reference, -log(66.125 / 62.5), 1e-14);
    pt_arena_free(b.arena);
    start(&b, "odds-ratio", -1, 2, m, r);
    d = moved(&b);
    assert_close(d.years[1].by_group, -log(53.25 / 46.75 / (41.5 / 58.5)), 1e-14);
    assert_close(d.years[1].by_reference, log(66.125 / 33.875 / (62.5 / 37.5)), 1e-14);
    pt_arena_free(b.arena);
}

static void parts_are_the_whole_by_every_measure(void **state)
{
    static const double m[] = { 41.5, 38.25, 47.75, 55.5 }, r[] = { 62.5, 60.25, 66.125, 54.25 };
    (void)state;
    for (size_t k = 0; pt_gap_measures[k]; k++) {
        for (int better = -1; better <= 1; better += 2) {
            struct bench b;
            start(&b, pt_gap_measures[k]->name, better, 4, m, r);
            struct pt_decomposition d = moved(&b);
            for (size_t i = 0; i < d.n; i++) {
                assert_close(d.years[i].by_group + d.years[i].by_reference, b.gap[0] - b.gap[i],
                             1e-12 * 100);
            }
            pt_arena_free(b.arena);
        }
    }
}

/* A new definition moves the level by an amount that nobody knows; a reform leaves it. */
static void starts_at_the_newest_definition(void **state)
{
    static const double m[] = { 40, 41, 42, 43, 44, 45 }, r[] = { 50, 50, 50, 50, 50, 50 };
    struct bench b;
    (void)state;
    start(&b, "difference", 1, 6, m, r);
    b.subject.projected.n_breaks = 2;
    b.breaks[0] = 2005;
    b.breaks[1] = 2007;
    b.kinds[0] = PT_BREAK_BOTH;
    b.kinds[1] = PT_BREAK_SLOPE;
    struct pt_decomposition d = moved(&b);
    assert_int_equal(d.n, 4);
    assert_int_equal(d.years[0].year, 2005);
    assert_close(d.years[3].by_group, 3, 1e-12);
    b.kinds[1] = PT_BREAK_LEVEL;
    b.breaks[1] = 2008; /* one figure of it alone */
    assert_int_equal(moved(&b).n, 0);
    pt_arena_free(b.arena);
}

static void there_is_none_without_two_groups(void **state)
{
    static const double m[] = { 40, 41 }, r[] = { 0, 0 };
    struct bench b;
    (void)state;
    start(&b, "difference", 1, 2, m, r);
    b.subject.kind = PT_SUBJECT_SINGLE;
    assert_int_equal(moved(&b).n, 0);
    pt_arena_free(b.arena);
}

static void assert_said(const struct pt_decomposition *d, const char *code, const char *expected)
{
    struct pt_buffer out = { 0 };
    pt_sentence_moved(d, "B", "C", pt_language_find(code), &out);
    assert_string_equal(out.bytes, expected);
    pt_buffer_free(&out);
}

static void says_who_moved_it(void **state)
{
    static const double m[] = { 61.4, 64.6 }, r[] = { 73.7, 63.0 };
    struct bench b;
    (void)state;
    start(&b, "difference", 1, 2, m, r);
    b.subject.projected.rounding = hypot(.1, .1);
    struct pt_decomposition d = moved(&b);
    assert_said(&d, "en",
                "The gap went from 12.3 in 2003 to -1.6 pp in 2004. The group (B) improved by "
                "3.2 pp. The reference (C) fell back by 10.7 pp.");
    assert_said(&d, "da",
                "Gabet gik fra 12,3 i 2003 til -1,6 pct.point i 2004. Gruppen (B) gik frem med "
                "3,2 pct.point. Sammenligningsgruppen (C) gik tilbage med 10,7 pct.point.");
    pt_arena_free(b.arena);
    start(&b, "ratio", 1, 2, m, m);
    d = moved(&b);
    assert_said(
        &d, "en",
        "The gap went from 0.0 in 2003 to 0.0 % in 2004. The group (B) improved, which took "
        "5.1 % off the gap. The reference (C) improved, which added 5.1 % to the gap.");
    pt_arena_free(b.arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_difference_is_what_each_of_them_did),
        cmocka_unit_test(a_ratio_is_shared_by_the_mean_of_both_orders),
        cmocka_unit_test(logarithms_fall_apart_by_themselves),
        cmocka_unit_test(parts_are_the_whole_by_every_measure),
        cmocka_unit_test(starts_at_the_newest_definition),
        cmocka_unit_test(there_is_none_without_two_groups),
        cmocka_unit_test(says_who_moved_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
