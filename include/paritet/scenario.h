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

/* ------------------------------------------------------------------ kinds of levers */

struct pt_lever;

/* What the effect of a kind is written in. */
enum pt_effect_in {
    PT_EFFECT_NONE,         /* it takes no effect */
    PT_EFFECT_POINTS,       /* pp or points */
    PT_EFFECT_POINTS_YEAR,  /* the same per year */
    PT_EFFECT_PERCENT_YEAR, /* per cent of the gap that remains, per year */
};

/* How the effect of resources grows with them: a card. */
struct pt_response {
    const char *name;
    const char *title; /* translated */
    const char *formula;
    bool has_maximum; /* takes the key 'maximum' */
    bool linear;      /* in the drawn effect, so that its mean stands for it */
    /* The effect at the lever's increase, `drawn` being that at effect_increase. */
    double (*full_effect)(const struct pt_lever *lever, double drawn);
};
extern const struct pt_response *const pt_responses[]; /* ends in NULL; the first is the default */

/* One year of a lever, the same in every draw. */
struct pt_lever_year {
    double share;  /* of the group, newly reached (overlap) */
    double ramp;   /* in [0, 1] */
    double keep;   /* what remains from year to year after the end, in [0, 1] */
    double path;   /* the shift that the kind itself planned for the year; 0 where it plans none */
    bool in_force; /* false after the last year, and before the first */
};

/* The baseline of a subject as a plan sees it: index 0 is the last observed year. */
struct pt_baseline {
    int last;             /* last observed year */
    size_t to_horizon;    /* years to the horizon */
    size_t after;         /* and those that paths run on after it */
    const double *median; /* [1 + to_horizon + after] of the projected value */
    const double
        *reference; /* [the same] of the reference's own figure; NULL where there is none */
};

/* A kind of lever: a card (METHODS 7). */
struct pt_lever_kind {
    const char *name;
    const char *title; /* translated */
    const char *formula;
    const char *needs; /* keys of a scenario file that it cannot do without, "a, b" */
    const char *takes; /* keys that it may have, beside those that every lever may have */
    enum pt_effect_in effect_in;
    bool reaches;     /* touches a share of people: takes part in overlap */
    bool looks_ahead; /* its step reads `remaining` */
    double keep;      /* share that stays from year to year after the end, without half-life */
    /* The full effect that a drawn effect stands for; monotone. */
    double (*full_effect)(const struct pt_lever *lever, double drawn);
    /* The shift of the group's figure in the year `index` of the baseline (1: first after the last
     * observed); NULL: it plans none. */
    double (*path)(const struct pt_lever *lever, const struct pt_subject *subject,
                   const struct pt_baseline *baseline, size_t index);
    /* One year for n draws: D[i] is the shift of the group's figure accumulated so far, E[i] the
     * drawn full effect, remaining[i] what still has to be added to the figure that the lever moves
     * to reach parity (the target of a single figure), under all levers and links as of the year
     * before; 0 where it is reached. Without looks_ahead remaining may hold zeros only. */
    void (*step)(const struct pt_lever_year *year, size_t n, const double *E,
                 const double *remaining, double *D);
};
extern const struct pt_lever_kind *const pt_lever_kinds[]; /* ends in NULL */
const struct pt_lever_kind *pt_lever_kind_find(const char *name);

/* ------------------------------------------------------------------ scenarios */

/* What a programme costs, for as long as it runs: from `start` to `until`. */
struct pt_cost {
    double amount;     /* per year, at every place where it acts */
    const char *unit;  /* "million DKK/year", as written; the same in a run */
    const char *purse; /* who pays */
};

/* One change on one group of one indicator. A programme that changes several (the key
 * `indicators`) is several levers with one id, one draw, one source and one cost. */
struct pt_lever {
    struct pt_place at; /* of its id in the file */
    const char *id;
    size_t entry; /* which programme of the scenario: equal for levers of one id */
    struct pt_text title;
    const char *indicator, *group;
    const char *place; /* NULL: every place of the model */
    const struct pt_lever_kind *kind;
    struct pt_effect effect;  /* of `resources`: the effect at effect_increase */
    enum pt_unit effect_unit; /* of `reach-target`: of its value */
    bool mirrored;   /* its mean effect is negative: it draws 1 - u, so that a future in which one
                        effect of a programme is large is one in which all are */
    double reach;    /* share of the group, 0..1; 1 unless given */
    double turnover; /* acts on entrants only: share of the group replaced per year; else 0 */
    bool may_overshoot;
    int start;      /* first year with effect, before delay */
    int delay;      /* whole years */
    int ramp_years; /* 1: at once */
    enum pt_ramp_shape ramp_shape;
    int until;                        /* last year in force; INT_MAX: no end */
    double half_life;                 /* years; 0: ends as its kind does */
    double increase, effect_increase; /* of `resources`, shares */
    const struct pt_response *response;
    double maximum; /* of a saturating response, points */
    double value;   /* of `reach-target`, in the figure's own unit */
    int by;
    size_t n_costs;
    const struct pt_cost *costs; /* [n_costs] of the whole programme */
    struct pt_text source;
    enum pt_confidence confidence;
    bool has_confidence; /* it was written */
    bool changes_base;   /* a scenario built on another changed it */
    struct pt_place indicator_at, group_at, place_at, effect_at;
};

