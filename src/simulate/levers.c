#include <math.h>
#include <stdio.h>
#include <string.h>

#include "simulate/rows.h"

#define STREAM_NAME 300

/* The year index from which a lever or link may move something. */
static size_t moves_from(const struct pt_act *act)
{
    const struct pt_plan *plan = act->plan;
    size_t from = plan->n_before > 0 ? 0 : plan->n_years;
    for (size_t k = 0; k < plan->n_links; k++) {
        const struct pt_inflow *inflow = &act->inflows[k];
        if (inflow->deviation) { /* its own year index `from`, as an index here */
            int at = inflow->last + (int)inflow->from + plan->links[k]->delay - act->last;
            size_t there = at > 0 ? (size_t)at : 0;
            from = there < from ? there : from;
        }
    }
    for (size_t y = 0; y < from; y++) {
        for (size_t k = 0; k < plan->n_levers; k++) {
            if (plan->years[y * plan->n_levers + k].in_force) {
                return y;
            }
        }
    }
    return from;
}

/* Of ascending years the last not after `year`, else the first. */
static size_t index_of(const int *years, size_t n, int year)
{
    size_t i = 0;
    while (i + 1 < n && years[i + 1] <= year) {
        i++;
    }
    return i;
}

/* What was observed in the years that a plan looks back, held over holes and before the first. */
static enum pt_status observe(struct pt_act *act, struct pt_arena *arena, struct pt_error *err)
{
    const struct pt_subject *subject = act->subject;
    const struct pt_series *reference = &subject->reference;
    size_t n = act->plan->n_before, all = subject->n_before + subject->projected.n;
    act->observed = PT_NEW(arena, double, n + 1);
    act->observed_reference = PT_NEW(arena, double, n + 1);
    if (!act->observed || !act->observed_reference) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t y = 0; y < n; y++) {
        int year = act->last + 1 - (int)(n - y);
        act->observed[y] = subject->y_before[index_of(subject->year_before, all, year)];
        if (reference->n > 0) {
            act->observed_reference[y] =
                reference->y[index_of(reference->year, reference->n, year)];
        }
    }
    return PT_OK;
}

enum pt_status pt_act_new(const struct pt_member *member, const struct pt_plan *plan,
                          const struct pt_inflow *inflows, struct pt_arena *arena,
                          struct pt_act **out, struct pt_error *err)
{
    struct pt_act *act = PT_NEW(arena, struct pt_act, 1);
    size_t all = plan->n_levers + plan->n_links;
    if (!act) {
        return PT_RAISE_NOMEM(err);
    }
    act->subject = member->projection->subject;
    act->plan = plan;
    act->reference = member->baseline.reference ? member->baseline.reference + 1 : NULL;
    act->last = member->baseline.last;
    act->inflows = inflows;
    act->rows = pt_rows_best();
    act->from = moves_from(act);
    act->effects = PT_NEW(arena, const double *, all + 1);
    act->kept = PT_NEW(arena, bool, all + 1);
    act->cohorts = PT_NEW(arena, struct pt_cohort, all + 1);
    if (!act->effects || !act->kept || !act->cohorts) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t k = 0; k < all; k++) {
        act->cohorts[k].turnover = k < plan->n_levers ? plan->levers[k]->turnover
                                                      : plan->links[k - plan->n_levers]->turnover;
        act->looks_ahead |= k < plan->n_levers && plan->levers[k]->kind->looks_ahead;
        act->moves[k < plan->n_levers ? plan->on_reference[k]
                                      : plan->link_on_reference[k - plan->n_levers]] = true;
    }
    *out = act;
    return plan->n_before > 0 ? observe(act, arena, err) : PT_OK;
}

size_t pt_act_room(const struct pt_act *act)
{
    const struct pt_plan *plan = act->plan;
    size_t rows = plan->n_levers;
    for (size_t k = 0; k < plan->n_levers + plan->n_links; k++) {
        rows += act->cohorts[k].turnover > 0 ? 1 + plan->n_before + plan->n_years : 0;
    }
    return rows * PT_BLOCK;
}

void pt_link_draw(const struct pt_link *link, uint64_t seed, uint64_t first, size_t n,
                  double *effects)
{
    double u[PT_BLOCK], v[PT_BLOCK];
    char name[STREAM_NAME];
    snprintf(name, sizeof name, "link:%s", link->id);
    struct pt_stream stream = pt_stream_open(seed, name);
    pt_stream_uniforms(&stream, first, n, 0, u, v);
    for (size_t i = 0; i < n; i++) {
        effects[i] = pt_effect_draw(&link->effect, u[i], v[i]);
    }
}

/* Adds a row of shifts. What closes is told from what widens draw by draw: the sign of an effect
 * may be uncertain. */
static void add_shift(struct pt_act *act, bool reference, bool may_overshoot, size_t n,
                      const double *D)
{
    int better = act->subject->indicator->better;
    double towards = reference ? -better : better;
    double *total = act->shift->total[reference], *whole = act->shift->whole[reference];
    if (may_overshoot) {
        act->rows->add_whole(n, D, total, whole);
    } else {
        act->rows->add_closing(n, towards, D, total, whole, act->shift->closing[reference]);
    }
}

