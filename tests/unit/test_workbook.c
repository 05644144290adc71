#include "support/pt_test.h"

#include <locale.h>
#include <math.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include <paritet/output.h>

#include "test_simulate_models.h"

/* A run of one real indicator, and its facts. */
struct made {
    struct pt_model *model;
    struct pt_run *run;
    struct pt_arena *arena;
    struct pt_facts facts;
    char folder[32], path[64];
};

static int set_up(void **state)
{
    static struct made made;
    struct pt_run_options options = options_of(300);
    made = (struct made){ .folder = "/tmp/test_workbook_XXXXXX" };
    options.indicator = "employment-ratio";
    options.attribution = options.groups = true;
    made.model = model_of("models/copenhagen.yaml");
    made.run = run_of(made.model, NULL, 0, options);
    made.arena = pt_arena_new();
    assert_int_equal(pt_facts_make(made.run, made.arena, &made.facts, NULL), PT_OK);
    assert_non_null(mkdtemp(made.folder));
    snprintf(made.path, sizeof made.path, "%s/book.xlsx", made.folder);
    *state = &made;
    return 0;
}

static int tear_down(void **state)
{
    struct made *made = *state;
    unlink(made->path);
    /* nothing else was left there */
    assert_int_equal(rmdir(made->folder), 0);
    pt_arena_free(made->arena);
    pt_run_free(made->run);
    pt_model_free(made->model);
    return 0;
}

static struct pt_buffer bytes_of(const char *path)
{
    struct pt_buffer bytes = { 0 };
    char block[4096];
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    for (size_t n; (n = fread(block, 1, sizeof block, file)) > 0;) {
        pt_buffer_add(&bytes, block, n);
    }
    fclose(file);
    return bytes;
}

static struct pt_buffer written(struct made *made, const char *language)
{
    const struct pt_look look = { .language = pt_language_find(language) };
    struct pt_error err;
    if (pt_workbook_write(&made->facts, &look, made->path, &err) != PT_OK) {
        fail_msg("%s", err.message.id);
    }
    return bytes_of(made->path);
}

static void assert_same(const struct pt_buffer *a, const struct pt_buffer *b)
{
    assert_int_equal(a->n, b->n);
    assert_memory_equal(a->bytes, b->bytes, a->n);
}

/* ------------------------------------------------------------------ parts of a zip archive */

static size_t number(const char *bytes, size_t n)
{
    size_t value = 0;
    for (size_t i = n; i > 0; i--) {
        value = value << 8 | (unsigned char)bytes[i - 1];
    }
    return value;
}

/* The text of a part (APPNOTE 6.3.10, 4.3.7 and 4.3.12), to be freed. */
static char *part_of(const struct pt_buffer *zip, const char *name)
{
    const char *end = zip->bytes + zip->n - 22, *entry = zip->bytes + number(end + 16, 4);
    for (size_t i = number(end + 10, 2); i > 0; i--) {
        size_t n_name = number(entry + 28, 2);
        if (n_name == strlen(name) && memcmp(entry + 46, name, n_name) == 0) {
            size_t size = number(entry + 24, 4);
            const char *local = zip->bytes + number(entry + 42, 4);
            char *text = calloc(1, size + 1);
            z_stream stream = { .avail_in = (uInt)number(entry + 20, 4),
                                .next_out = (Bytef *)text,
                                .avail_out = (uInt)size };
            stream.next_in =
                (Bytef *)(uintptr_t)(local + 30 + number(local + 26, 2) + number(local + 28, 2));
            assert_int_equal(inflateInit2(&stream, -MAX_WBITS), Z_OK);
            assert_int_equal(inflate(&stream, Z_FINISH), Z_STREAM_END);
            inflateEnd(&stream);
            return text;
        }
        entry += 46 + n_name + number(entry + 30, 2) + number(entry + 32, 2);
    }
    fail_msg("no part %s", name);
    return NULL;
}

static void assert_holds(const char *text, const char *what)
{
    if (strstr(text, what) == NULL) {
        fail_msg("there is no %s", what);
    }
}

static void assert_lacks(const char *text, const char *what)
{
    if (strstr(text, what) != NULL) {
        fail_msg("there is %s", what);
    }
}

/* ------------------------------------------------------------------ bytes */

static void the_same_run_gives_the_same_bytes(void **state)
{
    struct made *made = *state;
    struct pt_buffer one = written(made, "en");
    sleep(2); /* a zip archive counts time in steps of two seconds */
    setenv("TZ", "Asia/Tokyo", 1);
    struct pt_buffer two = written(made, "en"), danish = written(made, "da");
    assert_same(&one, &two);
    assert_true(one.n != danish.n || memcmp(one.bytes, danish.bytes, one.n) != 0);
    pt_buffer_free(&one);
    pt_buffer_free(&two);
    pt_buffer_free(&danish);
}

