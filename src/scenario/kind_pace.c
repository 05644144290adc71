#include "scenario/kinds.h"

static void step(const struct pt_lever_year *year, size_t n, const double *E,
                 const double *remaining, double *D)
{
    (void)remaining;
    const double share = year->in_force ? year->share * year->ramp : 0;
    const double keep = year->in_force ? 1 : year->keep;
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        D[i] = keep * D[i] + share * E[i];
    }
}

const struct pt_lever_kind pt_lever_kind_pace = {
    .name = "pace",
    .title = PT_N("adds to the yearly change of the figure"),
    .formula = "D(t) = D(t-1) + r E ramp(t)",
    .needs = "effect",
    .takes = PT_KEYS_OF_EFFECTS,
    .effect_in = PT_EFFECT_POINTS_YEAR,
    .reaches = true,
    .keep = 1,
    .full_effect = pt_lever_as_drawn,
    .step = step,
};
