#include <paritet/input.h>
#include <stdlib.h>
#include <string.h>

#include "input/values.h"

#define WORDS_MOST 24

/* An id that was read: ids are unique among all of one table, wherever in the file. */
struct pt_seen {
    struct pt_seen *next;
    const struct pt_field *field;
    const struct pt_node *node;
};

const char *pt_field_choice(const struct pt_field *field, size_t i)
{
    return field->choices != NULL ? field->choices[i] : field->choice(i);
}

const char *pt_words_join(struct pt_arena *arena, const char *const *names, size_t n)
{
    char text[400] = "";
    size_t used = 0;
    for (size_t i = 0; i < n; i++) {
        const char *rest = i == WORDS_MOST ? ", ..." : NULL;
        int more = rest != NULL ? snprintf(text + used, sizeof text - used, "%s", rest)
                                : snprintf(text + used, sizeof text - used, "%s'%s'",
                                           i > 0 ? ", " : "", names[i]);
        if (more < 0 || used + (size_t)more + 8 >= sizeof text) {
            memcpy(text + used, ", ...", sizeof ", ...");
            used += 5;
            break;
        }
        used += (size_t)more;
        if (rest != NULL) {
            break;
        }
    }
    const char *joined = pt_arena_copy(arena, text, used);
    return joined != NULL ? joined : "";
}

bool pt_word_check(struct pt_checker *checker, const struct pt_node *at, const char *const *names,
                   size_t n, const char *near, const char *known)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(names[i], at->text) == 0) {
            return true;
        }
    }
    if (at->broken) {
        return true;
    }
    const char *nearest = pt_nearest(at->text, names, n);
    if (nearest != NULL) {
        pt_spot_report(checker->list, PT_ERROR, &at->spot, near, at->text, nearest);
    } else {
        pt_spot_report(checker->list, PT_ERROR, &at->spot, known, at->text,
                       pt_words_join(checker->arena, names, n));
    }
    return false;
}

/* ------------------------------------------------------------------ keys */

/* The mapping that a table describes; table NULL: the keys of a value. */
struct keys {
    const struct pt_schema *table;
    const char *const *names; /* [n] */
    size_t n;
    const char *name; /* how messages call it; NULL: it is the whole file */
};

static bool is_whole_file(const struct pt_schema *table)
{
    return strchr(table->name, ' ') != NULL;
}

static bool is_mapping(struct pt_checker *checker, const struct pt_node *node,
                       const struct pt_schema *table)
{
    if (node->kind == PT_NODE_MAPPING) {
        return true;
    }
    if (is_whole_file(table)) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "the file holds keys with values, as in 'key: value'");
    } else {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "%s holds keys with values, as in 'key: value'", table->name);
    }
    return false;
}

static void report_unknown(struct pt_checker *checker, const struct keys *keys,
                           const struct pt_node *key)
{
    struct pt_diagnostics *list = checker->list;
    const char *nearest = pt_nearest(key->text, keys->names, keys->n);
    if (nearest != NULL && keys->name == NULL) {
        pt_spot_report(list, PT_ERROR, &key->spot,
                       "unknown key '%s' at the top of the file; did you mean '%s'?", key->text,
                       nearest);
    } else if (nearest != NULL) {
        pt_spot_report(list, PT_ERROR, &key->spot, "unknown key '%s' in %s; did you mean '%s'?",
                       key->text, keys->name, nearest);
    } else if (keys->name == NULL) {
        pt_spot_report(list, PT_ERROR, &key->spot,
                       "unknown key '%s' at the top of the file; there are %s", key->text,
                       pt_words_join(checker->arena, keys->names, keys->n));
    } else {
        pt_spot_report(list, PT_ERROR, &key->spot, "unknown key '%s' in %s; there are %s",
                       key->text, keys->name, pt_words_join(checker->arena, keys->names, keys->n));
    }
}

