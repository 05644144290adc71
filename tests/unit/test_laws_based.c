#include "support/realm.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Scenarios that are built on another (scenario file, `based-on`). */

static const struct relation same = { .scale = 1 };

/* The second scenario is not written: it has the levers with which the first is changed. */
static const struct realm_wish two = { .part = { .levers = 3, .scenarios = 2 }, .parts = 1 };

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static double bill(const struct answer *answer)
{
    const struct pt_bill_of of = { .scenario = answer->scenarios[0],
                                   .entry = PT_EVERY_ENTRY,
                                   .last = INT_MAX };
    struct pt_bill made;
    struct pt_error err = { 0 };
    return pt_bill_make(answer->run, &of, &made, &err) == PT_OK ? made.present_value : -1;
}

/* One file against two; void where both are refused. */
static enum verdict agree(struct trial *trial, const struct realm *one, const struct realm *built)
{
    struct pt_run_options options = world_options();
    struct answer a, b;
    realm_say(trial, one);
    bool good = realm_answer(one, &options, &a), good_too = realm_answer(built, &options, &b);
    enum verdict verdict = !good && !good_too ? LAW_VOID : LAW_BROKEN;
    if (good != good_too) {
        trial_say(trial, "# %s refused: %s\n", good ? "built on another" : "as one",
                  good ? b.why : a.why);
    }
    if (good && good_too) {
        verdict = outcomes_agree(trial, &a, "plan-0", &b, "built", &same);
        if (verdict == LAW_HOLDS && bill(&a) != bill(&b)) {
            verdict = LAW_BREAKS(trial, "it costs %.17g, not %.17g", bill(&b), bill(&a));
        }
    }
    if (good) {
        answer_free(&a);
    }
    if (good_too) {
        answer_free(&b);
    }
    return realm_against(trial, built, verdict);
}

static enum verdict a_scenario_built_on_another_without_a_change_is_that_one(struct trial *trial)
{
    struct realm realm, built;
    realm_draw(trial, &two, &realm);
    struct world_scenario *plan = &realm.parts[0].scenarios[0];
    realm.parts[0].n_scenarios = 1;
    realm.parts[0].discount = draw_bool(trial) ? 35 : 0;
    built = realm;
    built.built = true;
    /* a lever that is named, and nothing of it written, is not changed either */
    if (draw_bool(trial)) {
        built.n_changes = 1;
        built.changes[0].lever = plan->levers[draw_below(trial, plan->n_levers)];
        built.changes[0].lever.delay = 0;
        built.changes[0].keys = LEVER_DELAY;
    }
    return agree(trial, &realm, &built);
}

/* A lever of the base with what is written of the other in place of its own: with another kind it
 * leaves behind what that does not take. */
static struct world_lever merged(const struct world_lever *base, const struct world_lever *own,
                                 unsigned keys)
{
    struct world_lever made = *base;
    if (keys & LEVER_WHAT) {
        bool target = is(own->kind, "reach-target"), closing = is(own->kind, "closing");
        made = *own;
        made.on_other = own->on_other;
        made.may_overshoot |= base->may_overshoot && !closing;
        made.reach = target ? 100 : base->reach;
        made.ramp = target ? NULL : base->ramp;
        made.ramp_years = target ? 1 : base->ramp_years;
        made.turnover = target || closing ? 0 : base->turnover;
        made.start = base->start;
        made.delay = base->delay;
        made.until = base->until;
        made.half_life = base->half_life;
        made.cost = base->cost;
        memcpy(made.id, base->id, sizeof made.id);
    }
    made.reach = keys & LEVER_REACH ? own->reach : made.reach;
    made.start = keys & LEVER_START ? own->start : made.start;
    made.delay = keys & LEVER_DELAY && own->delay > 0 ? own->delay : made.delay;
    if (keys & LEVER_RAMP && own->ramp) {
        made.ramp = own->ramp;
        made.ramp_years = own->ramp_years;
    }
    if (keys & LEVER_LASTS && own->until != 0) {
        made.until = own->until;
        made.half_life = own->half_life;
    }
    made.turnover = keys & LEVER_TURNOVER && own->turnover > 0 ? own->turnover : made.turnover;
    made.cost = keys & LEVER_COST && own->cost > 0 ? own->cost : made.cost;
    return made;
}

/* Each lever of the base stays, goes, or is changed; then perhaps one more comes. */
static void change(struct trial *trial, struct realm *built, struct world_scenario *whole)
{
    const struct world_scenario *base = &built->parts[0].scenarios[0];
    const struct world_scenario *others = &built->parts[0].scenarios[1];
    size_t used = 0;
    whole->n_levers = 0;
    for (size_t i = 0; i < base->n_levers; i++) {
        const struct world_lever *lever = &base->levers[i];
        struct realm_change *at = &built->changes[built->n_changes];
        unsigned how = (unsigned)draw_below(trial, 3);
        at->lever = used < others->n_levers ? others->levers[used] : *lever;
        at->keys = how == 2 && used < others->n_levers ? (unsigned)draw_below(trial, 256) << 1 : 0;
        memcpy(at->lever.id, lever->id, sizeof at->lever.id);
        if (how == 0) {
            whole->levers[whole->n_levers++] = *lever;
            continue;
        }
        built->n_changes++;
        if (at->keys == 0) {
            continue; /* dropped */
        }
        at->keys &= ~(unsigned)(at->keys == (LEVER_ALL & ~LEVER_PLACE) ? LEVER_COST : 0);
        if (at->keys & LEVER_WHAT) {
            at->keys |= LEVER_PLACE;
        } else {
            at->lever.kind = lever->kind;
        }
        if (is(at->lever.kind, "reach-target")) {
            at->keys &= ~(unsigned)(LEVER_RAMP | LEVER_TURNOVER | LEVER_REACH);
        } else if (is(at->lever.kind, "closing")) {
            at->keys &= ~(unsigned)LEVER_TURNOVER;
        }
        at->keys |= at->keys == 0 ? LEVER_START : 0;
        whole->levers[whole->n_levers++] = merged(lever, &at->lever, at->keys);
        used++;
    }
    if (used < others->n_levers && built->n_changes < WORLD_LEVERS &&
        whole->n_levers < WORLD_LEVERS && draw_bool(trial)) {
        struct realm_change *at = &built->changes[built->n_changes++];
        at->lever = whole->levers[whole->n_levers++] = others->levers[used];
        at->keys = LEVER_ALL;
    }
}

static enum verdict a_scenario_built_on_another_is_the_two_in_one_file(struct trial *trial)
{
    struct realm one, built;
    realm_draw(trial, &two, &built);
    built.built = true;
    one = built;
    one.built = false;
    change(trial, &built, &one.parts[0].scenarios[0]);
    one.parts[0].n_scenarios = built.parts[0].n_scenarios = 1;
    return agree(trial, &one, &built);
}

int main(void)
{
    static const struct law laws[] = {
#define LAW(name, where) { #name, where, name, 60 }
        LAW(a_scenario_built_on_another_without_a_change_is_that_one,
            "every kind, overlap and discount"),
        LAW(a_scenario_built_on_another_is_the_two_in_one_file,
            "levers dropped, changed in any of their keys, and added"),
    };
    return LAWS_RUN(laws);
}
