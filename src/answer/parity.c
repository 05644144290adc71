#include <math.h>

#include "answer/past.h"
#include "answer/table.h"

static const struct pt_column columns[] = {
    { "indicator", PT_N("indicator"), 1 },
    { "scenario", PT_N("scenario"), 3 },
    { "event", PT_N("event"), 0 },
    { "p10", PT_N("earliest"), 4 },
    { "p25", PT_N("quarter"), 0 },
    { "p50", PT_N("middle"), 5 },
    { "p75", PT_N("three quarters"), 0 },
    { "p90", PT_N("late"), 6 },
    { "p_never", PT_N("not in time"), 7 },
    { "p_already", PT_N("already"), 0 },
    { "p_by_target", PT_N("target met"), 8 },
    { "target_year", PT_N("target year"), 9 },
    { "horizon", PT_N("horizon"), 0 },
    { "draws", PT_N("draws"), 0 },
    { "mc_se", PT_N("sampling error"), 0 },
    { "place", PT_N("place"), 2 },
    { "p_never_holds", PT_N("not in time if the pace holds"), 0 },
    { "p_never_fades", PT_N("not in time if it fades"), 0 },
};

static const double levels[] = { .10, .25, .50, .75, .90 };

static double by_target(const struct pt_run *run, const struct pt_projection *p,
                        const struct pt_outcome *outcome)
{
    const struct pt_indicator *indicator = p->subject->indicator;
    if (!indicator->has_target || indicator->target_year > run->horizon) {
        return NAN;
    }
    return indicator->target_year <= p->last
               ? pt_target_was_met(p->subject)
               : (double)outcome->by_target / (double)run->options.draws;
}

static void add_row(struct pt_rows *rows, const struct pt_run *run, const struct pt_projection *p,
                    const struct pt_outcome *outcome, enum pt_event event)
{
    const struct pt_indicator *indicator = p->subject->indicator;
    const struct pt_parity *parity = &outcome->events[event];
    double draws = (double)run->options.draws;
    double never = (double)parity->count[p->n_years + 1] / draws;
    pt_add_text(rows, indicator->id);
    pt_add_scenario(rows, outcome);
    pt_add_word(rows, pt_event_name(event));
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        pt_add_year(rows, pt_parity_quantile(parity, p->n_years, p->last, levels[i]));
    }
    pt_add_chance(rows, never, draws);
    pt_add_chance(rows, (double)parity->count[0] / draws, draws);
    pt_add_chance(rows, by_target(run, p, outcome), draws);
    if (indicator->has_target) {
        pt_add_year(rows, indicator->target_year);
    } else {
        pt_add_empty(rows);
    }
    pt_add_year(rows, run->horizon);
    pt_add_count(rows, draws);
    pt_add_amount(rows, pt_chance_error(never, draws), 0);
    pt_add_text(rows, p->subject->place);
    bool apart = event == PT_EVENT_SUSTAINED && outcome->fades > 0 && outcome->holds > 0;
    pt_add_chance(rows, apart ? (double)outcome->never_holds / (double)outcome->holds : NAN,
                  (double)outcome->holds);
    pt_add_chance(rows, apart ? (double)outcome->never_fades / (double)outcome->fades : NAN,
                  (double)outcome->fades);
}

static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    struct pt_rows rows;
    size_t most = run->n_projections * (1 + run->n_scenarios) * PT_EVENTS;
    if (!pt_rows_new(&rows, &pt_table_kind_parity, most, arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < run->n_projections; i++) {
        const struct pt_projection *p = &run->projections[i];
        for (size_t s = 0; s < p->n_outcomes && p->has_question; s++) {
            const struct pt_outcome *outcome = &p->outcomes[s];
            if (people && s > 0 && outcome->n_levers == 0 && !outcome->linked) {
                continue; /* the baseline once more */
            }
            for (int event = people ? PT_EVENT_SUSTAINED : 0; event < PT_EVENTS; event++) {
                if (event == PT_EVENT_TREND && !p->fit.family->has_curve) {
                    continue; /* no mean curve apart from its noise */
                }
                add_row(&rows, run, p, outcome, (enum pt_event)event);
            }
        }
    }
    *table = pt_rows_table(&rows, &pt_table_kind_parity);
    return PT_OK;
}

const struct pt_table_kind pt_table_kind_parity = {
    .name = "parity",
    .title = PT_N("Years of parity"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .simulated = true,
    .make = make,
};
