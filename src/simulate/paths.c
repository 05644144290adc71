#include <math.h>

#include "simulate/rows.h"

static void clip(const struct pt_series *bounds, size_t n, double *x)
{
    if (isfinite(bounds->lower) || isfinite(bounds->upper)) {
        pt_rows_best()->clip(n, bounds->lower, bounds->upper, x);
    }
}

void pt_walk_open(struct pt_walk *walk, const struct pt_fit *fit, const struct pt_series *bounds,
                  uint64_t seed, const char *stream)
{
    walk->fit = fit;
    walk->bounds = bounds;
    walk->stream = pt_stream_open(seed, stream);
}

void pt_walk_start(struct pt_walk *walk, uint64_t first, size_t n, double *curve)
{
    const struct pt_fit *fit = walk->fit;
    walk->first = first;
    walk->n = n;
    for (uint32_t b = 0; b < PT_START_NORMALS / 2; b++) {
        pt_stream_normals(&walk->stream, first, n, b, walk->normals + 2 * b * n,
                          walk->normals + (2 * b + 1) * n);
    }
    fit->family->start(fit, n, walk->normals, walk->state, walk->holds);
    if (curve) {
        fit->family->step(fit, 0, n, walk->normals, walk->state, walk->spare[0], curve);
        clip(walk->bounds, n, curve);
    }
}

void pt_walk_year(struct pt_walk *walk, size_t h, double *x, double *curve)
{
    size_t n = walk->n;
    if (h % 2 == 1) { /* two years share a block of the stream */
        pt_stream_normals(&walk->stream, walk->first, n,
                          (uint32_t)(PT_START_NORMALS / 2 + (h - 1) / 2), walk->spare[0],
                          walk->spare[1]);
    }
    walk->fit->family->step(walk->fit, h, n, walk->spare[(h - 1) % 2], walk->state, x, curve);
    clip(walk->bounds, n, x);
    if (walk->fit->family->has_curve) {
        clip(walk->bounds, n, curve);
    }
}
