#include "support/world.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* How the same question can be asked in two ways, and what may not change the answer. */

#define ORDERED "status history parity gained efficiency bands decomposition fieller fit"
#define TABLES  ORDERED " costs"

static const struct relation same = { .scale = 1 };
static const struct relation any_order = { .scale = 1, .any_order = true };
static const struct world_wish any = { .levers = 3, .scenarios = 2 };

/* Answers two worlds, compares them, and says both where they disagree. */
static enum verdict agree(struct trial *trial, const struct world *a, const struct world *b,
                          const char *tables, const struct relation *how)
{
    struct pt_run_options options = world_options();
    struct answer one, two;
    if (!world_answer(a, &options, &one)) {
        return LAW_VOID;
    }
    enum verdict verdict = LAW_BROKEN;
    if (world_answer(b, &options, &two)) {
        verdict = answers_agree(trial, &one, &two, tables, how);
        answer_free(&two);
    } else {
        trial_say(trial, "# refused: %s\n", two.why);
    }
    answer_free(&one);
    if (verdict == LAW_BROKEN) {
        trial_say(trial, "# ======== against\n");
        world_say(trial, b);
    }
    return verdict;
}

/* ------------------------------------------------------------------ years */

static void shift_years(struct world *world, int years)
{
    for (size_t i = 0; i < world->n_years; i++) {
        world->years[i].year += years;
    }
    world->horizon += years;
    world->target_year += world->target_year ? years : 0;
    world->policy_to += world->policy_to ? years : 0;
    world->break_year += world->break_year ? years : 0;
    for (size_t s = 0; s < world->n_scenarios; s++) {
        for (size_t i = 0; i < world->scenarios[s].n_levers; i++) {
            struct world_lever *lever = &world->scenarios[s].levers[i];
            lever->start += years;
            lever->until += lever->until ? years : 0;
            lever->by += lever->by ? years : 0;
        }
    }
}

static enum verdict shifting_all_years_shifts_nothing_but_years(struct trial *trial)
{
    struct world world, moved;
    struct relation how = same;
    world_draw(trial, &any, &world);
    how.years = draw_signed(trial, 60);
    moved = world;
    shift_years(&moved, how.years);
    world_say(trial, &world);
    return agree(trial, &world, &moved, TABLES, &how);
}

/* ------------------------------------------------------------------ how files are written */

static enum verdict how_files_are_written_changes_nothing(struct trial *trial)
{
    struct world world, other;
    world_draw(trial, &any, &world);
    other = world;
    other.comma = draw_bool(trial);
    other.crlf = draw_bool(trial);
    other.mark = draw_bool(trial);
    other.two_files = draw_bool(trial);
    world_say(trial, &world);
    return agree(trial, &world, &other, TABLES, &same);
}

static enum verdict the_order_of_rows_groups_levers_and_scenarios_changes_nothing(
    struct trial *trial)
{
    struct world world, other;
    world_draw(trial, &any, &world);
    world.neighbour = draw_bool(trial);
    other = world;
    other.turned = true;
    world_say(trial, &world);
    /* costs are listed in the order of the file */
    enum verdict verdict = agree(trial, &world, &other, ORDERED, &same);
    return verdict == LAW_HOLDS ? agree(trial, &world, &other, "costs", &any_order) : verdict;
}

static enum verdict an_indicator_and_a_scenario_beside_change_nothing(struct trial *trial)
{
    struct world world, other;
    world_draw(trial, &any, &world);
    other = world;
    other.neighbour = true;
    other.turned = draw_bool(trial);
    world_say(trial, &world);
    /* a status table of another goal's indicators is compared in the order's law */
    return agree(trial, &world, &other, "parity gained bands decomposition fieller fit", &same);
}

/* ------------------------------------------------------------------ directions */

/* Found by steps that end somewhere near, and so not the same in the last digits. */
static bool is_searched(const struct world *world)
{
    return strcmp(world->trend, "robust") == 0 || strcmp(world->trend, "asymptotic") == 0 ||
           strcmp(world->trend, "logistic") == 0;
}

static const struct world_wish mirrored = {
    .two_groups = true, .plain_unit = true, .gap = "difference", .levers = 0, .scenarios = 0
};

