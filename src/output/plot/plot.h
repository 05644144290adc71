/* What the plot writers share; private to output.
 *
 * Lengths are points of a canvas PT_PLOT_WIDTH wide whose y grows downwards, as on the screen. The
 * scripts give gnuplot every margin, range and label position in them, so that what is computed
 * here is what is drawn. */
#ifndef PT_OUTPUT_PLOT_H
#define PT_OUTPUT_PLOT_H

#include <paritet/answer.h>
#include <paritet/base.h>
#include <paritet/output.h>

#define PT_PLOT_WIDTH  720.0
#define PT_PLOT_HEIGHT 405.0
#define PT_PLOT_MARGIN 24.0

/* ------------------------------------------------------------------ text (text.c) */

#define PT_PLOT_LINES      4
#define PT_PLOT_LINE_BYTES 512

struct pt_plot_lines {
    size_t n;
    bool cut;     /* the text was longer and ends in an ellipsis */
    bool split;   /* a word had to be broken */
    double width; /* of the widest line */
    char text[PT_PLOT_LINES][PT_PLOT_LINE_BYTES];
};

/* The width of n bytes, estimated from the advances of DejaVu Sans, which is wider than the fonts
 * that may stand in for it. */
double pt_plot_text_width(const char *text, size_t n, double size, bool bold);
/* Breaks a text into at most `most` lines no wider than width, and ends the last one in an
 * ellipsis where it does not fit. Control characters become spaces; "" gives no line. */
void pt_plot_wrap(const char *text, double width, double size, bool bold, size_t most,
                  struct pt_plot_lines *lines);
/* The same in as many lines, but of about equal length. */
void pt_plot_wrap_evenly(const char *text, double width, double size, bool bold, size_t most,
                         struct pt_plot_lines *lines);
/* The end of a text that has no room, after an ellipsis: where its beginning would not tell it from
 * others. */
void pt_plot_wrap_end(const char *text, double width, double size, bool bold, size_t most,
                      struct pt_plot_lines *lines);
bool pt_plot_lines_equal(const struct pt_plot_lines *a, const struct pt_plot_lines *b);
/* Appends a text as a gnuplot string. Only single quotes keep gnuplot from running back-quoted
 * commands; the text holds none itself, and what could end or hide the line becomes a space. */
void pt_plot_quote(struct pt_buffer *out, const char *text);
/* Translates and fills in a format. Returns text. */
#define PT_PLOT_TEXT 1024
char *pt_plot_say(char text[PT_PLOT_TEXT], const struct pt_language *language, const char *format,
                  ...) PT_PRINTF(3, 4);

/* ------------------------------------------------------------------ axes (axis.c) */

struct pt_plot_axis {
    double low, high;   /* ends of the axis */
    double first, step; /* tick i stands at first + i * step */
    size_t n;
    unsigned decimals; /* its labels need */
};

/* An axis over [low, high] with at most `most` ticks (2 or more) at round numbers. It ends at
 * ticks, unless they are far, but not beyond the bounds of the figure. */
struct pt_plot_axis pt_plot_axis_choose(double low, double high, double lower, double upper,
                                        size_t most);
double pt_plot_axis_tick(const struct pt_plot_axis *axis, size_t i);
/* A number with thousands separators, a true minus and the language's decimal sign. */
#define PT_PLOT_NUMBER 96
char *pt_plot_number(char text[PT_PLOT_NUMBER], double x, unsigned decimals,
                     const struct pt_language *language);
/* A number that was printed for a table, with the true minus that stands on axes. Returns number. */
char *pt_plot_signed(char number[PT_CELL_MAX]);
/* The decimals that a pair of numbers needs, at most 4. */
unsigned pt_plot_decimals(double a, double b);
/* Years between ticks, so that at most `most` fall on n_years. */
int pt_plot_year_step(int n_years, size_t most);

/* ------------------------------------------------------------------ frames (axis.c) */

