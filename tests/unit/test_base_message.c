#include "support/pt_test.h"

#include <paritet/base.h>

#include <limits.h>
#include <string.h>

/* A language of the test's own: it answers with one fixed text, or with plural forms. */
static const char *answer(const struct pt_language *self, const char *msgid, const char *plural,
                          unsigned long n)
{
    (void)msgid;
    (void)plural;
    const char *const *forms = self->catalogue;
    return forms[n == 1 ? 0 : self->n_catalogue - 1];
}

static void assert_said(const struct pt_message *message, const struct pt_language *language,
                        const char *expected)
{
    char said[1024];
    size_t length = pt_message_print(message, language, said, sizeof said);
    assert_string_equal(said, expected);
    assert_int_equal(length, strlen(expected));
}

static void assert_translated(const struct pt_message *message, const char *form, char decimal,
                              const char *expected)
{
    const struct pt_language language = { "da", decimal, answer, &form, 1 };
    assert_said(message, &language, expected);
}

static void prints_as_printf_does(void **state)
{
    (void)state;
    static const char format[] = "%s|%d|%u|%zu|%ld|%g|%.3f|%c";
    char expected[256];
    snprintf(expected, sizeof expected, format, "x", -13, 17U, (size_t)SIZE_MAX, LONG_MIN, 12.385,
             -7.0625, '!');
    struct pt_message message;
    pt_message_set(&message, format, "x", -13, 17U, (size_t)SIZE_MAX, LONG_MIN, 12.385, -7.0625,
                   '!');
    assert_said(&message, NULL, expected);
}

static void keeps_flags_widths_and_stars(void **state)
{
    (void)state;
    struct pt_message message;
    pt_message_set(&message, "%+.1f %04d %.*s %.*f %llx", 3.14, 37, 3, "abcdef", 2, 2.71828,
                   0xfeedfacecafeULL);
    assert_said(&message, NULL, "+3.1 0037 abc 2.72 feedfacecafe");
}

static void two_percent_signs_are_one(void **state)
{
    (void)state;
    struct pt_message message;
    pt_message_set(&message, "%d %% of %%s", 37);
    assert_said(&message, NULL, "37 % of %s");
    assert_int_equal(message.n_args, 1);
}

static void a_translation_may_reorder(void **state)
{
    (void)state;
    struct pt_message message;
    pt_message_set(&message, "%s has %d rows of %.*f", "a.csv", 13, 2, 0.127);
    assert_translated(&message, "%4$.*3$f: %2$d r\303\246kker i %1$s", ',',
                      "0,13: 13 r\303\246kker i a.csv");
}

static void reals_take_the_decimal_sign_of_the_language(void **state)
{
    (void)state;
    struct pt_message message;
    pt_message_set(&message, "%.2f and %g in %s", 12.385, 0.5, "v1.5");
    assert_translated(&message, "%.2f og %g i %s", ',', "12,38 og 0,5 i v1.5");
}

static void minus_zero_is_printed_zero(void **state)
{
    (void)state;
    struct pt_message message;
    pt_message_set(&message, "%.1f %g %.1f", -0.04, -0.0, -0.06);
    assert_said(&message, NULL, "0.0 0 -0.1");
}

static void a_slip_in_a_translation_does_no_harm(void **state)
{
    (void)state;
    struct pt_message message;
    pt_message_set(&message, "%d of %s is %g", 13, "x", 0.5);
    assert_translated(&message, "%s %d %d %s %n %", '.', "13 x 0.5 ? %n %");
    assert_translated(&message, "%9$s", '.', "?");
}

static void count_chooses_the_form(void **state)
{
    (void)state;
    for (unsigned long n = 0; n < 4; n++) {
        struct pt_message message;
        pt_message_nset(&message, n, "%s: one row", "%s: %lu rows", "a.csv", n);
        char expected[32];
        snprintf(expected, sizeof expected, n == 1 ? "a.csv: one row" : "a.csv: %lu rows", n);
        assert_said(&message, NULL, expected);
        const char *const forms[] = { "%s: %2$lu r\303\246kke", "%s: %2$lu r\303\246kker" };
        const struct pt_language danish = { "da", ',', answer, forms, 2 };
        snprintf(expected, sizeof expected, "a.csv: %lu r\303\246kke%s", n, n == 1 ? "" : "r");
        assert_said(&message, &danish, expected);
    }
}

