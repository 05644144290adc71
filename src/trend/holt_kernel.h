/* Damped Holt by the least squares of its grid (METHODS 3.2), compiled once for each instruction set
 * to the same bytes. A file that includes this says PT_HOLT, the name. */
#include "trend/holt.h"

static const double alphas[] = { 1e-4, .1, .2, .3, .4, .5, .6, .7, .8, .9, .9999 };
static const double betas[] = { 1e-4, .05, .1, .2, .35, .5, .75, .9999 };
static const double phis[] = { .8, .85, .9, .94, .98 };

#define PHIS  (sizeof phis / sizeof *phis)
#define BETAS (sizeof betas / sizeof *betas)

/* The betas of one (alpha, phi) go side by side, all in one vector, as one alone waits for itself in
 * every year; each lane does the operations of one, in their order. */
#define LANES BETAS
typedef double eight
    __attribute__((vector_size(LANES * sizeof(double)), aligned(sizeof(double)), may_alias));
/* Vectors of this length have no calling convention of their own on plain x86-64. */
#define INLINE static inline __attribute__((always_inline))
_Static_assert(BETAS == 8, "betas fill a vector");

/* What the exact start comes from. */
struct holt_sums {
    eight lc, bc, lu, bu, lv, bv, uu, uv, vv, uc, vc;
};

/* Errors are linear in the first level and slope: e = c - l u - b v, so these are exact. cuv is
 * [n][3]. */
INLINE void holt_walk(const double *y, size_t n, double alpha, const eight *beta, double phi,
                      eight *cuv, struct holt_sums *out)
{
    eight zero = *beta - *beta, ab = alpha * *beta;
    struct holt_sums s = {
        zero, zero, zero + 1, zero, zero, zero + 1, zero, zero, zero, zero, zero
    };
    for (size_t t = 0; t < n; t++, cuv += 3) {
        eight fc = s.lc + phi * s.bc, fu = s.lu + phi * s.bu, fv = s.lv + phi * s.bv;
        eight ec = y[t] - fc;
        cuv[0] = ec;
        cuv[1] = fu;
        cuv[2] = fv;
        s.lc = fc + alpha * ec;
        s.bc = phi * s.bc + ab * ec;
        s.lu = fu - alpha * fu;
        s.bu = phi * s.bu - ab * fu;
        s.lv = fv - alpha * fv;
        s.bv = phi * s.bv - ab * fv;
        s.uu += fu * fu;
        s.uv += fu * fv;
        s.vv += fv * fv;
        s.uc += fu * ec;
        s.vc += fv * ec;
    }
    *out = s;
}

INLINE void holt_eight(const double *y, size_t n, double alpha, const eight *beta, double phi,
                       eight *cuv, struct pt_holt found[LANES])
{
    struct holt_sums s;
    holt_walk(y, n, alpha, beta, phi, cuv, &s);
    eight det = s.uu * s.vv - s.uv * s.uv, l0, b0, sse = *beta - *beta;
    for (size_t k = 0; k < LANES; k++) {
        bool flat = det[k] <= 1e-9 * s.uu[k] * s.vv[k];
        l0[k] = flat ? s.uc[k] / s.uu[k] : (s.uc[k] * s.vv[k] - s.vc[k] * s.uv[k]) / det[k];
        b0[k] = flat ? 0 : (s.vc[k] * s.uu[k] - s.uc[k] * s.uv[k]) / det[k];
    }
    for (size_t t = 0; t < n; t++, cuv += 3) {
        eight e = cuv[0] - l0 * cuv[1] - b0 * cuv[2];
        sse += e * e;
    }
    eight level = s.lc + l0 * s.lu + b0 * s.lv, slope = s.bc + l0 * s.bu + b0 * s.bv;
    for (size_t k = 0; k < LANES; k++) {
        found[k] = (struct pt_holt){ .sse = sse[k],
                                     .level = level[k],
                                     .slope = slope[k],
                                     .phi = phi,
                                     .alpha = alpha,
                                     .beta = (*beta)[k],
                                     .first_level = l0[k],
                                     .first_slope = b0[k] };
    }
}

/* One alpha; the grid's order, betas before phis, decides between equals. */
static void holt_row(const double *y, size_t n, double alpha, eight *cuv, struct pt_holt *best)
{
    struct pt_holt found[PHIS][BETAS];
    for (size_t p = 0; p < PHIS; p++) {
        holt_eight(y, n, alpha, (const eight *)betas, phis[p], cuv, found[p]);
    }
    for (size_t k = 0; k < BETAS; k++) {
        for (size_t p = 0; p < PHIS; p++) {
            if (found[p][k].sse < best->sse) {
                *best = found[p][k];
            }
        }
    }
}

void PT_HOLT(const double *y, size_t n, double *work, struct pt_holt *best)
{
    for (size_t a = 0; a < sizeof alphas / sizeof *alphas; a++) {
        holt_row(y, n, alphas[a], (eight *)work, best);
    }
}
