#include <string.h>

#include "output/table/grid.h"
#include "output/workbook/book.h"

/* The title of a table's column that a person reads beside an id. */
#define TITLE_ID "title"

/* The title of what an id names: of an indicator or a goal; NULL: ids of this column have none. */
static const struct pt_text *title_of(const struct pt_model *model, const struct pt_column *column,
                                      const char *id)
{
    static const struct pt_text none = { 0 };
    if (strcmp(column->name, "indicator") == 0) {
        const struct pt_indicator *indicator = pt_model_find(model, id);
        return indicator != NULL ? &indicator->title : &none;
    }
    if (strcmp(column->name, "goal") != 0) {
        return NULL;
    }
    for (size_t a = 0; a < model->n_areas; a++) {
        for (size_t g = 0; g < model->areas[a].n_goals; g++) {
            if (strcmp(model->areas[a].goals[g].id, id) == 0) {
                return &model->areas[a].goals[g].title;
            }
        }
    }
    return &none;
}

static void put_headings(struct pt_sheet *sheet, const struct pt_table *table, const size_t *shown,
                         size_t n)
{
    const struct pt_language *language = sheet->book->language;
    for (size_t i = 0; i < n; i++) {
        const struct pt_column *column = &table->columns[shown[i]];
        const char *note = pt_book_note(table->name, column->name);
        pt_sheet_heading(
            sheet, column->name,
            pt_translate(language, column->title != NULL ? column->title : column->name),
            note != NULL ? pt_translate(language, note) : NULL);
        if (title_of(sheet->book->facts->run->model, column, "") != NULL) {
            pt_sheet_heading(sheet, TITLE_ID, pt_translate(language, PT_N("title")), NULL);
        }
    }
}

void pt_sheet_table(struct pt_sheet *sheet, struct pt_book *book, const struct pt_table *table,
                    const char *name, const char *about)
{
    size_t n;
    const size_t *shown = pt_grid_columns(table, book->arena, &n);

    pt_sheet_open(sheet, book, name, pt_translate(book->language, table->title), about);
    if (shown == NULL || sheet->worksheet == NULL) {
        book->failed = true;
        return;
    }
    put_headings(sheet, table, shown, n);
    for (size_t row = 0; row < table->n_rows && !book->failed; row++, pt_sheet_next(sheet)) {
        lxw_col_t at = 0;
        for (size_t i = 0; i < n; i++) {
            const struct pt_cell *cell = &table->cells[row * table->n_columns + shown[i]];
            pt_sheet_cell(sheet, at++, cell);
            const struct pt_text *title =
                title_of(book->facts->run->model, &table->columns[shown[i]],
                         cell->text != NULL ? cell->text : "");
            if (title != NULL) {
                pt_sheet_line(sheet, at++, pt_text_in(title, book->language));
            }
        }
    }
    pt_sheet_close(sheet);
}
