/* Nodes are built from libyaml's events and not from its documents: a document dissolves an alias
 * into a second pointer to the same node, without its place and possibly in a circle. */
#include <paritet/input.h>
#include <stdlib.h>
#include <string.h>

#include "input/decode.h"
#include "input/node.h"
#include "input/yaml_events.h"

/* What an event carries that these files do not have. */
static void refuse_extras(struct pt_yaml_building *b, const yaml_char_t *anchor,
                          const yaml_char_t *tag)
{
    struct pt_spot spot = pt_yaml_spot(b, b->event.start_mark, b->event.start_mark);
    if (anchor != NULL) {
        pt_spot_report(b->list, PT_ERROR, &spot,
                       "anchors and aliases (&, *) are not read here; write the value out, or put "
                       "the text in quotes");
    }
    if (tag != NULL) {
        pt_spot_report(b->list, PT_ERROR, &spot,
                       "tags (!) are not read here; leave it out, or put the text in quotes");
    }
}

/* ------------------------------------------------------------------ nodes */

static struct pt_node *build(struct pt_yaml_building *b, unsigned depth);

static struct pt_node *node_new(struct pt_yaml_building *b, enum pt_node_kind kind)
{
    struct pt_node *node = PT_NEW(b->arena, struct pt_node, 1);
    if (node == NULL) {
        b->no_memory = b->broken = true;
        return NULL;
    }
    node->kind = kind;
    node->offset = pt_yaml_offset(b, b->event.start_mark);
    yaml_mark_t to = kind == PT_NODE_SCALAR ? b->event.end_mark : b->event.start_mark;
    node->spot = pt_yaml_spot(b, b->event.start_mark, to);
    return node;
}

/* An escape such as "\x1b" can write what decode.c does not let into the file itself. Line ends are
 * left to those who take the text. */
static void refuse_escapes(struct pt_yaml_building *b, struct pt_node *node)
{
    uint32_t code = 0;
    for (size_t i = 0; i < node->length && !node->broken;) {
        i += pt_utf8_next(node->text + i, node->length - i, &code);
        node->broken = code != '\n' && pt_utf8_steers(code);
    }
    if (node->broken) {
        pt_spot_report(b->list, PT_ERROR, &node->spot,
                       "an escape in here stands for U+%04x, which is no text; take it out",
                       (unsigned)code);
    }
}

static struct pt_node *build_scalar(struct pt_yaml_building *b)
{
    struct pt_node *node = node_new(b, PT_NODE_SCALAR);
    if (node == NULL) {
        return NULL;
    }
    refuse_extras(b, b->event.data.scalar.anchor, b->event.data.scalar.tag);
    node->quoted = b->event.data.scalar.style != YAML_PLAIN_SCALAR_STYLE;
    node->length = b->event.data.scalar.length;
    node->text = pt_arena_copy(b->arena, (const char *)b->event.data.scalar.value, node->length);
    if (node->text == NULL) {
        b->no_memory = b->broken = true;
        return NULL;
    }
    refuse_escapes(b, node);
    return node;
}

static struct pt_node *build_list(struct pt_yaml_building *b, unsigned depth)
{
    struct pt_node *list = node_new(b, PT_NODE_LIST);
    if (list == NULL) {
        return NULL;
    }
    refuse_extras(b, b->event.data.sequence_start.anchor, b->event.data.sequence_start.tag);
    bool flow = b->event.data.sequence_start.style == YAML_FLOW_SEQUENCE_STYLE;
    struct pt_node **end = &list->first;
    while (pt_yaml_next(b) && b->event.type != YAML_SEQUENCE_END_EVENT) {
        struct pt_node *item = build(b, depth + 1);
        if (item == NULL) {
            return NULL;
        }
        if (flow && list->n > 0 && pt_node_touching(item, b->list)) {
            list->broken = true;
        }
        *end = item;
        end = &item->next;
        if (list->n++ == PT_YAML_ITEMS_MOST) {
            pt_spot_report(b->list, PT_ERROR, &item->spot,
                           "more than %d items in one list; leave some out, or make several files",
                           PT_YAML_ITEMS_MOST);
            b->broken = true;
        }
    }
    return b->broken ? NULL : list;
}

