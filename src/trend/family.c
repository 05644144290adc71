#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trend/regression.h"

#define PT_FAMILY(name) extern const struct pt_family pt_family_##name;
#include "trend/families.def"
#undef PT_FAMILY

#define PT_FAMILY(name) &pt_family_##name,
const struct pt_family *const pt_families[] = {
#include "trend/families.def"
    NULL
};
#undef PT_FAMILY

/* how far ahead the rolling-origin error looks */
#define PT_BACKTEST_YEARS 3
/* fits that each score may cost: of longer series, years spread evenly over them */
#define PT_SCORE_FITS 60

const struct pt_family *pt_family_find(const char *name)
{
    for (size_t i = 0; pt_families[i]; i++) {
        if (strcmp(pt_families[i]->name, name) == 0) {
            return pt_families[i];
        }
    }
    return NULL;
}

const struct pt_family *pt_family_default(void)
{
    return pt_families[0];
}

struct pt_fit_options pt_fit_options_default(void)
{
    return (struct pt_fit_options){ .rho = 0.4, .search_breaks = true, .scores = true };
}

size_t pt_breaks_passed(const struct pt_series *series, int year)
{
    size_t k = 0;
    while (k < series->n_breaks && series->breaks[k] <= year) {
        k++;
    }
    return k;
}

static enum pt_status check_series(const struct pt_family *family, const struct pt_series *series,
                                   struct pt_error *err)
{
    if (series->n_breaks > PT_FIT_BREAKS) {
        return PT_RAISE(err, PT_EDATA, "%zu breaks are more than a trend can take (at most %d)",
                        series->n_breaks, PT_FIT_BREAKS);
    }
    for (size_t i = 0; i < series->n; i++) {
        if (!isfinite(series->y[i])) {
            return PT_RAISE(err, PT_EDATA, "the value of %d is not a finite number",
                            series->year[i]);
        }
    }
    size_t least = family->least_n + pt_break_terms(series);
    if (series->n < least) {
        size_t more = least - series->n;
        if (more == 1) {
            return PT_RAISE(err, PT_EDATA,
                            "'%s' needs at least %zu yearly figures and has %zu; "
                            "1 more year would do",
                            family->name, least, series->n);
        }
        return PT_RAISE(err, PT_EDATA,
                        "'%s' needs at least %zu yearly figures and has %zu; "
                        "%zu more years would do",
                        family->name, least, series->n, more);
    }
    size_t in_piece = 0;
    for (size_t i = 0; i < series->n; i++) {
        in_piece++;
        bool ends = i + 1 == series->n || pt_breaks_passed(series, series->year[i]) !=
                                              pt_breaks_passed(series, series->year[i + 1]);
        if (ends && in_piece < 2) {
            return PT_RAISE(err, PT_EDATA,
                            "the figure of %d stands alone between two breaks; "
                            "a trend needs two figures on each side of a break",
                            series->year[i]);
        }
        in_piece = ends ? 0 : in_piece;
    }
    return PT_OK;
}

/* The family's own work, with everything that does not depend on the family. */
static enum pt_status fit_once(const struct pt_family *family, const struct pt_series *series,
                               const struct pt_fit_options *options, struct pt_fit *fit,
                               struct pt_error *err)
{
    enum pt_status status = check_series(family, series, err);
    if (status != PT_OK) {
        return status;
    }
    struct pt_fit made = { .family = family,
                           .n = series->n,
                           .first = series->year[0],
                           .last = series->year[series->n - 1],
                           .aicc = NAN,
                           .loo_mae = NAN,
                           .backtest_mase = NAN,
                           .lower = series->lower,
                           .upper = series->upper,
                           .rho = options->rho };
    status = family->fit(series, options, &made, err);
    if (status == PT_OK) {
        *fit = made;
    }
    return status;
}

