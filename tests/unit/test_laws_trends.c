#include "support/world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Trend families on drawn series (METHODS 2 to 4). */

/* Of the size of the figures: rounding, times the condition of a least squares problem. */
#define LINEAR_DIGITS 1e-9
/* robust settles, and bends are searched, to these (test_trend_reference.c) */
#define SEARCHED_DIGITS 1e-5

struct drawn {
    struct world world; /* as files, to be said */
    size_t n;
    int year[WORLD_YEARS];
    double y[WORLD_YEARS], variance[WORLD_YEARS];
    double size;
    struct pt_series series;
};

static bool is_one_of(const char *name, const char *names)
{
    const char *at = strstr(names, name);
    size_t n = strlen(name);
    return at && (at == names || at[-1] == ' ') && (at[n] == ' ' || at[n] == '\0');
}

/* A single series without bounds, and its family one of `families` ("": any). Lines that are exact
 * leave the choice of a grid point or of an outlier to the last bit, so there is noise. */
static bool series_draw(struct trial *trial, const char *families, struct drawn *d)
{
    static const struct world_wish wish = { .single = true, .plain_unit = true };
    double bend = 0;
    world_draw(trial, &wish, &d->world);
    d->world.break_year = 0;
    if (families[0] != '\0' && !is_one_of(d->world.trend, families)) {
        /* not thrown away, as most would be */
        size_t n = 1, pick;
        for (const char *at = families; *at; at++) {
            n += *at == ' ';
        }
        pick = draw_below(trial, n);
        static char name[24];
        const char *from = families;
        for (; pick > 0; pick--) {
            from = strchr(from, ' ') + 1;
        }
        snprintf(name, sizeof name, "%.*s", (int)strcspn(from, " "), from);
        d->world.trend = name;
    }
    d->n = d->world.n_years;
    d->size = 0;
    for (size_t i = 0; i < d->n; i++) {
        d->year[i] = d->world.years[i].year;
        d->y[i] = d->world.years[i].group;
        d->size = fmax(d->size, fabs(d->y[i]));
        bend += i > 1 ? fabs(d->y[i] - 2 * d->y[i - 1] + d->y[i - 2]) : 0;
    }
    d->series = (struct pt_series){ .n = d->n,
                                    .year = d->year,
                                    .y = d->y,
                                    .lower = -INFINITY,
                                    .upper = INFINITY,
                                    .rounding = .01 };
    world_say(trial, &d->world);
    return bend > .5;
}

static bool fit_of(const struct drawn *d, struct pt_fit *fit)
{
    struct pt_fit_options options = pt_fit_options_default();
    options.scores = false;
    return pt_fit(pt_family_find(d->world.trend), &d->series, &options, fit, NULL) == PT_OK;
}

static bool is_searched(const struct drawn *d)
{
    return is_one_of(d->world.trend, "robust asymptotic logistic");
}

/* Whether fit b is that of scale y + shift. */
static enum verdict fits_agree(struct trial *trial, const struct drawn *d, const struct pt_fit *a,
                               const struct pt_fit *b, double scale, double shift)
{
    double digits = is_searched(d) ? SEARCHED_DIGITS : LINEAR_DIGITS;
    double room = digits * (fabs(scale) * d->size + fabs(shift));
    const double from[] = { scale * a->level + shift, scale * a->pace, fabs(scale) * a->sigma,
                            fabs(scale) * a->pace_se,
                            scale * pt_fit_curve(a, a->last + 7) + shift };
    const double to[] = { b->level, b->pace, b->sigma, b->pace_se, pt_fit_curve(b, b->last + 7) };
    static const char *const names[] = { "level", "pace", "sigma", "error of the pace", "curve" };
    for (size_t i = 0; i < 5; i++) {
        if (!(fabs(from[i] - to[i]) <= room)) {
            return LAW_BREAKS(trial, "the %s is %.17g, not %.17g", names[i], to[i], from[i]);
        }
    }
    return LAW_HOLDS;
}

