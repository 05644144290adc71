#include <math.h>
#include <string.h>

#include "answer/backtest.h"

const struct pt_backtest_table *const pt_backtest_tables[] = {
    &pt_backtest_table_scores,    &pt_backtest_table_horizons,
    &pt_backtest_table_questions, &pt_backtest_table_reliability,
    &pt_backtest_table_closing,   &pt_backtest_table_sustained,
    &pt_backtest_table_forecasts, NULL,
};

const struct pt_backtest_table *pt_backtest_table_find(const char *name)
{
    for (size_t i = 0; pt_backtest_tables[i]; i++) {
        if (strcmp(pt_backtest_tables[i]->kind.name, name) == 0) {
            return pt_backtest_tables[i];
        }
    }
    return NULL;
}

/* ------------------------------------------------------------------ groups */

static size_t groups_per_family(const struct pt_backtest *b)
{
    return b->cut->n_categories > 1 ? b->cut->n_categories + 1 : 1;
}

size_t pt_groups_count(const struct pt_backtest *b)
{
    return b->options.n_families * groups_per_family(b);
}

static bool fill(const struct pt_backtest *b, size_t family, struct pt_arena *arena,
                 struct pt_group_of_trials *group)
{
    group->trials = PT_NEW(arena, const struct pt_backtest_trial *, b->n_series + 1);
    group->series = PT_NEW(arena, const struct pt_backtest_series *, b->n_series + 1);
    if (!group->trials || !group->series) {
        return false;
    }
    for (size_t i = 0; i < b->n_series; i++) {
        const struct pt_backtest_trial *t = &b->trials[family * b->n_series + i];
        if (!group->is_all && strcmp(group->category, b->cut->series[i].category) != 0) {
            continue;
        }
        if (t->refused) {
            group->refused++;
        } else {
            group->trials[group->n] = t;
            group->series[group->n++] = &b->cut->series[i];
        }
    }
    return true;
}

enum pt_status pt_groups_make(const struct pt_backtest *b, struct pt_arena *arena,
                              struct pt_group_of_trials **groups, struct pt_error *err)
{
    size_t each = groups_per_family(b), n = pt_groups_count(b);
    struct pt_group_of_trials *made = PT_NEW(arena, struct pt_group_of_trials, n);
    for (size_t i = 0; made && i < n; i++) {
        size_t category = i % each;
        made[i].family = b->options.families[i / each];
        made[i].is_all = category + 1 == each;
        made[i].category = made[i].is_all ? PT_N("all") : b->cut->categories[category];
        if (!fill(b, i / each, arena, &made[i])) {
            return PT_RAISE_NOMEM(err);
        }
    }
    if (!made) {
        return PT_RAISE_NOMEM(err);
    }
    *groups = made;
    return PT_OK;
}

/* ------------------------------------------------------------------ scores */

static const struct pt_column score_columns[] = {
    { "family", PT_N("trend"), 1 },   { "category", PT_N("category"), 2 },
    { "series", PT_N("series"), 3 },  { "refused", PT_N("refused"), 4 },
    { "smape", PT_N("sMAPE"), 5 },    { "mase", PT_N("MASE"), 6 },
    { "owa", PT_N("OWA"), 8 },        { "mase_relative", PT_N("against no change"), 7 },
    { "msis95", PT_N("MSIS"), 9 },    { "msis95_trimmed", PT_N("MSIS, trimmed"), 10 },
    { "cov95", PT_N("in 95 %"), 11 }, { "cov80", PT_N("in 80 %"), 12 },
};

