/* What a scenario changes: years where both futures get there, and the chance of getting there. */
#include <paritet/output.h>

#include <limits.h>
#include <math.h>
#include <stdlib.h>

#include "output/frequency.h"

/* Differences of chances below this are not shown by hundredths. */
#define HARDLY 0.005

static bool has_years(const struct pt_difference *difference)
{
    return difference->years_p50 != INT_MIN;
}

static bool changes_nothing(const struct pt_difference *difference)
{
    return has_years(difference) && difference->years_p10 == 0 && difference->years_p90 == 0 &&
           difference->p_earlier < HARDLY &&
           fabs(difference->p_never_scenario - difference->p_never_baseline) < HARDLY;
}

static void say_message(struct pt_buffer *out, const struct pt_language *language,
                        const struct pt_message *message)
{
    pt_buffer_message(out, language, message);
    pt_buffer_text(out, " ");
}

/* ------------------------------------------------------------------ years */

static void say_same_year(const struct pt_difference *difference,
                          const struct pt_language *language, struct pt_buffer *out)
{
    struct pt_message message;
    int low = difference->years_p10, high = difference->years_p90;

    if (low == 0 && high == 0) {
        pt_message_set(&message, PT_N("the goal is reached in the same year as without the "
                                      "scenario, in nearly all futures that reach it both ways."));
    } else if (low < 0 && high > 0) {
        pt_message_set(&message,
                       PT_N("the goal is reached in about the same year as without the scenario "
                            "(80 %% range: from %d later to %d earlier), counting futures that "
                            "reach it both ways."),
                       -low, high);
    } else if (high > 0) {
        pt_message_set(&message,
                       PT_N("the goal is reached in about the same year as without the scenario "
                            "(80 %% range: from the same year to %d earlier), counting futures "
                            "that reach it both ways."),
                       high);
    } else {
        pt_message_set(&message,
                       PT_N("the goal is reached in about the same year as without the scenario "
                            "(80 %% range: from %d later to the same year), counting futures that "
                            "reach it both ways."),
                       -low);
    }
    say_message(out, language, &message);
}

static void say_earlier(const struct pt_difference *difference, const struct pt_language *language,
                        struct pt_buffer *out)
{
    struct pt_message message;
    int low = difference->years_p10, middle = difference->years_p50;
    int high = difference->years_p90;
    unsigned long n = (unsigned long)middle;

    if (low == high) {
        pt_message_nset(&message, n,
                        "the goal is reached %d year earlier than without the scenario, in nearly "
                        "all futures that reach it both ways.",
                        "the goal is reached %d years earlier than without the scenario, in nearly "
                        "all futures that reach it both ways.",
                        middle);
    } else if (low >= 0) {
        pt_message_nset(&message, n,
                        "the goal is reached %d year earlier than without the scenario (80 %% "
                        "range: %d to %d years), counting futures that reach it both ways.",
                        "the goal is reached %d years earlier than without the scenario (80 %% "
                        "range: %d to %d years), counting futures that reach it both ways.",
                        middle, low, high);
    } else {
        pt_message_nset(&message, n,
                        "the goal is reached %d year earlier than without the scenario (80 %% "
                        "range: from %d later to %d earlier), counting futures that reach it both "
                        "ways.",
                        "the goal is reached %d years earlier than without the scenario (80 %% "
                        "range: from %d later to %d earlier), counting futures that reach it both "
                        "ways.",
                        middle, -low, high);
    }
    say_message(out, language, &message);
}

static void say_later(const struct pt_difference *difference, const struct pt_language *language,
                      struct pt_buffer *out)
{
    struct pt_message message;
    int low = difference->years_p10, middle = difference->years_p50;
    int high = difference->years_p90;
    unsigned long n = (unsigned long)-middle;

    if (low == high) {
        pt_message_nset(&message, n,
                        "the goal is reached %d year later than without the scenario, in nearly "
                        "all futures that reach it both ways.",
                        "the goal is reached %d years later than without the scenario, in nearly "
                        "all futures that reach it both ways.",
                        -middle);
    } else if (high <= 0) {
        pt_message_nset(&message, n,
                        "the goal is reached %d year later than without the scenario (80 %% "
                        "range: %d to %d years), counting futures that reach it both ways.",
                        "the goal is reached %d years later than without the scenario (80 %% "
                        "range: %d to %d years), counting futures that reach it both ways.",
                        -middle, -high, -low);
    } else {
        pt_message_nset(&message, n,
                        "the goal is reached %d year later than without the scenario (80 %% "
                        "range: from %d later to %d earlier), counting futures that reach it both "
                        "ways.",
                        "the goal is reached %d years later than without the scenario (80 %% "
                        "range: from %d later to %d earlier), counting futures that reach it both "
                        "ways.",
                        -middle, -low, high);
    }
    say_message(out, language, &message);
}

