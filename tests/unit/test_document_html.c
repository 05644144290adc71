#include "support/pt_test.h"

#include <math.h>
#include <paritet/output.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/document/document.h"

static const struct pt_column columns[] = {
    { "goal", "Goal", 1 },
    { "status", "Status", 2 },
    { "value", "Unemployment", 3 },
    { "trace", "Yearly development", 4 },
};
static const double figures[] = { 3.5, 4, 12.25 };
static const struct pt_cell cells[] = {
    { .kind = PT_CELL_TEXT, .text = "a < b & c" },
    { .kind = PT_CELL_STANDING, .standing = PT_STANDING_OFF_COURSE },
    { .kind = PT_CELL_AMOUNT, .value = 12.25, .error = 0.7 },
    { .kind = PT_CELL_TRACE, .n = 3, .values = figures },
};
static const struct pt_table table = { "status", "Status of goals", 4, columns, 1, cells };

struct pt_case {
    struct pt_arena *arena;
    struct pt_document document;
    struct pt_writing w;
    struct pt_buffer html;
    struct pt_error err;
    char folder[32];
};

static void assert_ok(enum pt_status status, const struct pt_error *err)
{
    if (status != PT_OK) {
        fail_msg("%s", err->message.id);
    }
}

static int set_up(void **state)
{
    struct pt_case *c = calloc(1, sizeof *c);
    char plots[48];
    c->arena = pt_arena_new();
    strcpy(c->folder, "/tmp/paritet-XXXXXX");
    assert_non_null(mkdtemp(c->folder));
    snprintf(plots, sizeof plots, "%s/plots", c->folder);
    assert_int_equal(mkdir(plots, 0777), 0);
    *state = c;
    return 0;
}

static void at_picture(const struct pt_case *c, const char *slug, char path[80])
{
    snprintf(path, 80, "%s/plots/%s.svg", c->folder, slug);
}

static int tear_down(void **state)
{
    struct pt_case *c = *state;
    char path[80];
    static const char *const slugs[] = { "a", "b" };
    for (size_t i = 0; i < 2; i++) {
        at_picture(c, slugs[i], path);
        unlink(path);
    }
    snprintf(path, sizeof path, "%s/plots", c->folder);
    rmdir(path);
    rmdir(c->folder);
    pt_buffer_free(&c->html);
    pt_arena_free(c->arena);
    free(c);
    return 0;
}

static void begin(struct pt_case *c, const char *code, const char *title)
{
    pt_writing_start(&c->w, &c->document, pt_language_find(code), title, c->arena);
}

static const char *finish(struct pt_case *c)
{
    assert_ok(pt_writing_end(&c->w, &c->err), &c->err);
    assert_ok(pt_document_html(&c->document, c->folder, &c->html, &c->err), &c->err);
    return c->html.bytes;
}

static void put_picture(const struct pt_case *c, const char *slug, const char *svg)
{
    char path[80];
    struct pt_error err;
    at_picture(c, slug, path);
    assert_ok(pt_file_write(path, svg, strlen(svg), &err), &err);
}

static size_t count(const char *text, const char *piece)
{
    size_t n = 0;
    for (; (text = strstr(text, piece)) != NULL; text += strlen(piece)) {
        n++;
    }
    return n;
}

static void holds(const char *page, const char *piece)
{
    if (strstr(page, piece) == NULL) {
        fail_msg("no '%s' in: %s", piece, strstr(page, "<body>"));
    }
}

static void lacks(const char *page, const char *piece)
{
    if (strstr(page, piece) != NULL) {
        fail_msg("'%s' in: %s", piece, strstr(page, "<body>"));
    }
}

/* ------------------------------------------------------------------ the page */

static void needs_no_other_file_and_no_script(void **state)
{
    struct pt_case *c = *state;
    begin(c, "da", "Barometer");
    pt_add_paragraph(&c->w, "Et afsnit.");
    const char *page = finish(c);
    assert_int_equal(strncmp(page, "<!DOCTYPE html>\n<html lang=\"da\">", 32), 0);
    holds(page, "<title>Barometer</title>");
    holds(page, "<style>");
    lacks(page, "<script");
    lacks(page, "<link");
    lacks(page, "@import");
    lacks(page, "src=");
    lacks(page, "http");
}

