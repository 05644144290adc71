/* What the families share; private to this room. */
#ifndef PARITET_TREND_PRIVATE_H
#define PARITET_TREND_PRIVATE_H

#include <paritet/trend.h>

/* Names the parameters of a line with level breaks and sets their estimates and errors:
 * intercept (fitted value in the last observed year), slope, and a level (the jump) per break,
 * whose estimates are the caller's to fill in. */
void pt_line_parameters(struct pt_fit *fit, const struct pt_series *series, double intercept,
                        double intercept_se, double slope, double slope_se);

/* A straight line's curve and paths: multivariate-t parameters, AR(1) residual noise. */
double pt_line_curve(const struct pt_fit *fit, int year);
void pt_line_start(const struct pt_fit *fit, size_t n, const double *z, double *state, bool *holds);
void pt_line_step(const struct pt_fit *fit, size_t h, size_t n, const double *z, double *state,
                  double *x, double *curve);

/* sigma, but never less than the rounding of the published figures makes certain:
 * a uniform rounding error has the standard deviation step / sqrt(12). */
double pt_sigma_floor(double sigma, double rounding);
/* AICc of Gaussian residuals with k free parameters, sigma among them; NAN when n <= k + 1 or the
 * fit is exact. */
double pt_aicc(double sse, size_t n, size_t k);
/* Lag-1 autocorrelation; 0 for constant residuals. */
double pt_lag1(const double *r, size_t n);
/* Median of values, whose order is lost. */
double pt_median(double *values, size_t n);

/* Student's t as a normal times exp(this): fills fit->log_scale, a Chebyshev series in
 * z / PT_SCALE_REACH. Beyond the reach a normal falls once in 10^10 draws, and the series is held
 * at its end. Read by pt_scales. */
#define PT_SCALE_REACH 6.5
#define PT_SCALE_ORDER 39
void pt_log_scale_make(double df, double series[PT_SCALE_ORDER + 1]);

/* Number of breaks at or before a year, and the first one not yet passed. */
size_t pt_breaks_passed(const struct pt_series *series, int year);

#endif
