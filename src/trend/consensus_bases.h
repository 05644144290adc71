/* The numbers under the consensus projection (METHODS 3.1-3.2); private to this room. */
#ifndef PARITET_TREND_CONSENSUS_BASES_H
#define PARITET_TREND_CONSENSUS_BASES_H

#include <stdbool.h>
#include <stddef.h>

#define PT_CONSENSUS_YEARS 6
#define PT_CONSENSUS_BASES 6

/* A series made regular: one value a year, holes filled on a straight line. */
struct pt_regular {
    size_t n;          /* years, filled ones too */
    const double *y;   /* [n] */
    size_t n_observed; /* values that were observed */
    size_t n_changes;  /* observed changes within one definition */
    const double *d;   /* [n_changes] the changes */
    const double *k;   /* [n_changes] the years each took */
    double rounding;
};

struct pt_statistics {
    double q, md, sd, ac, lt, ln15; /* METHODS 3.1 */
};
struct pt_statistics pt_statistics_of(const struct pt_regular *series);

/* Damped Holt, the least squares on its grid. */
struct pt_holt {
    double sse, level, slope, phi, alpha, beta;
    double first_level, first_slope; /* before the first year */
};
/* work: [24 n] */
struct pt_holt pt_holt_fit(const double *y, size_t n, double *work);

/* Theta on its Box-Cox scale (on y itself with lambda = 1): exponential smoothing with drift. */
struct pt_theta {
    double lambda, level, slope, alpha, sse;
    double *errors; /* [n] one year ahead, in the work */
};
/* work: [2 n] */
struct pt_theta pt_theta_fit(const double *y, size_t n, double *work);
double pt_box_cox(double y, double lambda);
double pt_box_cox_inverse(double w, double lambda);

struct pt_bases {
    /* naive, drift, damped Holt, Box-Cox Theta, log Theta, Theil-Sen */
    double f[PT_CONSENSUS_BASES][PT_CONSENSUS_YEARS];
    double D[PT_CONSENSUS_YEARS]; /* median of damped Holt on three scales */
    double damps;                 /* root mean square of damped Holt's errors */
    double low, high;             /* every base forecast is held between these, */
    bool zero;                    /* and at 0 or above */
};
/* A forecast held where the base forecasts are. */
double pt_bases_within(const struct pt_bases *bases, double f);
/* work: [25 n]. positive: the variants on a logarithmic scale may be used; zero: clip at 0. */
void pt_bases_make(const struct pt_regular *series, const struct pt_statistics *stats,
                   bool positive, bool zero, double *work, struct pt_bases *bases);

#endif
