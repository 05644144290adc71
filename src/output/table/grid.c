#include "output/table/grid.h"

#include <string.h>

#include "output/table/cell.h"
#include "output/terminal/paint.h"

static const struct pt_cell *cell_at(const struct pt_table *table, size_t row, size_t column)
{
    return &table->cells[row * table->n_columns + column];
}

static bool is_words(const struct pt_cell *cell)
{
    return cell->kind == PT_CELL_TEXT || cell->kind == PT_CELL_WORD;
}

/* What stands to the left: words, and what is drawn of characters. */
static bool is_left(const struct pt_cell *cell)
{
    return is_words(cell) || cell->kind == PT_CELL_STANDING || cell->kind == PT_CELL_TRACE ||
           cell->kind == PT_CELL_MESSAGE;
}

static bool is_shown(const struct pt_table *table, size_t column)
{
    if (table->columns[column].people == 0) {
        return false;
    }
    for (size_t row = 0; row < table->n_rows; row++) {
        if (!pt_cell_is_empty(cell_at(table, row, column))) {
            return true;
        }
    }
    return table->n_rows == 0;
}

/* A column with a number in it is a column of numbers, whatever words stand between them. */
static bool is_column_of_words(const struct pt_table *table, size_t column)
{
    bool words = false;

    for (size_t row = 0; row < table->n_rows; row++) {
        const struct pt_cell *cell = cell_at(table, row, column);
        if (!is_left(cell) && cell->kind != PT_CELL_EMPTY) {
            return false;
        }
        words = words || is_left(cell);
    }
    return words || table->n_rows == 0;
}

/* Characters that could move a terminal's cursor or turn the direction of what follows. */
static void blank_controls(char *text)
{
    for (size_t left = strlen(text), n; left > 0; left -= n, text += n) {
        uint32_t code;
        n = pt_utf8_next(text, left, &code);
        if (pt_utf8_steers(code)) {
            memset(text, ' ', n);
        }
    }
}

/* The length of a word up to the year of "-2015" at its end; 0: it has none. */
static size_t before_year(const char *word)
{
    const char *hyphen = strrchr(word, '-');
    return hyphen != NULL && strlen(hyphen) == 5 && strspn(hyphen + 1, "0123456789") == 4
               ? (size_t)(hyphen + 1 - word)
               : 0;
}

/* A word of the program; of one with a year, such as slope-2015, what stands before the year. */
static const char *translate_word(const char *word, const struct pt_language *language,
                                  struct pt_arena *arena)
{
    size_t n = before_year(word);
    if (n == 0) {
        return pt_translate(language, word);
    }
    const char *name = pt_arena_copy(arena, word, n);
    return name != NULL ? pt_arena_printf(arena, "%s%s", pt_translate(language, name), word + n)
                        : NULL;
}

char *pt_grid_text(const struct pt_cell *cell, const struct pt_language *language,
                   struct pt_arena *arena)
{
    char buffer[PT_CELL_MAX];
    const char *text = buffer;

    if (is_words(cell)) {
        text = cell->text == NULL           ? ""
               : cell->kind == PT_CELL_WORD ? translate_word(cell->text, language, arena)
                                            : cell->text;
    } else {
        pt_cell_print(cell, language, buffer);
    }
    char *copy = text != NULL ? pt_arena_copy(arena, text, strlen(text)) : NULL;
    if (copy != NULL) {
        blank_controls(copy);
    }
    return copy;
}

size_t *pt_grid_columns(const struct pt_table *table, struct pt_arena *arena, size_t *n)
{
    size_t *shown = PT_NEW(arena, size_t, table->n_columns + 1);

    *n = 0;
    for (size_t column = 0; shown != NULL && column < table->n_columns; column++) {
        if (!is_shown(table, column)) {
            continue;
        }
        size_t at = (*n)++; /* insertion by place; equal places keep the order of the table */
        for (; at > 0 && table->columns[shown[at - 1]].people > table->columns[column].people;
             at--) {
            shown[at] = shown[at - 1];
        }
        shown[at] = column;
    }
    return shown;
}

bool pt_grid_make(const struct pt_table *table, const struct pt_language *language,
                  struct pt_arena *arena, struct pt_grid *grid)
{
    size_t n;
    const size_t *shown = pt_grid_columns(table, arena, &n);
    if (shown == NULL) {
        return false;
    }
    *grid = (struct pt_grid){ .n_columns = n, .n_rows = table->n_rows };
    grid->headings = PT_NEW(arena, const char *, n + 1);
    grid->text = PT_NEW(arena, bool, n + 1);
    grid->cells = PT_NEW(arena, char *, n * table->n_rows + 1);
    grid->facts = PT_NEW(arena, const struct pt_cell *, n * table->n_rows + 1);
    grid->paint = PT_NEW(arena, const char *, n * table->n_rows + 1);
    if (grid->headings == NULL || grid->text == NULL || grid->cells == NULL ||
        grid->facts == NULL || grid->paint == NULL) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        const struct pt_column *column = &table->columns[shown[i]];
        const char *title = column->title != NULL ? column->title : column->name;
        grid->headings[i] = pt_translate(language, title);
        grid->text[i] = is_column_of_words(table, shown[i]);
        for (size_t row = 0; row < table->n_rows; row++) {
            const struct pt_cell *cell = cell_at(table, row, shown[i]);
            char *text = pt_grid_text(cell, language, arena);
            if (text == NULL) {
                return false;
            }
            grid->cells[row * n + i] = text;
            grid->facts[row * n + i] = cell;
            if (cell->kind == PT_CELL_STANDING) {
                grid->paint[row * n + i] = pt_paint_of(pt_standing_colour(cell->standing));
            }
        }
    }
    return true;
}

/* Columns taken from the decimal sign on. */
static size_t tail_length(const char *text, char decimal)
{
    const char *sign = strchr(text, decimal);
    return sign != NULL ? strlen(sign) : 0;
}

bool pt_grid_align_decimals(const struct pt_table *table, const struct pt_language *language,
                            struct pt_arena *arena, struct pt_grid *grid)
{
    size_t n;
    const size_t *shown = pt_grid_columns(table, arena, &n);
    if (shown == NULL) {
        return false;
    }
    for (size_t i = 0; i < n; i++) {
        size_t longest = 0;
        for (size_t row = 0; row < grid->n_rows; row++) {
            if (cell_at(table, row, shown[i])->kind == PT_CELL_AMOUNT) {
                size_t tail = tail_length(grid->cells[row * n + i], language->decimal);
                longest = tail > longest ? tail : longest;
            }
        }
        for (size_t row = 0; row < grid->n_rows; row++) {
            char **cell = &grid->cells[row * n + i];
            if (cell_at(table, row, shown[i])->kind != PT_CELL_AMOUNT) {
                continue;
            }
            int behind = (int)(longest - tail_length(*cell, language->decimal));
            *cell = pt_arena_printf(arena, "%s%*s", *cell, behind, "");
            if (*cell == NULL) {
                return false;
            }
        }
    }
    return true;
}
