/* What a scenario changes: years where both futures get there, and the chance of getting there. */
#include <paritet/output.h>

#include <limits.h>
#include <math.h>
#include <string.h>

#include "output/say/difference.h"
#include "output/say/frequency.h"
#include "output/table/amounts.h"

/* Differences of chances below this are not shown by hundredths. */
#define HARDLY 0.005
/* Nor a way this short, in points. */
#define HARDLY_CLOSED 0.01

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

/* ------------------------------------------------------------------ years */

static void set_same_year(struct pt_message *message, const struct pt_phrases *phrases, int low,
                          int high)
{
    if (low == 0 && high == 0) {
        pt_message_set(message, phrases->same, 0);
    } else if (low < 0 && high > 0) {
        pt_message_set(message, phrases->same_both, -low, high);
    } else if (high > 0) {
        pt_message_set(message, phrases->same_earlier, high);
    } else {
        pt_message_set(message, phrases->same_later, -low);
    }
}

/* `from` to `to` is the range in years of the same direction as the n, so that from <= n <= to. */
static void set_years(struct pt_message *message, const struct pt_forms forms[3], int n, int from,
                      int to)
{
    const struct pt_forms *form = &forms[from == to ? PT_YEARS_CERTAIN : PT_YEARS_ONE_SIDED];
    pt_message_nset(message, (unsigned long)n, form->one, form->several, n, from, to);
}

static void say_years(const struct pt_difference *difference, const struct pt_phrases *phrases,
                      const struct pt_language *language, struct pt_buffer *out)
{
    struct pt_message message;
    int low = difference->years_p10, middle = difference->years_p50;
    int high = difference->years_p90;

    if (middle == 0) {
        set_same_year(&message, phrases, low, high);
    } else if (low < 0 && high > 0) {
        const struct pt_forms *form =
            &(middle > 0 ? phrases->earlier : phrases->later)[PT_YEARS_TWO_SIDED];
        int n = middle > 0 ? middle : -middle;
        pt_message_nset(&message, (unsigned long)n, form->one, form->several, n, -low, high);
    } else if (middle > 0) {
        set_years(&message, phrases->earlier, middle, low, high);
    } else {
        set_years(&message, phrases->later, -middle, -high, -low);
    }
    pt_buffer_message(out, language, &message);
}

/* ------------------------------------------------------------------ chances */

/* Whether both_never is no more than the rest of the scenario's chance. */
static bool is_rest(const struct pt_difference *difference)
{
    return fabs(difference->both_never - difference->p_never_scenario) < HARDLY;
}

/* In how many futures it happens neither way. Where the scenario takes nobody's parity away, that
 * is the rest of what was said of it, and has to add up with it. */
static void say_neither(const struct pt_difference *difference, struct pt_frequency with,
                        const struct pt_phrases *phrases, const struct pt_language *language,
                        struct pt_buffer *out)
{
    char futures[PT_CELL_MAX];
    struct pt_frequency never = pt_frequency_in(difference->both_never, with.whole);

    if (difference->both_never < HARDLY) {
        return;
    }
    if (with.kind == PT_FREQUENCY_PART && is_rest(difference)) {
        never = with;
        never.part = with.whole - with.part;
    }
    pt_frequency_futures(never, language, futures);
    pt_buffer_text(out, " ");
    pt_buffer_say(out, language, phrases->neither, futures);
}

/* The parts that tell two chances apart: tenths, else hundredths. 0: nothing does. */
static int whole_between(double with, double without)
{
    struct pt_frequency a = pt_frequency_of(with), b = pt_frequency_of(without);
    if (a.whole == 10 && b.whole == 10 && a.part != b.part) {
        return 10;
    }
    a = pt_frequency_in(with, 100);
    b = pt_frequency_in(without, 100);
    return a.kind != b.kind || a.part != b.part ? 100 : 0;
}

/* The parts in which all chances of one answer are told, so that they can be compared. */
static int whole_of(const struct pt_difference *difference)
{
    double with = 1 - difference->p_never_scenario;
    int whole = whole_between(with, 1 - difference->p_never_baseline), end = 0;
    if (whole == 0) {
        whole = pt_frequency_whole(&with, 1);
    }
    if (difference->end > 0) {
        end = whole_between(difference->p_end_scenario, difference->p_end_baseline);
    }
    return end > whole ? end : whole;
}

/* Two chances in the same parts. False: nothing tells them apart. */
static bool tell_apart(const struct pt_difference *difference, double with, double without,
                       struct pt_frequency *a, struct pt_frequency *b)
{
    *a = pt_frequency_in(with, whole_of(difference));
    *b = pt_frequency_in(without, whole_of(difference));
    return whole_between(with, without) > 0;
}

