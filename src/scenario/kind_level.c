#include "scenario/kinds.h"

double pt_lever_as_drawn(const struct pt_lever *lever, double drawn)
{
    (void)lever;
    return drawn;
}

void pt_lever_step_level(const struct pt_lever_year *year, size_t n, const double *E,
                         const double *remaining, double *D)
{
    (void)remaining;
    const double share = year->in_force ? year->share * year->ramp : 0;
    const double keep = year->in_force ? 0 : year->keep;
#pragma omp simd
    for (size_t i = 0; i < n; i++) {
        D[i] = keep * D[i] + share * E[i];
    }
}

const struct pt_lever_kind pt_lever_kind_level = {
    .name = "level",
    .title = PT_N("shifts the level of the figure"),
    .formula = "D(t) = r E ramp(t)",
    .needs = "effect",
    .takes = PT_KEYS_OF_EFFECTS,
    .effect_in = PT_EFFECT_POINTS,
    .reaches = true,
    .keep = 0,
    .full_effect = pt_lever_as_drawn,
    .step = pt_lever_step_level,
};
