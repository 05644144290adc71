/* Every indicator under its area and goal, with sign and colour; and the picture of all of them. */
#include <string.h>

#include "output/note/note.h"

static const struct pt_column columns[] = {
    { "area", PT_N("area"), 1 },
    { "goal", PT_N("goal"), 2 },
    { "goal_status", PT_N("the goal"), 3 },
    { "indicator", PT_N("indicator"), 4 },
    { "decides", PT_N("decides"), 5 },
    { "status", PT_N("the indicator"), 6 },
};
#define WIDTH (sizeof columns / sizeof *columns)

static struct pt_cell text_cell(const char *text)
{
    return (struct pt_cell){ .kind = PT_CELL_TEXT, .text = text };
}

static struct pt_cell standing_cell(enum pt_standing_word word)
{
    return (struct pt_cell){ .kind = PT_CELL_STANDING, .standing = word };
}

static const struct pt_goal_standing *goal_of(const struct pt_standings *standings,
                                              const struct pt_standing *row)
{
    for (size_t i = 0; i < standings->n_goals; i++) {
        const struct pt_goal_standing *goal = &standings->goals[i];
        if (goal->goal == row->indicator->goal && strcmp(goal->place, row->place) == 0) {
            return goal;
        }
    }
    return NULL;
}

static void fill_row(struct pt_note *note, const struct pt_standing *row, struct pt_cell *cells)
{
    const struct pt_indicator *indicator = row->indicator;
    const struct pt_goal_standing *goal = goal_of(&note->facts->standings, row);
    cells[0] = text_cell(pt_text_in(&indicator->area->title, note->language));
    cells[1] = text_cell(pt_text_in(&indicator->goal->title, note->language));
    if (goal != NULL) {
        cells[2] = standing_cell(goal->word);
    }
    cells[3] = text_cell(row->place[0] != '\0' ? pt_note_title(note, indicator, row->place)
                                               : pt_text_in(&indicator->title, note->language));
    cells[4] = (struct pt_cell){ .kind = PT_CELL_WORD,
                                 .text = indicator->decides ? PT_N("yes") : PT_N("no") };
    cells[5] = standing_cell(row->word);
}

static const struct pt_table *make_table(struct pt_note *note)
{
    const struct pt_standings *standings = &note->facts->standings;
    struct pt_table *table = PT_NEW(note->arena, struct pt_table, 1);
    struct pt_cell *cells = PT_NEW(note->arena, struct pt_cell, standings->n * WIDTH + 1);
    if (table == NULL || cells == NULL) {
        note->w.failed = true;
        return NULL;
    }
    for (size_t i = 0; i < standings->n; i++) {
        fill_row(note, &standings->rows[i], &cells[i * WIDTH]);
    }
    *table = (struct pt_table){ .name = "overview",
                                .title = PT_N("Status by area and goal"),
                                .n_columns = WIDTH,
                                .columns = columns,
                                .n_rows = standings->n,
                                .cells = cells };
    return table;
}

static enum pt_status write(struct pt_note *note, struct pt_error *err)
{
    const struct pt_model *model = note->run->model;
    pt_open_section(&note->w, "overview", pt_translate(note->language, PT_N("Overview")));
    const struct pt_table *table = make_table(note);
    if (table != NULL && table->n_rows > 0) {
        pt_put_table(&note->w, pt_translate(note->language, table->title), table);
        pt_say_paragraph(
            &note->w,
            PT_N("A goal has the colour of the worst of the indicators that decide it: "
                 "%s reached or %s on course is green, %s uncertain is yellow, %s off "
                 "course or %s moving away is red."),
            pt_standing_sign(PT_STANDING_REACHED), pt_standing_sign(PT_STANDING_ON_COURSE),
            pt_standing_sign(PT_STANDING_UNCERTAIN), pt_standing_sign(PT_STANDING_OFF_COURSE),
            pt_standing_sign(PT_STANDING_MOVING_AWAY));
    }
    enum pt_status status = pt_note_figure(
        note, "overview", 0, pt_text_in(&model->title, note->language),
        pt_note_table(note, "parity", (struct pt_note_rows){ .baseline = true }), err);
    pt_close(&note->w);
    return status;
}

const struct pt_note_part pt_note_part_overview = { .name = "overview", .write = write };
