/* What can be written in a scenario file. The order of choices is that of the enums in scenario.h. */
#include <stddef.h>

#include "scenario/read_file.h"

#define AT(type, member) offsetof(struct type, member)
#define PERCENT          PT_UNITS(PT_UNIT_PERCENT)
#define YEARS            PT_UNITS(PT_UNIT_YEARS)
#define SHIFTS                                                                     \
    (PT_UNITS(PT_UNIT_PP) | PT_UNITS(PT_UNIT_POINTS) | PT_UNITS(PT_UNIT_PP_YEAR) | \
     PT_UNITS(PT_UNIT_POINTS_YEAR))
#define YEAR_RANGE .least = PT_YEAR_LEAST, .most = PT_YEAR_MOST

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

static const char *const shapes[] = { "linear", "s-curve", "step", NULL };
static const char *const confidences[] = { "high", "medium", "low", NULL };
static const char *const overlaps[] = { "independent", "additive", "nested", NULL };
static const char *const responses[] = { "proportional", NULL };

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

static const struct pt_field lever_fields[] = {
    { .key = "id",
      .kind = PT_KIND_ID,
      .flags = PT_FIELD_REQUIRED,
      .offset = AT(pt_file_lever, id),
      .doc = PT_N("The name of the lever; the same name draws the same effect in every "
                  "scenario.") },
    { .key = "title",
      .kind = PT_KIND_TEXT,
      .offset = AT(pt_file_lever, title),
      .doc = PT_N("The name shown to people; the id where it is left out.") },
    { .key = "indicator",
      .kind = PT_KIND_WORD,
      .flags = PT_FIELD_REQUIRED,
      .offset = AT(pt_file_lever, indicator),
      .doc = PT_N("The indicator it moves, by its id.") },
    { .key = "group",
      .kind = PT_KIND_WORD,
      .flags = PT_FIELD_REQUIRED,
      .offset = AT(pt_file_lever, group),
      .doc = PT_N("The group it moves, by its id.") },
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
    { .key = "effect",
      .kind = PT_KIND_EFFECT,
      .units = SHIFTS,
      .offset = AT(pt_file_lever, effect),
      .doc = PT_N("The assumed effect on those it reaches, in the figure's own direction.") },
    { .key = "increase",
      .kind = PT_KIND_AMOUNT,
      .flags = PT_FIELD_ABOVE,
      .least = -100,
      .units = PERCENT,
      .offset = AT(pt_file_lever, increase),
      .doc = PT_N("More resources by.") },
    { .key = "effect-at",
      .kind = PT_KIND_MAPPING,
      .table = &effect_at_table,
      .offset = AT(pt_file_lever, effect_at),
      .doc = PT_N("What a known increase does.") },
    { .key = "response",
      .kind = PT_KIND_CHOICE,
      .choices = responses,
      .offset = AT(pt_file_lever, response),
      .fallback = "proportional",
      .doc = PT_N("How the effect grows with the increase.") },
    { .key = "reach",
      .kind = PT_KIND_AMOUNT,
      .flags = PT_FIELD_ABOVE | PT_FIELD_MOST,
      .least = 0,
      .most = 100,
      .units = PERCENT,
      .offset = AT(pt_file_lever, reach),
      .fallback = "100 %",
      .doc = PT_N("The share of the group that it touches.") },
    { .key = "start",
      .kind = PT_KIND_WHOLE,
      .flags = PT_FIELD_RANGE | PT_FIELD_REQUIRED,
      YEAR_RANGE,
      .offset = AT(pt_file_lever, start),
      .doc = PT_N("The first year with effect."),
      .missing = PT_N("'start' is missing in levers; write the first year with effect, such as "
                      "'start: 2027'") },
    { .key = "delay",
      .kind = PT_KIND_AMOUNT,
      .flags = PT_FIELD_RANGE | PT_FIELD_WHOLE,
      .least = 0,
      .most = 100,
      .units = YEARS,
      .offset = AT(pt_file_lever, delay),
      .fallback = "0 years",
      .doc = PT_N("Whole years by which the effect comes later than the start.") },
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
      .fallback = "medium",
      .doc = PT_N("How sure the effect is; sets chance-of-none where that is left out.") },
    { .key = NULL },
};
static const struct pt_schema lever_table = { "levers", PT_N("What is changed."),
                                              sizeof(struct pt_file_lever), lever_fields };

static const struct pt_field scenario_fields[] = {
    { .key = "title",
      .kind = PT_KIND_TEXT,
      .offset = AT(pt_file_scenario, title),
      .doc = PT_N("The name shown to people; the file's name where it is left out.") },
    { .key = "horizon",
      .kind = PT_KIND_WHOLE,
      .flags = PT_FIELD_RANGE,
      YEAR_RANGE,
      .offset = AT(pt_file_scenario, horizon),
      .doc = PT_N("The last year that is asked about; the model's where it is left out.") },
    { .key = "overlap",
      .kind = PT_KIND_CHOICE,
      .choices = overlaps,
      .offset = AT(pt_file_scenario, overlap),
      .doc = PT_N("Whether levers on one group touch the same people.") },
    { .key = "levers",
      .kind = PT_KIND_LIST_OF,
      .flags = PT_FIELD_REQUIRED,
      .table = &lever_table,
      .offset = AT(pt_file_scenario, levers),
      .doc = PT_N("The levers; [] for nothing new."),
      .missing = PT_N("'levers' is missing; list them, or write 'levers: []' for nothing new") },
    { .key = NULL },
};
const struct pt_schema pt_scenario_schema = { "a scenario", PT_N("A dated set of changes."),
                                              sizeof(struct pt_file_scenario), scenario_fields };
