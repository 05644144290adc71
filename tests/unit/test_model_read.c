#include "test_input_files.h"

#include <limits.h>
#include <math.h>
#include <paritet/scenario.h>

static const char data[] = "indicator,group,year,value\n"
                           "rate,new,2015,52.4\nrate,new,2016,53.1\nrate,new,2017,53.9\n"
                           "rate,old,2015,75.3\nrate,old,2016,75.6\nrate,old,2017,75.4\n"
                           "grade,new,2017,6.9\nindex,new,2017,104.5\n";

static const char model_head[] =
    "title: { da: M\303\245ltal, en: Targets }\npolicy: { from: 2011, to: 2014 }\n"
    "data: [ data.csv ]\n"
    "groups:\n  - { id: new, title: New }\n  - { id: old, title: Old }\n"
    "units:\n  - { id: grade, title: { da: karakterpoint }, decimals: 2 }\n"
    "areas:\n  - id: work\n    title: Work\n    goals:\n      - id: goal\n        title: Goal\n"
    "        owner: Committee\n        indicators:\n";

struct setup {
    struct scratch scratch;
    struct pt_diagnostics list;
    struct pt_model *model;
    struct pt_scenario *scenario;
    struct pt_error err;
};

static int setup(void **state)
{
    struct setup *s = calloc(1, sizeof *s);
    scratch_open(&s->scratch);
    pt_diagnostics_init(&s->list);
    scratch_write(&s->scratch, "data.csv", data);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    struct setup *s = *state;
    pt_scenario_free(s->scenario);
    pt_model_free(s->model);
    pt_diagnostics_free(&s->list);
    scratch_close(&s->scratch);
    free(s);
    return 0;
}

/* indicators: items in the file's own form, indented by ten. */
static enum pt_status read_model(struct setup *s, const char *indicators)
{
    char text[4096];
    snprintf(text, sizeof text, "%s%s", model_head, indicators);
    const char *path = scratch_write(&s->scratch, "model.yaml", text);
    enum pt_status status = pt_model_read(path, &s->model, &s->list, &s->err);
    pt_diagnostics_sort(&s->list);
    return status;
}

static const char gap_indicator[] =
    "          - id: rate-gap\n            title: Gap\n            unit: \"%\"\n"
    "            series: rate\n            group: new\n            reference: old\n"
    "            better: higher\n            band: { within: 1.5 pp, because: rounding }\n"
    "            target: { value: 8 pp, by: 2030 }\n            trend: damped\n"
    "            breaks: [ { year: 2017, kind: both, because: b }, { year: 2016, because: a } ]\n"
    "            fit-from: 2015\n";

static void puts_a_model_together(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_model(s, gap_indicator), PT_OK);
    const struct pt_indicator *i = pt_model_find(s->model, "rate-gap");
    assert_non_null(i);
    assert_string_equal(s->model->title.da, "M\303\245ltal");
    assert_int_equal(s->model->policy_to, 2014);
    assert_int_equal(s->model->n_files, 2);
    assert_string_equal(i->goal->owner.en, "Committee");
    assert_string_equal(i->area->id, "work");
    assert_true(i->percent);
    assert_true(i->gap->compares); /* the default where there is a reference */
    assert_close(i->lower, 0, 0);
    assert_close(i->upper, 100, 0);
    assert_close(i->band, 1.5, 0);
    assert_close(i->target, 8, 0);
    assert_int_equal(i->target_year, 2030);
    assert_int_equal(i->n_breaks, 2);
    assert_int_equal(i->breaks[0].year, 2016);           /* sorted */
    assert_int_equal(i->breaks[0].kind, PT_BREAK_LEVEL); /* where nothing is said */
    assert_int_equal(i->breaks[1].kind, PT_BREAK_BOTH);
    assert_int_equal(i->fit_from, 2015);
    assert_string_equal(i->trend, "damped");
    assert_int_equal(i->trend_at.line, 26);
    assert_int_equal(i->trend_at.column, 20);
    assert_int_equal(i->better, 1);
    assert_false(i->decides);
}

static void an_index_with_a_given_parity_has_no_bounds(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_model(s, "          - id: index\n            title: Index\n"
                                   "            unit: \"%\"\n            series: index\n"
                                   "            group: new\n            gap: given\n"
                                   "            parity: 100\n            better: lower\n"
                                   "            band: { within: 1 pp, because: rounding }\n"
                                   "            target: { value: 102 %, by: 2030 }\n"),
                     PT_OK);
    const struct pt_indicator *i = s->model->indicators[0];
    assert_false(i->gap->compares);
    assert_close(i->parity, 100, 0);
    assert_true(i->upper == INFINITY);
    assert_int_equal(i->better, -1);
    assert_int_equal(i->fit_from, INT_MIN);
}

