/* What can be written in a model file. */
#include "barometer/model_table.h"

#include <stddef.h>

#define AT(type, member) offsetof(struct type, member)
#define YEARS            .flags = PT_FIELD_RANGE, .least = PT_YEAR_LEAST, .most = PT_YEAR_MOST
#define YEARS_REQUIRED \
    .flags = PT_FIELD_RANGE | PT_FIELD_REQUIRED, .least = PT_YEAR_LEAST, .most = PT_YEAR_MOST
#define LEVELS (PT_UNITS(PT_UNIT_PERCENT) | PT_UNITS(PT_UNIT_PP) | PT_UNITS(PT_UNIT_POINTS))

static const char *gap_name(size_t i)
{
    return pt_gap_measures[i] == NULL ? NULL : pt_gap_measures[i]->name;
}

static const char *const directions[] = { "higher", "lower", NULL };
/* as enum pt_break_kind */
static const char *const break_kinds[] = { "level", "slope", "both", NULL };

#define FIELD_ID(type)                                                                       \
    {                                                                                        \
        .key = "id", .kind = PT_KIND_ID, .flags = PT_FIELD_REQUIRED, .offset = AT(type, id), \
        .doc = PT_N("The name used in files and tables; no spaces.")                         \
    }
#define FIELD_TITLE(type)                                                                        \
    {                                                                                            \
        .key = "title", .kind = PT_KIND_TEXT, .flags = PT_FIELD_REQUIRED, .most = PT_TITLE_MOST, \
        .offset = AT(type, title), .doc = PT_N("The name shown to people.")                      \
    }

static const struct pt_field group_fields[] = {
    FIELD_ID(pt_file_group),
    FIELD_TITLE(pt_file_group),
    { .key = NULL },
};
static const struct pt_schema group_table = { "groups",
                                              PT_N("The groups that the data hold figures for."),
                                              sizeof(struct pt_file_group), group_fields };

static const struct pt_field unit_fields[] = {
    FIELD_ID(pt_file_unit),
    FIELD_TITLE(pt_file_unit),
    { .key = "decimals",
      .kind = PT_KIND_WHOLE,
      .flags = PT_FIELD_RANGE,
      .least = 0,
      .most = 6,
      .offset = AT(pt_file_unit, decimals),
      .fallback = "1",
      .doc = PT_N("Digits shown after the decimal sign.") },
    { .key = NULL },
};
static const struct pt_schema unit_table = { "units", PT_N("Units other than per cent."),
                                             sizeof(struct pt_file_unit), unit_fields };

static const struct pt_field band_fields[] = {
    { .key = "within",
      .kind = PT_KIND_AMOUNT,
      .flags = PT_FIELD_REQUIRED | PT_FIELD_LEAST,
      .units = LEVELS,
      .offset = AT(pt_file_band, within),
      .doc = PT_N("How far from parity still counts as equal, with its unit.") },
    { .key = "because",
      .kind = PT_KIND_TEXT,
      .flags = PT_FIELD_REQUIRED,
      .offset = AT(pt_file_band, because),
      .doc = PT_N("Why so far."),
      .missing = PT_N("'because' is missing in band; say why so far still counts as equal") },
    { .key = NULL },
};
static const struct pt_schema band_table = {
    "band", PT_N("The half-width around parity that counts as equal."), sizeof(struct pt_file_band),
    band_fields
};

static const struct pt_field target_fields[] = {
    { .key = "value",
      .kind = PT_KIND_AMOUNT,
      .flags = PT_FIELD_REQUIRED,
      .units = LEVELS,
      .offset = AT(pt_file_target, value),
      .doc = PT_N("The value to reach, in the published figure: the gap for two groups, else the "
                  "series itself.") },
    { .key = "by",
      .kind = PT_KIND_WHOLE,
      YEARS_REQUIRED,
      .offset = AT(pt_file_target, by),
      .doc = PT_N("The year to reach it by."),
      .missing = PT_N("'by' is missing in target; write the year, such as 'by: 2030'") },
    { .key = "because",
      .kind = PT_KIND_TEXT,
      .offset = AT(pt_file_target, because),
      .doc = PT_N("Who set the target, and where.") },
    { .key = NULL },
};
static const struct pt_schema target_table = { "target", PT_N("A value to reach by a year."),
                                               sizeof(struct pt_file_target), target_fields };

