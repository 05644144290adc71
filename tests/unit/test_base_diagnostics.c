#include "support/pt_test.h"

#include <paritet/base.h>

#include <string.h>

static struct pt_place at(const char *path, size_t line, size_t column)
{
    return (struct pt_place){ .path = path, .line = line, .column = column };
}

static void assert_said(const struct pt_diagnostic *item, const char *expected)
{
    char said[128];
    pt_message_print(&item->message, NULL, said, sizeof said);
    assert_string_equal(said, expected);
}

static void keeps_copies_of_path_and_line(void **state)
{
    (void)state;
    struct pt_diagnostics list;
    pt_diagnostics_init(&list);
    char path[] = "a.yaml", source[] = "traget: 13", key[] = "traget";
    pt_diagnose(&list, PT_ERROR, at(path, 7, 1), source, "unknown key '%s'", key);
    memset(path, '!', 6);
    memset(source, '!', 6);
    memset(key, '!', 6);
    assert_int_equal(list.n, 1);
    assert_string_equal(list.items[0].place.path, "a.yaml");
    assert_string_equal(list.items[0].source, "traget: 13");
    assert_said(&list.items[0], "unknown key 'traget'");
    pt_diagnostics_free(&list);
    assert_int_equal(list.n, 0);
}

static void an_equal_one_at_an_equal_place_is_added_once(void **state)
{
    (void)state;
    struct pt_diagnostics list;
    pt_diagnostics_init(&list);
    for (int i = 0; i < 3; i++) {
        pt_diagnose(&list, PT_ERROR, at("a.csv", 7, 3), NULL, "%s is %d of %g", "x", 13, 0.5);
    }
    assert_int_equal(list.n, 1);
    assert_int_equal(list.count[PT_ERROR], 1);
    pt_diagnose(&list, PT_WARNING, at("a.csv", 7, 3), NULL, "%s is %d of %g", "x", 13, 0.5);
    pt_diagnose(&list, PT_ERROR, at("a.csv", 7, 5), NULL, "%s is %d of %g", "x", 13, 0.5);
    pt_diagnose(&list, PT_ERROR, at("b.csv", 7, 3), NULL, "%s is %d of %g", "x", 13, 0.5);
    pt_diagnose(&list, PT_ERROR, at(NULL, 0, 0), NULL, "%s is %d of %g", "x", 13, 0.5);
    pt_diagnose(&list, PT_ERROR, at("a.csv", 7, 3), NULL, "%s is %d of %g", "y", 13, 0.5);
    pt_diagnose(&list, PT_ERROR, at("a.csv", 7, 3), NULL, "%s is %d of %g", "x", 17, 0.5);
    pt_diagnose(&list, PT_ERROR, at("a.csv", 7, 3), NULL, "%s is %d of %g", "x", 13, 0.7);
    assert_int_equal(list.n, 8);
    pt_diagnostics_free(&list);
}

static void past_the_most_they_are_only_counted(void **state)
{
    (void)state;
    struct pt_diagnostics list;
    pt_diagnostics_init(&list);
    for (size_t i = 1; i <= 137; i++) {
        pt_diagnose(&list, PT_ERROR, at("a.csv", i, 1), NULL, "bad");
    }
    pt_diagnose(&list, PT_NOTICE, at("a.csv", 1, 1), NULL, "a note");
    assert_int_equal(list.count[PT_ERROR], 137);
    assert_int_equal(list.count[PT_WARNING], 0);
    assert_int_equal(list.count[PT_NOTICE], 1);
    assert_int_equal(list.n, PT_DIAGNOSTICS_MOST + 1);
    pt_diagnostics_free(&list);
}

static void sorts_by_place_and_keeps_the_order_of_equals(void **state)
{
    (void)state;
    struct pt_diagnostics list;
    pt_diagnostics_init(&list);
    static const struct {
        const char *path;
        size_t line, column;
    } places[] = {
        { "b", 3, 1 },  { "a", 7, 5 }, { NULL, 0, 0 }, { "a", 7, 3 },  { "b", 3, 1 },
        { "a", 13, 1 }, { "a", 7, 5 }, { "b", 1, 9 },  { NULL, 0, 0 },
    };
    static const int expected[] = { 2, 8, 3, 1, 6, 5, 7, 0, 4 };
    for (int i = 0; i < 9; i++) {
        pt_diagnose(&list, PT_ERROR, at(places[i].path, places[i].line, places[i].column), NULL,
                    "%d", i);
    }
    pt_diagnostics_sort(&list);
    for (int i = 0; i < 9; i++) {
        assert_int_equal(list.items[i].message.args[0].as.integer, expected[i]);
    }
    pt_diagnostics_free(&list);
}

static void counts_even_where_there_is_no_memory_to_keep(void **state)
{
    (void)state;
    struct pt_diagnostics list;
    pt_diagnostics_init(&list);
    pt_arena_free(list.arena);
    list.arena = NULL;
    pt_diagnose(&list, PT_ERROR, at("a.csv", 7, 3), "7;x", "bad");
    assert_int_equal(list.count[PT_ERROR], 1);
    assert_null(list.items[0].place.path);
    assert_null(list.items[0].source);
    pt_diagnostics_free(&list);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(keeps_copies_of_path_and_line),
        cmocka_unit_test(an_equal_one_at_an_equal_place_is_added_once),
        cmocka_unit_test(past_the_most_they_are_only_counted),
        cmocka_unit_test(sorts_by_place_and_keeps_the_order_of_equals),
        cmocka_unit_test(counts_even_where_there_is_no_memory_to_keep),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
