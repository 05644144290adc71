#include <gsl/gsl_statistics.h>

#include "simulate/simulate.h"

/* Puts the order statistics first .. first + n_ranks - 1 of `ranks` in their places: the middle one
 * splits the values, so that each half is looked at for its own ranks only. */
static void place(double *values, size_t from, size_t to, const size_t *ranks, size_t n_ranks)
{
    if (n_ranks == 0 || to - from < 2) {
        return;
    }
    size_t middle = n_ranks / 2, k = ranks[middle];
    gsl_stats_select(values + from, 1, to - from, k - from);
    size_t below = middle, above = middle + 1;
    while (below > 0 && ranks[below - 1] == k) {
        below--;
    }
    while (above < n_ranks && ranks[above] == k) {
        above++;
    }
    place(values, from, k, ranks, below);
    place(values, k + 1, to, ranks + above, n_ranks - above);
}

#define LEVELS_MOST 16

void pt_quantiles(double *values, size_t n, size_t n_levels, const double *levels, double *out)
{
    size_t ranks[2 * LEVELS_MOST] = { 0 }, n_ranks = 0;
    for (size_t q = 0; q < n_levels; q++) {
        size_t k = (size_t)(levels[q] * (double)(n - 1));
        for (size_t j = k; j < n && j <= k + 1; j++) {
            if (n_ranks == 0 || j > ranks[n_ranks - 1]) {
                ranks[n_ranks++] = j;
            }
        }
    }
    place(values, 0, n, ranks, n_ranks);
    for (size_t q = 0; q < n_levels; q++) {
        double at = levels[q] * (double)(n - 1);
        size_t k = (size_t)at;
        double low = values[k], high = k + 1 < n ? values[k + 1] : low;
        out[q] = low + (at - (double)k) * (high - low);
    }
}

struct pt_spread pt_spread_of(double *values, size_t n)
{
    static const double levels[3] = { .10, .50, .90 };
    double sum = 0, at[3];
    for (size_t i = 0; i < n; i++) {
        sum += values[i];
    }
    pt_quantiles(values, n, 3, levels, at);
    return (struct pt_spread){ at[0], at[1], at[2], sum / (double)n };
}
