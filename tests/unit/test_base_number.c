#include "support/pt_test.h"

#include <paritet/base.h>

#include <float.h>
#include <locale.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool parse(const char *text, char decimal, double *value, unsigned *decimals)
{
    return pt_number_parse(text, strlen(text), decimal, value, decimals);
}

static void assert_same_bits(double got, double expected)
{
    assert_memory_equal(&got, &expected, sizeof got);
}

/* Expected values are the compiler's own reading of the same digits. */
static void reads_every_form(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        char decimal;
        double value;
        unsigned decimals;
    } cases[] = {
        { "0", '.', 0.0, 0 },
        { "-0", '.', -0.0, 0 },
        { "12.385", '.', 12.385, 3 },
        { "12,385", ',', 12.385, 3 },
        { "+.5", '.', .5, 1 },
        { "-1.250e-3", '.', -1.250e-3, 3 },
        { "7E+2", '.', 7e+2, 0 },
        { "0.1000000000000000055511151231257827", '.', 0.1, 34 },
        { "9007199254740993", '.', 9007199254740993.0, 0 },
        { "1.7976931348623157e308", '.', DBL_MAX, 16 },
        { "4.9406564584124654e-324", '.', DBL_TRUE_MIN, 16 },
        { "2.2250738585072011e-308", '.', 2.2250738585072011e-308, 16 },
        { "1e-400", '.', 0.0, 0 },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        double value = 13.0;
        unsigned decimals = 99;
        assert_true(parse(cases[i].text, cases[i].decimal, &value, &decimals));
        assert_same_bits(value, cases[i].value);
        assert_int_equal(decimals, cases[i].decimals);
        assert_true(parse(cases[i].text, cases[i].decimal, &value, NULL));
    }
}

static void refuses_what_is_not_a_number_and_touches_nothing(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",     "+",    ".",     "-.",    "1.",    "e5",        "1e",   "1e+",     " 1",
        "1 ",   "1..2", "1.2.3", "1,5",   "1 000", "1'000",     "0x1F", "inf",     "nan",
        "-inf", "1e5.", "--1",   "1e400", "1_000", "\302\2751", "1d5",  "1.5e3e3",
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        double value = 13.0;
        unsigned decimals = 17;
        assert_false(parse(texts[i], '.', &value, &decimals));
        assert_same_bits(value, 13.0);
        assert_int_equal(decimals, 17);
    }
    double value;
    assert_false(parse("1.5", ',', &value, NULL));
    assert_false(pt_number_parse("1\0002", 3, '.', &value, NULL));
}

static void stops_at_the_length_given(void **state)
{
    (void)state;
    double value;
    assert_true(pt_number_parse("12.385 pp", 6, '.', &value, NULL));
    assert_same_bits(value, 12.385);
}

static void refuses_more_digits_than_the_header_allows(void **state)
{
    (void)state;
    char text[PT_NUMBER_TEXT + 2];
    memset(text, '0', sizeof text);
    text[0] = '7';
    text[1] = '.';
    double value;
    assert_true(pt_number_parse(text, PT_NUMBER_TEXT, '.', &value, NULL));
    assert_same_bits(value, 7.0);
    assert_false(pt_number_parse(text, PT_NUMBER_TEXT + 1, '.', &value, NULL));
}

static void seventeen_digits_come_back_bit_for_bit(void **state)
{
    (void)state;
    uint64_t bits = 12385;
    for (int i = 0; i < 20000; i++) {
        bits = bits * 6364136223846793005U + 1442695040888963407U; /* Knuth, MMIX */
        double x, back;
        memcpy(&x, &bits, sizeof x);
        if (!isfinite(x)) {
            continue;
        }
        char text[PT_NUMBER_MAX];
        assert_true(parse(pt_number_short(text, x, 17, ','), ',', &back, NULL));
        assert_same_bits(back, x);
    }
}

