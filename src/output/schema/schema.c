#include "output/schema/schema.h"

#include <string.h>

#include "output/json.h"

#define DRAFT "https://json-schema.org/draft/2020-12/schema"

void pt_schema_set(struct pt_schema_making *making, json_t *object, const char *key, json_t *value)
{
    making->failed |= json_object_set_new(object, key, value) != 0;
}

void pt_schema_append(struct pt_schema_making *making, json_t *array, json_t *value)
{
    making->failed |= json_array_append_new(array, value) != 0;
}

json_t *pt_schema_object(struct pt_schema_making *making, const char *key, json_t *value)
{
    json_t *object = json_object();
    pt_schema_set(making, object, key, value);
    return object;
}

json_t *pt_schema_array(struct pt_schema_making *making, json_t *value)
{
    json_t *array = json_array();
    pt_schema_append(making, array, value);
    return array;
}

json_t *pt_schema_whole(long long value)
{
    return json_integer((json_int_t)value);
}

static void describe(struct pt_schema_making *making, json_t *object, const char *doc)
{
    if (doc != NULL && doc[0] != '\0') {
        pt_schema_set(making, object, "description",
                      json_string(pt_translate(making->language, doc)));
    }
}

/* ------------------------------------------------------------------ keys that depend on a choice */

/* Whether a card's list of keys, "increase, effect-at", has this one. */
static bool key_in(const char *keys, const char *key)
{
    size_t n = strlen(key);
    for (const char *at = keys; at != NULL && *at != '\0';) {
        at += strspn(at, " ,");
        size_t length = strcspn(at, " ,");
        if (length == n && memcmp(at, key, n) == 0) {
            return true;
        }
        at += length;
    }
    return false;
}

static bool needed(const struct pt_field *choice, size_t i, const char *key)
{
    return choice->choice_needs != NULL && key_in(choice->choice_needs(i), key);
}

static bool taken(const struct pt_field *choice, size_t i, const char *key)
{
    return needed(choice, i, key) ||
           (choice->choice_takes != NULL && key_in(choice->choice_takes(i), key));
}

static bool depends(const struct pt_field *choice, const char *key)
{
    for (size_t i = 0; pt_field_choice(choice, i) != NULL; i++) {
        if (taken(choice, i, key)) {
            return true;
        }
    }
    return false;
}

/* The list in whose items a key of the table may stand instead; NULL: none. */
static const struct pt_field *spread_of(const struct pt_schema *table, const char *key)
{
    for (const struct pt_field *f = table->fields; f->key != NULL; f++) {
        for (const struct pt_field *in = f->flags & PT_FIELD_SPREAD ? f->table->fields : NULL;
             in != NULL && in->key != NULL; in++) {
            if (strcmp(in->key, key) == 0) {
                return f;
            }
        }
    }
    return NULL;
}

static json_t *requires(struct pt_schema_making *making, const char *key)
{
    return pt_schema_object(making, "required", pt_schema_array(making, json_string(key)));
}

static json_t *requires_one(struct pt_schema_making *making, const char *key, const char *other)
{
    json_t *ways = pt_schema_array(making, requires(making, key));
    pt_schema_append(making, ways, requires(making, other));
    return pt_schema_object(making, "anyOf", ways);
}

/* { "if": the i-th choice, "then": ... } */
static json_t *when(struct pt_schema_making *making, const struct pt_field *choice, size_t i,
                    json_t *then)
{
    json_t *is = pt_schema_object(making, "const", json_string(pt_field_choice(choice, i)));
    json_t *condition = requires(making, choice->key);
    pt_schema_set(making, condition, "properties", pt_schema_object(making, choice->key, is));
    json_t *rule = pt_schema_object(making, "if", condition);
    pt_schema_set(making, rule, "then", then);
    return rule;
}

/* What each choice cannot do without. */
static void add_needs(struct pt_schema_making *making, const struct pt_schema *table,
                      const struct pt_field *choice, json_t *rules)
{
    for (size_t i = 0; pt_field_choice(choice, i) != NULL; i++) {
        json_t *all = json_array();
        for (const struct pt_field *f = table->fields; f->key != NULL; f++) {
            const struct pt_field *spread = spread_of(table, f->key);
            if (needed(choice, i, f->key)) {
                pt_schema_append(making, all,
                                 spread != NULL ? requires_one(making, f->key, spread->key)
                                                : requires(making, f->key));
            }
        }
        if (json_array_size(all) > 0) {
            pt_schema_append(making, rules,
                             when(making, choice, i, pt_schema_object(making, "allOf", all)));
        } else {
            json_decref(all);
        }
    }
}

/* The keys of other choices that each does not take. */
static void add_refusals(struct pt_schema_making *making, const struct pt_schema *table,
                         const struct pt_field *choice, json_t *rules)
{
    for (size_t i = 0; pt_field_choice(choice, i) != NULL; i++) {
        json_t *none = json_object();
        for (const struct pt_field *f = table->fields; f->key != NULL; f++) {
            if (f != choice && depends(choice, f->key) && !taken(choice, i, f->key)) {
                pt_schema_set(making, none, f->key, json_false());
            }
        }
        if (json_object_size(none) > 0) {
            pt_schema_append(making, rules,
                             when(making, choice, i, pt_schema_object(making, "properties", none)));
        } else {
            json_decref(none);
        }
    }
}

static json_t *rules_of(struct pt_schema_making *making, const struct pt_schema *table,
                        void (*add)(struct pt_schema_making *, const struct pt_schema *,
                                    const struct pt_field *, json_t *))
{
    json_t *rules = json_array();
    for (const struct pt_field *f = table->fields; f->key != NULL; f++) {
        if (f->choice_needs != NULL || f->choice_takes != NULL) {
            add(making, table, f, rules);
        }
    }
    return rules;
}

