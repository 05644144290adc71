/* What levers will do, in a planner's words. Every pattern is a whole one, so that each language can
 * build its own. */
#include "output/say/lever.h"

#include <limits.h>
#include <math.h>
#include <string.h>

#include "output/table/amounts.h"

/* The uniforms nearest to 0 and 1, and how many standard deviations lie between their quantiles:
 * 16 for a normal, at most 8 for a distribution that has ends. */
#define NEAREST     0x1p-53
#define HAS_NO_ENDS 10

/* ------------------------------------------------------------------ parts */

static double full(const struct pt_effect *effect, const struct pt_lever *lever, double u)
{
    double drawn = effect->distribution->quantile(effect->par, u);
    return lever ? lever->kind->full_effect(lever, drawn) : drawn;
}

struct pt_range pt_range_of(const struct pt_effect *effect, const struct pt_lever *lever)
{
    const struct pt_distribution *d = effect->distribution;
    struct pt_range range = { 0 };
    if (!d) {
        return range;
    }
    double width = d->quantile(effect->par, 1 - NEAREST) - d->quantile(effect->par, NEAREST);
    range.ninety = width > HAS_NO_ENDS * d->sd(effect->par);
    double u = range.ninety ? .05 : NEAREST;
    double a = full(effect, lever, u), b = full(effect, lever, 1 - u);
    range.low = fmin(a, b);
    range.high = fmax(a, b);
    range.computed = range.ninety || (lever && lever->increase != 0);
    return range;
}

int pt_range_sign(const struct pt_range *range)
{
    return range->low >= 0 ? 1 : range->high <= 0 ? -1 : 0;
}

/* Ends as a planner wrote them; what was computed with two digits of its range. */
static double rounded(double x, const struct pt_range *range)
{
    double width = range->high - range->low;
    if (!(width > 0) || !isfinite(width)) {
        return x;
    }
    double step = pow(10, floor(log10(width)) - (range->computed ? 1 : 2));
    return round(x / step) * step;
}

void pt_range_print(const struct pt_range *range, const char *unit,
                    const struct pt_language *language, char text[PT_CELL_MAX])
{
    struct pt_message message;
    char low[PT_CELL_MAX], high[PT_CELL_MAX];
    bool falls = pt_range_sign(range) < 0;
    pt_points_number(rounded(falls ? -range->high : range->low, range), 0, language, low);
    pt_points_number(rounded(falls ? -range->low : range->high, range), 0, language, high);
    if (strcmp(low, high) == 0) {
        pt_message_set(&message, PT_N("%s %s"), low, unit);
    } else if (range->ninety) {
        pt_message_set(&message, PT_N("between %s and %s %s (90 %% range)"), low, high, unit);
    } else {
        pt_message_set(&message, PT_N("between %s and %s %s"), low, high, unit);
    }
    pt_message_print(&message, language, text, PT_CELL_MAX);
}

const char *pt_plainly(double x, const struct pt_language *language, char text[PT_CELL_MAX])
{
    char number[PT_NUMBER_MAX];
    snprintf(text, PT_CELL_MAX, "%s", pt_number_short(number, x, 6, language->decimal));
    return text;
}

const char *pt_percent_print(double share, const struct pt_language *language,
                             char text[PT_CELL_MAX])
{
    char number[PT_NUMBER_MAX];
    snprintf(text, PT_CELL_MAX, "%s %%",
             pt_number_short(number, 100 * share, 6, language->decimal));
    return text;
}

/* ------------------------------------------------------------------ what it does */

/* "raises", seen from the figure; [whole group, share of it][rises, falls, either]. */
static const char *const moves[2][3] = {
    { PT_N("the group's figure rises by %s"), PT_N("the group's figure falls by %s"),
      PT_N("the group's figure changes by %s") },
    { PT_N("the figure rises by %s for %s of the group"),
      PT_N("the figure falls by %s for %s of the group"),
      PT_N("the figure changes by %s for %s of the group") },
};

static size_t which(int sign)
{
    return sign > 0 ? 0 : sign < 0 ? 1 : 2;
}

static void unit_of(const struct pt_lever *lever, const struct pt_indicator *indicator,
                    const struct pt_language *language, char text[PT_CELL_MAX])
{
    const struct pt_points points = { .pp = indicator->percent, .text = indicator->unit_title };
    struct pt_message message;
    if (lever->kind->effect_in != PT_EFFECT_POINTS_YEAR) {
        snprintf(text, PT_CELL_MAX, "%s", pt_points_unit(&points, language));
        return;
    }
    pt_message_set(&message, PT_N("%s a year"), pt_points_unit(&points, language));
    pt_message_print(&message, language, text, PT_CELL_MAX);
}

