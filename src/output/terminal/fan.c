#include "output/terminal/fan.h"

#include <math.h>
#include <string.h>

#include "output/terminal/paint.h"

const struct pt_glyphs pt_glyphs_unicode = {
    .fan = { "░", "▒", "▓" },
    .median = "━",
    .fitted = "●",
    .before = "○",
    .strip = "╌",
    .target = "◆",
    .since = "┊",
    .side = "│",
    .tick = "┤",
    .floor = "─",
    .year = "┬",
    .corner = "└",
};

const struct pt_glyphs pt_glyphs_ascii = {
    .fan = { ".", ":", "#" },
    .median = "=",
    .fitted = "@",
    .before = "o",
    .strip = "~",
    .target = "X",
    .since = "!",
    .side = "|",
    .tick = "+",
    .floor = "-",
    .year = "+",
    .corner = "+",
};

/* The hues of the pictures (Okabe & Ito 2008), as near as the 256 colours of a terminal come: blue
 * for the fan, bluish green for the goal, vermilion, reddish purple and orange for scenarios. */
const struct pt_fan_paint pt_fan_paint = {
    .fan = "\033[38;5;32m",
    .goal = "\033[38;5;29m",
    .target = "\033[38;5;29m",
    .scenarios = { "\033[38;5;166m", "\033[38;5;132m", "\033[38;5;136m", "\033[38;5;62m",
                   "\033[38;5;166m", "\033[38;5;132m", "\033[38;5;136m", "\033[38;5;62m" },
};

/* Bands of pt_band_levels, from the widest: their lower ends, the upper are as far from the end. */
static const size_t bands[] = { 0, 1, 2 };

const char *pt_terminal_letter(size_t scenario)
{
    static const char *const letters[PT_TERMINAL_SCENARIOS] = { "a", "b", "c", "d",
                                                                "e", "f", "g", "h" };
    return letters[scenario];
}

char *pt_terminal_number(char text[PT_PLOT_NUMBER], double x, unsigned decimals,
                         const struct pt_language *language)
{
    static const char minus[] = "−";
    char *at = strstr(pt_plot_number(text, x, decimals, language), minus);
    if (at != NULL) {
        *at = '-';
        memmove(at + 1, at + sizeof minus - 1, strlen(at + sizeof minus - 1) + 1);
    }
    return text;
}

/* ------------------------------------------------------------------ where things stand */

static double row_height(const struct pt_terminal_fan *fan)
{
    return (fan->axis.high - fan->axis.low) / (double)(fan->canvas.rows - 1);
}

/* The rows' middles run from one end of the axis to the other. */
size_t pt_terminal_row(const struct pt_terminal_fan *fan, double value)
{
    double row = round((fan->axis.high - value) / row_height(fan));
    return row >= 0 && row < (double)fan->canvas.rows ? (size_t)row : SIZE_MAX;
}

size_t pt_terminal_column(const struct pt_terminal_fan *fan, int year)
{
    if (year < fan->first || year > fan->last) {
        return SIZE_MAX;
    }
    double share = fan->last > fan->first
                       ? (double)(year - fan->first) / (double)(fan->last - fan->first)
                       : 0.5;
    return (size_t)floor(share * (double)(fan->canvas.columns - 1) + 0.5);
}

/* A quantile of an outcome at a column: between two years on the line between them. NAN: the column
 * lies before the first projected year. */
static double quantile_at(const struct pt_terminal_fan *fan, size_t outcome, size_t band,
                          size_t column)
{
    const double *all = fan->chart->outcomes[outcome].bands;
    double year = fan->first + (double)(fan->last - fan->first) * (double)column /
                                   (double)(fan->canvas.columns - 1);
    double h = year - (fan->chart->last + 1);
    if (h < -0.5) {
        return (double)NAN;
    }
    h = fmin(fmax(h, 0.0), (double)(fan->chart->n_years - 1));
    size_t before = (size_t)floor(h), after = (size_t)ceil(h);
    double share = h - floor(h);
    return (1.0 - share) * all[before * PT_BANDS + band] + share * all[after * PT_BANDS + band];
}

/* ------------------------------------------------------------------ what is drawn */

static void draw_bands(struct pt_terminal_fan *fan)
{
    for (size_t column = 0; column < fan->canvas.columns; column++) {
        for (size_t i = 0; i < sizeof bands / sizeof *bands; i++) {
            double low = quantile_at(fan, 0, bands[i], column);
            double high = quantile_at(fan, 0, PT_BANDS - 1 - bands[i], column);
            for (size_t row = 0; row < fan->canvas.rows; row++) {
                double value = fan->axis.high - (double)row * row_height(fan);
                if (low <= value && value <= high) {
                    pt_canvas_draw(&fan->canvas, column, row, fan->glyphs->fan[i],
                                   pt_fan_paint.fan);
                }
            }
        }
    }
}

/* Parity, over the fan only here and there, so that the fan stays to be seen. */
static void draw_strip(struct pt_terminal_fan *fan)
{
    static const char *const nothing[] = { NULL };
    const struct pt_chart *chart = fan->chart;
    if (!chart->has_parity || !(chart->parity_low <= fan->axis.high) ||
        !(chart->parity_high >= fan->axis.low)) {
        return;
    }
    fan->has_strip = true;
    size_t top = pt_terminal_row(fan, fmin(chart->parity_high, fan->axis.high));
    size_t bottom = pt_terminal_row(fan, fmax(chart->parity_low, fan->axis.low));
    for (size_t row = top; row <= bottom; row++) {
        for (size_t column = 0; column < fan->canvas.columns; column++) {
            if (column % 4 == 0 || pt_canvas_is_free(&fan->canvas, column, row, nothing)) {
                pt_canvas_draw(&fan->canvas, column, row, fan->glyphs->strip, pt_fan_paint.goal);
            }
        }
    }
}

