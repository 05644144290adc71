#include <math.h>

#include "trend/regression.h"
#include "trend/steps.h"

void pt_draw_start(const struct pt_fit *fit, size_t core, size_t n, const double *z, double *state,
                   bool *holds)
{
    const double *factor = fit->numbers + 4;
    double *scale = state + PT_DRAW_SCALE * n;
    pt_scales(fit->log_scale, n, z, scale);
    for (size_t i = 0; i < n; i++) {
        double t = scale[i];
        for (size_t j = 0; j < core; j++) {
            double sum = 0;
            for (size_t k = 0; k <= j; k++) {
                sum += factor[j * (j + 1) / 2 + k] * z[(k + 1) * n + i];
            }
            state[j * n + i] = fit->numbers[j] + t * sum;
        }
        scale[i] = t * fit->sigma;
        state[PT_DRAW_NOISE * n + i] = 0;
        holds[i] = true;
    }
}

void pt_draw_noise(const struct pt_fit *fit, size_t h, size_t n, const double *z, double *state)
{
    if (h == 0) {
        return; /* the curve alone is asked for */
    }
    const double *scale = state + PT_DRAW_SCALE * n;
    double *noise = state + PT_DRAW_NOISE * n;
    /* as for the straight line, the first year is drawn from the stationary law */
    double carry = h == 1 ? 0 : fit->rho, fresh = h == 1 ? 1 : sqrt(1 - fit->rho * fit->rho);
    pt_steps_best()->noise(carry, fresh, n, scale, z, noise);
}
