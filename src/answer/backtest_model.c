/* The self-test: what a trend would have said of figures that are known by now. */
#include <math.h>
#include <string.h>

#include "answer/past.h"
#include "answer/table.h"

const int pt_selftest_ahead[PT_SELFTEST_AHEAD] = { 3, 5, 8 };
#define AHEAD_MOST 8

/* The point of a year in the same definition as the origin; n where there is none. */
static size_t point_of(const struct pt_series *all, const struct pt_series *past, int year)
{
    bool broken = past->n_breaks < all->n_breaks && all->breaks[past->n_breaks] <= year;
    size_t i = past->n;
    while (i < all->n && all->year[i] != year) {
        i++;
    }
    return broken ? all->n : i;
}

/* The chance that a path meets the question in one of its first years. */
static double chance_by(const struct pt_subject *subject, const struct pt_futures *futures,
                        size_t years)
{
    size_t met = 0;
    for (size_t i = 0; i < futures->draws; i++) {
        bool now = false;
        for (size_t h = 0; h < years && !now; h++) {
            now = pt_subject_is_closed(subject, futures->x[h * futures->draws + i]);
        }
        met += now;
    }
    return (double)met / (double)futures->draws;
}

static bool came_by(const struct pt_subject *subject, const struct pt_series *all, size_t from,
                    size_t to)
{
    bool met = false;
    for (size_t i = from; i <= to; i++) {
        met |= pt_subject_is_closed(subject, all->y[i]);
    }
    return met;
}

/* A test in the making. */
struct making {
    struct pt_selftest test;
    struct pt_selftest_row *rows;
    struct pt_arena *arena;
};

/* Keeps what was said of the years up to the newest figure. */
static enum pt_status add_path(const struct pt_selftest_row *row, const struct pt_forecast *said,
                               struct making *making, struct pt_error *err)
{
    size_t n = (size_t)(row->year - row->origin);
    struct pt_forecast *copy = PT_NEW(making->arena, struct pt_forecast, n);
    if (!copy) {
        return PT_RAISE_NOMEM(err);
    }
    memcpy(copy, said, n * sizeof *copy);
    making->test.paths[making->test.n_paths++] = (struct pt_selftest_path){
        .origin = row->origin, .known = row->naive, .n = n, .said = copy, .happened = row->happened
    };
    return PT_OK;
}

static enum pt_status add_origin(const struct pt_run *run, const struct pt_projection *p,
                                 size_t last, struct making *making, struct pt_error *err)
{
    const struct pt_subject *subject = p->subject;
    const struct pt_series *all = &subject->projected;
    struct pt_series past = pt_series_until(all, last);
    struct pt_fit_options options = run->options.fit;
    struct pt_futures futures = { 0 };
    struct pt_forecast forecasts[AHEAD_MOST];
    struct pt_fit fit;
    options.scores = false;
    enum pt_status status = pt_fit(p->fit.family, &past, &options, &fit, err);
    if (status == PT_EDATA) {
        return PT_OK; /* too short at the time */
    }
    struct pt_stream stream = pt_stream_open(run->options.seed, subject->stream);
    if (status == PT_OK) {
        status = pt_futures_make(&fit, &stream, PT_BACKTEST_DRAWS, AHEAD_MOST, &futures, err);
    }
    if (status == PT_OK) {
        status = pt_forecast_make(&fit, &futures, AHEAD_MOST, forecasts, err);
    }
    for (size_t k = 0; status == PT_OK && k < PT_SELFTEST_AHEAD; k++) {
        int year = all->year[last] + pt_selftest_ahead[k];
        size_t at = point_of(all, &past, year);
        if (at >= all->n) {
            continue;
        }
        struct pt_selftest_row row = { .origin = all->year[last],
                                       .year = year,
                                       .said = forecasts[pt_selftest_ahead[k] - 1],
                                       .happened = all->y[at],
                                       .naive = all->y[last],
                                       .asked = p->has_question &&
                                                !pt_subject_is_closed(subject, all->y[last]) };
        if (row.asked) {
            row.chance = chance_by(subject, &futures, (size_t)pt_selftest_ahead[k]);
            row.came = came_by(subject, all, last + 1, at);
        }
        making->rows[making->test.n++] = row;
        making->test.inside80 += row.happened >= row.said.lo80 && row.happened <= row.said.hi80;
        if (at + 1 == all->n) {
            status = add_path(&row, forecasts, making, err);
        }
    }
    pt_futures_free(&futures);
    return status;
}

