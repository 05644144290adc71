/* What levers add and what a gain costs, in one sentence each. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/table/amounts.h"

/* Levers named in a sentence; the table has them all. */
#define MOST_NAMED 3

/* ------------------------------------------------------------------ attribution */

/* What is read off an attribution: the policy's end where that lies ahead, else the horizon. */
struct view {
    bool end;
    int year;
    double error;
};

static double closed(const struct pt_share *share, const struct view *view)
{
    return view->end ? share->closed_end : share->closed_horizon;
}

/* Whether an amount is still seen when written with its digits. */
static bool shows(double amount, const struct view *view)
{
    return fabs(amount) > fmax(view->error / 20, 1e-9);
}

static void name_share(const struct pt_share *share, const struct view *view, bool first,
                       const struct pt_language *language, struct pt_buffer *out)
{
    const char *title = pt_text_in(&share->title, language);
    char number[PT_CELL_MAX];
    pt_points_number(closed(share, view), view->error, language, number);
    pt_buffer_say(out, language,
                  first ? PT_N("%s would be lost without '%s'") : PT_N("%s without '%s'"), number,
                  title[0] != '\0' ? title : share->lever);
}

/* The indices of the shares by falling size, ties as they came. */
static void sort_shares(const struct pt_attribution *attribution, const struct view *view,
                        size_t *order)
{
    for (size_t i = 0; i < attribution->n; i++) {
        size_t k = i;
        double own = fabs(closed(&attribution->shares[i], view));
        for (; k > 0 && fabs(closed(&attribution->shares[order[k - 1]], view)) < own; k--) {
            order[k] = order[k - 1];
        }
        order[k] = i;
    }
}

static void list_shares(const struct pt_attribution *attribution, const struct view *view,
                        const size_t *order, const struct pt_language *language,
                        struct pt_buffer *out)
{
    size_t n = attribution->n < MOST_NAMED ? attribution->n : MOST_NAMED;
    for (size_t i = 0; i < n; i++) {
        if (i > 0) {
            bool last = i + 1 == n && n == attribution->n;
            /* TRANSLATORS: between the last two of a list, with its blanks */
            pt_buffer_text(out, last ? pt_translate(language, PT_N(" and ")) : ", ");
        }
        name_share(&attribution->shares[order[i]], view, i == 0, language, out);
    }
    if (n < attribution->n) {
        pt_buffer_say(out, language, PT_N(" and less without each of the others"));
    }
}

void pt_sentence_attribution(const struct pt_attribution *attribution,
                             const struct pt_language *language, struct pt_buffer *out)
{
    bool end = attribution->end > 0 && attribution->end < attribution->horizon &&
               attribution->total.closed_end != 0;
    struct view view = { .end = end,
                         .year = end ? attribution->end : attribution->horizon,
                         .error = attribution->error };
    double total = closed(&attribution->total, &view);
    double together = closed(&attribution->together, &view);
    size_t *order = calloc(attribution->n + 1, sizeof *order);
    struct pt_buffer list = { 0 };
    char all[PT_CELL_MAX], rest[PT_CELL_MAX];
    if (!order) {
        out->failed = true;
        return;
    }
    if (attribution->n > 1 && total > 0 && shows(total, &view)) {
        sort_shares(attribution, &view, order);
        list_shares(attribution, &view, order, language, &list);
        pt_points_print(total, view.error, &attribution->points, language, all);
        pt_points_number(fabs(together), view.error, language, rest);
        const char *format = !shows(together, &view) ? PT_N("Of %s closed by %d on average, %s.")
                             : together > 0 ? PT_N("Of %s closed by %d on average, %s; %s stays "
                                                   "whichever of them is left out.")
                                            : PT_N("Of %s closed by %d on average, %s; %s of that "
                                                   "counts twice, since it takes several at once.");
        pt_buffer_say(out, language, format, all, view.year, list.bytes ? list.bytes : "", rest);
    }
    out->failed |= list.failed;
    pt_buffer_free(&list);
    free(order);
}

