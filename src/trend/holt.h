/* The search behind pt_holt_fit for each instruction set; they run on any processor of the set, and
 * on all others only as far as the compiler knew none of it. Private to this room. */
#ifndef PARITET_TREND_HOLT_H
#define PARITET_TREND_HOLT_H

#include <paritet/base.h>

#include "trend/consensus_bases.h"

void pt_holt_portable(const double *y, size_t n, double *work, struct pt_holt *best);
void pt_holt_avx2(const double *y, size_t n, double *work, struct pt_holt *best);
void pt_holt_avx512(const double *y, size_t n, double *work, struct pt_holt *best);

#endif
