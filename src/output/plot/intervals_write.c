#include "output/plot/intervals.h"

#include <math.h>
#include <string.h>

#include "output/plot/fan.h"
#include "output/say/frequency.h"

#define ROOMY 24.0 /* rows have room for the year above the dot */

enum { EARLY, QUARTER, MIDDLE, THREE_QUARTERS, LATE };

static double width_of(const char *text, double size)
{
    return pt_plot_text_width(text, strlen(text), size, false);
}

void pt_intervals_data_heading(struct pt_buffer *out, const struct pt_language *language)
{
    pt_plot_heading(
        out, language,
        PT_N("Data: place of the row, and the quantiles 0.10 0.25 0.50 0.75 0.90 of the "
             "year (-1: already, 9999: never)"));
}

static void write_year(struct pt_buffer *out, int year)
{
    pt_buffer_printf(out, " %d",
                     year == PT_YEAR_NEVER     ? 9999
                     : year == PT_YEAR_ALREADY ? -1
                                               : year);
}

void pt_intervals_write_data(struct pt_buffer *out, const struct pt_intervals *intervals, size_t k)
{
    static const char *const blocks[] = { "baseline", "scenarios" };

    for (size_t b = 0; b < 2; b++) {
        pt_buffer_printf(out, "$%s%zu << EOD\n", blocks[b], k);
        for (size_t i = 0; i < intervals->n; i++) {
            const struct pt_interval_row *row = &intervals->rows[i];
            if (row->outcome == NULL || row->baseline != (b == 0)) {
                continue;
            }
            pt_buffer_printf(out, "%.1f", row->y);
            for (size_t q = 0; q < PT_FIRST_YEARS; q++) {
                write_year(out, row->outcome->years[q]);
            }
            if (row->baseline) {
                pt_buffer_printf(out, " %.1f", row->panel_end);
            }
            pt_buffer_text(out, "\n");
        }
        pt_buffer_text(out, "EOD\n");
    }
}

/* The year at a place on the canvas. */
static double year_at(const struct pt_intervals *intervals, double x)
{
    double first = intervals->first - 0.5, years = intervals->horizon + 1 - intervals->first;

    return first + years * (x - intervals->axis[0]) / (intervals->axis[1] - intervals->axis[0]);
}

static double x_of(const struct pt_intervals *intervals, double year)
{
    double first = intervals->first - 0.5, years = intervals->horizon + 1 - intervals->first;

    return intervals->axis[0] + (intervals->axis[1] - intervals->axis[0]) * (year - first) / years;
}

static void write_axis(struct pt_buffer *out, const struct pt_intervals *intervals, double size)
{
    const double *axis = intervals->axis, outer = PT_INTERVALS_WORDS - 2.0;
    double left = axis[0] - (intervals->has_already ? outer : 3.0), right = axis[1] + outer;
    int step = pt_plot_year_step(intervals->horizon - intervals->first,
                                 (size_t)fmax((axis[1] - axis[0]) / (3.6 * size), 2.0));
    const char *comma = "";

    /* One year alone is no scale: then they are counted back from the last. */
    bool one = intervals->horizon / step - (intervals->first - 1) / step < 2;
    int rest = one ? intervals->horizon % step : 0;

    pt_buffer_printf(
        out,
        "set lmargin at screen X(%.1f); set rmargin at screen X(%.1f)\n"
        "set tmargin at screen Y(%.1f); set bmargin at screen Y(%.1f)\n"
        "set xrange [%.3f:%.3f]; set yrange [%.1f:%.1f]\n"
        "low = %.3f; high = %.3f; already = %.3f; never = %.3f; arrow = %.3f\n"
        "tickfont = R(%g)\nset xtics scale 0 offset 0,tickshift nomirror (",
        left, right, intervals->top, intervals->bottom, year_at(intervals, left),
        year_at(intervals, right), intervals->bottom, intervals->top, intervals->first - 0.5,
        intervals->horizon + 0.5, year_at(intervals, axis[0] - PT_INTERVALS_DOT),
        year_at(intervals, axis[1] + PT_INTERVALS_DOT),
        year_at(intervals, axis[1] + PT_INTERVALS_ARROW) - intervals->horizon - 0.5, size);
    for (int year = intervals->first; year <= intervals->horizon; year++) {
        if (year % step == rest) {
            pt_buffer_printf(out, "%s'%d' %d", comma, year, year);
            comma = ", ";
        }
    }
    pt_buffer_text(out, ") font tickfont tc rgb soft\n");
    pt_buffer_printf(out,
                     "set arrow from low, %.1f to high, %.1f nohead lw 0.8*hair lc rgb faint\n",
                     intervals->bottom, intervals->bottom);
}

