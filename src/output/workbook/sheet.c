#include <math.h>
#include <string.h>

#include "output/table/cell.h"
#include "output/table/grid.h"
#include "output/workbook/book.h"

/* Characters of a column: what is longer goes on in more lines. */
#define WIDTH_LEAST 8
#define WIDTH_MOST  58
#define WORD_LENGTH 8
#define LINE_HEIGHT 15
/* A row takes no more points. */
#define LINES_MOST    27
#define HEADING_MOST  16
#define HEADING_LINES 3
/* Room for the arrow of the filter, below the words. */
#define ARROW    3
#define PAPER_A4 9
/* The most decimals a number shows. */
#define DECIMALS_MOST 9
/* From here on digits are grouped. */
#define GROUPED_FROM 10000
/* Of a note: characters of a line, and its size in pixels. */
#define NOTE_LINE   44
#define NOTE_WIDTH  270
#define NOTE_HEIGHT 19

/* ------------------------------------------------------------------ opening and closing */

static void put_head(struct pt_sheet *sheet, const char *title, const char *about)
{
    const struct pt_book_style big = { .part = PT_BOOK_TITLE, .colour = LXW_COLOR_UNSET };
    const struct pt_book_style soft = { .part = PT_BOOK_ABOUT, .colour = LXW_COLOR_UNSET };
    struct pt_book *book = sheet->book;

    worksheet_write_string(sheet->worksheet, 0, 0, pt_book_cell_text(book, title),
                           pt_book_format(book, &big));
    worksheet_write_string(sheet->worksheet, 1, 0, pt_book_cell_text(book, about),
                           pt_book_format(book, &soft));
}

void pt_sheet_open(struct pt_sheet *sheet, struct pt_book *book, const char *name,
                   const char *title, const char *about)
{
    *sheet = (struct pt_sheet){ .book = book, .row = PT_SHEET_HEAD + 1 };
    sheet->name = pt_book_sheet_name(book, name);
    sheet->worksheet = book->failed ? NULL : workbook_add_worksheet(book->workbook, sheet->name);
    if (sheet->worksheet == NULL) {
        book->failed = true;
        return;
    }
    put_head(sheet, title, about);
}

static void print_setup(struct pt_sheet *sheet)
{
    worksheet_set_landscape(sheet->worksheet);
    worksheet_set_paper(sheet->worksheet, PAPER_A4);
    worksheet_fit_to_pages(sheet->worksheet, 1, 0);
    worksheet_repeat_rows(sheet->worksheet, PT_SHEET_HEAD, PT_SHEET_HEAD);
    worksheet_set_footer(sheet->worksheet, "&L&F: &A&R&P / &N");
}

static void put_headings(struct pt_sheet *sheet)
{
    for (lxw_col_t i = 0; i < sheet->n_columns; i++) {
        const struct pt_book_style style = {
            .part = sheet->columns[i].numbers ? PT_BOOK_HEADING_NUMBER : PT_BOOK_HEADING,
            .colour = LXW_COLOR_UNSET,
        };
        worksheet_write_string(sheet->worksheet, PT_SHEET_HEAD, i, sheet->columns[i].heading,
                               pt_book_format(sheet->book, &style));
    }
}

void pt_sheet_close(struct pt_sheet *sheet)
{
    if (sheet->worksheet == NULL || sheet->n_columns == 0) {
        return;
    }
    for (lxw_col_t i = 0; i < sheet->n_columns; i++) {
        size_t width = sheet->columns[i].width;
        width = width < WIDTH_LEAST ? WIDTH_LEAST : width > WIDTH_MOST ? WIDTH_MOST : width;
        worksheet_set_column(sheet->worksheet, i, i, (double)width + 1, NULL);
    }
    put_headings(sheet);
    worksheet_set_row(sheet->worksheet, PT_SHEET_HEAD, LINE_HEIGHT * HEADING_LINES, NULL);
    worksheet_freeze_panes(sheet->worksheet, PT_SHEET_HEAD + 1, 1);
    if (sheet->row > PT_SHEET_HEAD + 1) {
        worksheet_autofilter(sheet->worksheet, PT_SHEET_HEAD, 0, sheet->row - 1,
                             sheet->n_columns - 1);
    }
    print_setup(sheet);
}

/* ------------------------------------------------------------------ headings */

static void put_note(struct pt_sheet *sheet, lxw_col_t column, const char *note)
{
    const char *text = pt_book_clean(sheet->book, note, BOOK_CELL_MOST);
    size_t lines = pt_utf8_width(text) / NOTE_LINE + 2;
    lxw_comment_options options = { .width = NOTE_WIDTH,
                                    .height = (uint16_t)(lines * NOTE_HEIGHT),
                                    .font_size = 9 };
    worksheet_write_comment_opt(sheet->worksheet, PT_SHEET_HEAD, column, text, &options);
}

