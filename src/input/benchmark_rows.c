#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "input/benchmark.h"

/* A file with more wrong rows than this is not the file it was taken for. */
#define WRONG_MOST 1000
/* Years, or years since something. */
#define TIME_MOST 9999

enum column { SERIES, YEAR, VALUE, PART, CATEGORY, N_COLUMNS };
static const char *const columns[N_COLUMNS] = { "series", "t", "value", "part", "category" };
#define NOWHERE SIZE_MAX

struct reading {
    struct pt_benchmark_rows *out;
    struct pt_diagnostics *list;
    size_t at[N_COLUMNS]; /* in the file; NOWHERE: not there */
    size_t errors_before;
    bool no_memory, bad_header;
};

/* ------------------------------------------------------------------ header */

static bool on_header(void *user, const struct pt_csv_row *row)
{
    struct reading *r = user;
    for (size_t c = 0; c < N_COLUMNS; c++) {
        r->at[c] = NOWHERE;
        for (size_t i = 0; i < row->n; i++) {
            if (strcmp(columns[c], row->cells[i].text) != 0) {
                continue;
            }
            if (r->at[c] != NOWHERE) {
                struct pt_spot spot = pt_csv_spot(row, i);
                pt_spot_report(r->list, PT_ERROR, &spot, "column '%s' is there twice; keep one",
                               columns[c]);
                r->bad_header = true;
            }
            r->at[c] = i;
        }
        if (r->at[c] == NOWHERE && c != CATEGORY) {
            struct pt_spot spot = pt_csv_spot(row, 0);
            pt_spot_report(r->list, PT_ERROR, &spot,
                           "there is no column '%s'; the first line of a benchmark file is "
                           "series,t,value,part or series,t,value,part,category",
                           columns[c]);
            r->bad_header = true;
        }
    }
    return !r->bad_header;
}

/* ------------------------------------------------------------------ series by id */

static size_t hash(const char *text)
{
    uint64_t h = 14695981039346656037u; /* FNV-1a */
    for (; *text; text++) {
        h = (h ^ (unsigned char)*text) * 1099511628211u;
    }
    return (size_t)(h ^ h >> 32);
}

static size_t *slot_of(const struct pt_benchmark_rows *rows, const char *id)
{
    size_t at = hash(id) & (rows->n_slots - 1);
    while (rows->slots[at] != 0 && strcmp(rows->entries[rows->slots[at] - 1].id, id) != 0) {
        at = (at + 1) & (rows->n_slots - 1);
    }
    return &rows->slots[at];
}

/* Keeps the table at most half full. */
static bool widen(struct pt_benchmark_rows *rows)
{
    size_t n = rows->n_slots == 0 ? 1024 : 2 * rows->n_slots;
    size_t *slots = calloc(n, sizeof *slots);
    if (!slots) {
        return false;
    }
    free(rows->slots);
    rows->slots = slots;
    rows->n_slots = n;
    for (size_t i = 0; i < rows->n_entries; i++) {
        *slot_of(rows, rows->entries[i].id) = i + 1;
    }
    return true;
}

/* The entry of an id, made where there is none; NULL: out of memory. */
static struct pt_benchmark_entry *entry_of(struct pt_benchmark_rows *rows, const char *id,
                                           const char *category)
{
    if (2 * (rows->n_entries + 1) > rows->n_slots && !widen(rows)) {
        return NULL;
    }
    size_t *slot = slot_of(rows, id);
    if (*slot == 0) {
        if (!pt_grow((void **)&rows->entries, &rows->entries_capacity, rows->n_entries,
                     sizeof *rows->entries)) {
            return NULL;
        }
        struct pt_benchmark_entry *e = &rows->entries[rows->n_entries];
        *e = (struct pt_benchmark_entry){
            .id = pt_arena_copy(rows->arena, id, strlen(id)),
            .category = pt_arena_copy(rows->arena, category, strlen(category)),
        };
        if (!e->id || !e->category) {
            return NULL;
        }
        *slot = ++rows->n_entries;
    }
    return &rows->entries[*slot - 1];
}

/* ------------------------------------------------------------------ rows */

static struct pt_spot spot(const struct reading *r, const struct pt_csv_row *row, enum column c)
{
    return pt_csv_spot(row, r->at[c]);
}

static const struct pt_csv_cell *cell(const struct reading *r, const struct pt_csv_row *row,
                                      enum column c)
{
    return &row->cells[r->at[c]];
}

