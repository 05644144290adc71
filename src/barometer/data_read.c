#include <limits.h>
#include <paritet/barometer.h>
#include <paritet/input.h>
#include <stdlib.h>
#include <string.h>

#include "barometer/data_cells.h"
#include "barometer/data_store.h"

/* A file with more wrong rows than this is not the file it was taken for. */
#define WRONG_MOST 1000

/* name, whether the file must have it */
#define COLUMN_LIST(X)              \
    X(INDICATOR, "indicator", true) \
    X(GROUP, "group", true)         \
    X(YEAR, "year", true)           \
    X(VALUE, "value", true)         \
    X(PLACE, "place", false)        \
    X(PERSONS, "n", false)          \
    X(FLAG, "flag", false)          \
    X(NOTE, "note", false)          \
    X(SOURCE, "source", false)
enum column {
#define COLUMN(name, text, required) name,
    COLUMN_LIST(COLUMN)
#undef COLUMN
        N_COLUMNS
};
static const struct {
    const char *name;
    bool required;
} columns[] = {
#define COLUMN(name, text, required) { text, required },
    COLUMN_LIST(COLUMN)
#undef COLUMN
};
#define NOWHERE SIZE_MAX

struct reading {
    struct pt_data *data;
    struct pt_diagnostics *list;
    const char *path;
    size_t at[N_COLUMNS]; /* in the file; NOWHERE: not there */
    struct pt_decimals decimals;
    size_t rows, errors_before, first_series;
    bool no_memory, header_is_bad;
};

/* ------------------------------------------------------------------ header */

/* Bytes of a column's name in a message, at most. */
#define NAME_SHOWN ((size_t)40)

/* Appends a name in quotes to names, cut where it is long; false: there is no more room. */
static bool join_name(char *names, size_t size, const char *name)
{
    size_t used = strlen(names);
    int n = (int)pt_utf8_cut(name, NAME_SHOWN);
    if (used + NAME_SHOWN + sizeof ", ''" > size) {
        return false;
    }
    snprintf(names + used, size - used, "%s'%.*s'", used > 0 ? ", " : "", n, name);
    return true;
}

static void join_header(const struct pt_csv_row *row, char *text, size_t size)
{
    text[0] = '\0';
    for (size_t i = 0; i < row->n && join_name(text, size, row->cells[i].text); i++) {
    }
}

static void report_column(const struct reading *r, const struct pt_csv_row *row, size_t column)
{
    const char *found[64];
    size_t n = row->n < 64 ? row->n : 64;
    for (size_t i = 0; i < n; i++) {
        found[i] = row->cells[i].text;
    }
    const char *name = columns[column].name;
    const char *nearest = NULL;
    size_t at = 0;
    for (size_t i = 0; i < n && nearest == NULL; i++) {
        const char *const one[] = { name };
        if (strcasecmp(found[i], name) == 0 ||
            (strlen(name) > 1 && pt_nearest(found[i], one, 1) != NULL)) {
            nearest = found[i];
            at = i;
        }
    }
    struct pt_spot spot = pt_csv_spot(row, at);
    char all[256];
    join_header(row, all, sizeof all);
    if (nearest != NULL) {
        pt_spot_report(r->list, PT_ERROR, &spot,
                       "there is no column '%s'; did you mean it by '%s'?", name, nearest);
    } else if (row->n == 1 && strchr(row->cells[0].text, '\t') != NULL) {
        pt_spot_report(r->list, PT_ERROR, &spot,
                       "the columns are divided by tabs; save the file with commas or semicolons");
    } else {
        pt_spot_report(r->list, PT_ERROR, &spot,
                       "there is no column '%s'; the first line has %s and needs indicator, group, "
                       "year and value",
                       name, all);
    }
}

