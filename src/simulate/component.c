#include <stdlib.h>
#include <string.h>

#include "simulate/component.h"

const double pt_band_levels[PT_BANDS] = { .05, .10, .25, .50, .75, .90, .95 };

/* [rows][draws] of doubles; false: out of memory, or nothing could hold it. */
static bool rows(double **out, size_t n, uint64_t draws)
{
    *out = n == 0 || draws <= SIZE_MAX / sizeof **out / n ? malloc(n * draws * sizeof **out + 1)
                                                          : NULL;
    return *out != NULL;
}

static void store_free(struct pt_store *store)
{
    if (store) {
        for (int k = 0; k < 2; k++) {
            free(store->closed[k][PT_AT_HORIZON]);
            free(store->closed[k][PT_AT_END]);
            free(store->first[k]);
        }
        free(store->deviation);
        free(store->moved);
        free(store->values);
        free(store->base);
        free(store->row);
        free(store->holds);
        free(store->curve);
        free(store->x);
        free(store);
    }
}

static bool store_fill(const struct pt_run *run, const struct pt_member *member,
                       struct pt_store *store)
{
    const struct pt_projection *p = member->projection;
    uint64_t draws = run->options.draws;
    bool acts = run->n_scenarios > 0;
    store->years = p->n_years + member->baseline.after;
    store->holds = malloc(draws * sizeof *store->holds);
    bool made = rows(&store->x, store->years, draws) && store->holds;
    if (made && member->feeds) {
        made = rows(&store->deviation, store->years, PT_BLOCK);
    }
    if (!made || member->hidden) {
        return made;
    }
    made = rows(&store->row, 1, draws);
    store->base = malloc(draws * sizeof *store->base);
    store->moved = calloc(p->n_years, sizeof *store->moved);
    made &= store->base && store->moved;
    if (made && acts && p->has_question && p->fit.family->has_curve) {
        made = rows(&store->curve, 1 + store->years, draws);
    }
    made = made && (!acts || rows(&store->values, p->n_years, draws));
    for (int k = 0; k < (acts ? 1 + run->options.attribution : 0) && made; k++) {
        store->first[k] = malloc(draws * sizeof *store->first[k]);
        made = store->first[k] && rows(&store->closed[k][PT_AT_END], 1, draws) &&
               rows(&store->closed[k][PT_AT_HORIZON], 1, draws);
    }
    return made;
}

static enum pt_status store_new(const struct pt_run *run, struct pt_member *member, bool first,
                                struct pt_error *err)
{
    const struct pt_projection *p = member->projection;
    uint64_t draws = run->options.draws;
    member->store = draws <= SIZE_MAX / sizeof(double) ? calloc(1, sizeof *member->store) : NULL;
    if (!member->store || !store_fill(run, member, member->store)) {
        return PT_RAISE(err, PT_ENOMEM,
                        "out of memory for %llu draws of %zu years; use fewer "
                        "--draws or a nearer --horizon",
                        (unsigned long long)draws, p->n_years);
    }
    member->store->count =
        (struct pt_count){ .projection = p,
                           .outcome = member->hidden || !first ? NULL : p->outcomes,
                           .sustained_years = run->options.sustained_years,
                           .before = pt_count_before(p),
                           .first = member->store->base };
    pt_walk_open(&member->store->walk, &p->fit, &p->subject->projected, run->options.seed,
                 p->subject->stream);
    return PT_OK;
}

/* Draws a block of the baseline's paths and counts them. */
static void draw_block(const struct pt_member *member, uint64_t first, size_t n, uint64_t draws)
{
    struct pt_store *store = member->store;
    double spare[PT_BLOCK], *now = store->curve ? store->curve + first : spare;
    bool has_curve = member->projection->fit.family->has_curve, counts = !member->hidden;
    pt_walk_start(&store->walk, first, n, has_curve ? now : NULL);
    memcpy(store->holds + first, store->walk.holds, n * sizeof *store->holds);
    if (counts) {
        pt_count_start(&store->count, n, has_curve ? now : NULL);
    }
    for (size_t h = 1; h <= store->years; h++) {
        double *x = store->x + (h - 1) * draws + first;
        double *curve = store->curve ? store->curve + h * draws + first : spare;
        pt_walk_year(&store->walk, h, x, curve);
        if (counts) {
            pt_count_year(&store->count, h, first, n, x, has_curve ? curve : NULL, x);
        }
    }
    if (counts) {
        pt_count_block(&store->count, first, n, store->holds + first);
    }
}

static void pair(struct pt_outcome *outcome, const uint32_t *first, const uint32_t *base,
                 const struct pt_projection *p, uint64_t draws)
{
    if (p->has_question) {
        struct pt_paired paired = { .gained = outcome->gained };
        pt_count_paired(first, base, draws, p->n_years, &paired);
        outcome->both_never = paired.both_never;
        outcome->only_scenario = paired.only_first;
        outcome->only_baseline = paired.only_second;
    }
}

