#include <limits.h>
#include <math.h>
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

static enum pt_status find_family(const struct pt_run_options *options,
                                  const struct pt_indicator *indicator,
                                  const struct pt_family **family, struct pt_diagnostics *list,
                                  struct pt_error *err)
{
    const char *name = options->family ? options->family : indicator->trend;
    *family = name ? pt_family_find(name) : pt_family_default();
    if (*family) {
        return PT_OK;
    }
    const char *names[64];
    size_t n = 0;
    while (pt_families[n] && n < 64) {
        names[n] = pt_families[n]->name;
        n++;
    }
    const char *near = pt_nearest(name, names, n);
    struct pt_place place = options->family ? (struct pt_place){ 0 } : indicator->trend_at;
    if (near) {
        pt_diagnose(list, PT_ERROR, place, NULL,
                    "unknown trend '%s'; did you mean '%s'? ('paritet families' lists them)", name,
                    near);
    } else {
        pt_diagnose(list, PT_ERROR, place, NULL,
                    "unknown trend '%s'; 'paritet families' lists them", name);
    }
    return PT_RAISE(err, PT_EDATA, "unknown trend '%s'", name);
}

/* The medians of the two groups' own projections: what the levers move (METHODS 7). */
static enum pt_status fit_groups(const struct pt_family *family, const struct pt_run *run,
                                 struct pt_projection *p, struct pt_error *err)
{
    if (p->subject->kind != PT_SUBJECT_TWO_GROUPS) {
        return PT_OK;
    }
    struct pt_fit *fits = PT_NEW(run->arena, struct pt_fit, 2);
    if (!fits) {
        return PT_RAISE_NOMEM(err);
    }
    enum pt_status status = pt_fit(family, &p->subject->group, &run->options.fit, &fits[0], err);
    if (status == PT_OK) {
        status = pt_fit(family, &p->subject->reference, &run->options.fit, &fits[1], err);
    }
    if (status == PT_OK) {
        p->group_fit = &fits[0];
        p->reference_fit = &fits[1];
    }
    return status;
}

static enum pt_status fit_subject(struct pt_run *run, const struct pt_indicator *indicator,
                                  const char *place, struct pt_diagnostics *list,
                                  struct pt_error *err)
{
    const struct pt_family *family;
    enum pt_status status = find_family(&run->options, indicator, &family, list, err);
    struct pt_subject *subject = PT_NEW(run->arena, struct pt_subject, 1);
    if (status != PT_OK || !subject) {
        return status != PT_OK ? status : PT_RAISE_NOMEM(err);
    }
    struct pt_error why;
    struct pt_projection made = { .subject = subject };
    status = pt_subject_prepare(run->model, indicator, place, run->options.fit_from, run->arena,
                                list, subject, &why);
    if (status == PT_OK && subject->projected.n < family->least_n) {
        pt_diagnose(list, PT_NOTICE, indicator->at, NULL,
                    "'%s' is left out: the trend '%s' needs at least %zu yearly figures, and "
                    "there are %zu",
                    subject->stream, family->name, family->least_n, subject->projected.n);
        return PT_OK;
    }
    if (status == PT_OK) {
        status = pt_fit(family, &subject->projected, &run->options.fit, &made.fit, &why);
    }
    if (status == PT_OK) {
        status = fit_groups(family, run, &made, &why);
    }
    if (status == PT_EDATA) { /* the other indicators still have answers */
        if (indicator->series) {
            pt_diagnose_message(list, PT_WARNING, indicator->at, NULL, &why.message);
            pt_diagnose(list, PT_WARNING, indicator->at, NULL, "'%s' is left out",
                        subject->stream ? subject->stream : indicator->id);
        }
        return PT_OK;
    }
    if (status != PT_OK) {
        if (err) {
            *err = why;
        }
        return status;
    }
    made.last = made.fit.last;
    made.has_question = subject->kind != PT_SUBJECT_PLAIN;
    run->projections[run->n_projections++] = made;
    return PT_OK;
}

static bool wanted(const struct pt_run_options *options, const struct pt_indicator *indicator)
{
    return !options->indicator || strcmp(options->indicator, indicator->id) == 0;
}

