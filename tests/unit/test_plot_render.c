/* Pictures as gnuplot draws them: whole, beside their scripts, and with titles that stay text. */
#include "support/pt_test.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/plot/render.h"

static const char hostile[] =
    "'; system \"touch x\"; `touch x` ''; system \"touch x\"; # {/*2 x} @x \n EOD\n <script> \\";

/* The contents of a file, NUL-terminated; NULL: none. */
static char *read_whole(const char *folder, const char *name, size_t *n)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "rb");
    char *bytes = file != NULL ? calloc(1, 2000000) : NULL;

    *n = bytes != NULL ? fread(bytes, 1, 1999999, file) : 0;
    if (file != NULL) {
        fclose(file);
    }
    return bytes;
}

static void write_text(const char *folder, const char *name, const char *text)
{
    char path[512];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void remove_folder(const char *folder)
{
    struct dirent *entry;
    char path[1024];
    DIR *stream = opendir(folder);

    while (stream != NULL && (entry = readdir(stream)) != NULL) {
        if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
            snprintf(path, sizeof path, "%s/%s", folder, entry->d_name);
            if (unlink(path) != 0) {
                remove_folder(path);
            }
        }
    }
    if (stream != NULL) {
        closedir(stream);
    }
    rmdir(folder);
}

static int make_folder(void **state)
{
    char *folder = strdup("/tmp/paritet-plot-XXXXXX");
    char plots[64];

    if (folder == NULL || mkdtemp(folder) == NULL) {
        return -1;
    }
    snprintf(plots, sizeof plots, "%s/plots", folder);
    *state = folder;
    return mkdir(plots, 0777);
}

static int drop_folder(void **state)
{
    remove_folder(*state);
    free(*state);
    return 0;
}

static bool has_gnuplot(void)
{
    char *path = strdup(getenv("PATH") != NULL ? getenv("PATH") : ""), *rest = path;
    char file[1024];
    bool found = false;

    for (char *part; (part = strsep(&rest, ":")) != NULL;) {
        snprintf(file, sizeof file, "%s/gnuplot", part);
        found |= access(file, X_OK) == 0;
    }
    free(path);
    return found;
}

static const char *message_of(const struct pt_error *err, char text[1024])
{
    pt_message_print(&err->message, NULL, text, 1024);
    return text;
}

/* Of a chart in which every word is hostile. */
typedef void draw_chart(const struct pt_chart *chart, const struct pt_look *look,
                        struct pt_buffer *out);
static void script_of(draw_chart *write, const struct pt_look *look, struct pt_buffer *out)
{
    static const struct pt_chart_point points[] = {
        { 2020, 12.385, false },
        { 2021, 11.9, true },
        { 2022, 11.1, true },
        { 2023, 11.3, true },
    };
    static const double bands[2][PT_BANDS] = { { 9, 9.5, 10, 10.7, 11, 12, 13 },
                                               { 8, 9, 9.8, 10.2, 11, 13, 14 } };
    static const uint64_t counts[2][4] = { { 10, 40, 20, 30 }, { 10, 60, 10, 20 } };
    const struct pt_chart_outcome outcomes[] = {
        { .id = "baseline",
          .bands = bands[0],
          .headline = { .kind = PT_HEADLINE_NO_QUESTION, .p_already = .1, .p_never = .3 },
          .years = { PT_YEAR_ALREADY, 2024, 2024, PT_YEAR_NEVER, PT_YEAR_NEVER },
          .counts = counts[0] },
        { .id = "s",
          .title = { .da = hostile },
          .bands = bands[0],
          .acts = true,
          .headline = { .p_already = .1, .p_never = .2 },
          .years = { PT_YEAR_ALREADY, 2024, 2024, 2025, PT_YEAR_NEVER },
          .counts = counts[1] },
    };
    const struct pt_chart chart = {
        .id = "gap",
        .slug = "gap",
        .place = "",
        .title = { .da = hostile },
        .place_title = { .da = hostile },
        .unit = { .da = hostile },
        .group = { .da = hostile },
        .points = points,
        .n_points = 4,
        .last = 2023,
        .horizon = 2025,
        .n_years = 2,
        .has_parity = true,
        .parity_low = -1,
        .parity_high = 1,
        .upper = 100,
        .lower = -100,
        .n_outcomes = 2,
        .outcomes = outcomes,
        .family = hostile,
        .source = hostile,
        .draws = 100,
    };

    write(&chart, look, out);
    assert_false(out->failed);
}

