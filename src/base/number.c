#include "base/plain.h"

#include <math.h>
#include <string.h>

static bool is_digit(char c)
{
    return c >= '0' && c <= '9';
}

static size_t skip_digits(const char *text, size_t at, size_t length)
{
    while (at < length && is_digit(text[at])) {
        at++;
    }
    return at;
}

static size_t skip_sign(const char *text, size_t at, size_t length)
{
    return at < length && (text[at] == '+' || text[at] == '-') ? at + 1 : at;
}

/* Whether the whole text is a number; *point gets the index of the decimal sign, or length. */
static bool is_number(const char *text, size_t length, char decimal, size_t *point,
                      unsigned *decimals)
{
    size_t start = skip_sign(text, 0, length);
    size_t at = skip_digits(text, start, length);
    bool whole = at > start;
    *point = length;
    *decimals = 0;
    if (at < length && text[at] == decimal) {
        size_t end = skip_digits(text, at + 1, length);
        if (end == at + 1) {
            return false;
        }
        *point = at;
        *decimals = (unsigned)(end - at - 1);
        at = end;
    } else if (!whole) {
        return false;
    }
    if (at < length && (text[at] == 'e' || text[at] == 'E')) {
        size_t from = skip_sign(text, at + 1, length);
        at = skip_digits(text, from, length);
        if (at == from) {
            return false;
        }
    }
    return at == length;
}

bool pt_number_parse(const char *text, size_t length, char decimal, double *value,
                     unsigned *decimals)
{
    char plain[PT_NUMBER_TEXT + 1];
    size_t point;
    unsigned digits;
    if (length >= sizeof plain || !is_number(text, length, decimal, &point, &digits)) {
        return false;
    }
    memcpy(plain, text, length);
    plain[length] = '\0';
    plain[point] = point < length ? '.' : '\0';

    double x = pt_plain_read(plain);
    if (!isfinite(x)) {
        return false;
    }
    *value = x;
    if (decimals != NULL) {
        *decimals = digits;
    }
    return true;
}

char *pt_number_fixed(char buffer[PT_NUMBER_MAX], double x, unsigned decimals, char decimal)
{
    int length = pt_plain_print(buffer, PT_NUMBER_MAX, "%.*f", (int)(decimals % 1000), x);
    if (length >= PT_NUMBER_MAX) {
        pt_plain_print(buffer, PT_NUMBER_MAX, "%.17g", x);
    }
    pt_plain_finish(buffer, decimal);
    return buffer;
}

char *pt_number_short(char buffer[PT_NUMBER_MAX], double x, unsigned digits, char decimal)
{
    int most = digits < 1 ? 1 : digits > 17 ? 17 : (int)digits;
    /* Up to 15 digits %g has no needless ones; 16 and 17 are taken only where x needs them. */
    for (int n = most < 15 ? most : 15; n <= most; n++) {
        pt_plain_print(buffer, PT_NUMBER_MAX, "%.*g", n, x);
        double back;
        if (n < most && pt_number_parse(buffer, strlen(buffer), '.', &back, NULL) && back == x) {
            break;
        }
    }
    pt_plain_finish(buffer, decimal);
    return buffer;
}
