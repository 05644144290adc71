#include <math.h>
#include <string.h>

#include "input/values.h"

static const char *join_units(struct pt_arena *arena, unsigned units)
{
    static const enum pt_unit all[] = {
#define UNIT(name, text) name,
        PT_UNIT_LIST(UNIT)
#undef UNIT
    };
    const char *names[sizeof all / sizeof *all];
    size_t n = 0;
    for (size_t i = 0; i < sizeof all / sizeof *all; i++) {
        if (units & PT_UNITS(all[i])) {
            names[n++] = pt_unit_name(all[i]);
        }
    }
    return pt_words_join(arena, names, n);
}

bool pt_value_unit(struct pt_checker *checker, unsigned units, const struct pt_node *node,
                   enum pt_unit unit)
{
    if (units == 0 || (units & PT_UNITS(unit)) != 0) {
        return true;
    }
    pt_spot_report(checker->list, PT_ERROR, &node->spot, "'%s' is in the wrong unit; use %s",
                   node->text, join_units(checker->arena, units));
    return false;
}

static bool read_amount(struct pt_checker *checker, const struct pt_node *node, const char *name,
                        struct pt_amount *amount)
{
    struct pt_message why;
    if (!pt_value_scalar(checker, node, name)) {
        return false;
    }
    if (!pt_amount_parse(node->text, amount, &why)) {
        pt_spot_message(checker->list, PT_ERROR, &node->spot, &why);
        return false;
    }
    if (!isfinite(amount->value)) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot, "'%s' is not a number; '%s' needs one",
                       node->text, name);
        return false;
    }
    return pt_value_moderate(checker, node, amount->value);
}

static void report_unitless(struct pt_checker *checker, const struct pt_field *field,
                            const struct pt_node *node, double value)
{
    char percent[PT_NUMBER_MAX];
    if (field->units == PT_UNITS(PT_UNIT_PERCENT) && fabs(value) <= 1) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "'%s' has no unit; write '%s %%' if it is a share of 1, else '%s %%'",
                       node->text, pt_number_short(percent, 100 * value, 12, '.'), node->text);
    } else {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "'%s' has no unit; write it behind the number: %s", node->text,
                       join_units(checker->arena, field->units));
    }
}

bool pt_value_amount(struct pt_checker *checker, const struct pt_field *field,
                     const struct pt_node *node, void *out)
{
    struct pt_amount_value *amount = out;
    struct pt_amount read;
    double unitless;
    if (node->kind == PT_NODE_SCALAR && field->units != 0 && !node->broken &&
        pt_number_parse(node->text, node->length, '.', &unitless, NULL)) {
        report_unitless(checker, field, node, unitless);
        return false;
    }
    if (!read_amount(checker, node, field->key, &read) ||
        !pt_value_unit(checker, field->units, node, read.unit) ||
        !pt_value_within(checker, field, node, read.value)) {
        return false;
    }
    if ((field->flags & PT_FIELD_WHOLE) && (read.value != floor(read.value) || read.value > 1e9)) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot, "'%s' is %s; it is a whole number",
                       field->key, node->text);
        return false;
    }
    amount->at = node;
    amount->value = read;
    return true;
}

/* ------------------------------------------------------------------ effects */

/* A single parameter may carry its unit itself: `fixed: -0.5 pp`. */
static bool read_single(struct pt_checker *checker, const struct pt_node *node,
                        struct pt_effect_value *effect)
{
    struct pt_amount amount;
    struct pt_message why;
    if (node->kind == PT_NODE_SCALAR && pt_amount_parse(node->text, &amount, &why)) {
        effect->value.par[0] = amount.value;
        effect->unit = amount.unit;
        effect->unit_at = node;
        return pt_value_moderate(checker, node, amount.value);
    }
    return pt_value_parse_number(checker, node, node->key->text, &effect->value.par[0]);
}

static bool read_parameters(struct pt_checker *checker, const struct pt_distribution *card,
                            const struct pt_node *node, struct pt_effect_value *effect)
{
    effect->value.distribution = card;
    if (node->broken) {
        return false;
    }
    if (card->n_parameters == 1 && node->kind == PT_NODE_SCALAR) {
        return read_single(checker, node, effect);
    }
    bool list = node->kind == PT_NODE_LIST;
    if (list && node->n == 1 && node->first->kind == PT_NODE_SCALAR &&
        strchr(node->first->text, ';') != NULL) {
        pt_spot_report(checker->list, PT_ERROR, &node->first->spot,
                       "'%s': numbers are separated by commas, not semicolons", node->first->text);
        return false;
    }
    if (!list || node->n != card->n_parameters) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot, "'%s' takes %zu numbers: [ %s ]",
                       card->name, card->n_parameters,
                       pt_words_join(checker->arena, card->parameters, card->n_parameters));
        return false;
    }
    size_t n = 0;
    bool good = true;
    for (const struct pt_node *item = node->first; item != NULL; item = item->next) {
        good &= pt_value_parse_number(checker, item, card->name, &effect->value.par[n++]);
    }
    return good;
}

