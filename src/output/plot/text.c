#include "output/plot/plot.h"

#include <math.h>
#include <string.h>

/* Advances of DejaVu Sans 2.37 in hundredths of an em, rounded up, from ' ' to '~'. It is what
 * Debian gives for "sans-serif"; Arial, Liberation, Noto and Segoe are narrower. */
static const unsigned char advances[2][95] = {
    {
        /* regular */
        32, 41, 46, 84, 64, 96, 78, 28, 40, 40, 50, 84, 32, 37,  32, 34, 64, 64, 64,
        64, 64, 64, 64, 64, 64, 64, 34, 34, 84, 84, 84, 54, 100, 69, 69, 70, 78, 64,
        58, 78, 76, 30, 30, 66, 56, 87, 75, 79, 61, 79, 70, 64,  62, 74, 69, 99, 69,
        62, 69, 40, 34, 40, 84, 50, 50, 62, 64, 55, 64, 62, 36,  64, 64, 28, 28, 58,
        28, 98, 64, 62, 64, 64, 42, 53, 40, 64, 60, 82, 60, 60,  53, 64, 34, 64, 84,
    },
    {
        /* bold */
        35, 46,  53, 84, 70, 101, 88, 31,  46, 46, 53, 84, 38, 42,  38, 37, 70, 70,  70,
        70, 70,  70, 70, 70, 70,  70, 40,  40, 84, 84, 84, 59, 100, 78, 77, 74, 84,  69,
        69, 83,  84, 38, 38, 78,  64, 100, 84, 86, 74, 86, 78, 73,  69, 82, 78, 111, 78,
        73, 73,  46, 37, 46, 84,  50, 50,  68, 72, 60, 72, 68, 44,  72, 72, 35, 35,  67,
        35, 105, 72, 69, 72, 72,  50, 60,  48, 72, 66, 93, 65, 66,  59, 72, 37, 72,  84,
    },
};

/* Glyphs are placed on whole pixels, which costs up to this share of the width. */
#define HINTING 1.02

static const char ellipsis[] = "\xe2\x80\xa6", apostrophe[] = "\xe2\x80\x99";

/* The bytes of the character at text (1 where it is no character), and its code point or
 * U+FFFD. */
static size_t decode(const char *text, size_t n, unsigned long *code)
{
    const unsigned char *s = (const unsigned char *)text;
    size_t length = s[0] < 0x80 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;

    if (length > n || !pt_utf8_valid(text, length)) {
        *code = 0xfffd;
        return 1;
    }
    *code = length == 1 ? s[0] : s[0] & (0x7fu >> length);
    for (size_t i = 1; i < length; i++) {
        *code = *code << 6 | (s[i] & 0x3fu);
    }
    return length;
}

/* Hundredths of an em; the widest of each block outside ASCII. */
static double advance(unsigned long code, const char *bytes, size_t length, bool is_bold)
{
    char one[5] = "";

    if (code >= ' ' && code <= '~') {
        return advances[is_bold][code - ' '];
    }
    memcpy(one, bytes, length);
    switch (pt_utf8_width(one)) {
    case 0:
        return 0.0;
    case 1:
        break;
    default:
        return 140.0;
    }
    if (code == 0xe6 || code == 0xc6) { /* ae */
        return is_bold ? 109.0 : 99.0;
    }
    if (code >= 0xdf && code <= 0xff) {
        return code == 0xf7 ? 84.0 : is_bold ? 72.0 : 64.0;
    }
    if (code >= 0xc0 && code < 0xdf) {
        return is_bold ? 86.0 : 79.0;
    }
    if (code == 0x2013 || code == 0xb7 || (code >= 0x2018 && code <= 0x201f)) {
        /* en dash, middle dot, quotation marks */
        return 52.0;
    }
    return code == 0x2026 || code == 0x2212 ? 100.0 : is_bold ? 120.0 : 108.0;
}

double pt_plot_text_width(const char *text, size_t n, double size, bool is_bold)
{
    double width = 0.0;

    for (size_t i = 0; i < n;) {
        unsigned long code;
        size_t length = decode(text + i, n - i, &code);
        width += advance(code, text + i, length, is_bold);
        i += length;
    }
    return width / 100.0 * size * HINTING;
}

