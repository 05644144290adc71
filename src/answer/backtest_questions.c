/* The parity back-test: what was said of first years at a level, and what came of it. */
#include <math.h>

#include "answer/backtest.h"

static bool has_questions(const struct pt_backtest *b)
{
    return b->options.parity;
}

/* Which questions, and which of their two chances. */
struct choice {
    unsigned steps; /* 0: all but PT_CROSSING_FAR */
    int trend;      /* +1 with it, -1 against it, 0: any */
    bool closing;   /* only downwards, as a positive gap closes */
    bool sustained; /* kept for years, rather than first reached */
};

static bool chosen(const struct choice *choice, const struct pt_crossing *c)
{
    return (choice->steps == 0 ? c->steps < PT_CROSSING_FAR : c->steps == choice->steps) &&
           (choice->trend == 0 || (choice->trend > 0) == c->with_trend) &&
           (!choice->closing || c->direction < 0) && (!choice->sustained || !isnan(c->chance_kept));
}

static size_t collect(const struct pt_group_of_trials *group, const struct choice *choice,
                      const struct pt_crossing **out)
{
    size_t n = 0;
    for (size_t i = 0; i < group->n; i++) {
        for (size_t k = 0; k < group->trials[i]->n_crossings; k++) {
            const struct pt_crossing *c = &group->trials[i]->crossings[k];
            if (chosen(choice, c)) {
                out[n++] = c;
            }
        }
    }
    return n;
}

/* Room for every question of a back-test. */
struct room {
    const struct pt_crossing **crossings;
    double *chance;
    bool *came;
};

static bool room_new(const struct pt_backtest *b, struct pt_arena *arena, struct room *room)
{
    size_t n = b->n_series * PT_CROSSINGS + 1;
    room->crossings = PT_NEW(arena, const struct pt_crossing *, n);
    room->chance = PT_NEW(arena, double, n);
    room->came = PT_NEW(arena, bool, n);
    return room->crossings && room->chance && room->came;
}

/* By the last year of the questions. */
static struct pt_calibration calibrate(const struct pt_group_of_trials *group,
                                       const struct choice *choice, const struct room *room)
{
    size_t n = collect(group, choice, room->crossings);
    for (size_t i = 0; i < n; i++) {
        const struct pt_crossing *c = room->crossings[i];
        room->chance[i] = choice->sustained ? c->chance_kept : c->chance[c->years - 1];
        room->came[i] = choice->sustained ? c->kept : c->first <= c->years;
    }
    return pt_calibration_make(room->chance, room->came, n);
}

/* What the makers below share: groups, room and rows. */
static enum pt_status start(const struct pt_backtest *b, const struct pt_table_kind *kind,
                            size_t rows_each, struct pt_arena *arena,
                            struct pt_group_of_trials **groups, struct room *room,
                            struct pt_rows *rows, struct pt_error *err)
{
    enum pt_status status = pt_groups_make(b, arena, groups, err);
    if (status == PT_OK && (!room_new(b, arena, room) ||
                            !pt_rows_new(rows, kind, rows_each * pt_groups_count(b), arena))) {
        status = PT_RAISE_NOMEM(err);
    }
    return status;
}

/* ------------------------------------------------------------------ questions */

static const struct pt_column question_columns[] = {
    { "family", PT_N("trend"), 1 },
    { "category", PT_N("category"), 2 },
    { "questions", PT_N("questions"), 3 },
    { "rps", PT_N("RPS"), 4 },
    { "rps_base", PT_N("RPS of the base rate"), 5 },
    { "skill", PT_N("skill"), 6 },
    { "ece", PT_N("calibration error"), 7 },
    { "ece_with_trend", PT_N("with the trend"), 8 },
};

