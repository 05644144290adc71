#include <stdio.h>
#include <stdlib.h>

#include "simulate/simulate.h"
#include "simulate/tally.h"

static enum pt_status pass(const struct pt_run_options *options, struct pt_walk *walk,
                           struct pt_tally *tally, struct pt_work *work, struct pt_error *err)
{
    double x[PT_BLOCK], curve[PT_BLOCK];
    for (uint64_t first = 0; first < options->draws; first += PT_BLOCK) {
        uint64_t left = options->draws - first;
        size_t n = left < PT_BLOCK ? (size_t)left : PT_BLOCK;
        pt_walk_start(walk, first, n, NULL);
        for (size_t h = 1; h <= tally->n; h++) {
            pt_walk_year(walk, h, x, curve);
            pt_tally_add(tally, h - 1, n, x);
        }
        if (!pt_work_step(work, 0)) {
            return PT_RAISE(err, PT_ECANCELLED, "interrupted");
        }
    }
    return PT_OK;
}

static enum pt_status bands_of(const struct pt_run_options *options, const struct pt_fit *fit,
                               const struct pt_series *bounds, const char *stream, size_t n_years,
                               struct pt_work *work, double *bands, struct pt_error *err)
{
    struct pt_tally tally = { 0 };
    struct pt_walk *walk = malloc(sizeof *walk);
    enum pt_status status = walk ? PT_OK : PT_RAISE_NOMEM(err);
    if (status == PT_OK) {
        pt_walk_open(walk, fit, bounds, options->seed, stream);
        status = pt_tally_new(options->draws, n_years, PT_BANDS, pt_band_levels, walk->stream.isa,
                              bands, &tally, err);
    }
    bool again = true;
    while (status == PT_OK && again) {
        status = pass(options, walk, &tally, work, err);
        again = status == PT_OK && pt_tally_again(&tally);
    }
    if (status == PT_OK) {
        status = pt_tally_check(&tally, stream, err);
    }
    pt_tally_free(&tally);
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
