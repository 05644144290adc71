#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/simulate.h"

/* without --horizon, scenario or model saying otherwise */
#define HORIZON_YEARS 30

struct pt_run_options pt_run_options_default(void)
{
    return (struct pt_run_options){ .draws = PT_DRAWS_DEFAULT,
                                    .seed = PT_SEED_DEFAULT,
                                    .sustained_years = 3,
                                    .fit_from = INT_MIN,
                                    .fit = pt_fit_options_default() };
}

void pt_run_free(struct pt_run *run)
{
    if (run) {
        pt_arena_free(run->arena);
    }
}

static int by_id(const void *a, const void *b)
{
    return strcmp((*(const struct pt_scenario *const *)a)->id,
                  (*(const struct pt_scenario *const *)b)->id);
}

int pt_run_horizon(const struct pt_run *run, const struct pt_scenario *const *scenarios, size_t n)
{
    if (run->options.horizon > 0) {
        return run->options.horizon;
    }
    for (size_t s = 0; s < n; s++) {
        if (scenarios[s]->horizon > 0) {
            return scenarios[s]->horizon; /* that they agree is checked where they are read */
        }
    }
    if (run->model->horizon > 0) {
        return run->model->horizon;
    }
    int last = 0;
    for (size_t i = 0; i < run->n_projections; i++) {
        last = run->projections[i].last > last ? run->projections[i].last : last;
    }
    return last + HORIZON_YEARS;
}

/* Leaves out subjects whose data reach the horizon: there is nothing to project. */
static void drop_finished(struct pt_run *run, struct pt_diagnostics *list)
{
    size_t kept = 0;
    for (size_t i = 0; i < run->n_projections; i++) {
        struct pt_projection *p = &run->projections[i];
        if (p->last >= run->horizon) {
            pt_diagnose(list, PT_WARNING, p->subject->indicator->at, NULL,
                        "'%s': the figures reach %d and the horizon is %d; use a later --horizon",
                        p->subject->stream, p->last, run->horizon);
            continue;
        }
        p->n_years = (size_t)(run->horizon - p->last);
        run->projections[kept++] = *p;
    }
    run->n_projections = kept;
}

/* ------------------------------------------------------------------ the whole */

static enum pt_status simulate(struct pt_run *run, const struct pt_scenario *const *scenarios,
                               size_t n, const struct pt_hooks *hooks, struct pt_diagnostics *list,
                               struct pt_error *err)
{
    run->n_scenarios = n;
    run->scenarios = PT_NEW(run->arena, const struct pt_scenario *, n + 1);
    if (!run->scenarios) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t s = 0; s < n; s++) {
        run->scenarios[s] = scenarios[s];
    }
    qsort(run->scenarios, n, sizeof *run->scenarios, by_id);
    run->horizon = pt_run_horizon(run, run->scenarios, n);
    drop_finished(run, list);
    if (run->n_projections == 0 && run->options.may_be_empty) {
        return PT_OK;
    }
    if (run->n_projections == 0) {
        return PT_RAISE(err, PT_EDATA,
                        "all figures reach past the horizon %d; use a later "
                        "--horizon",
                        run->horizon);
    }
    struct pt_cast cast;
    enum pt_status status = pt_cast_make(run, n > 0, list, &cast, err);
    status = status == PT_OK ? pt_outcomes_make_all(run, &cast, err) : status;
    if (status != PT_OK) {
        return status;
    }
    pt_cast_shard(run, &cast);
    return cast.n_components == 0      ? PT_OK
           : run->options.mc_error > 0 ? pt_cast_simulate_enough(run, &cast, hooks, list, err)
                                       : pt_cast_simulate(run, &cast, hooks, NULL, err);
}

enum pt_status pt_run_simulate(const struct pt_model *model,
                               const struct pt_scenario *const *scenarios, size_t n,
                               const struct pt_run_options *options, const struct pt_hooks *hooks,
                               struct pt_diagnostics *list, struct pt_run **out,
                               struct pt_error *err)
{
    struct pt_run *run = NULL;
    /* stopped in the fits too; of how far it is, the host hears the draws alone */
    const struct pt_hooks quiet = { .cancelled = hooks ? hooks->cancelled : NULL,
                                    .user = hooks ? hooks->user : NULL };
    enum pt_status status = pt_run_fit(model, options, &quiet, list, &run, err);
    if (status != PT_OK) {
        return status;
    }
    status = simulate(run, scenarios, n, hooks, list, err);
    if (status == PT_OK && pt_arena_failed(run->arena)) {
        status = PT_RAISE_NOMEM(err);
    }
    if (status == PT_OK) {
        *out = run;
    } else {
        pt_run_free(run);
    }
    return status;
}
