#include "test_input_files.h"

#include <paritet/input.h>

/* Rows as "line|cell|cell\n" in one text. */
struct seen {
    char text[2048];
    size_t used, rows;
    size_t stop_after;     /* rows; 0: never */
    struct pt_spot second; /* of the second cell of the last row */
};

static bool note(void *user, const struct pt_csv_row *row)
{
    struct seen *seen = user;
    seen->used +=
        (size_t)snprintf(seen->text + seen->used, sizeof seen->text - seen->used, "%zu", row->line);
    for (size_t i = 0; i < row->n; i++) {
        assert_int_equal(strlen(row->cells[i].text), row->cells[i].length);
        seen->used += (size_t)snprintf(seen->text + seen->used, sizeof seen->text - seen->used,
                                       "|%s", row->cells[i].text);
    }
    seen->used += (size_t)snprintf(seen->text + seen->used, sizeof seen->text - seen->used, "\n");
    seen->second = pt_csv_spot(row, 1);
    return ++seen->rows != seen->stop_after;
}

static void read_text(const char *text, struct seen *seen, struct pt_diagnostics *list,
                      enum pt_status expected)
{
    char copy[4096];
    snprintf(copy, sizeof copy, "%s", text);
    struct pt_source source = { "a.csv", copy, strlen(copy), "" };
    struct pt_csv_handler handler = { note, note, seen };
    struct pt_error err;
    pt_diagnostics_init(list);
    assert_int_equal(pt_csv_read(&source, &handler, list, &err), expected);
}

static void assert_rows(const char *text, const char *expected, size_t errors)
{
    struct seen seen = { .used = 0 };
    struct pt_diagnostics list;
    read_text(text, &seen, &list, PT_OK);
    assert_string_equal(seen.text, expected);
    assert_int_equal(list.count[PT_ERROR], errors);
    pt_diagnostics_free(&list);
}

static void judges_the_delimiter_from_the_header(void **state)
{
    (void)state;
    assert_rows("a,b\n1,2\n", "1|a|b\n2|1|2\n", 0);
    assert_rows("a;b\n1;2,5\n", "1|a|b\n2|1|2,5\n", 0);
    assert_rows("\"x;y;z\",b\n1,2\n", "1|x;y;z|b\n2|1|2\n", 0);
}

static void knows_lines_whatever_ends_them(void **state)
{
    (void)state;
    assert_rows("a,b\r\n1,2\r\n\r\n3,4", "1|a|b\n2|1|2\n4|3|4\n", 0);
    assert_rows("a,b\r1,2\r3,4\r", "1|a|b\n2|1|2\n3|3|4\n", 0);
    assert_rows("\n\na,b\n1,2\n", "3|a|b\n4|1|2\n", 0);
}

static void a_quoted_cell_may_hold_delimiters_quotes_and_lines(void **state)
{
    (void)state;
    assert_rows("a,b\n\"x, \"\"y\"\"\nz\",2\n3,4\n", "1|a|b\n2|x, \"y\"\nz|2\n4|3|4\n", 0);
}

static void rows_without_content_are_left_out(void **state)
{
    (void)state;
    assert_rows("a,b\n,\n  \n1,2\n,,,\n", "1|a|b\n4|1|2\n", 0);
}

static void empty_cells_past_the_header_are_forgiven_others_are_not(void **state)
{
    (void)state;
    assert_rows("a,b\n1,2,,\n3,4,,5\n6\n", "1|a|b\n2|1|2\n", 2);
}

static void a_quote_that_is_never_closed_costs_one_row(void **state)
{
    (void)state;
    struct seen seen = { .used = 0 };
    struct pt_diagnostics list;
    read_text("a,b\n1,\"two\n3,4\n5,6\n", &seen, &list, PT_OK);
    assert_string_equal(seen.text, "1|a|b\n3|3|4\n4|5|6\n");
    assert_said(&list, 0, 2, 3,
                "the quote that opens here is not closed where its cell ends; close it, and "
                "double a quote that is part of the text");
    pt_diagnostics_free(&list);
}

static void a_spot_is_found_behind_quoted_lines(void **state)
{
    (void)state;
    struct seen seen = { .used = 0 };
    struct pt_diagnostics list;
    read_text("a,b,c\n\"x\ny\", two ,3\n", &seen, &list, PT_OK);
    assert_int_equal(seen.second.line, 3);
    assert_int_equal(seen.second.column, 5);
    assert_int_equal(seen.second.width, 3);
    pt_diagnostics_free(&list);
}

static void stops_when_the_handler_has_had_enough(void **state)
{
    (void)state;
    struct seen seen = { .stop_after = 2 };
    struct pt_diagnostics list;
    read_text("a,b\n1,2\n3,4\n", &seen, &list, PT_OK);
    assert_string_equal(seen.text, "1|a|b\n2|1|2\n");
    pt_diagnostics_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(judges_the_delimiter_from_the_header),
        cmocka_unit_test(knows_lines_whatever_ends_them),
        cmocka_unit_test(a_quoted_cell_may_hold_delimiters_quotes_and_lines),
        cmocka_unit_test(rows_without_content_are_left_out),
        cmocka_unit_test(empty_cells_past_the_header_are_forgiven_others_are_not),
        cmocka_unit_test(a_quote_that_is_never_closed_costs_one_row),
        cmocka_unit_test(a_spot_is_found_behind_quoted_lines),
        cmocka_unit_test(stops_when_the_handler_has_had_enough),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
