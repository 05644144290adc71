#include <stdlib.h>
#include <string.h>

#include "simulate/component.h"

const double pt_band_levels[PT_BANDS] = { .05, .10, .25, .50, .75, .90, .95 };
static const double spread_levels[PT_SPREAD_LEVELS] = { .10, .50, .90 };

size_t pt_outcome_bytes(uint64_t draws, size_t years)
{
    return pt_tally_bytes(draws, years, PT_BANDS, pt_band_levels) +
           pt_tally_bytes(draws, PT_ATS, PT_SPREAD_LEVELS, spread_levels);
}

size_t pt_task_most(const struct pt_run *run, const struct pt_component *component)
{
    size_t bytes = 1;
    uint64_t draws = run->options.draws;
    for (size_t m = 0; m < component->n; m++) {
        if (!component->members[m]->hidden) {
            bytes += pt_outcome_bytes(draws, component->members[m]->projection->n_years);
        }
    }
    return PT_TASK_BYTES_MOST > bytes ? PT_TASK_BYTES_MOST / bytes : 1;
}

static uint64_t blocks_of(const struct pt_run *run)
{
    return run->options.draws / PT_BLOCK + (run->options.draws % PT_BLOCK > 0);
}

size_t pt_task_steps(const struct pt_run *run, const struct pt_task *task)
{
    size_t turns = task->component->n;
    for (size_t s = task->from; s < task->to; s++) {
        turns += 1 + (run->options.attribution
                          ? pt_parts_count(task->component, s, run->scenarios[s - 1])
                          : 0);
    }
    return turns * (size_t)blocks_of(run);
}

/* ------------------------------------------------------------------ memory */

static void running_free(struct pt_running *all)
{
    const struct pt_task *task = all->task;
    for (size_t m = 0; m < task->component->n && all->stores; m++) {
        pt_tally_free(&all->stores[m].bands);
    }
    for (size_t s = 0; s < task->to - task->from && all->policies; s++) {
        for (size_t m = 0; m < task->component->n && all->policies[s].moved; m++) {
            pt_tally_free(&all->policies[s].moved[m].bands);
            pt_tally_free(&all->policies[s].moved[m].closed);
        }
    }
    free(all->room);
    pt_arena_free(all->arena);
}

static enum pt_status store_new(struct pt_running *all, size_t m, struct pt_error *err)
{
    const struct pt_member *member = all->task->component->members[m];
    const struct pt_projection *p = member->projection;
    struct pt_store *store = &all->stores[m];
    size_t years = p->n_years + member->baseline.after;
    store->years = years;
    store->x = PT_NEW(all->arena, double, years *PT_BLOCK + 1);
    store->links = PT_NEW(all->arena, const struct pt_link *, member->n_sources + 1);
    store->link_effects = PT_NEW(all->arena, double, member->n_sources *PT_BLOCK + 1);
    bool curve = p->has_question && p->fit.family->has_curve;
    store->curve = curve ? PT_NEW(all->arena, double, (1 + years) * PT_BLOCK) : NULL;
    store->deviation = member->feeds ? PT_NEW(all->arena, double, years *PT_BLOCK + 1) : NULL;
    if (!store->x || !store->links || !store->link_effects || (curve && !store->curve) ||
        (member->feeds && !store->deviation)) {
        return PT_RAISE_NOMEM(err);
    }
    bool own = all->task->baseline && !member->hidden;
    store->base = (struct pt_count){ .projection = p,
                                     .outcome = own ? &p->outcomes[0] : NULL,
                                     .sustained_years = all->run->options.sustained_years,
                                     .before = pt_subject_years_closed(p->subject) };
    store->counts[0] = store->counts[1] = store->base;
    pt_walk_open(&store->walk, &p->fit, &p->subject->projected, all->run->options.seed,
                 p->subject->stream);
    return own ? pt_tally_new(all->run->options.draws, p->n_years, PT_BANDS, pt_band_levels,
                              store->walk.stream.isa, p->outcomes[0].bands, &store->bands, err)
               : PT_OK;
}

/* The sieves of a scenario at one member. */
static enum pt_status moved_new(struct pt_running *all, const struct pt_policy *policy, size_t m,
                                struct pt_error *err)
{
    const struct pt_member *member = all->task->component->members[m];
    const struct pt_projection *p = member->projection;
    struct pt_moved *moved = &policy->moved[m];
    uint64_t draws = all->run->options.draws;
    enum pt_isa isa = all->stores[m].walk.stream.isa;
    if (!policy->acts[m] || member->hidden) {
        return PT_OK;
    }
    size_t from = policy->acts[m]->from < p->n_years ? policy->acts[m]->from : p->n_years;
    member->moved_from[policy->outcome] = from;
    enum pt_status status =
        pt_tally_new(draws, p->n_years - from, PT_BANDS, pt_band_levels, isa,
                     p->outcomes[policy->outcome].bands + from * PT_BANDS, &moved->bands, err);
    return status == PT_OK ? pt_tally_new(draws, PT_ATS, PT_SPREAD_LEVELS, spread_levels, isa,
                                          moved->quantiles[0], &moved->closed, err)
                           : status;
}