static void notice_others(const struct reading *r, const struct pt_csv_row *row)
{
    char names[256] = "";
    size_t n = 0, first = 0;
    for (size_t i = 0; i < row->n; i++) {
        bool known = row->cells[i].length == 0;
        for (size_t c = 0; c < N_COLUMNS && !known; c++) {
            known = r->at[c] != NOWHERE && strcmp(columns[c].name, row->cells[i].text) == 0;
        }
        if (!known) {
            first = n++ == 0 ? i : first;
            join_name(names, sizeof names, row->cells[i].text);
        }
    }
    if (n > 0) {
        struct pt_spot spot = pt_csv_spot(row, first);
        pt_spot_report(r->list, PT_NOTICE, &spot, "columns that are not read: %s", names);
    }
}

static bool on_header(void *user, const struct pt_csv_row *row)
{
    struct reading *r = user;
    for (size_t c = 0; c < N_COLUMNS; c++) {
        r->at[c] = NOWHERE;
    }
    for (size_t i = 0; i < row->n; i++) {
        for (size_t c = 0; c < N_COLUMNS; c++) {
            if (strcmp(columns[c].name, row->cells[i].text) != 0) {
                continue;
            }
            if (r->at[c] != NOWHERE) {
                struct pt_spot spot = pt_csv_spot(row, i);
                pt_spot_report(r->list, PT_ERROR, &spot, "column '%s' is there twice; keep one",
                               columns[c].name);
                r->header_is_bad = true;
            }
            r->at[c] = i;
        }
    }
    for (size_t c = 0; c < N_COLUMNS; c++) {
        if (columns[c].required && r->at[c] == NOWHERE) {
            report_column(r, row, c);
            r->header_is_bad = true;
        }
    }
    if (!r->header_is_bad) {
        notice_others(r, row);
    }
    return !r->header_is_bad;
}

/* ------------------------------------------------------------------ rows */

static const char *cell_text(const struct reading *r, const struct pt_csv_row *row,
                             enum column column)
{
    return r->at[column] == NOWHERE ? "" : row->cells[r->at[column]].text;
}

static void refuse(struct reading *r, const struct pt_csv_row *row, enum column column,
                   const char *format)
{
    struct pt_spot spot = pt_csv_spot(row, r->at[column]);
    pt_spot_report(r->list, PT_ERROR, &spot, format, cell_text(r, row, column));
}

/* Names are compared, printed in lines of their own and made into file names. */
static bool names_are_good(struct reading *r, const struct pt_csv_row *row)
{
    static const enum column names[] = { INDICATOR, GROUP, PLACE };
    bool good = true;
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const char *name = cell_text(r, row, names[i]);
        if (strpbrk(name, "\t\r\n") != NULL) {
            refuse(r, row, names[i], PT_N("'%s' holds a line end or tab; take it out of the name"));
            good = false;
        } else if (strlen(name) > PT_ID_MOST) {
            refuse(r, row, names[i], PT_N("'%s' is too long for a name; at most 100 letters"));
            good = false;
        } else if (pt_utf8_hidden(name) != 0) {
            struct pt_spot spot = pt_csv_spot(row, r->at[names[i]]);
            pt_spot_report(r->list, PT_ERROR, &spot,
                           "'%s' holds a character that cannot be seen (U+%04x); take it out of "
                           "the name",
                           name, (unsigned)pt_utf8_hidden(name));
            good = false;
        }
    }
    return good;
}

static bool read_names(struct reading *r, const struct pt_csv_row *row)
{
    bool indicator = cell_text(r, row, INDICATOR)[0] != '\0';
    bool group = cell_text(r, row, GROUP)[0] != '\0';
    if (!indicator) {
        struct pt_spot spot = pt_csv_spot(row, r->at[INDICATOR]);
        pt_spot_report(r->list, PT_ERROR, &spot,
                       "this row names no indicator; write one in every row");
    }
    if (!group) {
        struct pt_spot spot = pt_csv_spot(row, r->at[GROUP]);
        pt_spot_report(r->list, PT_ERROR, &spot, "this row names no group; write one in every row");
    }
    return indicator && group && names_are_good(r, row);
}

