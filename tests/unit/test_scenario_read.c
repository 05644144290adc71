#include "test_scenario_files.h"

#include <limits.h>
#include <math.h>

#define TAIL "    start: 2027\n    source: S\n    confidence: high\n"

static const char core[] =
    "title: Core\n"
    "horizon: 2045\n"
    "discount: 3.5 %/year\n"
    "overlap: independent\n"
    "levers:\n"
    "  - id: mentors\n"
    "    title: { da: Mentorer, en: Mentors }\n"
    "    indicators:\n"
    "      - { indicator: work, group: new, effect: 0.31 pp/year }\n"
    "      - { indicator: clubs, group: new, reach: 12 %, delay: 2 years,\n"
    "          effect: { triangular: [ -0.3, -0.17, 0.05 ], unit: pp/year } }\n"
    "    kind: pace\n"
    "    reach: 35 %\n"
    "    start: 2027\n"
    "    delay: 1 year\n"
    "    ramp: { years: 3, shape: s-curve }\n"
    "    lasts: { until: 2037, half-life: 4.5 years }\n"
    "    cost:\n"
    "      - { amount: 12.25, unit: million DKK/year, purse: municipality }\n"
    "      - { amount: 3, unit: million DKK/year, purse: state }\n"
    "    source: S\n"
    "    confidence: medium\n"
    "  - id: courses\n"
    "    indicator: work\n"
    "    group: new\n"
    "    kind: resources\n"
    "    increase: 21 %\n"
    "    effect-at: { increase: 11 %, effect: { fixed: 0.8 }, unit: pp }\n"
    "    response: saturating\n"
    "    maximum: 1.9 pp\n"
    "    may-overshoot: true\n" TAIL "  - id: schools\n"
    "    indicator: marks\n"
    "    group: new\n"
    "    kind: level\n"
    "    effect: 0.21 points\n"
    "    acts-on: entrants\n"
    "    turnover: 2.5 %/year\n" TAIL;

static void one_programme_is_several_levers_with_one_draw(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(setup_read(&s, "core.yaml", core), PT_OK);
    const struct pt_scenario *scenario = s.scenarios[0];
    const struct pt_lever *first = &scenario->levers[0], *second = &scenario->levers[1];
    assert_int_equal(scenario->n_levers, 4);
    assert_string_equal(second->id, "mentors");
    assert_int_equal(first->entry, second->entry);
    assert_string_equal(first->indicator, "work");
    assert_string_equal(second->indicator, "clubs");
    assert_close(first->reach, 0.35, 1e-15);
    assert_close(second->reach, 0.12, 1e-15);
    assert_int_equal(first->delay, 1);
    assert_int_equal(second->delay, 2);
    assert_false(first->mirrored);
    assert_true(second->mirrored);
    assert_close(first->effect.chance_of_none, 0.10, 1e-15);
    assert_close(second->effect.chance_of_none, 0.10, 1e-15);
    assert_int_equal(second->n_costs, 2);
    assert_ptr_equal(first->costs, second->costs);
    assert_close(second->costs[0].amount, 12.25, 1e-15);
    assert_string_equal(second->costs[1].purse, "state");
    assert_close(scenario->discount, 0.035, 1e-15);
    setup_close(&s);
}

static void every_key_of_a_kind_arrives(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(setup_read(&s, "core.yaml", core), PT_OK);
    const struct pt_lever *courses = &s.scenarios[0]->levers[2], *schools = courses + 1;
    assert_string_equal(courses->response->name, "saturating");
    assert_close(courses->maximum, 1.9, 1e-15);
    assert_close(courses->increase, 0.21, 1e-15);
    assert_close(courses->effect_increase, 0.11, 1e-15);
    assert_true(courses->may_overshoot);
    assert_true(courses->has_confidence);
    assert_close(courses->turnover, 0, 0);
    assert_close(schools->turnover, 0.025, 1e-15);
    assert_int_equal(schools->effect_unit, PT_UNIT_POINTS);
    assert_int_equal(schools->until, INT_MAX);
    assert_int_equal(setup_read(&s, "t.yaml",
                                "title: T\nlevers:\n  - id: t\n    indicator: marks\n"
                                "    group: new\n    kind: reach-target\n    value: 7.25 points\n"
                                "    by: 2034\n    start: 2027\n    source: S\n"),
                     PT_OK);
    const struct pt_lever *target = &s.scenarios[1]->levers[0];
    assert_close(target->value, 7.25, 1e-15);
    assert_int_equal(target->by, 2034);
    assert_null(target->effect.distribution);
    assert_false(target->has_confidence);
    setup_close(&s);
}

