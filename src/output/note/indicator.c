/* The section of one indicator: the sentence first, then how it stands, the figures and pictures, what
 * the scenarios change, and what the method would have said before. */
#include "output/note/note.h"

/* ------------------------------------------------------------------ how it stands */

static void say_headline(struct pt_note *note, size_t at)
{
    struct pt_buffer said = { 0 };
    pt_sentence_headline(&note->facts->charts[at].outcomes[0].headline, note->language, &said);
    pt_open_paragraph(&note->w);
    pt_add_buffer(&note->w, &said, true);
    pt_close(&note->w);
}

/* The status word and, in its own sentence, why. */
static void say_standing(struct pt_note *note, const struct pt_standing *standing)
{
    struct pt_buffer reason = { 0 };
    if (standing == NULL) {
        return;
    }
    pt_open_paragraph(&note->w);
    pt_say(&note->w, PT_N("Status: "));
    pt_say_standing(&note->w, standing->word);
    pt_add_span(&note->w, PT_SPAN_PLAIN, ".");
    if (standing->reason.id != NULL) {
        pt_buffer_text(&reason, " ");
        pt_buffer_message(&reason, note->language, &standing->reason);
        pt_add_buffer(&note->w, &reason, false);
    }
    pt_close(&note->w);
}

void pt_note_words(struct pt_note *note, const struct pt_indicator *indicator)
{
    const char *text = pt_text_in(&indicator->note, note->language);
    if (text[0] != '\0') {
        pt_add_paragraph(&note->w, text);
    }
}

/* ------------------------------------------------------------------ scenarios */

static void say_scenarios(struct pt_note *note, const struct pt_projection *p)
{
    const char *only;
    struct pt_buffer said = { 0 };
    if (p->n_outcomes < 2) {
        return;
    }
    pt_open_list(&note->w);
    for (size_t s = 1; s < p->n_outcomes; s++) {
        const struct pt_outcome *outcome = &p->outcomes[s];
        if (outcome->n_levers == 0 && !outcome->linked) {
            continue;
        }
        pt_open_item(&note->w);
        pt_add_span(&note->w, PT_SPAN_STRONG, pt_note_scenario(note, outcome->id));
        pt_add_span(&note->w, PT_SPAN_PLAIN, ": ");
        if (p->has_question) {
            pt_sentence_change(note->run, p, outcome, note->language, &said);
        } else {
            pt_buffer_say(&said, note->language,
                          PT_N("it moves the figure, but without a question there is no year to "
                               "compare."));
        }
        pt_add_buffer(&note->w, &said, false);
        pt_close(&note->w);
    }
    if (pt_sentence_idle(p, note->language, &only, &said) > 0) {
        pt_open_item(&note->w);
        if (only != NULL) {
            pt_add_span(&note->w, PT_SPAN_STRONG, only);
            pt_add_span(&note->w, PT_SPAN_PLAIN, ": ");
        }
        pt_add_buffer(&note->w, &said, false);
        pt_close(&note->w);
    }
    pt_close(&note->w);
}

/* ------------------------------------------------------------------ the section */

static enum pt_status put_pictures(struct pt_note *note, const struct pt_projection *projection,
                                   size_t at, const char *title, struct pt_note_rows rows,
                                   struct pt_error *err)
{
    struct pt_note_rows years = rows;
    years.some_years = true;
    enum pt_status status =
        pt_note_figure(note, "fan", at, title, pt_note_table(note, "bands", years), err);
    pt_note_groups(note, projection, at);
    if (status == PT_OK) {
        status =
            pt_note_figure(note, "groups", at, title, pt_note_table(note, "groups", years), err);
    }
    return status == PT_OK ? pt_note_figure(note, "decomposition", at, title,
                                            pt_note_table(note, "decomposition", rows), err)
                           : status;
}

enum pt_status pt_note_indicator(struct pt_note *note, const struct pt_projection *projection,
                                 size_t at, bool among_places, struct pt_error *err)
{
    const struct pt_subject *subject = projection->subject;
    const char *title = pt_note_title(note, subject->indicator, subject->place);
    const struct pt_note_rows rows = { .indicator = subject->indicator->id,
                                       .place = subject->place };
    pt_open_section(&note->w, note->facts->charts[at].slug, among_places ? subject->place : title);
    say_headline(note, at);
    const struct pt_standing *standing = pt_note_standing(note, subject->indicator, subject->place);
    say_standing(note, standing);
    pt_put_table(&note->w, NULL, pt_note_figures(note, standing, at));
    if (!among_places) {
        pt_note_words(note, subject->indicator);
    }
    enum pt_status status = put_pictures(note, projection, at, title, rows, err);
    say_scenarios(note, projection);
    if (status == PT_OK && projection->n_outcomes > 1) {
        status =
            pt_note_figure(note, "scenarios", at, title, pt_note_table(note, "parity", rows), err);
    }
    if (status == PT_OK) {
        status =
            pt_note_figure(note, "futures", at, title, pt_note_table(note, "parity", rows), err);
    }
    if (status == PT_OK) {
        status = pt_note_past(note, projection, at, title, rows, err);
    }
    pt_close(&note->w);
    return status;
}

void pt_note_without(struct pt_note *note, const struct pt_indicator *indicator, const char *place)
{
    const struct pt_standing *standing = pt_note_standing(note, indicator, place);
    pt_open_section(&note->w, indicator->id, pt_text_in(&indicator->title, note->language));
    say_standing(note, standing);
    pt_put_table(&note->w, NULL, pt_note_figures(note, standing, SIZE_MAX));
    pt_note_words(note, indicator);
    pt_close(&note->w);
}
