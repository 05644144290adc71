/* SVG pictures as gnuplot writes them, made ready to stand in a page; private to output. */
#ifndef PT_OUTPUT_SVG_H
#define PT_OUTPUT_SVG_H

#include <paritet/output.h>

struct pt_svg_attribute {
    const char *name, *value; /* the value as it stands between its quotes, entities and all */
    size_t n_name, n_value;
    char quote;
};
struct pt_svg_node {
    const char *name; /* of an element; NULL: a text */
    size_t n_name;
    size_t n_attributes;
    struct pt_svg_attribute *attributes;
    const char *text; /* as it stands, entities and all */
    size_t n_text;
    struct pt_svg_node *first, *last, *next; /* children, and the next of the same parent */
    bool wanted;                             /* private to writing */
};

/* Reads a picture into a tree that points into its bytes; NULL with *broken: it is not well formed,
 * or holds what no picture of gnuplot does (a document type, elements more than 40 deep); NULL
 * without: out of memory. Comments, instructions, titles and descriptions are left out. */
struct pt_svg_node *pt_svg_read(const char *svg, size_t n, struct pt_arena *arena, bool *broken);

bool pt_svg_is(const struct pt_svg_node *node, const char *name);
const struct pt_svg_attribute *pt_svg_attribute(const struct pt_svg_node *node, const char *name);
bool pt_svg_equals(const char *bytes, size_t n, const char *text);

/* Writes the picture with what draws nothing left out, without any script, link to outside, class or
 * style sheet. prefix begins every id in it. The opening tag gets `attributes`, and `opening` (mark-up)
 * comes first inside. */
void pt_svg_write(struct pt_svg_node *svg, const char *prefix, const char *attributes,
                  const char *opening, struct pt_buffer *out);

#endif
