/* The layout of one fan chart; private to output. */
#ifndef PT_OUTPUT_PLOT_FAN_H
#define PT_OUTPUT_PLOT_FAN_H

#include "output/plot/plot.h"

/* Font sizes on the canvas. */
#define PT_FAN_TITLE    14.5
#define PT_FAN_LONG     12.5 /* a title too long for two lines */
#define PT_FAN_SUBTITLE 10.0
#define PT_FAN_TICKS    9.5
#define PT_FAN_UNIT     9.0
#define PT_FAN_REMARK   8.5
#define PT_FAN_NOTE     8.0
#define PT_FAN_SMALL    7.0

/* Between lines of text, in font sizes. */
#define PT_FAN_LEADING 1.24

/* From the plotting area to the column of labels, and what of it the leaders take. */
#define PT_FAN_GUTTER 19.0
#define PT_FAN_LEADER 15.0

/* The widest column of labels, and their second text against their name. */
#define PT_FAN_COLUMN 168.0
#define PT_FAN_RESULT 0.94

/* A label right of the plotting area: a name, and below it what is to be said of it. */
struct pt_fan_label {
    struct pt_plot_lines name, result;
    double size;  /* of the name; the result is a little smaller */
    double end;   /* where on the edge its line ends */
    bool leaving; /* ... or would, were it not outside the picture by then */
    double height, centre;
    char line[32], text[32]; /* variables with its colours */
};

/* A text inside the plotting area. */
struct pt_fan_spot {
    bool shown, bold;
    double x, y; /* centre */
    double size;
    char text[PT_PLOT_TEXT];
};

enum { PT_FAN_BANDS = 3, PT_FAN_BREAKS = 8 };

/* How much a label may say. */
struct pt_fan_detail {
    size_t name_lines, result_lines;
    double size;
};

struct pt_fan {
    const struct pt_chart *chart;
    struct pt_look look;
    const struct pt_language *language; /* of the look */
    const char *about; /* what the picture says of the figure, after its title; NULL: the future */
    size_t n_outcomes; /* shown */
    /* Of outcomes that are the same the first stands for all; in itself: no earlier one is. */
    size_t same_as[PT_PLOT_OUTCOMES];
    size_t n_lines, lines[PT_PLOT_OUTCOMES]; /* the other first ones: scenarios with a colour */
    double apart; /* medians no farther from one another look like one line */
    struct pt_plot_extent extent;
    struct pt_plot_frame frame;
    struct pt_plot_lines title, subtitle, unit, notes, source;
    double title_size;
    double subtitle_y, unit_y, remark_y, notes_y, source_y; /* of first lines */
    bool last_year_unnamed;                                 /* the labels stand in its place */
    size_t n_labels;
    struct pt_fan_label labels[PT_PLOT_OUTCOMES + 1];
    bool has_strip, strip_is_target;
    double strip_low, strip_high;
    struct pt_fan_spot bands[PT_FAN_BANDS], value, target, projection;
    struct pt_fan_spot breaks[PT_FAN_BREAKS];
    bool breaks_unnamed, has_target;      /* target: a mark can be drawn */
    bool stops_at_parity;                 /* a scenario does, before the baseline gets there */
    const struct pt_selftest *test;       /* what is shown instead of the future; NULL: nothing */
    const struct pt_groups_chart *groups; /* ... or instead of the gap */
    const struct pt_decomposition *moved; /* ... or what moved it */
    bool failed;                          /* no memory for a text: there is no picture without it */
};

/* The parts of the layout, in the order in which each needs the ones before. */
void pt_fan_headings(struct pt_fan *fan, const char *subtitle);
void pt_fan_value_axis(struct pt_fan *fan);
void pt_fan_strip(struct pt_fan *fan);
/* collect gives names and results for a detail, and where on the edge they belong. */
typedef void pt_fan_collect(struct pt_fan *fan, const struct pt_fan_detail *detail);
void pt_fan_column(struct pt_fan *fan, pt_fan_collect *collect);
void pt_fan_years(struct pt_fan *fan);
const char *pt_fan_name(const struct pt_fan *fan, size_t outcome);
/* The names of all scenarios that are the same as `first`, broken into lines; how many. */
size_t pt_fan_names(const struct pt_fan *fan, size_t first, const struct pt_fan_detail *detail,
                    struct pt_plot_lines *lines);
/* Everything but what stands inside the plotting area. */
void pt_fan_layout(struct pt_fan *fan);
/* What stands inside it, where it covers nothing. */
void pt_fan_spots(struct pt_fan *fan);
/* Y of a quantile (0 .. PT_BANDS - 1) of an outcome, at a place between two years. */
double pt_fan_band_y(const struct pt_fan *fan, size_t outcome, size_t band, double x);
/* Whether a scenario's median can be told from the baseline's in some year. */
bool pt_fan_stands_apart(const struct pt_fan *fan, size_t outcome);
double pt_fan_label_height(const struct pt_fan_label *label);

/* The parts of the script. */
void pt_fan_write_texts(struct pt_buffer *out, const struct pt_fan *fan);
void pt_fan_write_axes(struct pt_buffer *out, const struct pt_fan *fan);
void pt_fan_write_headings(struct pt_buffer *out, const struct pt_fan *fan);
void pt_fan_write_labels(struct pt_buffer *out, const struct pt_fan *fan);
void pt_fan_write_break(struct pt_buffer *out, const struct pt_fan *fan, int year);

#endif