static void headings_follow_the_nesting_and_stand_in_the_contents(void **state)
{
    struct pt_case *c = *state;
    begin(c, "en", "Title");
    pt_open_section(&c->w, "work", "Work");
    pt_open_section(&c->w, "gap", "The gap");
    pt_add_paragraph(&c->w, "Text.");
    pt_close(&c->w);
    pt_close(&c->w);
    pt_open_section(&c->w, "work", "Work");
    pt_close(&c->w);
    const char *page = finish(c);
    assert_int_equal(count(page, "<h1"), 1);
    holds(page, "<section aria-labelledby=\"work\">\n<h2 id=\"work\">Work</h2>");
    holds(page, "<h3 id=\"gap\">The gap</h3>\n<p>Text.</p>");
    holds(page, "<h2 id=\"work-2\">Work</h2>");
    holds(page, "<li><a href=\"#work\">Work</a>\n<ul>\n<li><a href=\"#gap\">The gap</a></li>");
    holds(page, "<a class=\"skip\" href=\"#page_main\">Skip to the content</a>");
}

/* ------------------------------------------------------------------ texts */

static void a_hostile_title_is_text(void **state)
{
    struct pt_case *c = *state;
    const char *hostile = "<script>alert('1')</script> \"=cmd|x\" & {/*2 x} `id`";
    const char *text = "&lt;script&gt;alert('1')&lt;/script&gt; &quot;=cmd|x&quot; &amp; {/*2 x} "
                       "`id`";
    char heading[200];
    begin(c, "en", hostile);
    pt_open_section(&c->w, hostile, hostile);
    pt_add_paragraph(&c->w, hostile);
    pt_close(&c->w);
    const char *page = finish(c);
    lacks(page, "<script");
    snprintf(heading, sizeof heading, "<h1>%s</h1>", text);
    holds(page, heading);
    assert_int_equal(count(page, text), 5); /* title, h1, contents, h2, paragraph */
}

static void characters_that_steer_do_not_reach_the_page(void **state)
{
    struct pt_case *c = *state;
    begin(c, "en", "Title");
    pt_add_paragraph(&c->w, "a\x01"
                            "b\tc\nd\x7f"
                            "e\xC2\x9B"
                            "f\xE2\x80\xAEg\xE2\x81\xA6h");
    pt_add_paragraph(&c->w, "not UTF-8: \xFF; not a character: \xEF\xBF\xBF");
    const char *page = finish(c);
    holds(page, "<p>a b c d e fgh</p>");
    holds(page, "<p>not UTF-8: \xEF\xBF\xBD; not a character: \xEF\xBF\xBD</p>");
}

static void words_from_right_to_left_are_kept_apart(void **state)
{
    struct pt_case *c = *state;
    begin(c, "en", "Title");
    pt_add_paragraph(&c->w, "Index שלום 1, עולם: 7 of 10, and ابجد.");
    const char *page = finish(c);
    holds(page, "<p>Index <bdi>שלום 1, עולם</bdi>: 7 of 10, and <bdi>ابجد</bdi>.</p>");
}

static void a_status_word_has_its_sign_and_its_colour(void **state)
{
    struct pt_case *c = *state;
    begin(c, "da", "Titel");
    pt_open_paragraph(&c->w);
    pt_add_span(&c->w, PT_SPAN_STRONG, "Mål:");
    pt_say(&c->w, " ");
    pt_say_standing(&c->w, PT_STANDING_OFF_COURSE);
    pt_close(&c->w);
    holds(finish(c), "<p><strong>Mål:</strong> <span class=\"standing red\"><span class=\"sign\" "
                     "aria-hidden=\"true\">▼</span> bagud</span></p>");
}

/* ------------------------------------------------------------------ tables */

