/* tally: exact quantiles of several rows that come block by block, at the same levels. */
#ifndef PARITET_SIMULATE_TALLY_H
#define PARITET_SIMULATE_TALLY_H

#include "simulate/sieve.h"

struct pt_tally {
    size_t n;
    size_t n_levels;
    struct pt_sieve *sieves; /* [n] */
    double *values;          /* their memory */
    double *out;             /* [n][n_levels] */
};

/* Bytes that a tally of so many rows takes. */
size_t pt_tally_bytes(uint64_t draws, size_t n, size_t n_levels, const double *levels);
/* levels is [n_levels] as for pt_sieve_start; out stays the caller's. PT_ENOMEM; the caller frees
 * it, whatever comes back. */
enum pt_status pt_tally_new(uint64_t draws, size_t n, size_t n_levels, const double *levels,
                            enum pt_isa isa, double *out, struct pt_tally *tally,
                            struct pt_error *err);
void pt_tally_free(struct pt_tally *tally);
/* The next draws of one row, in every pass the same. */
void pt_tally_add(struct pt_tally *tally, size_t row, size_t n, const double *x);
/* After all draws of a pass: whether some row has to see all draws once more. */
bool pt_tally_again(struct pt_tally *tally);
static inline bool pt_tally_wants(const struct pt_tally *tally, size_t row)
{
    return pt_sieve_wants(&tally->sieves[row]);
}
/* Whether all values were numbers. PT_EDATA with the name of the projection where not. */
enum pt_status pt_tally_check(const struct pt_tally *tally, const char *stream,
                              struct pt_error *err);

#endif
