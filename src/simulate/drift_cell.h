/* drift_cell: the smallest whole question on the parts of the engine.
 *
 * A random walk with an uncertain level and slope, whose slope is multiplied year by year, watched
 * once a year. Its law is known exactly for Gaussian cases, so it is what the engine is checked and
 * timed with. */
#ifndef PARITET_SIMULATE_DRIFT_CELL_H
#define PARITET_SIMULATE_DRIFT_CELL_H

#include <paritet/simulate.h>

struct pt_drift_cell {
    double level, slope; /* at the last observation; per year */
    double level_sd, slope_sd, correlation;
    double sigma;             /* sd of a year's lasting shock */
    size_t years;             /* at least 1 */
    const double *multiplier; /* [years] of the slope */
    double enter, stay;       /* first year at or below enter after which it never exceeds stay */
};

/* Draws 0 .. draws - 1 of the stream: blocks 0 (level, slope) and 1 + (h - 1) / 2 (two years).
 * count is [years + 2] as in struct pt_parity; bands, or NULL, is [years][PT_BANDS]. PT_ENOMEM. */
enum pt_status pt_drift_cell_run(const struct pt_drift_cell *cell, const struct pt_stream *stream,
                                 uint64_t draws, uint64_t *count, double *bands,
                                 struct pt_error *err);

/* One year of a block of walks, by instruction set: first becomes `never` above stay, and the year
 * where it is `never` and x is at or below enter. */
struct pt_drift_year {
    double multiplier, sigma, enter, stay, year, never;
};
#define PT_DRIFT_BLOCK 512
typedef void pt_drift_kernel(const struct pt_drift_year *year, const double *slope, const double *e,
                             double *x, double *first);
pt_drift_kernel pt_drift_portable, pt_drift_avx2, pt_drift_avx512;

#endif
