#include <string.h>

#include "output/workbook/chart.h"

/* A chart for each indicator at its first place, and no more than a reader will scroll through. */
#define FANS_MOST 16
/* Up to so many years an axis has a number for every fifth of them. */
#define YEARS_BY_FIVE 40

/* The rows of one outcome in the table of bands. */
static struct pt_sheet_rows rows_of(const struct pt_table *table, const struct pt_chart *fan,
                                    const char *outcome)
{
    struct pt_sheet_rows rows = { 0 };
    size_t indicator = 0, scenario = 0, place = 0;

    for (size_t i = 0; i < table->n_columns; i++) {
        const char *name = table->columns[i].name;
        indicator = strcmp(name, "indicator") == 0 ? i : indicator;
        scenario = strcmp(name, "scenario") == 0 ? i : scenario;
        place = strcmp(name, "place") == 0 ? i : place;
    }
    for (size_t row = 0; row < table->n_rows; row++) {
        const struct pt_cell *cells = &table->cells[row * table->n_columns];
        if (strcmp(cells[indicator].text, fan->id) == 0 &&
            strcmp(cells[place].text, fan->place) == 0 &&
            strcmp(cells[scenario].text, outcome) == 0) {
            rows.first = rows.any ? rows.first : (lxw_row_t)(PT_SHEET_HEAD + 1 + row);
            rows.last = (lxw_row_t)(PT_SHEET_HEAD + 1 + row);
            rows.any = true;
        }
    }
    return rows;
}

static lxw_chart_series *add_line(const struct pt_sheet *sheet, lxw_chart *chart,
                                  const struct pt_sheet_rows *rows, const char *column,
                                  const char *name, const lxw_chart_line *line)
{
    int year = pt_sheet_column(sheet, "year"), value = pt_sheet_column(sheet, column);
    lxw_chart_series *series = year >= 0 && value >= 0 ? chart_add_series(chart, NULL, NULL) : NULL;

    if (series == NULL) {
        sheet->book->failed = true;
        return NULL;
    }
    lxw_chart_line drawn = *line;
    chart_series_set_categories(series, sheet->name, rows->first, (lxw_col_t)year, rows->last,
                                (lxw_col_t)year);
    chart_series_set_values(series, sheet->name, rows->first, (lxw_col_t)value, rows->last,
                            (lxw_col_t)value);
    chart_series_set_name(series, pt_chart_text(sheet->book, name, 80));
    chart_series_set_line(series, &drawn);
    return series;
}

/* The baseline: the middle, half of the futures and 8 of 10 of them. Both edges of a range are one
 * entry of the legend. */
static void add_baseline(const struct pt_sheet *bands, lxw_chart *chart,
                         const struct pt_sheet_rows *rows, int16_t doubles[], size_t at)
{
    const struct pt_language *language = bands->book->language;
    const struct pt_chart_colours *colours = pt_chart_colours(bands->book->theme);
    const lxw_chart_line wide = { .color = colours->wide,
                                  .width = 1.25F,
                                  .dash_type = LXW_CHART_LINE_DASH_DASH };
    const lxw_chart_line narrow = { .color = colours->narrow, .width = 1.25F };
    const lxw_chart_line middle = { .color = colours->middle, .width = 2.75F };
    const char *eight = pt_translate(language, PT_N("8 of 10 futures"));
    const char *half = pt_translate(language, PT_N("half of the futures"));

    add_line(bands, chart, rows, "p90", eight, &wide);
    add_line(bands, chart, rows, "p75", half, &narrow);
    add_line(bands, chart, rows, "p50", pt_translate(language, PT_N("middle, nothing new")),
             &middle);
    add_line(bands, chart, rows, "p25", half, &narrow);
    add_line(bands, chart, rows, "p10", eight, &wide);
    doubles[0] = (int16_t)(at + 3);
    doubles[1] = (int16_t)(at + 4);
}

static void add_scenarios(const struct pt_sheet *bands, lxw_chart *chart, size_t fan_at)
{
    const struct pt_facts *facts = bands->book->facts;
    const struct pt_projection *p = &facts->run->projections[fan_at];
    const struct pt_table *table = pt_facts_table(facts, "bands", true);
    size_t n = 0;

    for (size_t s = 1; s < p->n_outcomes && n < PT_CHART_SCENARIOS; s++) {
        const struct pt_outcome *outcome = &p->outcomes[s];
        struct pt_sheet_rows rows = rows_of(table, &facts->charts[fan_at], outcome->id);
        if ((outcome->n_levers == 0 && !outcome->linked) || !rows.any) {
            continue;
        }
        const lxw_chart_line line = { .color = pt_chart_colours(bands->book->theme)->scenarios[n++],
                                      .width = 2.25F };
        const char *title = pt_text_in(&outcome->scenario->title, bands->book->language);
        add_line(bands, chart, &rows, "p50", title, &line);
    }
}

