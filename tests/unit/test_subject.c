#include "support/pt_test.h"

#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <paritet/barometer.h>

/* A model and its data, written to a folder of their own and read back. */
struct world {
    char folder[64];
    struct pt_model *model;
    struct pt_diagnostics list;
    struct pt_arena *arena;
};

static void put(const char *folder, const char *name, const char *text)
{
    char path[128];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void world_open(struct world *w, const char *indicator, const char *rows)
{
    char model[2048], path[128];
    snprintf(w->folder, sizeof w->folder, "/tmp/paritet-subject-XXXXXX");
    assert_non_null(mkdtemp(w->folder));
    snprintf(model, sizeof model,
             "title: T\ndata: [ d.csv ]\n"
             "groups:\n  - { id: a, title: A }\n  - { id: b, title: B }\n"
             "areas:\n  - id: x\n    title: X\n    goals:\n      - id: y\n        title: Y\n"
             "        indicators:\n          - id: i\n            title: I\n%s",
             indicator);
    put(w->folder, "m.yaml", model);
    put(w->folder, "d.csv", rows);
    pt_diagnostics_init(&w->list);
    w->arena = pt_arena_new();
    w->model = NULL;
    snprintf(path, sizeof path, "%s/m.yaml", w->folder);
    struct pt_error err;
    enum pt_status status = pt_model_read(path, &w->model, &w->list, &err);
    for (size_t i = 0; status != PT_OK && i < w->list.n; i++) {
        char text[500];
        pt_message_print(&w->list.items[i].message, NULL, text, sizeof text);
        print_message("%zu: %s\n", w->list.items[i].place.line, text);
    }
    assert_int_equal(status, PT_OK);
}

static void world_close(struct world *w)
{
    char path[128];
    snprintf(path, sizeof path, "%s/m.yaml", w->folder);
    unlink(path);
    snprintf(path, sizeof path, "%s/d.csv", w->folder);
    unlink(path);
    rmdir(w->folder);
    pt_model_free(w->model);
    pt_diagnostics_free(&w->list);
    pt_arena_free(w->arena);
}

static enum pt_status prepare(struct world *w, int from, struct pt_subject *subject)
{
    return pt_subject_prepare(w->model, w->model->indicators[0], "", from, w->arena, &w->list,
                              subject, NULL);
}

static bool said(const struct world *w, const char *words)
{
    for (size_t i = 0; i < w->list.n; i++) {
        char text[500];
        pt_message_print(&w->list.items[i].message, NULL, text, sizeof text);
        if (strcmp(text, words) == 0) {
            return true;
        }
    }
    return false;
}

#define GAP                                                                              \
    "            unit: \"%\"\n            series: s\n            group: a\n"             \
    "            reference: b\n            gap: difference\n            better: lower\n" \
    "            band: { within: 0.5 pp, because: rounding }\n"
#define SINGLE                                                               \
    "            unit: \"%\"\n            series: s\n            group: a\n" \
    "            better: lower\n            target: { value: 5 %, by: 2030, because: x }\n"

static void a_gap_is_the_two_groups_in_common_years(void **state)
{
    (void)state;
    struct world w;
    struct pt_subject s;
    world_open(&w, GAP,
               "indicator,group,year,value\n"
               "s,a,2010,17.3\ns,a,2011,16.1\ns,a,2013,15.2\ns,a,2014,15.0\n"
               "s,b,2010,7.1\ns,b,2011,7.0\ns,b,2012,6.9\ns,b,2013,6.6\ns,b,2014,6.6\n");
    assert_int_equal(prepare(&w, INT_MIN, &s), PT_OK);
    assert_int_equal(s.kind, PT_SUBJECT_TWO_GROUPS);
    assert_int_equal(s.projected.n, 4);
    assert_int_equal(s.projected.year[2], 2013);
    assert_close(s.projected.y[2], 8.6, 1e-12);
    assert_close(pt_subject_gap(&s, 8.6), 8.6, 1e-12);
    assert_true(isinf(s.projected.lower)); /* a gap may cross zero */
    assert_string_equal(s.projected.constants, PT_GAP_CONSTANTS);
    assert_close(s.group.lower, 0, 0);
    assert_close(s.group.rounding, 0.1, 1e-12);
    assert_close(s.projected.rounding, 0.1 * sqrt(2), 1e-12); /* of two rounded figures */
    world_close(&w);
}

static void a_single_series_is_a_gap_to_its_target(void **state)
{
    (void)state;
    struct world w;
    struct pt_subject s;
    world_open(&w, SINGLE,
               "indicator,group,year,value\ns,a,2010,9.3\ns,a,2011,9.1\ns,a,2012,8.7\n");
    assert_int_equal(prepare(&w, INT_MIN, &s), PT_OK);
    assert_int_equal(s.kind, PT_SUBJECT_SINGLE);
    assert_close(pt_subject_gap(&s, 8.7), 3.7, 1e-12);
    assert_close(pt_subject_gap(&s, 5), 0, 1e-12);
    assert_close(s.projected.lower, 0, 0);
    world_close(&w);
}

static void a_hole_of_four_years_starts_the_series_after_it(void **state)
{
    (void)state;
    struct world w;
    struct pt_subject s;
    world_open(&w, SINGLE,
               "indicator,group,year,value\ns,a,2009,11\ns,a,2014,9.3\ns,a,2015,9.1\n"
               "s,a,2019,8.7\n");
    assert_int_equal(prepare(&w, INT_MIN, &s), PT_OK);
    assert_int_equal(s.projected.n, 3); /* 2016-2018 is a hole of three: kept */
    assert_int_equal(s.projected.year[0], 2014);
    assert_int_equal(s.n_before, 1);
    assert_close(s.y_before[0], 11, 0);
    assert_true(said(&w, "'i': no figures from 2010 to 2013, so the trend starts in 2014"));
    world_close(&w);
}

static void a_break_in_the_data_must_be_declared(void **state)
{
    (void)state;
    struct world w;
    struct pt_subject s;
    const char *rows = "indicator,group,year,value,flag\ns,a,2010,9.3,\ns,a,2011,9.1,\n"
                       "s,a,2012,8.7,b\ns,a,2013,8.6,\n";
    world_open(&w, SINGLE, rows);
    assert_int_equal(prepare(&w, INT_MIN, &s), PT_EDATA);
    assert_int_equal(prepare(&w, 2012, &s), PT_OK); /* nothing is fitted across it */
    world_close(&w);
    world_open(&w,
               SINGLE "            breaks: [ { year: 2012, kind: slope, because: new survey } ]\n",
               rows);
    assert_int_equal(prepare(&w, INT_MIN, &s), PT_OK);
    assert_int_equal(s.projected.n_breaks, 1);
    assert_int_equal(s.projected.breaks[0], 2012);
    assert_int_equal(s.projected.break_kinds[0], PT_BREAK_SLOPE);
    world_close(&w);
}

static void a_break_without_a_figure_is_a_break_too(void **state)
{
    (void)state;
    struct world w;
    struct pt_subject s;
    world_open(&w, SINGLE,
               "indicator,group,year,value,flag\ns,a,2010,9.3,\ns,a,2011,9.1,\n"
               "s,a,2012,..,b\ns,a,2013,8.6,\n");
    assert_int_equal(prepare(&w, INT_MIN, &s), PT_EDATA);
    world_close(&w);
    world_open(&w, GAP,
               "indicator,group,year,value,flag\ns,a,2010,17,\ns,a,2011,16,\ns,a,2012,15,b\n"
               "s,a,2013,15,\ns,b,2010,7,\ns,b,2011,7,\ns,b,2013,6,\n");
    assert_int_equal(prepare(&w, INT_MIN, &s), PT_EDATA); /* 2012 has no pair, 2013 has */
    world_close(&w);
}

static void an_indicator_without_figures_has_none_to_fit(void **state)
{
    (void)state;
    struct world w;
    struct pt_subject s;
    struct pt_error err;
    char text[200];
    world_open(&w,
               "            unit: \"%\"\n            group: a\n            better: lower\n"
               "            note: not yet\n",
               "indicator,group,year,value\ns,a,2010,20\n");
    assert_int_equal(pt_subject_prepare(w.model, w.model->indicators[0], "", INT_MIN, w.arena,
                                        &w.list, &s, &err),
                     PT_EDATA);
    pt_message_print(&err.message, NULL, text, sizeof text);
    assert_string_equal(text, "'i': no figures are published here");
    world_close(&w);
}

static void persons_give_binomial_variances(void **state)
{
    (void)state;
    struct world w;
    struct pt_subject s;
    world_open(&w, SINGLE,
               "indicator,group,year,value,n\ns,a,2010,20,400\ns,a,2011,19,40\ns,a,2012,17,400\n");
    assert_int_equal(prepare(&w, INT_MIN, &s), PT_OK);
    assert_non_null(s.projected.variance);
    /* p(1-p)/n with half a person added at each end: 80.5/401 */
    double p = 80.5 / 401;
    assert_close(s.projected.variance[0], 1e4 * p * (1 - p) / 400, 1e-12);
    assert_true(said(&w, "'i': the figure of 2011 rests on 40 persons, fewer than 50"));
    world_close(&w);
}

static void levelling_down_is_said(void **state)
{
    (void)state;
    struct world w;
    struct pt_subject s;
    world_open(&w, GAP,
               "indicator,group,year,value\ns,a,2010,12\ns,a,2011,12.5\ns,a,2012,13\n"
               "s,b,2010,5\ns,b,2011,6\ns,b,2012,7.5\n");
    assert_int_equal(prepare(&w, INT_MIN, &s), PT_OK);
    assert_true(said(&w,
                     "'i': the gap narrows from 2010 to 2012 although the group did not gain: the "
                     "reference 'b' lost more (levelling down)"));
    world_close(&w);
}

static void measures_that_disagree_are_named(void **state)
{
    (void)state;
    struct world w;
    struct pt_subject s;
    world_open(&w, GAP,
               "indicator,group,year,value\ns,a,2010,20\ns,a,2011,15\ns,a,2012,10\n"
               "s,b,2010,10\ns,b,2011,7\ns,b,2012,4\n");
    assert_int_equal(prepare(&w, INT_MIN, &s), PT_OK);
    assert_true(said(&w,
                     "'i': measured by 'difference' the gap narrows from 2010 to 2012, measured by "
                     "'ratio', 'log-ratio', 'odds-ratio' it widens"));
    world_close(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_gap_is_the_two_groups_in_common_years),
        cmocka_unit_test(a_single_series_is_a_gap_to_its_target),
        cmocka_unit_test(a_hole_of_four_years_starts_the_series_after_it),
        cmocka_unit_test(a_break_in_the_data_must_be_declared),
        cmocka_unit_test(a_break_without_a_figure_is_a_break_too),
        cmocka_unit_test(an_indicator_without_figures_has_none_to_fit),
        cmocka_unit_test(persons_give_binomial_variances),
        cmocka_unit_test(levelling_down_is_said),
        cmocka_unit_test(measures_that_disagree_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
