#include <math.h>
#include <string.h>

#include "trend/regression.h"

/* figures in every piece (METHODS 2) */
#define LEAST_PIECE 4
/* figures for a first searched break, and more for each further one */
#define LEAST_SEARCHED 11
#define MORE_SEARCHED  6
#define SEARCHED_MOST  3
/* A searched break is free in slope and place; J. H. Friedman (1991), Ann. Stat. 19:1-67, charges
 * about three parameters for each, and so does AICc here. */
#define PRICE 3

/* fit->numbers: how many breaks were found, out of how many looked for, and their years */
enum { FOUND = PT_DRAW_NUMBERS, LOOKED, YEARS };

/* The declared breaks and those found, in order. */
struct breaks {
    size_t n, found;
    int year[PT_FIT_BREAKS];
    enum pt_break_kind kind[PT_FIT_BREAKS];
    bool searched[PT_FIT_BREAKS];
};

static struct pt_series with_breaks(const struct pt_series *series, const struct breaks *breaks)
{
    struct pt_series more = *series;
    more.n_breaks = breaks->n;
    more.breaks = breaks->year;
    more.break_kinds = breaks->kind;
    return more;
}

static void insert(struct breaks *breaks, int year)
{
    size_t at = breaks->n++;
    for (; at > 0 && breaks->year[at - 1] > year; at--) {
        breaks->year[at] = breaks->year[at - 1];
        breaks->kind[at] = breaks->kind[at - 1];
        breaks->searched[at] = breaks->searched[at - 1];
    }
    breaks->year[at] = year;
    breaks->kind[at] = PT_BREAK_SLOPE;
    breaks->searched[at] = true;
    breaks->found++;
}

/* Figures in the shortest piece and its first year. */
static size_t shortest(const struct pt_series *series, int *first)
{
    size_t least = series->n, in_piece = 0;
    *first = series->year[0];
    for (size_t i = 0; i < series->n; i++) {
        in_piece++;
        if (i + 1 == series->n || pt_breaks_passed(series, series->year[i]) !=
                                      pt_breaks_passed(series, series->year[i + 1])) {
            if (in_piece < least) {
                least = in_piece;
                *first = series->year[i + 1 - in_piece];
            }
            in_piece = 0;
        }
    }
    return least;
}

static enum pt_status open_line(const struct pt_series *series, struct pt_regression *r,
                                struct pt_error *err)
{
    enum pt_status status = pt_regression_open(series, 2, r, err);
    for (size_t i = 0; status == PT_OK && i < r->n; i++) {
        r->x[i * r->p] = 1;
        r->x[i * r->p + 1] = (long double)r->t[i];
    }
    return status;
}

/* Sums over the figures so far: of ramps from a later one on they make every sum at once. */
struct prefix {
    double flat, sloped; /* sum u, sum u t */
};

static void grow(struct prefix *p, double u, double t)
{
    p->flat += u;
    p->sloped += u * t;
}

/* sum u (t - from) */
static double ramp(const struct prefix *p, double from)
{
    return p->sloped - from * p->flat;
}

/* What a change of slope in each figure's year would take off the sum of squares, to some six
 * digits; -1 where it leaves too few figures on a side. */
static void rough_gains(const struct pt_series *now, const struct pt_regression *r,
                        const struct pt_profile *profile, double *gains)
{
    struct prefix along[PT_FIT_PARAMETERS] = { 0 }, y = { 0 }, one = { 0 };
    double square = 0;
    for (size_t i = 0, start = 0, end = 0; i < r->n; i++) {
        if (i == end) {
            size_t piece = pt_breaks_passed(now, now->year[i]);
            for (start = i; end < r->n && pt_breaks_passed(now, now->year[end]) == piece;) {
                end++;
            }
        }
        double from = r->t[i], top = ramp(&y, from);
        double whole = square - 2 * from * one.sloped + from * from * one.flat, rest = whole;
        for (size_t k = 0; k < profile->m; k++) {
            double part = ramp(&along[k], from);
            rest -= part * part;
        }
        bool room = i >= start + LEAST_PIECE && i + LEAST_PIECE <= end;
        gains[i] = !room ? -1 : rest > 1e-9 * whole ? top * top / rest : (double)INFINITY;
        double root = sqrt(r->w[i]);
        for (size_t k = 0; k < profile->m; k++) {
            grow(&along[k], root * profile->basis[k * r->n + i], from);
        }
        grow(&y, root * profile->y[i], from);
        grow(&one, r->w[i], from);
        square += r->w[i] * from * from;
    }
}

