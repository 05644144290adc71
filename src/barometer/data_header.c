#include "barometer/data_header.h"

#include <string.h>
#include <strings.h>

static const struct {
    const char *name;
    bool required;
} columns[] = {
#define COLUMN(name, text, required) { text, required },
    PT_DATA_COLUMN_LIST(COLUMN)
#undef COLUMN
};

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

static void report_column(const struct pt_csv_row *row, size_t column, struct pt_diagnostics *list)
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
        pt_spot_report(list, PT_ERROR, &spot, "there is no column '%s'; did you mean it by '%s'?",
                       name, nearest);
    } else if (row->n == 1 && strchr(row->cells[0].text, '\t') != NULL) {
        pt_spot_report(list, PT_ERROR, &spot,
                       "the columns are divided by tabs; save the file with commas or semicolons");
    } else {
        pt_spot_report(list, PT_ERROR, &spot,
                       "there is no column '%s'; the first line has %s and needs indicator, group, "
                       "year and value",
                       name, all);
    }
}

/* A first line that a spreadsheet makes, and what it looks like to us. */
static bool is_spreadsheets(const struct pt_csv_row *row, const size_t *at,
                            struct pt_diagnostics *list)
{
    if (row->n > 0 && strncasecmp(row->cells[0].text, "sep=", 4) == 0) {
        struct pt_spot spot = pt_csv_spot(row, 0);
        pt_spot_report(
            list, PT_ERROR, &spot,
            "the first line tells a spreadsheet how cells are divided; delete it, so that "
            "the names of the columns come first");
        return true;
    }
    size_t n = 0, first = 0;
    for (size_t i = 0; i < row->n && at[PT_DATA_YEAR] == PT_DATA_NOWHERE; i++) {
        const char *text = row->cells[i].text;
        bool year = strlen(text) == 4 && strspn(text, "0123456789") == 4 && text[0] != '0';
        first = year && n == 0 ? i : first;
        n += year;
    }
    if (n >= 2) {
        struct pt_spot spot = pt_csv_spot(row, first);
        pt_spot_report(
            list, PT_ERROR, &spot,
            "here each year has a column of its own; write one figure in a row, with the "
            "columns indicator, group, year and value");
    }
    return n >= 2;
}

static void notice_others(const struct pt_csv_row *row, const size_t *at,
                          struct pt_diagnostics *list)
{
    char names[256] = "";
    size_t n = 0, first = 0;
    for (size_t i = 0; i < row->n; i++) {
        bool known = row->cells[i].length == 0;
        for (size_t c = 0; c < PT_DATA_COLUMNS && !known; c++) {
            known = at[c] != PT_DATA_NOWHERE && strcmp(columns[c].name, row->cells[i].text) == 0;
        }
        if (!known) {
            first = n++ == 0 ? i : first;
            join_name(names, sizeof names, row->cells[i].text);
        }
    }
    if (n > 0) {
        struct pt_spot spot = pt_csv_spot(row, first);
        pt_spot_report(list, PT_NOTICE, &spot, "columns that are not read: %s", names);
    }
}

bool pt_data_header(const struct pt_csv_row *row, size_t *at, struct pt_diagnostics *list)
{
    bool good = true;
    for (size_t c = 0; c < PT_DATA_COLUMNS; c++) {
        at[c] = PT_DATA_NOWHERE;
    }
    for (size_t i = 0; i < row->n; i++) {
        for (size_t c = 0; c < PT_DATA_COLUMNS; c++) {
            if (strcmp(columns[c].name, row->cells[i].text) != 0) {
                continue;
            }
            if (at[c] != PT_DATA_NOWHERE) {
                struct pt_spot spot = pt_csv_spot(row, i);
                pt_spot_report(list, PT_ERROR, &spot, "column '%s' is there twice; keep one",
                               columns[c].name);
                good = false;
            }
            at[c] = i;
        }
    }
    if (is_spreadsheets(row, at, list)) {
        return false;
    }
    for (size_t c = 0; c < PT_DATA_COLUMNS; c++) {
        if (columns[c].required && at[c] == PT_DATA_NOWHERE) {
            report_column(row, c, list);
            good = false;
        }
    }
    if (good) {
        notice_others(row, at, list);
    }
    return good;
}
