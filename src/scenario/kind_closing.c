#include "scenario/kinds.h"

static void step(const struct pt_lever_year *year, size_t n, const double *E,
                 const double *remaining, double *D)
{
    const double share = year->in_force ? year->share * year->ramp / 100 : 0;
    const double keep = year->in_force ? 1 : year->keep;
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        D[i] = keep * D[i] + share * E[i] * remaining[i];
    }
}

const struct pt_lever_kind pt_lever_kind_closing = {
    .name = "closing",
    .title = PT_N("closes a share of the gap that remains, every year"),
    .formula = PT_N("D(t) = D(t-1) + r E/100 ramp(t) max(0, remaining gap)"),
    .needs = "effect",
    .takes = "reach, ramp, confidence",
    .effect_in = PT_EFFECT_PERCENT_YEAR,
    .reaches = true,
    .looks_ahead = true,
    .keep = 1,
    .full_effect = pt_lever_as_drawn,
    .step = step,
};
