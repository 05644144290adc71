#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_multifit_nlinear.h>

#include "trend/least_squares.h"

#define P PT_FIT_PARAMETERS
/* of the trust region, then of the polish */
#define ITERATIONS     60
#define ITERATIONS_FAR 400 /* from starts that may lie far off */
#define POLISHES       60
/* how close to perpendicular residuals and curve must be: the relative offset of D. M. Bates and
 * D. G. Watts (1981), Technometrics 23:179-183, who ask for 1e-3 */
#define OFFSET 1e-6
/* sums of squares closer than this are the same minimum, perhaps with its terms swapped */
#define SAME 0.99

struct attempt {
    const gsl_multifit_nlinear_trs *const *step;
    const gsl_multifit_nlinear_scale *const *scale;
    bool numeric; /* derivatives by differences */
};

static const struct attempt tries[] = {
    { &gsl_multifit_nlinear_trs_lm, &gsl_multifit_nlinear_scale_more, false },
    { &gsl_multifit_nlinear_trs_lmaccel, &gsl_multifit_nlinear_scale_more, false },
    { &gsl_multifit_nlinear_trs_dogleg, &gsl_multifit_nlinear_scale_more, false },
    { &gsl_multifit_nlinear_trs_lm, &gsl_multifit_nlinear_scale_levenberg, false },
    { &gsl_multifit_nlinear_trs_lm, &gsl_multifit_nlinear_scale_more, true },
};

#define TRIES (sizeof tries / sizeof *tries)
_Static_assert(TRIES <= sizeof((struct pt_nonlinear_room *)0)->methods / sizeof(void *),
               "room for every method");

static bool all_finite(const double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        if (!isfinite(x[i])) {
            return false;
        }
    }
    return true;
}

static bool evaluate(const struct pt_nonlinear *problem, const double *b, double *f,
                     double *jacobian)
{
    return all_finite(b, problem->p) && problem->residuals(problem->data, b, f, jacobian) &&
           all_finite(f, problem->n) &&
           (!jacobian || all_finite(jacobian, problem->n * problem->p));
}

static bool any(const double *x, size_t n)
{
    while (n > 0 && x[n - 1] == 0) {
        n--;
    }
    return n > 0;
}

/* GSL 2.7 reads what a callback leaves even where it reports a failure, and calls its error
 * handler for a Jacobian of zeros: so a failure leaves ones, and zeros are a failure. */
static int leave_ones(double *x, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = 1;
    }
    return GSL_EDOM;
}

static int gsl_f(const gsl_vector *b, void *pointer, gsl_vector *f)
{
    const struct pt_nonlinear *problem = pointer;
    return evaluate(problem, b->data, f->data, NULL) ? GSL_SUCCESS
                                                     : leave_ones(f->data, problem->n);
}

static int gsl_df(const gsl_vector *b, void *pointer, gsl_matrix *jacobian)
{
    const struct pt_nonlinear *problem = pointer;
    size_t size = problem->n * problem->p;
    double f[512], *much = problem->n > 512 ? malloc(problem->n * sizeof *much) : NULL;
    bool fine = (problem->n <= 512 || much) &&
                evaluate(problem, b->data, much ? much : f, jacobian->data) &&
                any(jacobian->data, size);
    free(much);
    return fine ? GSL_SUCCESS : leave_ones(jacobian->data, size);
}

static gsl_multifit_nlinear_workspace *method_of(const struct pt_nonlinear *problem, size_t t)
{
    void **kept = &problem->room->methods[t];
    if (!*kept) {
        gsl_multifit_nlinear_parameters parameters = gsl_multifit_nlinear_default_parameters();
        parameters.trs = *tries[t].step;
        parameters.scale = *tries[t].scale;
        *kept = gsl_multifit_nlinear_alloc(gsl_multifit_nlinear_trust, &parameters, problem->n,
                                           problem->p);
    }
    return *kept;
}

void pt_nonlinear_room_free(struct pt_nonlinear_room *room)
{
    for (size_t t = 0; t < TRIES; t++) {
        gsl_multifit_nlinear_free(room->methods[t]);
    }
    free(room->f);
    free(room->wide);
    *room = (struct pt_nonlinear_room){ .f = NULL };
}

/* Leaves b where method t ends, however it ends. */
static void descend(const struct pt_nonlinear *problem, size_t t, double *b)
{
    struct pt_nonlinear copy = *problem;
    gsl_multifit_nlinear_fdf fdf = { .f = gsl_f,
                                     .df = tries[t].numeric ? NULL : gsl_df,
                                     .n = problem->n,
                                     .p = problem->p,
                                     .params = &copy };
    gsl_multifit_nlinear_workspace *work = method_of(problem, t);
    if (!work) {
        return;
    }
    gsl_matrix_set_all(work->J, 1); /* differences that fail leave columns as they were */
    gsl_vector_const_view start = gsl_vector_const_view_array(b, problem->p);
    int info;
    if (gsl_multifit_nlinear_init(&start.vector, &fdf, work) == GSL_SUCCESS) {
        size_t most = problem->thorough ? ITERATIONS_FAR : ITERATIONS;
        gsl_multifit_nlinear_driver(most, 1e-10, 1e-14, 0, NULL, NULL, &info, work);
        memcpy(b, work->x->data, problem->p * sizeof *b);
    }
}

struct polish {
    double *f, *jacobian, *trial; /* [n], [n][p], [n] */
    long double *wide;            /* [n][p] */
};

static double squares(const double *f, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += f[i] * f[i];
    }
    return sum;
}