#define ROUGH 1e-4 /* far more than rough gains are wrong by */

/* The figure with the largest gain; 0: there is no room. */
static size_t best_break(const struct pt_series *now, const struct pt_regression *r,
                         struct pt_profile *profile, double *most)
{
    double *gains = r->residual, largest = 0;
    size_t best = 0;
    rough_gains(now, r, profile, gains);
    for (size_t i = 0; i < r->n; i++) {
        largest = isfinite(gains[i]) ? fmax(largest, gains[i]) : largest;
    }
    *most = 0;
    for (size_t i = 0; i < r->n; i++) {
        if (gains[i] < 0 || gains[i] < (1 - ROUGH) * largest) {
            continue;
        }
        for (size_t j = 0; j < r->n; j++) {
            profile->column[j] = sqrt(r->w[j]) * fmin(r->t[j] - r->t[i], 0);
        }
        double gain = pt_profile_gain(profile);
        if (gain > *most) {
            *most = gain;
            best = i;
        }
    }
    return best;
}

/* Adds the change of slope that takes most off the sum of squares, where AICc falls by it; found
 * says whether it did. */
static enum pt_status look_once(const struct pt_series *series, struct breaks *breaks, bool *found,
                                struct pt_error *err)
{
    struct pt_series now = with_breaks(series, breaks);
    struct pt_regression r;
    struct pt_profile profile;
    enum pt_status status = open_line(&now, &r, err);
    if (status != PT_OK) {
        return status;
    }
    status = pt_profile_open(&r, 0, &profile, err);
    double most = 0;
    int year = 0;
    if (status == PT_OK) {
        size_t best = best_break(&now, &r, &profile, &most);
        year = best > 0 ? series->year[best] : 0;
    }
    *found = false;
    if (status == PT_OK) {
        size_t k = r.p + 1 + (PRICE - 1) * breaks->found;
        double before = pt_aicc(profile.left, r.n, k);
        double after = pt_aicc(profile.left - most, r.n, k + PRICE);
        /* an exact fit has no AICc and is as good as a fit gets */
        *found =
            year != 0 && (after < before || (profile.left > 0 && most > profile.left * .999999));
        pt_profile_close(&profile);
    }
    if (*found) {
        insert(breaks, year);
    }
    pt_regression_close(&r);
    return status;
}

static enum pt_status look(const struct pt_series *series, struct breaks *breaks, size_t *looked,
                           struct pt_error *err)
{
    bool found = true;
    enum pt_status status = PT_OK;
    *looked = 0;
    while (status == PT_OK && found && *looked < SEARCHED_MOST && breaks->n < PT_FIT_BREAKS &&
           series->n >= LEAST_SEARCHED + MORE_SEARCHED * breaks->n) {
        ++*looked;
        status = look_once(series, breaks, &found, err);
    }
    return status;
}

/* The errors count the place of a searched break as a parameter: its derivative is a step there
 * (P. I. Feder 1975, Ann. Stat. 3:49-83), so the covariance is that of a fit with both. */
static enum pt_status widen(const struct pt_series *series, const struct breaks *breaks,
                            struct pt_regression *r, struct pt_error *err)
{
    struct breaks both = *breaks;
    struct pt_regression wide;
    for (size_t k = 0; k < both.n; k++) {
        both.kind[k] = both.searched[k] ? PT_BREAK_BOTH : both.kind[k];
    }
    struct pt_series free = with_breaks(series, &both);
    enum pt_status status = open_line(&free, &wide, err);
    if (status != PT_OK) {
        return status;
    }
    status = pt_regression_solve(&wide, err);
    for (size_t j = 0; status == PT_OK && j < 2; j++) {
        memcpy(r->solved.inverse + j * r->p, wide.solved.inverse + j * wide.p, 2 * sizeof(double));
    }
    pt_regression_close(&wide);
    return status;
}