/* A fit that is refused leaves no score; one without memory leaves no answer at all. */
static enum pt_status leave_one_out(const struct pt_family *family, const struct pt_series *series,
                                    const struct pt_fit_options *options, int *year, double *y,
                                    double *variance, double *mae)
{
    double sum = 0;
    size_t every = (series->n + PT_SCORE_FITS - 1) / PT_SCORE_FITS, count = 0;
    for (size_t out = 0; out < series->n; out += every, count++) {
        size_t n = 0;
        for (size_t i = 0; i < series->n; i++) {
            if (i == out) {
                continue;
            }
            year[n] = series->year[i];
            y[n] = series->y[i];
            variance[n] = series->variance ? series->variance[i] : 0;
            n++;
        }
        struct pt_series rest = *series;
        rest.n = n;
        rest.year = year;
        rest.y = y;
        rest.variance = series->variance ? variance : NULL;
        struct pt_fit fit;
        enum pt_status status = fit_once(family, &rest, options, &fit, NULL);
        if (status != PT_OK) {
            *mae = NAN;
            return status == PT_ENOMEM ? status : PT_OK;
        }
        sum += fabs(series->y[out] - pt_fit_curve(&fit, series->year[out]));
    }
    *mae = sum / (double)count;
    return PT_OK;
}

static enum pt_status rolling_origin(const struct pt_family *family, const struct pt_series *series,
                                     const struct pt_fit_options *options, double *mase)
{
    double sum = 0;
    size_t count = 0, every = (series->n + PT_SCORE_FITS - 1) / PT_SCORE_FITS;
    for (size_t m = family->least_n; m < series->n; m += every) {
        struct pt_series past = *series;
        past.n = m;
        past.n_breaks = pt_breaks_passed(series, series->year[m - 1]);
        struct pt_fit fit;
        double change = 0;
        for (size_t i = 1; i < m; i++) {
            change += fabs(series->y[i] - series->y[i - 1]);
        }
        if (change == 0) {
            continue;
        }
        enum pt_status status = fit_once(family, &past, options, &fit, NULL);
        if (status == PT_ENOMEM) {
            return status;
        }
        if (status != PT_OK) {
            continue;
        }
        double scale = change / (double)(m - 1);
        for (size_t i = m; i < series->n && i < m + PT_BACKTEST_YEARS; i++) {
            if (pt_breaks_passed(series, series->year[i]) != past.n_breaks) {
                break; /* another definition: nothing to compare */
            }
            sum += fabs(series->y[i] - pt_fit_curve(&fit, series->year[i])) / scale;
            count++;
        }
    }
    *mase = count > 0 ? sum / (double)count : NAN;
    return PT_OK;
}

enum pt_status pt_fit(const struct pt_family *family, const struct pt_series *series,
                      const struct pt_fit_options *options, struct pt_fit *fit,
                      struct pt_error *err)
{
    struct pt_fit made;
    enum pt_status status = fit_once(family, series, options, &made, err);
    if (status != PT_OK) {
        return status;
    }
    if (!family->quantile) {
        pt_log_scale_make(made.df, made.log_scale);
    }
    if (!options->scores) {
        *fit = made;
        return PT_OK;
    }
    int *year = malloc(series->n * sizeof *year);
    double *y = malloc(2 * series->n * sizeof *y);
    if (!year || !y) {
        status = PT_RAISE_NOMEM(err);
        goto done;
    }
    if (leave_one_out(family, series, options, year, y, y + series->n, &made.loo_mae) != PT_OK ||
        rolling_origin(family, series, options, &made.backtest_mase) != PT_OK) {
        status = PT_RAISE_NOMEM(err);
        goto done;
    }
    *fit = made;
done:
    free(y);
    free(year);
    return status;
}

double pt_fit_curve(const struct pt_fit *fit, int year)
{
    double y = fit->family->curve(fit, year);
    return isnan(y) ? y : fmin(fmax(y, fit->lower), fit->upper);
}

double pt_fit_year_at(const struct pt_fit *fit, double value)
{
    return fit->pace == 0 ? INFINITY : fit->last + (value - fit->level) / fit->pace;
}
