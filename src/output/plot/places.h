/* The places at which an indicator is answered, side by side; private to output. */
#ifndef PT_OUTPUT_PLOT_PLACES_H
#define PT_OUTPUT_PLOT_PLACES_H

#include "output/plot/plot.h"

#define PT_PLACES_SHOWN 100

/* Figures are the published ones; NAN: not known. */
struct pt_place_row {
    const struct pt_chart *chart;
    double gap;           /* by which they are ordered: the best placed first */
    double value;         /* newest */
    double low, high;     /* its middle 80 % by sampling alone */
    double p10, p50, p90; /* of the baseline in the year asked about */
    double by_horizon;    /* chance of having got there */
};

struct pt_place_rows {
    size_t n;
    struct pt_place_row *rows; /* [n] */
    int first, last;           /* years of their newest figures */
    int year;                  /* asked about: end of the policy, else ten years ahead */
    size_t apart; /* most of them whose middle 80 % in that year do not overlap; 0: no projection */
};

/* Rows by malloc; n is 0 where the indicator has fewer than two places. False: no memory. */
bool pt_place_rows_make(const struct pt_facts *facts, size_t indicator, struct pt_place_rows *out);
const char *pt_place_row_name(const struct pt_place_row *row, const struct pt_language *language);
/* "At most 3 of the 16 places can be told apart in 2034." */
void pt_place_rows_apart(const struct pt_place_rows *places, const struct pt_language *language,
                         char text[PT_PLOT_TEXT]);
/* Font sizes on the page. */
#define PT_PLACES_TITLE    14.5
#define PT_PLACES_SUBTITLE 10.0
#define PT_PLACES_UNIT     9.0
#define PT_PLACES_NOTE     8.0
#define PT_PLACES_LEAST    7.5 /* of a line of the list, and of what stands above it */

#define PT_PLACES_LEADING    1.24
#define PT_PLACES_COLUMN_GAP 22.0
#define PT_PLACES_GAP        9.0 /* between name, figure, plotting area and chance */

struct pt_places_page {
    const struct pt_place_rows *places;
    const struct pt_chart *chart; /* of the first: for words */
    struct pt_look look;
    const struct pt_language *language;
    struct pt_plot_lines title, subtitle, unit, notes, source;
    size_t n, columns, rows; /* shown; rows of a column */
    double subtitle_y, unit_y, top, row, size, height;
    double column, name, figure, chance; /* widths */
    int whole;                           /* in which chances are written */
    struct pt_plot_axis axis;
    bool has_strip, cut; /* cut: a bar is longer than the axis */
    double strip_low, strip_high;
};

/* Everything but places, chart, look and language, which are given. */
void pt_places_layout(struct pt_places_page *page);
/* What a line says: its figure, and the chance of having got there ("": no question). */
void pt_places_figure(const struct pt_places_page *page, const struct pt_place_row *row,
                      char text[PT_PLOT_NUMBER]);
void pt_places_chance(const struct pt_places_page *page, const struct pt_place_row *row,
                      char text[PT_CELL_MAX]);
/* What stands above the chances. */
void pt_places_heading(const struct pt_places_page *page, char text[PT_PLOT_TEXT]);
/* The plotting area of a column; the last one may have fewer lines. */
struct pt_plot_frame pt_places_frame(const struct pt_places_page *page, size_t column);

/* The script: places_page.c. */
void pt_plot_places(const struct pt_place_rows *places, const char *slug,
                    const struct pt_look *look, struct pt_buffer *out);

#endif
