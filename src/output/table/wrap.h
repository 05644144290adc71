/* Lines of a text, broken where Unicode allows a break (UAX 14), measured in terminal columns. */
#ifndef PT_OUTPUT_WRAP_H
#define PT_OUTPUT_WRAP_H

#include <paritet/output.h>

struct pt_text_line {
    const char *text; /* inside the wrapped text, not NUL-terminated */
    size_t length;    /* bytes; without spaces at the end where the text was broken */
    size_t width;     /* columns */
};

struct pt_lines {
    size_t n; /* at least 1 */
    struct pt_text_line *lines;
};

/* Breaks into lines of at most `width` columns (0: one line). A piece wider than that is broken
 * between characters. False: out of memory. */
bool pt_wrap(struct pt_arena *arena, const char *text, size_t width, struct pt_lines *lines);

/* The widest piece that has no place for a break. */
size_t pt_wrap_least(struct pt_arena *arena, const char *text);

#endif
