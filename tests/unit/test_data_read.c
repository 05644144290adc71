#include "test_input_files.h"

#include <paritet/barometer.h>

struct setup {
    struct scratch scratch;
    struct pt_diagnostics list;
    struct pt_data *data;
    struct pt_error err;
};

static int setup(void **state)
{
    struct setup *s = calloc(1, sizeof *s);
    scratch_open(&s->scratch);
    pt_diagnostics_init(&s->list);
    s->data = pt_data_new();
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    struct setup *s = *state;
    pt_data_free(s->data);
    pt_diagnostics_free(&s->list);
    scratch_close(&s->scratch);
    free(s);
    return 0;
}

static enum pt_status read_text(struct setup *s, const char *text)
{
    pt_data_free(s->data);
    pt_diagnostics_free(&s->list);
    s->data = pt_data_new();
    pt_diagnostics_init(&s->list);
    const char *path = scratch_write(&s->scratch, "a.csv", text);
    enum pt_status status = pt_data_read(s->data, path, &s->list, &s->err);
    pt_diagnostics_sort(&s->list);
    remove(path);
    s->scratch.n--;
    return status;
}

static double value_of(struct setup *s, const char *text)
{
    assert_int_equal(read_text(s, text), PT_OK);
    return pt_data_series(s->data, 0)->observations[0].value;
}

static void keeps_series_apart_whose_rows_interleave(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_text(s, "indicator,group,place,year,value,n,flag\n"
                                  "x,a,Odense,2010,12.385,170,\n"
                                  "x,b,Odense,2010,13.1,,e\n"
                                  "x,a,Vejle,2010,1,,\n"
                                  "x,a,Odense,2012,12.1,180,b\n"
                                  "x,b,Odense,2011,..,,\n"),
                     PT_OK);
    assert_int_equal(pt_data_count(s->data), 3);
    const struct pt_observed *o = pt_data_find(s->data, "x", "a", "Odense");
    assert_int_equal(o->n, 2);
    assert_int_equal(o->observations[1].year, 2012);
    assert_close(o->observations[0].value, 12.385, 0);
    assert_int_equal(o->observations[0].decimals, 3);
    assert_close(o->observations[0].persons, 170, 0);
    assert_int_equal(o->observations[1].flag, 'b');
    assert_int_equal(o->observations[1].line, 5);
    assert_int_equal(pt_data_find(s->data, "x", "b", "Odense")->n, 1);
    assert_null(pt_data_find(s->data, "x", "b", "Vejle"));
    assert_null(pt_data_find(s->data, "x", "b", ""));
    const char *const *places;
    assert_int_equal(pt_data_places(s->data, &places), 2);
    assert_string_equal(places[1], "Vejle");
}

#define COMMAS "indicator;group;year;value\n"
#define POINTS "indicator,group,year,value\n"

static void the_decimal_sign_is_judged_from_all_cells(void **state)
{
    struct setup *s = *state;
    assert_close(value_of(s, COMMAS "x;a;2010;12,5\n"), 12.5, 0);
    assert_close(value_of(s, COMMAS "x;a;2010;12.5\n"), 12.5, 0);
    assert_close(value_of(s, POINTS "x,a,2010,\"0,125\"\n"), 0.125, 0);
    /* one clear cell settles the doubtful ones */
    assert_close(value_of(s, COMMAS "x;a;2010;1,234\nx;a;2011;1,5\n"), 1.234, 0);
    assert_close(value_of(s, POINTS "x,a,2010,1.234\nx,a,2011,0.991\n"), 1.234, 0);
    assert_close(value_of(s, POINTS "x,a,2010,1234.567\n"), 1234.567, 0);
}

static void a_sign_that_may_mean_thousands_is_refused(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_text(s, COMMAS "x;a;2010;1.234\nx;a;2011;10.250\nx;a;2012;950\n"),
                     PT_EDATA);
    assert_said(&s->list, 0, 2, 10,
                "'1.234' can be read in two ways, like every number with '.' in this file: write "
                "1234 if it is in thousands, and 1.2340 if it has decimals");
    assert_int_equal(read_text(s, COMMAS "x;a;2010;10.000,5\nx;a;2011;1.000.000\nx;a;2012;1 000\n"),
                     PT_EDATA);
    assert_int_equal(s->list.count[PT_ERROR], 3);
    assert_said(&s->list, 1, 3, 10,
                "'1.000.000' has a thousands sign; write the number without it");
    assert_int_equal(read_text(s, COMMAS "x;a;2010;1,5\nx;a;2011;2,5\nx;a;2012;2.5\n"), PT_EDATA);
    assert_int_equal(s->list.items[0].place.line, 4);
}

