#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "simulate/drift_cell.h"
#include "simulate/sieve.h"

struct work {
    double x[PT_DRIFT_BLOCK], slope[PT_DRIFT_BLOCK], first[PT_DRIFT_BLOCK], pair[2][PT_DRIFT_BLOCK];
    size_t n_sieves; /* years, or 0 */
    struct pt_sieve *sieves;
    double *values;
};

static void work_free(struct work *work)
{
    if (work) {
        free(work->values);
        free(work->sieves);
        free(work);
    }
}

static struct work *work_new(const struct pt_stream *stream, size_t n_sieves, uint64_t draws)
{
    struct work *work = calloc(1, sizeof *work);
    size_t room = pt_sieve_room(draws, PT_BANDS, pt_band_levels);
    if (!work || n_sieves == 0) {
        return work;
    }
    work->n_sieves = n_sieves;
    work->sieves = malloc(n_sieves * sizeof *work->sieves);
    work->values = malloc(n_sieves * room * sizeof(double));
    if (!work->sieves || !work->values) {
        work_free(work);
        return NULL;
    }
    for (size_t h = 0; h < n_sieves; h++) {
        pt_sieve_start(&work->sieves[h], draws, PT_BANDS, pt_band_levels, work->values + h * room,
                       stream->isa);
    }
    return work;
}

static void start(const struct pt_drift_cell *cell, const struct pt_stream *stream, uint64_t first,
                  struct work *work)
{
    pt_stream_normals(stream, first, PT_DRIFT_BLOCK, 0, work->pair[0], work->pair[1]);
    double with = cell->correlation * cell->slope_sd;
    double own = cell->slope_sd * sqrt(1 - cell->correlation * cell->correlation);
    for (size_t i = 0; i < PT_DRIFT_BLOCK; i++) {
        work->x[i] = cell->level + cell->level_sd * work->pair[0][i];
        work->slope[i] = cell->slope + with * work->pair[0][i] + own * work->pair[1][i];
        work->first[i] = (double)(cell->years + 1);
    }
}

/* All draws once; `counting` in the first pass. */
static void pass(const struct pt_drift_cell *cell, const struct pt_stream *stream, uint64_t draws,
                 struct work *work, bool counting, uint64_t *count)
{
    static pt_drift_kernel *const kernels[PT_ISAS] = { pt_drift_portable, pt_drift_avx2,
                                                       pt_drift_avx512 };
    for (uint64_t first = 0; first < draws; first += PT_DRIFT_BLOCK) {
        size_t n = draws - first < PT_DRIFT_BLOCK ? (size_t)(draws - first) : PT_DRIFT_BLOCK;
        start(cell, stream, first, work);
        for (size_t h = 1; h <= cell->years; h++) {
            struct pt_drift_year year = { .multiplier = cell->multiplier[h - 1],
                                          .sigma = cell->sigma,
                                          .enter = cell->enter,
                                          .stay = cell->stay,
                                          .year = (double)h,
                                          .never = (double)(cell->years + 1) };
            if (h % 2 == 1) {
                pt_stream_normals(stream, first, PT_DRIFT_BLOCK, (uint32_t)(1 + (h - 1) / 2),
                                  work->pair[0], work->pair[1]);
            }
            kernels[stream->isa](&year, work->slope, work->pair[(h - 1) % 2], work->x, work->first);
            if (h <= work->n_sieves && pt_sieve_wants(&work->sieves[h - 1])) {
                pt_sieve_add(&work->sieves[h - 1], n, work->x);
            }
        }
        for (size_t i = 0; i < n && counting; i++) {
            count[(size_t)work->first[i]]++;
        }
    }
}

enum pt_status pt_drift_cell_run(const struct pt_drift_cell *cell, const struct pt_stream *stream,
                                 uint64_t draws, uint64_t *count, double *bands,
                                 struct pt_error *err)
{
    struct work *work = work_new(stream, bands ? cell->years : 0, draws);
    if (!work) {
        return PT_RAISE_NOMEM(err);
    }
    memset(count, 0, (cell->years + 2) * sizeof *count);
    bool again = true;
    for (int passes = 0; again; passes++) {
        again = false;
        pass(cell, stream, draws, work, passes == 0, count);
        for (size_t h = 0; h < work->n_sieves; h++) {
            if (pt_sieve_wants(&work->sieves[h]) &&
                !pt_sieve_finish(&work->sieves[h], bands + h * PT_BANDS)) {
                again = true;
            }
        }
    }
    work_free(work);
    return PT_OK;
}
