#include <math.h>

#include "trend/normal_pieces.h"
#include "trend/steps.h"

const struct pt_steps *pt_steps_of(enum pt_isa isa)
{
    static const struct pt_steps *const all[PT_ISAS] = { &pt_steps_portable, &pt_steps_avx2,
                                                         &pt_steps_avx512 };
    return all[isa];
}

const struct pt_steps *pt_steps_best(void)
{
    return pt_steps_of(pt_isa_best());
}

void pt_scales(const double series[40], size_t n, const double *z, double *scale)
{
    enum pt_isa isa = pt_isa_best();
    pt_steps_of(isa)->log_scale(series, n, z, scale);
    pt_block_exp(isa, n, scale, scale);
}

double pt_exp(double x)
{
    pt_block_exp(PT_ISA_PORTABLE, 1, &x, &x);
    return x;
}

double pt_log(double x)
{
    pt_block_log(PT_ISA_PORTABLE, 1, &x, &x);
    return x;
}

/* Phi(-z) for z past PT_PIECES_END: the continued fraction of P.-S. de Laplace (1805), from the
 * back; 48 terms leave an error of 1e-13 of it. */
static double upper_tail(double z)
{
    const double root_two_pi = 2.5066282746310005024;
    double fraction = z;
    for (int k = 48; k > 0; k--) {
        fraction = z + k / fraction;
    }
    return pt_exp(-.5 * z * z) / (root_two_pi * fraction);
}

void pt_half_chances(size_t n, const double *z, double *p)
{
    pt_steps_best()->half_chance(n, z, p);
    for (size_t i = 0; i < n; i++) {
        if (z[i] > PT_PIECES_END) {
            p[i] = .5 - upper_tail(z[i]);
        }
    }
}

/* e^-x - 1 as (u - 1) x / ln u of the rounded u = e^-x: W. Kahan's, in N. J. Higham (2002),
 * Accuracy and Stability of Numerical Algorithms, section 1.14.1. */
void pt_saturations(size_t n, const double *x, double *y)
{
    enum pt_isa isa = pt_isa_best();
    double u[PT_PATHS_MOST], log_u[PT_PATHS_MOST];
    for (size_t i = 0; i < n; i++) {
        u[i] = -x[i];
    }
    pt_block_exp(isa, n, u, u);
    pt_block_log(isa, n, u, log_u);
    for (size_t i = 0; i < n; i++) {
        double small = u[i] == 1 ? x[i] : (u[i] - 1) * x[i] / log_u[i];
        y[i] = u[i] > .5 ? small : 1 - u[i];
    }
}

void pt_logistics(double lower, double width, size_t n, const double *x, double *y)
{
    enum pt_isa isa = pt_isa_best();
    for (size_t i = 0; i < n; i++) {
        y[i] = -x[i];
    }
    pt_block_exp(isa, n, y, y);
    pt_steps_of(isa)->squash(lower, width, n, y, y);
}
