/* What a link carries from one indicator to another, in a planner's words. */
#include <math.h>

#include "output/say/lever.h"
#include "output/table/amounts.h"

static const char *unit_of(const struct pt_indicator *indicator, const struct pt_language *language)
{
    const struct pt_points points = { .pp = indicator->percent, .text = indicator->unit_title };
    return pt_points_unit(&points, language);
}

static const char *const forms[3] = {
    PT_N("1 more in '%s' (%s) raises '%s' by %s"),
    PT_N("1 more in '%s' (%s) lowers '%s' by %s"),
    PT_N("1 more in '%s' (%s) changes '%s' by %s"),
};

/* "two years later" */
static void say_delay(const struct pt_link *link, const struct pt_language *language,
                      struct pt_buffer *out)
{
    struct pt_message message;
    if (link->delay > 0) {
        pt_message_nset(&message, (unsigned long)link->delay, "%d year later", "%d years later",
                        link->delay);
        pt_buffer_text(out, " ");
        pt_buffer_message(out, language, &message);
    }
}

void pt_sentence_link(const struct pt_link *link, const struct pt_model *model, bool titles,
                      const struct pt_language *language, struct pt_buffer *out)
{
    const struct pt_indicator *from = pt_model_find(model, link->from);
    const struct pt_indicator *to = pt_model_find(model, link->to);
    struct pt_range range = pt_range_of(&link->effect, NULL);
    int sign = pt_range_sign(&range);
    char effect[PT_CELL_MAX], share[PT_CELL_MAX];
    if (!from || !to) {
        return;
    }
    pt_range_print(&range, unit_of(to, language), language, effect);
    pt_buffer_say(out, language,
                  forms[sign > 0   ? 0
                        : sign < 0 ? 1
                                   : 2],
                  titles ? pt_text_in(&from->title, language) : link->from, unit_of(from, language),
                  titles ? pt_text_in(&to->title, language) : link->to, effect);
    say_delay(link, language, out);
    if (link->turnover > 0) {
        pt_percent_print(link->turnover, language, share);
        pt_buffer_text(out, ", ");
        pt_buffer_say(out, language, PT_N("as those who join the group take over, %s a year"),
                      share);
    }
    pt_buffer_text(out, " (");
    bool written = link->effect.chance_of_none == pt_confidence_chance_of_none(link->confidence);
    pt_doubt_print(link->confidence, written, link->effect.chance_of_none, language, out);
    pt_buffer_text(out, "). ");
    pt_buffer_say(out, language, PT_N("Source: %s"), pt_text_in(&link->source, language));
}
