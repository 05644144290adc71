#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "barometer/model_file.h"

#define COMPLAIN(m, node, ...) \
    pt_spot_report((m)->checker.list, PT_ERROR, &(node)->spot, __VA_ARGS__)

bool pt_indicator_given(const struct pt_indicator *indicator)
{
    return indicator->gap != NULL && !indicator->gap->compares;
}

/* The first gap measure that compares two groups, or the first that does not. */
static const struct pt_gap_measure *first_measure(bool compares)
{
    for (size_t i = 0; pt_gap_measures[i] != NULL; i++) {
        if (pt_gap_measures[i]->compares == compares) {
            return pt_gap_measures[i];
        }
    }
    return NULL;
}

/* ------------------------------------------------------------------ names */

static bool set_unit(struct pt_making *m, const struct pt_file_indicator *from,
                     struct pt_indicator *to)
{
    to->decimals = 1;
    to->unit = from->unit.value;
    if (from->unit.at == NULL) {
        return false;
    }
    to->percent = strcmp(to->unit, "%") == 0;
    if (to->percent) {
        return true;
    }
    bool known =
        pt_word_check(&m->checker, from->unit.at, m->unit_names, m->model->n_units,
                      PT_N("unknown unit '%s'; did you mean '%s'?"),
                      m->model->n_units > 0
                          ? PT_N("unknown unit '%s'; there are \"%%\" and %s")
                          : PT_N("unknown unit '%s'; write \"%%\", or define it under 'units'%s"));
    for (size_t i = 0; i < m->model->n_units; i++) {
        const char *id = m->model->units[i].id;
        if (id != NULL && strcmp(id, to->unit) == 0) {
            to->unit_title = m->model->units[i].title;
            to->decimals = m->model->units[i].decimals;
        }
    }
    return known;
}

static void check_group(struct pt_making *m, const struct pt_word_value *group)
{
    if (group->at != NULL) {
        pt_word_check(&m->checker, group->at, m->group_names, m->model->n_groups,
                      PT_N("unknown group '%s'; did you mean '%s'?"),
                      PT_N("unknown group '%s'; 'groups' has %s"));
    }
}

/* ------------------------------------------------------------------ gap */

/* Whether measure, reference and parity fit together. */
static bool set_gap(struct pt_making *m, const struct pt_file_indicator *from,
                    struct pt_indicator *to)
{
    const struct pt_node *reference = pt_node_find(from->at, "reference");
    const struct pt_node *gap = pt_node_find(from->at, "gap");
    const struct pt_node *parity = pt_node_find(from->at, "parity");
    const struct pt_gap_measure *alone = first_measure(false);
    to->parity = from->parity.value;
    if (from->gap.at != NULL) {
        to->gap = pt_gap_measures[from->gap.value];
    } else if (gap != NULL) {
        return false; /* reported: an unknown measure */
    } else if (reference != NULL) {
        to->gap = first_measure(true);
    }
    bool given = pt_indicator_given(to);
    if (to->gap != NULL && !given && reference == NULL) {
        COMPLAIN(m, gap, "gap '%s' compares two groups, but there is no 'reference'; name one",
                 to->gap->name);
        return false;
    }
    if (given && reference != NULL) {
        COMPLAIN(m, reference->key, "gap '%s' takes no reference; leave out one of the two",
                 to->gap->name);
        return false;
    }
    if (given && parity == NULL) {
        COMPLAIN(m, gap,
                 "gap '%s' needs 'parity': the published figure that means parity, such "
                 "as 'parity: 100'",
                 to->gap->name);
        return false;
    }
    if (!given && parity != NULL && alone != NULL) {
        COMPLAIN(m, parity->key, "'parity' goes with 'gap: %s' only; add that, or leave it out",
                 alone->name);
        return false;
    }
    return true;
}

/* ------------------------------------------------------------------ amounts */

/* The unit that a distance from parity is written in. */
static enum pt_unit gap_unit(const struct pt_indicator *indicator)
{
    if (indicator->gap != NULL && indicator->gap->unit != NULL) {
        return strcmp(indicator->gap->unit, "%") == 0 ? PT_UNIT_PERCENT : PT_UNIT_POINTS;
    }
    return indicator->percent ? PT_UNIT_PP : PT_UNIT_POINTS;
}

/* The unit that a published figure is written in. */
static enum pt_unit figure_unit(const struct pt_indicator *indicator)
{
    if (indicator->gap != NULL && indicator->gap->compares) {
        return gap_unit(indicator);
    }
    return indicator->percent ? PT_UNIT_PERCENT : PT_UNIT_POINTS;
}

static void check_unit(struct pt_making *m, const struct pt_amount_value *amount,
                       enum pt_unit expected)
{
    char number[PT_NUMBER_MAX];
    if (amount->at != NULL && amount->value.unit != expected) {
        COMPLAIN(m, amount->at, "'%s' is in the wrong unit; write '%s %s'", amount->at->text,
                 pt_number_short(number, amount->value.value, 12, '.'), pt_unit_name(expected));
    }
}