/* A heading may take some lines, but its longest word stays whole. */
static size_t heading_width(const char *title)
{
    size_t whole = pt_utf8_width(title), longest = 0;
    char word[BOOK_NAME_MOST * 4];

    for (const char *at = title; *at != '\0';) {
        size_t n = strcspn(at, " ");
        snprintf(word, sizeof word, "%.*s", (int)n, at);
        longest = pt_utf8_width(word) > longest ? pt_utf8_width(word) : longest;
        at += n + strspn(at + n, " ");
    }
    size_t wrapped = whole / HEADING_LINES + 4;
    wrapped = wrapped > HEADING_MOST ? HEADING_MOST : wrapped;
    wrapped = wrapped > whole ? whole : wrapped;
    return (longest > wrapped ? longest : wrapped) + ARROW;
}

lxw_col_t pt_sheet_heading(struct pt_sheet *sheet, const char *id, const char *title,
                           const char *note)
{
    lxw_col_t column = sheet->n_columns;

    if (sheet->worksheet == NULL || column >= PT_SHEET_COLUMNS) {
        sheet->book->failed = true;
        return 0;
    }
    const char *text = pt_book_cell_text(sheet->book, title);
    if (note != NULL) {
        put_note(sheet, column, note);
    }
    sheet->columns[column].id = id;
    sheet->columns[column].heading = text;
    sheet->columns[column].width = heading_width(text);
    sheet->n_columns++;
    return column;
}

int pt_sheet_column(const struct pt_sheet *sheet, const char *id)
{
    for (lxw_col_t i = 0; i < sheet->n_columns; i++) {
        if (strcmp(sheet->columns[i].id, id) == 0) {
            return i;
        }
    }
    return -1;
}

/* ------------------------------------------------------------------ cells */

static void widen(struct pt_sheet *sheet, lxw_col_t column, size_t width)
{
    if (width > sheet->columns[column].width) {
        sheet->columns[column].width = width;
    }
}

static void put_text(struct pt_sheet *sheet, lxw_col_t column, const char *text,
                     const struct pt_book_style *style)
{
    if (sheet->worksheet == NULL || sheet->book->failed || text[0] == '\0') {
        return;
    }
    const char *safe = pt_book_cell_text(sheet->book, text);
    if (worksheet_write_string(sheet->worksheet, sheet->row, column, safe,
                               pt_book_format(sheet->book, style)) != LXW_NO_ERROR) {
        sheet->book->failed = true;
    }
    size_t width = pt_utf8_width(safe);
    widen(sheet, column, width);
    if (style->part == PT_BOOK_TEXT && width > WIDTH_MOST) {
        /* words seldom end where a line does */
        size_t lines = width / (WIDTH_MOST - WORD_LENGTH) + 1;
        sheet->lines = lines > sheet->lines ? lines : sheet->lines;
    }
}

void pt_sheet_line(struct pt_sheet *sheet, lxw_col_t column, const char *text)
{
    const struct pt_book_style style = { .part = PT_BOOK_LINE, .colour = LXW_COLOR_UNSET };
    put_text(sheet, column, text, &style);
}

void pt_sheet_text(struct pt_sheet *sheet, lxw_col_t column, const char *text)
{
    const struct pt_book_style style = { .part = PT_BOOK_TEXT, .colour = LXW_COLOR_UNSET };
    put_text(sheet, column, text, &style);
}

static void put_number(struct pt_sheet *sheet, lxw_col_t column, double value, const char *format)
{
    struct pt_book_style style = { .part = PT_BOOK_NUMBER, .colour = LXW_COLOR_UNSET };

    if (sheet->worksheet == NULL || sheet->book->failed || !isfinite(value)) {
        return;
    }
    snprintf(style.number, sizeof style.number, "%s", format);
    sheet->columns[column].numbers = true;
    if (worksheet_write_number(sheet->worksheet, sheet->row, column, value,
                               pt_book_format(sheet->book, &style)) != LXW_NO_ERROR) {
        sheet->book->failed = true;
    }
}

void pt_sheet_number(struct pt_sheet *sheet, lxw_col_t column, double value, unsigned decimals)
{
    static const char zeros[] = "0.000000000";
    char format[24], shown[PT_NUMBER_MAX];
    const char *whole = fabs(value) >= GROUPED_FROM ? "#,##" : "";

    decimals = decimals > DECIMALS_MOST ? DECIMALS_MOST : decimals;
    snprintf(format, sizeof format, "%s%.*s", whole, decimals > 0 ? (int)decimals + 2 : 1, zeros);
    put_number(sheet, column, value, format);
    if (isfinite(value)) {
        pt_number_fixed(shown, value, decimals, '.');
        widen(sheet, column, strlen(shown) + (whole[0] != '\0' ? 2 : 0));
    }
}

void pt_sheet_year(struct pt_sheet *sheet, lxw_col_t column, int year)
{
    put_number(sheet, column, year, "0");
}