static bool check_card(struct pt_checker *checker, const struct pt_node *node,
                       const struct pt_effect *effect)
{
    const struct pt_distribution *card = effect->distribution;
    const char *wrong = card->check == NULL ? NULL : card->check(effect->par);
    if (wrong != NULL) {
        pt_spot_sentence(checker->list, PT_ERROR, &node->spot, wrong);
    }
    return wrong == NULL;
}

static bool read_chance(struct pt_checker *checker, const struct pt_node *node,
                        struct pt_effect_value *effect)
{
    static const struct pt_field field = { .key = "chance-of-none",
                                           .flags = PT_FIELD_RANGE,
                                           .least = 0,
                                           .most = 100,
                                           .units = PT_UNITS(PT_UNIT_PERCENT) };
    struct pt_amount_value amount = { NULL, { 0, PT_UNIT_PERCENT } };
    if (!pt_value_amount(checker, &field, node, &amount)) {
        return false;
    }
    effect->value.chance_of_none = amount.value.value / 100;
    effect->has_chance = true;
    return true;
}

static bool read_unit(struct pt_checker *checker, const struct pt_field *field,
                      const struct pt_node *node, struct pt_effect_value *effect)
{
    enum pt_unit unit;
    if (!pt_value_scalar(checker, node, "unit")) {
        return false;
    }
    if (!pt_unit_parse(node->text, node->length, &unit)) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot, "'%s' is not a unit; use %s",
                       node->text, join_units(checker->arena, field->units));
        return false;
    }
    if (effect->unit_at != NULL) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "the unit stands twice; '%s' has one already", effect->unit_at->text);
        return false;
    }
    effect->unit = unit;
    effect->unit_at = node;
    return true;
}

static bool read_short(struct pt_checker *checker, const struct pt_field *field,
                       const struct pt_node *node, struct pt_effect_value *effect)
{
    struct pt_amount_value amount = { NULL, { 0, PT_UNIT_PERCENT } };
    struct pt_field loose = *field;
    bool any = (field->flags & PT_FIELD_ANY_UNIT) != 0;
    loose.units = any ? 0 : field->units;
    bool bare = any && !node->broken &&
                pt_number_parse(node->text, node->length, '.', &amount.value.value, NULL);
    if (bare ? !pt_value_moderate(checker, node, amount.value.value)
             : !pt_value_amount(checker, &loose, node, &amount)) {
        return false;
    }
    for (size_t i = 0; pt_distributions[i] != NULL && effect->value.distribution == NULL; i++) {
        if (pt_distributions[i]->n_parameters == 1) {
            effect->value.distribution = pt_distributions[i];
        }
    }
    effect->value.par[0] = amount.value.value;
    effect->unit = amount.value.unit;
    effect->unit_at = bare ? NULL : node;
    return effect->value.distribution != NULL;
}

static bool read_long(struct pt_checker *checker, const struct pt_field *field,
                      const struct pt_node *node, struct pt_effect_value *effect)
{
    const char *names[32];
    size_t n = 0;
    const struct pt_node *found = NULL, *unit = pt_node_find(node, "unit");
    const struct pt_node *chance = pt_node_find(node, "chance-of-none");
    bool good = true;
    for (; n < 30 && pt_distributions[n] != NULL; n++) {
        names[n] = pt_distributions[n]->name;
        const struct pt_node *value = pt_node_find(node, names[n]);
        if (value != NULL && found != NULL) {
            pt_spot_report(checker->list, PT_ERROR, &value->key->spot,
                           "an effect has one distribution; keep '%s' or '%s'", found->key->text,
                           names[n]);
            good = false;
        } else if (value != NULL) {
            found = value;
            good = read_parameters(checker, pt_distributions[n], value, effect) &&
                   check_card(checker, value, &effect->value);
        }
    }
    const char *distributions = pt_words_join(checker->arena, names, n);
    names[n++] = "unit";
    names[n++] = "chance-of-none";
    bool unknown = pt_schema_unknown(checker, node, names, n, field->key);
    good &= !unknown && !node->broken;
    if (found == NULL && !unknown && !node->broken) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "'%s' has no size; write one of %s with its numbers", field->key,
                       distributions);
    }
    good &= found != NULL;
    good &= unit == NULL || read_unit(checker, field, unit, effect);
    return (chance == NULL || read_chance(checker, chance, effect)) && good;
}

bool pt_value_effect(struct pt_checker *checker, const struct pt_field *field,
                     const struct pt_node *node, void *out)
{
    struct pt_effect_value effect = { .at = node };
    bool good = false;
    if (node->kind == PT_NODE_LIST) {
        pt_spot_report(checker->list, PT_ERROR, &node->spot,
                       "'%s' is an amount such as '-0.5 pp', or braces with a distribution",
                       field->key);
    } else if (node->kind == PT_NODE_SCALAR) {
        good = read_short(checker, field, node, &effect);
    } else {
        good = read_long(checker, field, node, &effect);
    }
    if (good) {
        *(struct pt_effect_value *)out = effect;
    }
    return good;
}
