#include <string.h>

#include "simulate/component.h"

static size_t place_of(const struct pt_component *component, const struct pt_member *member)
{
    size_t m = 0;
    while (m < component->n && component->members[m] != member) {
        m++;
    }
    return m;
}

/* The block's effects of a lever that the batch does not keep. */
static enum pt_status draw_here(struct pt_running *all, struct pt_policy *policy,
                                const struct pt_lever *lever, struct pt_error *err)
{
    struct pt_effects *drawn = &policy->drawn;
    if (!drawn->known) {
        drawn->known = PT_NEW(all->arena, struct pt_known, policy->scenario->n_levers + 1);
    }
    double *effects = PT_NEW(all->arena, double, PT_BLOCK);
    if (!drawn->known || !effects) {
        return PT_RAISE_NOMEM(err);
    }
    drawn->known[drawn->n++] = (struct pt_known){ lever, effects };
    return PT_OK;
}

/* One member under one policy: its plan, and where the effects of its links come from. acts are of
 * the members before it. */
static enum pt_status plan_member(struct pt_running *all, struct pt_policy *policy, size_t m,
                                  const char *without, struct pt_act *const *acts,
                                  struct pt_act **out, struct pt_error *err)
{
    const struct pt_component *component = all->task->component;
    const struct pt_member *member = component->members[m];
    struct pt_store *store = &all->stores[m];
    struct pt_plan *plan = PT_NEW(all->arena, struct pt_plan, 1);
    enum pt_status status =
        plan ? pt_plan_make(all->run->model, policy->scenario, without, member->projection->subject,
                            &member->baseline, all->arena, plan, err)
             : PT_RAISE_NOMEM(err);
    if (status != PT_OK) {
        return status;
    }
    struct pt_inflow *inflows = PT_NEW(all->arena, struct pt_inflow, plan->n_links + 1);
    if (!inflows) {
        return PT_RAISE_NOMEM(err);
    }
    bool moves = plan->n_levers > 0;
    for (size_t k = 0; k < plan->n_links && k < member->n_sources; k++) {
        size_t from = place_of(component, member->sources[k]);
        if (from < m && acts[from]) {
            inflows[k] = (struct pt_inflow){ all->stores[from].deviation,
                                             member->sources[k]->baseline.last, acts[from]->from };
            store->links[k] = plan->links[k];
            moves = true;
        }
    }
    for (size_t k = 0; k < plan->n_levers && status == PT_OK; k++) {
        const struct pt_lever *lever = plan->levers[k];
        if (!pt_effects_find(&all->task->batch->effects, lever) &&
            !pt_effects_find(&policy->drawn, lever)) {
            status = draw_here(all, policy, lever, err);
        }
    }
    return status == PT_OK && moves ? pt_act_new(member, plan, inflows, all->arena, out, err)
                                    : status;
}

/* Where the effects of an act lie: in the batch's memory of all draws, or in rows of a block. */
static void find_effects(const struct pt_running *all, const struct pt_policy *policy,
                         const struct pt_store *store, struct pt_act *act)
{
    const struct pt_plan *plan = act->plan;
    for (size_t k = 0; k < plan->n_levers; k++) {
        const double *kept = pt_effects_find(&all->task->batch->effects, plan->levers[k]);
        act->kept[k] = kept != NULL;
        act->effects[k] = kept ? kept : pt_effects_find(&policy->drawn, plan->levers[k]);
    }
    for (size_t k = 0; k < plan->n_links; k++) {
        act->effects[plan->n_levers + k] = store->link_effects + k * PT_BLOCK;
    }
}

enum pt_status pt_policy_plan(struct pt_running *all, struct pt_policy *policy, const char *without,
                              struct pt_act **acts, struct pt_error *err)
{
    enum pt_status status = PT_OK;
    for (size_t m = 0; m < all->task->component->n && status == PT_OK; m++) {
        status = plan_member(all, policy, m, without, acts, &acts[m], err);
        if (status == PT_OK && acts[m]) {
            find_effects(all, policy, &all->stores[m], acts[m]);
        }
    }
    return status;
}

/* ------------------------------------------------------------------ a block */

void pt_policy_start(const struct pt_running *all, const struct pt_policy *policy)
{
    for (size_t i = 0; i < policy->drawn.n; i++) {
        pt_lever_draw(policy->drawn.known[i].lever, all->run->options.seed, all->first, all->n,
                      policy->drawn.known[i].effects);
    }
}

/* Points of the gap closed against the baseline; 0 where nothing was done. */
static void close_gap(const struct pt_subject *subject, size_t n, const double *x0, const double *x,
                      double *closed)
{
    double sign = subject->gap_sign;
    for (size_t i = 0; i < n; i++) {
        closed[i] = sign * (x0[i] - x[i]);
    }
}

