/* A cell as characters, for files and for people. */
#ifndef PT_OUTPUT_CELL_H
#define PT_OUTPUT_CELL_H

#include <paritet/output.h>

/* From this error on hundredths of a chance are not defended, and tenths are shown. */
#define PT_CELL_COARSE_ERROR 0.025

/* A cell as programs read it: decimal points, `never` and `already`, nothing for no value, words
 * untranslated. Returns buffer, or the cell's own text. */
const char *pt_cell_plain(const struct pt_cell *cell, char buffer[PT_CELL_MAX]);

/* Whether a cell holds nothing to show. */
bool pt_cell_is_empty(const struct pt_cell *cell);

#endif
