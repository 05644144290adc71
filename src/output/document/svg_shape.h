/* Outlines of shapes, as short as they can be said; private to output. */
#ifndef PT_OUTPUT_SVG_SHAPE_H
#define PT_OUTPUT_SVG_SHAPE_H

#include "output/document/svg.h"

/* Whether an attribute holds the outline of a path or a polygon. */
bool pt_svg_is_outline(const struct pt_svg_attribute *attribute);
/* Whether an outline names places on the canvas only, not steps or curves. */
bool pt_svg_is_absolute(const struct pt_svg_attribute *attribute);
/* Such an outline to a tenth of the canvas' unit, which no eye tells from more. */
void pt_svg_write_coordinates(const struct pt_svg_attribute *attribute, struct pt_buffer *out);

/* A path of moves and lines as steps, to the same tenth; false: it is none, and nothing is written. */
bool pt_svg_write_path(const struct pt_svg_attribute *path, struct pt_buffer *out);

/* gnuplot draws a circle as a polygon of a hundred sides. */
struct pt_svg_circle {
    double x, y, radius;
};
bool pt_svg_is_circle(const struct pt_svg_node *node, struct pt_svg_circle *circle);
void pt_svg_write_circle(const struct pt_svg_circle *circle, struct pt_buffer *out);

#endif
