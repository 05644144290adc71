#include "support/pt_test.h"

#include <fcntl.h>
#include <paritet/output.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/folder/swap.h"

/* Each test starts in a fresh folder. */
static int enter(void **state)
{
    char *folder = strdup("/tmp/paritet-folder-XXXXXX");
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

static void put(const char *path, const char *text)
{
    struct pt_error err;
    assert_int_equal(pt_file_write(path, text, strlen(text), &err), PT_OK);
}

static void run(const char *command)
{
    assert_int_equal(system(command), 0);
}

static void prints(const char *command, const char *expected)
{
    char text[4096];
    FILE *file = popen(command, "r");
    size_t n = fread(text, 1, sizeof text - 1, file);
    text[n] = '\0';
    assert_int_equal(pclose(file), 0);
    assert_string_equal(text, expected);
}

static const char *const arguments[] = { "paritet", "report", "mødel.yaml" };
/* the second one is Latin-1 */
static const char *const paths[] = { "scenarios/b.yaml", "models/\xE6.yaml" };
static const char *const sums[] = { "bb", "aa" };
static const struct pt_provenance provenance = {
    .version = "0.1.3",
    .n_arguments = 3,
    .arguments = arguments,
    .seed = 20140213,
    .draws = 20000,
    .horizon = 2060,
    .language = "da",
    .n_inputs = 2,
    .input_paths = paths,
    .input_sha256 = sums,
};

/* A run that makes two files; `text` tells runs apart. Says its notices, or its error. */
static enum pt_status report(const char *path, const char *text, char said[1024])
{
    struct pt_folder *folder;
    struct pt_diagnostics list;
    struct pt_error err;
    pt_diagnostics_init(&list);
    enum pt_status status = pt_folder_open(path, &folder, &err);
    if (status == PT_OK) {
        assert_int_equal(pt_folder_add(folder, "plots/a.gp", text, strlen(text), &err), PT_OK);
        assert_int_equal(pt_folder_add(folder, "parity.csv", "x\n", 2, &err), PT_OK);
        status = pt_folder_close(folder, &provenance, &list, &err);
    }
    said[0] = '\0';
    for (size_t i = 0; i < list.n; i++) {
        assert_int_equal(list.items[i].severity, PT_NOTICE);
        size_t n = strlen(said);
        pt_message_print(&list.items[i].message, NULL, said + n, 1024 - n);
        strcat(said, "\n");
    }
    if (status != PT_OK) {
        pt_message_print(&err.message, NULL, said, 1024);
    }
    pt_diagnostics_free(&list);
    return status;
}

static void reports(const char *path, const char *text, const char *expected)
{
    char said[1024];
    enum pt_status status = report(path, text, said);
    assert_string_equal(said, expected);
    assert_int_equal(status, PT_OK);
}

static void refuses(const char *path, const char *expected)
{
    char said[1024];
    assert_int_equal(report(path, "1", said), PT_ECREATE);
    assert_string_equal(said, expected);
}

#define NOT_AS_LEFT  " is not as the last run left it; your version is kept as "
#define LIST(folder) "cd " folder " && find . -mindepth 1 | sed 's|^./||' | LC_ALL=C sort"
static const char *const made = "manifest.json\nparity.csv\nplots\nplots/a.gp\n";

static void a_report_is_whole_and_alone(void **state)
{
    (void)state;
    reports("out/deep/report", "1", "");
    prints(LIST("out/deep/report"), made);
    prints("ls -A out/deep", "report\n");
    reports("out/deep/report/", "2", "");
    prints(LIST("out/deep/report"), made);
    prints("ls -A out/deep", "report\n");
    prints("cat out/deep/report/plots/a.gp", "2");
}

static void an_empty_folder_is_taken(void **state)
{
    (void)state;
    run("mkdir -m 0750 out");
    reports("out", "1", "");
    prints(LIST("out"), made);
    prints("stat -c %a out", "750\n");
}

static void the_manifest_holds_no_accidents(void **state)
{
    (void)state;
    reports("out", "1", "");
    prints("cat out/manifest.json",
           "{\n"
           "  \"program\": \"paritet\",\n"
           "  \"version\": \"0.1.3\",\n"
           "  \"arguments\": [\n"
           "    \"paritet\",\n"
           "    \"report\",\n"
           "    \"mødel.yaml\"\n"
           "  ],\n"
           "  \"seed\": 20140213,\n"
           "  \"draws\": 20000,\n"
           "  \"horizon\": 2060,\n"
           "  \"language\": \"da\",\n"
           "  \"inputs\": [\n"
           "    {\n"
           "      \"path\": \"models/\xEF\xBF\xBD.yaml\",\n"
           "      \"sha256\": \"aa\"\n"
           "    },\n"
           "    {\n"
           "      \"path\": \"scenarios/b.yaml\",\n"
           "      \"sha256\": \"bb\"\n"
           "    }\n"
           "  ],\n"
           "  \"outputs\": [\n"
           "    {\n"
           "      \"path\": \"parity.csv\",\n"
           "      \"sha256\": "
           "\"73cb3858a687a8494ca3323053016282f3dad39d42cf62ca4e79dda2aac7d9ac\"\n"
           "    },\n"
           "    {\n"
           "      \"path\": \"plots/a.gp\",\n"
           "      \"sha256\": "
           "\"6b86b273ff34fce19d6b804eff5a3f5747ada4eaa22f1d49c01e52ddb7875b4b\"\n"
           "    }\n"
           "  ]\n"
           "}\n");
}

static void refuses_what_is_not_its_own(void **state)
{
    (void)state;
    const char *why =
        "the folder 'mine' is not empty and holds no report of paritet's; name another folder";
    run("mkdir mine && echo dear > mine/diary");
    refuses("mine", why);
    run("echo '{\"program\": \"other\", \"outputs\": []}' > mine/manifest.json");
    refuses("mine", why);
    prints("cat mine/diary", "dear\n");
    run("echo > file");
    refuses("file", "cannot create the folder 'file': Not a directory");
    refuses("file/x", "cannot create the folder 'file/x': Not a directory");
    refuses("", "cannot create the folder '': No such file or directory");
    prints("ls -A", "file\nmine\n");
}

static void refuses_the_folder_one_stands_in(void **state)
{
    (void)state;
    run("mkdir here");
    assert_int_equal(chdir("here"), 0);
    refuses(".", "you stand in the folder '.', which would be replaced; run paritet from outside "
                 "it");
    assert_int_equal(chdir(".."), 0);
    prints("ls -A . here", ".:\nhere\n\nhere:\n");
}

static void a_file_changed_by_hand_is_kept_and_named(void **state)
{
    (void)state;
    reports("out", "1", "");
    put("out/plots/a.gp", "mine");
    reports("out", "2", "'out/plots/a.gp'" NOT_AS_LEFT "'out/plots/a.gp.mine'\n");
    prints("cat out/plots/a.gp out/plots/a.gp.mine", "2mine");
    /* and stays, once, through later runs */
    reports("out", "3", "");
    prints("cat out/plots/a.gp out/plots/a.gp.mine", "3mine");
    prints("grep -c mine out/manifest.json || true", "0\n");
}

static void a_second_version_gets_a_second_name(void **state)
{
    (void)state;
    reports("out", "1", "");
    put("out/plots/a.gp", "mine");
    reports("out", "2", "'out/plots/a.gp'" NOT_AS_LEFT "'out/plots/a.gp.mine'\n");
    put("out/plots/a.gp", "other");
    reports("out", "3", "'out/plots/a.gp'" NOT_AS_LEFT "'out/plots/a.gp.mine2'\n");
    put("out/plots/a.gp", "mine");
    reports("out", "5", "'out/plots/a.gp'" NOT_AS_LEFT "'out/plots/a.gp.mine'\n");
    prints("cat out/plots/*", "5mineother");
}

static void files_of_the_users_own_stay(void **state)
{
    (void)state;
    reports("out", "1", "");
    run("cd out && mkdir -p .git/refs slides/empty && echo talk > slides/talk && "
        "ln -s ../parity.csv slides/link && echo n > plots/notes");
    reports("out", "2", "");
    prints(LIST("out"),
           ".git\n.git/refs\nmanifest.json\nparity.csv\nplots\nplots/a.gp\nplots/notes\n"
           "slides\nslides/empty\nslides/link\nslides/talk\n");
    prints("cat out/slides/talk out/slides/link", "talk\nx\n");
    prints("ls -A", "out\n");
}

static void a_name_that_becomes_ours_keeps_the_users_file(void **state)
{
    (void)state;
    struct pt_folder *folder;
    struct pt_error err;
    assert_int_equal(pt_folder_open("out", &folder, &err), PT_OK);
    assert_int_equal(pt_folder_close(folder, &provenance, NULL, &err), PT_OK);
    put("out/parity.csv", "mine");
    reports("out", "1", "'out/parity.csv'" NOT_AS_LEFT "'out/parity.csv.mine'\n");
    prints("cat out/parity.csv out/parity.csv.mine", "x\nmine");
}

static void what_is_no_longer_made_goes(void **state)
{
    (void)state;
    struct pt_folder *folder;
    struct pt_error err;
    reports("out", "1", "");
    assert_int_equal(pt_folder_open("out", &folder, &err), PT_OK);
    assert_int_equal(pt_folder_close(folder, &provenance, NULL, &err), PT_OK);
    prints(LIST("out"), "manifest.json\n");
}

static void giving_up_leaves_nothing(void **state)
{
    (void)state;
    struct pt_folder *folder;
    struct pt_error err;
    assert_int_equal(pt_folder_open("out/deep/report", &folder, &err), PT_OK);
    assert_int_equal(pt_folder_add(folder, "a", "1", 1, &err), PT_OK);
    pt_folder_abandon(folder);
    pt_folder_abandon(NULL);
    prints("ls -A", "");
    reports("out", "1", "");
    assert_int_equal(pt_folder_open("out", &folder, &err), PT_OK);
    pt_folder_abandon(folder);
    prints(LIST("out"), made);
    prints("ls -A", "out\n");
}

static void names_that_lead_out_of_the_folder_are_refused(void **state)
{
    (void)state;
    static const char *const bad[] = { "",     "/etc/x", "../x", "a/../../x",
                                       "a//b", "./x",    "a/",   "manifest.json" };
    struct pt_folder *folder;
    struct pt_error err;
    assert_int_equal(pt_folder_open("out", &folder, &err), PT_OK);
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(pt_folder_add(folder, bad[i], "1", 1, &err), PT_EINTERNAL);
    }
    char said[200];
    pt_message_print(&err.message, NULL, said, sizeof said);
    assert_string_equal(said, "'manifest.json' is no name for a file of a report");
    assert_int_equal(pt_folder_add(folder, "..a/b..", "1", 1, &err), PT_OK);
    assert_int_equal(pt_folder_add(folder, "..a/b..", "1", 1, &err), PT_EWRITE);
    pt_message_print(&err.message, NULL, said, sizeof said);
    assert_string_equal(said, "cannot write 'out/..a/b..': File exists");
    pt_folder_abandon(folder);
}