/* Its printf writes decimal commas then, which are no numbers in a workbook. */
static void a_danish_locale_changes_nothing(void **state)
{
    locale_t danish = newlocale(LC_ALL_MASK, "da_DK.UTF-8", (locale_t)0);
    if (danish == (locale_t)0) {
        pt_skip("a Danish locale");
    }
    struct made *made = *state;
    struct pt_buffer plain = written(made, "da");
    locale_t before = uselocale(danish);
    char comma[8];
    snprintf(comma, sizeof comma, "%.1f", 0.5);
    struct pt_buffer other = written(made, "da");
    assert_string_equal(comma, "0,5");
    /* and it is still the caller's */
    assert_true(uselocale(before) == danish);
    freelocale(danish);
    assert_same(&plain, &other);
    pt_buffer_free(&plain);
    pt_buffer_free(&other);
}

/* ------------------------------------------------------------------ failures */

static void a_folder_that_is_not_there_is_said(void **state)
{
    struct made *made = *state;
    const struct pt_look look = { 0 };
    struct pt_error err;
    assert_int_equal(pt_workbook_write(&made->facts, &look, "/nowhere/at/all.xlsx", &err),
                     PT_ECREATE);
}

/* A disk that is full from some byte on: a workbook as it should be, or an error and the old file. */
static void a_full_disk_leaves_the_old_workbook(void **state)
{
    struct made *made = *state;
    const struct pt_look look = { 0 };
    struct pt_buffer whole = written(made, "en");
    struct rlimit before, limit;
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &before), 0);
    signal(SIGXFSZ, SIG_IGN);
    int saved = dup(STDERR_FILENO); /* the library says there what the system told it */
    size_t failed = 0;
    for (size_t size = 1000; size < whole.n + 40000; size += 7001) {
        struct pt_error err;
        assert_int_equal(pt_file_write(made->path, "old", 3, NULL), PT_OK);
        limit = before;
        limit.rlim_cur = size;
        assert_non_null(freopen("/dev/null", "w", stderr));
        assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
        enum pt_status status = pt_workbook_write(&made->facts, &look, made->path, &err);
        setrlimit(RLIMIT_FSIZE, &before);
        dup2(saved, STDERR_FILENO);
        struct pt_buffer left = bytes_of(made->path);
        if (status == PT_OK) {
            assert_same(&left, &whole);
        } else {
            assert_int_equal(status, PT_EWRITE);
            assert_int_equal(left.n, 3);
            failed++;
        }
        pt_buffer_free(&left);
    }
    close(saved);
    assert_true(failed > 2);
    pt_buffer_free(&whole);
}

/* ------------------------------------------------------------------ cells */

/* The facts with one table of these cells in place of all others. */
static struct pt_buffer table_written(struct made *made, const struct pt_cell *cells, size_t n,
                                      const char *title)
{
    static const struct pt_column column[] = { { "x", "x", 1 } };
    const struct pt_table table = { .name = "odd",
                                    .title = title,
                                    .n_columns = 1,
                                    .columns = column,
                                    .n_rows = n,
                                    .cells = cells };
    struct pt_facts kept = made->facts;
    made->facts.n_tables = 1;
    made->facts.tables = made->facts.for_people = &table;
    struct pt_buffer bytes = written(made, "en");
    made->facts = kept;
    return bytes;
}
#define TEXT(t)                           \
    {                                     \
        .kind = PT_CELL_TEXT, .text = (t) \
    }

/* Data and assumptions are sheets 1 and 2, so the table is sheet 3. */
static void hostile_texts_are_texts(void **state)
{
    static const struct pt_cell cells[] = {
        TEXT("=cmd|' /C calc'!A0"),
        TEXT("+1+1"),
        TEXT("@SUM(1)"),
        TEXT("-2"),
        TEXT("<script>&"),
        TEXT("a\x01"
             "b\x1b[31mc\x7f\n\td"),
        TEXT("_x0041_"),
        TEXT("bad \xff\xfe"),
        TEXT("\xef\xbf\xbf\xe2\x80\xae"
             "rtl"),
    };
    struct made *made = *state;
    struct pt_buffer bytes = table_written(made, cells, sizeof cells / sizeof *cells, "Odd");
    char *strings = part_of(&bytes, "xl/sharedStrings.xml");
    char *sheet = part_of(&bytes, "xl/worksheets/sheet3.xml");
    assert_holds(strings, "<t>=cmd|' /C calc'!A0</t>");
    assert_holds(strings, "<t>+1+1</t>");
    assert_holds(strings, "<t>@SUM(1)</t>");
    assert_holds(strings, "<t>-2</t>");
    assert_holds(strings, "<t>&lt;script&gt;&amp;</t>");
    assert_holds(strings, "<t>a b [31mc   d</t>");
    /* ECMA-376 part 1, 22.9.2.19: the underscore is escaped, so that it is not taken for one */
    assert_holds(strings, "<t>_x005F_x0041_</t>");
    assert_holds(strings, "\xEF\xBF\xBD");
    assert_lacks(strings, "\xEF\xBF\xBF");
    assert_lacks(strings, "\xE2\x80\xAE");
    assert_lacks(sheet, "<f>");
    free(strings);
    free(sheet);
    pt_buffer_free(&bytes);
}

