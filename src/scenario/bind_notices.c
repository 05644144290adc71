/* What is right in each scenario, but easily read wrong where several stand side by side. */
#include <string.h>

#include <paritet/input.h>
#include <paritet/scenario.h>

#include "scenario/bind.h"
#include "scenario/read_file.h"

/* A planner reads no more of one sort. */
#define NOTICES_MOST 6

struct looking {
    const struct pt_scenario *const *scenarios;
    size_t n;
    struct pt_arena *arena;
    struct pt_diagnostics *list;
    size_t n_ids;     /* of levers, each once */
    const char **ids; /* [n_ids] */
    size_t *first;    /* [n] where the levers of a scenario begin in `which` */
    size_t *which;    /* [all levers] the id of each */
    size_t n_words;
    uint64_t *sets; /* [n][n_words] which of the ids a scenario has */
    size_t said;    /* notices on scenarios side by side, also those that are left out */
};

static struct pt_spot spot_of(const struct pt_scenario *scenario, const struct pt_place *place)
{
    return pt_spot_of(pt_scenario_source(scenario, place), place);
}

/* ------------------------------------------------------------------ levers of the run */

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

static bool has_no_cost(const struct pt_lever *lever)
{
    return lever->n_costs == 0;
}

/* The ids of the levers of the run that are chosen, each once; the spot of the first. */
static size_t choose(const struct looking *l, chooses *chosen, const char **ids,
                     struct pt_spot *spot)
{
    size_t n = 0;
    for (size_t s = 0; s < l->n; s++) {
        for (size_t i = 0; i < l->scenarios[s]->n_levers; i++) {
            const struct pt_lever *lever = &l->scenarios[s]->levers[i];
            size_t k = 0;
            if (!chosen(lever)) {
                continue;
            }
            while (k < n && strcmp(ids[k], lever->id) != 0) {
                k++;
            }
            if (n == 0) {
                *spot = spot_of(l->scenarios[s], &lever->at);
            }
            ids[k] = lever->id;
            n += k == n;
        }
    }
    return n;
}

static void notice_levers(const struct looking *l, const char **ids)
{
    struct pt_spot spot, unused;
    size_t n = choose(l, is_unsure, ids, &spot);
    if (n > 0) {
        pt_spot_report(l->list, PT_NOTICE, &spot,
                       "low confidence in the effect of %s; say so where the answer is shown",
                       pt_words_join(l->arena, ids, n));
    }
    if (choose(l, has_cost, ids, &unused) == 0) {
        return;
    }
    n = choose(l, has_no_cost, ids, &spot);
    if (n > 0) {
        pt_spot_report(l->list, PT_NOTICE, &spot,
                       "no cost is written for %s, though others have one; sums of costs leave it "
                       "out",
                       pt_words_join(l->arena, ids, n));
    }
}

/* ------------------------------------------------------------------ sets of levers */

static bool index_ids(struct looking *l, size_t n_levers)
{
    size_t n = 0;
    l->ids = PT_NEW(l->arena, const char *, n_levers + 1);
    l->first = PT_NEW(l->arena, size_t, l->n + 1);
    l->which = PT_NEW(l->arena, size_t, n_levers + 1);
    if (l->ids == NULL || l->first == NULL || l->which == NULL) {
        return false;
    }
    for (size_t s = 0; s < l->n; s++) {
        l->first[s] = n;
        for (size_t i = 0; i < l->scenarios[s]->n_levers; i++) {
            size_t at = 0;
            while (at < l->n_ids && strcmp(l->ids[at], l->scenarios[s]->levers[i].id) != 0) {
                at++;
            }
            l->ids[at] = l->scenarios[s]->levers[i].id;
            l->n_ids += at == l->n_ids;
            l->which[n++] = at;
        }
    }
    l->n_words = l->n_ids / 64 + 1;
    l->sets = PT_NEW(l->arena, uint64_t, (l->n + 1) * l->n_words);
    for (size_t s = 0; s < l->n && l->sets != NULL; s++) {
        for (size_t i = 0; i < l->scenarios[s]->n_levers; i++) {
            size_t at = l->which[l->first[s] + i];
            l->sets[s * l->n_words + at / 64] |= (uint64_t)1 << at % 64;
        }
    }
    return l->sets != NULL;
}

/* Whether scenario s has the lever i of scenario `of`, by its id. */
static bool has(const struct looking *l, size_t s, size_t of, size_t i)
{
    size_t at = l->which[l->first[of] + i];
    return (l->sets[s * l->n_words + at / 64] >> at % 64 & 1) != 0;
}

