/* The memory of a component while it is simulated: whole paths of the baseline, and of one
 * scenario at a time, whatever the number of scenarios. */
#ifndef PARITET_SIMULATE_COMPONENT_H
#define PARITET_SIMULATE_COMPONENT_H

#include "simulate/simulate.h"

/* One member's memory. */
struct pt_store {
    size_t years; /* to the horizon, and those that paths run on after it */
    struct pt_walk walk;
    double *x;                 /* [years][draws] the baseline's projected values */
    double *curve;             /* [1 + years][draws] and curves; NULL: none, or no scenario asks */
    bool *holds;               /* [draws] */
    double *row;               /* [draws] for selection */
    uint32_t *base;            /* [draws] sustained first years of the baseline */
    uint32_t *first[2];        /* [draws] of the scenario, and without a lever */
    double *closed[2][PT_ATS]; /* [draws] points closed in the same two */
    double *values;            /* [n_years][draws] under the scenario */
    bool *moved;               /* [n_years] in some draw */
    double *deviation; /* [years][PT_BLOCK] of the group's figure; NULL: no link starts here */
    struct pt_count count;
    struct pt_act *act; /* NULL: this policy does not move the member */
};

/* A policy: a scenario, or the same without a lever. */
struct pt_policy {
    size_t outcome; /* index of the scenario's outcome */
    const struct pt_scenario *scenario;
    const char *without; /* id of a lever; NULL: none */
    const struct pt_batch *batch;
};

/* Lets a policy act on the paths of all members: first years and points closed of the first kind
 * (of the second with a lever left out), and without a lever left out also values and counts.
 * store->act says which members it moved, until the next call. */
enum pt_status pt_component_act(const struct pt_run *run, const struct pt_component *component,
                                const struct pt_policy *policy, struct pt_work *work,
                                struct pt_error *err);
/* What each lever of a scenario adds, after pt_component_act on the whole of it. */
enum pt_status pt_component_parts(const struct pt_run *run, const struct pt_component *component,
                                  const struct pt_policy *whole, struct pt_work *work,
                                  struct pt_error *err);

#endif
