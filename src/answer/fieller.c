#include <math.h>

#include "answer/table.h"

static const struct pt_column columns[] = {
    { "indicator", PT_N("indicator"), 1 }, { "level", PT_N("confidence"), 3 },
    { "kind", PT_N("kind"), 4 },           { "year", PT_N("year"), 5 },
    { "lower", PT_N("from"), 6 },          { "upper", PT_N("to"), 7 },
    { "place", PT_N("place"), 2 },
};

static const double confidences[] = { .80, .95 };

static void add_row(struct pt_rows *rows, const struct pt_projection *p, const struct pt_line *line,
                    double confidence)
{
    /* the value of the figure at which the gap reaches its band */
    double edge = p->subject->gap_sign * (p->subject->band - p->subject->gap_at_zero);
    struct pt_fieller set = pt_fieller_line(line, edge, confidence, false);
    pt_add_text(rows, p->subject->indicator->id);
    pt_add_amount(rows, confidence, 0);
    pt_add_word(rows, pt_fieller_kind_name(set.kind));
    pt_add_amount(rows, p->last + set.estimate, 1);
    pt_add_amount(rows, p->last + set.lower, 1);
    pt_add_amount(rows, p->last + set.upper, 1);
    pt_add_text(rows, p->subject->place);
}

/* Families that are a line have this set, also where another one is projected: it says what a line
 * through the same figures could say. */
static enum pt_status add_family(struct pt_rows *rows, const struct pt_run *run,
                                 const struct pt_projection *p, const struct pt_family *family,
                                 struct pt_error *err)
{
    struct pt_fit_options options = run->options.fit;
    struct pt_projection with = *p;
    struct pt_line line;
    options.scores = false;
    enum pt_status status =
        family->line ? pt_fit(family, &p->subject->projected, &options, &with.fit, NULL) : PT_EDATA;
    if (status == PT_ENOMEM) {
        return PT_RAISE_NOMEM(err);
    }
    if (status != PT_OK || !pt_fit_line(&with.fit, &line)) {
        return PT_OK;
    }
    for (size_t k = 0; k < sizeof confidences / sizeof *confidences; k++) {
        add_row(rows, &with, &line, confidences[k]);
    }
    return PT_OK;
}

static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    (void)people; /* every row is for people too */
    struct pt_rows rows;
    size_t n = 0;
    for (size_t f = 0; pt_families[f]; f++) {
        n += pt_families[f]->line ? sizeof confidences / sizeof *confidences : 0;
    }
    if (!pt_rows_new(&rows, &pt_table_kind_fieller, run->n_projections * n, arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < run->n_projections; i++) {
        for (size_t f = 0; run->projections[i].has_question && pt_families[f]; f++) {
            enum pt_status status =
                add_family(&rows, run, &run->projections[i], pt_families[f], err);
            if (status != PT_OK) {
                return status;
            }
        }
    }
    *table = pt_rows_table(&rows, &pt_table_kind_fieller);
    return PT_OK;
}

const struct pt_table_kind pt_table_kind_fieller = {
    .name = "fieller",
    .title = PT_N("Where the straight line may meet the band (Fieller)"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .make = make,
};
