/* What it takes to keep to a course. */
#include <math.h>

#include "output/say/lever.h"
#include "output/table/amounts.h"

void pt_sentence_course(const struct pt_course *course, const struct pt_language *language,
                        struct pt_buffer *out)
{
    const char *unit = course->percent ? "%" : pt_text_in(&course->points.text, language);
    char value[PT_CELL_MAX], shift[PT_CELL_MAX];
    if (course->by == 0) {
        return;
    }
    pt_plainly(course->value, language, value);
    pt_points_print(fabs(course->shift), course->error, &course->points, language, shift);
    if (course->shift == 0) {
        pt_buffer_say(out, language,
                      PT_N("The middle of the futures is at %s %s in %d by itself, or past it."),
                      value, unit, course->by);
    } else {
        pt_buffer_say(
            out, language,
            course->shift > 0
                ? PT_N("To be at %s %s in %d, the middle of the futures has to lie %s above "
                       "where it is heading.")
                : PT_N("To be at %s %s in %d, the middle of the futures has to lie %s below "
                       "where it is heading."),
            value, unit, course->by, shift);
    }
}
