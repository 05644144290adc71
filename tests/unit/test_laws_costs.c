#include "support/realm.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What programmes cost, and what a gain costs (METHODS 7, Cost). */

static const struct relation same = { .scale = 1 };

#define EXACT 1e-12 /* sums of amounts, taken in another order */

/* Every lever has a price of one purse or two. */
static void costs_draw(struct trial *trial, size_t parts, struct realm *realm)
{
    const struct realm_wish wish = { .part = { .levers = 2, .scenarios = 1 },
                                     .parts = parts,
                                     .links = parts > 1 ? 3 : 0,
                                     .places = DRAW_ONE_OF(trial, size_t, 0, 0, 2) };
    realm_draw(trial, &wish, realm);
    for (size_t k = 0; k < parts; k++) {
        for (size_t i = 0; i < realm->parts[k].scenarios[0].n_levers; i++) {
            struct world_lever *lever = &realm->parts[k].scenarios[0].levers[i];
            lever->cost = draw_int(trial, 1, 900) / 10.0;
            lever->state_cost = draw_bool(trial) ? draw_int(trial, 1, 90) : 0;
        }
    }
    realm->parts[0].discount = draw_bool(trial) ? draw_int(trial, 1, 80) : 0;
}

/* The only scenario of an answer, and its outcome where one looks. */
struct priced {
    struct answer answer;
    const struct pt_projection *it;
    struct pt_bill bill; /* of all */
    struct pt_price price;
};

static bool bill_of(const struct priced *p, size_t entry, const char *purse,
                    const struct pt_projection *moved, struct pt_bill *bill)
{
    const struct pt_bill_of of = { .scenario = p->answer.scenarios[0],
                                   .entry = entry,
                                   .purse = purse,
                                   .moved = moved,
                                   .last = INT_MAX };
    struct pt_error err = { 0 };
    return pt_bill_make(p->answer.run, &of, bill, &err) == PT_OK;
}

static bool price(struct trial *trial, const struct realm *realm, const char *place,
                  struct priced *p)
{
    struct pt_run_options options = world_options();
    struct pt_error err = { 0 };
    options.place = place;
    options.may_be_empty = place != NULL; /* a place has its costs, projected or not */
    if (!realm_answer(realm, &options, &p->answer)) {
        trial_say(trial, "# refused: %s\n", p->answer.why);
        return false;
    }
    bool empty = p->answer.run->n_projections == 0;
    p->it = empty ? NULL : answer_projection(&p->answer);
    if (!bill_of(p, PT_EVERY_ENTRY, NULL, NULL, &p->bill)) {
        abort();
    }
    if (!empty &&
        pt_price_make(p->answer.run, p->it, &p->it->outcomes[1], &p->price, &err) != PT_OK) {
        abort();
    }
    return true;
}

/* False where the first is refused, which says nothing. */
static bool price_both(struct trial *trial, const struct realm *one, const struct realm *two,
                       struct priced *a, struct priced *b)
{
    realm_say(trial, one);
    if (!price(trial, one, NULL, a)) {
        return false;
    }
    if (!price(trial, two, NULL, b)) {
        answer_free(&a->answer);
        return false;
    }
    return true;
}

static bool near(double a, double b)
{
    return a == b || (isnan(a) && isnan(b)) || fabs(a - b) <= EXACT * fabs(b);
}

static bool bills_agree(const struct pt_bill *a, double times, const struct pt_bill *b)
{
    return near(times * a->total, b->total) && near(times * a->present_value, b->present_value) &&
           near(times * a->per_year, b->per_year) && a->first == b->first && a->last == b->last &&
           a->years == b->years;
}