static void missing_figures_are_no_observations(void **state)
{
    struct setup *s = *state;
    assert_int_equal(
        read_text(s, POINTS "x,a,2010,..\nx,a,2011,.\nx,a,2012,:\nx,a,2013,\nx,a,2014,-0.5\n"),
        PT_OK);
    const struct pt_observed *o = pt_data_find(s->data, "x", "a", "");
    assert_int_equal(o->n, 1);
    assert_close(o->observations[0].value, -0.5, 0);
}

static void numbers_are_exact_to_the_last_bit(void **state)
{
    struct setup *s = *state;
    assert_true(value_of(s, POINTS "x,a,2010,0.1\n") == 0.1);
    assert_true(value_of(s, POINTS "x,a,2010,123456.789012345\n") == 123456.789012345);
    assert_true(value_of(s, POINTS "x,a,2010,1234567890.12345678901\n") == 1234567890.12345678901);
    assert_true(value_of(s, POINTS "x,a,2010,2.5e-3\n") == 2.5e-3);
}

static void other_columns_are_named_in_one_notice(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_text(s, "kode,indicator,group,year,value,enhed\n1,x,a,2010,7,%\n"),
                     PT_OK);
    assert_int_equal(s->list.n, 1);
    assert_said(&s->list, 0, 1, 1, "columns that are not read: 'kode', 'enhed'");
}

static void wrong_rows_do_not_hide_the_good_ones(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_text(s, POINTS "x,a,2010,7\nx,a,2011,seven\nx,a,2012,9\n"), PT_EDATA);
    assert_int_equal(pt_data_find(s->data, "x", "a", "")->n, 2);
}

static void a_file_of_the_wrong_kind_is_given_up(void **state)
{
    struct setup *s = *state;
    size_t n = 5000;
    char *text = malloc(64 + n * 16);
    size_t used = (size_t)sprintf(text, POINTS);
    for (size_t i = 0; i < n; i++) {
        used += (size_t)sprintf(text + used, "x,a,b,c\n");
    }
    assert_int_equal(read_text(s, text), PT_EDATA);
    assert_true(s->list.count[PT_ERROR] < 1100);
    assert_int_equal(s->list.count[PT_WARNING], 1);
    free(text);
}

static void a_series_stays_in_one_file(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_text(s, POINTS "x,a,2010,7\n"), PT_OK);
    const char *more = scratch_write(&s->scratch, "b.csv", POINTS "x,a,2011,8\nx,a,2012,9\n");
    assert_int_equal(pt_data_read(s->data, more, &s->list, &s->err), PT_EDATA);
    assert_int_equal(s->list.count[PT_ERROR], 1);
    assert_int_equal(pt_data_find(s->data, "x", "a", "")->n, 1);
}

static void finds_each_of_many_series(void **state)
{
    struct setup *s = *state;
    size_t n = 3000, used = 0;
    char *text = malloc(64 + n * 64);
    used = (size_t)sprintf(text, "indicator,group,place,year,value\n");
    for (size_t i = 0; i < n; i++) {
        used += (size_t)sprintf(text + used, "x%zu,g%zu,p%zu,2010,%zu\n", i % 13, i % 7, i, i);
    }
    assert_int_equal(read_text(s, text), PT_OK);
    assert_int_equal(pt_data_count(s->data), n);
    for (size_t i = 0; i < n; i++) {
        char indicator[16], group[16], place[16];
        sprintf(indicator, "x%zu", i % 13);
        sprintf(group, "g%zu", i % 7);
        sprintf(place, "p%zu", i);
        const struct pt_observed *o = pt_data_find(s->data, indicator, group, place);
        assert_non_null(o);
        assert_close(o->observations[0].value, (double)i, 0);
    }
    free(text);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(keeps_series_apart_whose_rows_interleave),
        TEST(the_decimal_sign_is_judged_from_all_cells),
        TEST(a_sign_that_may_mean_thousands_is_refused),
        TEST(missing_figures_are_no_observations),
        TEST(numbers_are_exact_to_the_last_bit),
        TEST(other_columns_are_named_in_one_notice),
        TEST(wrong_rows_do_not_hide_the_good_ones),
        TEST(a_file_of_the_wrong_kind_is_given_up),
        TEST(a_series_stays_in_one_file),
        TEST(finds_each_of_many_series),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
