#include "support/pt_test.h"

#include <math.h>
#include <paritet/output.h>
#include <string.h>

#include "output/terminal/paint.h"

#define TEXT(t)                           \
    {                                     \
        .kind = PT_CELL_TEXT, .text = (t) \
    }
#define YEAR(y)                           \
    {                                     \
        .kind = PT_CELL_YEAR, .year = (y) \
    }
#define CHANCE(p)                                            \
    {                                                        \
        .kind = PT_CELL_CHANCE, .value = (p), .error = 0.003 \
    }
#define AMOUNT(x, err)                                       \
    {                                                        \
        .kind = PT_CELL_AMOUNT, .value = (x), .error = (err) \
    }
#define EMPTY                 \
    {                         \
        .kind = PT_CELL_EMPTY \
    }

static const struct pt_column columns[] = {
    { "indicator", "Indicator", true }, { "event", "Event", false }, { "p50", "Median", true },
    { "p_never", "Not by then", true }, { "pace", "Pace", true },    { "place", "Place", true },
};

static const struct pt_cell cells[] = {
    TEXT("årgang"), TEXT("trend"),          YEAR(2037),
    CHANCE(0.3127), AMOUNT(1.0312, 0.0453), EMPTY,
    TEXT("årgang"), TEXT("trend"),          YEAR(PT_YEAR_NEVER),
    CHANCE(0.0003), AMOUNT(-64.23, 12.7),   EMPTY,
    TEXT("日本"),   TEXT("trend"),          YEAR(PT_YEAR_ALREADY),
    CHANCE(1),      AMOUNT(INFINITY, NAN),  EMPTY,
};

static const struct pt_table table = { "parity", "Parity", 6, columns, 3, cells };

static void writes(const char *writer, const struct pt_table *what, const char *code, size_t width,
                   const char *expected)
{
    struct pt_writer_options options = { .language = pt_language_find(code), .width = width };
    struct pt_buffer out = { .bytes = NULL };

    pt_writer_find(writer)->write(what, &options, &out);
    assert_false(out.failed);
    assert_string_equal(out.bytes, expected);
    pt_buffer_free(&out);
}

static void csv_holds_every_column_in_any_language(void **state)
{
    (void)state;
    const char *expected = "indicator,event,p50,p_never,pace,place\n"
                           "årgang,trend,2037,0.312700,1.0312,\n"
                           "årgang,trend,never,0.000300,-64.23,\n"
                           "日本,trend,already,1.000000,inf,\n";
    writes("csv", &table, "en", 0, expected);
    writes("csv", &table, "da", 40, expected);
}

static void csv_amounts_have_seven_digits_and_no_exponent(void **state)
{
    (void)state;
    static const struct pt_column x[] = { { "x", "x", true } };
    static const struct pt_cell values[] = { AMOUNT(2044.0123456789, 0), AMOUNT(12345678901.0, 3),
                                             AMOUNT(-1.0 / 3, NAN), AMOUNT(-0.0, 0),
                                             AMOUNT(NAN, 1) };
    struct pt_table one = { "x", "x", 1, x, 5, values };
    writes("csv", &one, "da", 0, "x\n2044.012\n12345680000\n-0.3333333\n0\n\"\"\n");
}

static void csv_quotes_what_has_to_be_quoted(void **state)
{
    (void)state;
    static const struct pt_column two[] = { { "a", "a", true }, { "b,c", "b", true } };
    static const struct pt_cell odd[] = { TEXT("a,b"),        TEXT("say \"no\""),
                                          TEXT("two\nlines"), TEXT("=1+1"),
                                          TEXT("-x"),         TEXT("plain text"),
                                          TEXT("@x"),         TEXT("x@y"),
                                          TEXT(" x"),         TEXT("\"=HYPER\"\"") };
    struct pt_table t = { "x", "x", 2, two, 5, odd };
    writes("csv", &t, "en", 0,
           "a,\"b,c\"\n\"a,b\",\"say \"\"no\"\"\"\n\"two\nlines\",\"=1+1\"\n\"-x\",plain text\n"
           "\"@x\",x@y\n\" x\",\"\"\"=HYPER\"\"\"\"\"\n");
}

static void json_has_numbers_words_and_null(void **state)
{
    (void)state;
    const char *expected =
        "{\"table\":\"parity\",\n"
        "\"columns\":[\"indicator\",\"event\",\"p50\",\"p_never\",\"pace\",\"place\"],\n"
        "\"rows\":[\n"
        "{\"indicator\":\"årgang\",\"event\":\"trend\",\"p50\":2037,\"p_never\":0.3127,"
        "\"pace\":1.0312,\"place\":null},\n"
        "{\"indicator\":\"årgang\",\"event\":\"trend\",\"p50\":\"never\",\"p_never\":0.0003,"
        "\"pace\":-64.23,\"place\":null},\n"
        "{\"indicator\":\"日本\",\"event\":\"trend\",\"p50\":\"already\",\"p_never\":1.0,"
        "\"pace\":null,\"place\":null}\n"
        "]}\n";
    writes("json", &table, "en", 0, expected);
    writes("json", &table, "da", 40, expected);
}

