#include <string.h>

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

static void place_all(size_t n, double *values, size_t n_ranks, const uint64_t *ranks, double *out)
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

/* ------------------------------------------------------------------ by bins */

#define BINS   1024 /* at most; about a quarter of the values */
#define GATHER 2048 /* values of the bins that hold ranks */

struct bins {
    double low, scale;
    size_t n_bins;
    uint32_t count[2][BINS]; /* twice, since neighbours often fall in one bin */
    uint8_t slot[BINS];      /* 1 + which of the bins that hold ranks */
    size_t n_slots;
    size_t start[16], n[16]; /* of a slot's values in `gathered` */
    uint64_t below[16];
    double gathered[GATHER];
};

#define CHUNK 256

/* The bins of a chunk rise with the values. */
static inline void bins_of(const struct bins *bins, size_t n, const double *x, uint32_t *bin)
{
    double low = bins->low, scale = bins->scale, last = (double)bins->n_bins - 1;
    for (size_t i = 0; i < n; i++) {
        double at = (x[i] - low) * scale;
        at = at > 0 ? at : 0;
        at = at < last ? at : last;
        bin[i] = (uint32_t)(int32_t)at;
    }
}

static void count(struct bins *bins, size_t n, const double *values)
{
    memset(bins->count[0], 0, bins->n_bins * sizeof **bins->count);
    memset(bins->count[1], 0, bins->n_bins * sizeof **bins->count);
    for (size_t from = 0; from < n; from += CHUNK) {
        uint32_t bin[CHUNK];
        size_t m = n - from < CHUNK ? n - from : CHUNK, i = 0;
        bins_of(bins, m, values + from, bin);
        for (; i + 2 <= m; i += 2) {
            bins->count[0][bin[i]]++;
            bins->count[1][bin[i + 1]]++;
        }
        if (i < m) {
            bins->count[0][bin[i]]++;
        }
    }
}

/* The values of the bins that have a slot. */
static void gather(struct bins *bins, size_t n, const double *values)
{
    for (size_t from = 0; from < n; from += CHUNK) {
        uint32_t bin[CHUNK];
        size_t m = n - from < CHUNK ? n - from : CHUNK;
        bins_of(bins, m, values + from, bin);
        for (size_t i = 0; i < m; i++) {
            size_t s = bins->slot[bin[i]];
            if (s > 0) {
                bins->gathered[bins->start[s - 1] + bins->n[s - 1]++] = values[from + i];
            }
        }
    }
}

/* Bins over the range of some 500 values; what lies outside goes to the first and the last. */
static bool spread(struct bins *bins, size_t n, const double *values)
{
    double low = values[0], high = low;
    for (size_t i = 0; i < n; i += 1 + n / 512) {
        low = values[i] < low ? values[i] : low;
        high = values[i] > high ? values[i] : high;
    }
    bins->low = low;
    bins->scale = (double)bins->n_bins / (high - low);
    return bins->scale > 0 && bins->scale < 0x1p1000; /* neither constant nor endless */
}

/* The bins that hold ranks get a slot each; false where too many values lie in them. */
static bool find_slots(struct bins *bins, size_t n_ranks, const uint64_t *ranks)
{
    uint64_t below = 0;
    size_t bin = 0, gathered = 0;
    bins->n_slots = 0;
    for (size_t r = 0; r < n_ranks; r++) {
        uint64_t in = bins->count[0][bin] + (uint64_t)bins->count[1][bin];
        while (below + in <= ranks[r]) {
            below += in;
            bin++;
            in = bins->count[0][bin] + (uint64_t)bins->count[1][bin];
        }
        if (bins->slot[bin] == 0) {
            size_t s = bins->n_slots++;
            bins->slot[bin] = (uint8_t)(s + 1);
            bins->start[s] = gathered;
            bins->n[s] = 0;
            bins->below[s] = below;
            gathered += in;
            if (gathered > GATHER) {
                return false;
            }
        }
    }
    return true;
}

void pt_order_statistics(size_t n, double *values, size_t n_ranks, const uint64_t *ranks,
                         double *out)
{
    struct bins bins;
    bins.n_bins = n < 4 * BINS ? n / 4 : BINS;
    if (n < 256 || n_ranks > 15 || !spread(&bins, n, values)) {
        place_all(n, values, n_ranks, ranks, out);
        return;
    }
    memset(bins.slot, 0, bins.n_bins);
    count(&bins, n, values);
    if (!find_slots(&bins, n_ranks, ranks)) {
        place_all(n, values, n_ranks, ranks, out);
        return;
    }
    gather(&bins, n, values);
    for (size_t r = 0, s = 0; r < n_ranks; r++) {
        while (ranks[r] - bins.below[s] >= bins.n[s]) {
            s++;
        }
        uint64_t rank = ranks[r] - bins.below[s];
        place_all(bins.n[s], bins.gathered + bins.start[s], 1, &rank, &out[r]);
    }
}
