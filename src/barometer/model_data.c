#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "barometer/data_store.h"
#include "barometer/model_file.h"

#define COMPLAIN(m, node, ...) \
    pt_spot_report((m)->checker.list, PT_ERROR, &(node)->spot, __VA_ARGS__)

/* ------------------------------------------------------------------ files */

/* Errors inside the file are in the list and let the run go on. */
static enum pt_status read_file(struct pt_making *m, const struct pt_word_value *name,
                                const char *path, struct pt_error *err)
{
    struct pt_source source;
    if (!pt_path_ordinary(path)) {
        COMPLAIN(m, name->at, "'%s' is a pipe or a device; 'data' names CSV files", path);
        return PT_RAISE(err, PT_EDATA, "'%s' has errors", path);
    }
    enum pt_status status = pt_source_read(path, PT_SOURCE_CSV, &source, m->checker.list, err);
    if (status != PT_OK) {
        return status;
    }
    struct pt_input_file *file = &m->model->files[m->model->n_files++];
    file->path = path;
    memcpy(file->sha256, source.sha256, sizeof file->sha256);
    status = pt_data_read_source(m->model->data, &source, m->checker.list, err);
    pt_source_free(&source);
    return status;
}

enum pt_status pt_making_data(struct pt_making *m, struct pt_error *err)
{
    const struct pt_list_value *data = &m->file->data;
    enum pt_status worst = PT_OK;
    struct pt_input_file *files = PT_NEW(m->checker.arena, struct pt_input_file, data->n + 1);
    if (files == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    files[0] = m->model->files[0];
    m->model->files = files;
    for (size_t i = 0; i < data->n; i++) {
        const struct pt_word_value *name = &ITEMS(*data, struct pt_word_value)[i];
        const char *path = pt_path_beside(m->checker.arena, m->model->path, name->value);
        if (path == NULL) {
            return PT_RAISE_NOMEM(err);
        }
        struct pt_error failure = { .status = PT_OK };
        enum pt_status status = read_file(m, name, path, &failure);
        if (status == PT_EOPEN) {
            pt_spot_message(m->checker.list, PT_ERROR, &name->at->spot, &failure.message);
        }
        if (status != PT_OK && worst != PT_ENOMEM && worst != PT_EOPEN) {
            worst = status;
            if (err != NULL) {
                *err = failure;
            }
        }
    }
    return worst;
}

/* ------------------------------------------------------------------ series */

struct names {
    const char **items;
    size_t n;
};

/* The data keep each word once, so that equal names are one pointer. */
static void names_add(struct names *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++) {
        if (names->items[i] == name) {
            return;
        }
    }
    if (names->n < 1000) {
        names->items[names->n++] = name;
    }
}

/* Which groups (or, where indicator is NULL, which indicators) the data have. */
static struct names names_in_data(struct pt_making *m, const char *indicator)
{
    struct names names = { PT_NEW(m->checker.arena, const char *, 1000), 0 };
    m->checker.no_memory |= names.items == NULL;
    for (size_t i = 0; i < pt_data_count(m->model->data) && names.items != NULL; i++) {
        const struct pt_observed *o = pt_data_series(m->model->data, i);
        if (indicator == NULL) {
            names_add(&names, o->indicator);
        } else if (strcmp(o->indicator, indicator) == 0) {
            names_add(&names, o->group);
        }
    }
    return names;
}

static bool in_names(const struct names *names, const char *name)
{
    for (size_t i = 0; i < names->n; i++) {
        if (strcmp(names->items[i], name) == 0) {
            return true;
        }
    }
    return false;
}

/* At a place of the model there is nothing: is it the name of the place, or its absence? */
static void report_places(struct pt_making *m, const struct pt_file_indicator *from,
                          const char *group, const char *place)
{
    const char *const *places;
    size_t n = pt_data_places(m->model->data, &places);
    if (place[0] == '\0' && n > 0) {
        COMPLAIN(m, from->series.at,
                 "'%s' of '%s' has figures by place only, such as '%s'; add "
                 "'places: all' or a list of them",
                 from->series.value, group, places[0]);
    } else {
        COMPLAIN(m, from->series.at, "'%s' of '%s' has no figures for '%s'", from->series.value,
                 group, place);
    }
}

/* Figures beyond the bounds would be bent by every trend line that knows them. */
static void check_bounds(struct pt_making *m, const struct pt_file_indicator *from,
                         const struct pt_indicator *to, const struct pt_observed *o)
{
    for (size_t i = 0; i < o->n; i++) {
        double value = o->observations[i].value;
        if (value < to->lower || value > to->upper) {
            const struct pt_node *at = from->bounds.at != NULL ? from->bounds.at : from->series.at;
            char shown[PT_NUMBER_MAX];
            COMPLAIN(m, at,
                     "%s in %d ('%s', line %zu) lies outside the bounds %g to %g; write "
                     "'bounds: [ lowest, highest ]' as they are",
                     pt_number_short(shown, value, 12, '.'), o->observations[i].year, o->path,
                     (size_t)o->observations[i].line, to->lower, to->upper);
            return;
        }
    }
}