static void what_is_not_finite_is_an_empty_cell(void **state)
{
    static const struct pt_cell cells[] = {
        { .kind = PT_CELL_AMOUNT, .value = NAN, .error = 1 },
        { .kind = PT_CELL_AMOUNT, .value = INFINITY, .error = NAN },
        { .kind = PT_CELL_AMOUNT, .value = -INFINITY },
        { .kind = PT_CELL_CHANCE, .value = NAN },
        { .kind = PT_CELL_COUNT, .value = NAN },
        { .kind = PT_CELL_TRACE },
    };
    struct made *made = *state;
    struct pt_buffer bytes = table_written(made, cells, 6, "Odd");
    char *sheet = part_of(&bytes, "xl/worksheets/sheet3.xml");
    assert_lacks(sheet, "nan");
    assert_lacks(sheet, "inf");
    /* the title and the heading, and not one number */
    assert_holds(sheet, "<c r=\"A4\"");
    assert_lacks(sheet, "<c r=\"A5\"");
    free(sheet);
    pt_buffer_free(&bytes);
}

/* From pt_cell_print: 12.7 of error leaves tens, .0453 three decimals. */
static void numbers_show_what_their_error_defends(void **state)
{
    static const struct pt_cell cells[] = {
        { .kind = PT_CELL_AMOUNT, .value = 1.0312345678, .error = 0.0453 },
        { .kind = PT_CELL_AMOUNT, .value = 1234.56, .error = 127 },
        { .kind = PT_CELL_CHANCE, .value = 0.0003, .error = 0.0001 },
        { .kind = PT_CELL_CHANCE, .value = 0.9996, .error = 0.0001 },
        { .kind = PT_CELL_CHANCE, .value = 0.31, .error = 0.04 },
        { .kind = PT_CELL_YEAR, .year = 2037 },
        { .kind = PT_CELL_YEAR, .year = PT_YEAR_NEVER },
    };
    struct made *made = *state;
    struct pt_buffer bytes = table_written(made, cells, 7, "Odd");
    char *sheet = part_of(&bytes, "xl/worksheets/sheet3.xml");
    char *styles = part_of(&bytes, "xl/styles.xml");
    char *strings = part_of(&bytes, "xl/sharedStrings.xml");
    assert_holds(sheet, "<v>1.031235</v>"); /* the seven digits of CSV */
    assert_holds(sheet, "<v>1230</v>");
    assert_holds(sheet, "<v>0.0003</v>");
    assert_holds(sheet, "<v>2037</v>");
    assert_holds(styles, "formatCode=\"0.000\"");
    assert_holds(styles, "[&gt;=0.005]0 %;[&gt;0]&quot;&lt;1 %&quot;;0 %");
    assert_holds(styles, "[&lt;0.995]0 %;[&lt;1]&quot;&gt;99 %&quot;;0 %");
    assert_holds(styles, "[&lt;0.25]0 %;[&lt;0.35]&quot;30 %&quot;;0 %");
    assert_holds(strings, "<t>never</t>");
    free(sheet);
    free(styles);
    free(strings);
    pt_buffer_free(&bytes);
}

/* Excel takes 32,767 UTF-16 units in a cell, and 31 in the name of a sheet. */
static void what_is_too_long_is_cut_with_a_word(void **state)
{
    struct made *made = *state;
    char *longest = malloc(4 * 20000 + 1);
    for (size_t i = 0; i < 20000; i++) {
        memcpy(longest + 4 * i, "\xF0\x9F\x98\x80", 4); /* one character, two units */
    }
    longest[4 * 20000] = '\0';
    const struct pt_cell cells[] = { TEXT(longest) };
    struct pt_buffer bytes = table_written(made, cells, 1,
                                           "'A: name / with [what] a? name \\*"
                                           " must not have'");
    char *strings = part_of(&bytes, "xl/sharedStrings.xml");
    char *book = part_of(&bytes, "xl/workbook.xml");
    const char *cut = strstr(strings, " … (cut)</t>");
    assert_non_null(cut);
    size_t units = 2 * (size_t)(cut - strstr(strings, "\xF0\x9F\x98\x80")) / 4 + strlen(" . (cut)");
    assert_in_range(units, 32760, 32767);
    assert_holds(book, "<sheet name=\"A  name   with  what  a  name\" sheetId=\"3\"");
    free(longest);
    free(strings);
    free(book);
    pt_buffer_free(&bytes);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_same_run_gives_the_same_bytes),
        cmocka_unit_test(a_danish_locale_changes_nothing),
        cmocka_unit_test(a_folder_that_is_not_there_is_said),
        cmocka_unit_test(a_full_disk_leaves_the_old_workbook),
        cmocka_unit_test(hostile_texts_are_texts),
        cmocka_unit_test(what_is_not_finite_is_an_empty_cell),
        cmocka_unit_test(numbers_show_what_their_error_defends),
        cmocka_unit_test(what_is_too_long_is_cut_with_a_word),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