static void set_band(struct pt_making *m, const struct pt_file_indicator *from, bool measured,
                     struct pt_indicator *to)
{
    const struct pt_node *band = pt_node_find(from->at, "band");
    bool asked = pt_node_find(from->at, "reference") != NULL ||
                 pt_node_find(from->at, "parity") != NULL || pt_node_find(from->at, "gap") != NULL;
    if (band == NULL && asked && !from->at->broken) {
        const struct pt_node *at = from->id.at != NULL ? from->id.at : from->at;
        COMPLAIN(m, at,
                 "'band' is missing in indicators; say how far from parity still counts as "
                 "equal, and why: band: { within: %s, because: ... }",
                 gap_unit(to) == PT_UNIT_PP        ? "1 pp"
                 : gap_unit(to) == PT_UNIT_PERCENT ? "1 %"
                                                   : "0.1 points");
    } else if (band != NULL && !asked) {
        COMPLAIN(m, band->key,
                 "'band' has no meaning without 'reference' or 'parity'; leave it out");
    }
    to->has_band = from->band.within.at != NULL;
    to->band = from->band.within.value.value;
    to->band_because = from->band.because.value;
    if (measured && asked) {
        check_unit(m, &from->band.within, gap_unit(to));
    }
}

static void set_target(struct pt_making *m, const struct pt_file_indicator *from, bool measured,
                       struct pt_indicator *to)
{
    to->has_target = from->target.value.at != NULL && from->target.by.at != NULL;
    to->target = from->target.value.value.value;
    to->target_year = from->target.by.value;
    to->target_because = from->target.because.value;
    if (measured) {
        check_unit(m, &from->target.value, figure_unit(to));
    }
    bool figure = to->gap == NULL || pt_indicator_given(to);
    if (to->has_target && measured && figure &&
        (to->target < to->lower || to->target > to->upper)) {
        COMPLAIN(m, from->target.value.at, "the target %s lies outside the bounds %g to %g",
                 from->target.value.at->text, to->lower, to->upper);
    }
}

/* A share ends at 0 and 100; an index with a given parity (men = 100) does not. */
static void set_bounds(struct pt_making *m, const struct pt_file_indicator *from,
                       struct pt_indicator *to)
{
    to->lower = -INFINITY;
    to->upper = INFINITY;
    if (from->bounds.at != NULL) {
        to->lower = ITEMS(from->bounds, double)[0];
        to->upper = ITEMS(from->bounds, double)[1];
    } else if (to->percent && !pt_indicator_given(to)) {
        to->lower = 0;
        to->upper = 100;
    }
    if (to->lower >= to->upper) {
        COMPLAIN(m, from->bounds.at, "bounds %g and %g are out of order; write the lower one first",
                 to->lower, to->upper);
        to->lower = -INFINITY;
        to->upper = INFINITY;
    }
    if (pt_indicator_given(to) && from->parity.at != NULL &&
        (to->parity < to->lower || to->parity > to->upper)) {
        COMPLAIN(m, from->parity.at, "parity %g lies outside the bounds %g to %g", to->parity,
                 to->lower, to->upper);
    }
}

/* ------------------------------------------------------------------ the rest */

static int by_year(const void *a, const void *b)
{
    const struct pt_break *x = a, *y = b;
    return (x->year > y->year) - (x->year < y->year);
}

static void set_breaks(struct pt_making *m, const struct pt_file_indicator *from,
                       struct pt_indicator *to)
{
    size_t n = from->breaks.n;
    to->breaks = PT_NEW(m->checker.arena, struct pt_break, n > 0 ? n : 1);
    if (to->breaks == NULL) {
        m->checker.no_memory = true;
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const struct pt_file_break *one = &ITEMS(from->breaks, struct pt_file_break)[i];
        bool again = false;
        for (size_t k = 0; k < to->n_breaks && one->year.at != NULL; k++) {
            again |= to->breaks[k].year == one->year.value;
        }
        if (again) {
            COMPLAIN(m, one->year.at, "%d is in 'breaks' twice; keep one", one->year.value);
        } else if (one->year.at != NULL) {
            to->breaks[to->n_breaks++] = (struct pt_break){
                .year = one->year.value,
                .kind = (enum pt_break_kind)one->kind.value,
                .because = one->because.value,
            };
        }
    }
    qsort(to->breaks, to->n_breaks, sizeof *to->breaks, by_year);
}

void pt_making_indicator(struct pt_making *m, const struct pt_file_indicator *from,
                         struct pt_indicator *to)
{
    struct pt_spot nowhere = { .source = from->at->spot.source };
    to->at = pt_spot_place(from->id.at != NULL ? &from->id.at->spot : &from->at->spot);
    to->trend_at = pt_spot_place(from->trend.at != NULL ? &from->trend.at->spot : &nowhere);
    to->id = from->id.value;
    to->title = from->title.value;
    to->note = from->note.value;
    to->decides = from->decides.value;
    to->series = from->series.value;
    to->group = from->group.value;
    to->reference = from->reference.value;
    to->better = from->better.value == 0 ? 1 : -1;
    to->trend = from->trend.value;
    to->fit_from = from->fit_from.at != NULL ? from->fit_from.value : INT_MIN;
    bool measured = set_unit(m, from, to);
    check_group(m, &from->group);
    check_group(m, &from->reference);
    if (to->group != NULL && to->reference != NULL && strcmp(to->group, to->reference) == 0) {
        COMPLAIN(m, from->reference.at, "'%s' is compared with itself; name another group",
                 to->reference);
    }
    measured &= set_gap(m, from, to);
    set_bounds(m, from, to);
    set_band(m, from, measured, to);
    set_target(m, from, measured, to);
    set_breaks(m, from, to);
    if (pt_node_find(from->at, "series") == NULL && pt_node_find(from->at, "note") == NULL) {
        const struct pt_node *at = from->id.at != NULL ? from->id.at : from->at;
        COMPLAIN(m, at,
                 "no 'series' and no 'note': name the indicator in the data, or say in a "
                 "note why there are no figures");
    }
}
