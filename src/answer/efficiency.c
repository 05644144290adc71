#include <limits.h>
#include <math.h>

#include "answer/table.h"

/* Of a range whose end is so many times its beginning nobody can defend a second digit. */
#define WIDE 3

static const struct pt_column columns[] = {
    { "indicator", PT_N("indicator"), 1 },
    { "scenario", PT_N("scenario"), 3 },
    { "unit", PT_N("unit"), 4 },
    { "cost_end", PT_N("cost to the policy's end"), 0 },
    { "cost_horizon", PT_N("cost to the horizon"), 5 },
    { "per_year_p10", PT_N("per year gained, low"), 0 },
    { "per_year_p50", PT_N("per year gained"), 6 },
    { "per_year_p90", PT_N("high"), 0 },
    { "p_no_gain", PT_N("no year gained"), 0 },
    { "per_point_p10", PT_N("per point closed, low"), 0 },
    { "per_point_p50", PT_N("per point closed"), 9 },
    { "per_point_p90", PT_N("high"), 0 },
    { "place", PT_N("place"), 2 },
    { "point_year", PT_N("to year"), 7 },
    { "point_cost", PT_N("cost to then"), 8 },
};

/* A sure cost over an uncertain gain falls as the gain grows, so that quantiles change ends; a
 * gain of nothing or less is ordered last. */
static double per(double cost, double gain)
{
    return gain > 0 ? cost / gain : INFINITY;
}

unsigned pt_price_digits(double low, double high)
{
    return high > WIDE * low ? 1 : 2;
}

static double per_year(const struct pt_outcome *outcome, size_t n_years, double cost, double p)
{
    int years = pt_gained_quantile(outcome->gained, n_years, p);
    return years == INT_MIN ? NAN : per(cost, years);
}

static double share_without_gain(const struct pt_outcome *outcome, size_t n_years)
{
    uint64_t total = 0, none = 0;
    for (size_t i = 0; i <= 2 * n_years; i++) {
        total += outcome->gained[i];
        none += i <= n_years ? outcome->gained[i] : 0;
    }
    return total > 0 ? (double)none / (double)total : NAN;
}

enum pt_status pt_price_make(const struct pt_run *run, const struct pt_projection *projection,
                             const struct pt_outcome *outcome, struct pt_price *price,
                             struct pt_error *err)
{
    struct pt_price made = { .end = outcome->end,
                             .point = pt_points_of(projection->subject->indicator) };
    struct pt_bill_of of = {
        .scenario = outcome->scenario, .entry = PT_EVERY_ENTRY, .moved = projection, .last = INT_MAX
    };
    enum pt_status status = pt_bill_make(run, &of, &made.to_horizon, err);
    if (status == PT_OK) {
        of.last = outcome->end;
        status = pt_bill_make(run, &of, &made.to_end, err);
    }
    if (status != PT_OK) {
        return status;
    }
    double cost = made.to_horizon.total;
    size_t n = projection->n_years;
    made.per_year_p10 = per_year(outcome, n, cost, .90);
    made.per_year_p50 = per_year(outcome, n, cost, .50);
    made.per_year_p90 = per_year(outcome, n, cost, .10);
    made.p_no_gain = share_without_gain(outcome, n);
    bool by_end = made.to_end.years > 0;
    const struct pt_spread *closed = by_end ? &outcome->closed_end : &outcome->closed_horizon;
    made.to_point = by_end ? made.to_end : made.to_horizon;
    made.point_year = by_end ? outcome->end : run->horizon;
    made.per_point_p10 = per(made.to_point.total, closed->p90);
    made.per_point_p50 = per(made.to_point.total, closed->p50);
    made.per_point_p90 = per(made.to_point.total, closed->p10);
    *price = made;
    return PT_OK;
}

static void add_prices(struct pt_rows *rows, double low, double middle, double high)
{
    double one =
        pt_price_digits(low, high) == 1 ? 10 : 1; /* the error is a tenth of what is told */
    pt_add_price(rows, low, one * low);
    pt_add_price(rows, middle, one * middle);
    pt_add_price(rows, high, one * high);
}

static void add_row(struct pt_rows *rows, const struct pt_run *run, const struct pt_projection *p,
                    const struct pt_outcome *outcome, const struct pt_price *price,
                    const char *unit)
{
    pt_add_text(rows, p->subject->indicator->id);
    pt_add_text(rows, outcome->id);
    pt_add_word(rows, unit);
    pt_add_amount(rows, price->to_end.total, 0);
    pt_add_amount(rows, price->to_horizon.total, 0);
    add_prices(rows, price->per_year_p10, price->per_year_p50, price->per_year_p90);
    pt_add_chance(rows, price->p_no_gain, (double)run->options.draws);
    add_prices(rows, price->per_point_p10, price->per_point_p50, price->per_point_p90);
    pt_add_text(rows, p->subject->place);
    pt_add_year(rows, price->point_year);
    pt_add_amount(rows, price->to_point.total, 0);
}

static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    (void)people; /* every row is for people too */
    struct pt_rows rows;
    if (!pt_rows_new(&rows, &pt_table_kind_efficiency, run->n_projections * run->n_scenarios,
                     arena)) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < run->n_projections; i++) {
        const struct pt_projection *p = &run->projections[i];
        for (size_t s = 1; s < p->n_outcomes && p->has_question; s++) {
            struct pt_price price;
            enum pt_status status = pt_price_make(run, p, &p->outcomes[s], &price, err);
            if (status != PT_OK) {
                return status;
            }
            if (price.to_horizon.years > 0) {
                const char *unit = pt_money_unit(price.to_horizon.unit, arena);
                if (!unit) {
                    return PT_RAISE_NOMEM(err);
                }
                add_row(&rows, run, p, &p->outcomes[s], &price, unit);
            }
        }
    }
    *table = pt_rows_table(&rows, &pt_table_kind_efficiency);
    return PT_OK;
}

const struct pt_table_kind pt_table_kind_efficiency = {
    .name = "efficiency",
    .title = PT_N("What a gain costs"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .simulated = true,
    .compares = true,
    .make = make,
};
