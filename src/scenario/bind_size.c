/* Is an assumed effect of a size that anyone should believe? */
#include <math.h>
#include <string.h>

#include "scenario/bind.h"
#include "scenario/size.h"

/* Figures are decimal text: 61.4 - 60.2 may pass 1.2 by a rounding. */
#define SLACK 1e-9

static bool acts_at(const struct pt_binding *b, const struct pt_lever *lever, const char *place)
{
    const struct pt_model *model = b->model;
    bool acts = model->all_places || model->n_places == 0;
    if (lever->place != NULL) {
        return strcmp(lever->place, place) == 0;
    }
    for (size_t i = 0; i < model->n_places && !acts; i++) {
        acts = strcmp(model->places[i], place) == 0;
    }
    return acts;
}

static double newest(const struct pt_observed *o)
{
    return o->observations[o->n - 1].value;
}

static bool crosses_break(const struct pt_indicator *indicator, int from, int to)
{
    bool crosses = false;
    for (size_t i = 0; i < indicator->n_breaks && !crosses; i++) {
        crosses = indicator->breaks[i].year > from && indicator->breaks[i].year <= to;
    }
    return crosses;
}

double pt_largest_change(const struct pt_indicator *indicator, const struct pt_observed *o,
                         int years)
{
    double largest = NAN;
    for (size_t i = 1; i < o->n; i++) {
        const struct pt_observation *to = &o->observations[i];
        for (size_t k = i; k-- > 0;) {
            const struct pt_observation *from = &o->observations[k];
            int apart = to->year - from->year;
            if ((apart > years && k + 1 < i) || crosses_break(indicator, from->year, to->year)) {
                break;
            }
            double part = apart > years ? (double)years / apart : 1;
            largest = fmax(largest, fabs(to->value - from->value) * part);
        }
    }
    return largest;
}

struct figures {
    double change; /* largest in the time that the lever takes; NAN: none */
    double left;   /* largest way to parity or target, below 0 where past it; NAN: not known */
    double beyond; /* smallest way of the lever's value past parity or target; NAN: not known */
    double back;   /* smallest way that its value lies on the wrong side; NAN: not known */
};

/* Where the group's figure is at parity, or at the target. */
static bool goal_of(const struct pt_binding *b, const struct pt_lever *lever,
                    const struct pt_indicator *indicator, const char *place, double *goal)
{
    if (indicator->reference != NULL) {
        bool on_reference = strcmp(lever->group, indicator->reference) == 0;
        const char *other = on_reference ? indicator->group : indicator->reference;
        const struct pt_observed *o = pt_data_find(b->model->data, indicator->series, other, place);
        *goal = o != NULL && o->n > 0 ? newest(o) : 0;
        return o != NULL && o->n > 0;
    }
    *goal = indicator->gap != NULL ? indicator->parity : indicator->target;
    return indicator->gap != NULL || indicator->has_target;
}

static struct figures look(const struct pt_binding *b, const struct pt_lever *lever,
                           const struct pt_indicator *indicator, int years)
{
    struct figures figures = { NAN, NAN, NAN, NAN };
    int way = pt_way_to_parity(lever, indicator);
    for (size_t i = 0; i < pt_data_count(b->model->data); i++) {
        const struct pt_observed *o = pt_data_series(b->model->data, i);
        double goal;
        if (o->n == 0 || strcmp(o->indicator, indicator->series) != 0 ||
            strcmp(o->group, lever->group) != 0 || !acts_at(b, lever, o->place)) {
            continue;
        }
        figures.change = fmax(figures.change, pt_largest_change(indicator, o, years));
        if (goal_of(b, lever, indicator, o->place, &goal)) {
            figures.left = fmax(figures.left, way * (goal - newest(o)));
            figures.beyond = fmin(figures.beyond, way * (lever->value - goal));
            figures.back = fmin(figures.back, way * (newest(o) - lever->value));
        }
    }
    return figures;
}

/* ------------------------------------------------------------------ messages */