static enum pt_status fit_all(struct pt_run *run, struct pt_diagnostics *list, struct pt_error *err)
{
    const struct pt_model *model = run->model;
    bool known_place = !run->options.place;
    size_t most = 0, fitted = 0;
    for (int pass = 0; pass < 2; pass++) { /* count, then fit */
        for (size_t i = 0; i < model->n_indicators; i++) {
            const struct pt_indicator *indicator = model->indicators[i];
            const char *const *places;
            size_t n = pt_model_places(model, indicator, run->arena, &places);
            for (size_t j = 0; j < n && wanted(&run->options, indicator); j++) {
                if (run->options.place && strcmp(run->options.place, places[j]) != 0) {
                    continue;
                }
                known_place = true;
                most++;
                enum pt_status status =
                    pass == 1 ? fit_subject(run, indicator, places[j], list, err) : PT_OK;
                if (status != PT_OK) {
                    return status;
                }
                fitted++;
            }
        }
        if (pass == 0) {
            run->projections = PT_NEW(run->arena, struct pt_projection, most + 1);
            if (!run->projections) {
                return PT_RAISE_NOMEM(err);
            }
        }
    }
    if (fitted == 0 && !known_place) {
        return PT_RAISE(err, PT_EUSAGE, "no place '%s' in the model", run->options.place);
    }
    return PT_OK;
}

static enum pt_status check_names(const struct pt_model *model,
                                  const struct pt_run_options *options, struct pt_error *err)
{
    if (!options->indicator || pt_model_find(model, options->indicator)) {
        return PT_OK;
    }
    const char *near = NULL;
    for (size_t i = 0; i < model->n_indicators && !near; i++) {
        near = pt_nearest(options->indicator, &model->indicators[i]->id, 1);
    }
    return near ? PT_RAISE(err, PT_EUSAGE, "no indicator '%s' in the model; did you mean '%s'?",
                           options->indicator, near)
                : PT_RAISE(err, PT_EUSAGE,
                           "no indicator '%s' in the model; 'paritet check %s' "
                           "lists them",
                           options->indicator, model->path);
}

