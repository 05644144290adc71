/* What the files of this room share. */
#ifndef PARITET_SIMULATE_PRIVATE_H
#define PARITET_SIMULATE_PRIVATE_H

#include <paritet/simulate.h>

/* Draws are made in blocks of this many; state lies in rows of it. */
#define PT_BLOCK 512

/* First years of one rule (k years at or past the band), draw by draw in one block. */
struct pt_watch {
    int years;    /* k */
    size_t never; /* n_years + 1 */
    uint32_t start[PT_BLOCK], run[PT_BLOCK];
    uint32_t first[PT_BLOCK]; /* 0 already, h, or never */
};
/* before: how many observed years up to the last one lie in the band without a break. */
void pt_watch_start(struct pt_watch *watch, int years, size_t n_years, size_t before, size_t n);
/* For a rule of one year: a draw whose gap is in the band now is there already. */
void pt_watch_now(struct pt_watch *watch, size_t n, const double *gap, double band);
void pt_watch_year(struct pt_watch *watch, size_t h, size_t n, const double *gap, double band);

/* What a plan's levers do to a block of gaps. */
struct pt_lever_block {
    const struct pt_subject *subject;
    const struct pt_plan *plan;
    const double *reference; /* [n_years] the reference's median projection; NULL: none */
    double *effects;         /* [n_levers][PT_BLOCK] drawn full effects */
    double *shifts;          /* [n_levers][PT_BLOCK] accumulated */
};
/* Draws the effects of draws first .. first + n - 1 and clears the shifts. */
void pt_lever_block_start(struct pt_lever_block *block, uint64_t seed, uint64_t first, size_t n);
/* Moves the accumulators on to year index y (0: first year after the last observation). */
void pt_lever_block_year(struct pt_lever_block *block, size_t y, size_t n);
/* x is [n] of the projected value in year index y; out gets it under the levers. Draws that no
 * lever moves keep their bytes. */
void pt_lever_block_apply(const struct pt_lever_block *block, size_t y, size_t n, const double *x,
                          double *out);

/* Simulates all outcomes of one projection (everything but the outcomes' numbers is set).
 * Uses only its own memory, so projections may run side by side. */
enum pt_status pt_projection_simulate(struct pt_projection *projection, const struct pt_plan *plans,
                                      const double *reference, const struct pt_run_options *options,
                                      const struct pt_hooks *hooks, struct pt_error *err);
/* Rounding error must not decide whether 99.0 is within 1.0 of 100. */
double pt_band_edge(const struct pt_subject *subject);

#endif
