/* A table for a terminal: as wide as it may be, numbers to the right, words wrapped. */
#include "output/table/grid.h"
#include "output/table/wrap.h"
#include "output/table/writers.h"

#include <string.h>

#define GAP "  "
/* A column of words is not made narrower than this while it has longer pieces; in a table that is
 * still too wide they may be broken down to the second. */
#define LEAST_WORDS  16
#define LEAST_PIECES 8

/* What stands in one line of the table; several lines of characters where a cell is wrapped. */
struct layout {
    const struct pt_grid *grid;
    struct pt_arena *arena;
    size_t *widths;           /* [n_columns] */
    struct pt_lines *wrapped; /* [n_columns] of the row being written */
    struct pt_buffer *out;
    size_t spaces; /* owed before the next character: none at the end of a line */
};

static const char *grid_cell(const struct pt_grid *grid, size_t row, size_t column)
{
    return grid->cells[row * grid->n_columns + column];
}

/* ------------------------------------------------------------------ widths */

static size_t at_least(size_t a, size_t b)
{
    return a > b ? a : b;
}

/* Widths wanted by each column and how far each can go: first the heading is wrapped, then words
 * are. Numbers are never cut. */
struct span {
    size_t cells, narrow; /* widest cell; narrowest the words can be unbroken */
    size_t broken;        /* and broken */
    size_t heading_word;  /* widest word of the heading */
};

static struct span measure(const struct layout *layout, size_t column)
{
    const struct pt_grid *grid = layout->grid;
    struct span span = { .heading_word = pt_wrap_least(layout->arena, grid->headings[column]) };

    for (size_t row = 0; row < grid->n_rows; row++) {
        const char *cell = grid_cell(grid, row, column);
        span.cells = at_least(span.cells, pt_utf8_width(cell));
        if (grid->text[column]) {
            span.narrow = at_least(span.narrow, pt_wrap_least(layout->arena, cell));
        }
    }
    if (!grid->text[column]) {
        span.narrow = span.cells;
    } else if (span.narrow > LEAST_WORDS) {
        span.narrow = LEAST_WORDS;
    }
    span.narrow = at_least(span.narrow, span.heading_word);
    span.broken = grid->text[column] && span.narrow > LEAST_PIECES
                      ? at_least(LEAST_PIECES, span.heading_word)
                      : span.narrow;
    return span;
}

/* Takes one column of characters from the widest column that is wider than its limit. */
static bool narrow_one(size_t *widths, const size_t *limits, size_t n)
{
    size_t widest = n;

    for (size_t i = 0; i < n; i++) {
        if (widths[i] > limits[i] && (widest == n || widths[i] > widths[widest])) {
            widest = i;
        }
    }
    if (widest < n) {
        widths[widest]--;
    }
    return widest < n;
}

static bool fit_widths(struct layout *layout, size_t width)
{
    const struct pt_grid *grid = layout->grid;
    size_t n = grid->n_columns, total = (n - 1) * strlen(GAP);
    size_t *first = PT_NEW(layout->arena, size_t, n), *last = PT_NEW(layout->arena, size_t, n);
    size_t *broken = PT_NEW(layout->arena, size_t, n);

    if (first == NULL || last == NULL || broken == NULL) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        struct span span = measure(layout, i);
        layout->widths[i] = at_least(span.cells, pt_utf8_width(grid->headings[i]));
        first[i] = at_least(span.cells, span.heading_word);
        last[i] = span.narrow;
        broken[i] = span.broken;
        total += layout->widths[i];
    }
    while (width > 0 && total > width &&
           (narrow_one(layout->widths, first, n) || narrow_one(layout->widths, last, n) ||
            narrow_one(layout->widths, broken, n))) {
        total--;
    }
    return true;
}

/* ------------------------------------------------------------------ writing */

static void put(struct layout *layout, const char *text, size_t length)
{
    size_t end = length;

    while (end > 0 && text[end - 1] == ' ') {
        end--;
    }
    if (end > 0) {
        pt_buffer_printf(layout->out, "%*s", (int)layout->spaces, "");
        pt_buffer_add(layout->out, text, end);
        layout->spaces = 0;
    }
    layout->spaces += length - end;
}

static void end_line(struct layout *layout)
{
    pt_buffer_text(layout->out, "\n");
    layout->spaces = 0;
}

/* Writes the wrapped cells; those of a heading stand at the bottom. */
static void write_lines(struct layout *layout, bool bottom)
{
    const struct pt_grid *grid = layout->grid;
    size_t tallest = 1;

    for (size_t i = 0; i < grid->n_columns; i++) {
        tallest = at_least(tallest, layout->wrapped[i].n);
    }
    for (size_t k = 0; k < tallest; k++) {
        for (size_t i = 0; i < grid->n_columns; i++) {
            const struct pt_lines *lines = &layout->wrapped[i];
            size_t above = bottom ? tallest - lines->n : 0;
            struct pt_text_line line = { .text = "" };
            if (k >= above && k - above < lines->n) {
                line = lines->lines[k - above];
            }
            size_t width = layout->widths[i];
            size_t beside = width > line.width ? width - line.width : 0;
            layout->spaces += (i > 0 ? strlen(GAP) : 0) + (grid->text[i] ? 0 : beside);
            put(layout, line.text, line.length);
            layout->spaces += grid->text[i] ? beside : 0;
        }
        end_line(layout);
    }
}

static void write_rule(struct layout *layout)
{
    for (size_t i = 0; i < layout->grid->n_columns; i++) {
        layout->spaces = i > 0 ? strlen(GAP) : 0;
        for (size_t k = 0; k < layout->widths[i]; k++) {
            put(layout, "─", strlen("─"));
        }
    }
    end_line(layout);
}

static bool wrap_row(struct layout *layout, const char *const *texts)
{
    for (size_t i = 0; i < layout->grid->n_columns; i++) {
        if (!pt_wrap(layout->arena, texts[i], layout->widths[i], &layout->wrapped[i])) {
            return false;
        }
    }
    return true;
}

/* Says a repeated word once: from the left, as long as the row above says the same. */
static void blank_repeated(struct pt_grid *grid)
{
    size_t n = grid->n_columns;

    for (size_t row = grid->n_rows; row-- > 1;) {
        for (size_t i = 0; i < n && grid->text[i]; i++) {
            if (strcmp(grid_cell(grid, row, i), grid_cell(grid, row - 1, i)) != 0) {
                break;
            }
            grid->cells[row * n + i][0] = '\0';
        }
    }
}

static bool write_grid(struct layout *layout)
{
    const struct pt_grid *grid = layout->grid;

    if (!wrap_row(layout, grid->headings)) {
        return false;
    }
    write_lines(layout, true);
    write_rule(layout);
    for (size_t row = 0; row < grid->n_rows; row++) {
        const char *const *texts = (const char *const *)&grid->cells[row * grid->n_columns];
        if (!wrap_row(layout, texts)) {
            return false;
        }
        write_lines(layout, false);
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
    struct layout layout = { .grid = &grid, .arena = arena, .out = out };
    layout.widths = PT_NEW(arena, size_t, grid.n_columns);
    layout.wrapped = PT_NEW(arena, struct pt_lines, grid.n_columns);
    if (layout.widths == NULL || layout.wrapped == NULL || !fit_widths(&layout, options->width)) {
        return false;
    }
    blank_repeated(&grid);
    return write_grid(&layout);
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
