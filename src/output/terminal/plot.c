/* The fan of a projection in a terminal: axes around what fan.c draws, and a legend in words. */
#include <math.h>
#include <string.h>

#include "output/terminal/fan.h"

#define MOST_COLUMNS  120
#define USUAL_COLUMNS 80
#define ROWS          17 /* so that four, eight or sixteen steps of the axis end on rows */
#define MOST_TICKS    6
/* Of a year: more would draw few figures far apart. */
#define YEAR_COLUMNS 6
/* Of the name of a year, with what keeps it from the next. */
#define NAME_COLUMNS 6
#define YEAR_DIGITS  4

/* Columns before the plotting area: the widest number at the axis, a blank and the axis. */
static size_t margin_of(const struct pt_plot_axis *axis, const struct pt_language *language)
{
    size_t widest = 0;
    char number[PT_PLOT_NUMBER];

    for (size_t i = 0; i < axis->n; i++) {
        size_t n = strlen(
            pt_terminal_number(number, pt_plot_axis_tick(axis, i), axis->decimals, language));
        widest = n > widest ? n : widest;
    }
    return widest + 2;
}

static void set_years(struct pt_terminal_fan *fan)
{
    const struct pt_chart *chart = fan->chart;

    fan->first = fan->last = chart->last;
    for (size_t i = 0; i < chart->n_points; i++) {
        int year = chart->points[i].year;
        fan->first = year < fan->first ? year : fan->first;
        fan->last = year > fan->last ? year : fan->last;
    }
    if (pt_plot_has_fan(chart) && chart->last + (int)chart->n_years > fan->last) {
        fan->last = chart->last + (int)chart->n_years;
    }
}

/* As many for each year as there is room for. */
static size_t columns_for(const struct pt_terminal_fan *fan, size_t room)
{
    size_t steps = (size_t)(fan->last - fan->first);
    size_t each = steps > 0 ? (room - 1) / steps : 0;

    if (steps == 0) {
        return NAME_COLUMNS;
    }
    each = each < YEAR_COLUMNS ? each : YEAR_COLUMNS;
    return each > 0 ? steps * each + 1 : room;
}

/* ------------------------------------------------------------------ around the picture */

/* The number of the tick that stands on a row; NULL: none does. */
static const char *tick_on(const struct pt_terminal_fan *fan, size_t row, char text[PT_PLOT_NUMBER])
{
    for (size_t i = 0; i < fan->axis.n; i++) {
        double value = pt_plot_axis_tick(&fan->axis, i);
        if (pt_terminal_row(fan, value) == row) {
            return pt_terminal_number(text, value, fan->axis.decimals, fan->language);
        }
    }
    return NULL;
}

static void print_rows(const struct pt_terminal_fan *fan, size_t margin, bool color,
                       struct pt_buffer *out)
{
    char number[PT_PLOT_NUMBER];

    for (size_t row = 0; row < fan->canvas.rows; row++) {
        const char *tick = tick_on(fan, row, number);
        pt_buffer_printf(out, "%*s %s", (int)margin - 2, tick != NULL ? tick : "",
                         tick != NULL ? fan->glyphs->tick : fan->glyphs->side);
        pt_canvas_print(&fan->canvas, row, color, out);
        pt_buffer_text(out, "\n");
    }
}

/* The years that have a name, with ticks above them; none stands beyond the width. */
static void print_years(const struct pt_terminal_fan *fan, size_t margin, size_t width,
                        struct pt_arena *arena, struct pt_buffer *out)
{
    struct pt_canvas years;
    size_t most = fan->canvas.columns / NAME_COLUMNS, free = 0;
    int step = pt_plot_year_step(fan->last - fan->first, most > 2 ? most : 2);

    if (!pt_canvas_make(&years, width, 2, arena)) {
        out->failed = true;
        return;
    }
    for (size_t i = 0; i < fan->canvas.columns; i++) {
        pt_canvas_draw(&years, margin + i, 0, fan->glyphs->floor, NULL);
    }
    pt_canvas_draw(&years, margin - 1, 0, fan->glyphs->corner, NULL);
    for (int year = fan->first; year <= fan->last; year++) {
        size_t column = margin + pt_terminal_column(fan, year);
        size_t start = column - YEAR_DIGITS / 2;
        if ((year % step == 0 || fan->first == fan->last) && start >= free &&
            start + YEAR_DIGITS <= width) {
            char name[16];
            snprintf(name, sizeof name, "%d", year);
            pt_canvas_draw(&years, column, 0, fan->glyphs->year, NULL);
            pt_canvas_write(&years, start, 1, name, NULL);
            free = start + YEAR_DIGITS + 1;
        }
    }
    for (size_t row = 0; row < 2; row++) {
        pt_canvas_print(&years, row, false, out);
        pt_buffer_text(out, "\n");
    }
}

static bool print(struct pt_terminal_fan *fan, const struct pt_writer_options *options,
                  struct pt_arena *arena, struct pt_buffer *out)
{
    const struct pt_chart *chart = fan->chart;
    struct pt_plot_extent extent = pt_plot_extent_of(chart, fan->n_scenarios + 1);
    char words[PT_PLOT_TEXT];

    fan->axis =
        pt_plot_axis_choose(extent.low, extent.high, extent.lower, extent.upper, MOST_TICKS);
    set_years(fan);
    size_t margin = margin_of(&fan->axis, fan->language);
    size_t room = options->width > margin + NAME_COLUMNS ? options->width - margin : NAME_COLUMNS;
    if (!pt_terminal_fan_draw(fan, columns_for(fan, room), ROWS, arena)) {
        return false;
    }
    pt_plot_axis_title(chart, fan->language, fan->axis.low < 0.0, words);
    pt_buffer_paragraph(out, words, options->width, 0);
    pt_buffer_text(out, *words != '\0' ? "\n" : "");
    print_rows(fan, margin, options->color, out);
    print_years(fan, margin, margin + room, arena, out);
    pt_terminal_legend(fan, options, arena, out);
    return true;
}

enum pt_status pt_plot_terminal(const struct pt_chart *chart,
                                const struct pt_writer_options *options, struct pt_buffer *out,
                                struct pt_error *err)
{
    struct pt_writer_options look = *options;
    struct pt_arena *arena = pt_arena_new();
    size_t scenarios = chart->n_outcomes > 0 ? chart->n_outcomes - 1 : 0;
    struct pt_terminal_fan fan = {
        .chart = chart,
        .language = options->language != NULL ? options->language : &pt_language_english,
        .glyphs = options->ascii ? &pt_glyphs_ascii : &pt_glyphs_unicode,
        .n_scenarios = scenarios < PT_TERMINAL_SCENARIOS ? scenarios : PT_TERMINAL_SCENARIOS,
    };

    look.width = look.width == 0 ? USUAL_COLUMNS : look.width;
    look.width = look.width < MOST_COLUMNS ? look.width : MOST_COLUMNS;
    bool made = arena != NULL && print(&fan, &look, arena, out);
    pt_arena_free(arena);
    return made ? PT_OK : PT_RAISE_NOMEM(err);
}