static void write_name(struct pt_buffer *out, const struct pt_intervals *intervals,
                       const struct pt_interval_row *row, bool years)
{
    double size = row->outcome == NULL ? intervals->heading_size : intervals->name_size;
    double y = row->y - ((double)row->name.n - 1.0) / 2.0 * size * PT_FAN_LEADING;
    const char *colour = row->outcome == NULL ? "ink" : row->baseline ? "middle" : "text1";

    /* A heading is near to its rows, but leaves room for the year above the first dot. */
    if (row->outcome == NULL) {
        double text = (double)row->name.n * size * PT_FAN_LEADING;
        y += (row->height - text - PT_INTERVALS_PAD) / 2.0;
        y += years ? -1.5 : PT_INTERVALS_PAD / 2.0 - 0.5;
    }
    for (size_t i = 0; i < row->name.n; i++) {
        pt_plot_label_text(out, intervals->left, y + (double)i * size * PT_FAN_LEADING,
                           row->name.text[i], (struct pt_plot_style){ 'B', size, colour, "left" });
    }
}

/* Whether there is room for the years of all dots. */
static bool has_room(const struct pt_intervals *intervals)
{
    bool room = true;

    for (size_t i = 0; i < intervals->n; i++) {
        room &= intervals->rows[i].outcome == NULL || intervals->rows[i].height >= ROOMY;
    }
    return room;
}

/* The year of the dot, above it. */
static void write_middle(struct pt_buffer *out, const struct pt_intervals *intervals,
                         const struct pt_interval_row *row)
{
    int year = row->outcome->years[MIDDLE];
    char text[PT_NUMBER_MAX];

    if (year != PT_YEAR_NEVER && year != PT_YEAR_ALREADY) {
        double half = width_of("2060", intervals->name_size) / 2.0;
        double x =
            fmin(fmax(x_of(intervals, year), intervals->axis[0] + half), intervals->axis[1] - half);
        snprintf(text, sizeof text, "%d", year);
        pt_plot_label_text(out, x, row->y - 8.0 - intervals->name_size / 2.0, text,
                           (struct pt_plot_style){ 'B', intervals->name_size, "ink", "center" });
    }
}

static void write_words(struct pt_buffer *out, const struct pt_intervals *intervals)
{
    const struct pt_plot_style left = { 'R', intervals->name_size, "ink", "left" };
    const struct pt_plot_style right = { 'R', intervals->name_size, "ink", "right" };
    const bool room = has_room(intervals);
    double x[] = { intervals->axis[0] - PT_INTERVALS_WORDS,
                   intervals->axis[1] + PT_INTERVALS_WORDS };

    for (size_t i = 0; i < intervals->n; i++) {
        const struct pt_interval_row *row = &intervals->rows[i];
        write_name(out, intervals, row, room);
        if (row->outcome != NULL) {
            if (room) {
                write_middle(out, intervals, row);
            }
            pt_plot_label_text(out, x[1], row->y, row->never, left);
            if (*row->already != '\0') {
                pt_plot_label_text(out, x[0], row->y, row->already, right);
            }
        }
    }
    for (size_t i = intervals->has_already ? 0 : 1; i < 2; i++) {
        const struct pt_plot_lines *head = &intervals->heads[i];
        for (size_t k = 0; k < head->n; k++) {
            double y = intervals->top - 7.0 -
                       (double)(head->n - 1 - k) * intervals->head_size * PT_FAN_LEADING;
            pt_plot_label_text(out, x[i], y, head->text[k],
                               (struct pt_plot_style){ 'R', intervals->head_size, "soft",
                                                       i == 0 ? "right" : "left" });
        }
    }
}

