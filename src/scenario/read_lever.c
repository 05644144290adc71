#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "scenario/read_file.h"

#define COMPLAIN(c, node, ...) pt_spot_report((c)->list, PT_ERROR, &(node)->spot, __VA_ARGS__)

static const struct pt_node *head(const struct pt_file_lever *lever)
{
    return lever->id.at != NULL ? lever->id.at : lever->at;
}

/* Whether a card's list of keys, "increase, effect-at", has this one. */
static bool key_in(const char *keys, const char *key)
{
    size_t n = strlen(key);
    for (const char *at = keys; at != NULL && *at != '\0';) {
        at += strspn(at, " ,");
        size_t length = strcspn(at, " ,");
        if (length == n && memcmp(at, key, n) == 0) {
            return true;
        }
        at += length;
    }
    return false;
}

/* The keys that not every kind has, and whether one that has it can do without. */
static void check_keys(struct pt_checker *c, const struct pt_file_lever *lever)
{
    static const struct {
        const char *name;
        const char *with; /* the card's key that brings it, where it may be left out */
    } keys[] = {
        { "effect", NULL }, { "increase", NULL }, { "effect-at", NULL }, { "response", "effect-at" }
    };
    if (lever->kind.at == NULL) {
        return;
    }
    const struct pt_lever_kind *kind = pt_lever_kinds[lever->kind.value];
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        const struct pt_node *node = pt_node_find(lever->at, keys[i].name);
        bool has = key_in(kind->needs, keys[i].with != NULL ? keys[i].with : keys[i].name);
        if (node != NULL && !has) {
            COMPLAIN(c, node->key, "'%s' does not go with kind '%s', which takes %s", keys[i].name,
                     kind->name, kind->needs);
        } else if (node == NULL && has && keys[i].with == NULL) {
            COMPLAIN(c, lever->kind.at, "kind '%s' needs '%s'; write '%s: ...'", kind->name,
                     keys[i].name, keys[i].name);
        }
    }
}

/* ------------------------------------------------------------------ effect */

/* The unit of an effect may stand in it or, in effect-at, beside it. */
static bool find_unit(struct pt_checker *c, const struct pt_effect_value *effect,
                      const struct pt_word_value *beside, enum pt_unit *unit)
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
    if (effect->unit_at == NULL) {
        COMPLAIN(c, effect->at,
                 "the effect has no unit; add 'unit: pp' where the figure is in per "
                 "cent, else 'unit: points' ('/year' for a pace)");
        return false;
    }
    *unit = effect->unit;
    return true;
}

static void check_per_year(struct pt_checker *c, const struct pt_lever_kind *kind,
                           const struct pt_node *at, enum pt_unit unit)
{
    bool per_year = unit == PT_UNIT_PP_YEAR || unit == PT_UNIT_POINTS_YEAR;
    bool points = unit == PT_UNIT_POINTS || unit == PT_UNIT_POINTS_YEAR;
    if (!per_year && unit != PT_UNIT_PP && unit != PT_UNIT_POINTS) {
        COMPLAIN(c, at, "an effect is not in %s; write pp or points", pt_unit_name(unit));
    } else if ((kind->effect_in == PT_EFFECT_POINTS_YEAR) && !per_year) {
        COMPLAIN(c, at, "the effect of kind '%s' is per year; write %s", kind->name,
                 pt_unit_name(points ? PT_UNIT_POINTS_YEAR : PT_UNIT_PP_YEAR));
    } else if (!(kind->effect_in == PT_EFFECT_POINTS_YEAR) && per_year) {
        COMPLAIN(c, at, "the effect of kind '%s' is not per year; write %s", kind->name,
                 pt_unit_name(points ? PT_UNIT_POINTS : PT_UNIT_PP));
    }
}

