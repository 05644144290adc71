/* What can be written in a scenario file. The order of choices is that of the enums in scenario.h. */
#include <stddef.h>

#include "scenario/read_file.h"

#define AT(type, member) offsetof(struct type, member)
#define PERCENT          PT_UNITS(PT_UNIT_PERCENT)
#define YEARS            PT_UNITS(PT_UNIT_YEARS)
#define SHIFTS                                                                     \
    (PT_UNITS(PT_UNIT_PP) | PT_UNITS(PT_UNIT_POINTS) | PT_UNITS(PT_UNIT_PP_YEAR) | \
     PT_UNITS(PT_UNIT_POINTS_YEAR))
#define PERCENT_YEAR PT_UNITS(PT_UNIT_PERCENT_YEAR)
#define YEAR_RANGE   .least = PT_YEAR_LEAST, .most = PT_YEAR_MOST

static const char *kind_name(size_t i)
{
    return pt_lever_kinds[i] == NULL ? NULL : pt_lever_kinds[i]->name;
}

static const char *kind_needs(size_t i)
{
    return pt_lever_kinds[i]->needs;
}

static const char *kind_takes(size_t i)
{
    return pt_lever_kinds[i]->takes;
}

static const char *response_name(size_t i)
{
    return pt_responses[i] == NULL ? NULL : pt_responses[i]->name;
}

static const char *const shapes[] = { "linear", "s-curve", "step", NULL };
static const char *const confidences[] = { "high", "medium", "low", NULL };
static const char *const overlaps[] = { "independent", "additive", "nested", NULL };
static const char *const acts_on[] = { "group", "entrants", NULL };

static const struct pt_field effect_at_fields[] = {
    { .key = "increase",
      .kind = PT_KIND_AMOUNT,
      .flags = PT_FIELD_REQUIRED | PT_FIELD_ABOVE,
      .least = -100,
      .units = PERCENT,
      .offset = AT(pt_file_effect_at, increase),
      .doc = PT_N("The increase whose effect is known.") },
    { .key = "effect",
      .kind = PT_KIND_EFFECT,
      .flags = PT_FIELD_REQUIRED,
      .units = SHIFTS,
      .offset = AT(pt_file_effect_at, effect),
      .doc = PT_N("The effect of that increase.") },
    { .key = "unit",
      .kind = PT_KIND_WORD,
      .offset = AT(pt_file_effect_at, unit),
      .doc = PT_N("The unit of the effect: pp or points.") },
    { .key = NULL },
};
static const struct pt_schema effect_at_table = { "effect-at", PT_N("What a known increase does."),
                                                  sizeof(struct pt_file_effect_at),
                                                  effect_at_fields };

static const struct pt_field ramp_fields[] = {
    { .key = "years",
      .kind = PT_KIND_WHOLE,
      .flags = PT_FIELD_RANGE,
      .least = 1,
      .most = 100,
      .offset = AT(pt_file_ramp, years),
      .fallback = "1",
      .doc = PT_N("Years until it is in full effect.") },
    { .key = "shape",
      .kind = PT_KIND_CHOICE,
      .choices = shapes,
      .offset = AT(pt_file_ramp, shape),
      .fallback = "linear",
      .doc = PT_N("How it grows.") },
    { .key = NULL },
};
static const struct pt_schema ramp_table = { "ramp", PT_N("How a lever is phased in."),
                                             sizeof(struct pt_file_ramp), ramp_fields };

static const struct pt_field lasts_fields[] = {
    { .key = "until",
      .kind = PT_KIND_WHOLE,
      .flags = PT_FIELD_RANGE | PT_FIELD_REQUIRED,
      YEAR_RANGE,
      .offset = AT(pt_file_lasts, until),
      .doc = PT_N("The last year in force."),
      .missing = PT_N("'until' is missing in lasts; write the last year in force, or leave 'lasts' "
                      "out") },
    { .key = "half-life",
      .kind = PT_KIND_AMOUNT,
      .flags = PT_FIELD_ABOVE,
      .units = YEARS,
      .offset = AT(pt_file_lasts, half_life),
      .doc = PT_N("Years in which half of what was reached is gone again.") },
    { .key = NULL },
};
static const struct pt_schema lasts_table = { "lasts", PT_N("How long a lever is in force."),
                                              sizeof(struct pt_file_lasts), lasts_fields };

