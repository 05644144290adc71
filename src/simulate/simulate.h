/* What the files of this room share.
 *
 * The way of the data: fit.c makes projections; join.c adds those that links need and joins what
 * hangs together at a place to a component; effects.c draws the levers' effects for a batch of
 * scenarios, where they fit; tasks.c cuts component x scenarios to tasks, as many as there are threads
 * and as memory asks, and hands them to the threads; component.c does a task block by block: draw
 * the baseline's paths (paths.c), then for each scenario act on them (act.c: levers.c with cohort.c
 * says how far figures shift, move.c what that does to the gap), count (watch.c, count.c) and sieve
 * (tally.c, sieve.c); parts.c does it again without a lever. Nothing that is as long as the draws is
 * kept, so memory does not grow with them. What only the baseline's own task knows is copied at the
 * end (outcomes.c). enough.c does all of it again with more draws. */
#ifndef PARITET_SIMULATE_PRIVATE_H
#define PARITET_SIMULATE_PRIVATE_H

#include <paritet/simulate.h>

/* Draws are made in blocks of this many; state lies in rows of it. */
#define PT_BLOCK 512

/* ------------------------------------------------------------------ projections */

/* Fits one indicator at one place; *fitted is false where there is nothing to project (the list
 * says why). */
enum pt_status pt_fit_at(struct pt_run *run, const struct pt_indicator *indicator,
                         const char *place, struct pt_diagnostics *list, struct pt_projection *out,
                         bool *fitted, struct pt_error *err);

/* A projection as a member of its component. */
struct pt_member {
    struct pt_projection *projection;
    bool hidden; /* there for the links of others only: no outcomes */
    bool feeds;  /* a link starts here */
    struct pt_baseline baseline;
    const struct pt_member **sources; /* [links that lead here, as pt_links_to]; NULL: the link
                                         does nothing */
    bool *to_reference;               /* [n_sources] the link moves the reference's figure */
    size_t n_sources;
    size_t *moved_from; /* [1 + scenarios] year index before which outcomes are the baseline's;
                           SIZE_MAX: nothing moves it. NULL where hidden */
};

/* Subjects of one place that links join, every one after those that it hangs on; mostly one. */
struct pt_component {
    size_t n;
    struct pt_member **members; /* [n] */
};

/* Everything of a run that is simulated. */
struct pt_cast {
    size_t n_members, n_components;
    struct pt_member *members;
    struct pt_component *components;
};
/* Adds the projections that links lead from and joins all to components. With `links` false every
 * projection stands alone. PT_EINTERNAL: the links go in a circle. */
enum pt_status pt_cast_make(struct pt_run *run, bool links, struct pt_diagnostics *list,
                            struct pt_cast *cast, struct pt_error *err);

/* Numbers the cells of a run, which are its components, and keeps those of the run's shard. */
void pt_cast_shard(struct pt_run *run, struct pt_cast *cast);

/* Memory of all outcomes, what does not need simulating, and the parts to come. */
enum pt_status pt_outcomes_make(struct pt_run *run, const struct pt_component *component,
                                struct pt_error *err);
enum pt_status pt_outcomes_make_all(struct pt_run *run, const struct pt_cast *cast,
                                    struct pt_error *err);

/* ------------------------------------------------------------------ draw effects */

/* Effects of levers first .. first + n - 1, n at most PT_BLOCK. */
void pt_lever_draw(const struct pt_lever *lever, uint64_t seed, uint64_t first, size_t n,
                   double *effects);

struct pt_work; /* below */
struct pt_known {
    const struct pt_lever *lever;
    double *effects;
};
/* Effects of different levers; those that draw the same are one. */
struct pt_effects {
    size_t n;
    struct pt_known *known; /* [n] */
};
const double *pt_effects_find(const struct pt_effects *effects, const struct pt_lever *lever);

#define PT_EFFECTS_BYTES_MOST (32 << 20)
/* Scenarios that are simulated in one go, with their levers' effects [draws]; of very many draws no
 * effects are kept, and all scenarios are one batch. */
struct pt_batch {
    size_t from, to; /* outcomes from .. to - 1; the first batch starts at 1 */
    struct pt_effects effects;
};
/* The batches of a run, at least one, in its arena; no effects are drawn yet. */
enum pt_status pt_batches_make(const struct pt_run *run, const struct pt_cast *cast,
                               struct pt_batch **batches, size_t *n, struct pt_error *err);
/* Draws the effects; the caller forgets them, whatever comes back. */
enum pt_status pt_batch_draw(const struct pt_run *run, struct pt_batch *batch, struct pt_work *work,
                             struct pt_error *err);
void pt_batch_forget(struct pt_batch *batch);

/* ------------------------------------------------------------------ draw paths */

