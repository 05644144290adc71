/* The kernel of a drift cell. A file that includes this says PT_DRIFT (its name). */
#include "simulate/drift_cell.h"

void PT_DRIFT(const struct pt_drift_year *year, const double *slope, const double *e, double *x,
              double *first)
{
    struct pt_drift_year y = *year;
    for (size_t i = 0; i < PT_DRIFT_BLOCK; i++) {
        double now = x[i] + slope[i] * y.multiplier + y.sigma * e[i], kept = first[i];
        double entered = now <= y.enter ? y.year : y.never;
        kept = kept == y.never ? entered : kept;
        first[i] = now > y.stay ? y.never : kept;
        x[i] = now;
    }
}
