#include "test_scenario_files.h"

/* The figures: work of the new 51.3 52.4 52.1 53.2 53.9, of the old 76.4 last, so that 22.5 points
 * are left; marks 6.1 6.2 6.2 6.4 6.5 with a target of 7.5. */

static const char lever_end[] = "    start: 2027\n    source: S\n    confidence: high\n";

/* Reads a scenario with one lever on `work` and returns how many warnings it has. */
static size_t warnings_of(struct setup *s, const char *keys)
{
    char text[600];
    snprintf(
        text, sizeof text,
        "title: T\nlevers:\n  - id: x\n    indicator: work\n    group: new\n%s    start: 2027\n"
        "    source: S\n",
        keys);
    pt_diagnostics_free(&s->list);
    pt_diagnostics_init(&s->list);
    s->scratch.n = s->scratch.n > 2 ? 2 : s->scratch.n;
    assert_int_equal(setup_read(s, "s.yaml", text), PT_OK);
    pt_scenario_free(s->scenarios[--s->n]);
    return s->list.count[PT_WARNING];
}

/* The largest yearly change of work is 52.4 - 51.3 = 1.1, within three years 53.9 - 52.1 = 1.8 or
 * 53.2 - 51.3 = 1.9. */
static void an_effect_beyond_history_is_warned_of(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(warnings_of(&s, "    kind: pace\n    effect: 2.1 pp/year\n    reach: 50 %\n"
                                     "    confidence: high\n"),
                     0);
    assert_int_equal(warnings_of(&s, "    kind: pace\n    effect: 2.3 pp/year\n    reach: 50 %\n"
                                     "    confidence: high\n"),
                     1);
    assert_said(
        &s.list, 0, 7, 13,
        "'x' adds 1.15 to 'work' every year, more than it has ever changed in one (1.1); is "
        "the effect right, and the reach?");
    assert_int_equal(warnings_of(&s, "    kind: level\n    effect: 1.85 pp\n    confidence: high\n"
                                     "    ramp: { years: 3 }\n"),
                     0);
    assert_int_equal(warnings_of(&s, "    kind: level\n    effect: 2.3 pp\n    confidence: high\n"
                                     "    ramp: { years: 3 }\n"),
                     1);
    assert_said(
        &s.list, 0, 7, 13,
        "'x' moves 'work' by 2.3 in 3 years, more than it has ever changed in as many (1.9); "
        "is the effect right, and the reach?");
    assert_int_equal(warnings_of(&s, "    kind: level\n    effect: 20.3 pp\n    confidence: high\n"
                                     "    acts-on: entrants\n    turnover: 5 %/year\n"),
                     0);
    setup_close(&s);
}

static void more_than_the_whole_gap_is_warned_of(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(
        warnings_of(&s, "    kind: level\n    effect: 22.6 pp\n    confidence: high\n"), 1);
    assert_said(&s.list, 0, 7, 13,
                "'x' asks for more than the whole gap of 'work': 22.6 on average, where 22.5 is "
                "left; what goes past parity or target does not count, unless you write "
                "'may-overshoot: true'");
    assert_int_equal(warnings_of(&s, "    kind: reach-target\n    value: 76.4 %\n    by: 2040\n"),
                     0);
    assert_int_equal(warnings_of(&s, "    kind: reach-target\n    value: 76.9 %\n    by: 2040\n"),
                     1);
    assert_said(&s.list, 0, 7, 12,
                "'x' asks for more than the whole gap of 'work': its value lies 0.5 past parity or "
                "target; what goes past it does not count, unless you write 'may-overshoot: true'");
    assert_int_equal(warnings_of(&s, "    kind: reach-target\n    value: 76.9 %\n    by: 2040\n"
                                     "    may-overshoot: true\n"),
                     0);
    assert_int_equal(warnings_of(&s, "    kind: reach-target\n    value: 50 %\n    by: 2040\n"), 1);
    assert_said(
        &s.list, 0, 7, 12,
        "'x' leads 'work' the wrong way: the newest figure is 3.9 better than the value; is "
        "the value right?");
    setup_close(&s);
}

static void an_end_before_the_full_effect_is_warned_of(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(warnings_of(&s,
                                 "    kind: closing\n    effect: 4 %/year\n    confidence: high\n"
                                 "    ramp: { years: 4 }\n    lasts: { until: 2030 }\n"),
                     0);
    assert_int_equal(warnings_of(&s,
                                 "    kind: closing\n    effect: 4 %/year\n    confidence: high\n"
                                 "    ramp: { years: 4 }\n    lasts: { until: 2029 }\n"),
                     1);
    assert_said(&s.list, 0, 3, 9,
                "'x' ends in 2029, before it is fully phased in in 2030; end it later, or shorten "
                "the ramp");
    assert_int_equal(warnings_of(&s, "    kind: reach-target\n    value: 60 %\n    by: 2051\n"), 1);
    assert_said(
        &s.list, 0, 3, 9,
        "'x' reaches its value in 2051, after the horizon 2050, so only a part of the way is "
        "seen");
    setup_close(&s);
}

