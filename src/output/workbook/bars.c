#include <math.h>
#include <string.h>

#include "output/table/cell.h"
#include "output/workbook/chart.h"

/* Bars of a reader's chart; more are in the table. */
#define BARS_MOST   24
#define TITLE_MOST  40
#define WORDS_MOST  32
#define LABEL_WIDTH 56
/* Room for two lines. */
#define HEADING_HEIGHT 30
#define BAR_COLUMNS    3

/* The numbers behind a bar chart, written below it: labels in one column, values beside it. */
struct bars {
    const struct pt_sheet *sheet;
    lxw_col_t label;
    lxw_row_t first, row; /* row: to be written next */
    size_t n, left;       /* bars, and rows of the table that got none */
    lxw_color_t colours[BARS_MOST];
};

static struct bars bars_open(const struct pt_sheet *sheet, const char *const headings[], size_t n)
{
    struct bars bars = { .sheet = sheet, .label = pt_chart_column(sheet) };
    struct pt_book *book = sheet->book;
    const struct pt_book_style heading = { .part = PT_BOOK_HEADING, .colour = LXW_COLOR_UNSET };
    const struct pt_book_style soft = { .part = PT_BOOK_ABOUT, .colour = LXW_COLOR_UNSET };
    lxw_row_t row = PT_SHEET_HEAD + 1 + PT_CHART_ROWS;

    worksheet_write_string(sheet->worksheet, row, bars.label,
                           pt_translate(book->language, PT_N("The numbers of the chart")),
                           pt_book_format(book, &soft));
    for (size_t i = 0; i < n; i++) {
        worksheet_write_string(sheet->worksheet, row + 1, (lxw_col_t)(bars.label + 1 + i),
                               pt_book_cell_text(book, headings[i]),
                               pt_book_format(book, &heading));
    }
    worksheet_write_string(sheet->worksheet, row + 1, bars.label, "",
                           pt_book_format(book, &heading));
    worksheet_set_row(sheet->worksheet, row + 1, HEADING_HEIGHT, NULL);
    bars.first = bars.row = row + 2;
    return bars;
}

/* Room in the columns beside for the numbers: the sheet's own widths end before them. */
static void bars_close(struct bars *bars)
{
    worksheet_set_column(bars->sheet->worksheet, bars->label, bars->label, LABEL_WIDTH, NULL);
    worksheet_set_column(bars->sheet->worksheet, bars->label + 1, bars->label + BAR_COLUMNS, 16,
                         NULL);
}

/* "title, place: scenario", each cut so that the others keep their room. */
static void put_label(struct bars *bars, const char *title, const char *place, const char *scenario)
{
    struct pt_book *book = bars->sheet->book;
    const struct pt_book_style style = { .part = PT_BOOK_LINE, .colour = LXW_COLOR_UNSET };
    struct pt_buffer label = { 0 };

    pt_title_with_place(&label, pt_book_clean(book, title, TITLE_MOST),
                        pt_book_clean(book, place, WORDS_MOST));
    if (scenario[0] != '\0') {
        pt_buffer_printf(&label, ": %s", pt_book_clean(book, scenario, WORDS_MOST));
    }
    book->failed |= label.failed;
    if (!label.failed) {
        worksheet_write_string(bars->sheet->worksheet, bars->row, bars->label,
                               pt_book_cell_text(book, label.bytes), pt_book_format(book, &style));
    }
    pt_buffer_free(&label);
}

static void put_value(struct bars *bars, size_t column, double value, const char *format)
{
    struct pt_book_style style = { .part = PT_BOOK_NUMBER, .colour = LXW_COLOR_UNSET };
    snprintf(style.number, sizeof style.number, "%s", format);
    worksheet_write_number(bars->sheet->worksheet, bars->row, (lxw_col_t)(bars->label + 1 + column),
                           value, pt_book_format(bars->sheet->book, &style));
}

static lxw_chart_series *bars_series(struct bars *bars, lxw_chart *chart, size_t column,
                                     const char *name, lxw_color_t colour)
{
    lxw_chart_series *series = chart_add_series(chart, NULL, NULL);
    lxw_row_t last = bars->first + (lxw_row_t)bars->n - 1;
    lxw_col_t value = (lxw_col_t)(bars->label + 1 + column);
    lxw_chart_fill fill = { .color = colour, .none = colour == LXW_COLOR_UNSET };
    lxw_chart_line none = { .none = LXW_TRUE };

    if (series == NULL) {
        bars->sheet->book->failed = true;
        return NULL;
    }
    chart_series_set_categories(series, bars->sheet->name, bars->first, bars->label, last,
                                bars->label);
    chart_series_set_values(series, bars->sheet->name, bars->first, value, last, value);
    chart_series_set_name(series, pt_chart_text(bars->sheet->book, name, 80));
    chart_series_set_fill(series, &fill);
    chart_series_set_line(series, &none);
    return series;
}

/* ------------------------------------------------------------------ rows of tables */

