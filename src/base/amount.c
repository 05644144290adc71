#include <paritet/base.h>

#include <string.h>

struct word {
    const char *text;
    enum pt_unit unit;
};

static const struct word units[] = {
#define UNIT(name, text) { text, name },
    PT_UNIT_LIST(UNIT)
#undef UNIT
        { "point", PT_UNIT_POINTS },
    { "year", PT_UNIT_YEARS },
    { "point/year", PT_UNIT_POINTS_YEAR },
    { "point per pp", PT_UNIT_POINTS_PP },
    { "point per point", PT_UNIT_POINTS_POINT },
};

/* What people write for a unit, in both languages; not read, but the way out is known. */
static const struct word lookalikes[] = {
    { "percent", PT_UNIT_PERCENT },
    { "per cent", PT_UNIT_PERCENT },
    { "procent", PT_UNIT_PERCENT },
    { "pct", PT_UNIT_PERCENT },
    { "pct.", PT_UNIT_PERCENT },
    { "PP", PT_UNIT_PP },
    { "pp.", PT_UNIT_PP },
    { "%-point", PT_UNIT_PP },
    { "pct.point", PT_UNIT_PP },
    { "procentpoint", PT_UNIT_PP },
    { "percentage point", PT_UNIT_PP },
    { "percentage points", PT_UNIT_PP },
    { "pts", PT_UNIT_POINTS },
    { "yr", PT_UNIT_YEARS },
    { "yrs", PT_UNIT_YEARS },
    { "\303\245r", PT_UNIT_YEARS },
    { "pp/yr", PT_UNIT_PP_YEAR },
    { "pp per year", PT_UNIT_PP_YEAR },
    { "pp a year", PT_UNIT_PP_YEAR },
    { "pp/\303\245r", PT_UNIT_PP_YEAR },
    { "points per year", PT_UNIT_POINTS_YEAR },
    { "points a year", PT_UNIT_POINTS_YEAR },
    { "point/\303\245r", PT_UNIT_POINTS_YEAR },
    { "% per year", PT_UNIT_PERCENT_YEAR },
    { "% a year", PT_UNIT_PERCENT_YEAR },
    { "%/\303\245r", PT_UNIT_PERCENT_YEAR },
    { "pp/pp", PT_UNIT_PP_PP },
    { "pp pr. pp", PT_UNIT_PP_PP },
    { "pp/point", PT_UNIT_PP_POINT },
    { "pp/points", PT_UNIT_PP_POINT },
    { "pp per points", PT_UNIT_PP_POINT },
    { "pp pr. point", PT_UNIT_PP_POINT },
    { "point/pp", PT_UNIT_POINTS_PP },
    { "points/pp", PT_UNIT_POINTS_PP },
    { "point pr. pp", PT_UNIT_POINTS_PP },
    { "point/point", PT_UNIT_POINTS_POINT },
    { "points/point", PT_UNIT_POINTS_POINT },
    { "points/points", PT_UNIT_POINTS_POINT },
    { "points per points", PT_UNIT_POINTS_POINT },
    { "point pr. point", PT_UNIT_POINTS_POINT },
};

/* Bytes of the space at text: a blank, a tab, or one of the unbreakable spaces a word processor
 * puts before a unit. */
static size_t space_at(const char *text)
{
    static const char *const spaces[] = { " ", "\t", "\302\240", "\342\200\257" };
    for (size_t i = 0; i < sizeof spaces / sizeof *spaces; i++) {
        if (strncmp(text, spaces[i], strlen(spaces[i])) == 0) {
            return strlen(spaces[i]);
        }
    }
    return 0;
}

static const char *skip_space(const char *text)
{
    for (size_t n; (n = space_at(text)) > 0;) {
        text += n;
    }
    return text;
}

/* Whether a text is this word; a blank in the word may be any space. */
static bool is_word(const char *word, const char *text, size_t length)
{
    const char *end = text + length;
    while (*word != '\0' && text < end) {
        size_t n = space_at(text);
        if (*word != (n > 0 ? ' ' : *text)) {
            return false;
        }
        word++;
        text = n > 0 ? skip_space(text) : text + 1;
    }
    return *word == '\0' && text == end;
}

static bool find(const struct word *words, size_t n, const char *text, size_t length,
                 enum pt_unit *unit)
{
    for (size_t i = 0; i < n; i++) {
        if (is_word(words[i].text, text, length)) {
            *unit = words[i].unit;
            return true;
        }
    }
    return false;
}

const char *pt_unit_name(enum pt_unit unit)
{
    return units[unit].text;
}