static void a_unit_of_its_own_is_in_points(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_model(s, "          - id: grade\n            title: Grade\n"
                                   "            unit: grade\n            series: grade\n"
                                   "            group: new\n            better: higher\n"
                                   "            target: { value: 7.5 points, by: 2030 }\n"),
                     PT_OK);
    const struct pt_indicator *i = s->model->indicators[0];
    assert_false(i->percent);
    assert_int_equal(i->decimals, 2);
    assert_string_equal(i->unit_title.da, "karakterpoint");
    assert_true(i->lower == -INFINITY);
    assert_null(i->gap);
}

static void no_series_needs_a_note_only(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_model(s, "          - id: later\n            title: Later\n"
                                   "            unit: \"%\"\n            group: new\n"
                                   "            better: lower\n            note: not yet\n"),
                     PT_OK);
    assert_null(s->model->indicators[0]->series);
}

static void nothing_comes_out_where_there_is_an_error(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_model(s, "          - id: a\n            title: A\n"
                                   "            unit: \"%\"\n            series: rate\n"
                                   "            group: nwe\n            better: higher\n"),
                     PT_EDATA);
    assert_null(s->model);
    assert_said(&s->list, 0, 21, 20, "unknown group 'nwe'; did you mean 'new'?");
    assert_int_equal(s->list.n, 1);
}

static void a_link_keeps_all_that_is_written(void **state)
{
    struct setup *s = *state;
    char text[2048];
    snprintf(text, sizeof text, "%s%s", gap_indicator,
             "links:\n"
             "  - from: grade-gap\n    to: rate-gap\n    effect: 0.4 pp per point\n"
             "    source: { da: Kilde, en: Source }\n    confidence: low\n"
             "  - id: later\n    from: rate-gap\n    to: grade-gap\n    group: old\n"
             "    effect: { normal: [ 0.07, 0.02 ], unit: points per pp, chance-of-none: 7 % }\n"
             "    delay: 2 years\n    acts-on: entrants\n    turnover: 2.5 %/year\n"
             "    source: us\n");
    assert_int_equal(read_model(s, text), PT_OK);
    assert_int_equal(s->list.n, 0);
    assert_int_equal(s->model->n_links, 2);
    const struct pt_link *l = &s->model->links[0];
    assert_string_equal(l->id, "grade-gap-rate-gap"); /* where none is written */
    assert_string_equal(l->from, "grade-gap");
    assert_string_equal(l->to, "rate-gap");
    assert_null(l->group);
    assert_close(l->effect.par[0], 0.4, 0);
    assert_int_equal(l->effect_unit, PT_UNIT_PP_POINT);
    assert_close(l->effect.chance_of_none, 0.25, 1e-15); /* METHODS 7: low */
    assert_int_equal(l->delay, 0);
    assert_close(l->turnover, 0, 0);
    assert_string_equal(l->source.da, "Kilde");
    assert_int_equal(l->confidence, PT_CONFIDENCE_LOW);
    assert_int_equal(l->at.line, 30);
    assert_int_equal(l->at.column, 5);
    assert_int_equal(l->from_at.column, 11);
    assert_int_equal(l->to_at.line, 31);
    l = &s->model->links[1];
    assert_string_equal(l->id, "later");
    assert_string_equal(l->group, "old");
    assert_string_equal(l->effect.distribution->name, "normal");
    assert_close(l->effect.par[1], 0.02, 0);
    assert_int_equal(l->effect_unit, PT_UNIT_POINTS_PP);
    assert_close(l->effect.chance_of_none, 0.07, 1e-15);
    assert_int_equal(l->delay, 2);
    assert_close(l->turnover, 0.025, 1e-15);
    assert_int_equal(l->confidence, PT_CONFIDENCE_MEDIUM); /* where only the chance is written */
    assert_int_equal(l->group_at.line, 38);
    assert_int_equal(l->effect_at.line, 39);
}

static void a_model_needs_no_links(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_model(s, gap_indicator), PT_OK);
    assert_int_equal(s->model->n_links, 0);
}

static const char lever[] = "levers:\n  - id: mentors\n    indicator: rate-gap\n    group: new\n"
                            "    source: us\n    start: 2027\n";