/* The paths; counted as an outcome the first time. */
static enum pt_status baseline(const struct pt_run *run, struct pt_member *member, bool first_time,
                               struct pt_work *work, struct pt_error *err)
{
    struct pt_projection *p = member->projection;
    struct pt_store *store = member->store;
    uint64_t draws = run->options.draws;
    for (uint64_t first = 0; first < draws; first += PT_BLOCK) {
        uint64_t left = draws - first;
        draw_block(member, first, left < PT_BLOCK ? (size_t)left : PT_BLOCK, draws);
        if (!pt_work_step(work, 1)) {
            return PT_RAISE(err, PT_ECANCELLED, "interrupted");
        }
    }
    for (size_t y = 0; y < p->n_years && !member->hidden && first_time; y++) {
        memcpy(store->row, store->x + y * draws, draws * sizeof *store->row);
        pt_quantiles(store->row, draws, PT_BANDS, pt_band_levels,
                     p->outcomes[0].bands + y * PT_BANDS);
    }
    if (!member->hidden && first_time) {
        pair(&p->outcomes[0], store->base, store->base, p, draws);
    }
    return PT_OK;
}

/* What nothing moves has the baseline's numbers. */
static void copy_baseline(const struct pt_projection *p, struct pt_outcome *outcome)
{
    const struct pt_outcome *base = &p->outcomes[0];
    memcpy(outcome->bands, base->bands, p->n_years * PT_BANDS * sizeof *base->bands);
    memcpy(outcome->gained, base->gained, (2 * p->n_years + 1) * sizeof *base->gained);
    for (int e = 0; e < PT_EVENTS && p->has_question; e++) {
        memcpy(outcome->events[e].count, base->events[e].count,
               (p->n_years + 2) * sizeof *base->events[e].count);
    }
    outcome->holds = base->holds;
    outcome->never_holds = base->never_holds;
    outcome->fades = base->fades;
    outcome->never_fades = base->never_fades;
    outcome->by_target = base->by_target;
    outcome->both_never = base->both_never;
}

static void finish(const struct pt_member *member, size_t s, uint64_t draws)
{
    const struct pt_projection *p = member->projection;
    struct pt_store *store = member->store;
    struct pt_outcome *outcome = &p->outcomes[s];
    if (!store->act) {
        copy_baseline(p, outcome);
        return;
    }
    for (size_t y = 0; y < p->n_years; y++) {
        double *bands = outcome->bands + y * PT_BANDS;
        if (store->moved[y]) {
            pt_quantiles(store->values + y * draws, draws, PT_BANDS, pt_band_levels, bands);
        } else {
            memcpy(bands, p->outcomes[0].bands + y * PT_BANDS, PT_BANDS * sizeof *bands);
        }
    }
    struct pt_spread *spreads[PT_ATS] = { &outcome->closed_end, &outcome->closed_horizon };
    for (int at = 0; at < PT_ATS; at++) {
        memcpy(store->row, store->closed[0][at], draws * sizeof *store->row);
        *spreads[at] = pt_spread_of(store->row, draws);
    }
    pair(outcome, store->first[0], store->base, p, draws);
}

static enum pt_status scenario(const struct pt_run *run, const struct pt_component *component,
                               size_t s, const struct pt_batch *batch, struct pt_work *work,
                               struct pt_error *err)
{
    struct pt_policy policy = { .outcome = s, .scenario = run->scenarios[s - 1], .batch = batch };
    enum pt_status status = pt_component_act(run, component, &policy, work, err);
    for (size_t m = 0; m < component->n && status == PT_OK; m++) {
        if (!component->members[m]->hidden) {
            finish(component->members[m], s, run->options.draws);
        }
    }
    return status == PT_OK && run->options.attribution
               ? pt_component_parts(run, component, &policy, work, err)
               : status;
}

size_t pt_component_steps(const struct pt_run *run, const struct pt_component *component,
                          size_t n_batches)
{
    size_t blocks = (size_t)(run->options.draws / PT_BLOCK + (run->options.draws % PT_BLOCK > 0));
    size_t turns = component->n * n_batches;
    for (size_t s = 0; s < run->n_scenarios; s++) {
        const struct pt_scenario *each = run->scenarios[s];
        turns++;
        for (size_t i = 0; i < each->n_levers && run->options.attribution; i++) {
            size_t first = 0;
            while (strcmp(each->levers[first].id, each->levers[i].id) != 0) {
                first++;
            }
            turns += first == i;
        }
    }
    return turns * blocks;
}

enum pt_status pt_component_simulate(const struct pt_run *run, const struct pt_component *component,
                                     const struct pt_batch *batch, struct pt_work *work,
                                     struct pt_error *err)
{
    bool first = batch->from == 1;
    enum pt_status status = PT_OK;
    for (size_t m = 0; m < component->n && status == PT_OK; m++) {
        struct pt_projection *p = component->members[m]->projection;
        if (p->group_bands && first) {
            status = pt_groups_simulate(&run->options, p, work, err);
        }
    }
    for (size_t m = 0; m < component->n && status == PT_OK; m++) {
        status = store_new(run, component->members[m], first, err);
        if (status == PT_OK) {
            status = baseline(run, component->members[m], first, work, err);
        }
    }
    for (size_t s = batch->from; s < batch->to && status == PT_OK; s++) {
        status = scenario(run, component, s, batch, work, err);
    }
    for (size_t m = 0; m < component->n; m++) {
        store_free(component->members[m]->store);
        component->members[m]->store = NULL;
    }
    return status;
}