static void writes_the_shortest_form(void **state)
{
    (void)state;
    static const struct {
        double x;
        unsigned digits;
        const char *text;
    } cases[] = {
        { 0.1, 17, "0.1" },
        { 0.1 + 0.2, 17, "0.30000000000000004" }, /* IEEE 754 */
        { 1.0 / 3.0, 17, "0.3333333333333333" },
        { 12.385, 6, "12.385" },
        { 12.385, 3, "12.4" },
        { -0.0, 6, "0" },
        { 1370.0, 6, "1370" },
        { -DBL_MAX, 17, "-1.7976931348623157e+308" },
        { 3.7, 0, "4" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[PT_NUMBER_MAX];
        assert_string_equal(pt_number_short(text, cases[i].x, cases[i].digits, '.'), cases[i].text);
    }
}

static void writes_a_fixed_number_of_decimals(void **state)
{
    (void)state;
    static const struct {
        double x;
        unsigned decimals;
        const char *text;
    } cases[] = {
        { 12.385, 1, "12,4" },
        { 0.125, 2, "0,12" }, /* exact ties go to even */
        { 0.375, 2, "0,38" },
        { 2.675, 2, "2,67" }, /* the double is below 2.675 */
        { -0.004, 2, "0,00" },
        { -0.006, 2, "-0,01" },
        { -0.0, 0, "0" },
        { 1e22, 1, "10000000000000000000000,0" },
        { DBL_MAX, 2, "1,7976931348623157e+308" }, /* rather than 309 digits */
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[PT_NUMBER_MAX];
        assert_string_equal(pt_number_fixed(text, cases[i].x, cases[i].decimals, ','),
                            cases[i].text);
    }
}

static void a_decimal_comma_in_the_locale_changes_nothing(void **state)
{
    (void)state;
    static const char *const names[] = { "da_DK.UTF-8", "de_DE.UTF-8", "fr_FR.UTF-8" };
    locale_t comma = (locale_t)0;
    for (size_t i = 0; i < 3 && comma == (locale_t)0; i++) {
        comma = newlocale(LC_ALL_MASK, names[i], (locale_t)0);
    }
    if (comma == (locale_t)0) {
        pt_skip("a locale with a decimal comma");
    }
    locale_t before = uselocale(comma);
    char system[16], text[PT_NUMBER_MAX], said[32];
    double value = 0.0;
    snprintf(system, sizeof system, "%.1f", 1.5);
    bool read = parse("12.385", '.', &value, NULL);
    pt_number_fixed(text, 12.385, 2, '.');
    struct pt_message message;
    pt_message_set(&message, "%.1f", 1.5);
    pt_message_print(&message, NULL, said, sizeof said);
    bool kept = uselocale((locale_t)0) == comma;
    uselocale(before);
    freelocale(comma);

    assert_string_equal(system, "1,5");
    assert_true(read);
    assert_same_bits(value, 12.385);
    assert_string_equal(text, "12.38");
    assert_string_equal(said, "1.5");
    assert_true(kept);
}

/* FIPS 180-4 examples, as NIST publishes them with the standard. */
static void sha256_agrees_with_the_standard(void **state)
{
    (void)state;
    char hex[65];
    pt_sha256("abc", 3, hex);
    assert_string_equal(hex, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    pt_sha256("", 0, hex);
    assert_string_equal(hex, "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    pt_sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq", 56, hex);
    assert_string_equal(hex, "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reads_every_form),
        cmocka_unit_test(refuses_what_is_not_a_number_and_touches_nothing),
        cmocka_unit_test(stops_at_the_length_given),
        cmocka_unit_test(refuses_more_digits_than_the_header_allows),
        cmocka_unit_test(seventeen_digits_come_back_bit_for_bit),
        cmocka_unit_test(writes_the_shortest_form),
        cmocka_unit_test(writes_a_fixed_number_of_decimals),
        cmocka_unit_test(a_decimal_comma_in_the_locale_changes_nothing),
        cmocka_unit_test(sha256_agrees_with_the_standard),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
