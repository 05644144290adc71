#include "base/distributions.h"

#include <string.h>

const struct pt_distribution *const pt_distributions[] = {
#define X(card) &(card),
#include "base/distributions.def"
#undef X
    NULL,
};

const struct pt_distribution *pt_distribution_find(const char *name)
{
    for (size_t i = 0; pt_distributions[i] != NULL; i++) {
        if (strcmp(pt_distributions[i]->name, name) == 0) {
            return pt_distributions[i];
        }
    }
    return NULL;
}

double pt_effect_draw(const struct pt_effect *effect, double u, double v)
{
    if (effect->distribution == NULL || v < effect->chance_of_none) {
        return 0.0;
    }
    return effect->distribution->quantile(effect->par, u);
}

double pt_effect_mean(const struct pt_effect *effect)
{
    if (effect->distribution == NULL) {
        return 0.0;
    }
    return (1.0 - effect->chance_of_none) * effect->distribution->mean(effect->par);
}

double pt_confidence_chance_of_none(enum pt_confidence confidence)
{
    static const double chances[] = { 0, 0.10, 0.25 };
    return chances[confidence];
}
