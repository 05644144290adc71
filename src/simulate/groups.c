#include <stdio.h>
#include <stdlib.h>

#include "simulate/simulate.h"

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
    const struct {
        const struct pt_fit *fit;
        const struct pt_series *bounds;
        const char *name;
        double *bands;
    } groups[] = {
        { projection->group_fit, &subject->group, subject->indicator->group,
          projection->group_bands },
        { projection->reference_fit, &subject->reference, subject->indicator->reference,
          projection->reference_bands },
    };
    enum pt_status status = PT_OK;
    for (size_t g = 0; g < 2 && status == PT_OK; g++) {
        char *stream;
        if (asprintf(&stream, "%s:%s", subject->stream, groups[g].name) < 0) {
            return PT_RAISE_NOMEM(err);
        }
        status = bands_of(options, groups[g].fit, groups[g].bounds, stream, projection->n_years,
                          work, groups[g].bands, err);
        free(stream);
    }
    return status;
}
