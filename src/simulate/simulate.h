/* What the files of this room share.
 *
 * The way of the data: fit.c makes projections; join.c adds those that links need and joins what
 * hangs together at a place to a component; effects.c draws the levers' effects for a batch of
 * scenarios; component.c takes a component through draw paths (paths.c), act on paths (act.c:
 * levers.c with cohort.c says how far figures shift, move.c what that does to the gap) and count
 * (watch.c, count.c, quantiles.c), scenario by scenario; parts.c does it again without a lever. The
 * three steps know blocks of draws only: what keeps whole paths is component.c. */
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
    const struct pt_member **sources; /* [links that lead here, in the model's order]; NULL: the
                                         link does nothing */
    size_t n_sources;
    struct pt_store *store; /* while it is simulated: component.c */
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

/* ------------------------------------------------------------------ draw effects */

/* Effects of levers first .. first + n - 1, n at most PT_BLOCK. */
void pt_lever_draw(const struct pt_lever *lever, uint64_t seed, uint64_t first, size_t n,
                   double *effects);

struct pt_work; /* below */
struct pt_known {
    const struct pt_lever *lever;
    double *effects; /* [draws] */
};
/* Scenarios that are simulated in one go, with their levers' effects. */
struct pt_batch {
    size_t from, to; /* outcomes from .. to - 1; the first batch starts at 1 */
    int threads;
    size_t n_known;
    struct pt_known *known; /* [n_known] */
};
/* The scenarios from batch->to on; the caller frees it, whatever comes back. */
enum pt_status pt_batch_next(const struct pt_run *run, const struct pt_cast *cast,
                             struct pt_work *work, struct pt_batch *batch, struct pt_error *err);
void pt_batch_free(struct pt_batch *batch);
/* How many batches there will be; at least one. */
size_t pt_batch_count(const struct pt_run *run, const struct pt_cast *cast);
/* [draws] the effects of a lever; NULL: not known here. */
const double *pt_batch_effects(const struct pt_batch *batch, const struct pt_lever *lever);

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
    double *sums;             /* [1 + years][PT_BLOCK] what entrants got, summed over years */
};
void pt_cohort_start(struct pt_cohort *cohort, double turnover, double *sums, size_t n);
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
};

/* What a plan's levers and links do to a block of paths. */
struct pt_act {
    const struct pt_subject *subject;
    const struct pt_plan *plan;
    const double *reference; /* [years] the reference's median projection; NULL: none */
    int last;
    const struct pt_inflow *inflows; /* [plan->n_links] */
    bool looks_ahead;                /* a kind asks what remains */
    const double **known;            /* [n_levers][draws] drawn before; NULL: not */
    const double **effects;          /* [n_levers + n_links][PT_BLOCK] of this block */
    double *drawn;                   /* [n_levers + n_links][PT_BLOCK] for those drawn here */
    double *accumulated;             /* [n_levers][PT_BLOCK] */
    struct pt_cohort *cohorts;       /* [n_levers + n_links] */
    struct pt_shift shift;
};
/* Memory for a plan, in the arena; PT_ENOMEM. */
enum pt_status pt_act_new(const struct pt_member *member, const struct pt_plan *plan,
                          const struct pt_inflow *inflows, const struct pt_batch *batch,
                          struct pt_arena *arena, struct pt_act **out, struct pt_error *err);
/* Draws the effects of draws first .. first + n - 1 and starts from no shift. */
void pt_act_start(struct pt_act *act, uint64_t seed, uint64_t first, size_t n);
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
/* Rounding error must not decide whether 99.0 is within 1.0 of 100. */
double pt_band_edge(const struct pt_subject *subject);

/* Two years of an outcome that questions are put to: the policy's end and the horizon. */
enum { PT_AT_END, PT_AT_HORIZON, PT_ATS };

/* One outcome while it is counted. */
struct pt_count {
    const struct pt_projection *projection;
    struct pt_outcome *outcome; /* NULL: only first years and what is closed */
    int sustained_years;
    size_t before;          /* observed years in the band, up to the last */
    size_t end;             /* year index h of the policy's end; 0: not asked for */
    uint32_t *first;        /* [draws] sustained event, as of struct pt_watch */
    double *closed[PT_ATS]; /* [draws] points of the gap; NULL: not asked for */
    struct pt_watch watches[PT_EVENTS];
};
/* Consecutive observed years up to the last one that lie in the band, in one definition. */
size_t pt_count_before(const struct pt_projection *projection);
/* curve_now is [n] of the curve at year 0; NULL: none. */
void pt_count_start(struct pt_count *count, size_t n, const double *curve_now);
/* Year h of draws first .. first + n - 1; curve NULL: none; x0 is the baseline's x. */
void pt_count_year(struct pt_count *count, size_t h, uint64_t first, size_t n, const double *x,
                   const double *curve, const double *x0);
void pt_count_block(struct pt_count *count, uint64_t first, size_t n, const bool *holds);

/* Draws by years gained where both reach parity, and how many never do. */
struct pt_paired {
    uint64_t *gained; /* [2 n_years + 1] */
    uint64_t both_never, only_first, only_second;
};
void pt_count_paired(const uint32_t *first, const uint32_t *second, uint64_t draws, size_t n_years,
                     struct pt_paired *out);

/* Exact type-7 quantiles of n values at ascending levels (Hyndman and Fan 1996); reorders the
 * values. */
void pt_quantiles(double *values, size_t n, size_t n_levels, const double *levels, double *out);
/* The same for a spread, with the mean; reorders the values. */
struct pt_spread pt_spread_of(double *values, size_t n);

/* ------------------------------------------------------------------ run */

/* What is told to the host, by all threads. */
struct pt_work;
/* `steps` more blocks are done; false: the host wants to stop. */
bool pt_work_step(struct pt_work *work, size_t steps);

/* Simulates the outcomes of a batch for a component; the first batch brings the baseline, and every
 * batch draws its paths. Uses only its own memory, so components may run side by side; work NULL:
 * nobody to tell. */
enum pt_status pt_component_simulate(const struct pt_run *run, const struct pt_component *component,
                                     const struct pt_batch *batch, struct pt_work *work,
                                     struct pt_error *err);
/* How many steps that is for all outcomes, in so many batches. */
size_t pt_component_steps(const struct pt_run *run, const struct pt_component *component,
                          size_t n_batches);
/* The own projections of a subject's two groups. PT_ENOMEM. */
enum pt_status pt_groups_simulate(const struct pt_run_options *options,
                                  struct pt_projection *projection, struct pt_work *work,
                                  struct pt_error *err);

#endif
