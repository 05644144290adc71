#include <limits.h>
#include <string.h>

#include "scenario/read_file.h"

#define COMPLAIN(c, node, ...) pt_spot_report((c)->list, PT_ERROR, &(node)->spot, __VA_ARGS__)

const struct pt_node *pt_file_lever_head(const struct pt_file_lever *from)
{
    return from->id.at != NULL ? from->id.at : from->at;
}

size_t pt_file_lever_count(const struct pt_file_lever *from)
{
    return from->indicators.n > 0 ? from->indicators.n : 1;
}

/* ------------------------------------------------------------------ keys */

bool pt_key_in(const char *keys, const char *key)
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

static bool kind_has(const struct pt_lever_kind *kind, const char *key)
{
    return pt_key_in(kind->needs, key) || pt_key_in(kind->takes, key);
}

/* Keys that no card names are for all kinds. */
static bool some_kind_has(const char *key)
{
    bool has = false;
    for (size_t i = 0; pt_lever_kinds[i] != NULL && !has; i++) {
        has = kind_has(pt_lever_kinds[i], key);
    }
    return has;
}

static void refuse_key(struct pt_checker *c, const struct pt_lever_kind *kind,
                       const struct pt_node *node)
{
    COMPLAIN(c, node->key, "'%s' does not go with kind '%s', which takes %s, %s", node->key->text,
             kind->name, kind->needs, kind->takes);
}

/* The keys of a kind, in the lever or beside each of its indicators. */
static void check_keys(struct pt_checker *c, const struct pt_file_lever *lever)
{
    const struct pt_file_change *items = lever->indicators.items;
    const struct pt_node *several = pt_node_find(lever->at, "indicators");
    if (lever->kind.at == NULL) {
        return;
    }
    const struct pt_lever_kind *kind = pt_lever_kinds[lever->kind.value];
    for (const struct pt_field *f = pt_lever_schema.fields; f->key != NULL; f++) {
        if (!some_kind_has(f->key)) {
            continue;
        }
        const struct pt_node *node = pt_node_find(lever->at, f->key), *lacks = NULL;
        if (node != NULL && !kind_has(kind, f->key)) {
            refuse_key(c, kind, node);
        }
        for (size_t i = 0; i < lever->indicators.n; i++) {
            const struct pt_node *own = pt_node_find(items[i].at, f->key);
            if (own != NULL && !kind_has(kind, f->key)) {
                refuse_key(c, kind, own);
            }
            lacks = own == NULL && lacks == NULL ? items[i].at : lacks;
        }
        if (node == NULL && pt_key_in(kind->needs, f->key) &&
            (several == NULL || (lever->indicators.n > 0 && lacks != NULL))) {
            COMPLAIN(c, several == NULL ? lever->kind.at : lacks,
                     "kind '%s' needs '%s'; write '%s: ...'", kind->name, f->key, f->key);
        }
    }
}

static void check_entrants(struct pt_checker *c, const struct pt_file_lever *from)
{
    bool entrants = from->acts_on.at != NULL && from->acts_on.value == 1;
    const struct pt_node *turnover = pt_node_find(from->at, "turnover");
    const struct pt_node *half_life = pt_node_find(from->lasts.at, "half-life");
    if (entrants && turnover == NULL) {
        COMPLAIN(c, from->acts_on.at,
                 "'acts-on: entrants' needs to know how fast the group is replaced, such as "
                 "'turnover: 2.5 %%/year'");
    }
    if (entrants && half_life != NULL) {
        COMPLAIN(c, half_life->key,
                 "entrants keep the effect until they leave the group; leave 'half-life' out");
    }
    if (!entrants && turnover != NULL && pt_node_find(from->at, "acts-on") == NULL) {
        COMPLAIN(c, turnover->key,
                 "'turnover' is for a lever on new entrants; write 'acts-on: entrants' too, or "
                 "leave it out");
    } else if (turnover != NULL && from->acts_on.at != NULL && !entrants) {
        COMPLAIN(c, turnover->key,
                 "'turnover' is for a lever on new entrants, but this one acts on the whole group; "
                 "write 'acts-on: entrants', or leave it out");
    }
}

/* ------------------------------------------------------------------ indicators */

