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

/* How many stand so, as clauses of a sentence: "1 is", "2 are". */
static const struct {
    enum pt_standing_word word;
    const char *one, *several;
} stands[] = {
    { PT_STANDING_REACHED, PT_N("%s has been reached"), PT_N("%s have been reached") },
    { PT_STANDING_ON_COURSE, PT_N("%s is on course"), PT_N("%s are on course") },
    { PT_STANDING_UNCERTAIN, PT_N("%s is uncertain"), PT_N("%s are uncertain") },
    { PT_STANDING_OFF_COURSE, PT_N("%s is off course"), PT_N("%s are off course") },
    { PT_STANDING_MOVING_AWAY, PT_N("%s is moving away"), PT_N("%s are moving away") },
    { PT_STANDING_NO_QUESTION, PT_N("%s has no target"), PT_N("%s have no target") },
    { PT_STANDING_TOO_LITTLE, PT_N("%s cannot be judged"), PT_N("%s cannot be judged") },
    { PT_STANDING_NO_FIGURES, PT_N("%s has no figures"), PT_N("%s have no figures") },
};
_Static_assert(sizeof stands / sizeof *stands == PT_STANDINGS, "every word has its clause");

/* "1 has been reached, 2 are uncertain, and 3 have no figures"; of one kind only: "all are uncertain".
 * What is true of none is not said. */
static void list_standings(const struct pt_note *note, const size_t count[PT_STANDINGS],
                           struct pt_buffer *out)
{
    const struct pt_language *language = note->language;
    size_t n = note->facts->standings.n, left = 0;
    for (size_t i = 0; i < PT_STANDINGS; i++) {
        left += count[i] > 0;
    }
    const bool one_kind = left == 1;
    for (size_t i = 0; i < PT_STANDINGS; i++) {
        const size_t here = count[stands[i].word];
        char number[PT_NUMBER_MAX];
        if (here == 0) {
            continue;
        }
        snprintf(number, sizeof number, "%zu", here);
        /* TRANSLATORS: indicators, in "both are on course" and "all are on course" */
        const char *all = pt_translate(language, n == 2 ? PT_N("both") : PT_N("all"));
        pt_buffer_say(out, language, here == 1 ? stands[i].one : stands[i].several,
                      one_kind ? all : number);
        left--;
        pt_buffer_text(out, left == 1  ? pt_translate(language, PT_N(", and "))
                            : left > 1 ? ", "
                                       : "");
    }
}

static void say_standings(struct pt_note *note)
{
    const struct pt_standings *standings = &note->facts->standings;
    size_t count[PT_STANDINGS] = { 0 };
    struct pt_buffer said = { 0 };
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
    list_standings(note, count, &said);
    pt_say_item(&note->w,
                places ? PT_N("Counting every indicator at every place, the barometer has %zu: %s.")
                       : PT_N("The barometer has %zu indicators: %s."),
                standings->n, said.bytes != NULL ? said.bytes : "");
    note->w.failed |= said.failed;
    pt_buffer_free(&said);
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