static void assert_same_place(const struct pt_place *a, const struct pt_place *b)
{
    assert_string_equal(a->path, b->path);
    assert_int_equal(a->line, b->line);
    assert_int_equal(a->column, b->column);
    assert_int_equal(a->width, b->width);
}

static void assert_same_lever(const struct pt_lever *a, const struct pt_lever *b)
{
    const struct pt_place *places[][2] = { { &a->at, &b->at },
                                           { &a->indicator_at, &b->indicator_at },
                                           { &a->group_at, &b->group_at },
                                           { &a->place_at, &b->place_at },
                                           { &a->effect_at, &b->effect_at } };
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        assert_same_place(places[i][0], places[i][1]);
    }
    assert_string_equal(a->id, b->id);
    assert_int_equal(a->entry, b->entry);
    assert_string_equal(a->title.da, b->title.da);
    assert_string_equal(a->title.en, b->title.en);
    assert_string_equal(a->indicator, b->indicator);
    assert_string_equal(a->group, b->group);
    assert_true(a->place == NULL && b->place == NULL);
    assert_ptr_equal(a->kind, b->kind);
    assert_ptr_equal(a->effect.distribution, b->effect.distribution);
    assert_memory_equal(a->effect.par, b->effect.par, sizeof a->effect.par);
    assert_memory_equal(&a->effect.chance_of_none, &b->effect.chance_of_none, sizeof(double));
    assert_int_equal(a->effect_unit, b->effect_unit);
    assert_int_equal(a->mirrored, b->mirrored);
    const double numbers[][2] = { { a->reach, b->reach },
                                  { a->turnover, b->turnover },
                                  { a->half_life, b->half_life },
                                  { a->increase, b->increase },
                                  { a->effect_increase, b->effect_increase },
                                  { a->maximum, b->maximum },
                                  { a->value, b->value } };
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        assert_memory_equal(&numbers[i][0], &numbers[i][1], sizeof(double));
    }
    assert_int_equal(a->may_overshoot, b->may_overshoot);
    assert_int_equal(a->start, b->start);
    assert_int_equal(a->delay, b->delay);
    assert_int_equal(a->ramp_years, b->ramp_years);
    assert_int_equal(a->ramp_shape, b->ramp_shape);
    assert_int_equal(a->until, b->until);
    assert_ptr_equal(a->response, b->response);
    assert_int_equal(a->by, b->by);
    assert_int_equal(a->n_costs, b->n_costs);
    for (size_t i = 0; i < a->n_costs; i++) {
        assert_memory_equal(&a->costs[i].amount, &b->costs[i].amount, sizeof(double));
        assert_string_equal(a->costs[i].unit, b->costs[i].unit);
        assert_string_equal(a->costs[i].purse, b->costs[i].purse);
    }
    assert_string_equal(a->source.da, b->source.da);
    assert_string_equal(a->source.en, b->source.en);
    assert_int_equal(a->confidence, b->confidence);
    assert_int_equal(a->has_confidence, b->has_confidence);
    assert_int_equal(a->changes_base, b->changes_base);
}

static void assert_same_but_names(const struct pt_scenario *a, const struct pt_scenario *b)
{
    assert_int_equal(a->horizon, b->horizon);
    assert_same_place(&a->horizon_at, &b->horizon_at);
    assert_memory_equal(&a->discount, &b->discount, sizeof(double));
    assert_same_place(&a->discount_at, &b->discount_at);
    assert_int_equal(a->overlap, b->overlap);
    assert_same_place(&a->overlap_at, &b->overlap_at);
    assert_int_equal(a->n_levers, b->n_levers);
    for (size_t i = 0; i < a->n_levers; i++) {
        assert_same_lever(&a->levers[i], &b->levers[i]);
    }
}