static void say_shift(const struct pt_lever *lever, const struct pt_indicator *indicator,
                      const struct pt_language *language, struct pt_buffer *out)
{
    struct pt_range range = pt_range_of(&lever->effect, lever);
    char unit[PT_CELL_MAX], effect[PT_CELL_MAX], reach[PT_CELL_MAX];
    unit_of(lever, indicator, language, unit);
    pt_range_print(&range, unit, language, effect);
    pt_percent_print(lever->reach, language, reach);
    pt_buffer_say(out, language, moves[lever->reach < 1][which(pt_range_sign(&range))], effect,
                  reach);
    if (pt_lever_direction(lever, indicator) < 0) {
        pt_buffer_text(out, pt_translate(language, PT_N(" (this widens the gap)")));
    }
}

static void say_closing(const struct pt_lever *lever, const struct pt_language *language,
                        struct pt_buffer *out)
{
    struct pt_range range = pt_range_of(&lever->effect, lever);
    char effect[PT_CELL_MAX], reach[PT_CELL_MAX];
    pt_range_print(&range, "%", language, effect);
    pt_percent_print(lever->reach, language, reach);
    pt_buffer_say(out, language,
                  lever->reach < 1
                      ? PT_N("%s of the gap that is left closes each year for %s of the group")
                      : PT_N("%s of the gap that is left closes each year"),
                  effect, reach);
}

static void say_target(const struct pt_lever *lever, const struct pt_indicator *indicator,
                       const struct pt_language *language, struct pt_buffer *out)
{
    const char *unit = indicator->percent ? "%" : pt_text_in(&indicator->unit_title, language);
    char value[PT_CELL_MAX];
    pt_plainly(lever->value, language, value);
    pt_buffer_say(
        out, language,
        PT_N("the middle of the futures is led in a straight line to %s %s in %d, and keeps "
             "the shift it has by then"),
        value, unit, lever->by);
}

static void say_resources(const struct pt_lever *lever, const struct pt_language *language,
                          struct pt_buffer *out)
{
    char change[PT_CELL_MAX];
    pt_percent_print(fabs(lever->increase), language, change);
    pt_buffer_text(out, ", ");
    pt_buffer_say(out, language,
                  lever->increase < 0 ? PT_N("given %s fewer resources")
                                      : PT_N("given %s more resources"),
                  change);
}

static void say_response(const struct pt_lever *lever, const struct pt_indicator *indicator,
                         const struct pt_language *language, struct pt_buffer *out)
{
    struct pt_range known = pt_range_of(&lever->effect, NULL);
    char change[PT_CELL_MAX], effect[PT_CELL_MAX], most[PT_CELL_MAX], unit[PT_CELL_MAX];
    unit_of(lever, indicator, language, unit);
    pt_range_print(&known, unit, language, effect);
    pt_percent_print(lever->effect_increase, language, change);
    pt_buffer_text(out, " (");
    pt_buffer_say(out, language, PT_N("%s more is assumed to give %s"), change, effect);
    pt_buffer_printf(out, "; %s", pt_translate(language, lever->response->title));
    if (lever->response->has_maximum) {
        pt_buffer_text(out, ", ");
        pt_buffer_say(out, language, PT_N("here %s %s"), pt_plainly(lever->maximum, language, most),
                      unit);
    }
    pt_buffer_text(out, ")");
}

static void say_what(const struct pt_lever *lever, const struct pt_indicator *indicator,
                     const struct pt_language *language, struct pt_buffer *out)
{
    switch (lever->kind->effect_in) {
    case PT_EFFECT_NONE:
        say_target(lever, indicator, language, out);
        break;
    case PT_EFFECT_PERCENT_YEAR:
        say_closing(lever, language, out);
        break;
    case PT_EFFECT_POINTS:
    case PT_EFFECT_POINTS_YEAR:
        if (lever->increase != 0 && lever->response) {
            say_shift(lever, indicator, language, out);
            say_resources(lever, language, out);
            say_response(lever, indicator, language, out);
        } else {
            say_shift(lever, indicator, language, out);
        }
        break;
    }
}

/* ------------------------------------------------------------------ when, and for whom */

static void say_start(const struct pt_lever *lever, const struct pt_language *language,
                      struct pt_buffer *out)
{
    int first = lever->start + lever->delay;
    if (lever->ramp_shape == PT_RAMP_STEP || lever->ramp_years <= 1) {
        pt_buffer_say(out, language, PT_N("From %d"), first);
    } else {
        pt_buffer_say(out, language,
                      lever->ramp_shape == PT_RAMP_S_CURVE
                          ? PT_N("From %d, phased in over %d years in an S-curve")
                          : PT_N("From %d, phased in over %d years"),
                      first, lever->ramp_years);
    }
    pt_buffer_text(out, ": ");
}

