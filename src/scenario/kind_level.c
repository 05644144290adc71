#include "scenario/kinds.h"

double pt_lever_as_drawn(const struct pt_lever *lever, double drawn)
{
    (void)lever;
    return drawn;
}

void pt_lever_step_level(double share, double ramp, bool in_force, double keep, size_t n,
                         const double *E, double *D)
{
    for (size_t i = 0; i < n; i++) {
        D[i] = in_force ? share * ramp * E[i] : keep * D[i];
    }
}

const struct pt_lever_kind pt_lever_kind_level = {
    .name = "level",
    .title = PT_N("shifts the level of the figure"),
    .formula = "D(t) = r E ramp(t)",
    .keys = "effect",
    .keep = 0,
    .full_effect = pt_lever_as_drawn,
    .step = pt_lever_step_level,
};
