#include <math.h>
#include <stdlib.h>

#include "trend/steps.h"

static double within(const struct pt_fit *fit, double x)
{
    return fmin(fmax(x, fit->lower), fit->upper);
}

void pt_fit_paths(const struct pt_fit *fit, const struct pt_stream *stream, uint64_t first,
                  size_t n, size_t years, double *x)
{
    double z[PT_START_NORMALS * PT_PATHS_MOST], state[PT_PATH_STATE * PT_PATHS_MOST];
    double pair[2][PT_PATHS_MOST], curve[PT_PATHS_MOST];
    bool holds[PT_PATHS_MOST];
    for (uint32_t b = 0; b < PT_START_NORMALS / 2; b++) {
        pt_stream_normals(stream, first, n, b, z + 2 * b * n, z + (2 * b + 1) * n);
    }
    fit->family->start(fit, n, z, state, holds);
    for (size_t h = 1; h <= years; h++) {
        if (h % 2 == 1) { /* two years share a block of the stream */
            pt_stream_normals(stream, first, n, (uint32_t)(PT_START_NORMALS / 2 + (h - 1) / 2),
                              pair[0], pair[1]);
        }
        double *year = x + (h - 1) * n;
        fit->family->step(fit, h, n, pair[(h - 1) % 2], state, year, curve);
        pt_steps_best()->clip(fit->lower, fit->upper, n, year);
    }
}

static int ascending(const void *a, const void *b)
{
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static double type7(const double *sorted, size_t n, double p)
{
    double at = p * (double)(n - 1);
    size_t k = (size_t)at;
    return k + 1 < n ? sorted[k] + (at - (double)k) * (sorted[k + 1] - sorted[k]) : sorted[n - 1];
}

enum pt_status pt_fit_quantiles(const struct pt_fit *fit, size_t h, size_t n, const double *p,
                                const struct pt_stream *stream, size_t draws, double *out,
                                struct pt_error *err)
{
    if (fit->family->quantile) {
        for (size_t i = 0; i < n; i++) {
            out[i] = within(fit, fit->family->quantile(fit, h, p[i]));
        }
        return PT_OK;
    }
    double *all = malloc((draws + h * PT_PATHS_MOST) * sizeof *all);
    if (!all) {
        return PT_RAISE_NOMEM(err);
    }
    double *block = all + draws;
    for (size_t first = 0; first < draws; first += PT_PATHS_MOST) {
        size_t m = draws - first < PT_PATHS_MOST ? draws - first : PT_PATHS_MOST;
        pt_fit_paths(fit, stream, first, m, h, block);
        for (size_t i = 0; i < m; i++) {
            all[first + i] = block[(h - 1) * m + i];
        }
    }
    qsort(all, draws, sizeof *all, ascending);
    for (size_t i = 0; i < n; i++) {
        out[i] = type7(all, draws, p[i]);
    }
    free(all);
    return PT_OK;
}
