/* The scenarios side by side: years of parity, gains, and what they cost. */
#include "output/note/note.h"

static void put(struct pt_note *note, const char *name)
{
    const struct pt_table *table = pt_note_table(note, name, (struct pt_note_rows){ 0 });
    pt_put_table(&note->w, pt_translate(note->language, table->title), table);
}

static enum pt_status write(struct pt_note *note, struct pt_error *err)
{
    const struct pt_model *model = note->run->model;
    if (note->run->n_scenarios == 0) {
        return PT_OK;
    }
    pt_open_section(&note->w, "scenarios",
                    pt_translate(note->language, PT_N("The scenarios side by side")));
    const struct pt_table *years = pt_note_table(note, "parity", (struct pt_note_rows){ 0 });
    enum pt_status status = pt_note_figure(note, "comparison", 0,
                                           pt_text_in(&model->title, note->language), years, err);
    pt_put_table(&note->w, pt_translate(note->language, years->title), years);
    put(note, "gained");
    put(note, "attribution");
    put(note, "costs");
    put(note, "efficiency");
    pt_close(&note->w);
    return status;
}

const struct pt_note_part pt_note_part_scenarios = { .name = "scenarios", .write = write };