struct pt_scenario {
    const char *path;
    const char *id; /* the file's stem */
    struct pt_text title;
    const char *based_on; /* path of the scenario it is built on, or NULL */
    int horizon;          /* 0: not given */
    struct pt_place horizon_at;
    double discount; /* share per year; 0: none */
    struct pt_place discount_at;
    enum pt_overlap overlap;
    struct pt_place overlap_at;
    size_t n_levers;
    struct pt_lever *levers;
    size_t n_sources;                       /* the file itself, then those it is built on */
    const struct pt_source *const *sources; /* [n_sources] their texts, for messages */
    struct pt_input_file *files;            /* [n_sources] the same, for manifests */
    struct pt_arena *arena;
};
/* Reads one scenario file with those it is based on; problems go to the list. */
enum pt_status pt_scenario_read(const char *path, struct pt_scenario **out,
                                struct pt_diagnostics *list, struct pt_error *err);
/* The same, bound to a model (NULL: not bound) in one go: what the scenario names is checked even
 * where something else in it is wrong, so that all problems come out together. */
enum pt_status pt_scenario_read_for(const struct pt_model *model, const char *path,
                                    struct pt_scenario **out, struct pt_diagnostics *list,
                                    struct pt_error *err);
void pt_scenario_free(struct pt_scenario *scenario);
extern const struct pt_schema pt_scenario_schema; /* what can be written in one (input.h) */
/* The text that a place of the scenario is in. */
const struct pt_source *pt_scenario_source(const struct pt_scenario *scenario,
                                           const struct pt_place *place);
/* Checks names and units of a scenario against a model: unknown indicators, groups that the
 * indicator does not compare, wrong units, missing overlap, reach sums. Problems go to the list
 * (PT_EDATA when one is an error). */
enum pt_status pt_scenario_bind(const struct pt_scenario *scenario, const struct pt_model *model,
                                struct pt_diagnostics *list, struct pt_error *err);
/* What only several scenarios of one run can get wrong: equal ids, horizons, discount rates or units
 * of cost that disagree, one lever id with two different effects (a warning). PT_EDATA when one is
 * an error; where the list has none, a few notices say what may be misread: gains that do not add
 * up, low confidence, missing costs. */
enum pt_status pt_scenarios_check(const struct pt_scenario *const *scenarios, size_t n,
                                  struct pt_diagnostics *list, struct pt_error *err);
/* Checks the links of a model: indicators that do not exist or have no figures, groups, units, and
 * circles. PT_EDATA when one is an error. */
enum pt_status pt_links_bind(const struct pt_model *model, struct pt_diagnostics *list,
                             struct pt_error *err);
/* How a lever moves a gap: +1 closes it, -1 widens it, 0 no mean effect. */
int pt_lever_direction(const struct pt_lever *lever, const struct pt_indicator *indicator);
/* What a lever moves, by itself and through links: moved[i][0] the group's figure of the model's
 * indicator i, moved[i][1] its reference's. A link leads on what moves the group's figure. */
void pt_lever_moves(const struct pt_model *model, const struct pt_lever *lever, bool (*moved)[2]);
/* The year after which the policy that a scenario stands for is over: the model's `policy: to`
 * where that lies after `last`, else the last `until` of its levers, else the horizon. */
int pt_policy_end(const struct pt_model *model, const struct pt_scenario *scenario, int last,
                  int horizon);

/* ------------------------------------------------------------------ plans */

/* What a scenario does to one subject, year by year.
 * Levers are ordered by falling mean full effect at the horizon (as if nothing faded), ties by id. */
struct pt_plan {
    size_t n_levers, n_years;       /* n_years: to the horizon and after it */
    const struct pt_lever **levers; /* [n_levers] */
    bool *on_reference;             /* [n_levers] the lever acts on the reference group */
    struct pt_lever_year *years;    /* [n_years][n_levers] */
    size_t n_before;                /* observed years in which a lever was in force already */
    struct pt_lever_year *before;   /* [n_before][n_levers] those, up to the last observed */
    size_t n_links;
    const struct pt_link **links; /* [n_links] pt_links_to this indicator */
    bool *link_on_reference;      /* [n_links] */
};                                /* all arrays in the arena */
/* Plans the levers of a scenario (NULL: the baseline) that act on a subject; `without` (NULL: none)
 * is the id of a lever that is left out. */
enum pt_status pt_plan_make(const struct pt_model *model, const struct pt_scenario *scenario,
                            const char *without, const struct pt_subject *subject,
                            const struct pt_baseline *baseline, struct pt_arena *arena,
                            struct pt_plan *plan, struct pt_error *err);
/* The links of a model (NULL: none) that lead to an indicator, by id: what they do is added up in
 * that order. In the arena; PT_ENOMEM. */
enum pt_status pt_links_to(const struct pt_model *model, const struct pt_indicator *indicator,
                           struct pt_arena *arena, const struct pt_link ***links, size_t *n,
                           struct pt_error *err);
/* Whether a lever moves a subject by itself. */
bool pt_lever_acts_on(const struct pt_lever *lever, const struct pt_subject *subject);
/* u clipped to [0, 1] by METHODS 7: how far a ramp is in a year. */
double pt_ramp(enum pt_ramp_shape shape, int year, int first, int years);

#ifdef __cplusplus
}
#endif
#endif
