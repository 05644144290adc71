#include "scenario/kinds.h"

static double proportional(const struct pt_lever *lever, double drawn)
{
    return drawn * lever->increase / lever->effect_increase;
}

const struct pt_lever_kind pt_lever_kind_resources = {
    .name = "resources",
    .title = PT_N("more or fewer resources; a level in proportion to a known effect"),
    .formula = "E = E0 R / R0, D(t) = r E ramp(t)",
    .keys = "increase, effect-at",
    .keep = 0,
    .full_effect = proportional,
    .step = pt_lever_step_level,
};
