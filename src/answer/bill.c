/* What programmes cost (METHODS 7): every year from start to until or the horizon. */
#include <limits.h>
#include <math.h>
#include <string.h>

#include "answer/table.h"

static enum pt_status moves(const struct pt_run *run, const struct pt_scenario *scenario,
                            size_t entry, const struct pt_projection *projection, bool *out,
                            struct pt_error *err)
{
    const struct pt_model *model = run->model;
    struct pt_arena *arena = pt_arena_new();
    bool(*moved)[2] = arena ? pt_arena_alloc(arena, model->n_indicators + 1, sizeof *moved) : NULL;
    *out = false;
    for (size_t i = 0; i < scenario->n_levers && moved && !*out; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        if (lever->entry != entry ||
            (lever->place && strcmp(lever->place, projection->subject->place) != 0)) {
            continue;
        }
        pt_lever_moves(model, lever, moved);
        for (size_t k = 0; k < model->n_indicators; k++) {
            *out |= model->indicators[k] == projection->subject->indicator &&
                    (moved[k][0] || moved[k][1]);
        }
    }
    pt_arena_free(arena);
    return moved ? PT_OK : PT_RAISE_NOMEM(err);
}

/* Whether a programme acts at a place, in an answer that may be about one place only. */
static bool acts_at(const struct pt_run *run, const struct pt_scenario *scenario, size_t entry,
                    const char *place)
{
    if (run->options.place && strcmp(run->options.place, place) != 0) {
        return false;
    }
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        const struct pt_indicator *indicator = pt_model_find(run->model, lever->indicator);
        if (lever->entry != entry || !indicator ||
            (lever->place && strcmp(lever->place, place) != 0)) {
            continue;
        }
        for (size_t k = 0; k < run->n_projections; k++) {
            const struct pt_subject *subject = run->projections[k].subject;
            if (strcmp(subject->place, place) == 0 &&
                (subject->indicator == indicator || run->options.indicator)) {
                return true;
            }
        }
    }
    return false;
}

/* The places at which a programme acts and something is projected. */
static size_t count_places(const struct pt_run *run, const struct pt_scenario *scenario,
                           size_t entry)
{
    size_t n = 0;
    for (size_t k = 0; k < run->n_projections; k++) {
        const char *place = run->projections[k].subject->place;
        bool again = false;
        for (size_t j = 0; j < k && !again; j++) {
            again = strcmp(run->projections[j].subject->place, place) == 0;
        }
        n += !again && acts_at(run, scenario, entry, place);
    }
    return n;
}

/* A programme: its costs, in which years, at how many places. */
struct programme {
    const struct pt_lever *lever; /* one of its levers */
    int first, last;
    size_t places;
};

static void find_programme(const struct pt_run *run, const struct pt_bill_of *of, size_t entry,
                           struct programme *out)
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
    out->places = of->moved ? 1 : count_places(run, scenario, entry);
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
        if (asked && of->moved) {
            status = moves(run, of->scenario, entry, of->moved, &asked, err);
        }
        if (asked && status == PT_OK) {
            find_programme(run, of, entry, &programme);
            double amount = amount_of(&programme, of->purse, &made.unit);
            if (amount != 0) {
                add_years(&programme, amount, from, yearly);
            }
        }
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