static enum verdict agree_when_changed(struct trial *trial, struct drawn *d, double scale,
                                       double shift)
{
    struct pt_fit a, b;
    if (!fit_of(d, &a)) {
        return LAW_VOID;
    }
    for (size_t i = 0; i < d->n; i++) {
        d->y[i] = scale * d->y[i] + shift;
    }
    d->series.rounding *= fabs(scale);
    trial_say(trial, "# against figures times %g and %+g\n", scale, shift);
    if (!fit_of(d, &b)) {
        /* a search may end at either side of its own limit */
        return is_searched(d) ? LAW_VOID : LAW_BREAKS(trial, "refused");
    }
    return fits_agree(trial, d, &a, &b, scale, shift);
}

/* ------------------------------------------------------------------ other units */

static enum verdict another_unit_is_the_same_trend(struct trial *trial)
{
    struct drawn d;
    double scale = DRAW_ONE_OF(trial, double, 2, .01, 10, 1000);
    if (!series_draw(
            trial,
            "consensus linear robust theil-sen asymptotic quadratic piecewise drift damped "
            "theta logistic log-linear",
            &d)) {
        return LAW_VOID;
    }
    if (is_one_of(d.world.trend, "log-linear theta")) {
        /* sigma is that of a logarithm or of a power */
        struct pt_fit a, b;
        if (!fit_of(&d, &a)) {
            return LAW_VOID;
        }
        for (size_t i = 0; i < d.n; i++) {
            d.y[i] *= scale;
        }
        d.series.rounding *= scale;
        if (!fit_of(&d, &b)) {
            return LAW_BREAKS(trial, "refused");
        }
        a.sigma = b.sigma / scale;
        a.pace_se = b.pace_se / scale;
        return fits_agree(trial, &d, &a, &b, scale, 0);
    }
    return agree_when_changed(trial, &d, scale, 0);
}

static enum verdict another_zero_is_the_same_trend(struct trial *trial)
{
    struct drawn d;
    double shift = draw_signed(trial, 100);
    return series_draw(
               trial,
               "linear robust theil-sen quadratic piecewise drift damped asymptotic logistic", &d)
               ? agree_when_changed(trial, &d, 1, shift)
               : LAW_VOID;
}

static enum verdict a_mirrored_series_has_the_mirrored_trend(struct trial *trial)
{
    struct drawn d;
    if (!series_draw(trial, "consensus linear robust theil-sen quadratic piecewise drift damped",
                     &d)) {
        return LAW_VOID;
    }
    /* the consensus looks at logarithms where all figures are above 0 */
    for (size_t i = 0; i < d.n; i++) {
        d.y[i] -= d.world.years[0].group;
    }
    return agree_when_changed(trial, &d, -1, 0);
}

static enum verdict time_turned_round_turns_the_curve_round(struct trial *trial)
{
    struct drawn d;
    struct pt_fit a, b;
    double kept[WORLD_YEARS];
    if (!series_draw(trial, "linear quadratic theil-sen robust", &d) || !fit_of(&d, &a)) {
        return LAW_VOID;
    }
    int first = d.year[0], last = d.year[d.n - 1];
    memcpy(kept, d.y, sizeof kept);
    for (size_t i = 0; i < d.n; i++) {
        d.y[i] = kept[d.n - 1 - i];
        d.year[i] = first + last - d.world.years[d.n - 1 - i].year;
    }
    if (!fit_of(&d, &b)) {
        return LAW_VOID;
    }
    double digits = is_searched(&d) ? SEARCHED_DIGITS : LINEAR_DIGITS;
    for (int year = first; year <= last; year++) {
        double one = pt_fit_curve(&a, year), two = pt_fit_curve(&b, first + last - year);
        if (fabs(one - two) > digits * d.size) {
            return LAW_BREAKS(trial, "%d is at %.17g and at %.17g", year, one, two);
        }
    }
    return LAW_HOLDS;
}

/* ------------------------------------------------------------------ least squares */

static double sse_of(const struct drawn *d, const struct pt_family *family,
                     const double *parameters)
{
    double sum = 0;
    for (size_t i = 0; i < d->n; i++) {
        double e = d->y[i] - family->value(parameters, d->year[i] - d->year[d->n - 1]);
        sum += e * e;
    }
    return sum;
}

