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

bool pt_lever_acts_on(const struct pt_lever *lever, const struct pt_subject *subject)
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

/* What a lever that has added D would still have to add to its figure's median to reach parity. */
static double remaining_of(const struct pt_lever *lever, const struct pt_subject *subject,
                           const struct pt_baseline *baseline, size_t index, double D)
{
    if (subject->kind == PT_SUBJECT_PLAIN) {
        return 0;
    }
    double left;
    int better = subject->indicator->better;
    if (subject->kind == PT_SUBJECT_TWO_GROUPS) {
        double reference = baseline->reference[index];
        double figure = pt_subject_figure(subject, baseline->median[index], reference);
        bool on_reference = strcmp(lever->group, subject->indicator->group) != 0;
        left = on_reference ? figure - (reference + D) : reference - (figure + D);
        better = on_reference ? -better : better;
    } else {
        double parity = -subject->gap_sign * subject->gap_at_zero;
        left = parity - (baseline->median[index] + D);
        better = -subject->gap_sign;
    }
    return better * left > 0 ? left : 0;
}

/* Effects that stand for a law in equal parts: its mean where the shift grows in proportion. */
#define PARTS 32
static size_t stand_ins(const struct pt_lever *lever, double E[PARTS])
{
    const struct pt_distribution *law = lever->effect.distribution;
    bool linear = !lever->kind->looks_ahead && (!lever->response || lever->response->linear);
    size_t n = !law || linear ? 1 : PARTS;
    for (size_t i = 0; i < n; i++) {
        double drawn = !law     ? 0
                       : n == 1 ? law->mean(lever->effect.par)
                                : law->quantile(lever->effect.par, ((double)i + .5) / PARTS);
        E[i] = lever->kind->full_effect(lever, drawn);
    }
    return n;
}

static double full_size(const struct pt_lever *lever, const struct pt_subject *subject,
                        const struct pt_baseline *baseline)
{
    double E[PARTS], D[PARTS] = { 0 }, remaining[PARTS], sum = 0;
    size_t n = stand_ins(lever, E);
    for (size_t h = 1; h <= baseline->to_horizon; h++) {
        int year = baseline->last + (int)h;
        const struct pt_lever_year one = {
            .share = 1,
            .ramp = pt_ramp(lever->ramp_shape, year, first_year(lever), lever->ramp_years),
            .keep = 1,
            .path = lever->kind->path ? lever->kind->path(lever, subject, baseline, h) : 0,
            .in_force = year >= first_year(lever) && year <= lever->until,
        };
        for (size_t i = 0; i < n; i++) {
            remaining[i] = remaining_of(lever, subject, baseline, h, D[i]);
        }
        lever->kind->step(&one, n, E, remaining, D);
    }
    for (size_t i = 0; i < n; i++) {
        sum += D[i];
    }
    return fabs(sum / (double)n) * (1 - lever->effect.chance_of_none);
}

static int larger_first(const void *a, const void *b)
{
    const struct ranked *one = a, *two = b;
    if (one->size != two->size) {
        return one->size < two->size ? 1 : -1;
    }
    int order = strcmp(one->lever->id, two->lever->id);
    return order != 0 ? order : strcmp(one->lever->group, two->lever->group);
}

/* The share of the whole group that a lever in force has touched: of entrants, so many as have
 * entered since it began. */
static double touched(const struct pt_lever *lever, int year)
{
    double entered =
        lever->turnover > 0 ? fmin(1, lever->turnover * (year - first_year(lever) + 1)) : 1;
    return lever->reach * entered;
}

/* What the levers so far leave to the next on one group in one year: of all, and of those who enter
 * this year. */
struct left {
    double free[2], most[2];
};

