#include <string.h>

#include "output/document/html.h"
#include "output/table/grid.h"

/* A table that is this many characters wide at least does not fit on a phone. */
#define WIDE 36

/* The longest piece of a text that is not broken over two lines. */
static size_t longest_word(const char *text)
{
    size_t most = 0;
    while (*text != '\0') {
        size_t n = strcspn(text, " -/");
        char word[64];
        size_t kept = n < sizeof word ? n : sizeof word - 1;
        memcpy(word, text, kept);
        word[kept] = '\0';
        size_t width = kept < n ? kept : pt_utf8_width(word);
        most = width > most ? width : most;
        text += n + (text[n] != '\0');
    }
    return most;
}

/* Texts that take a line or more of their own: on a phone they would be broken at every letter. */
#define LONG 18

static bool is_long(const struct pt_grid *grid, size_t column)
{
    for (size_t row = 0; grid->text[column] && row < grid->n_rows; row++) {
        if (pt_utf8_width(grid->cells[row * grid->n_columns + column]) >= LONG) {
            return true;
        }
    }
    return false;
}

static bool is_wide(const struct pt_grid *grid)
{
    size_t sum = 0;
    for (size_t i = 0; i < grid->n_columns; i++) {
        size_t most = longest_word(grid->headings[i]);
        for (size_t row = 0; row < grid->n_rows; row++) {
            const char *cell = grid->cells[row * grid->n_columns + i];
            enum pt_cell_kind kind = grid->facts[row * grid->n_columns + i]->kind;
            bool breaks = grid->text[i] && kind != PT_CELL_STANDING && kind != PT_CELL_TRACE;
            size_t width = breaks ? longest_word(cell) : pt_utf8_width(cell);
            most = width > most ? width : most;
        }
        sum += (is_long(grid, i) && most < LONG ? LONG : most) + 2;
    }
    return sum > WIDE;
}

static const char *colour_name(enum pt_standing_word word)
{
    static const char *const names[] = { "none", "green", "yellow", "red" };
    return names[pt_standing_colour(word)];
}

static void write_standing(struct pt_page *page, enum pt_standing_word word, const char *text)
{
    pt_buffer_printf(page->out,
                     "<span class=\"standing %s\"><span class=\"sign\" aria-hidden=\"true\">%s"
                     "</span> ",
                     colour_name(word), pt_standing_sign(word));
    pt_html_text(page->out, text);
    pt_buffer_text(page->out, "</span>");
}

/* A line of small columns, whose figures those hear who do not see it. */
static void write_trace(struct pt_page *page, const struct pt_cell *cell, const char *text)
{
    pt_buffer_text(page->out, "<span class=\"trace\" role=\"img\" aria-label=\"");
    for (size_t i = 0; i < cell->n; i++) {
        char number[PT_NUMBER_MAX];
        pt_number_short(number, cell->values[i], 6, page->language->decimal);
        pt_buffer_printf(page->out, "%s%s", i > 0 ? "; " : "", number);
    }
    pt_buffer_printf(page->out, "\">%s</span>", text);
}

static void write_cell(struct pt_page *page, const struct pt_grid *grid, size_t row, size_t column)
{
    const struct pt_cell *cell = grid->facts[row * grid->n_columns + column];
    const char *text = grid->cells[row * grid->n_columns + column];
    bool heads = column == 0 && grid->text[0] && text[0] != '\0';
    const char *tag = heads ? "th" : "td";
    pt_buffer_printf(page->out, "<%s%s%s>", tag, heads ? " scope=\"row\"" : "",
                     grid->text[column] ? "" : " class=\"n\"");
    if (cell->kind == PT_CELL_STANDING) {
        write_standing(page, cell->standing,
                       pt_translate(page->language, pt_standing_name(cell->standing)));
    } else if (cell->kind == PT_CELL_TRACE && cell->n > 0) {
        write_trace(page, cell, text);
    } else {
        pt_html_text(page->out, text);
    }
    pt_buffer_printf(page->out, "</%s>", tag);
}

static void write_grid(struct pt_page *page, const struct pt_grid *grid)
{
    pt_buffer_text(page->out, "<thead><tr>");
    for (size_t i = 0; i < grid->n_columns; i++) {
        pt_buffer_printf(page->out, "<th scope=\"col\"%s>",
                         !grid->text[i]     ? " class=\"n\""
                         : is_long(grid, i) ? " class=\"w\""
                                            : "");
        pt_html_text(page->out, grid->headings[i]);
        pt_buffer_text(page->out, "</th>");
    }
    pt_buffer_text(page->out, "</tr></thead>\n<tbody>\n");
    for (size_t row = 0; row < grid->n_rows; row++) {
        pt_buffer_text(page->out, "<tr>");
        for (size_t i = 0; i < grid->n_columns; i++) {
            write_cell(page, grid, row, i);
        }
        pt_buffer_text(page->out, "</tr>\n");
    }
    pt_buffer_text(page->out, "</tbody>");
}

enum pt_status pt_html_table(struct pt_page *page, const char *caption,
                             const struct pt_table *table, struct pt_error *err)
{
    struct pt_grid grid;
    if (!pt_grid_make(table, page->language, page->arena, &grid)) {
        return PT_RAISE_NOMEM(err);
    }
    if (grid.n_columns == 0 || grid.n_rows == 0) {
        return PT_OK;
    }
    size_t number = ++page->n_tables;
    bool wide = is_wide(&grid);
    if (wide) { /* those without a mouse reach what is beside the screen by its focus */
        pt_buffer_printf(page->out,
                         "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
                         "aria-labelledby=\"t%zu_\">",
                         number);
    }
    pt_buffer_printf(page->out, "<table>\n<caption id=\"t%zu_\">", number);
    if (caption != NULL) {
        pt_html_text(page->out, caption);
    } else {
        pt_html_say(page, table->title);
    }
    pt_buffer_text(page->out, "</caption>\n");
    write_grid(page, &grid);
    pt_buffer_text(page->out, wide ? "</table></div>\n" : "</table>\n");
    return PT_OK;
}

void pt_html_spans(struct pt_page *page, const struct pt_block *block)
{
    static const char *const tags[] = { [PT_SPAN_STRONG] = "strong", [PT_SPAN_CODE] = "code" };
    for (size_t i = 0; i < block->n_spans; i++) {
        const struct pt_span *span = &block->spans[i];
        if (span->style == PT_SPAN_STANDING) {
            write_standing(page, span->standing, span->text);
            continue;
        }
        const char *tag = span->style == PT_SPAN_PLAIN ? NULL : tags[span->style];
        if (tag != NULL) {
            pt_buffer_printf(page->out, "<%s>", tag);
        }
        pt_html_text(page->out, span->text);
        if (tag != NULL) {
            pt_buffer_printf(page->out, "</%s>", tag);
        }
    }
}