static enum pt_status policy_new(struct pt_running *all, size_t i, struct pt_error *err)
{
    struct pt_policy *policy = &all->policies[i];
    size_t n = all->task->component->n;
    policy->outcome = all->task->from + i;
    policy->scenario = all->run->scenarios[policy->outcome - 1];
    policy->acts = PT_NEW(all->arena, struct pt_act *, n + 1);
    policy->moved = PT_NEW(all->arena, struct pt_moved, n + 1);
    if (!policy->acts || !policy->moved) {
        return PT_RAISE_NOMEM(err);
    }
    enum pt_status status = pt_policy_plan(all, policy, NULL, policy->acts, err);
    for (size_t m = 0; m < n && status == PT_OK; m++) {
        policy->moves |= policy->acts[m] != NULL;
        status = moved_new(all, policy, m, err);
    }
    return status == PT_OK && all->run->options.attribution ? pt_parts_plan(all, policy, err)
                                                            : status;
}

static size_t room_of(struct pt_act *const *acts, size_t n)
{
    size_t room = 0;
    for (size_t m = 0; m < n; m++) {
        size_t own = acts[m] ? pt_act_room(acts[m]) : 0;
        room = own > room ? own : room;
    }
    return room;
}

static enum pt_status running_new(struct pt_running *all, struct pt_error *err)
{
    size_t n = all->task->component->n, n_policies = all->task->to - all->task->from, room = 0;
    all->arena = pt_arena_new();
    all->stores = all->arena ? PT_NEW(all->arena, struct pt_store, n) : NULL;
    all->policies = all->stores ? PT_NEW(all->arena, struct pt_policy, n_policies + 1) : NULL;
    enum pt_status status = all->policies ? PT_OK : PT_RAISE_NOMEM(err);
    for (size_t m = 0; m < n && status == PT_OK; m++) {
        status = store_new(all, m, err);
    }
    for (size_t i = 0; i < n_policies && status == PT_OK; i++) {
        const struct pt_policy *policy = &all->policies[i];
        status = policy_new(all, i, err);
        size_t own = status == PT_OK ? room_of(policy->acts, n) : 0;
        room = own > room ? own : room;
        for (size_t w = 0; w < policy->n_without && status == PT_OK; w++) {
            own = room_of(policy->without[w].acts, n);
            room = own > room ? own : room;
        }
    }
    all->room = malloc((room + 1) * sizeof *all->room);
    return status == PT_OK && !all->room ? PT_RAISE_NOMEM(err) : status;
}

/* ------------------------------------------------------------------ a block */

static void baseline(const struct pt_running *all, const struct pt_member *member,
                     struct pt_store *store)
{
    const struct pt_projection *p = member->projection;
    bool counts = all->counts && !member->hidden;
    double spare[PT_BLOCK];
    pt_walk_start(&store->walk, all->first, all->n, store->curve);
    if (counts) {
        pt_count_start(&store->base, all->n, store->curve);
    }
    for (size_t h = 1; h <= store->years; h++) {
        double *x = store->x + (h - 1) * PT_BLOCK;
        double *curve = store->curve ? store->curve + h * PT_BLOCK : NULL;
        pt_walk_year(&store->walk, h, x, curve ? curve : spare);
        if (counts) {
            pt_count_year(&store->base, h, all->n, x, curve);
        }
        if (h <= store->bands.n) {
            pt_tally_add(&store->bands, h - 1, all->n, x);
        }
    }
    if (counts) {
        pt_count_block(&store->base, all->n, store->walk.holds);
    }
    if (counts && store->base.outcome && p->has_question) {
        const uint32_t *first = pt_count_first(&store->base);
        struct pt_paired paired = { .gained = p->outcomes[0].gained };
        pt_count_paired(first, first, all->n, p->n_years, &paired);
        p->outcomes[0].both_never += paired.both_never;
    }
}

static void draw_links(const struct pt_running *all, const struct pt_member *member,
                       const struct pt_store *store)
{
    for (size_t k = 0; k < member->n_sources; k++) {
        if (store->links[k]) {
            pt_link_draw(store->links[k], all->run->options.seed, all->first, all->n,
                         store->link_effects + k * PT_BLOCK);
        }
    }
}

static bool wants(const struct pt_tally *tally)
{
    for (size_t row = 0; row < tally->n; row++) {
        if (pt_tally_wants(tally, row)) {
            return true;
        }
    }
    return false;
}

static bool policy_wants(const struct pt_running *all, const struct pt_policy *policy)
{
    bool any = all->counts;
    for (size_t m = 0; m < all->task->component->n && !any; m++) {
        any = wants(&policy->moved[m].bands) || wants(&policy->moved[m].closed);
    }
    return any && policy->moves;
}