static enum pt_status read_scenario(struct setup *s, const char *rest)
{
    char text[2048];
    if (s->model == NULL) {
        assert_int_equal(read_model(s, gap_indicator), PT_OK);
    }
    snprintf(text, sizeof text, "%s%s", lever, rest);
    const char *path = scratch_write(&s->scratch, "young-men.v2.yaml", text);
    enum pt_status status = pt_scenario_read_for(s->model, path, &s->scenario, &s->list, &s->err);
    pt_diagnostics_sort(&s->list);
    return status;
}

static void a_lever_has_defaults(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_scenario(s, "    kind: level\n    effect: 0.5 pp\n    confidence: low\n"),
                     PT_OK);
    assert_string_equal(s->scenario->id, "young-men.v2");
    assert_string_equal(s->scenario->title.da, "young-men.v2");
    const struct pt_lever *l = &s->scenario->levers[0];
    assert_string_equal(l->kind->name, "level");
    assert_string_equal(l->effect.distribution->name, "fixed");
    assert_close(l->effect.par[0], 0.5, 0);
    assert_close(l->effect.chance_of_none, 0.25, 1e-15); /* METHODS 7: low */
    assert_close(l->reach, 1, 0);
    assert_int_equal(l->delay, 0);
    assert_int_equal(l->ramp_shape, PT_RAMP_STEP);
    assert_int_equal(l->ramp_years, 1);
    assert_int_equal(l->until, INT_MAX);
    assert_null(l->place);
}

static void a_lever_keeps_all_that_is_written(void **state)
{
    struct setup *s = *state;
    assert_int_equal(
        read_scenario(s, "    kind: resources\n    increase: 20 %\n"
                         "    effect-at: { increase: 10 %, effect: { triangular: [ 0.5, 1.5, 3 ], "
                         "chance-of-none: 7 % }, unit: pp }\n    response: proportional\n"
                         "    reach: 35 %\n    delay: 2 years\n"
                         "    ramp: { years: 3, shape: s-curve }\n"
                         "    lasts: { until: 2034, half-life: 2.5 years }\n"
                         "    confidence: high\n    title: { da: Mentorer }\n"),
        PT_OK);
    const struct pt_lever *l = &s->scenario->levers[0];
    assert_close(l->increase, 0.2, 1e-15);
    assert_close(l->effect_increase, 0.1, 1e-15);
    assert_close(l->effect.chance_of_none, 0.07, 1e-15);
    assert_int_equal(l->effect_unit, PT_UNIT_PP);
    assert_close(l->reach, 0.35, 1e-15);
    assert_int_equal(l->delay, 2);
    assert_int_equal(l->ramp_shape, PT_RAMP_S_CURVE);
    assert_int_equal(l->ramp_years, 3);
    assert_int_equal(l->until, 2034);
    assert_close(l->half_life, 2.5, 0);
    assert_int_equal(l->confidence, PT_CONFIDENCE_HIGH);
}

static void names_are_checked_even_where_the_rest_is_wrong(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_scenario(s, "    kind: speed\n    effect: 0.5 pp\n    confidence: low\n"
                                      "    place: Odense\n"),
                     PT_EDATA);
    assert_null(s->scenario);
    assert_int_equal(s->list.count[PT_ERROR], 2);
    assert_said(&s->list, 1, 10, 12,
                "the model has no places, so a lever cannot be at 'Odense'; leave 'place' out");
    assert_string_equal(s->list.items[1].source, "    place: Odense");
}

static void a_widening_lever_is_a_warning(void **state)
{
    struct setup *s = *state;
    assert_int_equal(
        read_scenario(s, "    kind: level\n    effect: -0.5 pp\n    confidence: low\n"), PT_OK);
    assert_int_equal(s->list.count[PT_WARNING], 1);
    assert_said(&s->list, 0, 2, 9,
                "'mentors' widens the gap of 'rate-gap'; is the sign of the effect right? an "
                "effect moves the figure in its own direction");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(puts_a_model_together),
        TEST(an_index_with_a_given_parity_has_no_bounds),
        TEST(a_unit_of_its_own_is_in_points),
        TEST(no_series_needs_a_note_only),
        TEST(nothing_comes_out_where_there_is_an_error),
        TEST(a_link_keeps_all_that_is_written),
        TEST(a_model_needs_no_links),
        TEST(a_lever_has_defaults),
        TEST(a_lever_keeps_all_that_is_written),
        TEST(names_are_checked_even_where_the_rest_is_wrong),
        TEST(a_widening_lever_is_a_warning),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