static const struct pt_field break_fields[] = {
    { .key = "year",
      .kind = PT_KIND_WHOLE,
      YEARS_REQUIRED,
      .offset = AT(pt_file_break, year),
      .doc = PT_N("The first year of the new definition.") },
    { .key = "kind",
      .kind = PT_KIND_CHOICE,
      .choices = break_kinds,
      .offset = AT(pt_file_break, kind),
      .fallback = "level",
      .doc = PT_N("What changed there: the level, the slope, or both.") },
    { .key = "because",
      .kind = PT_KIND_TEXT,
      .flags = PT_FIELD_REQUIRED,
      .offset = AT(pt_file_break, because),
      .doc = PT_N("What changed."),
      .missing = PT_N("'because' is missing in breaks; say what changed in the definition") },
    { .key = NULL },
};
static const struct pt_schema break_table = {
    "breaks", PT_N("Years in which the definition of the figures changed."),
    sizeof(struct pt_file_break), break_fields
};

static const struct pt_field indicator_fields[] = {
    FIELD_ID(pt_file_indicator),
    FIELD_TITLE(pt_file_indicator),
    { .key = "decides",
      .kind = PT_KIND_BOOLEAN,
      .offset = AT(pt_file_indicator, decides),
      .fallback = "false",
      .doc = PT_N("Whether the indicator sets the goal's colour.") },
    { .key = "unit",
      .kind = PT_KIND_WORD,
      .flags = PT_FIELD_REQUIRED,
      .offset = AT(pt_file_indicator, unit),
      .doc = PT_N("\"%\" or the id of a unit."),
      .missing = PT_N("'unit' is missing in indicators; write '\"%%\"' or the id of a unit") },
    { .key = "series",
      .kind = PT_KIND_WORD,
      .offset = AT(pt_file_indicator, series),
      .doc = PT_N("The 'indicator' of the data; left out where there are no figures.") },
    { .key = "group",
      .kind = PT_KIND_WORD,
      .flags = PT_FIELD_REQUIRED,
      .offset = AT(pt_file_indicator, group),
      .doc = PT_N("The group whose figure it is, by its id.") },
    { .key = "reference",
      .kind = PT_KIND_WORD,
      .offset = AT(pt_file_indicator, reference),
      .doc = PT_N("The group it is compared with, by its id.") },
    { .key = "gap",
      .kind = PT_KIND_CHOICE,
      .choice = gap_name,
      .offset = AT(pt_file_indicator, gap),
      .doc = PT_N("How the two are compared; the first that compares where there is a "
                  "reference.") },
    { .key = "parity",
      .kind = PT_KIND_NUMBER,
      .offset = AT(pt_file_indicator, parity),
      .doc = PT_N("The published figure that means parity, such as 100.") },
    { .key = "better",
      .kind = PT_KIND_CHOICE,
      .flags = PT_FIELD_REQUIRED,
      .choices = directions,
      .offset = AT(pt_file_indicator, better),
      .doc = PT_N("Whether a higher or a lower figure of the group is better."),
      .missing = PT_N("'better' is missing in indicators; write 'better: higher' or 'better: "
                      "lower'") },
    { .key = "bounds",
      .kind = PT_KIND_NUMBERS,
      .least = 2,
      .most = 2,
      .offset = AT(pt_file_indicator, bounds),
      .doc = PT_N("Lowest and highest possible figure; [ 0, 100 ] for per cent, none else.") },
    { .key = "band",
      .kind = PT_KIND_MAPPING,
      .table = &band_table,
      .offset = AT(pt_file_indicator, band),
      .doc = PT_N("What counts as equal.") },
    { .key = "target",
      .kind = PT_KIND_MAPPING,
      .table = &target_table,
      .offset = AT(pt_file_indicator, target),
      .doc = PT_N("A value to reach by a year.") },
    { .key = "trend",
      .kind = PT_KIND_WORD,
      .offset = AT(pt_file_indicator, trend),
      .doc = PT_N("The family of trend lines; consensus where it is left out.") },
    { .key = "fit-from",
      .kind = PT_KIND_WHOLE,
      YEARS,
      .offset = AT(pt_file_indicator, fit_from),
      .doc = PT_N("The first year that the trend is fitted to.") },
    { .key = "breaks",
      .kind = PT_KIND_LIST_OF,
      .table = &break_table,
      .offset = AT(pt_file_indicator, breaks),
      .doc = PT_N("Years in which the definition changed.") },
    { .key = "note",
      .kind = PT_KIND_TEXT,
      .offset = AT(pt_file_indicator, note),
      .doc = PT_N("What a reader should know; required where there is no series.") },
    { .key = NULL },
};
static const struct pt_schema indicator_table = { "indicators", PT_N("What is measured."),
                                                  sizeof(struct pt_file_indicator),
                                                  indicator_fields };

