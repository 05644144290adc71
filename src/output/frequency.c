#include "output/frequency.h"

#include <math.h>

struct pt_frequency pt_frequency_in(double p, int whole)
{
    struct pt_frequency frequency = { .whole = whole, .part = (int)floor(p * whole + 0.5) };

    if (!(p > 0)) {
        frequency.kind = PT_FREQUENCY_NONE;
    } else if (p >= 1) {
        frequency.kind = PT_FREQUENCY_ALL;
    } else if (frequency.part == 0) {
        frequency.kind = PT_FREQUENCY_BELOW;
    } else if (frequency.part == whole) {
        frequency.kind = PT_FREQUENCY_ABOVE;
    } else {
        frequency.kind = PT_FREQUENCY_PART;
    }
    return frequency;
}

struct pt_frequency pt_frequency_of(double p)
{
    struct pt_frequency frequency = pt_frequency_in(p, 100);

    /* 10 to 90 of 100 are 1 to 9 of 10. */
    return frequency.part >= 10 && frequency.part <= 90 ? pt_frequency_in(p, 10) : frequency;
}
