#include <string.h>
#include <unictype.h>

#include "output/document/html.h"

/* Letters of Hebrew, Arabic and their like. */
static bool is_from_right(uint32_t code)
{
    int class = uc_bidi_class(code);
    return class == UC_BIDI_R || class == UC_BIDI_AL;
}

/* The bytes of a run of words from right to left, up to the last of their letters. */
static size_t run_length(const char *text)
{
    size_t end = 0, left = strlen(text);
    for (size_t at = 0, n; left > 0; at += n, left -= n) {
        uint32_t code;
        n = pt_utf8_next(text + at, left, &code);
        if (uc_bidi_class(code) == UC_BIDI_L) {
            break;
        }
        end = is_from_right(code) ? at + n : end;
    }
    return end;
}

/* What HTML does not allow even as a reference. */
static bool is_no_character(uint32_t code)
{
    return (code & 0xFFFE) == 0xFFFE || (code >= 0xFDD0 && code <= 0xFDEF);
}

static void add_character(struct pt_buffer *out, const char *at, size_t n, uint32_t code)
{
    switch (code) {
    case '&':
        pt_buffer_text(out, "&amp;");
        return;
    case '<':
        pt_buffer_text(out, "&lt;");
        return;
    case '>':
        pt_buffer_text(out, "&gt;");
        return;
    case '"':
        pt_buffer_text(out, "&quot;");
        return;
    }
    if (is_no_character(code) || (code == 0xFFFD && n == 1)) {
        pt_buffer_text(out, "\xEF\xBF\xBD");
    } else if (!pt_utf8_steers(code)) {
        pt_buffer_add(out, at, n);
    } else if (code < 0xA0) { /* a line end or a tab lies between words */
        pt_buffer_text(out, " ");
    }
}

static void add_text(struct pt_buffer *out, const char *text, bool isolate)
{
    const char *from_right = NULL;
    for (size_t left = strlen(text), n; left > 0; left -= n, text += n) {
        uint32_t code;
        n = pt_utf8_next(text, left, &code);
        if (isolate && from_right == NULL && is_from_right(code)) {
            pt_buffer_text(out, "<bdi>");
            from_right = text + run_length(text);
        }
        add_character(out, text, n, code);
        if (text + n == from_right) {
            pt_buffer_text(out, "</bdi>");
            from_right = NULL;
        }
    }
}

void pt_html_text(struct pt_buffer *out, const char *text)
{
    add_text(out, text, true);
}

void pt_html_attribute(struct pt_buffer *out, const char *text)
{
    add_text(out, text, false);
}

void pt_html_say(struct pt_page *page, const char *text)
{
    pt_html_text(page->out, pt_translate(page->language, text));
}
