#include "answer/status.h"

static const struct pt_column columns[] = {
    { "area", PT_N("area"), 0 },           { "goal", PT_N("goal"), 1 },
    { "place", PT_N("place"), 2 },         { "status", PT_N("status"), 3 },
    { "colour", PT_N("colour"), 4 },       { "deciding", PT_N("deciding indicators"), 5 },
    { "known", PT_N("of them known"), 6 }, { "worst", PT_N("decided by"), 7 },
};

static const char *const colours[] = { PT_N("grey"), PT_N("green"), PT_N("yellow"), PT_N("red") };

static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    struct pt_standings standings;
    struct pt_rows rows;
    (void)people;
    enum pt_status status = pt_standings_rows(run, arena, &standings, err);
    if (status == PT_OK) {
        status = pt_standings_goals(run, arena, &standings, err);
    }
    if (status != PT_OK) {
        return status;
    }
    if (!pt_rows_new(&rows, &pt_table_kind_goals, standings.n_goals, arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < standings.n_goals; i++) {
        const struct pt_goal_standing *goal = &standings.goals[i];
        pt_add_text(&rows, goal->area->id);
        pt_add_text(&rows, goal->goal->id);
        pt_add_text(&rows, goal->place);
        pt_add_standing(&rows, goal->word);
        pt_add_word(&rows, colours[pt_standing_colour(goal->word)]);
        pt_add_count(&rows, (double)goal->n_deciding);
        pt_add_count(&rows, (double)goal->n_known);
        pt_add_text(&rows, goal->worst ? goal->worst->id : "");
    }
    *table = pt_rows_table(&rows, &pt_table_kind_goals);
    return PT_OK;
}

const struct pt_table_kind pt_table_kind_goals = {
    .name = "goals",
    .title = PT_N("Where every goal stands, by its deciding indicators"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .simulated = true,
    .make = make,
};
