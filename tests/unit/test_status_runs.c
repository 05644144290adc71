/* The status of whole runs: goals, places, earlier years, horizons, and models without a trend. */
#include "test_input_files.h"

#include <math.h>

#include <paritet/answer.h>
#include <paritet/barometer.h>

static const char head[] = "title: T\n"
                           "horizon: 2040\n"
                           "data: [ d.csv ]\n"
                           "groups: [ { id: g, title: g }, { id: r, title: r } ]\n"
                           "areas:\n"
                           "  - id: a\n"
                           "    title: A\n"
                           "    goals:\n"
                           "      - id: first\n"
                           "        title: First\n"
                           "        indicators:\n";

struct world {
    struct scratch scratch;
    struct pt_diagnostics list;
    struct pt_model *model;
    struct pt_run *run;
    struct pt_arena *arena;
    struct pt_standings standings;
};

static void run_world(struct world *w, const char *indicators, const char *figures,
                      const struct pt_run_options *options)
{
    struct pt_error err;
    char text[8192];
    memset(w, 0, sizeof *w);
    scratch_open(&w->scratch);
    pt_diagnostics_init(&w->list);
    snprintf(text, sizeof text, "indicator,group,year,value,n\n%s", figures);
    scratch_write(&w->scratch, "d.csv", text);
    snprintf(text, sizeof text, "%s%s", head, indicators);
    const char *path = scratch_write(&w->scratch, "m.yaml", text);
    assert_int_equal(pt_model_read(path, &w->model, &w->list, &err), PT_OK);
    assert_int_equal(pt_run_simulate(w->model, NULL, 0, options, NULL, &w->list, &w->run, &err),
                     PT_OK);
    w->arena = pt_arena_new();
    assert_int_equal(pt_standings_make(w->run, w->arena, &w->standings, &err), PT_OK);
}

static void end_world(struct world *w)
{
    pt_arena_free(w->arena);
    pt_run_free(w->run);
    pt_model_free(w->model);
    pt_diagnostics_free(&w->list);
    scratch_close(&w->scratch);
}

static struct pt_run_options options_of(uint64_t draws)
{
    struct pt_run_options options = pt_run_options_default();
    options.draws = draws;
    options.may_be_empty = true;
    return options;
}

/* ------------------------------------------------------------------ earlier years */

static const char two[] =
    "          - { id: share, title: S, decides: true, unit: '%', series: share, group: g,\n"
    "              better: higher, bounds: [ 0, 100 ], target: { value: 61.7 %, by: 2030 } }\n"
    "          - { id: gap, title: G, decides: true, unit: '%', series: gap, group: g,\n"
    "              reference: r, gap: difference, better: higher, bounds: [ 0, 100 ],\n"
    "              band: { within: 1.3 pp, because: b } }\n";
static const double shares[] = { 47.3, 48.9, 48.1, 50.7, 51.9, 51.2, 54.1, 55.3, 56.9, 56.1 };
static const double gaps[] = { 9.7, 8.1, 8.9, 6.3, 6.7, 4.9, 3.1, 2.7, 1.2, 0.7 };

static void write_figures(char *text, size_t size, size_t n)
{
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        int year = 2015 + (int)i;
        used += (size_t)snprintf(text + used, size - used,
                                 "share,g,%d,%.1f,\ngap,g,%d,%.1f,\ngap,r,%d,70.0,\n", year,
                                 shares[i], year, 70 - gaps[i], year);
    }
}

/* With the draws of the earlier standings the two are the same futures, draw by draw. */
static void earlier_standings_are_those_of_a_file_that_ends_there(void **state)
{
    struct pt_run_options options = options_of(PT_BACKTEST_DRAWS);
    struct world whole, part;
    char figures[4096];
    size_t compared = 0;
    (void)state;
    write_figures(figures, sizeof figures, 10);
    run_world(&whole, two, figures, &options);
    for (size_t n = 4; n < 10; n++) {
        write_figures(figures, sizeof figures, n);
        run_world(&part, two, figures, &options);
        for (size_t i = 0; i < whole.standings.n_earlier; i++) {
            const struct pt_earlier_standing *then = &whole.standings.earlier[i];
            bool gap = then->projection == &whole.run->projections[1];
            const struct pt_standing *now = &part.standings.rows[gap];
            if (then->year == now->year) {
                assert_close(then->p_on_time, now->p_on_time, 0);
                assert_close(then->value, now->value, 0);
                assert_int_equal(then->word, now->word);
                assert_int_equal(then->on_time_year, now->on_time_year);
                compared++;
            }
        }
        end_world(&part);
    }
    assert_int_equal(compared, 12);
    end_world(&whole);
}

