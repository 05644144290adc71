#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trend/bend.h"
#include "trend/steps.h"

/* fit->numbers: bounds of v */
enum { LOW = PT_DRAW_NUMBERS, HIGH = LOW + PT_BEND_MOST };
/* this close to a bound, as a share of the way to the other, is at it */
#define AT_BOUND 2e-3
/* starts taken from the grid, until one leads to a minimum */
#define STARTS 2

struct work {
    const struct pt_bend *bend;
    struct pt_regression r; /* columns: 1, S at the grid point, breaks */
    double low[PT_BEND_MOST], high[PT_BEND_MOST];
};

static double inside(double low, double high, double q)
{
    return low + (high - low) / (1 + exp(-q));
}

/* Weighted residuals by level, pace, q, breaks. */
static bool residuals(const void *data, const double *b, double *f, double *jacobian)
{
    const struct work *work = data;
    const struct pt_regression *r = &work->r;
    size_t m = work->bend->m, p = r->p + m;
    double v[PT_BEND_MOST], dv[PT_BEND_MOST], slopes[PT_BEND_MOST];
    for (size_t k = 0; k < m; k++) {
        double share = 1 / (1 + exp(-b[2 + k]));
        v[k] = inside(work->low[k], work->high[k], b[2 + k]);
        dv[k] = (work->high[k] - work->low[k]) * share * (1 - share);
    }
    for (size_t i = 0; i < r->n; i++) {
        double root = sqrt(r->w[i]), shape = work->bend->shape(v, r->t[i], slopes);
        double y = b[0] + b[1] * shape;
        for (size_t k = 2; k < r->p; k++) {
            y += (double)r->x[i * r->p + k] * b[m + k];
        }
        f[i] = root * (y - r->y[i]);
        if (!jacobian) {
            continue;
        }
        double *row = jacobian + i * p;
        row[0] = root;
        row[1] = root * shape;
        for (size_t k = 0; k < m; k++) {
            row[2 + k] = root * b[1] * slopes[k] * dv[k];
        }
        for (size_t k = 2; k < r->p; k++) {
            row[m + k] = root * (double)r->x[i * r->p + k];
        }
    }
    return true;
}

static double logit_of_step(size_t i, size_t steps)
{
    double u = ((double)i + 0.5) / (double)steps;
    return log(u / (1 - u));
}

/* What each point of the grid takes off the sum of squares. */
static void grid_gains(const struct work *work, struct pt_profile *profile, double *gains)
{
    const struct pt_bend *bend = work->bend;
    size_t first = bend->m > 1 ? bend->steps[0] : 1, second = bend->steps[bend->m - 1];
    double v[PT_BEND_MOST], *half = profile->column + profile->n, *root = half + 2 * profile->n;
    for (size_t i = 0; i < profile->n; i++) {
        root[i] = sqrt(work->r.w[i]);
    }
    for (size_t k = 0; k < second; k++) {
        size_t last = bend->m - 1;
        v[last] = inside(work->low[last], work->high[last], logit_of_step(k, second));
        bend->half_shape(v, profile->n, work->r.t, half);
        for (size_t j = 0; j < first; j++) {
            if (bend->m > 1) {
                v[0] = inside(work->low[0], work->high[0], logit_of_step(j, first));
            }
            bend->whole_shape(v, profile->n, half, profile->column);
            for (size_t i = 0; i < profile->n; i++) {
                profile->column[i] *= root[i];
            }
            gains[j * second + k] = pt_profile_gain(profile);
        }
    }
}

