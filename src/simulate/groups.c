#include <stdlib.h>

#include "simulate/simulate.h"

#define STREAM_NAME 600

static enum pt_status bands_of(const struct pt_run_options *options, const struct pt_fit *fit,
                               const struct pt_series *bounds, const char *stream, size_t n_years,
                               struct pt_work *work, double *bands, struct pt_error *err)
{
    uint64_t draws = options->draws;
    struct pt_walk *walk = malloc(sizeof *walk);
    double *x =
        draws <= SIZE_MAX / sizeof *x / n_years ? malloc(n_years * draws * sizeof *x) : NULL;
    enum pt_status status = walk && x ? PT_OK : PT_RAISE_NOMEM(err);
    if (status == PT_OK) {
        pt_walk_open(walk, fit, bounds, options->seed, stream);
    }
    for (uint64_t first = 0; first < draws && status == PT_OK; first += PT_BLOCK) {
        double curve[PT_BLOCK];
        size_t n = draws - first < PT_BLOCK ? (size_t)(draws - first) : PT_BLOCK;
        pt_walk_start(walk, first, n, NULL);
        for (size_t h = 1; h <= n_years; h++) {
            pt_walk_year(walk, h, x + (h - 1) * draws + first, curve);
        }
        if (!pt_work_step(work, 0)) {
            status = PT_RAISE(err, PT_ECANCELLED, "interrupted");
        }
    }
    for (size_t y = 0; y < n_years && status == PT_OK; y++) {
        pt_quantiles(x + y * draws, draws, PT_BANDS, pt_band_levels, bands + y * PT_BANDS);
    }
    free(x);
    free(walk);
    return status;
}

enum pt_status pt_groups_simulate(const struct pt_run_options *options,
                                  struct pt_projection *projection, struct pt_work *work,
                                  struct pt_error *err)
{
    const struct pt_subject *subject = projection->subject;
    char group[STREAM_NAME], reference[STREAM_NAME];
    snprintf(group, sizeof group, "%s:%s", subject->stream, subject->indicator->group);
    snprintf(reference, sizeof reference, "%s:%s", subject->stream, subject->indicator->reference);
    enum pt_status status = bands_of(options, projection->group_fit, &subject->group, group,
                                     projection->n_years, work, projection->group_bands, err);
    return status != PT_OK
               ? status
               : bands_of(options, projection->reference_fit, &subject->reference, reference,
                          projection->n_years, work, projection->reference_bands, err);
}
