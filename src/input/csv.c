/* libcsv knows no lines, so it gets the text line by line. A quote that is never closed would eat
 * the rest of the file: a row may span ROW_LINES lines, then it is given up and reading goes on
 * with the line after its first. */
#include <csv.h>
#include <paritet/input.h>
#include <stdlib.h>
#include <string.h>

#define ROW_LINES         100
#define QUOTE_ERRORS_MOST 20

struct reading {
    const struct pt_source *source;
    const struct pt_csv_handler *handler;
    struct pt_diagnostics *list;
    struct csv_parser parser;
    struct pt_csv_row row;
    struct pt_csv_cell *cells;
    size_t n_cells, cells_room;
    size_t *starts; /* [starts_room] where each cell begins in text, as the text may move */
    size_t starts_room;
    char *text;
    size_t used, text_room;
    size_t columns; /* of the header; 0: not yet seen */
    size_t n_rows;  /* after it */
    bool no_memory, stopped;
};

/* ------------------------------------------------------------------ where things stand */

/* The end of the cell that begins at `at`: at its delimiter, the end of its line or of the text.
 * Counts the lines that a quoted cell runs over; *open tells that its quote is never closed. */
static size_t cell_end(const struct pt_csv_row *row, size_t at, size_t *line, size_t *line_at,
                       bool *open)
{
    const char *s = row->source->text;
    size_t n = row->source->length;
    *open = false;
    while (at < n && s[at] == ' ') {
        at++;
    }
    if (at < n && s[at] == '"') {
        *open = true;
        for (at++; at < n && *open; at++) {
            if (s[at] == '\n' || (s[at] == '\r' && s[at + 1] != '\n')) {
                (*line)++;
                *line_at = at + 1;
            } else if (s[at] == '"' && s[at + 1] == '"') {
                at++;
            } else if (s[at] == '"') {
                *open = false;
            }
        }
    }
    while (at < n && s[at] != row->delimiter && s[at] != '\n' && s[at] != '\r') {
        at++;
    }
    return at;
}

static bool is_cell_end(const struct pt_csv_row *row, size_t at)
{
    return at >= row->source->length || row->source->text[at] != row->delimiter;
}

struct pt_spot pt_csv_spot(const struct pt_csv_row *row, size_t cell)
{
    const char *s = row->source->text;
    size_t line = row->line, line_at = row->line_at, at = row->line_at;
    bool open;
    for (size_t i = 0;; i++) {
        size_t first_line = line, first_at = line_at;
        size_t end = cell_end(row, at, &line, &line_at, &open);
        if (i == cell || is_cell_end(row, end)) {
            while (at < end && s[at] == ' ') {
                at++;
            }
            size_t till = end;
            while (till > at && s[till - 1] == ' ') {
                till--;
            }
            return pt_spot_make(row->source, first_at, first_line, at, till - at);
        }
        at = end + 1;
    }
}

/* The quote that opens the first cell of the row which goes over its line. */
static struct pt_spot opening_quote(const struct pt_csv_row *row)
{
    size_t line = row->line, line_at = row->line_at, at = row->line_at;
    bool open;
    for (;;) {
        size_t end = cell_end(row, at, &line, &line_at, &open);
        if (open || line > row->line || is_cell_end(row, end)) {
            while (at < end && row->source->text[at] == ' ') {
                at++;
            }
            return pt_spot_make(row->source, row->line_at, row->line, at, 1);
        }
        at = end + 1;
    }
}

static char judge_delimiter(const struct pt_source *source, size_t from, size_t to)
{
    size_t commas = 0, semicolons = 0;
    bool quoted = false;
    for (size_t i = from; i < to; i++) {
        quoted ^= source->text[i] == '"';
        commas += !quoted && source->text[i] == ',';
        semicolons += !quoted && source->text[i] == ';';
    }
    return semicolons > commas ? ';' : ',';
}

/* ------------------------------------------------------------------ rows */

