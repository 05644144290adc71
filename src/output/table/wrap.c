#include "output/table/wrap.h"

#include <string.h>
#include <unilbrk.h>
#include <unistr.h>
#include <uniwidth.h>

/* One break flag per byte. NULL: out of memory. */
static char *possible_breaks(struct pt_arena *arena, const char *text, size_t n)
{
    char *breaks = pt_arena_alloc(arena, n + 1, 1);

    if (breaks != NULL && n > 0) {
        u8_possible_linebreaks((const uint8_t *)text, n, "UTF-8", breaks);
    }
    for (size_t i = 2; breaks != NULL && i < n; i++) { /* a number stays with what it counts */
        if (text[i - 1] == '-' && text[i - 2] >= '0' && text[i - 2] <= '9') {
            breaks[i] = UC_BREAK_PROHIBITED;
        }
    }
    return breaks;
}

/* Bytes of the character at text[at], and its columns. */
static size_t character(const char *text, size_t at, size_t n, size_t *width)
{
    ucs4_t code;
    int bytes = u8_mbtouc(&code, (const uint8_t *)text + at, n - at);
    int columns = uc_width(code, "UTF-8");

    *width = columns > 0 ? (size_t)columns : 0;
    return bytes > 0 ? (size_t)bytes : 1;
}

/* The line that starts at `start`; returns where the next one starts. */
static size_t take_line(const char *text, const char *breaks, size_t n, size_t start, size_t width,
                        struct pt_text_line *line)
{
    struct pt_text_line best = { .text = text + start, .length = 0, .width = 0 };
    size_t next = start, columns = 0, own;

    *line = best;
    for (size_t at = start, bytes; at < n; at += bytes) {
        bytes = character(text, at, n, &own);
        if (at > start && breaks[at] == UC_BREAK_POSSIBLE) {
            best = *line;
            next = at;
        }
        columns += own;
        if (text[at] == ' ') {
            continue;
        }
        if (width > 0 && columns > width && line->length > 0) {
            if (next > start) {
                *line = best;
                return next;
            }
            return at;
        }
        line->length = at + bytes - start;
        line->width = columns;
    }
    return n;
}

bool pt_wrap(struct pt_arena *arena, const char *text, size_t width, struct pt_lines *lines)
{
    size_t n = strlen(text), start = 0, whole = pt_utf8_width(text);

    if (width == 0 || whole <= width) {
        lines->n = 1;
        lines->lines = PT_NEW(arena, struct pt_text_line, 1);
        if (lines->lines != NULL) {
            *lines->lines = (struct pt_text_line){ text, n, whole };
        }
        return lines->lines != NULL;
    }
    /* Each line holds a byte at least. */
    const char *breaks = possible_breaks(arena, text, n);
    lines->n = 0;
    lines->lines = PT_NEW(arena, struct pt_text_line, n);
    if (breaks == NULL || lines->lines == NULL) {
        return false;
    }
    do {
        start = take_line(text, breaks, n, start, width, &lines->lines[lines->n++]);
    } while (start < n);
    return true;
}

size_t pt_wrap_least(struct pt_arena *arena, const char *text)
{
    size_t n = strlen(text), start = 0, least = 0;
    const char *breaks = possible_breaks(arena, text, n);

    for (size_t at = 1; breaks != NULL && at <= n; at++) {
        if (at == n || breaks[at] == UC_BREAK_POSSIBLE) {
            struct pt_text_line line;
            take_line(text, breaks, at, start, 0, &line);
            least = line.width > least ? line.width : least;
            start = at;
        }
    }
    return least;
}
