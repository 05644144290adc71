#include "test_input_files.h"

#include <paritet/input.h>
#include <stddef.h>

/* A small table of every kind, and documents read against it. */
struct item {
    const struct pt_node *at;
    struct pt_word_value id;
    struct pt_whole_value year;
};
struct thing {
    const struct pt_node *at;
    struct pt_text_value title;
    struct pt_number_value x;
    struct pt_amount_value share, delay;
    struct pt_boolean_value good;
    struct pt_choice_value shape;
    struct pt_list_value words, numbers, items, parts;
    struct pt_effect_value effect;
};

static const char *const shapes[] = { "round", "square", NULL };
static const struct pt_field item_fields[] = {
    { .key = "id",
      .kind = PT_KIND_ID,
      .flags = PT_FIELD_REQUIRED,
      .offset = offsetof(struct item, id) },
    { .key = "year",
      .kind = PT_KIND_WHOLE,
      .flags = PT_FIELD_RANGE,
      .least = 1000,
      .most = 3000,
      .offset = offsetof(struct item, year) },
    { .key = NULL },
};
static const struct pt_schema item_table = { "items", "", sizeof(struct item), item_fields };
static const struct pt_field thing_fields[] = {
    { .key = "title",
      .kind = PT_KIND_TEXT,
      .flags = PT_FIELD_REQUIRED,
      .offset = offsetof(struct thing, title) },
    { .key = "x", .kind = PT_KIND_NUMBER, .offset = offsetof(struct thing, x) },
    { .key = "share",
      .kind = PT_KIND_AMOUNT,
      .units = PT_UNITS(PT_UNIT_PERCENT),
      .flags = PT_FIELD_RANGE,
      .least = 0,
      .most = 100,
      .fallback = "35 %",
      .offset = offsetof(struct thing, share) },
    { .key = "delay",
      .kind = PT_KIND_AMOUNT,
      .units = PT_UNITS(PT_UNIT_YEARS),
      .flags = PT_FIELD_WHOLE,
      .offset = offsetof(struct thing, delay) },
    { .key = "good", .kind = PT_KIND_BOOLEAN, .offset = offsetof(struct thing, good) },
    { .key = "shape",
      .kind = PT_KIND_CHOICE,
      .choices = shapes,
      .fallback = "square",
      .offset = offsetof(struct thing, shape) },
    { .key = "words",
      .kind = PT_KIND_WORDS,
      .alone = "all",
      .offset = offsetof(struct thing, words) },
    { .key = "numbers",
      .kind = PT_KIND_NUMBERS,
      .least = 2,
      .most = 2,
      .offset = offsetof(struct thing, numbers) },
    { .key = "items",
      .kind = PT_KIND_LIST_OF,
      .table = &item_table,
      .offset = offsetof(struct thing, items) },
    { .key = "parts",
      .kind = PT_KIND_LIST_OF,
      .flags = PT_FIELD_ONE | PT_FIELD_NOT_EMPTY,
      .table = &item_table,
      .offset = offsetof(struct thing, parts) },
    { .key = "effect",
      .kind = PT_KIND_EFFECT,
      .units = PT_UNITS(PT_UNIT_PP),
      .offset = offsetof(struct thing, effect) },
    { .key = NULL },
};
static const struct pt_schema thing_table = { "things", "", sizeof(struct thing), thing_fields };

struct document {
    struct pt_arena *arena;
    struct pt_diagnostics list;
    struct pt_source source;
    char text[1024];
    struct pt_node *root;
    struct thing thing;
    enum pt_status status;
};

static int setup(void **state)
{
    struct document *d = calloc(1, sizeof *d);
    d->arena = pt_arena_new();
    pt_diagnostics_init(&d->list);
    *state = d;
    return 0;
}

static int teardown(void **state)
{
    struct document *d = *state;
    pt_diagnostics_free(&d->list);
    pt_arena_free(d->arena);
    free(d);
    return 0;
}

static void read_text(struct document *d, const char *text)
{
    struct pt_error err;
    struct pt_checker checker = { &d->list, d->arena, false, NULL };
    snprintf(d->text, sizeof d->text, "%s", text);
    d->source = (struct pt_source){ "a.yaml", d->text, strlen(d->text), "" };
    d->root = NULL;
    d->thing = (struct thing){ .at = NULL };
    d->status = pt_yaml_read(&d->source, d->arena, &d->root, &d->list, &err);
    if (d->status == PT_OK) {
        pt_schema_read(&checker, &thing_table, d->root, &d->thing);
    }
    pt_diagnostics_sort(&d->list);
}