const char *pt_unit_spelling(enum pt_unit unit, size_t i)
{
    for (size_t k = 0; k < sizeof units / sizeof *units; k++) {
        if (units[k].unit == unit && i-- == 0) {
            return units[k].text;
        }
    }
    return NULL;
}

bool pt_unit_parse(const char *text, size_t length, enum pt_unit *unit)
{
    return find(units, sizeof units / sizeof *units, text, length, unit);
}

static size_t length_without_space(const char *text)
{
    size_t length = 0;
    for (const char *at = text; *at != '\0';) {
        size_t n = space_at(at);
        at += n > 0 ? n : 1;
        length = n > 0 ? length : (size_t)(at - text);
    }
    return length;
}

/* The part that is meant as a number, commas included. No unit begins with an 'e'. */
static size_t length_of_number(const char *text)
{
    size_t n = strspn(text, "+-0123456789.,");
    if (n > 0 && (text[n] == 'e' || text[n] == 'E')) {
        size_t more = strspn(text + n + 1, "+-0123456789");
        n += more > 0 ? more + 1 : 0;
    }
    return n;
}

/* Bytes of a typographic minus or dash at text. */
static size_t dash_at(const char *text)
{
    return strncmp(text, "\342\210\222", 3) == 0 || strncmp(text, "\342\200\223", 3) == 0 ? 3 : 0;
}

static void explain_number(const char *text, size_t length, size_t n, struct pt_message *why)
{
    const char *comma = memchr(text, ',', n);
    double unused;
    if (comma != NULL && pt_number_parse(text, n, ',', &unused, NULL)) {
        int before = (int)(comma - text), after = (int)(length - (size_t)before - 1);
        if (text + n - comma == 4) {
            pt_message_set(why,
                           "'%.*s': a comma is not read; write %.*s.%.*s with a decimal point, or "
                           "without the comma",
                           (int)length, text, before, text, after, comma + 1);
        } else {
            pt_message_set(why, "'%.*s': write a decimal point: %.*s.%.*s", (int)length, text,
                           before, text, after, comma + 1);
        }
    } else if (dash_at(text) > 0) {
        pt_message_set(why, "'%.*s': write a plain minus: -%s", (int)length, text,
                       skip_space(text + dash_at(text)));
    } else {
        pt_message_set(why,
                       "'%.*s' is not an amount; write a number and a unit, such as 8 pp or 35 %%",
                       (int)length, text);
    }
}

/* The unit as it stands behind a number: 1 year, 1 point/year. */
static const char *unit_behind(const char *number, size_t n, enum pt_unit unit)
{
    double value;
    bool one = pt_number_parse(number, n, '.', &value, NULL) && (value == 1 || value == -1);
    const char *singular = one ? pt_unit_spelling(unit, 1) : NULL;
    return singular != NULL ? singular : pt_unit_name(unit);
}

static void explain_unit(const char *text, size_t length, size_t n, const char *unit,
                         size_t unit_length, struct pt_message *why)
{
    enum pt_unit meant;
    if (unit_length == 0) {
        pt_message_set(why, "'%.*s' has no unit; write '%.*s pp' or '%.*s %%'", (int)length, text,
                       (int)n, text, (int)n, text);
    } else if (find(lookalikes, sizeof lookalikes / sizeof *lookalikes, unit, unit_length,
                    &meant)) {
        pt_message_set(why, "'%.*s' is not a unit; write '%.*s %s'", (int)unit_length, unit, (int)n,
                       text, unit_behind(text, n, meant));
    } else {
        pt_message_set(
            why,
            "'%.*s' is not a unit; the units are %%, pp, points and years, %%/year, pp/year "
            "and points/year, and of a link such as pp per point",
            (int)unit_length, unit);
    }
}

bool pt_amount_parse(const char *text, struct pt_amount *amount, struct pt_message *why)
{
    text = skip_space(text);
    size_t length = length_without_space(text), n = length_of_number(text);
    const char *unit = skip_space(text + n);
    size_t unit_length = (size_t)(text + length > unit ? text + length - unit : 0);
    struct pt_amount read;
    if (length == 0) {
        pt_message_set(why, "no amount; write a number and a unit, such as 8 pp or 35 %%");
        return false;
    }
    if (!pt_number_parse(text, n, '.', &read.value, NULL)) {
        explain_number(text, length, n, why);
        return false;
    }
    if (!pt_unit_parse(unit, unit_length, &read.unit)) {
        explain_unit(text, length, n, unit, unit_length, why);
        return false;
    }
    *amount = read;
    return true;
}
