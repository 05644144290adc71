#include "support/pt_test.h"

#include <fcntl.h>
#include <paritet/output.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* A fresh folder that the test starts in. */
static int enter(void **state)
{
    char *folder = strdup("/tmp/paritet-files-XXXXXX");
    *state = folder;
    return mkdtemp(folder) == NULL || chdir(folder) != 0;
}

static int leave(void **state)
{
    char command[64];
    snprintf(command, sizeof command, "rm -rf %s", (char *)*state);
    int failed = chdir("/") != 0 || system(command) != 0;
    free(*state);
    return failed;
}

static void holds(const char *path, const char *expected)
{
    char text[64];
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t n = fread(text, 1, sizeof text - 1, file);
    text[n] = '\0';
    fclose(file);
    assert_string_equal(text, expected);
}

static size_t count_files(void)
{
    FILE *list = popen("ls -A | wc -l", "r");
    unsigned n = 0;
    assert_int_equal(fscanf(list, "%u", &n), 1);
    pclose(list);
    return n;
}

static void fails(enum pt_status expected, const char *path, const char *message)
{
    struct pt_error err;
    char text[256];
    assert_int_equal(pt_file_write(path, "x", 1, &err), expected);
    pt_message_print(&err.message, NULL, text, sizeof text);
    assert_string_equal(text, message);
}

static void writes_a_file_and_leaves_nothing_else(void **state)
{
    (void)state;
    struct pt_error err;
    assert_int_equal(pt_file_write("æ.csv", "a,b\n", 4, &err), PT_OK);
    assert_int_equal(pt_file_write("æ.csv", "c\n", 2, &err), PT_OK);
    holds("æ.csv", "c\n");
    assert_int_equal(count_files(), 1);
    assert_int_equal(pt_file_write("empty", NULL, 0, &err), PT_OK);
    holds("empty", "");
}

static void write_text(const char *path)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("half a tab", file);
    fclose(file);
}

/* What a killed run left is removed; what is being written, is called otherwise or belongs to another
 * file is not. */
static void clears_away_what_a_killed_run_left(void **state)
{
    (void)state;
    struct pt_error err;
    static const char *const others[] = {
        ".a.csv.12-3.tmp.bak", ".a.csv.x-3.tmp",  ".a.csv.12.tmp",
        ".a.csv.-3.tmp",       ".b.csv.12-3.tmp", "a.csv.12-3.tmp"
    };
    write_text(".a.csv.12-0.tmp");
    write_text(".a.csv.999999-17.tmp");
    write_text(".a.csv.5-5.tmp");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        write_text(others[i]);
    }
    int live = open(".a.csv.5-5.tmp", O_WRONLY);
    assert_true(live >= 0 && flock(live, LOCK_EX) == 0);
    assert_int_equal(pt_file_write("a.csv", "1", 1, &err), PT_OK);
    assert_int_equal(access(".a.csv.12-0.tmp", F_OK), -1);
    assert_int_equal(access(".a.csv.999999-17.tmp", F_OK), -1);
    holds(".a.csv.5-5.tmp", "half a tab");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        holds(others[i], "half a tab");
    }
    close(live);
    assert_int_equal(pt_file_write("a.csv", "2", 1, &err), PT_OK);
    assert_int_equal(access(".a.csv.5-5.tmp", F_OK), -1);
    holds("a.csv", "2");
}

static void keeps_the_permissions_of_the_old_file(void **state)
{
    (void)state;
    struct pt_error err;
    struct stat status;
    assert_int_equal(pt_file_write("a", "1", 1, &err), PT_OK);
    assert_int_equal(chmod("a", 0604), 0);
    assert_int_equal(pt_file_write("a", "2", 1, &err), PT_OK);
    assert_int_equal(stat("a", &status), 0);
    assert_int_equal(status.st_mode & 0777, 0604);
}

