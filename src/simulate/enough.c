#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/simulate.h"

/* Years that the answer names, of every outcome with a question. */
static const double year_levels[] = { .10, .50, .90 };
#define LEVELS (sizeof year_levels / sizeof *year_levels)

static double error_of(uint64_t count, uint64_t draws)
{
    double p = (double)count / (double)draws;
    return 100 * sqrt(p * (1 - p) / (double)draws);
}

/* The largest Monte Carlo error of a headline chance, in percentage points. */
static double worst_error(const struct pt_run *run)
{
    double worst = 0;
    for (size_t i = 0; i < run->n_projections; i++) {
        const struct pt_projection *p = &run->projections[i];
        for (size_t s = 0; s < p->n_outcomes; s++) {
            const struct pt_outcome *outcome = &p->outcomes[s];
            const uint64_t *first = outcome->events[PT_EVENT_SUSTAINED].count;
            uint64_t draws = run->options.draws;
            worst = p->has_question ? fmax(worst, error_of(first[p->n_years + 1], draws)) : worst;
            worst = fmax(worst, error_of(outcome->by_target, draws));
        }
    }
    return worst;
}

/* Years after the last observed one: 0 already, n_years + 1 never. */
static int years_of(const struct pt_projection *p, const struct pt_outcome *outcome, double level)
{
    int year = pt_parity_quantile(&outcome->events[PT_EVENT_SUSTAINED], p->n_years, p->last, level);
    return year == INT_MIN ? 0 : year == INT_MAX ? (int)p->n_years + 1 : year - p->last;
}

/* Whether no year moved by more than one since the run before (years; NULL: there was none), whose
 * years are replaced. */
static bool settled(const struct pt_run *run, int *years, bool compares)
{
    bool still = true;
    for (size_t i = 0; i < run->n_projections; i++) {
        const struct pt_projection *p = &run->projections[i];
        for (size_t s = 0; s < p->n_outcomes && p->has_question; s++) {
            for (size_t q = 0; q < LEVELS; q++) {
                int now = years_of(p, &p->outcomes[s], year_levels[q]);
                still = still && compares && abs(now - *years) <= 1;
                *years++ = now;
            }
        }
    }
    return still;
}

enum pt_status pt_cast_simulate_enough(struct pt_run *run, const struct pt_cast *cast,
                                       const struct pt_hooks *hooks, struct pt_diagnostics *list,
                                       struct pt_error *err)
{
    static const struct pt_place nowhere;
    int *years = calloc(run->n_projections * (1 + run->n_scenarios) * LEVELS + 1, sizeof *years);
    enum pt_status status = years ? PT_OK : PT_RAISE_NOMEM(err);
    double worst = INFINITY;
    bool still = false;
    size_t done = 0;
    for (uint64_t draws = PT_DRAWS_DEFAULT; status == PT_OK; draws *= 2) {
        run->options.draws = draws;
        status = draws > PT_DRAWS_DEFAULT ? pt_outcomes_make_all(run, cast, err) : PT_OK;
        status = status != PT_OK ? status : pt_cast_simulate(run, cast, hooks, &done, err);
        if (status == PT_OK) {
            worst = worst_error(run);
            still = settled(run, years, draws > PT_DRAWS_DEFAULT);
        }
        if ((worst < run->options.mc_error && still) || draws >= PT_DRAWS_ENOUGH_MOST) {
            break;
        }
    }
    free(years);
    if (status != PT_OK) {
        return status;
    }
    size_t used = (size_t)run->options.draws;
    if (worst < run->options.mc_error && still) {
        pt_diagnose(list, PT_NOTICE, nowhere, NULL,
                    "%zu futures are enough: every chance is known to %.2f percentage points, and "
                    "the years have settled",
                    used, worst);
    } else if (still) {
        pt_diagnose(list, PT_WARNING, nowhere, NULL,
                    "%zu futures are the most that --draws auto takes: a chance is only known to "
                    "%.3f percentage points; --mc-error asks for less than %.3g",
                    used, worst, run->options.mc_error);
    } else {
        pt_diagnose(list, PT_WARNING, nowhere, NULL,
                    "%zu futures are the most that --draws auto takes: a year still moves by more "
                    "than one, so little of the chance lies around it",
                    used);
    }
    return PT_OK;
}
