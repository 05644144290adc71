/* The past of an indicator: what both groups did, what the method would have said, and how the status
 * would have been. */
#include "output/note/note.h"

/* In so far as the reference fell back, a narrower gap is nobody's gain. */
static bool levels_down(const struct pt_decomposition *moved)
{
    return moved->years[moved->n - 1].by_reference > moved->error;
}

void pt_note_groups(struct pt_note *note, const struct pt_projection *projection, size_t at)
{
    const struct pt_decomposition *moved = &note->facts->moved[at];
    const struct pt_indicator *indicator = projection->subject->indicator;
    struct pt_buffer said = { 0 };
    if (moved->n < 2) {
        return;
    }
    pt_open_paragraph(&note->w);
    pt_sentence_moved(moved, pt_note_group(note, indicator->group),
                      pt_note_group(note, indicator->reference), note->language, &said);
    pt_add_buffer(&note->w, &said, false);
    if (levels_down(moved)) {
        pt_add_span(&note->w, PT_SPAN_PLAIN, " ");
        pt_say(&note->w, PT_N("In so far as the reference fell back, the gap is narrower without "
                              "anyone being better off."));
    }
    pt_close(&note->w);
}

/* ------------------------------------------------------------------ earlier status */

static const struct pt_earlier_standing *earlier_of(const struct pt_note *note,
                                                    const struct pt_projection *projection,
                                                    size_t from)
{
    const struct pt_standings *standings = &note->facts->standings;
    for (size_t i = from; i < standings->n_earlier; i++) {
        if (standings->earlier[i].projection == projection) {
            return &standings->earlier[i];
        }
    }
    return NULL;
}

/* A table, but of one and the same word in every year only a sentence. */
static void say_history(struct pt_note *note, const struct pt_projection *projection,
                        struct pt_note_rows rows)
{
    const struct pt_standings *standings = &note->facts->standings;
    const struct pt_earlier_standing *first = earlier_of(note, projection, 0), *last = first;
    bool same = true;
    for (const struct pt_earlier_standing *e = first; e != NULL;
         e = earlier_of(note, projection, (size_t)(e - standings->earlier) + 1)) {
        same &= e->word == first->word;
        last = e;
    }
    if (first == NULL) {
        return;
    }
    if (!same || first == last) {
        pt_put_table(&note->w,
                     pt_translate(note->language, PT_N("The status as it would have been")),
                     pt_note_table(note, "history", rows));
        return;
    }
    pt_open_paragraph(&note->w);
    pt_say(&note->w,
           PT_N("With the figures known in each year from %d to %d the status would have "
                "been the same: "),
           first->year, last->year);
    pt_say_standing(&note->w, first->word);
    pt_add_span(&note->w, PT_SPAN_PLAIN, ".");
    pt_close(&note->w);
}

/* ------------------------------------------------------------------ the self-test */

static void say_selftest(struct pt_note *note, const struct pt_selftest *test)
{
    struct pt_buffer said = { 0 };
    pt_open_paragraph(&note->w);
    pt_sentence_selftest(test, note->language, &said);
    pt_buffer_text(&said, ".");
    pt_add_buffer(&note->w, &said, true);
    pt_close(&note->w);
    if (test->n_paths == 0) {
        return;
    }
    pt_open_list(&note->w);
    for (size_t i = 0; i < test->n_paths; i++) {
        pt_open_item(&note->w);
        pt_sentence_said(test, i, note->language, &said);
        pt_add_buffer(&note->w, &said, true);
        pt_close(&note->w);
    }
    pt_close(&note->w);
}

enum pt_status pt_note_past(struct pt_note *note, const struct pt_projection *projection, size_t at,
                            const char *title, struct pt_note_rows rows, struct pt_error *err)
{
    pt_open_section(&note->w, note->facts->tests[at].slug,
                    pt_translate(note->language, PT_N("What the method would have said")));
    say_selftest(note, &note->facts->tests[at].test);
    enum pt_status status =
        pt_note_figure(note, "backtest", at, title, pt_note_table(note, "selftest", rows), err);
    say_history(note, projection, rows);
    pt_close(&note->w);
    return status;
}
