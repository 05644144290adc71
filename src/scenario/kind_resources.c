#include <math.h>

#include "scenario/kinds.h"

static double proportional(const struct pt_lever *lever, double drawn)
{
    return drawn * lever->increase / lever->effect_increase;
}

static double diminishing(const struct pt_lever *lever, double drawn)
{
    return drawn * log1p(lever->increase) / log1p(lever->effect_increase);
}

/* An effect drawn beyond the maximum is held just below it, where atanh is still finite. */
static double saturating(const struct pt_lever *lever, double drawn)
{
    const double most = 1 - 1e-12;
    double part = fmin(fmax(drawn / lever->maximum, -most), most);
    return lever->maximum * tanh(atanh(part) * lever->increase / lever->effect_increase);
}

static const struct pt_response responses[] = {
    { "proportional", PT_N("twice the increase has twice the effect"), "E0 R / R0", false, true,
      proportional },
    { "diminishing", PT_N("each further increase has less effect"), "E0 ln(1+R) / ln(1+R0)", false,
      true, diminishing },
    { "saturating", PT_N("the effect approaches a maximum"), "a tanh(atanh(E0/a) R / R0)", true,
      false, saturating },
};
const struct pt_response *const pt_responses[] = { &responses[0], &responses[1], &responses[2],
                                                   NULL };

static double full_effect(const struct pt_lever *lever, double drawn)
{
    return lever->response->full_effect(lever, drawn);
}

const struct pt_lever_kind pt_lever_kind_resources = {
    .name = "resources",
    .title = PT_N("more or fewer resources; a level by a known effect"),
    .formula = PT_N("E from E0 at R0 by the response, D(t) = r E ramp(t)"),
    .needs = "increase, effect-at",
    .takes = "response, " PT_KEYS_OF_EFFECTS,
    .effect_in = PT_EFFECT_POINTS,
    .reaches = true,
    .keep = 0,
    .full_effect = full_effect,
    .step = pt_lever_step_level,
};
