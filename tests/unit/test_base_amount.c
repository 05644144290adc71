#include "support/pt_test.h"

#include <paritet/base.h>

#include <string.h>

static void every_unit_reads_its_own_name(void **state)
{
    (void)state;
#define CHECK(unit, text)                                     \
    {                                                         \
        enum pt_unit got;                                     \
        assert_true(pt_unit_parse(text, strlen(text), &got)); \
        assert_int_equal(got, unit);                          \
        assert_string_equal(pt_unit_name(unit), text);        \
    }
    PT_UNIT_LIST(CHECK)
#undef CHECK
}

static void every_spelling_is_read(void **state)
{
    (void)state;
    size_t n = 0;
#define CHECK(unit, text)                                             \
    assert_string_equal(pt_unit_spelling(unit, 0), text);             \
    for (size_t i = 0; pt_unit_spelling(unit, i) != NULL; i++, n++) { \
        enum pt_unit got;                                             \
        const char *spelling = pt_unit_spelling(unit, i);             \
        assert_true(pt_unit_parse(spelling, strlen(spelling), &got)); \
        assert_int_equal(got, unit);                                  \
    }
    PT_UNIT_LIST(CHECK)
#undef CHECK
    assert_int_equal(n, 11 + 5); /* five of them in the singular, too */
}

static void reads_amounts(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        double value;
        enum pt_unit unit;
    } cases[] = {
        { "8 pp", 8.0, PT_UNIT_PP },
        { "35 %", 35.0, PT_UNIT_PERCENT },
        { "35%", 35.0, PT_UNIT_PERCENT },
        { "0.2 points/year", 0.2, PT_UNIT_POINTS_YEAR },
        { "1 point/year", 1.0, PT_UNIT_POINTS_YEAR },
        { "1 point", 1.0, PT_UNIT_POINTS },
        { "-0.5 pp/year", -0.5, PT_UNIT_PP_YEAR },
        { "  1 \t year ", 1.0, PT_UNIT_YEARS },
        { "3 %/year", 3.0, PT_UNIT_PERCENT_YEAR },
        { "8\302\240pp", 8.0, PT_UNIT_PP }, /* U+00A0, as word processors write it */
        { "1.5e1 years", 15.0, PT_UNIT_YEARS },
        { "0.4 pp per point", 0.4, PT_UNIT_PP_POINT },
        { "-1.3 pp per pp", -1.3, PT_UNIT_PP_PP },
        { "1 point per pp", 1.0, PT_UNIT_POINTS_PP },
        { "0.2 points\302\240per  point", 0.2, PT_UNIT_POINTS_POINT },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pt_amount amount;
        assert_true(pt_amount_parse(cases[i].text, &amount, NULL));
        assert_close(amount.value, cases[i].value, 0.0);
        assert_int_equal(amount.unit, cases[i].unit);
    }
}

static void every_refusal_says_what_to_write(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "", "no amount; write a number and a unit, such as 8 pp or 35 %" },
        { "8", "'8' has no unit; write '8 pp' or '8 %'" },
        { "-0.5 ", "'-0.5' has no unit; write '-0.5 pp' or '-0.5 %'" },
        { "0,5 pp", "'0,5 pp': write a decimal point: 0.5 pp" },
        { "-0,5", "'-0,5': write a decimal point: -0.5" },
        { "1,234 points", "'1,234 points': a comma is not read; write 1.234 points with a decimal "
                          "point, or without the comma" },
        { "\342\210\2228 pp", "'\342\210\2228 pp': write a plain minus: -8 pp" },
        { "8 pct", "'pct' is not a unit; write '8 %'" },
        { "8 procentpoint", "'procentpoint' is not a unit; write '8 pp'" },
        { "3 \303\245r", "'\303\245r' is not a unit; write '3 years'" },
        { "8 bananas", "'bananas' is not a unit; the units are %, pp, points and years, "
                       "%/year, pp/year and points/year, and of a link such as pp per point" },
        { "0.4 pp/point", "'pp/point' is not a unit; write '0.4 pp per point'" },
        { "0.4 point pr. pp", "'point pr. pp' is not a unit; write '0.4 points per pp'" },
        { "2 points per points", "'points per points' is not a unit; write '2 points per point'" },
        { "2 pp/pp", "'pp/pp' is not a unit; write '2 pp per pp'" },
        { "2 pp per year", "'pp per year' is not a unit; write '2 pp/year'" },
        { "pp", "'pp' is not an amount; write a number and a unit, such as 8 pp or 35 %" },
        { "nan pp", "'nan pp' is not an amount; write a number and a unit, such as 8 pp or 35 %" },
        { "1.2.3 pp", "'1.2.3 pp' is not an amount; write a number and a unit, such as 8 pp or "
                      "35 %" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pt_amount amount = { 13.0, PT_UNIT_YEARS };
        struct pt_message why;
        char said[256];
        assert_false(pt_amount_parse(cases[i][0], &amount, &why));
        pt_message_print(&why, NULL, said, sizeof said);
        assert_string_equal(said, cases[i][1]);
        assert_close(amount.value, 13.0, 0.0);
        assert_int_equal(amount.unit, PT_UNIT_YEARS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_unit_reads_its_own_name),
        cmocka_unit_test(every_spelling_is_read),
        cmocka_unit_test(reads_amounts),
        cmocka_unit_test(every_refusal_says_what_to_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