static enum verdict prices_agree(struct trial *trial, const struct priced *a, double times,
                                 const struct priced *b)
{
    const struct pt_price *p = &a->price, *q = &b->price;
    if (!bills_agree(&a->bill, times, &b->bill) || !bills_agree(&p->to_end, times, &q->to_end) ||
        !bills_agree(&p->to_horizon, times, &q->to_horizon)) {
        return LAW_BREAKS(trial, "%.17g in all (%.17g) becomes %.17g (%.17g)", a->bill.total,
                          a->bill.present_value, b->bill.total, b->bill.present_value);
    }
    const double from[] = { p->per_year_p10,  p->per_year_p50,  p->per_year_p90,
                            p->per_point_p10, p->per_point_p50, p->per_point_p90 };
    const double to[] = { q->per_year_p10,  q->per_year_p50,  q->per_year_p90,
                          q->per_point_p10, q->per_point_p50, q->per_point_p90 };
    for (size_t i = 0; i < 6; i++) {
        if (!near(times * from[i], to[i])) {
            return LAW_BREAKS(trial, "price %zu is %.17g, not %.17g", i, to[i], times * from[i]);
        }
    }
    return near(p->p_no_gain, q->p_no_gain) && p->point_year == q->point_year
               ? LAW_HOLDS
               : LAW_BREAKS(trial, "another chance of no gain, or year");
}

/* The same forecast, bit by bit, and prices so many times as high. */
static enum verdict cost_times(struct trial *trial, const struct realm *one,
                               const struct realm *two, double times)
{
    struct priced a, b;
    if (!price_both(trial, one, two, &a, &b)) {
        return LAW_VOID;
    }
    enum verdict verdict =
        answers_agree(trial, &a.answer, &b.answer, "parity gained bands attribution", &same);
    if (verdict == LAW_HOLDS) {
        verdict = prices_agree(trial, &a, times, &b);
    }
    answer_free(&a.answer);
    answer_free(&b.answer);
    return verdict;
}

/* ------------------------------------------------------------------ amounts */

static enum verdict costs_so_many_times_as_high_are_prices_as_high(struct trial *trial)
{
    struct realm realm, dear;
    double times = draw_int(trial, 2, 900) / 10.0;
    costs_draw(trial, 2, &realm);
    dear = realm;
    for (size_t k = 0; k < realm.n_parts; k++) {
        for (size_t i = 0; i < realm.parts[k].scenarios[0].n_levers; i++) {
            dear.parts[k].scenarios[0].levers[i].cost *= times;
            dear.parts[k].scenarios[0].levers[i].state_cost *= times;
        }
    }
    return cost_times(trial, &realm, &dear, times);
}

static enum verdict who_pays_and_in_what_changes_no_amount(struct trial *trial)
{
    struct realm realm, other;
    costs_draw(trial, 2, &realm);
    other = realm;
    for (size_t k = 0; k < realm.n_parts; k++) {
        other.parts[k].money = "million EUR of 2019/year";
        for (size_t i = 0; i < realm.parts[k].scenarios[0].n_levers; i++) {
            struct world_lever *lever = &other.parts[k].scenarios[0].levers[i];
            double all = lever->cost + lever->state_cost;
            lever->state_cost = draw_bool(trial) ? all / 4 : all;
            lever->cost = all - lever->state_cost;
        }
    }
    return cost_times(trial, &realm, &other, 1);
}

static enum verdict costs_change_no_forecast(struct trial *trial)
{
    struct realm realm, free;
    struct priced a, b;
    costs_draw(trial, 2, &realm);
    free = realm;
    free.parts[0].discount = 0;
    for (size_t k = 0; k < realm.n_parts; k++) {
        for (size_t i = 0; i < realm.parts[k].scenarios[0].n_levers; i++) {
            struct world_lever *lever = &free.parts[k].scenarios[0].levers[i];
            lever->cost = lever->state_cost = 0;
        }
    }
    if (!price_both(trial, &realm, &free, &a, &b)) {
        return LAW_VOID;
    }
    enum verdict verdict =
        answers_agree(trial, &a.answer, &b.answer, "status parity gained bands attribution", &same);
    if (verdict == LAW_HOLDS && (b.bill.total != 0 || b.bill.years != 0 || a.bill.total < 0)) {
        verdict = LAW_BREAKS(trial, "nothing costs %g in %d years", b.bill.total, b.bill.years);
    }
    answer_free(&a.answer);
    answer_free(&b.answer);
    return verdict;
}

