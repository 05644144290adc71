#include <limits.h>
#include <string.h>

#include "simulate/simulate.h"

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
    while (n < 64 && pt_families[n]) {
        names[n] = pt_families[n]->name;
        n++;
    }
    if (options->family) {
        return PT_RAISE(err, PT_EUSAGE, "unknown trend '%s'; 'paritet families' lists them", name);
    }
    const char *near = pt_nearest(name, names, n);
    struct pt_place place = indicator->trend_at;
    if (near) {
        pt_diagnose(list, PT_ERROR, place, NULL,
                    "unknown trend '%s'; did you mean '%s'? ('paritet families' lists them)", name,
                    near);
    } else {
        pt_diagnose(list, PT_ERROR, place, NULL,
                    "unknown trend '%s'; 'paritet families' lists them", name);
    }
    return PT_RAISE(err, PT_EDATA, "'%s' has errors", place.path);
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

enum pt_status pt_fit_at(struct pt_run *run, const struct pt_indicator *indicator,
                         const char *place, struct pt_diagnostics *list, struct pt_projection *out,
                         bool *fitted, struct pt_error *err)
{
    *fitted = false;
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
            pt_diagnose(list, PT_WARNING, indicator->at, NULL,
                        place[0] ? PT_N("'%s@%s' is left out") : PT_N("'%s' is left out"),
                        indicator->id, place);
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
    *out = made;
    *fitted = true;
    return PT_OK;
}

static bool wanted(const struct pt_run_options *options, const struct pt_indicator *indicator)
{
    return !options->indicator || strcmp(options->indicator, indicator->id) == 0;
}

static enum pt_status fit_all(struct pt_run *run, const struct pt_hooks *hooks,
                              struct pt_diagnostics *list, struct pt_error *err)
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
                if (pass == 0) {
                    most++;
                    continue;
                }
                bool made = false;
                enum pt_status status =
                    hooks && hooks->cancelled && hooks->cancelled(hooks->user)
                        ? PT_RAISE(err, PT_ECANCELLED, "interrupted")
                        : pt_fit_at(run, indicator, places[j], list,
                                    &run->projections[run->n_projections], &made, err);
                if (status != PT_OK) {
                    return status;
                }
                run->n_projections += made;
                fitted++;
                if (hooks && hooks->progress) {
                    hooks->progress(hooks->user, fitted, most);
                }
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
        return PT_RAISE(err, PT_EUSAGE, "no place '%s' in the model; 'paritet check %s' lists them",
                        run->options.place, model->path);
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
                          const struct pt_hooks *hooks, struct pt_diagnostics *list,
                          struct pt_run **out, struct pt_error *err)
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
    status = fit_all(run, hooks, list, err);
    if (status == PT_OK && run->n_projections == 0 && !options->may_be_empty) {
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
