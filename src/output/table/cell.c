#include "output/table/cell.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Platforms differ in the last bits of a double; seven digits hide that and hold every figure. */
#define PLAIN_DIGITS 7
/* Chances are shares of draws: exact up to a million of them. */
#define PLAIN_CHANCE_DECIMALS 6
/* A value whose error is unknown or none, and the most decimals any error can ask for. */
#define EXACT_DIGITS  4
#define MOST_DECIMALS 6
/* What they still show; less is written with an exponent. */
#define SMALLEST_FIXED 1e-6
/* Figures that a line of small columns shows. */
#define TRACE_MOST 12

bool pt_cell_is_empty(const struct pt_cell *cell)
{
    switch (cell->kind) {
    case PT_CELL_EMPTY:
        return true;
    case PT_CELL_TEXT:
    case PT_CELL_WORD:
        return cell->text == NULL || cell->text[0] == '\0';
    case PT_CELL_COUNT:
    case PT_CELL_AMOUNT:
    case PT_CELL_CHANCE:
        return isnan(cell->value);
    case PT_CELL_YEAR:
    case PT_CELL_NO_GAIN:
    case PT_CELL_STANDING:
        return false;
    case PT_CELL_TRACE:
        return cell->n == 0;
    case PT_CELL_MESSAGE:
        return cell->message == NULL || cell->message->id == NULL;
    }
    return true;
}

/* ------------------------------------------------------------------ files */

static void plain_amount(double value, char buffer[PT_CELL_MAX])
{
    if (isinf(value)) {
        strcpy(buffer, value > 0 ? "inf" : "-inf");
        return;
    }
    pt_number_short(buffer, value, PLAIN_DIGITS, '.');
    /* Large amounts are rounded alike, but without an exponent. */
    if (fabs(value) >= 1e7 && fabs(value) < 1e15) {
        double rounded = value;
        pt_number_parse(buffer, strlen(buffer), '.', &rounded, NULL);
        pt_number_fixed(buffer, rounded, 0, '.');
    }
}

static void plain_year(int year, char buffer[PT_CELL_MAX])
{
    if (year == PT_YEAR_NEVER || year == PT_YEAR_ALREADY) {
        strcpy(buffer, year == PT_YEAR_NEVER ? "never" : "already");
    } else {
        snprintf(buffer, PT_CELL_MAX, "%d", year);
    }
}

/* The newest figures that there is room for, between blanks. */
static void plain_trace(const struct pt_cell *cell, char buffer[PT_CELL_MAX])
{
    size_t first = cell->n, used = 0;
    char number[PT_NUMBER_MAX];

    while (first > 0) {
        size_t more =
            strlen(pt_number_short(number, cell->values[first - 1], PLAIN_DIGITS, '.')) + 1;
        if (used + more > PT_CELL_MAX) {
            break;
        }
        used += more;
        first--;
    }
    buffer[0] = '\0';
    for (size_t i = first; i < cell->n; i++) {
        strcat(buffer, i > first ? " " : "");
        strcat(buffer, pt_number_short(number, cell->values[i], PLAIN_DIGITS, '.'));
    }
}

const char *pt_cell_plain(const struct pt_cell *cell, char buffer[PT_CELL_MAX])
{
    buffer[0] = '\0';
    if (pt_cell_is_empty(cell)) {
        return buffer;
    }
    switch (cell->kind) {
    case PT_CELL_TEXT:
    case PT_CELL_WORD:
        return cell->text;
    case PT_CELL_COUNT:
        pt_number_fixed(buffer, cell->value, 0, '.');
        break;
    case PT_CELL_AMOUNT:
        plain_amount(cell->value, buffer);
        break;
    case PT_CELL_CHANCE:
        pt_number_fixed(buffer, cell->value, PLAIN_CHANCE_DECIMALS, '.');
        break;
    case PT_CELL_YEAR:
        plain_year(cell->year, buffer);
        break;
    case PT_CELL_NO_GAIN:
        strcpy(buffer, "no-gain");
        break;
    case PT_CELL_STANDING:
        return pt_standing_name(cell->standing);
    case PT_CELL_TRACE:
        plain_trace(cell, buffer);
        break;
    case PT_CELL_MESSAGE:
        pt_message_print(cell->message, &pt_language_english, buffer, PT_CELL_MAX);
        break;
    case PT_CELL_EMPTY:
        break;
    }
    return buffer;
}

/* ------------------------------------------------------------------ people */

/* The power of ten of the second significant digit, once the error is rounded to two. */
static int last_defended_digit(double error)
{
    char text[PT_NUMBER_MAX];

    snprintf(text, sizeof text, "%.1e", error);
    return (int)strtol(strchr(text, 'e') + 1, NULL, 10) - 1;
}

