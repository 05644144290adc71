#include <stdlib.h>
#include <string.h>

#include "barometer/model_table.h"

/* A model in the making may hold entries whose id was missing or wrong, which is reported by then. */
static bool is_called(const char *id, const char *name)
{
    return id != NULL && strcmp(id, name) == 0;
}

const struct pt_indicator *pt_model_find(const struct pt_model *model, const char *id)
{
    for (size_t i = 0; i < model->n_indicators; i++) {
        if (is_called(model->indicators[i]->id, id)) {
            return model->indicators[i];
        }
    }
    return NULL;
}

const struct pt_group *pt_model_group(const struct pt_model *model, const char *id)
{
    for (size_t i = 0; i < model->n_groups; i++) {
        if (is_called(model->groups[i].id, id)) {
            return &model->groups[i];
        }
    }
    return NULL;
}

void pt_model_free(struct pt_model *model)
{
    if (model != NULL) {
        pt_data_free(model->data);
        free(model->source == NULL ? NULL : model->source->text);
        pt_arena_free(model->arena); /* the model lies in it */
    }
}

/* Memory for n of a type; none is needed for 0. */
#define MAKE(making, type, n) ((type *)make((making), (n) > 0 ? (size_t)(n) : 1, sizeof(type)))
static void *make(struct pt_making *making, size_t n, size_t size)
{
    void *memory = pt_arena_alloc(making->checker.arena, n, size);
    making->checker.no_memory |= memory == NULL;
    return memory;
}

static void make_names(struct pt_making *m)
{
    struct pt_model *model = m->model;
    const struct pt_file_model *file = m->file;
    model->groups = MAKE(m, struct pt_group, file->groups.n);
    model->units = MAKE(m, struct pt_unit_title, file->units.n);
    m->group_names = MAKE(m, const char *, file->groups.n);
    m->unit_names = MAKE(m, const char *, file->units.n + 1);
    if (m->checker.no_memory) {
        return;
    }
    for (size_t i = 0; i < file->groups.n; i++) {
        const struct pt_file_group *from = &ITEMS(file->groups, struct pt_file_group)[i];
        if (from->id.value != NULL && pt_model_group(model, from->id.value) == NULL) {
            m->group_names[model->n_groups] = from->id.value;
            model->groups[model->n_groups++] =
                (struct pt_group){ from->id.value, from->title.value };
        }
    }
    for (size_t i = 0; i < file->units.n; i++) {
        const struct pt_file_unit *from = &ITEMS(file->units, struct pt_file_unit)[i];
        if (from->id.value != NULL) {
            m->unit_names[model->n_units] = from->id.value;
            model->units[model->n_units++] =
                (struct pt_unit_title){ from->id.value, from->title.value,
                                        (unsigned)from->decimals.value };
        }
    }
}

static void make_goal(struct pt_making *m, const struct pt_file_goal *from, struct pt_area *area,
                      struct pt_goal *to)
{
    to->id = from->id.value;
    to->title = from->title.value;
    to->owner = from->owner.value;
    to->indicators = MAKE(m, struct pt_indicator, from->indicators.n);
    if (to->indicators == NULL) {
        return;
    }
    to->n_indicators = from->indicators.n;
    m->model->n_indicators += to->n_indicators;
    for (size_t i = 0; i < to->n_indicators; i++) {
        to->indicators[i].area = area;
        to->indicators[i].goal = to;
        pt_making_indicator(m, &ITEMS(from->indicators, struct pt_file_indicator)[i],
                            &to->indicators[i]);
    }
}

static void make_areas(struct pt_making *m)
{
    struct pt_model *model = m->model;
    const struct pt_list_value *areas = &m->file->areas;
    model->areas = MAKE(m, struct pt_area, areas->n);
    for (size_t a = 0; a < areas->n && !m->checker.no_memory; a++) {
        const struct pt_file_area *from = &ITEMS(*areas, struct pt_file_area)[a];
        struct pt_area *area = &model->areas[model->n_areas++];
        area->id = from->id.value;
        area->title = from->title.value;
        area->goals = MAKE(m, struct pt_goal, from->goals.n);
        for (size_t g = 0; g < from->goals.n && area->goals != NULL; g++) {
            make_goal(m, &ITEMS(from->goals, struct pt_file_goal)[g], area,
                      &area->goals[area->n_goals++]);
        }
    }
    model->indicators = MAKE(m, struct pt_indicator *, model->n_indicators);
    if (m->checker.no_memory) {
        return;
    }
    size_t n = 0;
    for (size_t a = 0; a < model->n_areas; a++) {
        for (size_t g = 0; g < model->areas[a].n_goals; g++) {
            struct pt_goal *goal = &model->areas[a].goals[g];
            for (size_t i = 0; i < goal->n_indicators; i++) {
                model->indicators[n++] = &goal->indicators[i];
            }
        }
    }
}