static void a_long_text_is_cut_at_a_character(void **state)
{
    (void)state;
    char path[2001];
    for (size_t i = 0; i + 1 < sizeof path; i += 2) {
        memcpy(path + i, "\303\246", 2);
    }
    path[sizeof path - 1] = '\0';
    for (int odd = 0; odd < 2; odd++) {
        struct pt_message message;
        pt_message_set(&message, "cannot open '%s': %s", path,
                       odd ? "no such file" : "no file there");
        char said[1024];
        size_t length = pt_message_print(&message, NULL, said, sizeof said);
        assert_true(pt_utf8_valid(said, length));
        assert_non_null(strstr(said, odd ? "...': no such file" : "...': no file there"));
        /* Nothing is wasted: the two texts with their NULs fill all but a character or two. */
        assert_in_range(message.used, PT_MESSAGE_TEXT - 2, PT_MESSAGE_TEXT);
    }
}

static void two_long_texts_share_the_room(void **state)
{
    (void)state;
    char a[1000], b[1000];
    memset(a, 'a', sizeof a - 1);
    memset(b, 'b', sizeof b - 1);
    a[sizeof a - 1] = b[sizeof b - 1] = '\0';
    struct pt_message message;
    pt_message_set(&message, "%s %s %s", a, "short", b);
    assert_in_range(message.used, PT_MESSAGE_TEXT - 1, PT_MESSAGE_TEXT);
    assert_int_equal(message.args[2].as.offset - message.args[1].as.offset, sizeof "short");
    assert_int_equal(strlen(message.text), strlen(message.text + message.args[2].as.offset));
}

static void text_outlives_its_source(void **state)
{
    (void)state;
    char word[] = "trget";
    struct pt_message message;
    pt_message_set(&message, "unknown key '%s'", word);
    memset(word, '!', sizeof word - 1);
    struct pt_message copy = message;
    memset(&message, 0, sizeof message);
    assert_said(&copy, NULL, "unknown key 'trget'");
}

static void a_message_may_quote_the_one_it_replaces(void **state)
{
    (void)state;
    struct pt_message message;
    pt_message_set(&message, "%s", "inner");
    pt_message_set(&message, "outer: %s", message.text);
    assert_said(&message, NULL, "outer: inner");
}

static void prints_what_fits_and_returns_the_whole_length(void **state)
{
    (void)state;
    struct pt_message message;
    pt_message_set(&message, "%d %s", 137, "points");
    char small[6];
    assert_int_equal(pt_message_print(&message, NULL, small, sizeof small), 10);
    assert_string_equal(small, "137 p");
    assert_int_equal(pt_message_print(&message, NULL, NULL, 0), 10);
    assert_int_equal(pt_message_print(&message, NULL, small, 1), 10);
    assert_string_equal(small, "");
}

static void no_message_is_empty(void **state)
{
    (void)state;
    struct pt_message message = { 0 };
    assert_said(&message, NULL, "");
}

static void arguments_past_the_last_are_question_marks(void **state)
{
    (void)state;
    struct pt_message message;
    pt_message_set(&message, "%d%d%d%d%d%d%d%d%d", 1, 2, 3, 4, 5, 6, 7, 8, 9);
    assert_said(&message, NULL, "12345678?");
}

static void null_text_is_said(void **state)
{
    (void)state;
    struct pt_message message;
    const char *volatile none = NULL;
    pt_message_set(&message, "[%s]", none);
    assert_said(&message, NULL, "[(null)]");
}