/* Characters that end lines, move the writing direction or cannot be seen. */
static bool hidden(unsigned long code)
{
    return code < 0x20 || (code >= 0x7f && code <= 0xa0) || code == 0xad ||
           (code >= 0x200b && code <= 0x200f) || (code >= 0x2028 && code <= 0x202e) ||
           (code >= 0x2060 && code <= 0x206f) || code == 0xfeff ||
           (code >= 0xfff9 && code <= 0xfffb) || code >= 0xe0000;
}

/* Blocks that DejaVu Sans covers without a hole. Where no installed font has a character, gnuplot
 * 5.4's cairo terminals draw a box as large as the picture, so the rest is a question mark. */
static bool drawable(unsigned long code)
{
    static const unsigned short ranges[][2] = {
        { 0x20, 0x7e },     { 0xa1, 0x2e9 },    { 0x300, 0x34f },   { 0x37a, 0x37f },
        { 0x384, 0x38a },   { 0x38e, 0x3a1 },   { 0x3a3, 0x525 },   { 0x531, 0x556 },
        { 0x561, 0x587 },   { 0x5d0, 0x5ea },   { 0x621, 0x63a },   { 0x640, 0x655 },
        { 0x660, 0x670 },   { 0x679, 0x6bf },   { 0x10d0, 0x10fc }, { 0x1e00, 0x1efb },
        { 0x2010, 0x2027 }, { 0x2030, 0x205e }, { 0x2074, 0x208e }, { 0x2090, 0x209c },
        { 0x20a0, 0x20b5 }, { 0x2100, 0x2109 }, { 0x210b, 0x2149 }, { 0x2150, 0x2185 },
        { 0x2190, 0x2311 }, { 0x2500, 0x269c }, { 0x270c, 0x2727 },
    };

    for (size_t i = 0; i < sizeof ranges / sizeof *ranges; i++) {
        if (code >= ranges[i][0] && code <= ranges[i][1]) {
            return true;
        }
    }
    return false;
}

/* Copies what can be drawn: runs of spaces and hidden characters become one space, none at the
 * ends. An apostrophe becomes the typographic one, since gnuplot 5.4 takes a doubled one at the start
 * of a string, or after another, for the end of the string. Returns the length. */
static size_t clean(char *out, size_t size, const char *text)
{
    size_t n = strlen(text), at = 0;
    bool space = false;

    for (size_t i = 0; i < n;) {
        unsigned long code;
        size_t length = decode(text + i, n - i, &code);
        const char *draw = code == '\'' ? apostrophe : drawable(code) ? text + i : "?";
        size_t n_draw = code == '\'' ? strlen(apostrophe) : drawable(code) ? length : 1;

        if (code == ' ' || hidden(code)) {
            space = at > 0;
        } else {
            if (at + space + 4 >= size) {
                break;
            }
            if (space) {
                out[at++] = ' ';
            }
            space = false;
            memcpy(out + at, draw, n_draw);
            at += n_draw;
        }
        i += length;
    }
    out[at] = '\0';
    return at;
}

/* How many bytes of text fit in width, at a character's edge. */
static size_t fitting(const char *text, size_t n, double width, double size, bool is_bold)
{
    double used = 0.0, most = width / size / HINTING * 100.0;
    size_t i = 0;

    while (i < n) {
        unsigned long code;
        size_t length = decode(text + i, n - i, &code);
        used += advance(code, text + i, length, is_bold);
        if (used > most || i + length >= PT_PLOT_LINE_BYTES - sizeof ellipsis) {
            break;
        }
        i += length;
    }
    return i;
}

/* Where to break at or before `most`: at a space that is not beside an equals sign, or after a
 * hyphen or slash; 0: nowhere. */
static size_t break_at(const char *text, size_t most)
{
    for (size_t i = most; i > 0; i--) {
        bool space = text[i] == ' ' && text[i + 1] != '=' && text[i - 1] != '=';
        if (space || text[i - 1] == '-' || text[i - 1] == '/') {
            return i;
        }
    }
    return 0;
}

