/* rows: what is done to every draw of a block each year, compiled once for each instruction set from
 * rows_kernel.h; all give the same bytes. */
#ifndef PARITET_SIMULATE_ROWS_H
#define PARITET_SIMULATE_ROWS_H

#include "simulate/simulate.h"

/* A value inside bounds; NaN becomes the lower one. */
static inline double pt_between(double x, double low, double high)
{
    double above = x > low ? x : low;
    return above < high ? above : high;
}

/* How much of a gap is closed: what widens and what may overshoot counts whole; the rest takes what
 * is left of the gap to 0 and no further. */
static inline double pt_closed(double gap, double after_whole, double after_all)
{
    double closing = after_whole - after_all, left = after_whole > 0 ? after_whole : 0;
    double stopped = closing < left ? closing : left;
    return (gap - after_whole) + stopped;
}

/* A figure that moves, or a gap that is all of it: values are clipped to the bounds. */
struct pt_move_line {
    double low, high, zero, sign; /* the gap is zero + sign x */
};

struct pt_rows_kernels {
    /* Adds D, what closes apart from what widens; towards is the sign of D that closes. */
    void (*add_closing)(size_t n, double towards, const double *D, double *total, double *whole,
                        double *closing);
    void (*add_whole)(size_t n, const double *D, double *total, double *whole);
    /* Year h of a rule of k years, without branches: paths cross at random. */
    void (*watch)(size_t n, uint32_t k, uint32_t never, uint32_t now, const double *gap,
                  double band, uint32_t *run, uint32_t *start, uint32_t *first);
    void (*gaps)(size_t n, double zero, double sign, const double *x, double *gap);
    void (*figure)(const struct pt_move_line *line, size_t n, const double *total, const double *x,
                   double *out);
    void (*given)(const struct pt_move_line *line, size_t n, const double *whole,
                  const double *total, const double *x, double *out);
    void (*clip)(size_t n, double low, double high, double *x);
};
extern const struct pt_rows_kernels pt_rows_portable, pt_rows_avx2, pt_rows_avx512;
const struct pt_rows_kernels *pt_rows_best(void);

#endif
