#include <math.h>
#include <string.h>

#include "scenario/read_file.h"

#define COMPLAIN(c, node, ...) pt_spot_report((c)->list, PT_ERROR, &(node)->spot, __VA_ARGS__)
#define NEARLY_NONE            1e-6

void pt_effect_range(const struct pt_effect *effect, double *low, double *high)
{
    *low = effect->distribution->quantile(effect->par, NEARLY_NONE);
    *high = effect->distribution->quantile(effect->par, 1 - NEARLY_NONE);
}

/* ------------------------------------------------------------------ units */

/* The unit of an effect may stand in it or, in effect-at, beside it. */
static bool find_unit(struct pt_checker *c, const struct pt_lever_kind *kind,
                      const struct pt_effect_value *effect, const struct pt_word_value *beside,
                      enum pt_unit *unit)
{
    if (beside != NULL && beside->at != NULL) {
        if (effect->unit_at != NULL) {
            COMPLAIN(c, beside->at, "the unit stands twice; '%s' has one already",
                     effect->unit_at->text);
            return false;
        }
        if (!pt_unit_parse(beside->value, strlen(beside->value), unit)) {
            COMPLAIN(c, beside->at, "'%s' is not a unit; write pp or points", beside->value);
            return false;
        }
        return true;
    }
    if (effect->unit_at == NULL && kind != NULL && kind->effect_in == PT_EFFECT_PERCENT_YEAR) {
        COMPLAIN(c, effect->at, "the effect has no unit; add 'unit: %%/year', per cent of the gap");
        return false;
    }
    if (effect->unit_at == NULL) {
        COMPLAIN(c, effect->at,
                 "the effect has no unit; add 'unit: pp' where the figure is in per "
                 "cent, else 'unit: points' ('/year' for a pace)");
        return false;
    }
    *unit = effect->unit;
    return true;
}

static bool check_unit(struct pt_checker *c, const struct pt_lever_kind *kind,
                       const struct pt_node *at, enum pt_unit unit)
{
    bool per_year = unit == PT_UNIT_PP_YEAR || unit == PT_UNIT_POINTS_YEAR;
    bool points = unit == PT_UNIT_POINTS || unit == PT_UNIT_POINTS_YEAR;
    bool share = kind->effect_in == PT_EFFECT_PERCENT_YEAR;
    bool year = kind->effect_in == PT_EFFECT_POINTS_YEAR;
    if (share && unit != PT_UNIT_PERCENT_YEAR) {
        COMPLAIN(c, at,
                 "the effect of kind '%s' is the part of the gap that it closes every year; write "
                 "it in %%/year, such as '10 %%/year'",
                 kind->name);
    } else if (!share && !per_year && unit != PT_UNIT_PP && unit != PT_UNIT_POINTS) {
        COMPLAIN(c, at, "an effect is not in %s; write pp or points", pt_unit_name(unit));
    } else if (year && !per_year) {
        COMPLAIN(c, at, "the effect of kind '%s' is per year; write %s", kind->name,
                 pt_unit_name(points ? PT_UNIT_POINTS_YEAR : PT_UNIT_PP_YEAR));
    } else if (!share && !year && per_year) {
        COMPLAIN(c, at, "the effect of kind '%s' is not per year; write %s", kind->name,
                 pt_unit_name(points ? PT_UNIT_POINTS : PT_UNIT_PP));
    } else {
        return true;
    }
    return false;
}

/* ------------------------------------------------------------------ limits */

static void check_share(struct pt_checker *c, const struct pt_node *at, const struct pt_lever *to)
{
    double low, high;
    char from[PT_NUMBER_MAX], till[PT_NUMBER_MAX];
    pt_effect_range(&to->effect, &low, &high);
    if (low > 0 && high <= 100) {
        return;
    }
    pt_number_short(from, low, 3, '.');
    pt_number_short(till, high, 3, '.');
    if (low == high) {
        COMPLAIN(c, at, "%s %%/year cannot be a part of the gap; write more than 0 and at most 100",
                 from);
    } else {
        COMPLAIN(c, at,
                 "the part of the gap that it closes runs from %s to %s %%/year; it has to stay "
                 "above 0 and within 100: write a narrower effect, or one with ends",
                 from, till);
    }
}

