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

/* The same where the scenario without the lever still does something. */
static struct pt_part *apart(const struct pt_member *member, size_t outcome, const char *id)
{
    struct pt_part *part = part_of(member, outcome, id);
    return part && member->projection->outcomes[outcome].n_parts > 1 ? part : NULL;
}

/* The programme of the scenario's lever i, once each: its id, where it must be left out for a
 * simulation of its own. */
static const char *programme(const struct pt_component *component, size_t outcome,
                             const struct pt_scenario *scenario, size_t i)
{
    const char *id = scenario->levers[i].id;
    for (size_t before = 0; before < i; before++) {
        if (strcmp(scenario->levers[before].id, id) == 0) {
            return NULL;
        }
    }
    bool any = false;
    for (size_t m = 0; m < component->n; m++) {
        any |= apart(component->members[m], outcome, id) != NULL;
    }
    return any ? id : NULL;
}

size_t pt_parts_count(const struct pt_component *component, size_t outcome,
                      const struct pt_scenario *scenario)
{
    size_t n = 0;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        n += programme(component, outcome, scenario, i) != NULL;
    }
    return n;
}

enum pt_status pt_parts_plan(struct pt_running *all, struct pt_policy *policy, struct pt_error *err)
{
    const struct pt_component *component = all->task->component;
    const struct pt_scenario *scenario = policy->scenario;
    enum pt_status status = PT_OK;
    policy->without = PT_NEW(all->arena, struct pt_without, scenario->n_levers + 1);
    if (!policy->without) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < scenario->n_levers && status == PT_OK; i++) {
        const char *id = programme(component, policy->outcome, scenario, i);
        if (!id) {
            continue;
        }
        struct pt_without *without = &policy->without[policy->n_without++];
        without->acts = PT_NEW(all->arena, struct pt_act *, component->n);
        without->parts = PT_NEW(all->arena, struct pt_part *, component->n);
        if (!without->acts || !without->parts) {
            return PT_RAISE_NOMEM(err);
        }
        for (size_t m = 0; m < component->n; m++) {
            without->parts[m] = apart(component->members[m], policy->outcome, id);
        }
        status = pt_policy_plan(all, policy, id, without->acts, err);
    }
    return status;
}

/* Draw by draw: the scenario less the scenario without the lever. The part has sums until the last
 * block. */
static void compare(const struct pt_projection *p, const struct pt_outcome *outcome,
                    const struct pt_store *store, size_t n, struct pt_part *part)
{
    size_t end = (size_t)(outcome->end - p->last);
    double *const sums[PT_ATS] = { &part->closed_end, &part->closed_horizon };
    for (int at = 0; at < PT_ATS; at++) {
        for (size_t i = 0; i < n; i++) {
            *sums[at] += store->closed[0][at][i] - store->closed[1][at][i];
        }
    }
    if (!p->has_question) {
        return;
    }
    const uint32_t *with = pt_count_first(&store->counts[0]);
    const uint32_t *without = pt_count_first(&store->counts[1]);
    for (size_t i = 0; i < n; i++) {
        part->chance_end += (with[i] <= end) - (without[i] <= end);
        part->chance_horizon += (with[i] <= p->n_years) - (without[i] <= p->n_years);
    }
    struct pt_paired paired = { .gained = part->gained };
    pt_count_paired(with, without, n, p->n_years, &paired);
}

void pt_parts_block(const struct pt_running *all, const struct pt_policy *policy,
                    const struct pt_without *without)
{
    for (size_t m = 0; m < all->task->component->n; m++) {
        const struct pt_projection *p = all->task->component->members[m]->projection;
        if (without->parts[m]) {
            compare(p, &p->outcomes[policy->outcome], &all->stores[m], all->n, without->parts[m]);
        }
    }
}

void pt_parts_finish(const struct pt_run *run, struct pt_policy *policy, size_t n_members)
{
    double draws = (double)run->options.draws;
    for (size_t i = 0; i < policy->n_without; i++) {
        for (size_t m = 0; m < n_members; m++) {
            struct pt_part *part = policy->without[i].parts[m];
            if (part) {
                part->closed_end /= draws;
                part->closed_horizon /= draws;
                part->chance_end /= draws;
                part->chance_horizon /= draws;
            }
        }
    }
}

void pt_parts_whole(const struct pt_projection *p, struct pt_outcome *outcome, uint64_t draws)
{
    if (outcome->n_parts == 1) {
        all_of_it(p, outcome, draws, &outcome->parts[0]);
    }
}
