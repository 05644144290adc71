/* Titles and units as the parts of the note write them. */
#include <string.h>

#include "output/note/note.h"
#include "output/table/amounts.h"

const char *pt_note_title(struct pt_note *note, const struct pt_indicator *indicator,
                          const char *place)
{
    struct pt_buffer title = { 0 };
    const char *where =
        place[0] != '\0' ? place : pt_text_in(&note->run->model->place_title, note->language);
    pt_title_with_place(&title, pt_text_in(&indicator->title, note->language), where);
    const char *kept = title.n > 0 ? pt_arena_copy(note->arena, title.bytes, title.n) : "";
    note->w.failed |= title.failed || kept == NULL;
    pt_buffer_free(&title);
    return kept != NULL ? kept : "";
}

const char *pt_note_group(const struct pt_note *note, const char *id)
{
    const struct pt_group *group = pt_model_group(note->run->model, id);
    const char *title = group != NULL ? pt_text_in(&group->title, note->language) : "";
    return title[0] != '\0' ? title : id;
}

const char *pt_note_scenario(const struct pt_note *note, const char *id)
{
    for (size_t i = 0; i < note->run->n_scenarios; i++) {
        const struct pt_scenario *scenario = note->run->scenarios[i];
        if (strcmp(scenario->id, id) == 0) {
            const char *title = pt_text_in(&scenario->title, note->language);
            return title[0] != '\0' ? title : id;
        }
    }
    return id;
}

const char *pt_note_unit(const struct pt_note *note, const struct pt_indicator *indicator)
{
    return indicator->percent ? "%" : pt_text_in(&indicator->unit_title, note->language);
}

const char *pt_note_points(const struct pt_note *note, const struct pt_indicator *indicator)
{
    const struct pt_points points = pt_points_of(indicator);
    return pt_points_unit(&points, note->language);
}

const struct pt_standing *pt_note_standing(const struct pt_note *note,
                                           const struct pt_indicator *indicator, const char *place)
{
    const struct pt_standings *standings = &note->facts->standings;
    for (size_t i = 0; i < standings->n; i++) {
        const struct pt_standing *row = &standings->rows[i];
        if (row->indicator == indicator && strcmp(row->place, place) == 0) {
            return row;
        }
    }
    return NULL;
}
