#include <omp.h>

#include "answer/backtest.h"

struct pt_backtest_options pt_backtest_options_default(void)
{
    struct pt_backtest_options options = { .n_families = 1,
                                           .families = { pt_family_default() },
                                           .fit = pt_fit_options_default(),
                                           .draws = PT_BACKTEST_DRAWS,
                                           .seed = PT_SEED_DEFAULT };
    options.fit.scores = false;
    return options;
}

/* All memory is taken before the threads start. */
static enum pt_status make_room(struct pt_backtest *b, struct pt_error *err)
{
    size_t n = b->options.n_families * b->n_series;
    b->trials = PT_NEW(b->arena, struct pt_backtest_trial, n + 1);
    for (size_t i = 0; b->trials && i < n; i++) {
        struct pt_backtest_trial *t = &b->trials[i];
        size_t years = b->cut->series[i % b->n_series].years;
        t->forecasts = PT_NEW(b->arena, struct pt_forecast, years + 1);
        bool far = years > PT_CROSSING_YEARS;
        t->held_lo = far ? PT_NEW(b->arena, double, 2 * years) : NULL;
        t->held_hi = far && t->held_lo ? t->held_lo + years : NULL;
        if (!t->forecasts || (far && !t->held_lo)) {
            return PT_RAISE_NOMEM(err);
        }
    }
    return b->trials ? PT_OK : PT_RAISE_NOMEM(err);
}

/* ------------------------------------------------------------------ forecasting */

/* Questions about years without figures cannot be scored. */
static bool no_holes(const struct pt_backtest_series *s)
{
    return s->years == s->after.n;
}

static enum pt_status try(const struct pt_backtest *b, const struct pt_family *family,
                          const struct pt_backtest_series *s, struct pt_backtest_trial *t,
                          struct pt_error *err)
{
    struct pt_fit fit;
    struct pt_futures futures = { 0 };
    enum pt_status status = pt_fit(family, &s->past, &b->options.fit, &fit, err);
    if (status == PT_EDATA) {
        t->refused = true;
        return PT_OK;
    }
    bool needs_paths = b->options.parity || t->held_lo || !family->quantile;
    if (status == PT_OK && needs_paths) {
        struct pt_stream stream = pt_stream_open(b->options.seed, s->id);
        status = pt_futures_make(&fit, &stream, b->options.draws, s->years, &futures, err);
    }
    if (status == PT_OK) {
        status = pt_forecast_make(&fit, &futures, s->years, t->forecasts, err);
    }
    if (status == PT_OK && t->held_lo) {
        status = pt_forecast_held(&futures, t->held_lo, t->held_hi, err);
    }
    if (status == PT_OK) {
        t->score = pt_score_make(&s->whole, &s->after, t->forecasts);
        t->n_crossings =
            b->options.parity && no_holes(s)
                ? pt_crossings_make(&s->past, &s->after, t->forecasts, &futures, t->crossings)
                : 0;
    }
    pt_futures_free(&futures);
    return status;
}

static enum pt_status try_all(struct pt_backtest *b, const struct pt_hooks *hooks,
                              struct pt_error *err)
{
    size_t n = b->options.n_families * b->n_series, done = 0;
    // NOLINTNEXTLINE(clang-analyzer-deadcode.DeadStores): the pragma reads it
    int threads = pt_threads(b->options.threads);
    enum pt_status worst = PT_OK;
    omp_lock_t one_at_a_time;
    omp_init_lock(&one_at_a_time);
#pragma omp parallel for schedule(dynamic, 16) num_threads(threads)
    for (size_t i = 0; i < n; i++) {
        struct pt_error one;
        enum pt_status status = hooks && hooks->cancelled && hooks->cancelled(hooks->user)
                                    ? PT_RAISE(&one, PT_ECANCELLED, "interrupted")
                                    : try(b, b->options.families[i / b->n_series],
                                          &b->cut->series[i % b->n_series], &b->trials[i], &one);
        omp_set_lock(&one_at_a_time);
        if (status != PT_OK && worst == PT_OK) {
            worst = status;
            if (err) {
                *err = one;
            }
        }
        done++;
        if (hooks && hooks->progress && (done % 64 == 0 || done == n)) {
            hooks->progress(hooks->user, done, n);
        }
        omp_unset_lock(&one_at_a_time);
    }
    omp_destroy_lock(&one_at_a_time);
    return worst;
}

/* Names the families that took no series, each with its first refusal, which a second try gives;
 * PT_EDATA where nothing is left to show. */
static enum pt_status tell_refusals(const struct pt_backtest *b, const char *path,
                                    struct pt_diagnostics *list, struct pt_error *err)
{
    const struct pt_place place = { .path = path };
    size_t silent = 0;
    for (size_t f = 0; f < b->options.n_families; f++) {
        const struct pt_family *family = b->options.families[f];
        const struct pt_backtest_series *first = &b->cut->series[0];
        struct pt_fit fit;
        struct pt_error why;
        size_t n = 0;
        while (n < b->n_series && b->trials[f * b->n_series + n].refused) {
            n++;
        }
        if (n < b->n_series) {
            continue;
        }
        silent++;
        pt_diagnose(list, PT_NOTICE, place, NULL,
                    "'%s' fits 0 of %zu series; the first, '%s', is refused as follows",
                    family->name, n, first->id);
        enum pt_status status = pt_fit(family, &first->past, &b->options.fit, &fit, &why);
        if (status == PT_ENOMEM) {
            return PT_RAISE_NOMEM(err);
        }
        if (status != PT_OK) {
            pt_diagnose_message(list, PT_NOTICE, place, NULL, &why.message);
        }
    }
    return silent < b->options.n_families
               ? PT_OK
               : PT_RAISE(err, PT_EDATA, "every series is refused, so there is nothing to score");
}

enum pt_status pt_backtest_run(const char *path, const struct pt_backtest_options *options,
                               const struct pt_hooks *hooks, struct pt_diagnostics *list,
                               struct pt_backtest **out, struct pt_error *err)
{
    struct pt_arena *arena = pt_arena_new();
    struct pt_backtest *b = arena ? PT_NEW(arena, struct pt_backtest, 1) : NULL;
    struct pt_cut *cut = b ? PT_NEW(arena, struct pt_cut, 1) : NULL;
    if (!cut) {
        pt_arena_free(arena);
        return PT_RAISE_NOMEM(err);
    }
    *b = (struct pt_backtest){ .options = *options, .arena = arena, .cut = cut };
    const struct pt_cut_options how = { .category = options->category,
                                        .last = options->last,
                                        .histories = options->histories,
                                        .horizon = options->horizon,
                                        .most_years = PT_BACKTEST_YEARS,
                                        .gap = options->gap };
    enum pt_status status = pt_cut_make(path, &how, arena, list, cut, err);
    if (status == PT_OK) {
        b->n_series = cut->n_series;
        b->n_short = cut->n_short;
        status = make_room(b, err);
    }
    if (status == PT_OK) {
        status = try_all(b, hooks, err);
    }
    if (status == PT_OK) {
        status = tell_refusals(b, path, list, err);
    }
    if (status != PT_OK) {
        pt_backtest_free(b);
        return status;
    }
    *out = b;
    return PT_OK;
}

void pt_backtest_free(struct pt_backtest *backtest)
{
    if (backtest) {
        pt_cut_free(backtest->cut);
        pt_arena_free(backtest->arena);
    }
}
