/* A table as people read it, before it has a form: only the columns meant for them that hold
 * anything, translated, every cell a text without control characters. */
#ifndef PT_OUTPUT_GRID_H
#define PT_OUTPUT_GRID_H

#include <paritet/output.h>

struct pt_grid {
    size_t n_columns, n_rows;
    const char **headings;        /* [n_columns] */
    bool *text;                   /* [n_columns] words rather than numbers: set to the left */
    char **cells;                 /* [n_rows][n_columns] */
    const struct pt_cell **facts; /* [n_rows][n_columns] what each was made from */
    const char **paint; /* [n_rows][n_columns] what colours a cell in a terminal; NULL: nothing */
};

/* False: out of memory. */
bool pt_grid_make(const struct pt_table *table, const struct pt_language *language,
                  struct pt_arena *arena, struct pt_grid *grid);

/* Which columns people read, from the left: the index in the table of each. NULL: out of memory. */
size_t *pt_grid_columns(const struct pt_table *table, struct pt_arena *arena, size_t *n);
/* One cell as text; of words all of them. NULL: out of memory. */
char *pt_grid_text(const struct pt_cell *cell, const struct pt_language *language,
                   struct pt_arena *arena);

/* Lets numbers of one column stand with their decimal signs above each other by adding spaces
 * behind the shorter ones. False: out of memory. */
bool pt_grid_align_decimals(const struct pt_table *table, const struct pt_language *language,
                            struct pt_arena *arena, struct pt_grid *grid);

#endif
