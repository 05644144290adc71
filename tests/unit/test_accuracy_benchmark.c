#include "support/pt_test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <zlib.h>

#include <paritet/input.h>

struct reading {
    char path[64];
    struct pt_diagnostics list;
    struct pt_benchmark *benchmark;
    enum pt_status status;
};

/* Writes bytes to a file, reads it, removes it. */
static void read_bytes(struct reading *r, const void *bytes, size_t n)
{
    strcpy(r->path, "/tmp/paritet-benchmark-XXXXXX");
    int fd = mkstemp(r->path);
    assert_true(fd >= 0);
    assert_int_equal(write(fd, bytes, n), n);
    close(fd);
    pt_diagnostics_init(&r->list);
    r->benchmark = NULL;
    r->status = pt_benchmark_read(r->path, &r->benchmark, &r->list, NULL);
    unlink(r->path);
}

static void read_text(struct reading *r, const char *text)
{
    read_bytes(r, text, strlen(text));
}

static void done(struct reading *r)
{
    pt_benchmark_free(r->benchmark);
    pt_diagnostics_free(&r->list);
}

/* The only diagnostic, and where. */
static void assert_said(const struct reading *r, size_t line, size_t column, const char *text)
{
    char said[512];
    assert_int_equal(r->status, PT_EDATA);
    assert_null(r->benchmark);
    assert_int_equal(r->list.n, 1);
    assert_int_equal(r->list.items[0].place.line, line);
    assert_int_equal(r->list.items[0].place.column, column);
    pt_message_print(&r->list.items[0].message, NULL, said, sizeof said);
    assert_string_equal(said, text);
}

static const char two_series[] = "series,t,value,part,category\n"
                                 "a,2001,12.385,train,x\n"
                                 "b,2003,-7,train,y\n"
                                 "a,2002,13.2,train,x\n"
                                 "b,2005,8.25,test,y\n"
                                 "a,2003,1e2,test,x\n";

static void assert_two_series(const struct reading *r)
{
    assert_int_equal(r->status, PT_OK);
    assert_int_equal(r->benchmark->n, 2);
    const struct pt_benchmark_series *a = &r->benchmark->series[0], *b = a + 1;
    assert_string_equal(a->id, "a");
    assert_string_equal(b->category, "y");
    assert_int_equal(a->n, 3);
    assert_int_equal(a->n_train, 2);
    assert_int_equal(a->decimals, 3);
    assert_int_equal(a->year[2], 2003);
    assert_close(a->y[0], 12.385, 1e-15);
    assert_close(a->y[2], 100, 1e-15);
    assert_int_equal(b->n, 2);
    assert_int_equal(b->year[1], 2005);
    assert_close(b->y[0], -7, 1e-15);
}

static void rows_may_be_mixed(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, two_series);
    assert_two_series(&r);
    done(&r);
}

static void a_compressed_file_reads_the_same(void **state)
{
    (void)state;
    char path[] = "/tmp/paritet-benchmark-XXXXXX", packed[1024];
    int fd = mkstemp(path);
    gzFile out = gzdopen(fd, "wb");
    assert_int_equal(gzwrite(out, two_series, strlen(two_series)), strlen(two_series));
    gzclose(out);
    FILE *in = fopen(path, "rb");
    size_t n = fread(packed, 1, sizeof packed, in);
    fclose(in);
    unlink(path);
    struct reading r;
    read_bytes(&r, packed, n);
    assert_two_series(&r);
    done(&r);
    read_bytes(&r, packed, n - 9);
    assert_int_equal(r.status, PT_EDATA);
    assert_null(r.benchmark);
    done(&r);
}

static void a_category_is_not_needed(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "series;t;value;part\na;18;1.5;train\na;19;2.5;test\n");
    assert_int_equal(r.status, PT_OK);
    assert_string_equal(r.benchmark->series[0].category, "");
    assert_int_equal(r.benchmark->series[0].year[0], 18);
    done(&r);
}

static void wrong_rows_are_told_with_their_place(void **state)
{
    (void)state;
    static const struct {
        const char *row;
        size_t column;
        const char *said;
    } cases[] = {
        { "a,2002.5,1,train,x", 3,
          "'2002.5' is not a year or another whole number from 0 to 9999" },
        { "a,2002,1,5,train,x", 14, NULL },
        { "a,2002,n/a,train,x", 8,
          "'n/a' is not a number; write it with a decimal point, and leave out the row of a "
          "missing figure" },
        { "a,2002,1,future,x", 10, "'future' is neither 'train' nor 'test'" },
        { ",2002,1,train,x", 1, "no name of a series here" },
        { "a,2001,1,train,x", 3,
          "2001 after 2001 in series 'a'; write its years in order, each once" },
        { "a,2002,1,train,z", 16, "series 'a' was in category 'x' before" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[256];
        struct reading r;
        snprintf(text, sizeof text, "series,t,value,part,category\na,2001,12.385,train,x\n%s\n",
                 cases[i].row);
        read_text(&r, text);
        if (cases[i].said) {
            assert_said(&r, 3, cases[i].column, cases[i].said);
        } else {
            assert_int_equal(r.status, PT_EDATA);
        }
        done(&r);
    }
}

static void train_does_not_follow_test(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "series,t,value,part\na,2001,1,test\na,2002,1,train\n");
    assert_said(&r, 3, 10, "'train' after 'test' in series 'a'; what is known comes first");
    done(&r);
}

static void a_missing_column_is_named(void **state)
{
    (void)state;
    struct reading r;
    read_text(&r, "series,t,value\na,2001,1\n");
    assert_said(&r, 1, 1,
                "there is no column 'part'; the first line of a benchmark file is "
                "series,t,value,part or series,t,value,part,category");
    done(&r);
}

static void many_series_keep_their_order(void **state)
{
    (void)state;
    struct reading r;
    char *text = malloc(64 * 5000), *at = text;
    at += sprintf(at, "series,t,value,part\n");
    for (int pass = 0; pass < 2; pass++) {
        for (int i = 0; i < 3000; i++) {
            at += sprintf(at, "S%05d,%d,%d.5,%s\n", i * 7919 % 3000, 2001 + pass, i,
                          pass ? "test" : "train");
        }
    }
    read_text(&r, text);
    assert_int_equal(r.status, PT_OK);
    assert_int_equal(r.benchmark->n, 3000);
    assert_string_equal(r.benchmark->series[2].id, "S00838"); /* 15838 mod 3000 */
    assert_close(r.benchmark->series[2].y[1], 2.5, 1e-15);
    done(&r);
    free(text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_may_be_mixed),
        cmocka_unit_test(a_compressed_file_reads_the_same),
        cmocka_unit_test(a_category_is_not_needed),
        cmocka_unit_test(wrong_rows_are_told_with_their_place),
        cmocka_unit_test(train_does_not_follow_test),
        cmocka_unit_test(a_missing_column_is_named),
        cmocka_unit_test(many_series_keep_their_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
