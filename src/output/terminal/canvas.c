#include "output/terminal/canvas.h"

#include <string.h>

#include "output/terminal/paint.h"

bool pt_canvas_make(struct pt_canvas *canvas, size_t columns, size_t rows, struct pt_arena *arena)
{
    *canvas = (struct pt_canvas){ .columns = columns, .rows = rows };
    canvas->places = PT_NEW(arena, struct pt_place_drawn, columns * rows + 1);
    return canvas->places != NULL;
}

void pt_canvas_draw(struct pt_canvas *canvas, size_t column, size_t row, const char *glyph,
                    const char *paint)
{
    if (column < canvas->columns && row < canvas->rows) {
        canvas->places[row * canvas->columns + column] = (struct pt_place_drawn){ glyph, paint };
    }
}

bool pt_canvas_is_free(const struct pt_canvas *canvas, size_t column, size_t row,
                       const char *const *over)
{
    if (column >= canvas->columns || row >= canvas->rows) {
        return false;
    }
    const char *glyph = canvas->places[row * canvas->columns + column].glyph;
    bool found = glyph == NULL;
    for (; !found && *over != NULL; over++) {
        found = strcmp(glyph, *over) == 0;
    }
    return found;
}

void pt_canvas_write(struct pt_canvas *canvas, size_t column, size_t row, const char *text,
                     const char *paint)
{
    static const char glyphs[] = "0\0001\0002\0003\0004\0005\0006\0007\0008\0009\000.\000,\000-";

    for (; *text != '\0'; text++, column++) {
        for (size_t i = 0; i < sizeof glyphs; i += 2) {
            if (glyphs[i] == *text) {
                pt_canvas_draw(canvas, column, row, glyphs + i, paint);
            }
        }
    }
}

/* Two paints are the same where they are written alike. */
static bool alike(const char *a, const char *b)
{
    return a == b || (a != NULL && b != NULL && strcmp(a, b) == 0);
}

void pt_canvas_print(const struct pt_canvas *canvas, size_t row, bool color, struct pt_buffer *out)
{
    const struct pt_place_drawn *places = canvas->places + row * canvas->columns;
    const char *paint = NULL;
    size_t end = canvas->columns;

    while (end > 0 && places[end - 1].glyph == NULL) {
        end--;
    }
    for (size_t i = 0; i < end; i++) {
        const char *wanted = color && places[i].glyph != NULL ? places[i].paint : NULL;
        if (!alike(paint, wanted)) {
            pt_buffer_text(out, paint != NULL ? PT_PAINT_END : "");
            pt_buffer_text(out, wanted != NULL ? wanted : "");
            paint = wanted;
        }
        pt_buffer_text(out, places[i].glyph != NULL ? places[i].glyph : " ");
    }
    pt_buffer_text(out, paint != NULL ? PT_PAINT_END : "");
}
