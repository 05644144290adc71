#include <string.h>

#include <paritet/scenario.h>

#define PT_LEVER(name) extern const struct pt_lever_kind pt_lever_kind_##name;
#include "scenario/kinds.def"
#undef PT_LEVER

#define PT_LEVER(name) &pt_lever_kind_##name,
const struct pt_lever_kind *const pt_lever_kinds[] = {
#include "scenario/kinds.def"
    NULL
};
#undef PT_LEVER

const struct pt_lever_kind *pt_lever_kind_find(const char *name)
{
    for (size_t i = 0; pt_lever_kinds[i]; i++) {
        if (strcmp(pt_lever_kinds[i]->name, name) == 0) {
            return pt_lever_kinds[i];
        }
    }
    return NULL;
}

int pt_lever_direction(const struct pt_lever *lever, const struct pt_indicator *indicator)
{
    double mean = lever->kind->full_effect(lever, pt_effect_mean(&lever->effect));
    if (lever->kind->effect_in == PT_EFFECT_PERCENT_YEAR) {
        return (mean > 0) - (mean < 0); /* of the gap, whoever moves */
    }
    bool on_reference = indicator->reference && strcmp(lever->group, indicator->reference) == 0;
    double closing = mean * indicator->better * (on_reference ? -1 : 1);
    return (closing > 0) - (closing < 0);
}
