/* What programmes cost (METHODS 7): every year from start to until or the horizon. */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "answer/table.h"

/* Whether a programme moves the projection in this run, by itself or through links. */
static bool moves(const struct pt_bill_of *of, size_t entry)
{
    const struct pt_scenario *scenario = of->scenario;
    const struct pt_projection *projection = of->moved;
    for (size_t s = 0; s < projection->n_outcomes; s++) {
        const struct pt_outcome *outcome = &projection->outcomes[s];
        for (size_t i = 0; outcome->scenario == scenario && i < scenario->n_levers; i++) {
            if (scenario->levers[i].entry == entry && outcome->moved_by[i]) {
                return true;
            }
        }
    }
    return false;
}

struct places {
    size_t n;
    const char **names;
};

static bool holds(const struct places *places, const char *name)
{
    size_t i = 0;
    while (i < places->n && strcmp(places->names[i], name) != 0) {
        i++;
    }
    return i < places->n;
}

/* Adds those at which a lever acts, in an answer that may be about one place only. */
static void add_places(const struct pt_run *run, const struct pt_lever *lever,
                       struct pt_arena *arena, struct places *to)
{
    const struct pt_indicator *indicator = pt_model_find(run->model, lever->indicator);
    const char *const *there, *only = run->options.place;
    size_t n = indicator ? pt_model_places(run->model, indicator, arena, &there) : 0;
    const char **names = PT_NEW(arena, const char *, to->n + n + 1);
    if (!names) {
        return;
    }
    for (size_t k = 0; k < to->n; k++) {
        names[k] = to->names[k];
    }
    const struct places before = { to->n, names };
    to->names = names;
    for (size_t k = 0; k < n; k++) {
        bool acts = (!lever->place || strcmp(lever->place, there[k]) == 0) &&
                    (!only || strcmp(only, there[k]) == 0);
        if (acts && !holds(&before, there[k])) { /* a model names no place twice */
            names[to->n++] = there[k];
        }
    }
}

/* The places at which a programme acts, whether what it acts on can be projected there or not. */
static size_t count_places(const struct pt_run *run, const struct pt_scenario *scenario,
                           size_t entry, struct pt_arena *arena)
{
    struct places places = { 0 };
    for (size_t i = 0; i < scenario->n_levers; i++) {
        if (scenario->levers[i].entry == entry) {
            add_places(run, &scenario->levers[i], arena, &places);
        }
    }
    return places.n;
}

/* A programme: its costs, in which years, at how many places. */
struct programme {
    const struct pt_lever *lever; /* one of its levers */
    int first, last;
    size_t places;
};

static void find_programme(const struct pt_run *run, const struct pt_bill_of *of, size_t entry,
                           struct pt_arena *arena, struct programme *out)
{
    const struct pt_scenario *scenario = of->scenario;
    *out = (struct programme){ .first = INT_MAX, .last = INT_MIN, .places = 1 };
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        if (lever->entry == entry) {
            out->lever = lever;
            out->first = lever->start < out->first ? lever->start : out->first;
            out->last = lever->until > out->last ? lever->until : out->last;
        }
    }
    out->last = out->last > run->horizon ? run->horizon : out->last;
    out->last = out->last > of->last ? of->last : out->last;
    out->places = of->moved ? 1 : count_places(run, scenario, entry, arena);
}

/* The year to which costs are discounted. */
static int first_cost_year(const struct pt_run *run)
{
    int first = INT_MAX;
    for (size_t s = 0; s < run->n_scenarios; s++) {
        for (size_t i = 0; i < run->scenarios[s]->n_levers; i++) {
            const struct pt_lever *lever = &run->scenarios[s]->levers[i];
            for (size_t k = 0; k < lever->n_costs; k++) {
                bool costs = lever->costs[k].amount > 0 && lever->start < first;
                first = costs ? lever->start : first;
            }
        }
    }
    return first;
}

static double amount_of(const struct programme *programme, const char *purse, const char **unit)
{
    double amount = 0;
    for (size_t k = 0; programme->lever && k < programme->lever->n_costs; k++) {
        const struct pt_cost *cost = &programme->lever->costs[k];
        if (!purse || strcmp(cost->purse, purse) == 0) {
            amount += cost->amount * (double)programme->places;
            *unit = cost->unit;
        }
    }
    return amount;
}

static size_t count_entries(const struct pt_scenario *scenario)
{
    size_t n = 0;
    for (size_t i = 0; i < scenario->n_levers; i++) {
        n = scenario->levers[i].entry >= n ? scenario->levers[i].entry + 1 : n;
    }
    return n;
}

/* Adds one programme, year by year, to what each year costs. */
static void add_years(const struct programme *programme, double amount, int from, double *yearly)
{
    for (int year = programme->first; year <= programme->last; year++) {
        yearly[year - from] += amount;
    }
}

/* One rate for a run: that of the scenarios that write one (they agree). */
static double discount_of(const struct pt_run *run)
{
    double discount = 0;
    for (size_t s = 0; s < run->n_scenarios; s++) {
        discount = fmax(discount, run->scenarios[s]->discount);
    }
    return discount;
}

static void sum_up(const struct pt_run *run, double discount, int from, size_t n,
                   const double *yearly, struct pt_bill *bill)
{
    int base = first_cost_year(run);
    for (size_t i = 0; i < n; i++) {
        if (yearly[i] == 0) {
            continue;
        }
        int year = from + (int)i;
        bill->first = bill->years == 0 ? year : bill->first;
        bill->per_year = bill->years == 0 || yearly[i] == bill->per_year ? yearly[i] : NAN;
        bill->last = year;
        bill->years++;
        bill->total += yearly[i];
        bill->present_value += yearly[i] * pow(1 + discount, base - year);
    }
}

enum pt_status pt_bill_make(const struct pt_run *run, const struct pt_bill_of *of,
                            struct pt_bill *bill, struct pt_error *err)
{
    struct pt_bill made = { 0 };
    int from = first_cost_year(run);
    size_t n = from <= run->horizon ? (size_t)(run->horizon - from + 1) : 0;
    struct pt_arena *arena = pt_arena_new();
    double *yearly = arena ? PT_NEW(arena, double, n + 1) : NULL;
    enum pt_status status = yearly ? PT_OK : PT_RAISE_NOMEM(err);
    for (size_t entry = 0; entry < count_entries(of->scenario) && status == PT_OK; entry++) {
        struct programme programme;
        bool asked = of->entry == PT_EVERY_ENTRY || of->entry == entry;
        if (asked && (!of->moved || moves(of, entry))) {
            find_programme(run, of, entry, arena, &programme);
            double amount = amount_of(&programme, of->purse, &made.unit);
            if (amount != 0) {
                add_years(&programme, amount, from, yearly);
            }
        }
    }
    if (status == PT_OK && pt_arena_failed(arena)) {
        status = PT_RAISE_NOMEM(err);
    }
    if (status == PT_OK) {
        made.discount = discount_of(run);
        sum_up(run, made.discount, from, n, yearly, &made);
        *bill = made;
    }
    pt_arena_free(arena);
    return status;
}

const char *pt_money_unit(const char *unit, struct pt_arena *arena)
{
    const char *year = unit ? strstr(unit, "/year") : NULL;
    size_t n = year ? (size_t)(year - unit) : unit ? strlen(unit) : 0;
    while (n > 0 && unit[n - 1] == ' ') {
        n--;
    }
    return n > 0 ? pt_arena_copy(arena, unit, n) : "";
}