enum pt_status pt_run_fit(const struct pt_model *model, const struct pt_run_options *options,
                          struct pt_diagnostics *list, struct pt_run **out, struct pt_error *err)
{
    enum pt_status status = check_names(model, options, err);
    if (status != PT_OK) {
        return status;
    }
    struct pt_arena *arena = pt_arena_new();
    struct pt_run *run = arena ? PT_NEW(arena, struct pt_run, 1) : NULL;
    if (!run) {
        pt_arena_free(arena);
        return PT_RAISE_NOMEM(err);
    }
    run->model = model;
    run->options = *options;
    run->arena = arena;
    status = fit_all(run, list, err);
    if (status == PT_OK && run->n_projections == 0) {
        status = PT_RAISE(err, PT_EDATA,
                          "no indicator of '%s' can be projected; the notices say "
                          "why (they are hidden by --quiet)",
                          model->path);
    }
    if (status != PT_OK) {
        pt_arena_free(arena);
        return status;
    }
    *out = run;
    return PT_OK;
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

static enum pt_status outcomes_new(struct pt_run *run, struct pt_projection *p,
                                   struct pt_error *err)
{
    p->n_outcomes = 1 + run->n_scenarios;
    p->outcomes = PT_NEW(run->arena, struct pt_outcome, p->n_outcomes);
    for (size_t s = 0; p->outcomes && s < p->n_outcomes; s++) {
        struct pt_outcome *outcome = &p->outcomes[s];
        outcome->scenario = s == 0 ? NULL : run->scenarios[s - 1];
        outcome->id = s == 0 ? "baseline" : run->scenarios[s - 1]->id;
        outcome->bands = PT_NEW(run->arena, double, p->n_years *PT_BANDS);
        outcome->gained = PT_NEW(run->arena, uint64_t, 2 * p->n_years + 1);
        bool made = outcome->bands && outcome->gained;
        for (int e = 0; e < PT_EVENTS && made && p->has_question; e++) {
            outcome->events[e].count = PT_NEW(run->arena, uint64_t, p->n_years + 2);
            made = outcome->events[e].count != NULL;
        }
        if (!made) {
            return PT_RAISE_NOMEM(err);
        }
    }
    return p->outcomes ? PT_OK : PT_RAISE_NOMEM(err);
}

/* What one projection needs beside itself, made before the threads start. */
struct job {
    struct pt_plan *plans; /* [n_outcomes] */
    double *reference;     /* [years] median of the reference, or NULL */
    struct pt_error err;
    enum pt_status status;
};

static enum pt_status prepare(struct pt_run *run, struct pt_projection *p, struct job *job,
                              struct pt_error *err)
{
    enum pt_status status = outcomes_new(run, p, err);
    struct pt_baseline baseline = { .last = p->last,
                                    .to_horizon = p->n_years,
                                    .after = (size_t)run->options.sustained_years - 1 };
    size_t years = 1 + baseline.to_horizon + baseline.after;
    job->plans = PT_NEW(run->arena, struct pt_plan, p->n_outcomes);
    double *median = PT_NEW(run->arena, double, years);
    double *reference = p->reference_fit ? PT_NEW(run->arena, double, years) : NULL;
    if (status != PT_OK || !job->plans || !median || (p->reference_fit && !reference)) {
        return status != PT_OK ? status : PT_RAISE_NOMEM(err);
    }
    const struct pt_series *series = &p->subject->projected;
    median[0] = series->y[series->n - 1];
    for (size_t y = 1; y < years; y++) {
        median[y] = pt_fit_curve(&p->fit, p->last + (int)y);
    }
    for (size_t y = 0; y < years && reference; y++) {
        reference[y] = y == 0 ? p->subject->reference.y[p->subject->reference.n - 1]
                              : pt_fit_curve(p->reference_fit, p->last + (int)y);
    }
    baseline.median = median;
    baseline.reference = reference;
    job->reference = reference ? reference + 1 : NULL;
    for (size_t s = 0; s < p->n_outcomes && status == PT_OK; s++) {
        status = pt_plan_make(run->model, p->outcomes[s].scenario, NULL, p->subject, &baseline,
                              run->arena, &job->plans[s], err);
        p->outcomes[s].n_levers = job->plans[s].n_levers;
    }
    return status;
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

static enum pt_status simulate_all(struct pt_run *run, struct job *jobs,
                                   const struct pt_hooks *hooks, struct pt_error *err)
{
    size_t n = run->n_projections, done = 0;
    int threads = run->options.threads > 0 ? run->options.threads : omp_get_max_threads();
    omp_lock_t one_at_a_time;
    omp_init_lock(&one_at_a_time);
#pragma omp parallel for schedule(dynamic) num_threads(threads)
    for (size_t i = 0; i < n; i++) {
        jobs[i].status =
            pt_projection_simulate(&run->projections[i], jobs[i].plans, jobs[i].reference,
                                   &run->options, hooks, &jobs[i].err);
        if (hooks && hooks->progress) {
            omp_set_lock(&one_at_a_time);
            hooks->progress(hooks->user, ++done, n);
            omp_unset_lock(&one_at_a_time);
        }
    }
    omp_destroy_lock(&one_at_a_time);
    for (size_t i = 0; i < n; i++) {
        if (jobs[i].status != PT_OK) {
            if (err) {
                *err = jobs[i].err;
            }
            return jobs[i].status;
        }
    }
    return PT_OK;
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
    struct job *jobs = NULL;
    run->n_scenarios = n;
    run->scenarios = PT_NEW(run->arena, const struct pt_scenario *, n + 1);
    if (run->scenarios) {
        memcpy(run->scenarios, scenarios, n * sizeof *scenarios);
        qsort(run->scenarios, n, sizeof *run->scenarios, by_id);
        run->horizon = pt_run_horizon(run, run->scenarios, n);
        drop_finished(run, list);
        if (run->n_projections == 0) {
            status = PT_RAISE(err, PT_EDATA,
                              "all figures reach past the horizon %d; use a later "
                              "--horizon",
                              run->horizon);
            goto done;
        }
        jobs = PT_NEW(run->arena, struct job, run->n_projections + 1);
    }
    if (!jobs) {
        status = PT_RAISE_NOMEM(err);
        goto done;
    }
    for (size_t i = 0; i < run->n_projections && status == PT_OK; i++) {
        status = prepare(run, &run->projections[i], &jobs[i], err);
    }
    if (status == PT_OK) {
        status = simulate_all(run, jobs, hooks, err);
    }
done:
    if (status == PT_OK) {
        *out = run;
    } else {
        pt_run_free(run);
    }
    return status;
}
