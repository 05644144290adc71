#include <limits.h>
#include <string.h>

#include "scenario/bind.h"
#include "scenario/read_file.h"

/* ------------------------------------------------------------------ units and bounds */

static void check_unit(struct pt_binding *b, const struct pt_lever *lever,
                       const struct pt_indicator *indicator)
{
    bool year = lever->kind->effect_in == PT_EFFECT_POINTS_YEAR;
    enum pt_unit points = year ? PT_UNIT_POINTS_YEAR : PT_UNIT_POINTS;
    enum pt_unit expected = indicator->percent ? (year ? PT_UNIT_PP_YEAR : PT_UNIT_PP) : points;
    if (lever->effect_unit == expected) {
        return;
    }
    if (indicator->percent) {
        REPORT(b, PT_ERROR, &lever->effect_at,
               "the effect is in %s, but '%s' is in per cent; write %s",
               pt_unit_name(lever->effect_unit), indicator->id, pt_unit_name(expected));
    } else {
        REPORT(b, PT_ERROR, &lever->effect_at,
               "the effect is in %s, but '%s' is in '%s'; write %s, which are those",
               pt_unit_name(lever->effect_unit), indicator->id, indicator->unit,
               pt_unit_name(expected));
    }
}

static void check_value(struct pt_binding *b, const struct pt_lever *lever,
                        const struct pt_indicator *indicator)
{
    char least[PT_NUMBER_MAX], most[PT_NUMBER_MAX];
    if (indicator->percent && lever->effect_unit != PT_UNIT_PERCENT) {
        REPORT(b, PT_ERROR, &lever->effect_at,
               "the value is in %s, but '%s' is in per cent; write %%",
               pt_unit_name(lever->effect_unit), indicator->id);
    } else if (!indicator->percent && lever->effect_unit != PT_UNIT_POINTS) {
        REPORT(b, PT_ERROR, &lever->effect_at,
               "the value is in %s, but '%s' is in '%s'; write points, which are those",
               pt_unit_name(lever->effect_unit), indicator->id, indicator->unit);
    } else if (lever->value < indicator->lower || lever->value > indicator->upper) {
        REPORT(b, PT_ERROR, &lever->effect_at,
               "'%s' lies between %s and %s, which %g does not; write a value that it can have",
               indicator->id, pt_number_short(least, indicator->lower, 12, '.'),
               pt_number_short(most, indicator->upper, 12, '.'), lever->value);
    }
}

/* ------------------------------------------------------------------ direction */

int pt_way_to_parity(const struct pt_lever *lever, const struct pt_indicator *indicator)
{
    bool on_reference =
        indicator->reference != NULL && strcmp(lever->group, indicator->reference) == 0;
    if (indicator->gap == NULL && !indicator->has_target) {
        return 0;
    }
    return indicator->better * (on_reference ? -1 : 1);
}

static bool meets_another(const struct pt_scenario *scenario, const struct pt_lever *lever)
{
    bool meets = false;
    for (size_t i = 0; i < scenario->n_levers && !meets; i++) {
        const struct pt_lever *other = &scenario->levers[i];
        meets = other->entry != lever->entry && pt_levers_overlap(other, lever);
    }
    return meets;
}

static void check_direction(struct pt_binding *b, const struct pt_lever *lever,
                            const struct pt_indicator *indicator)
{
    if (pt_lever_direction(lever, indicator) >= 0) {
        return;
    }
    bool single = indicator->gap == NULL;
    if (single) {
        REPORT(b, PT_WARNING, &lever->at,
               "'%s' makes '%s' worse; is the sign of the effect right? an effect moves the figure "
               "in its own direction",
               lever->id, indicator->id);
    } else {
        REPORT(b, PT_WARNING, &lever->at,
               "'%s' widens the gap of '%s'; is the sign of the effect right? an effect moves the "
               "figure in its own direction",
               lever->id, indicator->id);
    }
    if (b->scenario->overlap != PT_OVERLAP_ADDITIVE && meets_another(b->scenario, lever)) {
        REPORT(b, PT_ERROR, &lever->at,
               "'%s' widens the gap and meets other levers; that needs 'overlap: additive'",
               lever->id);
    }
}

