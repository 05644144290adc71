#include <stdlib.h>

#include <omp.h>

#include "simulate/simulate.h"

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

/* Component x scenarios, cut as memory asks, and so that there is work for all threads. */
static size_t tasks_of(const struct pt_run *run, const struct pt_cast *cast,
                       const struct pt_batch *batch, struct pt_task *tasks)
{
    size_t scenarios = batch->to - batch->from, n = 0, threads = (size_t)run->options.threads;
    size_t wanted = (threads + cast->n_components - 1) / cast->n_components;
    for (size_t i = 0; i < cast->n_components; i++) {
        const struct pt_component *component = &cast->components[i];
        size_t most = pt_task_most(run, component), pieces = (scenarios + most - 1) / most;
        pieces = pieces < wanted ? wanted : pieces;
        pieces = pieces > scenarios ? scenarios : pieces;
        pieces = pieces > 0 ? pieces : 1;
        for (size_t k = 0; k < pieces; k++) {
            tasks[n++] = (struct pt_task){ .component = component,
                                           .batch = batch,
                                           .from = batch->from + scenarios * k / pieces,
                                           .to = batch->from + scenarios * (k + 1) / pieces,
                                           .baseline = batch->from == 1 && k == 0 };
        }
    }
    return n;
}

static enum pt_status run_tasks(const struct pt_run *run, const struct pt_task *tasks, size_t n,
                                struct pt_work *work, struct pt_error *err)
{
    enum pt_status *status = calloc(n + 1, sizeof *status);
    struct pt_error *errors = calloc(n + 1, sizeof *errors);
    enum pt_status first = status && errors ? PT_OK : PT_RAISE_NOMEM(err);
    size_t todo = first == PT_OK ? n : 0;
#pragma omp parallel for schedule(dynamic) num_threads(run->options.threads)
    for (size_t i = 0; i < todo; i++) {
        status[i] = pt_task_run(run, &tasks[i], work, &errors[i]);
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

/* All tasks, those of one batch side by side. */
static enum pt_status run_batches(const struct pt_run *run, struct pt_batch *batches,
                                  const struct pt_task *tasks, size_t n, struct pt_work *work,
                                  struct pt_error *err)
{
    enum pt_status status = PT_OK;
    omp_init_lock(&work->lock);
    for (size_t i = 0, end; i < n && status == PT_OK; i = end) {
        struct pt_batch *batch = &batches[tasks[i].batch - batches];
        for (end = i; end < n && tasks[end].batch == batch; end++) {
        }
        status = pt_batch_draw(run, batch, work, err);
        if (status == PT_OK) {
            status = run_tasks(run, tasks + i, end - i, work, err);
        }
        pt_batch_forget(batch);
    }
    omp_destroy_lock(&work->lock);
    return status;
}

enum pt_status pt_cast_simulate(struct pt_run *run, const struct pt_cast *cast,
                                const struct pt_hooks *hooks, size_t *done, struct pt_error *err)
{
    struct pt_work work = { .hooks = hooks, .done = done ? *done : 0 };
    struct pt_batch *batches;
    size_t n_batches, n_tasks = 0;
    run->options.threads = pt_threads(run->options.threads);
    enum pt_status status = pt_batches_make(run, cast, &batches, &n_batches, err);
    if (status != PT_OK) {
        return status;
    }
    /* at most one for each outcome of each component, and the baseline's */
    struct pt_task *tasks =
        calloc(cast->n_components * (run->n_scenarios + n_batches), sizeof *tasks);
    if (!tasks) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t b = 0; b < n_batches; b++) {
        n_tasks += tasks_of(run, cast, &batches[b], tasks + n_tasks);
    }
    work.total = work.done;
    for (size_t i = 0; i < n_tasks; i++) {
        work.total += pt_task_steps(run, &tasks[i]);
    }
    status = run_batches(run, batches, tasks, n_tasks, &work, err);
    free(tasks);
    for (size_t i = 0; i < cast->n_components && status == PT_OK; i++) {
        pt_outcomes_finish(run, &cast->components[i]);
    }
    if (done) {
        *done = work.done;
    }
    return status;
}