/* ------------------------------------------------------------------ sums */

static enum verdict costs_add_up_over_levers_and_over_purses(struct trial *trial)
{
    struct realm realm;
    struct priced p;
    costs_draw(trial, 2, &realm);
    realm_say(trial, &realm);
    if (!price(trial, &realm, NULL, &p)) {
        return LAW_VOID;
    }
    static const char *const purses[] = { "purse", "state" };
    double levers = 0, present = 0, paid = 0;
    struct pt_bill bill;
    for (size_t e = 0; e < p.answer.scenarios[0]->n_levers; e++) {
        bool made = bill_of(&p, e, NULL, NULL, &bill);
        levers += made ? bill.total : NAN;
        present += made ? bill.present_value : NAN;
    }
    for (size_t i = 0; i < 2; i++) {
        paid += bill_of(&p, PT_EVERY_ENTRY, purses[i], NULL, &bill) ? bill.total : NAN;
    }
    enum verdict verdict =
        near(levers, p.bill.total) && near(present, p.bill.present_value) && near(paid, levers)
            ? LAW_HOLDS
            : LAW_BREAKS(trial,
                         "%.17g (%.17g) of levers, %.17g of purses, and in all %.17g (%.17g)",
                         levers, present, paid, p.bill.total, p.bill.present_value);
    answer_free(&p.answer);
    return verdict;
}

static enum verdict costs_add_up_over_places(struct trial *trial)
{
    struct realm realm;
    struct priced p, there;
    costs_draw(trial, 1, &realm);
    if (realm.n_places > 0 && draw_bool(trial)) {
        strcpy(realm.parts[0].scenarios[0].levers[0].place, realm.places[1].name);
    }
    realm_say(trial, &realm);
    if (realm.n_places == 0 || !price(trial, &realm, NULL, &p)) {
        return LAW_VOID;
    }
    double total = 0, present = 0;
    for (size_t i = 0; i < realm.n_places; i++) {
        if (price(trial, &realm, realm.places[i].name, &there)) {
            total += there.bill.total;
            present += there.bill.present_value;
            answer_free(&there.answer);
        }
    }
    enum verdict verdict =
        near(total, p.bill.total) && near(present, p.bill.present_value)
            ? LAW_HOLDS
            : LAW_BREAKS(trial, "%.17g (%.17g) place by place, in all %.17g (%.17g)", total,
                         present, p.bill.total, p.bill.present_value);
    answer_free(&p.answer);
    return verdict;
}

/* Directly, or by links, which lead on what moves the figure of the group. */
static enum verdict an_indicator_is_charged_for_what_moves_it(struct trial *trial)
{
    struct realm realm, own;
    struct priced a, b;
    bool leads[REALM_PARTS] = { false };
    costs_draw(trial, 3, &realm);
    realm.n_places = 0;
    own = realm;
    for (size_t k = 1; k < realm.n_parts; k++) {
        for (size_t i = 0; i < realm.n_links; i++) {
            const struct realm_link *link = &realm.links[i];
            leads[k] |=
                link->from == k && (link->to == 0 || (leads[link->to] && !link->effect.on_other));
        }
        struct world_scenario *scenario = &own.parts[k].scenarios[0];
        size_t n = scenario->n_levers;
        scenario->n_levers = 0;
        for (size_t i = 0; i < n; i++) {
            if (leads[k] && !scenario->levers[i].on_other) {
                scenario->levers[scenario->n_levers++] = scenario->levers[i];
            }
        }
    }
    if (!price_both(trial, &realm, &own, &a, &b)) {
        return LAW_VOID;
    }
    double charged = a.price.to_horizon.total;
    /* the costs in all leave out what could not be projected */
    enum verdict verdict =
        a.answer.run->n_projections < realm.n_parts ? LAW_VOID
        : near(charged, b.bill.total) && near(charged, b.price.to_horizon.total)
            ? LAW_HOLDS
            : LAW_BREAKS(trial, "%.17g charged, and %.17g (%.17g) without the others", charged,
                         b.price.to_horizon.total, b.bill.total);
    answer_free(&a.answer);
    answer_free(&b.answer);
    return verdict;
}