static bool read_year(struct reading *r, const struct pt_csv_row *row, int *year)
{
    const char *s = cell_text(r, row, YEAR);
    int y = 0;
    size_t n = strspn(s, "0123456789");
    for (size_t i = 0; i < n && n <= 6; i++) {
        y = 10 * y + (s[i] - '0');
    }
    if (n == 0 || s[n] != '\0') {
        refuse(r, row, YEAR, PT_N("'%s' is not a year; write four digits, such as 2024"));
        return false;
    }
    if (y < PT_YEAR_LEAST || y > PT_YEAR_MOST || n > 6) {
        refuse(r, row, YEAR, PT_N("year %s does not lie between 1000 and 3000"));
        return false;
    }
    *year = y;
    return true;
}

/* true: good, also where the value is missing (*has_value false) */
static bool read_value(struct reading *r, const struct pt_csv_row *row,
                       struct pt_observation *observation, bool *has_value)
{
    const struct pt_csv_cell *cell = &row->cells[r->at[VALUE]];
    struct pt_cell_number number;
    *has_value = !pt_cell_missing(cell);
    if (!*has_value) {
        return true;
    }
    const char *wrong = pt_cell_number(cell, &number);
    if (wrong != NULL) {
        refuse(r, row, VALUE, wrong);
        return false;
    }
    pt_decimals_note(&r->decimals, &number, row, r->at[VALUE]);
    observation->value = number.value;
    observation->decimals = number.decimals;
    return true;
}

static bool read_persons(struct reading *r, const struct pt_csv_row *row,
                         struct pt_observation *observation)
{
    struct pt_cell_number number;
    if (r->at[PERSONS] == NOWHERE || pt_cell_missing(&row->cells[r->at[PERSONS]])) {
        return true;
    }
    const char *wrong = pt_cell_number(&row->cells[r->at[PERSONS]], &number);
    if (wrong == NULL && number.as_thousands) {
        wrong = PT_N("'%s' has a thousands sign; write the number without it");
    } else if (wrong == NULL && number.value < 0) {
        wrong = PT_N("n is %s; it counts persons and is never negative");
    } else if (wrong == NULL && number.sign != 0) {
        wrong = PT_N("n is %s; it counts persons, in whole numbers");
    }
    if (wrong != NULL) {
        refuse(r, row, PERSONS, wrong);
        return false;
    }
    observation->persons = number.value;
    return true;
}

static bool read_flag(struct reading *r, const struct pt_csv_row *row,
                      struct pt_observation *observation)
{
    const char *s = cell_text(r, row, FLAG);
    if (s[0] == '\0') {
        return true;
    }
    if (s[1] != '\0' || strchr("bepu", s[0]) == NULL) {
        refuse(r, row, FLAG,
               PT_N("unknown flag '%s'; there are b (break), e (estimated), p (provisional) and u "
                    "(unreliable)"));
        return false;
    }
    observation->flag = s[0];
    return true;
}

static void report_year(struct reading *r, const struct pt_csv_row *row,
                        struct pt_data_entry *entry, const struct pt_observation *now)
{
    const struct pt_observed *o = &entry->observed;
    size_t same = entry->last_year == now->year ? entry->last_line : 0;
    for (size_t i = 0; i < o->n && same == 0; i++) {
        same = o->observations[i].year == now->year ? o->observations[i].line : 0;
    }
    struct pt_spot spot = pt_csv_spot(row, r->at[YEAR]);
    const char *of = o->place[0] != '\0' ? o->place : o->group;
    if (same > 0) {
        pt_spot_report(r->list, PT_ERROR, &spot,
                       "'%s' of '%s' already has a row for %d, on line %zu; keep one of the two",
                       o->indicator, of, now->year, same);
    } else if (!entry->refused) {
        entry->refused = true;
        pt_spot_report(r->list, PT_ERROR, &spot,
                       "year %d of '%s' of '%s' comes after %d on line %zu; sort the rows by year",
                       now->year, o->indicator, of, entry->last_year, (size_t)entry->last_line);
    }
}