static void the_rest_of_a_killed_run_is_cleared_away(void **state)
{
    (void)state;
    run("mkdir -p .out.paritet-1-0/plots .out.paritet-7-1 .out.paritet-mine .other.paritet-1-0 && "
        "echo > .out.paritet-1-0/plots/a");
    /* one that is still running */
    int lock = open(".out.paritet-7-1", O_RDONLY | O_DIRECTORY);
    assert_int_equal(flock(lock, LOCK_EX), 0);
    reports("out", "1", "");
    prints("LC_ALL=C ls -A", ".other.paritet-1-0\n.out.paritet-7-1\n.out.paritet-mine\nout\n");
    close(lock);
}

static void a_link_to_a_folder_keeps_pointing(void **state)
{
    (void)state;
    run("mkdir -p a/real && ln -s a/real out");
    reports("out", "1", "");
    reports("out", "2", "");
    prints("readlink out && ls -A . a && cat out/plots/a.gp", "a/real\n.:\na\nout\n\na:\nreal\n2");
}

static void folders_swap_where_they_cannot_be_exchanged(void **state)
{
    (void)state;
    run("mkdir work final && echo new > work/f && echo old > final/f");
    assert_int_equal(pt_swap("work", "final", "aside", false), 0);
    prints("cat final/f aside/f && ls -A", "new\nold\naside\nfinal\n");
    run("mv aside work");
    assert_int_equal(pt_swap("work", "final", "aside", true), 0);
    run("mv aside work 2>/dev/null || true");
    prints("cat final/f work/f && ls -A", "old\nnew\nfinal\nwork\n");
}

