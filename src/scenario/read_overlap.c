#include <string.h>

#include "scenario/read_file.h"

/* Reaches are read from decimal text: 0.35 + 0.65 may pass 1 by a rounding. */
#define REACH_SLACK 1e-9

bool pt_levers_meet(const struct pt_lever *a, const struct pt_lever *b)
{
    if (a->indicator == NULL || a->group == NULL || b->indicator == NULL || b->group == NULL) {
        return false;
    }
    return strcmp(a->indicator, b->indicator) == 0 && strcmp(a->group, b->group) == 0 &&
           (a->place == NULL || b->place == NULL || strcmp(a->place, b->place) == 0);
}

bool pt_levers_overlap(const struct pt_lever *a, const struct pt_lever *b)
{
    bool reach = (a->kind == NULL || a->kind->reaches) && (b->kind == NULL || b->kind->reaches);
    return reach && pt_levers_meet(a, b);
}

static bool in_force(const struct pt_lever *lever, int year)
{
    return lever->start + lever->delay <= year && year <= lever->until;
}

static const struct pt_node *reach_of(const struct pt_file_lever *from)
{
    return from->own.reach.at != NULL ? from->own.reach.at : pt_file_lever_head(from);
}

/* The reaches of levers on one group in one year; sums change only where a lever begins. */
static bool check_sum(struct pt_checker *c, const struct pt_file_scenario *file,
                      const struct pt_scenario *scenario, size_t i)
{
    const struct pt_lever *lever = &scenario->levers[i];
    int year = lever->start + lever->delay;
    const struct pt_node *at = reach_of(&LEVERS(file)[lever->entry]);
    double sum = 0;
    for (size_t k = 0; k < scenario->n_levers; k++) {
        const struct pt_lever *other = &scenario->levers[k];
        if ((k == i || pt_levers_overlap(lever, other)) && in_force(other, year)) {
            const struct pt_node *reach = reach_of(&LEVERS(file)[other->entry]);
            sum += other->reach;
            /* where the file itself has one of them, it can be lowered there */
            at = strcmp(at->spot.source->path, scenario->path) == 0 ? at : reach;
        }
    }
    if (sum > 1 + REACH_SLACK) {
        pt_spot_report(c->list, PT_ERROR, &at->spot,
                       "levers on '%s' of '%s' reach %.0f %% of the group in %d; different people "
                       "are at most 100 %%: lower 'reach', or write 'overlap: independent'",
                       lever->group, lever->indicator, 100 * sum, year);
        return false;
    }
    return true;
}

/* Two straight lines to two values, added, lead to neither. */
static void check_targets(struct pt_checker *c, const struct pt_scenario *scenario, size_t i,
                          const struct pt_node *at)
{
    const struct pt_lever *lever = &scenario->levers[i];
    for (size_t k = 0; k < i; k++) {
        const struct pt_lever *other = &scenario->levers[k];
        if (lever->kind != NULL && other->kind == lever->kind && lever->kind->path != NULL &&
            other->entry != lever->entry && pt_levers_meet(other, lever)) {
            pt_spot_report(c->list, PT_ERROR, &at->spot,
                           "'%s' and '%s' both lead '%s' of '%s' to a value; keep one of them",
                           other->id != NULL ? other->id : "?", lever->id, lever->group,
                           lever->indicator);
            return;
        }
    }
}

/* The first lever before this one that some of the same people may be reached by; i: none. */
static size_t meets(const struct pt_scenario *scenario, size_t i)
{
    size_t k = 0;
    while (k < i && !(scenario->levers[k].entry != scenario->levers[i].entry &&
                      pt_levers_overlap(&scenario->levers[k], &scenario->levers[i]))) {
        k++;
    }
    return k;
}

void pt_file_overlap_check(struct pt_checker *c, const struct pt_file_scenario *file,
                           const struct pt_scenario *scenario)
{
    const struct pt_node *written = pt_node_find(file->at, "overlap");
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        const struct pt_file_lever *from = &LEVERS(file)[lever->entry];
        size_t k = meets(scenario, i);
        if (k < i && written == NULL && from->id.at != NULL) {
            pt_spot_report(c->list, PT_ERROR, &from->id.at->spot,
                           "'%s' and '%s' act on one group; say how they meet: 'overlap: "
                           "independent', 'additive' (different people) or 'nested' (the same)",
                           scenario->levers[k].id != NULL ? scenario->levers[k].id : "?",
                           lever->id);
            return;
        }
        if (scenario->overlap == PT_OVERLAP_ADDITIVE && from->start.at != NULL &&
            (lever->kind == NULL || lever->kind->reaches)) {
            if (!check_sum(c, file, scenario, i)) {
                return;
            }
        }
        check_targets(c, scenario, i, pt_file_lever_head(from));
    }
}