static const struct pt_field goal_fields[] = {
    FIELD_ID(pt_file_goal),
    FIELD_TITLE(pt_file_goal),
    { .key = "owner",
      .kind = PT_KIND_TEXT,
      .most = PT_TITLE_MOST,
      .offset = AT(pt_file_goal, owner),
      .doc = PT_N("Who answers for the goal.") },
    { .key = "indicators",
      .kind = PT_KIND_LIST_OF,
      .flags = PT_FIELD_REQUIRED | PT_FIELD_NOT_EMPTY,
      .table = &indicator_table,
      .offset = AT(pt_file_goal, indicators),
      .doc = PT_N("What is measured.") },
    { .key = NULL },
};
static const struct pt_schema goal_table = { "goals", PT_N("The goals of an area."),
                                             sizeof(struct pt_file_goal), goal_fields };

static const struct pt_field area_fields[] = {
    FIELD_ID(pt_file_area),
    FIELD_TITLE(pt_file_area),
    { .key = "goals",
      .kind = PT_KIND_LIST_OF,
      .flags = PT_FIELD_REQUIRED | PT_FIELD_NOT_EMPTY,
      .table = &goal_table,
      .offset = AT(pt_file_area, goals),
      .doc = PT_N("Its goals.") },
    { .key = NULL },
};
static const struct pt_schema area_table = { "areas", PT_N("The areas of the barometer."),
                                             sizeof(struct pt_file_area), area_fields };

static const struct pt_field policy_fields[] = {
    { .key = "from",
      .kind = PT_KIND_WHOLE,
      YEARS_REQUIRED,
      .offset = AT(pt_file_policy, from),
      .doc = PT_N("First year.") },
    { .key = "to",
      .kind = PT_KIND_WHOLE,
      YEARS_REQUIRED,
      .offset = AT(pt_file_policy, to),
      .doc = PT_N("Last year.") },
    { .key = NULL },
};
static const struct pt_schema policy_table = { "policy", PT_N("The years that the policy covers."),
                                               sizeof(struct pt_file_policy), policy_fields };

static const struct pt_field model_fields[] = {
    FIELD_TITLE(pt_file_model),
    { .key = "policy",
      .kind = PT_KIND_MAPPING,
      .table = &policy_table,
      .offset = AT(pt_file_model, policy),
      .doc = PT_N("The years that the policy covers.") },
    { .key = "horizon",
      .kind = PT_KIND_WHOLE,
      YEARS,
      .offset = AT(pt_file_model, horizon),
      .doc = PT_N("The last year that is asked about; 30 years after the last figure where it is "
                  "left out.") },
    { .key = "place",
      .kind = PT_KIND_TEXT,
      .most = PT_TITLE_MOST,
      .offset = AT(pt_file_model, place),
      .doc = PT_N("The place that the barometer is about, for titles.") },
    { .key = "places",
      .kind = PT_KIND_WORDS,
      .flags = PT_FIELD_NOT_EMPTY,
      .alone = "all",
      .offset = AT(pt_file_model, places),
      .doc = PT_N("Places of the data for each of which every indicator is answered, or 'all'.") },
    { .key = "data",
      .kind = PT_KIND_WORDS,
      .most = PT_PATH_MOST,
      .flags = PT_FIELD_REQUIRED | PT_FIELD_NOT_EMPTY,
      .offset = AT(pt_file_model, data),
      .doc = PT_N("CSV files, relative to this one."),
      .missing = PT_N("'data' is missing; write 'data: [ figures.csv ]'") },
    { .key = "groups",
      .kind = PT_KIND_LIST_OF,
      .flags = PT_FIELD_REQUIRED | PT_FIELD_NOT_EMPTY,
      .table = &group_table,
      .offset = AT(pt_file_model, groups),
      .doc = PT_N("The groups.") },
    { .key = "units",
      .kind = PT_KIND_LIST_OF,
      .table = &unit_table,
      .offset = AT(pt_file_model, units),
      .doc = PT_N("Units other than per cent.") },
    { .key = "areas",
      .kind = PT_KIND_LIST_OF,
      .flags = PT_FIELD_REQUIRED | PT_FIELD_NOT_EMPTY,
      .table = &area_table,
      .offset = AT(pt_file_model, areas),
      .doc = PT_N("The areas.") },
    { .key = "links",
      .kind = PT_KIND_LIST_OF,
      .table = &pt_link_schema,
      .offset = AT(pt_file_model, links),
      .doc = PT_N("What follows in one indicator when another leaves its baseline.") },
    { .key = NULL },
};
const struct pt_schema pt_model_schema = { "a model", PT_N("A barometer: what is measured."),
                                           sizeof(struct pt_file_model), model_fields };
