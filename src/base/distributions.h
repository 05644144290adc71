/* The cards of distributions.def, for the files that define and list them. */
#ifndef PT_BASE_DISTRIBUTIONS_H
#define PT_BASE_DISTRIBUTIONS_H

#include <paritet/base.h>

#define X(card) extern const struct pt_distribution card;
#include "base/distributions.def"
#undef X

/* NULL, or what is wrong with a least, a most likely and a largest value. */
const char *pt_check_three_points(const double par[]);

#endif
