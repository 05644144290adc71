/* Private to scenario: what the figures have done, to judge an assumption by. */
#ifndef PARITET_SCENARIO_SIZE_H
#define PARITET_SCENARIO_SIZE_H

#include <paritet/barometer.h>

/* The largest change of a series within so many years, no break between; NAN where it has none. A
 * change over a hole is its yearly part. */
double pt_largest_change(const struct pt_indicator *indicator, const struct pt_observed *o,
                         int years);
/* The effect of a link, whose names and unit are right, against what its two ends have done. */
void pt_link_size(const struct pt_model *model, const struct pt_link *link,
                  const struct pt_indicator *from, const struct pt_indicator *to,
                  struct pt_diagnostics *list);

#endif