/* What stands beside an indicator, else in the lever. */
static struct pt_file_change change_of(const struct pt_file_lever *from, size_t i)
{
    struct pt_file_change all = from->own;
    all.at = NULL;
    if (from->indicators.n == 0) {
        return all;
    }
    const struct pt_file_change *item = &((const struct pt_file_change *)from->indicators.items)[i];
#define BESIDE(member) all.member = item->member.at != NULL ? item->member : all.member
    BESIDE(indicator);
    BESIDE(group);
    BESIDE(effect);
    BESIDE(effect_at);
    BESIDE(maximum);
    BESIDE(value);
    BESIDE(reach);
    BESIDE(delay);
#undef BESIDE
    all.at = item->at;
    return all;
}

static void require(struct pt_checker *c, const struct pt_file_lever *from,
                    const struct pt_node *item, const char *key)
{
    const struct pt_node *at = item != NULL ? item : pt_file_lever_head(from);
    if (pt_node_find(from->at, key) == NULL && pt_node_find(item, key) == NULL &&
        !from->at->broken && (item == NULL || !item->broken)) {
        COMPLAIN(c, at, "'%s' is missing in %s; write '%s: ...'", key,
                 item != NULL ? "indicators" : "levers", key);
    }
}

static void check_names(struct pt_checker *c, const struct pt_file_lever *from)
{
    const struct pt_node *several = pt_node_find(from->at, "indicators");
    const struct pt_node *one = pt_node_find(from->at, "indicator");
    if (several != NULL && one != NULL) {
        COMPLAIN(c, one->key,
                 "'indicator' and 'indicators' in one lever; list it in 'indicators' too, or leave "
                 "one of the two out");
    } else if (several == NULL) {
        require(c, from, NULL, "indicator");
        require(c, from, NULL, "group");
    }
    for (size_t i = 0; i < from->indicators.n; i++) {
        const struct pt_file_change change = change_of(from, i);
        if (one == NULL) {
            require(c, from, change.at, "indicator");
        }
        require(c, from, change.at, "group");
        for (size_t k = 0; k < i; k++) {
            const struct pt_file_change other = change_of(from, k);
            if (change.indicator.at != NULL && other.indicator.at != NULL &&
                change.group.at != NULL && other.group.at != NULL &&
                strcmp(change.indicator.value, other.indicator.value) == 0 &&
                strcmp(change.group.value, other.group.value) == 0) {
                COMPLAIN(c, change.indicator.at,
                         "group '%s' of '%s' stands twice in one lever; write one effect on it",
                         change.group.value, change.indicator.value);
                break;
            }
        }
    }
}

/* ------------------------------------------------------------------ time */

static void make_time(struct pt_checker *c, const struct pt_file_lever *from,
                      const struct pt_file_change *change, struct pt_lever *to)
{
    const struct pt_file_lasts *lasts = &from->lasts;
    bool ramp = from->ramp.at != NULL;
    to->start = from->start.value;
    to->delay = (int)change->delay.value.value;
    to->ramp_years = ramp ? from->ramp.years.value : 1;
    to->ramp_shape = ramp ? (enum pt_ramp_shape)from->ramp.shape.value : PT_RAMP_STEP;
    to->until = lasts->until.at != NULL ? lasts->until.value : INT_MAX;
    to->half_life = lasts->half_life.value.value;
    to->by = from->by.value;
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
    if (from->start.at == NULL) {
        return;
    }
    int first = to->start + to->delay;
    if (lasts->until.at != NULL && to->until < first) {
        COMPLAIN(c, lasts->until.at, "the last year %d is before the first year with effect, %d",
                 to->until, first);
    }
    if (from->by.at != NULL && to->kind != NULL && kind_has(to->kind, "by") && to->by <= first) {
        COMPLAIN(c, from->by.at,
                 "the value is to be reached in %d, which is not after the first year with effect, "
                 "%d",
                 to->by, first);
    }
}

/* ------------------------------------------------------------------ levers */

/* A programme works or does not as a whole, and what shows its worth shows it in all of its
 * indicators: one chance of none for all, and draws that run the other way where the sign does. */
