/* Every indicator under its area and goal, with sign and colour; and the picture of all of them. */
#include <string.h>

#include "output/note/note.h"

static const struct pt_column columns[] = {
    { "area", PT_N("area"), 1 },
    { "goal", PT_N("goal"), 2 },
    { "goal_status", PT_N("the goal"), 3 },
    { "indicator", PT_N("indicator"), 4 },
    { "place", PT_N("place"), 5 },
    { "decides", PT_N("decides"), 6 },
    { "status", PT_N("the indicator"), 7 },
};
#define WIDTH (sizeof columns / sizeof *columns)

static struct pt_cell text_cell(const char *text)
{
    return (struct pt_cell){ .kind = PT_CELL_TEXT, .text = text };
}

static struct pt_cell word_cell(const char *word)
{
    return (struct pt_cell){ .kind = PT_CELL_WORD, .text = word };
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

/* Whether a goal has been shown at the same place further up. */
static bool is_shown(const struct pt_standings *standings, size_t row)
{
    for (size_t i = 0; i < row; i++) {
        if (standings->rows[i].indicator->goal == standings->rows[row].indicator->goal &&
            strcmp(standings->rows[i].place, standings->rows[row].place) == 0) {
            return true;
        }
    }
    return false;
}

/* What stands in the row above already is left empty: a reader wants it said once. */
static void fill_row(struct pt_note *note, size_t at, struct pt_cell *cells)
{
    const struct pt_standings *standings = &note->facts->standings;
    const struct pt_standing *row = &standings->rows[at];
    const struct pt_indicator *indicator = row->indicator;
    const struct pt_indicator *above = at > 0 ? standings->rows[at - 1].indicator : NULL;
    const struct pt_goal_standing *goal = goal_of(standings, row);
    if (above == NULL || above->area != indicator->area) {
        cells[0] = text_cell(pt_text_in(&indicator->area->title, note->language));
    }
    if (above == NULL || above->goal != indicator->goal) {
        cells[1] = text_cell(pt_text_in(&indicator->goal->title, note->language));
    }
    if (goal != NULL && !is_shown(standings, at)) {
        cells[2] = goal->n_deciding > 0 ? standing_cell(goal->word)
                                        : word_cell(PT_N("no indicator decides its colour"));
    }
    if (above != indicator) {
        cells[3] = text_cell(pt_text_in(&indicator->title, note->language));
    }
    if (row->place[0] != '\0') {
        cells[4] = text_cell(row->place);
    }
    cells[5] = word_cell(indicator->decides ? PT_N("yes") : PT_N("no"));
    cells[6] = standing_cell(row->word);
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
        fill_row(note, i, &cells[i * WIDTH]);
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
