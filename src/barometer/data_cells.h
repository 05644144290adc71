/* Private to barometer: what stands in the cells of a data file. */
#ifndef PARITET_BAROMETER_DATA_CELLS_H
#define PARITET_BAROMETER_DATA_CELLS_H

#include <paritet/input.h>

/* A number as written, before anyone knows which sign is the decimal one. */
struct pt_cell_number {
    double value; /* with its sign, if any, read as decimal */
    uint8_t decimals;
    char sign;         /* '.', ',' or 0 */
    bool as_thousands; /* could also be a whole number with a thousands sign: 1.234 */
};
/* Reads a cell, or says why not: a format for pt_spot_report with one %s, the cell. */
const char *pt_cell_number(const struct pt_csv_cell *cell, struct pt_cell_number *number);
bool pt_cell_missing(const struct pt_csv_cell *cell);

/* All cells of the value columns together decide what the sign means. */
struct pt_decimals {
    struct {
        size_t n, doubtful;  /* cells with this sign; those of them as_thousands */
        struct pt_spot spot; /* of the first */
        char text[32];
    } seen[2]; /* '.', ',' */
};
/* Counts a number; cell: its column in the row. */
void pt_decimals_note(struct pt_decimals *decimals, const struct pt_cell_number *number,
                      const struct pt_csv_row *row, size_t cell);
/* Reports a mixture of signs and signs that cannot be told apart. */
void pt_decimals_judge(const struct pt_decimals *decimals, struct pt_diagnostics *list);

#endif
