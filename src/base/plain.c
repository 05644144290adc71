#include "base/plain.h"

#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* glibc answers "C" for all categories with a constant object: nothing is allocated. */
static locale_t open_plain(void)
{
    return newlocale(LC_ALL_MASK, "C", (locale_t)0);
}

int pt_plain_vprint(char *buffer, size_t size, const char *format, va_list ap)
{
    locale_t plain = open_plain();
    if (plain == (locale_t)0) {
        return vsnprintf(buffer, size, format, ap);
    }
    locale_t before = uselocale(plain);
    int length = vsnprintf(buffer, size, format, ap);
    uselocale(before);
    freelocale(plain);
    return length;
}

int pt_plain_print(char *buffer, size_t size, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    int length = pt_plain_vprint(buffer, size, format, ap);
    va_end(ap);
    return length;
}

double pt_plain_read(const char *text)
{
    locale_t plain = open_plain();
    if (plain == (locale_t)0) {
        return (double)NAN;
    }
    locale_t before = uselocale(plain);
    double x = strtod(text, NULL);
    uselocale(before);
    freelocale(plain);
    return x;
}

void pt_plain_finish(char *number, char decimal)
{
    if (number[0] == '-' && number[1 + strspn(number + 1, "0.")] == '\0') {
        memmove(number, number + 1, strlen(number));
    }
    char *point = strchr(number, '.');
    if (point != NULL) {
        *point = decimal;
    }
}
