/* steps: what families do to blocks of paths, compiled once for each instruction set from
 * steps_kernel.h. As in base, every operation is exact or one correctly rounded IEEE operation in a
 * stated order, so that each instruction set gives the same bytes. Private to this room. */
#ifndef PARITET_TREND_STEPS_H
#define PARITET_TREND_STEPS_H

#include "trend/consensus.h"

/* A year of the consensus: walk = carry walk + fresh z, and its quantile times scale on top. */
struct pt_spread_year {
    double carry, fresh, scale;
    const double *q; /* [PT_CONSENSUS_ROWS] quantiles at pt_constants_p */
};

struct pt_steps {
    /* x += scale Q(Phi(walk)), Q linear between the rows, symmetric and held at its ends; error of
     * Phi below 1e-13 */
    void (*spread)(const struct pt_spread_year *year, size_t n, const double *z, double *walk,
                   double *x);
    /* Phi(z) - 1/2 for |z| up to PT_PIECES_END, beyond which it is held */
    void (*half_chance)(size_t n, const double *z, double *p);
    /* The consensus' pace: power *= phi, carried += power, x = from + (first + carried) step. */
    void (*carry)(double from, double first, double step, size_t n, const double *phi,
                  double *power, double *carried, double *x);
    /* the Chebyshev series of fit->log_scale */
    void (*log_scale)(const double series[40], size_t n, const double *z, double *y);
    /* y = (1 + x)^-1, lower and width applied: the logistic curve from x = e^-z */
    void (*squash)(double lower, double width, size_t n, const double *x, double *y);
    /* noise = carry noise + fresh (scale z) */
    void (*noise)(double carry, double fresh, size_t n, const double *scale, const double *z,
                  double *noise);
    /* curve = level + pace t */
    void (*line)(double t, size_t n, const double *level, const double *pace, double *curve);
    /* x = curve + noise */
    void (*add)(size_t n, const double *curve, const double *noise, double *x);
    /* walk += pace + scale z, mean += pace; x and curve are copies */
    void (*drift)(size_t n, const double *pace, const double *scale, const double *z, double *walk,
                  double *mean, double *x, double *curve);
    /* x inside the bounds */
    void (*clip)(double lower, double upper, size_t n, double *x);
};
/* All NULL where the compiler does not know the instruction set. */
extern const struct pt_steps pt_steps_portable, pt_steps_avx2, pt_steps_avx512;
const struct pt_steps *pt_steps_of(enum pt_isa isa);
const struct pt_steps *pt_steps_best(void);

/* scale[i] = e^log_scale(z[i]): Student's t over a normal. */
void pt_scales(const double series[40], size_t n, const double *z, double *scale);
/* Phi(z) - 1/2, error below 1e-13; held for z below -PT_PIECES_END. */
void pt_half_chances(size_t n, const double *z, double *p);
/* y = 1 - e^-x for x >= 0, with all digits also where it is small; n at most PT_PATHS_MOST. y may
 * be x. */
void pt_saturations(size_t n, const double *x, double *y);
/* e^x and ln x of one number, with the bytes that blocks have. */
double pt_exp(double x);
double pt_log(double x);
/* y = lower + width / (1 + e^-x); y may be x. */
void pt_logistics(double lower, double width, size_t n, const double *x, double *y);

#endif