static bool report_unknowns(struct pt_checker *checker, const struct keys *keys,
                            const struct pt_node *mapping)
{
    bool found = false;
    const struct pt_node *before = NULL;
    for (const struct pt_node *v = mapping->first; v != NULL; v = v->next) {
        bool known = false;
        for (size_t i = 0; i < keys->n && !known; i++) {
            known = strcmp(keys->names[i], v->key->text) == 0;
        }
        found |= !known;
        if (!known && !pt_hint_comma(checker, before, v) &&
            !(keys->table != NULL && pt_hint_inner(checker, keys->table, v))) {
            report_unknown(checker, keys, v->key);
        }
        before = v;
    }
    return found;
}

bool pt_schema_unknown(struct pt_checker *checker, const struct pt_node *mapping,
                       const char *const *names, size_t n, const char *name)
{
    struct keys keys = { NULL, names, n, name };
    return report_unknowns(checker, &keys, mapping);
}

static void check_keys(struct pt_checker *checker, const struct pt_schema *table,
                       const struct pt_node *node)
{
    const char *names[64];
    size_t n = 0;
    for (const struct pt_field *f = table->fields; f->key != NULL && n < 64; f++) {
        names[n++] = f->key;
    }
    struct keys keys = { table, names, n, is_whole_file(table) ? NULL : table->name };
    report_unknowns(checker, &keys, node);
}

static void report_missing(struct pt_checker *checker, const struct pt_schema *table,
                           const struct pt_field *field, const struct pt_node *node)
{
    const struct pt_node *id = pt_node_find(node, "id");
    const struct pt_spot *spot = id != NULL ? &id->spot : &node->spot;
    if (node->kind == PT_NODE_MAPPING && id == NULL && node->first != NULL) {
        spot = &node->first->key->spot;
    }
    if (field->missing != NULL) {
        pt_spot_sentence(checker->list, PT_ERROR, spot, field->missing);
    } else if (is_whole_file(table)) {
        pt_spot_report(checker->list, PT_ERROR, spot,
                       "'%s' is missing at the top of the file; write '%s: ...'", field->key,
                       field->key);
    } else {
        pt_spot_report(checker->list, PT_ERROR, spot, "'%s' is missing in %s; write '%s: ...'",
                       field->key, table->name, field->key);
    }
}

static void check_unique(struct pt_checker *checker, const struct pt_field *field,
                         const struct pt_node *node)
{
    for (const struct pt_seen *s = checker->seen; s != NULL; s = s->next) {
        if (s->field == field && strcmp(s->node->text, node->text) == 0) {
            pt_spot_report(checker->list, PT_ERROR, &node->spot,
                           "id '%s' is already used on line %zu; give each its own", node->text,
                           s->node->spot.line);
            return;
        }
    }
    struct pt_seen *seen = PT_NEW(checker->arena, struct pt_seen, 1);
    if (seen == NULL) {
        checker->no_memory = true;
        return;
    }
    *seen = (struct pt_seen){ checker->seen, field, node };
    checker->seen = seen;
}

/* ------------------------------------------------------------------ fields */

static pt_value_reader *const readers[] = {
    [PT_KIND_ID] = pt_value_id,           [PT_KIND_WORD] = pt_value_word,
    [PT_KIND_TEXT] = pt_value_text,       [PT_KIND_NUMBER] = pt_value_number,
    [PT_KIND_WHOLE] = pt_value_whole,     [PT_KIND_AMOUNT] = pt_value_amount,
    [PT_KIND_BOOLEAN] = pt_value_boolean, [PT_KIND_CHOICE] = pt_value_choice,
    [PT_KIND_WORDS] = pt_value_words,     [PT_KIND_NUMBERS] = pt_value_numbers,
    [PT_KIND_EFFECT] = pt_value_effect,
};

/* A fallback is read as if it had been written; a table whose fallback is wrong fails its tests. */
static void read_fallback(struct pt_checker *checker, const struct pt_field *field, void *out)
{
    struct pt_source source = { .path = field->key };
    struct pt_node node = { .kind = PT_NODE_SCALAR,
                            .spot = { .source = &source },
                            .text = field->fallback,
                            .length = strlen(field->fallback) };
    readers[field->kind](checker, field, &node, out);
    *(const struct pt_node **)out = NULL;
}

