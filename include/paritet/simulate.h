/* simulate: futures.
 *
 * Draws paths of every subject, lets the levers of every scenario act on the same paths, and
 * counts: quantiles by year, first years at parity for three events, paired differences. Parity is
 * always read from paths; the baseline is a scenario without levers. */
#ifndef PARITET_SIMULATE_H
#define PARITET_SIMULATE_H

#include <paritet/barometer.h>
#include <paritet/base.h>
#include <paritet/scenario.h>
#include <paritet/trend.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PT_SEED_DEFAULT  20140213u /* the day of the barometer's letter */
#define PT_DRAWS_DEFAULT 20000u
/* Draws that are enough: from the default on twice as many each time, to at most these. */
#define PT_DRAWS_ENOUGH_MOST (PT_DRAWS_DEFAULT << 9)
#define PT_MC_ERROR_DEFAULT  0.5

/* Quantiles of bands.csv. */
#define PT_BANDS 7
extern const double pt_band_levels[PT_BANDS]; /* .05 .10 .25 .50 .75 .90 .95 */

struct pt_run_options {
    uint64_t draws, seed;
    double mc_error;       /* above 0: draws are those that keep the Monte Carlo standard error of
                              every headline chance (never, by the target year) of every outcome
                              below so many percentage points, and leave the 10, 50 and 90 %
                              quantiles of first years where they were, to a year, with half of
                              them; 0: options.draws */
    int horizon;           /* 0: the scenarios', else the model's, else last observation + 30 */
    int threads;           /* 0: all */
    int sustained_years;   /* k of the headline event */
    const char *family;    /* overrides every indicator's; NULL: as in the model */
    int fit_from;          /* overrides; INT_MIN: as in the model */
    const char *indicator; /* only this one; NULL: all */
    const char *place;     /* only this one; NULL: all */
    bool attribution;      /* what each lever of a scenario contributes */
    bool groups;           /* the two groups' own projections */
    bool may_be_empty; /* a model of which nothing can be projected is a run without projections,
                              not PT_EDATA */
    /* Only every shards-th cell, from the shard-th on (from 1); shards 0: all cells; shard 0 of
     * several: none. What is left out has outcomes with zeros in them, to be filled from elsewhere. */
    size_t shard, shards;
    struct pt_fit_options fit;
};
struct pt_run_options pt_run_options_default(void);

/* METHODS 5. Both simulated events are one rule: at or past the band for k years, counted at the
 * first of them. */
enum pt_event { PT_EVENT_TREND, PT_EVENT_PUBLISHED, PT_EVENT_SUSTAINED, PT_EVENTS };
const char *pt_event_name(enum pt_event event);

/* First years of one event over all draws: count[0] already, count[h] in year last + h,
 * count[n_years + 1] never within the horizon. */
struct pt_parity {
    uint64_t *count; /* [n_years + 2] */
};

/* How an amount is spread over the draws. */
struct pt_spread {
    double p10, p50, p90, mean;
};

/* What one lever (all levers of one id) adds to a scenario: the scenario against the same without
 * it, draw by draw. The parts of a scenario and what they do only together make up the whole:
 * total = sum of the parts + interaction. */
struct pt_part {
    const char *lever;                 /* id */
    double closed_end, closed_horizon; /* mean points of the gap */
    double chance_end, chance_horizon; /* of parity by then */
    uint64_t *gained;                  /* [2 n_years + 1], as of the outcome */
};

struct pt_outcome {
    const struct pt_scenario *scenario; /* NULL: baseline */
    const char *id;                     /* "baseline" or the scenario's */
    size_t n_levers;                    /* that act on this subject */
    bool linked;                        /* a link brings it the effect of others */
    const bool *moved_by;               /* [scenario->n_levers] the programme whose first lever this
                                           is moves it, by itself or by links */
    double *bands;                      /* [n_years][PT_BANDS] exact type-7 quantiles (Hyndman and
                                           Fan 1996) of the published figure */
    struct pt_parity events[PT_EVENTS]; /* count NULL where there is no question */
    /* the sustained event apart for draws whose pace holds and for those whose pace fades */
    uint64_t holds, never_holds, fades, never_fades;
    uint64_t by_target; /* draws whose figure in the target year meets it */
    /* sustained event, draw by draw against the baseline */
    uint64_t *gained; /* [2 n_years + 1] draws by years gained, where both are finite;
                            gained[n_years] is 0 years */
    uint64_t both_never;
    uint64_t only_scenario; /* reaches parity where the baseline never does */
    uint64_t only_baseline;
    /* points of the gap closed against the baseline, draw by draw: of a gap, of the way to parity
     * or to a target, or, where there is neither, by which the figure is better */
    int end; /* pt_policy_end, inside the years that are projected */
    struct pt_spread closed_end, closed_horizon;
    size_t n_parts;
    struct pt_part *parts; /* [n_parts] by lever id; with options.attribution, of levers that move
                              this subject, directly or by links */
};

