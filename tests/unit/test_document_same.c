/* What stands in the note stands in the page, in the same order. */
#include "support/pt_test.h"

#include <paritet/output.h>
#include <stdlib.h>
#include <string.h>

#include "output/document/document.h"

static const struct pt_column columns[] = {
    { "goal", "Goal", 1 },
    { "status", "Status", 2 },
    { "value", "Newest", 3 },
};
static const struct pt_cell cells[] = {
    { .kind = PT_CELL_TEXT, .text = "a < b | c & *d*" },
    { .kind = PT_CELL_STANDING, .standing = PT_STANDING_OFF_COURSE },
    { .kind = PT_CELL_AMOUNT, .value = 12.25, .error = 0.7 },
    { .kind = PT_CELL_TEXT, .text = "\"quoted\" [link](x) `code`" },
    { .kind = PT_CELL_STANDING, .standing = PT_STANDING_REACHED },
    { .kind = PT_CELL_YEAR, .year = PT_YEAR_NEVER },
};
static const struct pt_table table = { "status", "Status of goals", 3, columns, 2, cells };

static void write_everything(struct pt_writing *w)
{
    pt_add_paragraph(w, "Figures up to 2026.");
    pt_open_section(w, "work", "Work & <pay>");
    pt_open_paragraph(w);
    pt_add_span(w, PT_SPAN_STRONG, "Gap_1:");
    pt_say(w, " closes in %d of 10 futures, ", 7);
    pt_say_standing(w, PT_STANDING_UNCERTAIN);
    pt_close(w);
    pt_open_section(w, "gap", "The gap *itself*");
    pt_open_list(w);
    pt_open_item(w);
    pt_say(w, "Mentors");
    pt_open_list(w);
    pt_say_item(w, "cost $4 {/*2 x}");
    pt_close(w);
    pt_close(w);
    pt_say_item(w, "Advisers ~twice~");
    pt_close(w);
    pt_put_table(w, "A table of goals", &table);
    pt_close(w);
    pt_close(w);
    pt_open_section(w, "end", "What it was made from");
    pt_open_paragraph(w);
    pt_add_span(w, PT_SPAN_CODE, "paritet report model.yaml");
    pt_close(w);
    pt_open_figure(w, "a", "Work: fan chart", "Work: fan chart");
    pt_put_table(w, "Numbers behind it", &table);
    pt_close(w);
    pt_close(w);
}

/* Blanks all from `from` to the end of `to`, each time. */
static void blank_between(char *text, const char *from, const char *to)
{
    for (char *at; (at = strstr(text, from)) != NULL;) {
        char *end = strstr(at, to);
        assert_non_null(end);
        memset(at, ' ', (size_t)(end - at) + strlen(to));
    }
}

static void replace(char *text, const char *what, const char *with)
{
    for (char *at = text; (at = strstr(at, what)) != NULL; at += strlen(with)) {
        memmove(at + strlen(with), at + strlen(what), strlen(at + strlen(what)) + 1);
        memcpy(at, with, strlen(with));
    }
}

/* The words of a page. */
static void read_html(char *page)
{
    char *end = strstr(page, "</main>");
    assert_non_null(end);
    *end = '\0';
    memmove(page, strstr(page, "<main"), strlen(strstr(page, "<main")) + 1);
    blank_between(page, "<", ">");
    replace(page, "&lt;", "<");
    replace(page, "&gt;", ">");
    replace(page, "&quot;", "\"");
    replace(page, "&amp;", "&");
}

/* The words of a note: without its title, marks and escapes. */
static void read_markdown(char *note)
{
    char *to = note;
    blank_between(note, "# Title", "\n");
    for (const char *from = note; *from != '\0'; from++) {
        bool rule = strncmp(from, "---", 3) == 0 || strncmp(from, "--:", 3) == 0;
        if (rule) {
            from += strspn(from, "-:") - 1;
        } else if (*from == '\\') {
            *to++ = *++from;
        } else if (*from == '|') {
            *to++ = ' '; /* a cell ends, and with it a word */
        } else if (strchr("#*", *from) == NULL && strncmp(from, "- ", 2) != 0) {
            *to++ = *from;
        }
    }
    *to = '\0';
    replace(note, "&amp;", "&");
}

static void assert_same_words(char *a, char *b)
{
    char *rest_a, *rest_b, *x = strtok_r(a, " \n", &rest_a), *y = strtok_r(b, " \n", &rest_b);
    size_t n = 0;
    for (; x != NULL && y != NULL; n++) {
        assert_string_equal(x, y);
        x = strtok_r(NULL, " \n", &rest_a);
        y = strtok_r(NULL, " \n", &rest_b);
    }
    assert_null(x);
    assert_null(y);
    assert_true(n > 60);
}

static void note_and_page_hold_the_same_words_in_the_same_order(void **state)
{
    (void)state;
    static const char *const codes[] = { "en", "da" };
    for (size_t i = 0; i < 2; i++) {
        struct pt_arena *arena = pt_arena_new();
        struct pt_document document;
        struct pt_writing w;
        struct pt_buffer html = { 0 }, note = { 0 };
        struct pt_error err;
        pt_writing_start(&w, &document, pt_language_find(codes[i]), "Title", arena);
        write_everything(&w);
        assert_int_equal(pt_writing_end(&w, &err), PT_OK);
        document.tables_alone = true; /* so that both show the table behind the figure */
        assert_int_equal(pt_document_html(&document, "/", &html, &err), PT_OK);
        pt_document_markdown(&document, &note);
        assert_false(note.failed);
        read_html(html.bytes);
        read_markdown(note.bytes);
        assert_same_words(html.bytes, note.bytes);
        pt_buffer_free(&html);
        pt_buffer_free(&note);
        pt_arena_free(arena);
    }
}

/* An abbreviation at the end of a sentence ends it; three dots stay. */
static void a_sentence_ends_once(void **state)
{
    (void)state;
    static const struct {
        const char *last, *says;
    } cases[] = { { "12 mio. kr.", "It costs 12 mio. kr." },
                  { "12 million", "It costs 12 million." },
                  { "more ..", "It costs more ..." } };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct pt_arena *arena = pt_arena_new();
        struct pt_document document;
        struct pt_writing w;
        struct pt_buffer note = { 0 };
        struct pt_error err;
        pt_writing_start(&w, &document, pt_language_find("en"), "Title", arena);
        pt_open_paragraph(&w);
        pt_say(&w, "It costs %s.", cases[i].last);
        pt_close(&w);
        assert_int_equal(pt_writing_end(&w, &err), PT_OK);
        pt_document_markdown(&document, &note);
        const char *at = strstr(note.bytes, "It costs");
        assert_non_null(at);
        assert_int_equal(strncmp(at, cases[i].says, strlen(cases[i].says)), 0);
        assert_true(strchr("\n", at[strlen(cases[i].says)]) != NULL);
        pt_buffer_free(&note);
        pt_arena_free(arena);
    }
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_ends_once),
        cmocka_unit_test(note_and_page_hold_the_same_words_in_the_same_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