static void join(struct pt_checker *c, const struct pt_file_lever *from, struct pt_lever *to)
{
    size_t n = pt_file_lever_count(from);
    const struct pt_effect_value *written = NULL;
    const struct pt_node *effect = NULL;
    bool direct = to->kind != NULL && pt_key_in(to->kind->needs, "effect");
    for (size_t i = 0; i < n; i++) {
        const struct pt_file_change change = change_of(from, i);
        bool here = to->kind == NULL ? change.effect_at.effect.at == NULL : direct;
        const struct pt_effect_value one = here ? change.effect : change.effect_at.effect;
        effect = effect == NULL ? one.at : effect;
        if (!one.has_chance || one.at == NULL) {
            continue;
        }
        if (written == NULL) {
            struct pt_effect_value *copy = PT_NEW(c->arena, struct pt_effect_value, 1);
            if (copy == NULL) {
                c->no_memory = true;
                return;
            }
            *copy = one;
            written = copy;
        } else if (one.value.chance_of_none != written->value.chance_of_none) {
            COMPLAIN(c, one.at,
                     "one programme works or does not as a whole, but chance-of-none is %g %% here "
                     "and %g %% in its first indicator; write it once",
                     100 * one.value.chance_of_none, 100 * written->value.chance_of_none);
        }
    }
    if (effect != NULL && written == NULL && pt_node_find(from->at, "confidence") == NULL) {
        COMPLAIN(c, pt_file_lever_head(from),
                 "how sure is the effect? write 'confidence: low', 'medium' or "
                 "'high', or a chance-of-none in the effect");
    }
    for (size_t i = 0; i < n; i++) {
        struct pt_effect *one = &to[i].effect;
        if (one->distribution == NULL) {
            continue;
        }
        one->chance_of_none = written != NULL ? written->value.chance_of_none
                                              : pt_confidence_chance_of_none(to->confidence);
        to[i].mirrored = one->distribution->mean(one->par) < 0;
    }
}

static void make_one(struct pt_checker *c, const struct pt_file_lever *from,
                     const struct pt_file_change *change, struct pt_lever *to)
{
    const struct pt_node *head = pt_file_lever_head(from);
    const struct pt_node *at = change->at != NULL ? change->at : head;
    to->at = pt_spot_place(&head->spot);
    to->indicator_at =
        pt_spot_place(&(change->indicator.at != NULL ? change->indicator.at : at)->spot);
    to->group_at = pt_spot_place(&(change->group.at != NULL ? change->group.at : at)->spot);
    to->place_at = pt_spot_place(&(from->place.at != NULL ? from->place.at : head)->spot);
    to->id = from->id.value;
    to->title = from->title.value;
    if (from->title.at == NULL) {
        to->title = (struct pt_text){ to->id, to->id };
    }
    to->indicator = change->indicator.value;
    to->group = change->group.value;
    to->place = from->place.value;
    to->kind = from->kind.at != NULL ? pt_lever_kinds[from->kind.value] : NULL;
    to->response = pt_responses[from->response.value];
    to->reach = change->reach.value.value / 100;
    to->turnover = from->acts_on.value == 1 ? from->turnover.value.value / 100 : 0;
    to->may_overshoot = from->may_overshoot.value;
    to->source = from->source.value;
    to->has_confidence = from->confidence.at != NULL;
    /* between the two others where a chance is written instead */
    to->confidence =
        to->has_confidence ? (enum pt_confidence)from->confidence.value : PT_CONFIDENCE_MEDIUM;
    pt_file_effect_make(c, from, change, to);
    make_time(c, from, change, to);
}

/* The rows that stand beside those of levers in tables, as they are called in any language. */
static void check_id(struct pt_checker *c, const struct pt_file_lever *from)
{
    static const char *const rows[] = { "total", "interaction", "samspil" };
    for (size_t i = 0; i < sizeof rows / sizeof *rows && from->id.at != NULL; i++) {
        if (strcasecmp(from->id.value, rows[i]) == 0) {
            COMPLAIN(
                c, from->id.at,
                "a lever cannot be called '%s', as a row of the tables is called so; rename it, "
                "such as '%s-1'",
                from->id.value, from->id.value);
        }
    }
}

void pt_file_lever_make(struct pt_checker *c, const struct pt_file_lever *from, size_t entry,
                        struct pt_lever *to)
{
    size_t n = pt_file_lever_count(from);
    check_id(c, from);
    check_keys(c, from);
    check_entrants(c, from);
    check_names(c, from);
    for (size_t i = 0; i < n; i++) {
        const struct pt_file_change change = change_of(from, i);
        to[i].entry = entry;
        make_one(c, from, &change, &to[i]);
    }
    join(c, from, to);
}
