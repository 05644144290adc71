/* Parts of sentences that levers and links share; private to output. */
#ifndef PT_OUTPUT_LEVER_H
#define PT_OUTPUT_LEVER_H

#include <paritet/output.h>

/* How an effect lies: at its full size, what a drawn effect stands for. */
struct pt_range {
    double low, high; /* nearly the ends, or the 90 % range where there are none */
    bool ninety;      /* the latter */
    bool computed;    /* not as they were written */
};
/* lever NULL: the effect as it is drawn. */
struct pt_range pt_range_of(const struct pt_effect *effect, const struct pt_lever *lever);
/* "0.5 pp", "between 0.2 and 0.5 pp (90 % range)"; the size alone where both ends are of one sign,
 * as "rises" and "falls" say the other half. */
void pt_range_print(const struct pt_range *range, const char *unit,
                    const struct pt_language *language, char text[PT_CELL_MAX]);
/* +1, -1, or 0 where it may be either. */
int pt_range_sign(const struct pt_range *range);
/* "35 %" of a share, and "2.5" of a number, as exactly as it is written. */
const char *pt_percent_print(double share, const struct pt_language *language,
                             char text[PT_CELL_MAX]);
const char *pt_plainly(double x, const struct pt_language *language, char text[PT_CELL_MAX]);
/* "low confidence"; the chance that it does nothing at all. */
void pt_doubt_print(enum pt_confidence confidence, bool written, double chance_of_none,
                    const struct pt_language *language, struct pt_buffer *out);

#endif
