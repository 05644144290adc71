/* The memory of a task while it runs: rows of one block, and the sieves of its outcomes. */
#ifndef PARITET_SIMULATE_COMPONENT_H
#define PARITET_SIMULATE_COMPONENT_H

#include "simulate/simulate.h"
#include "simulate/tally.h"

#define PT_SPREAD_LEVELS 3 /* .10 .50 .90 */

/* What the sieves of an outcome take at one member. */
size_t pt_outcome_bytes(uint64_t draws, size_t years);
/* What those of a task may take together; a single outcome may take more. */
#define PT_TASK_BYTES_MOST ((size_t)48 << 20)

/* A member's rows of the block. */
struct pt_store {
    size_t years; /* to the horizon, and those that paths run on after it */
    struct pt_walk walk;
    double *x;                          /* [years][PT_BLOCK] the baseline's projected values */
    double *curve;                      /* [1 + years][PT_BLOCK] and curves; NULL: none */
    double *deviation;                  /* [years][PT_BLOCK] of the group's figure; NULL: no link
                                        starts here */
    const struct pt_link **links;       /* [n_sources] that some policy asks for; NULL: not */
    double *link_effects;               /* [n_sources][PT_BLOCK] */
    struct pt_count base;               /* of the baseline */
    struct pt_count counts[2];          /* of a scenario, and without a lever */
    double closed[2][PT_ATS][PT_BLOCK]; /* points closed in the same two */
    struct pt_tally bands;              /* of the baseline, in its own task */
};

/* What a scenario gives at one member besides counts. */
struct pt_moved {
    struct pt_tally bands; /* of the years from act->from on */
    struct pt_tally closed;
    double quantiles[PT_ATS][PT_SPREAD_LEVELS], sums[PT_ATS];
};

/* A scenario without one of its levers. */
struct pt_without {
    const char *lever;      /* id */
    struct pt_act **acts;   /* [members] */
    struct pt_part **parts; /* [members] what is compared; NULL: nothing */
};

/* A scenario of a task. */
struct pt_policy {
    size_t outcome;
    const struct pt_scenario *scenario;
    struct pt_act **acts;    /* [members] NULL: it does not move the member */
    bool moves;              /* some member */
    struct pt_moved *moved;  /* [members] */
    struct pt_effects drawn; /* [PT_BLOCK] of levers that the batch does not know */
    size_t n_without;
    struct pt_without *without;
};

struct pt_running {
    const struct pt_run *run;
    const struct pt_task *task;
    struct pt_arena *arena;     /* of plans */
    struct pt_store *stores;    /* [members] */
    struct pt_policy *policies; /* [to - from] */
    double *room;               /* for acts */
    struct pt_shift shift;
    uint64_t first; /* the block: draws first .. first + n - 1 */
    size_t n;
    bool counts; /* the first pass */
};

/* Plans a policy (without a lever; NULL: the whole of it) for all members: acts is [members]. */
enum pt_status pt_policy_plan(struct pt_running *all, struct pt_policy *policy, const char *without,
                              struct pt_act **acts, struct pt_error *err);
/* Draws what a policy needs for the block. */
void pt_policy_start(const struct pt_running *all, const struct pt_policy *policy);
/* Lets a policy (without a lever; NULL: the whole of it) act on the block. The whole is sieved, and
 * counted in the first pass. */
void pt_policy_block(struct pt_running *all, struct pt_policy *policy,
                     const struct pt_without *without);

/* How many programmes of a scenario have parts that must be simulated. */
size_t pt_parts_count(const struct pt_component *component, size_t outcome,
                      const struct pt_scenario *scenario);
/* Plans the scenario without each of them. */
enum pt_status pt_parts_plan(struct pt_running *all, struct pt_policy *policy,
                             struct pt_error *err);
/* Adds the block's differences between the whole and the scenario without a lever. */
void pt_parts_block(const struct pt_running *all, const struct pt_policy *policy,
                    const struct pt_without *without);
/* From sums to means. */
void pt_parts_finish(const struct pt_run *run, struct pt_policy *policy, size_t n_members);
/* Where only one lever moves the subject, its part is the outcome, once that is known. */
void pt_parts_whole(const struct pt_projection *p, struct pt_outcome *outcome, uint64_t draws);

#endif