static void a_target_beyond_the_horizon_has_the_chance_of_a_later_horizon(void **state)
{
    struct pt_run_options options = options_of(3000);
    struct world near, far;
    char figures[4096];
    (void)state;
    write_figures(figures, sizeof figures, 10);
    options.horizon = 2027;
    run_world(&near, two, figures, &options);
    options.horizon = 2035;
    run_world(&far, two, figures, &options);
    assert_close(near.standings.rows[0].p_on_time, far.standings.rows[0].p_on_time, 0);
    assert_true(near.standings.rows[0].p_on_time > .05 && near.standings.rows[0].p_on_time < 1);
    assert_int_equal(near.standings.rows[1].on_time_year, 2027);
    assert_int_equal(far.standings.rows[1].on_time_year, 2035);
    end_world(&near);
    end_world(&far);
}

/* ------------------------------------------------------------------ goals */

static const char three[] =
    "          - { id: met, title: M, decides: true, unit: '%', series: met, group: g,\n"
    "              better: lower, target: { value: 5 %, by: 2020 } }\n"
    "          - { id: missed, title: N, decides: true, unit: '%', series: missed, group: g,\n"
    "              better: lower, target: { value: 5 %, by: 2020 } }\n"
    "          - { id: young, title: Y, decides: true, unit: '%', series: young, group: g,\n"
    "              better: lower, target: { value: 5 %, by: 2030 } }\n"
    "          - { id: none, title: O, decides: true, unit: '%', group: g, better: lower, note: n }\n"
    "      - id: second\n"
    "        title: Second\n"
    "        indicators:\n"
    "          - { id: grey, title: Y, decides: true, unit: '%', series: young, group: g,\n"
    "              better: lower, target: { value: 5 %, by: 2030 } }\n"
    "      - id: third\n"
    "        title: Third\n"
    "        indicators:\n"
    "          - { id: idle, title: M, unit: '%', series: missed, group: g, better: lower,\n"
    "              target: { value: 5 %, by: 2020 } }\n";
static const char figures_of_three[] = "met,g,2019,6.3,\nmet,g,2020,4.7,\n"
                                       "missed,g,2019,6.3,\nmissed,g,2020,5.7,\n"
                                       "young,g,2019,9.1,\nyoung,g,2020,8.9,\n";

static void a_goal_is_its_worst_deciding_indicator_that_is_known(void **state)
{
    struct pt_run_options options = options_of(100);
    struct world w;
    (void)state;
    run_world(&w, three, figures_of_three, &options);
    assert_int_equal(w.run->n_projections, 0);
    assert_int_equal(w.standings.n, 6);
    assert_int_equal(w.standings.n_goals, 3);
    const struct pt_goal_standing *goals = w.standings.goals;
    assert_int_equal(goals[0].word, PT_STANDING_OFF_COURSE);
    assert_string_equal(goals[0].worst->id, "missed");
    assert_int_equal(goals[0].n_deciding, 4);
    assert_int_equal(goals[0].n_known, 2);
    /* none known, and none decides */
    assert_int_equal(goals[1].word, PT_STANDING_TOO_LITTLE);
    assert_int_equal(pt_standing_colour(goals[1].word), PT_COLOUR_NONE);
    assert_int_equal(goals[1].n_deciding, 1);
    assert_null(goals[1].worst);
    assert_int_equal(pt_standing_colour(goals[2].word), PT_COLOUR_NONE);
    assert_int_equal(goals[2].n_deciding, 0);
    assert_null(goals[2].worst);
    end_world(&w);
}

