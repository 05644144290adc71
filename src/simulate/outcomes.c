#include <stdlib.h>
#include <string.h>

#include "simulate/component.h"

static enum pt_status memory(struct pt_run *run, struct pt_projection *p, struct pt_error *err)
{
    p->n_outcomes = 1 + run->n_scenarios;
    p->outcomes = PT_NEW(run->arena, struct pt_outcome, p->n_outcomes);
    for (size_t s = 0; p->outcomes && s < p->n_outcomes; s++) {
        struct pt_outcome *outcome = &p->outcomes[s];
        outcome->scenario = s == 0 ? NULL : run->scenarios[s - 1];
        outcome->id = s == 0 ? "baseline" : run->scenarios[s - 1]->id;
        outcome->bands = PT_NEW(run->arena, double, p->n_years *PT_BANDS);
        outcome->gained = PT_NEW(run->arena, uint64_t, 2 * p->n_years + 1);
        bool made = outcome->bands && outcome->gained;
        for (int e = 0; e < PT_EVENTS && made && p->has_question; e++) {
            outcome->events[e].count = PT_NEW(run->arena, uint64_t, p->n_years + 2);
            made = outcome->events[e].count != NULL;
        }
        if (!made) {
            return PT_RAISE_NOMEM(err);
        }
    }
    if (p->outcomes && run->options.groups && p->group_fit) {
        p->group_bands = PT_NEW(run->arena, double, p->n_years *PT_BANDS);
        p->reference_bands = PT_NEW(run->arena, double, p->n_years *PT_BANDS);
    }
    bool groups = !run->options.groups || !p->group_fit || (p->group_bands && p->reference_bands);
    return p->outcomes && groups ? PT_OK : PT_RAISE_NOMEM(err);
}

static enum pt_status unmoved(const struct pt_run *run, struct pt_member *member,
                              struct pt_error *err)
{
    member->moved_from = PT_NEW(run->arena, size_t, 1 + run->n_scenarios);
    for (size_t s = 0; s <= run->n_scenarios && member->moved_from; s++) {
        member->moved_from[s] = SIZE_MAX;
    }
    return member->moved_from ? PT_OK : PT_RAISE_NOMEM(err);
}

/* Inside the years that are simulated. */
static int end_of(const struct pt_run *run, const struct pt_scenario *scenario, int last)
{
    int end = pt_policy_end(run->model, scenario, last, run->horizon);
    return end > last ? end : last + 1;
}

/* Of a scenario, [n_members][n_levers]: whether the programme whose first lever this is moves the
 * member, by itself or through links, and whether it moves the group's figure, which alone leads on. */
struct movers {
    size_t n;
    bool *moves, *leads;
};

static void follow(const struct pt_component *component, size_t m, const struct movers *movers)
{
    const struct pt_member *member = component->members[m];
    size_t n = movers->n;
    for (size_t k = 0; k < member->n_sources; k++) {
        size_t j = 0;
        while (j < m && component->members[j] != member->sources[k]) {
            j++;
        }
        for (size_t i = 0; i < n && j < m; i++) {
            bool led = movers->leads[j * n + i];
            movers->moves[m * n + i] |= led;
            movers->leads[m * n + i] |= led && !member->to_reference[k];
        }
    }
}

static void find_movers(const struct pt_component *component, const struct pt_scenario *scenario,
                        const struct movers *movers)
{
    size_t n = movers->n;
    for (size_t m = 0; m < component->n; m++) {
        const struct pt_subject *subject = component->members[m]->projection->subject;
        for (size_t i = 0; i < n; i++) {
            const struct pt_lever *lever = &scenario->levers[i];
            size_t first = 0;
            while (strcmp(scenario->levers[first].id, lever->id) != 0) {
                first++;
            }
            bool acts = pt_lever_acts_on(lever, subject);
            movers->moves[m * n + first] |= acts;
            movers->leads[m * n + first] |=
                acts && strcmp(lever->group, subject->indicator->group) == 0;
        }
        follow(component, m, movers);
    }
}

static bool linked(const struct pt_component *component, size_t m, const struct movers *movers)
{
    const struct pt_member *member = component->members[m];
    for (size_t k = 0; k < member->n_sources; k++) {
        for (size_t j = 0; j < m; j++) {
            for (size_t i = 0; i < movers->n && component->members[j] == member->sources[k]; i++) {
                if (movers->leads[j * movers->n + i]) {
                    return true;
                }
            }
        }
    }
    return false;
}

static int by_lever(const void *a, const void *b)
{
    return strcmp(((const struct pt_part *)a)->lever, ((const struct pt_part *)b)->lever);
}