/* ------------------------------------------------------------------ time and gains */

static enum verdict a_higher_discount_is_a_smaller_present_value(struct trial *trial)
{
    struct realm realm, higher;
    struct priced a, b;
    costs_draw(trial, 1, &realm);
    higher = realm;
    higher.parts[0].discount += draw_int(trial, 1, 50);
    if (!price_both(trial, &realm, &higher, &a, &b)) {
        return LAW_VOID;
    }
    const struct pt_bill *low = &a.bill, *high = &b.bill;
    bool none = realm.parts[0].discount == 0;
    bool good = low->total == high->total && low->present_value <= low->total * (1 + EXACT) &&
                (!none || near(low->present_value, low->total)) &&
                (high->present_value < low->present_value || high->years < 2);
    enum verdict verdict =
        good ? LAW_HOLDS
             : LAW_BREAKS(trial, "%.17g of %.17g becomes %.17g of %.17g", low->present_value,
                          low->total, high->present_value, high->total);
    answer_free(&a.answer);
    answer_free(&b.answer);
    return verdict;
}

static bool is_price(double paid, double gain, double each)
{
    return gain > 0 ? near(each * gain, paid) : isinf(each) && each > 0;
}

static enum verdict a_price_times_its_gain_is_the_cost(struct trial *trial)
{
    struct realm realm;
    struct priced p;
    costs_draw(trial, 2, &realm);
    realm_say(trial, &realm);
    if (!price(trial, &realm, NULL, &p)) {
        return LAW_VOID;
    }
    const struct pt_outcome *o = &p.it->outcomes[1];
    const struct pt_price *price = &p.price;
    bool by_end = price->to_end.years > 0;
    const struct pt_spread *closed = by_end ? &o->closed_end : &o->closed_horizon;
    double paid = (by_end ? price->to_end : price->to_horizon).total;
    bool good = is_price(paid, closed->p50, price->per_point_p50) &&
                is_price(paid, closed->p90, price->per_point_p10) &&
                is_price(paid, closed->p10, price->per_point_p90) &&
                price->to_end.total <= price->to_horizon.total * (1 + EXACT) &&
                !(price->per_point_p10 > price->per_point_p50) &&
                !(price->per_point_p50 > price->per_point_p90) &&
                !(price->per_year_p10 > price->per_year_p50) &&
                !(price->per_year_p50 > price->per_year_p90);
    enum verdict verdict =
        good ? LAW_HOLDS
             : LAW_BREAKS(trial, "%.17g for %.17g, %.17g, %.17g points: %.17g, %.17g, %.17g", paid,
                          closed->p10, closed->p50, closed->p90, price->per_point_p10,
                          price->per_point_p50, price->per_point_p90);
    answer_free(&p.answer);
    return verdict;
}

int main(void)
{
    static const struct law laws[] = {
#define LAW(name, where) { #name, where, name, 25 }
        LAW(costs_so_many_times_as_high_are_prices_as_high,
            "totals, present values, prices of years and points; years and chances stay"),
        LAW(who_pays_and_in_what_changes_no_amount, "one purse or two, another unit"),
        LAW(costs_change_no_forecast, "with a discount or none"),
        LAW(costs_add_up_over_levers_and_over_purses, "present values too"),
        LAW(costs_add_up_over_places, "levers at one place or all"),
        LAW(an_indicator_is_charged_for_what_moves_it,
            "directly, or by links; every indicator projected"),
        LAW(a_higher_discount_is_a_smaller_present_value, "the total stays"),
        LAW(a_price_times_its_gain_is_the_cost, "points closed; prices in order"),
    };
    return LAWS_RUN(laws);
}
