/* What charts share; private to this folder. */
#ifndef PT_OUTPUT_WORKBOOK_CHART_H
#define PT_OUTPUT_WORKBOOK_CHART_H

#include "output/workbook/book.h"

/* As in the pictures of the theme. */
struct pt_chart_colours {
    lxw_color_t wide, narrow, middle, ink, rule, scenarios[4];
};
#define PT_CHART_SCENARIOS 4
const struct pt_chart_colours *pt_chart_colours(enum pt_theme theme);

/* Size in pixels, and the rows of a sheet that one takes with a gap below. */
#define PT_CHART_WIDTH  860
#define PT_CHART_HEIGHT 460
#define PT_CHART_ROWS   25

/* A text of a chart, cut at `most` characters: one that opens with '=' would be taken for the cells
 * that the text stands in, so that it gets a space before it. */
const char *pt_chart_text(struct pt_book *book, const char *text, size_t most);

/* A chart with its title (NULL: the caller sets it); type as the library's. NULL: it could not be
 * made. */
lxw_chart *pt_chart_new(struct pt_book *book, uint8_t type, const char *title);
/* Names an axis and gives it the grid and the letters that all have. */
void pt_chart_axis(struct pt_book *book, lxw_chart_axis *axis, const char *name, const char *format,
                   bool grid);
/* Sets it to the right of a sheet's columns, `place` charts below the headings; alt: what it shows. */
void pt_chart_put(const struct pt_sheet *sheet, lxw_chart *chart, size_t place, const char *alt);
/* The first column to the right of a sheet's own that charts start in. */
lxw_col_t pt_chart_column(const struct pt_sheet *sheet);

#endif
