/* The kernel of a drift cell. A file that includes this says PT_WALK (its name). */
#include "simulate/drift_cell.h"

void PT_WALK(const struct pt_walk_year *year, const double *slope, const double *e, double *x,
             double *first)
{
    struct pt_walk_year y = *year;
    for (size_t i = 0; i < PT_WALK_BLOCK; i++) {
        double now = x[i] + slope[i] * y.multiplier + y.sigma * e[i], kept = first[i];
        double entered = now <= y.enter ? y.year : y.never;
        kept = kept == y.never ? entered : kept;
        first[i] = now > y.stay ? y.never : kept;
        x[i] = now;
    }
}