static void raise_fills_the_error_and_returns_the_status(void **state)
{
    (void)state;
    struct pt_error err;
    int line = __LINE__ + 1;
    assert_int_equal(PT_RAISE(&err, PT_EDATA, "%d points, need %d", 2, 3), PT_EDATA);
    assert_int_equal(err.status, PT_EDATA);
    assert_int_equal(err.line, line);
    assert_string_equal(err.file, __FILE__);
    assert_said(&err.message, NULL, "2 points, need 3");
}

static void raise_without_an_error_only_returns(void **state)
{
    (void)state;
    assert_int_equal(PT_RAISE(NULL, PT_EWRITE, "disk %s", "full"), PT_EWRITE);
    assert_int_equal(PT_RAISE_NOMEM(NULL), PT_ENOMEM);
}

/* sysexits.h of 4.3BSD; 130 is 128 + SIGINT, as shells report it. */
static void statuses_have_the_exit_codes_of_sysexits(void **state)
{
    (void)state;
    const int codes[][2] = { { PT_OK, 0 },         { PT_NO, 1 },          { PT_EUSAGE, 64 },
                             { PT_EDATA, 65 },     { PT_EOPEN, 66 },      { PT_EPLOT, 69 },
                             { PT_EINTERNAL, 70 }, { PT_ENOMEM, 71 },     { PT_ECREATE, 73 },
                             { PT_EWRITE, 74 },    { PT_ECANCELLED, 130 } };
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        assert_int_equal(pt_status_exit_code((enum pt_status)codes[i][0]), codes[i][1]);
    }
}

static void a_planners_text_falls_back_to_the_other_language(void **state)
{
    (void)state;
    const struct pt_language danish = { "da", ',', answer, NULL, 0 };
    const struct pt_text both = { "by", "city" }, only_danish = { "by", NULL },
                         only_english = { NULL, "city" }, neither = { NULL, NULL };
    assert_string_equal(pt_text_in(&both, &danish), "by");
    assert_string_equal(pt_text_in(&both, &pt_language_english), "city");
    assert_string_equal(pt_text_in(&both, NULL), "city");
    assert_string_equal(pt_text_in(&only_danish, NULL), "by");
    assert_string_equal(pt_text_in(&only_english, &danish), "city");
    assert_string_equal(pt_text_in(&neither, &danish), "");
    assert_string_equal(pt_text_in(NULL, &danish), "");
}

static void translate_asks_the_language(void **state)
{
    (void)state;
    const char *const form = "\303\245r";
    const struct pt_language danish = { "da", ',', answer, &form, 1 };
    assert_string_equal(pt_translate(&danish, "years"), "\303\245r");
    assert_string_equal(pt_translate(&pt_language_english, "years"), "years");
    assert_string_equal(pt_translate(NULL, "years"), "years");
    assert_string_equal(pt_translate(&danish, ""), "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(prints_as_printf_does),
        cmocka_unit_test(keeps_flags_widths_and_stars),
        cmocka_unit_test(two_percent_signs_are_one),
        cmocka_unit_test(a_translation_may_reorder),
        cmocka_unit_test(reals_take_the_decimal_sign_of_the_language),
        cmocka_unit_test(minus_zero_is_printed_zero),
        cmocka_unit_test(a_slip_in_a_translation_does_no_harm),
        cmocka_unit_test(count_chooses_the_form),
        cmocka_unit_test(a_long_text_is_cut_at_a_character),
        cmocka_unit_test(two_long_texts_share_the_room),
        cmocka_unit_test(text_outlives_its_source),
        cmocka_unit_test(a_message_may_quote_the_one_it_replaces),
        cmocka_unit_test(prints_what_fits_and_returns_the_whole_length),
        cmocka_unit_test(no_message_is_empty),
        cmocka_unit_test(arguments_past_the_last_are_question_marks),
        cmocka_unit_test(null_text_is_said),
        cmocka_unit_test(raise_fills_the_error_and_returns_the_status),
        cmocka_unit_test(raise_without_an_error_only_returns),
        cmocka_unit_test(statuses_have_the_exit_codes_of_sysexits),
        cmocka_unit_test(a_planners_text_falls_back_to_the_other_language),
        cmocka_unit_test(translate_asks_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