static void groups(const struct pt_chart *chart, const struct pt_look *look, struct pt_buffer *out)
{
    const struct pt_group_series series = { .title = { .da = hostile },
                                            .id = hostile,
                                            .n_points = chart->n_points,
                                            .points = chart->points,
                                            .bands = chart->outcomes[0].bands,
                                            .family = hostile };
    const struct pt_groups_chart both = { .fan = chart,
                                          .slug = "gap-groups",
                                          .upper = 100,
                                          .has_series = true,
                                          .group = series,
                                          .reference = series };

    pt_plot_groups(&both, look, out);
}

static void backtest(const struct pt_chart *chart, const struct pt_look *look,
                     struct pt_buffer *out)
{
    static const struct pt_forecast said[] = { { 12, 11, 13.5, 10, 14 },
                                               { 11.5, 9, 14, 8, 15 },
                                               { 11, 8, 14.5, 7, 16 } };
    const struct pt_selftest_chart past = {
        .fan = chart,
        .slug = "gap-backtest",
        .test = { .n = 1,
                  .inside80 = 1,
                  .n_paths = 1,
                  .paths = { { .origin = 2020, .known = 12.385, .n = 3, said, 11.3 } } },
    };

    pt_plot_backtest(&past, look, out);
}

static void draws_as_text(const char *folder, draw_chart *write)
{
    const char *const scripts[] = { "plots/a.gp", "top.gp" };
    struct pt_buffer script = { .bytes = NULL };
    struct pt_error err;
    char text[1024];
    size_t n;

    if (!has_gnuplot()) {
        pt_skip("gnuplot");
    }
    script_of(write, NULL, &script);
    write_text(folder, scripts[0], script.bytes);
    write_text(folder, scripts[1], script.bytes);
    pt_buffer_free(&script);
    if (pt_plot_render(folder, scripts, 2, NULL, &err) != PT_OK) {
        fail_msg("%s", message_of(&err, text));
    }
    char *svg = read_whole(folder, "plots/a.svg", &n);
    assert_non_null(svg);
    assert_non_null(strstr(
        svg,
        "’; system \"touch x\"; `touch x` ’’; system \"touch x\"; # {/*2 x} @x EOD &lt;script"));
    assert_null(strstr(svg, "<script"));
    free(svg);
    char *png = read_whole(folder, "plots/a.png", &n);
    assert_true(n > 10000);
    assert_memory_equal(png, "\x89PNG\r\n\x1a\n", 8);
    assert_int_equal((unsigned char)png[18] * 256 + (unsigned char)png[19], 1920);
    assert_int_equal((unsigned char)png[22] * 256 + (unsigned char)png[23], 1080);
    free(png);
    for (size_t i = 0; i < 4; i++) {
        static const char *const made[] = { "x", "plots/x", "plots/gap.svg",
                                            "plots/gap-backtest.svg" };
        snprintf(text, sizeof text, "%s/%s", folder, made[i]);
        assert_int_equal(access(text, F_OK), -1);
    }
    assert_int_equal(access("x", F_OK), -1);
}

static void draws_hostile_titles_as_text(void **state)
{
    draws_as_text(*state, pt_plot_fan);
}

static void draws_a_hostile_back_test_as_text(void **state)
{
    draws_as_text(*state, backtest);
}

static void draws_hostile_groups_as_text(void **state)
{
    draws_as_text(*state, groups);
}

static void draws_hostile_scenarios_as_text(void **state)
{
    draws_as_text(*state, pt_plot_scenarios);
}

static void draws_hostile_futures_as_text(void **state)
{
    draws_as_text(*state, pt_plot_futures);
}

