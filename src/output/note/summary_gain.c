/* What the scenarios would change at most; without any, how far the earlier ranges have held. */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "output/note/summary.h"
#include "output/say/frequency.h"
#include "output/say/lever.h"
#include "output/table/amounts.h"

/* Chances nearer to each other than this are not told apart. */
#define HARDLY .005

/* The greatest gain of a run: an outcome of a projection. */
struct gain {
    size_t chart, outcome;
    double chance; /* of getting there at all */
    int years;     /* where it gets there both ways */
};

static bool is_larger(const struct gain *a, const struct gain *b)
{
    bool by_chance = a->chance >= HARDLY || b->chance >= HARDLY;
    return by_chance ? a->chance > b->chance : a->years > b->years;
}

static struct gain largest(const struct pt_note *note)
{
    const struct pt_facts *facts = note->facts;
    struct gain best = { 0 };
    for (size_t i = 0; i < facts->n_charts; i++) {
        const struct pt_projection *p = &note->run->projections[i];
        for (size_t s = 1; p->has_question && s < p->n_outcomes; s++) {
            const struct pt_difference *d = pt_facts_difference(facts, i, s);
            struct gain own = { i, s, d->p_never_baseline - d->p_never_scenario,
                                d->years_p50 == INT_MIN ? 0 : d->years_p50 };
            if (d->acts && is_larger(&own, &best)) {
                best = own;
            }
        }
    }
    return best;
}

/* ------------------------------------------------------------------ at what effect */

/* The lever that closes most by itself; NULL: none that moves this indicator without links. */
static const struct pt_lever *first_lever(const struct pt_outcome *outcome,
                                          const struct pt_subject *subject)
{
    const struct pt_lever *best = NULL;
    double most = -INFINITY;
    for (size_t k = 0; k < outcome->n_parts; k++) {
        for (size_t i = 0; i < outcome->scenario->n_levers; i++) {
            const struct pt_lever *lever = &outcome->scenario->levers[i];
            double closed = fmax(outcome->parts[k].closed_end, outcome->parts[k].closed_horizon);
            if (strcmp(lever->id, outcome->parts[k].lever) == 0 &&
                pt_lever_acts_on(lever, subject) && closed > most) {
                best = lever;
                most = closed;
            }
        }
    }
    return best != NULL && best->kind->effect_in != PT_EFFECT_NONE ? best : NULL;
}

/* [one lever, the first of several][points, points a year, per cent of the gap a year] */
static const char *const patterns[2][3] = {
    { PT_N("if the assumed effect, %s for %s, comes true"),
      PT_N("if the assumed effect, %s a year for %s, comes true"),
      PT_N("if the assumed effect, %s of the gap that is left each year for %s, comes true") },
    { PT_N("if the assumed effect that does most, %s for %s, comes true"),
      PT_N("if the assumed effect that does most, %s a year for %s, comes true"),
      PT_N("if the assumed effect that does most, %s of the gap that is left each year for %s, "
           "comes true") },
};

static void say_effect(const struct pt_note *note, const struct gain *gain, struct pt_buffer *out)
{
    const struct pt_projection *p = &note->run->projections[gain->chart];
    const struct pt_outcome *outcome = &p->outcomes[gain->outcome];
    const struct pt_lever *lever = first_lever(outcome, p->subject);
    pt_buffer_text(out, ", ");
    if (lever == NULL) {
        pt_buffer_say(out, note->language, PT_N("if its effects are as assumed"));
        return;
    }
    const struct pt_indicator *indicator = p->subject->indicator;
    const struct pt_points points = { .pp = indicator->percent, .text = indicator->unit_title };
    struct pt_range range = pt_range_of(&lever->effect, lever);
    size_t in = lever->kind->effect_in == PT_EFFECT_PERCENT_YEAR  ? 2
                : lever->kind->effect_in == PT_EFFECT_POINTS_YEAR ? 1
                                                                  : 0;
    char effect[PT_CELL_MAX], share[PT_CELL_MAX], whom[PT_CELL_MAX];
    struct pt_message message;
    pt_range_print(&range, in == 2 ? "%" : pt_points_unit(&points, note->language), note->language,
                   effect);
    if (lever->reach < 1) {
        pt_message_set(&message, PT_N("%s of the group"),
                       pt_percent_print(lever->reach, note->language, share));
    } else {
        pt_message_set(&message, PT_N("the whole group"));
    }
    pt_message_print(&message, note->language, whom, sizeof whom);
    pt_buffer_say(out, note->language, patterns[outcome->n_parts > 1][in], effect, whom);
}

