#include "scenario/kinds.h"

static void step(double share, double ramp, bool in_force, double keep, size_t n, const double *E,
                 double *D)
{
    for (size_t i = 0; i < n; i++) {
        D[i] = in_force ? D[i] + share * ramp * E[i] : keep * D[i];
    }
}

const struct pt_lever_kind pt_lever_kind_pace = {
    .name = "pace",
    .title = PT_N("adds to the yearly change of the figure"),
    .formula = "D(t) = D(t-1) + r E ramp(t)",
    .keys = "effect",
    .per_year = true,
    .keep = 1,
    .full_effect = pt_lever_as_drawn,
    .step = step,
};