/* The best point of the grid that is no neighbour of the one taken before (SIZE_MAX: none yet). */
static size_t best_point(const struct pt_bend *bend, const double *gains, const size_t *taken)
{
    size_t second = bend->m > 1 ? bend->steps[1] : 1, best = SIZE_MAX;
    double most = 0;
    for (size_t g = 0; g < bend->steps[0] * second; g++) {
        const size_t at[PT_BEND_MOST] = { g / second, g % second };
        if (taken && (at[0] + 1 >= taken[0] && at[0] <= taken[0] + 1) &&
            (at[1] + 1 >= taken[1] && at[1] <= taken[1] + 1)) {
            continue;
        }
        // NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult): all were set
        if (gains[g] > most) {
            most = gains[g];
            best = g;
        }
    }
    return best;
}

/* Where each v ended: -1 at its low bound, +1 at its high one, 0 between; true: all between. */
static bool is_between(const struct pt_bend *bend, const double *b, int *at)
{
    bool between = true;
    for (size_t k = 0; k < bend->m; k++) {
        double share = 1 / (1 + exp(-b[2 + k]));
        at[k] = share < AT_BOUND ? -1 : share > 1 - AT_BOUND;
        between &= at[k] == 0;
    }
    return between;
}

/* The minimum that the best point of the grid leads to, else the next one; false: none between the
 * bounds, and `at` says where the first led, as pt_bend's refuse has it. */
static bool search(const struct work *work, struct pt_profile *profile,
                   struct pt_least_squares *end, int *at)
{
    const struct pt_bend *bend = work->bend;
    size_t p = work->r.p + bend->m, second = bend->m > 1 ? bend->steps[1] : 1;
    size_t taken[PT_BEND_MOST] = { 0 };
    double gains[PT_BEND_GRID];
    grid_gains(work, profile, gains);
    struct pt_nonlinear_room room = { .f = NULL };
    struct pt_nonlinear problem = {
        .n = work->r.n, .p = p, .residuals = residuals, .data = work, .room = &room
    };
    bool found = false;
    problem.linear = ~(((1u << bend->m) - 1) << 2);
    for (size_t s = 0; s < STARTS && !found; s++) {
        size_t g = best_point(bend, gains, s > 0 ? taken : NULL);
        if (g == SIZE_MAX) {
            break;
        }
        taken[0] = g / second;
        taken[1] = g % second;
        int here[PT_BEND_MOST] = { 0 };
        *end = (struct pt_least_squares){ .sse = (double)INFINITY };
        for (size_t k = 0; k < bend->m; k++) {
            end->b[2 + k] = logit_of_step(taken[k], bend->steps[k]);
            here[k] = taken[k] == 0 ? -1 : taken[k] + 1 == bend->steps[k];
        }
        found = pt_nonlinear(&problem, end) && is_between(bend, end->b, here);
        if (s == 0 && !found) {
            memcpy(at, here, sizeof here);
        }
    }
    pt_nonlinear_room_free(&room);
    return found;
}

/* level, pace and v from level, pace and q; dv gets the slopes of v by q */
static void natural(const struct pt_bend *bend, const double *numbers, const double *b, double *out,
                    double *dv)
{
    out[0] = b[0];
    out[1] = b[1];
    for (size_t k = 0; k < bend->m; k++) {
        double low = numbers[LOW + k], high = numbers[HIGH + k];
        out[2 + k] = inside(low, high, b[2 + k]);
        dv[k] = (out[2 + k] - low) * (high - out[2 + k]) / (high - low);
    }
}

/* The card's parameters with errors by the delta method. */
static void to_card(const struct pt_bend *bend, double s, const struct pt_regression *r,
                    struct pt_fit *fit)
{
    enum { MOST = 2 + PT_BEND_MOST };
    size_t m = 2 + bend->m;
    double b[MOST], dv[PT_BEND_MOST], out[MOST], jacobian[MOST * MOST];
    natural(bend, fit->numbers, r->solved.b, b, dv);
    bend->card(b, out, jacobian);
    for (size_t i = 0; i < m; i++) {
        double variance = 0;
        for (size_t j = 0; j < m; j++) {
            for (size_t k = 0; k < m; k++) {
                variance += jacobian[i * m + j] * (j < 2 ? 1 : dv[j - 2]) * jacobian[i * m + k] *
                            (k < 2 ? 1 : dv[k - 2]) * r->solved.inverse[j * r->p + k];
            }
        }
        fit->parameters[i].estimate = out[i];
        fit->parameters[i].se = s * sqrt(fmax(variance, 0));
    }
}

