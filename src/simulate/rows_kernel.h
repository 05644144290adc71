/* The kernels of rows. A file that includes this says PT_ROWS (their name). */
#include <math.h>

#include "simulate/rows.h"

static void add_closing(size_t n, double towards, const double *restrict D, double *restrict total,
                        double *restrict whole, double *restrict closing)
{
    for (size_t i = 0; i < n; i++) {
        double closes = 0.5 * (D[i] + towards * fabs(D[i])); /* D or 0, without a branch */
        total[i] += D[i];
        closing[i] += closes;
        whole[i] += D[i] - closes;
    }
}

static void add_whole(size_t n, const double *restrict D, double *restrict total,
                      double *restrict whole)
{
    for (size_t i = 0; i < n; i++) {
        total[i] += D[i];
        whole[i] += D[i];
    }
}

static void watch(size_t n, uint32_t k, uint32_t never, uint32_t now, const double *restrict gap,
                  double band, uint32_t *restrict runs, uint32_t *restrict starts,
                  uint32_t *restrict firsts)
{
    for (size_t i = 0; i < n; i++) {
        uint32_t run = gap[i] <= band ? runs[i] + 1 : 0;
        uint32_t start = run == 1 ? now : starts[i];
        uint32_t first = firsts[i];
        runs[i] = run;
        starts[i] = start;
        /* the first run that is long enough counts, if it starts within the horizon */
        firsts[i] = ((run == k) & (first == never) & (start < never)) ? start : first;
    }
}

static void gaps(size_t n, double zero, double sign, const double *restrict x, double *restrict gap)
{
    for (size_t i = 0; i < n; i++) {
        gap[i] = zero + sign * x[i];
    }
}

static void figure(const struct pt_move_line *line, size_t n, const double *restrict total,
                   const double *restrict x, double *restrict out)
{
    double low = line->low, high = line->high;
    for (size_t i = 0; i < n; i++) {
        out[i] = total[i] == 0 ? x[i] : pt_between(x[i] + total[i], low, high);
    }
}

static void given(const struct pt_move_line *line, size_t n, const double *restrict whole,
                  const double *restrict total, const double *restrict x, double *restrict out)
{
    double low = line->low, high = line->high, zero = line->zero, sign = line->sign;
    for (size_t i = 0; i < n; i++) {
        double gap = zero + sign * x[i]; /* x lies inside the bounds: no shift, no change */
        double after_whole = zero + sign * pt_between(x[i] + whole[i], low, high);
        double after_all = zero + sign * pt_between(x[i] + total[i], low, high);
        /* the sums around the parity may pass a bound in their last bit */
        out[i] = pt_between(x[i] - sign * pt_closed(gap, after_whole, after_all), low, high);
    }
}

static void clip(size_t n, double low, double high, double *x)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = pt_between(x[i], low, high);
    }
}

const struct pt_rows_kernels PT_ROWS = { .add_closing = add_closing,
                                         .add_whole = add_whole,
                                         .watch = watch,
                                         .gaps = gaps,
                                         .figure = figure,
                                         .given = given,
                                         .clip = clip };