static void on_cell(void *bytes, size_t length, void *user)
{
    struct reading *r = user;
    if (r->no_memory) {
        return;
    }
    if (r->n_cells + 1 > r->starts_room &&
        !pt_grow((void **)&r->starts, &r->starts_room, r->n_cells, sizeof *r->starts)) {
        r->no_memory = true;
        return;
    }
    if (r->used + length + 1 > r->text_room &&
        !pt_grow((void **)&r->text, &r->text_room, r->used + length, 1)) {
        r->no_memory = true;
        return;
    }
    r->starts[r->n_cells++] = r->used;
    memcpy(r->text + r->used, length > 0 ? bytes : "", length);
    r->used += length;
    r->text[r->used++] = '\0';
}

static bool row_is_blank(const struct reading *r)
{
    return r->used == r->n_cells; /* nothing but the NULs */
}

/* Cells beyond the header's that hold something; trailing delimiters are Excel's habit. */
static bool row_is_long(const struct reading *r)
{
    return r->n_cells > r->columns && r->used - r->starts[r->columns] > r->n_cells - r->columns;
}

static void report_length(struct reading *r)
{
    bool is_long = r->n_cells > r->columns;
    struct pt_spot spot = pt_csv_spot(&r->row, is_long ? r->columns : 0);
    if (is_long && r->row.delimiter == ',') {
        pt_spot_report(r->list, PT_ERROR, &spot,
                       "%zu cells, but the header has %zu; put a text or number that holds a comma "
                       "in \"quotes\"",
                       r->n_cells, r->columns);
    } else {
        pt_spot_report(r->list, PT_ERROR, &spot,
                       "%zu cells, but the header has %zu; write one for each column", r->n_cells,
                       r->columns);
    }
}

/* What is past a limit of the file ends the reading: there is no telling what else it is. */
static bool is_beyond(struct reading *r)
{
    if (r->columns == 0 && r->n_cells > PT_CSV_COLUMNS_MOST) {
        struct pt_spot spot = pt_csv_spot(&r->row, PT_CSV_COLUMNS_MOST);
        pt_spot_report(r->list, PT_ERROR, &spot,
                       "%zu columns, and at most %d are read; keep those that are needed",
                       r->n_cells, PT_CSV_COLUMNS_MOST);
    } else if (r->columns > 0 && ++r->n_rows > PT_CSV_ROWS_MOST) {
        struct pt_spot spot = pt_csv_spot(&r->row, 0);
        pt_spot_report(r->list, PT_ERROR, &spot, "more than %d rows; split the file into several",
                       PT_CSV_ROWS_MOST);
    } else {
        return false;
    }
    r->stopped = true;
    r->columns = r->n_cells;
    return true;
}

static bool cells_are_long(struct reading *r)
{
    bool found = false;
    for (size_t i = 0; i < r->n_cells; i++) {
        if (r->cells[i].length > PT_CSV_CELL_MOST) {
            struct pt_spot spot = pt_csv_spot(&r->row, i);
            pt_spot_report(r->list, PT_ERROR, &spot,
                           "this cell has %zu bytes, and at most %d are read; shorten it",
                           r->cells[i].length, PT_CSV_CELL_MOST);
            found = true;
        }
    }
    return found;
}

static void take_row(struct reading *r)
{
    if (is_beyond(r)) {
        return;
    }
    if (r->columns > 0 && (r->n_cells < r->columns || row_is_long(r))) {
        report_length(r);
        return;
    }
    if (r->n_cells > r->cells_room &&
        !pt_grow((void **)&r->cells, &r->cells_room, r->n_cells, sizeof *r->cells)) {
        r->no_memory = true;
        return;
    }
    for (size_t i = 0; i < r->n_cells; i++) {
        size_t next = i + 1 < r->n_cells ? r->starts[i + 1] : r->used;
        r->cells[i].text = r->text + r->starts[i];
        r->cells[i].length = next - r->starts[i] - 1;
    }
    if (r->used > PT_CSV_CELL_MOST && cells_are_long(r)) {
        r->stopped = r->columns == 0;
        r->columns = r->columns > 0 ? r->columns : r->n_cells;
        return;
    }
    r->row.cells = r->cells;
    r->row.n = r->columns > 0 ? r->columns : r->n_cells;
    if (r->columns > 0) {
        r->stopped = !r->handler->row(r->handler->user, &r->row);
    } else {
        r->columns = r->n_cells;
        r->stopped = !r->handler->header(r->handler->user, &r->row);
    }
}

static void on_row(int end, void *user)
{
    struct reading *r = user;
    (void)end;
    if (!r->no_memory && !r->stopped && !row_is_blank(r)) {
        take_row(r);
    }
    r->n_cells = r->used = 0;
}

