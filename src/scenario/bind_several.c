#include <paritet/input.h>
#include <paritet/scenario.h>
#include <string.h>

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

static bool same_effect(const struct pt_lever *a, const struct pt_lever *b)
{
    bool same = a->effect.distribution == b->effect.distribution &&
                a->effect.chance_of_none == b->effect.chance_of_none && a->kind == b->kind &&
                a->effect_unit == b->effect_unit && a->effect_increase == b->effect_increase;
    for (size_t i = 0; same && i < a->effect.distribution->n_parameters; i++) {
        same = a->effect.par[i] == b->effect.par[i];
    }
    return same;
}

static void check_levers(const struct pt_scenario *a, const struct pt_scenario *b,
                         struct pt_diagnostics *list)
{
    for (size_t i = 0; i < a->n_levers; i++) {
        for (size_t k = 0; k < b->n_levers; k++) {
            const struct pt_lever *lever = &b->levers[k];
            if (strcmp(a->levers[i].id, lever->id) == 0 && !same_effect(&a->levers[i], lever)) {
                struct pt_spot spot = pt_spot_of(pt_scenario_source(b, &lever->at), &lever->at);
                pt_spot_report(list, PT_WARNING, &spot,
                               "lever '%s' has another effect in '%s', so the two scenarios cannot "
                               "be compared lever by lever; use one id for one effect",
                               lever->id, a->path);
            }
        }
    }
}

enum pt_status pt_scenarios_check(const struct pt_scenario *const *scenarios, size_t n,
                                  struct pt_diagnostics *list, struct pt_error *err)
{
    size_t errors = list->count[PT_ERROR];
    for (size_t i = 1; i < n; i++) {
        for (size_t k = 0; k < i; k++) {
            check_ids(scenarios[k], scenarios[i], list);
            check_horizons(scenarios[k], scenarios[i], list);
            check_levers(scenarios[k], scenarios[i], list);
        }
    }
    if (list->count[PT_ERROR] > errors) {
        return PT_RAISE(err, PT_EDATA, "the scenarios do not go together");
    }
    return PT_OK;
}
