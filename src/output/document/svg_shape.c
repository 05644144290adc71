#include "output/document/svg_shape.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool pt_svg_is_outline(const struct pt_svg_attribute *attribute)
{
    return pt_svg_equals(attribute->name, attribute->n_name, "d") ||
           pt_svg_equals(attribute->name, attribute->n_name, "points");
}

bool pt_svg_is_absolute(const struct pt_svg_attribute *attribute)
{
    for (size_t i = 0; i < attribute->n_value; i++) {
        char c = attribute->value[i];
        if (c == '\0' || strchr("MLZz-0123456789., \n\t\r", c) == NULL) {
            return false;
        }
    }
    return true;
}

/* The number at text, of at most n bytes; its length, 0: there is none. */
static size_t read_number(const char *text, size_t n, double *value)
{
    size_t digits = 0;
    while (digits < n && text[digits] != '\0' && strchr("-0123456789.", text[digits]) != NULL) {
        digits++;
    }
    return digits > 0 && pt_number_parse(text, digits, '.', value, NULL) ? digits : 0;
}

static void write_tenths(double value, struct pt_buffer *out)
{
    char number[PT_NUMBER_MAX];
    pt_buffer_text(out, pt_number_short(number, round(value * 10) / 10, 6, '.'));
}

void pt_svg_write_coordinates(const struct pt_svg_attribute *attribute, struct pt_buffer *out)
{
    const char *text = attribute->value, *end = text + attribute->n_value;
    while (text < end) {
        double value;
        size_t digits = read_number(text, (size_t)(end - text), &value);
        if (digits > 0) {
            write_tenths(value, out);
            text += digits;
            continue;
        }
        bool blank = strchr(" \n\t\r", *text) != NULL;
        bool more = blank && (text + 1 == end || strchr(" \n\t\r", text[1]) != NULL);
        pt_buffer_add(out, blank ? " " : text, more ? 0 : 1);
        text++;
    }
}

/* ------------------------------------------------------------------ paths */

/* A path in tenths of the canvas' unit; the step that is not yet written may grow longer. */
struct pen {
    struct pt_buffer *out; /* NULL: nothing is written */
    long at[2], start[2], step[2];
    bool stepping, after_step;
};

static void write_tenth(struct pt_buffer *out, long tenths)
{
    ldiv_t parts = ldiv(labs(tenths), 10);

    pt_buffer_text(out, tenths < 0 ? "-" : "");
    if (parts.quot != 0 || parts.rem == 0) {
        pt_buffer_printf(out, "%ld", parts.quot);
    }
    if (parts.rem != 0) {
        pt_buffer_printf(out, ".%ld", parts.rem);
    }
}

static void finish_step(struct pen *pen)
{
    if (pen->stepping && pen->out != NULL) {
        pt_buffer_text(pen->out, !pen->after_step ? "l" : pen->step[0] < 0 ? "" : " ");
        write_tenth(pen->out, pen->step[0]);
        pt_buffer_text(pen->out, pen->step[1] < 0 ? "" : ",");
        write_tenth(pen->out, pen->step[1]);
    }
    pen->after_step |= pen->stepping;
    pen->stepping = false;
}

static void move_to(struct pen *pen, const long to[2])
{
    finish_step(pen);
    if (pen->out != NULL) {
        pt_buffer_text(pen->out, "M");
        write_tenth(pen->out, to[0]);
        pt_buffer_text(pen->out, ",");
        write_tenth(pen->out, to[1]);
    }
    pen->after_step = false;
    memcpy(pen->at, to, sizeof pen->at);
    memcpy(pen->start, to, sizeof pen->start);
}

/* Steps in exactly one direction are one step. */
static void line_to(struct pen *pen, const long to[2])
{
    long step[2] = { to[0] - pen->at[0], to[1] - pen->at[1] };
    long turn = pen->step[0] * step[1] - pen->step[1] * step[0];
    long along = pen->step[0] * step[0] + pen->step[1] * step[1];

    if (pen->stepping && turn == 0 && (along > 0 || (step[0] == 0 && step[1] == 0))) {
        pen->step[0] += step[0];
        pen->step[1] += step[1];
    } else {
        finish_step(pen);
        memcpy(pen->step, step, sizeof pen->step);
        pen->stepping = true;
    }
    memcpy(pen->at, to, sizeof pen->at);
}

static void close_path(struct pen *pen)
{
    finish_step(pen);
    if (pen->out != NULL) {
        pt_buffer_text(pen->out, "z");
    }
    pen->after_step = false;
    memcpy(pen->at, pen->start, sizeof pen->at);
}

static const char *skip_between(const char *text, const char *end)
{
    while (text < end && *text != '\0' && strchr(" \n\t\r,", *text) != NULL) {
        text++;
    }
    return text;
}