static const struct pt_field cost_fields[] = {
    { .key = "amount",
      .kind = PT_KIND_NUMBER,
      .flags = PT_FIELD_REQUIRED | PT_FIELD_LEAST,
      .least = 0,
      .offset = AT(pt_file_cost, amount),
      .doc = PT_N("How much, in the unit beside it.") },
    { .key = "unit",
      .kind = PT_KIND_WORD,
      .flags = PT_FIELD_REQUIRED,
      .most = PT_ID_MOST,
      .offset = AT(pt_file_cost, unit),
      .doc = PT_N("The unit, per year; one for all costs of a run."),
      .missing = PT_N("'unit' is missing in cost; write it, such as 'unit: million DKK/year'") },
    { .key = "purse",
      .kind = PT_KIND_WORD,
      .flags = PT_FIELD_REQUIRED,
      .most = PT_ID_MOST,
      .offset = AT(pt_file_cost, purse),
      .doc = PT_N("Who pays."),
      .missing = PT_N("'purse' is missing in cost; write who pays, such as 'purse: "
                      "municipality'") },
    { .key = NULL },
};
static const struct pt_schema cost_table = { "cost", PT_N("What it costs while it is in force."),
                                             sizeof(struct pt_file_cost), cost_fields };

/* What stands in a lever or, where it names several indicators, beside each of them. */
#define CHANGE_INDICATOR(of, in)                                                  \
    {                                                                             \
        .key = "indicator", .kind = PT_KIND_WORD, .offset = AT(of, in indicator), \
        .doc = PT_N("The indicator it moves, by its id.")                         \
    }
#define CHANGE_GROUP(of, in)                                              \
    {                                                                     \
        .key = "group", .kind = PT_KIND_WORD, .offset = AT(of, in group), \
        .doc = PT_N("The group it moves, by its id.")                     \
    }
#define CHANGE_EFFECT(of, in)                                                                 \
    {                                                                                         \
        .key = "effect", .kind = PT_KIND_EFFECT, .units = SHIFTS | PERCENT_YEAR,              \
        .offset = AT(of, in effect),                                                          \
        .doc = PT_N("The assumed effect on those it reaches, in the figure's own direction.") \
    }
#define CHANGE_EFFECT_AT(of, in)                                                   \
    {                                                                              \
        .key = "effect-at", .kind = PT_KIND_MAPPING, .table = &effect_at_table,    \
        .offset = AT(of, in effect_at), .doc = PT_N("What a known increase does.") \
    }
#define CHANGE_MAXIMUM(of, in)                                                                  \
    {                                                                                           \
        .key = "maximum", .kind = PT_KIND_AMOUNT,                                               \
        .units = PT_UNITS(PT_UNIT_PP) | PT_UNITS(PT_UNIT_POINTS), .offset = AT(of, in maximum), \
        .doc = PT_N("The effect that a saturating response approaches.")                        \
    }
#define CHANGE_VALUE(of, in)                                                                 \
    {                                                                                        \
        .key = "value", .kind = PT_KIND_AMOUNT, .units = PERCENT | PT_UNITS(PT_UNIT_POINTS), \
        .offset = AT(of, in value), .doc = PT_N("The value that the figure is to reach.")    \
    }
#define CHANGE_REACH(of, in, otherwise)                                                  \
    {                                                                                    \
        .key = "reach", .kind = PT_KIND_AMOUNT, .flags = PT_FIELD_ABOVE | PT_FIELD_MOST, \
        .least = 0, .most = 100, .units = PERCENT, .offset = AT(of, in reach),           \
        .fallback = (otherwise), .doc = PT_N("The share of the group that it touches.")  \
    }
#define CHANGE_DELAY(of, in, otherwise)                                                   \
    {                                                                                     \
        .key = "delay", .kind = PT_KIND_AMOUNT, .flags = PT_FIELD_RANGE | PT_FIELD_WHOLE, \
        .least = 0, .most = 100, .units = YEARS, .offset = AT(of, in delay),              \
        .fallback = (otherwise),                                                          \
        .doc = PT_N("Whole years by which the effect comes later than the start.")        \
    }