static void make_effect(struct pt_checker *c, const struct pt_file_lever *from, struct pt_lever *to)
{
    const struct pt_file_effect_at *known = &from->effect_at;
    bool direct = to->kind == NULL ? known->effect.at == NULL : key_in(to->kind->needs, "effect");
    const struct pt_effect_value *effect = direct ? &from->effect : &known->effect;
    to->increase = from->increase.value.value / 100;
    to->effect_increase = known->increase.value.value / 100;
    if (known->increase.at != NULL && to->effect_increase == 0) {
        COMPLAIN(c, known->increase.at,
                 "the effect of no increase cannot be scaled; write the "
                 "increase that the effect belongs to");
    }
    to->effect_at = to->at;
    if (effect->at == NULL) {
        return;
    }
    to->effect = effect->value;
    to->effect_at = pt_spot_place(&effect->at->spot);
    if (find_unit(c, effect, direct ? NULL : &known->unit, &to->effect_unit) && to->kind != NULL) {
        const struct pt_node *beside = direct ? NULL : known->unit.at;
        check_per_year(c, to->kind, effect->unit_at != NULL ? effect->unit_at : beside,
                       to->effect_unit);
    }
    if (!effect->has_chance) {
        to->effect.chance_of_none = pt_confidence_chance_of_none(to->confidence);
    }
    if (!effect->has_chance && pt_node_find(from->at, "confidence") == NULL) {
        COMPLAIN(c, head(from),
                 "how sure is the effect? write 'confidence: low', 'medium' or "
                 "'high', or a chance-of-none in the effect");
    }
}

/* ------------------------------------------------------------------ time */

static void make_time(struct pt_checker *c, const struct pt_file_lever *from, struct pt_lever *to)
{
    const struct pt_file_lasts *lasts = &from->lasts;
    bool ramp = from->ramp.at != NULL;
    to->start = from->start.value;
    to->delay = (int)from->delay.value.value;
    to->ramp_years = ramp ? from->ramp.years.value : 1;
    to->ramp_shape = ramp ? (enum pt_ramp_shape)from->ramp.shape.value : PT_RAMP_STEP;
    to->until = lasts->until.at != NULL ? lasts->until.value : INT_MAX;
    to->half_life = lasts->half_life.value.value;
    if (ramp && to->ramp_shape != PT_RAMP_STEP && pt_node_find(from->ramp.at, "years") == NULL) {
        COMPLAIN(c, from->ramp.at,
                 "'years' is missing in ramp; write the years until it is in full "
                 "effect");
    }
    if (ramp && to->ramp_shape == PT_RAMP_STEP && to->ramp_years > 1) {
        COMPLAIN(c, from->ramp.years.at,
                 "a step takes no years; leave 'years' out, or write "
                 "'shape: linear'");
    }
    if (lasts->until.at != NULL && from->start.at != NULL && to->until < to->start + to->delay) {
        COMPLAIN(c, lasts->until.at, "the last year %d is before the first year with effect, %d",
                 to->until, to->start + to->delay);
    }
}

void pt_file_lever_make(struct pt_checker *c, const struct pt_file_lever *from, struct pt_lever *to)
{
    const struct pt_node *at = head(from);
    to->at = pt_spot_place(&at->spot);
    to->indicator_at = pt_spot_place(&(from->indicator.at != NULL ? from->indicator.at : at)->spot);
    to->group_at = pt_spot_place(&(from->group.at != NULL ? from->group.at : at)->spot);
    to->place_at = pt_spot_place(&(from->place.at != NULL ? from->place.at : at)->spot);
    to->id = from->id.value;
    to->title = from->title.value;
    if (from->title.at == NULL) {
        to->title = (struct pt_text){ to->id, to->id };
    }
    to->indicator = from->indicator.value;
    to->group = from->group.value;
    to->place = from->place.value;
    to->kind = from->kind.at != NULL ? pt_lever_kinds[from->kind.value] : NULL;
    to->response = pt_responses[from->response.value];
    to->reach = from->reach.value.value / 100;
    to->source = from->source.value;
    to->confidence = (enum pt_confidence)from->confidence.value;
    check_keys(c, from);
    make_effect(c, from, to);
    make_time(c, from, to);
}
