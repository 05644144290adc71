/* Is an assumed link of a size that anyone should believe? */
#include <math.h>
#include <paritet/input.h>
#include <string.h>

#include "scenario/size.h"

/* Figures are decimal text: 61.4 - 60.2 may pass 1.2 by a rounding. */
#define SLACK       1e-9
#define NEARLY_NONE 1e-6

struct history {
    double change; /* largest between any two years, at any place; NAN: none */
    int years;     /* that the figures span */
};

static struct history look(const struct pt_model *model, const struct pt_indicator *indicator,
                           const char *group)
{
    struct history history = { NAN, 0 };
    for (size_t i = 0; i < pt_data_count(model->data); i++) {
        const struct pt_observed *o = pt_data_series(model->data, i);
        if (o->n == 0 || strcmp(o->indicator, indicator->series) != 0 ||
            strcmp(o->group, group) != 0) {
            continue;
        }
        int years = o->observations[o->n - 1].year - o->observations[0].year;
        history.change = fmax(history.change, pt_largest_change(indicator, o, years));
        history.years = years > history.years ? years : history.years;
    }
    return history;
}

void pt_link_size(const struct pt_model *model, const struct pt_link *link,
                  const struct pt_indicator *from, const struct pt_indicator *to,
                  struct pt_diagnostics *list)
{
    const struct pt_distribution *card = link->effect.distribution;
    struct pt_spot spot = pt_spot_of(model->source, &link->effect_at);
    if (card->quantile(link->effect.par, NEARLY_NONE) == 0 &&
        card->quantile(link->effect.par, 1 - NEARLY_NONE) == 0) {
        pt_spot_report(list, PT_NOTICE, &spot,
                       "'%s' has an effect of 0, so nothing follows in '%s'; write its size, or "
                       "leave the link out",
                       link->id, to->id);
        return;
    }
    struct history cause = look(model, from, from->group);
    struct history own = look(model, to, link->group != NULL ? link->group : to->group);
    /* in so many years no more of the group are new */
    double entered = link->turnover > 0 ? fmin(1, link->turnover * cause.years) : 1;
    double moved = entered * fabs(card->mean(link->effect.par)) * cause.change;
    if (moved > own.change + SLACK) {
        pt_spot_report(list, PT_WARNING, &spot,
                       "'%s' moves '%s' by %.3g when '%s' changes as much as it ever has (%.3g), "
                       "which is more than '%s' has ever changed (%.3g); is the effect right?",
                       link->id, to->id, moved, from->id, cause.change, to->id, own.change);
    }
}
