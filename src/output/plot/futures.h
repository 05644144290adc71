/* A hundred futures: what the picture and the words of it share; private to output. */
#ifndef PT_OUTPUT_PLOT_FUTURES_H
#define PT_OUTPUT_PLOT_FUTURES_H

#include "output/plot/plot.h"

/* The baseline, and the scenario that changes most. */
enum { PT_FUTURES_PANELS = 2 };

/* "Baseline", or the title of a scenario. */
const char *pt_futures_name(const struct pt_chart *chart, size_t outcome,
                            const struct pt_language *language);

#endif
