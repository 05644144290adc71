/* scenario: what is asked.
 *
 * Scenario files, lever kinds, overlap, and the plan that says how far each lever is in force in
 * each year. Effects move a group's figure; what that does to the gap is simulate's business. */
#ifndef PARITET_SCENARIO_H
#define PARITET_SCENARIO_H

#include <paritet/barometer.h>
#include <paritet/base.h>

#ifdef __cplusplus
extern "C" {
#endif

enum pt_ramp_shape { PT_RAMP_LINEAR, PT_RAMP_S_CURVE, PT_RAMP_STEP };
enum pt_overlap { PT_OVERLAP_NONE, PT_OVERLAP_INDEPENDENT, PT_OVERLAP_ADDITIVE, PT_OVERLAP_NESTED };
enum pt_confidence { PT_CONFIDENCE_HIGH, PT_CONFIDENCE_MEDIUM, PT_CONFIDENCE_LOW };

struct pt_lever;

/* A kind of lever: a card (METHODS 7). */
struct pt_lever_kind {
    const char *name;
    const char *title; /* translated */
    const char *formula;
    const char *keys; /* keys of a scenario file it needs beside the common ones, for help */
    bool per_year;    /* its effect is written per year */
    double keep;      /* share that stays from year to year after the end, without half-life */
    /* The full effect in points that a drawn effect stands for (dose-response); monotone. */
    double (*full_effect)(const struct pt_lever *lever, double drawn);
    /* One year for n draws: D[i] is the shift of the group's figure accumulated so far, E[i] the
     * drawn full effect, share the newly reached share of the group, ramp in [0, 1]; in_force is
     * false after the last year, when keep in [0, 1] is what remains from year to year. */
    void (*step)(double share, double ramp, bool in_force, double keep, size_t n, const double *E,
                 double *D);
};
extern const struct pt_lever_kind *const pt_lever_kinds[]; /* ends in NULL */
const struct pt_lever_kind *pt_lever_kind_find(const char *name);

struct pt_lever {
    struct pt_place at; /* of its id in the file */
    const char *id;
    struct pt_text title;
    const char *indicator, *group;
    const char *place; /* NULL: every place of the model */
    const struct pt_lever_kind *kind;
    struct pt_effect effect; /* of `resources`: the effect at effect_increase */
    enum pt_unit effect_unit;
    double reach;   /* share of the group, 0..1; 1 unless given */
    int start;      /* first year with effect, before delay */
    int delay;      /* whole years */
    int ramp_years; /* 1: at once */
    enum pt_ramp_shape ramp_shape;
    int until;                        /* last year in force; INT_MAX: no end */
    double half_life;                 /* years; 0: ends at once (level) or stays (pace) */
    double increase, effect_increase; /* of `resources`, shares */
    struct pt_text source;
    enum pt_confidence confidence;
    struct pt_place indicator_at, group_at, place_at, effect_at;
};

struct pt_scenario {
    const char *path;
    const char *id; /* the file's stem */
    struct pt_text title;
    int horizon; /* 0: not given */
    struct pt_place horizon_at;
    enum pt_overlap overlap;
    struct pt_place overlap_at;
    size_t n_levers;
    struct pt_lever *levers;
    char sha256[65];
    const struct pt_source *source; /* its text, for messages (pt_spot_of) */
    struct pt_arena *arena;
};
/* Reads one scenario file; problems go to the list. */
enum pt_status pt_scenario_read(const char *path, struct pt_scenario **out,
                                struct pt_diagnostics *list, struct pt_error *err);
/* The same, bound to a model (NULL: not bound) in one go: what the scenario names is checked even
 * where something else in it is wrong, so that all problems come out together. */
enum pt_status pt_scenario_read_for(const struct pt_model *model, const char *path,
                                    struct pt_scenario **out, struct pt_diagnostics *list,
                                    struct pt_error *err);
void pt_scenario_free(struct pt_scenario *scenario);
/* Checks names and units of a scenario against a model: unknown indicators, groups that the
 * indicator does not compare, wrong units, missing overlap, reach sums. Problems go to the list
 * (PT_EDATA when one is an error). */
enum pt_status pt_scenario_bind(const struct pt_scenario *scenario, const struct pt_model *model,
                                struct pt_diagnostics *list, struct pt_error *err);
/* What only several scenarios of one run can get wrong: equal ids, horizons that disagree, one lever
 * id with two different effects (a warning). PT_EDATA when one is an error. */
enum pt_status pt_scenarios_check(const struct pt_scenario *const *scenarios, size_t n,
                                  struct pt_diagnostics *list, struct pt_error *err);
/* How a lever moves a gap: +1 closes it, -1 widens it, 0 no mean effect. */
int pt_lever_direction(const struct pt_lever *lever, const struct pt_indicator *indicator);

/* What a scenario does to one subject, year by year; horizon years after `last` are planned.
 * Levers are ordered by falling mean full effect at the horizon (as if nothing faded), ties by id. */
struct pt_plan {
    size_t n_levers, n_years;
    const struct pt_lever **levers; /* [n_levers] */
    bool *on_reference;             /* [n_levers] the lever acts on the reference group */
    double *share;                  /* [n_years][n_levers] newly reached share of the group */
    double *ramp;                   /* [n_years][n_levers] */
    bool *in_force;                 /* [n_years][n_levers] */
    double *keep;                   /* [n_levers] remaining share per year after the end */
};                                  /* all arrays in the arena */
/* The years of a plan: those to the horizon, and those that paths run on after it. */
struct pt_span {
    int last; /* last observed year */
    size_t to_horizon, after;
};
/* Plans the levers of a scenario (NULL: the baseline) that act on a subject. */
enum pt_status pt_plan_make(const struct pt_scenario *scenario, const struct pt_subject *subject,
                            const struct pt_span *span, struct pt_arena *arena,
                            struct pt_plan *plan, struct pt_error *err);
/* u clipped to [0, 1] by METHODS 7: how far a ramp is in a year. */
double pt_ramp(enum pt_ramp_shape shape, int year, int first, int years);

#ifdef __cplusplus
}
#endif
#endif