/* Whether the node can be read as the items of a list; an error if not. */
static bool check_list(struct pt_checker *checker, const struct pt_field *field,
                       const struct pt_node *node)
{
    if (field->flags & PT_FIELD_ONE && node->kind == PT_NODE_SCALAR) {
        pt_hint_braces(checker, field, node);
        return false;
    }
    if (!(field->flags & PT_FIELD_ONE) && node->kind != PT_NODE_LIST) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "%s is a list: begin each item with '- ', or write [ ] around them",
                       field->key);
        return false;
    }
    if (node->n == 0 && (field->flags & PT_FIELD_NOT_EMPTY)) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot, "%s is empty; it needs an item",
                       field->key);
        return false;
    }
    return true;
}

static void read_list(struct pt_checker *checker, const struct pt_field *field,
                      const struct pt_node *node, struct pt_list_value *out)
{
    const struct pt_schema *table = field->table;
    if (!check_list(checker, field, node)) {
        return;
    }
    bool one = node->kind == PT_NODE_MAPPING;
    out->items = pt_arena_alloc(checker->arena, one || node->n == 0 ? 1 : node->n, table->size);
    if (out->items == NULL) {
        checker->no_memory = true;
        return;
    }
    out->at = node;
    for (const struct pt_node *item = one ? node : node->first; item != NULL;
         item = one ? NULL : item->next) {
        void *into = (char *)out->items + out->n * table->size;
        if (is_mapping(checker, item, table)) {
            pt_schema_read(checker, table, item, into);
            out->n++;
        }
    }
}

/* Whether the mapping has the key that makes its file a change of another one. */
static bool changes_another(const struct pt_schema *table, const struct pt_node *node)
{
    for (const struct pt_field *f = table->fields; f->key != NULL; f++) {
        if ((f->flags & PT_FIELD_CHANGES) && pt_node_find(node, f->key) != NULL) {
            return true;
        }
    }
    return false;
}

static void read_field(struct pt_checker *checker, const struct pt_schema *table,
                       const struct pt_field *field, const struct pt_node *node, char *out)
{
    const struct pt_node *value = pt_node_find(node, field->key);
    void *into = out + field->offset;
    if (value == NULL ? node->broken && (field->flags & PT_FIELD_REQUIRED)
                      : value->broken && value->kind != PT_NODE_MAPPING) {
        return;
    }
    if (value != NULL && pt_node_empty(value)) {
        pt_spot_report(checker->list, PT_ERROR, &value->key->spot,
                       "'%s' is empty; write its value, or leave the key out", field->key);
        return;
    }
    if (value == NULL && (field->flags & PT_FIELD_REQUIRED) && !changes_another(table, node)) {
        report_missing(checker, table, field, node);
    } else if (value == NULL && field->fallback != NULL) {
        read_fallback(checker, field, into);
    } else if (value != NULL && field->kind == PT_KIND_LIST_OF) {
        read_list(checker, field, value, into);
    } else if (value != NULL && field->kind == PT_KIND_MAPPING) {
        if (value->kind == PT_NODE_MAPPING) {
            pt_schema_read(checker, field->table, value, into);
        } else {
            pt_hint_braces(checker, field, value);
        }
    } else if (value != NULL && readers[field->kind](checker, field, value, into) &&
               field->kind == PT_KIND_ID) {
        check_unique(checker, field, value);
    }
}

void pt_schema_read(struct pt_checker *checker, const struct pt_schema *table,
                    const struct pt_node *node, void *out)
{
    if (!is_mapping(checker, node, table)) {
        return;
    }
    *(const struct pt_node **)out = node;
    check_keys(checker, table, node);
    for (const struct pt_field *f = table->fields; f->key != NULL; f++) {
        read_field(checker, table, f, node, out);
    }
}
