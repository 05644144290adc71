/* How the columns of a table share the width of a terminal. */
#ifndef PT_OUTPUT_COLUMNS_H
#define PT_OUTPUT_COLUMNS_H

#include "output/table/grid.h"

#define PT_COLUMN_GAP "  "
/* Rows below a line of lifted words are indented. */
#define PT_LIFTED_INDENT 2

struct pt_columns {
    size_t lifted;  /* leading columns of words that stand on lines of their own, above the rows */
    size_t *widths; /* [n_columns]; of those not lifted */
    bool listed;    /* no width is enough: each row is a list of its cells, one to a line */
};

/* width 0: as wide as it gets. False: out of memory. */
bool pt_columns_fit(const struct pt_grid *grid, size_t width, struct pt_arena *arena,
                    struct pt_columns *out);

#endif
