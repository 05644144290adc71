#include "output/document/svg.h"

#include <string.h>

#define DEPTH_MOST 40

struct reading {
    const char *at, *end;
    struct pt_arena *arena;
    bool broken;
};

bool pt_svg_equals(const char *bytes, size_t n, const char *text)
{
    return strlen(text) == n && memcmp(bytes, text, n) == 0;
}

bool pt_svg_is(const struct pt_svg_node *node, const char *name)
{
    return node->name != NULL && pt_svg_equals(node->name, node->n_name, name);
}

const struct pt_svg_attribute *pt_svg_attribute(const struct pt_svg_node *node, const char *name)
{
    for (size_t i = 0; i < node->n_attributes; i++) {
        if (pt_svg_equals(node->attributes[i].name, node->attributes[i].n_name, name)) {
            return &node->attributes[i];
        }
    }
    return NULL;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static bool is_of_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == ':' || c == '.';
}

static void skip_blanks(struct reading *r)
{
    while (r->at < r->end && is_blank(*r->at)) {
        r->at++;
    }
}

static bool begins(const struct reading *r, const char *text)
{
    size_t n = strlen(text);
    return (size_t)(r->end - r->at) >= n && memcmp(r->at, text, n) == 0;
}

static bool skip_past(struct reading *r, const char *text)
{
    const char *found = memmem(r->at, (size_t)(r->end - r->at), text, strlen(text));
    if (found == NULL) {
        r->broken = true;
        return false;
    }
    r->at = found + strlen(text);
    return true;
}

static size_t read_name(struct reading *r, const char **name)
{
    *name = r->at;
    while (r->at < r->end && is_of_name(*r->at)) {
        r->at++;
    }
    size_t n = (size_t)(r->at - *name);
    r->broken |= n == 0;
    return n;
}

static bool read_attribute(struct reading *r, struct pt_svg_attribute *attribute)
{
    attribute->n_name = read_name(r, &attribute->name);
    skip_blanks(r);
    if (r->broken || r->at >= r->end || *r->at++ != '=') {
        return false;
    }
    skip_blanks(r);
    if (r->at >= r->end || (*r->at != '"' && *r->at != '\'')) {
        return false;
    }
    attribute->quote = *r->at++;
    attribute->value = r->at;
    const char *close = memchr(r->at, attribute->quote, (size_t)(r->end - r->at));
    if (close == NULL || memchr(r->at, '<', (size_t)(close - r->at)) != NULL) {
        return false;
    }
    attribute->n_value = (size_t)(close - r->at);
    r->at = close + 1;
    return true;
}

#define ATTRIBUTES_MOST 32

/* After the name, up to and with the end of the tag. */
static bool read_attributes(struct reading *r, struct pt_svg_node *node, bool *closed)
{
    struct pt_svg_attribute found[ATTRIBUTES_MOST];
    size_t n = 0;
    for (skip_blanks(r); r->at < r->end && *r->at != '>' && *r->at != '/'; skip_blanks(r)) {
        if (n == ATTRIBUTES_MOST || !read_attribute(r, &found[n])) {
            r->broken = true;
            return false;
        }
        n++;
    }
    *closed = begins(r, "/>");
    if (!*closed && !begins(r, ">")) {
        r->broken = true;
        return false;
    }
    r->at += *closed ? 2 : 1;
    node->n_attributes = n;
    node->attributes = PT_NEW(r->arena, struct pt_svg_attribute, n + 1);
    if (node->attributes == NULL) {
        return false;
    }
    memcpy(node->attributes, found, n * sizeof *found);
    return true;
}

static void append(struct pt_svg_node *parent, struct pt_svg_node *child)
{
    if (parent->last != NULL) {
        parent->last->next = child;
    } else {
        parent->first = child;
    }
    parent->last = child;
}

static bool is_left_out(const struct pt_svg_node *node)
{
    return pt_svg_is(node, "title") || pt_svg_is(node, "desc") || pt_svg_is(node, "metadata");
}

static struct pt_svg_node *read_element(struct reading *r, size_t depth);

/* Blanks between elements say nothing, those inside a text do. */
static bool read_text(struct reading *r, struct pt_svg_node *parent)
{
    const char *start = r->at, *open = memchr(r->at, '<', (size_t)(r->end - r->at));
    if (open == NULL) {
        r->broken = true;
        return false;
    }
    r->at = open;
    bool kept = pt_svg_is(parent, "text") || pt_svg_is(parent, "tspan");
    if (!kept || open == start) {
        return true;
    }
    struct pt_svg_node *text = PT_NEW(r->arena, struct pt_svg_node, 1);
    if (text == NULL) {
        return false;
    }
    text->text = start;
    text->n_text = (size_t)(open - start);
    append(parent, text);
    return true;
}

/* Children up to and with the closing tag. */
static bool read_children(struct reading *r, struct pt_svg_node *node, size_t depth)
{
    while (read_text(r, node)) {
        if (begins(r, "</")) {
            const char *name;
            r->at += 2;
            size_t n = read_name(r, &name);
            skip_blanks(r);
            r->broken |= n != node->n_name || memcmp(name, node->name, n) != 0 || !begins(r, ">");
            r->at += !r->broken;
            return !r->broken;
        }
        if (begins(r, "<!--")) {
            if (!skip_past(r, "-->")) {
                return false;
            }
            continue;
        }
        struct pt_svg_node *child = read_element(r, depth + 1);
        if (child == NULL) {
            return false;
        }
        if (!is_left_out(child)) {
            append(node, child);
        }
    }
    return false;
}

static struct pt_svg_node *read_element(struct reading *r, size_t depth)
{
    struct pt_svg_node *node = PT_NEW(r->arena, struct pt_svg_node, 1);
    bool closed = false;
    if (node == NULL) {
        return NULL;
    }
    if (depth > DEPTH_MOST || !begins(r, "<")) {
        r->broken = true;
        return NULL;
    }
    r->at++;
    node->n_name = read_name(r, &node->name);
    if (r->broken || !read_attributes(r, node, &closed) ||
        (!closed && !read_children(r, node, depth))) {
        return NULL;
    }
    return node;
}

struct pt_svg_node *pt_svg_read(const char *svg, size_t n, struct pt_arena *arena, bool *broken)
{
    struct reading r = { .at = svg, .end = svg + n, .arena = arena };
    struct pt_svg_node *node = NULL;
    for (skip_blanks(&r); begins(&r, "<?") || begins(&r, "<!--"); skip_blanks(&r)) {
        if (!skip_past(&r, begins(&r, "<?") ? "?>" : "-->")) {
            break;
        }
    }
    if (!r.broken) {
        node = read_element(&r, 0);
    }
    if (node != NULL && !pt_svg_is(node, "svg")) {
        r.broken = true;
        node = NULL;
    }
    *broken = r.broken;
    return node;
}
