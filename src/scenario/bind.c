#include <limits.h>
#include <paritet/input.h>
#include <paritet/scenario.h>
#include <string.h>

#include "scenario/bind.h"
#include "scenario/read_file.h"

static struct pt_spot spot_of(const struct pt_binding *b, const struct pt_place *place)
{
    return pt_spot_of(pt_scenario_source(b->scenario, place), place);
}

/* Whether a word of the scenario is one of n names of the model. */
static bool is_known(struct pt_binding *b, const char *word, const struct pt_place *place,
                     const char *const *names, size_t n, const char *near, const char *known)
{
    struct pt_node node = {
        .kind = PT_NODE_SCALAR, .spot = spot_of(b, place), .text = word, .length = strlen(word)
    };
    return pt_word_check(&b->checker, &node, names, n, near, known);
}

static const struct pt_indicator *find_indicator(struct pt_binding *b, const struct pt_lever *lever)
{
    const struct pt_model *model = b->model;
    const struct pt_indicator *found = pt_model_find(model, lever->indicator);
    if (found == NULL) {
        const char **names = PT_NEW(b->checker.arena, const char *, model->n_indicators + 1);
        b->checker.no_memory |= names == NULL;
        for (size_t i = 0; i < model->n_indicators && names != NULL; i++) {
            names[i] = model->indicators[i]->id;
        }
        if (names != NULL) {
            is_known(b, lever->indicator, &lever->indicator_at, names, model->n_indicators,
                     PT_N("unknown indicator '%s'; did you mean '%s'?"),
                     PT_N("unknown indicator '%s'; the model has %s"));
        }
    } else if (found->series == NULL) {
        REPORT(b, PT_ERROR, &lever->indicator_at,
               "'%s' has no figures to move; give it a 'series' in the model", lever->indicator);
        found = NULL;
    }
    return found;
}

static bool check_group(struct pt_binding *b, const struct pt_lever *lever,
                        const struct pt_indicator *indicator)
{
    const char *const names[] = { indicator->group, indicator->reference };
    return is_known(b, lever->group, &lever->group_at, names, indicator->reference != NULL ? 2 : 1,
                    PT_N("the indicator does not show group '%s'; did you mean '%s'?"),
                    PT_N("the indicator does not show group '%s', only %s"));
}

static void check_place(struct pt_binding *b, const struct pt_lever *lever)
{
    const struct pt_model *model = b->model;
    const char *const *places = (const char *const *)model->places;
    size_t n = model->n_places;
    if (lever->place == NULL) {
        return;
    }
    if (model->all_places) {
        n = pt_data_places(model->data, &places);
    }
    if (n == 0) {
        REPORT(b, PT_ERROR, &lever->place_at,
               "the model has no places, so a lever cannot be at '%s'; leave 'place' out",
               lever->place);
        return;
    }
    is_known(b, lever->place, &lever->place_at, places, n,
             PT_N("unknown place '%s'; did you mean '%s'?"),
             PT_N("unknown place '%s'; the model has %s"));
}

static void bind_lever(struct pt_binding *b, const struct pt_lever *lever)
{
    const struct pt_indicator *indicator =
        lever->indicator == NULL ? NULL : find_indicator(b, lever);
    check_place(b, lever);
    if (indicator == NULL || lever->group == NULL || !check_group(b, lever, indicator) ||
        b->names_only) {
        return;
    }
    bool good = pt_bind_amounts(b, lever, indicator);
    pt_bind_time(b, lever, indicator);
    if (good) {
        pt_bind_size(b, lever, indicator);
    }
}

/* Whether the scenario was written for another model: it names indicators, none of them is known or
 * nearly so. Said once, as a message per lever would bury it. */
static bool is_foreign(struct pt_binding *b)
{
    const struct pt_scenario *scenario = b->scenario;
    const struct pt_model *model = b->model;
    const struct pt_lever *first = NULL;
    const char **names = PT_NEW(b->checker.arena, const char *, model->n_indicators + 1);
    size_t n = 0;
    b->checker.no_memory |= names == NULL;
    for (size_t i = 0; i < model->n_indicators && names != NULL; i++) {
        names[i] = model->indicators[i]->id;
    }
    for (size_t i = 0; i < scenario->n_levers && names != NULL; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        if (lever->indicator == NULL) {
            continue;
        }
        if (pt_model_find(model, lever->indicator) != NULL ||
            pt_nearest(lever->indicator, names, model->n_indicators) != NULL) {
            return false;
        }
        first = n++ == 0 ? lever : first;
    }
    if (n < 2) {
        return false;
    }
    REPORT(b, PT_ERROR, &first->indicator_at,
           "'%s' is about another model: none of its %zu levers names an indicator of '%s' (%s)",
           scenario->path, n, model->path,
           pt_words_join(b->checker.arena, names, model->n_indicators));
    return true;
}

static void check_horizon(struct pt_binding *b)
{
    int horizon = b->scenario->horizon, last = INT_MIN;
    for (size_t i = 0; i < pt_data_count(b->model->data); i++) {
        const struct pt_observed *o = pt_data_series(b->model->data, i);
        int year = o->n > 0 ? o->observations[o->n - 1].year : INT_MIN;
        last = year > last ? year : last;
    }
    if (horizon != 0 && horizon <= last) {
        REPORT(b, PT_ERROR, &b->scenario->horizon_at,
               "horizon %d is not after the last figure, of %d", horizon, last);
    }
}

enum pt_status pt_scenario_bind_some(const struct pt_scenario *scenario,
                                     const struct pt_model *model, bool names_only,
                                     struct pt_diagnostics *list, struct pt_error *err)
{
    size_t errors = list->count[PT_ERROR];
    struct pt_arena *arena = pt_arena_new();
    struct pt_binding b = { scenario, model, names_only, { list, arena, false, NULL } };
    if (arena == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    check_horizon(&b);
    bool foreign = is_foreign(&b);
    for (size_t i = 0; i < scenario->n_levers && !foreign; i++) {
        bind_lever(&b, &scenario->levers[i]);
    }
    b.checker.no_memory |= pt_arena_failed(arena);
    pt_arena_free(arena);
    if (b.checker.no_memory) {
        return PT_RAISE_NOMEM(err);
    }
    if (list->count[PT_ERROR] > errors) {
        return PT_RAISE(err, PT_EDATA, "'%s' has errors", scenario->path);
    }
    return PT_OK;
}

enum pt_status pt_scenario_bind(const struct pt_scenario *scenario, const struct pt_model *model,
                                struct pt_diagnostics *list, struct pt_error *err)
{
    return pt_scenario_bind_some(scenario, model, false, list, err);
}
