#include <math.h>
#include <stdio.h>
#include <string.h>

#include "simulate/simulate.h"

#define STREAM_NAME 300

enum pt_status pt_act_new(const struct pt_member *member, const struct pt_plan *plan,
                          const struct pt_inflow *inflows, const struct pt_batch *batch,
                          struct pt_arena *arena, struct pt_act **out, struct pt_error *err)
{
    struct pt_act *act = PT_NEW(arena, struct pt_act, 1);
    size_t all = plan->n_levers + plan->n_links, n_sums = 0;
    if (!act) {
        return PT_RAISE_NOMEM(err);
    }
    act->subject = member->projection->subject;
    act->plan = plan;
    act->reference = member->baseline.reference ? member->baseline.reference + 1 : NULL;
    act->last = member->baseline.last;
    act->inflows = inflows;
    act->drawn = PT_NEW(arena, double, all *PT_BLOCK + 1);
    act->known = PT_NEW(arena, const double *, plan->n_levers + 1);
    act->effects = PT_NEW(arena, const double *, all + 1);
    act->accumulated = PT_NEW(arena, double, plan->n_levers *PT_BLOCK + 1);
    act->cohorts = PT_NEW(arena, struct pt_cohort, all + 1);
    for (size_t k = 0; k < all && act->cohorts; k++) {
        double turnover = k < plan->n_levers ? plan->levers[k]->turnover
                                             : plan->links[k - plan->n_levers]->turnover;
        if (turnover > 0) {
            act->cohorts[k].sums = PT_NEW(arena, double, (1 + plan->n_years) * PT_BLOCK);
            act->cohorts[k].turnover = turnover;
            n_sums += act->cohorts[k].sums == NULL;
        }
        act->looks_ahead |= k < plan->n_levers && plan->levers[k]->kind->looks_ahead;
    }
    if (!act->drawn || !act->known || !act->effects || !act->accumulated || !act->cohorts ||
        n_sums > 0) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t k = 0; k < plan->n_levers; k++) {
        act->known[k] = pt_batch_effects(batch, plan->levers[k]);
    }
    *out = act;
    return PT_OK;
}

static void draw_link(const struct pt_link *link, uint64_t seed, uint64_t first, size_t n,
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

void pt_act_start(struct pt_act *act, uint64_t seed, uint64_t first, size_t n)
{
    const struct pt_plan *plan = act->plan;
    for (size_t k = 0; k < plan->n_levers; k++) {
        double *drawn = act->drawn + k * PT_BLOCK;
        if (!act->known[k]) {
            pt_lever_draw(plan->levers[k], seed, first, n, drawn);
        }
        act->effects[k] = act->known[k] ? act->known[k] + first : drawn;
    }
    for (size_t k = 0; k < plan->n_links; k++) {
        double *drawn = act->drawn + (plan->n_levers + k) * PT_BLOCK;
        if (act->inflows[k].deviation) {
            draw_link(plan->links[k], seed, first, n, drawn);
        }
        act->effects[plan->n_levers + k] = drawn;
    }
    for (size_t k = 0; k < plan->n_levers + plan->n_links; k++) {
        struct pt_cohort *cohort = &act->cohorts[k];
        if (cohort->sums) {
            pt_cohort_start(cohort, cohort->turnover, cohort->sums, n);
        }
    }
    memset(act->accumulated, 0, plan->n_levers * PT_BLOCK * sizeof *act->accumulated);
    memset(&act->shift, 0, sizeof act->shift);
}

/* Adds a row of shifts. What closes is told from what widens draw by draw: the sign of an effect
 * may be uncertain. */
static void add_shift(struct pt_act *act, bool reference, bool may_overshoot, size_t n,
                      const double *restrict D)
{
    int better = act->subject->indicator->better;
    double towards = reference ? -better : better;
    double *restrict total = act->shift.total[reference];
    double *restrict whole = act->shift.whole[reference];
    double *restrict closing = act->shift.closing[reference];
    if (may_overshoot) {
#pragma omp simd
        for (size_t i = 0; i < n; i++) {
            total[i] += D[i];
            whole[i] += D[i];
        }
    } else {
#pragma omp simd
        for (size_t i = 0; i < n; i++) {
            double closes = 0.5 * (D[i] + towards * fabs(D[i])); /* D or 0, without a branch */
            total[i] += D[i];
            closing[i] += closes;
            whole[i] += D[i] - closes;
        }
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
    if (act->cohorts[slot].sums) {
        pt_cohort_year(&act->cohorts[slot], y, n, D, entrants);
    }
    add_shift(act, act->plan->link_on_reference[k], false, n,
              act->cohorts[slot].sums ? entrants : D);
}

void pt_act_year(struct pt_act *act, size_t y, size_t n, const double *x)
{
    const struct pt_plan *plan = act->plan;
    struct pt_shift *shift = &act->shift;
    double remaining[2][PT_BLOCK], entrants[PT_BLOCK];
    memset(remaining, 0, sizeof remaining);
    if (act->looks_ahead) { /* the shifts are still those of the year before */
        pt_move_remaining(act->subject, act->reference ? act->reference[y] : 0, shift, n, x,
                          remaining[0], remaining[1]);
    }
    memset(shift, 0, sizeof *shift);
    for (size_t k = 0; k < plan->n_levers; k++) {
        const struct pt_lever *lever = plan->levers[k];
        const struct pt_lever_year *year = &plan->years[y * plan->n_levers + k];
        double *D = act->accumulated + k * PT_BLOCK;
        lever->kind->step(year, n, act->effects[k], remaining[plan->on_reference[k]], D);
        if (act->cohorts[k].sums) {
            pt_cohort_year(&act->cohorts[k], y, n, year->in_force ? D : NULL, entrants);
            D = entrants;
        }
        add_shift(act, plan->on_reference[k], lever->may_overshoot, n, D);
    }
    for (size_t k = 0; k < plan->n_links; k++) {
        if (act->inflows[k].deviation) {
            add_link(act, k, y, n);
        }
    }
    shift->reference_moves = any(n, shift->whole[1]) || any(n, shift->closing[1]);
    shift->moves = shift->reference_moves || any(n, shift->whole[0]) || any(n, shift->closing[0]);
}