/* ------------------------------------------------------------------ chances */

/* A quantity of futures: stands after "in" in every sentence that takes one, in both languages. */
static void name_futures(struct pt_frequency frequency, const struct pt_language *language,
                         char text[PT_CELL_MAX])
{
    struct pt_message message;

    switch (frequency.kind) {
    case PT_FREQUENCY_NONE:
        /* TRANSLATORS: these five stand after "in", as %s of the sentences below */
        pt_message_set(&message, PT_N("none of the futures computed"));
        break;
    case PT_FREQUENCY_BELOW:
        pt_message_set(&message, PT_N("fewer than 1 of 100 futures"));
        break;
    case PT_FREQUENCY_PART:
        pt_message_set(&message, PT_N("%d of %d futures"), frequency.part, frequency.whole);
        break;
    case PT_FREQUENCY_ABOVE:
        pt_message_set(&message, PT_N("more than 99 of 100 futures"));
        break;
    case PT_FREQUENCY_ALL:
        pt_message_set(&message, PT_N("all futures computed"));
        break;
    }
    pt_message_print(&message, language, text, PT_CELL_MAX);
}

static bool is_coarse(double p)
{
    return p >= 0.095 && p <= 0.905;
}

/* With and without the scenario, in the same parts: tenths where those tell them apart. Returns
 * what was said of the scenario. */
static struct pt_frequency say_chances(const struct pt_difference *difference,
                                       const struct pt_language *language, struct pt_buffer *out)
{
    double with = 1 - difference->p_never_scenario, without = 1 - difference->p_never_baseline;
    struct pt_frequency a = pt_frequency_in(with, 10), b = pt_frequency_in(without, 10);
    char with_text[PT_CELL_MAX], without_text[PT_CELL_MAX];

    if (!is_coarse(with) || !is_coarse(without) || a.part == b.part) {
        a = pt_frequency_in(with, 100);
        b = pt_frequency_in(without, 100);
    }
    if (a.kind == b.kind && a.part == b.part) {
        a = pt_frequency_of(with);
        name_futures(a, language, with_text);
        pt_buffer_say(out, language,
                      has_years(difference)
                          ? PT_N("Within the horizon it is reached in %s, with or without the "
                                 "scenario.")
                          : PT_N("within the horizon the goal is reached in %s, with or without "
                                 "the scenario."),
                      with_text);
        return a;
    }
    name_futures(a, language, with_text);
    name_futures(b, language, without_text);
    pt_buffer_say(out, language,
                  has_years(difference)
                      ? PT_N("With the scenario it is reached within the horizon in %s, without "
                             "it in %s.")
                      : PT_N("with the scenario the goal is reached within the horizon in %s, "
                             "without it in %s."),
                  with_text, without_text);
    return a;
}

static void say_hopeless(const struct pt_difference *difference,
                         const struct pt_language *language, struct pt_buffer *out)
{
    char futures[PT_CELL_MAX];

    name_futures(pt_frequency_of(difference->both_never), language, futures);
    pt_buffer_say(out, language,
                  PT_N("in %s the goal is not reached within the horizon, neither with the "
                       "scenario nor without it."),
                  futures);
}

/* Where the scenario takes nobody's parity away, this is the rest of what was said of it, and has
 * to add up with it. */
static void say_both_never(const struct pt_difference *difference, struct pt_frequency with,
                           const struct pt_language *language, struct pt_buffer *out)
{
    char futures[PT_CELL_MAX];
    struct pt_frequency never = with.kind == PT_FREQUENCY_PART
                                    ? pt_frequency_in(difference->both_never, with.whole)
                                    : pt_frequency_of(difference->both_never);

    if (difference->both_never < HARDLY) {
        return;
    }
    if (with.kind == PT_FREQUENCY_PART &&
        fabs(difference->both_never - difference->p_never_scenario) < HARDLY) {
        never = with;
        never.part = with.whole - with.part;
    }
    name_futures(never, language, futures);
    pt_buffer_text(out, " ");
    pt_buffer_say(out, language, PT_N("In %s it is not reached either way."), futures);
}

void pt_sentence_difference(const struct pt_difference *difference,
                            const struct pt_language *language, struct pt_buffer *out)
{
    if (difference->both_never >= 1 - HARDLY) {
        say_hopeless(difference, language, out);
        return;
    }
    if (changes_nothing(difference)) {
        pt_buffer_say(out, language,
                      PT_N("the scenario changes practically nothing: the goal is reached in the "
                           "same year with and without it."));
        return;
    }
    if (has_years(difference)) {
        if (difference->years_p50 > 0) {
            say_earlier(difference, language, out);
        } else if (difference->years_p50 < 0) {
            say_later(difference, language, out);
        } else {
            say_same_year(difference, language, out);
        }
    }
    struct pt_frequency with = say_chances(difference, language, out);
    say_both_never(difference, with, language, out);
}