/* The steps of what has no part in the simulation are told at once. */
static bool step(const struct pt_running *all, struct pt_work *work, size_t steps)
{
    return pt_work_step(work, all->counts ? steps : 0);
}

static bool policy_block(struct pt_running *all, struct pt_policy *policy, struct pt_work *work)
{
    if (!policy_wants(all, policy)) {
        return step(all, work, 1 + policy->n_without);
    }
    pt_policy_start(all, policy);
    pt_policy_block(all, policy, NULL);
    bool goes_on = step(all, work, 1);
    for (size_t w = 0; w < policy->n_without && all->counts && goes_on; w++) {
        pt_policy_block(all, policy, &policy->without[w]);
        pt_parts_block(all, policy, &policy->without[w]);
        goes_on = step(all, work, 1);
    }
    return goes_on;
}

static bool one_block(struct pt_running *all, struct pt_work *work)
{
    const struct pt_component *component = all->task->component;
    bool goes_on = true;
    for (size_t m = 0; m < component->n && goes_on; m++) {
        baseline(all, component->members[m], &all->stores[m]);
        draw_links(all, component->members[m], &all->stores[m]);
        goes_on = step(all, work, 1);
    }
    for (size_t i = 0; i < all->task->to - all->task->from && goes_on; i++) {
        goes_on = policy_block(all, &all->policies[i], work);
    }
    return goes_on;
}

/* ------------------------------------------------------------------ the whole */

/* Whether some sieve has to see all draws once more. */
static bool again(struct pt_running *all)
{
    bool any = false;
    for (size_t m = 0; m < all->task->component->n; m++) {
        any |= pt_tally_again(&all->stores[m].bands);
        for (size_t i = 0; i < all->task->to - all->task->from; i++) {
            any |= pt_tally_again(&all->policies[i].moved[m].bands);
            any |= pt_tally_again(&all->policies[i].moved[m].closed);
        }
    }
    return any;
}

static enum pt_status passes(struct pt_running *all, struct pt_work *work, struct pt_error *err)
{
    uint64_t draws = all->run->options.draws;
    all->counts = true;
    do {
        for (all->first = 0; all->first < draws; all->first += PT_BLOCK) {
            uint64_t left = draws - all->first;
            all->n = left < PT_BLOCK ? (size_t)left : PT_BLOCK;
            if (!one_block(all, work)) {
                return PT_RAISE(err, PT_ECANCELLED, "interrupted");
            }
        }
        all->counts = false;
    } while (again(all));
    return PT_OK;
}

static enum pt_status finish(const struct pt_running *all, struct pt_error *err)
{
    const struct pt_component *component = all->task->component;
    double draws = (double)all->run->options.draws;
    enum pt_status status = PT_OK;
    for (size_t m = 0; m < component->n && status == PT_OK; m++) {
        const struct pt_projection *p = component->members[m]->projection;
        status = pt_tally_check(&all->stores[m].bands, p->subject->stream, err);
        for (size_t i = 0; i < all->task->to - all->task->from && status == PT_OK; i++) {
            const struct pt_policy *policy = &all->policies[i];
            const struct pt_moved *moved = &policy->moved[m];
            if (moved->closed.n == 0) {
                continue;
            }
            struct pt_outcome *outcome = &p->outcomes[policy->outcome];
            struct pt_spread *spreads[PT_ATS] = { &outcome->closed_end, &outcome->closed_horizon };
            for (int a = 0; a < PT_ATS; a++) {
                const double *q = moved->quantiles[a];
                *spreads[a] = (struct pt_spread){ q[0], q[1], q[2], moved->sums[a] / draws };
            }
            status = pt_tally_check(&moved->bands, p->subject->stream, err);
        }
    }
    for (size_t i = 0; i < all->task->to - all->task->from; i++) {
        pt_parts_finish(all->run, &all->policies[i], component->n);
    }
    return status;
}

enum pt_status pt_task_run(const struct pt_run *run, const struct pt_task *task,
                           struct pt_work *work, struct pt_error *err)
{
    struct pt_running *all = calloc(1, sizeof *all);
    if (!all) {
        return PT_RAISE_NOMEM(err);
    }
    all->run = run;
    all->task = task;
    enum pt_status status = PT_OK;
    for (size_t m = 0; m < task->component->n && status == PT_OK; m++) {
        struct pt_projection *p = task->component->members[m]->projection;
        if (p->group_bands && task->baseline) {
            status = pt_groups_simulate(&run->options, p, work, err);
        }
    }
    status = status == PT_OK ? running_new(all, err) : status;
    status = status == PT_OK ? passes(all, work, err) : status;
    status = status == PT_OK ? finish(all, err) : status;
    running_free(all);
    free(all);
    return status;
}