static void indicators_without_a_trend_have_rows_too(void **state)
{
    struct pt_run_options options = options_of(100);
    struct world w;
    (void)state;
    run_world(&w, three, figures_of_three, &options);
    const struct pt_standing *rows = w.standings.rows;
    assert_int_equal(rows[0].word, PT_STANDING_REACHED);
    assert_close(rows[0].p_on_time, 1, 0);
    assert_int_equal(rows[1].word, PT_STANDING_OFF_COURSE);
    assert_close(rows[1].p_on_time, 0, 0);
    assert_int_equal(rows[2].word, PT_STANDING_TOO_LITTLE);
    assert_close(rows[2].value, 8.9, 0);
    assert_close(rows[2].change, -.2, 1e-12);
    assert_int_equal(rows[2].significant, PT_NOT_KNOWN);
    assert_true(isnan(rows[2].p_on_time) && isnan(rows[2].pace));
    assert_int_equal(rows[3].word, PT_STANDING_NO_FIGURES);
    assert_false(rows[3].has_value);
    end_world(&w);
}

static void half_a_goal_has_no_standing(void **state)
{
    struct pt_run_options options = options_of(100);
    struct world w;
    (void)state;
    options.indicator = "met";
    run_world(&w, three, figures_of_three, &options);
    assert_int_equal(w.standings.n, 1);
    assert_int_equal(w.standings.n_goals, 0);
    end_world(&w);
    options.indicator = "grey";
    run_world(&w, three, figures_of_three, &options);
    assert_int_equal(w.standings.n_goals, 1);
    end_world(&w);
}

/* ------------------------------------------------------------------ significance from persons */

/* 100 sqrt(p(1-p)/n) with half a person at each end: 12.38 % of 1237 and 9.91 % of 1171 have 1.96
 * standard errors of 2.51 together, and figures of two decimals a step of .01. */
static void persons_behind_both_figures_decide(void **state)
{
    static const char gap[] =
        "          - { id: x, title: X, unit: '%', series: x, group: g, better: lower,\n"
        "              target: { value: 5 %, by: 2030 } }\n";
    struct pt_run_options options = options_of(100);
    struct world w;
    (void)state;
    run_world(&w, gap, "x,g,2019,12.38,1237\nx,g,2020,9.81,1171\n", &options);
    assert_int_equal(w.standings.rows[0].progress, PT_PROGRESS_FORWARD); /* 2.57 */
    end_world(&w);
    run_world(&w, gap, "x,g,2019,12.38,1237\nx,g,2020,9.91,1171\n", &options);
    assert_int_equal(w.standings.rows[0].progress, PT_PROGRESS_STILL); /* 2.47 */
    end_world(&w);
    run_world(&w, gap, "x,g,2019,12.38,1237\nx,g,2020,9.81,\n", &options);
    assert_int_equal(w.standings.rows[0].progress, PT_PROGRESS_UNKNOWN);
    end_world(&w);
}

/* By the formula above the group's own persons would make 4.80 significant (4.40); with those of the
 * reference, and two steps of .1 that make one of .14, the limit is 5.70, and 5.71 for 6.20. */
static void of_a_gap_the_persons_of_both_groups_decide(void **state)
{
    static const char gap[] =
        "          - { id: x, title: X, unit: '%', series: x, group: g, reference: r,\n"
        "              gap: difference, better: higher, band: { within: 1 pp, because: b } }\n";
    struct pt_run_options options = options_of(100);
    struct world w;
    (void)state;
    run_world(&w, gap,
              "x,g,2019,30.1,911\nx,g,2020,34.9,907\n"
              "x,r,2019,70.3,1301\nx,r,2020,70.3,1297\n",
              &options);
    assert_close(w.standings.rows[0].change, -4.8, 1e-12);
    assert_int_equal(w.standings.rows[0].significant, PT_NOT);
    end_world(&w);
    run_world(&w, gap,
              "x,g,2019,30.1,911\nx,g,2020,36.3,907\n"
              "x,r,2019,70.3,1301\nx,r,2020,70.3,1297\n",
              &options);
    assert_int_equal(w.standings.rows[0].progress, PT_PROGRESS_FORWARD);
    end_world(&w);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(earlier_standings_are_those_of_a_file_that_ends_there),
        cmocka_unit_test(a_target_beyond_the_horizon_has_the_chance_of_a_later_horizon),
        cmocka_unit_test(a_goal_is_its_worst_deciding_indicator_that_is_known),
        cmocka_unit_test(indicators_without_a_trend_have_rows_too),
        cmocka_unit_test(half_a_goal_has_no_standing),
        cmocka_unit_test(persons_behind_both_figures_decide),
        cmocka_unit_test(of_a_gap_the_persons_of_both_groups_decide),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