static void assert_one(void **state, const char *text, size_t line, size_t column,
                       const char *expected)
{
    struct document *d = *state;
    pt_diagnostics_free(&d->list);
    pt_diagnostics_init(&d->list);
    read_text(d, text);
    assert_said(&d->list, 0, line, column, expected);
    assert_int_equal(d->list.count[PT_ERROR], 1);
}

static void fills_a_struct_with_values_and_places(void **state)
{
    struct document *d = *state;
    read_text(d, "title: { da: K\303\270n, en: Sex }\nx: -0.125\nshare: 12.5 %\ndelay: 1 year\n"
                 "good: true\nshape: round\nwords: [ a, b ]\nnumbers: [ 3, 7.5 ]\n"
                 "items:\n  - id: one\n    year: 2013\n  - { id: two }\n"
                 "effect: { triangular: [ 0.5, 1.5, 3.0 ], unit: pp, chance-of-none: 5 % }\n");
    assert_int_equal(d->list.n, 0);
    assert_string_equal(d->thing.title.value.da, "K\303\270n");
    assert_close(d->thing.x.value, -0.125, 0);
    assert_close(d->thing.share.value.value, 12.5, 0);
    assert_int_equal(d->thing.delay.value.unit, PT_UNIT_YEARS);
    assert_true(d->thing.good.value);
    assert_int_equal(d->thing.shape.value, 0);
    assert_int_equal(d->thing.words.n, 2);
    assert_close(((double *)d->thing.numbers.items)[1], 7.5, 0);
    assert_int_equal(d->thing.items.n, 2);
    const struct item *items = d->thing.items.items;
    assert_string_equal(items[1].id.value, "two");
    assert_int_equal(items[0].year.value, 2013);
    assert_int_equal(items[0].year.at->spot.line, 11);
    assert_int_equal(items[0].year.at->spot.column, 11);
    assert_null(items[1].year.at);
    assert_close(d->thing.effect.value.par[2], 3.0, 0);
    assert_close(d->thing.effect.value.chance_of_none, 0.05, 1e-15);
}

static void a_fallback_has_a_value_but_no_place(void **state)
{
    struct document *d = *state;
    read_text(d, "title: a\nwords: all\n");
    assert_int_equal(d->list.n, 0);
    assert_null(d->thing.share.at);
    assert_close(d->thing.share.value.value, 35, 0);
    assert_int_equal(d->thing.shape.value, 1);
    assert_non_null(d->thing.words.at);
    assert_int_equal(d->thing.words.n, 0);
}

static void names_of_keys_are_guessed_within_two_edits(void **state)
{
    assert_one(state, "title: a\nshap: round\n", 2, 1,
               "unknown key 'shap' in things; did you mean 'shape'?");
    assert_one(state, "title: a\nitems: [ { id: b, yaer: 3 } ]\n", 2, 19,
               "unknown key 'yaer' in items; did you mean 'year'?");
}

static void numbers_that_touch_at_a_comma_are_refused(void **state)
{
    assert_one(state, "title: a\nnumbers: [ 0,5, 7 ]\n", 2, 12,
               "'0,5' touches at the comma; write 0.5, or put a space after the comma");
    assert_one(state, "{ title: a, x: 0,5 }\n", 1, 16,
               "'0,5' touches at the comma; write 0.5, or put a space after the comma");
    assert_one(state, "title: a\nwords: [ b,c ]\n", 2, 10,
               "'b,c' touches at the comma; put a space after it");
    assert_one(state, "title: a\nx: 0,5\n", 2, 4, "'0,5': write a decimal point: 0.5");
}

static void booleans_are_true_and_false_only(void **state)
{
    assert_one(state, "title: a\ngood: nej\n", 2, 7,
               "'good' is true or false, without quotes, not 'nej'");
    assert_one(state, "title: a\ngood: yes\n", 2, 7,
               "'good' is true or false, without quotes, not 'yes'");
    struct document *d = *state;
    read_text(d, "title: nej\n");
    assert_string_equal(d->thing.title.value.en, "nej");
}

static void limits_are_kept(void **state)
{
    assert_one(state, "title: a\nshare: 101 %\n", 2, 8,
               "'share' is 101 %; it lies between 0 and 100");
    assert_one(state, "title: a\nitems: [ { id: b, year: 17 } ]\n", 2, 25,
               "'year' is 17; it lies between 1000 and 3000");
    assert_one(state, "title: a\nx: .inf\n", 2, 4,
               "'.inf' is not a number; 'x' needs one, or leave the key out");
    assert_one(state, "title: a\ndelay: 1.5 years\n", 2, 8,
               "'delay' is 1.5 years; it is a whole number");
}

