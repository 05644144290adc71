#include "support/pt_test.h"

#include <paritet/base.h>

#include <string.h>

static void tells_utf8_from_windows_1252(void **state)
{
    (void)state;
    assert_true(pt_utf8_valid("r\303\270dgr\303\270d", 9));
    assert_false(pt_utf8_valid("r\370dgr\370d", 7));
    assert_false(pt_utf8_valid("r\303", 2));
    assert_false(pt_utf8_valid("\300\200", 2));     /* overlong NUL */
    assert_false(pt_utf8_valid("\355\240\200", 3)); /* a surrogate */
    assert_true(pt_utf8_valid("", 0));
}

/* Unicode Standard Annex 11: wide characters take two columns, combining ones none. */
static void counts_terminal_columns(void **state)
{
    (void)state;
    assert_int_equal(pt_utf8_width("K\303\270benhavn"), 9);
    assert_int_equal(pt_utf8_width("a\314\212"), 1);
    assert_int_equal(pt_utf8_width("\344\270\255"), 2);
    assert_int_equal(pt_utf8_width(""), 0);
}

static void finds_what_names_hide(void **state)
{
    (void)state;
    assert_int_equal(pt_utf8_hidden("from \303\246r\303\270 to K\303\270benhavn"), 0);
    assert_int_equal(pt_utf8_hidden("a\342\200\213b"), 0x200B); /* zero width space */
    assert_int_equal(pt_utf8_hidden("a\302\240"), 0xA0);        /* no-break space */
    assert_int_equal(pt_utf8_hidden("\342\200\203a"), 0x2003);  /* em space */
    assert_int_equal(pt_utf8_hidden("a\342\240\200"), 0x2800);  /* a cell of Braille without dots */
    assert_int_equal(pt_utf8_hidden(""), 0);
}

/* The whole table of Wagner and Fischer (1974, doi:10.1145/321796.321811). */
static size_t distance_by_the_table(const char *a, const char *b)
{
    size_t table[16][16], n = strlen(a), m = strlen(b);
    for (size_t i = 0; i <= n; i++) {
        for (size_t j = 0; j <= m; j++) {
            if (i == 0 || j == 0) {
                table[i][j] = i + j;
                continue;
            }
            size_t best = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            best = table[i - 1][j] + 1 < best ? table[i - 1][j] + 1 : best;
            table[i][j] = table[i][j - 1] + 1 < best ? table[i][j - 1] + 1 : best;
        }
    }
    return table[n][m];
}

static void distance_agrees_with_the_whole_table(void **state)
{
    (void)state;
    uint32_t bits = 12385;
    for (int i = 0; i < 50000; i++) {
        char words[2][10];
        for (int w = 0; w < 2; w++) {
            bits = bits * 1664525U + 1013904223U; /* Numerical Recipes, ranqd1 */
            size_t length = bits >> 29;
            for (size_t k = 0; k < length; k++) {
                bits = bits * 1664525U + 1013904223U;
                words[w][k] = (char)('a' + (bits >> 30));
            }
            words[w][length] = '\0';
        }
        size_t whole = distance_by_the_table(words[0], words[1]);
        assert_int_equal(pt_edit_distance(words[0], words[1]), whole < 4 ? whole : 4);
    }
}

static void suggests_the_nearest_name(void **state)
{
    (void)state;
    static const char *const names[] = { "target", "trend", "by", "title" };
    assert_string_equal(pt_nearest("traget", names, 4), "target");
    assert_string_equal(pt_nearest("trent", names, 4), "trend");
    assert_null(pt_nearest("bounds", names, 4));
    assert_null(pt_nearest("xx", names, 4)); /* two edits make anything of 'by' */
    assert_string_equal(pt_nearest("my", names, 4), "by");
    assert_null(pt_nearest("target", names, 0));
}

static void slugs_are_plain_file_names(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        { "Aarhus Kommune", "aarhus-kommune" },
        { "K\303\270benhavn", "koebenhavn" },
        { "\303\206r\303\270 / \303\230-\303\205by", "aeroe-oe-aaby" },
        { "../../etc/passwd", "etc-passwd" },
        { "Caf\303\251 13", "caf-13" },
        { "  ", "unnamed" },
        { "", "unnamed" },
        { "\303", "unnamed" }, /* a cut character is not read past */
    };
    struct pt_arena *arena = pt_arena_new();
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_string_equal(pt_slug(arena, cases[i][0]), cases[i][1]);
    }
    pt_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tells_utf8_from_windows_1252),
        cmocka_unit_test(counts_terminal_columns),
        cmocka_unit_test(finds_what_names_hide),
        cmocka_unit_test(distance_agrees_with_the_whole_table),
        cmocka_unit_test(suggests_the_nearest_name),
        cmocka_unit_test(slugs_are_plain_file_names),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