/* ------------------------------------------------------------------ costs */

static void say_bill(const struct pt_bill *bill, const struct pt_language *language,
                     struct pt_buffer *out)
{
    char yearly[PT_CELL_MAX], total[PT_CELL_MAX];
    pt_money_print(bill->total, 0, bill->unit, language, total);
    if (bill->years == 1) {
        pt_buffer_say(out, language, PT_N("The levers behind it cost %s, in %d"), total,
                      bill->first);
    } else if (isnan(bill->per_year)) {
        pt_buffer_say(out, language, PT_N("The levers behind it cost %s in all, %d-%d"), total,
                      bill->first, bill->last);
    } else {
        pt_money_print(bill->per_year, 0, bill->unit, language, yearly);
        pt_buffer_say(out, language, PT_N("The levers behind it cost %s a year, %s in all, %d-%d"),
                      yearly, total, bill->first, bill->last);
    }
}

/* Per point closed, with what is paid for it where that is not the whole. */
static void say_per_point(const struct pt_price *price, const char *middle,
                          const struct pt_language *language, struct pt_buffer *out)
{
    const char *point =
        pt_translate(language, price->point.pp ? PT_N("percentage point") : PT_N("point"));
    char paid[PT_CELL_MAX];
    if (price->point_year != price->end) {
        pt_buffer_say(out, language,
                      PT_N("nothing of it by %d; about %s for each "
                           "%s closed by %d"),
                      price->end, middle, point, price->point_year);
    } else if (price->to_point.total != price->to_horizon.total) {
        pt_money_print(price->to_point.total, 0, price->to_point.unit, language, paid);
        pt_buffer_say(out, language, PT_N("%s of it by %d, about %s for each %s closed by then"),
                      paid, price->point_year, middle, point);
    } else {
        pt_buffer_say(out, language, PT_N("about %s for each %s closed by %d"), middle, point,
                      price->point_year);
    }
}

/* Per year gained; where that has no middle, per point closed. */
static void say_gain(const struct pt_price *price, const struct pt_language *language,
                     struct pt_buffer *out)
{
    char middle[PT_CELL_MAX], low[PT_CELL_MAX], high[PT_CELL_MAX];
    bool years = isfinite(price->per_year_p50);
    double p10 = years ? price->per_year_p10 : price->per_point_p10;
    double p50 = years ? price->per_year_p50 : price->per_point_p50;
    double p90 = years ? price->per_year_p90 : price->per_point_p90;
    const char *unit = price->to_horizon.unit;
    unsigned digits = pt_price_digits(p10, p90);
    pt_buffer_text(out, "; ");
    if (!isfinite(p50)) {
        pt_buffer_say(out, language, PT_N("in at least half of the futures it gains nothing"));
        return;
    }
    pt_money_print(p50, digits, unit, language, middle);
    pt_money_print(p10, digits, unit, language, low);
    if (years) {
        pt_buffer_say(out, language, PT_N("about %s for each year gained"), middle);
    } else {
        say_per_point(price, middle, language, out);
    }
    if (isfinite(p90)) {
        pt_money_print(p90, digits, unit, language, high);
        if (strcmp(low, high) != 0) {
            pt_buffer_text(out, " ");
            pt_buffer_say(out, language, PT_N("(80 %% range: %s to %s)"), low, high);
        }
    } else {
        pt_buffer_text(out, " ");
        pt_buffer_say(out, language, PT_N("(80 %% range: from %s to no gain at all)"), low);
    }
}

void pt_sentence_price(const struct pt_price *price, const struct pt_language *language,
                       struct pt_buffer *out)
{
    if (price->to_horizon.years > 0) {
        say_bill(&price->to_horizon, language, out);
        say_gain(price, language, out);
        pt_buffer_text(out, ".");
    }
}
