/* A table as people read it, before it has a form: only the columns meant for them that hold
 * anything, translated, every cell a text without control characters. */
#ifndef PT_OUTPUT_GRID_H
#define PT_OUTPUT_GRID_H

#include <paritet/output.h>

struct pt_grid {
    size_t n_columns, n_rows;
    const char **headings; /* [n_columns] */
    bool *text;            /* [n_columns] words rather than numbers: set to the left */
    char **cells;          /* [n_rows][n_columns] */
    const char **paint; /* [n_rows][n_columns] what colours a cell in a terminal; NULL: nothing */
};

/* False: out of memory. */
bool pt_grid_make(const struct pt_table *table, const struct pt_language *language,
                  struct pt_arena *arena, struct pt_grid *grid);

/* Lets numbers of one column stand with their decimal signs above each other by adding spaces
 * behind the shorter ones. False: out of memory. */
bool pt_grid_align_decimals(const struct pt_table *table, const struct pt_language *language,
                            struct pt_arena *arena, struct pt_grid *grid);

#endif
