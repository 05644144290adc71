#include "support/world.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A number with so many decimals as it would be written and read. */
static double rounded(double x, int decimals)
{
    char text[64];
    double value;
    snprintf(text, sizeof text, "%.*f", decimals, x);
    sscanf(text, "%lf", &value);
    return value == 0 ? 0 : value;
}

/* ------------------------------------------------------------------ figures */

/* A course: a level, a pace and noise, all of which may be nothing. */
struct course {
    int level, pace, noise;
};

static struct course course_draw(struct trial *trial, const struct world *world)
{
    struct course course;
    course.level = world->percent ? draw_int(trial, 20, 90) : draw_int(trial, 10, 60);
    course.pace = draw_signed(trial, 15);
    course.noise = DRAW_ONE_OF(trial, int, 4, 0, 1, 12, 40);
    return course;
}

/* In tenths, so that a course does not depend on how finely it is written. */
static double figure_draw(struct trial *trial, const struct world *world,
                          const struct course *course, int years)
{
    double tenths = 10.0 * course->level + course->pace * years + draw_signed(trial, course->noise);
    double fine = world->decimals > 1 ? draw_below(trial, 10) / 100.0 : 0;
    double x = tenths / 10 + fine;
    x = world->percent ? fmin(fmax(x, 0), 100) : x;
    return rounded(x, world->decimals);
}

void world_figures_draw(struct trial *trial, struct world *world)
{
    struct course group = course_draw(trial, world), other = { 0, 0, 0 };
    bool persons = draw_below(trial, 6) == 5, holes = draw_below(trial, 5) == 4;
    int year = draw_int(trial, 2000, 2012), first = year;
    world->n_years = 0;
    if (world->two_groups) {
        other = course_draw(trial, world);
    }
    while (draw_more(trial, world->n_years, 4, WORLD_YEARS)) {
        struct world_year *at = &world->years[world->n_years++];
        *at = (struct world_year){ .year = year };
        at->group = figure_draw(trial, world, &group, year - first);
        at->other = world->two_groups ? figure_draw(trial, world, &other, year - first) : 0;
        at->persons = persons ? (unsigned)draw_int(trial, 60, 4000) : 0;
        year++;
        if (holes && draw_below(trial, 4) == 3) {
            year += draw_int(trial, 1, 4);
        }
        at->lacks_other = holes && world->two_groups && draw_below(trial, 8) == 7;
        at->lacks_group = holes && world->two_groups && draw_below(trial, 8) == 7;
    }
}

/* ------------------------------------------------------------------ levers */

void world_effect_draw(struct trial *trial, const struct world *world, struct world_lever *lever,
                       double unit, bool helpful)
{
    static const char *const laws[] = { "fixed", "triangular", "uniform",
                                        "pert",  "normal",     "lognormal" };
    double a = unit * draw_int(trial, 0, 30), b = a + unit * draw_int(trial, 1, 20),
           c = b + unit * draw_int(trial, 0, 20);
    bool closing = strcmp(lever->kind, "closing") == 0;
    /* closing takes only effects with ends; a helpful one never draws the wrong sign */
    lever->law = laws[draw_below(trial, closing ? 4 : helpful ? 4 : 6)];
    bool negative = !closing && (helpful ? !world->higher != lever->on_other : draw_bool(trial));
    double par[3] = { a, b, c };
    if (strcmp(lever->law, "fixed") == 0) {
        par[0] = b;
    } else if (strcmp(lever->law, "uniform") == 0) {
        par[1] = c;
    } else if (strcmp(lever->law, "normal") == 0) {
        par[1] = unit * draw_int(trial, 1, 9);
    } else if (strcmp(lever->law, "lognormal") == 0) {
        par[0] = b;
        par[1] = 1.5;
    }
    bool three = lever->law[0] == 't' || lever->law[0] == 'p';
    for (int i = 0; i < 3; i++) {
        lever->par[i] = rounded(par[i], 3);
    }
    if (negative) {
        double low = lever->par[0];
        bool two = strcmp(lever->law, "uniform") == 0;
        lever->par[0] = three ? -lever->par[2] : two ? -lever->par[1] : -low;
        lever->par[1] = two ? -low : three ? -lever->par[1] : lever->par[1];
        lever->par[2] = three ? -low : lever->par[2];
    }
    lever->chance_of_none = DRAW_ONE_OF(trial, int, 0, 0, 20);
}

