/* What counts as parity and why, indicator by indicator: bands, targets, breaks, bounds, and where the
 * figures come from. */
#include <math.h>
#include <string.h>

#include "output/note/note.h"
#include "output/say/lever.h"

/* A reason in the planner's words, as a sentence of its own. */
static void say_because(struct pt_note *note, const struct pt_text *because)
{
    const char *text = pt_text_in(because, note->language);
    if (text[0] != '\0') {
        pt_add_span(&note->w, PT_SPAN_PLAIN, " ");
        pt_say(&note->w, PT_N("Reason: %s"), text);
        pt_add_span(&note->w, PT_SPAN_PLAIN, strchr(".!?", text[strlen(text) - 1]) ? "" : ".");
    }
}

static void say_band(struct pt_note *note, const struct pt_indicator *indicator)
{
    const char *points = pt_note_points(note, indicator);
    char band[PT_CELL_MAX], level[PT_CELL_MAX];
    if (!indicator->has_band || indicator->gap == NULL) {
        return;
    }
    pt_plainly(indicator->band, note->language, band);
    pt_open_item(&note->w);
    if (indicator->reference != NULL) {
        pt_say(&note->w, PT_N("The gap of '%s' against '%s' (%s) counts as closed within %s %s."),
               pt_note_group(note, indicator->group), pt_note_group(note, indicator->reference),
               pt_translate(note->language, indicator->gap->title), band, points);
    } else {
        pt_say(&note->w, PT_N("Parity is at %s %s; a figure within %s %s of it counts."),
               pt_plainly(indicator->parity, note->language, level), pt_note_unit(note, indicator),
               band, points);
    }
    say_because(note, &indicator->band_because);
    pt_close(&note->w);
}

static void say_target(struct pt_note *note, const struct pt_indicator *indicator)
{
    char target[PT_CELL_MAX];
    if (!indicator->has_target) {
        return;
    }
    pt_open_item(&note->w);
    pt_say(&note->w, PT_N("Target: %s %s by %d."),
           pt_plainly(indicator->target, note->language, target),
           indicator->reference != NULL ? pt_note_points(note, indicator)
                                        : pt_note_unit(note, indicator),
           indicator->target_year);
    say_because(note, &indicator->target_because);
    pt_close(&note->w);
}

static void say_breaks(struct pt_note *note, const struct pt_indicator *indicator)
{
    for (size_t i = 0; i < indicator->n_breaks; i++) {
        pt_open_item(&note->w);
        pt_say(&note->w, PT_N("Break in %d: figures before and after it do not compare."),
               indicator->breaks[i].year);
        say_because(note, &indicator->breaks[i].because);
        pt_close(&note->w);
    }
}

/* The direction, and the bounds where the figures have both. */
static void say_bounds(struct pt_note *note, const struct pt_indicator *indicator)
{
    char low[PT_CELL_MAX], high[PT_CELL_MAX];
    pt_open_item(&note->w);
    pt_say(&note->w, indicator->better > 0 ? PT_N("Higher is better.") : PT_N("Lower is better."));
    if (isfinite(indicator->lower) && isfinite(indicator->upper)) {
        pt_add_span(&note->w, PT_SPAN_PLAIN, " ");
        pt_say(&note->w, PT_N("Figures can lie from %s to %s %s."),
               pt_plainly(indicator->lower, note->language, low),
               pt_plainly(indicator->upper, note->language, high), pt_note_unit(note, indicator));
    }
    pt_close(&note->w);
}

static size_t few_persons(const struct pt_subject *subject)
{
    size_t few = 0;
    for (size_t i = 0; subject->persons != NULL && i < subject->projected.n; i++) {
        few += subject->persons[i] > 0 && subject->persons[i] < PT_PERSONS_FEW;
    }
    return few;
}

static void say_figures(struct pt_note *note, const struct pt_projection *p)
{
    size_t few = few_persons(p->subject);
    const char *source = p->subject->observed->source;
    pt_open_item(&note->w);
    pt_say(&note->w, PT_N("Fitted: %zu figures, %d-%d; trend: %s."), p->fit.n, p->fit.first,
           p->fit.last, pt_translate(note->language, p->fit.family->title));
    if (source[0] != '\0') {
        pt_add_span(&note->w, PT_SPAN_PLAIN, " ");
        pt_say(&note->w, PT_N("Source: %s"), source);
    }
    if (few > 0) {
        pt_add_span(&note->w, PT_SPAN_PLAIN, " ");
        pt_say(&note->w, PT_N("Of these figures, %zu rest on fewer than %d persons each."), few,
               PT_PERSONS_FEW);
    }
    pt_close(&note->w);
}

/* What the model says of an indicator holds at all of its places. */
static void write_indicator(struct pt_note *note, size_t at)
{
    const struct pt_run *run = note->run;
    const struct pt_projection *p = &run->projections[at];
    const struct pt_indicator *indicator = p->subject->indicator;
    bool more =
        at + 1 < run->n_projections && run->projections[at + 1].subject->indicator == indicator;
    bool first = at == 0 || run->projections[at - 1].subject->indicator != indicator;
    if (!first) {
        return;
    }
    pt_open_item(&note->w);
    pt_add_span(&note->w, PT_SPAN_STRONG, pt_text_in(&indicator->title, note->language));
    pt_open_list(&note->w);
    say_band(note, indicator);
    say_target(note, indicator);
    say_breaks(note, indicator);
    say_bounds(note, indicator);
    if (!more) {
        say_figures(note, p);
    }
    pt_close(&note->w);
    pt_close(&note->w);
}

static enum pt_status write(struct pt_note *note, struct pt_error *err)
{
    (void)err;
    if (note->run->n_projections == 0) {
        return PT_OK;
    }
    pt_open_section(
        &note->w, "questions",
        pt_translate(note->language, PT_N("What counts as parity, and on what figures")));
    pt_open_list(&note->w);
    for (size_t i = 0; i < note->run->n_projections; i++) {
        write_indicator(note, i);
    }
    pt_close(&note->w);
    pt_close(&note->w);
    return PT_OK;
}

const struct pt_note_part pt_note_part_questions = { .name = "questions", .write = write };
