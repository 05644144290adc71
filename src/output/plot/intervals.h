/* Rows of dots and intervals on an axis of years, one for each outcome; private to output.
 *
 * From the left: names, how often it is so already (where it ever is), the years, and how often it is
 * not so by the horizon. Panels stand below one another on the same axis. */
#ifndef PT_OUTPUT_PLOT_INTERVALS_H
#define PT_OUTPUT_PLOT_INTERVALS_H

#include "output/plot/plot.h"

/* From the axis outwards: the arrow of an interval that runs on, the dot of a median that is
 * already or never, and the words. */
#define PT_INTERVALS_ARROW 10.0
#define PT_INTERVALS_DOT   20.0
#define PT_INTERVALS_WORDS 30.0

#define PT_INTERVALS_PAD 12.0 /* above the heading of a panel, mostly */

/* An outcome, or (outcome NULL) the heading of a panel. */
struct pt_interval_row {
    const struct pt_chart_outcome *outcome;
    bool baseline;
    double panel_end; /* y of the last row of the panel that the baseline opens */
    struct pt_plot_lines name;
    char already[PT_CELL_MAX], never[PT_CELL_MAX]; /* "" where it is not said */
    double y, height;                              /* centre */
};

struct pt_intervals {
    const struct pt_language *language;
    size_t n;
    struct pt_interval_row *rows;
    int first, horizon;              /* years of the axis */
    double left, right;              /* of all of it */
    double top, bottom;              /* of the rows */
    double name_size, heading_size;  /* of a row's name, of a panel's heading */
    size_t name_lines;               /* at most */
    double widest_name, least, most; /* room of names; height of a row */
    struct pt_plot_lines heads[2];   /* above the columns already and never */
    double head_size, axis[2];       /* left and right end of the axis */
    bool has_already; /* true: there is a column for it, whether it is needed or not */
};

/* Empty, as wide as the canvas, with room for n_rows; NULL: no memory. */
struct pt_intervals *pt_intervals_new(size_t n_rows);
void pt_intervals_free(struct pt_intervals *intervals); /* NULL: nothing */

/* What dots and lines mean, for charts of one run. */
void pt_intervals_key(const struct pt_chart *chart, const struct pt_language *language,
                      char text[PT_PLOT_TEXT]);
/* What a year is; with trend: and how it was projected. */
void pt_intervals_notes(const struct pt_chart *chart, const struct pt_language *language,
                        bool trend, char text[PT_PLOT_TEXT]);

/* What the rows of a chart show, a sentence each. */
/* "Baseline", or the title of a scenario. */
const char *pt_intervals_name(const struct pt_interval_row *row,
                              const struct pt_language *language);
void pt_intervals_say(const struct pt_chart *chart, const struct pt_language *language,
                      struct pt_buffer *out);

/* How many rows a chart takes: its baseline and, up to PT_PLOT_OUTCOMES in all, the scenarios that act
 * on it; 0: it has no question, or none acts. */
size_t pt_intervals_count(const struct pt_chart *chart);
/* Adds them to rows, in which there is room; heading NULL: none. */
void pt_intervals_add(struct pt_intervals *intervals, const struct pt_chart *chart,
                      const char *heading);
/* Places everything between left and right, from top on. The height it takes, which is at most
 * bottom - top unless the rows are as low as they may be. */
double pt_intervals_place(struct pt_intervals *intervals);
/* The largest names that are whole within the height, of these sizes; and places everything. */
void pt_intervals_choose(struct pt_intervals *intervals, size_t n, const double *sizes);

void pt_intervals_data_heading(struct pt_buffer *out, const struct pt_language *language);
/* Parts of a script; k tells several apart. */
void pt_intervals_write_data(struct pt_buffer *out, const struct pt_intervals *intervals, size_t k);
void pt_intervals_write(struct pt_buffer *out, const struct pt_intervals *intervals, size_t k);

#endif
