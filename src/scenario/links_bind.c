#include <string.h>

#include <paritet/input.h>
#include <paritet/scenario.h>

#include "scenario/size.h"

struct binding {
    const struct pt_model *model;
    struct pt_checker checker;
    const struct pt_link **kept; /* [n_kept] that make no circle */
    size_t n_kept;
};

#define REPORT(b, severity, place, ...)                                     \
    do {                                                                    \
        struct pt_spot spot_ = pt_spot_of((b)->model->source, (place));     \
        pt_spot_report((b)->checker.list, (severity), &spot_, __VA_ARGS__); \
    } while (0)

/* ------------------------------------------------------------------ names */

static bool is_known(struct binding *b, const char *word, const struct pt_place *place,
                     const char *const *names, size_t n, const char *near, const char *known)
{
    struct pt_node node = { .kind = PT_NODE_SCALAR,
                            .spot = pt_spot_of(b->model->source, place),
                            .text = word,
                            .length = strlen(word) };
    return pt_word_check(&b->checker, &node, names, n, near, known);
}

static const struct pt_indicator *find(struct binding *b, const char *id,
                                       const struct pt_place *place)
{
    const struct pt_model *model = b->model;
    const struct pt_indicator *found = pt_model_find(model, id);
    if (found != NULL && found->series == NULL) {
        REPORT(b, PT_ERROR, place, "'%s' has no figures that a link could use; give it a 'series'",
               id);
        return NULL;
    }
    if (found == NULL) {
        const char **names = PT_NEW(b->checker.arena, const char *, model->n_indicators + 1);
        b->checker.no_memory |= names == NULL;
        for (size_t i = 0; i < model->n_indicators && names != NULL; i++) {
            names[i] = model->indicators[i]->id;
        }
        if (names != NULL) {
            is_known(b, id, place, names, model->n_indicators,
                     PT_N("unknown indicator '%s'; did you mean '%s'?"),
                     PT_N("unknown indicator '%s'; the model has %s"));
        }
    }
    return found;
}

static void check_group(struct binding *b, const struct pt_link *link,
                        const struct pt_indicator *to)
{
    const char *const names[] = { to->group, to->reference };
    if (link->group != NULL) {
        is_known(b, link->group, &link->group_at, names, to->reference != NULL ? 2 : 1,
                 PT_N("the indicator does not show group '%s'; did you mean '%s'?"),
                 PT_N("the indicator does not show group '%s', only %s"));
    }
}

static bool check_unit(struct binding *b, const struct pt_link *link,
                       const struct pt_indicator *from, const struct pt_indicator *to)
{
    static const enum pt_unit units[2][2] = { { PT_UNIT_POINTS_POINT, PT_UNIT_POINTS_PP },
                                              { PT_UNIT_PP_POINT, PT_UNIT_PP_PP } };
    enum pt_unit expected = units[to->percent][from->percent];
    if (link->effect_unit != expected) {
        REPORT(b, PT_ERROR, &link->effect_at,
               "the effect is in %s, but a link from '%s' (%s) to '%s' (%s) is in %s; write that",
               pt_unit_name(link->effect_unit), from->id, from->unit, to->id, to->unit,
               pt_unit_name(expected));
    }
    return link->effect_unit == expected;
}

static void check_id(struct binding *b, size_t i)
{
    const struct pt_link *links = b->model->links;
    for (size_t k = 0; k < i; k++) {
        if (links[i].id != NULL && links[k].id != NULL && strcmp(links[k].id, links[i].id) == 0) {
            REPORT(b, PT_ERROR, &links[i].at,
                   "two links are called '%s'; give each an 'id' of its own", links[i].id);
            return;
        }
    }
}

/* ------------------------------------------------------------------ circles */

struct step {
    const struct pt_link *link;
    size_t before; /* the step that leads here, counted from 1; 0: none */
};

/* The shortest way along kept links from one indicator to another, breadth first: the last step in
 * `steps`, counted from 1, or 0. steps: [n_kept]. */
static size_t way(const struct binding *b, const char *from, const char *to, struct step *steps)
{
    size_t n = 0;
    for (size_t done = 0; done <= n; done++) {
        const char *at = done == 0 ? from : steps[done - 1].link->to;
        for (size_t i = 0; i < b->n_kept; i++) {
            bool seen = false;
            for (size_t k = 0; k < n && !seen; k++) {
                seen = steps[k].link == b->kept[i];
            }
            if (seen || strcmp(b->kept[i]->from, at) != 0) {
                continue;
            }
            steps[n++] = (struct step){ b->kept[i], done };
            if (strcmp(b->kept[i]->to, to) == 0) {
                return n;
            }
        }
    }
    return 0;
}

/* A link that closes a circle is named with all of it, and left out of the search for others, so
 * that each circle is said once. */
static void check_circle(struct binding *b, const struct pt_link *link)
{
    struct pt_arena *arena = b->checker.arena;
    struct step *steps = PT_NEW(arena, struct step, b->n_kept + 1);
    if (steps == NULL) {
        b->checker.no_memory = true;
        return;
    }
    if (strcmp(link->from, link->to) == 0) {
        REPORT(b, PT_ERROR, &link->to_at,
               "a link leads from '%s' to itself; name another indicator in 'to'", link->from);
        return;
    }
    size_t at = way(b, link->to, link->from, steps);
    if (at == 0) {
        b->kept[b->n_kept++] = link;
        return;
    }
    const char *text = link->from;
    for (; at > 0 && text != NULL; at = steps[at - 1].before) {
        text = pt_arena_printf(arena, "%s -> %s", steps[at - 1].link->from, text);
    }
    text = text == NULL ? NULL : pt_arena_printf(arena, "%s -> %s", link->from, text);
    b->checker.no_memory |= text == NULL;
    REPORT(b, PT_ERROR, &link->at,
           "the links go in a circle: %s; leave one of them out, as what follows from itself has "
           "no end",
           text != NULL ? text : "?");
}

static void bind(struct binding *b)
{
    const struct pt_model *model = b->model;
    b->kept = PT_NEW(b->checker.arena, const struct pt_link *, model->n_links + 1);
    b->checker.no_memory |= b->kept == NULL;
    for (size_t i = 0; i < model->n_links && !b->checker.no_memory; i++) {
        const struct pt_link *link = &model->links[i];
        check_id(b, i);
        if (link->from == NULL || link->to == NULL) {
            continue;
        }
        const struct pt_indicator *from = find(b, link->from, &link->from_at);
        const struct pt_indicator *to = find(b, link->to, &link->to_at);
        if (to != NULL) {
            check_group(b, link, to);
        }
        if (from != NULL && to != NULL) {
            if (from != to && check_unit(b, link, from, to)) {
                pt_link_size(model, link, from, to, b->checker.list);
            }
            check_circle(b, link);
        }
    }
}

enum pt_status pt_links_bind(const struct pt_model *model, struct pt_diagnostics *list,
                             struct pt_error *err)
{
    size_t errors = list->count[PT_ERROR];
    struct pt_arena *arena = pt_arena_new();
    struct binding b = { .model = model, .checker = { list, arena, false, NULL } };
    if (arena == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    bind(&b);
    b.checker.no_memory |= pt_arena_failed(arena);
    pt_arena_free(arena);
    if (b.checker.no_memory) {
        return PT_RAISE_NOMEM(err);
    }
    if (list->count[PT_ERROR] > errors) {
        return PT_RAISE(err, PT_EDATA, "'%s' has errors", model->path);
    }
    return PT_OK;
}