/* A maximum stands beyond nearly everything that the known increase may do. */
static void check_maximum(struct pt_checker *c, const struct pt_amount_value *maximum,
                          const struct pt_lever *to)
{
    double low, high, most = to->maximum;
    char shown[PT_NUMBER_MAX];
    pt_effect_range(&to->effect, &low, &high);
    const char *unit = pt_unit_name(to->effect_unit);
    if (maximum->value.unit != to->effect_unit) {
        COMPLAIN(c, maximum->at, "the maximum is in %s, but the effect is in %s; write %s",
                 pt_unit_name(maximum->value.unit), unit, unit);
    } else if (most * to->effect.distribution->mean(to->effect.par) <= 0) {
        COMPLAIN(c, maximum->at,
                 "the maximum %s and the effect of the known increase have different signs; write "
                 "the maximum with the sign of the effect",
                 maximum->at->text);
    } else if (fmax(fabs(low), fabs(high)) >= fabs(most)) {
        double far = fabs(low) > fabs(high) ? low : high;
        COMPLAIN(c, maximum->at,
                 "the maximum %s is not beyond the effect of the known increase, which may be %s "
                 "%s; write a larger maximum, or a narrower effect",
                 maximum->at->text, pt_number_short(shown, far, 3, '.'), unit);
    }
}

static void make_maximum(struct pt_checker *c, const struct pt_file_lever *from,
                         const struct pt_file_change *change, bool has_effect, struct pt_lever *to)
{
    const struct pt_node *written = pt_node_find(change->at, "maximum");
    written = written != NULL ? written : pt_node_find(from->at, "maximum");
    bool resources = to->kind != NULL && pt_key_in(to->kind->takes, "response");
    if (to->kind == NULL) {
        return;
    }
    if (written != NULL && !(resources && to->response->has_maximum)) {
        COMPLAIN(c, written->key,
                 "'maximum' is for 'response: saturating' of kind 'resources'; leave it out, or "
                 "write that");
    } else if (written == NULL && resources && to->response->has_maximum) {
        COMPLAIN(c, from->response.at,
                 "response '%s' needs the effect that it approaches, such as 'maximum: 3 pp'",
                 to->response->name);
    } else if (change->maximum.at != NULL) {
        to->maximum = change->maximum.value.value;
        if (has_effect) {
            check_maximum(c, &change->maximum, to);
        }
    }
}

void pt_file_effect_make(struct pt_checker *c, const struct pt_file_lever *from,
                         const struct pt_file_change *change, struct pt_lever *to)
{
    const struct pt_file_effect_at *known = &change->effect_at;
    bool direct =
        to->kind == NULL ? known->effect.at == NULL : pt_key_in(to->kind->needs, "effect");
    const struct pt_effect_value *effect = direct ? &change->effect : &known->effect;
    bool takes = to->kind == NULL || to->kind->effect_in != PT_EFFECT_NONE;
    bool good = false;
    to->increase = from->increase.value.value / 100;
    to->effect_increase = known->increase.value.value / 100;
    if (known->increase.at != NULL && to->effect_increase == 0) {
        COMPLAIN(c, known->increase.at,
                 "the effect of no increase cannot be scaled; write the "
                 "increase that the effect belongs to");
    }
    to->effect_at = to->at;
    if (!takes && change->value.at != NULL) {
        to->value = change->value.value.value;
        to->effect_unit = change->value.value.unit;
        to->effect_at = pt_spot_place(&change->value.at->spot);
    }
    if (takes && effect->at != NULL) {
        const struct pt_node *beside = direct ? NULL : known->unit.at;
        const struct pt_node *at = effect->unit_at != NULL ? effect->unit_at : beside;
        to->effect = effect->value;
        to->effect_at = pt_spot_place(&effect->at->spot);
        good = find_unit(c, to->kind, effect, direct ? NULL : &known->unit, &to->effect_unit) &&
               to->kind != NULL && check_unit(c, to->kind, at, to->effect_unit);
        if (good && to->kind->effect_in == PT_EFFECT_PERCENT_YEAR) {
            check_share(c, effect->at, to);
        }
    }
    make_maximum(c, from, change, good, to);
}