static void time_draw(struct trial *trial, int last, struct world_lever *lever)
{
    lever->start = last + draw_int(trial, 1, 6) - (draw_below(trial, 8) == 7 ? 6 : 0);
    lever->delay = draw_below(trial, 4) == 3 ? draw_int(trial, 1, 3) : 0;
    if (draw_bool(trial)) {
        lever->ramp = draw_bool(trial) ? "s-curve" : "linear";
        lever->ramp_years = draw_int(trial, 1, 5);
    }
    if (draw_below(trial, 3) == 2) {
        lever->until = lever->start + lever->delay + lever->ramp_years + draw_int(trial, 0, 9);
        lever->half_life = draw_bool(trial) ? draw_int(trial, 1, 6) : 0;
    }
}

static void lever_draw(struct trial *trial, const struct world *world,
                       const struct world_wish *wish, size_t number, const char *overlap,
                       struct world_lever *lever)
{
    static const char *const kinds[] = { "pace", "level", "closing", "resources", "reach-target" };
    int last = world->years[world->n_years - 1].year;
    *lever = (struct world_lever){ .reach = 100, .ramp_years = 1 };
    snprintf(lever->id, sizeof lever->id, "lever-%zu", number);
    bool one = strcmp(overlap, "additive") != 0; /* only these levers may also do harm */
    lever->kind = kinds[draw_below(trial, wish->helpful || number % WORLD_LEVERS > 0 ? 4 : 5)];
    lever->on_other = world->two_groups && draw_below(trial, 4) == 3;
    bool target = strcmp(lever->kind, "reach-target") == 0;
    bool resources = strcmp(lever->kind, "resources") == 0;
    bool closing = strcmp(lever->kind, "closing") == 0;
    int sign = world->higher != lever->on_other ? 1 : -1;
    double unit = strcmp(lever->kind, "pace") == 0      ? 0.05
                  : strcmp(lever->kind, "closing") == 0 ? 0.5
                                                        : 0.2;
    time_draw(trial, last, lever);
    lever->cost = draw_below(trial, 3) == 2 ? draw_int(trial, 1, 50) : 0;
    lever->may_overshoot = !target && !closing && draw_below(trial, 8) == 7;
    if (target) {
        const struct world_year *newest = &world->years[world->n_years - 1];
        lever->ramp = NULL;
        lever->ramp_years = 1;
        lever->value = rounded(
            (lever->on_other ? newest->other : newest->group) + sign * draw_int(trial, 0, 20), 1);
        lever->value = world->percent ? fmin(fmax(lever->value, 0), 100) : lever->value;
        lever->by = lever->start + lever->delay + draw_int(trial, 1, 12);
        lever->until = lever->until && lever->until < lever->by ? lever->by : lever->until;
        return;
    }
    world_effect_draw(trial, world, lever, unit, wish->helpful || one);
    if (draw_below(trial, 3) > 0) {
        lever->reach = draw_int(trial, 1, one ? 100 : 33);
    } else if (!one) {
        lever->reach = 33;
    }
    if (resources) {
        lever->increase = draw_int(trial, 1, 60);
        lever->effect_increase = draw_int(trial, 1, 40);
        lever->response = DRAW_ONE_OF(trial, const char *, "proportional", "diminishing");
    }
    if (lever->half_life == 0 && !closing && draw_below(trial, 8) == 7) {
        lever->turnover = draw_int(trial, 2, 50);
    }
}

