#include <limits.h>
#include <paritet/input.h>
#include <paritet/scenario.h>
#include <string.h>

#include "scenario/read_file.h"

struct binding {
    const struct pt_scenario *scenario;
    const struct pt_model *model;
    bool names_only; /* the scenario has errors: look only at what it names */
    struct pt_checker checker;
};

static struct pt_spot spot_of(const struct binding *b, const struct pt_place *place)
{
    return pt_spot_of(pt_scenario_source(b->scenario, place), place);
}

#define REPORT(b, severity, place, ...)                                     \
    do {                                                                    \
        struct pt_spot spot_ = spot_of((b), (place));                       \
        pt_spot_report((b)->checker.list, (severity), &spot_, __VA_ARGS__); \
    } while (0)

/* Whether a word of the scenario is one of n names of the model. */
static bool is_known(struct binding *b, const char *word, const struct pt_place *place,
                     const char *const *names, size_t n, const char *near, const char *known)
{
    struct pt_node node = {
        .kind = PT_NODE_SCALAR, .spot = spot_of(b, place), .text = word, .length = strlen(word)
    };
    return pt_word_check(&b->checker, &node, names, n, near, known);
}

static const struct pt_indicator *find_indicator(struct binding *b, const struct pt_lever *lever)
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

static bool check_group(struct binding *b, const struct pt_lever *lever,
                        const struct pt_indicator *indicator)
{
    const char *const names[] = { indicator->group, indicator->reference };
    return is_known(b, lever->group, &lever->group_at, names, indicator->reference != NULL ? 2 : 1,
                    PT_N("the indicator does not show group '%s'; did you mean '%s'?"),
                    PT_N("the indicator does not show group '%s', only %s"));
}

static void check_place(struct binding *b, const struct pt_lever *lever)
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

static void check_unit(struct binding *b, const struct pt_lever *lever,
                       const struct pt_indicator *indicator)
{
    bool year = lever->kind->effect_in == PT_EFFECT_POINTS_YEAR;
    enum pt_unit points = year ? PT_UNIT_POINTS_YEAR : PT_UNIT_POINTS;
    enum pt_unit expected = indicator->percent ? (year ? PT_UNIT_PP_YEAR : PT_UNIT_PP) : points;
    if (lever->effect_unit == expected) {
        return;
    }
    if (indicator->percent) {
        REPORT(b, PT_ERROR, &lever->effect_at,
               "the effect is in %s, but '%s' is in per cent; write %s",
               pt_unit_name(lever->effect_unit), indicator->id, pt_unit_name(expected));
    } else {
        REPORT(b, PT_ERROR, &lever->effect_at,
               "the effect is in %s, but '%s' is in '%s'; write %s, which are those",
               pt_unit_name(lever->effect_unit), indicator->id, indicator->unit,
               pt_unit_name(expected));
    }
}

/* The last year that any place has a figure for. */
static int last_figure(const struct binding *b, const struct pt_lever *lever,
                       const struct pt_indicator *indicator)
{
    int last = INT_MIN;
    for (size_t i = 0; i < pt_data_count(b->model->data); i++) {
        const struct pt_observed *o = pt_data_series(b->model->data, i);
        if (o->n > 0 && strcmp(o->indicator, indicator->series) == 0 &&
            strcmp(o->group, lever->group) == 0 && o->observations[o->n - 1].year > last) {
            last = o->observations[o->n - 1].year;
        }
    }
    return last;
}

static void check_time(struct binding *b, const struct pt_lever *lever,
                       const struct pt_indicator *indicator)
{
    int last = last_figure(b, lever, indicator), first = lever->start + lever->delay;
    int horizon = b->scenario->horizon != 0 ? b->scenario->horizon : b->model->horizon;
    if (last != INT_MIN && lever->until <= last) {
        REPORT(b, PT_WARNING, &lever->at,
               "'%s' ends in %d, not after the last figure (%d), so it does nothing", lever->id,
               lever->until, last);
    } else if (last != INT_MIN && first <= last) {
        REPORT(b, PT_WARNING, &lever->at,
               "'%s' starts in %d, but there are figures until %d: a counterfactual, its effect "
               "is added to the figures after them",
               lever->id, first, last);
    }
    if (horizon > last && first > horizon) {
        REPORT(b, PT_WARNING, &lever->at,
               "'%s' starts in %d, after the horizon %d, so it does nothing", lever->id, first,
               horizon);
    }
}

/* ------------------------------------------------------------------ direction and overlap */

static bool meets_another(const struct pt_scenario *scenario, const struct pt_lever *lever)
{
    bool meets = false;
    for (size_t i = 0; i < scenario->n_levers && !meets; i++) {
        const struct pt_lever *other = &scenario->levers[i];
        meets = other != lever && pt_levers_meet(other, lever);
    }
    return meets;
}

static void check_direction(struct binding *b, const struct pt_lever *lever,
                            const struct pt_indicator *indicator)
{
    if (pt_lever_direction(lever, indicator) >= 0) {
        return;
    }
    bool single = indicator->gap == NULL;
    if (single) {
        REPORT(b, PT_WARNING, &lever->at,
               "'%s' makes '%s' worse; is the sign of the effect right? an effect moves the figure "
               "in its own direction",
               lever->id, indicator->id);
    } else {
        REPORT(b, PT_WARNING, &lever->at,
               "'%s' widens the gap of '%s'; is the sign of the effect right? an effect moves the "
               "figure in its own direction",
               lever->id, indicator->id);
    }
    if (b->scenario->overlap != PT_OVERLAP_ADDITIVE && meets_another(b->scenario, lever)) {
        REPORT(b, PT_ERROR, &lever->at,
               "'%s' widens the gap and meets other levers; that needs 'overlap: additive'",
               lever->id);
    }
}

static void bind_lever(struct binding *b, const struct pt_lever *lever)
{
    const struct pt_indicator *indicator =
        lever->indicator == NULL ? NULL : find_indicator(b, lever);
    check_place(b, lever);
    if (indicator == NULL || lever->group == NULL || !check_group(b, lever, indicator) ||
        b->names_only) {
        return;
    }
    check_unit(b, lever, indicator);
    check_direction(b, lever, indicator);
    check_time(b, lever, indicator);
}

/* Whether the scenario was written for another model: it names indicators, none of them is known or
 * nearly so. Said once, as a message per lever would bury it. */
static bool is_foreign(struct binding *b)
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

static void check_horizon(struct binding *b)
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
    struct binding b = { scenario, model, names_only, { list, arena, false, NULL } };
    if (arena == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    check_horizon(&b);
    bool foreign = is_foreign(&b);
    for (size_t i = 0; i < scenario->n_levers && !foreign; i++) {
        bind_lever(&b, &scenario->levers[i]);
    }
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