static void add_observed(const struct pt_sheet *data, lxw_chart *chart,
                         const struct pt_sheet_rows *rows)
{
    struct pt_book *book = data->book;
    lxw_color_t ink = pt_chart_colours(book->theme)->ink;
    const lxw_chart_line line = { .color = ink, .width = 0.75F };
    lxw_chart_series *series =
        add_line(data, chart, rows, "value", pt_translate(book->language, PT_N("observed")), &line);
    if (series != NULL) {
        lxw_chart_fill fill = { .color = ink };
        chart_series_set_marker_type(series, LXW_CHART_MARKER_CIRCLE);
        chart_series_set_marker_size(series, 6);
        chart_series_set_marker_fill(series, &fill);
    }
}

/* What the figure is counted in. */
static const char *unit_of(const struct pt_book *book, const struct pt_chart *fan)
{
    return !fan->percent ? pt_text_in(&fan->unit, book->language)
           : fan->gap    ? pt_translate(book->language, PT_N("pp"))
                         : "%";
}

/* From and to round years. */
static void set_years(struct pt_book *book, lxw_chart *chart, const struct pt_chart *fan)
{
    int first = fan->n_points > 0 ? fan->points[0].year : fan->last;
    int unit = fan->horizon - first > YEARS_BY_FIVE ? 10 : 5;
    int low = first / unit * unit, high = (fan->horizon + unit - 1) / unit * unit;

    pt_chart_axis(book, chart->x_axis, "", "0", false);
    chart_axis_set_min(chart->x_axis, low);
    chart_axis_set_max(chart->x_axis, high);
    chart_axis_set_major_unit(chart->x_axis, unit);
}

static void draw(const struct pt_sheet *bands, const struct pt_sheet *data,
                 const struct pt_sheet_rows *figures, size_t at, size_t place)
{
    struct pt_book *book = bands->book;
    const struct pt_chart *fan = &book->facts->charts[at];
    const struct pt_table *table = pt_facts_table(book->facts, "bands", true);
    struct pt_sheet_rows rows = rows_of(table, fan, "baseline");
    struct pt_buffer title = { 0 };
    int16_t doubles[3] = { -1, -1, -1 };

    pt_title_with_place(&title, pt_text_in(&fan->title, book->language),
                        pt_text_in(&fan->place_title, book->language));
    lxw_chart *chart = title.failed || !rows.any
                           ? NULL
                           : pt_chart_new(book, LXW_CHART_SCATTER_STRAIGHT, title.bytes);
    if (chart == NULL) {
        book->failed |= title.failed;
        pt_buffer_free(&title);
        return;
    }
    size_t n = 0;
    if (figures->any) {
        add_observed(data, chart, figures);
        n++;
    }
    add_baseline(bands, chart, &rows, doubles, n);
    add_scenarios(bands, chart, at);
    chart_legend_delete_series(chart, doubles);
    set_years(book, chart, fan);
    pt_chart_axis(book, chart->y_axis, unit_of(book, fan), "General", true);
    chart_axis_set_label_position(chart->x_axis, LXW_CHART_AXIS_LABEL_POSITION_LOW);
    pt_chart_put(bands, chart, place, title.bytes);
    pt_buffer_free(&title);
}

static bool is_first_place(const struct pt_run *run, size_t at)
{
    return at == 0 ||
           run->projections[at].subject->indicator != run->projections[at - 1].subject->indicator;
}

void pt_chart_fans(const struct pt_sheet *bands, const struct pt_sheet *data,
                   const struct pt_sheet_rows *figures)
{
    if (bands->worksheet == NULL || data->worksheet == NULL) {
        return;
    }
    const struct pt_run *run = bands->book->facts->run;
    size_t drawn = 0, left = 0;
    for (size_t i = 0; i < run->n_projections; i++) {
        if (run->projections[i].n_years == 0) {
            continue;
        }
        if (is_first_place(run, i) && drawn < FANS_MOST) {
            draw(bands, data, &figures[i], i, drawn++);
        } else {
            left++;
        }
    }
    if (left > 0) {
        struct pt_buffer word = { 0 };
        pt_buffer_say(
            &word, bands->book->language,
            PT_N("Drawn: %zu of %zu, each indicator at its first place. The pictures of the "
                 "others are in the folder plots."),
            drawn, drawn + left);
        const struct pt_book_style soft = { .part = PT_BOOK_ABOUT, .colour = LXW_COLOR_UNSET };
        bands->book->failed |= word.failed;
        worksheet_write_string(bands->worksheet, 2, pt_chart_column(bands),
                               word.failed ? "" : word.bytes, pt_book_format(bands->book, &soft));
        pt_buffer_free(&word);
    }
}