/* Everything about one subject. */
struct pt_projection {
    const struct pt_subject *subject;
    struct pt_fit fit;
    const struct pt_fit *group_fit, *reference_fit; /* own projections, two groups only */
    size_t cell;                                    /* of the run: with what links join it to */
    int last;                                       /* last observed year */
    size_t n_years; /* horizon - last; 0 where the data reach past the horizon */
    bool has_question;
    double *group_bands, *reference_bands; /* [n_years][PT_BANDS] exact type-7 quantiles of the
                                              groups' own projections, from the streams
                                              "indicator@place:GROUP", inside their bounds; with
                                              options.groups and two groups, else NULL */
    size_t n_outcomes;                     /* baseline first, then scenarios by id */
    struct pt_outcome *outcomes;
};

struct pt_run {
    const struct pt_model *model;
    struct pt_run_options options;
    int horizon;
    size_t n_scenarios;
    const struct pt_scenario **scenarios; /* [n_scenarios] by id */
    size_t n_cells; /* that are simulated each by itself, of all shards; 0 without simulating */
    size_t n_projections;
    struct pt_projection *projections;
    struct pt_arena *arena;
};

/* The last year a run with these options looks at. */
int pt_run_horizon(const struct pt_run *run, const struct pt_scenario *const *scenarios, size_t n);

/* Fits the subjects of a model without simulating: projections with n_outcomes = 0. Subjects that
 * cannot be fitted leave a warning in the list and are passed over; PT_EDATA when an option names
 * an indicator or place that does not exist, or a model names an unknown family; PT_ECANCELLED where
 * the host stops it. */
enum pt_status pt_run_fit(const struct pt_model *model, const struct pt_run_options *options,
                          const struct pt_hooks *hooks, struct pt_diagnostics *list,
                          struct pt_run **out, struct pt_error *err);
/* How large a run will be. Doubles, as the numbers multiply. */
struct pt_run_size {
    double subjects;      /* indicators at places that have figures before the horizon */
    double outcomes;      /* of all subjects: the baseline's and the scenarios' */
    double outcome_years; /* and of all years to the horizon */
    double threads;       /* that have something to do */
    double kept, working; /* bytes of memory of the run, and of those that pt_run_simulate takes and
                             gives back. What is asked for: of it a third to all is touched */
};
/* Looks at the question only, so that it takes next to no time. PT_ENOMEM. */
enum pt_status pt_run_measure(const struct pt_model *model,
                              const struct pt_scenario *const *scenarios, size_t n,
                              const struct pt_run_options *options, struct pt_run_size *out,
                              struct pt_error *err);
/* Fits and simulates the baseline and n scenarios (already bound). The same inputs, seed and draws
 * give the same numbers, whatever the threads and the order of the scenarios, and those of each
 * scenario are the same as in a run of its own. With options.mc_error the numbers are those of a
 * run with as many draws as it took, which run->options.draws says, and so does a notice; a warning
 * where PT_DRAWS_ENOUGH_MOST are not enough. run->options.threads is how many there were. What
 * links lead from is simulated too, also where options leave it out of the projections; where it
 * cannot be, a warning says that the link does nothing. Cells are numbered in the order of the
 * projections, and their numbers are the same in every shard. Memory grows with threads and with the
 * square root of draws, not with scenarios. PT_EDATA where a projection leaves the numbers,
 * PT_EINTERNAL for links in a circle (pt_links_bind finds them before), PT_ECANCELLED where the
 * host stops it. */
enum pt_status pt_run_simulate(const struct pt_model *model,
                               const struct pt_scenario *const *scenarios, size_t n,
                               const struct pt_run_options *options, const struct pt_hooks *hooks,
                               struct pt_diagnostics *list, struct pt_run **out,
                               struct pt_error *err);
void pt_run_free(struct pt_run *run);

/* The p-quantile of a first year, `never` ordered last: INT_MIN already, INT_MAX never. */
int pt_parity_quantile(const struct pt_parity *parity, size_t n_years, int last, double p);

#ifdef __cplusplus
}
#endif
#endif