/* Draws paths of a fit, block by block, years outermost. */
struct pt_walk {
    const struct pt_fit *fit;
    const struct pt_series *bounds; /* paths stay inside its bounds */
    struct pt_stream stream;
    uint64_t first;
    size_t n;
    double normals[PT_START_NORMALS * PT_BLOCK];
    double state[PT_PATH_STATE * PT_BLOCK];
    double spare[2][PT_BLOCK]; /* the normals of two years */
    bool holds[PT_BLOCK];
};
void pt_walk_open(struct pt_walk *walk, const struct pt_fit *fit, const struct pt_series *bounds,
                  uint64_t seed, const char *stream);
/* Draws first .. first + n - 1; curve (NULL: none asked for) gets the curve at year 0. */
void pt_walk_start(struct pt_walk *walk, uint64_t first, size_t n, double *curve);
/* Years h = 1, 2, ... in their order. */
void pt_walk_year(struct pt_walk *walk, size_t h, double *x, double *curve);

/* ------------------------------------------------------------------ act on paths */

/* Entrants only: what those who enter in a year get, they keep for as long as they belong to the
 * group, 1 / turnover years. */
struct pt_cohort {
    double turnover, partial; /* weight of the oldest, partly left cohort */
    size_t full;              /* cohorts that are there in full */
    double *
        sums; /* [1 + years][PT_BLOCK] what entrants got, summed over years; the plan's years before
                                come first */
};
/* Nobody enters before year index `from`. */
void pt_cohort_start(struct pt_cohort *cohort, double turnover, double *sums, size_t from);
/* Year index y = 0, 1, ...: own[n] is what the entrants of this year get (NULL: nothing); out[n]
 * gets the shift of the whole group. */
void pt_cohort_year(struct pt_cohort *cohort, size_t y, size_t n, const double *own, double *out);

/* How far the figures of group (0) and reference (1) are shifted in one year of one block. */
struct pt_shift {
    double total[2][PT_BLOCK];
    double whole[2][PT_BLOCK];   /* of that: what widens, and what may overshoot */
    double closing[2][PT_BLOCK]; /* the rest: what closes and stops at parity */
    bool moves;                  /* something is not 0 */
    bool reference_moves;
};

/* Where a link's effect comes from: the deviation of another member in this block. */
struct pt_inflow {
    const double *deviation; /* [years][PT_BLOCK]; NULL: none */
    int last;                /* its year index 0 is last + 1 */
    size_t from;             /* year index before which it is 0 */
};

/* What a plan's levers and links do to a block of paths. */
struct pt_act {
    const struct pt_subject *subject;
    const struct pt_plan *plan;
    const double *reference; /* [years] the reference's median projection; NULL: none */
    int last;
    size_t from;                     /* year index before which nothing moves */
    const struct pt_inflow *inflows; /* [plan->n_links] */
    bool looks_ahead;                /* a kind asks what remains */
    bool moves[2];                   /* something acts on the group (0), the reference (1) */
    struct pt_cohort *cohorts;       /* [n_levers + n_links] */
    const double **effects; /* [n_levers + n_links] rows of the block, or, where kept, [draws] */
    bool *kept;             /* [n_levers] */
    const struct pt_rows_kernels *rows;
    double *observed; /* [plan->n_before] the projected value in the years before */
    double *observed_reference;
    /* of this block */
    uint64_t first;
    double *accumulated; /* [n_levers][PT_BLOCK] */
    struct pt_shift *shift;
};
/* For a plan, in the arena; PT_ENOMEM. */
enum pt_status pt_act_new(const struct pt_member *member, const struct pt_plan *plan,
                          const struct pt_inflow *inflows, struct pt_arena *arena,
                          struct pt_act **out, struct pt_error *err);
/* Doubles of memory that a block takes. */
size_t pt_act_room(const struct pt_act *act);
/* Starts a block from no shift: room is [pt_act_room], shared with other acts between blocks. The
 * caller has set the effects. */
void pt_act_start(struct pt_act *act, uint64_t first, size_t n, double *room,
                  struct pt_shift *shift);
void pt_link_draw(const struct pt_link *link, uint64_t seed, uint64_t first, size_t n,
                  double *effects);
/* Moves the shifts on to year index y (0: first year after the last observation); x is [n] of the
 * path's projected value. */
void pt_act_year(struct pt_act *act, size_t y, size_t n, const double *x);

/* What still has to be added to the figure to reach parity (the target), all shifts counted; 0
 * where it is reached. [n] for a lever on the group and for one on the reference. */
void pt_move_remaining(const struct pt_subject *subject, double reference,
                       const struct pt_shift *shift, size_t n, const double *x, double *on_group,
                       double *on_reference);
