#include "answer/table.h"

/* Both groups' own projections: each its own trend, without regard to the other. */

static const struct pt_column columns[] = {
    { "indicator", PT_N("indicator"), 1 },
    { "group", PT_N("group"), 3 },
    { "role", PT_N("role"), 4 },
    { "year", PT_N("year"), 5 },
    { "p05", PT_N("5 %"), 6 },
    { "p10", PT_N("10 %"), 7 },
    { "p25", PT_N("25 %"), 8 },
    { "p50", PT_N("middle"), 9 },
    { "p75", PT_N("75 %"), 10 },
    { "p90", PT_N("90 %"), 11 },
    { "p95", PT_N("95 %"), 12 },
    { "place", PT_N("place"), 2 },
};

static void add_group(struct pt_rows *rows, const struct pt_projection *p, const char *group,
                      const char *role, const double *bands)
{
    for (size_t y = 0; bands && y < p->n_years; y++) {
        const double *band = bands + y * PT_BANDS;
        double error = (band[PT_BANDS - 2] - band[1]) / 10;
        pt_add_text(rows, p->subject->indicator->id);
        pt_add_text(rows, group);
        pt_add_word(rows, role);
        pt_add_year(rows, p->last + 1 + (int)y);
        for (size_t q = 0; q < PT_BANDS; q++) {
            pt_add_amount(rows, band[q], error);
        }
        pt_add_text(rows, p->subject->place);
    }
}

static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    (void)people; /* every row is for people too */
    struct pt_rows rows;
    size_t most = 0;
    for (size_t i = 0; i < run->n_projections; i++) {
        most += 2 * run->projections[i].n_years;
    }
    if (!pt_rows_new(&rows, &pt_table_kind_groups, most, arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < run->n_projections; i++) {
        const struct pt_projection *p = &run->projections[i];
        const struct pt_indicator *indicator = p->subject->indicator;
        add_group(&rows, p, indicator->group, PT_N("group"), p->group_bands);
        add_group(&rows, p, indicator->reference, PT_N("reference group"), p->reference_bands);
    }
    *table = pt_rows_table(&rows, &pt_table_kind_groups);
    return PT_OK;
}

const struct pt_table_kind pt_table_kind_groups = {
    .name = "groups",
    .title = PT_N("Projection of each group by year"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .simulated = true,
    .groups = true,
    .make = make,
};