/* One member under one policy. */
struct acting {
    const struct pt_member *member;
    struct pt_store *store;
    struct pt_act *act;
    struct pt_count *count;     /* NULL: nothing is counted */
    struct pt_moved *moved;     /* NULL: nothing is sieved */
    double (*closed)[PT_BLOCK]; /* NULL: not asked for */
    size_t end;                 /* year index h of the policy's end */
};

/* Year h of the block: the shifts, what they do to values and curves, and what that counts. */
static void act_year(const struct acting *at, size_t h, size_t n)
{
    struct pt_store *store = at->store;
    struct pt_act *act = at->act;
    const struct pt_projection *p = at->member->projection;
    double reference = act->reference ? act->reference[h - 1] : 0;
    const double *x0 = store->x + (h - 1) * PT_BLOCK, *x = x0;
    const double *curve =
        store->curve && at->count && at->count->outcome ? store->curve + h * PT_BLOCK : NULL;
    double values[PT_BLOCK], moved_curve[PT_BLOCK];
    double *deviation = store->deviation ? store->deviation + (h - 1) * PT_BLOCK : NULL;
    pt_act_year(act, h - 1, n, x0);
    if (act->shift->moves) {
        pt_move(p->subject, reference, act->shift, n, x0, values, deviation);
        x = values;
        if (curve) {
            pt_move(p->subject, reference, act->shift, n, curve, moved_curve, NULL);
            curve = moved_curve;
        }
    } else if (deviation) {
        memset(deviation, 0, n * sizeof *deviation);
    }
    if (at->count) {
        pt_count_year(at->count, h, n, x, curve);
    }
    if (at->closed && h == at->end) {
        close_gap(p->subject, n, x0, x, at->closed[PT_AT_END]);
    }
    if (at->closed && h == p->n_years) {
        close_gap(p->subject, n, x0, x, at->closed[PT_AT_HORIZON]);
    }
    if (at->moved && h > act->from && h <= p->n_years) {
        pt_tally_add(&at->moved->bands, h - 1 - act->from, n, x);
    }
}

static void act_block(struct pt_running *all, struct acting *at)
{
    struct pt_store *store = at->store;
    if (at->count) {
        pt_count_start(at->count, all->n, store->curve);
    }
    pt_act_start(at->act, all->first, all->n, all->room, &all->shift);
    for (size_t h = 1; h <= store->years; h++) {
        act_year(at, h, all->n);
    }
    if (at->count) {
        pt_count_block(at->count, all->n, store->walk.holds);
    }
}

static void pair(const struct pt_running *all, const struct pt_member *member,
                 const struct pt_store *store, struct pt_outcome *outcome)
{
    struct pt_paired paired = { .gained = outcome->gained };
    pt_count_paired(pt_count_first(&store->counts[0]), pt_count_first(&store->base), all->n,
                    member->projection->n_years, &paired);
    outcome->both_never += paired.both_never;
    outcome->only_scenario += paired.only_first;
    outcome->only_baseline += paired.only_second;
}

/* Sums in the order of the draws, and the spreads. */
static void tally_closed(const struct pt_running *all, const struct pt_store *store,
                         struct pt_moved *moved)
{
    for (size_t a = 0; a < PT_ATS; a++) {
        const double *closed = store->closed[0][a];
        for (size_t i = 0; i < all->n && all->counts; i++) {
            moved->sums[a] += closed[i];
        }
        pt_tally_add(&moved->closed, a, all->n, closed);
    }
}

void pt_policy_block(struct pt_running *all, struct pt_policy *policy,
                     const struct pt_without *without)
{
    struct pt_act *const *acts = without ? without->acts : policy->acts;
    int which = without != NULL;
    for (size_t m = 0; m < all->task->component->n; m++) {
        const struct pt_member *member = all->task->component->members[m];
        struct pt_store *store = &all->stores[m];
        if (!acts[m]) {
            continue;
        }
        struct acting at = { .member = member, .store = store, .act = acts[m] };
        if (!member->hidden && (!without || without->parts[m])) {
            struct pt_outcome *outcome = &member->projection->outcomes[policy->outcome];
            at.count = all->counts ? &store->counts[which] : NULL;
            store->counts[which].outcome = without ? NULL : outcome;
            at.moved = without ? NULL : &policy->moved[m];
            at.closed = store->closed[which];
            at.end = (size_t)(outcome->end - member->projection->last);
        }
        act_block(all, &at);
        if (at.moved && at.count && member->projection->has_question) {
            pair(all, member, store, &member->projection->outcomes[policy->outcome]);
        }
        if (at.moved) {
            tally_closed(all, store, at.moved);
        }
    }
}
