/* The first sentence. Every pattern is a whole one, so that each language can build its own. */
#include <string.h>

#include <paritet/output.h>

#include "output/say/frequency.h"

/* METHODS 3.7: forecasts of such series have been checked up to here and no further. */
#define VERIFIED_YEARS 20

/* The chances of one headline are parts of one whole, so that they can be compared. */
static int whole_of(const struct pt_headline *headline)
{
    double chances[4] = { 1 - headline->p_never };
    size_t n = 1;
    if (headline->kind == PT_HEADLINE_YEAR && headline->earliest == PT_YEAR_ALREADY) {
        chances[n++] = headline->p_already;
    }
    if (headline->may_fade) {
        chances[n++] = headline->p_holds;
        chances[n++] = headline->p_fades;
    }
    return pt_frequency_whole(chances, n);
}

static void say_already(const struct pt_headline *headline, const struct pt_language *language,
                        struct pt_buffer *out)
{
    pt_buffer_say(out, language,
                  headline->target  ? PT_N("the target has already been reached.")
                  : headline->ahead ? PT_N("the gap is already closed; the group is ahead now.")
                                    : PT_N("the gap is already closed."));
}

static void say_earliest(const struct pt_headline *headline, const struct pt_language *language,
                         struct pt_buffer *out)
{
    if (headline->earliest != PT_YEAR_ALREADY) {
        pt_buffer_say(out, language,
                      headline->target ? PT_N("the target is reached around %d at the earliest.")
                                       : PT_N("the gap closes around %d at the earliest."),
                      headline->earliest);
        return;
    }
    struct pt_frequency already = pt_frequency_in(headline->p_already, whole_of(headline));
    if (already.kind == PT_FREQUENCY_ABOVE) {
        pt_buffer_say(
            out, language,
            headline->target
                ? PT_N("in more than 99 of 100 futures the target has already been reached.")
                : PT_N("in more than 99 of 100 futures the gap is already closed."));
    } else {
        pt_buffer_say(out, language,
                      headline->target
                          ? PT_N("in %d of %d futures the target has already been reached.")
                          : PT_N("in %d of %d futures the gap is already closed."),
                      already.part, already.whole);
    }
}

/* How many futures are there by the horizon: 1 - p_never, so that the pair adds up. */
static void say_by_horizon(const struct pt_headline *headline, const struct pt_language *language,
                           struct pt_buffer *out)
{
    struct pt_frequency there = pt_frequency_in(1 - headline->p_never, whole_of(headline));

    if (there.kind == PT_FREQUENCY_ALL) {
        pt_buffer_say(out, language,
                      headline->target
                          ? PT_N("In all %zu futures computed it has been reached by %d.")
                          : PT_N("In all %zu futures computed it has closed by %d."),
                      (size_t)headline->draws, headline->horizon);
    } else if (there.kind == PT_FREQUENCY_ABOVE) {
        pt_buffer_say(out, language,
                      headline->target
                          ? PT_N("In more than 99 of 100 futures it has been reached by %d.")
                          : PT_N("In more than 99 of 100 futures it has closed by %d."),
                      headline->horizon);
    } else {
        pt_buffer_say(
            out, language,
            headline->target
                ? PT_N("In %d of %d futures it has been reached by %d, in %d of %d it has not.")
                : PT_N("In %d of %d futures it has closed by %d, in %d of %d it has not."),
            there.part, there.whole, headline->horizon, there.whole - there.part, there.whole);
    }
}

static void say_never(const struct pt_headline *headline, const struct pt_language *language,
                      struct pt_buffer *out)
{
    struct pt_frequency never = pt_frequency_in(headline->p_never, whole_of(headline));

    if (never.kind == PT_FREQUENCY_ALL) {
        pt_buffer_say(out, language,
                      headline->target
                          ? PT_N("in none of the %zu futures computed is the target reached by %d.")
                          : PT_N("in none of the %zu futures computed does the gap close by %d."),
                      (size_t)headline->draws, headline->horizon);
    } else if (never.kind == PT_FREQUENCY_ABOVE) {
        pt_buffer_say(out, language,
                      headline->target
                          ? PT_N("in more than 99 of 100 futures the target is not reached by %d.")
                          : PT_N("in more than 99 of 100 futures the gap does not close by %d."),
                      headline->horizon);
    } else {
        pt_buffer_say(
            out, language,
            headline->target
                ? PT_N("in %d of %d futures the target is not reached by %d, in %d of %d it is.")
                : PT_N("in %d of %d futures the gap does not close by %d, in %d of %d it does."),
            never.part, never.whole, headline->horizon, never.whole - never.part, never.whole);
    }
    if (headline->moving_away) {
        pt_buffer_text(out, " ");
        pt_buffer_say(out, language,
                      headline->target ? PT_N("The present pace leads away from the target.")
                                       : PT_N("At the present pace the gap is widening."));
    }
}