static void ids_are_unique_and_have_no_spaces(void **state)
{
    assert_one(state, "title: a\nitems: [ { id: b }, { id: c }, { id: b } ]\n", 2, 38,
               "id 'b' is already used on line 2; give each its own");
    assert_one(state, "title: a\nitems: [ { id: b c } ]\n", 2, 16,
               "id 'b c' has a space; join the words with '-' and put the name in 'title'");
    assert_one(state, "title: a\nitems: [ { id: ../b } ]\n", 2, 16,
               "'../b' cannot be an id; use letters, digits, '-', '_' and '.'");
}

static void one_mapping_stands_in_place_of_a_list_of_one(void **state)
{
    struct document *d = *state;
    read_text(d, "title: a\nparts: { id: b, year: 2013 }\n");
    assert_int_equal(d->list.n, 0);
    assert_int_equal(d->thing.parts.n, 1);
    const struct item *part = d->thing.parts.items;
    assert_string_equal(part->id.value, "b");
    assert_int_equal(part->year.value, 2013);
    assert_int_equal(part->at->spot.line, 2);
    read_text(d, "title: a\nparts: [ { id: b }, { id: c } ]\n");
    assert_int_equal(d->thing.parts.n, 2);
    part = d->thing.parts.items;
    assert_string_equal(part[1].id.value, "c");
    assert_one(state, "title: a\nparts: { id: b, yaer: 3 }\n", 2, 17,
               "unknown key 'yaer' in items; did you mean 'year'?");
    assert_one(state, "title: a\nparts: b\n", 2, 8,
               "'parts' takes keys with values; write them in braces: 'parts: { id: ... }'");
    assert_one(state, "title: a\nparts: []\n", 2, 8, "parts is empty; it needs an item");
    assert_one(state, "title: a\nparts: {}\n", 2, 8, "parts is empty; it needs an item");
    assert_one(state, "title: a\nitems: { id: b }\n", 2, 8,
               "items is a list: begin each item with '- ', or write [ ] around them");
}

static void what_yaml_can_but_a_planner_need_not_is_refused(void **state)
{
    assert_one(state, "title: &t a\n", 1, 8,
               "anchors and aliases (&, *) are not read here; write the value out, or put the "
               "text in quotes");
    assert_one(state, "title: *t\n", 1, 8,
               "anchors and aliases (&, *) are not read here; write the value out, or put the "
               "text in quotes");
    assert_one(state, "title: a\n<<: { x: 1 }\n", 2, 1,
               "merge keys (<<) are not read here; write the keys out");
    assert_one(state, "title: a\ntitle: b\n", 2, 1,
               "key 'title' is already on line 1; keep one of the two");
    assert_one(state, "title: a\n---\nx: 1\n", 2, 1,
               "a second document starts here; put it into a file of its own");
    assert_one(state, "title: a\n\tx: 1\n", 2, 1, "a tab; write spaces instead");
    assert_one(state, "title: a\342\200\250x: 1\n", 1, 9,
               "an invisible character (U+2028); delete it");
}

static void every_problem_of_a_file_is_reported(void **state)
{
    struct document *d = *state;
    read_text(d, "titel: a\nx: many\nshare: 12\nshape: flat\nnumbers: [ 1 ]\nwords: b\n"
                 "items: { id: a }\neffect: { fixed: 1, triangular: [ 1, 2, 3 ], unit: pp }\n");
    assert_int_equal(d->list.count[PT_ERROR], 9);
    for (size_t i = 2; i < 9; i++) {
        assert_int_equal(d->list.items[i].place.line, i);
    }
}

static void a_shapeless_document_is_an_error_and_no_crash(void **state)
{
    struct document *d = *state;
    static const char *const texts[] = { "[ a, b ]", "word",      "- - - a", "? [ a ]\n: b",
                                         "{",        "]",         "'",       "\"\\q\"",
                                         "a: b: c",  "&a [ *a ]", "%TAG",    "|\n x" };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        pt_diagnostics_free(&d->list);
        pt_diagnostics_init(&d->list);
        read_text(d, texts[i]);
        assert_true(d->list.count[PT_ERROR] > 0);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(fills_a_struct_with_values_and_places),
        TEST(a_fallback_has_a_value_but_no_place),
        TEST(names_of_keys_are_guessed_within_two_edits),
        TEST(numbers_that_touch_at_a_comma_are_refused),
        TEST(booleans_are_true_and_false_only),
        TEST(limits_are_kept),
        TEST(ids_are_unique_and_have_no_spaces),
        TEST(one_mapping_stands_in_place_of_a_list_of_one),
        TEST(what_yaml_can_but_a_planner_need_not_is_refused),
        TEST(every_problem_of_a_file_is_reported),
        TEST(a_shapeless_document_is_an_error_and_no_crash),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