/* The Gauss-Newton step from b, and how far the residuals are from perpendicular. */
static bool gauss_newton(const struct pt_nonlinear *problem, const double *b,
                         const struct polish *at, struct pt_least_squares *step, double *offset)
{
    size_t n = problem->n, p = problem->p;
    if (!evaluate(problem, b, at->f, at->jacobian)) {
        return false;
    }
    for (size_t i = 0; i < n * p; i++) {
        at->wide[i] = -(long double)at->jacobian[i];
    }
    if (pt_least_squares(n, p, at->wide, at->f, NULL, step, NULL, NULL) != PT_OK) {
        return false;
    }
    double whole = squares(at->f, n), part = fmax(whole - step->sse, 0);
    *offset = whole > 0 ? sqrt(part / whole) : 0;
    return true;
}

/* From b along the step, halved until the sum of squares does not rise. Close to the end the sum
 * is all rounding, and steps that shrink are believed instead. Returns the relative change of the
 * parameter that moved most; 0: no way down. */
static double move(const struct pt_nonlinear *problem, double *b, const double *step, double sse,
                   double believed, const struct polish *at)
{
    double length = 1;
    for (int halvings = 0; halvings < 12; halvings++, length /= 2) {
        double next[P], moved = 0;
        for (size_t j = 0; j < problem->p; j++) {
            next[j] = b[j] + length * step[j];
            moved = fmax(moved, fabs(next[j] - b[j]) / fmax(fabs(b[j]), 1e-300));
        }
        if (evaluate(problem, next, at->trial, NULL) &&
            (moved < believed || squares(at->trial, problem->n) <= sse)) {
            memcpy(b, next, problem->p * sizeof *b);
            return moved;
        }
    }
    return 0;
}

/* Gauss-Newton from b; out is the end, and whether it is a minimum returned. */
static bool polish(const struct pt_nonlinear *problem, double *b, const struct polish *at,
                   struct pt_least_squares *out)
{
    double offset = (double)INFINITY, moved = (double)INFINITY;
    for (size_t k = 0; k < POLISHES && moved > 1e-14; k++) {
        struct pt_least_squares step;
        if (!gauss_newton(problem, b, at, &step, &offset)) {
            return false;
        }
        *out = step;
        out->sse = squares(at->f, problem->n);
        memcpy(out->b, b, problem->p * sizeof *b);
        moved = move(problem, b, step.b, out->sse, offset < OFFSET ? 0.7 * moved : 0, at);
    }
    return offset < OFFSET || moved < 1e-9;
}

/* Sets the linear parameters to what is best for the others as they stand. */
static void solve_linear(const struct pt_nonlinear *problem, double *b, const struct polish *at)
{
    size_t n = problem->n, p = problem->p, columns[P], m = 0;
    struct pt_least_squares step;
    for (size_t j = 0; j < p; j++) {
        if (problem->linear >> j & 1) {
            columns[m++] = j;
        }
    }
    if (m == 0 || !evaluate(problem, b, at->f, at->jacobian)) {
        return;
    }
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < m; k++) {
            at->wide[i * m + k] = -(long double)at->jacobian[i * p + columns[k]];
        }
    }
    if (pt_least_squares(n, m, at->wide, at->f, NULL, &step, NULL, NULL) == PT_OK) {
        for (size_t k = 0; k < m; k++) {
            b[columns[k]] += step.b[k];
        }
    }
}

/* Every method from one start, until one arrives. */
static void search(const struct pt_nonlinear *problem, const double *start, const struct polish *at,
                   struct pt_least_squares *best)
{
    for (size_t t = 0; t < TRIES; t++) {
        struct pt_least_squares end = { .sse = (double)INFINITY };
        double b[P];
        memcpy(b, start, problem->p * sizeof *b);
        descend(problem, t, b);
        if (polish(problem, b, at, &end)) {
            *best = end.sse < best->sse * SAME ? end : *best;
            break;
        }
    }
}

/* From every start that is asked for. */
static bool solve(const struct pt_nonlinear *problem, struct pt_least_squares *out)
{
    static const double scales[] = { 1, 0.1, 10, 0.01 };
    size_t n = problem->n, p = problem->p;
    struct pt_nonlinear_room *room = problem->room;
    room->wide = room->wide ? room->wide : malloc(n * p * sizeof *room->wide);
    room->f = room->f ? room->f : malloc((p + 2) * n * sizeof *room->f);
    if (!room->wide || !room->f) {
        return false;
    }
    const struct polish at = {
        .f = room->f, .jacobian = room->f + n, .trial = room->f + n + n * p, .wide = room->wide
    };
    struct pt_least_squares best = { .sse = (double)INFINITY };
    if (!problem->thorough) {
        solve_linear(problem, out->b, &at);
    }
    search(problem, out->b, &at, &best);
    for (size_t k = 0; problem->thorough && k < 4; k++) {
        double b[P];
        for (size_t j = 0; j < p; j++) {
            b[j] = out->b[j] * (problem->linear >> j & 1 ? 1 : scales[k]);
        }
        solve_linear(problem, b, &at);
        search(problem, b, &at, &best);
    }
    if (!isfinite(best.sse)) {
        return false;
    }
    *out = best;
    return true;
}

bool pt_nonlinear(const struct pt_nonlinear *problem, struct pt_least_squares *out)
{
    if (problem->room) {
        return solve(problem, out);
    }
    struct pt_nonlinear_room room = { .f = NULL };
    struct pt_nonlinear here = *problem;
    here.room = &room;
    bool found = solve(&here, out);
    pt_nonlinear_room_free(&room);
    return found;
}
