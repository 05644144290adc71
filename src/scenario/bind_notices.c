/* What is right in each scenario, but easily read wrong where several stand side by side. */
#include <string.h>

#include <paritet/input.h>
#include <paritet/scenario.h>

#include "scenario/bind.h"
#include "scenario/read_file.h"

/* A planner reads no more of one sort. */
#define NOTICES_MOST 6

/* A programme in one version: the levers of one entry of one scenario. */
struct version {
    const struct pt_lever *levers; /* [n] */
    size_t n;
};

struct looking {
    const struct pt_scenario *const *scenarios;
    size_t n;
    struct pt_arena *arena;
    struct pt_diagnostics *list;
    const char **names; /* room for those that one notice lists */
    size_t n_versions;  /* of programmes, each once */
    struct version *versions;
    size_t *first; /* [n] where the levers of a scenario begin in `which` */
    size_t *which; /* [all levers] the version of each */
    size_t n_words;
    uint64_t *sets;                /* [n][n_words] which of the versions a scenario has */
    size_t *set;                   /* [n] scenarios of one number are named together */
    const struct pt_lever **found; /* [n] what ties a scenario to one before it */
    size_t said; /* notices on scenarios side by side, also those that are left out */
};

static struct pt_spot spot_of(const struct pt_scenario *scenario, const struct pt_place *place)
{
    return pt_spot_of(pt_scenario_source(scenario, place), place);
}

/* ------------------------------------------------------------------ versions of levers */

