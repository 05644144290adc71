#include <math.h>
#include <stdio.h>
#include <string.h>

#include "simulate/simulate.h"

#define STREAM_NAME 300

void pt_lever_block_start(struct pt_lever_block *block, uint64_t seed, uint64_t first, size_t n)
{
    double u[PT_BLOCK], v[PT_BLOCK];
    for (size_t k = 0; k < block->plan->n_levers; k++) {
        const struct pt_lever *lever = block->plan->levers[k];
        char name[STREAM_NAME];
        snprintf(name, sizeof name, "lever:%s", lever->id);
        struct pt_stream stream = pt_stream_open(seed, name);
        pt_stream_uniforms(&stream, first, n, 0, u, v);
        double *E = block->effects + k * PT_BLOCK;
        for (size_t i = 0; i < n; i++) {
            E[i] = lever->kind->full_effect(lever, pt_effect_draw(&lever->effect, u[i], v[i]));
        }
        memset(block->shifts + k * PT_BLOCK, 0, n * sizeof *block->shifts);
    }
}

void pt_lever_block_year(struct pt_lever_block *block, size_t y, size_t n)
{
    const struct pt_plan *plan = block->plan;
    for (size_t k = 0; k < plan->n_levers; k++) {
        double remaining[PT_BLOCK] = { 0 };
        plan->levers[k]->kind->step(&plan->years[y * plan->n_levers + k], n,
                                    block->effects + k * PT_BLOCK, remaining,
                                    block->shifts + k * PT_BLOCK);
    }
}

static double within(double x, const struct pt_series *figure)
{
    return fmin(fmax(x, figure->lower), figure->upper);
}

/* A figure inside its bounds, and for measures with logarithms a hair inside the open ones, so
 * that an effect that takes it to the bound closes a gap instead of leaving the domain. */
static double inside(const struct pt_gap_measure *measure, double x,
                     const struct pt_subject *subject, bool reference)
{
    const struct pt_series *figure = reference ? &subject->reference : &subject->group;
    double hair = measure->domain ? 1e-6 * subject->scale : 0;
    return fmin(fmax(x, figure->lower + hair), figure->upper - hair);
}

/* METHODS 7: the change of the gap when the figure that gives this draw's gap moves. No joint law
 * of the two groups is assumed: the reference stands at its median. */
static double moved_gap(const struct pt_subject *subject, double gap, double r, double shift,
                        double reference_shift)
{
    const struct pt_indicator *indicator = subject->indicator;
    const struct pt_gap_measure *measure = indicator->gap;
    int s = indicator->better;
    double m = inside(measure, measure->inverse(gap, r, s, subject->scale), subject, false);
    double m1 = inside(measure, m + shift, subject, false);
    double r0 = inside(measure, r, subject, true);
    double r1 = inside(measure, r + reference_shift, subject, true);
    return gap + measure->gap(m1, r1, s, subject->scale) - measure->gap(m, r0, s, subject->scale);
}

static double moved(const struct pt_lever_block *block, size_t y, double x, double shift,
                    double reference_shift)
{
    const struct pt_subject *subject = block->subject;
    double gap = pt_subject_gap(subject, x), changed;
    if (subject->kind == PT_SUBJECT_TWO_GROUPS) {
        changed = moved_gap(subject, gap, block->reference[y], shift, reference_shift);
    } else {
        double figure = within(x + shift, &subject->projected);
        if (subject->kind != PT_SUBJECT_GIVEN) {
            return figure; /* no parity to stop at; a target may be passed */
        }
        changed = pt_subject_gap(subject, figure);
    }
    /* parity clip: what closes takes the gap to 0 and no further; what widens counts whole */
    double closing = gap - changed;
    if (closing > 0) {
        closing = fmin(closing, fmax(0, gap));
    }
    return closing == 0 ? x : x - subject->gap_sign * closing;
}

void pt_lever_block_apply(const struct pt_lever_block *block, size_t y, size_t n, const double *x,
                          double *out)
{
    const struct pt_plan *plan = block->plan;
    for (size_t i = 0; i < n; i++) {
        double shift = 0, reference_shift = 0;
        for (size_t k = 0; k < plan->n_levers; k++) {
            double D = block->shifts[k * PT_BLOCK + i];
            if (plan->on_reference[k]) {
                reference_shift += D;
            } else {
                shift += D;
            }
        }
        out[i] = shift == 0 && reference_shift == 0 ? x[i]
                                                    : moved(block, y, x[i], shift, reference_shift);
    }
}