static const struct pt_cell *cell_of(const struct pt_table *table, size_t row, const char *column)
{
    static const struct pt_cell empty = { .kind = PT_CELL_EMPTY };
    for (size_t i = 0; i < table->n_columns; i++) {
        if (strcmp(table->columns[i].name, column) == 0) {
            return &table->cells[row * table->n_columns + i];
        }
    }
    return &empty;
}

static const char *text_of(const struct pt_cell *cell)
{
    return cell->text != NULL ? cell->text : "";
}

/* Which rows become bars where there are too many for all. */
enum which { ALL, BASELINES, FIRST_PLACES };

static bool is_baseline(const struct pt_table *table, size_t row)
{
    return strcmp(text_of(cell_of(table, row, "scenario")), "baseline") == 0;
}

static enum which which_rows(const struct pt_table *table)
{
    size_t baselines = 0;
    for (size_t row = 0; row < table->n_rows; row++) {
        baselines += is_baseline(table, row);
    }
    return table->n_rows <= BARS_MOST                ? ALL
           : baselines > 0 && baselines <= BARS_MOST ? BASELINES
                                                     : FIRST_PLACES;
}

static bool is_drawn(const struct pt_table *table, size_t row, enum which which)
{
    if (which != FIRST_PLACES) {
        return which == ALL || is_baseline(table, row);
    }
    const char *indicator = text_of(cell_of(table, row, "indicator"));
    for (size_t i = 0; i < row; i++) {
        if (strcmp(text_of(cell_of(table, i, "indicator")), indicator) == 0) {
            return strcmp(text_of(cell_of(table, i, "place")),
                          text_of(cell_of(table, row, "place"))) == 0;
        }
    }
    return true;
}

static const struct pt_text *scenario_title(const struct pt_book *book, const char *id)
{
    static const struct pt_text none = { 0 };
    for (size_t i = 0; i < book->facts->run->n_scenarios; i++) {
        if (strcmp(book->facts->run->scenarios[i]->id, id) == 0) {
            return &book->facts->run->scenarios[i]->title;
        }
    }
    return &none;
}

static void label_row(struct bars *bars, const struct pt_table *table, size_t row)
{
    const struct pt_book *book = bars->sheet->book;
    const struct pt_model *model = book->facts->run->model;
    const char *id = text_of(cell_of(table, row, "indicator"));
    const char *scenario = text_of(cell_of(table, row, "scenario"));
    const struct pt_indicator *indicator = pt_model_find(model, id);

    put_label(bars, indicator != NULL ? pt_text_in(&indicator->title, book->language) : id,
              text_of(cell_of(table, row, "place")),
              pt_text_in(scenario_title(book, scenario), book->language));
}

static void say_left(struct bars *bars, lxw_chart *chart, const char *name)
{
    struct pt_buffer text = { 0 };
    pt_buffer_text(&text, name);
    if (bars->left > 0) {
        pt_buffer_text(&text, " ");
        pt_buffer_say(&text, bars->sheet->book->language, PT_N("(%zu of %zu rows)"), bars->n,
                      bars->n + bars->left);
    }
    bars->sheet->book->failed |= text.failed;
    chart_title_set_name(
        chart, pt_chart_text(bars->sheet->book, text.failed ? "" : text.bytes, TITLE_MOST * 2));
    pt_buffer_free(&text);
}

/* ------------------------------------------------------------------ years of parity */

/* A year on the axis: what never comes lies at its end, what has come at its beginning. */
static double on_axis(const struct pt_cell *cell, int begin, int end)
{
    return cell->year == PT_YEAR_NEVER ? end : cell->year == PT_YEAR_ALREADY ? begin : cell->year;
}

static int first_year(const struct pt_run *run)
{
    int first = run->horizon;
    for (size_t i = 0; i < run->n_projections; i++) {
        first = run->projections[i].last < first ? run->projections[i].last : first;
    }
    return first;
}

static void put_years(struct bars *bars, const struct pt_table *table, int begin, int end)
{
    enum which which = which_rows(table);
    for (size_t row = 0; row < table->n_rows; row++) {
        if (!is_drawn(table, row, which) || bars->n >= BARS_MOST) {
            bars->left++;
            continue;
        }
        double p10 = on_axis(cell_of(table, row, "p10"), begin, end);
        double p50 = on_axis(cell_of(table, row, "p50"), begin, end);
        double p90 = on_axis(cell_of(table, row, "p90"), begin, end);
        label_row(bars, table, row);
        put_value(bars, 0, p10, "0");
        put_value(bars, 1, p50 - p10, "0");
        put_value(bars, 2, p90 - p50, "0");
        bars->n++;
        bars->row++;
    }
}

