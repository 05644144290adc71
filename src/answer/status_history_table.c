#include <math.h>

#include "answer/status.h"

static const struct pt_column columns[] = {
    { "indicator", PT_N("indicator"), 1 }, { "place", PT_N("place"), 2 },
    { "year", PT_N("known to"), 3 },       { "value", PT_N("figure"), 4 },
    { "p_on_time", PT_N("on time"), 6 },   { "on_time_year", PT_N("by"), 7 },
    { "status", PT_N("status then"), 5 },
};

static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    struct pt_standings standings = { 0 };
    struct pt_rows rows;
    (void)people;
    enum pt_status status = pt_standings_earlier(run, arena, &standings, err);
    if (status != PT_OK) {
        return status;
    }
    if (!pt_rows_new(&rows, &pt_table_kind_history, standings.n_earlier, arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < standings.n_earlier; i++) {
        const struct pt_earlier_standing *then = &standings.earlier[i];
        const struct pt_subject *subject = then->projection->subject;
        pt_add_text(&rows, subject->indicator->id);
        pt_add_text(&rows, subject->place);
        pt_add_year(&rows, then->year);
        pt_add_amount(&rows, then->value, pt_standing_digits(subject));
        pt_add_chance(&rows, then->p_on_time, PT_BACKTEST_DRAWS);
        if (then->on_time_year != 0) {
            pt_add_year(&rows, then->on_time_year);
        } else {
            pt_add_empty(&rows);
        }
        pt_add_standing(&rows, then->word);
    }
    *table = pt_rows_table(&rows, &pt_table_kind_history);
    return PT_OK;
}

const struct pt_table_kind pt_table_kind_history = {
    .name = "history",
    .title = PT_N("The status as it would have been in earlier years"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .simulated = true,
    .make = make,
};