/* The id of a scenario is its file's name, which may be any bytes. */
static void json_takes_every_cell_there_is(void **state)
{
    (void)state;
    static const struct pt_column one[] = { { "x", "x", true } };
    static const double trace[] = { 12.5, -0.333333333, 7 };
    static const struct pt_cell values[] = {
        TEXT("a\"b\\c\n\t\x01 \xFF</script>"),
        AMOUNT(12345678901.0, 3),
        AMOUNT(NAN, 1),
        { .kind = PT_CELL_COUNT, .value = 20000000 },
        { .kind = PT_CELL_NO_GAIN },
        { .kind = PT_CELL_STANDING, .standing = PT_STANDING_OFF_COURSE },
        { .kind = PT_CELL_TRACE, .n = 3, .values = trace },
        { .kind = PT_CELL_TRACE },
    };
    struct pt_table t = { "x", "x", 1, one, 8, values };
    writes("json", &t, "da", 0,
           "{\"table\":\"x\",\n\"columns\":[\"x\"],\n\"rows\":[\n"
           "{\"x\":\"a\\\"b\\\\c\\n\\t\\u0001 \xEF\xBF\xBD</script>\"},\n"
           "{\"x\":1.234568e10},\n{\"x\":null},\n{\"x\":20000000},\n{\"x\":\"no-gain\"},\n"
           "{\"x\":\"off course\"},\n{\"x\":[12.5,-0.3333333,7.0]},\n{\"x\":null}\n]}\n");
}

static void text_aligns_letters_of_any_width(void **state)
{
    (void)state;
    writes("text", &table, "en", 80,
           "Indicator   Median  Not by then     Pace\n"
           "─────────  ───────  ───────────  ───────\n"
           "årgang        2037    31 of 100    1.031\n"
           "             never    <1 of 100  -64\n"
           "日本       already   100 of 100    –\n");
}

static void text_is_as_readable_in_danish(void **state)
{
    (void)state;
    writes("text", &table, "da", 80,
           "Indicator     Median  Not by then     Pace\n"
           "─────────  ─────────  ───────────  ───────\n"
           "årgang          2037    31 af 100    1,031\n"
           "           ikke nået    <1 af 100  -64\n"
           "日本        allerede   100 af 100    –\n");
}

static void text_leaves_no_spaces_at_line_ends(void **state)
{
    (void)state;
    struct pt_writer_options options = { .language = pt_language_find("da") };
    for (options.width = 1; options.width < 90; options.width++) {
        struct pt_buffer out = { .bytes = NULL };
        pt_writer_find("text")->write(&table, &options, &out);
        assert_null(strstr(out.bytes, " \n"));
        pt_buffer_free(&out);
    }
}

static void text_wraps_words_until_the_table_fits(void **state)
{
    (void)state;
    static const struct pt_column two[] = { { "a", "Figure", true },
                                            { "n", "Years ahead", true },
                                            { "w", "Warning", true } };
    static const struct pt_cell row[] = {
        TEXT("employment-gap-of-the-city"), YEAR(2037),
        TEXT("the changes of følgende år are correlated; read the lower band with care")
    };
    struct pt_table t = { "x", "x", 3, two, 1, row };
    writes("text", &t, "en", 50,
           "                      Years\n"
           "Figure                ahead  Warning\n"
           "────────────────────  ─────  ─────────────────────\n"
           "employment-gap-of-     2037  the changes of\n"
           "the-city                     følgende år are\n"
           "                             correlated; read the\n"
           "                             lower band with care\n");
}

static const struct pt_column costs[] = {
    { "indicator", "indicator", true }, { "purse", "purse", true },
    { "total", "to the end", true },    { "price", "per year gained", true },
    { "status", "status", true },
};
#define STANDING(word)                               \
    {                                                \
        .kind = PT_CELL_STANDING, .standing = (word) \
    }