static enum pt_status make_questions(const struct pt_backtest *b, struct pt_arena *arena,
                                     struct pt_table *table, struct pt_error *err)
{
    static const struct choice any = { 0 }, with_trend = { .trend = 1 };
    struct pt_group_of_trials *groups;
    struct room room;
    struct pt_rows rows;
    const struct pt_table_kind *kind = &pt_backtest_table_questions.kind;
    enum pt_status status = start(b, kind, 1, arena, &groups, &room, &rows, err);
    for (size_t g = 0; status == PT_OK && g < pt_groups_count(b); g++) {
        double rps, base;
        double ece = calibrate(&groups[g], &any, &room).ece;
        double ece_with_trend = calibrate(&groups[g], &with_trend, &room).ece;
        size_t n = collect(&groups[g], &any, room.crossings);
        pt_crossings_rps(room.crossings, n, &rps, &base);
        pt_add_text(&rows, groups[g].family->name);
        pt_add_text(&rows, groups[g].category);
        pt_add_count(&rows, (double)n);
        pt_add_amount(&rows, rps, 0);
        pt_add_amount(&rows, base, 0);
        pt_add_amount(&rows, 1 - rps / base, 0);
        pt_add_amount(&rows, ece, 0);
        pt_add_amount(&rows, ece_with_trend, 0);
    }
    if (status == PT_OK) {
        *table = pt_rows_table(&rows, kind);
    }
    return status;
}

const struct pt_backtest_table pt_backtest_table_questions = {
    .kind = { .name = "questions",
              .title = PT_N("When is a level reached? Chances of first years"),
              .n_columns = sizeof question_columns / sizeof *question_columns,
              .columns = question_columns },
    .has = has_questions,
    .make = make_questions,
};

/* ------------------------------------------------------------------ reliability */

static const struct pt_column reliability_columns[] = {
    { "family", PT_N("trend"), 1 },     { "events", PT_N("questions"), 2 },
    { "from", PT_N("chance from"), 3 }, { "to", PT_N("to"), 4 },
    { "stated", PT_N("stated"), 5 },    { "observed", PT_N("observed"), 6 },
    { "count", PT_N("count"), 7 },
};

static enum pt_status make_reliability(const struct pt_backtest *b, struct pt_arena *arena,
                                       struct pt_table *table, struct pt_error *err)
{
    static const struct choice choices[] = { { 0 }, { .trend = 1 } };
    static const char *const words[] = { PT_N("all"), PT_N("with-trend") };
    struct pt_group_of_trials *groups;
    struct room room;
    struct pt_rows rows;
    const struct pt_table_kind *kind = &pt_backtest_table_reliability.kind;
    enum pt_status status =
        start(b, kind, 2 * PT_RELIABILITY_BINS, arena, &groups, &room, &rows, err);
    for (size_t i = 0; status == PT_OK && i < 2 * pt_groups_count(b); i++) {
        const struct pt_group_of_trials *group = &groups[i / 2];
        if (!group->is_all) {
            continue;
        }
        struct pt_calibration c = calibrate(group, &choices[i % 2], &room);
        for (size_t bin = 0; bin < PT_RELIABILITY_BINS; bin++) {
            pt_add_text(&rows, group->family->name);
            pt_add_word(&rows, words[i % 2]);
            pt_add_amount(&rows, (double)bin / PT_RELIABILITY_BINS, 0);
            pt_add_amount(&rows, (double)(bin + 1) / PT_RELIABILITY_BINS, 0);
            pt_add_amount(&rows, c.bins[bin].stated, 0);
            pt_add_amount(&rows, c.bins[bin].observed, 0);
            pt_add_count(&rows, (double)c.bins[bin].n);
        }
    }
    if (status == PT_OK) {
        *table = pt_rows_table(&rows, kind);
    }
    return status;
}

const struct pt_backtest_table pt_backtest_table_reliability = {
    .kind = { .name = "reliability",
              .title = PT_N("Of chances like these, so many came true by the last year"),
              .n_columns = sizeof reliability_columns / sizeof *reliability_columns,
              .columns = reliability_columns },
    .has = has_questions,
    .make = make_reliability,
};

/* ------------------------------------------------------------------ closing, sustained */

