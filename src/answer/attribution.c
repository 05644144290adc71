#include <limits.h>
#include <math.h>
#include <string.h>

#include "answer/table.h"

/* What each lever adds: the scenario against the same without it. Means add up where the levers do
 * not meet; what they do only together, or take from each other, is a row of its own. */

static const struct pt_column columns[] = {
    { "indicator", PT_N("indicator"), 1 },
    { "scenario", PT_N("scenario"), 3 },
    { "lever", PT_N("lever"), 4 },
    { "years_p50", PT_N("years gained"), 5 },
    { "chance_end", PT_N("chance at the policy's end"), 6 },
    { "chance_horizon", PT_N("chance at the horizon"), 0 },
    { "closed_end", PT_N("points at the policy's end"), 8 },
    { "closed_horizon", PT_N("at the horizon"), 9 },
    { "place", PT_N("place"), 2 },
};

struct pt_points pt_points_of(const struct pt_indicator *indicator)
{
    const struct pt_gap_measure *gap = indicator->gap;
    if (gap && gap->unit) {
        return (struct pt_points){ .unit = gap->unit };
    }
    return (struct pt_points){ .pp = indicator->percent, .text = indicator->unit_title };
}

static struct pt_text title_of(const struct pt_scenario *scenario, const char *lever)
{
    for (size_t i = 0; i < scenario->n_levers; i++) {
        if (strcmp(scenario->levers[i].id, lever) == 0) {
            return scenario->levers[i].title;
        }
    }
    return (struct pt_text){ 0 };
}

static struct pt_share total_of(const struct pt_run *run, const struct pt_projection *p,
                                const struct pt_outcome *outcome)
{
    struct pt_share total = { .years_p50 = INT_MIN,
                              .closed_end = outcome->closed_end.mean,
                              .closed_horizon = outcome->closed_horizon.mean };
    const struct pt_parity *own = &outcome->events[PT_EVENT_SUSTAINED];
    const struct pt_parity *base = &p->outcomes[0].events[PT_EVENT_SUSTAINED];
    if (p->has_question) {
        total.years_p50 = pt_gained_quantile(outcome->gained, p->n_years, .50);
        total.chance_end =
            pt_chance_by(run, p, own, outcome->end) - pt_chance_by(run, p, base, outcome->end);
        total.chance_horizon =
            pt_chance_by(run, p, own, run->horizon) - pt_chance_by(run, p, base, run->horizon);
    }
    return total;
}

enum pt_status pt_attribution_make(const struct pt_run *run, const struct pt_projection *projection,
                                   const struct pt_outcome *outcome, struct pt_arena *arena,
                                   struct pt_attribution *attribution, struct pt_error *err)
{
    size_t n = outcome->scenario ? outcome->n_parts : 0;
    struct pt_share *shares = PT_NEW(arena, struct pt_share, n + 1);
    if (!shares) {
        return PT_RAISE_NOMEM(err);
    }
    struct pt_share total = total_of(run, projection, outcome), together = total;
    for (size_t i = 0; i < n; i++) {
        const struct pt_part *part = &outcome->parts[i];
        shares[i] = (struct pt_share){
            .lever = part->lever,
            .title = title_of(outcome->scenario, part->lever),
            .years_p50 = projection->has_question && part->gained
                             ? pt_gained_quantile(part->gained, projection->n_years, .50)
                             : INT_MIN,
            .chance_end = part->chance_end,
            .chance_horizon = part->chance_horizon,
            .closed_end = part->closed_end,
            .closed_horizon = part->closed_horizon,
        };
        together.chance_end -= part->chance_end;
        together.chance_horizon -= part->chance_horizon;
        together.closed_end -= part->closed_end;
        together.closed_horizon -= part->closed_horizon;
    }
    together.years_p50 = INT_MIN;
    /* half of the wider one: where nearly all futures are closed in the end, the other says nothing */
    double to_end = outcome->closed_end.p90 - outcome->closed_end.p10;
    double to_horizon = outcome->closed_horizon.p90 - outcome->closed_horizon.p10;
    double error =
        pt_closed_error(to_end > to_horizon ? &outcome->closed_end : &outcome->closed_horizon,
                        .5 * fmax(to_end, to_horizon), projection->subject->indicator);
    *attribution = (struct pt_attribution){
        .end = outcome->end,
        .horizon = run->horizon,
        .points = pt_points_of(projection->subject->indicator),
        .error = error,
        .n = n,
        .shares = shares,
        .together = together,
        .total = total,
    };
    return PT_OK;
}

static void add_row(struct pt_rows *rows, const struct pt_run *run, const struct pt_projection *p,
                    const struct pt_outcome *outcome, const struct pt_attribution *a,
                    const struct pt_share *share, const char *word)
{
    double draws = (double)run->options.draws;
    pt_add_text(rows, p->subject->indicator->id);
    pt_add_text(rows, outcome->id);
    if (word) {
        pt_add_word(rows, word);
    } else {
        pt_add_text(rows, share->lever);
    }
    pt_add_years(rows, share->years_p50);
    if (p->has_question) {
        pt_add_chance(rows, share->chance_end, draws);
        pt_add_chance(rows, share->chance_horizon, draws);
    } else {
        pt_add_empty(rows);
        pt_add_empty(rows);
    }
    pt_add_amount(rows, share->closed_end, a->error);
    pt_add_amount(rows, share->closed_horizon, a->error);
    pt_add_text(rows, p->subject->place);
}

static size_t most_rows(const struct pt_run *run)
{
    size_t n = 0;
    for (size_t i = 0; i < run->n_projections; i++) {
        for (size_t s = 1; s < run->projections[i].n_outcomes; s++) {
            n += run->projections[i].outcomes[s].n_parts + 2;
        }
    }
    return n;
}

/* For people only where there is something to tell apart. */
static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    struct pt_rows rows;
    if (!pt_rows_new(&rows, &pt_table_kind_attribution, most_rows(run), arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < run->n_projections; i++) {
        const struct pt_projection *p = &run->projections[i];
        for (size_t s = 1; s < p->n_outcomes; s++) {
            const struct pt_outcome *outcome = &p->outcomes[s];
            struct pt_attribution a;
            if (outcome->n_parts <= (people ? 1u : 0u)) {
                continue;
            }
            enum pt_status status = pt_attribution_make(run, p, outcome, arena, &a, err);
            if (status != PT_OK) {
                return status;
            }
            for (size_t k = 0; k < a.n; k++) {
                add_row(&rows, run, p, outcome, &a, &a.shares[k], NULL);
            }
            add_row(&rows, run, p, outcome, &a, &a.together, PT_N("interaction"));
            add_row(&rows, run, p, outcome, &a, &a.total, PT_N("total"));
        }
    }
    *table = pt_rows_table(&rows, &pt_table_kind_attribution);
    return PT_OK;
}

const struct pt_table_kind pt_table_kind_attribution = {
    .name = "attribution",
    .title = PT_N("What each lever adds"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .simulated = true,
    .compares = true,
    .attribution = true,
    .make = make,
};
