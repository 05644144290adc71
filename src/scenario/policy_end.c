#include <limits.h>

#include <paritet/scenario.h>

/* A lever that stays in force has no end, and neither has the policy that it is part of. */
static int last_until(const struct pt_scenario *scenario)
{
    int until = scenario != NULL && scenario->n_levers > 0 ? INT_MIN : INT_MAX;
    for (size_t i = 0; scenario != NULL && i < scenario->n_levers; i++) {
        until = scenario->levers[i].until > until ? scenario->levers[i].until : until;
    }
    return until;
}

int pt_policy_end(const struct pt_model *model, const struct pt_scenario *scenario, int last,
                  int horizon)
{
    int until = last_until(scenario), end = model->policy_to > last ? model->policy_to : horizon;
    if (model->policy_to <= last && until != INT_MAX && until > last) {
        end = until;
    }
    return end < horizon ? end : horizon;
}