static void a_table_names_its_rows_and_columns(void **state)
{
    struct pt_case *c = *state;
    begin(c, "da", "Titel");
    pt_put_table(&c->w, "Målene", &table);
    const char *page = finish(c);
    holds(page, "<caption id=\"t1_\">Målene</caption>");
    holds(page, "<th scope=\"col\">");
    holds(page, "<th scope=\"row\">a &lt; b &amp; c</th>");
    holds(page, "<td class=\"n\">12,25</td>");
    holds(page, "<span class=\"standing red\"><span class=\"sign\" aria-hidden=\"true\">▼</span> "
                "bagud</span>");
    holds(page, "role=\"img\" aria-label=\"3,5; 4; 12,25\">▁▁█</span>");
}

static void a_wide_table_scrolls_in_a_place_that_keys_reach(void **state)
{
    struct pt_case *c = *state;
    begin(c, "en", "Title");
    pt_put_table(&c->w, "Wide", &table);
    holds(finish(c), "<div class=\"scroll\" role=\"region\" tabindex=\"0\" "
                     "aria-labelledby=\"t1_\"><table>");
}

/* ------------------------------------------------------------------ figures */

#define SVG_START                                                                             \
    "<?xml version=\"1.0\" encoding=\"utf-8\"  standalone=\"no\"?>\n<svg \n width=\"800\" "   \
    "height=\"450\"\n viewBox=\"0 0 800 450\"\n xmlns=\"http://www.w3.org/2000/svg\"\n "      \
    "xmlns:xlink=\"http://www.w3.org/1999/xlink\"\n>\n<title>p_a</title>\n<desc>Produced by " \
    "GNUPLOT 5.4 patchlevel 4 </desc>\n<!-- a note --><g id=\"gnuplot_canvas\">\n"

static const char picture[] = SVG_START
    "<defs>\n\t<circle id='gpDot' r='0.5'/>\n\t<path id='gpPt7' d='M0,-1.33 L-1.33,0.67 z'/>\n"
    "\t<use xlink:href='#gpPt7' id='gpPt8' fill='currentColor'/>\n</defs>\n"
    "<g fill=\"none\" color=\"black\">\n</g>\n<g><path stroke='red' d='M50.60,381.01 M599,3  '/></g>\n"
    "<g id=\"a_plot_1\" ><title>a_plot_1</title>\n"
    "<g stroke-linecap=\"butt\"><path class=\"gridline\" d='M50.64,333.00 L599.39,333.33  '/></g>\n"
    "<use xlink:href='#gpPt8' transform='translate(1.25,2.25) scale(4.50)'/>\n"
    "<text font-family=\"sans-serif\"><tspan> a &lt; b </tspan></text></g>\n</g></svg>\n";

static void put_figure(struct pt_case *c, const char *slug)
{
    pt_open_figure(&c->w, slug, "Work: fan chart", "Falls from 12 to 4 points.");
    pt_put_table(&c->w, "Numbers", &table);
    pt_close(&c->w);
}

static void a_figure_has_a_name_and_a_table_behind_it(void **state)
{
    struct pt_case *c = *state;
    begin(c, "en", "Title");
    put_picture(c, "a", picture);
    put_figure(c, "a");
    const char *page = finish(c);
    holds(page, "<svg viewBox=\"0 0 800 450\" role=\"img\" aria-labelledby=\"f1_title f1_desc\">"
                "<title id=\"f1_title\">Work: fan chart</title>"
                "<desc id=\"f1_desc\">Falls from 12 to 4 points.</desc>");
    holds(page, "<figcaption>Work: fan chart</figcaption>\n<details><summary>");
    holds(page, "<caption id=\"t1_\">Numbers</caption>");
}

static void a_picture_keeps_what_draws_and_nothing_else(void **state)
{
    struct pt_case *c = *state;
    begin(c, "en", "Title");
    put_picture(c, "a", picture);
    put_figure(c, "a");
    holds(finish(c), "</desc><g><defs><path id=\"f1_gpPt7\" d='M0,-1.33 L-1.33,0.67 z'/>"
                     "<use href='#f1_gpPt7' id=\"f1_gpPt8\" fill='currentColor'/></defs>"
                     "<g><g><path d='M50.6,333l548.8,.3'/></g>"
                     "<use href='#f1_gpPt8' transform='translate(1.25,2.25) scale(4.50)'/>"
                     "<text><tspan> a &lt; b </tspan></text></g></g></svg>");
}

