#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <paritet/scenario.h>

double pt_ramp(enum pt_ramp_shape shape, int year, int first, int years)
{
    if (year < first) {
        return 0;
    }
    double u = fmin((year - first + 1) / (double)years, 1.0);
    switch (shape) {
    case PT_RAMP_LINEAR:
        return u;
    case PT_RAMP_S_CURVE:
        return u * u * (3 - 2 * u);
    case PT_RAMP_STEP:
        break;
    }
    return 1;
}

static bool acts_on(const struct pt_lever *lever, const struct pt_subject *subject)
{
    const struct pt_indicator *indicator = subject->indicator;
    return strcmp(lever->indicator, indicator->id) == 0 &&
           (strcmp(lever->group, indicator->group) == 0 ||
            (indicator->reference && strcmp(lever->group, indicator->reference) == 0)) &&
           (!lever->place || strcmp(lever->place, subject->place) == 0);
}

static int first_year(const struct pt_lever *lever)
{
    return lever->start + lever->delay;
}

static double keep_of(const struct pt_lever *lever)
{
    return lever->half_life > 0 ? exp2(-1 / lever->half_life) : lever->kind->keep;
}

struct ranked {
    const struct pt_lever *lever;
    double size; /* mean full shift by the horizon, were everyone reached and nothing faded */
};

static double full_size(const struct pt_lever *lever, int last, int horizon)
{
    double E = lever->kind->full_effect(lever, pt_effect_mean(&lever->effect)), D = 0;
    for (int year = last + 1; year <= horizon; year++) {
        double ramp = pt_ramp(lever->ramp_shape, year, first_year(lever), lever->ramp_years);
        bool in_force = year >= first_year(lever) && year <= lever->until;
        lever->kind->step(1, ramp, in_force, 1, 1, &E, &D);
    }
    return fabs(D);
}

static int larger_first(const void *a, const void *b)
{
    const struct ranked *one = a, *two = b;
    if (one->size != two->size) {
        return one->size < two->size ? 1 : -1;
    }
    return strcmp(one->lever->id, two->lever->id);
}

/* METHODS 7: the newly touched share of lever i, given those before it in force this year. */
static double new_share(enum pt_overlap overlap, const struct pt_plan *plan, size_t year, size_t i)
{
    double own = plan->levers[i]->reach, free = 1, most = 0;
    for (size_t j = 0; j < i; j++) {
        if (plan->in_force[year * plan->n_levers + j] &&
            plan->on_reference[j] == plan->on_reference[i]) {
            free *= 1 - plan->levers[j]->reach;
            most = fmax(most, plan->levers[j]->reach);
        }
    }
    switch (overlap) {
    case PT_OVERLAP_INDEPENDENT:
        return own * free;
    case PT_OVERLAP_NESTED:
        return fmax(0, own - most);
    case PT_OVERLAP_ADDITIVE:
    case PT_OVERLAP_NONE:
        break;
    }
    return own;
}

static void fill(const struct pt_scenario *scenario, int last, struct pt_plan *plan)
{
    for (size_t y = 0; y < plan->n_years; y++) {
        int year = last + 1 + (int)y;
        for (size_t i = 0; i < plan->n_levers; i++) {
            const struct pt_lever *lever = plan->levers[i];
            size_t at = y * plan->n_levers + i;
            plan->in_force[at] = year >= first_year(lever) && year <= lever->until;
            plan->ramp[at] = pt_ramp(lever->ramp_shape, year, first_year(lever), lever->ramp_years);
            plan->share[at] = plan->in_force[at] ? new_share(scenario->overlap, plan, y, i) : 0;
        }
    }
}

enum pt_status pt_plan_make(const struct pt_scenario *scenario, const struct pt_subject *subject,
                            const struct pt_span *span, struct pt_arena *arena,
                            struct pt_plan *plan, struct pt_error *err)
{
    size_t n_years = span->to_horizon + span->after;
    int horizon = span->last + (int)span->to_horizon;
    size_t most = scenario ? scenario->n_levers : 0, n = 0;
    struct pt_plan made = { .n_years = n_years };
    struct ranked *ranked = PT_NEW(arena, struct ranked, most + 1);
    made.levers = PT_NEW(arena, const struct pt_lever *, most + 1);
    made.on_reference = PT_NEW(arena, bool, most + 1);
    made.keep = PT_NEW(arena, double, most + 1);
    made.share = PT_NEW(arena, double, most *n_years + 1);
    made.ramp = PT_NEW(arena, double, most *n_years + 1);
    made.in_force = PT_NEW(arena, bool, most *n_years + 1);
    if (!ranked || !made.levers || !made.on_reference || !made.keep || !made.share || !made.ramp ||
        !made.in_force) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < most; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        if (acts_on(lever, subject)) {
            ranked[n++] = (struct ranked){ lever, full_size(lever, span->last, horizon) };
        }
    }
    qsort(ranked, n, sizeof *ranked, larger_first);
    made.n_levers = n;
    for (size_t i = 0; i < n; i++) {
        made.levers[i] = ranked[i].lever;
        made.on_reference[i] = strcmp(ranked[i].lever->group, subject->indicator->group) != 0;
        made.keep[i] = keep_of(ranked[i].lever);
    }
    if (n > 0) {
        fill(scenario, span->last, &made);
    }
    *plan = made;
    return PT_OK;
}
