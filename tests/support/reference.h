/* reference: values that R made, kept as tests/reference/NAME.csv with the command in their first line. */
#ifndef PT_REFERENCE_H
#define PT_REFERENCE_H

#include <stddef.h>

#define REFERENCE_CELLS 12

/* Calls row with the cells of every row behind the command and the header; returns how many. */
size_t reference_each(const char *name, size_t n_columns, void (*row)(char *const *cells));

/* Whether got is expected, but for `tolerance` times size; an infinity is only itself. The worst
 * difference of each `what` is kept and printed by reference_report. */
void reference_close(const char *what, double got, double expected, double size, double tolerance,
                     const char *row);
void reference_report(void);

#endif
