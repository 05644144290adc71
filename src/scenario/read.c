#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/read_file.h"

/* Reaches are read from decimal text: 0.35 + 0.65 may pass 1 by a rounding. */
#define REACH_SLACK 1e-9

void pt_scenario_free(struct pt_scenario *scenario)
{
    if (scenario != NULL) {
        for (size_t i = 0; i < scenario->n_sources; i++) {
            free(scenario->sources[i]->text);
        }
        pt_arena_free(scenario->arena); /* the scenario lies in it */
    }
}

const struct pt_source *pt_scenario_source(const struct pt_scenario *scenario,
                                           const struct pt_place *place)
{
    for (size_t i = 0; i < scenario->n_sources; i++) {
        if (strcmp(scenario->sources[i]->path, place->path) == 0) {
            return scenario->sources[i];
        }
    }
    return scenario->sources[0];
}

/* scenarios/young-men.yaml is called young-men. */
static char *stem(struct pt_arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;
    if (strcmp(path, "-") == 0) {
        name = "stdin";
    }
    const char *dot = strrchr(name, '.');
    return pt_arena_copy(arena, name,
                         dot != NULL && dot > name ? (size_t)(dot - name) : strlen(name));
}

/* ------------------------------------------------------------------ overlap */

bool pt_levers_meet(const struct pt_lever *a, const struct pt_lever *b)
{
    if (a->indicator == NULL || a->group == NULL || b->indicator == NULL || b->group == NULL) {
        return false;
    }
    return strcmp(a->indicator, b->indicator) == 0 && strcmp(a->group, b->group) == 0 &&
           (a->place == NULL || b->place == NULL || strcmp(a->place, b->place) == 0);
}

static bool in_force(const struct pt_lever *lever, int year)
{
    return lever->start + lever->delay <= year && year <= lever->until;
}

/* The reaches of levers on one group in one year; sums change only where a lever begins. */
static bool check_sum(struct pt_checker *c, const struct pt_scenario *scenario, size_t i,
                      const struct pt_node *at)
{
    const struct pt_lever *lever = &scenario->levers[i];
    int year = lever->start + lever->delay;
    double sum = 0;
    for (size_t k = 0; k < scenario->n_levers; k++) {
        const struct pt_lever *other = &scenario->levers[k];
        if ((k == i || pt_levers_meet(lever, other)) && in_force(other, year)) {
            sum += other->reach;
        }
    }
    if (sum > 1 + REACH_SLACK) {
        pt_spot_report(c->list, PT_ERROR, &at->spot,
                       "levers on '%s' of '%s' reach %.0f %% of the group in %d; different people "
                       "are at most 100 %%: lower 'reach', or write 'overlap: independent'",
                       lever->group, lever->indicator, 100 * sum, year);
        return false;
    }
    return true;
}

static void check_overlap(struct pt_checker *c, const struct pt_file_scenario *file,
                          const struct pt_scenario *scenario)
{
    const struct pt_node *written = pt_node_find(file->at, "overlap");
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        size_t k = 0;
        while (k < i && !pt_levers_meet(&scenario->levers[k], lever)) {
            k++;
        }
        const struct pt_node *at = LEVERS(file)[i].id.at;
        if (k < i && written == NULL && at != NULL) {
            pt_spot_report(c->list, PT_ERROR, &at->spot,
                           "'%s' and '%s' act on one group; say how they meet: 'overlap: "
                           "independent', 'additive' (different people) or 'nested' (the same)",
                           scenario->levers[k].id != NULL ? scenario->levers[k].id : "?",
                           lever->id);
            return;
        }
        if (scenario->overlap == PT_OVERLAP_ADDITIVE && LEVERS(file)[i].start.at != NULL) {
            const struct pt_node *reach = LEVERS(file)[i].reach.at;
            if (!check_sum(c, scenario, i, reach != NULL ? reach : LEVERS(file)[i].at)) {
                return;
            }
        }
    }
}

/* ------------------------------------------------------------------ reading */

static void make(struct pt_checker *c, const struct pt_file_scenario *file,
                 struct pt_scenario *scenario)
{
    size_t n = file->levers.n;
    scenario->title = file->title.value;
    if (file->title.at == NULL) {
        scenario->title = (struct pt_text){ scenario->id, scenario->id };
    }
    scenario->horizon = file->horizon.value;
    scenario->horizon_at = scenario->overlap_at = (struct pt_place){ scenario->path, 0, 0, 0 };
    if (file->horizon.at != NULL) {
        scenario->horizon_at = pt_spot_place(&file->horizon.at->spot);
    }
    if (file->overlap.at != NULL) {
        scenario->overlap = (enum pt_overlap)(PT_OVERLAP_INDEPENDENT + (int)file->overlap.value);
        scenario->overlap_at = pt_spot_place(&file->overlap.at->spot);
    }
    scenario->levers = PT_NEW(c->arena, struct pt_lever, n > 0 ? n : 1);
    if (scenario->levers == NULL) {
        c->no_memory = true;
        return;
    }
    scenario->n_levers = n;
    for (size_t i = 0; i < n; i++) {
        pt_file_lever_make(c, &LEVERS(file)[i], &scenario->levers[i]);
    }
    check_overlap(c, file, scenario);
}