static void no_change_is_the_base(void **state)
{
    (void)state;
    static const char *const same[] = { "title: Same\nbased-on: core.yaml\n",
                                        "title: Same\nbased-on: ./core.yaml\nlevers: []\n",
                                        "title: Same\nbased-on: core.yaml\ndrop: []\n"
                                        "levers:\n  - id: courses\n" };
    struct setup s;
    setup_open(&s);
    assert_int_equal(setup_read(&s, "core.yaml", core), PT_OK);
    for (size_t i = 0; i < 3; i++) {
        char name[] = "s0.yaml";
        name[1] = (char)('0' + i);
        assert_int_equal(setup_read(&s, name, same[i]), PT_OK);
        assert_same_but_names(s.scenarios[0], s.scenarios[i + 1]);
        assert_string_equal(s.scenarios[i + 1]->title.en, "Same");
        assert_string_equal(s.scenarios[i + 1]->based_on, s.scenarios[0]->path);
        assert_int_equal(s.scenarios[i + 1]->n_sources, 2);
        assert_string_equal(s.scenarios[i + 1]->files[1].path, s.scenarios[0]->path);
        assert_string_equal(s.scenarios[i + 1]->files[1].sha256, s.scenarios[0]->files[0].sha256);
    }
    setup_close(&s);
}

static void a_change_is_key_by_key(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(setup_read(&s, "core.yaml", core), PT_OK);
    assert_int_equal(setup_read(&s, "more.yaml",
                                "title: More\nbased-on: core.yaml\ndiscount: 2 %/year\n"
                                "drop: [ schools ]\nlevers:\n"
                                "  - id: new-one\n    indicator: clubs\n    group: new\n"
                                "    kind: level\n    effect: -0.11 pp\n" TAIL
                                "  - id: mentors\n    reach: 47 %\n    ramp: { years: 2 }\n"),
                     PT_OK);
    const struct pt_scenario *base = s.scenarios[0], *more = s.scenarios[1];
    const struct pt_lever *mentors = &more->levers[0];
    assert_int_equal(more->n_levers, 4);
    assert_string_equal(more->levers[3].id, "new-one"); /* after the base's */
    assert_string_equal(more->levers[2].id, "courses");
    assert_same_lever(&base->levers[2], &more->levers[2]);
    assert_true(mentors->changes_base && more->levers[1].changes_base);
    assert_false(more->levers[2].changes_base || more->levers[3].changes_base);
    assert_close(mentors->reach, 0.47, 1e-15);
    assert_close(more->levers[1].reach, 0.12, 1e-15); /* stands beside its indicator */
    assert_int_equal(mentors->ramp_years, 2);
    assert_int_equal(mentors->ramp_shape, PT_RAMP_LINEAR); /* a mapping is replaced whole */
    assert_int_equal(mentors->until, 2037);
    assert_string_equal(mentors->at.path, more->path);
    assert_string_equal(mentors->indicator_at.path, base->path);
    assert_close(more->discount, 0.02, 1e-15);
    assert_int_equal(more->horizon, 2045);
    setup_close(&s);
}

static void another_kind_leaves_the_old_keys_behind(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(setup_read(&s, "core.yaml", core), PT_OK);
    assert_int_equal(setup_read(&s, "other.yaml",
                                "title: O\nbased-on: core.yaml\nlevers:\n"
                                "  - id: courses\n    kind: level\n    effect: 0.5 pp\n"
                                "  - id: mentors\n    indicator: work\n    group: new\n"
                                "    kind: reach-target\n    value: 60 %\n    by: 2036\n"),
                     PT_OK);
    const struct pt_scenario *other = s.scenarios[1];
    assert_int_equal(other->n_levers, 3);
    assert_string_equal(other->levers[0].kind->name, "reach-target");
    assert_int_equal(other->levers[0].n_costs, 2);
    assert_string_equal(other->levers[1].kind->name, "level");
    assert_close(other->levers[1].increase, 0, 0);
    assert_int_equal(setup_read(&s, "less.yaml",
                                "title: L\nbased-on: core.yaml\nlevers:\n"
                                "  - id: courses\n    response: diminishing\n"
                                "  - id: schools\n    acts-on: group\n"),
                     PT_OK);
    assert_close(s.scenarios[2]->levers[2].maximum, 0, 0);
    assert_close(s.scenarios[2]->levers[3].turnover, 0, 0);
    setup_close(&s);
}

static void a_base_may_have_a_base(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(setup_read(&s, "core.yaml", core), PT_OK);
    assert_int_equal(setup_read(&s, "b.yaml",
                                "title: B\nbased-on: core.yaml\ndrop: [ courses ]\nlevers:\n"
                                "  - id: schools\n    effect: 0.17 points\n"),
                     PT_OK);
    assert_int_equal(setup_read(&s, "c.yaml", "title: C\nbased-on: b.yaml\n"), PT_OK);
    assert_same_but_names(s.scenarios[1], s.scenarios[2]);
    assert_true(s.scenarios[2]->levers[2].changes_base);
    assert_int_equal(s.scenarios[2]->n_sources, 3);
    setup_close(&s);
}