static void a_swap_broken_off_is_put_back(void **state)
{
    (void)state;
    reports("out", "1", "");
    run("mv out .out.paritet-old && mkdir .out.paritet-1-0");
    put(".out.paritet-old/plots/a.gp", "mine");
    reports("out", "2", "'out/plots/a.gp'" NOT_AS_LEFT "'out/plots/a.gp.mine'\n");
    prints("cat out/plots/* && ls -A", "2mineout\n");
    /* broken off after the new one was in place */
    run("cp -r out .out.paritet-old");
    reports("out", "3", "");
    prints("cat out/plots/* && ls -A", "3mineout\n");
}

/* Closes a report of one file while so many more files than now can be opened; says why not. */
static void close_with_few_files(const char *name, rlim_t more, char said[200])
{
    struct pt_folder *folder;
    struct pt_diagnostics list;
    struct pt_error err = { .status = PT_OK };
    struct rlimit before, few;
    pt_diagnostics_init(&list);
    assert_int_equal(pt_folder_open("out", &folder, &err), PT_OK);
    assert_int_equal(pt_folder_add(folder, name, "1", 1, &err), PT_OK);
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    int next = dup(0);
    close(next);
    few = (struct rlimit){ (rlim_t)next + more, before.rlim_max };
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    enum pt_status status = pt_folder_close(folder, &provenance, &list, &err);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    said[0] = '\0';
    if (status != PT_OK) {
        pt_message_print(&err.message, NULL, said, 200);
    }
    pt_diagnostics_free(&list);
}

