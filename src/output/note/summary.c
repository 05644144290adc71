/* Where and up to when, and three sentences: how things stand, what that means in years, and what the
 * scenarios would change. */
#include <limits.h>
#include <string.h>

#include "output/note/note.h"
#include "output/note/summary.h"

/* ------------------------------------------------------------------ where and up to when */

static void say_date(struct pt_note *note)
{
    const struct pt_facts *facts = note->facts;
    int first = INT_MAX, last = INT_MIN;
    for (size_t i = 0; i < facts->n_charts; i++) {
        first = facts->charts[i].last < first ? facts->charts[i].last : first;
        last = facts->charts[i].last > last ? facts->charts[i].last : last;
    }
    for (size_t i = 0; i < facts->standings.n; i++) {
        const struct pt_standing *row = &facts->standings.rows[i];
        first = row->has_value && row->year < first ? row->year : first;
        last = row->has_value && row->year > last ? row->year : last;
    }
    const char *place = pt_text_in(&note->run->model->place_title, note->language);
    pt_open_paragraph(&note->w);
    if (place[0] != '\0') {
        pt_add_span(&note->w, PT_SPAN_PLAIN, place);
        pt_add_span(&note->w, PT_SPAN_PLAIN, ". ");
    }
    if (last == INT_MIN) {
        pt_say(&note->w, PT_N("The model has no figures yet."));
    } else if (first == last) {
        pt_say(&note->w, PT_N("Figures up to %d."), last);
    } else {
        pt_say(&note->w,
               PT_N("Figures up to %d; the oldest of the indicators' newest figures is "
                    "from %d."),
               last, first);
    }
    pt_close(&note->w);
}

/* ------------------------------------------------------------------ how things stand */

/* A number in a sentence; nobody reads a nought aloud. */
static const char *number(const struct pt_note *note, size_t n, char text[PT_NUMBER_MAX])
{
    if (n == 0) {
        /* TRANSLATORS: indicators, in "the barometer finds none of them on course" */
        return pt_translate(note->language, PT_N("none"));
    }
    snprintf(text, PT_NUMBER_MAX, "%zu", n);
    return text;
}

static void say_standings(struct pt_note *note)
{
    const struct pt_standings *standings = &note->facts->standings;
    size_t count[PT_STANDINGS] = { 0 };
    char reached[PT_NUMBER_MAX], on[PT_NUMBER_MAX], open[PT_NUMBER_MAX], off[PT_NUMBER_MAX];
    char none[PT_NUMBER_MAX];
    bool places = false;
    if (standings->n == 0) {
        return;
    }
    for (size_t i = 0; i < standings->n; i++) {
        count[standings->rows[i].word]++;
        places |= standings->rows[i].place[0] != '\0';
    }
    if (standings->n == 1) {
        pt_say_item(&note->w, PT_N("The status of the only indicator here is: %s."),
                    pt_translate(note->language, pt_standing_name(standings->rows[0].word)));
        return;
    }
    pt_say_item(&note->w,
                places
                    ? PT_N("Counting every indicator at every place, the barometer finds %s of %zu "
                           "reached, %s on course, %s uncertain, %s off course or moving away, "
                           "and %s without an answer.")
                    : PT_N("The barometer finds %s of its %zu indicators reached, %s on course, "
                           "%s uncertain, %s off course or moving away, and %s without an "
                           "answer."),
                number(note, count[PT_STANDING_REACHED], reached), standings->n,
                number(note, count[PT_STANDING_ON_COURSE], on),
                number(note, count[PT_STANDING_UNCERTAIN], open),
                number(note, count[PT_STANDING_OFF_COURSE] + count[PT_STANDING_MOVING_AWAY], off),
                number(note,
                       count[PT_STANDING_NO_QUESTION] + count[PT_STANDING_TOO_LITTLE] +
                           count[PT_STANDING_NO_FIGURES],
                       none));
}

static enum pt_status write(struct pt_note *note, struct pt_error *err)
{
    (void)err;
    say_date(note);
    pt_open_section(&note->w, "summary", pt_translate(note->language, PT_N("In three sentences")));
    pt_open_list(&note->w);
    say_standings(note);
    pt_note_say_years(note);
    pt_note_say_gain(note);
    pt_close(&note->w);
    pt_close(&note->w);
    return PT_OK;
}

const struct pt_note_part pt_note_part_summary = { .name = "summary", .write = write };
