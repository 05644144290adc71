#include <math.h>
#include <string.h>

#include "scenario/kinds.h"

static double no_effect(const struct pt_lever *lever, double drawn)
{
    (void)lever;
    (void)drawn;
    return 0;
}

/* The median of the figure that the lever moves, in the year `index` of the baseline. */
static double figure(const struct pt_subject *subject, const struct pt_baseline *baseline,
                     size_t index, bool on_reference)
{
    double reference = baseline->reference ? baseline->reference[index] : 0;
    return on_reference ? reference
                        : pt_subject_figure(subject, baseline->median[index], reference);
}

static double path(const struct pt_lever *lever, const struct pt_subject *subject,
                   const struct pt_baseline *baseline, size_t index)
{
    size_t most = baseline->to_horizon + baseline->after;
    int first = lever->start + lever->delay;
    size_t from = first > baseline->last ? (size_t)(first - baseline->last) : 0;
    size_t to = lever->by > baseline->last ? (size_t)(lever->by - baseline->last) : 0;
    size_t at = index < to ? index : to; /* from `by` on the shift stays */
    if (index < from || from > most || at > most) {
        return 0;
    }
    bool on_reference = baseline->reference && strcmp(lever->group, subject->indicator->group) != 0;
    double start = figure(subject, baseline, from, on_reference);
    double way = lever->value - start;
    double line =
        to > from ? start + way * (double)(at - from) / (double)(to - from) : lever->value;
    double shift = line - figure(subject, baseline, at, on_reference);
    return way >= 0 ? fmax(0, shift) : fmin(0, shift);
}

static void step(const struct pt_lever_year *year, size_t n, const double *E,
                 const double *remaining, double *D)
{
    (void)E;
    (void)remaining;
    for (size_t i = 0; i < n; i++) {
        D[i] = year->in_force ? year->path : year->keep * D[i];
    }
}

const struct pt_lever_kind pt_lever_kind_reach_target = {
    .name = "reach-target",
    .title = PT_N("takes the middle of the futures in a straight line to a value"),
    .formula = PT_N("D(t) = line(t) - median(t), never away from the value"),
    .needs = "value, by",
    .takes = "may-overshoot",
    .effect_in = PT_EFFECT_NONE,
    .reaches = false,
    .keep = 0,
    .full_effect = no_effect,
    .path = path,
    .step = step,
};
