#include <paritet/input.h>
#include <paritet/scenario.h>
#include <string.h>

#include "scenario/bind.h"

static void check_ids(const struct pt_scenario *a, const struct pt_scenario *b,
                      struct pt_diagnostics *list)
{
    if (strcmp(a->id, b->id) == 0) {
        struct pt_place place = { b->path, 0, 0, 0 };
        pt_diagnose(list, PT_ERROR, place, NULL,
                    "'%s' and '%s' are both called '%s'; rename one of the files", a->path, b->path,
                    b->id);
    }
}

static void check_horizons(const struct pt_scenario *a, const struct pt_scenario *b,
                           struct pt_diagnostics *list)
{
    if (a->horizon != 0 && b->horizon != 0 && a->horizon != b->horizon) {
        struct pt_spot spot = pt_spot_of(pt_scenario_source(b, &b->horizon_at), &b->horizon_at);
        pt_spot_report(list, PT_ERROR, &spot,
                       "horizon %d here, but %d in '%s'; a run has one horizon", b->horizon,
                       a->horizon, a->path);
    }
}

static void check_discounts(const struct pt_scenario *a, const struct pt_scenario *b,
                            struct pt_diagnostics *list)
{
    bool both = a->discount_at.line > 0 && b->discount_at.line > 0;
    if (both && a->discount != b->discount) {
        struct pt_spot spot = pt_spot_of(pt_scenario_source(b, &b->discount_at), &b->discount_at);
        pt_spot_report(list, PT_ERROR, &spot,
                       "discount %g %%/year here, but %g %%/year in '%s'; a run has one discount",
                       100 * b->discount, 100 * a->discount, a->path);
    }
}

/* The first lever with a cost; within one file all have its unit. */
static const struct pt_lever *first_cost(const struct pt_scenario *scenario)
{
    for (size_t i = 0; i < scenario->n_levers; i++) {
        if (scenario->levers[i].n_costs > 0) {
            return &scenario->levers[i];
        }
    }
    return NULL;
}

static void check_costs(const struct pt_scenario *a, const struct pt_scenario *b,
                        struct pt_diagnostics *list)
{
    const struct pt_lever *one = first_cost(a), *two = first_cost(b);
    if (one == NULL || two == NULL) {
        return;
    }
    const char *unit = one->costs[0].unit, *here = two->costs[0].unit;
    if (strcmp(unit, here) != 0) {
        struct pt_spot spot = pt_spot_of(pt_scenario_source(b, &two->at), &two->at);
        pt_spot_report(list, PT_ERROR, &spot,
                       "the cost of '%s' is in '%s', but costs in '%s' are in '%s'; a run has one "
                       "unit of cost",
                       two->id, here, a->path, unit);
    }
}

bool pt_levers_same_effect(const struct pt_lever *a, const struct pt_lever *b)
{
    bool same = a->effect.distribution == b->effect.distribution && a->kind == b->kind &&
                a->effect.chance_of_none == b->effect.chance_of_none &&
                a->effect_unit == b->effect_unit && a->effect_increase == b->effect_increase &&
                a->response == b->response && a->maximum == b->maximum;
    size_t n = same && a->effect.distribution != NULL ? a->effect.distribution->n_parameters : 0;
    for (size_t i = 0; same && i < n; i++) {
        same = a->effect.par[i] == b->effect.par[i];
    }
    return same;
}

static bool is_alone(const struct pt_scenario *scenario, const struct pt_lever *lever)
{
    size_t at = (size_t)(lever - scenario->levers);
    return (at == 0 || lever[-1].entry != lever->entry) &&
           (at + 1 == scenario->n_levers || lever[1].entry != lever->entry);
}

/* Whether two scenarios mean the same change by these two: the only one of its programme in both,
 * or the one on the same figure. */
static bool is_same_change(const struct pt_scenario *a, const struct pt_lever *one,
                           const struct pt_scenario *b, const struct pt_lever *two)
{
    return strcmp(one->id, two->id) == 0 &&
           ((is_alone(a, one) && is_alone(b, two)) ||
            (strcmp(one->indicator, two->indicator) == 0 && strcmp(one->group, two->group) == 0));
}

static void check_levers(const struct pt_scenario *a, const struct pt_scenario *b,
                         struct pt_diagnostics *list)
{
    for (size_t i = 0; i < a->n_levers; i++) {
        for (size_t k = 0; k < b->n_levers; k++) {
            const struct pt_lever *one = &a->levers[i], *two = &b->levers[k];
            if (is_same_change(a, one, b, two) && !pt_levers_same_effect(one, two) &&
                !one->changes_base && !two->changes_base) {
                struct pt_spot spot = pt_spot_of(pt_scenario_source(b, &two->at), &two->at);
                pt_spot_report(list, PT_WARNING, &spot,
                               "lever '%s' has another effect in '%s', so the two scenarios cannot "
                               "be compared lever by lever; use one id for one effect",
                               two->id, a->path);
            }
        }
    }
}

enum pt_status pt_scenarios_check(const struct pt_scenario *const *scenarios, size_t n,
                                  struct pt_diagnostics *list, struct pt_error *err)
{
    size_t errors = list->count[PT_ERROR];
    if (n > PT_SCENARIOS_MOST) {
        static const struct pt_place nowhere;
        pt_diagnose(list, PT_ERROR, nowhere, NULL,
                    "%zu scenarios, and at most %d are compared; ask about some of them at a time",
                    n, PT_SCENARIOS_MOST);
        return PT_RAISE(err, PT_EDATA, "the scenarios do not go together");
    }
    struct pt_arena *arena = pt_arena_new();
    if (arena == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 1; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            check_ids(scenarios[k], scenarios[i], list);
            check_horizons(scenarios[k], scenarios[i], list);
            check_discounts(scenarios[k], scenarios[i], list);
            check_costs(scenarios[k], scenarios[i], list);
            check_levers(scenarios[k], scenarios[i], list);
        }
    }
    enum pt_status status = PT_OK;
    if (list->count[PT_ERROR] == 0) { /* else they would bury what has to be mended first */
        status = pt_levers_notice(scenarios, n, arena, list, err);
    }
    if (status == PT_OK && list->count[PT_ERROR] == 0) {
        status = pt_scenarios_notice(scenarios, n, arena, list, err);
    }
    if (pt_arena_failed(arena)) {
        status = PT_RAISE_NOMEM(err);
    }
    pt_arena_free(arena);
    if (status == PT_OK && list->count[PT_ERROR] > errors) {
        status = PT_RAISE(err, PT_EDATA, "the scenarios do not go together");
    }
    return status;
}
