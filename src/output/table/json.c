/* One object for a table, a row to a line: every column under its stable name, null for no value. */
#include "output/table/cell.h"
#include "output/table/writers.h"

#include <math.h>
#include <string.h>

#include "output/json.h"

/* As many digits as CSV has, so that both hold the same number. */
#define DIGITS 7
/* Past this, neighbouring whole numbers are one to programs that read numbers as doubles. */
#define MOST_WHOLE 9007199254740992.0
#define FORM       (JSON_COMPACT | JSON_ENCODE_ANY | JSON_REAL_PRECISION(DIGITS))

static json_t *json_number(double value)
{
    return isfinite(value) ? json_real(value) : json_null();
}

/* The number that CSV holds, which for a chance has its own rounding. */
static json_t *plain_number(const struct pt_cell *cell)
{
    char buffer[PT_CELL_MAX];
    const char *text = pt_cell_plain(cell, buffer);
    double value;

    return pt_number_parse(text, strlen(text), '.', &value, NULL) ? json_number(value)
                                                                  : json_null();
}

static json_t *whole_number(const struct pt_cell *cell)
{
    return fabs(cell->value) <= MOST_WHOLE ? json_integer((json_int_t)nearbyint(cell->value))
                                           : json_number(cell->value);
}

static json_t *year(const struct pt_cell *cell)
{
    char buffer[PT_CELL_MAX];

    return cell->year == PT_YEAR_NEVER || cell->year == PT_YEAR_ALREADY
               ? pt_json_text(pt_cell_plain(cell, buffer))
               : json_integer(cell->year);
}

static json_t *trace(const struct pt_cell *cell)
{
    json_t *array = json_array();

    for (size_t i = 0; i < cell->n; i++) {
        if (json_array_append_new(array, json_number(cell->values[i])) != 0) {
            json_decref(array);
            return NULL;
        }
    }
    return array;
}

static json_t *value_of(const struct pt_cell *cell)
{
    char buffer[PT_CELL_MAX];

    if (pt_cell_is_empty(cell)) {
        return json_null();
    }
    switch (cell->kind) {
    case PT_CELL_COUNT:
        return whole_number(cell);
    case PT_CELL_AMOUNT:
    case PT_CELL_CHANCE:
        return plain_number(cell);
    case PT_CELL_YEAR:
        return year(cell);
    case PT_CELL_TRACE:
        return trace(cell);
    case PT_CELL_EMPTY:
    case PT_CELL_TEXT:
    case PT_CELL_WORD:
    case PT_CELL_NO_GAIN:
    case PT_CELL_STANDING:
    case PT_CELL_MESSAGE:
        break;
    }
    return pt_json_text(pt_cell_plain(cell, buffer));
}

static json_t *names_of(const struct pt_table *table)
{
    json_t *names = json_array();
    int failed = 0;

    for (size_t i = 0; i < table->n_columns; i++) {
        failed |= json_array_append_new(names, pt_json_text(table->columns[i].name));
    }
    if (failed != 0) {
        json_decref(names);
        return NULL;
    }
    return names;
}

static json_t *row_of(const struct pt_table *table, size_t row)
{
    const struct pt_cell *cells = &table->cells[row * table->n_columns];
    json_t *object = json_object();
    int failed = 0;

    for (size_t i = 0; i < table->n_columns; i++) {
        failed |= json_object_set_new(object, table->columns[i].name, value_of(&cells[i]));
    }
    if (failed != 0) {
        json_decref(object);
        return NULL;
    }
    return object;
}

static void write_json(const struct pt_table *table, const struct pt_writer_options *options,
                       struct pt_buffer *out)
{
    (void)options;
    pt_buffer_text(out, "{\"table\":");
    pt_json_add(out, pt_json_text(table->name), FORM);
    pt_buffer_text(out, ",\n\"columns\":");
    pt_json_add(out, names_of(table), FORM);
    pt_buffer_text(out, ",\n\"rows\":[");
    for (size_t row = 0; row < table->n_rows; row++) {
        pt_buffer_text(out, row > 0 ? ",\n" : "\n");
        pt_json_add(out, row_of(table, row), FORM);
    }
    pt_buffer_text(out, table->n_rows > 0 ? "\n]}\n" : "]}\n");
}

const struct pt_writer pt_writer_json = {
    .name = "json",
    .title = PT_N("JSON for programs"),
    .extension = "json",
    .people = false,
    .write = write_json,
};
