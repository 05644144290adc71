#include "output/terminal/paint.h"

/* #008700, #af5f00 and #d70000: contrast (WCAG 2.2) of 4.7, 4.7 and 5.4 against white, and of 4.5,
 * 4.5 and 3.9 against black. */
const char *pt_paint_of(enum pt_colour colour)
{
    switch (colour) {
    case PT_COLOUR_GREEN:
        return "\033[38;5;28m";
    case PT_COLOUR_YELLOW:
        return "\033[38;5;130m";
    case PT_COLOUR_RED:
        return "\033[38;5;160m";
    case PT_COLOUR_NONE:
        break;
    }
    return NULL;
}
