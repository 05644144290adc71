/* The barometer as a table: one row for each indicator and place. */
#include <math.h>

#include "answer/status.h"

static const struct pt_column columns[] = {
    { "area", PT_N("area"), 0 },
    { "goal", PT_N("goal"), 0 },
    { "indicator", PT_N("indicator"), 1 },
    { "decides", PT_N("decides"), 0 },
    { "year", PT_N("year"), 4 },
    { "value", PT_N("figure"), 5 },
    { "unit", PT_N("unit"), 0 },
    { "change", PT_N("change"), 6 },
    { "significant", PT_N("significant"), 7 },
    { "direction", PT_N("direction"), 0 },
    { "pace", PT_N("a year"), 8 },
    { "required_pace", PT_N("needed a year"), 9 },
    { "p_on_time", PT_N("on time"), 10 },
    { "status", PT_N("status"), 3 },
    { "eurostat", PT_N("Eurostat"), 0 },
    { "unsd", PT_N("UNSD"), 0 },
    { "destatis", PT_N("Destatis"), 0 },
    { "reason", PT_N("because"), 0 },
    { "place", PT_N("place"), 2 },
    { "effort", PT_N("needed against present pace"), 0 },
    { "on_time_year", PT_N("by"), 0 },
    { "trace", PT_N("figures"), 11 },
};

static void add_word(struct pt_rows *rows, const char *word)
{
    if (word) {
        pt_add_word(rows, word);
    } else {
        pt_add_empty(rows);
    }
}

static void add_year(struct pt_rows *rows, int year)
{
    if (year != 0) {
        pt_add_year(rows, year);
    } else {
        pt_add_empty(rows);
    }
}

static void add_unit(struct pt_rows *rows, const struct pt_indicator *indicator)
{
    if (indicator->gap && indicator->gap->unit) {
        pt_add_text(rows, indicator->gap->unit);
    } else if (indicator->percent && indicator->reference) {
        pt_add_word(rows, PT_N("pp"));
    } else {
        pt_add_text(rows, indicator->unit);
    }
}

static void add_change(struct pt_rows *rows, const struct pt_standing *row)
{
    static const char *const significant[] = { PT_N("not known"), PT_N("yes"), PT_N("no") };
    static const char *const progress[] = { NULL, PT_N("progress"), PT_N("standstill"),
                                            PT_N("decline") };
    pt_add_amount(rows, row->change, row->change_error);
    add_word(rows, isnan(row->change) ? NULL : significant[row->significant]);
    add_word(rows, progress[row->progress]);
}

static void add_row(struct pt_rows *rows, const struct pt_run *run, const struct pt_standing *row)
{
    const struct pt_indicator *indicator = row->indicator;
    pt_add_text(rows, indicator->area->id);
    pt_add_text(rows, indicator->goal->id);
    pt_add_text(rows, indicator->id);
    pt_add_word(rows, indicator->decides ? PT_N("yes") : PT_N("no"));
    add_year(rows, row->year);
    pt_add_amount(rows, row->value, row->value_error);
    add_unit(rows, indicator);
    add_change(rows, row);
    pt_add_amount(rows, row->pace, row->pace_error);
    pt_add_amount(rows, row->required_pace, row->pace_error);
    pt_add_chance(rows, row->p_on_time, (double)run->options.draws);
    pt_add_standing(rows, row->word);
    add_word(rows, row->eurostat);
    add_word(rows, row->unsd);
    add_word(rows, row->destatis);
    pt_add_message(rows, &row->reason);
    pt_add_text(rows, row->place);
    if (isinf(row->effort)) {
        pt_add_word(rows, PT_N("no current progress"));
    } else {
        pt_add_amount(rows, row->effort, .1);
    }
    add_year(rows, row->on_time_year);
    pt_add_trace(rows, row->n_trace, row->trace);
}

static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    struct pt_standings standings;
    struct pt_rows rows;
    (void)people;
    enum pt_status status = pt_standings_rows(run, arena, &standings, err);
    if (status != PT_OK) {
        return status;
    }
    if (!pt_rows_new(&rows, &pt_table_kind_status, standings.n, arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < standings.n; i++) {
        add_row(&rows, run, &standings.rows[i]);
    }
    *table = pt_rows_table(&rows, &pt_table_kind_status);
    return PT_OK;
}

const struct pt_table_kind pt_table_kind_status = {
    .name = "status",
    .title = PT_N("Where every indicator stands"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .simulated = true,
    .make = make,
};