static enum pt_status read_levers(struct setup *s, const char *name, const char *top, const char *a,
                                  const char *b)
{
    char text[900];
    int n = snprintf(text, sizeof text, "title: T\n%slevers:\n", top);
    for (int i = 0; i < 2; i++) {
        const char *id = i == 0 ? a : b;
        if (id != NULL) {
            n += snprintf(text + n, sizeof text - (size_t)n,
                          "  - id: %s\n    indicator: work\n    group: new\n    kind: pace\n"
                          "    effect: 0.2 pp/year\n%s",
                          id, lever_end);
        }
    }
    return setup_read(s, name, text);
}

static void check_all(struct setup *s)
{
    assert_int_equal(pt_scenarios_check((const struct pt_scenario *const *)s->scenarios, s->n,
                                        &s->list, &s->err),
                     PT_OK);
}

static void horizons_that_differ_are_refused(void **state)
{
    (void)state;
    struct setup s;
    char said[200];
    setup_open(&s);
    assert_int_equal(read_levers(&s, "a.yaml", "horizon: 2040\n", "x", NULL), PT_OK);
    assert_int_equal(read_levers(&s, "b.yaml", "horizon: 2045\n", "y", NULL), PT_OK);
    assert_int_equal(
        pt_scenarios_check((const struct pt_scenario *const *)s.scenarios, s.n, &s.list, &s.err),
        PT_EDATA);
    pt_message_print(&s.err.message, NULL, said, sizeof said);
    assert_string_equal(said, "the scenarios do not go together");
    setup_close(&s);
}

static void gains_of_two_scenarios_do_not_add_up(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(read_levers(&s, "a.yaml", "", "x", NULL), PT_OK);
    assert_int_equal(read_levers(&s, "b.yaml", "", "y", NULL), PT_OK);
    check_all(&s);
    assert_int_equal(s.list.n, 1);
    assert_int_equal(s.list.items[0].severity, PT_NOTICE);
    assert_said(&s.list, 0, 3, 9,
                "the gains of 'a', 'b' do not add up: they move the same figures by different "
                "levers; for the gain together, write a scenario with the levers of all and an "
                "'overlap'");
    setup_close(&s);
}

static void a_scenario_with_both_needs_no_such_notice(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(read_levers(&s, "a.yaml", "", "x", NULL), PT_OK);
    assert_int_equal(read_levers(&s, "b.yaml", "", "y", NULL), PT_OK);
    assert_int_equal(read_levers(&s, "c.yaml", "overlap: nested\n", "y", "x"), PT_OK);
    check_all(&s);
    assert_int_equal(s.list.n, 1);
    assert_said(&s.list, 0, 0, 0,
                "'c' has all levers of 'a', 'b': its gain holds theirs and does not come on top of "
                "them");
    setup_close(&s);
}

static void gains_of_many_scenarios_are_one_notice(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(read_levers(&s, "a.yaml", "", "x", NULL), PT_OK);
    assert_int_equal(read_levers(&s, "b.yaml", "", "y", NULL), PT_OK);
    assert_int_equal(read_levers(&s, "c.yaml", "", "z", NULL), PT_OK);
    assert_int_equal(setup_read(&s, "d.yaml", "title: D\nlevers: []\n"), PT_OK);
    check_all(&s);
    assert_int_equal(s.list.n, 1);
    assert_said(&s.list, 0, 3, 9,
                "the gains of 'a', 'b', 'c' do not add up: they move the same figures by different "
                "levers; for the gain together, write a scenario with the levers of all and an "
                "'overlap'");
    setup_close(&s);
}

