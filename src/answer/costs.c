#include <limits.h>
#include <math.h>
#include <string.h>

#include "answer/table.h"

static const struct pt_column columns[] = {
    { "scenario", PT_N("scenario"), 1 },
    { "lever", PT_N("lever"), 2 },
    { "purse", PT_N("purse"), 3 },
    { "unit", PT_N("unit"), 4 },
    { "per_year", PT_N("a year"), 5 },
    { "first", PT_N("from"), 6 },
    { "last", PT_N("to"), 7 },
    { "years", PT_N("years"), 0 },
    { "total", PT_N("in all"), 8 },
    { "present_value", PT_N("present value"), 9 },
    { "discount", PT_N("discount rate"), 0 },
};

/* A row; lever and purse NULL: all of them together. */
static enum pt_status add_row(struct pt_rows *rows, const struct pt_run *run,
                              const struct pt_bill_of *of, const char *lever, bool people,
                              double error, struct pt_arena *arena, struct pt_error *err)
{
    struct pt_bill bill;
    enum pt_status status = pt_bill_make(run, of, &bill, err);
    if (status != PT_OK) {
        return status;
    }
    const char *unit = pt_money_unit(bill.unit, arena);
    if (!unit) {
        return PT_RAISE_NOMEM(err);
    }
    pt_add_text(rows, of->scenario->id);
    if (lever) {
        pt_add_text(rows, lever);
    } else {
        pt_add_word(rows, PT_N("total"));
    }
    if (of->purse) {
        pt_add_text(rows, of->purse);
    } else {
        pt_add_word(rows, PT_N("all"));
    }
    pt_add_word(rows, unit);
    pt_add_amount(rows, bill.years > 0 ? bill.per_year : 0, 0);
    if (bill.years > 0) {
        pt_add_year(rows, bill.first);
        pt_add_year(rows, bill.last);
    } else {
        pt_add_empty(rows);
        pt_add_empty(rows);
    }
    pt_add_count(rows, bill.years);
    pt_add_amount(rows, bill.total, 0);
    pt_add_amount(rows, people && bill.discount == 0 ? NAN : bill.present_value, error);
    pt_add_amount(rows, bill.discount, 0);
    return PT_OK;
}

/* Whether a lever is the first of its programme. */
static bool is_first(const struct pt_scenario *scenario, size_t i)
{
    for (size_t k = 0; k < i; k++) {
        if (scenario->levers[k].entry == scenario->levers[i].entry) {
            return false;
        }
    }
    return true;
}

static size_t count_costs(const struct pt_scenario *scenario)
{
    size_t n = 0;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        n += is_first(scenario, i) ? scenario->levers[i].n_costs : 0;
    }
    return n;
}

/* The purses of a scenario in the order in which they first appear; how many. */
static size_t list_purses(const struct pt_scenario *scenario, const char **purses)
{
    size_t n = 0;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        for (size_t c = 0; c < scenario->levers[i].n_costs; c++) {
            const char *purse = scenario->levers[i].costs[c].purse;
            size_t k = 0;
            while (k < n && strcmp(purses[k], purse) != 0) {
                k++;
            }
            purses[k] = purse;
            n = k == n ? n + 1 : n;
        }
    }
    return n;
}

/* For people without the sums of what stands alone. */
static enum pt_status add_scenario(struct pt_rows *rows, const struct pt_run *run,
                                   const struct pt_scenario *scenario, bool people, double error,
                                   struct pt_arena *arena, struct pt_error *err)
{
    enum pt_status status = PT_OK;
    struct pt_bill_of of = { .scenario = scenario, .last = INT_MAX };
    const char **purses = PT_NEW(arena, const char *, count_costs(scenario) + 1);
    if (!purses) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        of.entry = lever->entry;
        for (size_t c = 0; c < lever->n_costs && is_first(scenario, i) && status == PT_OK; c++) {
            of.purse = lever->costs[c].purse;
            status = add_row(rows, run, &of, lever->id, people, error, arena, err);
        }
    }
    of.entry = PT_EVERY_ENTRY;
    size_t n = list_purses(scenario, purses);
    if (people && count_costs(scenario) < 2) {
        return status;
    }
    for (size_t k = people && n == 1 ? 1 : 0; k < n && status == PT_OK; k++) {
        of.purse = purses[k];
        status = add_row(rows, run, &of, NULL, people, error, arena, err);
    }
    of.purse = NULL;
    return status == PT_OK && n > 0 ? add_row(rows, run, &of, NULL, people, error, arena, err)
                                    : status;
}

/* Four digits of the largest present value of the run, or whole numbers: the same in all rows. */
static enum pt_status present_error(const struct pt_run *run, double *error, struct pt_error *err)
{
    enum pt_status status = PT_OK;
    double most = 0;
    for (size_t s = 0; s < run->n_scenarios && status == PT_OK; s++) {
        struct pt_bill bill;
        const struct pt_bill_of of = { .scenario = run->scenarios[s],
                                       .entry = PT_EVERY_ENTRY,
                                       .last = INT_MAX };
        status = pt_bill_make(run, &of, &bill, err);
        most = status == PT_OK && bill.present_value > most ? bill.present_value : most;
    }
    *error = most > 0 ? fmin(10, pow(10, floor(log10(most)) - 2)) : 0;
    return status;
}

static enum pt_status make(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err)
{
    struct pt_rows rows;
    size_t most = 0;
    for (size_t s = 0; s < run->n_scenarios; s++) {
        most += 2 * count_costs(run->scenarios[s]) + 1;
    }
    if (!pt_rows_new(&rows, &pt_table_kind_costs, most, arena)) {
        return PT_RAISE_NOMEM(err);
    }
    double error;
    enum pt_status status = present_error(run, &error, err);
    for (size_t s = 0; s < run->n_scenarios && status == PT_OK; s++) {
        status = add_scenario(&rows, run, run->scenarios[s], people, error, arena, err);
    }
    *table = pt_rows_table(&rows, &pt_table_kind_costs);
    return status;
}

const struct pt_table_kind pt_table_kind_costs = {
    .name = "costs",
    .title = PT_N("What the scenarios cost"),
    .n_columns = sizeof columns / sizeof *columns,
    .columns = columns,
    .simulated = true,
    .compares = true,
    .make = make,
};
