/* sieve: exact quantiles of more values than are kept.
 *
 * The first values (the pilot) say between which two values each wanted order statistic almost
 * surely lies. Of all later values a sieve counts those below such a bracket and keeps those inside
 * it, and every fourfold of the values seen it narrows the brackets. So its memory grows with the
 * square root of the draws: 8 max(14336, 4096 + 50 sqrt(draws)) bytes for the seven bands, 0.4 MiB
 * for a million draws. At the end the order statistics are selected from what was kept; where one
 * lies outside its bracket, the sieve knows how many values lie on each side and asks for all
 * values once more. It never guesses: the result has the bytes that sorting all values gives, for
 * ties, constants, atoms and any tail. (A selection in the manner of Munro and Paterson 1980,
 * doi:10.1016/0304-3975(80)90061-4, with brackets as in Floyd and Rivest 1975,
 * doi:10.1145/360680.360691.)
 *
 * Up to PT_SIEVE_KEEP draws are simply kept. */
#ifndef PARITET_SIMULATE_SIEVE_H
#define PARITET_SIMULATE_SIEVE_H

#include <paritet/simulate.h>

#define PT_SIEVE_BLOCK 512   /* most values at a time */
#define PT_SIEVE_PILOT 4096  /* values before the first brackets */
#define PT_SIEVE_KEEP  16384 /* draws that are kept whole */

/* A range of values in which order statistics are sought. Values at its ends are only counted, so
 * that an atom costs nothing: one that outweighs a bracket is always at an end of it. */
struct pt_bracket {
    double low, high;         /* low <= high */
    uint64_t below;           /* values < low so far */
    uint64_t at_low, at_high; /* values equal to an end; at_high is 0 where low == high */
    uint64_t between;         /* values strictly inside: in memory, unless more than room */
    size_t room, start;       /* values from `start` on */
};

/* What the classifying kernel reads: thresholds of 16-bit keys that rise with the values. */
struct pt_sift {
    double centre, scale;
    int16_t above[2 * PT_BANDS]; /* a key is past an end where it exceeds this */
};

/* An open interval of values that holds order statistics which the brackets missed, in the order of
 * the bits of doubles. */
struct pt_hunt {
    int64_t low, high;
    uint64_t below;  /* values at or below low */
    uint64_t inside; /* values between */
    unsigned shift;  /* width of a bin is 2^shift; bins unless all inside fit in the memory */
    bool collects;
    size_t start, room, n;
};

struct pt_sieve {
    uint64_t draws, seen;
    size_t n_levels;
    const double *levels; /* [n_levels] ascending */
    enum pt_isa isa;
    enum { PT_SIEVE_KEEPS, PT_SIEVE_SIFTS, PT_SIEVE_HUNTS, PT_SIEVE_DONE } phase;
    bool nan, infinite; /* such a value was seen */
    size_t room;        /* of values */
    double *values;     /* [room] */
    uint64_t narrowed;  /* values seen when the brackets were set */
    size_t n_brackets;
    struct pt_bracket brackets[PT_BANDS];
    double highs[PT_BANDS]; /* of the brackets; INFINITY where there is none */
    bool shares_key;        /* two brackets lie so near that keys do not part them */
    struct pt_sift sift;
    size_t n_hunts;
    struct pt_hunt hunts[2 * PT_BANDS];
    bool known[2 * PT_BANDS];
    double found[2 * PT_BANDS]; /* order statistics, two for each level */
};

/* How many values of memory a sieve for so many draws wants. levels is
 * [n_levels] ascending, at most PT_BANDS, such as pt_band_levels. */
size_t pt_sieve_room(uint64_t draws, size_t n_levels, const double *levels);

/* values is [pt_sieve_room(...)]; it and levels stay the caller's. draws at least 1. */
void pt_sieve_start(struct pt_sieve *sieve, uint64_t draws, size_t n_levels, const double *levels,
                    double *values, enum pt_isa isa);
/* The next n <= PT_SIEVE_BLOCK draws, in the same order in every pass. */
void pt_sieve_add(struct pt_sieve *sieve, size_t n, const double *x);
/* False once it has finished: a further pass is for others. */
static inline bool pt_sieve_wants(const struct pt_sieve *sieve)
{
    return sieve->phase != PT_SIEVE_DONE;
}
/* After all draws. True: out[n_levels] has the type-7 quantiles (Hyndman and Fan 1996) at the
 * levels, NaN where one was seen. False: all draws have to be added once more, from the first; at
 * most eight times, whatever the values. */
bool pt_sieve_finish(struct pt_sieve *sieve, double *out);

/* The order statistics of n values at ascending ranks < n; values may be reordered. */
void pt_order_statistics(size_t n, double *values, size_t n_ranks, const uint64_t *ranks,
                         double *out);

/* The parts that only a miss needs. Ranks that the brackets hold are found; the others get a hunt
 * each, and true means that there are such. */
bool pt_hunt_start(struct pt_sieve *sieve, const uint64_t *ranks);
void pt_hunt_add(struct pt_sieve *sieve, size_t n, const double *x);
bool pt_hunt_next(struct pt_sieve *sieve, const uint64_t *ranks);

/* Kernels, by instruction set. x is [PT_SIEVE_BLOCK], of which n count among those inside; true
 * where a value is not finite. */
struct pt_sifted {
    uint32_t past[PT_BANDS]; /* how many keys exceed above[2 b] */
    size_t n;
    double inside[PT_SIEVE_BLOCK + 4]; /* the values whose key lies between the ends of a bracket */
};
typedef bool pt_sift_kernel(const struct pt_sift *sift, size_t n, const double *x,
                            struct pt_sifted *out);
pt_sift_kernel pt_sift_portable, pt_sift_avx2, pt_sift_avx512;
int16_t pt_sift_key(const struct pt_sift *sift, double x);

#endif