static bool add_row(struct reading *r, const struct pt_csv_row *row,
                    const struct pt_observation *observation, bool has_value)
{
    struct pt_data_key key = { cell_text(r, row, INDICATOR), cell_text(r, row, GROUP),
                               cell_text(r, row, PLACE) };
    struct pt_data_entry *entry = pt_data_entry(r->data, &key, r->path);
    if (entry == NULL) {
        return false;
    }
    if ((size_t)(entry - r->data->entries) < r->first_series) {
        if (!entry->refused) {
            struct pt_spot spot = pt_csv_spot(row, r->at[INDICATOR]);
            pt_spot_report(r->list, PT_ERROR, &spot,
                           "'%s' of '%s' has rows in '%s' already; keep a series in one file",
                           key.indicator, key.group, entry->observed.path);
        }
        entry->refused = true;
        return true;
    }
    if (entry->last_year >= observation->year) {
        report_year(r, row, entry, observation);
        return true;
    }
    entry->last_year = observation->year;
    entry->last_line = observation->line & 0x3FFFFFFFu;
    if (!has_value) { /* a break outlives its missing figure: it stands before the next one */
        entry->break_pending |= observation->flag == 'b';
        return true;
    }
    struct pt_observation kept = *observation;
    kept.flag = (char)(entry->break_pending ? 'b' : kept.flag);
    entry->break_pending = 0;
    return pt_data_append(entry, &kept) && pt_data_cite(r->data, entry, cell_text(r, row, SOURCE));
}

static bool on_row(void *user, const struct pt_csv_row *row)
{
    struct reading *r = user;
    struct pt_observation observation = { .line = (uint32_t)row->line };
    bool has_value = false, good = true;
    r->rows++;
    good &= read_names(r, row);
    good &= read_year(r, row, &observation.year);
    good &= read_value(r, row, &observation, &has_value);
    good &= read_persons(r, row, &observation);
    good &= read_flag(r, row, &observation);
    if (good && !add_row(r, row, &observation, has_value)) {
        r->no_memory = true;
        return false;
    }
    if (r->data->n > PT_CSV_SERIES_MOST) {
        struct pt_spot spot = pt_csv_spot(row, r->at[INDICATOR]);
        pt_spot_report(r->list, PT_ERROR, &spot,
                       "more than %d series (indicators, groups and places); leave out what the "
                       "model does not use, or make several models",
                       PT_CSV_SERIES_MOST);
        return false;
    }
    if (r->list->count[PT_ERROR] - r->errors_before > WRONG_MOST) {
        struct pt_spot spot = pt_csv_spot(row, 0);
        pt_spot_report(r->list, PT_WARNING, &spot, "more than %d errors; the rest is not read",
                       WRONG_MOST);
        return false;
    }
    return true;
}

enum pt_status pt_data_read_source(struct pt_data *data, const struct pt_source *source,
                                   struct pt_diagnostics *list, struct pt_error *err)
{
    struct reading r = { .data = data,
                         .list = list,
                         .path = source->path,
                         .errors_before = list->count[PT_ERROR],
                         .first_series = data->n };
    struct pt_csv_handler handler = { on_header, on_row, &r };
    enum pt_status status = pt_csv_read(source, &handler, list, err);
    if (r.no_memory) {
        return PT_RAISE_NOMEM(err);
    }
    if (status == PT_ENOMEM) {
        return status;
    }
    if (status == PT_OK && r.rows == 0 && list->count[PT_ERROR] == r.errors_before) {
        struct pt_place place = { source->path, 0, 0, 0 };
        pt_diagnose(list, PT_ERROR, place, NULL,
                    "'%s' has column names but no rows; add one for each observation",
                    source->path);
    }
    pt_decimals_judge(&r.decimals, list);
    if (list->count[PT_ERROR] > r.errors_before) {
        return PT_RAISE(err, PT_EDATA, "'%s' has errors", source->path);
    }
    return PT_OK;
}

enum pt_status pt_data_read(struct pt_data *data, const char *path, struct pt_diagnostics *list,
                            struct pt_error *err)
{
    struct pt_source source;
    enum pt_status status = pt_source_read(path, PT_SOURCE_CSV, &source, list, err);
    if (status == PT_OK) {
        status = pt_data_read_source(data, &source, list, err);
        pt_source_free(&source);
    }
    return status;
}