/* gnuplot draws a circle as a polygon of a hundred sides, and opens a group for each line. */
static void circles_and_colours_are_said_shortly(void **state)
{
    struct pt_case *c = *state;
    struct pt_buffer svg = { 0 };
    pt_buffer_text(&svg,
                   SVG_START "<g stroke=\"black\"><polygon fill='rgb( 86, 180, 233)' points='");
    for (int i = 0; i < 60; i++) {
        pt_buffer_printf(&svg, "%.2f,%.2f ", 100 + 4 * cos(i * M_PI / 30),
                         50.5 + 4 * sin(i * M_PI / 30));
    }
    pt_buffer_text(&svg, "'/></g>\n<g stroke=\"black\"><path d='M1,2 L3,4'/></g>"
                         "<g fill=\"none\" color=\"black\" stroke=\"currentColor\" "
                         "stroke-width=\"2\"><path d='M1,2 L3,4'/></g></g></svg>");
    begin(c, "en", "Title");
    put_picture(c, "a", svg.bytes);
    put_figure(c, "a");
    holds(finish(c), "</desc><g><g stroke=\"black\">"
                     "<circle cx=\"100\" cy=\"50.5\" r=\"4\" fill='#56b4e9'/>"
                     "<path d='M1,2l2,2'/></g>"
                     "<g class=l stroke-width=\"2\"><path d='M1,2l2,2'/></g></g></svg>");
    pt_buffer_free(&svg);
}

/* The same places to a tenth, however many steps lead there. */
static void paths_are_said_in_steps(void **state)
{
    struct pt_case *c = *state;
    begin(c, "en", "Title");
    put_picture(c, "a",
                SVG_START "<path d='M10.04,20 L11.5,20 L13.96,20.01 L13.5,18.34 M5,6 L5,6 L5,6 "
                          "L4.6,7.3 L4.9,7.3 Z L8,8'/><path d='M1,2 L3'/></g></svg>");
    put_figure(c, "a");
    const char *page = finish(c);
    holds(page, "<path d='M10,20l4,0-.5-1.7M5,6l0,0-.4,1.3 .3,0zl3,2'/>");
    holds(page, "<path d='M1,2 L3'/>");
}

/* Half a circle, and a star, are no circle. */
static void what_is_no_circle_stays_as_it_is(void **state)
{
    struct pt_case *c = *state;
    struct pt_buffer svg = { 0 };
    pt_buffer_text(&svg, SVG_START);
    for (int star = 0; star < 2; star++) {
        pt_buffer_text(&svg, "<polygon points='");
        for (int i = 0; i < 60; i++) {
            double turn = (star ? 2 : 1) * i * M_PI / 60, far = star && i % 2 ? 3 : 4;
            pt_buffer_printf(&svg, "%.2f,%.2f ", 100 + far * cos(turn), 50 + far * sin(turn));
        }
        pt_buffer_text(&svg, "'/>");
    }
    pt_buffer_text(&svg, "</g></svg>");
    begin(c, "en", "Title");
    put_picture(c, "a", svg.bytes);
    put_figure(c, "a");
    const char *page = finish(c);
    lacks(page, "<circle");
    assert_int_equal(count(page, "<polygon points='104,50 "), 2);
    pt_buffer_free(&svg);
}

/* Ids that the page defines, each of them once. */
static void ids_of_two_pictures_are_different(void **state)
{
    struct pt_case *c = *state;
    begin(c, "en", "Title");
    put_picture(c, "a", picture);
    put_picture(c, "b", picture);
    pt_open_section(&c->w, "f1_title", "f1_title");
    put_figure(c, "a");
    put_figure(c, "b");
    pt_close(&c->w);
    const char *page = finish(c);
    size_t n = 0;
    for (const char *at = page; (at = strstr(at, " id=\"")) != NULL; n++) {
        char id[80];
        at += 1;
        snprintf(id, sizeof id, " %.*s", (int)(strchr(at + 4, '"') + 1 - at), at);
        if (count(page, id) != 1) {
            fail_msg("%s stands %zu times in the page", id, count(page, id));
        }
    }
    assert_int_equal(n, 13); /* contents, main, a section, and of each picture: name, words, two
                                definitions, and the caption of its table */
}