static void add_line(struct pt_plot_lines *lines, const char *text, size_t n, const char *end,
                     double size, bool is_bold)
{
    char *line = lines->text[lines->n++];

    while (n > 0 && (text[n - 1] == ' ' || (*end != '\0' && strchr(",;:(-", text[n - 1])))) {
        n--;
    }
    memcpy(line, text, n);
    strcpy(line + n, end);
    lines->width = fmax(lines->width, pt_plot_text_width(line, strlen(line), size, is_bold));
}

void pt_plot_wrap(const char *text, double width, double size, bool is_bold, size_t most,
                  struct pt_plot_lines *lines)
{
    char copy[PT_PLOT_LINES * PT_PLOT_LINE_BYTES];
    const char *at = copy;
    size_t n = clean(copy, sizeof copy, text);

    *lines = (struct pt_plot_lines){ .n = 0 };
    most = most > PT_PLOT_LINES ? PT_PLOT_LINES : most;
    while (n > 0 && lines->n < most) {
        size_t fits = fitting(at, n, width, size, is_bold);

        if (fits < n && lines->n + 1 == most) {
            double room = width - pt_plot_text_width(ellipsis, strlen(ellipsis), size, is_bold);
            lines->cut = true;
            fits = fitting(at, n, room, size, is_bold);
            size_t whole = break_at(at, fits);
            add_line(lines, at, whole > fits / 2 ? whole : fits, ellipsis, size, is_bold);
            return;
        }
        size_t whole = fits < n ? break_at(at, fits) : fits;
        bool split = whole == 0;
        if (split) {
            double room = width - pt_plot_text_width("-", 1, size, is_bold);
            whole = fitting(at, n, room, size, is_bold);
            lines->split = true;
        }
        if (whole == 0) { /* not even one character: give the width up */
            whole = fitting(at, n, HUGE_VAL, size, is_bold);
        }
        fits = whole;
        add_line(lines, at, fits, split ? "-" : "", size, is_bold);
        while (fits < n && at[fits] == ' ') {
            fits++;
        }
        at += fits;
        n -= fits;
    }
}

void pt_plot_wrap_evenly(const char *text, double width, double size, bool is_bold, size_t most,
                         struct pt_plot_lines *lines)
{
    struct pt_plot_lines narrower;

    pt_plot_wrap(text, width, size, is_bold, most, lines);
    if (lines->n < 2 || lines->cut) {
        return;
    }
    for (double w = lines->width * 0.97; w > 0.3 * width; w *= 0.97) {
        pt_plot_wrap(text, w, size, is_bold, lines->n, &narrower);
        if (narrower.cut || (narrower.split && !lines->split)) {
            return;
        }
        *lines = narrower;
    }
}

bool pt_plot_lines_equal(const struct pt_plot_lines *a, const struct pt_plot_lines *b)
{
    bool equal = a->n == b->n;

    for (size_t i = 0; equal && i < a->n; i++) {
        equal = strcmp(a->text[i], b->text[i]) == 0;
    }
    return equal;
}

void pt_plot_wrap_end(const char *text, double width, double size, bool bold, size_t most,
                      struct pt_plot_lines *lines)
{
    char end[PT_PLOT_TEXT];

    pt_plot_wrap_evenly(text, width, size, bold, most, lines);
    for (const char *at = strchr(text, ' '); lines->cut && at != NULL; at = strchr(at + 1, ' ')) {
        snprintf(end, sizeof end, "%s%s", ellipsis, at + 1);
        pt_plot_wrap_evenly(end, width, size, bold, most, lines);
    }
}

void pt_plot_quote(struct pt_buffer *out, const char *text)
{
    char copy[PT_PLOT_LINES * PT_PLOT_LINE_BYTES];

    clean(copy, sizeof copy, text);
    pt_buffer_text(out, "'");
    pt_buffer_text(out, copy);
    pt_buffer_text(out, "'");
}

char *pt_plot_say(char text[PT_PLOT_TEXT], const struct pt_language *language, const char *format,
                  ...)
{
    struct pt_message message;
    va_list ap;

    va_start(ap, format);
    pt_message_vset(&message, format, ap);
    va_end(ap);
    pt_message_print(&message, language, text, PT_PLOT_TEXT);
    return text;
}
