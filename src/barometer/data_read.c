#include <paritet/barometer.h>
#include <paritet/input.h>
#include <string.h>

#include "barometer/data_cells.h"
#include "barometer/data_header.h"
#include "barometer/data_store.h"

/* A file with more wrong rows than this is not the file it was taken for. */
#define WRONG_MOST 1000

struct reading {
    struct pt_data *data;
    struct pt_diagnostics *list;
    const char *path;
    size_t at[PT_DATA_COLUMNS]; /* in the file; PT_DATA_NOWHERE: not there */
    struct pt_decimals decimals;
    size_t rows, errors_before, first_series;
    bool no_memory;
};

static bool on_header(void *user, const struct pt_csv_row *row)
{
    struct reading *r = user;
    return pt_data_header(row, r->at, r->list);
}

static const char *cell_text(const struct reading *r, const struct pt_csv_row *row,
                             enum pt_data_column column)
{
    return r->at[column] == PT_DATA_NOWHERE ? "" : row->cells[r->at[column]].text;
}

static void refuse(struct reading *r, const struct pt_csv_row *row, enum pt_data_column column,
                   const char *format)
{
    struct pt_spot spot = pt_csv_spot(row, r->at[column]);
    pt_spot_report(r->list, PT_ERROR, &spot, format, cell_text(r, row, column));
}

/* Names are compared, printed in lines of their own and made into file names. */
static bool names_are_good(struct reading *r, const struct pt_csv_row *row)
{
    static const enum pt_data_column names[] = { PT_DATA_INDICATOR, PT_DATA_GROUP, PT_DATA_PLACE };
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
    bool indicator = cell_text(r, row, PT_DATA_INDICATOR)[0] != '\0';
    bool group = cell_text(r, row, PT_DATA_GROUP)[0] != '\0';
    if (!indicator) {
        struct pt_spot spot = pt_csv_spot(row, r->at[PT_DATA_INDICATOR]);
        pt_spot_report(r->list, PT_ERROR, &spot,
                       "this row names no indicator; write one in every row");
    }
    if (!group) {
        struct pt_spot spot = pt_csv_spot(row, r->at[PT_DATA_GROUP]);
        pt_spot_report(r->list, PT_ERROR, &spot, "this row names no group; write one in every row");
    }
    return indicator && group && names_are_good(r, row);
}

static bool read_year(struct reading *r, const struct pt_csv_row *row, int *year)
{
    const char *s = cell_text(r, row, PT_DATA_YEAR);
    int y = 0;
    size_t n = strspn(s, "0123456789");
    for (size_t i = 0; i < n && n <= 6; i++) {
        y = 10 * y + (s[i] - '0');
    }
    if (n == 0 || s[n] != '\0') {
        refuse(r, row, PT_DATA_YEAR, PT_N("'%s' is not a year; write four digits, such as 2024"));
        return false;
    }
    if (y < PT_YEAR_LEAST || y > PT_YEAR_MOST || n > 6) {
        refuse(r, row, PT_DATA_YEAR, PT_N("year %s does not lie between 1000 and 3000"));
        return false;
    }
    *year = y;
    return true;
}

/* true: good, also where the value is missing (*has_value false) */
static bool read_value(struct reading *r, const struct pt_csv_row *row,
                       struct pt_observation *observation, bool *has_value)
{
    const struct pt_csv_cell *cell = &row->cells[r->at[PT_DATA_VALUE]];
    struct pt_cell_number number;
    *has_value = !pt_cell_missing(cell);
    if (!*has_value) {
        return true;
    }
    const char *wrong = pt_cell_number(cell, &number);
    if (wrong != NULL) {
        refuse(r, row, PT_DATA_VALUE, wrong);
        return false;
    }
    pt_decimals_note(&r->decimals, &number, row, r->at[PT_DATA_VALUE]);
    observation->value = number.value;
    observation->decimals = number.decimals;
    return true;
}

static bool read_persons(struct reading *r, const struct pt_csv_row *row,
                         struct pt_observation *observation)
{
    struct pt_cell_number number;
    if (r->at[PT_DATA_PERSONS] == PT_DATA_NOWHERE ||
        pt_cell_missing(&row->cells[r->at[PT_DATA_PERSONS]])) {
        return true;
    }
    const char *wrong = pt_cell_number(&row->cells[r->at[PT_DATA_PERSONS]], &number);
    if (wrong == NULL && number.as_thousands) {
        wrong = PT_N("'%s' has a thousands sign; write the number without it");
    } else if (wrong == NULL && number.value < 0) {
        wrong = PT_N("n is %s; it counts persons and is never negative");
    } else if (wrong == NULL && number.sign != 0) {
        wrong = PT_N("n is %s; it counts persons, in whole numbers");
    }
    if (wrong != NULL) {
        refuse(r, row, PT_DATA_PERSONS, wrong);
        return false;
    }
    observation->persons = number.value;
    return true;
}

static bool read_flag(struct reading *r, const struct pt_csv_row *row,
                      struct pt_observation *observation)
{
    const char *s = cell_text(r, row, PT_DATA_FLAG);
    if (s[0] == '\0') {
        return true;
    }
    if (s[1] != '\0' || strchr("bepu", s[0]) == NULL) {
        refuse(r, row, PT_DATA_FLAG,
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
    struct pt_spot spot = pt_csv_spot(row, r->at[PT_DATA_YEAR]);
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
    struct pt_data_key key = { cell_text(r, row, PT_DATA_INDICATOR),
                               cell_text(r, row, PT_DATA_GROUP), cell_text(r, row, PT_DATA_PLACE) };
    struct pt_data_entry *entry = pt_data_entry(r->data, &key, r->path);
    if (entry == NULL) {
        return false;
    }
    if ((size_t)(entry - r->data->entries) < r->first_series) {
        if (!entry->refused) {
            struct pt_spot spot = pt_csv_spot(row, r->at[PT_DATA_INDICATOR]);
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
    return pt_data_append(entry, &kept) &&
           pt_data_cite(r->data, entry, cell_text(r, row, PT_DATA_SOURCE));
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
        struct pt_spot spot = pt_csv_spot(row, r->at[PT_DATA_INDICATOR]);
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
