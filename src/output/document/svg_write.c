#include "output/document/svg.h"

#include <stdio.h>
#include <string.h>

#include "output/document/svg_shape.h"

struct writing {
    const struct pt_svg_node *root;
    const char *prefix;
    struct pt_buffer *out;
};

/* ------------------------------------------------------------------ what is left out */

/* What draws, or holds what draws. */
static bool is_known(const struct pt_svg_node *node)
{
    static const char *const names[] = {
        "svg",    "g",       "defs",     "use",     "path",        "rect",           "circle",
        "line",   "ellipse", "polyline", "polygon", "text",        "tspan",          "pattern",
        "filter", "feFlood", "clipPath", "marker",  "feComposite", "linearGradient", "stop",
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (pt_svg_is(node, names[i])) {
            return true;
        }
    }
    return false;
}

/* A path that only moves. */
static bool is_bare_move(const struct pt_svg_node *node)
{
    const struct pt_svg_attribute *d = pt_svg_is(node, "path") ? pt_svg_attribute(node, "d") : NULL;
    for (size_t i = 0; d != NULL && i < d->n_value; i++) {
        if (strchr("MLHVCSQTAZmlhvcsqtaz", d->value[i]) != NULL && d->value[i] != 'M') {
            return false;
        }
    }
    return d != NULL;
}

static bool is_holder(const struct pt_svg_node *node)
{
    return pt_svg_is(node, "g") || pt_svg_is(node, "defs");
}

/* Marks what is wanted below and with a node, and says whether that is anything; of definitions
 * nothing as yet. */
static bool mark_drawn(struct pt_svg_node *node)
{
    if (node->name == NULL) {
        return node->wanted = true;
    }
    bool any = false;
    for (struct pt_svg_node *child = node->first; child != NULL; child = child->next) {
        any |= !pt_svg_is(child, "defs") && mark_drawn(child);
    }
    return node->wanted = is_known(node) && !is_bare_move(node) && (any || !is_holder(node));
}

static void mark_all(struct pt_svg_node *node)
{
    node->wanted = node->name == NULL || is_known(node);
    for (struct pt_svg_node *child = node->first; child != NULL; child = child->next) {
        mark_all(child);
    }
}

/* The id that a value points to: "#a" or "url(#a)". */
static const char *target_of(const struct pt_svg_attribute *attribute, size_t *n)
{
    const char *value = attribute->value, *end = value + attribute->n_value;
    if (attribute->n_value > 1 && value[0] == '#' && attribute->n_name >= 4 &&
        memcmp(attribute->name + attribute->n_name - 4, "href", 4) == 0) {
        *n = attribute->n_value - 1;
        return value + 1;
    }
    if (attribute->n_value > 6 && memcmp(value, "url(#", 5) == 0 && end[-1] == ')') {
        *n = attribute->n_value - 6;
        return value + 5;
    }
    return NULL;
}

/* Whether anything wanted below a node points to an id. */
static bool points_to(const struct pt_svg_node *node, const struct pt_svg_attribute *id)
{
    if (!node->wanted) {
        return false;
    }
    for (size_t i = 0; i < node->n_attributes; i++) {
        size_t n;
        const char *target = target_of(&node->attributes[i], &n);
        if (target != NULL && n == id->n_value && memcmp(target, id->value, n) == 0) {
            return true;
        }
    }
    for (const struct pt_svg_node *child = node->first; child != NULL; child = child->next) {
        if (points_to(child, id)) {
            return true;
        }
    }
    return false;
}

/* Definitions that are used by what is drawn, or by such definitions. True: one more was marked. */
static bool mark_used(const struct pt_svg_node *root, struct pt_svg_node *node)
{
    bool more = false;
    for (struct pt_svg_node *child = node->first; child != NULL; child = child->next) {
        if (!pt_svg_is(node, "defs")) {
            more |= mark_used(root, child);
            continue;
        }
        const struct pt_svg_attribute *id = pt_svg_attribute(child, "id");
        if (id != NULL && !child->wanted && is_known(child) && points_to(root, id)) {
            mark_all(child);
            node->wanted = more = true;
        }
    }
    return more;
}

/* ------------------------------------------------------------------ attributes */

static bool is_default(const struct pt_svg_attribute *attribute)
{
    return (pt_svg_equals(attribute->name, attribute->n_name, "stroke-linecap") &&
            pt_svg_equals(attribute->value, attribute->n_value, "butt")) ||
           (pt_svg_equals(attribute->name, attribute->n_name, "stroke-linejoin") &&
            pt_svg_equals(attribute->value, attribute->n_value, "miter"));
}