static void what_cannot_be_closed_is_named(void **state)
{
    (void)state;
    char said[200];
    close_with_few_files("parity.csv", 0, said);
    assert_string_equal(said, "cannot write the folder 'out': Too many open files");
    reports("out", "1", "");
    run("mkdir out/a && echo mine > out/a/b");
    close_with_few_files("a", 20, said);
    assert_string_equal(said, "cannot keep 'out/a/b': Not a directory");
    prints("cat out/a/b out/plots/a.gp", "mine\n1");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
#define IN_A_FOLDER(test) cmocka_unit_test_setup_teardown(test, enter, leave)
        IN_A_FOLDER(a_report_is_whole_and_alone),
        IN_A_FOLDER(an_empty_folder_is_taken),
        IN_A_FOLDER(the_manifest_holds_no_accidents),
        IN_A_FOLDER(refuses_what_is_not_its_own),
        IN_A_FOLDER(refuses_the_folder_one_stands_in),
        IN_A_FOLDER(a_file_changed_by_hand_is_kept_and_named),
        IN_A_FOLDER(a_second_version_gets_a_second_name),
        IN_A_FOLDER(files_of_the_users_own_stay),
        IN_A_FOLDER(a_name_that_becomes_ours_keeps_the_users_file),
        IN_A_FOLDER(what_is_no_longer_made_goes),
        IN_A_FOLDER(giving_up_leaves_nothing),
        IN_A_FOLDER(what_cannot_be_closed_is_named),
        IN_A_FOLDER(names_that_lead_out_of_the_folder_are_refused),
        IN_A_FOLDER(the_rest_of_a_killed_run_is_cleared_away),
        IN_A_FOLDER(a_link_to_a_folder_keeps_pointing),
        IN_A_FOLDER(folders_swap_where_they_cannot_be_exchanged),
        IN_A_FOLDER(a_swap_broken_off_is_put_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
