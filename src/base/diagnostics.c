#include <paritet/base.h>

#include <math.h>
#include <stdlib.h>
#include <string.h>

void pt_diagnostics_init(struct pt_diagnostics *list)
{
    *list = (struct pt_diagnostics){ .arena = pt_arena_new() };
}

void pt_diagnostics_free(struct pt_diagnostics *list)
{
    free(list->items);
    pt_arena_free(list->arena);
    *list = (struct pt_diagnostics){ 0 };
}

static int compare_text(const char *a, const char *b)
{
    if (a == NULL || b == NULL) {
        return (a != NULL) - (b != NULL);
    }
    return strcmp(a, b);
}

static int compare_place(const struct pt_place *a, const struct pt_place *b)
{
    int paths = compare_text(a->path, b->path);
    if (paths != 0) {
        return paths;
    }
    if (a->line != b->line) {
        return a->line < b->line ? -1 : 1;
    }
    return (a->column > b->column) - (a->column < b->column);
}

/* NaN is itself here. */
static bool same_bits(double a, double b)
{
    return (isnan(a) && isnan(b)) || (a == b && signbit(a) == signbit(b));
}

static bool same_message(const struct pt_message *a, const struct pt_message *b)
{
    if (compare_text(a->id, b->id) != 0 || compare_text(a->plural, b->plural) != 0 ||
        a->count != b->count || a->n_args != b->n_args || a->used != b->used ||
        memcmp(a->text, b->text, a->used) != 0) {
        return false;
    }
    for (unsigned i = 0; i < a->n_args; i++) {
        const struct pt_argument *x = &a->args[i], *y = &b->args[i];
        if (x->kind != y->kind || (x->kind == PT_ARG_INTEGER && x->as.integer != y->as.integer) ||
            (x->kind == PT_ARG_REAL && !same_bits(x->as.real, y->as.real)) ||
            (x->kind == PT_ARG_TEXT && x->as.offset != y->as.offset)) {
            return false;
        }
    }
    return true;
}

static bool is_known(const struct pt_diagnostics *list, enum pt_severity severity,
                     const struct pt_place *place, const struct pt_message *message)
{
    for (size_t i = list->n; i-- > 0;) {
        const struct pt_diagnostic *item = &list->items[i];
        if (item->severity == severity && compare_place(&item->place, place) == 0 &&
            same_message(&item->message, message)) {
            return true;
        }
    }
    return false;
}

static const char *copy(struct pt_arena *arena, const char *text)
{
    return text == NULL ? NULL : pt_arena_copy(arena, text, strlen(text));
}

void pt_diagnose_message(struct pt_diagnostics *list, enum pt_severity severity,
                         struct pt_place place, const char *source,
                         const struct pt_message *message)
{
    if (list == NULL || is_known(list, severity, &place, message)) {
        return;
    }
    /* Counted even where memory runs out below: a run with an error must never pass for good. */
    if (list->count[severity]++ >= PT_DIAGNOSTICS_MOST) {
        return;
    }
    void *items = list->items;
    if (!pt_grow(&items, &list->capacity, list->n, sizeof *list->items)) {
        list->failed = true;
        return;
    }
    list->items = items;
    place.path = copy(list->arena, place.path);
    list->items[list->n++] = (struct pt_diagnostic){
        .severity = severity,
        .place = place,
        .source = copy(list->arena, source),
        .message = *message,
    };
    list->failed |= pt_arena_failed(list->arena);
}

void pt_diagnose(struct pt_diagnostics *list, enum pt_severity severity, struct pt_place place,
                 const char *source, const char *format, ...)
{
    struct pt_message message;
    va_list ap;
    va_start(ap, format);
    pt_message_vset(&message, format, ap);
    va_end(ap);
    pt_diagnose_message(list, severity, place, source, &message);
}

void pt_diagnostics_sort(struct pt_diagnostics *list)
{
    /* By insertion, which keeps the order of equals; there are at most a few hundred. */
    for (size_t i = 1; i < list->n; i++) {
        size_t to = i;
        while (to > 0 && compare_place(&list->items[to - 1].place, &list->items[i].place) > 0) {
            to--;
        }
        if (to < i) {
            struct pt_diagnostic moved = list->items[i];
            memmove(&list->items[to + 1], &list->items[to], (i - to) * sizeof moved);
            list->items[to] = moved;
        }
    }
}
