/* Ways out of what is often written wrong. */
#include "input/values.h"

#include <string.h>

/* ------------------------------------------------------------------ braces */

/* What was written, as a key of this kind would have it; "..." where it cannot be that. */
static const char *as_value(struct pt_arena *arena, const struct pt_field *field,
                            const struct pt_node *node)
{
    const char *value = "...";
    if (node->kind != PT_NODE_SCALAR || strchr(node->text, '\n') != NULL) {
        return value;
    }
    if (field->kind == PT_KIND_NUMBER || field->kind == PT_KIND_WHOLE) {
        size_t n = strspn(node->text, "+-0123456789.");
        double unused;
        value = n > 0 && pt_number_parse(node->text, n, '.', &unused, NULL)
                    ? pt_arena_copy(arena, node->text, n)
                    : value;
    } else if (field->kind == PT_KIND_AMOUNT) {
        struct pt_amount unused;
        struct pt_message why;
        value = pt_amount_parse(node->text, &unused, &why) ? node->text : value;
    }
    return value;
}

/* "{ until: 2036 }": the keys that it cannot do without, else the first; the first of them gets
 * what was written. */
static const char *in_braces(struct pt_arena *arena, const struct pt_schema *table,
                             const struct pt_node *node)
{
    const char *text = NULL;
    for (const struct pt_field *f = table->fields; f->key != NULL; f++) {
        if (!(f->flags & PT_FIELD_REQUIRED)) {
            continue;
        }
        text = text == NULL ? pt_arena_printf(arena, "%s: %s", f->key, as_value(arena, f, node))
                            : pt_arena_printf(arena, "%s, %s: ...", text, f->key);
        if (text == NULL) {
            return NULL;
        }
    }
    const struct pt_field *first = table->fields;
    if (text == NULL) {
        text = pt_arena_printf(arena, "%s: %s", first->key, as_value(arena, first, node));
    }
    return text == NULL ? NULL : pt_arena_printf(arena, "{ %s }", text);
}

void pt_hint_braces(struct pt_checker *checker, const struct pt_field *field,
                    const struct pt_node *node)
{
    const char *braces = in_braces(checker->arena, field->table, node);
    checker->no_memory |= braces == NULL;
    pt_spot_report(checker->list, PT_ERROR, &node->spot,
                   "'%s' takes keys with values; write them in braces: '%s: %s'", field->key,
                   field->key, braces != NULL ? braces : "{ }");
}

/* ------------------------------------------------------------------ keys in another place */

static const struct pt_field *find_field(const struct pt_schema *table, const char *key)
{
    for (const struct pt_field *f = table->fields; f->key != NULL; f++) {
        if (strcmp(f->key, key) == 0) {
            return f;
        }
    }
    return NULL;
}

static bool holds_keys(const struct pt_field *field)
{
    return field->kind == PT_KIND_MAPPING ||
           (field->kind == PT_KIND_LIST_OF && (field->flags & PT_FIELD_ONE));
}

bool pt_hint_inner(struct pt_checker *checker, const struct pt_schema *table,
                   const struct pt_node *value)
{
    const char *key = value->key->text;
    const struct pt_field *outer = NULL;
    for (const struct pt_field *f = table->fields; f->key != NULL; f++) {
        if (holds_keys(f) && find_field(f->table, key) != NULL) {
            if (outer != NULL) {
                return false; /* it might be meant for either */
            }
            outer = f;
        }
    }
    if (outer == NULL) {
        return false;
    }
    const char *shown = value->kind == PT_NODE_SCALAR && value->length > 0 ? value->text : "...";
    pt_spot_report(checker->list, PT_ERROR, &value->key->spot,
                   "'%s' belongs inside '%s', as in '%s: { %s: %s }'", key, outer->key, outer->key,
                   key, shown);
    return true;
}

/* ------------------------------------------------------------------ texts with a comma */

static bool is_bare(const struct pt_node *node)
{
    return node->kind == PT_NODE_SCALAR && !node->quoted && node->length == 0;
}

bool pt_hint_comma(struct pt_checker *checker, const struct pt_node *before,
                   const struct pt_node *value)
{
    if (before == NULL || !is_bare(value) || before->kind != PT_NODE_SCALAR || before->quoted ||
        before->spot.line != value->key->spot.line) {
        return false;
    }
    if (!is_bare(before)) { /* else it was said of that one */
        pt_spot_report(checker->list, PT_ERROR, &value->key->spot,
                       "'%s' follows a comma, which ends the text before it; put the whole text in "
                       "quotes: %s: \"%s, %s\"",
                       value->key->text, before->key->text, before->text, value->key->text);
    }
    return true;
}
