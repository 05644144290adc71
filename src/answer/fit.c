#include <math.h>
#include <string.h>

#include <gsl/gsl_cdf.h>

#include "answer/table.h"

static const struct pt_column columns[] = {
    { "indicator", PT_N("indicator"), 1 },
    { "family", PT_N("trend"), 3 },
    { "n", PT_N("n"), 0 },
    { "parameter", PT_N("parameter"), 5 },
    { "estimate", PT_N("estimate"), 6 },
    { "se", PT_N("error"), 7 },
    { "sigma", PT_N("sigma"), 0 },
    { "aicc", PT_N("AICc"), 0 },
    { "loo_mae", PT_N("left-out error"), 0 },
    { "backtest_mase", PT_N("back-test"), 8 },
    { "chosen", PT_N("chosen"), 9 },
    { "warning", PT_N("warning"), 10 },
    { "place", PT_N("place"), 2 },
};

/* a slope whose 95 % interval holds 0 */
static bool unsure(const struct pt_fit *fit, const struct pt_fit_parameter *slope)
{
    return fabs(slope->estimate) < gsl_cdf_tdist_Qinv(.025, fit->df) * slope->se;
}

static const char *warning_of(const struct pt_projection *p, const struct pt_fit *fit,
                              const struct pt_fit_parameter *parameter)
{
    if (strcmp(parameter->name, "slope") != 0 || !p->has_question) {
        return NULL;
    }
    if (unsure(fit, parameter)) {
        return PT_N("not significant");
    }
    return p->subject->gap_sign * fit->pace > 0 ? PT_N("moving away") : NULL;
}

static void add_row(struct pt_rows *rows, const struct pt_projection *p, const struct pt_fit *fit,
                    const char *parameter, double estimate, double se, const char *warning)
{
    pt_add_text(rows, p->subject->indicator->id);
    pt_add_text(rows, fit->family->name);
    pt_add_count(rows, (double)fit->n);
    pt_add_word(rows, parameter);
    pt_add_amount(rows, estimate, se);
    pt_add_amount(rows, se, se);
    pt_add_amount(rows, fit->sigma, 0);
    pt_add_amount(rows, fit->aicc, 0);
    pt_add_amount(rows, fit->loo_mae, 0);
    pt_add_amount(rows, fit->backtest_mase, 0.1);
    pt_add_word(rows, fit->family == p->fit.family ? PT_N("yes") : PT_N("no"));
    if (warning) {
        pt_add_word(rows, warning);
    } else {
        pt_add_empty(rows);
    }
    pt_add_text(rows, p->subject->place);
}

static void add_refusal(struct pt_rows *rows, const struct pt_projection *p,
                        const struct pt_family *family)
{
    pt_add_text(rows, p->subject->indicator->id);
    pt_add_text(rows, family->name);
    pt_add_count(rows, (double)p->subject->projected.n);
    for (int i = 0; i < 7; i++) {
        pt_add_empty(rows);
    }
    pt_add_word(rows, PT_N("no"));
    pt_add_word(rows, p->subject->projected.n < family->least_n + p->subject->projected.n_breaks
                          ? PT_N("too few figures")
                          : PT_N("does not apply"));
    pt_add_text(rows, p->subject->place);
}

/* a year further off says that there is none */
#define PARITY_YEARS 500

/* Whether the fitted curve runs on as the straight line through level and pace. */
static bool is_straight(const struct pt_fit *fit)
{
    enum { FAR = 100 };
    double line = fit->level + FAR * fit->pace, size = fabs(fit->level) + FAR * fabs(fit->pace);
    return fabs(fit->family->curve(fit, fit->last + FAR) - line) <= 1e-9 * size;
}

/* The year in which the line meets parity itself, not the band, by the delta method. */
static void add_parity_year(struct pt_rows *rows, const struct pt_projection *p,
                            const struct pt_fit *fit)
{
    double parity = -p->subject->gap_at_zero * p->subject->gap_sign;
    double year = pt_fit_year_at(fit, parity), u = year - fit->last;
    if (!p->has_question || !(fabs(u) < PARITY_YEARS) || !is_straight(fit)) {
        return;
    }
    double level = fit->level_se, pace = fit->pace_se * u;
    double variance = level * level + pace * pace + 2 * fit->level_pace_corr * level * pace;
    add_row(rows, p, fit, PT_N("parity-year"), year, sqrt(variance) / fabs(fit->pace), NULL);
}

/* How the families name their parameters; only for translators. */
__attribute__((unused)) static const char *const parameter_words[] = {
    PT_N("floor"),
    PT_N("rise"),
    PT_N("position"),
    PT_N("rate"),
    PT_N("bend"),
    PT_N("limit"),
    PT_N("distance"),
    /* TRANSLATORS: changes at a break, with its year behind them: "level-2017", "slope-2015" */
    PT_N("level-"),
    PT_N("slope-"),
};

static enum pt_status add_family(struct pt_rows *rows, const struct pt_run *run,
                                 const struct pt_projection *p, const struct pt_family *family,
                                 struct pt_arena *arena, struct pt_error *err)
{
    struct pt_fit fit = p->fit;
    if (family != p->fit.family) {
        enum pt_status status =
            pt_fit(family, &p->subject->projected, &run->options.fit, &fit, NULL);
        if (status == PT_ENOMEM) {
            return PT_RAISE_NOMEM(err);
        }
        if (status != PT_OK) {
            add_refusal(rows, p, family);
            return PT_OK;
        }
    }
    for (size_t k = 0; k < fit.n_parameters; k++) {
        const struct pt_fit_parameter *parameter = &fit.parameters[k];
        const char *name = parameter->name;
        if (parameter->year != 0) {
            name = pt_arena_printf(arena, "%s-%d", name, parameter->year);
        }
        if (!name) {
            return PT_RAISE_NOMEM(err);
        }
        add_row(rows, p, &fit, name, parameter->estimate, parameter->se,
                warning_of(p, &fit, parameter));
    }
    add_parity_year(rows, p, &fit);
    return PT_OK;
}

static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    (void)people; /* every row is for people too */
    struct pt_rows rows;
    size_t families = 0;
    while (pt_families[families]) {
        families++;
    }
    if (!pt_rows_new(&rows, &pt_table_kind_fit,
                     run->n_projections * families * (PT_FIT_PARAMETERS + 1), arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < run->n_projections; i++) {
        for (size_t f = 0; f < families; f++) {
            enum pt_status status =
                add_family(&rows, run, &run->projections[i], pt_families[f], arena, err);
            if (status != PT_OK) {
                return status;
            }
        }
    }
    *table = pt_rows_table(&rows, &pt_table_kind_fit);
    return PT_OK;
}

const struct pt_table_kind pt_table_kind_fit = {
    .name = "fit",
    .title = PT_N("Trend lines"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .make = make,
};