void pt_chart_parity(const struct pt_sheet *sheet)
{
    if (sheet->worksheet == NULL) {
        return;
    }
    struct pt_book *book = sheet->book;
    const struct pt_language *language = book->language;
    const struct pt_chart_colours *colours = pt_chart_colours(book->theme);
    const struct pt_table *table = pt_facts_table(book->facts, "parity", true);
    int begin = first_year(book->facts->run) / 5 * 5, end = book->facts->run->horizon;
    const char *const headings[] = { pt_translate(language, PT_N("earliest")),
                                     pt_translate(language,
                                                  PT_N("from the earliest to the middle")),
                                     pt_translate(language, PT_N("from the middle to late")) };
    struct bars bars = bars_open(sheet, headings, 3);
    put_years(&bars, table, begin, end);
    lxw_chart *chart = pt_chart_new(book, LXW_CHART_BAR_STACKED, NULL);
    if (chart == NULL || bars.n == 0) {
        return;
    }
    struct pt_buffer axis = { 0 };
    pt_buffer_say(
        &axis, language,
        PT_N("Dark: from the earliest to the middle. Light: on to late. A bar that reaches "
             "%d goes on beyond it."),
        end);
    bars_series(&bars, chart, 0, headings[0], LXW_COLOR_UNSET);
    bars_series(&bars, chart, 1, headings[1], colours->middle);
    bars_series(&bars, chart, 2, headings[2], colours->wide);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    say_left(&bars, chart, pt_translate(language, table->title));
    chart_set_series_gap(chart, 40);
    pt_chart_axis(book, chart->y_axis, "", NULL, false);
    chart_axis_set_reverse(chart->y_axis);
    pt_chart_axis(book, chart->x_axis, axis.failed ? "" : axis.bytes, "0", true);
    chart_axis_set_min(chart->x_axis, begin);
    chart_axis_set_max(chart->x_axis, end);
    pt_chart_put(sheet, chart, 0, pt_translate(language, table->title));
    bars_close(&bars);
    pt_buffer_free(&axis);
}

/* ------------------------------------------------------------------ gains, and being on time */

/* As the table beside holds it. */
static double plain_value(const struct pt_cell *cell)
{
    char plain[PT_CELL_MAX];
    double value = cell->value;
    pt_cell_plain(cell, plain);
    pt_number_parse(plain, strlen(plain), '.', &value, NULL);
    return value;
}

static void put_chances(struct bars *bars, const struct pt_table *table, const char *column)
{
    enum which which = which_rows(table);
    for (size_t row = 0; row < table->n_rows; row++) {
        const struct pt_cell *cell = cell_of(table, row, column);
        if (cell->kind != PT_CELL_CHANCE) {
            continue;
        }
        if (!is_drawn(table, row, which) || bars->n >= BARS_MOST) {
            bars->left++;
            continue;
        }
        const struct pt_cell *standing = cell_of(table, row, "status");
        bars->colours[bars->n] = standing->kind == PT_CELL_STANDING
                                     ? pt_book_colour(standing->standing)
                                     : pt_chart_colours(bars->sheet->book->theme)->middle;
        label_row(bars, table, row);
        put_value(bars, 0, plain_value(cell), "0 %");
        bars->n++;
        bars->row++;
    }
}

/* Each bar in the colour of its status. */
static void paint(const struct bars *bars, lxw_chart_series *series)
{
    lxw_chart_fill fills[BARS_MOST];
    lxw_chart_point points[BARS_MOST];
    lxw_chart_point *list[BARS_MOST + 1] = { NULL };

    for (size_t i = 0; i < bars->n; i++) {
        fills[i] = (lxw_chart_fill){ .color = bars->colours[i] };
        points[i] = (lxw_chart_point){ .fill = &fills[i] };
        list[i] = &points[i];
    }
    if (series == NULL || chart_series_set_points(series, list) != LXW_NO_ERROR) {
        bars->sheet->book->failed = true;
    }
}

/* Shares of the futures as bars. */
static void draw_chances(const struct pt_sheet *sheet, const char *name, const char *column,
                         const char *heading)
{
    if (sheet->worksheet == NULL) {
        return;
    }
    struct pt_book *book = sheet->book;
    const struct pt_table *table = pt_facts_table(book->facts, name, true);
    const char *title = pt_translate(book->language, heading);
    struct bars bars = bars_open(sheet, &title, 1);
    put_chances(&bars, table, column);
    if (bars.n == 0) {
        return;
    }
    lxw_chart *chart = pt_chart_new(book, LXW_CHART_BAR, NULL);
    if (chart == NULL) {
        return;
    }
    paint(&bars, bars_series(&bars, chart, 0, title, pt_chart_colours(book->theme)->middle));
    say_left(&bars, chart, title);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_NONE);
    chart_set_series_gap(chart, 40);
    pt_chart_axis(book, chart->y_axis, "", NULL, false);
    chart_axis_set_reverse(chart->y_axis);
    pt_chart_axis(book, chart->x_axis, pt_translate(book->language, PT_N("share of the futures")),
                  "0 %", true);
    chart_axis_set_min(chart->x_axis, 0);
    chart_axis_set_max(chart->x_axis, 1);
    pt_chart_put(sheet, chart, 0, title);
    bars_close(&bars);
}

void pt_chart_gains(const struct pt_sheet *gained)
{
    draw_chances(gained, "gained", "p_earlier",
                 PT_N("How often the scenario brings parity forward"));
}

void pt_chart_status(const struct pt_sheet *status)
{
    draw_chances(status, "status", "p_on_time", PT_N("How often it is there in time"));
}