static bool any(size_t n, const double *x)
{
    for (size_t i = 0; i < n; i++) {
        if (x[i] != 0) {
            return true;
        }
    }
    return false;
}

static void add_link(struct pt_act *act, size_t k, size_t y, size_t n)
{
    const struct pt_link *link = act->plan->links[k];
    const struct pt_inflow *inflow = &act->inflows[k];
    size_t slot = act->plan->n_levers + k;
    const double *effects = act->effects[slot];
    int from = act->last + 1 + (int)y - link->delay - (inflow->last + 1); /* its year index */
    const double *deviation = from >= 0 ? inflow->deviation + (size_t)from * PT_BLOCK : NULL;
    double D[PT_BLOCK], entrants[PT_BLOCK];
    for (size_t i = 0; i < n; i++) {
        D[i] = deviation ? effects[i] * deviation[i] : 0;
    }
    bool of_entrants = act->cohorts[slot].turnover > 0;
    if (of_entrants) {
        pt_cohort_year(&act->cohorts[slot], act->plan->n_before + y, n, D, entrants);
    }
    add_shift(act, act->plan->link_on_reference[k], false, n, of_entrants ? entrants : D);
}

/* A row of shifts starts from nothing where anything acts; the others stay what they are. */
static void clear(struct pt_act *act, size_t n)
{
    struct pt_shift *shift = act->shift;
    for (int r = 0; r < 2; r++) {
        if (act->moves[r]) {
            memset(shift->total[r], 0, n * sizeof *shift->total[r]);
            memset(shift->whole[r], 0, n * sizeof *shift->whole[r]);
            memset(shift->closing[r], 0, n * sizeof *shift->closing[r]);
        }
    }
}

/* One year of the levers: `row` of the plan, year `index` of the cohorts. */
static void add_levers(struct pt_act *act, const struct pt_lever_year *row, size_t index,
                       double reference, size_t n, const double *x)
{
    static const double nothing[PT_BLOCK];
    const struct pt_plan *plan = act->plan;
    double remaining[2][PT_BLOCK], entrants[PT_BLOCK];
    if (act->looks_ahead) { /* the shifts are still those of the year before */
        memset(remaining, 0, sizeof remaining);
        pt_move_remaining(act->subject, reference, act->shift, n, x, remaining[0], remaining[1]);
    }
    clear(act, n);
    for (size_t k = 0; k < plan->n_levers; k++) {
        const struct pt_lever *lever = plan->levers[k];
        double *D = act->accumulated + k * PT_BLOCK;
        const double *effects = act->effects[k] + (act->kept[k] ? act->first : 0);
        lever->kind->step(&row[k], n, effects,
                          act->looks_ahead ? remaining[plan->on_reference[k]] : nothing, D);
        if (act->cohorts[k].turnover > 0) {
            pt_cohort_year(&act->cohorts[k], index, n, row[k].in_force ? D : NULL, entrants);
            D = entrants;
        }
        add_shift(act, plan->on_reference[k], lever->may_overshoot, n, D);
    }
}

void pt_act_start(struct pt_act *act, uint64_t first, size_t n, double *room,
                  struct pt_shift *shift)
{
    const struct pt_plan *plan = act->plan;
    size_t years = 1 + plan->n_before + plan->n_years;
    act->first = first;
    act->accumulated = room;
    memset(room, 0, plan->n_levers * PT_BLOCK * sizeof *room);
    room += plan->n_levers * PT_BLOCK;
    for (size_t k = 0; k < plan->n_levers + plan->n_links; k++) {
        struct pt_cohort *cohort = &act->cohorts[k];
        if (cohort->turnover > 0) {
            pt_cohort_start(cohort, cohort->turnover, room, plan->n_before + act->from);
            room += years * PT_BLOCK;
        }
    }
    act->shift = shift;
    memset(shift, 0, sizeof *shift);
    for (size_t y = 0; y < plan->n_before; y++) {
        double x[PT_BLOCK];
        for (size_t i = 0; i < n; i++) {
            x[i] = act->observed[y];
        }
        add_levers(act, plan->before + y * plan->n_levers, y, act->observed_reference[y], n, x);
    }
}

void pt_act_year(struct pt_act *act, size_t y, size_t n, const double *x)
{
    const struct pt_plan *plan = act->plan;
    struct pt_shift *shift = act->shift;
    if (y < act->from) {
        return;
    }
    add_levers(act, plan->years + y * plan->n_levers, plan->n_before + y,
               act->reference ? act->reference[y] : 0, n, x);
    for (size_t k = 0; k < plan->n_links; k++) {
        if (act->inflows[k].deviation) {
            add_link(act, k, y, n);
        }
    }
    shift->reference_moves =
        act->moves[1] && (any(n, shift->whole[1]) || any(n, shift->closing[1]));
    shift->moves = shift->reference_moves ||
                   (act->moves[0] && (any(n, shift->whole[0]) || any(n, shift->closing[0])));
}