/* ------------------------------------------------------------------ the sentence */

static void say_chance(const struct pt_note *note, const struct gain *gain, const char *scenario,
                       struct pt_buffer *out)
{
    const struct pt_difference *d = pt_facts_difference(note->facts, gain->chart, gain->outcome);
    double chances[2] = { 1 - d->p_never_scenario, 1 - d->p_never_baseline };
    int whole = pt_frequency_whole(chances, 2);
    char with[PT_CELL_MAX], without[PT_CELL_MAX];
    if (fabs(chances[0] - chances[1]) < .1) {
        whole = 100;
    }
    pt_frequency_futures(pt_frequency_in(chances[0], whole), note->language, with);
    pt_frequency_print(pt_frequency_in(chances[1], whole), note->language, without);
    pt_buffer_say(out, note->language, PT_N("with '%s' it is there by %d in %s instead of %s"),
                  scenario, note->run->horizon, with, without);
}

static void say_years(const struct pt_note *note, const struct gain *gain, const char *scenario,
                      struct pt_buffer *out)
{
    struct pt_message message;
    pt_message_nset(&message, (unsigned long)gain->years,
                    "with '%s' it is there %d year earlier in the middle of the futures",
                    "with '%s' it is there %d years earlier in the middle of the futures", scenario,
                    gain->years);
    pt_buffer_message(out, note->language, &message);
}

static void say_largest(struct pt_note *note, const struct gain *gain)
{
    const struct pt_projection *p = &note->run->projections[gain->chart];
    const char *scenario = pt_note_scenario(note, p->outcomes[gain->outcome].id);
    const char *title = pt_text_in(&p->subject->indicator->title, note->language);
    struct pt_buffer said = { 0 };
    pt_buffer_say(&said, note->language, PT_N("The scenarios change '%s' most: "),
                  p->subject->place[0] != '\0'
                      ? pt_note_title(note, p->subject->indicator, p->subject->place)
                      : title);
    if (gain->chance >= HARDLY) {
        say_chance(note, gain, scenario, &said);
    } else {
        say_years(note, gain, scenario, &said);
    }
    say_effect(note, gain, &said);
    pt_buffer_text(&said, ".");
    pt_open_item(&note->w);
    pt_add_buffer(&note->w, &said, false);
    pt_close(&note->w);
}

/* Without scenarios: how often the ranges held that the method would have given. */
static void say_held(struct pt_note *note)
{
    size_t n = 0, inside = 0;
    for (size_t i = 0; i < note->facts->n_charts; i++) {
        n += note->facts->tests[i].test.n;
        inside += note->facts->tests[i].test.inside80;
    }
    if (n == 0) {
        pt_say_item(&note->w, PT_N("The series are too short to test on their own past how far the "
                                   "method can be trusted."));
    } else {
        pt_say_item(&note->w,
                    PT_N("Asked in earlier years, the method would have held %zu of %zu later "
                         "figures inside its 80 %% ranges, where about 8 of 10 is right."),
                    inside, n);
    }
}

void pt_note_say_gain(struct pt_note *note)
{
    if (note->run->n_scenarios == 0) {
        say_held(note);
        return;
    }
    struct gain gain = largest(note);
    if (gain.chance >= HARDLY || gain.years > 0) {
        say_largest(note, &gain);
    } else {
        pt_say_item(&note->w, PT_N("None of the scenarios changes the chance or the year of any "
                                   "indicator by so much that it can be told apart from nothing."));
    }
}
