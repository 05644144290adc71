#include "simulate/sieve.h"

/* Where insertion is quicker than another split. */
#define FEW 24

static void insertion(size_t n, double *values)
{
    for (size_t i = 1; i < n; i++) {
        double x = values[i];
        size_t j = i;
        for (; j > 0 && values[j - 1] > x; j--) {
            values[j] = values[j - 1];
        }
        values[j] = x;
    }
}

static double median3(double a, double b, double c)
{
    return a < b ? (b < c ? b : a < c ? c : a) : (a < c ? a : b < c ? c : b);
}

/* A pivot near the middle of the ranks wanted, from a sample of nine. */
static double pivot_of(size_t n, const double *v)
{
    size_t e = n / 8;
    return median3(median3(v[0], v[e], v[2 * e]), median3(v[3 * e], v[4 * e], v[5 * e]),
                   median3(v[6 * e], v[7 * e], v[n - 1]));
}

/* Shell sort (Ciura's gaps 2001), whose steps do not depend on luck. */
static void shell(size_t n, double *values)
{
    static const size_t gaps[] = { 1750, 701, 301, 132, 57, 23, 10, 4, 1 };
    size_t wide = n / 3;
    for (; wide > gaps[0]; wide = wide * 4 / 9) {
        for (size_t i = wide; i < n; i++) {
            double x = values[i];
            size_t j = i;
            for (; j >= wide && values[j - wide] > x; j -= wide) {
                values[j] = values[j - wide];
            }
            values[j] = x;
        }
    }
    for (size_t g = 0; g < sizeof gaps / sizeof *gaps; g++) {
        for (size_t i = gaps[g]; i < n; i++) {
            double x = values[i];
            size_t j = i;
            for (; j >= gaps[g] && values[j - gaps[g]] > x; j -= gaps[g]) {
                values[j] = values[j - gaps[g]];
            }
            values[j] = x;
        }
    }
}

/* Puts the order statistics of [from, to) in their places, splitting in less, equal and greater
 * (Dijkstra's flag, so that ties cost nothing) and looking only where a rank is wanted. After
 * `depth` splits, which only a run of bad pivots needs, what is left is sorted. */
static void place(double *values, size_t from, size_t to, const uint64_t *ranks, size_t n_ranks,
                  int depth)
{
    while (n_ranks > 0 && to - from > FEW) {
        if (depth-- == 0) {
            shell(to - from, values + from);
            return;
        }
        double pivot = pivot_of(to - from, values + from);
        size_t less = from, at = from, greater = to; /* < pivot, = pivot, not seen, > pivot */
        while (at < greater) {
            double x = values[at];
            if (x < pivot) {
                values[at++] = values[less];
                values[less++] = x;
            } else if (x > pivot) {
                values[at] = values[--greater];
                values[greater] = x;
            } else {
                at++;
            }
        }
        size_t left = 0, right = n_ranks;
        while (left < n_ranks && ranks[left] < less) {
            left++;
        }
        while (right > 0 && ranks[right - 1] >= greater) {
            right--;
        }
        place(values, from, less, ranks, left, depth);
        ranks += right;
        n_ranks -= right;
        from = greater;
    }
    if (n_ranks > 0) {
        insertion(to - from, values + from);
    }
}

void pt_order_statistics(size_t n, double *values, size_t n_ranks, const uint64_t *ranks,
                         double *out)
{
    int depth = 8;
    for (size_t m = n; m > 1; m /= 2) {
        depth += 2;
    }
    place(values, 0, n, ranks, n_ranks, depth);
    for (size_t r = 0; r < n_ranks; r++) {
        out[r] = values[ranks[r]];
    }
}