/* A plotting area and the data it shows. */
struct pt_plot_frame {
    double left, right, top, bottom;
    double year_low, year_high;
    double year_named; /* ticks of later years bear no name */
    struct pt_plot_axis value;
};
double pt_plot_x(const struct pt_plot_frame *frame, double year);
double pt_plot_y(const struct pt_plot_frame *frame, double value);
void pt_plot_frame_years(struct pt_plot_frame *frame, const struct pt_chart *chart);

/* The figures that a chart shows of its first n_outcomes outcomes, and how far its axis may reach.
 * All, but of what lies beyond parity at most half as much as lies before it: by then the question
 * is answered. Nothing that was observed is left out. */
struct pt_plot_extent {
    double low, high, lower, upper;
};
struct pt_plot_extent pt_plot_extent_of(const struct pt_chart *chart, size_t n_outcomes);
/* Widens one to hold the other. */
void pt_plot_extent_join(struct pt_plot_extent *extent, const struct pt_plot_extent *other);

/* ------------------------------------------------------------------ places (place.c) */

struct pt_plot_box {
    double left, top, right, bottom;
};
bool pt_plot_boxes_meet(const struct pt_plot_box *a, const struct pt_plot_box *b);
bool pt_plot_segment_meets(const struct pt_plot_box *box, double x0, double y0, double x1,
                           double y1);
/* Centres for n labels in a column, in the order given (which is kept), at least gap apart and
 * within [low, high], as near to where they are wanted as least squares gives. False: they do not
 * fit, or are more than PT_PLOT_STACKED, and centre is untouched. It takes no memory, so that what
 * does not fit is never a matter of it. */
#define PT_PLOT_STACKED 24
bool pt_plot_stack(size_t n, const double wanted[], const double height[], double gap, double low,
                   double high, double centre[]);

/* ------------------------------------------------------------------ words (words.c) */

/* The baseline and the scenarios that find room; the rest is in the tables. */
#define PT_PLOT_OUTCOMES 10

const char *pt_plot_unit(const struct pt_chart *chart, const struct pt_language *language);
/* "8 percentage points in 2014" */
void pt_plot_target(const struct pt_chart *chart, const struct pt_language *language,
                    char text[PT_PLOT_TEXT]);
/* The headline in a few words, from the longest form (0) to the shortest; "" where there is
 * nothing to say. */
#define PT_PLOT_FORMS 3
void pt_plot_headline(const struct pt_headline *headline, const struct pt_language *language,
                      unsigned form, char text[PT_PLOT_TEXT]);
/* Whether a title names a place, as a word of its own or in the genitive; of no place: true. */
bool pt_title_names(const char *title, const char *place);
void pt_plot_title(const struct pt_chart *chart, const struct pt_language *language,
                   char text[PT_PLOT_TEXT]);
/* With `signs` it also says what a gap below zero means. */
void pt_plot_axis_title(const struct pt_chart *chart, const struct pt_language *language,
                        bool signs, char text[PT_PLOT_TEXT]);
/* "Median and the middle 50, 80 and 90 % of 20,000 futures"; dashed: with lines of scenarios. */
void pt_plot_fan_words(const struct pt_chart *chart, const struct pt_language *language,
                       bool dashed, char text[PT_PLOT_TEXT]);
void pt_plot_source(const struct pt_chart *chart, const struct pt_language *language,
                    char text[PT_PLOT_TEXT]);

/* How the projection was made, and what the points and lines are that need a word. */
struct pt_plot_remarks {
    bool breaks; /* not named in the picture */
    bool target; /* the same */
    bool parity; /* a scenario ends at parity, where the baseline does not */
    bool beyond; /* the axis ends before the fan does */
};
void pt_plot_notes(const struct pt_chart *chart, const struct pt_language *language,
                   struct pt_plot_remarks remarks, char text[PT_PLOT_TEXT]);

/* ------------------------------------------------------------------ scripts (script.c) */

/* The look itself; of NULL, and where it has no language, English. */
struct pt_look pt_look_of(const struct pt_look *look);