static const struct pt_node *value_of(const struct pt_node *mapping, const struct pt_node *key)
{
    for (const struct pt_node *v = mapping->first; v != NULL; v = v->next) {
        if (v->key->length == key->length && memcmp(v->key->text, key->text, key->length) == 0) {
            return v;
        }
    }
    return NULL;
}

/* Whether a key may enter its mapping. */
static bool key_is_good(struct pt_yaml_building *b, const struct pt_node *mapping,
                        const struct pt_node *key)
{
    if (key->kind != PT_NODE_SCALAR) {
        pt_spot_report(b->list, PT_ERROR, &key->spot,
                       "a list or mapping cannot be a key; put a text with a colon in quotes");
        return false;
    }
    if (key->broken) {
        return false;
    }
    if (strchr(key->text, '\n') != NULL) {
        pt_spot_report(b->list, PT_ERROR, &key->spot, "a key stands on one line");
        return false;
    }
    if (strcmp(key->text, "<<") == 0 && !key->quoted) {
        pt_spot_report(b->list, PT_ERROR, &key->spot,
                       "merge keys (<<) are not read here; write the keys out");
        return false;
    }
    if (mapping->n >= PT_YAML_KEYS_MOST) {
        pt_spot_report(b->list, PT_ERROR, &key->spot,
                       "more than %d keys in one mapping; is something not indented far enough?",
                       PT_YAML_KEYS_MOST);
        b->broken = true;
        return false;
    }
    const struct pt_node *earlier = value_of(mapping, key);
    if (earlier != NULL) {
        pt_spot_report(b->list, PT_ERROR, &key->spot,
                       "key '%s' is already on line %zu; keep one of the two", key->text,
                       earlier->key->spot.line);
        return false;
    }
    return true;
}

static struct pt_node *build_mapping(struct pt_yaml_building *b, unsigned depth)
{
    struct pt_node *mapping = node_new(b, PT_NODE_MAPPING);
    if (mapping == NULL) {
        return NULL;
    }
    refuse_extras(b, b->event.data.mapping_start.anchor, b->event.data.mapping_start.tag);
    bool flow = b->event.data.mapping_start.style == YAML_FLOW_MAPPING_STYLE;
    struct pt_node **end = &mapping->first, *last = NULL;
    while (pt_yaml_next(b) && b->event.type != YAML_MAPPING_END_EVENT) {
        struct pt_node *key = build(b, depth + 1);
        struct pt_node *value = key != NULL && pt_yaml_next(b) ? build(b, depth + 1) : NULL;
        if (value == NULL) {
            return NULL;
        }
        if (flow && last != NULL && pt_node_touching(key, b->list) && pt_node_empty(value)) {
            last->broken = true; /* the rest of a number, not a key */
            continue;
        }
        if (!key_is_good(b, mapping, key)) {
            mapping->broken = true;
            continue;
        }
        value->key = key;
        *end = last = value;
        end = &value->next;
        mapping->n++;
    }
    return b->broken ? NULL : mapping;
}

static struct pt_node *build(struct pt_yaml_building *b, unsigned depth)
{
    struct pt_spot spot = pt_yaml_spot(b, b->event.start_mark, b->event.start_mark);
    if (++b->n_nodes > PT_YAML_NODES_MOST) {
        pt_spot_report(b->list, PT_ERROR, &spot,
                       "more than %d keys and values in one file; make several files",
                       PT_YAML_NODES_MOST);
        b->broken = true;
        return NULL;
    }
    if (depth > PT_YAML_DEPTH_MOST) {
        pt_spot_report(b->list, PT_ERROR, &spot, "nested more than %d deep; is a bracket missing?",
                       PT_YAML_DEPTH_MOST);
        b->broken = true;
        return NULL;
    }
    switch (b->event.type) {
    case YAML_SCALAR_EVENT:
        return build_scalar(b);
    case YAML_SEQUENCE_START_EVENT:
        return build_list(b, depth);
    case YAML_MAPPING_START_EVENT:
        return build_mapping(b, depth);
    default: { /* an alias */
        refuse_extras(b, b->event.data.alias.anchor, NULL);
        struct pt_node *node = node_new(b, PT_NODE_SCALAR);
        if (node != NULL) {
            node->text = "";
            node->broken = true;
        }
        return node;
    }
    }
}

