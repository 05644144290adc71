#include <stdlib.h>
#include <string.h>

#include "simulate/simulate.h"

/* Effects are the same at every place, and some laws take longer to draw than a path: they are
 * drawn once for all components, for as many scenarios at a time as fit in PT_EFFECTS_BYTES_MOST. Of so many draws
 * that fewer levers fit than a scenario or two may have, they are drawn where they act. */
#define KNOWN_LEAST 32
#define STREAM_NAME 300

/* One draw decides for a whole programme, with opposite effects mirrored. */
void pt_lever_draw(const struct pt_lever *lever, uint64_t seed, uint64_t first, size_t n,
                   double *effects)
{
    double u[PT_BLOCK], v[PT_BLOCK];
    char name[STREAM_NAME];
    snprintf(name, sizeof name, "lever:%s", lever->id);
    struct pt_stream stream = pt_stream_open(seed, name);
    pt_stream_uniforms(&stream, first, n, 0, u, v);
    for (size_t i = 0; i < n; i++) {
        double at = lever->mirrored ? 1 - u[i] : u[i];
        effects[i] = lever->kind->full_effect(lever, pt_effect_draw(&lever->effect, at, v[i]));
    }
}

static bool draws_the_same(const struct pt_lever *a, const struct pt_lever *b)
{
    bool same = strcmp(a->id, b->id) == 0 && a->kind == b->kind && a->mirrored == b->mirrored &&
                a->effect.distribution == b->effect.distribution &&
                a->effect.chance_of_none == b->effect.chance_of_none &&
                a->increase == b->increase && a->effect_increase == b->effect_increase &&
                a->response == b->response && a->maximum == b->maximum;
    for (size_t i = 0; i < PT_DISTRIBUTION_PARAMETERS && same; i++) {
        same = a->effect.par[i] == b->effect.par[i];
    }
    return same;
}

const double *pt_effects_find(const struct pt_effects *effects, const struct pt_lever *lever)
{
    for (size_t i = 0; i < effects->n; i++) {
        if (draws_the_same(effects->known[i].lever, lever)) {
            return effects->known[i].effects;
        }
    }
    return NULL;
}

static bool listed(const struct pt_effects *effects, const struct pt_lever *lever)
{
    for (size_t i = 0; i < effects->n; i++) {
        if (draws_the_same(effects->known[i].lever, lever)) {
            return true;
        }
    }
    return false;
}

static bool acts(const struct pt_cast *cast, const struct pt_lever *lever)
{
    for (size_t i = 0; i < cast->n_members; i++) {
        if (pt_lever_acts_on(lever, cast->members[i].projection->subject)) {
            return true;
        }
    }
    return false;
}

/* Adds the levers of a scenario, or none of them; false: they do not fit. */
static bool add(const struct pt_cast *cast, const struct pt_scenario *scenario, size_t most,
                struct pt_effects *effects)
{
    size_t before = effects->n;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        if (listed(effects, lever) || !acts(cast, lever)) {
            continue;
        }
        if (effects->n == most) {
            effects->n = before;
            return false;
        }
        effects->known[effects->n++].lever = lever;
    }
    return true;
}

/* A scenario that never fits is a batch of its own and draws where it acts. */
static enum pt_status fill(const struct pt_run *run, const struct pt_cast *cast, size_t most,
                           struct pt_batch *batch, struct pt_error *err)
{
    size_t n_levers = 0;
    for (size_t s = batch->from; s <= run->n_scenarios && n_levers < most; s++) {
        n_levers += run->scenarios[s - 1]->n_levers;
    }
    most = most < n_levers ? most : n_levers;
    batch->effects.known = PT_NEW(run->arena, struct pt_known, most + 1);
    if (!batch->effects.known) {
        return PT_RAISE_NOMEM(err);
    }
    batch->to = batch->from;
    while (batch->to <= run->n_scenarios &&
           add(cast, run->scenarios[batch->to - 1], most, &batch->effects)) {
        batch->to++;
    }
    if (batch->to == batch->from && batch->to <= run->n_scenarios) {
        batch->to++;
    }
    return PT_OK;
}

enum pt_status pt_batches_make(const struct pt_run *run, const struct pt_cast *cast,
                               struct pt_batch **batches, size_t *n, struct pt_error *err)
{
    size_t most = (size_t)(PT_EFFECTS_BYTES_MOST / sizeof(double) / run->options.draws);
    *batches = PT_NEW(run->arena, struct pt_batch, run->n_scenarios + 1);
    *n = 0;
    if (!*batches) {
        return PT_RAISE_NOMEM(err);
    }
    if (most < KNOWN_LEAST) {
        (*batches)[(*n)++] = (struct pt_batch){ .from = 1, .to = 1 + run->n_scenarios };
        return PT_OK;
    }
    size_t from = 1;
    do {
        struct pt_batch *batch = &(*batches)[(*n)++];
        batch->from = from;
        enum pt_status status = fill(run, cast, most, batch, err);
        if (status != PT_OK) {
            return status;
        }
        from = batch->to;
    } while (from <= run->n_scenarios);
    return PT_OK;
}

enum pt_status pt_batch_draw(const struct pt_run *run, struct pt_batch *batch, struct pt_work *work,
                             struct pt_error *err)
{
    const struct pt_effects *effects = &batch->effects;
    uint64_t draws = run->options.draws;
    bool memory = true, stopped = false;
    for (size_t k = 0; k < effects->n && memory; k++) {
        effects->known[k].effects = malloc((size_t)draws * sizeof(double));
        memory = effects->known[k].effects != NULL;
    }
    if (!memory) {
        return PT_RAISE_NOMEM(err);
    }
#pragma omp parallel for schedule(dynamic) num_threads(run->options.threads) reduction(|| : stopped)
    for (size_t k = 0; k < effects->n; k++) {
        const struct pt_known *known = &effects->known[k];
        for (uint64_t first = 0; first < draws && !stopped; first += PT_BLOCK) {
            size_t n = draws - first < PT_BLOCK ? (size_t)(draws - first) : PT_BLOCK;
            pt_lever_draw(known->lever, run->options.seed, first, n, known->effects + first);
            stopped = stopped || !pt_work_step(work, 0);
        }
    }
    return stopped ? PT_RAISE(err, PT_ECANCELLED, "interrupted") : PT_OK;
}

void pt_batch_forget(struct pt_batch *batch)
{
    for (size_t k = 0; k < batch->effects.n; k++) {
        free(batch->effects.known[k].effects);
        batch->effects.known[k].effects = NULL;
    }
}
