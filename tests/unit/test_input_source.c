#include "test_input_files.h"

#include <paritet/input.h>
#include <signal.h>
#include <sys/wait.h>

struct setup {
    struct scratch scratch;
    struct pt_diagnostics list;
    struct pt_source source;
    struct pt_error err;
};

static int setup(void **state)
{
    struct setup *s = calloc(1, sizeof *s);
    scratch_open(&s->scratch);
    pt_diagnostics_init(&s->list);
    *state = s;
    return 0;
}

static int teardown(void **state)
{
    struct setup *s = *state;
    pt_source_free(&s->source);
    pt_diagnostics_free(&s->list);
    scratch_close(&s->scratch);
    free(s);
    return 0;
}

static enum pt_status read_bytes(struct setup *s, enum pt_source_kind kind, const char *bytes,
                                 size_t length)
{
    const char *path = scratch_bytes(&s->scratch, "a.csv", bytes, length);
    return pt_source_read(path, kind, &s->source, &s->list, &s->err);
}

static void strips_the_byte_order_mark_and_hashes_the_raw_bytes(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_bytes(s, PT_SOURCE_CSV, "\357\273\277abc", 6), PT_OK);
    assert_string_equal(s->source.text, "abc");
    assert_int_equal(s->source.length, 3);
    /* printf '\xef\xbb\xbfabc' | sha256sum */
    assert_string_equal(s->source.sha256,
                        "1c28dc3f1f804a1ad9c9b4b4cf5e2658d16ad4ed08e3020d04a8d2865018947c");
}

static void reads_windows_1252_with_a_notice(void **state)
{
    struct setup *s = *state;
    /* ae in Latin letters, and the dash and euro that only Windows-1252 has */
    assert_int_equal(read_bytes(s, PT_SOURCE_CSV, "a\nk\346r \226 \200\n", 10), PT_OK);
    assert_string_equal(s->source.text, "a\nk\303\246r \342\200\223 \342\202\254\n");
    assert_int_equal(s->list.count[PT_NOTICE], 1);
    assert_said(&s->list, 0, 2, 2, "not UTF-8 from here on, so the file is read as Windows-1252");
}

static void refuses_utf_8_with_one_broken_byte(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_bytes(s, PT_SOURCE_CSV, "\303\246\303\270\n\346", 6), PT_EDATA);
    assert_said(&s->list, 0, 2, 1,
                "byte 230 is neither UTF-8 nor Windows-1252 text; save the file as UTF-8");
}

static void refuses_what_is_no_text(void **state)
{
    struct setup *s = *state;
    assert_int_equal(read_bytes(s, PT_SOURCE_CSV, "a,b\n1,\0\n", 8), PT_EDATA);
    assert_int_equal(s->list.items[0].place.line, 2);
    assert_int_equal(s->list.items[0].place.column, 3);
    assert_int_equal(read_bytes(s, PT_SOURCE_CSV, "PK\003\004", 4), PT_EDATA);
    assert_int_equal(read_bytes(s, PT_SOURCE_YAML, "\037\213\010", 3), PT_EDATA);
    assert_int_equal(read_bytes(s, PT_SOURCE_YAML, " \n\n", 3), PT_EDATA);
    assert_int_equal(s->list.count[PT_ERROR], 4);
    assert_null(s->source.text);
}

static void a_file_that_is_not_there_cannot_be_opened(void **state)
{
    struct setup *s = *state;
    assert_int_equal(pt_source_read("/nowhere/x.csv", PT_SOURCE_CSV, &s->source, &s->list, &s->err),
                     PT_EOPEN);
    assert_int_equal(pt_source_read("/", PT_SOURCE_CSV, &s->source, &s->list, &s->err), PT_EOPEN);
    assert_int_equal(s->list.n, 0);
}

static void columns_count_characters_and_stop_at_the_end_of_the_line(void **state)
{
    struct setup *s = *state;
    const char text[] = "\303\246\303\270,b\r\nnext";
    assert_int_equal(read_bytes(s, PT_SOURCE_CSV, text, strlen(text)), PT_OK);
    struct pt_spot spot = pt_spot_make(&s->source, 0, 1, 5, 99);
    assert_int_equal(spot.column, 4);
    assert_int_equal(spot.width, 1);
    assert_int_equal(pt_line_next(&s->source, 0), 8);
    struct pt_place place = pt_spot_place(&spot);
    place.line = 2;
    assert_int_equal(pt_spot_of(&s->source, &place).line_at, 8);
}

/* Another process appends without end; the first readings may come before it starts. */
static void a_file_that_grows_while_it_is_read_is_refused(void **state)
{
    struct setup *s = *state;
    char said[300], expected[300];
    const char *path = scratch_write(&s->scratch, "a.csv", "a\n");
    pid_t writer = fork();
    if (writer == 0) {
        FILE *file = fopen(path, "a");
        while (file != NULL && ftell(file) < 64 << 20) {
            fputs("a\n", file);
            fflush(file);
        }
        _exit(0);
    }
    enum pt_status status = PT_OK;
    while (status == PT_OK && waitpid(writer, NULL, WNOHANG) == 0) {
        pt_source_free(&s->source);
        s->source = (struct pt_source){ .text = NULL };
        status = pt_source_read(path, PT_SOURCE_CSV, &s->source, &s->list, &s->err);
    }
    kill(writer, SIGKILL);
    waitpid(writer, NULL, 0);
    assert_int_equal(status, PT_EOPEN);
    pt_message_print(&s->err.message, NULL, said, sizeof said);
    snprintf(expected, sizeof expected, "'%s' was changed while it was read; run paritet again",
             path);
    assert_string_equal(said, expected);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(strips_the_byte_order_mark_and_hashes_the_raw_bytes, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(reads_windows_1252_with_a_notice, setup, teardown),
        cmocka_unit_test_setup_teardown(refuses_utf_8_with_one_broken_byte, setup, teardown),
        cmocka_unit_test_setup_teardown(refuses_what_is_no_text, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_that_is_not_there_cannot_be_opened, setup, teardown),
        cmocka_unit_test_setup_teardown(a_file_that_grows_while_it_is_read_is_refused, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(columns_count_characters_and_stop_at_the_end_of_the_line,
                                        setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