static enum pt_status make_scores(const struct pt_backtest *b, struct pt_arena *arena,
                                  struct pt_table *table, struct pt_error *err)
{
    struct pt_group_of_trials *groups;
    struct pt_rows rows;
    size_t n = pt_groups_count(b);
    enum pt_status status = pt_groups_make(b, arena, &groups, err);
    const struct pt_score **scores = PT_NEW(arena, const struct pt_score *, b->n_series + 1);
    if (status != PT_OK) {
        return status;
    }
    if (!scores || !pt_rows_new(&rows, &pt_backtest_table_scores.kind, n, arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t g = 0; g < n; g++) {
        const struct pt_group_of_trials *group = &groups[g];
        struct pt_accuracy a;
        for (size_t i = 0; i < group->n; i++) {
            scores[i] = &group->trials[i]->score;
        }
        status = pt_accuracy_make(scores, group->n, &a, err);
        if (status != PT_OK) {
            return status;
        }
        /* of values that pass 0 a percentage means nothing */
        double percent = b->options.gap ? (double)NAN : a.smape;
        pt_add_text(&rows, group->family->name);
        pt_add_text(&rows, group->category);
        pt_add_count(&rows, (double)group->n);
        pt_add_count(&rows, (double)group->refused);
        pt_add_amount(&rows, percent, 0);
        pt_add_amount(&rows, a.mase, 0);
        pt_add_amount(&rows, b->options.gap ? (double)NAN : a.owa, 0);
        pt_add_amount(&rows, a.relative_mase, 0);
        pt_add_amount(&rows, a.msis, 0);
        pt_add_amount(&rows, a.msis_trimmed, 0);
        pt_add_amount(&rows, a.cov95, 0);
        pt_add_amount(&rows, a.cov80, 0);
    }
    *table = pt_rows_table(&rows, &pt_backtest_table_scores.kind);
    return PT_OK;
}

static bool always(const struct pt_backtest *b)
{
    (void)b;
    return true;
}

const struct pt_backtest_table pt_backtest_table_scores = {
    .kind = { .name = "scores",
              .title = PT_N("How close the forecasts came"),
              .n_columns = sizeof score_columns / sizeof *score_columns,
              .columns = score_columns },
    .has = always,
    .make = make_scores,
};

/* ------------------------------------------------------------------ year by year */

static const struct pt_column horizon_columns[] = {
    { "family", PT_N("trend"), 1 },
    { "h", PT_N("years ahead"), 2 },
    { "series", PT_N("series"), 3 },
    { "mase", PT_N("MASE"), 4 },
    { "cov95", PT_N("in 95 %"), 5 },
    { "cov80", PT_N("in 80 %"), 6 },
    { "cov80_held", PT_N("pace held (80 %)"), 7 },
};

struct year_sums {
    double n, mase, with_scale, inside95, inside80, held, inside_held;
};

static void add_year(struct year_sums *sums, const struct pt_backtest_trial *t, size_t h, double y)
{
    const struct pt_forecast *f = &t->forecasts[h];
    sums->n++;
    sums->inside95 += y >= f->lo95 && y <= f->hi95;
    sums->inside80 += y >= f->lo80 && y <= f->hi80;
    if (t->score.scale > 0) {
        sums->with_scale++;
        sums->mase += fabs(y - f->point) / t->score.scale;
    }
    if (t->held_lo && !isnan(t->held_lo[h])) {
        sums->held++;
        sums->inside_held += y >= t->held_lo[h] && y <= t->held_hi[h];
    }
}

static enum pt_status make_horizons(const struct pt_backtest *b, struct pt_arena *arena,
                                    struct pt_table *table, struct pt_error *err)
{
    struct pt_rows rows;
    size_t most = b->cut->most_years;
    struct year_sums *sums = PT_NEW(arena, struct year_sums, b->options.n_families * most + 1);
    if (!sums || !pt_rows_new(&rows, &pt_backtest_table_horizons.kind, b->options.n_families * most,
                              arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < b->options.n_families * b->n_series; i++) {
        const struct pt_backtest_series *s = &b->cut->series[i % b->n_series];
        for (size_t k = 0; k < s->after.n && !b->trials[i].refused; k++) {
            size_t h = (size_t)(s->after.year[k] - s->past.year[s->past.n - 1]) - 1;
            add_year(&sums[i / b->n_series * most + h], &b->trials[i], h, s->after.y[k]);
        }
    }
    for (size_t i = 0; i < b->options.n_families * most; i++) {
        const struct year_sums *y = &sums[i];
        if (y->n > 0) {
            pt_add_text(&rows, b->options.families[i / most]->name);
            pt_add_count(&rows, (double)(i % most + 1));
            pt_add_count(&rows, y->n);
            pt_add_amount(&rows, y->mase / y->with_scale, 0);
            pt_add_amount(&rows, y->inside95 / y->n, 0);
            pt_add_amount(&rows, y->inside80 / y->n, 0);
            pt_add_amount(&rows, y->inside_held / y->held, 0);
        }
    }
    *table = pt_rows_table(&rows, &pt_backtest_table_horizons.kind);
    return PT_OK;
}

static bool is_joined(const struct pt_backtest *b)
{
    return b->options.horizon > 0;
}

const struct pt_backtest_table pt_backtest_table_horizons = {
    .kind = { .name = "horizons",
              .title = PT_N("Year by year"),
              .n_columns = sizeof horizon_columns / sizeof *horizon_columns,
              .columns = horizon_columns },
    .has = is_joined,
    .make = make_horizons,
};

/* ------------------------------------------------------------------ the forecasts themselves */

static const struct pt_column forecast_columns[] = {
    { "series", PT_N("series"), 1 },  { "h", PT_N("years ahead"), 2 },
    { "point", PT_N("forecast"), 3 }, { "lo80", PT_N("from (80 %)"), 4 },
    { "hi80", PT_N("to (80 %)"), 5 }, { "lo95", PT_N("from (95 %)"), 6 },
    { "hi95", PT_N("to (95 %)"), 7 },
};

/* of the first family */
static enum pt_status make_forecasts(const struct pt_backtest *b, struct pt_arena *arena,
                                     struct pt_table *table, struct pt_error *err)
{
    struct pt_rows rows;
    if (!pt_rows_new(&rows, &pt_backtest_table_forecasts.kind, b->n_series * b->cut->most_years,
                     arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < b->n_series; i++) {
        for (size_t h = 0; h < b->cut->series[i].years && !b->trials[i].refused; h++) {
            const struct pt_forecast *f = &b->trials[i].forecasts[h];
            pt_add_text(&rows, b->cut->series[i].id);
            pt_add_count(&rows, (double)(h + 1));
            pt_add_amount(&rows, f->point, 0);
            pt_add_amount(&rows, f->lo80, 0);
            pt_add_amount(&rows, f->hi80, 0);
            pt_add_amount(&rows, f->lo95, 0);
            pt_add_amount(&rows, f->hi95, 0);
        }
    }
    *table = pt_rows_table(&rows, &pt_backtest_table_forecasts.kind);
    return PT_OK;
}

/* too long for people who did not ask for it */
static bool only_on_request(const struct pt_backtest *b)
{
    (void)b;
    return false;
}

const struct pt_backtest_table pt_backtest_table_forecasts = {
    .kind = { .name = "forecasts",
              .title = PT_N("Forecasts"),
              .n_columns = sizeof forecast_columns / sizeof *forecast_columns,
              .columns = forecast_columns },
    .has = only_on_request,
    .make = make_forecasts,
};
