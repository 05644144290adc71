/* Whole runs on the models that come with the program: real fits, real paths. */
#ifndef PARITET_TEST_SIMULATE_MODELS_H
#define PARITET_TEST_SIMULATE_MODELS_H

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <paritet/simulate.h>

__attribute__((unused)) static struct pt_model *model_of(const char *path)
{
    struct pt_diagnostics list;
    struct pt_model *model = NULL;
    pt_diagnostics_init(&list);
    assert_int_equal(pt_model_read(path, &model, &list, NULL), PT_OK);
    pt_diagnostics_free(&list);
    return model;
}

__attribute__((unused)) static struct pt_run *run_of(const struct pt_model *model, const struct pt_scenario *const *list,
                             size_t n, struct pt_run_options options)
{
    struct pt_diagnostics diagnostics;
    struct pt_run *run = NULL;
    pt_diagnostics_init(&diagnostics);
    assert_int_equal(pt_run_simulate(model, list, n, &options, NULL, &diagnostics, &run, NULL),
                     PT_OK);
    pt_diagnostics_free(&diagnostics);
    return run;
}

__attribute__((unused)) static struct pt_run_options options_of(uint64_t draws)
{
    struct pt_run_options options = pt_run_options_default();
    options.draws = draws;
    return options;
}

__attribute__((unused)) static struct pt_lever lever_of(const char *id, const char *indicator, const char *group,
                                const char *kind, double effect)
{
    return (struct pt_lever){ .id = id,
                              .indicator = indicator,
                              .group = group,
                              .kind = pt_lever_kind_find(kind),
                              .effect = { .distribution = pt_distribution_find("fixed"),
                                          .par = { effect },
                                          .chance_of_none = .25 },
                              .reach = .5,
                              .start = 2027,
                              .ramp_years = 3,
                              .ramp_shape = PT_RAMP_S_CURVE,
                              .until = INT_MAX };
}

__attribute__((unused)) static struct pt_scenario scenario_of(const char *id, struct pt_lever *levers, size_t n)
{
    return (struct pt_scenario){
        .id = id, .levers = levers, .n_levers = n, .overlap = PT_OVERLAP_INDEPENDENT
    };
}

__attribute__((unused)) static struct pt_link link_of(const char *id, const char *from, const char *to, double effect)
{
    return (struct pt_link){ .id = id,
                             .from = from,
                             .to = to,
                             .delay = 1,
                             .effect = { .distribution = pt_distribution_find("fixed"),
                                         .par = { effect } } };
}

#endif
