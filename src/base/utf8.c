#include <paritet/base.h>

#include <string.h>
#include <unictype.h>
#include <unistr.h>
#include <uniwidth.h>

bool pt_utf8_valid(const char *text, size_t length)
{
    return u8_check((const uint8_t *)text, length) == NULL;
}

size_t pt_utf8_width(const char *text)
{
    int width = u8_strwidth((const uint8_t *)text, "UTF-8");
    return width > 0 ? (size_t)width : 0;
}

size_t pt_utf8_cut(const char *text, size_t most)
{
    size_t n = strnlen(text, most + 1);
    if (n <= most) {
        return n;
    }
    n = most;
    while (n > 0 && ((unsigned char)text[n] & 0xC0) == 0x80) {
        n--;
    }
    return n;
}

size_t pt_utf8_next(const char *text, size_t length, uint32_t *code)
{
    ucs4_t read;
    int bytes = u8_mbtoucr(&read, (const uint8_t *)text, length);
    *code = bytes > 0 ? read : 0xFFFD;
    return bytes > 0 ? (size_t)bytes : 1;
}

bool pt_utf8_steers(uint32_t code)
{
    return code < 0x20 || (code >= 0x7F && code < 0xA0) || code == 0x2028 || code == 0x2029 ||
           (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069);
}

#define BRAILLE_BLANK 0x2800

uint32_t pt_utf8_hidden(const char *name)
{
    uint32_t code;
    for (size_t left = strlen(name), n; left > 0; left -= n, name += n) {
        n = 1;
        if ((unsigned char)*name < 0x80) {
            continue;
        }
        n = pt_utf8_next(name, left, &code);
        if (uc_is_property_default_ignorable_code_point(code) || uc_is_property_white_space(code) ||
            code == BRAILLE_BLANK) {
            return code;
        }
    }
    return 0;
}

/* Only the diagonals within MOST - 1 of the main one can hold a distance below MOST (Ukkonen 1985,
 * doi:10.1016/S0019-9958(85)80046-2), so a row is seven cells however long the words are. */
size_t pt_edit_distance(const char *a, const char *b)
{
    enum { MOST = 4, BAND = 2 * MOST - 1 };
    size_t n = strlen(a), m = strlen(b);
    if ((n > m ? n - m : m - n) >= MOST) {
        return MOST;
    }
    size_t row[BAND + 2]; /* row[1 + k] stands for column i + k - (MOST - 1) */
    for (size_t k = 0; k < BAND + 2; k++) {
        row[k] = k >= MOST && k <= BAND ? k - MOST : MOST;
    }
    for (size_t i = 1; i <= n; i++) {
        for (size_t k = 1; k <= BAND; k++) {
            if (i + k < MOST || i + k - MOST > m) {
                row[k] = MOST;
                continue;
            }
            size_t j = i + k - MOST;
            size_t best = row[k + 1] + 1; /* delete from a */
            if (j > 0) {
                size_t change = row[k] + (a[i - 1] != b[j - 1]);
                size_t insert = row[k - 1] + 1;
                best = change < best ? change : best;
                best = insert < best ? insert : best;
            }
            row[k] = best < MOST ? best : MOST;
        }
    }
    return row[m + MOST - n];
}

const char *pt_nearest(const char *word, const char *const *names, size_t n)
{
    const char *nearest = NULL;
    size_t least = 3;
    for (size_t i = 0; i < n; i++) {
        size_t distance = pt_edit_distance(word, names[i]);
        if (distance < least && distance < strlen(names[i])) {
            least = distance;
            nearest = names[i];
        }
    }
    return nearest;
}

static const char *danish_in_ascii(const unsigned char *at)
{
    if (at[0] != 0xC3) {
        return NULL;
    }
    switch (at[1]) {
    case 0x86: /* AE */
    case 0xA6:
        return "ae";
    case 0x98: /* O with a stroke */
    case 0xB8:
        return "oe";
    case 0x85: /* A with a ring */
    case 0xA5:
        return "aa";
    default:
        return NULL;
    }
}

char *pt_slug(struct pt_arena *arena, const char *text)
{
    char *slug = pt_arena_alloc(arena, strlen(text) + sizeof "unnamed", 1);
    if (slug == NULL) {
        return NULL;
    }
    size_t n = 0;
    for (const unsigned char *at = (const unsigned char *)text; *at != '\0'; at++) {
        const char *letters = danish_in_ascii(at);
        if (letters != NULL) {
            slug[n++] = letters[0];
            slug[n++] = letters[1];
            at++;
        } else if ((*at >= 'a' && *at <= 'z') || (*at >= '0' && *at <= '9')) {
            slug[n++] = (char)*at;
        } else if (*at >= 'A' && *at <= 'Z') {
            slug[n++] = (char)(*at - 'A' + 'a');
        } else if (n > 0 && slug[n - 1] != '-') {
            slug[n++] = '-';
        }
    }
    if (n > 0 && slug[n - 1] == '-') {
        slug[--n] = '\0';
    }
    if (n == 0) {
        memcpy(slug, "unnamed", sizeof "unnamed");
    }
    return slug;
}