static void say_end(const struct pt_lever *lever, const struct pt_language *language,
                    struct pt_buffer *out)
{
    char years[PT_CELL_MAX];
    if (lever->until == INT_MAX) {
        return;
    }
    pt_buffer_text(out, "; ");
    if (lever->half_life > 0) {
        pt_buffer_say(out, language, PT_N("until %d, then half of it is lost every %s years"),
                      lever->until, pt_plainly(lever->half_life, language, years));
    } else if (lever->kind->keep > 0) {
        pt_buffer_say(out, language, PT_N("until %d, and what was gained stays"), lever->until);
    } else {
        pt_buffer_say(out, language, PT_N("until %d, then it ends at once"), lever->until);
    }
}

void pt_sentence_lever(const struct pt_lever *lever, const struct pt_indicator *indicator,
                       const struct pt_language *language, struct pt_buffer *out)
{
    char share[PT_CELL_MAX];
    say_start(lever, language, out);
    say_what(lever, indicator, language, out);
    say_end(lever, language, out);
    pt_buffer_text(out, ".");
    if (lever->turnover > 0) {
        pt_percent_print(lever->turnover, language, share);
        pt_buffer_text(out, " ");
        pt_buffer_say(out, language, PT_N("Only those who join the group are reached, %s a year."),
                      share);
    }
    if (lever->may_overshoot) {
        pt_buffer_text(out, " ");
        pt_buffer_say(out, language, PT_N("It may lead past parity."));
    }
}

/* ------------------------------------------------------------------ how sure, and what it costs */

void pt_doubt_print(enum pt_confidence confidence, bool written, double chance_of_none,
                    const struct pt_language *language, struct pt_buffer *out)
{
    static const char *const words[] = { PT_N("high confidence"), PT_N("medium confidence"),
                                         PT_N("low confidence") };
    char chance[PT_CELL_MAX];
    if (written) {
        pt_buffer_text(out, pt_translate(language, words[confidence]));
    }
    if (!written || chance_of_none > 0) {
        pt_percent_print(chance_of_none, language, chance);
        pt_buffer_text(out, written ? ", " : "");
        pt_buffer_say(out, language, PT_N("%s chance of no effect"), chance);
    }
}

void pt_sentence_confidence(const struct pt_lever *lever, const struct pt_language *language,
                            struct pt_buffer *out)
{
    if (lever->kind->effect_in == PT_EFFECT_NONE) {
        pt_buffer_say(out, language, PT_N("a stated course, not an effect"));
    } else {
        pt_doubt_print(lever->confidence, lever->has_confidence, lever->effect.chance_of_none,
                       language, out);
    }
}

void pt_sentence_cost(const struct pt_lever *lever, const struct pt_language *language,
                      struct pt_buffer *out)
{
    char amount[PT_CELL_MAX];
    struct pt_buffer list = { 0 };
    for (size_t i = 0; i < lever->n_costs; i++) {
        const struct pt_cost *cost = &lever->costs[i];
        pt_money_print(cost->amount, 0, cost->unit, language, amount);
        pt_buffer_text(&list, i == 0                    ? ""
                              : i + 1 == lever->n_costs ? pt_translate(language, PT_N(" and "))
                                                        : ", ");
        pt_buffer_say(&list, language, PT_N("%s from '%s'"), amount, cost->purse);
    }
    if (lever->n_costs > 0 && lever->until != INT_MAX) {
        pt_buffer_say(out, language, PT_N("Costs a year, %d-%d: %s."), lever->start, lever->until,
                      list.bytes);
    } else if (lever->n_costs > 0) {
        pt_buffer_say(out, language, PT_N("Costs a year, from %d on: %s."), lever->start,
                      list.bytes);
    }
    out->failed |= list.failed;
    pt_buffer_free(&list);
}

void pt_sentence_overlap(enum pt_overlap overlap, const struct pt_language *language,
                         struct pt_buffer *out)
{
    static const char *const words[] = {
        NULL,
        PT_N("Levers on one group overlap by chance: who is reached by one is neither more nor "
             "less likely to be reached by another, and nobody counts twice."),
        PT_N("Levers on one group reach different people."),
        PT_N(
            "Levers on one group are nested: the smaller reach lies within the larger, and whoever is "
            "reached by several counts once, with the strongest."),
    };
    if (words[overlap]) {
        pt_buffer_text(out, pt_translate(language, words[overlap]));
    }
}