static enum verdict figures_and_direction_mirrored_are_the_same_gap(struct trial *trial)
{
    struct world world, other;
    world_draw(trial, &mirrored, &world);
    if (strcmp(world.trend, "log-linear") == 0) {
        return LAW_VOID; /* the groups' own figures have to be above 0 */
    }
    other = world;
    other.higher = !world.higher;
    for (size_t i = 0; i < other.n_years; i++) {
        other.years[i].group = 0 - other.years[i].group;
        other.years[i].other = 0 - other.years[i].other;
    }
    world_say(trial, &world);
    return agree(trial, &world, &other, "status parity bands fieller fit", &same);
}

static enum verdict groups_swapped_and_direction_turned_are_the_same_gap(struct trial *trial)
{
    const struct world_wish wish = {
        .two_groups = true, .gap = DRAW_ONE_OF(trial, const char *, "difference", "log-ratio")
    };
    struct world world, other;
    struct relation how = same;
    world_draw(trial, &wish, &world);
    other = world;
    other.higher = !world.higher;
    for (size_t i = 0; i < other.n_years; i++) {
        struct world_year *year = &other.years[i];
        year->group = world.years[i].other;
        year->other = world.years[i].group;
        year->lacks_group = world.years[i].lacks_other;
        year->lacks_other = world.years[i].lacks_group;
    }
    world_say(trial, &world);
    if (is_searched(&world) && strcmp(wish.gap, "difference") != 0) {
        return LAW_VOID;
    }
    /* ln(r/m) and -ln(m/r) may differ in the last bit */
    how.tolerance = strcmp(wish.gap, "difference") == 0 ? 0 : 1e-9;
    return agree(trial, &world, &other, how.tolerance > 0 ? "" : "parity bands fieller fit", &how);
}

/* ------------------------------------------------------------------ other units */

static void multiply_effects(struct world_lever *lever, double c)
{
    bool three = strcmp(lever->law, "triangular") == 0 || strcmp(lever->law, "pert") == 0;
    bool factor = strcmp(lever->law, "lognormal") == 0;
    lever->par[0] *= c;
    lever->par[1] *= factor ? 1 : c;
    lever->par[2] *= three ? c : 1;
}

/* In tenths of a grade: everything in points is ten times as large. */
static void count_in_tenths(struct world *world)
{
    bool points = !world->two_groups || strcmp(world->gap, "difference") == 0;
    world->decimals--;
    world->parity *= 10;
    world->band *= points ? 10 : 1;
    world->target *= points ? 10 : 1;
    for (size_t i = 0; i < world->n_years; i++) {
        world->years[i].group *= 10;
        world->years[i].other *= 10;
    }
    for (size_t s = 0; s < world->n_scenarios; s++) {
        for (size_t i = 0; i < world->scenarios[s].n_levers; i++) {
            struct world_lever *lever = &world->scenarios[s].levers[i];
            lever->value *= 10;
            if (strcmp(lever->kind, "closing") != 0 && strcmp(lever->kind, "reach-target") != 0) {
                multiply_effects(lever, 10);
            }
        }
    }
}

/* How far the figures lie off a straight line; where they lie on one, last bits decide. */
static double noise(const struct world *world)
{
    double bend = 0;
    for (size_t i = 2; i < world->n_years; i++) {
        const struct world_year *y = &world->years[i];
        bend += fabs(y[0].group - 2 * y[-1].group + y[-2].group) +
                fabs(y[0].other - 2 * y[-1].other + y[-2].other);
    }
    return bend;
}

static enum verdict another_unit_is_the_same_answer(struct trial *trial)
{
    const struct world_wish wish = { .plain_unit = true, .levers = 2, .scenarios = 1 };
    struct world world, tenths;
    world_draw(trial, &wish, &world);
    bool points = !world.two_groups || strcmp(world.gap, "difference") == 0;
    /* under levers, figures of a ratio stop a hair of 1e-6 above 0, in any unit */
    struct relation how = { .scale = points ? 10 : 1, .tolerance = 1e-9 };
    world.n_scenarios = points ? 1 : 0;
    if (world.decimals == 0 || noise(&world) < 1 || is_searched(&world)) {
        return LAW_VOID;
    }
    tenths = world;
    count_in_tenths(&tenths);
    world_say(trial, &world);
    return agree(trial, &world, &tenths, "", &how);
}