static void a_picture_brings_no_script_and_no_link(void **state)
{
    struct pt_case *c = *state;
    begin(c, "en", "Title");
    put_picture(c, "a",
                SVG_START "<script>alert(1)</script><style>p{color:red}</style>"
                          "<a xlink:href=\"javascript:alert(1)\"><text>link</text></a>"
                          "<rect onclick=\"alert(1)\" style=\"x\" width=\"4\"/>"
                          "<use xlink:href=\"http://example.org/#x\"/><image href=\"x.png\"/>"
                          "</g></svg>");
    put_figure(c, "a");
    const char *page = finish(c);
    holds(page, "</desc><g><rect width=\"4\"/><use/></g></svg>");
    lacks(page, "alert");
    lacks(page, "http");
}

static void a_missing_picture_and_a_broken_one_are_errors(void **state)
{
    struct pt_case *c = *state;
    static const char *const broken[] = {
        "",
        "PNG",
        SVG_START,
        SVG_START "</g>",
        SVG_START "<g></svg>",
        "<svg a=b/>",
        "<svg><text></svg>",
        "<svg a='<'/>",
        "<!DOCTYPE svg><svg/>",
        "<html></html>",
    };
    begin(c, "en", "Title");
    put_figure(c, "a");
    assert_ok(pt_writing_end(&c->w, &c->err), &c->err);
    assert_int_equal(pt_document_html(&c->document, c->folder, &c->html, &c->err), PT_EOPEN);
    for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
        put_picture(c, "a", broken[i]);
        assert_int_equal(pt_document_html(&c->document, c->folder, &c->html, &c->err), PT_EPLOT);
    }
    char said[200], path[80], expected[200];
    pt_message_print(&c->err.message, NULL, said, sizeof said);
    at_picture(c, "a", path);
    snprintf(expected, sizeof expected, "'%s' is not a picture that gnuplot drew", path);
    assert_string_equal(said, expected);
}

static void without_pictures_the_tables_stand_alone(void **state)
{
    struct pt_case *c = *state;
    struct pt_buffer note = { 0 };
    begin(c, "en", "Title");
    put_figure(c, "a");
    c->document.tables_alone = true;
    const char *page = finish(c);
    lacks(page, "<figure");
    holds(page, "<caption id=\"t1_\">Numbers</caption>");
    pt_document_markdown(&c->document, &note);
    assert_null(strstr(note.bytes, "!["));
    assert_non_null(strstr(note.bytes, "**Numbers**\n\n| Goal"));
    pt_buffer_free(&note);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(needs_no_other_file_and_no_script, set_up, tear_down),
        cmocka_unit_test_setup_teardown(headings_follow_the_nesting_and_stand_in_the_contents,
                                        set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_hostile_title_is_text, set_up, tear_down),
        cmocka_unit_test_setup_teardown(characters_that_steer_do_not_reach_the_page, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(words_from_right_to_left_are_kept_apart, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_status_word_has_its_sign_and_its_colour, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_table_names_its_rows_and_columns, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_wide_table_scrolls_in_a_place_that_keys_reach, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_figure_has_a_name_and_a_table_behind_it, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(a_picture_keeps_what_draws_and_nothing_else, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(circles_and_colours_are_said_shortly, set_up, tear_down),
        cmocka_unit_test_setup_teardown(paths_are_said_in_steps, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_no_circle_stays_as_it_is, set_up, tear_down),
        cmocka_unit_test_setup_teardown(ids_of_two_pictures_are_different, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_picture_brings_no_script_and_no_link, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_missing_picture_and_a_broken_one_are_errors, set_up,
                                        tear_down),
        cmocka_unit_test_setup_teardown(without_pictures_the_tables_stand_alone, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