/* Every picture in every form: what is not whole is an error of the renderer's. */
static void draws_every_theme(void **state)
{
    static draw_chart *const kinds[] = { pt_plot_fan, pt_plot_scenarios, pt_plot_futures, groups,
                                         backtest };
    enum { KINDS = sizeof kinds / sizeof *kinds };
    const char *folder = *state, *scripts[2 * KINDS];
    char names[2 * KINDS][32], text[1024];
    struct pt_error err;
    size_t n[2];

    if (!has_gnuplot()) {
        pt_skip("gnuplot");
    }
    for (size_t i = 0; i < 2 * KINDS; i++) {
        const struct pt_look look = { .theme = i % 2 ? PT_THEME_PRINT : PT_THEME_LIGHT };
        struct pt_buffer script = { .bytes = NULL };
        snprintf(names[i], sizeof names[i], "plots/%zu.gp", i);
        scripts[i] = names[i];
        script_of(kinds[i / 2], &look, &script);
        write_text(folder, names[i], script.bytes);
        pt_buffer_free(&script);
    }
    if (pt_plot_render(folder, scripts, 2 * KINDS, NULL, &err) != PT_OK) {
        fail_msg("%s", message_of(&err, text));
    }
    for (size_t i = 0; i < 2 * KINDS; i += 2) {
        char light[32], print[32];
        snprintf(light, sizeof light, "plots/%zu.svg", i);
        snprintf(print, sizeof print, "plots/%zu.svg", i + 1);
        char *a = read_whole(folder, light, &n[0]), *b = read_whole(folder, print, &n[1]);
        assert_true(n[0] != n[1] || memcmp(a, b, n[0]) != 0);
        assert_null(strstr(b, "rgb(  0,  91, 148)"));
        free(a);
        free(b);
    }
}

static void draws_the_same_bytes_twice(void **state)
{
    const char *folder = *state, *const scripts[] = { "plots/a.gp", "plots/b.gp" };
    struct pt_buffer script = { .bytes = NULL };
    struct pt_error err;
    size_t n[2];

    if (!has_gnuplot()) {
        pt_skip("gnuplot");
    }
    script_of(pt_plot_fan, NULL, &script);
    write_text(folder, scripts[0], script.bytes);
    write_text(folder, scripts[1], script.bytes);
    pt_buffer_free(&script);
    assert_int_equal(pt_plot_render(folder, scripts, 2, NULL, &err), PT_OK);
    char *a = read_whole(folder, "plots/a.png", &n[0]),
         *b = read_whole(folder, "plots/b.png", &n[1]);
    assert_int_equal(n[0], n[1]);
    assert_memory_equal(a, b, n[0]);
    free(a);
    free(b);
    a = read_whole(folder, "plots/a.pdf", &n[0]);
    b = read_whole(folder, "plots/b.pdf", &n[1]);
    assert_memory_equal(a, "%PDF-", 5);
    assert_int_equal(n[0], n[1]);
    assert_memory_equal(a, b, n[0]);
    assert_non_null(memmem(a, n[0], "/CreationDate (D:19700101000000", 31));
    free(a);
    free(b);
}

static void draws_a_page_of_any_number_of_panels(void **state)
{
    const char *folder = *state, *const scripts[] = { "page.gp" };
    const struct pt_chart_point points[] = { { 2020, 3.5, true }, { 2023, 4.25, true } };
    struct pt_chart charts[26];
    struct pt_error err;
    char text[1024];

    if (!has_gnuplot()) {
        pt_skip("gnuplot");
    }
    for (size_t i = 0; i < 26; i++) {
        charts[i] = (struct pt_chart){ .id = i % 2 ? "a" : "b",
                                       .slug = "a",
                                       .place = "",
                                       .title = { .da = hostile },
                                       .points = points,
                                       .n_points = i % 3,
                                       .last = 2023,
                                       .upper = 100 };
    }
    for (size_t n = 0; n <= 26; n += 5 + (n == 0) * -4) {
        struct pt_buffer script = { .bytes = NULL };
        pt_plot_multiples(
            &(struct pt_multiples){
                .slug = "overview", .title = hostile, .n = n, .charts = charts },
            NULL, &script);
        write_text(folder, scripts[0], script.bytes);
        pt_buffer_free(&script);
        if (pt_plot_render(folder, scripts, 1, NULL, &err) != PT_OK) {
            fail_msg("%zu panels: %s", n, message_of(&err, text));
        }
    }
}