/* A sentence that names a year nobody can vouch for says so. */
static void say_beyond(const struct pt_headline *headline, const struct pt_language *language,
                       struct pt_buffer *out)
{
    int verified = headline->last + VERIFIED_YEARS;

    if (headline->beyond_verified && headline->horizon > verified) {
        pt_buffer_text(out, " ");
        pt_buffer_say(out, language,
                      PT_N("No one has verified forecasts more than %d years ahead, here beyond "
                           "%d."),
                      VERIFIED_YEARS, verified);
    }
}

static void part_of(struct pt_frequency frequency, const struct pt_language *language,
                    char text[PT_CELL_MAX])
{
    struct pt_message message;
    switch (frequency.kind) {
    case PT_FREQUENCY_NONE:
    case PT_FREQUENCY_BELOW:
        /* TRANSLATORS: these three stand after "in", before or after "if the pace holds" */
        pt_message_set(&message, PT_N("fewer than 1 of 100 futures"));
        break;
    case PT_FREQUENCY_ABOVE:
    case PT_FREQUENCY_ALL:
        pt_message_set(&message, PT_N("more than 99 of 100 futures"));
        break;
    case PT_FREQUENCY_PART:
        pt_message_set(&message, PT_N("%d of %d futures"), frequency.part, frequency.whole);
        break;
    }
    pt_message_print(&message, language, text, PT_CELL_MAX);
}

/* Nothing fitted for a few years may decide the year alone: both continuations are said. */
static void say_pace(const struct pt_headline *headline, const struct pt_language *language,
                     struct pt_buffer *out)
{
    char holds[PT_CELL_MAX], fades[PT_CELL_MAX];
    if (!headline->may_fade) {
        return;
    }
    part_of(pt_frequency_in(headline->p_holds, whole_of(headline)), language, holds);
    part_of(pt_frequency_in(headline->p_fades, whole_of(headline)), language, fades);
    if (strcmp(holds, fades) == 0) {
        return;
    }
    pt_buffer_text(out, " ");
    pt_buffer_say(out, language,
                  headline->target
                      ? PT_N("If the pace holds, it is reached in %s; if it fades, in "
                             "%s.")
                      : PT_N("If the pace holds, it closes in %s; if it fades, in %s."),
                  holds, fades);
}

static void say_year(const struct pt_headline *headline, const struct pt_language *language,
                     struct pt_buffer *out)
{
    struct pt_frequency already = pt_frequency_of(headline->p_already);

    say_earliest(headline, language, out);
    if (already.kind == PT_FREQUENCY_ABOVE) {
        return;
    }
    pt_buffer_text(out, " ");
    say_by_horizon(headline, language, out);
    say_pace(headline, language, out);
    say_beyond(headline, language, out);
}

/* Every year hangs on a trend, and on figures that end somewhere. */
static void say_basis(const struct pt_headline *headline, const struct pt_language *language,
                      struct pt_buffer *out)
{
    if (headline->family) {
        pt_buffer_text(out, " ");
        pt_buffer_say(out, language,
                      PT_N("This carries the past trend (%s) on from the figures up to %d."),
                      pt_translate(language, headline->family), headline->last);
    }
}

void pt_sentence_headline(const struct pt_headline *headline, const struct pt_language *language,
                          struct pt_buffer *out)
{
    switch (headline->kind) {
    case PT_HEADLINE_NO_QUESTION:
        pt_buffer_say(out, language,
                      PT_N("the model names neither a reference group, nor parity, nor a target, "
                           "so there is no year to give."));
        break;
    case PT_HEADLINE_ALREADY:
        say_already(headline, language, out);
        break;
    case PT_HEADLINE_YEAR:
        say_year(headline, language, out);
        say_basis(headline, language, out);
        break;
    case PT_HEADLINE_MOSTLY_NEVER:
        say_never(headline, language, out);
        say_pace(headline, language, out);
        say_beyond(headline, language, out);
        say_basis(headline, language, out);
        break;
    }
}
