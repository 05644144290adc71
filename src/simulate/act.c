#include <stdlib.h>
#include <string.h>

#include "simulate/component.h"

/* One member in one policy: its plan, and where the effects of its links come from. */
static enum pt_status prepare(const struct pt_run *run, struct pt_member *member,
                              const struct pt_policy *policy, struct pt_arena *arena,
                              struct pt_error *err)
{
    struct pt_store *store = member->store;
    store->act = NULL;
    struct pt_plan *plan = PT_NEW(arena, struct pt_plan, 1);
    enum pt_status status =
        plan ? pt_plan_make(run->model, policy->scenario, policy->without,
                            member->projection->subject, &member->baseline, arena, plan, err)
             : PT_RAISE_NOMEM(err);
    if (status != PT_OK) {
        return status;
    }
    struct pt_inflow *inflows = PT_NEW(arena, struct pt_inflow, plan->n_links + 1);
    if (!inflows) {
        return PT_RAISE_NOMEM(err);
    }
    bool acts = plan->n_levers > 0;
    for (size_t k = 0; k < plan->n_links && k < member->n_sources; k++) {
        const struct pt_member *source = member->sources[k];
        if (source && source->store->act) {
            inflows[k] = (struct pt_inflow){ source->store->deviation, source->baseline.last };
            acts = true;
        }
    }
    return acts ? pt_act_new(member, plan, inflows, policy->batch, arena, &store->act, err) : PT_OK;
}

static void count_from(struct pt_member *member, const struct pt_policy *policy)
{
    struct pt_store *store = member->store;
    int which = policy->without != NULL;
    struct pt_outcome *outcome = &member->projection->outcomes[policy->outcome];
    store->count.outcome = which ? NULL : outcome;
    store->count.end = (size_t)(outcome->end - member->projection->last);
    store->count.first = store->first[which];
    for (int at = 0; at < PT_ATS; at++) {
        store->count.closed[at] = store->closed[which][at];
    }
}

/* Year h of a block: the shifts, what they do to values and curves, and what that counts. */
static void act_year(const struct pt_member *member, const struct pt_policy *policy, size_t h,
                     uint64_t first, size_t n, uint64_t draws)
{
    struct pt_store *store = member->store;
    struct pt_act *act = store->act;
    const struct pt_subject *subject = member->projection->subject;
    const struct pt_projection *p = member->projection;
    double reference = act->reference ? act->reference[h - 1] : 0;
    const double *x0 = store->x + (h - 1) * draws + first, *x = x0;
    const double *curve = store->curve ? store->curve + h * draws + first : NULL;
    double spare[PT_BLOCK], spare_curve[PT_BLOCK];
    double *deviation = store->deviation ? store->deviation + (h - 1) * PT_BLOCK : NULL;
    bool keeps = !policy->without && !member->hidden && h <= p->n_years;
    double *values = keeps ? store->values + (h - 1) * draws + first : spare;
    pt_act_year(act, h - 1, n, x0);
    if (act->shift.moves) {
        pt_move(subject, reference, &act->shift, n, x0, values, deviation);
        x = values;
        if (curve && !policy->without && !member->hidden) {
            pt_move(subject, reference, &act->shift, n, curve, spare_curve, NULL);
            curve = spare_curve;
        }
    } else {
        if (deviation) {
            memset(deviation, 0, n * sizeof *deviation);
        }
        if (keeps) {
            memcpy(values, x0, n * sizeof *values);
        }
    }
    if (keeps) {
        store->moved[h - 1] |= act->shift.moves;
    }
    if (!member->hidden) {
        pt_count_year(&store->count, h, first, n, x, curve, x0);
    }
}

static void act_block(const struct pt_run *run, const struct pt_member *member,
                      const struct pt_policy *policy, uint64_t first, size_t n)
{
    struct pt_store *store = member->store;
    uint64_t draws = run->options.draws;
    pt_act_start(store->act, run->options.seed, first, n);
    if (!member->hidden) {
        pt_count_start(&store->count, n, store->curve ? store->curve + first : NULL);
    }
    for (size_t h = 1; h <= store->years; h++) {
        act_year(member, policy, h, first, n, draws);
    }
    if (!member->hidden) {
        pt_count_block(&store->count, first, n, store->holds + first);
    }
}

enum pt_status pt_component_act(const struct pt_run *run, const struct pt_component *component,
                                const struct pt_policy *policy, struct pt_work *work,
                                struct pt_error *err)
{
    struct pt_arena *arena = pt_arena_new();
    enum pt_status status = arena ? PT_OK : PT_RAISE_NOMEM(err);
    for (size_t m = 0; m < component->n && status == PT_OK; m++) {
        struct pt_member *member = component->members[m];
        status = prepare(run, member, policy, arena, err);
        if (status == PT_OK && !member->hidden) {
            count_from(member, policy);
            memset(member->store->moved, 0, member->projection->n_years);
        }
    }
    for (uint64_t first = 0; first < run->options.draws && status == PT_OK; first += PT_BLOCK) {
        uint64_t left = run->options.draws - first;
        for (size_t m = 0; m < component->n; m++) {
            if (component->members[m]->store->act) {
                act_block(run, component->members[m], policy, first,
                          left < PT_BLOCK ? (size_t)left : PT_BLOCK);
            }
        }
        if (!pt_work_step(work, 1)) {
            status = PT_RAISE(err, PT_ECANCELLED, "interrupted");
        }
    }
    pt_arena_free(arena);
    return status;
}