static enum verdict the_same_added_to_both_groups_is_the_same_gap(struct trial *trial)
{
    struct relation how = { .scale = 1, .tolerance = 1e-9 };
    struct world world, higher;
    double by = draw_int(trial, 1, 100);
    world_draw(trial, &mirrored, &world);
    if (noise(&world) < 1 || is_searched(&world) || strcmp(world.trend, "log-linear") == 0) {
        return LAW_VOID;
    }
    higher = world;
    for (size_t i = 0; i < world.n_years; i++) {
        higher.years[i].group += by;
        higher.years[i].other += by;
    }
    world_say(trial, &world);
    return agree(trial, &world, &higher, "", &how);
}

/* ------------------------------------------------------------------ scenarios without effect */

static void take_the_effect(struct trial *trial, struct world_lever *lever, int horizon)
{
    if (strcmp(lever->kind, "reach-target") == 0 || strcmp(lever->kind, "resources") == 0 ||
        strcmp(lever->kind, "closing") == 0 || draw_bool(trial)) {
        /* not before the horizon */
        int after = horizon + 1 - lever->start - lever->delay;
        after = after > 0 ? after : 0;
        lever->start += after;
        lever->until += lever->until ? after : 0;
        lever->by += lever->by ? after : 0;
    } else {
        lever->law = "fixed";
        lever->par[0] = 0;
    }
}

static enum verdict a_scenario_without_effect_is_the_baseline(struct trial *trial)
{
    struct pt_run_options options = world_options();
    struct world world;
    struct answer answer;
    world_draw(trial, &any, &world);
    for (size_t s = 0; s < world.n_scenarios; s++) {
        for (size_t i = 0; i < world.scenarios[s].n_levers; i++) {
            take_the_effect(trial, &world.scenarios[s].levers[i], world.horizon + 2);
        }
    }
    world_say(trial, &world);
    if (!world_answer(&world, &options, &answer)) {
        return LAW_VOID;
    }
    enum verdict verdict = LAW_HOLDS;
    const struct pt_projection *p = answer_projection(&answer);
    const struct pt_outcome *base = &p->outcomes[0];
    for (size_t s = 1; s < p->n_outcomes && verdict == LAW_HOLDS; s++) {
        const struct pt_outcome *o = &p->outcomes[s];
        if (memcmp(base->bands, o->bands, p->n_years * PT_BANDS * sizeof(double)) != 0) {
            verdict = LAW_BREAKS(trial, "the bands of %s are not those of the baseline", o->id);
        }
        for (int e = 0; e < PT_EVENTS && verdict == LAW_HOLDS; e++) {
            if (base->events[e].count && memcmp(base->events[e].count, o->events[e].count,
                                                (p->n_years + 2) * sizeof(uint64_t)) != 0) {
                verdict = LAW_BREAKS(trial, "the years of %s are not those of the baseline", o->id);
            }
        }
        const double closed[] = { o->closed_horizon.p10, o->closed_horizon.p90,
                                  o->closed_horizon.mean, o->closed_end.mean };
        for (size_t i = 0; i < 4 && verdict == LAW_HOLDS; i++) {
            if (closed[i] != 0) {
                verdict = LAW_BREAKS(trial, "%s closes %g points", o->id, closed[i]);
            }
        }
    }
    answer_free(&answer);
    return verdict;
}

int main(void)
{
    static const struct law laws[] = {
#define LAW(name, where, cases) { #name, where, name, cases }
        LAW(shifting_all_years_shifts_nothing_but_years, "everything", 60),
        LAW(how_files_are_written_changes_nothing,
            "decimal comma, line ends, byte order mark, one file or two", 60),
        LAW(the_order_of_rows_groups_levers_and_scenarios_changes_nothing, "everything", 60),
        LAW(an_indicator_and_a_scenario_beside_change_nothing, "everything", 60),
        LAW(figures_and_direction_mirrored_are_the_same_gap,
            "difference, figures without bounds; every family but log-linear", 60),
        LAW(groups_swapped_and_direction_turned_are_the_same_gap,
            "baseline; difference, and log-ratio but by robust, asymptotic, logistic", 60),
        LAW(another_unit_is_the_same_answer,
            "figures without bounds, ratios without levers; every family but robust, asymptotic, logistic",
            60),
        LAW(the_same_added_to_both_groups_is_the_same_gap,
            "difference, figures without bounds; the same families, and not log-linear", 60),
        LAW(a_scenario_without_effect_is_the_baseline, "every kind of lever", 60),
    };
    return LAWS_RUN(laws);
}
