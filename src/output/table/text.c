/* A table for a terminal: as wide as it may be, numbers to the right, words wrapped. */
#include "output/table/columns.h"
#include "output/table/wrap.h"
#include "output/table/writers.h"
#include "output/terminal/paint.h"

#include <string.h>

#define LISTED_INDENT 2
/* The share of a line that the names in a list of cells may take. */
#define LISTED_NAMES 2

/* What stands in one line of the table; several lines of characters where a cell is wrapped. */
struct layout {
    const struct pt_grid *grid;
    struct pt_arena *arena;
    struct pt_columns columns;
    struct pt_lines *wrapped; /* [n_columns] of the row being written */
    const char *const *paint; /* [n_columns] before a cell of the row, NULL: none */
    struct pt_buffer *out;
    size_t width;
    size_t spaces; /* owed before the next character: none at the end of a line */
};

static const char *grid_cell(const struct pt_grid *grid, size_t row, size_t column)
{
    return grid->cells[row * grid->n_columns + column];
}

/* ------------------------------------------------------------------ lines */

static void put(struct layout *layout, const char *text, size_t length, const char *paint)
{
    size_t end = length;

    while (end > 0 && text[end - 1] == ' ') {
        end--;
    }
    if (end > 0) {
        pt_buffer_printf(layout->out, "%*s%s", (int)layout->spaces, "", paint != NULL ? paint : "");
        pt_buffer_add(layout->out, text, end);
        pt_buffer_text(layout->out, paint != NULL ? PT_PAINT_END : "");
        layout->spaces = 0;
    }
    layout->spaces += length - end;
}

static void end_line(struct layout *layout)
{
    pt_buffer_text(layout->out, "\n");
    layout->spaces = 0;
}

/* Words over the whole width. */
static bool put_paragraph(struct layout *layout, const char *text, const char *paint)
{
    struct pt_lines lines;

    if (text == NULL || !pt_wrap(layout->arena, text, layout->width, &lines)) {
        return false;
    }
    for (size_t i = 0; i < lines.n; i++) {
        put(layout, lines.lines[i].text, lines.lines[i].length, paint);
        end_line(layout);
    }
    return true;
}

/* The words of the lifted columns, one after the other. */
static const char *lifted_words(const struct layout *layout, const char *const *texts)
{
    const char *words = "";

    for (size_t i = 0; words != NULL && i < layout->columns.lifted; i++) {
        const char *comma = words[0] != '\0' && texts[i][0] != '\0' ? ", " : "";
        words = pt_arena_printf(layout->arena, "%s%s%s", words, comma, texts[i]);
    }
    return words;
}

/* ------------------------------------------------------------------ a grid */

/* Writes the wrapped cells; those of a heading stand at the bottom. */
static void write_lines(struct layout *layout, bool bottom)
{
    const struct pt_grid *grid = layout->grid;
    size_t first = layout->columns.lifted, tallest = 1;

    for (size_t i = first; i < grid->n_columns; i++) {
        tallest = layout->wrapped[i].n > tallest ? layout->wrapped[i].n : tallest;
    }
    for (size_t k = 0; k < tallest; k++) {
        layout->spaces = first > 0 ? PT_LIFTED_INDENT : 0;
        for (size_t i = first; i < grid->n_columns; i++) {
            const struct pt_lines *lines = &layout->wrapped[i];
            size_t above = bottom ? tallest - lines->n : 0;
            struct pt_text_line line = { .text = "" };
            if (k >= above && k - above < lines->n) {
                line = lines->lines[k - above];
            }
            size_t width = layout->columns.widths[i];
            size_t beside = width > line.width ? width - line.width : 0;
            layout->spaces +=
                (i > first ? strlen(PT_COLUMN_GAP) : 0) + (grid->text[i] ? 0 : beside);
            put(layout, line.text, line.length, layout->paint[i]);
            layout->spaces += grid->text[i] ? beside : 0;
        }
        end_line(layout);
    }
}

static void write_rule(struct layout *layout)
{
    size_t first = layout->columns.lifted;

    layout->spaces = first > 0 ? PT_LIFTED_INDENT : 0;
    for (size_t i = first; i < layout->grid->n_columns; i++) {
        layout->spaces += i > first ? strlen(PT_COLUMN_GAP) : 0;
        for (size_t k = 0; k < layout->columns.widths[i]; k++) {
            put(layout, "─", strlen("─"), NULL);
        }
    }
    end_line(layout);
}

static bool wrap_row(struct layout *layout, const char *const *texts)
{
    for (size_t i = layout->columns.lifted; i < layout->grid->n_columns; i++) {
        if (!pt_wrap(layout->arena, texts[i], layout->columns.widths[i], &layout->wrapped[i])) {
            return false;
        }
    }
    return true;
}

/* Whether the first n words of a row are those of the row above. */
static bool repeats(const struct pt_grid *grid, size_t row, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (strcmp(grid_cell(grid, row, i), grid_cell(grid, row - 1, i)) != 0) {
            return false;
        }
    }
    return true;
}

/* Says a repeated word once: from the left, as long as the row above says the same. */
static const char *const *without_repeated(const struct layout *layout, size_t row)
{
    const struct pt_grid *grid = layout->grid;
    const char **texts = PT_NEW(layout->arena, const char *, grid->n_columns);

    for (size_t i = 0; texts != NULL && i < grid->n_columns; i++) {
        texts[i] = grid_cell(grid, row, i);
    }
    for (size_t i = 0; texts != NULL && row > 0 && i < grid->n_columns && grid->text[i]; i++) {
        if (!repeats(grid, row, i + 1)) {
            break;
        }
        texts[i] = "";
    }
    return texts;
}