/* The number that CSV holds, with the decimals that people are shown. What is shown rounded to tens
 * or more is held so, since no number format can round it. */
static void put_amount(struct pt_sheet *sheet, lxw_col_t column, const struct pt_cell *cell)
{
    char plain[PT_CELL_MAX], shown[PT_CELL_MAX], fixed[PT_NUMBER_MAX];
    double value = cell->value, rounded;

    pt_cell_plain(cell, plain);
    pt_cell_print(cell, NULL, shown);
    const char *point = strchr(shown, '.');
    if (!pt_number_parse(plain, strlen(plain), '.', &value, NULL) ||
        !pt_number_parse(shown, strlen(shown), '.', &rounded, NULL)) {
        return;
    }
    unsigned decimals = point != NULL ? (unsigned)strspn(point + 1, "0123456789") : 0;
    bool tens = point == NULL && fabs(rounded - value) > 0.5;
    pt_number_fixed(fixed, value, decimals, '.');
    if (tens) {
        value = rounded;
    } else if (strcmp(fixed, shown) != 0) {
        value = cell->value; /* digits of a tie that the seven of CSV have lost */
    }
    pt_sheet_number(sheet, column, value, decimals);
}

/* A chance of few draws, whose hundredths nothing defends: the tens that people are shown, for as
 * long as the number is what was computed. */
static void coarse_format(double p, char *format, size_t size)
{
    int tens = (int)floor(p * 10 + 0.5);
    const char *sign = tens == 0 ? "<" : tens == 10 ? ">" : "";
    int shown = tens == 0 ? 10 : tens == 10 ? 90 : tens * 10;

    snprintf(format, size, "[<%g]0 %%;[<%g]\"%s%d %%\";0 %%", tens / 10.0 - 0.05,
             tens / 10.0 + 0.05, sign, shown);
}

/* A chance that is not certain is never shown as certain. */
static void put_chance(struct pt_sheet *sheet, lxw_col_t column, const struct pt_cell *cell)
{
    char plain[PT_CELL_MAX], format[48] = "0 %";
    double p = cell->value;

    pt_cell_plain(cell, plain);
    pt_number_parse(plain, strlen(plain), '.', &p, NULL);
    if (p > 0 && p < 1 && cell->error >= PT_CELL_COARSE_ERROR) {
        coarse_format(p, format, sizeof format);
    } else if (p > 0 && p < 0.5) {
        snprintf(format, sizeof format, "[>=0.005]0 %%;[>0]\"<1 %%\";0 %%");
    } else if (p >= 0.5 && p < 1) {
        snprintf(format, sizeof format, "[<0.995]0 %%;[<1]\">99 %%\";0 %%");
    }
    put_number(sheet, column, p, format);
}

/* What is no number: words, and years that are none. */
static void put_words(struct pt_sheet *sheet, lxw_col_t column, const struct pt_cell *cell)
{
    struct pt_book_style style = { .part = PT_BOOK_TEXT, .colour = LXW_COLOR_UNSET };
    char *text = pt_grid_text(cell, sheet->book->language, sheet->book->arena);

    if (text == NULL) {
        sheet->book->failed = true;
        return;
    }
    if (cell->kind == PT_CELL_YEAR || cell->kind == PT_CELL_NO_GAIN) {
        style.part = PT_BOOK_WORD;
        sheet->columns[column].numbers = true;
    } else if (cell->kind == PT_CELL_STANDING) {
        style.colour = pt_book_colour(cell->standing);
    }
    put_text(sheet, column, text, &style);
}

void pt_sheet_cell(struct pt_sheet *sheet, lxw_col_t column, const struct pt_cell *cell)
{
    if (pt_cell_is_empty(cell)) {
        return;
    }
    switch (cell->kind) {
    case PT_CELL_COUNT:
        pt_sheet_number(sheet, column, cell->value, 0);
        break;
    case PT_CELL_AMOUNT:
        put_amount(sheet, column, cell);
        break;
    case PT_CELL_CHANCE:
        put_chance(sheet, column, cell);
        break;
    case PT_CELL_YEAR:
        if (cell->year != PT_YEAR_NEVER && cell->year != PT_YEAR_ALREADY) {
            pt_sheet_year(sheet, column, cell->year);
            break;
        }
        put_words(sheet, column, cell);
        break;
    default:
        put_words(sheet, column, cell);
        break;
    }
}

/* Readers of workbooks differ in whether they make room for texts by themselves. */
void pt_sheet_next(struct pt_sheet *sheet)
{
    if (sheet->lines > 1 && sheet->worksheet != NULL) {
        size_t lines = sheet->lines > LINES_MOST ? LINES_MOST : sheet->lines;
        worksheet_set_row(sheet->worksheet, sheet->row, (double)(lines * LINE_HEIGHT), NULL);
    }
    sheet->lines = 0;
    if (++sheet->row >= LXW_ROW_MAX) {
        sheet->book->failed = true;
    }
}
