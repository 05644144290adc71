/* What the families fitted by least squares share; private to this room. */
#ifndef PARITET_TREND_REGRESSION_H
#define PARITET_TREND_REGRESSION_H

#include "trend/least_squares.h"
#include "trend/trend.h"

/* A regression with the terms of the declared breaks. The first `core` columns are the curve's own
 * parameters, in the order of its card. A break's column is a step or a ramp before it that is 0
 * from it on, so that the curve runs in today's definition. */
struct pt_regression {
    size_t n, p, core;
    long double *x;   /* [n][p]; the first `core` of each row are the caller's to fill */
    double *y, *w;    /* [n]; w has mean 1 */
    double *t;        /* [n] years from the last */
    double *residual; /* [n] y - curve */
    struct pt_least_squares solved;
};
/* y is the series, w the inverse of its variances where they are known. */
enum pt_status pt_regression_open(const struct pt_series *series, size_t core,
                                  struct pt_regression *r, struct pt_error *err);
void pt_regression_close(struct pt_regression *r);
/* y on another scale z, whose slope there was dz_dy; the weights follow. Once per point, then
 * pt_regression_level. */
void pt_regression_rescale(struct pt_regression *r, size_t i, double z, double dz_dy,
                           bool weighted);
/* Makes the mean of the weights 1 again. */
void pt_regression_level(struct pt_regression *r);
enum pt_status pt_regression_solve(struct pt_regression *r, struct pt_error *err);
/* From r->solved and r->residual: df, sigma (at least what the rounding makes certain),
 * parameters, AICc, autocorrelation, and what pt_draw_start needs. extra_df: degrees of freedom
 * that were spent on more than columns. log_slopes: sum of ln |dz/dy| of another scale, so that
 * AICc is that of y. */
void pt_regression_take(const struct pt_regression *r, const struct pt_series *series,
                        double rounding, double extra_df, double log_slopes, struct pt_fit *fit);
/* Level, pace and their widened covariance from the first two columns of r->solved. */
void pt_regression_line(const struct pt_regression *r, struct pt_fit *fit);

/* Columns that the declared breaks take: one for a level or a slope, two for both. */
size_t pt_break_terms(const struct pt_series *series);
enum pt_break_kind pt_break_kind_of(const struct pt_series *series, size_t k);
/* What the breaks after a year take from the curve there; the parameters from `core` on. */
double pt_break_shift(const struct pt_fit *fit, size_t core, int year);
/* PT_EDATA for a declared change of slope, in families that cannot have one. */
enum pt_status pt_refuse_slopes(const char *family, const struct pt_series *series,
                                struct pt_error *err);

/* What one more column would take off the sum of squares, for searches over many. */
struct pt_profile {
    size_t n, m;
    double *basis;  /* [m][n] orthonormal */
    double *y;      /* [n] what the basis leaves of y */
    double *column; /* [n] work, and [3 n] behind it for the caller */
    double left;    /* sum of squares of y */
};
/* The columns of r from `from` on and, unless from is 0, the first. */
enum pt_status pt_profile_open(const struct pt_regression *r, size_t from, struct pt_profile *p,
                               struct pt_error *err);
void pt_profile_close(struct pt_profile *p);
/* For the column in p->column (weighted by sqrt(w); is destroyed); 0 where it adds nothing new. */
double pt_profile_gain(struct pt_profile *p);

/* Drawn parameters: rows 0 .. core - 1 of a path's state; then its scale and its noise. */
enum { PT_DRAW_SCALE = 4, PT_DRAW_NOISE = 5 };
#define PT_DRAW_NUMBERS \
    14 /* of fit->numbers: 4 estimates and a Cholesky factor; the rest is free */
/* Multivariate t around the estimates, with the covariance of pt_regression_take. */
void pt_draw_start(const struct pt_fit *fit, size_t core, size_t n, const double *z, double *state,
                   bool *holds);
/* The AR(1) noise of year h, row PT_DRAW_NOISE of the state. */
void pt_draw_noise(const struct pt_fit *fit, size_t h, size_t n, const double *z, double *state);

/* a + b t and its gradient */
double pt_line_value(const double *parameters, double t);
void pt_line_gradient(const double *parameters, double t, double *gradient);

#endif