static const struct pt_cell dear[] = {
    TEXT("employment-ratio"),
    TEXT("municipality"),
    AMOUNT(1234567890, 1),
    AMOUNT(1817.3, 11.2),
    STANDING(PT_STANDING_ON_COURSE),
    TEXT("employment-ratio"),
    TEXT("state"),
    AMOUNT(74000000, 1),
    { .kind = PT_CELL_NO_GAIN },
    STANDING(PT_STANDING_UNCERTAIN),
    TEXT("unsafe"),
    TEXT("state"),
    AMOUNT(5000000, 1),
    EMPTY,
    STANDING(PT_STANDING_MOVING_AWAY),
};
static const struct pt_table of_costs = { "costs", "Costs", 5, costs, 3, dear };

static void text_wraps_nothing_that_has_room(void **state)
{
    (void)state;
    writes("text", &of_costs, "da", 90,
           "indikator         kasse           to the end  pr. vundet år  status\n"
           "────────────────  ────────────  ────────────  ─────────────  ──────────────────────\n"
           "employment-ratio  municipality  1234567890,0           1817  ● på rette kurs\n"
           "                  state           74000000,0   intet vundet  ◐ usikkert\n"
           "unsafe            state            5000000,0                 ✗ går den forkerte vej\n");
}

static void text_lifts_leading_words_before_it_breaks_any(void **state)
{
    (void)state;
    writes("text", &of_costs, "da", 60,
           "indikator\n"
           "                                pr. vundet\n"
           "  kasse           to the end            år  status\n"
           "  ────────────  ────────────  ────────────  ────────────────\n"
           "employment-ratio\n"
           "  municipality  1234567890,0          1817  ● på rette kurs\n"
           "  state           74000000,0  intet vundet  ◐ usikkert\n"
           "unsafe\n"
           "  state            5000000,0                ✗ går den\n"
           "                                            forkerte vej\n");
    writes("text", &of_costs, "da", 50,
           "indikator, kasse\n"
           "                  pr. vundet\n"
           "    to the end            år  status\n"
           "  ────────────  ────────────  ────────────────────\n"
           "employment-ratio, municipality\n"
           "  1234567890,0          1817  ● på rette kurs\n"
           "employment-ratio, state\n"
           "    74000000,0  intet vundet  ◐ usikkert\n"
           "unsafe, state\n"
           "     5000000,0                ✗ går den forkerte\n"
           "                              vej\n");
}

static void text_becomes_a_list_where_no_table_fits(void **state)
{
    (void)state;
    writes("text", &of_costs, "da", 30,
           "employment-ratio, municipality\n"
           "  to the end     1234567890,0\n"
           "  pr. vundet år  1817\n"
           "  status         ● på rette\n"
           "                 kurs\n"
           "employment-ratio, state\n"
           "  to the end     74000000,0\n"
           "  pr. vundet år  intet vundet\n"
           "  status         ◐ usikkert\n"
           "unsafe, state\n"
           "  to the end     5000000,0\n"
           "  status         ✗ går den\n"
           "                 forkerte vej\n");
}

static void text_passes_no_width_that_its_words_allow(void **state)
{
    (void)state;
    struct pt_writer_options options = { .language = pt_language_find("da") };
    for (options.width = 14; options.width < 120; options.width++) {
        struct pt_buffer out = { .bytes = NULL };
        pt_writer_find("text")->write(&of_costs, &options, &out);
        for (char *line = strtok(out.bytes, "\n"); line != NULL; line = strtok(NULL, "\n")) {
            assert_in_range(pt_utf8_width(line), 1, options.width);
        }
        pt_buffer_free(&out);
    }
}

static void text_colours_status_words_and_makes_headings_bold(void **state)
{
    (void)state;
    struct pt_writer_options options = { .language = pt_language_find("da"), .color = true };
    static const struct pt_cell words[] = { STANDING(PT_STANDING_ON_COURSE),
                                            STANDING(PT_STANDING_UNCERTAIN),
                                            STANDING(PT_STANDING_OFF_COURSE),
                                            STANDING(PT_STANDING_NO_QUESTION) };
    struct pt_table one = { "status", "Status", 1, costs + 4, 4, words };
    struct pt_buffer out = { .bytes = NULL };
    pt_writer_find("text")->write(&one, &options, &out);
    assert_string_equal(out.bytes, "\033[1mstatus\033[0m\n───────────────\n"
                                   "\033[38;5;28m● på rette kurs\033[0m\n"
                                   "\033[38;5;130m◐ usikkert\033[0m\n"
                                   "\033[38;5;160m▼ bagud\033[0m\n"
                                   "· intet måltal\n");
    pt_buffer_free(&out);
}

/* Relative luminance of one of the 216 colours from 16 on (WCAG 2.2; the steps of the cube are
 * xterm's). */