static enum verdict no_other_parameters_are_nearer(struct trial *trial)
{
    struct drawn d;
    struct pt_fit fit;
    double best[PT_FIT_PARAMETERS], other[PT_FIT_PARAMETERS];
    if (!series_draw(trial, "linear quadratic asymptotic logistic", &d) || !fit_of(&d, &fit)) {
        return LAW_VOID;
    }
    for (size_t k = 0; k < fit.n_parameters; k++) {
        best[k] = fit.parameters[k].estimate;
        other[k] = best[k] + draw_signed(trial, 1000) / 1e3 * fit.parameters[k].se;
    }
    double least = sse_of(&d, fit.family, best), more = sse_of(&d, fit.family, other);
    return more >= least * (1 - 1e-9) ? LAW_HOLDS
                                      : LAW_BREAKS(trial, "%.17g is less than %.17g", more, least);
}

static enum verdict a_figure_on_the_line_leaves_it_where_it_is(struct trial *trial)
{
    struct drawn d;
    struct pt_fit a, b;
    if (!series_draw(trial, "linear quadratic", &d) || d.n == WORLD_YEARS || !fit_of(&d, &a)) {
        return LAW_VOID;
    }
    d.year[d.n] = d.year[d.n - 1] + draw_int(trial, 1, 3);
    d.y[d.n] =
        a.family->value((const double[]){ a.parameters[0].estimate, a.parameters[1].estimate,
                                          a.n_parameters > 2 ? a.parameters[2].estimate : 0 },
                        d.year[d.n] - a.last);
    d.series.n = ++d.n;
    if (!fit_of(&d, &b)) {
        return LAW_BREAKS(trial, "refused");
    }
    for (size_t i = 0; i + 1 < d.n; i++) {
        double one = pt_fit_curve(&a, d.year[i]), two = pt_fit_curve(&b, d.year[i]);
        if (fabs(one - two) > LINEAR_DIGITS * (d.size + fabs(d.y[d.n - 1]))) {
            return LAW_BREAKS(trial, "%d moves from %.17g to %.17g", d.year[i], one, two);
        }
    }
    return LAW_HOLDS;
}

static enum verdict equal_weights_are_none(struct trial *trial)
{
    struct drawn d;
    struct pt_fit a, b;
    double variance = draw_int(trial, 1, 400) / 100.0;
    if (!series_draw(trial, "linear quadratic piecewise asymptotic logistic robust", &d) ||
        !fit_of(&d, &a)) {
        return LAW_VOID;
    }
    for (size_t i = 0; i < d.n; i++) {
        d.variance[i] = variance;
    }
    d.series.variance = d.variance;
    return fit_of(&d, &b) ? fits_agree(trial, &d, &a, &b, 1, 0) : LAW_BREAKS(trial, "refused");
}

static enum verdict more_likeness_of_neighbours_is_a_wider_future(struct trial *trial)
{
    struct drawn d;
    struct pt_fit a, b;
    struct pt_fit_options options = pt_fit_options_default();
    if (!series_draw(trial, "linear robust theil-sen quadratic piecewise", &d)) {
        return LAW_VOID;
    }
    options.scores = false;
    options.rho = draw_int(trial, 0, 8) / 10.0;
    const struct pt_family *family = pt_family_find(d.world.trend);
    if (pt_fit(family, &d.series, &options, &a, NULL) != PT_OK) {
        return LAW_VOID;
    }
    options.rho += .1;
    if (pt_fit(family, &d.series, &options, &b, NULL) != PT_OK) {
        return LAW_BREAKS(trial, "refused");
    }
    return b.pace_se > a.pace_se && b.level_se > a.level_se && a.level == b.level &&
                   a.pace == b.pace
               ? LAW_HOLDS
               : LAW_BREAKS(trial, "rho %g: %.17g becomes %.17g", options.rho, a.pace_se,
                            b.pace_se);
}

/* ------------------------------------------------------------------ futures */

