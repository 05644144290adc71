#include <paritet/output.h>

#include "output/terminal/paint.h"

void pt_buffer_standing(struct pt_buffer *buffer, enum pt_standing_word word,
                        const struct pt_language *language, bool color)
{
    enum pt_colour colour = pt_standing_colour(word);
    const char *paint = color ? pt_paint_of(colour) : NULL;
    const char *name = pt_translate(language, pt_standing_name(word));
    if (colour == PT_COLOUR_NONE) {
        pt_buffer_text(buffer, name);
    } else {
        pt_buffer_printf(buffer, "%s%s %s%s", paint ? paint : "", pt_standing_sign(word), name,
                         paint ? PT_PAINT_END : "");
    }
}