/* ------------------------------------------------------------------ tables */

static void set_rules(struct pt_schema_making *making, json_t *object, json_t *rules)
{
    if (json_array_size(rules) > 0) {
        pt_schema_set(making, object, "allOf", rules);
    } else {
        json_decref(rules);
    }
}

static void set_required(struct pt_schema_making *making, const struct pt_schema *table,
                         json_t *object, bool ids_only)
{
    json_t *required = json_array();
    for (const struct pt_field *f = table->fields; f->key != NULL; f++) {
        if ((f->flags & PT_FIELD_REQUIRED) && (!ids_only || f->kind == PT_KIND_ID)) {
            pt_schema_append(making, required, json_string(f->key));
        }
    }
    if (json_array_size(required) > 0) {
        pt_schema_set(making, object, "required", required);
    } else {
        json_decref(required);
    }
}

/* The keys of a table; a part of one may leave out what is required of the whole. */
static json_t *object_of(struct pt_schema_making *making, const struct pt_schema *table, bool part)
{
    json_t *object = pt_schema_object(making, "type", json_string("object"));
    json_t *properties = json_object();
    describe(making, object, table->doc);
    for (const struct pt_field *f = table->fields; f->key != NULL; f++) {
        json_t *value = json_object(), *what = pt_schema_value(making, f);
        describe(making, value, f->doc);
        making->failed |= json_object_update(value, what) != 0;
        json_decref(what);
        pt_schema_set(making, properties, f->key, value);
    }
    pt_schema_set(making, object, "properties", properties);
    pt_schema_set(making, object, "additionalProperties", json_false());
    set_required(making, table, object, part);
    json_t *rules = rules_of(making, table, add_refusals);
    if (!part) {
        json_t *needs = rules_of(making, table, add_needs);
        making->failed |= json_array_extend(rules, needs) != 0;
        json_decref(needs);
    }
    set_rules(making, object, rules);
    return object;
}

/* Gives a table its definition; its name, with a number where another table has that already. */
static const char *define(struct pt_schema_making *making, const struct pt_schema *table, bool part)
{
    size_t same = 0;
    for (size_t i = 0; i < making->n; i++) {
        if (making->tables[i].table == table) {
            return making->tables[i].name;
        }
        same += strcmp(making->tables[i].table->name, table->name) == 0;
    }
    making->failed |= making->n == PT_SCHEMA_TABLES;
    if (making->failed) {
        return "";
    }
    struct pt_schema_table *own = &making->tables[making->n++];
    own->table = table;
    snprintf(own->name, sizeof own->name, same > 0 ? "%s-%zu" : "%s", table->name, same + 1);
    pt_schema_set(making, making->definitions, own->name, object_of(making, table, part));
    return own->name;
}

json_t *pt_schema_reference(struct pt_schema_making *making, const struct pt_schema *table)
{
    char path[128];
    snprintf(path, sizeof path, "#/$defs/%s", define(making, table, false));
    return pt_schema_object(making, "$ref", json_string(path));
}

/* ------------------------------------------------------------------ changes of another file */

/* What a table asks for besides what a part of it does. */
static json_t *whole_of(struct pt_schema_making *making, const struct pt_schema *table)
{
    json_t *whole = json_object();
    set_required(making, table, whole, false);
    set_rules(making, whole, rules_of(making, table, add_needs));
    return whole;
}

/* The key of a file that changes another one; NULL: no file of this kind does. */
static const char *changes(const struct pt_schema *table)
{
    for (const struct pt_field *f = table->fields; f->key != NULL; f++) {
        if (f->flags & PT_FIELD_CHANGES) {
            return f->key;
        }
    }
    return NULL;
}

/* A file without that key is whole, and so are the items of its lists. */
static void set_partial(struct pt_schema_making *making, const struct pt_schema *table,
                        json_t *object)
{
    json_t *whole = whole_of(making, table), *lists = json_object();
    for (const struct pt_field *f = table->fields; f->key != NULL; f++) {
        if (f->kind == PT_KIND_LIST_OF) {
            json_t *items = pt_schema_object(making, "items", whole_of(making, f->table));
            pt_schema_set(making, lists, f->key, items);
        }
    }
    pt_schema_set(making, whole, "properties", lists);
    pt_schema_set(making, object, "if",
                  pt_schema_object(making, "not", requires(making, changes(table))));
    pt_schema_set(making, object, "then", whole);
}

/* ------------------------------------------------------------------ the file */

static json_t *file_of(struct pt_schema_making *making, const struct pt_schema *table,
                       const char *title)
{
    bool part = changes(table) != NULL;
    for (const struct pt_field *f = table->fields; part && f->key != NULL; f++) {
        if (f->kind == PT_KIND_LIST_OF) {
            define(making, f->table, true);
        }
    }
    json_t *object = object_of(making, table, part);
    json_t *file = pt_schema_object(making, "$schema", json_string(DRAFT));
    pt_schema_set(making, file, "title", json_string(title));
    making->failed |= json_object_update(file, object) != 0;
    json_decref(object);
    if (part) {
        set_partial(making, table, file);
    }
    pt_schema_set(making, file, "$defs", json_incref(making->definitions));
    return file;
}

void pt_schema_print(const struct pt_schema *table, const char *title,
                     const struct pt_language *language, struct pt_buffer *out)
{
    struct pt_schema_making making = { .language = language, .definitions = json_object() };
    json_t *file = file_of(&making, table, title);
    pt_json_add(out, file, JSON_INDENT(2));
    json_decref(making.definitions);
    pt_buffer_text(out, "\n");
    out->failed |= making.failed;
}
