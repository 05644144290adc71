#include "output/workbook/chart.h"

#include <string.h>

/* Charts have the default size of the library before they are scaled. */
#define DEFAULT_WIDTH  480.0
#define DEFAULT_HEIGHT 288.0
#define TITLE_MOST     110
#define TITLE_SIZE     13
#define LETTER_SIZE    10

const struct pt_chart_colours *pt_chart_colours(enum pt_theme theme)
{
    /* Okabe and Ito (2008); as src/output/plot/theme.c has them */
    static const struct pt_chart_colours screen = {
        0x4A9FD4, 0x1F7AB8, 0x005B94, 0x1A1A1A, 0xE2E2E2, { 0xD55E00, 0xCC79A7, 0xE69F00, 0x000000 }
    };
    static const struct pt_chart_colours paper = {
        0x757575, 0x4D4D4D, 0x000000, 0x000000, 0xD0D0D0, { 0xB34700, 0x0072B2, 0xA3527F, 0x1A1A1A }
    };
    return theme == PT_THEME_PRINT ? &paper : &screen;
}

const char *pt_chart_text(struct pt_book *book, const char *text, size_t most)
{
    const char *safe = pt_book_clean(book, text, most);
    if (safe[0] != '=') {
        return safe;
    }
    const char *apart = pt_arena_printf(book->arena, " %s", safe);
    book->failed |= apart == NULL;
    return apart != NULL ? apart : "";
}

lxw_chart *pt_chart_new(struct pt_book *book, uint8_t type, const char *title)
{
    lxw_chart *chart = workbook_add_chart(book->workbook, type);
    lxw_chart_font font = { .size = TITLE_SIZE, .bold = LXW_TRUE };
    lxw_chart_font letters = { .size = LETTER_SIZE };

    if (chart == NULL) {
        book->failed = true;
        return NULL;
    }
    if (title != NULL) { /* set once: the library loses the one before */
        chart_title_set_name(chart, pt_chart_text(book, title, TITLE_MOST));
    }
    chart_title_set_name_font(chart, &font);
    chart_legend_set_position(chart, LXW_CHART_LEGEND_BOTTOM);
    chart_legend_set_font(chart, &letters);
    return chart;
}

void pt_chart_axis(struct pt_book *book, lxw_chart_axis *axis, const char *name, const char *format,
                   bool grid)
{
    lxw_chart_font letters = { .size = LETTER_SIZE };
    lxw_chart_font heading = { .size = LETTER_SIZE, .bold = LXW_EXPLICIT_FALSE };
    lxw_chart_line rule = { .color = pt_chart_colours(book->theme)->rule, .width = 0.75F };

    if (name[0] != '\0') {
        chart_axis_set_name(axis, pt_chart_text(book, name, TITLE_MOST));
        chart_axis_set_name_font(axis, &heading);
    }
    chart_axis_set_num_font(axis, &letters);
    if (format != NULL) {
        chart_axis_set_num_format(axis, format);
    }
    chart_axis_major_gridlines_set_visible(axis, grid);
    if (grid) {
        chart_axis_major_gridlines_set_line(axis, &rule);
    }
}

lxw_col_t pt_chart_column(const struct pt_sheet *sheet)
{
    return (lxw_col_t)(sheet->n_columns + 1);
}

void pt_chart_put(const struct pt_sheet *sheet, lxw_chart *chart, size_t place, const char *alt)
{
    struct pt_book *book = sheet->book;
    const char *text = pt_book_clean(book, alt, 255);
    /* rows that a filter hides take no chart with them */
    lxw_chart_options options = { .x_scale = PT_CHART_WIDTH / DEFAULT_WIDTH,
                                  .y_scale = PT_CHART_HEIGHT / DEFAULT_HEIGHT,
                                  .object_position = LXW_OBJECT_DONT_MOVE_DONT_SIZE };
    options.description = pt_arena_copy(book->arena, text, strlen(text));
    if (options.description == NULL ||
        worksheet_insert_chart_opt(sheet->worksheet,
                                   (lxw_row_t)(PT_SHEET_HEAD + 1 + place * PT_CHART_ROWS),
                                   pt_chart_column(sheet), chart, &options) != LXW_NO_ERROR) {
        book->failed = true;
    }
}