static bool write_heading(struct layout *layout, const char *const *bold)
{
    const struct pt_grid *grid = layout->grid;

    layout->paint = bold;
    if (!wrap_row(layout, grid->headings) ||
        (layout->columns.lifted > 0 &&
         !put_paragraph(layout, lifted_words(layout, grid->headings), bold[0]))) {
        return false;
    }
    write_lines(layout, true);
    write_rule(layout);
    return true;
}

static bool write_row(struct layout *layout, size_t row)
{
    const struct pt_grid *grid = layout->grid;
    size_t lifted = layout->columns.lifted;
    const char *const *whole = (const char *const *)&grid->cells[row * grid->n_columns];
    const char *const *texts = without_repeated(layout, row);

    if (texts == NULL || !wrap_row(layout, texts) ||
        (lifted > 0 && (row == 0 || !repeats(grid, row, lifted)) &&
         !put_paragraph(layout, lifted_words(layout, whole), NULL))) {
        return false;
    }
    layout->paint = &grid->paint[row * grid->n_columns];
    write_lines(layout, false);
    return true;
}

static bool write_grid(struct layout *layout, const char *const *bold)
{
    if (!write_heading(layout, bold)) {
        return false;
    }
    for (size_t row = 0; row < layout->grid->n_rows; row++) {
        if (!write_row(layout, row)) {
            return false;
        }
    }
    return true;
}

/* ------------------------------------------------------------------ a list */

/* "  heading  cell", both wrapped. */
static bool write_item(struct layout *layout, size_t row, size_t column, size_t names)
{
    const struct pt_grid *grid = layout->grid;
    size_t before = LISTED_INDENT + names + strlen(PT_COLUMN_GAP);
    size_t room = layout->width > before ? layout->width - before : 1;
    struct pt_lines heading, cell;

    if (!pt_wrap(layout->arena, grid->headings[column], names, &heading) ||
        !pt_wrap(layout->arena, grid_cell(grid, row, column), room, &cell)) {
        return false;
    }
    for (size_t k = 0; k < heading.n || k < cell.n; k++) {
        layout->spaces = LISTED_INDENT;
        size_t width = 0;
        if (k < heading.n) {
            put(layout, heading.lines[k].text, heading.lines[k].length, NULL);
            width = heading.lines[k].width;
        }
        layout->spaces += names - (width < names ? width : names) + strlen(PT_COLUMN_GAP);
        if (k < cell.n) {
            put(layout, cell.lines[k].text, cell.lines[k].length,
                grid->paint[row * grid->n_columns + column]);
        }
        end_line(layout);
    }
    return true;
}

/* Each row as a list of its cells, under the words it begins with. */
static bool write_list(struct layout *layout, const char *const *bold)
{
    const struct pt_grid *grid = layout->grid;
    size_t names = 0, first = layout->columns.lifted;

    for (size_t i = first; i < grid->n_columns; i++) {
        size_t width = pt_utf8_width(grid->headings[i]);
        names = width > names ? width : names;
    }
    if (names > layout->width / LISTED_NAMES) {
        names = layout->width / LISTED_NAMES;
    }
    for (size_t row = 0; row < grid->n_rows; row++) {
        const char *const *texts = (const char *const *)&grid->cells[row * grid->n_columns];
        if (first > 0 && !put_paragraph(layout, lifted_words(layout, texts), bold[0])) {
            return false;
        }
        for (size_t i = first; i < grid->n_columns; i++) {
            if (texts[i][0] != '\0' && !write_item(layout, row, i, names)) {
                return false;
            }
        }
    }
    return true;
}

static bool lay_out(const struct pt_table *table, const struct pt_writer_options *options,
                    struct pt_arena *arena, struct pt_buffer *out)
{
    const struct pt_language *language =
        options->language != NULL ? options->language : &pt_language_english;
    struct pt_grid grid;

    if (!pt_grid_make(table, language, arena, &grid) ||
        !pt_grid_align_decimals(table, language, arena, &grid)) {
        return false;
    }
    if (grid.n_columns == 0) {
        return true;
    }
    struct layout layout = { .grid = &grid, .arena = arena, .out = out, .width = options->width };
    layout.wrapped = PT_NEW(arena, struct pt_lines, grid.n_columns);
    const char **bold = PT_NEW(arena, const char *, grid.n_columns);
    if (layout.wrapped == NULL || bold == NULL ||
        !pt_columns_fit(&grid, options->width, arena, &layout.columns)) {
        return false;
    }
    for (size_t i = 0; i < grid.n_columns; i++) {
        bold[i] = options->color ? PT_PAINT_BOLD : NULL;
    }
    for (size_t i = 0; !options->color && i < grid.n_columns * grid.n_rows; i++) {
        grid.paint[i] = NULL;
    }
    return layout.columns.listed && grid.n_rows > 0 ? write_list(&layout, bold)
                                                    : write_grid(&layout, bold);
}

static void write_text(const struct pt_table *table, const struct pt_writer_options *options,
                       struct pt_buffer *out)
{
    struct pt_arena *arena = pt_arena_new();

    if (arena == NULL || !lay_out(table, options, arena, out)) {
        out->failed = true;
    }
    pt_arena_free(arena);
}

const struct pt_writer pt_writer_text = {
    .name = "text",
    .title = PT_N("a table to read in a terminal"),
    .extension = "txt",
    .people = true,
    .write = write_text,
};
