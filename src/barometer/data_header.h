/* Private to barometer: the columns of a data file, by its first line. */
#ifndef PARITET_BAROMETER_DATA_HEADER_H
#define PARITET_BAROMETER_DATA_HEADER_H

#include <paritet/input.h>

/* name, whether the file must have it */
#define PT_DATA_COLUMN_LIST(X)      \
    X(INDICATOR, "indicator", true) \
    X(GROUP, "group", true)         \
    X(YEAR, "year", true)           \
    X(VALUE, "value", true)         \
    X(PLACE, "place", false)        \
    X(PERSONS, "n", false)          \
    X(FLAG, "flag", false)          \
    X(NOTE, "note", false)          \
    X(SOURCE, "source", false)
enum pt_data_column {
#define COLUMN(name, text, required) PT_DATA_##name,
    PT_DATA_COLUMN_LIST(COLUMN)
#undef COLUMN
        PT_DATA_COLUMNS
};
#define PT_DATA_NOWHERE SIZE_MAX

/* Finds each column in the first line: at [PT_DATA_COLUMNS], PT_DATA_NOWHERE where it is not there.
 * Reports what is missing or there twice (then false), and notices what is not read. */
bool pt_data_header(const struct pt_csv_row *row, size_t *at, struct pt_diagnostics *list);

#endif