static void print_amount(const struct pt_cell *cell, char decimal, char buffer[PT_CELL_MAX])
{
    double value = cell->value, size = fabs(value);

    if (isinf(value)) {
        strcpy(buffer, "–");
    } else if (!(cell->error > 0) || isinf(cell->error)) {
        pt_number_short(buffer, value, EXACT_DIGITS, decimal);
        if (strchr(buffer, 'e') != NULL && size >= SMALLEST_FIXED) {
            pt_number_fixed(buffer, value, size < 1 ? MOST_DECIMALS : 0, decimal);
        }
    } else {
        int place = last_defended_digit(cell->error);
        if (place > 0) {
            double step = pow(10, place);
            pt_number_fixed(buffer, round(value / step) * step, 0, decimal);
        } else {
            unsigned decimals = place < -MOST_DECIMALS ? MOST_DECIMALS : (unsigned)-place;
            pt_number_fixed(buffer, value, decimals, decimal);
        }
    }
}

/* Natural frequencies: a chance that is not certain is never rounded to certainty. What a lever
 * takes away of a chance has a minus. */
static void print_chance(const struct pt_cell *cell, const struct pt_language *language,
                         char buffer[PT_CELL_MAX])
{
    struct pt_message message;
    double p = cell->value;
    int whole = cell->error >= PT_CELL_COARSE_ERROR ? 10 : 100;
    int part = (int)floor(fabs(p) * whole + 0.5) * (p < 0 ? -1 : 1);

    if (part <= 0 && p > 0) {
        pt_message_set(&message, PT_N("<1 of %d"), whole);
    } else if (part >= whole && p < 1) {
        pt_message_set(&message, PT_N(">%d of %d"), whole - 1, whole);
    } else {
        pt_message_set(&message, PT_N("%d of %d"), part, whole);
    }
    pt_message_print(&message, language, buffer, PT_CELL_MAX);
}

/* Copies what fits, cut between characters. */
static void print_text(const char *text, char buffer[PT_CELL_MAX])
{
    static const char more[] = "…";
    bool fits = strlen(text) < PT_CELL_MAX;
    size_t n = pt_utf8_cut(text, fits ? PT_CELL_MAX - 1 : PT_CELL_MAX - sizeof more);

    memcpy(buffer, text, n);
    strcpy(buffer + n, fits ? "" : more);
}

static const char *year_word(int year)
{
    /* TRANSLATORS: cells of a table of years; "never" is: not within the horizon */
    return year == PT_YEAR_NEVER ? PT_N("never") : PT_N("already");
}

/* Columns from the lowest figure to the highest, one for each of the newest figures. */
static void print_trace(const struct pt_cell *cell, char buffer[PT_CELL_MAX])
{
    static const char *const columns[] = { "▁", "▂", "▃", "▄", "▅", "▆", "▇", "█" };
    size_t steps = sizeof columns / sizeof *columns;
    size_t first = cell->n > TRACE_MOST ? cell->n - TRACE_MOST : 0;
    double low = INFINITY, high = -INFINITY;

    for (size_t i = first; i < cell->n; i++) {
        low = fmin(low, cell->values[i]);
        high = fmax(high, cell->values[i]);
    }
    buffer[0] = '\0';
    for (size_t i = first; i < cell->n; i++) {
        double share = high > low ? (cell->values[i] - low) / (high - low) : 0.5;
        size_t step = (size_t)floor(share * (double)(steps - 1) + 0.5);
        strcat(buffer, columns[step]);
    }
}

char *pt_cell_print(const struct pt_cell *cell, const struct pt_language *language,
                    char buffer[PT_CELL_MAX])
{
    const struct pt_language *in = language != NULL ? language : &pt_language_english;

    buffer[0] = '\0';
    if (pt_cell_is_empty(cell)) {
        return buffer;
    }
    switch (cell->kind) {
    case PT_CELL_TEXT:
        print_text(cell->text, buffer);
        break;
    case PT_CELL_WORD:
        print_text(pt_translate(in, cell->text), buffer);
        break;
    case PT_CELL_COUNT:
        pt_number_fixed(buffer, cell->value, 0, in->decimal);
        break;
    case PT_CELL_AMOUNT:
        print_amount(cell, in->decimal, buffer);
        break;
    case PT_CELL_CHANCE:
        print_chance(cell, in, buffer);
        break;
    case PT_CELL_YEAR:
        if (cell->year == PT_YEAR_NEVER || cell->year == PT_YEAR_ALREADY) {
            print_text(pt_translate(in, year_word(cell->year)), buffer);
        } else {
            plain_year(cell->year, buffer);
        }
        break;
    case PT_CELL_NO_GAIN:
        print_text(pt_translate(in, PT_N("no gain")), buffer);
        break;
    case PT_CELL_STANDING:
        snprintf(buffer, PT_CELL_MAX, "%s %s", pt_standing_sign(cell->standing),
                 pt_translate(in, pt_standing_name(cell->standing)));
        break;
    case PT_CELL_TRACE:
        print_trace(cell, buffer);
        break;
    case PT_CELL_MESSAGE:
        pt_message_print(cell->message, in, buffer, PT_CELL_MAX);
        break;
    case PT_CELL_EMPTY:
        break;
    }
    return buffer;
}
