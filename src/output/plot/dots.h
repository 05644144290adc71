/* A hundred futures, each at its first year at parity; private to output. */
#ifndef PT_OUTPUT_PLOT_DOTS_H
#define PT_OUTPUT_PLOT_DOTS_H

#include "output/plot/plot.h"

#define PT_DOTS      100
#define PT_DOTS_BINS 64

/* How many of PT_DOTS futures are at parity already, first in the years of each bin, and never. Bin i
 * holds the years from `first + i * width` on that lie after the last observation; the last one all up
 * to the horizon. */
struct pt_dots {
    int already, never;
    int first, width;
    size_t n_bins;
    int bins[PT_DOTS_BINS];
};
/* Of an outcome whose counts are known. They always add up to PT_DOTS: `never` is what the sentences
 * say of it, rounded by itself; the rest goes to the largest remainders (Hamilton's method). */
void pt_dots_make(const struct pt_chart *chart, size_t outcome, struct pt_dots *dots);
/* Years of a bin that are after the last observation and up to the horizon. */
void pt_dots_years(const struct pt_chart *chart, const struct pt_dots *dots, size_t bin, int *from,
                   int *to);

/* The outcome that stands beside the baseline's hundred: the one that changes the chance by the horizon
 * most; 0: none changes a dot. */
size_t pt_dots_scenario(const struct pt_chart *chart);

#endif
