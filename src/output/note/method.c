/* How the answers were made, in about ten lines. The figures of how good the method is are those of
 * docs/methods.md, section 8. */
#include "output/note/note.h"
#include "output/plot/plot.h"

static enum pt_status write(struct pt_note *note, struct pt_error *err)
{
    (void)err;
    const struct pt_run *run = note->run;
    struct pt_writing *w = &note->w;
    char draws[PT_PLOT_NUMBER];
    pt_plot_number(draws, (double)run->options.draws, 0, note->language);
    pt_open_section(w, "method", pt_translate(note->language, PT_N("How this was made")));
    pt_open_list(w);
    pt_say_item(
        w, PT_N("A projection carries the past figures on with all their uncertainty. It says "
                "where things are heading if nothing new is decided; it is no forecast of what "
                "will be decided."));
    pt_say_item(w,
                PT_N("Each indicator has %s futures, drawn by chance up to %d: in each of them the "
                     "trend is a little different, its pace holds or fades, and every year has its "
                     "own surprise."),
                draws, run->horizon);
    pt_say_item(
        w, PT_N("Chances are numbers of futures: 7 of 10 means that it happens in that many of "
                "them. An 80 %% range holds 8 of 10 futures; 1 of 10 lies below it and 1 of 10 "
                "above."));
    pt_say_item(w,
                PT_N("Parity is counted in each future by itself, from the first of %d years in a "
                     "row in which the gap is inside its band; a single year of luck does not "
                     "count."),
                run->options.sustained_years);
    pt_say_item(w,
                PT_N("At the earliest is the year by which 1 of 10 futures is there, the middle is "
                     "5 of 10, and late is 9 of 10. In the tables '%s' means: not by %d."),
                pt_translate(note->language, PT_N("never")), run->horizon);
    if (run->n_scenarios > 0) {
        pt_say_item(w,
                    PT_N("A scenario puts its assumed effects into the very same futures, so that "
                         "each is compared with itself, once with the scenario and once without."));
    }
    pt_say_item(w,
                PT_N("The status follows from the chance of being there on time: on course from 75 "
                     "of 100 futures on, uncertain from 25, off course below. Moving away is said "
                     "where the pace leads away with a chance of 9 of 10 or more, and too little "
                     "data where there are fewer than 4 figures."));
    pt_say_item(w, PT_N("Tested on published series, its 80 %% ranges held 84 of 100 figures up to "
                        "six years ahead of 318 gaps between two groups, and 85 of 100 of 7,125 "
                        "social indicators."));
    pt_say_item(w,
                PT_N("Asked of such indicators whether a level four yearly steps away would be "
                     "reached and kept within 20 years, it stated 51 of 100 on average, and 50 of "
                     "100 came."));
    pt_close(w);
    pt_close(w);
    return PT_OK;
}

const struct pt_note_part pt_note_part_method = { .name = "method", .write = write };