void pt_intervals_write(struct pt_buffer *out, const struct pt_intervals *intervals, size_t k)
{
    static const char *const blocks[] = { "baseline", "scenarios" };
    static const char *const colours[] = { "middle", "line1" };

    pt_buffer_text(out, "unset border; unset ytics; set grid noytics xtics back lt 1 lw 0.6*hair "
                        "lc rgb rule\n");
    write_axis(out, intervals, intervals->name_size);
    write_words(out, intervals);
    pt_buffer_text(out, "ends(year) = year > 9000 ? high : year < 0 ? low : year\n"
                        "dot(year) = year > 9000 ? never : year < 0 ? already : year\n");
    pt_buffer_printf(out,
                     "\nplot \\\n"
                     "    $baseline%zu using (dot($4)):1:(0):($7-$1) with vectors nohead "
                     "dt (2,3) lw hair lc rgb pale, \\\n",
                     k);
    for (size_t b = 0; b < 2; b++) {
        const char *block = blocks[b], *colour = colours[b];
        pt_buffer_printf(
            out,
            "    $%s%zu using ($2 > 9000 ? NaN : ends($2)):1:(ends($6)-ends($2)):(0) "
            "with vectors nohead lw 1.8 lc rgb %s, \\\n"
            "    $%s%zu using ($2 < 9000 && $6 > 9000 ? high : NaN):1:(arrow):(0) "
            "with vectors head filled size screen 0.008,22 lw 1.8 lc rgb %s, \\\n"
            "    $%s%zu using ($2 < 0 && $6 > 0 ? low : NaN):1:(-arrow):(0) "
            "with vectors head filled size screen 0.008,22 lw 1.8 lc rgb %s, \\\n"
            "    $%s%zu using ($3 > 9000 || $5 < 0 ? NaN : ends($3)):1:(ends($5)-ends($3)):(0) "
            "with vectors nohead lw 6.5 lc rgb %s, \\\n"
            "    $%s%zu using (dot($4)):1 with points pt 7 ps 1.15 lc rgb paper, \\\n"
            "    $%s%zu using (dot($4)):1 with points pt 7 ps 0.95 lc rgb %s, \\\n",
            block, k, colour, block, k, colour, block, k, colour, block, k, colour, block, k, block,
            k, b == 0 ? "fantext" : "text1");
    }
    pt_buffer_text(out, "    NaN notitle\n");
}

static char *print_year(int year, const struct pt_language *language, char text[PT_CELL_MAX])
{
    const struct pt_cell cell = { .kind = PT_CELL_YEAR, .year = year };

    return pt_cell_print(&cell, language, text);
}

void pt_intervals_say(const struct pt_chart *chart, const struct pt_language *language,
                      struct pt_buffer *out)
{
    char early[PT_CELL_MAX], middle[PT_CELL_MAX], never[PT_CELL_MAX];
    size_t left = pt_intervals_count(chart);
    const char *before = "";

    for (size_t k = 0; left > 0; k++) {
        const struct pt_chart_outcome *outcome = &chart->outcomes[k];
        const struct pt_interval_row row = { .outcome = outcome, .baseline = k == 0 };
        if (k > 0 && !outcome->acts) {
            continue;
        }
        pt_buffer_text(out, before);
        pt_buffer_say(out, language, PT_N("%s: at the earliest %s, in the middle %s; "),
                      pt_intervals_name(&row, language),
                      print_year(outcome->years[EARLY], language, early),
                      print_year(outcome->years[MIDDLE], language, middle));
        pt_frequency_futures(pt_frequency_in(outcome->headline.p_never, 100), language, never);
        if (outcome->headline.p_never > 0) {
            pt_buffer_say(out, language, PT_N("not by %d in %s."), chart->horizon, never);
        } else {
            pt_buffer_say(out, language, PT_N("by %d in all futures."), chart->horizon);
        }
        before = " ";
        left--;
    }
}