static void names_the_line_of_a_broken_script(void **state)
{
    const char *folder = *state, *const scripts[] = { "plots/bad.gp" };
    struct pt_error err;
    char text[1024];

    if (!has_gnuplot()) {
        pt_skip("gnuplot");
    }
    write_text(folder, scripts[0],
               "set terminal pngcairo\nset output slug.'.'.format\nset nonsense\n");
    write_text(folder, "plots/bad.svg", "<?xml an old picture that must not pass for new </svg>\n");
    assert_int_equal(pt_plot_render(folder, scripts, 1, NULL, &err), PT_EPLOT);
    message_of(&err, text);
    assert_non_null(strstr(text, "gnuplot drew no svg from 'plots/bad.gp': \"bad.gp\" line 3: "));
    snprintf(text, sizeof text, "%s/plots/bad.png", folder);
    assert_int_equal(access(text, F_OK), -1);
    snprintf(text, sizeof text, "%s/plots/bad.svg", folder);
    assert_int_equal(access(text, F_OK), -1);
}

static void refuses_paths_outside_the_folder(void **state)
{
    static const char *const bad[] = { "../a.gp",   "/tmp/a.gp", "a/../../b.gp", "a.svg",  ".gp",
                                       "plots/.gp", "a\nb.gp",   "./a.gp",       "a//b.gp" };
    struct pt_error err;

    static const char *const good[] = { "a.gp" };
    char text[1024];

    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        assert_int_equal(pt_plot_render(*state, &bad[i], 1, NULL, &err), PT_EPLOT);
    }
    assert_string_equal(message_of(&err, text), "cannot draw 'a//b.gp': not a script's name");
    assert_int_equal(pt_plot_render("/nowhere", good, 1, NULL, &err), PT_EPLOT);
    assert_string_equal(message_of(&err, text), "cannot draw plots: no folder '/nowhere'");
    assert_int_equal(pt_plot_render(*state, NULL, 0, NULL, &err), PT_OK);
}

/* Runs with a PATH that holds only what the test puts into its folder. */
static enum pt_status render_with(const char *folder, const char *program,
                                  const struct pt_hooks *hooks, struct pt_error *err)
{
    const char *const scripts[] = { "a.gp" };
    char *before = getenv("PATH") != NULL ? strdup(getenv("PATH")) : NULL, path[1024];

    if (program != NULL) {
        write_text(folder, "gnuplot", program);
        snprintf(path, sizeof path, "%s/gnuplot", folder);
        assert_int_equal(chmod(path, 0755), 0);
    }
    setenv("PATH", folder, 1);
    enum pt_status status = pt_plot_render_within(0.3, folder, scripts, 1, hooks, err);
    setenv("PATH", before != NULL ? before : "", 1);
    free(before);
    return status;
}

static void says_that_gnuplot_is_missing(void **state)
{
    struct pt_error err;
    char text[1024];

    assert_int_equal(render_with(*state, NULL, NULL, &err), PT_EPLOT);
    assert_string_equal(message_of(&err, text),
                        "gnuplot is not installed; 'make deps' or your package manager installs "
                        "it (package gnuplot-nox)");
}

static void stops_a_gnuplot_that_hangs(void **state)
{
    struct pt_error err;
    char text[1024];

    assert_int_equal(render_with(*state, "#!/bin/sh\nexec /bin/sleep 60\n", NULL, &err), PT_EPLOT);
    assert_string_equal(message_of(&err, text),
                        "gnuplot drew nothing new for 0.3 seconds and was stopped");
}

static void waits_for_a_gnuplot_that_gets_on(void **state)
{
    struct pt_error err;
    char text[1024];

    assert_int_equal(render_with(*state,
                                 "#!/bin/sh\n/bin/sleep .2; : > a.svg; : > a.png; /bin/sleep .2\n"
                                 "echo at the end >&2\n",
                                 NULL, &err),
                     PT_EPLOT);
    assert_string_equal(message_of(&err, text), "gnuplot drew no svg from 'a.gp': at the end");
}

