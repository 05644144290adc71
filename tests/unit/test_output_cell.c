#include "support/pt_test.h"

#include <math.h>
#include <paritet/output.h>
#include <string.h>

static void shows(struct pt_cell cell, const char *code, const char *expected)
{
    char buffer[PT_CELL_MAX];
    assert_string_equal(pt_cell_print(&cell, pt_language_find(code), buffer), expected);
}

static struct pt_cell amount(double value, double error)
{
    return (struct pt_cell){ .kind = PT_CELL_AMOUNT, .value = value, .error = error };
}

static struct pt_cell chance(double p, double error)
{
    return (struct pt_cell){ .kind = PT_CELL_CHANCE, .value = p, .error = error };
}

static struct pt_cell year(int value)
{
    return (struct pt_cell){ .kind = PT_CELL_YEAR, .year = value };
}

static void amounts_have_the_digits_their_error_defends(void **state)
{
    (void)state;
    shows(amount(12.3857, 1.23), "en", "12.4");
    shows(amount(12.3857, 0.0453), "en", "12.386");
    shows(amount(12.3857, 13.7), "en", "12");
    shows(amount(1238.57, 137), "en", "1240");
    shows(amount(123857, 13700), "en", "124000");
    /* 0.0996 is 0.10 to two digits */
    shows(amount(1.2345, 0.0996), "en", "1.23");
    shows(amount(1.23456789012, 3e-9), "en", "1.234568");
}

static void amounts_without_an_error_have_four_digits(void **state)
{
    (void)state;
    shows(amount(12.3857, 0), "en", "12.39");
    shows(amount(12.5, NAN), "en", "12.5");
    shows(amount(7, NAN), "en", "7");
    shows(amount(12345.7, 0), "en", "12346");
    shows(amount(0.0000137, 0), "en", "0.000014");
    shows(amount(1.37e-30, 0), "da", "1,37e-30"); /* too small for decimals, but not 0 */
}

static void numbers_take_the_sign_of_the_language(void **state)
{
    (void)state;
    shows(amount(-12.3857, 1.23), "da", "-12,4");
    shows(amount(12.5, NAN), "da", "12,5");
    shows(amount(-0.013, 1.7), "da", "0,0");
    shows((struct pt_cell){ .kind = PT_CELL_COUNT, .value = 20003 }, "da", "20003");
}

static void what_is_not_known_is_not_a_number(void **state)
{
    (void)state;
    shows(amount(NAN, 1), "da", "");
    shows(amount(INFINITY, NAN), "da", "–");
    shows((struct pt_cell){ .kind = PT_CELL_EMPTY }, "da", "");
    shows((struct pt_cell){ .kind = PT_CELL_TEXT, .text = NULL }, "da", "");
}

static void chances_are_natural_frequencies(void **state)
{
    (void)state;
    shows(chance(0.7234, 0.003), "en", "72 of 100");
    shows(chance(0.7234, 0.003), "da", "72 af 100");
    shows(chance(0.7234, 0.047), "da", "7 af 10");
}

static void chances_are_not_rounded_to_certainty(void **state)
{
    (void)state;
    shows(chance(0.0031, 0.0004), "da", "<1 af 100");
    shows(chance(0.9973, 0.0004), "da", ">99 af 100");
    shows(chance(0.013, 0.027), "en", "<1 of 10");
    shows(chance(0, 0), "en", "0 of 100");
    shows(chance(1, 0), "da", "100 af 100");
}

static void years_have_words_for_never_and_already(void **state)
{
    (void)state;
    shows(year(2037), "da", "2037");
    shows(year(PT_YEAR_NEVER), "en", "never");
    shows(year(PT_YEAR_NEVER), "da", "ikke nået");
    shows(year(PT_YEAR_ALREADY), "en", "already");
    shows(year(PT_YEAR_ALREADY), "da", "allerede");
}

static void long_texts_are_cut_between_characters(void **state)
{
    (void)state;
    char text[400] = "x", buffer[PT_CELL_MAX];
    for (size_t i = 0; i < 150; i++) {
        strcat(text, "æ");
    }
    struct pt_cell cell = { .kind = PT_CELL_TEXT, .text = text };
    pt_cell_print(&cell, NULL, buffer);
    assert_true(pt_utf8_valid(buffer, strlen(buffer)));
    assert_string_equal(buffer + strlen(buffer) - strlen("æ…"), "æ…");
}

static void languages_are_found_by_their_code(void **state)
{
    (void)state;
    assert_int_equal(pt_language_find("da")->decimal, ',');
    assert_ptr_equal(pt_language_find("en"), &pt_language_english);
    assert_null(pt_language_find("sv"));
}

static void no_gain_is_a_word_and_a_loss_has_a_minus(void **state)
{
    (void)state;
    shows((struct pt_cell){ .kind = PT_CELL_NO_GAIN }, "en", "no gain");
    shows((struct pt_cell){ .kind = PT_CELL_NO_GAIN }, "da", "intet vundet");
    shows(chance(-.1234, .001), "en", "-12 of 100");
    shows(chance(-.0031, .001), "en", "0 of 100");
}

static void translation_knows_what_it_does_not_know(void **state)
{
    (void)state;
    const struct pt_language *da = pt_language_find("da");
    assert_string_equal(pt_translate(da, "no such message"), "no such message");
    assert_string_equal(da->translate(da, "no such thing", "no such things", 3), "no such things");
    assert_string_equal(pt_translate(da, ""), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_have_the_digits_their_error_defends),
        cmocka_unit_test(amounts_without_an_error_have_four_digits),
        cmocka_unit_test(numbers_take_the_sign_of_the_language),
        cmocka_unit_test(what_is_not_known_is_not_a_number),
        cmocka_unit_test(chances_are_natural_frequencies),
        cmocka_unit_test(chances_are_not_rounded_to_certainty),
        cmocka_unit_test(years_have_words_for_never_and_already),
        cmocka_unit_test(long_texts_are_cut_between_characters),
        cmocka_unit_test(languages_are_found_by_their_code),
        cmocka_unit_test(no_gain_is_a_word_and_a_loss_has_a_minus),
        cmocka_unit_test(translation_knows_what_it_does_not_know),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
