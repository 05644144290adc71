/* What moved a gap: the group, the reference, or both. */
#include <math.h>

#include "answer/table.h"

#define MIDDLE_80 2.563 /* of a normal distribution, in standard deviations */

/* The first figure of the definition that still holds: figures before it do not compare. */
static size_t first_that_compares(const struct pt_series *series)
{
    size_t first = 0;
    for (size_t b = 0; b < series->n_breaks; b++) {
        if (series->break_kinds && series->break_kinds[b] == PT_BREAK_SLOPE) {
            continue;
        }
        while (first < series->n && series->year[first] < series->breaks[b]) {
            first++;
        }
    }
    return first;
}

/* What digits of a change defend: the last one that is published, and no more than the middle 80 %
 * of its sampling error leaves, where that is known. */
static double error_of(const struct pt_series *series, size_t first)
{
    double sampling =
        series->variance ? sqrt(series->variance[series->n - 1] + series->variance[first]) : 0;
    return fmax(10 * series->rounding, MIDDLE_80 * sampling);
}

/* Mean over both orders in which group and reference can have moved (Shapley 1953), so that the parts
 * are the whole. */
static struct pt_moved moved_between(const struct pt_subject *subject, size_t from, size_t to)
{
    const struct pt_indicator *indicator = subject->indicator;
    double (*gap)(double, double, int, double) = indicator->gap->gap;
    const double *m = subject->group.y, *r = subject->reference.y;
    double before = gap(m[from], r[from], indicator->better, subject->scale);
    double after = gap(m[to], r[to], indicator->better, subject->scale);
    double group_first = gap(m[to], r[from], indicator->better, subject->scale);
    double reference_first = gap(m[from], r[to], indicator->better, subject->scale);
    return (struct pt_moved){
        .year = subject->projected.year[to],
        .gap = after,
        .by_group = ((before - group_first) + (reference_first - after)) / 2,
        .by_reference = ((before - reference_first) + (group_first - after)) / 2,
    };
}

enum pt_status pt_decomposition_make(const struct pt_projection *projection, struct pt_arena *arena,
                                     struct pt_decomposition *out, struct pt_error *err)
{
    const struct pt_subject *subject = projection->subject;
    const struct pt_series *series = &subject->projected;
    struct pt_decomposition made = { .points = pt_points_of(subject->indicator) };
    size_t first = subject->kind == PT_SUBJECT_TWO_GROUPS ? first_that_compares(series) : series->n;
    if (first + 2 <= series->n) {
        struct pt_moved *years = PT_NEW(arena, struct pt_moved, series->n - first);
        if (!years) {
            return PT_RAISE_NOMEM(err);
        }
        made.n = series->n - first;
        for (size_t i = 0; i < made.n; i++) {
            years[i] = moved_between(subject, first, first + i);
        }
        made.years = years;
        made.error = error_of(series, first);
    }
    *out = made;
    return PT_OK;
}

static const struct pt_column columns[] = {
    { "indicator", PT_N("indicator"), 1 },
    { "from", PT_N("from"), 3 },
    { "to", PT_N("to"), 4 },
    { "gap_from", PT_N("gap at first"), 5 },
    { "gap_to", PT_N("gap at last"), 6 },
    { "by_group", PT_N("closed by the group"), 7 },
    { "by_reference", PT_N("closed by the reference"), 8 },
    { "place", PT_N("place"), 2 },
};

static void add_year(struct pt_rows *rows, const struct pt_projection *p,
                     const struct pt_decomposition *d, size_t i)
{
    pt_add_text(rows, p->subject->indicator->id);
    pt_add_year(rows, d->years[0].year);
    pt_add_year(rows, d->years[i].year);
    pt_add_amount(rows, d->years[0].gap, d->error);
    pt_add_amount(rows, d->years[i].gap, d->error);
    pt_add_amount(rows, d->years[i].by_group, d->error);
    pt_add_amount(rows, d->years[i].by_reference, d->error);
    pt_add_text(rows, p->subject->place);
}

/* People: the whole way only. */
static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    struct pt_rows rows;
    size_t most = 0;
    for (size_t i = 0; i < run->n_projections; i++) {
        most += run->projections[i].subject->projected.n;
    }
    if (!pt_rows_new(&rows, &pt_table_kind_decomposition, most, arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < run->n_projections; i++) {
        const struct pt_projection *p = &run->projections[i];
        struct pt_decomposition d;
        enum pt_status status = pt_decomposition_make(p, arena, &d, err);
        if (status != PT_OK) {
            return status;
        }
        for (size_t k = people && d.n > 0 ? d.n - 1 : 1; k < d.n; k++) {
            add_year(&rows, p, &d, k);
        }
    }
    *table = pt_rows_table(&rows, &pt_table_kind_decomposition);
    return PT_OK;
}

const struct pt_table_kind pt_table_kind_decomposition = {
    .name = "decomposition",
    .title = PT_N("What moved the gap: the group, or the reference"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .make = make,
};
