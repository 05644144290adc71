#include <math.h>

#include "answer/table.h"

/* A range no wider than this, against the amount, is the rounding of numbers that are equal. */
#define SAME 1e-9

static const struct pt_column columns[] = {
    { "indicator", PT_N("indicator"), 1 },
    { "scenario", PT_N("scenario"), 3 },
    { "years_p10", PT_N("years gained, low"), 4 },
    { "years_p50", PT_N("middle"), 5 },
    { "years_p90", PT_N("high"), 6 },
    { "p_earlier", PT_N("earlier"), 7 },
    { "p_never_baseline", PT_N("not in time without"), 0 },
    { "p_never_scenario", PT_N("not in time"), 8 },
    { "both_never", PT_N("neither way"), 0 },
    { "place", PT_N("place"), 2 },
    { "end_year", PT_N("policy's end"), 0 },
    { "p_end_baseline", PT_N("parity by then without"), 0 },
    { "p_end_scenario", PT_N("parity by then"), 0 },
    { "closed_end_p10", PT_N("points closed by then, low"), 0 },
    { "closed_end_p50", PT_N("points closed by then"), 0 },
    { "closed_end_p90", PT_N("high"), 0 },
    { "closed_horizon_p50", PT_N("points closed at the horizon"), 0 },
};

int pt_gained_quantile(const uint64_t *gained, size_t n_years, double p)
{
    uint64_t total = 0, below = 0;
    for (size_t i = 0; i <= 2 * n_years; i++) {
        total += gained[i];
    }
    for (size_t i = 0; i <= 2 * n_years && total > 0; i++) {
        below += gained[i];
        if ((double)below >= p * (double)total) {
            return (int)i - (int)n_years;
        }
    }
    return INT_MIN;
}

double pt_chance_by(const struct pt_run *run, const struct pt_projection *projection,
                    const struct pt_parity *parity, int year)
{
    uint64_t there = parity->count[0];
    for (size_t h = 1; h <= projection->n_years && projection->last + (int)h <= year; h++) {
        there += parity->count[h];
    }
    return (double)there / (double)run->options.draws;
}

double pt_closed_error(const struct pt_spread *closed, double range,
                       const struct pt_indicator *indicator)
{
    double most = fmax(fabs(closed->p10), fabs(closed->p90));
    bool same = range <= SAME * most;
    /* in place of a range, the decimals of the figure; with one, a decimal more at most */
    double finest = pow(10, (same ? 1 : 0) - (double)indicator->decimals);
    return fmax(same ? 0 : range, most > 0 ? fmin(finest, 10 * most) : finest);
}

/* Whether the scenario does anything by the policy's end: its levers may start later. */
static bool acts_by_end(const struct pt_outcome *outcome)
{
    const struct pt_spread *closed = &outcome->closed_end;
    return closed->p10 != 0 || closed->p90 != 0 || closed->mean != 0;
}

void pt_difference_make(const struct pt_run *run, const struct pt_projection *projection,
                        const struct pt_outcome *outcome, struct pt_difference *difference)
{
    double draws = (double)run->options.draws;
    size_t n = projection->n_years;
    uint64_t earlier = outcome->only_scenario;
    for (size_t i = n + 1; i <= 2 * n; i++) {
        earlier += outcome->gained[i];
    }
    const struct pt_parity *own = &outcome->events[PT_EVENT_SUSTAINED];
    const struct pt_parity *base = &projection->outcomes[0].events[PT_EVENT_SUSTAINED];
    *difference = (struct pt_difference){
        .acts = outcome->n_levers > 0 || outcome->linked,
        .target = projection->subject->kind == PT_SUBJECT_SINGLE,
        .years_p10 = pt_gained_quantile(outcome->gained, n, .10),
        .years_p50 = pt_gained_quantile(outcome->gained, n, .50),
        .years_p90 = pt_gained_quantile(outcome->gained, n, .90),
        .p_earlier = (double)earlier / draws,
        .p_never_baseline = (double)base->count[n + 1] / draws,
        .p_never_scenario = (double)own->count[n + 1] / draws,
        .both_never = (double)outcome->both_never / draws,
    };
    bool ends = outcome->end > projection->last && outcome->end < run->horizon;
    bool by_end = ends && acts_by_end(outcome);
    difference->closed = by_end ? outcome->closed_end : outcome->closed_horizon;
    difference->closed_year = by_end ? outcome->end : run->horizon;
    difference->points = pt_points_of(projection->subject->indicator);
    difference->closed_error =
        pt_closed_error(&difference->closed, difference->closed.p90 - difference->closed.p10,
                        projection->subject->indicator);
    if (ends) {
        difference->end_is_policy =
            run->model->policy_to > projection->last && run->model->policy_to == outcome->end;
        difference->end = outcome->end;
        difference->p_end_baseline = pt_chance_by(run, projection, base, outcome->end);
        difference->p_end_scenario = pt_chance_by(run, projection, own, outcome->end);
    }
}

static void add_row(struct pt_rows *rows, const struct pt_run *run, const struct pt_projection *p,
                    const struct pt_outcome *outcome)
{
    double draws = (double)run->options.draws;
    struct pt_difference d;
    pt_difference_make(run, p, outcome, &d);
    pt_add_text(rows, p->subject->indicator->id);
    pt_add_text(rows, outcome->id);
    pt_add_years(rows, d.years_p10);
    pt_add_years(rows, d.years_p50);
    pt_add_years(rows, d.years_p90);
    pt_add_chance(rows, d.p_earlier, draws);
    pt_add_chance(rows, d.p_never_baseline, draws);
    pt_add_chance(rows, d.p_never_scenario, draws);
    pt_add_chance(rows, d.both_never, draws);
    pt_add_text(rows, p->subject->place);
    const struct pt_parity *own = &outcome->events[PT_EVENT_SUSTAINED];
    const struct pt_parity *base = &p->outcomes[0].events[PT_EVENT_SUSTAINED];
    const struct pt_spread *closed = &outcome->closed_end;
    const struct pt_spread *later = &outcome->closed_horizon;
    const struct pt_indicator *indicator = p->subject->indicator;
    /* a tenth of the range is as fine as a reader needs */
    double error = pt_closed_error(closed, (closed->p90 - closed->p10) / 10, indicator);
    pt_add_year(rows, outcome->end);
    pt_add_chance(rows, pt_chance_by(run, p, base, outcome->end), draws);
    pt_add_chance(rows, pt_chance_by(run, p, own, outcome->end), draws);
    pt_add_amount(rows, closed->p10, error);
    pt_add_amount(rows, closed->p50, error);
    pt_add_amount(rows, closed->p90, error);
    pt_add_amount(rows, later->p50,
                  pt_closed_error(later, (later->p90 - later->p10) / 10, indicator));
}

static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    struct pt_rows rows;
    size_t most = run->n_projections * run->n_scenarios;
    if (!pt_rows_new(&rows, &pt_table_kind_gained, most, arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < run->n_projections; i++) {
        const struct pt_projection *p = &run->projections[i];
        for (size_t s = 1; s < p->n_outcomes && p->has_question; s++) {
            if (!people || p->outcomes[s].n_levers > 0 || p->outcomes[s].linked) {
                add_row(&rows, run, p, &p->outcomes[s]);
            }
        }
    }
    *table = pt_rows_table(&rows, &pt_table_kind_gained);
    return PT_OK;
}

const struct pt_table_kind pt_table_kind_gained = {
    .name = "gained",
    .title = PT_N("What the scenarios change"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .simulated = true,
    .compares = true,
    .make = make,
};