/* What a page has no use for, or must not take from a file: handlers of events, names of classes,
 * the letters, which are those of the page. */
static bool is_unwanted(const struct pt_svg_attribute *attribute)
{
    static const char *const names[] = { "class", "style", "font-family", "xml:space" };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        if (pt_svg_equals(attribute->name, attribute->n_name, names[i])) {
            return true;
        }
    }
    return memcmp(attribute->name, "on", attribute->n_name < 2 ? 1 : 2) == 0 ||
           memmem(attribute->name, attribute->n_name, "xmlns", 5) != NULL;
}

/* "rgb( 86, 180, 233)" as "#56b4e9". */
static bool write_colour(const struct pt_svg_attribute *attribute, struct pt_buffer *out)
{
    unsigned red, green, blue;
    char text[32];
    if (attribute->n_value < 10 || attribute->n_value >= sizeof text ||
        memcmp(attribute->value, "rgb(", 4) != 0) {
        return false;
    }
    memcpy(text, attribute->value, attribute->n_value);
    text[attribute->n_value] = '\0';
    // NOLINTNEXTLINE(cert-err34-c): three digits cannot overflow, and how many were read is asked
    if (sscanf(text, "rgb(%3u ,%3u ,%3u )", &red, &green, &blue) != 3 || red > 255 || green > 255 ||
        blue > 255) {
        return false;
    }
    pt_buffer_printf(out, "#%02x%02x%02x", red, green, blue);
    return true;
}

static void write_value(const struct writing *w, const struct pt_svg_attribute *attribute,
                        bool defined)
{
    const char *quote = attribute->quote == '"' ? "\"" : "'";
    size_t n;
    const char *target = target_of(attribute, &n);
    pt_buffer_text(w->out, quote);
    if (target != NULL) {
        bool url = *attribute->value == 'u';
        pt_buffer_printf(w->out, "%s#%s%.*s%s", url ? "url(" : "", w->prefix, (int)n, target,
                         url ? ")" : "");
    } else if (pt_svg_is_outline(attribute) && !defined && pt_svg_is_absolute(attribute)) {
        if (!pt_svg_write_path(attribute, w->out)) {
            pt_svg_write_coordinates(attribute, w->out);
        }
    } else if (!write_colour(attribute, w->out)) {
        pt_buffer_add(w->out, attribute->value, attribute->n_value);
    }
    pt_buffer_text(w->out, quote);
}

static void write_attribute(const struct writing *w, const struct pt_svg_attribute *attribute,
                            bool defined, bool plain)
{
    size_t n;
    bool href =
        attribute->n_name >= 4 && memcmp(attribute->name + attribute->n_name - 4, "href", 4) == 0;
    bool id = pt_svg_equals(attribute->name, attribute->n_name, "id");
    if (is_unwanted(attribute) || (plain && is_default(attribute)) ||
        (href && target_of(attribute, &n) == NULL) || (id && !points_to(w->root, attribute))) {
        return;
    }
    pt_buffer_text(w->out, " ");
    if (href) {
        pt_buffer_text(w->out, "href");
    } else {
        pt_buffer_add(w->out, attribute->name, attribute->n_name);
    }
    pt_buffer_text(w->out, "=");
    if (id) {
        pt_buffer_printf(w->out, "\"%s%.*s\"", w->prefix, (int)attribute->n_value,
                         attribute->value);
    } else {
        write_value(w, attribute, defined);
    }
}

/* ------------------------------------------------------------------ elements */

/* Whether an element sets a default to something else for those in it. */
static bool is_plain(const struct pt_svg_node *node)
{
    for (size_t i = 0; i < node->n_attributes; i++) {
        const struct pt_svg_attribute *attribute = &node->attributes[i];
        bool line = attribute->n_name > 11 && memcmp(attribute->name, "stroke-line", 11) == 0;
        if (line && !is_default(attribute)) {
            return false;
        }
    }
    return true;
}

static void write_children(const struct writing *w, const struct pt_svg_node *node, bool defined,
                           bool plain);

/* Where an element stands. */
struct place {
    bool defined;       /* in a definition */
    bool plain;         /* no ancestor sets a default to something else */
    bool joined, joins; /* it goes on with the group before, or the one after with it */
};

/* How gnuplot opens every group of lines; page.css has it as class "l". */
static const char *const line_style[][2] = {
    { "fill", "none" },
    { "color", "black" },
    { "stroke", "currentColor" },
};
#define N_LINE_STYLE (sizeof line_style / sizeof *line_style)

