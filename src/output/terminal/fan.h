/* What the fan in a terminal and its legend share. */
#ifndef PT_OUTPUT_TERMINAL_FAN_H
#define PT_OUTPUT_TERMINAL_FAN_H

#include <paritet/output.h>

#include "output/plot/plot.h"
#include "output/terminal/canvas.h"

/* Scenarios whose medians are drawn, each with a letter. */
#define PT_TERMINAL_SCENARIOS 8

/* The characters of a drawing. */
struct pt_glyphs {
    const char *fan[3]; /* of the bands, from the widest */
    const char *median, *fitted, *before, *strip, *target, *since;
    const char *side, *tick, *floor, *year, *corner;
};
extern const struct pt_glyphs pt_glyphs_unicode, pt_glyphs_ascii;

/* Their colours: of the fan, the strip, the figures, and of scenarios. */
struct pt_fan_paint {
    const char *fan, *goal, *target, *scenarios[PT_TERMINAL_SCENARIOS];
};
extern const struct pt_fan_paint pt_fan_paint;

struct pt_terminal_fan {
    const struct pt_chart *chart;
    const struct pt_language *language;
    const struct pt_glyphs *glyphs;
    struct pt_canvas canvas; /* the plotting area */
    struct pt_plot_axis axis;
    int first, last;    /* years of the first and the last column */
    size_t n_scenarios; /* that have letters */
    bool apart
        [PT_TERMINAL_SCENARIOS]; /* some of its medians lie on another row than the baseline's */
    bool has_before, has_strip, has_target, has_breaks; /* in the picture */
};

/* Lays the picture out in so many columns and rows, and draws it. False: out of memory. */
bool pt_terminal_fan_draw(struct pt_terminal_fan *fan, size_t columns, size_t rows,
                          struct pt_arena *arena);
/* Where a value and a year stand; SIZE_MAX: outside. */
size_t pt_terminal_row(const struct pt_terminal_fan *fan, double value);
size_t pt_terminal_column(const struct pt_terminal_fan *fan, int year);

/* As in plots, in ASCII. */
char *pt_terminal_number(char text[PT_PLOT_NUMBER], double x, unsigned decimals,
                         const struct pt_language *language);
/* The letter of a scenario, from 0. */
const char *pt_terminal_letter(size_t scenario);
/* What the characters stand for, in words. */
void pt_terminal_legend(const struct pt_terminal_fan *fan, const struct pt_writer_options *options,
                        struct pt_arena *arena, struct pt_buffer *out);

#endif
