#include <string.h>

#include <paritet/output.h>

/* Columns of the next n bytes, without what only colours them. Words are short; a longer one is
 * counted in bytes. */
static size_t width_of(const char *text, size_t n)
{
    char word[256];
    size_t kept = 0;
    if (n >= sizeof word) {
        return n;
    }
    for (size_t i = 0; i < n; i++) {
        if (text[i] == '\033') {
            i += strcspn(text + i, "m");
        } else {
            word[kept++] = text[i];
        }
    }
    word[kept] = '\0';
    return pt_utf8_width(word);
}

/* Whether n bytes end in the sign of a status word that has a colour. */
static bool ends_in_sign(const char *text, size_t n)
{
    for (int word = 0; word < PT_STANDINGS; word++) {
        const char *sign = pt_standing_sign((enum pt_standing_word)word);
        size_t length = strlen(sign);
        if (pt_standing_colour((enum pt_standing_word)word) != PT_COLOUR_NONE && n >= length &&
            memcmp(text + n - length, sign, length) == 0) {
            return true;
        }
    }
    return false;
}

static bool ends_in_digit(const char *text, size_t n)
{
    return n > 0 && text[n - 1] >= '0' && text[n - 1] <= '9';
}

/* Bytes of the next word. "80 %" is one, and a status word with its sign: they are not torn apart. */
static size_t word_length(const char *text)
{
    size_t n = strcspn(text, " \n");
    while ((ends_in_digit(text, n) && strncmp(text + n, " %", 2) == 0) ||
           (text[n] == ' ' && ends_in_sign(text, n))) {
        n += 1 + strcspn(text + n + 1, " \n");
    }
    return n;
}

void pt_buffer_paragraph(struct pt_buffer *buffer, const char *text, size_t width, size_t indent)
{
    if (!text) {
        return;
    }
    if (width == 0) {
        pt_buffer_text(buffer, text);
        return;
    }
    size_t column = 0;
    while (*text) {
        size_t blanks = strspn(text, " ");
        size_t n = word_length(text + blanks);
        size_t columns = width_of(text + blanks, n);
        if (column > indent && column + blanks + columns > width) {
            pt_buffer_printf(buffer, "\n%*s", (int)indent, "");
            column = indent;
        } else {
            pt_buffer_add(buffer, text, blanks);
            column += blanks;
        }
        pt_buffer_add(buffer, text + blanks, n);
        column += columns;
        text += blanks + n;
        if (*text == '\n') {
            pt_buffer_text(buffer, "\n");
            column = 0;
            text++;
        }
    }
}