static bool is_of_line_style(const struct pt_svg_attribute *attribute)
{
    for (size_t i = 0; i < N_LINE_STYLE; i++) {
        if (pt_svg_equals(attribute->name, attribute->n_name, line_style[i][0])) {
            return pt_svg_equals(attribute->value, attribute->n_value, line_style[i][1]);
        }
    }
    return false;
}

static bool has_line_style(const struct pt_svg_node *node)
{
    size_t n = 0;
    for (size_t i = 0; i < node->n_attributes; i++) {
        n += is_of_line_style(&node->attributes[i]);
    }
    return pt_svg_is(node, "g") && n == N_LINE_STYLE;
}

static void write_opening(const struct writing *w, const struct pt_svg_node *node,
                          struct place place)
{
    struct pt_svg_circle circle;
    bool round = !place.defined && pt_svg_is_circle(node, &circle);
    pt_buffer_text(w->out, "<");
    if (round) {
        pt_buffer_text(w->out, "circle");
        pt_svg_write_circle(&circle, w->out);
    } else {
        pt_buffer_add(w->out, node->name, node->n_name);
    }
    bool lines = has_line_style(node);
    pt_buffer_text(w->out, lines ? " class=l" : "");
    for (size_t i = 0; i < node->n_attributes; i++) {
        const struct pt_svg_attribute *attribute = &node->attributes[i];
        if (!(round && pt_svg_is_outline(attribute)) && !(lines && is_of_line_style(attribute))) {
            write_attribute(w, attribute, place.defined, place.plain);
        }
    }
    pt_buffer_text(w->out, node->first == NULL ? "/>" : ">");
}

static void write_node(const struct writing *w, const struct pt_svg_node *node, struct place place)
{
    if (node->name == NULL) {
        pt_buffer_add(w->out, node->text, node->n_text);
        return;
    }
    if (!place.joined) {
        write_opening(w, node, place);
    }
    if (node->first == NULL) {
        return;
    }
    write_children(w, node, place.defined, place.plain && is_plain(node));
    if (!place.joins) {
        pt_buffer_text(w->out, "</");
        pt_buffer_add(w->out, node->name, node->n_name);
        pt_buffer_text(w->out, ">");
    }
}

static bool is_same(const struct pt_svg_attribute *a, const struct pt_svg_attribute *b)
{
    return a->n_name == b->n_name && memcmp(a->name, b->name, a->n_name) == 0 &&
           a->n_value == b->n_value && memcmp(a->value, b->value, a->n_value) == 0;
}

/* Whether two groups that follow each other can be one. */
static bool are_alike(const struct pt_svg_node *a, const struct pt_svg_node *b)
{
    bool alike = pt_svg_is(a, "g") && pt_svg_is(b, "g") && a->n_attributes == b->n_attributes;
    for (size_t i = 0; alike && i < a->n_attributes; i++) {
        alike = is_same(&a->attributes[i], &b->attributes[i]);
    }
    return alike;
}

static const struct pt_svg_node *next_wanted(const struct pt_svg_node *node)
{
    while (node != NULL && !node->wanted) {
        node = node->next;
    }
    return node;
}

static void write_children(const struct writing *w, const struct pt_svg_node *node, bool defined,
                           bool plain)
{
    const struct pt_svg_node *before = NULL, *child = next_wanted(node->first);
    for (; child != NULL; before = child, child = next_wanted(child->next)) {
        const struct pt_svg_node *after = next_wanted(child->next);
        bool joined = before != NULL && are_alike(before, child);
        bool joins = after != NULL && are_alike(child, after);
        write_node(w, child,
                   (struct place){ defined || pt_svg_is(node, "defs"), plain, joined, joins });
    }
}

void pt_svg_write(struct pt_svg_node *svg, const char *prefix, const char *attributes,
                  const char *opening, struct pt_buffer *out)
{
    const struct writing w = { svg, prefix, out };
    mark_drawn(svg);
    svg->wanted = true;
    while (mark_used(svg, svg)) {
    }
    const struct pt_svg_attribute *box = pt_svg_attribute(svg, "viewBox");
    pt_buffer_text(out, "<svg");
    if (box != NULL) {
        write_attribute(&w, box, false, false);
    }
    pt_buffer_printf(out, " %s>%s", attributes, opening);
    write_children(&w, svg, false, true);
    pt_buffer_text(out, "</svg>");
}
