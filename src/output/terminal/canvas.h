/* A drawing of characters: each of its places holds one, and the colour it has. */
#ifndef PT_OUTPUT_TERMINAL_CANVAS_H
#define PT_OUTPUT_TERMINAL_CANVAS_H

#include <paritet/output.h>

struct pt_place_drawn {
    const char *glyph; /* one column wide, a constant; NULL: nothing */
    const char *paint; /* NULL: none */
};

struct pt_canvas {
    size_t columns, rows;
    struct pt_place_drawn *places; /* [rows][columns] */
};

/* False: out of memory. */
bool pt_canvas_make(struct pt_canvas *canvas, size_t columns, size_t rows, struct pt_arena *arena);
/* Outside the canvas nothing is drawn. */
void pt_canvas_draw(struct pt_canvas *canvas, size_t column, size_t row, const char *glyph,
                    const char *paint);
/* Whether nothing but one of `over` (ends in NULL) stands there; false outside. */
bool pt_canvas_is_free(const struct pt_canvas *canvas, size_t column, size_t row,
                       const char *const *over);
/* Draws ASCII text from `column` on. */
void pt_canvas_write(struct pt_canvas *canvas, size_t column, size_t row, const char *text,
                     const char *paint);
/* Appends a row without blanks at its end and without a line end. */
void pt_canvas_print(const struct pt_canvas *canvas, size_t row, bool color, struct pt_buffer *out);

#endif