static enum verdict a_path_is_the_same_in_every_block_and_to_every_horizon(struct trial *trial)
{
    enum { MOST = 40, YEARS = 20 };
    static double all[YEARS * MOST], some[YEARS * MOST];
    struct drawn d;
    struct pt_fit fit;
    if (!series_draw(trial, "", &d) || !fit_of(&d, &fit)) {
        return LAW_VOID;
    }
    struct pt_stream stream = pt_stream_open(7, "law");
    size_t first = (size_t)draw_int(trial, 0, MOST - 1), n = 1 + draw_below(trial, MOST - first);
    size_t years = (size_t)draw_int(trial, 1, YEARS);
    pt_fit_paths(&fit, &stream, 0, MOST, YEARS, all);
    pt_fit_paths(&fit, &stream, first, n, years, some);
    for (size_t y = 0; y < years; y++) {
        for (size_t i = 0; i < n; i++) {
            if (some[y * n + i] != all[y * MOST + first + i]) {
                return LAW_BREAKS(trial, "draw %zu, %zu years ahead: %.17g and %.17g", first + i,
                                  y + 1, some[y * n + i], all[y * MOST + first + i]);
            }
        }
    }
    return LAW_HOLDS;
}

/* The count of draws below a quantile is binomial; one law has some 10^5 chances to be five standard
 * errors off, each of 6e-7, so six. */
static enum verdict paths_have_the_quantiles_of_the_closed_form(struct trial *trial)
{
    enum { DRAWS = 2000 };
    struct drawn d;
    struct pt_fit fit;
    struct pt_futures futures;
    static const double p[] = { .05, .25, .5, .75, .95 };
    double q[5];
    if (!series_draw(trial, "consensus", &d) || !fit_of(&d, &fit)) {
        return LAW_VOID;
    }
    struct pt_stream stream = pt_stream_open(7, "law");
    size_t h = (size_t)draw_int(trial, 1, 6);
    if (pt_futures_make(&fit, &stream, DRAWS, h, &futures, NULL) != PT_OK ||
        pt_fit_quantiles(&fit, h, 5, p, NULL, 0, q, NULL) != PT_OK) {
        return LAW_BREAKS(trial, "no futures");
    }
    enum verdict verdict = LAW_HOLDS;
    for (size_t k = 0; k < 5 && verdict == LAW_HOLDS; k++) {
        size_t below = 0;
        for (size_t i = 0; i < DRAWS; i++) {
            below += futures.x[(h - 1) * DRAWS + i] <= q[k];
        }
        double off = ((double)below / DRAWS - p[k]) / sqrt(p[k] * (1 - p[k]) / DRAWS);
        if (fabs(off) > 6) {
            verdict =
                LAW_BREAKS(trial, "%zu of %d draws lie below the %g quantile", below, DRAWS, p[k]);
        }
    }
    pt_futures_free(&futures);
    return verdict;
}

int main(void)
{
    static const struct law laws[] = {
#define LAW(name, where) { #name, where, name, 200 }
        LAW(another_unit_is_the_same_trend, "every family but logit-linear, which has bounds"),
        LAW(another_zero_is_the_same_trend,
            "every family but consensus, theta, log-linear and logit-linear, which look at logarithms"),
        LAW(a_mirrored_series_has_the_mirrored_trend,
            "consensus (of figures that are not all above 0), straight and bent lines, drift, damped"),
        LAW(time_turned_round_turns_the_curve_round, "linear, quadratic, theil-sen, robust"),
        LAW(no_other_parameters_are_nearer, "linear, quadratic, asymptotic, logistic"),
        LAW(a_figure_on_the_line_leaves_it_where_it_is, "linear, quadratic"),
        LAW(equal_weights_are_none, "families that weigh"),
        LAW(more_likeness_of_neighbours_is_a_wider_future, "straight lines, quadratic, piecewise"),
        LAW(a_path_is_the_same_in_every_block_and_to_every_horizon, "every family"),
        LAW(paths_have_the_quantiles_of_the_closed_form, "consensus, to six standard errors"),
    };
    return LAWS_RUN(laws);
}