/* theme.c: variables of a script with its colours in both themes, of which `theme` chooses: those of
 * every picture, lineK and textK of n_colours scenarios (text: in the same hue, read on white), and
 * what the widths of thin lines are to be multiplied by. */
void pt_plot_palette(struct pt_buffer *out, const struct pt_look *look, size_t n_colours);
/* One more colour, of a picture's own. */
void pt_plot_colour(struct pt_buffer *out, const char *name, const char *light, const char *print);

/* A number as gnuplot reads it, of at most 10 significant digits. */
void pt_plot_value(struct pt_buffer *out, double x);
/* NAME1 = '...', NAME2 = '...' for lines of text the user may want to change. */
void pt_plot_variables(struct pt_buffer *out, const char *name, const struct pt_plot_lines *lines);
/* A label at a place on the canvas. The text is a gnuplot expression: a variable's name, or a text
 * quoted before. face is R (regular) or B (bold), colour the name of a variable. */
struct pt_plot_style {
    char face;
    double size;
    const char *colour;
    const char *align; /* left, center, right */
};
void pt_plot_label(struct pt_buffer *out, double x, double y, const char *expression,
                   struct pt_plot_style style);
void pt_plot_label_text(struct pt_buffer *out, double x, double y, const char *text,
                        struct pt_plot_style style);
/* A label for each line, by the names pt_plot_variables gave; y is the first one's. */
void pt_plot_labels(struct pt_buffer *out, double x, double y, double spacing, const char *name,
                    const struct pt_plot_lines *lines, struct pt_plot_style style);
/* The opening of a script: what the user will want to change. */
void pt_plot_open(struct pt_buffer *out, const struct pt_look *look, const char *name,
                  size_t n_colours);
/* What follows it: terminal, file, functions, bare style. */
void pt_plot_canvas(struct pt_buffer *out, const struct pt_language *language, const char *name,
                    double height);
/* The line above a part of the script; words is translated. */
void pt_plot_heading(struct pt_buffer *out, const struct pt_language *language, const char *words);
void pt_plot_data_heading(struct pt_buffer *out, const struct pt_language *language);
void pt_plot_picture_heading(struct pt_buffer *out, const struct pt_language *language);
void pt_plot_margins(struct pt_buffer *out, const struct pt_plot_frame *frame);
/* Data blocks $observedK and $baselineK; k = 0 leaves the number out. */
void pt_plot_data(struct pt_buffer *out, const struct pt_chart *chart, size_t k);
bool pt_plot_has_fan(const struct pt_chart *chart);
/* Whether the median of a scenario is more than `by` away from the baseline's in year h (from 0;
 * false after the last one). */
bool pt_plot_differs(const struct pt_chart *chart, size_t outcome, size_t h, double by);
/* Rows of year, median of a scenario, and whether it is drawn: where it differs, and a year before
 * and after, so that the line leaves the baseline's and comes back to it. */
void pt_plot_scenario(struct pt_buffer *out, const struct pt_chart *chart, size_t outcome,
                      double by);
/* The ranges and ticks of a frame; size is that of tick labels. */
void pt_plot_axes(struct pt_buffer *out, const struct pt_plot_frame *frame, int year_step,
                  double size, const struct pt_language *language);
/* The parity strip, clipped to the frame; false: none to be seen. */
bool pt_plot_strip(const struct pt_chart *chart, const struct pt_plot_frame *frame, double *low,
                   double *high);
/* Its fill, behind everything. */
void pt_plot_rectangle(struct pt_buffer *out, bool strip, double low, double high);
/* Elements of the plot command, in order of painting: each ends in ", \\\n". */
void pt_plot_draw_fan(struct pt_buffer *out, size_t k);
void pt_plot_draw_goal(struct pt_buffer *out, double low, double high);
void pt_plot_draw_observed(struct pt_buffer *out, const struct pt_chart *chart, size_t k,
                           double size);

#endif