enum pt_status pt_selftest_make(const struct pt_run *run, const struct pt_projection *projection,
                                struct pt_arena *arena, struct pt_selftest *out,
                                struct pt_error *err)
{
    const struct pt_series *all = &projection->subject->projected;
    struct making making = { .arena = arena };
    making.rows = PT_NEW(arena, struct pt_selftest_row, all->n * PT_SELFTEST_AHEAD + 1);
    making.test.rows = making.rows;
    making.test.rounding = all->rounding;
    if (!making.rows) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t last = projection->fit.family->least_n - 1; last + 1 < all->n; last++) {
        if (all->year[last] + pt_selftest_ahead[0] > all->year[all->n - 1]) {
            break;
        }
        enum pt_status status = add_origin(run, projection, last, &making, err);
        if (status != PT_OK) {
            return status;
        }
    }
    *out = making.test;
    return PT_OK;
}

/* ------------------------------------------------------------------ the table */

static const struct pt_column columns[] = {
    { "indicator", PT_N("indicator"), 1 },
    { "origin", PT_N("known to"), 3 },
    { "year", PT_N("year"), 4 },
    { "years_ahead", PT_N("years ahead"), 0 },
    { "said", PT_N("said"), 5 },
    { "lo80", PT_N("from (80 %)"), 6 },
    { "hi80", PT_N("to (80 %)"), 7 },
    { "happened", PT_N("happened"), 8 },
    { "inside80", PT_N("inside"), 9 },
    { "error", PT_N("miss"), 0 },
    { "naive_error", PT_N("miss of no change"), 0 },
    { "chance", PT_N("chance by then"), 10 },
    { "came", PT_N("came"), 11 },
    { "family", PT_N("trend"), 0 },
    { "place", PT_N("place"), 2 },
};

static void add_row(struct pt_rows *rows, const struct pt_projection *p,
                    const struct pt_selftest_row *row)
{
    const struct pt_forecast *said = &row->said;
    double width = (said->hi80 - said->lo80) / 2;
    bool inside = row->happened >= said->lo80 && row->happened <= said->hi80;
    pt_add_text(rows, p->subject->indicator->id);
    pt_add_year(rows, row->origin);
    pt_add_year(rows, row->year);
    pt_add_count(rows, row->year - row->origin);
    pt_add_amount(rows, said->point, width);
    pt_add_amount(rows, said->lo80, width);
    pt_add_amount(rows, said->hi80, width);
    pt_add_amount(rows, row->happened, 0);
    pt_add_word(rows, inside ? PT_N("yes") : PT_N("no"));
    pt_add_amount(rows, fabs(row->happened - said->point), 0);
    pt_add_amount(rows, fabs(row->happened - row->naive), 0);
    if (row->asked) {
        pt_add_chance(rows, row->chance, PT_BACKTEST_DRAWS);
        pt_add_word(rows, row->came ? PT_N("yes") : PT_N("no"));
    } else {
        pt_add_empty(rows);
        pt_add_empty(rows);
    }
    pt_add_text(rows, p->fit.family->name);
    pt_add_text(rows, p->subject->place);
}

static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    struct pt_rows rows;
    size_t most = 0;
    for (size_t i = 0; i < run->n_projections; i++) {
        most += run->projections[i].subject->projected.n * PT_SELFTEST_AHEAD;
    }
    if (!pt_rows_new(&rows, &pt_table_kind_selftest, most, arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < run->n_projections; i++) {
        const struct pt_projection *p = &run->projections[i];
        const struct pt_series *all = &p->subject->projected;
        struct pt_selftest test;
        enum pt_status status = pt_selftest_make(run, p, arena, &test, err);
        if (status != PT_OK) {
            return status;
        }
        for (size_t k = 0; k < test.n; k++) {
            /* people: what was said of the newest figure */
            if (!people || test.rows[k].year == all->year[all->n - 1]) {
                add_row(&rows, p, &test.rows[k]);
            }
        }
    }
    *table = pt_rows_table(&rows, &pt_table_kind_selftest);
    return PT_OK;
}

const struct pt_table_kind pt_table_kind_selftest = {
    .name = "selftest",
    .title = PT_N("What the trend would have said 3, 5 and 8 years ago, and what happened"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .make = make,
};
