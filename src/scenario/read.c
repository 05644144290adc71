#include <stdlib.h>
#include <string.h>

#include "scenario/read_file.h"

#define COMPLAIN(c, node, ...) pt_spot_report((c)->list, PT_ERROR, &(node)->spot, __VA_ARGS__)

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

/* ------------------------------------------------------------------ reading */

static bool is_changed(const struct pt_changed *changed, const struct pt_node *lever)
{
    while (changed != NULL && changed->lever != lever) {
        changed = changed->next;
    }
    return changed != NULL;
}

static void make_levers(struct pt_checker *c, const struct pt_file_scenario *file,
                        const struct pt_changed *changed, struct pt_scenario *scenario)
{
    size_t n = 0;
    const char *cost_unit = NULL;
    for (size_t i = 0; i < file->levers.n; i++) {
        n += pt_file_lever_count(&LEVERS(file)[i]);
    }
    if (n > PT_LEVERS_MOST) {
        COMPLAIN(c, file->levers.at,
                 "%zu levers, with those of the scenario it is based on, and at most %d are read; "
                 "make several scenarios",
                 n, PT_LEVERS_MOST);
        return;
    }
    scenario->levers = PT_NEW(c->arena, struct pt_lever, n > 0 ? n : 1);
    if (scenario->levers == NULL) {
        c->no_memory = true;
        return;
    }
    for (size_t i = 0; i < file->levers.n; i++) {
        const struct pt_file_lever *from = &LEVERS(file)[i];
        struct pt_lever *to = &scenario->levers[scenario->n_levers];
        size_t count = pt_file_lever_count(from);
        pt_file_lever_make(c, from, i, to);
        pt_file_costs_make(c, from, &cost_unit, to);
        for (size_t k = 0; k < count; k++) {
            to[k].costs = to->costs;
            to[k].n_costs = to->n_costs;
            to[k].changes_base = is_changed(changed, from->at);
        }
        scenario->n_levers += count;
    }
}

static void make(struct pt_checker *c, const struct pt_file_scenario *file,
                 const struct pt_changed *changed, struct pt_scenario *scenario)
{
    scenario->title = file->title.value;
    if (file->title.at == NULL) {
        scenario->title = (struct pt_text){ scenario->id, scenario->id };
    }
    scenario->horizon = file->horizon.value;
    scenario->discount = file->discount.value.value / 100;
    scenario->horizon_at = scenario->overlap_at = scenario->discount_at =
        (struct pt_place){ scenario->path, 0, 0, 0 };
    if (file->horizon.at != NULL) {
        scenario->horizon_at = pt_spot_place(&file->horizon.at->spot);
    }
    if (file->discount.at != NULL) {
        scenario->discount_at = pt_spot_place(&file->discount.at->spot);
        if (scenario->discount >= 1) {
            COMPLAIN(c, file->discount.at,
                     "at a discount of 100 %% a year no later cost would count; write less");
        }
    }
    if (file->overlap.at != NULL) {
        scenario->overlap = (enum pt_overlap)(PT_OVERLAP_INDEPENDENT + (int)file->overlap.value);
        scenario->overlap_at = pt_spot_place(&file->overlap.at->spot);
    }
    make_levers(c, file, changed, scenario);
    if (!c->no_memory) {
        pt_file_overlap_check(c, file, scenario);
    }
}

/* What the table cannot say: keys that need each other. */
static void check_root(struct pt_checker *c, const struct pt_file_scenario *file)
{
    const struct pt_node *drop = pt_node_find(file->at, "drop");
    bool based = pt_node_find(file->at, "based-on") != NULL;
    if (drop != NULL && !based) {
        COMPLAIN(c, drop->key,
                 "'drop' leaves out levers of another scenario; name that one in 'based-on', or "
                 "take 'drop' out");
    }
}

static bool is_text(const char *name)
{
    bool good = pt_utf8_hidden(name) == 0;
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

static enum pt_status read_files(struct pt_scenario *scenario, struct pt_diagnostics *list,
                                 struct pt_error *err)
{
    struct pt_checker checker = { list, scenario->arena, false, NULL };
    const struct pt_changed *changed = NULL;
    struct pt_node *root = NULL;
    enum pt_status status = pt_files_read(&checker, scenario, &root, &changed, err);
    if (scenario->n_sources > 0) {
        refuse_name(scenario, list);
    }
    if (status != PT_OK) {
        return status;
    }
    struct pt_file_scenario *file = PT_NEW(scenario->arena, struct pt_file_scenario, 1);
    if (file == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    pt_schema_read(&checker, &pt_scenario_schema, root, file);
    if (!checker.no_memory && file->at != NULL) {
        check_root(&checker, file);
        make(&checker, file, changed, scenario);
    }
    return checker.no_memory ? PT_RAISE_NOMEM(err) : PT_OK;
}

static enum pt_status read_into(struct pt_scenario *scenario, const struct pt_model *model,
                                const char *path, struct pt_diagnostics *list, struct pt_error *err)
{
    scenario->path = pt_arena_copy(scenario->arena, path, strlen(path));
    scenario->id = stem(scenario->arena, path);
    if (scenario->path == NULL || scenario->id == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    enum pt_status status = read_files(scenario, list, err);
    if (status == PT_OK && model != NULL) {
        bool names_only = list->count[PT_ERROR] > 0;
        status = pt_scenario_bind_some(scenario, model, names_only, list, err);
    }
    if (pt_arena_failed(scenario->arena)) {
        return PT_RAISE_NOMEM(err);
    }
    if (status == PT_OK && list->count[PT_ERROR] > 0) {
        status = PT_RAISE(err, PT_EDATA, "'%s' has errors", path);
    }
    return status;
}

/* A problem of a base is in the list of the run but once, so that what one scenario has to say is
 * counted in a list of its own. */
static void hand_on(const struct pt_diagnostics *from, struct pt_diagnostics *list)
{
    size_t kept[3] = { 0, 0, 0 };
    for (size_t i = 0; i < from->n; i++) {
        const struct pt_diagnostic *item = &from->items[i];
        pt_diagnose_message(list, item->severity, item->place, item->source, &item->message);
        kept[item->severity]++;
    }
    for (size_t s = 0; list != NULL && s < 3; s++) {
        list->count[s] += from->count[s] - kept[s];
    }
    if (list != NULL) {
        list->failed |= from->failed;
    }
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
    struct pt_diagnostics own;
    pt_diagnostics_init(&own);
    scenario->arena = arena;
    enum pt_status status = read_into(scenario, model, path, &own, err);
    hand_on(&own, list);
    pt_diagnostics_free(&own);
    if (status != PT_OK) {
        pt_scenario_free(scenario);
        return status;
    }
    *out = scenario;
    return PT_OK;
}