/* Looks a group's series up at every place of the model; returns its last year or INT_MIN. */
static int check_series(struct pt_making *m, const struct pt_file_indicator *from,
                        const struct pt_indicator *to, const char *group)
{
    static const char *const nowhere[] = { "" };
    const struct pt_model *model = m->model;
    const char *const *places = nowhere;
    size_t n = 1;
    int last = INT_MIN;
    if (model->all_places) {
        n = pt_data_places(model->data, &places);
    } else if (model->n_places > 0) {
        places = (const char *const *)model->places;
        n = model->n_places;
    }
    for (size_t i = 0; i < n; i++) {
        const struct pt_observed *o = pt_data_find(model->data, to->series, group, places[i]);
        if (o == NULL && !model->all_places) {
            const char *const *known;
            size_t n_known = pt_data_places(model->data, &known);
            bool is_place = places[i][0] == '\0';
            for (size_t k = 0; k < n_known && !is_place; k++) {
                is_place = strcmp(known[k], places[i]) == 0;
            }
            if (is_place) {
                report_places(m, from, group, places[i]);
            }
        } else if (o != NULL) {
            check_bounds(m, from, to, o);
            last = o->n > 0 && o->observations[o->n - 1].year > last
                       ? o->observations[o->n - 1].year
                       : last;
        }
    }
    return last;
}

static void check_group(struct pt_making *m, const struct pt_file_indicator *from,
                        const struct pt_indicator *to, const struct pt_word_value *group, int *last)
{
    if (group->at == NULL || pt_model_group(m->model, group->value) == NULL) {
        return;
    }
    struct names groups = names_in_data(m, to->series);
    if (!in_names(&groups, group->value)) {
        pt_word_check(&m->checker, group->at, groups.items, groups.n,
                      PT_N("the data have no such figures for group '%s'; did you mean '%s'?"),
                      PT_N("the data have no such figures for group '%s', only for %s"));
        return;
    }
    int year = check_series(m, from, to, group->value);
    *last = year > *last ? year : *last;
}

static void check_indicator(struct pt_making *m, const struct pt_file_indicator *from,
                            const struct pt_indicator *to, const struct names *indicators,
                            int *last)
{
    if (from->series.at == NULL) {
        return;
    }
    if (!in_names(indicators, to->series)) {
        pt_word_check(&m->checker, from->series.at, indicators->items, indicators->n,
                      PT_N("the data have no indicator '%s'; did you mean '%s'?"),
                      PT_N("the data have no indicator '%s'; they have %s"));
        return;
    }
    check_group(m, from, to, &from->group, last);
    check_group(m, from, to, &from->reference, last);
}

static void check_places(struct pt_making *m)
{
    const char *const *known;
    size_t n = pt_data_places(m->model->data, &known);
    const struct pt_list_value *places = &m->file->places;
    if (n == 0 && places->at != NULL) {
        COMPLAIN(m, places->at,
                 "the data name no places; add a column 'place' or leave 'places' "
                 "out");
        return;
    }
    if (m->model->all_places && n > PT_PLACES_MOST) {
        COMPLAIN(m, places->at,
                 "'all' means the data's %zu places, and at most %d are answered for; list those "
                 "that are wanted, or make several models",
                 n, PT_PLACES_MOST);
    }
    for (size_t i = 0; i < places->n; i++) {
        pt_word_check(&m->checker, ITEMS(*places, struct pt_word_value)[i].at, known, n,
                      PT_N("the data have no place '%s'; did you mean '%s'?"),
                      PT_N("the data have no place '%s'; they have %s"));
    }
}

void pt_making_compare(struct pt_making *m)
{
    struct names indicators = names_in_data(m, NULL);
    int last = INT_MIN;
    check_places(m);
    for (size_t a = 0; a < m->file->areas.n; a++) {
        const struct pt_file_area *area = &ITEMS(m->file->areas, struct pt_file_area)[a];
        for (size_t g = 0; g < area->goals.n; g++) {
            const struct pt_file_goal *goal = &ITEMS(area->goals, struct pt_file_goal)[g];
            for (size_t i = 0; i < goal->indicators.n; i++) {
                check_indicator(m, &ITEMS(goal->indicators, struct pt_file_indicator)[i],
                                &m->model->areas[a].goals[g].indicators[i], &indicators, &last);
            }
        }
    }
    const struct pt_whole_value *horizon = &m->file->horizon;
    if (horizon->at != NULL && last != INT_MIN && horizon->value <= last) {
        COMPLAIN(m, horizon->at, "horizon %d is not after the last figure, of %d", horizon->value,
                 last);
    }
}