/* What one row says by itself. */
static bool read_cells(const struct reading *r, const struct pt_csv_row *row, int *year,
                       double *value, unsigned *decimals, bool *test)
{
    const struct pt_csv_cell *t = cell(r, row, YEAR), *v = cell(r, row, VALUE);
    const char *part = cell(r, row, PART)->text;
    struct pt_spot at;
    double t_value;
    bool good = true;
    if (cell(r, row, SERIES)->length == 0) {
        at = spot(r, row, SERIES);
        pt_spot_report(r->list, PT_ERROR, &at, "no name of a series here");
        good = false;
    }
    if (!pt_number_parse(t->text, t->length, '.', &t_value, NULL) || t_value < 0 ||
        t_value > TIME_MOST || t_value != floor(t_value)) {
        at = spot(r, row, YEAR);
        pt_spot_report(r->list, PT_ERROR, &at,
                       "'%s' is not a year or another whole number from 0 to %d", t->text,
                       TIME_MOST);
        good = false;
    } else {
        *year = (int)t_value;
    }
    if (!pt_number_parse(v->text, v->length, '.', value, decimals)) {
        at = spot(r, row, VALUE);
        pt_spot_report(r->list, PT_ERROR, &at,
                       "'%s' is not a number; write it with a decimal point, and leave "
                       "out the row of a missing figure",
                       v->text);
        good = false;
    }
    *test = strcmp(part, "test") == 0;
    if (!*test && strcmp(part, "train") != 0) {
        at = spot(r, row, PART);
        pt_spot_report(r->list, PT_ERROR, &at, "'%s' is neither 'train' nor 'test'", part);
        good = false;
    }
    return good;
}

/* What it says together with the rows of its series before it. */
static bool fits(const struct reading *r, const struct pt_csv_row *row,
                 const struct pt_benchmark_entry *e, int year, bool test)
{
    struct pt_spot at;
    if (e->n > 0 && year <= e->last_year) {
        at = spot(r, row, YEAR);
        pt_spot_report(r->list, PT_ERROR, &at,
                       "%d after %d in series '%s'; write its years in order, each once", year,
                       e->last_year, e->id);
        return false;
    }
    if (!test && e->n > e->n_train) {
        at = spot(r, row, PART);
        pt_spot_report(r->list, PT_ERROR, &at,
                       "'train' after 'test' in series '%s'; what is known comes first", e->id);
        return false;
    }
    if (r->at[CATEGORY] != NOWHERE && strcmp(e->category, cell(r, row, CATEGORY)->text) != 0) {
        at = spot(r, row, CATEGORY);
        pt_spot_report(r->list, PT_ERROR, &at, "series '%s' was in category '%s' before", e->id,
                       e->category);
        return false;
    }
    return true;
}

static bool on_row(void *user, const struct pt_csv_row *row)
{
    struct reading *r = user;
    struct pt_benchmark_rows *out = r->out;
    int year = 0;
    double value;
    unsigned decimals;
    bool test;
    if (!read_cells(r, row, &year, &value, &decimals, &test)) {
        return r->list->count[PT_ERROR] - r->errors_before < WRONG_MOST;
    }
    const char *category = r->at[CATEGORY] == NOWHERE ? "" : cell(r, row, CATEGORY)->text;
    struct pt_benchmark_entry *e = entry_of(out, cell(r, row, SERIES)->text, category);
    if (!e || !pt_grow((void **)&out->rows, &out->capacity, out->n, sizeof *out->rows)) {
        r->no_memory = true;
        return false;
    }
    if (fits(r, row, e, year, test)) {
        out->rows[out->n++] = (struct pt_benchmark_row){ (size_t)(e - out->entries), year, value };
        e->n++;
        e->n_train += !test;
        e->last_year = year;
        e->decimals = decimals > e->decimals ? decimals : e->decimals;
    }
    return r->list->count[PT_ERROR] - r->errors_before < WRONG_MOST;
}

enum pt_status pt_benchmark_rows_read(const struct pt_source *source,
                                      struct pt_benchmark_rows *rows, struct pt_diagnostics *list,
                                      struct pt_error *err)
{
    struct reading reading = { .out = rows, .list = list, .errors_before = list->count[PT_ERROR] };
    const struct pt_csv_handler handler = { on_header, on_row, &reading };
    enum pt_status status = pt_csv_read(source, &handler, list, err);
    if (status != PT_OK) {
        return status;
    }
    if (reading.no_memory) {
        return PT_RAISE_NOMEM(err);
    }
    if (!reading.bad_header && rows->n == 0 && list->count[PT_ERROR] == reading.errors_before) {
        struct pt_place place = { .path = source->path };
        pt_diagnose(list, PT_ERROR, place, NULL,
                    "'%s' has column names but no rows; add one for each value", source->path);
    }
    return PT_OK;
}

void pt_benchmark_rows_free(struct pt_benchmark_rows *rows)
{
    free(rows->rows);
    free(rows->entries);
    free(rows->slots);
}