/* ------------------------------------------------------------------ the document */

/* libyaml compares each of them to all before it, which takes hours where they fill a file. */
static bool refuse_directives(struct pt_yaml_building *b)
{
    for (size_t i = 0; i < b->n_lines; i++) {
        if (strncmp(b->source->text + b->lines[i], "%TAG", 4) == 0) {
            struct pt_spot spot = pt_spot_make(b->source, b->lines[i], i + 1, b->lines[i], 4);
            pt_spot_report(b->list, PT_ERROR, &spot,
                           "'%%TAG' is not read here; leave the line out");
            return true;
        }
    }
    return false;
}

/* Tabs in the indentation are an error to libyaml too, but not one that it can explain, and
 * elsewhere they make columns that no two editors agree on. */
static bool refuse_tabs(struct pt_yaml_building *b)
{
    bool found = false;
    for (size_t i = 0; i < b->n_lines; i++) {
        size_t from = b->lines[i];
        size_t to = i + 1 < b->n_lines ? b->lines[i + 1] : b->source->length;
        const char *tab = memchr(b->source->text + from, '\t', to - from);
        if (tab != NULL) {
            struct pt_spot spot =
                pt_spot_make(b->source, from, i + 1, (size_t)(tab - b->source->text), 1);
            pt_spot_report(b->list, PT_ERROR, &spot, "a tab; write spaces instead");
            found = true;
        }
    }
    return found;
}

static struct pt_node *build_document(struct pt_yaml_building *b)
{
    struct pt_node *root = NULL;
    while (pt_yaml_next(b) && b->event.type != YAML_STREAM_END_EVENT) {
        if (b->event.type != YAML_DOCUMENT_START_EVENT) {
            continue; /* the start of the stream */
        }
        if (root != NULL) {
            struct pt_spot spot = pt_yaml_spot(b, b->event.start_mark, b->event.end_mark);
            pt_spot_report(b->list, PT_ERROR, &spot,
                           "a second document starts here; put it into a file of its own");
            root->broken = true; /* half a file misses things */
            return root;
        }
        root = pt_yaml_next(b) ? build(b, 0) : NULL;
        if (root == NULL || !pt_yaml_next(b)) { /* the end of the document */
            return NULL;
        }
    }
    return b->broken ? NULL : root;
}

enum pt_status pt_yaml_read(const struct pt_source *source, struct pt_arena *arena,
                            struct pt_node **root, struct pt_diagnostics *list,
                            struct pt_error *err)
{
    struct pt_yaml_building b = { .source = source, .arena = arena, .list = list };
    struct pt_node *made = NULL;
    enum pt_status status = PT_OK;
    if (!pt_yaml_index_lines(&b) || !yaml_parser_initialize(&b.parser)) {
        free(b.lines);
        return PT_RAISE_NOMEM(err);
    }
    if (!pt_source_refuse_unseen(source, list) && !refuse_tabs(&b) && !refuse_directives(&b)) {
        yaml_parser_set_encoding(&b.parser, YAML_UTF8_ENCODING);
        yaml_parser_set_input_string(&b.parser, (const unsigned char *)source->text,
                                     source->length);
        made = build_document(&b);
        if (made == NULL && !b.broken) {
            struct pt_place place = { source->path, 0, 0, 0 };
            pt_diagnose(list, PT_ERROR, place, NULL, "'%s' is empty; it needs at least a title",
                        source->path);
        }
    }
    if (b.no_memory) {
        status = PT_RAISE_NOMEM(err);
    } else if (made == NULL) {
        status = PT_RAISE(err, PT_EDATA, "'%s' has errors", source->path);
    } else {
        *root = made;
    }
    if (b.has_event) {
        yaml_event_delete(&b.event);
    }
    yaml_parser_delete(&b.parser);
    free(b.lines);
    return status;
}
