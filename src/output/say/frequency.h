/* A chance as a natural frequency: "7 of 10". */
#ifndef PT_OUTPUT_FREQUENCY_H
#define PT_OUTPUT_FREQUENCY_H

#include <paritet/output.h>

/* What can be said of a share of draws without rounding it to certainty. */
enum pt_frequency_kind {
    PT_FREQUENCY_NONE,  /* of none of the draws */
    PT_FREQUENCY_BELOW, /* of some, but fewer than 1 of 100 */
    PT_FREQUENCY_PART,  /* part of whole */
    PT_FREQUENCY_ABOVE, /* of more than 99 of 100, but not of all */
    PT_FREQUENCY_ALL
};

struct pt_frequency {
    enum pt_frequency_kind kind;
    int part, whole; /* whole is 10 or 100; its complement is whole - part */
};

/* Tenths where they are near enough, else hundredths. */
struct pt_frequency pt_frequency_of(double p);
struct pt_frequency pt_frequency_in(double p, int whole);

/* The whole in which n chances that are said in one breath are written: 10 where tenths are near
 * enough for each that has a part at all, else 100. */
int pt_frequency_whole(const double *chances, size_t n);

/* "7 of 10", "none", "fewer than 1 of 100": what can stand alone after "in". */
void pt_frequency_print(struct pt_frequency frequency, const struct pt_language *language,
                        char text[PT_CELL_MAX]);
/* "7 of 10 futures", "none of the futures computed": the same with what it is a part of. */
void pt_frequency_futures(struct pt_frequency frequency, const struct pt_language *language,
                          char text[PT_CELL_MAX]);

#endif