/* The chance is what it was; worth a word only where it leaves a doubt. */
static void say_same_chance(const struct pt_difference *difference,
                            const struct pt_phrases *phrases, const struct pt_language *language,
                            struct pt_buffer *out)
{
    struct pt_frequency same =
        pt_frequency_in(1 - difference->p_never_scenario, whole_of(difference));
    char futures[PT_CELL_MAX];
    bool after = has_years(difference);

    if (after && (same.kind == PT_FREQUENCY_ABOVE || same.kind == PT_FREQUENCY_ALL)) {
        return;
    }
    pt_frequency_futures(same, language, futures);
    pt_buffer_text(out, after ? " " : "");
    pt_buffer_say(out, language, after ? phrases->chance_after : phrases->chance, futures);
    if (!is_rest(difference)) {
        say_neither(difference, same, phrases, language, out);
    }
}

static void say_chances(const struct pt_difference *difference, const struct pt_phrases *phrases,
                        const struct pt_language *language, struct pt_buffer *out)
{
    struct pt_frequency a, b;
    char with_text[PT_CELL_MAX], without_text[PT_CELL_MAX];
    bool after = has_years(difference);

    if (!tell_apart(difference, 1 - difference->p_never_scenario, 1 - difference->p_never_baseline,
                    &a, &b)) {
        say_same_chance(difference, phrases, language, out);
        return;
    }
    pt_frequency_futures(a, language, with_text);
    pt_frequency_futures(b, language, without_text);
    pt_buffer_text(out, after ? " " : "");
    pt_buffer_say(out, language, after ? phrases->chances_after : phrases->chances, with_text,
                  without_text);
    say_neither(difference, a, phrases, language, out);
}

/* The chances when the policy is over, where they are not alike. */
static void say_end(const struct pt_difference *difference, const struct pt_phrases *phrases,
                    const struct pt_language *language, struct pt_buffer *out)
{
    struct pt_frequency a, b;
    char with_text[PT_CELL_MAX], without_text[PT_CELL_MAX];

    if (difference->end > 0 &&
        tell_apart(difference, difference->p_end_scenario, difference->p_end_baseline, &a, &b)) {
        pt_frequency_futures(a, language, with_text);
        pt_frequency_print(b, language, without_text);
        pt_buffer_text(out, " ");
        pt_buffer_say(out, language,
                      difference->end_is_policy ? phrases->by_policy_end : phrases->by_end,
                      difference->end, with_text, without_text);
    }
}

/* Where parity mostly stays out of reach, the way there is what changes. */
static void say_closed(const struct pt_difference *difference, const struct pt_phrases *phrases,
                       const struct pt_language *language, struct pt_buffer *out)
{
    const struct pt_spread *closed = &difference->closed;
    double sign = closed->p50 < 0 ? -1 : 1, error = difference->closed_error;
    double from = sign > 0 ? closed->p10 : -closed->p90, to = sign > 0 ? closed->p90 : -closed->p10;
    char middle[PT_CELL_MAX], low[PT_CELL_MAX], high[PT_CELL_MAX];

    if (difference->p_never_scenario <= 0.5 || difference->closed_year <= 0 ||
        fabs(closed->p50) < HARDLY_CLOSED) {
        return;
    }
    pt_points_number(from, error, language, low);
    pt_points_number(to, error, language, high);
    pt_points_print(sign * closed->p50, error, &difference->points, language, middle);
    pt_buffer_text(out, " ");
    if (strcmp(low, high) == 0) {
        pt_buffer_say(out, language, sign > 0 ? phrases->smaller_by : phrases->larger_by,
                      difference->closed_year, middle);
    } else {
        pt_buffer_say(out, language, sign > 0 ? phrases->smaller : phrases->larger,
                      difference->closed_year, middle, low, high);
    }
}

void pt_sentence_difference(const struct pt_difference *difference,
                            const struct pt_language *language, struct pt_buffer *out)
{
    const struct pt_phrases *phrases = difference->target ? &pt_phrases_target : &pt_phrases_gap;
    char futures[PT_CELL_MAX];

    if (!difference->acts) {
        pt_buffer_say(out, language, PT_N("the scenario has no lever on this indicator."));
        return;
    }
    if (difference->both_never >= 1 - HARDLY) {
        pt_frequency_futures(pt_frequency_of(difference->both_never), language, futures);
        pt_buffer_say(out, language, phrases->hopeless, futures);
        say_closed(difference, phrases, language, out);
        return;
    }
    if (changes_nothing(difference)) {
        pt_buffer_text(out, pt_translate(language, phrases->nothing));
        return;
    }
    if (has_years(difference)) {
        say_years(difference, phrases, language, out);
    }
    say_chances(difference, phrases, language, out);
    say_end(difference, phrases, language, out);
    say_closed(difference, phrases, language, out);
}