static void follows_a_link_to_the_file_meant(void **state)
{
    (void)state;
    struct pt_error err;
    struct stat status;
    assert_int_equal(mkdir("deep", 0777), 0);
    assert_int_equal(pt_file_write("deep/a", "1", 1, &err), PT_OK);
    assert_int_equal(symlink("deep/a", "link"), 0);
    assert_int_equal(pt_file_write("link", "2", 1, &err), PT_OK);
    holds("deep/a", "2");
    assert_int_equal(lstat("link", &status), 0);
    assert_true(S_ISLNK(status.st_mode));
}

static void says_why_a_file_cannot_be_created(void **state)
{
    (void)state;
    assert_int_equal(mkdir("folder", 0777), 0);
    fails(PT_ECREATE, "no/such/a.csv", "cannot create 'no/such/a.csv': its folder does not exist");
    fails(PT_ECREATE, "folder", "cannot create 'folder': it is a folder");
    fails(PT_ECREATE, "folder/", "cannot create 'folder/': it is a folder");
}

static void writes_through_devices_and_survives_full_ones(void **state)
{
    (void)state;
    struct pt_error err;
    struct stat status;
    assert_int_equal(pt_file_write("/dev/null", "x", 1, &err), PT_OK);
    fails(PT_EWRITE, "/dev/full", "cannot write '/dev/full': there is no space left");
    assert_int_equal(stat("/dev/full", &status), 0);
    assert_true(S_ISCHR(status.st_mode));
}

static void a_buffer_grows_and_stays_terminated(void **state)
{
    (void)state;
    struct pt_buffer buffer = { .bytes = NULL };
    for (int i = 0; i < 1013; i++) {
        pt_buffer_printf(&buffer, "%d,", i % 7);
    }
    assert_int_equal(buffer.n, 2026);
    assert_int_equal(strlen(buffer.bytes), 2026);
    pt_buffer_text(&buffer, "end");
    assert_string_equal(buffer.bytes + 2026, "end");
    pt_buffer_free(&buffer);
    assert_null(buffer.bytes);
    assert_int_equal(buffer.n, 0);
}

static void a_failed_buffer_takes_no_more(void **state)
{
    (void)state;
    struct pt_buffer buffer = { .bytes = NULL };
    pt_buffer_text(&buffer, "abc");
    buffer.failed = true;
    pt_buffer_text(&buffer, "def");
    pt_buffer_printf(&buffer, "%d", 7);
    assert_string_equal(buffer.bytes, "abc");
    pt_buffer_free(&buffer);
}

static void a_message_is_said_in_the_language(void **state)
{
    (void)state;
    struct pt_buffer buffer = { .bytes = NULL };
    pt_buffer_say(&buffer, pt_language_find("da"),
                  PT_N("the gap closes around %d at the earliest."), 2037);
    assert_string_equal(buffer.bytes, "gabet lukkes tidligst omkring 2037.");
    pt_buffer_free(&buffer);
}

static void a_message_longer_than_the_stack_is_whole(void **state)
{
    (void)state;
    struct pt_buffer buffer = { .bytes = NULL };
    pt_buffer_say(&buffer, NULL, "%500d%500d%500d.", 3, 5, 7);
    assert_int_equal(buffer.n, 1501);
    assert_string_equal(buffer.bytes + 1499, "7.");
    pt_buffer_free(&buffer);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(writes_a_file_and_leaves_nothing_else, enter, leave),
        cmocka_unit_test_setup_teardown(clears_away_what_a_killed_run_left, enter, leave),
        cmocka_unit_test_setup_teardown(keeps_the_permissions_of_the_old_file, enter, leave),
        cmocka_unit_test_setup_teardown(follows_a_link_to_the_file_meant, enter, leave),
        cmocka_unit_test_setup_teardown(says_why_a_file_cannot_be_created, enter, leave),
        cmocka_unit_test_setup_teardown(writes_through_devices_and_survives_full_ones, enter,
                                        leave),
        cmocka_unit_test(a_buffer_grows_and_stays_terminated),
        cmocka_unit_test(a_failed_buffer_takes_no_more),
        cmocka_unit_test(a_message_is_said_in_the_language),
        cmocka_unit_test(a_message_longer_than_the_stack_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
