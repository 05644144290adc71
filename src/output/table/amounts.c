#include "output/table/amounts.h"

#include <math.h>
#include <string.h>

char *pt_points_number(double value, double error, const struct pt_language *language,
                       char text[PT_CELL_MAX])
{
    const struct pt_cell cell = { .kind = PT_CELL_AMOUNT, .value = value, .error = error };
    return pt_cell_print(&cell, language, text);
}

const char *pt_points_unit(const struct pt_points *points, const struct pt_language *language)
{
    const char *own = points->unit ? points->unit : pt_text_in(&points->text, language);
    if (points->pp) {
        return pt_translate(language, PT_N("pp"));
    }
    if (strcmp(own, "%") == 0) {
        return pt_translate(language, PT_N("%"));
    }
    return own[0] != '\0' ? own : pt_translate(language, PT_N("points"));
}

char *pt_points_print(double value, double error, const struct pt_points *points,
                      const struct pt_language *language, char text[PT_CELL_MAX])
{
    pt_points_number(value, error, language, text);
    size_t used = strlen(text);
    snprintf(text + used, PT_CELL_MAX - used, " %s", pt_points_unit(points, language));
    return text;
}

/* Digits of the whole part in threes: not of four, which would look like a year cut in two. */
static void group_thousands(char decimal, char text[PT_CELL_MAX])
{
    char digits[PT_CELL_MAX], *out = text;
    snprintf(digits, sizeof digits, "%s", text);
    const char *at = digits[0] == '-' ? digits + 1 : digits;
    size_t whole = strspn(at, "0123456789");
    if (whole <= 4 || at[whole] == 'e' || whole > 100) {
        return;
    }
    out += at - digits;
    for (size_t i = 0; at[i] != '\0'; i++) {
        if (i > 0 && i < whole && (whole - i) % 3 == 0) {
            *out++ = decimal == ',' ? '.' : ',';
        }
        *out++ = at[i];
    }
    *out = '\0';
}

/* Units of money that have another name in another language. */
static const char *const units[] = { PT_N("DKK"), PT_N("thousand DKK"), PT_N("million DKK"),
                                     PT_N("billion DKK") };

/* The length of a unit without "/year" at its end. */
static size_t without_year(const char *unit)
{
    const char *year = strstr(unit, "/year");
    size_t n = year ? (size_t)(year - unit) : strlen(unit);
    while (n > 0 && unit[n - 1] == ' ') {
        n--;
    }
    return n;
}

char *pt_money_print(double amount, unsigned digits, const char *unit,
                     const struct pt_language *language, char text[PT_CELL_MAX])
{
    double rounded = amount;
    if (digits > 0 && amount != 0) {
        double step = pow(10, floor(log10(fabs(amount))) + 1 - digits);
        rounded = round(amount / step) * step;
    }
    pt_points_number(rounded, 0, language, text);
    group_thousands(language->decimal, text);
    size_t used = strlen(text), n = without_year(unit);
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (strlen(units[i]) == n && strncmp(units[i], unit, n) == 0) {
            unit = pt_translate(language, units[i]);
            n = strlen(unit);
            break;
        }
    }
    snprintf(text + used, PT_CELL_MAX - used, " %.*s", (int)n, unit);
    return text;
}