static bool same_place(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

static bool same_time(const struct pt_lever *a, const struct pt_lever *b)
{
    return a->start == b->start && a->delay == b->delay && a->ramp_years == b->ramp_years &&
           a->ramp_shape == b->ramp_shape && a->until == b->until && a->half_life == b->half_life &&
           a->by == b->by;
}

static bool same_change(const struct pt_lever *a, const struct pt_lever *b)
{
    return strcmp(a->indicator, b->indicator) == 0 && strcmp(a->group, b->group) == 0 &&
           same_place(a->place, b->place) && pt_levers_same_effect(a, b) && a->reach == b->reach &&
           a->turnover == b->turnover && a->may_overshoot == b->may_overshoot &&
           a->increase == b->increase && a->value == b->value && same_time(a, b);
}

/* One programme, reaching as many at the same time with the same effect on the same figures. */
static bool same_version(const struct version *a, const struct version *b)
{
    bool same = a->n == b->n && strcmp(a->levers[0].id, b->levers[0].id) == 0;
    for (size_t i = 0; i < a->n && same; i++) {
        same = false;
        for (size_t k = 0; k < b->n && !same; k++) {
            same = same_change(&a->levers[i], &b->levers[k]);
        }
    }
    return same;
}

static size_t index_version(struct looking *l, const struct version *version)
{
    size_t at = 0;
    while (at < l->n_versions && !same_version(&l->versions[at], version)) {
        at++;
    }
    l->versions[at] = *version;
    l->n_versions += at == l->n_versions;
    return at;
}

static bool index_versions(struct looking *l, size_t n_levers)
{
    size_t n = 0;
    l->versions = PT_NEW(l->arena, struct version, n_levers + 1);
    l->first = PT_NEW(l->arena, size_t, l->n + 1);
    l->which = PT_NEW(l->arena, size_t, n_levers + 1);
    l->set = PT_NEW(l->arena, size_t, l->n + 1);
    l->found = PT_NEW(l->arena, const struct pt_lever *, l->n + 1);
    if (l->versions == NULL || l->first == NULL || l->which == NULL || l->set == NULL ||
        l->found == NULL) {
        return false;
    }
    for (size_t s = 0; s < l->n; s++) {
        const struct pt_scenario *scenario = l->scenarios[s];
        l->first[s] = n;
        for (size_t i = 0; i < scenario->n_levers;) {
            struct version version = { &scenario->levers[i], 0 };
            for (size_t entry = scenario->levers[i].entry;
                 i < scenario->n_levers && scenario->levers[i].entry == entry; i++) {
                version.n++;
            }
            size_t at = index_version(l, &version);
            for (size_t k = 0; k < version.n; k++) {
                l->which[n++] = at;
            }
        }
    }
    l->n_words = l->n_versions / 64 + 1;
    l->sets = PT_NEW(l->arena, uint64_t, (l->n + 1) * l->n_words);
    for (size_t s = 0; s < l->n && l->sets != NULL; s++) {
        for (size_t i = 0; i < l->scenarios[s]->n_levers; i++) {
            size_t at = l->which[l->first[s] + i];
            l->sets[s * l->n_words + at / 64] |= (uint64_t)1 << at % 64;
        }
    }
    return l->sets != NULL;
}

/* Whether scenario s has the lever i of scenario `of`, in the same version. */
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

/* ------------------------------------------------------------------ one inside another */

/* The scenarios whose levers this one has all, and more. */
static void notice_inside(struct looking *l, size_t whole)
{
    struct pt_place place = { l->scenarios[whole]->path, 0, 0, 0 };
    struct pt_message message;
    size_t n = 0;
    for (size_t s = 0; s < l->n; s++) {
        if (l->scenarios[s]->n_levers > 0 && has_all(l, whole, s, s) &&
            !has_all(l, s, whole, whole)) {
            l->names[n++] = l->scenarios[s]->id;
        }
    }
    if (n > 0 && ++l->said <= NOTICES_MOST) {
        pt_message_nset(&message, n,
                        "'%s' has all levers of %s: its gain holds that one's and does not come on "
                        "top of it",
                        "'%s' has all levers of %s: its gain holds theirs and does not come on top "
                        "of them",
                        l->scenarios[whole]->id, pt_words_join(l->arena, l->names, n));
        pt_diagnose_message(l->list, PT_NOTICE, place, NULL, &message);
    }
}

/* ------------------------------------------------------------------ gains that do not add up */

/* What ties two scenarios: the lever of b, or NULL. */
typedef const struct pt_lever *ties(const struct looking *l, size_t a, size_t b);

/* Whether lever k of b is a lever of a in another version. */
static bool is_version(const struct looking *l, size_t a, size_t b, size_t k)
{
    const struct pt_scenario *one = l->scenarios[a];
    const struct pt_lever *lever = &l->scenarios[b]->levers[k];
    bool version = false;
    for (size_t i = 0; i < one->n_levers && !version && !has(l, a, b, k); i++) {
        version =
            strcmp(one->levers[i].id, lever->id) == 0 && pt_levers_meet(&one->levers[i], lever);
    }
    return version;
}

static const struct pt_lever *find_version(const struct looking *l, size_t a, size_t b)
{
    for (size_t k = 0; k < l->scenarios[b]->n_levers; k++) {
        if (is_version(l, a, b, k)) {
            return &l->scenarios[b]->levers[k];
        }
    }
    return NULL;
}

static bool has_ids(const struct pt_scenario *scenario, const struct pt_scenario *of)
{
    bool all = true;
    for (size_t k = 0; k < of->n_levers && all; k++) {
        all = false;
        for (size_t i = 0; i < scenario->n_levers && !all; i++) {
            all = strcmp(scenario->levers[i].id, of->levers[k].id) == 0;
        }
    }
    return all;
}

/* The same, but of scenarios that are no mere versions of each other as a whole. */
static const struct pt_lever *find_other_version(const struct looking *l, size_t a, size_t b)
{
    const struct pt_scenario *one = l->scenarios[a], *two = l->scenarios[b];
    return has_ids(one, two) && has_ids(two, one) ? NULL : find_version(l, a, b);
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

/* The first lever of b that a does not have, where one that only a has moves the same figure. */
static const struct pt_lever *find_apart(const struct looking *l, size_t a, size_t b)
{
    const struct pt_scenario *one = l->scenarios[a], *two = l->scenarios[b];
    if (is_answered(l, a, b) || find_version(l, a, b) != NULL) {
        return NULL;
    }
    for (size_t k = 0; k < two->n_levers; k++) {
        for (size_t i = 0; i < one->n_levers && !has(l, a, b, k); i++) {
            if (!has(l, b, a, i) && pt_levers_meet(&one->levers[i], &two->levers[k])) {
                return &two->levers[k];
            }
        }
    }
    return NULL;
}

/* Numbers the scenarios so that those that are tied, one by one, have one number. */
static void tie(struct looking *l, ties *find)
{
    for (size_t b = 0; b < l->n; b++) {
        l->set[b] = b;
        l->found[b] = NULL;
        for (size_t a = 0; a < b; a++) {
            const struct pt_lever *lever = find(l, a, b);
            size_t from = l->set[b], to = l->set[a];
            if (lever == NULL) {
                continue;
            }
            l->found[b] = l->found[b] == NULL ? lever : l->found[b];
            for (size_t s = 0; s <= b; s++) {
                l->set[s] = l->set[s] == from ? to : l->set[s];
            }
        }
    }
}

/* The names of the scenarios of one number; the spot of what ties the second of them. */
static const char *join_set(const struct looking *l, size_t set, struct pt_spot *spot)
{
    size_t n = 0;
    const struct pt_lever *first = NULL;
    for (size_t s = 0; s < l->n; s++) {
        if (l->set[s] != set) {
            continue;
        }
        l->names[n++] = l->scenarios[s]->id;
        if (first == NULL && l->found[s] != NULL) {
            first = l->found[s];
            *spot = spot_of(l->scenarios[s], &first->at);
        }
    }
    return first != NULL ? pt_words_join(l->arena, l->names, n) : NULL;
}

/* The levers that the scenarios of one number have in several versions. */
static const char *join_versions(const struct looking *l, size_t set)
{
    size_t n = 0;
    for (size_t b = 0; b < l->n; b++) {
        for (size_t k = 0; k < l->scenarios[b]->n_levers && l->set[b] == set; k++) {
            const char *id = l->scenarios[b]->levers[k].id;
            bool differs = false;
            for (size_t a = 0; a < b && !differs; a++) {
                differs = l->set[a] == set && is_version(l, a, b, k);
            }
            for (size_t i = 0; i < n && differs; i++) {
                differs = strcmp(l->names[i], id) != 0;
            }
            if (differs) {
                l->names[n++] = id;
            }
        }
    }
    return pt_words_join(l->arena, l->names, n);
}

static void notice_versions(struct looking *l)
{
    tie(l, find_other_version);
    for (size_t set = 0; set < l->n; set++) {
        struct pt_spot spot;
        const char *names = join_set(l, set, &spot);
        if (names != NULL && ++l->said <= NOTICES_MOST) {
            pt_spot_report(l->list, PT_NOTICE, &spot,
                           "%s have %s in different versions: only one of them can be carried out, "
                           "so their gains do not add up",
                           names, join_versions(l, set));
        }
    }
}

static void notice_apart(struct looking *l)
{
    tie(l, find_apart);
    for (size_t set = 0; set < l->n; set++) {
        struct pt_spot spot;
        const char *names = join_set(l, set, &spot);
        if (names != NULL && ++l->said <= NOTICES_MOST) {
            pt_spot_report(l->list, PT_NOTICE, &spot,
                           "the gains of %s do not add up: they move the same figures by different "
                           "levers; for the gain together, write a scenario with the levers of all "
                           "and an 'overlap'",
                           names);
        }
    }
}

static void notice_together(struct looking *l)
{
    for (size_t s = 0; s < l->n; s++) {
        notice_inside(l, s);
    }
    notice_versions(l);
    notice_apart(l);
    if (l->said > NOTICES_MOST) {
        struct pt_place nowhere = { NULL, 0, 0, 0 };
        pt_diagnose(l->list, PT_NOTICE, nowhere, NULL,
                    "more notices on scenarios that do not add up, left out here: %zu",
                    l->said - NOTICES_MOST);
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
    l.names = PT_NEW(arena, const char *, most + 1);
    if (l.names == NULL || !index_versions(&l, most)) {
        return PT_RAISE_NOMEM(err);
    }
    notice_together(&l);
    return PT_OK;
}