static bool is_text(const char *name)
{
    bool good = true;
    for (uint32_t code; *name != '\0' && good;) {
        name += pt_utf8_next(name, strlen(name), &code);
        good = code != 0xFFFD && !pt_utf8_steers(code);
    }
    return good;
}

/* The name of the file is printed in tables and becomes part of file names. */
static void refuse_name(const struct pt_scenario *scenario, struct pt_diagnostics *list)
{
    struct pt_place place = { scenario->path, 0, 0, 0 };
    if (strcmp(scenario->id, "baseline") == 0) {
        pt_diagnose(list, PT_ERROR, place, NULL,
                    "a scenario cannot be called 'baseline', which is the answer without levers; "
                    "rename the file '%s'",
                    scenario->path);
    }
    if (!is_text(scenario->id)) {
        pt_diagnose(list, PT_ERROR, place, NULL,
                    "a scenario is called as its file is, and '%s' holds what is no text; rename "
                    "the file",
                    scenario->path);
    }
}

static enum pt_status read_source(struct pt_scenario *scenario, struct pt_diagnostics *list,
                                  struct pt_error *err)
{
    const struct pt_source *source = scenario->sources[0];
    struct pt_checker checker = { list, scenario->arena, false, NULL };
    struct pt_node *root = NULL;
    refuse_name(scenario, list);
    enum pt_status status = pt_yaml_read(source, scenario->arena, &root, list, err);
    if (status != PT_OK) {
        return status;
    }
    struct pt_file_scenario *file = PT_NEW(scenario->arena, struct pt_file_scenario, 1);
    if (file == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    pt_schema_read(&checker, &pt_scenario_schema, root, file);
    if (!checker.no_memory && file->at != NULL) {
        make(&checker, file, scenario);
    }
    return checker.no_memory ? PT_RAISE_NOMEM(err) : PT_OK;
}

static enum pt_status read_into(struct pt_scenario *scenario, const struct pt_model *model,
                                const char *path, struct pt_diagnostics *list, struct pt_error *err)
{
    struct pt_source *source = PT_NEW(scenario->arena, struct pt_source, 1);
    scenario->path = pt_arena_copy(scenario->arena, path, strlen(path));
    scenario->id = stem(scenario->arena, path);
    if (source == NULL || scenario->path == NULL || scenario->id == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    size_t errors = list->count[PT_ERROR];
    enum pt_status status = pt_source_read(scenario->path, PT_SOURCE_YAML, source, list, err);
    if (status == PT_OK) {
        const struct pt_source **sources = PT_NEW(scenario->arena, const struct pt_source *, 1);
        scenario->files = PT_NEW(scenario->arena, struct pt_input_file, 1);
        if (sources == NULL || scenario->files == NULL) {
            pt_source_free(source);
            return PT_RAISE_NOMEM(err);
        }
        sources[0] = source;
        scenario->files[0].path = source->path;
        memcpy(scenario->files[0].sha256, source->sha256, sizeof source->sha256);
        scenario->sources = sources;
        scenario->n_sources = 1;
        status = read_source(scenario, list, err);
    }
    if (status == PT_OK && model != NULL) {
        bool names_only = list->count[PT_ERROR] > errors;
        status = pt_scenario_bind_some(scenario, model, names_only, list, err);
    }
    if (status == PT_OK && list->count[PT_ERROR] > errors) {
        status = PT_RAISE(err, PT_EDATA, "'%s' has errors", path);
    }
    return status;
}

enum pt_status pt_scenario_read(const char *path, struct pt_scenario **out,
                                struct pt_diagnostics *list, struct pt_error *err)
{
    return pt_scenario_read_for(NULL, path, out, list, err);
}

enum pt_status pt_scenario_read_for(const struct pt_model *model, const char *path,
                                    struct pt_scenario **out, struct pt_diagnostics *list,
                                    struct pt_error *err)
{
    struct pt_arena *arena = pt_arena_new();
    struct pt_scenario *scenario = arena == NULL ? NULL : PT_NEW(arena, struct pt_scenario, 1);
    if (scenario == NULL) {
        pt_arena_free(arena);
        return PT_RAISE_NOMEM(err);
    }
    scenario->arena = arena;
    enum pt_status status = read_into(scenario, model, path, list, err);
    if (status != PT_OK) {
        pt_scenario_free(scenario);
        return status;
    }
    *out = scenario;
    return PT_OK;
}
