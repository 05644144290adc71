/* A table of GitHub's Markdown, aligned so that it can be read as it stands. */
#include "output/table/grid.h"
#include "output/table/writers.h"

#include <string.h>

/* Everything that could start a mark-up: emphasis, code, links, HTML, mathematics, strike-outs; a
 * heading's end; the border of a cell. What needs the start of a line gets no line of its own. */
static bool is_special(char c)
{
    return c != '\0' && strchr("\\|`<>*_[]~$#", c) != NULL;
}

/* Names of files may hold what no text of a planner's does. */
static void add_other(struct pt_buffer *buffer, const char *at, size_t n)
{
    uint32_t code;
    size_t length = pt_utf8_next(at, n, &code);
    if (code == 0xFFFD && length == 1) {
        pt_buffer_text(buffer, "\xEF\xBF\xBD");
    } else if (!pt_utf8_steers(code)) {
        pt_buffer_add(buffer, at, n);
    } else if (code < 0xA0) {
        pt_buffer_text(buffer, " ");
    }
}

void pt_buffer_markdown(struct pt_buffer *buffer, const char *text)
{
    uint32_t code;
    for (size_t left = strlen(text), n; left > 0; left -= n, text += n) {
        n = pt_utf8_next(text, left, &code);
        if (is_special(*text)) {
            pt_buffer_text(buffer, "\\");
        }
        if (*text == '&') {
            pt_buffer_text(buffer, "&amp;");
        } else {
            add_other(buffer, text, n);
        }
    }
}

static char *escape(struct pt_arena *arena, const char *text)
{
    struct pt_buffer escaped = { .bytes = NULL };
    pt_buffer_markdown(&escaped, text);
    char *kept =
        escaped.failed ? NULL : pt_arena_copy(arena, escaped.n > 0 ? escaped.bytes : "", escaped.n);
    pt_buffer_free(&escaped);
    return kept;
}

static bool escape_all(struct pt_arena *arena, struct pt_grid *grid)
{
    for (size_t i = 0; i < grid->n_columns; i++) {
        grid->headings[i] = escape(arena, grid->headings[i]);
        if (grid->headings[i] == NULL) {
            return false;
        }
    }
    for (size_t i = 0; i < grid->n_columns * grid->n_rows; i++) {
        grid->cells[i] = escape(arena, grid->cells[i]);
        if (grid->cells[i] == NULL) {
            return false;
        }
    }
    return true;
}

static void measure(const struct pt_grid *grid, size_t *widths)
{
    for (size_t i = 0; i < grid->n_columns; i++) {
        size_t width = pt_utf8_width(grid->headings[i]);
        widths[i] = width > 3 ? width : 3;
        for (size_t row = 0; row < grid->n_rows; row++) {
            width = pt_utf8_width(grid->cells[row * grid->n_columns + i]);
            widths[i] = width > widths[i] ? width : widths[i];
        }
    }
}

static void pad(struct pt_buffer *out, const char *text, size_t width, bool left)
{
    size_t own = pt_utf8_width(text);
    int spaces = width > own ? (int)(width - own) : 0;

    pt_buffer_printf(out, "| %*s%s%*s ", left ? 0 : spaces, "", text, left ? spaces : 0, "");
}

static void write_grid(const struct pt_grid *grid, const size_t *widths, struct pt_buffer *out)
{
    for (size_t i = 0; i < grid->n_columns; i++) {
        pad(out, grid->headings[i], widths[i], grid->text[i]);
    }
    pt_buffer_text(out, "|\n");
    for (size_t i = 0; i < grid->n_columns; i++) {
        pt_buffer_text(out, "| ");
        for (size_t k = 1; k < widths[i]; k++) {
            pt_buffer_text(out, "-");
        }
        pt_buffer_text(out, grid->text[i] ? "- " : ": ");
    }
    pt_buffer_text(out, "|\n");
    for (size_t row = 0; row < grid->n_rows; row++) {
        for (size_t i = 0; i < grid->n_columns; i++) {
            pad(out, grid->cells[row * grid->n_columns + i], widths[i], grid->text[i]);
        }
        pt_buffer_text(out, "|\n");
    }
}

static void write_markdown(const struct pt_table *table, const struct pt_writer_options *options,
                           struct pt_buffer *out)
{
    const struct pt_language *language =
        options->language != NULL ? options->language : &pt_language_english;
    struct pt_arena *arena = pt_arena_new();
    struct pt_grid grid;
    size_t *widths = NULL;
    bool ok = arena != NULL && pt_grid_make(table, language, arena, &grid) &&
              escape_all(arena, &grid) &&
              (widths = PT_NEW(arena, size_t, grid.n_columns + 1)) != NULL;

    if (!ok) {
        out->failed = true;
    } else if (grid.n_columns > 0) {
        measure(&grid, widths);
        write_grid(&grid, widths, out);
    }
    pt_arena_free(arena);
}

const struct pt_writer pt_writer_markdown = {
    .name = "markdown",
    .title = PT_N("a table for Markdown documents"),
    .extension = "md",
    .markup = true,
    .people = true,
    .write = write_markdown,
};
