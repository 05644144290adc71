#include <paritet/output.h>

#include <math.h>

/* Of an error, two digits are shown: so many steps of a figure let its own last digit stand. */
#define STEPS 10

void pt_sentence_selftest(const struct pt_selftest *test, const struct pt_language *language,
                          struct pt_buffer *out)
{
    struct pt_message message;

    if (test->n == 0) {
        pt_message_set(&message, "too few figures to test the method");
    } else {
        pt_message_nset(&message, test->n, "the 80 %% band held %zu of %zu figure that came later",
                        "the 80 %% bands held %zu of %zu figures that came later; about 8 of "
                        "10 is right",
                        test->inside80, test->n);
    }
    pt_buffer_message(out, language, &message);
}

static double half_width(const struct pt_selftest_path *path)
{
    const struct pt_forecast *said = &path->said[path->n - 1];

    return (said->hi80 - said->lo80) / 2;
}

void pt_said_print(const struct pt_selftest *test, size_t i, const struct pt_language *language,
                   struct pt_said_words *words)
{
    const struct pt_selftest_path *path = &test->paths[i];
    const struct pt_forecast *said = &path->said[path->n - 1];
    struct pt_cell cell = { .kind = PT_CELL_AMOUNT, .error = half_width(path) };

    cell.value = said->point;
    pt_cell_print(&cell, language, words->said);
    cell.value = said->lo80;
    pt_cell_print(&cell, language, words->low);
    cell.value = said->hi80;
    pt_cell_print(&cell, language, words->high);
    for (size_t k = 0; k < test->n_paths; k++) {
        cell.error = fmin(cell.error, half_width(&test->paths[k]));
    }
    /* nor finer than it was published */
    cell.error = fmax(cell.error, STEPS * test->rounding);
    cell.value = path->happened;
    pt_cell_print(&cell, language, words->happened);
}

void pt_sentence_said(const struct pt_selftest *test, size_t i, const struct pt_language *language,
                      struct pt_buffer *out)
{
    const struct pt_selftest_path *path = &test->paths[i];
    struct pt_said_words words;

    pt_said_print(test, i, language, &words);
    pt_buffer_say(out, language,
                  PT_N("%zu years ago, in %d, it would have said %s for %d (80 %%: %s to %s); it "
                       "was %s."),
                  path->n, path->origin, words.said, path->origin + (int)path->n, words.low,
                  words.high, words.happened);
}