static enum pt_status fit_pieces(const struct pt_series *series, const struct breaks *breaks,
                                 struct pt_fit *fit, struct pt_error *err)
{
    struct pt_series pieces = with_breaks(series, breaks);
    struct pt_regression r;
    enum pt_status status = open_line(&pieces, &r, err);
    if (status != PT_OK) {
        return status;
    }
    status = pt_regression_solve(&r, err);
    if (status == PT_OK && breaks->found > 0) {
        status = widen(series, breaks, &r, err);
    }
    if (status == PT_OK) {
        pt_regression_take(&r, &pieces, series->rounding, (double)((PRICE - 1) * breaks->found), 0,
                           fit);
        pt_regression_line(&r, fit);
        fit->numbers[FOUND] = (double)breaks->found;
        for (size_t k = 0, at = YEARS; k < breaks->n; k++) {
            if (breaks->searched[k]) {
                fit->numbers[at++] = breaks->year[k];
            }
        }
    }
    pt_regression_close(&r);
    return status;
}

static enum pt_status fit_piecewise(const struct pt_series *series,
                                    const struct pt_fit_options *options, struct pt_fit *fit,
                                    struct pt_error *err)
{
    struct breaks breaks = { .n = series->n_breaks };
    size_t looked = 0;
    int first;
    for (size_t k = 0; k < breaks.n; k++) {
        breaks.year[k] = series->breaks[k];
        breaks.kind[k] = pt_break_kind_of(series, k);
    }
    if (breaks.n == 0 && !options->search_breaks) {
        return PT_RAISE(err, PT_EDATA,
                        "'piecewise' needs a break; declare it under 'breaks', or use 'linear'");
    }
    if (breaks.n == 0 && series->n < LEAST_SEARCHED) {
        return PT_RAISE(err, PT_EDATA,
                        "'piecewise' looks for breaks from %d yearly figures on and has %zu; "
                        "declare one under 'breaks', or use 'linear'",
                        LEAST_SEARCHED, series->n);
    }
    size_t least = shortest(series, &first);
    if (least < LEAST_PIECE) {
        return PT_RAISE(err, PT_EDATA,
                        "'piecewise' needs at least %d figures in each piece, and the one from %d "
                        "has %zu; use 'linear'",
                        LEAST_PIECE, first, least);
    }
    enum pt_status status = options->search_breaks ? look(series, &breaks, &looked, err) : PT_OK;
    fit->numbers[LOOKED] = (double)looked;
    return status == PT_OK ? fit_pieces(series, &breaks, fit, err) : status;
}

static void explain(const struct pt_fit *fit, struct pt_explanation *out)
{
    size_t found = (size_t)fit->numbers[FOUND];
    if (fit->numbers[LOOKED] > 0 && found == 0 && out->n < PT_EXPLANATION) {
        pt_message_set(&out->sentences[out->n++],
                       "a change of slope was looked for, and none is clear enough");
    }
    for (size_t k = 0; k < found && out->n < PT_EXPLANATION; k++) {
        pt_message_set(&out->sentences[out->n++],
                       "a change of slope was looked for and found in %d; the errors count the "
                       "search",
                       (int)fit->numbers[YEARS + k]);
    }
}

const struct pt_family pt_family_piecewise = {
    .name = "piecewise",
    .title = PT_N("straight pieces between breaks"),
    .formula = PT_N("y = a + b t - sum over breaks T > t of (jump + bend (t - T))"),
    .error_law = PT_N("least squares with a new level, slope or both at each break; a searched "
                      "break costs its place too, in the errors and in the degrees of freedom"),
    .parity = PT_N("its last piece always reaches parity, unless it points away from it"),
    .reference = "Quandt 1958; Feder 1975; Muggeo 2003",
    .parameters = { { "intercept", PT_N("fitted figure in the last year"), "figure" },
                    { "slope", PT_N("change per year of the last piece"), "figure/year" } },
    .least_n = 4,
    .has_curve = true,
    .fit = fit_piecewise,
    .curve = pt_line_curve,
    .value = pt_line_value,
    .gradient = pt_line_gradient,
    .start = pt_line_start,
    .step = pt_line_step,
    .explain = explain,
};
