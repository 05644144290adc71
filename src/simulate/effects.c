#include <stdlib.h>
#include <string.h>

#include "simulate/simulate.h"

/* Effects are the same at every place, and some laws take longer to draw than a path: they are
 * drawn once for all components, for as many scenarios at a time as fit in here. */
#define BYTES_MOST  (32 << 20)
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

static const struct pt_known *find(const struct pt_batch *batch, const struct pt_lever *lever)
{
    for (size_t i = 0; i < batch->n_known; i++) {
        if (draws_the_same(batch->known[i].lever, lever)) {
            return &batch->known[i];
        }
    }
    return NULL;
}

const double *pt_batch_effects(const struct pt_batch *batch, const struct pt_lever *lever)
{
    const struct pt_known *known = find(batch, lever);
    return known ? known->effects : NULL;
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
                struct pt_batch *batch)
{
    size_t before = batch->n_known;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        if (find(batch, lever) || !acts(cast, lever)) {
            continue;
        }
        if (batch->n_known == most) {
            batch->n_known = before;
            return false;
        }
        batch->known[batch->n_known++].lever = lever;
    }
    return true;
}

static enum pt_status draw_all(const struct pt_run *run, struct pt_batch *batch,
                               struct pt_work *work, struct pt_error *err)
{
    uint64_t draws = run->options.draws;
    bool memory = true, stopped = false;
    for (size_t k = 0; k < batch->n_known && memory; k++) {
        batch->known[k].effects = malloc(draws * sizeof(double));
        memory = batch->known[k].effects != NULL;
    }
    if (!memory) {
        return PT_RAISE_NOMEM(err);
    }
#pragma omp parallel for schedule(dynamic) num_threads(batch->threads) reduction(|| : stopped)
    for (size_t k = 0; k < batch->n_known; k++) {
        const struct pt_known *known = &batch->known[k];
        for (uint64_t first = 0; first < draws && !stopped; first += PT_BLOCK) {
            size_t n = draws - first < PT_BLOCK ? (size_t)(draws - first) : PT_BLOCK;
            pt_lever_draw(known->lever, run->options.seed, first, n, known->effects + first);
            stopped = stopped || !pt_work_step(work, 0);
        }
    }
    return stopped ? PT_RAISE(err, PT_ECANCELLED, "interrupted") : PT_OK;
}

/* The scenario after `from` that no longer fits; a scenario that never does is a batch of its own
 * and draws where it acts. */
static void extend(const struct pt_run *run, const struct pt_cast *cast, size_t most,
                   struct pt_batch *batch)
{
    batch->to = batch->from;
    while (batch->to <= run->n_scenarios && add(cast, run->scenarios[batch->to - 1], most, batch)) {
        batch->to++;
    }
    if (batch->to == batch->from && batch->to <= run->n_scenarios) {
        batch->to++;
    }
}

static size_t most_known(const struct pt_run *run)
{
    size_t most = run->options.draws < BYTES_MOST / sizeof(double)
                      ? BYTES_MOST / sizeof(double) / (size_t)run->options.draws
                      : 0;
    return most > KNOWN_LEAST ? most : KNOWN_LEAST;
}

size_t pt_batch_count(const struct pt_run *run, const struct pt_cast *cast)
{
    size_t most = most_known(run), n = 0;
    struct pt_known *known = calloc(most, sizeof *known);
    struct pt_batch batch = { .to = 1, .known = known };
    do {
        batch.from = batch.to;
        batch.n_known = 0;
        extend(run, cast, known ? most : 0, &batch);
        n++;
    } while (batch.to <= run->n_scenarios);
    free(known);
    return n;
}

enum pt_status pt_batch_next(const struct pt_run *run, const struct pt_cast *cast,
                             struct pt_work *work, struct pt_batch *batch, struct pt_error *err)
{
    size_t most = most_known(run);
    batch->from = batch->to;
    batch->n_known = 0;
    batch->known = calloc(most, sizeof *batch->known);
    if (!batch->known) {
        return PT_RAISE_NOMEM(err);
    }
    extend(run, cast, most, batch);
    return draw_all(run, batch, work, err);
}

void pt_batch_free(struct pt_batch *batch)
{
    for (size_t k = 0; k < batch->n_known; k++) {
        free(batch->known[k].effects);
    }
    free(batch->known);
    batch->known = NULL;
    batch->n_known = 0;
}