static double luminance(int number)
{
    static const int steps[] = { 0, 95, 135, 175, 215, 255 };
    static const double weights[] = { 0.0722, 0.7152, 0.2126 };
    double sum = 0;
    for (int i = 0, left = number - 16; i < 3; i++, left /= 6) {
        double c = steps[left % 6] / 255.0;
        sum += weights[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

static void colours_are_readable_on_black_and_on_white(void **state)
{
    (void)state;
    for (enum pt_colour colour = PT_COLOUR_GREEN; colour <= PT_COLOUR_RED; colour++) {
        int number;
        assert_int_equal(sscanf(pt_paint_of(colour), "\033[38;5;%dm", &number), 1);
        assert_true(1.05 / (luminance(number) + 0.05) >= 4.5);
        assert_true((luminance(number) + 0.05) / 0.05 >= 3.8);
    }
    assert_null(pt_paint_of(PT_COLOUR_NONE));
}

static void text_drops_control_characters(void **state)
{
    (void)state;
    static const struct pt_column one[] = { { "a", "Figure", true } };
    static const struct pt_cell row[] = { TEXT("a\033[31mb\xC2\x9B"
                                               "c\nd\x7F"
                                               "e") };
    struct pt_table t = { "x", "x", 1, one, 1, row };
    writes("text", &t, "en", 80, "Figure\n──────────────\na [31mb  c d e\n");
}

static void markdown_escapes_what_would_be_markup(void **state)
{
    (void)state;
    static const struct pt_column two[] = { { "a", "Figure", true }, { "p", "Chance", true } };
    static const struct pt_cell row[] = { TEXT("a|b `touch x` <b>&amp; *_x_*"), CHANCE(0.001) };
    struct pt_table t = { "x", "x", 2, two, 1, row };
    writes("markdown", &t, "en", 0,
           "| Figure                                    |     Chance |\n"
           "| ----------------------------------------- | ---------: |\n"
           "| a\\|b \\`touch x\\` \\<b\\>&amp;amp; \\*\\_x\\_\\* | \\<1 of 100 |\n");
}

static void a_table_without_rows_is_its_heading(void **state)
{
    (void)state;
    struct pt_table none = { "parity", "Parity", 2, columns, 0, NULL };
    writes("csv", &none, "en", 0, "indicator,event\n");
    writes("json", &none, "en", 0,
           "{\"table\":\"parity\",\n\"columns\":[\"indicator\",\"event\"],\n\"rows\":[]}\n");
    writes("text", &none, "en", 0, "Indicator\n─────────\n");
    writes("markdown", &none, "en", 0, "| Indicator |\n| --------- |\n");
}

static void every_writer_is_found_by_its_name(void **state)
{
    (void)state;
    for (size_t i = 0; pt_writers[i] != NULL; i++) {
        assert_ptr_equal(pt_writer_find(pt_writers[i]->name), pt_writers[i]);
        assert_true(strlen(pt_writers[i]->title) > 0 && strlen(pt_writers[i]->extension) > 0);
    }
    assert_null(pt_writer_find("xml"));
}

static void text_keeps_a_number_with_what_it_counts(void **state)
{
    (void)state;
    static const struct pt_column one[] = { { "a", "House", true } };
    static const struct pt_cell row[] = { TEXT("in a 4-family house") };
    struct pt_table t = { "x", "x", 1, one, 1, row };
    writes("text", &t, "en", 10, "House\n──────────\nin a\n4-family\nhouse\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(csv_holds_every_column_in_any_language),
        cmocka_unit_test(csv_amounts_have_seven_digits_and_no_exponent),
        cmocka_unit_test(csv_quotes_what_has_to_be_quoted),
        cmocka_unit_test(json_has_numbers_words_and_null),
        cmocka_unit_test(json_takes_every_cell_there_is),
        cmocka_unit_test(text_aligns_letters_of_any_width),
        cmocka_unit_test(text_keeps_a_number_with_what_it_counts),
        cmocka_unit_test(text_is_as_readable_in_danish),
        cmocka_unit_test(text_leaves_no_spaces_at_line_ends),
        cmocka_unit_test(text_wraps_words_until_the_table_fits),
        cmocka_unit_test(text_wraps_nothing_that_has_room),
        cmocka_unit_test(text_lifts_leading_words_before_it_breaks_any),
        cmocka_unit_test(text_becomes_a_list_where_no_table_fits),
        cmocka_unit_test(text_passes_no_width_that_its_words_allow),
        cmocka_unit_test(text_colours_status_words_and_makes_headings_bold),
        cmocka_unit_test(colours_are_readable_on_black_and_on_white),
        cmocka_unit_test(text_drops_control_characters),
        cmocka_unit_test(markdown_escapes_what_would_be_markup),
        cmocka_unit_test(a_table_without_rows_is_its_heading),
        cmocka_unit_test(every_writer_is_found_by_its_name),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
