/* Curves that bend, for the families fitted by nonlinear least squares; private to this room. */
#ifndef PARITET_TREND_BEND_H
#define PARITET_TREND_BEND_H

#include "trend/regression.h"

/* level + pace S(t; v), where S(0) = 0 and S'(0) = 1, so that level and pace are those of the last
 * year whatever the bend. Written with a limit and a distance from it, the two grow together
 * without end as the bend gets slight; here they cannot.
 *
 * The solver's and the draws' coordinate q of each v is a logit between bounds, so that a bend
 * the figures do not show well is drawn between a straight line and no change at all. */
#define PT_BEND_MOST 2
#define PT_BEND_GRID 128 /* points of a grid at most */
struct pt_bend {
    size_t m; /* how many v */
    /* bounds of v for the years of a series, ascending */
    void (*bounds)(const struct pt_series *series, double *low, double *high);
    size_t steps[PT_BEND_MOST]; /* of the grid that finds the starts */
    /* S, and its slopes by v unless NULL */
    double (*shape)(const double *v, double t, double *slopes);
    /* S at n times in two steps, the same numbers: what does not depend on v[0] where there are two
     * v, then the rest; half is [2][n]. */
    void (*half_shape)(const double *v, size_t n, const double *t, double *half);
    void (*whole_shape)(const double *v, size_t n, const double *half, double *out);
    /* S of n paths, v is [m][n]; the same bytes everywhere. */
    void (*shapes)(size_t n, const double *v, double t, double *out);
    /* The card's parameters from level, pace and v; jacobian [2 + m][2 + m] by level, pace, v. */
    void (*card)(const double *b, double *parameters, double *jacobian);
    /* PT_EDATA: why there is no such curve. at: -1 v[k] ended at its low bound, +1 at its high
     * one, 0 neither, all of them 0 where no minimum was found. */
    enum pt_status (*refuse)(const int at[PT_BEND_MOST], struct pt_error *err);
};

enum pt_status pt_bend_fit(const struct pt_bend *bend, const struct pt_series *series,
                           struct pt_fit *fit, struct pt_error *err);
double pt_bend_curve(const struct pt_bend *bend, const struct pt_fit *fit, int year);
void pt_bend_start(const struct pt_bend *bend, const struct pt_fit *fit, size_t n, const double *z,
                   double *state, bool *holds);
void pt_bend_step(const struct pt_bend *bend, const struct pt_fit *fit, size_t h, size_t n,
                  const double *z, double *state, double *x, double *curve);

#endif
