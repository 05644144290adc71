#include "barometer/data_cells.h"

#include <math.h>
#include <string.h>

bool pt_cell_missing(const struct pt_csv_cell *cell)
{
    return cell->length == 0 || strcmp(cell->text, "..") == 0 || strcmp(cell->text, ".") == 0 ||
           strcmp(cell->text, ":") == 0;
}

/* ------------------------------------------------------------------ one number */

#define EXACT_DIGITS 15

/* Most cells: a sign, at most fifteen digits, one decimal sign. Both the digits as a whole number
 * and the power of ten are exact then, and so is their quotient to the last bit (Clinger 1990,
 * "How to read floating point numbers accurately"). */
static bool read_plain(const struct pt_csv_cell *cell, struct pt_cell_number *number)
{
    static const double power[EXACT_DIGITS + 1] = { 1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                                    1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15 };
    const char *s = cell->text;
    bool minus = *s == '-';
    s += minus || *s == '+';
    uint64_t digits = 0;
    unsigned n = 0, decimals = 0;
    char sign = 0;
    for (; *s != '\0'; s++) {
        if (*s >= '0' && *s <= '9') {
            digits = 10 * digits + (uint64_t)(*s - '0');
            n++;
            decimals += sign != 0;
        } else if ((*s == '.' || *s == ',') && sign == 0 && n > 0) {
            sign = *s;
        } else {
            return false;
        }
        if (n > EXACT_DIGITS) {
            return false;
        }
    }
    if (n == 0 || (sign != 0 && decimals == 0)) {
        return false;
    }
    double value = (double)digits / power[decimals];
    *number = (struct pt_cell_number){ .value = minus ? -value : value,
                                       .decimals = (uint8_t)decimals,
                                       .sign = sign };
    /* 1.234 and 12.345, but neither 0.123 nor 1234.567 nor 1.2345 */
    number->as_thousands = decimals == 3 && n <= 6 && s[-(ptrdiff_t)n - 1] != '0';
    return true;
}

static size_t digits_at(const char *s)
{
    return strspn(s, "0123456789");
}

/* 10.000,5 and 1.234.567 and 1 234,5: groups of three after the first */
static bool has_thousands(const char *s)
{
    s += strspn(s, "+-");
    size_t n = digits_at(s), groups = 0;
    if (n == 0 || n > 3) {
        return false;
    }
    for (s += n;; s += 3) {
        size_t sign = *s == '.' || *s == ',' || *s == ' ' || *s == '\'' ? 1
                      : strncmp(s, "\302\240", 2) == 0                  ? 2
                                                                        : 0;
        if (sign == 0 || digits_at(s + sign) != 3) {
            break;
        }
        s += sign;
        groups++;
    }
    s += *s == '.' || *s == ',';
    return groups > 0 && s[digits_at(s)] == '\0';
}

static const char *explain(const char *s)
{
    size_t n = strspn(s, "+-0123456789.,");
    const char *rest = s + n + strspn(s + n, " ");
    if (has_thousands(s)) {
        return PT_N("'%s' has a thousands sign; write the number without it");
    }
    if (n > 0 && *rest == '%' && rest[1] == '\0') {
        return PT_N("'%s': leave the per cent sign out; the unit stands in the model");
    }
    if (strncmp(s, "\342\210\222", 3) == 0 || strncmp(s, "\342\200\223", 3) == 0) {
        return PT_N("'%s': write a plain minus (-)");
    }
    return PT_N("'%s' is not a number; write .. where the figure is missing");
}

const char *pt_cell_number(const struct pt_csv_cell *cell, struct pt_cell_number *number)
{
    if (read_plain(cell, number)) {
        return NULL;
    }
    char sign = strchr(cell->text, ',') != NULL ? ',' : '.';
    unsigned decimals;
    struct pt_cell_number read = { 0, 0, 0, false };
    if (!pt_number_parse(cell->text, cell->length, sign, &read.value, &decimals) ||
        !isfinite(read.value)) {
        return explain(cell->text);
    }
    if (fabs(read.value) > PT_FIGURE_MOST) {
        return PT_N("'%s' is larger than any figure this program is for; at most 1e15");
    }
    read.decimals = (uint8_t)(decimals < 255 ? decimals : 255);
    read.sign = (char)(strchr(cell->text, sign) != NULL ? sign : 0);
    *number = read;
    return NULL;
}

/* ------------------------------------------------------------------ all of them */

void pt_decimals_note(struct pt_decimals *decimals, const struct pt_cell_number *number,
                      const struct pt_csv_row *row, size_t cell)
{
    if (number->sign == 0) {
        return;
    }
    size_t which = number->sign == ',';
    if (decimals->seen[which].n++ == 0) {
        decimals->seen[which].spot = pt_csv_spot(row, cell);
        const char *text = row->cells[cell].text;
        size_t most = sizeof decimals->seen[which].text - 1;
        snprintf(decimals->seen[which].text, most + 1, "%.*s", (int)pt_utf8_cut(text, most), text);
    }
    decimals->seen[which].doubtful += number->as_thousands;
}

static void report_mixture(const struct pt_decimals *decimals, struct pt_diagnostics *list)
{
    /* The rarer of the two is the likelier slip. */
    size_t odd = decimals->seen[1].n <= decimals->seen[0].n;
    pt_spot_report(list, PT_ERROR, &decimals->seen[odd].spot,
                   "'%s' here, but '%s' on line %zu: use either the point or the comma as decimal "
                   "sign in the whole file, and no thousands sign",
                   decimals->seen[odd].text, decimals->seen[1 - odd].text,
                   decimals->seen[1 - odd].spot.line);
}

void pt_decimals_judge(const struct pt_decimals *decimals, struct pt_diagnostics *list)
{
    if (decimals->seen[0].n > 0 && decimals->seen[1].n > 0) {
        report_mixture(decimals, list);
        return;
    }
    size_t which = decimals->seen[1].n > 0;
    const char *text = decimals->seen[which].text;
    if (decimals->seen[which].n == 0 || decimals->seen[which].doubtful < decimals->seen[which].n) {
        return;
    }
    const char *sign = strpbrk(text, ".,");
    int before = (int)(sign - text);
    pt_spot_report(list, PT_ERROR, &decimals->seen[which].spot,
                   "'%s' can be read in two ways, like every number with '%c' in this file: write "
                   "%.*s%s if it is in thousands, and %s0 if it has decimals",
                   text, *sign, before, text, sign + 1, text);
}
