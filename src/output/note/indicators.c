/* A section for every indicator, under its area and goal. */
#include <string.h>

#include "output/note/note.h"

/* At several places: what is the same at all of them once, and a section for each. */
static enum pt_status write_places(struct pt_note *note, const struct pt_indicator *indicator,
                                   struct pt_error *err)
{
    const struct pt_run *run = note->run;
    const char *title = pt_text_in(&indicator->title, note->language);
    size_t at = 0;
    while (run->model->indicators[at] != indicator) {
        at++;
    }
    pt_open_section(&note->w, indicator->id, title);
    pt_note_words(note, indicator);
    enum pt_status status = pt_note_figure(note, "places", at, title, NULL, err);
    for (size_t i = 0; i < run->n_projections && status == PT_OK; i++) {
        if (run->projections[i].subject->indicator == indicator) {
            status = pt_note_indicator(note, &run->projections[i], i, true, err);
        }
    }
    pt_close(&note->w);
    return status;
}

static enum pt_status write_indicator(struct pt_note *note, const struct pt_indicator *indicator,
                                      struct pt_error *err)
{
    const struct pt_run *run = note->run;
    size_t n = 0, only = 0;
    const char *const *places;
    for (size_t i = 0; i < run->n_projections; i++) {
        if (run->projections[i].subject->indicator == indicator) {
            only = i;
            n++;
        }
    }
    if (n > 0) {
        return n > 1 ? write_places(note, indicator, err)
                     : pt_note_indicator(note, &run->projections[only], only, false, err);
    }
    size_t n_places = pt_model_places(run->model, indicator, note->arena, &places);
    note->w.failed |= n_places == 0;
    if (n_places > 0) { /* no place has figures enough: said once */
        pt_note_without(note, indicator, places[0]);
    }
    return PT_OK;
}

/* Options can leave indicators out of a run; goals and areas without any are left out too. */
static bool is_asked(const struct pt_note *note, const struct pt_indicator *indicator)
{
    const char *only = note->run->options.indicator;
    return only == NULL || strcmp(only, indicator->id) == 0;
}

static bool has_any(const struct pt_note *note, const struct pt_goal *goal)
{
    bool any = false;
    for (size_t i = 0; i < goal->n_indicators; i++) {
        any |= is_asked(note, &goal->indicators[i]);
    }
    return any;
}

/* The indicators of a goal side by side, once for each place. */
static enum pt_status put_goal_pictures(struct pt_note *note, const struct pt_goal *goal,
                                        struct pt_error *err)
{
    const struct pt_standings *standings = &note->facts->standings;
    enum pt_status status = PT_OK;
    for (size_t i = 0; i < standings->n_goals && status == PT_OK; i++) {
        if (standings->goals[i].goal == goal) {
            status = pt_note_figure(note, "goal", i, pt_text_in(&goal->title, note->language), NULL,
                                    err);
        }
    }
    return status;
}

static enum pt_status write_goal(struct pt_note *note, const struct pt_goal *goal,
                                 struct pt_error *err)
{
    const char *owner = pt_text_in(&goal->owner, note->language);
    if (!has_any(note, goal)) {
        return PT_OK;
    }
    pt_open_section(&note->w, goal->id, pt_text_in(&goal->title, note->language));
    if (owner[0] != '\0') {
        pt_say_paragraph(&note->w, PT_N("Responsible: %s"), owner);
    }
    enum pt_status status = put_goal_pictures(note, goal, err);
    for (size_t i = 0; i < goal->n_indicators && status == PT_OK; i++) {
        if (is_asked(note, &goal->indicators[i])) {
            status = write_indicator(note, &goal->indicators[i], err);
        }
    }
    pt_close(&note->w);
    return status;
}

static enum pt_status write_area(struct pt_note *note, const struct pt_area *area,
                                 struct pt_error *err)
{
    enum pt_status status = PT_OK;
    bool any = false;
    for (size_t g = 0; g < area->n_goals; g++) {
        any |= has_any(note, &area->goals[g]);
    }
    if (!any) {
        return PT_OK;
    }
    pt_open_section(&note->w, area->id, pt_text_in(&area->title, note->language));
    for (size_t g = 0; g < area->n_goals && status == PT_OK; g++) {
        status = write_goal(note, &area->goals[g], err);
    }
    pt_close(&note->w);
    return status;
}

static enum pt_status write(struct pt_note *note, struct pt_error *err)
{
    enum pt_status status = PT_OK;
    for (size_t i = 0; i < note->run->model->n_areas && status == PT_OK; i++) {
        status = write_area(note, &note->run->model->areas[i], err);
    }
    return status;
}

const struct pt_note_part pt_note_part_indicators = { .name = "indicators", .write = write };
