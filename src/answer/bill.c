/* What programmes cost (METHODS 7): every year from start to until or the horizon. */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "answer/table.h"

#define MOST_LINKS 64 /* a circle of links was refused when the model was read; this ends one */

/* Whether a lever moves an indicator: its own, or one that links lead to from it. */
static bool leads_to(const struct pt_model *model, const char *from, const char *to, int links)
{
    if (strcmp(from, to) == 0) {
        return true;
    }
    for (size_t i = 0; i < model->n_links && links > 0; i++) {
        if (strcmp(model->links[i].from, from) == 0 &&
            leads_to(model, model->links[i].to, to, links - 1)) {
            return true;
        }
    }
    return false;
}

static bool moves(const struct pt_run *run, const struct pt_scenario *scenario, size_t entry,
                  const struct pt_projection *moved)
{
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        if (lever->entry == entry &&
            (!lever->place || strcmp(lever->place, moved->subject->place) == 0) &&
            leads_to(run->model, lever->indicator, moved->subject->indicator->id, MOST_LINKS)) {
            return true;
        }
    }
    return false;
}

/* The places at which a programme acts; an option may ask for one of them only. */
static enum pt_status count_places(const struct pt_run *run, const struct pt_scenario *scenario,
                                   size_t entry, size_t *n, struct pt_error *err)
{
    struct pt_arena *arena = pt_arena_new();
    const char *const *places;
    *n = 1;
    if (!arena) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < scenario->n_levers && !run->options.place; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        const struct pt_indicator *indicator = pt_model_find(run->model, lever->indicator);
        if (lever->entry == entry && !lever->place && indicator) {
            size_t here = pt_model_places(run->model, indicator, arena, &places);
            *n = here > *n ? here : *n;
        }
    }
    pt_arena_free(arena);
    return PT_OK;
}

/* A programme: its costs, in which years, at how many places. */
struct programme {
    const struct pt_lever *lever; /* one of its levers */
    int first, last;
    size_t places;
};

static enum pt_status find_programme(const struct pt_run *run, const struct pt_bill_of *of,
                                     size_t entry, struct programme *out, struct pt_error *err)
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
    return of->moved ? PT_OK : count_places(run, scenario, entry, &out->places, err);
}

/* The year to which costs are discounted. */
static int first_cost_year(const struct pt_run *run)
{
    int first = INT_MAX;
    for (size_t s = 0; s < run->n_scenarios; s++) {
        for (size_t i = 0; i < run->scenarios[s]->n_levers; i++) {
            const struct pt_lever *lever = &run->scenarios[s]->levers[i];
            if (lever->n_costs > 0 && lever->start < first) {
                first = lever->start;
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
        bool asked = (of->entry == PT_EVERY_ENTRY || of->entry == entry) &&
                     (!of->moved || moves(run, of->scenario, entry, of->moved));
        if (asked) {
            status = find_programme(run, of, entry, &programme, err);
            if (status == PT_OK) {
                double amount = amount_of(&programme, of->purse, &made.unit);
                if (amount != 0) {
                    add_years(&programme, amount, from, yearly);
                }
            }
        }
    }
    if (status == PT_OK) {
        sum_up(run, of->scenario->discount, from, n, yearly, &made);
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
