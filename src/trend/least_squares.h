/* Least squares, linear and not; private to this room. */
#ifndef PARITET_TREND_LEAST_SQUARES_H
#define PARITET_TREND_LEAST_SQUARES_H

#include <paritet/trend.h>

struct pt_least_squares {
    double b[PT_FIT_PARAMETERS]; /* coefficients */
    /* (X'WX)^-1, p by p, row-major */
    double inverse[PT_FIT_PARAMETERS * PT_FIT_PARAMETERS];
    double sse; /* weighted sum of squared residuals */
};

/* y = X b + e by Householder QR in extended precision with iterative refinement, so that squares
 * and cubes of years cost no digits. x is [n][p], p at most PT_FIT_PARAMETERS and below n + 1;
 * w is [n], or NULL for equal weights; residual [n] gets y - X b, unweighted, and 0 where
 * w is (NULL: not wanted).
 * PT_EDATA where the columns depend on each other. */
enum pt_status pt_least_squares(size_t n, size_t p, const long double *x, const double *y,
                                const double *w, struct pt_least_squares *out, double *residual,
                                struct pt_error *err);

/* Residuals of a curve that is not linear in its parameters. */
/* Memory of the methods, made when first needed and kept from one start to the next; begins as
 * zeros, of one n and p. */
struct pt_nonlinear_room {
    void *methods[8];
    long double *wide;
    double *f;
};
void pt_nonlinear_room_free(struct pt_nonlinear_room *room);

struct pt_nonlinear {
    size_t n, p;
    /* f[n] and, unless NULL, its Jacobian [n][p]; false outside the curve's domain. */
    bool (*residuals)(const void *data, const double *b, double *f, double *jacobian);
    const void *data;
    unsigned linear; /* bit j: the residuals are linear in parameter j */
    /* For starts that may lie far off: also with the parameters that are not linear ten and a
     * hundred times smaller or larger, keeping the best end. */
    bool thorough;
    struct pt_nonlinear_room *room; /* NULL: memory of its own for this start */
};

/* From out->b as the start (whose linear parameters need not be known) to the nearest minimum of
 * the sum of squares: trust region methods of GSL one after another until one arrives, then
 * Gauss-Newton steps in extended precision. false where none arrives, or memory is out. */
bool pt_nonlinear(const struct pt_nonlinear *problem, struct pt_least_squares *out);

#endif
