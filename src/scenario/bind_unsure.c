/* What is not sure, or not known, about the levers of a run. */
#include <string.h>

#include <paritet/input.h>
#include <paritet/scenario.h>

#include "scenario/bind.h"

struct run {
    const struct pt_scenario *const *scenarios;
    size_t n;
    struct pt_arena *arena;
    struct pt_diagnostics *list;
};

static struct pt_spot spot_of(const struct pt_scenario *scenario, const struct pt_place *place)
{
    return pt_spot_of(pt_scenario_source(scenario, place), place);
}

typedef bool chooses(const struct pt_lever *lever);

static bool is_unsure(const struct pt_lever *lever)
{
    return lever->has_confidence && lever->confidence == PT_CONFIDENCE_LOW &&
           lever->effect.distribution != NULL;
}

static bool has_cost(const struct pt_lever *lever)
{
    return lever->n_costs > 0;
}

/* A stated course is not a programme that someone pays for. */
static bool has_no_cost(const struct pt_lever *lever)
{
    return lever->n_costs == 0 && lever->kind->path == NULL;
}

/* The ids of the levers of the run that are chosen, each once; the spot of the first. */
static size_t choose(const struct run *run, chooses *chosen, const char **ids, struct pt_spot *spot)
{
    size_t n = 0;
    for (size_t s = 0; s < run->n; s++) {
        for (size_t i = 0; i < run->scenarios[s]->n_levers; i++) {
            const struct pt_lever *lever = &run->scenarios[s]->levers[i];
            size_t k = 0;
            if (!chosen(lever)) {
                continue;
            }
            while (k < n && strcmp(ids[k], lever->id) != 0) {
                k++;
            }
            if (n == 0) {
                *spot = spot_of(run->scenarios[s], &lever->at);
            }
            ids[k] = lever->id;
            n += k == n;
        }
    }
    return n;
}

static void notice_levers(const struct run *run, const char **ids)
{
    struct pt_spot spot, unused;
    size_t n = choose(run, is_unsure, ids, &spot);
    if (n > 0) {
        pt_spot_report(run->list, PT_NOTICE, &spot,
                       "low confidence in the effect of %s; say so where the answer is shown",
                       pt_words_join(run->arena, ids, n));
    }
    if (choose(run, has_cost, ids, &unused) == 0) {
        return;
    }
    n = choose(run, has_no_cost, ids, &spot);
    if (n > 0) {
        pt_spot_report(run->list, PT_NOTICE, &spot,
                       "no cost is written for %s, though others have one; sums of costs leave it "
                       "out",
                       pt_words_join(run->arena, ids, n));
    }
}

enum pt_status pt_levers_notice(const struct pt_scenario *const *scenarios, size_t n,
                                struct pt_arena *arena, struct pt_diagnostics *list,
                                struct pt_error *err)
{
    struct run run = { scenarios, n, arena, list };
    size_t most = 0;
    for (size_t s = 0; s < n; s++) {
        most += scenarios[s]->n_levers;
    }
    const char **ids = PT_NEW(arena, const char *, most + 1);
    if (ids == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    notice_levers(&run, ids);
    return PT_OK;
}
