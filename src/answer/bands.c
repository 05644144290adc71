#include "answer/table.h"

static const struct pt_column columns[] = {
    { "indicator", PT_N("indicator"), 1 },
    { "scenario", PT_N("scenario"), 3 },
    { "year", PT_N("year"), 4 },
    { "p05", PT_N("5 %"), 5 },
    { "p10", PT_N("10 %"), 6 },
    { "p25", PT_N("25 %"), 7 },
    { "p50", PT_N("middle"), 8 },
    { "p75", PT_N("75 %"), 9 },
    { "p90", PT_N("90 %"), 10 },
    { "p95", PT_N("95 %"), 11 },
    { "place", PT_N("place"), 2 },
};

static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    (void)people; /* every row is for people too */
    struct pt_rows rows;
    size_t most = 0;
    for (size_t i = 0; i < run->n_projections; i++) {
        most += run->projections[i].n_years * run->projections[i].n_outcomes;
    }
    if (!pt_rows_new(&rows, &pt_table_kind_bands, most, arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < run->n_projections; i++) {
        const struct pt_projection *p = &run->projections[i];
        for (size_t s = 0; s < p->n_outcomes; s++) {
            for (size_t y = 0; y < p->n_years; y++) {
                const double *band = p->outcomes[s].bands + y * PT_BANDS;
                /* a tenth of the 80 % band is as fine as a reader needs */
                double error = (band[PT_BANDS - 2] - band[1]) / 10;
                pt_add_text(&rows, p->subject->indicator->id);
                pt_add_scenario(&rows, &p->outcomes[s]);
                pt_add_year(&rows, p->last + 1 + (int)y);
                for (size_t q = 0; q < PT_BANDS; q++) {
                    pt_add_amount(&rows, band[q], error);
                }
                pt_add_text(&rows, p->subject->place);
            }
        }
    }
    *table = pt_rows_table(&rows, &pt_table_kind_bands);
    return PT_OK;
}

const struct pt_table_kind pt_table_kind_bands = {
    .name = "bands",
    .title = PT_N("Projection by year"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .simulated = true,
    .make = make,
};
