/* Colours of a terminal. They come from its 256, whose values are the same everywhere, unlike those
 * of the first 16; each can be read on black and on white. */
#ifndef PT_OUTPUT_TERMINAL_PAINT_H
#define PT_OUTPUT_TERMINAL_PAINT_H

#include <paritet/answer.h>

#define PT_PAINT_BOLD "\033[1m"
#define PT_PAINT_END  "\033[0m"

/* What goes before a text in this colour; NULL for none. */
const char *pt_paint_of(enum pt_colour colour);

#endif
