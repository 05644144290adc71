#include <string.h>

#include <paritet/output.h>

#define PT_PICTURE(name) extern const struct pt_picture_kind pt_picture_kind_##name;
#include "output/plot/pictures.def"
#undef PT_PICTURE

const struct pt_picture_kind *const pt_picture_kinds[] = {
#define PT_PICTURE(name) &pt_picture_kind_##name,
#include "output/plot/pictures.def"
#undef PT_PICTURE
    NULL,
};

static size_t count_of(const struct pt_facts *facts, enum pt_picture_of of)
{
    switch (of) {
    case PT_PICTURE_OF_RUN:
        return 1;
    case PT_PICTURE_OF_GOAL:
        return facts->standings.n_goals;
    case PT_PICTURE_OF_INDICATOR:
        return facts->run->model->n_indicators;
    case PT_PICTURE_OF_PROJECTION:
        return facts->n_charts;
    }
    return 0;
}

/* What a picture is of, as a file name; a fan bears the name of its chart alone. */
static const char *name_of(const struct pt_facts *facts, const struct pt_picture_kind *kind,
                           size_t at, struct pt_arena *arena)
{
    const char *of = NULL;
    switch (kind->of) {
    case PT_PICTURE_OF_RUN:
        return kind->name;
    case PT_PICTURE_OF_GOAL: {
        const struct pt_goal_standing *goal = &facts->standings.goals[at];
        const char *id = goal->place[0] == '\0'
                             ? goal->goal->id
                             : pt_arena_printf(arena, "%s-%s", goal->goal->id, goal->place);
        of = id != NULL ? pt_slug(arena, id) : NULL;
        break;
    }
    case PT_PICTURE_OF_INDICATOR:
        of = pt_slug(arena, facts->run->model->indicators[at]->id);
        break;
    case PT_PICTURE_OF_PROJECTION:
        of = facts->charts[at].slug;
        break;
    }
    if (of == NULL || strcmp(kind->name, "fan") == 0) {
        return of;
    }
    return pt_arena_printf(arena, "%s-%s", of, kind->name);
}

static bool is_taken(const struct pt_picture *pictures, size_t n, const char *slug)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(pictures[i].slug, slug) == 0) {
            return true;
        }
    }
    return false;
}

/* The name, or with a number where another picture has it already. */
static const char *slug_of(const struct pt_picture *pictures, size_t n, const char *name,
                           struct pt_arena *arena)
{
    const char *slug = name;
    for (size_t number = 2; slug != NULL && is_taken(pictures, n, slug); number++) {
        slug = pt_arena_printf(arena, "%s-%zu", name, number);
    }
    return slug;
}

enum pt_status pt_pictures_make(const struct pt_facts *facts, struct pt_arena *arena,
                                struct pt_pictures *out, struct pt_error *err)
{
    size_t most = 1;
    for (size_t k = 0; pt_picture_kinds[k] != NULL; k++) {
        most += count_of(facts, pt_picture_kinds[k]->of);
    }
    struct pt_picture *pictures = PT_NEW(arena, struct pt_picture, most);
    size_t n = 0;
    for (size_t k = 0; pictures != NULL && pt_picture_kinds[k] != NULL; k++) {
        const struct pt_picture_kind *kind = pt_picture_kinds[k];
        for (size_t at = 0; at < count_of(facts, kind->of); at++) {
            if (!kind->has(facts, at)) {
                continue;
            }
            const char *slug = slug_of(pictures, n, name_of(facts, kind, at, arena), arena);
            if (slug == NULL) {
                return PT_RAISE_NOMEM(err);
            }
            pictures[n++] = (struct pt_picture){ .kind = kind, .at = at, .slug = slug };
        }
    }
    if (pictures == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    *out = (struct pt_pictures){ .n = n, .pictures = pictures };
    return PT_OK;
}

const struct pt_picture *pt_picture_of(const struct pt_pictures *pictures, const char *kind,
                                       size_t at)
{
    for (size_t i = 0; i < pictures->n; i++) {
        if (pictures->pictures[i].at == at && strcmp(pictures->pictures[i].kind->name, kind) == 0) {
            return &pictures->pictures[i];
        }
    }
    return NULL;
}
