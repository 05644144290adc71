#include <gsl/gsl_sort.h>

#include "simulate/simulate.h"

#define SMALL 16 /* values that are sorted rather than split */

static void sort_small(double *values, size_t n)
{
    for (size_t i = 1; i < n; i++) {
        double x = values[i];
        size_t j = i;
        for (; j > 0 && x < values[j - 1]; j--) {
            values[j] = values[j - 1];
        }
        values[j] = x;
    }
}

static double median3(double a, double b, double c)
{
    double low = a < b ? a : b, high = a < b ? b : a;
    return c < low ? low : c > high ? high : c;
}

/* Brings what is below the pivot (or, with `equal`, not above it) to the front and returns how many
 * that are. No branch depends on a value: half of them would be guessed wrong. */
static size_t split(double *values, size_t n, double pivot, bool equal)
{
    size_t below = 0;
    for (size_t i = 0; i < n; i++) {
        double x = values[i];
        values[i] = values[below];
        values[below] = x;
        below += equal ? x <= pivot : x < pivot;
    }
    return below;
}

/* Puts the order statistics `ranks` (ascending, of the whole that starts at `from`) in their
 * places. */
static void place(double *values, size_t n, size_t from, const size_t *ranks, size_t n_ranks)
{
    for (size_t round = 0; n_ranks > 0 && n > SMALL; round++) {
        if (round > 64) { /* pivots that were bad 64 times in a row */
            gsl_sort(values, 1, n);
            return;
        }
        double pivot = median3(values[n / 4], values[n / 2], values[n - 1 - n / 4]);
        size_t below = split(values, n, pivot, false), left = 0;
        while (left < n_ranks && ranks[left] < from + below) {
            left++;
        }
        if (left == n_ranks) {
            n = below;
            continue;
        }
        /* values equal to the pivot are many where parity clips */
        size_t in_place = split(values + below, n - below, pivot, true), right = left;
        while (right < n_ranks && ranks[right] < from + below + in_place) {
            right++;
        }
        place(values, below, from, ranks, left);
        values += below + in_place;
        n -= below + in_place;
        from += below + in_place;
        ranks += right;
        n_ranks -= right;
    }
    if (n_ranks > 0) {
        sort_small(values, n);
    }
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
    place(values, n, 0, ranks, n_ranks);
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