/* x is [n] of the projected value, out gets it under the shift and deviation (NULL: not asked for)
 * how far the group's figure moved. Draws that nothing moves keep their bytes. */
void pt_move(const struct pt_subject *subject, double reference, const struct pt_shift *shift,
             size_t n, const double *x, double *out, double *deviation);

/* ------------------------------------------------------------------ count */

/* First years of one rule (k years at or past the band), draw by draw in one block. */
struct pt_watch {
    int years;    /* k */
    size_t never; /* n_years + 1 */
    uint32_t start[PT_BLOCK], run[PT_BLOCK];
    uint32_t first[PT_BLOCK]; /* 0 already, h, or never */
};
/* before: how many observed years up to the last one lie in the band without a break. */
void pt_watch_start(struct pt_watch *watch, int years, size_t n_years, size_t before, size_t n);
/* For a rule of one year: a draw whose gap is in the band now is there already. */
void pt_watch_now(struct pt_watch *watch, size_t n, const double *gap, double band);
void pt_watch_year(struct pt_watch *watch, size_t h, size_t n, const double *gap, double band);

/* Two years of an outcome that questions are put to: the policy's end and the horizon. */
enum { PT_AT_END, PT_AT_HORIZON, PT_ATS };

/* One outcome while it is counted. */
struct pt_count {
    const struct pt_projection *projection;
    struct pt_outcome *outcome; /* NULL: only first years */
    int sustained_years;
    size_t before; /* observed years in the band, up to the last */
    struct pt_watch watches[PT_EVENTS];
};
/* curve_now is [n] of the curve at year 0; NULL: none. */
void pt_count_start(struct pt_count *count, size_t n, const double *curve_now);
/* Year h of n draws; curve NULL: none. */
void pt_count_year(struct pt_count *count, size_t h, size_t n, const double *x,
                   const double *curve);
void pt_count_block(struct pt_count *count, size_t n, const bool *holds);
/* Sustained first years of the block, where there is a question. */
static inline const uint32_t *pt_count_first(const struct pt_count *count)
{
    return count->watches[PT_EVENT_SUSTAINED].first;
}

/* Draws by years gained where both reach parity, and how many never do: adds n draws. */
struct pt_paired {
    uint64_t *gained; /* [2 n_years + 1] */
    uint64_t both_never, only_first, only_second;
};
void pt_count_paired(const uint32_t *first, const uint32_t *second, size_t n, size_t n_years,
                     struct pt_paired *add);

/* ------------------------------------------------------------------ run */

/* Simulates all outcomes of a run, which are made. done (NULL: 0) is how much the host has heard of before, and after it.
 * PT_EDATA where a projection leaves the numbers; PT_ENOMEM, PT_ECANCELLED. */
enum pt_status pt_cast_simulate(struct pt_run *run, const struct pt_cast *cast,
                                const struct pt_hooks *hooks, size_t *done, struct pt_error *err);
/* The same with more and more draws until options.mc_error is kept. */
enum pt_status pt_cast_simulate_enough(struct pt_run *run, const struct pt_cast *cast,
                                       const struct pt_hooks *hooks, struct pt_diagnostics *list,
                                       struct pt_error *err);

/* What is told to the host, by all threads. */
struct pt_work;
/* `steps` more blocks are done; false: the host wants to stop. */
bool pt_work_step(struct pt_work *work, size_t steps);

/* A piece of a run: some scenarios of a component, and the baseline that they are paired with. */
struct pt_task {
    const struct pt_component *component;
    const struct pt_batch *batch;
    size_t from, to; /* outcomes from .. to - 1 */
    bool baseline;   /* is its own outcome here; in the other tasks it is only drawn again */
};
/* Uses only its own memory and outcomes, so tasks may run side by side; work NULL: nobody to tell.
 * PT_EDATA where a projection leaves the numbers; PT_ENOMEM, PT_ECANCELLED. */
enum pt_status pt_task_run(const struct pt_run *run, const struct pt_task *task,
                           struct pt_work *work, struct pt_error *err);
/* How many steps that is. */
size_t pt_task_steps(const struct pt_run *run, const struct pt_task *task);
/* How many outcomes of a component a task may have, by the memory they take; at least one. */
size_t pt_task_most(const struct pt_run *run, const struct pt_component *component);
/* After all tasks of a component: what nothing moved gets the baseline's numbers. */
void pt_outcomes_finish(const struct pt_run *run, const struct pt_component *component);

/* The own projections of a subject's two groups. PT_EDATA, PT_ENOMEM, PT_ECANCELLED. */
enum pt_status pt_groups_simulate(const struct pt_run_options *options,
                                  struct pt_projection *projection, struct pt_work *work,
                                  struct pt_error *err);

#endif