static void draw_breaks(struct pt_terminal_fan *fan)
{
    for (size_t i = 0; i < fan->chart->n_breaks; i++) {
        size_t column = pt_terminal_column(fan, fan->chart->breaks[i]);
        for (size_t row = 0; row < fan->canvas.rows && column != SIZE_MAX; row++) {
            pt_canvas_draw(&fan->canvas, column, row, fan->glyphs->since, NULL);
        }
        fan->has_breaks |= column != SIZE_MAX;
    }
}

static bool has_letter(const struct pt_terminal_fan *fan, size_t column, size_t row)
{
    const char *glyph = fan->canvas.places[row * fan->canvas.columns + column].glyph;
    return glyph != NULL && *glyph >= 'a' && *glyph < 'a' + PT_TERMINAL_SCENARIOS;
}

/* The line of scenario s (from 0) where it lies on another row than the baseline's; where two do, the
 * letters take turns. */
static void draw_scenario(struct pt_terminal_fan *fan, size_t s)
{
    for (size_t column = 0; column < fan->canvas.columns; column++) {
        size_t row = pt_terminal_row(fan, quantile_at(fan, s + 1, PT_BANDS / 2, column));
        size_t base = pt_terminal_row(fan, quantile_at(fan, 0, PT_BANDS / 2, column));
        if (row == SIZE_MAX || row == base) {
            continue;
        }
        fan->apart[s] = true;
        if (column % fan->n_scenarios == s || !has_letter(fan, column, row)) {
            pt_canvas_draw(&fan->canvas, column, row, pt_terminal_letter(s),
                           pt_fan_paint.scenarios[s]);
        }
    }
}

static void draw_medians(struct pt_terminal_fan *fan)
{
    for (size_t s = 0; s < fan->n_scenarios; s++) {
        draw_scenario(fan, s);
    }
    for (size_t column = 0; column < fan->canvas.columns; column++) {
        double median = quantile_at(fan, 0, PT_BANDS / 2, column);
        if (!isnan(median)) {
            pt_canvas_draw(&fan->canvas, column, pt_terminal_row(fan, median), fan->glyphs->median,
                           pt_fan_paint.fan);
        }
    }
}

static void draw_points(struct pt_terminal_fan *fan)
{
    for (size_t i = 0; i < fan->chart->n_points; i++) {
        const struct pt_chart_point *point = &fan->chart->points[i];
        fan->has_before |= !point->fitted;
        pt_canvas_draw(&fan->canvas, pt_terminal_column(fan, point->year),
                       pt_terminal_row(fan, point->value),
                       point->fitted ? fan->glyphs->fitted : fan->glyphs->before, NULL);
    }
}

static void draw_target(struct pt_terminal_fan *fan)
{
    size_t column = pt_terminal_column(fan, fan->chart->target_year);
    if (fan->chart->has_target && column != SIZE_MAX) {
        fan->has_target = true;
        pt_canvas_draw(&fan->canvas, column, pt_terminal_row(fan, fan->chart->target),
                       fan->glyphs->target, pt_fan_paint.target);
    }
}

/* ------------------------------------------------------------------ the newest figure */

static bool has_room(const struct pt_terminal_fan *fan, size_t column, size_t row, size_t n)
{
    const char *const over[] = { fan->glyphs->strip,  fan->glyphs->fan[0], fan->glyphs->fan[1],
                                 fan->glyphs->fan[2], fan->glyphs->since,  NULL };
    for (size_t i = 0; i < n; i++) {
        if (!pt_canvas_is_free(&fan->canvas, column + i, row, over)) {
            return false;
        }
    }
    return true;
}

/* Its number, in the first place near its point where it hides nothing but fan and strip. */
static void draw_newest(struct pt_terminal_fan *fan)
{
    static const int rows[] = { -1, 1, -2, 2, -3, 3, 0 };
    const struct pt_chart *chart = fan->chart;
    if (chart->n_points == 0) {
        return;
    }
    const struct pt_chart_point *newest = &chart->points[chart->n_points - 1];
    size_t column = pt_terminal_column(fan, newest->year);
    size_t row = pt_terminal_row(fan, newest->value);
    char text[PT_PLOT_NUMBER];
    pt_terminal_number(text, newest->value, chart->decimals, fan->language);
    size_t n = strlen(text);
    const size_t starts[] = { column + 1 - n, column - n / 2, column, column - n - 1, column + 2 };
    if (column == SIZE_MAX || row == SIZE_MAX) {
        return;
    }
    for (size_t r = 0; r < sizeof rows / sizeof *rows; r++) {
        for (size_t i = 0; i < sizeof starts / sizeof *starts; i++) {
            size_t at = row + (size_t)rows[r]; /* wraps above the top, where no room is */
            if (has_room(fan, starts[i], at, n)) {
                pt_canvas_write(&fan->canvas, starts[i], at, text, PT_PAINT_BOLD);
                return;
            }
        }
    }
}

bool pt_terminal_fan_draw(struct pt_terminal_fan *fan, size_t columns, size_t rows,
                          struct pt_arena *arena)
{
    if (!pt_canvas_make(&fan->canvas, columns, rows, arena)) {
        return false;
    }
    bool has_fan = pt_plot_has_fan(fan->chart);
    if (has_fan) {
        draw_bands(fan);
    }
    draw_strip(fan);
    draw_breaks(fan);
    if (has_fan) {
        draw_medians(fan);
    }
    draw_target(fan);
    draw_points(fan);
    draw_newest(fan);
    return true;
}