/* Whether scenario s has all levers of a and of b. */
static bool has_all(const struct looking *l, size_t s, size_t a, size_t b)
{
    bool all = true;
    for (size_t w = 0; w < l->n_words && all; w++) {
        uint64_t either = l->sets[a * l->n_words + w] | l->sets[b * l->n_words + w];
        all = (either & ~l->sets[s * l->n_words + w]) == 0;
    }
    return all;
}

/* ------------------------------------------------------------------ pairs */

/* The scenarios whose levers this one has all, and more. */
static void notice_inside(struct looking *l, size_t whole, const char **ids)
{
    struct pt_place place = { l->scenarios[whole]->path, 0, 0, 0 };
    struct pt_message message;
    size_t n = 0;
    for (size_t s = 0; s < l->n; s++) {
        if (l->scenarios[s]->n_levers > 0 && has_all(l, whole, s, s) &&
            !has_all(l, s, whole, whole)) {
            ids[n++] = l->scenarios[s]->id;
        }
    }
    if (n > 0 && ++l->said <= NOTICES_MOST) {
        pt_message_nset(&message, n,
                        "'%s' has all levers of %s: its gain holds that one's and does not come on "
                        "top of it",
                        "'%s' has all levers of %s: its gain holds theirs and does not come on top "
                        "of them",
                        l->scenarios[whole]->id, pt_words_join(l->arena, ids, n));
        pt_diagnose_message(l->list, PT_NOTICE, place, NULL, &message);
    }
}

/* The first lever of b that a does not have, where one that only a has moves the same figure. */
static const struct pt_lever *find_apart(const struct looking *l, size_t a, size_t b)
{
    const struct pt_scenario *one = l->scenarios[a], *two = l->scenarios[b];
    for (size_t k = 0; k < two->n_levers; k++) {
        for (size_t i = 0; i < one->n_levers && !has(l, a, b, k); i++) {
            if (!has(l, b, a, i) && pt_levers_meet(&one->levers[i], &two->levers[k])) {
                return &two->levers[k];
            }
        }
    }
    return NULL;
}

/* Whether some scenario of the run answers for both together. */
static bool is_answered(const struct looking *l, size_t a, size_t b)
{
    bool answered = false;
    for (size_t s = 0; s < l->n && !answered; s++) {
        answered = has_all(l, s, a, b);
    }
    return answered;
}

/* The scenarios before this one that move the same figures by other levers. */
static void notice_apart(struct looking *l, size_t b, const char **ids)
{
    const struct pt_lever *first = NULL;
    size_t n = 0;
    for (size_t a = 0; a < b; a++) {
        const struct pt_lever *lever = find_apart(l, a, b);
        if (lever != NULL && !is_answered(l, a, b)) {
            first = first == NULL ? lever : first;
            ids[n++] = l->scenarios[a]->id;
        }
    }
    if (n > 0 && ++l->said <= NOTICES_MOST) {
        struct pt_spot spot = spot_of(l->scenarios[b], &first->at);
        pt_spot_report(l->list, PT_NOTICE, &spot,
                       "'%s' moves the same figures as %s by other levers: their gains do not add "
                       "up; write a scenario with the levers of both and an 'overlap'",
                       l->scenarios[b]->id, pt_words_join(l->arena, ids, n));
    }
}

static void notice_together(struct looking *l, const char **ids)
{
    for (size_t s = 0; s < l->n; s++) {
        notice_inside(l, s, ids);
    }
    for (size_t b = 1; b < l->n; b++) {
        notice_apart(l, b, ids);
    }
    if (l->said > NOTICES_MOST) {
        struct pt_message message;
        struct pt_place nowhere = { NULL, 0, 0, 0 };
        size_t more = l->said - NOTICES_MOST;
        pt_message_nset(&message, more,
                        "%zu more notice on scenarios that cannot be added up is left out",
                        "%zu more notices on scenarios that cannot be added up are left out", more);
        pt_diagnose_message(l->list, PT_NOTICE, nowhere, NULL, &message);
    }
}

enum pt_status pt_scenarios_notice(const struct pt_scenario *const *scenarios, size_t n,
                                   struct pt_arena *arena, struct pt_diagnostics *list,
                                   struct pt_error *err)
{
    struct looking l = { .scenarios = scenarios, .n = n, .arena = arena, .list = list };
    size_t most = n;
    for (size_t s = 0; s < n; s++) {
        most += scenarios[s]->n_levers;
    }
    const char **ids = PT_NEW(arena, const char *, most + 1);
    if (ids == NULL || !index_ids(&l, most)) {
        return PT_RAISE_NOMEM(err);
    }
    notice_levers(&l, ids);
    notice_together(&l, ids);
    return PT_OK;
}