static const struct pt_field change_fields[] = {
    CHANGE_INDICATOR(pt_file_change, ),
    CHANGE_GROUP(pt_file_change, ),
    CHANGE_EFFECT(pt_file_change, ),
    CHANGE_EFFECT_AT(pt_file_change, ),
    CHANGE_MAXIMUM(pt_file_change, ),
    CHANGE_VALUE(pt_file_change, ),
    CHANGE_REACH(pt_file_change, , NULL),
    CHANGE_DELAY(pt_file_change, , NULL),
    { .key = NULL },
};
static const struct pt_schema change_table = { "indicators",
                                               PT_N("What one programme changes, by indicator."),
                                               sizeof(struct pt_file_change), change_fields };

static const struct pt_field lever_fields[] = {
    { .key = "id",
      .kind = PT_KIND_ID,
      .flags = PT_FIELD_REQUIRED,
      .offset = AT(pt_file_lever, id),
      .doc = PT_N("The name of the lever; the same name draws the same effect in every "
                  "scenario.") },
    { .key = "title",
      .kind = PT_KIND_TEXT,
      .most = PT_TITLE_MOST,
      .offset = AT(pt_file_lever, title),
      .doc = PT_N("The name shown to people; the id where it is left out.") },
    CHANGE_INDICATOR(pt_file_lever, own.),
    CHANGE_GROUP(pt_file_lever, own.),
    { .key = "indicators",
      .kind = PT_KIND_LIST_OF,
      .flags = PT_FIELD_NOT_EMPTY | PT_FIELD_SPREAD,
      .table = &change_table,
      .offset = AT(pt_file_lever, indicators),
      .doc = PT_N("Several indicators that one programme moves, in place of 'indicator'.") },
    { .key = "place",
      .kind = PT_KIND_WORD,
      .offset = AT(pt_file_lever, place),
      .doc = PT_N("The place it acts in; all of them where it is left out.") },
    { .key = "kind",
      .kind = PT_KIND_CHOICE,
      .flags = PT_FIELD_REQUIRED,
      .choice = kind_name,
      .choice_needs = kind_needs,
      .choice_takes = kind_takes,
      .offset = AT(pt_file_lever, kind),
      .doc = PT_N("What the effect does to the figure.") },
    CHANGE_EFFECT(pt_file_lever, own.),
    { .key = "increase",
      .kind = PT_KIND_AMOUNT,
      .flags = PT_FIELD_ABOVE,
      .least = -100,
      .units = PERCENT,
      .offset = AT(pt_file_lever, increase),
      .doc = PT_N("More resources by.") },
    CHANGE_EFFECT_AT(pt_file_lever, own.),
    { .key = "response",
      .kind = PT_KIND_CHOICE,
      .choice = response_name,
      .offset = AT(pt_file_lever, response),
      .fallback = "proportional",
      .doc = PT_N("How the effect grows with the increase.") },
    CHANGE_MAXIMUM(pt_file_lever, own.),
    CHANGE_VALUE(pt_file_lever, own.),
    { .key = "by",
      .kind = PT_KIND_WHOLE,
      .flags = PT_FIELD_RANGE,
      YEAR_RANGE,
      .offset = AT(pt_file_lever, by),
      .doc = PT_N("The year in which the figure reaches its value.") },
    CHANGE_REACH(pt_file_lever, own., "100 %"),
    { .key = "acts-on",
      .kind = PT_KIND_CHOICE,
      .choices = acts_on,
      .offset = AT(pt_file_lever, acts_on),
      .fallback = "group",
      .doc = PT_N("The whole group, or only those who enter it from the start on.") },
    { .key = "turnover",
      .kind = PT_KIND_AMOUNT,
      .flags = PT_FIELD_ABOVE | PT_FIELD_MOST,
      .least = 0,
      .most = 100,
      .units = PERCENT_YEAR,
      .offset = AT(pt_file_lever, turnover),
      .doc = PT_N("The share of the group that is replaced every year.") },
    { .key = "may-overshoot",
      .kind = PT_KIND_BOOLEAN,
      .offset = AT(pt_file_lever, may_overshoot),
      .fallback = "false",
      .doc = PT_N("Whether it may carry the figure past parity.") },
    { .key = "start",
      .kind = PT_KIND_WHOLE,
      .flags = PT_FIELD_RANGE | PT_FIELD_REQUIRED,
      YEAR_RANGE,
      .offset = AT(pt_file_lever, start),
      .doc = PT_N("The first year with effect."),
      .missing = PT_N("'start' is missing in levers; write the first year with effect, such as "
                      "'start: 2027'") },
    CHANGE_DELAY(pt_file_lever, own., "0 years"),
    { .key = "ramp",
      .kind = PT_KIND_MAPPING,
      .table = &ramp_table,
      .offset = AT(pt_file_lever, ramp),
      .doc = PT_N("How it is phased in; at once where it is left out.") },
    { .key = "lasts",
      .kind = PT_KIND_MAPPING,
      .table = &lasts_table,
      .offset = AT(pt_file_lever, lasts),
      .doc = PT_N("How long it is in force; for good where it is left out.") },
    { .key = "cost",
      .kind = PT_KIND_LIST_OF,
      .flags = PT_FIELD_ONE | PT_FIELD_NOT_EMPTY,
      .table = &cost_table,
      .offset = AT(pt_file_lever, cost),
      .doc = PT_N("What it costs, by purse; not known where it is left out.") },
    { .key = "source",
      .kind = PT_KIND_TEXT,
      .flags = PT_FIELD_REQUIRED,
      .offset = AT(pt_file_lever, source),
      .doc = PT_N("The study, or whose assumption it is."),
      .missing = PT_N("'source' is missing in levers; name the study, or say whose assumption the "
                      "effect is") },
    { .key = "confidence",
      .kind = PT_KIND_CHOICE,
      .choices = confidences,
      .offset = AT(pt_file_lever, confidence),
      .doc = PT_N("How sure the effect is, which sets its chance-of-none; required where that is "
                  "left out.") },
    { .key = NULL },
};
const struct pt_schema pt_lever_schema = { "levers", PT_N("What is changed."),
                                           sizeof(struct pt_file_lever), lever_fields };

