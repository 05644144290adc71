/* RFC 4180 with LF: every column, stable names, decimal points whatever the language. */
#include "output/table/cell.h"
#include "output/table/writers.h"

#include <string.h>

/* A spreadsheet takes a text that opens like a formula for one. It is data and stays as it is, but
 * quoted, so that whoever imports it as text gets it whole. */
static bool needs_quotes(const char *text)
{
    size_t n = strlen(text);

    return n > 0 && (strpbrk(text, ",\"\r\n") != NULL || strchr("=+-@\t ", text[0]) != NULL ||
                     text[n - 1] == ' ');
}

static void add_text(struct pt_buffer *out, const char *text)
{
    if (!needs_quotes(text)) {
        pt_buffer_text(out, text);
        return;
    }
    pt_buffer_text(out, "\"");
    for (const char *quote; (quote = strchr(text, '"')) != NULL; text = quote + 1) {
        pt_buffer_add(out, text, (size_t)(quote - text) + 1);
        pt_buffer_text(out, "\"");
    }
    pt_buffer_text(out, text);
    pt_buffer_text(out, "\"");
}

static void add_cell(struct pt_buffer *out, const struct pt_cell *cell)
{
    char buffer[PT_CELL_MAX];
    const char *text = pt_cell_plain(cell, buffer);

    if (text == buffer && cell->kind != PT_CELL_MESSAGE) {
        pt_buffer_text(out, text);
    } else {
        add_text(out, text);
    }
}

static void write_csv(const struct pt_table *table, const struct pt_writer_options *options,
                      struct pt_buffer *out)
{
    (void)options;
    for (size_t i = 0; i < table->n_columns; i++) {
        pt_buffer_text(out, i > 0 ? "," : "");
        add_text(out, table->columns[i].name);
    }
    pt_buffer_text(out, "\n");
    for (size_t row = 0; row < table->n_rows; row++) {
        const struct pt_cell *cells = &table->cells[row * table->n_columns];
        for (size_t i = 0; i < table->n_columns; i++) {
            pt_buffer_text(out, i > 0 ? "," : "");
            add_cell(out, &cells[i]);
        }
        /* A line of nothing would be read as no row at all. */
        pt_buffer_text(out, table->n_columns == 1 && pt_cell_is_empty(cells) ? "\"\"\n" : "\n");
    }
}

const struct pt_writer pt_writer_csv = {
    .name = "csv",
    .title = PT_N("comma-separated values for programs and spreadsheets"),
    .extension = "csv",
    .people = false,
    .write = write_csv,
};
