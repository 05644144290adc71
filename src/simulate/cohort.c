#include <math.h>
#include <string.h>

#include "simulate/simulate.h"

/* D_t = turnover * (D*_t + ... + D*_(t-full+1)) + partial * D*_(t-full), in sums of D*, so that a
 * year costs the same however long people stay. */
void pt_cohort_start(struct pt_cohort *cohort, double turnover, double *sums, size_t from)
{
    double stay = floor(1 / turnover + 1e-9); /* 1 / 0.1 years are ten */
    cohort->turnover = turnover;
    cohort->full = stay < 1e6 ? (size_t)stay : 1000000;
    cohort->partial = fmax(0, 1 - turnover * stay);
    cohort->sums = sums;
    memset(sums, 0, (from + 1) * PT_BLOCK * sizeof *sums);
}

void pt_cohort_year(struct pt_cohort *cohort, size_t y, size_t n, const double *own, double *out)
{
    size_t t = y + 1, full = cohort->full;
    double *now = cohort->sums + t * PT_BLOCK;
    const double *before = cohort->sums + y * PT_BLOCK;
    const double *left = cohort->sums + (t > full ? t - full : 0) * PT_BLOCK;
    const double *gone = cohort->sums + (t > full + 1 ? t - full - 1 : 0) * PT_BLOCK;
    for (size_t i = 0; i < n; i++) {
        now[i] = before[i] + (own ? own[i] : 0);
        out[i] = cohort->turnover * (now[i] - left[i]) + cohort->partial * (left[i] - gone[i]);
    }
}