/* r as of a linear regression in level, pace, q and breaks */
static void take(struct work *work, const struct pt_series *series,
                 const struct pt_least_squares *best, struct pt_fit *fit)
{
    struct pt_regression r = work->r;
    size_t m = work->bend->m;
    r.core = 2 + m;
    r.p += m;
    r.solved = *best;
    residuals(work, best->b, r.residual, NULL);
    for (size_t i = 0; i < r.n; i++) {
        r.residual[i] /= -sqrt(r.w[i]);
    }
    memcpy(fit->numbers + LOW, work->low, sizeof work->low);
    memcpy(fit->numbers + HIGH, work->high, sizeof work->high);
    pt_regression_take(&r, series, series->rounding, 0, 0, fit);
    pt_regression_line(&r, fit);
    to_card(work->bend, sqrt(best->sse / fit->df), &r, fit);
}

enum pt_status pt_bend_fit(const struct pt_bend *bend, const struct pt_series *series,
                           struct pt_fit *fit, struct pt_error *err)
{
    struct work work = { .bend = bend };
    struct pt_profile profile = { 0 };
    struct pt_least_squares best;
    int at[PT_BEND_MOST] = { 0 };
    enum pt_status status = pt_refuse_slopes(fit->family->name, series, err);
    if (status == PT_OK) {
        status = pt_regression_open(series, 2, &work.r, err);
    }
    if (status != PT_OK) {
        return status;
    }
    for (size_t i = 0; i < work.r.n; i++) {
        work.r.x[i * work.r.p] = 1;
    }
    bend->bounds(series, work.low, work.high);
    status = pt_profile_open(&work.r, 2, &profile, err);
    if (status == PT_OK && profile.left == 0) {
        status = PT_RAISE(err, PT_EDATA,
                          "the figures do not change, so they show no bend; "
                          "use 'linear'");
    }
    if (status == PT_OK) {
        if (search(&work, &profile, &best, at)) {
            take(&work, series, &best, fit);
        } else {
            status = bend->refuse(at, err);
        }
    }
    pt_profile_close(&profile);
    pt_regression_close(&work.r);
    return status;
}

double pt_bend_curve(const struct pt_bend *bend, const struct pt_fit *fit, int year)
{
    double b[2 + PT_BEND_MOST], dv[PT_BEND_MOST];
    natural(bend, fit->numbers, fit->numbers, b, dv);
    return b[0] + b[1] * bend->shape(b + 2, year - fit->last, NULL) -
           pt_break_shift(fit, 2 + bend->m, year);
}

void pt_bend_start(const struct pt_bend *bend, const struct pt_fit *fit, size_t n, const double *z,
                   double *state, bool *holds)
{
    pt_draw_start(fit, 2 + bend->m, n, z, state, holds);
    for (size_t k = 0; k < bend->m; k++) {
        double *v = state + (2 + k) * n;
        pt_logistics(fit->numbers[LOW + k], fit->numbers[HIGH + k] - fit->numbers[LOW + k], n, v,
                     v);
    }
}

void pt_bend_step(const struct pt_bend *bend, const struct pt_fit *fit, size_t h, size_t n,
                  const double *z, double *state, double *x, double *curve)
{
    const double *noise = state + PT_DRAW_NOISE * n;
    pt_draw_noise(fit, h, n, z, state);
    bend->shapes(n, state + 2 * n, (double)h, curve);
    for (size_t i = 0; i < n; i++) {
        curve[i] = state[i] + state[n + i] * curve[i];
        x[i] = curve[i] + noise[i];
    }
}