static void a_base_that_is_not_there_cannot_be_opened(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(setup_read(&s, "a.yaml", "title: A\nbased-on: none.yaml\n"), PT_EOPEN);
    assert_int_equal(s.list.count[PT_ERROR], 1);
    assert_int_equal(s.list.items[0].place.line, 2);
    assert_int_equal(s.list.items[0].place.column, 11);
    setup_close(&s);
}

static void a_fault_of_a_base_fails_each_but_is_said_once(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    scratch_write(&s.scratch, "core.yaml", "title: C\nhorizont: 2040\nlevers: []\n");
    assert_int_equal(setup_read(&s, "a.yaml", "title: A\nbased-on: core.yaml\n"), PT_EDATA);
    assert_int_equal(setup_read(&s, "b.yaml", "title: B\nbased-on: core.yaml\n"), PT_EDATA);
    assert_int_equal(s.list.count[PT_ERROR], 1);
    assert_said(&s.list, 0, 2, 1,
                "unknown key 'horizont' at the top of the file; did you mean 'horizon'?");
    setup_close(&s);
}

/* Seventeen files each on the next: one more than is read. */
static void a_chain_has_an_end(void **state)
{
    (void)state;
    struct setup s;
    char path[128], text[64];
    setup_open(&s);
    for (int i = 17; i >= 0; i--) {
        snprintf(path, sizeof path, "%s/c%d.yaml", s.scratch.folder, i);
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        fprintf(file, i == 17 ? "title: C\nlevers: []\n" : "title: C\nbased-on: c%d.yaml\n", i + 1);
        assert_int_equal(fclose(file), 0);
    }
    struct pt_scenario *scenario = NULL;
    assert_int_equal(pt_scenario_read(path, &scenario, &s.list, &s.err), PT_EDATA);
    assert_said(&s.list, 0, 2, 11,
                "more than 16 files are based on each other; write the levers out");
    snprintf(path, sizeof path, "%s/c1.yaml", s.scratch.folder);
    assert_int_equal(pt_scenario_read(path, &scenario, &s.list, &s.err), PT_OK);
    assert_int_equal(scenario->n_sources, 17);
    pt_scenario_free(scenario);
    for (int i = 17; i >= 0; i--) {
        snprintf(text, sizeof text, "c%d.yaml", i);
        snprintf(path, sizeof path, "%s/%s", s.scratch.folder, text);
        remove(path);
    }
    setup_close(&s);
}

static void the_policy_ends_with_its_levers(void **state)
{
    (void)state;
    struct pt_lever levers[2] = { { .until = 2031 }, { .until = 2037 } };
    const struct pt_scenario scenario = { .n_levers = 2, .levers = levers };
    const struct pt_scenario nothing = { .n_levers = 0 };
    struct pt_model model = { .policy_to = 2030 };
    assert_int_equal(pt_policy_end(&model, &scenario, 2024, 2050), 2030);
    assert_int_equal(pt_policy_end(&model, &scenario, 2024, 2028), 2028);
    model.policy_to = 2024; /* is over */
    assert_int_equal(pt_policy_end(&model, &scenario, 2024, 2050), 2037);
    assert_int_equal(pt_policy_end(&model, &scenario, 2024, 2033), 2033);
    assert_int_equal(pt_policy_end(&model, &scenario, 2040, 2050), 2050);
    assert_int_equal(pt_policy_end(&model, &nothing, 2024, 2050), 2050);
    assert_int_equal(pt_policy_end(&model, NULL, 2024, 2050), 2050);
    levers[0].until = INT_MAX; /* for good */
    assert_int_equal(pt_policy_end(&model, &scenario, 2024, 2050), 2050);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_programme_is_several_levers_with_one_draw),
        cmocka_unit_test(every_key_of_a_kind_arrives),
        cmocka_unit_test(no_change_is_the_base),
        cmocka_unit_test(a_change_is_key_by_key),
        cmocka_unit_test(another_kind_leaves_the_old_keys_behind),
        cmocka_unit_test(a_base_may_have_a_base),
        cmocka_unit_test(a_base_that_is_not_there_cannot_be_opened),
        cmocka_unit_test(a_fault_of_a_base_fails_each_but_is_said_once),
        cmocka_unit_test(a_chain_has_an_end),
        cmocka_unit_test(the_policy_ends_with_its_levers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