static void scenario_draw(struct trial *trial, const struct world *world,
                          const struct world_wish *wish, size_t number,
                          struct world_scenario *scenario)
{
    *scenario = (struct world_scenario){ 0 };
    snprintf(scenario->id, sizeof scenario->id, "plan-%zu", number);
    scenario->overlap = wish->overlap
                            ? wish->overlap
                            : DRAW_ONE_OF(trial, const char *, "independent", "nested", "additive");
    while (draw_more(trial, scenario->n_levers, wish->levers > 0, wish->levers)) {
        size_t i = scenario->n_levers++;
        /* one id stands for one effect in a run */
        lever_draw(trial, world, wish, WORLD_LEVERS * number + i, scenario->overlap,
                   &scenario->levers[i]);
    }
}

/* ------------------------------------------------------------------ the whole */

static void question_draw(struct trial *trial, struct world *world)
{
    const struct world_year *last = &world->years[world->n_years - 1];
    bool percent_gap = world->two_groups && strcmp(world->gap, "ratio") == 0;
    bool logarithm = world->two_groups && strchr(world->gap, '-');
    world->band = logarithm ? draw_int(trial, 1, 20) / 100.0 : draw_int(trial, 1, 30) / 10.0;
    world->parity = rounded(last->group + draw_signed(trial, 12), 0);
    world->target_year = 0;
    if (world->two_groups || world->given ? draw_bool(trial) : draw_below(trial, 8) > 0) {
        world->target_year = last->year + draw_signed(trial, 8);
        double figure = logarithm           ? draw_signed(trial, 20) / 100.0
                        : percent_gap       ? draw_signed(trial, 20)
                        : world->two_groups ? draw_signed(trial, 60) / 10.0
                                            : last->group + draw_signed(trial, 12);
        world->target = rounded(figure, 2);
        if (!world->two_groups && world->percent && !world->given) {
            world->target = fmin(fmax(world->target, 0), 100);
        }
    }
    world->policy_to = draw_below(trial, 4) == 3 ? last->year + draw_int(trial, 1, 8) : 0;
    world->horizon = last->year + draw_int(trial, 6, 30);
}

static const char *trend_draw(struct trial *trial)
{
    size_t n = 0;
    while (pt_families[n]) {
        n++;
    }
    /* half of them the default, as in models */
    size_t i = draw_below(trial, 2 * n);
    return pt_families[i < n ? 0 : i - n]->name;
}

void world_draw(struct trial *trial, const struct world_wish *wish, struct world *world)
{
    *world = (struct world){
        .id = "it", .series = "figure", .higher = true, .gap = "difference", .money = "DKK/year"
    };
    world->two_groups = !wish->single && (wish->two_groups || draw_bool(trial));
    world->percent = !wish->plain_unit && draw_bool(trial);
    world->given = !world->two_groups && draw_bool(trial);
    world->higher = !draw_bool(trial);
    world->decimals = DRAW_ONE_OF(trial, int, 1, 0, 2);
    if (world->two_groups) {
        world->gap = wish->gap ? wish->gap
                               : DRAW_ONE_OF(trial, const char *, "difference", "difference",
                                             "ratio", "log-ratio");
        if (!wish->gap && world->percent && draw_below(trial, 5) == 4) {
            world->gap = "odds-ratio";
        }
    }
    world->trend = wish->trend ? wish->trend : trend_draw(trial);
    world_figures_draw(trial, world);
    if (world->n_years > 8 && draw_below(trial, 8) == 7) {
        world->break_year = world->years[4].year;
        world->break_kind = DRAW_ONE_OF(trial, const char *, "level", "slope", "both");
    }
    question_draw(trial, world);
    for (size_t i = 0; i < wish->scenarios; i++) {
        scenario_draw(trial, world, wish, i, &world->scenarios[i]);
    }
    world->n_scenarios = wish->scenarios;
}
