#include <string.h>

#include "simulate/component.h"

/* The only lever that moves a subject is the whole of what moves it. */
static void all_of_it(const struct pt_projection *p, const struct pt_outcome *outcome,
                      uint64_t draws, struct pt_part *part)
{
    const struct pt_outcome *base = &p->outcomes[0];
    part->closed_end = outcome->closed_end.mean;
    part->closed_horizon = outcome->closed_horizon.mean;
    memcpy(part->gained, outcome->gained, (2 * p->n_years + 1) * sizeof *part->gained);
    if (!p->has_question) {
        return;
    }
    size_t end = (size_t)(outcome->end - p->last);
    double by_end = 0, by_horizon = 0;
    for (size_t h = 0; h <= p->n_years; h++) {
        double more = (double)outcome->events[PT_EVENT_SUSTAINED].count[h] -
                      (double)base->events[PT_EVENT_SUSTAINED].count[h];
        by_end += h <= end ? more : 0;
        by_horizon += more;
    }
    part->chance_end = by_end / (double)draws;
    part->chance_horizon = by_horizon / (double)draws;
}

/* Draw by draw: the scenario less the scenario without the lever. */
static void compare(const struct pt_projection *p, const struct pt_outcome *outcome,
                    const struct pt_store *store, uint64_t draws, struct pt_part *part)
{
    size_t end = (size_t)(outcome->end - p->last);
    double closed[PT_ATS] = { 0 }, by_end = 0, by_horizon = 0;
    for (int at = 0; at < PT_ATS; at++) {
        for (uint64_t i = 0; i < draws; i++) {
            closed[at] += store->closed[0][at][i] - store->closed[1][at][i];
        }
    }
    part->closed_end = closed[PT_AT_END] / (double)draws;
    part->closed_horizon = closed[PT_AT_HORIZON] / (double)draws;
    if (!p->has_question) {
        return;
    }
    for (uint64_t i = 0; i < draws; i++) {
        by_end += (store->first[0][i] <= end) - (store->first[1][i] <= end);
        by_horizon += (store->first[0][i] <= p->n_years) - (store->first[1][i] <= p->n_years);
    }
    part->chance_end = by_end / (double)draws;
    part->chance_horizon = by_horizon / (double)draws;
    struct pt_paired paired = { .gained = part->gained };
    pt_count_paired(store->first[0], store->first[1], draws, p->n_years, &paired);
}

static struct pt_part *part_of(const struct pt_member *member, size_t outcome, const char *id)
{
    struct pt_outcome *of = member->hidden ? NULL : &member->projection->outcomes[outcome];
    for (size_t i = 0; of && i < of->n_parts; i++) {
        if (strcmp(of->parts[i].lever, id) == 0) {
            return &of->parts[i];
        }
    }
    return NULL;
}

/* One programme of a scenario, on all members that it moves. */
static enum pt_status part(const struct pt_run *run, const struct pt_component *component,
                           const struct pt_policy *policy, struct pt_work *work,
                           struct pt_error *err)
{
    bool apart = false;
    for (size_t m = 0; m < component->n; m++) {
        const struct pt_member *member = component->members[m];
        struct pt_part *own = part_of(member, policy->outcome, policy->without);
        const struct pt_outcome *outcome =
            own ? &member->projection->outcomes[policy->outcome] : NULL;
        if (own && outcome->n_parts == 1) {
            all_of_it(member->projection, outcome, run->options.draws, own);
        }
        apart |= own && outcome->n_parts > 1;
    }
    if (!apart) {
        uint64_t blocks = (run->options.draws + PT_BLOCK - 1) / PT_BLOCK;
        return pt_work_step(work, (size_t)blocks) ? PT_OK
                                                  : PT_RAISE(err, PT_ECANCELLED, "interrupted");
    }
    enum pt_status status = pt_component_act(run, component, policy, work, err);
    for (size_t m = 0; m < component->n && status == PT_OK; m++) {
        const struct pt_member *member = component->members[m];
        struct pt_part *own = part_of(member, policy->outcome, policy->without);
        const struct pt_outcome *outcome =
            own ? &member->projection->outcomes[policy->outcome] : NULL;
        if (own && outcome->n_parts > 1) {
            compare(member->projection, outcome, member->store, run->options.draws, own);
        }
    }
    return status;
}

enum pt_status pt_component_parts(const struct pt_run *run, const struct pt_component *component,
                                  const struct pt_policy *whole, struct pt_work *work,
                                  struct pt_error *err)
{
    const struct pt_scenario *scenario = whole->scenario;
    enum pt_status status = PT_OK;
    for (size_t i = 0; i < scenario->n_levers && status == PT_OK; i++) {
        const char *id = scenario->levers[i].id;
        size_t before = 0;
        while (strcmp(scenario->levers[before].id, id) != 0) {
            before++;
        }
        if (before == i) { /* each programme once */
            struct pt_policy policy = *whole;
            policy.without = id;
            status = part(run, component, &policy, work, err);
        }
    }
    return status;
}