#define FARTHEST 1e5 /* from the origin of the canvas */

/* NULL: there is no place at text. */
static const char *read_place(const char *text, const char *end, long place[2])
{
    for (size_t k = 0; k < 2; k++) {
        double value;
        text = skip_between(text, end);
        size_t digits = read_number(text, (size_t)(end - text), &value);
        if (digits == 0 || !(fabs(value) < FARTHEST)) {
            return NULL;
        }
        place[k] = lround(value * 10);
        text += digits;
    }
    return text;
}

/* False: it is no path of moves and lines. */
static bool walk(const struct pt_svg_attribute *path, struct pt_buffer *out)
{
    const char *text = path->value, *end = text + path->n_value;
    struct pen pen = { .out = out };
    char command = '\0';

    while ((text = skip_between(text, end)) < end) {
        long place[2];
        if (strchr("MLZz", *text) != NULL) {
            command = *text++;
            if (command == 'Z' || command == 'z') {
                close_path(&pen);
                continue;
            }
        }
        text = command == 'M' || command == 'L' ? read_place(text, end, place) : NULL;
        if (text == NULL) {
            return false;
        }
        if (command == 'M') {
            move_to(&pen, place);
            command = 'L';
        } else {
            line_to(&pen, place);
        }
    }
    finish_step(&pen);
    return true;
}

bool pt_svg_write_path(const struct pt_svg_attribute *path, struct pt_buffer *out)
{
    if (!pt_svg_equals(path->name, path->n_name, "d") || !walk(path, NULL)) {
        return false;
    }
    return walk(path, out);
}

/* ------------------------------------------------------------------ circles */

#define CORNERS_LEAST 24
#define CORNERS_MOST  1024
#define ROUND         0.1 /* of a unit of the canvas, between the corners' distances */
#define SECTORS       12

/* The corners of one closed outline; 0: too few or too many, or several pieces. */
static size_t read_corners(const struct pt_svg_attribute *outline, double (*corners)[2])
{
    const char *text = outline->value, *end = text + outline->n_value;
    size_t n = 0, moves = 0;
    while (text < end && n < 2 * CORNERS_MOST) {
        double value;
        size_t digits = read_number(text, (size_t)(end - text), &value);
        if (digits > 0) {
            corners[n / 2][n % 2] = value;
            n++;
        }
        moves += *text == 'M';
        text += digits > 0 ? digits : 1;
    }
    return moves <= 1 && n % 2 == 0 && n < 2 * CORNERS_MOST && n >= 2 * CORNERS_LEAST ? n / 2 : 0;
}

/* Whether corners lie all around a middle at one distance. */
static bool lie_around(double (*corners)[2], size_t n, struct pt_svg_circle *circle)
{
    bool seen[SECTORS] = { false };
    double near = INFINITY, far = 0;
    for (size_t i = 0; i < n; i++) {
        double x = corners[i][0] - circle->x, y = corners[i][1] - circle->y;
        double turn = (atan2(y, x) + M_PI) / (2 * M_PI);
        near = fmin(near, hypot(x, y));
        far = fmax(far, hypot(x, y));
        seen[(size_t)(turn * SECTORS) % SECTORS] = true;
    }
    for (size_t i = 0; i < SECTORS; i++) {
        if (!seen[i]) {
            return false;
        }
    }
    circle->radius = (near + far) / 2;
    return far - near < ROUND;
}

bool pt_svg_is_circle(const struct pt_svg_node *node, struct pt_svg_circle *circle)
{
    double corners[CORNERS_MOST][2], low[2] = { INFINITY, INFINITY }, high[2] = { 0, 0 };
    bool shape = pt_svg_is(node, "path") || pt_svg_is(node, "polygon");
    const struct pt_svg_attribute *outline =
        shape ? pt_svg_attribute(node, pt_svg_is(node, "path") ? "d" : "points") : NULL;
    size_t n = outline != NULL && pt_svg_is_absolute(outline) ? read_corners(outline, corners) : 0;
    if (n == 0) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < 2; k++) {
            low[k] = fmin(low[k], corners[i][k]);
            high[k] = fmax(high[k], corners[i][k]);
        }
    }
    circle->x = (low[0] + high[0]) / 2;
    circle->y = (low[1] + high[1]) / 2;
    return lie_around(corners, n, circle);
}

static void write_hundredths(const char *name, double value, struct pt_buffer *out)
{
    char number[PT_NUMBER_MAX];
    pt_number_short(number, round(value * 100) / 100, 6, '.');
    pt_buffer_printf(out, " %s=\"%s\"", name, number);
}

void pt_svg_write_circle(const struct pt_svg_circle *circle, struct pt_buffer *out)
{
    write_hundredths("cx", circle->x, out);
    write_hundredths("cy", circle->y, out);
    write_hundredths("r", circle->radius, out);
}