/* ------------------------------------------------------------------ feeding */

/* Strict only; CSV_APPEND_NULL is not needed as cells are copied. */
static bool parser_start(struct reading *r)
{
    if (csv_init(&r->parser, CSV_STRICT | CSV_STRICT_FINI) != 0) {
        return false;
    }
    csv_set_delim(&r->parser, (unsigned char)r->row.delimiter);
    r->n_cells = r->used = 0;
    return true;
}

static bool parser_restart(struct reading *r)
{
    csv_free(&r->parser);
    return parser_start(r);
}

/* Lines are looked at before libcsv gathers their cells. */
static bool line_is_long(struct reading *r, size_t line_at, size_t line, size_t next)
{
    if (next - line_at <= PT_CSV_LINE_MOST) {
        return false;
    }
    struct pt_spot spot = pt_spot_make(r->source, line_at, line, line_at, 1);
    pt_spot_report(r->list, PT_ERROR, &spot,
                   "this line has %zu bytes, and at most %d are read; is this a table with one row "
                   "on each line?",
                   next - line_at, PT_CSV_LINE_MOST);
    r->stopped = true;
    r->columns = 1;
    return true;
}

/* What is wrong with the quotes of the row being read; `at` is where libcsv stopped. */
static void report_quotes(struct reading *r, size_t line_at, size_t line, size_t at, bool never)
{
    if (never || line > r->row.line) {
        struct pt_spot spot = opening_quote(&r->row);
        pt_spot_report(r->list, PT_ERROR, &spot,
                       "the quote that opens here is not closed where its cell ends; close it, and "
                       "double a quote that is part of the text");
    } else {
        struct pt_spot spot = pt_spot_make(r->source, line_at, line, at, 1);
        pt_spot_report(r->list, PT_ERROR, &spot,
                       "a quote in the middle of a cell; put the whole cell in quotes and double "
                       "those inside it");
    }
}

static void feed(struct reading *r)
{
    const struct pt_source *source = r->source;
    size_t at = 0, line = 1, quote_errors = 0;
    while (at < source->length && !r->no_memory && !r->stopped) {
        size_t next = pt_line_next(source, at);
        if (r->parser.pstate == 0) { /* between rows */
            r->row.line = line;
            r->row.line_at = at;
        }
        if (line_is_long(r, at, line, next)) {
            return;
        }
        size_t done = csv_parse(&r->parser, source->text + at, next - at, on_cell, on_row, r);
        bool broken = done != next - at;
        if (broken && csv_error(&r->parser) == CSV_ENOMEM) {
            r->no_memory = true;
            return;
        }
        bool open = r->parser.pstate != 0;
        bool never = !broken && open && (next >= source->length || line >= r->row.line + ROW_LINES);
        if (next >= source->length && !broken) {
            never = csv_fini(&r->parser, on_cell, on_row, r) != 0;
        }
        if (broken || never) {
            report_quotes(r, at, line, at + done, never);
            if (++quote_errors >= QUOTE_ERRORS_MOST) {
                return;
            }
            line = r->row.line;
            next = pt_line_next(source, r->row.line_at);
            r->no_memory |= !parser_restart(r);
        }
        at = next;
        line++;
    }
}

enum pt_status pt_csv_read(const struct pt_source *source, const struct pt_csv_handler *handler,
                           struct pt_diagnostics *list, struct pt_error *err)
{
    struct reading r = { .source = source, .handler = handler, .list = list };
    size_t from = 0, to = pt_line_next(source, 0);
    while (to < source->length && strspn(source->text + from, " \t\r\n") >= to - from) {
        from = to;
        to = pt_line_next(source, from);
    }
    r.row.source = source;
    r.row.delimiter = judge_delimiter(source, from, to);
    if (!parser_start(&r)) {
        return PT_RAISE_NOMEM(err);
    }
    feed(&r);
    csv_free(&r.parser);
    free(r.cells);
    free(r.starts);
    free(r.text);
    if (r.no_memory) {
        return PT_RAISE_NOMEM(err);
    }
    if (r.columns == 0) {
        return PT_RAISE(err, PT_EDATA, "'%s' has errors", source->path);
    }
    return PT_OK;
}