/* A reach of 10 % from 2027 and one of 90 % from 2030 are two programmes under one name. */
static void a_lever_in_another_version_is_not_the_same_lever(void **state)
{
    (void)state;
    static const char low[] = "title: L\nlevers:\n  - id: a\n    indicator: work\n"
                              "    group: new\n    kind: pace\n    effect: 0.4 pp/year\n"
                              "    reach: 10 %\n    start: 2027\n    source: S\n"
                              "    confidence: high\n";
    static const char *const changes[] = { "reach: 90 %",
                                           "start: 2030",
                                           "delay: 2 years",
                                           "effect: 0.5 pp/year",
                                           "lasts: { until: 2040 }",
                                           "ramp: { years: 4 }" };
    for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
        struct setup s;
        char text[300];
        setup_open(&s);
        assert_int_equal(setup_read(&s, "low.yaml", low), PT_OK);
        snprintf(text, sizeof text, "title: H\nbased-on: low.yaml\nlevers:\n  - id: a\n    %s\n",
                 changes[i]);
        assert_int_equal(setup_read(&s, "high.yaml", text), PT_OK);
        check_all(&s);
        assert_int_equal(s.list.n, 0); /* two versions of one whole need no word */
        assert_int_equal(setup_read(&s, "low-b.yaml",
                                    "title: B\nbased-on: low.yaml\nlevers:\n  - id: b\n"
                                    "    indicator: marks\n    group: new\n    kind: closing\n"
                                    "    effect: 4 %/year\n    start: 2027\n    source: S\n"
                                    "    confidence: high\n"),
                         PT_OK);
        check_all(&s);
        assert_int_equal(s.list.n, 2);
        assert_said(&s.list, 0, 0, 0,
                    "'low-b' has all levers of 'low': its gain holds that one's and does not come "
                    "on top of it");
        assert_said(&s.list, 1, 3, 9,
                    "'high', 'low-b' have 'a' in different versions: only one of them can be "
                    "carried out, so their gains do not add up");
        setup_close(&s);
    }
}

static void a_changed_lever_is_no_second_effect_of_one_id(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(read_levers(&s, "a.yaml", "", "x", NULL), PT_OK);
    assert_int_equal(setup_read(&s, "b.yaml",
                                "title: B\nbased-on: a.yaml\nlevers:\n  - id: x\n"
                                "    effect: 0.3 pp/year\n"),
                     PT_OK);
    check_all(&s);
    assert_int_equal(s.list.n, 0);
    assert_int_equal(setup_read(&s, "c.yaml",
                                "title: C\nlevers:\n  - id: x\n    indicator: work\n"
                                "    group: new\n    kind: pace\n    effect: 0.4 pp/year\n"
                                "    start: 2027\n    source: S\n    confidence: high\n"),
                     PT_OK);
    check_all(&s);
    assert_int_equal(s.list.count[PT_WARNING], 1);
    setup_close(&s);
}

static void what_is_unsure_or_without_cost_is_said_once_for_the_run(void **state)
{
    (void)state;
    struct setup s;
    setup_open(&s);
    assert_int_equal(
        setup_read(&s, "a.yaml",
                   "title: A\nlevers:\n"
                   "  - id: x\n    indicator: work\n    group: new\n    kind: closing\n"
                   "    effect: 4 %/year\n    start: 2027\n    source: S\n"
                   "    confidence: low\n"
                   "  - id: y\n    indicator: marks\n    group: new\n    kind: closing\n"
                   "    effect: 4 %/year\n    start: 2027\n    source: S\n"
                   "    confidence: low\n"
                   "    cost: { amount: 2, unit: million DKK/year, purse: state }\n"),
        PT_OK);
    assert_int_equal(setup_read(&s, "b.yaml",
                                "title: B\nbased-on: a.yaml\nlevers:\n  - id: z\n"
                                "    indicator: clubs\n    group: new\n    kind: reach-target\n"
                                "    value: 30 %\n    by: 2040\n    start: 2027\n    source: S\n"),
                     PT_OK);
    check_all(&s);
    assert_int_equal(s.list.n, 3); /* a stated course has no cost that could be missing */
    assert_string_equal(s.list.items[2].place.path, s.scenarios[1]->path);
    assert_said(&s.list, 0, 3, 9,
                "low confidence in the effect of 'x', 'y'; say so where the answer is shown");
    assert_said(&s.list, 1, 3, 9,
                "no cost is written for 'x', though others have one; sums of costs leave it out");
    setup_close(&s);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_effect_beyond_history_is_warned_of),
        cmocka_unit_test(more_than_the_whole_gap_is_warned_of),
        cmocka_unit_test(an_end_before_the_full_effect_is_warned_of),
        cmocka_unit_test(horizons_that_differ_are_refused),
        cmocka_unit_test(gains_of_two_scenarios_do_not_add_up),
        cmocka_unit_test(a_scenario_with_both_needs_no_such_notice),
        cmocka_unit_test(gains_of_many_scenarios_are_one_notice),
        cmocka_unit_test(a_lever_in_another_version_is_not_the_same_lever),
        cmocka_unit_test(a_changed_lever_is_no_second_effect_of_one_id),
        cmocka_unit_test(what_is_unsure_or_without_cost_is_said_once_for_the_run),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