static void does_not_believe_an_empty_picture(void **state)
{
    struct pt_error err;
    char text[1024];

    assert_int_equal(render_with(*state, "#!/bin/sh\n: > a.png\necho no fonts >&2\n", NULL, &err),
                     PT_EPLOT);
    assert_string_equal(message_of(&err, text), "gnuplot drew no svg from 'a.gp': no fonts");
    snprintf(text, sizeof text, "%s/a.png", (char *)*state);
    assert_int_equal(access(text, F_OK), -1);
}

static void says_what_kept_gnuplot_from_drawing(void **state)
{
    struct pt_error err;
    struct rlimit before, few;
    char text[1024];

    assert_int_equal(render_with(*state, "no program\n", NULL, &err), PT_EPLOT);
    assert_string_equal(message_of(&err, text), "cannot start gnuplot: Exec format error");
    assert_int_equal(render_with(*state, "#!/bin/sh\n", NULL, &err), PT_EPLOT);
    assert_string_equal(message_of(&err, text),
                        "gnuplot drew no svg from 'a.gp', and said nothing");

    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    int next = dup(0);
    close(next);
    few = before;
    few.rlim_cur = (rlim_t)next;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    enum pt_status status = render_with(*state, NULL, NULL, &err);
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &before), 0);
    assert_int_equal(status, PT_EPLOT);
    assert_string_equal(message_of(&err, text), "cannot talk to gnuplot: Too many open files");
}

static bool at_once(void *user)
{
    return ++*(int *)user > 3;
}

static void stops_when_cancelled(void **state)
{
    int asked = 0;
    const struct pt_hooks hooks = { .cancelled = at_once, .user = &asked };
    struct pt_error err;

    char text[1024];

    assert_int_equal(render_with(*state, "#!/bin/sh\nexec /bin/sleep 60\n", &hooks, &err),
                     PT_ECANCELLED);
    assert_string_equal(message_of(&err, text), "interrupted");
}

/* Whether the process whose number stands in a file of the folder is at work; a zombie is in no
 * folder. */
static bool is_at_work(const char *folder, const char *name)
{
    size_t n;
    char *number = read_whole(folder, name, &n), path[64], in[512];

    assert_non_null(number);
    assert_true(atoi(number) > 1);
    snprintf(path, sizeof path, "/proc/%d/cwd", atoi(number));
    free(number);
    return readlink(path, in, sizeof in) > 0;
}

static void leaves_nothing_at_work_that_gnuplot_started(void **state)
{
    int asked = 0;
    const struct pt_hooks hooks = { .cancelled = at_once, .user = &asked };
    struct pt_error err;

    assert_int_equal(render_with(*state, "#!/bin/sh\n/bin/sleep 60 &\necho $! > pid\n", NULL, &err),
                     PT_EPLOT);
    assert_false(is_at_work(*state, "pid"));
    assert_int_equal(
        render_with(*state, "#!/bin/sh\n/bin/sleep 60 &\necho $! > pid\nwait\n", &hooks, &err),
        PT_ECANCELLED);
    assert_false(is_at_work(*state, "pid"));
}

#define with_folder(test) cmocka_unit_test_setup_teardown(test, make_folder, drop_folder)

int main(void)
{
    const struct CMUnitTest tests[] = {
        with_folder(draws_hostile_titles_as_text),
        with_folder(draws_a_hostile_back_test_as_text),
        with_folder(draws_hostile_groups_as_text),
        with_folder(draws_hostile_scenarios_as_text),
        with_folder(draws_hostile_futures_as_text),
        with_folder(draws_every_theme),
        with_folder(draws_the_same_bytes_twice),
        with_folder(draws_a_page_of_any_number_of_panels),
        with_folder(names_the_line_of_a_broken_script),
        with_folder(refuses_paths_outside_the_folder),
        with_folder(says_that_gnuplot_is_missing),
        with_folder(stops_a_gnuplot_that_hangs),
        with_folder(waits_for_a_gnuplot_that_gets_on),
        with_folder(does_not_believe_an_empty_picture),
        with_folder(says_what_kept_gnuplot_from_drawing),
        with_folder(stops_when_cancelled),
        with_folder(leaves_nothing_at_work_that_gnuplot_started),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
