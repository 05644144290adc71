/* Components made by hand: random walks with known drift and shock, or lines without noise, so that
 * closed forms apply. The last observed year is 2024. */
#ifndef PARITET_TEST_SIMULATE_BENCH_H
#define PARITET_TEST_SIMULATE_BENCH_H

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/simulate.h"

enum { BENCH_LAST = 2024, BENCH_MOST = 3, BENCH_SCENARIOS = 6, BENCH_YEARS = 60 };

struct bench {
    struct pt_arena *arena;
    struct pt_model model;
    struct pt_link links[BENCH_MOST];
    struct pt_indicator indicators[BENCH_MOST];
    struct pt_subject subjects[BENCH_MOST];
    struct pt_projection projections[BENCH_MOST];
    struct pt_member members[BENCH_MOST], *order[BENCH_MOST];
    struct pt_component component;
    double median[BENCH_MOST][BENCH_YEARS], reference[BENCH_MOST][BENCH_YEARS];
    struct pt_scenario scenarios[BENCH_SCENARIOS];
    const struct pt_scenario *chosen[BENCH_SCENARIOS];
    struct pt_run run;
    size_t n_years;
    int years[4];
    double values[4];
};

static void bench_start(struct bench *b, size_t n_years)
{
    memset(b, 0, sizeof *b);
    b->arena = pt_arena_new();
    b->n_years = n_years;
    b->model.links = b->links;
    b->component.members = b->order;
    b->run = (struct pt_run){ .model = &b->model,
                              .options = pt_run_options_default(),
                              .horizon = BENCH_LAST + (int)n_years,
                              .scenarios = b->chosen,
                              .arena = b->arena };
}

static void bench_end(struct bench *b)
{
    pt_arena_free(b->arena);
}

/* A published series whose parity is at 0, lower being better, so that the figure is the gap. Its
 * indicator is called gap, second or third, by its place. */
static void bench_add(struct bench *b, double level, double pace, double shock)
{
    static const char *const names[BENCH_MOST] = { "gap", "second", "third" };
    size_t m = b->component.n++;
    b->indicators[m] = (struct pt_indicator){ .id = names[m], .better = -1, .group = "g" };
    b->subjects[m] = (struct pt_subject){
        .indicator = &b->indicators[m],
        .place = "",
        .stream = names[m],
        .kind = PT_SUBJECT_GIVEN,
        .projected = { .lower = -INFINITY, .upper = INFINITY, .year = b->years, .y = b->values },
        .gap_sign = 1,
        .scale = 1,
    };
    b->projections[m] = (struct pt_projection){
        .subject = &b->subjects[m],
        .fit = { .family = pt_family_find("drift"),
                 .level = level,
                 .pace = pace,
                 .sigma = shock,
                 .last = BENCH_LAST,
                 .lower = -INFINITY,
                 .upper = INFINITY },
        .last = BENCH_LAST,
        .n_years = b->n_years,
        .has_question = true,
    };
    for (size_t y = 0; y < BENCH_YEARS; y++) {
        b->median[m][y] = level + pace * (double)y;
    }
    b->members[m].projection = &b->projections[m];
    b->members[m].baseline = (struct pt_baseline){ .last = BENCH_LAST,
                                                   .to_horizon = b->n_years,
                                                   .median = b->median[m] };
    b->order[m] = &b->members[m];
}

/* The same as the gap of group g against r, which stands at `level` and moves by `pace`. */
__attribute__((unused)) static void bench_compare(struct bench *b, size_t m, const char *measure,
                                                  int better, double scale, double level,
                                                  double pace)
{
    b->indicators[m].gap = pt_gap_measure_find(measure);
    b->indicators[m].better = better;
    b->indicators[m].reference = "r";
    b->subjects[m].kind = PT_SUBJECT_TWO_GROUPS;
    b->subjects[m].scale = scale;
    b->subjects[m].group.lower = b->subjects[m].reference.lower = 0;
    b->subjects[m].group.upper = b->subjects[m].reference.upper = scale;
    for (size_t y = 0; y < BENCH_YEARS; y++) {
        b->reference[m][y] = level + pace * (double)y;
    }
    b->members[m].baseline.reference = b->reference[m];
}

__attribute__((unused)) static struct pt_effect fixed_effect(double value)
{
    return (struct pt_effect){ .distribution = pt_distribution_find("fixed"), .par = { value } };
}

__attribute__((unused)) static struct pt_lever lever_of(const char *id, const char *kind,
                                                        double effect, int start)
{
    return (struct pt_lever){ .id = id,
                              .indicator = "gap",
                              .group = "g",
                              .kind = pt_lever_kind_find(kind),
                              .effect = fixed_effect(effect),
                              .reach = 1,
                              .start = start,
                              .ramp_years = 1,
                              .ramp_shape = PT_RAMP_STEP,
                              .response = pt_responses[0],
                              .until = INT_MAX };
}

/* Adds a scenario, of which outcome 1, 2, ... comes. */
__attribute__((unused)) static struct pt_scenario *scenario_of(struct bench *b,
                                                               struct pt_lever *levers, size_t n)
{
    static const char *const names[BENCH_SCENARIOS] = { "a", "b", "c", "d", "e", "f" };
    size_t s = b->run.n_scenarios++;
    b->scenarios[s] = (struct pt_scenario){
        .id = names[s], .levers = levers, .n_levers = n, .overlap = PT_OVERLAP_ADDITIVE
    };
    b->chosen[s] = &b->scenarios[s];
    return &b->scenarios[s];
}

__attribute__((unused)) static struct pt_link *link_of(struct bench *b, size_t from, size_t to,
                                                       double effect)
{
    static const char *const names[BENCH_MOST] = { "one", "three", "two" }; /* in order */
    size_t k = b->model.n_links++;
    b->links[k] = (struct pt_link){ .id = names[k],
                                    .from = b->indicators[from].id,
                                    .to = b->indicators[to].id,
                                    .effect = fixed_effect(effect) };
    b->members[from].feeds = true;
    struct pt_member *member = &b->members[to];
    if (!member->sources) {
        member->sources = PT_NEW(b->arena, const struct pt_member *, BENCH_MOST);
        member->to_reference = PT_NEW(b->arena, bool, BENCH_MOST);
    }
    member->sources[member->n_sources++] = &b->members[from];
    return &b->links[k];
}

static void bench_run(struct bench *b, uint64_t draws, int k)
{
    b->run.options.draws = draws;
    b->run.options.sustained_years = k;
    for (size_t m = 0; m < b->component.n; m++) {
        b->members[m].baseline.after = (size_t)k - 1;
    }
    assert_int_equal(pt_outcomes_make(&b->run, &b->component, NULL), PT_OK);
    const struct pt_batch batch = { .from = 1, .to = 1 + b->run.n_scenarios };
    const struct pt_task task = {
        .component = &b->component, .batch = &batch, .from = 1, .to = batch.to, .baseline = true
    };
    assert_int_equal(pt_task_run(&b->run, &task, NULL, NULL), PT_OK);
    pt_outcomes_finish(&b->run, &b->component);
}

static const struct pt_outcome *outcome_of(const struct bench *b, size_t m, size_t s)
{
    return &b->projections[m].outcomes[s];
}

/* The median of member m under scenario s in the year h after the last. */
__attribute__((unused)) static double median_of(const struct bench *b, size_t m, size_t s, int h)
{
    return outcome_of(b, m, s)->bands[(h - 1) * PT_BANDS + 3];
}

#endif
