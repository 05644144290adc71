#include "output/say/frequency.h"

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
    /* 68 to 72 of 100 are 7 of 10; 75 of 100 are not 8 of 10, or the pieces would not add up */
    double tenths = floor(p * 10 + 0.5);
    return tenths >= 1 && tenths <= 9 && fabs(p * 10 - tenths) < 0.25 ? pt_frequency_in(p, 10)
                                                                      : pt_frequency_in(p, 100);
}

int pt_frequency_whole(const double *chances, size_t n)
{
    int whole = 10;
    for (size_t i = 0; i < n; i++) {
        struct pt_frequency own = pt_frequency_of(chances[i]);
        whole = own.kind == PT_FREQUENCY_PART && own.whole > whole ? own.whole : whole;
    }
    return whole;
}

void pt_frequency_print(struct pt_frequency frequency, const struct pt_language *language,
                        char text[PT_CELL_MAX])
{
    struct pt_message message;

    switch (frequency.kind) {
    case PT_FREQUENCY_NONE:
        pt_message_set(&message, PT_N("none"));
        break;
    case PT_FREQUENCY_BELOW:
        pt_message_set(&message, PT_N("fewer than 1 of 100"));
        break;
    case PT_FREQUENCY_PART:
        pt_message_set(&message, PT_N("%d of %d"), frequency.part, frequency.whole);
        break;
    case PT_FREQUENCY_ABOVE:
        pt_message_set(&message, PT_N("more than 99 of 100"));
        break;
    case PT_FREQUENCY_ALL:
        pt_message_set(&message, PT_N("all"));
        break;
    }
    pt_message_print(&message, language, text, PT_CELL_MAX);
}

void pt_frequency_futures(struct pt_frequency frequency, const struct pt_language *language,
                          char text[PT_CELL_MAX])
{
    struct pt_message message;

    switch (frequency.kind) {
    case PT_FREQUENCY_NONE:
        /* TRANSLATORS: these five stand after "in", as %s of the sentences below */
        pt_message_set(&message, PT_N("none of the futures computed"));
        break;
    case PT_FREQUENCY_BELOW:
        pt_message_set(&message, PT_N("fewer than 1 of 100 futures"));
        break;
    case PT_FREQUENCY_PART:
        pt_message_set(&message, PT_N("%d of %d futures"), frequency.part, frequency.whole);
        break;
    case PT_FREQUENCY_ABOVE:
        pt_message_set(&message, PT_N("more than 99 of 100 futures"));
        break;
    case PT_FREQUENCY_ALL:
        pt_message_set(&message, PT_N("all futures computed"));
        break;
    }
    pt_message_print(&message, language, text, PT_CELL_MAX);
}
