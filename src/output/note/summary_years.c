/* What the standings mean in years: the nearest parity and the farthest, honest about never. */
#include "output/note/summary.h"
#include "output/say/frequency.h"

static const struct pt_headline *headline_of(const struct pt_note *note, size_t i)
{
    return &note->facts->charts[i].outcomes[0].headline;
}

/* A question that is still open in most futures. */
static bool is_open(const struct pt_headline *headline)
{
    return (headline->kind == PT_HEADLINE_YEAR || headline->kind == PT_HEADLINE_MOSTLY_NEVER) &&
           headline->middle != PT_YEAR_ALREADY;
}

/* The middle year, `never` last; among equals the chance. */
static bool is_nearer(const struct pt_headline *a, const struct pt_headline *b)
{
    return a->middle != b->middle ? a->middle < b->middle : a->p_never < b->p_never;
}

/* What is said of one: whole clauses, for a year, for "already" at the earliest, and for never. */
struct clauses {
    const char *year, *already, *never;
};
static const struct clauses alone = {
    PT_N("'%s' reaches parity or its target around %d at the earliest, and by %d in %s"),
    PT_N("'%s' has reached parity or its target already in %s, and by %d in %s"),
    PT_N("'%s' has not reached parity or its target by %d in %s"),
};
static const struct clauses nearest = {
    PT_N("nearest to parity is '%s', around %d at the earliest and by %d in %s"),
    PT_N("nearest to parity is '%s', there already in %s and by %d in %s"),
    PT_N("even '%s', which comes nearest to parity, is not there by %d in %s"),
};
static const struct clauses farthest = {
    PT_N("farthest off is '%s', around %d at the earliest and by %d in %s"),
    PT_N("farthest off is '%s', there already in %s and by %d in %s"),
    PT_N("farthest off is '%s', which is not there by %d in %s"),
};

static void say_clause(const struct pt_note *note, const struct clauses *clauses, const char *title,
                       const struct pt_headline *h, struct pt_buffer *out)
{
    const struct pt_language *language = note->language;
    double chances[2] = { 1 - h->p_never, h->p_already };
    int whole = pt_frequency_whole(chances, h->earliest == PT_YEAR_ALREADY ? 2 : 1);
    char there[PT_CELL_MAX], now[PT_CELL_MAX];
    if (h->kind == PT_HEADLINE_MOSTLY_NEVER) {
        pt_frequency_futures(pt_frequency_in(h->p_never, whole), language, there);
        pt_buffer_say(out, language, clauses->never, title, h->horizon, there);
        return;
    }
    pt_frequency_futures(pt_frequency_in(1 - h->p_never, whole), language, there);
    if (h->earliest == PT_YEAR_ALREADY) {
        pt_frequency_futures(pt_frequency_in(h->p_already, whole), language, now);
        pt_buffer_say(out, language, clauses->already, title, now, h->horizon, there);
    } else {
        pt_buffer_say(out, language, clauses->year, title, h->earliest, h->horizon, there);
    }
}

static const char *title_of(struct pt_note *note, size_t i)
{
    const struct pt_subject *subject = note->run->projections[i].subject;
    const char *title = pt_text_in(&subject->indicator->title, note->language);
    return subject->place[0] != '\0' ? pt_note_title(note, subject->indicator, subject->place)
                                     : title;
}

static void say_none(struct pt_note *note)
{
    bool asked = false;
    for (size_t i = 0; i < note->facts->n_charts; i++) {
        asked |= headline_of(note, i)->kind != PT_HEADLINE_NO_QUESTION;
    }
    pt_say_item(&note->w, asked
                              ? PT_N("Wherever the figures allow a year to be given, parity or the "
                                     "target has been reached already.")
                              : PT_N("No indicator has both a question and figures enough, so that "
                                     "no year of parity can be given."));
}

void pt_note_say_years(struct pt_note *note)
{
    size_t near = SIZE_MAX, far = SIZE_MAX, n = note->facts->n_charts;
    struct pt_buffer said = { 0 };
    for (size_t i = 0; i < n; i++) {
        const struct pt_headline *h = headline_of(note, i);
        if (!is_open(h)) {
            continue;
        }
        near = near == SIZE_MAX || is_nearer(h, headline_of(note, near)) ? i : near;
        far = far == SIZE_MAX || is_nearer(headline_of(note, far), h) ? i : far;
    }
    if (near == SIZE_MAX) {
        say_none(note);
        return;
    }
    pt_buffer_text(&said, pt_translate(note->language, PT_N("In years this means: ")));
    say_clause(note, near == far ? &alone : &nearest, title_of(note, near), headline_of(note, near),
               &said);
    if (near != far) {
        pt_buffer_text(&said, "; ");
        say_clause(note, &farthest, title_of(note, far), headline_of(note, far), &said);
    }
    pt_buffer_text(&said, ".");
    pt_open_item(&note->w);
    pt_add_buffer(&note->w, &said, false);
    pt_close(&note->w);
}
