#include "output/workbook/book.h"

#include <stdlib.h>
#include <string.h>

/* Frames of the headings, and the same ink as in the pictures. */
#define INK            0x1A1A1A
#define SOFT           0x4D4D4D
#define HEAD_FILL      0xDCEBF5
#define HEAD_RULE      0x005B94
#define ROOM_FOR_WORDS 300

/* ------------------------------------------------------------------ formats */

static void set_part(lxw_format *format, const struct pt_book_style *style)
{
    format_set_align(format, LXW_ALIGN_VERTICAL_TOP);
    switch (style->part) {
    case PT_BOOK_TITLE:
        format_set_bold(format);
        format_set_font_size(format, 14);
        break;
    case PT_BOOK_ABOUT:
        format_set_font_color(format, SOFT);
        break;
    case PT_BOOK_HEADING:
    case PT_BOOK_HEADING_NUMBER:
        format_set_bold(format);
        format_set_text_wrap(format);
        format_set_bg_color(format, HEAD_FILL);
        format_set_bottom(format, LXW_BORDER_MEDIUM);
        format_set_bottom_color(format, HEAD_RULE);
        format_set_align(format,
                         style->part == PT_BOOK_HEADING_NUMBER ? LXW_ALIGN_RIGHT : LXW_ALIGN_LEFT);
        format_set_indent(format, style->part == PT_BOOK_HEADING_NUMBER ? 0 : 1);
        break;
    case PT_BOOK_TEXT:
        format_set_text_wrap(format);
        format_set_indent(format, 1);
        break;
    case PT_BOOK_WORD:
        format_set_align(format, LXW_ALIGN_RIGHT);
        break;
    case PT_BOOK_LINE:
        format_set_indent(format, 1);
        break;
    case PT_BOOK_NUMBER:
        break;
    }
}

lxw_format *pt_book_format(struct pt_book *book, const struct pt_book_style *style)
{
    for (size_t i = 0; i < book->n_formats; i++) {
        const struct pt_book_style *made = &book->formats[i].style;
        if (made->part == style->part && made->colour == style->colour &&
            strcmp(made->number, style->number) == 0) {
            return book->formats[i].format;
        }
    }
    lxw_format *format =
        book->n_formats < PT_BOOK_FORMATS ? workbook_add_format(book->workbook) : NULL;
    if (format == NULL) {
        book->failed = true;
        return NULL;
    }
    book->formats[book->n_formats].style = *style;
    book->formats[book->n_formats++].format = format;
    set_part(format, style);
    if (style->colour != LXW_COLOR_UNSET) {
        format_set_font_color(format, style->colour);
    }
    if (style->number[0] != '\0') {
        format_set_num_format(format, style->number);
    }
    return format;
}

lxw_color_t pt_book_colour(enum pt_standing_word word)
{
    switch (pt_standing_colour(word)) {
    case PT_COLOUR_GREEN:
        return 0x00684C;
    case PT_COLOUR_YELLOW:
        return 0x8A5A00;
    case PT_COLOUR_RED:
        return 0xA84400;
    case PT_COLOUR_NONE:
        break;
    }
    return 0x4D4D4D;
}

/* ------------------------------------------------------------------ texts */

static bool is_hex(char c)
{
    return strchr("0123456789ABCDEFabcdef", c) != NULL && c != '\0';
}

/* Whether a reader of workbooks would take what begins here for an escaped character. */
static bool looks_escaped(const char *text)
{
    return strncmp(text, "_x", 2) == 0 && is_hex(text[2]) && is_hex(text[3]) && is_hex(text[4]) &&
           is_hex(text[5]) && text[6] == '_';
}

/* What XML cannot hold, and what steers a terminal or the order of letters. */
static bool is_unfit(uint32_t code)
{
    return pt_utf8_steers(code) || code == 0xFFFE || code == 0xFFFF;
}

static const char *clean(struct pt_book *book, const char *text, size_t most, bool cell)
{
    static const char unknown[] = "\xEF\xBF\xBD";
    /* where little fits, a word would take the place of what it stands for */
    const char *word = most < ROOM_FOR_WORDS ? "…" : pt_translate(book->language, PT_N(" … (cut)"));
    size_t left = strlen(text), used = 0, room = most - strlen(word);
    struct pt_buffer out = { 0 }, head = { 0 };
    size_t fits = 0; /* bytes after which the word still has room */

    while (left > 0 && used <= most) {
        uint32_t code;
        size_t n = pt_utf8_next(text, left, &code);
        if (cell && looks_escaped(text)) {
            pt_buffer_text(&out, "_x005F");
            used += 6;
        }
        used += code > 0xFFFF ? 2 : 1;
        if (is_unfit(code)) {
            pt_buffer_text(&out, " ");
        } else if (code == 0xFFFD && n == 1) {
            pt_buffer_text(&out, unknown);
        } else {
            pt_buffer_add(&out, text, n);
        }
        fits = used <= room ? out.n : fits;
        text += n;
        left -= n;
    }
    bool cut = used > most;
    pt_buffer_add(&head, out.bytes, cut ? fits : out.n);
    pt_buffer_text(&head, cut ? word : "");
    const char *made = head.n > 0 ? pt_arena_copy(book->arena, head.bytes, head.n) : "";
    book->failed |= out.failed || head.failed || made == NULL;
    pt_buffer_free(&out);
    pt_buffer_free(&head);
    return made != NULL ? made : "";
}

const char *pt_book_clean(struct pt_book *book, const char *text, size_t most)
{
    return clean(book, text, most, false);
}

const char *pt_book_cell_text(struct pt_book *book, const char *text)
{
    return clean(book, text, BOOK_CELL_MOST, true);
}

/* ------------------------------------------------------------------ names of sheets */

/* The first characters of a name, and a number behind them from the second try on. */
static const char *name_try(struct pt_book *book, const char *name, unsigned try)
{
    char number[16] = "";
    if (try > 1) {
        snprintf(number, sizeof number, " %u", try);
    }
    size_t room = BOOK_NAME_MOST - strlen(number), n = 0, used = 0;
    for (uint32_t code; name[n] != '\0'; used += code > 0xFFFF ? 2 : 1) {
        size_t more = pt_utf8_next(name + n, strlen(name + n), &code);
        if (used + (code > 0xFFFF ? 2 : 1) > room) {
            break;
        }
        n += more;
    }
    while (n > 0 && (name[n - 1] == ' ' || name[n - 1] == '\'')) {
        n--;
    }
    const char *made = pt_arena_printf(book->arena, "%.*s%s", (int)n, name, number);
    book->failed |= made == NULL;
    return made;
}

const char *pt_book_sheet_name(struct pt_book *book, const char *name)
{
    const char *safe = pt_book_clean(book, name, BOOK_CELL_MOST);
    char *plain = pt_arena_copy(book->arena, safe, strlen(safe));
    if (plain == NULL) {
        book->failed = true;
        return "";
    }
    for (char *at = plain; (at = strpbrk(at, "[]:*?/\\")) != NULL;) {
        *at = ' ';
    }
    while (*plain == ' ' || *plain == '\'') {
        plain++;
    }
    const char *made = plain;
    for (unsigned try = 1; !book->failed; try++) {
        made = name_try(book, *plain != '\0' ? plain : "-", try);
        if (made == NULL || workbook_get_worksheet_by_name(book->workbook, made) == NULL) {
            break;
        }
    }
    return made != NULL ? made : "";
}
