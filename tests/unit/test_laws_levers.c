#include "support/world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What levers do (METHODS 7), draw by draw. */

/* Sums taken in another order, against the size of the figures. */
static const struct relation same = { .scale = 1 };
static const struct relation nearly = { .scale = 1, .tolerance = 1e-9 };

static const struct world_wish helpful = { .levers = 3, .scenarios = 1, .helpful = true };
static const struct world_wish one_helpful = { .levers = 1, .scenarios = 1, .helpful = true };
static const struct world_wish one = { .levers = 1, .scenarios = 1 };

static bool is(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

static bool answers(struct trial *trial, const struct world *world, const char *what,
                    struct answer *answer)
{
    struct pt_run_options options = world_options();
    if (!world_answer(world, &options, answer)) {
        trial_say(trial, "# %srefused: %s\n", what, answer->why);
        return false;
    }
    return true;
}

/* ------------------------------------------------------------------ help is help */

/* A ratio of a figure below 0 grows where the reference falls. */
static bool is_odd_ratio(const struct world *world)
{
    bool negative = false;
    for (size_t i = 0; i < world->n_years; i++) {
        negative |= world->years[i].group < 0;
    }
    return negative && world->two_groups && is(world->gap, "ratio");
}

static enum verdict helps(struct trial *trial, const struct pt_projection *p,
                          const struct pt_outcome *o)
{
    const struct pt_outcome *base = &p->outcomes[0];
    uint64_t lost = o->only_baseline;
    for (size_t i = 0; i < p->n_years; i++) {
        lost += o->gained[i];
    }
    for (int e = 0; e < PT_EVENTS; e++) {
        for (size_t h = 0; base->events[e].count && h <= p->n_years; h++) {
            if (answer_by(&o->events[e], h) < answer_by(&base->events[e], h)) {
                return LAW_BREAKS(trial, "'%s' comes later in year %zu",
                                  pt_event_name((enum pt_event)e), h);
            }
        }
    }
    return lost == 0 ? LAW_HOLDS
                     : LAW_BREAKS(trial, "%llu draws come later", (unsigned long long)lost);
}

static enum verdict levers_that_help_make_no_draw_later(struct trial *trial)
{
    struct world world;
    struct answer answer;
    world_draw(trial, &helpful, &world);
    world_say(trial, &world);
    if (is_odd_ratio(&world) || !answers(trial, &world, "", &answer)) {
        return LAW_VOID;
    }
    const struct pt_projection *p = answer_projection(&answer);
    enum verdict verdict = p->has_question ? helps(trial, p, &p->outcomes[1]) : LAW_VOID;
    answer_free(&answer);
    return verdict;
}

/* With 101 draws every band is a draw of its own, and no mean of two. */
static enum verdict levers_close_a_gap_no_further_than_parity(struct trial *trial)
{
    const struct world_wish wish = {
        .two_groups = true, .levers = 3, .scenarios = 1, .helpful = true
    };
    struct pt_run_options options = world_options();
    struct world world;
    struct answer answer;
    options.draws = 101;
    world_draw(trial, &wish, &world);
    for (size_t i = 0; i < world.scenarios[0].n_levers; i++) {
        world.scenarios[0].levers[i].may_overshoot = false;
    }
    world_say(trial, &world);
    if (is_odd_ratio(&world) || !world_answer(&world, &options, &answer)) {
        return LAW_VOID;
    }
    const struct pt_projection *p = answer_projection(&answer);
    const double *base = p->outcomes[0].bands, *with = p->outcomes[1].bands;
    enum verdict verdict = LAW_HOLDS;
    for (size_t i = 0; i < p->n_years * PT_BANDS && verdict == LAW_HOLDS; i++) {
        double least = fmin(base[i], 0);
        if (with[i] < least - 1e-9 * (1 + fabs(least)) ||
            with[i] > base[i] + 1e-9 * (1 + fabs(base[i]))) {
            verdict = LAW_BREAKS(trial, "%zu years ahead %.17g becomes %.17g", i / PT_BANDS + 1,
                                 base[i], with[i]);
        }
    }
    answer_free(&answer);
    return verdict;
}

/* More of a lever in one of its ways; what it was and is. */
static bool strengthen(struct trial *trial, struct world_lever *lever)
{
    double more = 1 + draw_int(trial, 1, 9) / 10.0;
    switch (draw_below(trial, 7)) {
    case 0:
        trial_say(trial, "# against a larger reach\n");
        lever->reach = fmin(100, lever->reach * more);
        return true;
    case 1:
        trial_say(trial, "# against effects %g times as large\n", more);
        for (int i = 0; i < 3; i++) {
            lever->par[i] *= more;
        }
        return !is(lever->kind, "closing") || fmax(lever->par[1], lever->par[2]) <= 100;
    case 2:
        trial_say(trial, "# against a longer time in force\n");
        lever->until += lever->until ? draw_int(trial, 1, 9) : 0;
        return lever->until != 0 && lever->turnover == 0;
    case 3:
        trial_say(trial, "# against a longer half-life\n");
        lever->half_life += draw_int(trial, 1, 9);
        return lever->until != 0 && lever->half_life > 9 &&
               (is(lever->kind, "level") || is(lever->kind, "resources"));
    case 4:
        trial_say(trial, "# against one year less to phase in\n");
        return --lever->ramp_years > 0;
    case 5:
        trial_say(trial, "# against no delay\n");
        /* the ramp starts earlier and ends earlier; the end stays */
        lever->delay = 0;
        return true;
    default:
        trial_say(trial, "# against more resources\n");
        lever->increase *= more;
        return is(lever->kind, "resources");
    }
}

static enum verdict more_of_a_lever_that_helps_is_never_later(struct trial *trial)
{
    struct world world, more;
    struct answer a, b;
    world_draw(trial, &one_helpful, &world);
    more = world;
    world_say(trial, &world);
    if (!strengthen(trial, &more.scenarios[0].levers[0]) || is_odd_ratio(&world) ||
        !answers(trial, &world, "", &a)) {
        return LAW_VOID;
    }
    if (!answer_projection(&a)->has_question || !answers(trial, &more, "", &b)) {
        answer_free(&a);
        return LAW_VOID; /* more may be too much: the whole gap, more than all */
    }
    enum verdict verdict = LAW_HOLDS;
    const struct pt_projection *p = answer_projection(&a), *r = answer_projection(&b);
    for (int e = 0; e < PT_EVENTS && verdict == LAW_HOLDS; e++) {
        const struct pt_parity *less = &p->outcomes[1].events[e], *with = &r->outcomes[1].events[e];
        for (size_t h = 0; less->count && h <= p->n_years && verdict == LAW_HOLDS; h++) {
            if (answer_by(with, h) < answer_by(less, h)) {
                verdict = LAW_BREAKS(trial, "'%s' by year %zu in %llu draws, before in %llu",
                                     pt_event_name((enum pt_event)e), h,
                                     (unsigned long long)answer_by(with, h),
                                     (unsigned long long)answer_by(less, h));
            }
        }
    }
    answer_free(&a);
    answer_free(&b);
    return verdict;
}

/* ------------------------------------------------------------------ the same said in two ways */

static enum verdict agree(struct trial *trial, const struct world *a, const struct world *b,
                          const struct relation *how)
{
    struct answer one_way, other_way;
    if (!answers(trial, a, "", &one_way)) {
        return LAW_VOID;
    }
    enum verdict verdict = LAW_BROKEN;
    if (answers(trial, b, "the other is ", &other_way)) {
        verdict = outcomes_agree(trial, &one_way, "plan-0", &other_way, "plan-0", how);
        answer_free(&other_way);
    }
    answer_free(&one_way);
    if (verdict == LAW_BROKEN) {
        trial_say(trial, "# ======== against\n");
        world_say(trial, b);
    }
    return verdict;
}

/* Gaps of exact lines lie where a bound, a band or a sign is decided by the last bit. */
static bool has_noise(const struct world *world)
{
    double bend = 0;
    for (size_t i = 2; i < world->n_years; i++) {
        const struct world_year *y = &world->years[i];
        bend += fabs(y[0].group - 2 * y[-1].group + y[-2].group) +
                fabs(y[0].other - 2 * y[-1].other + y[-2].other);
    }
    return bend > 0.05;
}

static enum verdict a_delay_is_a_later_start(struct trial *trial)
{
    struct world world, other;
    world_draw(trial, &one, &world);
    struct world_lever *lever = &other.scenarios[0].levers[0];
    world.scenarios[0].levers[0].delay = draw_int(trial, 1, 4);
    world.scenarios[0].levers[0].until += world.scenarios[0].levers[0].until ? 4 : 0;
    world.scenarios[0].levers[0].by += world.scenarios[0].levers[0].by ? 4 : 0;
    other = world;
    lever->start += lever->delay;
    lever->delay = 0;
    world_say(trial, &world);
    return agree(trial, &world, &other, &same);
}

static enum verdict reach_and_effect_multiply(struct trial *trial)
{
    struct world world, other;
    world_draw(trial, &one, &world);
    struct world_lever *lever = &world.scenarios[0].levers[0];
    if (!(is(lever->kind, "level") || is(lever->kind, "pace")) || !has_noise(&world)) {
        return LAW_VOID;
    }
    lever->law = "uniform";
    lever->par[1] = lever->par[0] + fabs(lever->par[1]);
    other = world;
    other.scenarios[0].levers[0].reach = 100;
    other.scenarios[0].levers[0].par[0] *= lever->reach / 100;
    other.scenarios[0].levers[0].par[1] *= lever->reach / 100;
    world_say(trial, &world);
    return agree(trial, &world, &other, &nearly);
}

/* Two levers that do the same to shares r1 and r2 of the group are one on the share they reach. */
static enum verdict overlap_is_what_two_reach_together(struct trial *trial)
{
    struct world world, other;
    world_draw(trial, &one_helpful, &world);
    struct world_scenario *two = &world.scenarios[0];
    struct world_lever *lever = &two->levers[0];
    lever->law = "fixed";
    lever->par[0] = lever->par[0] != 0 ? lever->par[0] : lever->par[1];
    lever->chance_of_none = 0;
    if (lever->par[0] == 0 || lever->turnover > 0 || !has_noise(&world)) {
        return LAW_VOID;
    }
    two->overlap = DRAW_ONE_OF(trial, const char *, "additive", "independent", "nested");
    lever->reach = draw_int(trial, 1, 50);
    two->levers[1] = *lever;
    strcpy(two->levers[1].id, "lever-1");
    two->levers[1].reach = draw_int(trial, 1, 50);
    two->n_levers = 2;
    other = world;
    double r1 = lever->reach / 100, r2 = two->levers[1].reach / 100;
    other.scenarios[0].n_levers = 1;
    other.scenarios[0].levers[0].reach = 100 * (two->overlap[0] == 'a'   ? r1 + r2
                                                : two->overlap[0] == 'i' ? 1 - (1 - r1) * (1 - r2)
                                                                         : fmax(r1, r2));
    world_say(trial, &world);
    return agree(trial, &world, &other, &nearly);
}

static enum verdict a_lever_on_the_reference_is_one_on_the_group_turned_round(struct trial *trial)
{
    const struct world_wish wish = {
        .two_groups = true, .plain_unit = true, .gap = "difference", .levers = 1, .scenarios = 1
    };
    struct world world, other;
    world_draw(trial, &wish, &world);
    struct world_lever *lever = &world.scenarios[0].levers[0];
    if (is(lever->kind, "reach-target") || !has_noise(&world)) {
        return LAW_VOID;
    }
    /* below 0 there is no bound that one of the two might meet before the other */
    for (size_t i = 0; i < world.n_years; i++) {
        world.years[i].group -= 200;
        world.years[i].other -= 200;
    }
    lever->law = is(lever->kind, "closing") ? lever->law : "fixed";
    lever->on_other = false;
    other = world;
    other.scenarios[0].levers[0].on_other = true;
    if (!is(lever->kind, "closing")) {
        other.scenarios[0].levers[0].par[0] *= -1;
    }
    world_say(trial, &world);
    return agree(trial, &world, &other, &nearly);
}

static enum verdict entrants_of_a_group_renewed_every_year_are_the_group(struct trial *trial)
{
    struct world world, other;
    world_draw(trial, &one, &world);
    struct world_lever *lever = &world.scenarios[0].levers[0];
    if (is(lever->kind, "closing") || is(lever->kind, "reach-target") || !has_noise(&world)) {
        return LAW_VOID;
    }
    lever->until = lever->half_life = lever->turnover = 0;
    other = world;
    other.scenarios[0].levers[0].turnover = 100;
    world_say(trial, &world);
    return agree(trial, &world, &other, &nearly);
}

/* ------------------------------------------------------------------ scenarios beside each other */

static enum verdict a_lever_draws_the_same_in_every_scenario(struct trial *trial)
{
    const struct world_wish wish = { .levers = 1, .scenarios = 2 };
    struct world world;
    struct answer answer;
    world_draw(trial, &wish, &world);
    struct world_scenario *both = &world.scenarios[1];
    both->levers[1] = both->levers[0];
    both->levers[0] = world.scenarios[0].levers[0];
    both->n_levers = 2;
    both->overlap = DRAW_ONE_OF(trial, const char *, "independent", "nested", "additive");
    if (both->overlap[0] == 'a') {
        both->levers[1].reach = 100 - both->levers[0].reach;
    }
    /* the second does nothing, and so comes second */
    both->levers[1].kind = "level";
    both->levers[1].law = "fixed";
    both->levers[1].par[0] = 0;
    both->levers[1].turnover = 0;
    if (both->levers[1].reach == 0) {
        return LAW_VOID;
    }
    world_say(trial, &world);
    if (!answers(trial, &world, "", &answer)) {
        return LAW_VOID;
    }
    const struct relation ends = same;
    struct pt_outcome *alone =
        &((struct pt_projection *)(uintptr_t)answer_projection(&answer))->outcomes[1];
    struct pt_outcome *with = alone + 1;
    /* each has an end of its own, which is no number of the draws */
    with->end = alone->end;
    with->closed_end = alone->closed_end;
    enum verdict verdict = outcomes_agree(trial, &answer, "plan-0", &answer, "plan-1", &ends);
    answer_free(&answer);
    return verdict;
}

static bool adds(double sum, double total, double size)
{
    return fabs(sum - total) <= 1e-9 * (1 + size);
}

static enum verdict parts_add_up(struct trial *trial, const struct answer *answer)
{
    const struct pt_projection *p = answer_projection(answer);
    const struct pt_outcome *o = &p->outcomes[1];
    struct pt_attribution parts;
    struct pt_error err = { 0 };
    if (pt_attribution_make(answer->run, p, o, answer->arena, &parts, &err) != PT_OK) {
        return LAW_BREAKS(trial, "no attribution");
    }
    if (parts.n == 0) {
        return LAW_VOID;
    }
    double horizon = parts.together.closed_horizon, end = parts.together.closed_end;
    double chance = parts.together.chance_horizon;
    for (size_t i = 0; i < parts.n; i++) {
        horizon += parts.shares[i].closed_horizon;
        end += parts.shares[i].closed_end;
        chance += parts.shares[i].chance_horizon;
    }
    double size =
        fabs(o->closed_horizon.mean) + fabs(o->closed_horizon.p10) + fabs(o->closed_horizon.p90);
    if (!adds(horizon, parts.total.closed_horizon, size) ||
        !adds(end, parts.total.closed_end, size) || !adds(chance, parts.total.chance_horizon, 1) ||
        !adds(parts.total.closed_horizon, o->closed_horizon.mean, size)) {
        return LAW_BREAKS(trial, "%.17g, %.17g, %.17g do not add up to %.17g, %.17g, %.17g",
                          horizon, end, chance, parts.total.closed_horizon, parts.total.closed_end,
                          parts.total.chance_horizon);
    }
    return parts.n > 1 || adds(parts.shares[0].closed_horizon, parts.total.closed_horizon, size)
               ? LAW_HOLDS
               : LAW_BREAKS(trial, "a lever alone adds not all of it");
}

static enum verdict what_each_lever_adds_is_all_that_is_added(struct trial *trial)
{
    const struct world_wish wish = { .levers = 3, .scenarios = 1 };
    struct pt_run_options options = world_options();
    struct world world;
    struct answer answer;
    world_draw(trial, &wish, &world);
    world_say(trial, &world);
    options.attribution = true;
    if (!world_answer(&world, &options, &answer)) {
        return LAW_VOID;
    }
    enum verdict verdict =
        answer_projection(&answer)->has_question ? parts_add_up(trial, &answer) : LAW_VOID;
    answer_free(&answer);
    return verdict;
}

int main(void)
{
    static const struct law laws[] = {
#define LAW(name, where) { #name, where, name, 60 }
        LAW(levers_that_help_make_no_draw_later,
            "every kind but reach-target, every overlap; no ratio of figures below 0"),
        LAW(levers_close_a_gap_no_further_than_parity,
            "two groups, without may-overshoot; no ratio of figures below 0"),
        LAW(more_of_a_lever_that_helps_is_never_later,
            "one lever: reach, effect, resources, time in force, half-life, ramp, delay; no ratio of figures below 0"),
        LAW(a_delay_is_a_later_start, "every kind"),
        LAW(reach_and_effect_multiply, "level, pace"),
        LAW(overlap_is_what_two_reach_together, "two levers with the same fixed effect"),
        LAW(a_lever_on_the_reference_is_one_on_the_group_turned_round,
            "difference, figures without bounds; every kind but reach-target"),
        LAW(entrants_of_a_group_renewed_every_year_are_the_group, "levers without an end"),
        LAW(a_lever_draws_the_same_in_every_scenario, "every kind and overlap"),
        LAW(what_each_lever_adds_is_all_that_is_added, "with the row of what they do together"),
    };
    return LAWS_RUN(laws);
}
