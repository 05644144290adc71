/* A workbook in the making; private to this folder.
 *
 * Sheets are opened, written row by row and closed. What fails (no memory, a sheet too long) sets
 * `failed`, and later calls do nothing, so that only the end needs a check. Texts are made safe on
 * their way in: callers pass on whatever a planner wrote. */
#ifndef PT_OUTPUT_BOOK_H
#define PT_OUTPUT_BOOK_H

#include <xlsxwriter.h>

#include <paritet/output.h>

#define PT_BOOK_FORMATS 160
/* What a spreadsheet takes in one cell, and in the name of a sheet. */
#define BOOK_CELL_MOST 32767
#define BOOK_NAME_MOST 31

enum pt_book_part {
    PT_BOOK_TITLE,
    PT_BOOK_ABOUT, /* what a sheet or a block holds */
    PT_BOOK_HEADING,
    PT_BOOK_HEADING_NUMBER, /* above numbers, which stand to the right */
    PT_BOOK_LINE,           /* a text on one line, however long */
    PT_BOOK_TEXT,           /* a text on as many lines as it needs */
    PT_BOOK_WORD,           /* between numbers */
    PT_BOOK_NUMBER
};

struct pt_book_style {
    enum pt_book_part part;
    lxw_color_t colour; /* of the letters; LXW_COLOR_UNSET: black */
    char number[48];    /* number format; "": none */
};

struct pt_book {
    lxw_workbook *workbook;
    const struct pt_facts *facts;
    const struct pt_language *language;
    enum pt_theme theme;
    struct pt_arena *arena;
    bool failed;
    size_t n_formats;
    struct pt_book_format {
        struct pt_book_style style;
        lxw_format *format;
    } formats[PT_BOOK_FORMATS];
};

lxw_format *pt_book_format(struct pt_book *book, const struct pt_book_style *style);

/* Of a status word, dark enough for letters. */
lxw_color_t pt_book_colour(enum pt_standing_word word);

/* A text without characters that XML or a terminal could not take, of at most `most` characters as
 * spreadsheets count them (UTF-16), with a word where it was cut. In the arena; "" where that fails. */
const char *pt_book_clean(struct pt_book *book, const char *text, size_t most);
/* The same for a cell, where "_x0041_" would be read as a character. */
const char *pt_book_cell_text(struct pt_book *book, const char *text);
/* A name that no other sheet has, without the characters that names must not have. */
const char *pt_book_sheet_name(struct pt_book *book, const char *name);

/* ------------------------------------------------------------------ sheets */

#define PT_SHEET_COLUMNS 64
/* Title, what it holds, a gap, the headings; then the rows. */
#define PT_SHEET_HEAD 3

struct pt_sheet {
    struct pt_book *book;
    lxw_worksheet *worksheet; /* NULL: it could not be made */
    const char *name;
    lxw_row_t row; /* to be written next */
    size_t lines;  /* that the texts of the row need */
    lxw_col_t n_columns;
    struct {
        const char *id, *heading; /* id: as in the table */
        bool numbers;             /* there is one in it */
        size_t width;             /* widest cell, in characters */
    } columns[PT_SHEET_COLUMNS];
};

/* name, title and about are translated. */
void pt_sheet_open(struct pt_sheet *sheet, struct pt_book *book, const char *name,
                   const char *title, const char *about);
/* A heading, from the left; note: what is to be known of the column, NULL: nothing. */
lxw_col_t pt_sheet_heading(struct pt_sheet *sheet, const char *id, const char *title,
                           const char *note);
/* Cells of the row. A text too wide for its column goes on in more lines; a line is cut off where
 * the next cell begins, as what is said again in many rows may be. */
void pt_sheet_line(struct pt_sheet *sheet, lxw_col_t column, const char *text);
void pt_sheet_text(struct pt_sheet *sheet, lxw_col_t column, const char *text);
void pt_sheet_number(struct pt_sheet *sheet, lxw_col_t column, double value, unsigned decimals);
void pt_sheet_year(struct pt_sheet *sheet, lxw_col_t column, int year);
void pt_sheet_cell(struct pt_sheet *sheet, lxw_col_t column, const struct pt_cell *cell);
void pt_sheet_next(struct pt_sheet *sheet);
/* Widths, frozen headings, filter, how it prints. */
void pt_sheet_close(struct pt_sheet *sheet);
/* The column of an id; -1: none. */
int pt_sheet_column(const struct pt_sheet *sheet, const char *id);

/* A table as people read it; with a title beside every id of an indicator. */
void pt_sheet_table(struct pt_sheet *sheet, struct pt_book *book, const struct pt_table *table,
                    const char *name, const char *about);
/* What is to be known of a column of a table, untranslated; NULL: nothing. */
const char *pt_book_note(const char *table, const char *column);

/* The observed figures; figures: where those of each projection of the run stand. */
struct pt_sheet_rows {
    lxw_row_t first, last;
    bool any;
};
void pt_sheet_data(struct pt_sheet *sheet, struct pt_book *book, struct pt_sheet_rows **figures);
/* Every effect, band, target and break, with its reason. */
void pt_sheet_assumptions(struct pt_sheet *sheet, struct pt_book *book);

/* ------------------------------------------------------------------ charts */

/* Of the sheets that they stand on; sheets that are not there have no worksheet. */
void pt_chart_fans(const struct pt_sheet *bands, const struct pt_sheet *data,
                   const struct pt_sheet_rows *figures);
void pt_chart_parity(const struct pt_sheet *parity);
void pt_chart_gains(const struct pt_sheet *gained);
void pt_chart_status(const struct pt_sheet *status);

#endif
