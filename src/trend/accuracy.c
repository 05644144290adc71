#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics.h>

#include "trend/steps.h"

/* fewer paths than this say nothing of an 80 % interval */
#define HELD_LEAST 20

static double within(const struct pt_fit *fit, double x)
{
    return fmin(fmax(x, fit->lower), fit->upper);
}

/* One block of paths: the numbers of pt_fit_paths, and which of them hold their pace. */
static void fill_block(const struct pt_fit *fit, const struct pt_stream *stream, uint64_t first,
                       size_t n, struct pt_futures *out)
{
    double z[PT_START_NORMALS * PT_PATHS_MOST], state[PT_PATH_STATE * PT_PATHS_MOST];
    double pair[2][PT_PATHS_MOST], curve[PT_PATHS_MOST];
    for (uint32_t b = 0; b < PT_START_NORMALS / 2; b++) {
        pt_stream_normals(stream, first, n, b, z + 2 * b * n, z + (2 * b + 1) * n);
    }
    fit->family->start(fit, n, z, state, out->holds + first);
    for (size_t h = 1; h <= out->years; h++) {
        if (h % 2 == 1) {
            pt_stream_normals(stream, first, n, (uint32_t)(PT_START_NORMALS / 2 + (h - 1) / 2),
                              pair[0], pair[1]);
        }
        double *x = out->x + (h - 1) * out->draws + first;
        fit->family->step(fit, h, n, pair[(h - 1) % 2], state, x, curve);
        pt_steps_best()->clip(fit->lower, fit->upper, n, x);
    }
}

enum pt_status pt_futures_make(const struct pt_fit *fit, const struct pt_stream *stream,
                               size_t draws, size_t years, struct pt_futures *out,
                               struct pt_error *err)
{
    struct pt_futures made = { .years = years,
                               .draws = draws,
                               .x = malloc((years * draws + 1) * sizeof(double)),
                               .holds = malloc((draws + 1) * sizeof(bool)) };
    if (!made.x || !made.holds) {
        pt_futures_free(&made);
        return PT_RAISE_NOMEM(err);
    }
    for (size_t first = 0; first < draws; first += PT_PATHS_MOST) {
        size_t left = draws - first;
        fill_block(fit, stream, first, left < PT_PATHS_MOST ? left : PT_PATHS_MOST, &made);
    }
    *out = made;
    return PT_OK;
}

void pt_futures_free(struct pt_futures *futures)
{
    if (futures) {
        free(futures->x);
        free(futures->holds);
        *futures = (struct pt_futures){ 0 };
    }
}

/* lo95, lo80, median, hi80, hi95 */
#define LEVELS 5
static const double levels[LEVELS] = { .025, .1, .5, .9, .975 };

static void quantiles(double *values, size_t n, double out[LEVELS])
{
    gsl_sort(values, 1, n);
    for (size_t i = 0; i < LEVELS; i++) {
        out[i] = gsl_stats_quantile_from_sorted_data(values, 1, n, levels[i]);
    }
}

enum pt_status pt_forecast_make(const struct pt_fit *fit, const struct pt_futures *futures,
                                size_t years, struct pt_forecast *out, struct pt_error *err)
{
    bool closed = fit->family->quantile != NULL;
    double *values = closed ? NULL : malloc((futures->draws + 1) * sizeof *values);
    if (!closed && !values) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t h = 1; h <= years; h++) {
        double q[LEVELS];
        if (closed) {
            for (size_t i = 0; i < LEVELS; i++) {
                q[i] = within(fit, fit->family->quantile(fit, h, levels[i]));
            }
        } else {
            memcpy(values, futures->x + (h - 1) * futures->draws, futures->draws * sizeof *values);
            quantiles(values, futures->draws, q);
        }
        double curve = pt_fit_curve(fit, fit->last + (int)h);
        out[h - 1] = (struct pt_forecast){ .point = isnan(curve) ? q[2] : curve,
                                           .lo80 = q[1],
                                           .hi80 = q[3],
                                           .lo95 = q[0],
                                           .hi95 = q[4] };
    }
    free(values);
    return PT_OK;
}

enum pt_status pt_forecast_held(const struct pt_futures *futures, double *lo, double *hi,
                                struct pt_error *err)
{
    double *values = malloc((futures->draws + 1) * sizeof *values);
    if (!values) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t h = 0; h < futures->years; h++) {
        const double *x = futures->x + h * futures->draws;
        size_t n = 0;
        for (size_t i = 0; i < futures->draws; i++) {
            if (futures->holds[i]) {
                values[n++] = x[i];
            }
        }
        double q[LEVELS] = { (double)NAN, (double)NAN, (double)NAN, (double)NAN, (double)NAN };
        if (n >= HELD_LEAST) {
            quantiles(values, n, q);
        }
        lo[h] = q[1];
        hi[h] = q[3];
    }
    free(values);
    return PT_OK;
}