static const struct pt_column event_columns[] = {
    { "family", PT_N("trend"), 1 },
    { "category", PT_N("category"), 2 },
    { "steps", PT_N("steps"), 3 },
    { "direction", PT_N("direction"), 4 },
    { "events", PT_N("questions"), 5 },
    { "stated", PT_N("stated"), 6 },
    { "observed", PT_N("observed"), 7 },
    { "brier", PT_N("Brier"), 8 },
    { "brier_base", PT_N("Brier of the base rate"), 9 },
};

static void add_event(struct pt_rows *rows, const struct pt_group_of_trials *group,
                      const struct choice *choice, const char *direction, const struct room *room)
{
    struct pt_calibration c = calibrate(group, choice, room);
    pt_add_text(rows, group->family->name);
    pt_add_text(rows, group->category);
    pt_add_count(rows, choice->steps);
    pt_add_word(rows, direction);
    pt_add_count(rows, (double)c.n);
    pt_add_amount(rows, c.stated, 0);
    pt_add_amount(rows, c.observed, 0);
    pt_add_amount(rows, c.brier, 0);
    pt_add_amount(rows, c.base_brier, 0);
}

static enum pt_status make_closing(const struct pt_backtest *b, struct pt_arena *arena,
                                   struct pt_table *table, struct pt_error *err)
{
    struct pt_group_of_trials *groups;
    struct room room;
    struct pt_rows rows;
    const struct pt_table_kind *kind = &pt_backtest_table_closing.kind;
    enum pt_status status = start(b, kind, 3, arena, &groups, &room, &rows, err);
    for (size_t g = 0; status == PT_OK && g < pt_groups_count(b); g++) {
        for (unsigned k = 1; k <= 4; k *= 2) {
            struct choice choice = { .steps = k, .closing = true };
            add_event(&rows, &groups[g], &choice, PT_N("downwards"), &room);
        }
    }
    if (status == PT_OK) {
        *table = pt_rows_table(&rows, kind);
    }
    return status;
}

static bool has_closing(const struct pt_backtest *b)
{
    return b->options.parity && b->options.gap;
}

const struct pt_backtest_table pt_backtest_table_closing = {
    .kind = { .name = "closing",
              .title = PT_N("Gaps that close by so many mean yearly steps"),
              .n_columns = sizeof event_columns / sizeof *event_columns,
              .columns = event_columns },
    .has = has_closing,
    .make = make_closing,
};

static enum pt_status make_sustained(const struct pt_backtest *b, struct pt_arena *arena,
                                     struct pt_table *table, struct pt_error *err)
{
    static const char *const words[] = { PT_N("with-trend"), PT_N("against-trend") };
    struct pt_group_of_trials *groups;
    struct room room;
    struct pt_rows rows;
    const struct pt_table_kind *kind = &pt_backtest_table_sustained.kind;
    enum pt_status status = start(b, kind, 8, arena, &groups, &room, &rows, err);
    for (size_t g = 0; status == PT_OK && g < pt_groups_count(b); g++) {
        for (unsigned i = 0; i < 8; i++) {
            struct choice choice = { .steps = 1u << i % 4,
                                     .trend = i < 4 ? 1 : -1,
                                     .sustained = true };
            if (choice.steps < PT_CROSSING_FAR || b->cut->most_years > PT_CROSSING_YEARS) {
                add_event(&rows, &groups[g], &choice, words[i / 4], &room);
            }
        }
    }
    if (status == PT_OK) {
        *table = pt_rows_table(&rows, kind);
    }
    return status;
}

static bool has_sustained(const struct pt_backtest *b)
{
    return b->options.parity && b->options.horizon > 0;
}

const struct pt_backtest_table pt_backtest_table_sustained = {
    .kind = { .name = "sustained",
              .title = PT_N("Levels that are kept for three years"),
              .n_columns = sizeof event_columns / sizeof *event_columns,
              .columns = event_columns },
    .has = has_sustained,
    .make = make_sustained,
};
