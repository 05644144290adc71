#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include <omp.h>

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

/* ------------------------------------------------------------------ work, by all threads */

#define PROGRESS_STEPS 1000 /* the host hears no more often */

struct pt_work {
    const struct pt_hooks *hooks;
    size_t done, total;
    omp_lock_t lock;
};

bool pt_work_step(struct pt_work *work, size_t steps)
{
    const struct pt_hooks *hooks = work ? work->hooks : NULL;
    if (hooks && hooks->progress && steps > 0) {
        omp_set_lock(&work->lock);
        size_t each = work->total / PROGRESS_STEPS + 1, before = work->done / each;
        work->done += steps;
        if (work->done / each > before || work->done == work->total) {
            hooks->progress(hooks->user, work->done, work->total);
        }
        omp_unset_lock(&work->lock);
    }
    return !(hooks && hooks->cancelled && hooks->cancelled(hooks->user));
}

static enum pt_status simulate_batch(struct pt_run *run, const struct pt_cast *cast,
                                     const struct pt_batch *batch, struct pt_work *work,
                                     struct pt_error *err)
{
    size_t n = cast->n_components;
    enum pt_status *status = calloc(n, sizeof *status);
    struct pt_error *errors = calloc(n, sizeof *errors);
    enum pt_status first = status && errors ? PT_OK : PT_RAISE_NOMEM(err);
    size_t todo = first == PT_OK ? n : 0;
#pragma omp parallel for schedule(dynamic) num_threads(batch->threads)
    for (size_t i = 0; i < todo; i++) {
        status[i] = pt_component_simulate(run, &cast->components[i], batch, work, &errors[i]);
    }
    for (size_t i = 0; i < todo && first == PT_OK; i++) {
        first = status[i];
        if (first != PT_OK && err) {
            *err = errors[i];
        }
    }
    free(errors);
    free(status);
    return first;
}

static enum pt_status simulate_all(struct pt_run *run, const struct pt_cast *cast,
                                   const struct pt_hooks *hooks, struct pt_error *err)
{
    struct pt_batch batch = { .to = 1 };
    struct pt_work work = { .hooks = hooks };
    enum pt_status status;
    size_t n_batches = pt_batch_count(run, cast);
    batch.threads = run->options.threads > 0 ? run->options.threads : omp_get_max_threads();
    for (size_t i = 0; i < cast->n_components; i++) {
        work.total += pt_component_steps(run, &cast->components[i], n_batches);
    }
    omp_init_lock(&work.lock);
    do {
        status = pt_batch_next(run, cast, &work, &batch, err);
        if (status == PT_OK) {
            status = simulate_batch(run, cast, &batch, &work, err);
        }
        pt_batch_free(&batch);
    } while (status == PT_OK && batch.to <= run->n_scenarios);
    omp_destroy_lock(&work.lock);
    return status;
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
    if (run->n_projections == 0) {
        return PT_RAISE(err, PT_EDATA,
                        "all figures reach past the horizon %d; use a later "
                        "--horizon",
                        run->horizon);
    }
    struct pt_cast cast;
    enum pt_status status = pt_cast_make(run, n > 0, list, &cast, err);
    for (size_t i = 0; i < cast.n_components && status == PT_OK; i++) {
        status = pt_outcomes_make(run, &cast.components[i], err);
    }
    if (status != PT_OK) {
        return status;
    }
    pt_cast_shard(run, &cast);
    return cast.n_components > 0 ? simulate_all(run, &cast, hooks, err) : PT_OK;
}

enum pt_status pt_run_simulate(const struct pt_model *model,
                               const struct pt_scenario *const *scenarios, size_t n,
                               const struct pt_run_options *options, const struct pt_hooks *hooks,
                               struct pt_diagnostics *list, struct pt_run **out,
                               struct pt_error *err)
{
    struct pt_run *run = NULL;
    enum pt_status status = pt_run_fit(model, options, list, &run, err);
    if (status != PT_OK) {
        return status;
    }
    status = simulate(run, scenarios, n, hooks, list, err);
    if (status == PT_OK) {
        *out = run;
    } else {
        pt_run_free(run);
    }
    return status;
}