static void check_value(struct pt_binding *b, const struct pt_lever *lever,
                        const struct pt_indicator *indicator)
{
    const struct figures figures = look(b, lever, indicator, 1);
    if (figures.beyond > SLACK && !lever->may_overshoot) {
        REPORT(b, PT_WARNING, &lever->effect_at,
               "'%s' asks for more than the whole gap of '%s': its value lies %.3g past parity or "
               "target; what goes past it does not count, unless you write 'may-overshoot: true'",
               lever->id, indicator->id, figures.beyond);
    } else if (figures.back > SLACK) {
        REPORT(b, PT_WARNING, &lever->effect_at,
               "'%s' leads '%s' the wrong way: the newest figure is %.3g better than the value; is "
               "the value right?",
               lever->id, indicator->id, figures.back);
    }
}

/* Whether it asks for more than there is. */
static bool check_gap(struct pt_binding *b, const struct pt_lever *lever,
                      const struct pt_indicator *indicator, double left, double shift)
{
    if (isnan(left) || lever->may_overshoot) {
        return false;
    }
    bool more = left <= 0 || (shift > left + SLACK && lever->kind->effect_in == PT_EFFECT_POINTS);
    if (left <= 0) {
        REPORT(b, PT_WARNING, &lever->effect_at,
               "'%s' has nothing to close: the newest figure of '%s' is at parity or target "
               "already; it acts only where the figure falls back",
               lever->id, indicator->id);
    } else if (more) {
        REPORT(
            b, PT_WARNING, &lever->effect_at,
            "'%s' asks for more than the whole gap of '%s': %.3g on average, where %.3g is left; "
            "what goes past parity or target does not count, unless you write "
            "'may-overshoot: true'",
            lever->id, indicator->id, shift, left);
    }
    return more;
}

static void check_history(struct pt_binding *b, const struct pt_lever *lever,
                          const struct pt_indicator *indicator, double change, double shift)
{
    if (isnan(change) || !(fabs(shift) > change + SLACK)) {
        return;
    }
    if (lever->kind->effect_in == PT_EFFECT_POINTS_YEAR) {
        REPORT(b, PT_WARNING, &lever->effect_at,
               "'%s' adds %.3g to '%s' every year, more than it has ever changed in one (%.3g); is "
               "the effect right, and the reach?",
               lever->id, shift, indicator->id, change);
    } else if (lever->ramp_years == 1) {
        REPORT(
            b, PT_WARNING, &lever->effect_at,
            "'%s' moves '%s' by %.3g at once, more than it has ever changed in a year (%.3g); is "
            "the effect right, and the reach, and is it not phased in?",
            lever->id, indicator->id, shift, change);
    } else {
        REPORT(b, PT_WARNING, &lever->effect_at,
               "'%s' moves '%s' by %.3g in %d years, more than it has ever changed in as many "
               "(%.3g); is the effect right, and the reach?",
               lever->id, indicator->id, shift, lever->ramp_years, change);
    }
}

void pt_bind_size(struct pt_binding *b, const struct pt_lever *lever,
                  const struct pt_indicator *indicator)
{
    bool pace = lever->kind->effect_in == PT_EFFECT_POINTS_YEAR;
    int years = pace ? 1 : lever->ramp_years;
    if (lever->kind->effect_in == PT_EFFECT_NONE) {
        check_value(b, lever, indicator);
        return;
    }
    if (lever->effect.distribution == NULL) {
        return;
    }
    const struct figures figures = look(b, lever, indicator, years);
    if (lever->kind->effect_in == PT_EFFECT_PERCENT_YEAR) {
        check_gap(b, lever, indicator, figures.left, 0);
        return;
    }
    /* where it works: the chance that it does not is no smaller effect */
    double mean = lever->effect.distribution->mean(lever->effect.par);
    double shift = lever->reach * lever->kind->full_effect(lever, mean);
    double entered = lever->turnover > 0 ? fmin(1, lever->turnover * years) : 1;
    double toward = pt_way_to_parity(lever, indicator) * shift;
    if (toward <= 0 || !check_gap(b, lever, indicator, figures.left, toward)) {
        check_history(b, lever, indicator, figures.change, entered * shift);
    }
}
