/* What must not be read out of the answers. */
#include "output/note/note.h"

static enum pt_status write(struct pt_note *note, struct pt_error *err)
{
    (void)err;
    struct pt_writing *w = &note->w;
    pt_open_section(w, "limits", pt_translate(note->language, PT_N("What this does not tell you")));
    pt_open_list(w);
    pt_say_item(w,
                PT_N("Why a figure has moved. A trend has no reasons, and what group and reference "
                     "did is arithmetic, not a cause."));
    if (note->run->n_scenarios > 0) {
        pt_say_item(w,
                    PT_N("Whether an effect will come. Effects are assumed by those who wrote the "
                         "scenarios; the answer is what follows if they are right."));
    }
    pt_say_item(w, PT_N("What happens in a crisis, a reform or a new way of counting that the past "
                        "figures do not know."));
    pt_say_item(w,
                PT_N("Anything about one person. Every figure is an average of a group, and groups "
                     "differ inside."));
    pt_say_item(w,
                PT_N("Whether parity is a gain. A gap also closes when those who were ahead fall "
                     "back."));
    pt_say_item(
        w, PT_N("What lies more than 20 years ahead: no one has verified forecasts that far."));
    pt_close(w);
    pt_close(w);
    return PT_OK;
}

const struct pt_note_part pt_note_part_limits = { .name = "limits", .write = write };