static enum pt_status parts(struct pt_run *run, const struct pt_projection *p, const bool *moves,
                            struct pt_outcome *outcome, struct pt_error *err)
{
    const struct pt_scenario *scenario = outcome->scenario;
    outcome->parts = PT_NEW(run->arena, struct pt_part, scenario->n_levers + 1);
    if (!outcome->parts) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < scenario->n_levers; i++) {
        if (moves[i]) {
            struct pt_part *part = &outcome->parts[outcome->n_parts++];
            part->lever = scenario->levers[i].id;
            part->gained = PT_NEW(run->arena, uint64_t, 2 * p->n_years + 1);
            if (!part->gained) {
                return PT_RAISE_NOMEM(err);
            }
        }
    }
    qsort(outcome->parts, outcome->n_parts, sizeof *outcome->parts, by_lever);
    return PT_OK;
}

static enum pt_status keep(struct pt_run *run, const bool *moves, size_t n, const bool **kept,
                           struct pt_error *err)
{
    bool *copy = PT_NEW(run->arena, bool, n + 1);
    if (!copy) {
        return PT_RAISE_NOMEM(err);
    }
    memcpy(copy, moves, n * sizeof *copy);
    *kept = copy;
    return PT_OK;
}

static enum pt_status describe(struct pt_run *run, const struct pt_component *component, size_t s,
                               struct pt_error *err)
{
    const struct pt_scenario *scenario = run->scenarios[s - 1];
    size_t n = scenario->n_levers;
    bool *moves = calloc(2 * component->n * n + 1, sizeof *moves);
    enum pt_status status = moves ? PT_OK : PT_RAISE_NOMEM(err);
    const struct movers movers = { n, moves, moves + (moves ? component->n * n : 0) };
    if (status == PT_OK) {
        find_movers(component, scenario, &movers);
    }
    for (size_t m = 0; m < component->n && status == PT_OK; m++) {
        const struct pt_member *member = component->members[m];
        struct pt_projection *p = member->projection;
        if (member->hidden) {
            continue;
        }
        struct pt_outcome *outcome = &p->outcomes[s];
        outcome->end = end_of(run, scenario, p->last);
        outcome->linked = linked(component, m, &movers);
        for (size_t i = 0; i < n; i++) {
            outcome->n_levers += pt_lever_acts_on(&scenario->levers[i], p->subject);
        }
        status = keep(run, moves + m * n, n, &outcome->moved_by, err);
        if (run->options.attribution && status == PT_OK) {
            status = parts(run, p, outcome->moved_by, outcome, err);
        }
    }
    free(moves);
    return status;
}

enum pt_status pt_outcomes_make(struct pt_run *run, const struct pt_component *component,
                                struct pt_error *err)
{
    enum pt_status status = PT_OK;
    for (size_t m = 0; m < component->n && status == PT_OK; m++) {
        struct pt_projection *p = component->members[m]->projection;
        if (!component->members[m]->hidden) {
            status = memory(run, p, err);
            status = status == PT_OK ? unmoved(run, component->members[m], err) : status;
            if (status == PT_OK) {
                p->outcomes[0].end = end_of(run, NULL, p->last);
            }
        }
    }
    for (size_t s = 1; s <= run->n_scenarios && status == PT_OK; s++) {
        status = describe(run, component, s, err);
    }
    return status;
}

enum pt_status pt_outcomes_make_all(struct pt_run *run, const struct pt_cast *cast,
                                    struct pt_error *err)
{
    enum pt_status status = PT_OK;
    for (size_t i = 0; i < cast->n_components && status == PT_OK; i++) {
        status = pt_outcomes_make(run, &cast->components[i], err);
    }
    return status;
}

/* What nothing moves has the baseline's numbers. */
static void copy_baseline(const struct pt_projection *p, struct pt_outcome *outcome)
{
    const struct pt_outcome *base = &p->outcomes[0];
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

void pt_outcomes_finish(const struct pt_run *run, const struct pt_component *component)
{
    for (size_t m = 0; m < component->n; m++) {
        const struct pt_member *member = component->members[m];
        const struct pt_projection *p = member->projection;
        for (size_t s = 1; s <= run->n_scenarios && !member->hidden; s++) {
            struct pt_outcome *outcome = &p->outcomes[s];
            size_t from = member->moved_from[s] < p->n_years ? member->moved_from[s] : p->n_years;
            memcpy(outcome->bands, p->outcomes[0].bands, from * PT_BANDS * sizeof *outcome->bands);
            if (member->moved_from[s] == SIZE_MAX) {
                copy_baseline(p, outcome);
            } else {
                pt_parts_whole(p, outcome, run->options.draws);
            }
        }
    }
}