/* METHODS 7: the newly touched share of a lever in force, given those before it. */
static double new_share(enum pt_overlap overlap, const struct pt_lever *lever, int year,
                        struct left *left)
{
    if (!lever->kind->reaches) {
        return 1;
    }
    size_t of = lever->turnover > 0;
    double own = lever->reach, all = touched(lever, year);
    double free = left->free[of], most = left->most[of];
    left->free[0] *= 1 - all;
    left->free[1] *= 1 - own;
    left->most[0] = fmax(left->most[0], all);
    left->most[1] = fmax(left->most[1], own);
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

/* One year of all levers; observed years have the baseline's index 0. */
static void fill_year(const struct pt_scenario *scenario, const struct pt_subject *subject,
                      const struct pt_baseline *baseline, const struct pt_plan *plan, int year,
                      struct pt_lever_year *row)
{
    struct left left[2] = { { { 1, 1 }, { 0, 0 } }, { { 1, 1 }, { 0, 0 } } };
    size_t index = year > baseline->last ? (size_t)(year - baseline->last) : 0;
    for (size_t i = 0; i < plan->n_levers; i++) {
        const struct pt_lever *lever = plan->levers[i];
        struct pt_lever_year *at = &row[i];
        at->in_force = year >= first_year(lever) && year <= lever->until;
        at->ramp = pt_ramp(lever->ramp_shape, year, first_year(lever), lever->ramp_years);
        at->keep = keep_of(lever);
        at->path = lever->kind->path ? lever->kind->path(lever, subject, baseline, index) : 0;
        at->share = at->in_force
                        ? new_share(scenario->overlap, lever, year, &left[plan->on_reference[i]])
                        : 0;
    }
}

/* How many observed years a plan has to begin before the first projected one. */
static size_t years_before(const struct pt_plan *plan, int last)
{
    int most = 0;
    for (size_t i = 0; i < plan->n_levers; i++) {
        int n = last - first_year(plan->levers[i]) + 1;
        most = n > most ? n : most;
    }
    return (size_t)most;
}

static enum pt_status fill(const struct pt_scenario *scenario, const struct pt_subject *subject,
                           const struct pt_baseline *baseline, struct pt_arena *arena,
                           struct pt_plan *plan, struct pt_error *err)
{
    size_t n = plan->n_levers;
    plan->n_before = years_before(plan, baseline->last);
    plan->years = PT_NEW(arena, struct pt_lever_year, n * plan->n_years + 1);
    plan->before = PT_NEW(arena, struct pt_lever_year, n * plan->n_before + 1);
    if (!plan->years || !plan->before) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t y = 0; y < plan->n_before; y++) {
        int year = baseline->last + 1 - (int)(plan->n_before - y);
        fill_year(scenario, subject, baseline, plan, year, plan->before + y * n);
    }
    for (size_t y = 0; y < plan->n_years; y++) {
        int year = baseline->last + 1 + (int)y;
        fill_year(scenario, subject, baseline, plan, year, plan->years + y * n);
    }
    return PT_OK;
}

static int by_id(const void *a, const void *b)
{
    return strcmp((*(const struct pt_link *const *)a)->id, (*(const struct pt_link *const *)b)->id);
}

enum pt_status pt_links_to(const struct pt_model *model, const struct pt_indicator *indicator,
                           struct pt_arena *arena, const struct pt_link ***links, size_t *n,
                           struct pt_error *err)
{
    size_t most = model ? model->n_links : 0, found = 0;
    const struct pt_link **made = PT_NEW(arena, const struct pt_link *, most + 1);
    if (!made) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < most; i++) {
        if (strcmp(model->links[i].to, indicator->id) == 0) {
            made[found++] = &model->links[i];
        }
    }
    /* sums of shifts round as they are taken: not as the file lists the links */
    qsort(made, found, sizeof *made, by_id);
    *links = made;
    *n = found;
    return PT_OK;
}

static enum pt_status add_links(const struct pt_model *model, const struct pt_subject *subject,
                                struct pt_arena *arena, struct pt_plan *plan, struct pt_error *err)
{
    const struct pt_indicator *indicator = subject->indicator;
    enum pt_status status = pt_links_to(model, indicator, arena, &plan->links, &plan->n_links, err);
    plan->link_on_reference = PT_NEW(arena, bool, plan->n_links + 1);
    if (status == PT_OK && !plan->link_on_reference) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < plan->n_links; i++) {
        const char *group = plan->links[i]->group;
        plan->link_on_reference[i] = group && strcmp(group, indicator->group) != 0;
    }
    return status;
}

enum pt_status pt_plan_make(const struct pt_model *model, const struct pt_scenario *scenario,
                            const char *without, const struct pt_subject *subject,
                            const struct pt_baseline *baseline, struct pt_arena *arena,
                            struct pt_plan *plan, struct pt_error *err)
{
    size_t most = scenario ? scenario->n_levers : 0, n = 0;
    struct pt_plan made = { .n_years = baseline->to_horizon + baseline->after };
    struct ranked *ranked = PT_NEW(arena, struct ranked, most + 1);
    if (!ranked) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < most; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        if (pt_lever_acts_on(lever, subject) && (!without || strcmp(without, lever->id) != 0)) {
            ranked[n++] = (struct ranked){ lever, full_size(lever, subject, baseline) };
        }
    }
    qsort(ranked, n, sizeof *ranked, larger_first);
    made.n_levers = n;
    made.levers = PT_NEW(arena, const struct pt_lever *, n + 1);
    made.on_reference = PT_NEW(arena, bool, n + 1);
    if (!made.levers || !made.on_reference) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < n; i++) {
        made.levers[i] = ranked[i].lever;
        made.on_reference[i] = strcmp(ranked[i].lever->group, subject->indicator->group) != 0;
    }
    enum pt_status status = add_links(model, subject, arena, &made, err);
    if (status == PT_OK && n > 0) {
        status = fill(scenario, subject, baseline, arena, &made, err);
    }
    if (status == PT_OK) {
        *plan = made;
    }
    return status;
}