static const struct pt_field scenario_fields[] = {
    { .key = "title",
      .kind = PT_KIND_TEXT,
      .most = PT_TITLE_MOST,
      .offset = AT(pt_file_scenario, title),
      .doc = PT_N("The name shown to people; the file's name where it is left out.") },
    { .key = "based-on",
      .kind = PT_KIND_WORD,
      .flags = PT_FIELD_CHANGES,
      .most = PT_PATH_MOST,
      .offset = AT(pt_file_scenario, based_on),
      .doc = PT_N("A scenario file that this one changes; relative to this file.") },
    { .key = "drop",
      .kind = PT_KIND_WORDS,
      .offset = AT(pt_file_scenario, drop),
      .doc = PT_N("Levers of the scenario it is based on that are left out, by their ids.") },
    { .key = "horizon",
      .kind = PT_KIND_WHOLE,
      .flags = PT_FIELD_RANGE,
      YEAR_RANGE,
      .offset = AT(pt_file_scenario, horizon),
      .doc = PT_N("The last year that is asked about; the model's where it is left out.") },
    { .key = "discount",
      .kind = PT_KIND_AMOUNT,
      .flags = PT_FIELD_RANGE,
      .least = 0,
      .most = 100,
      .units = PERCENT_YEAR,
      .offset = AT(pt_file_scenario, discount),
      .doc = PT_N("By how much less a cost counts with every year; not at all where it is left "
                  "out.") },
    { .key = "overlap",
      .kind = PT_KIND_CHOICE,
      .choices = overlaps,
      .offset = AT(pt_file_scenario, overlap),
      .doc = PT_N("Whether levers on one group touch the same people.") },
    { .key = "levers",
      .kind = PT_KIND_LIST_OF,
      .flags = PT_FIELD_REQUIRED,
      .table = &pt_lever_schema,
      .offset = AT(pt_file_scenario, levers),
      .doc = PT_N("The levers; [] for nothing new. May be left out with 'based-on'."),
      .missing = PT_N("'levers' is missing; list them, or write 'levers: []' for nothing new") },
    { .key = NULL },
};
const struct pt_schema pt_scenario_schema = { "a scenario", PT_N("A dated set of changes."),
                                              sizeof(struct pt_file_scenario), scenario_fields };