bool pt_bind_amounts(struct pt_binding *b, const struct pt_lever *lever,
                     const struct pt_indicator *indicator)
{
    size_t errors = b->checker.list->count[PT_ERROR];
    switch (lever->kind->effect_in) {
    case PT_EFFECT_NONE:
        check_value(b, lever, indicator);
        break;
    case PT_EFFECT_PERCENT_YEAR: /* toward parity by definition */
        if (pt_way_to_parity(lever, indicator) == 0) {
            REPORT(b, PT_ERROR, &lever->indicator_at,
                   "'%s' has no reference, parity or target that kind '%s' could close a gap to; "
                   "write a target in the model, or use another kind",
                   indicator->id, lever->kind->name);
        }
        break;
    case PT_EFFECT_POINTS:
    case PT_EFFECT_POINTS_YEAR:
        check_unit(b, lever, indicator);
        check_direction(b, lever, indicator);
        break;
    }
    return b->checker.list->count[PT_ERROR] == errors;
}

/* ------------------------------------------------------------------ time */

/* The last year that any place has a figure for. */
static int last_figure(const struct pt_binding *b, const struct pt_lever *lever,
                       const struct pt_indicator *indicator)
{
    int last = INT_MIN;
    for (size_t i = 0; i < pt_data_count(b->model->data); i++) {
        const struct pt_observed *o = pt_data_series(b->model->data, i);
        if (o->n > 0 && strcmp(o->indicator, indicator->series) == 0 &&
            strcmp(o->group, lever->group) == 0 && o->observations[o->n - 1].year > last) {
            last = o->observations[o->n - 1].year;
        }
    }
    return last;
}

static void check_end(struct pt_binding *b, const struct pt_lever *lever, int first, int horizon)
{
    bool leads = lever->kind->path != NULL;
    int full = leads ? lever->by : first + lever->ramp_years - 1;
    if (lever->until < full && leads) {
        REPORT(b, PT_WARNING, &lever->at,
               "'%s' ends in %d, before its value is reached in %d; end it later, or bring 'by' "
               "forward",
               lever->id, lever->until, full);
    } else if (lever->until < full) {
        REPORT(b, PT_WARNING, &lever->at,
               "'%s' ends in %d, before it is fully phased in in %d; end it later, or shorten the "
               "ramp",
               lever->id, lever->until, full);
    } else if (leads && horizon != 0 && lever->by > horizon) {
        REPORT(b, PT_WARNING, &lever->at,
               "'%s' reaches its value in %d, after the horizon %d, so only a part of the way is "
               "seen",
               lever->id, lever->by, horizon);
    }
}

void pt_bind_time(struct pt_binding *b, const struct pt_lever *lever,
                  const struct pt_indicator *indicator)
{
    int last = last_figure(b, lever, indicator), first = lever->start + lever->delay;
    int horizon = b->scenario->horizon != 0 ? b->scenario->horizon : b->model->horizon;
    bool gone = lever->kind->keep == 0 && lever->half_life == 0 && lever->turnover == 0;
    if (last != INT_MIN && lever->until <= last && gone) {
        REPORT(b, PT_WARNING, &lever->at,
               "'%s' ends in %d, not after the last figure (%d), so it does nothing", lever->id,
               lever->until, last);
        return;
    }
    if (horizon > last && first > horizon) {
        REPORT(b, PT_WARNING, &lever->at,
               "'%s' starts in %d, after the horizon %d, so it does nothing", lever->id, first,
               horizon);
        return;
    }
    if (last != INT_MIN && first <= last && lever->kind->path == NULL) {
        REPORT(b, PT_WARNING, &lever->at,
               "'%s' starts in %d, but there are figures until %d: a counterfactual, its effect "
               "is added to the figures after them",
               lever->id, first, last);
    }
    check_end(b, lever, first, horizon);
}