static void make_head(struct pt_making *m)
{
    const struct pt_file_model *file = m->file;
    struct pt_model *model = m->model;
    model->title = file->title.value;
    model->place_title = file->place.value;
    model->policy_from = file->policy.from.value;
    model->policy_to = file->policy.to.value;
    model->horizon = file->horizon.value;
    if (file->policy.from.at != NULL && file->policy.to.at != NULL &&
        model->policy_to < model->policy_from) {
        pt_spot_report(m->checker.list, PT_ERROR, &file->policy.to.at->spot,
                       "policy ends in %d, before it begins in %d", model->policy_to,
                       model->policy_from);
    }
    const struct pt_list_value *places = &file->places;
    model->all_places = places->at != NULL && places->at->kind == PT_NODE_SCALAR;
    model->places = MAKE(m, const char *, places->n);
    for (size_t i = 0; i < places->n && model->places != NULL; i++) {
        model->places[model->n_places++] = ITEMS(*places, struct pt_word_value)[i].value;
    }
}

/* From the nodes of the file to a whole model. */
static enum pt_status put_together(struct pt_making *m, const struct pt_node *root,
                                   struct pt_error *err)
{
    struct pt_file_model *file = MAKE(m, struct pt_file_model, 1);
    enum pt_status status = PT_OK;
    m->file = file;
    if (file != NULL) {
        pt_schema_read(&m->checker, &pt_model_schema, root, file);
        make_head(m);
        make_names(m);
    }
    if (!m->checker.no_memory) {
        make_areas(m);
    }
    if (!m->checker.no_memory) {
        pt_making_links(m);
    }
    if (!m->checker.no_memory) {
        status = pt_making_data(m, err);
        /* Wrong rows do not hide what is wrong with the names, a file that is not there does. */
        if (status != PT_EOPEN && pt_data_count(m->model->data) > 0) {
            pt_making_compare(m);
        }
    }
    return m->checker.no_memory ? PT_RAISE_NOMEM(err) : status;
}

/* Keys that scenarios have, and no model. */
static bool is_scenario(const struct pt_node *root)
{
    return pt_node_find(root, "areas") == NULL &&
           (pt_node_find(root, "levers") != NULL || pt_node_find(root, "based-on") != NULL);
}

static enum pt_status read_into(struct pt_model *model, const char *path,
                                struct pt_diagnostics *list, struct pt_error *err)
{
    struct pt_node *root = NULL;
    struct pt_making making = { .checker = { list, model->arena, false, NULL }, .model = model };
    struct pt_source *source = PT_NEW(model->arena, struct pt_source, 1);
    size_t errors = list->count[PT_ERROR];
    model->path = pt_arena_copy(model->arena, path, strlen(path));
    model->data = pt_data_new();
    model->files = PT_NEW(model->arena, struct pt_input_file, 1);
    if (source == NULL || model->path == NULL || model->data == NULL || model->files == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    enum pt_status status = pt_source_read(model->path, PT_SOURCE_YAML, source, list, err);
    if (status != PT_OK) {
        return status;
    }
    model->source = source;
    memcpy(model->files[0].sha256, source->sha256, sizeof source->sha256);
    model->files[0].path = model->path;
    model->n_files = 1;
    status = pt_yaml_read(source, model->arena, &root, list, err);
    if (status == PT_OK && is_scenario(root)) {
        struct pt_spot spot = root->first->key->spot;
        pt_spot_report(list, PT_ERROR, &spot,
                       "'%s' is a scenario, not a model; write the model before it, as in 'paritet "
                       "simulate model.yaml %s'",
                       path, path);
        return PT_RAISE(err, PT_EDATA, "'%s' has errors", path);
    }
    if (status == PT_OK) {
        status = put_together(&making, root, err);
    }
    if (pt_arena_failed(model->arena)) {
        return PT_RAISE_NOMEM(err);
    }
    if (status == PT_OK && list->count[PT_ERROR] > errors) {
        status = PT_RAISE(err, PT_EDATA, "'%s' has errors", path);
    }
    return status;
}

enum pt_status pt_model_read(const char *path, struct pt_model **out, struct pt_diagnostics *list,
                             struct pt_error *err)
{
    struct pt_arena *arena = pt_arena_new();
    struct pt_model *model = arena == NULL ? NULL : PT_NEW(arena, struct pt_model, 1);
    if (model == NULL) {
        pt_arena_free(arena);
        return PT_RAISE_NOMEM(err);
    }
    model->arena = arena;
    enum pt_status status = read_into(model, path, list, err);
    if (status != PT_OK) {
        pt_model_free(model);
        return status;
    }
    *out = model;
    return PT_OK;
}
