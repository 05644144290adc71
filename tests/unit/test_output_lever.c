/* What levers will do, in both languages: read them aloud before changing one. */
#include "support/pt_test.h"

#include <limits.h>
#include <paritet/output.h>
#include <string.h>

static const struct pt_indicator indicator = {
    .id = "work", .group = "newcomers", .percent = true, .better = 1
};

static void check(struct pt_buffer *out, const char *expected)
{
    assert_false(out->failed);
    assert_string_equal(out->bytes, expected);
    pt_buffer_free(out);
}

static void says(const struct pt_lever *lever, const char *english, const char *danish)
{
    struct pt_buffer out = { .bytes = NULL };
    pt_sentence_lever(lever, &indicator, pt_language_find("en"), &out);
    check(&out, english);
    pt_sentence_lever(lever, &indicator, pt_language_find("da"), &out);
    check(&out, danish);
}

static struct pt_effect effect(const char *name, double a, double b, double c)
{
    return (struct pt_effect){ .distribution = pt_distribution_find(name), .par = { a, b, c } };
}

static struct pt_lever lever(const char *kind, struct pt_effect drawn)
{
    return (struct pt_lever){ .id = "lever",
                              .indicator = "work",
                              .group = "newcomers",
                              .kind = pt_lever_kind_find(kind),
                              .response = pt_responses[0],
                              .effect = drawn,
                              .effect_unit = PT_UNIT_PP,
                              .reach = 1,
                              .start = 2027,
                              .ramp_years = 1,
                              .until = INT_MAX };
}

static void pace_says_who_gains_how_much_and_for_how_long(void **state)
{
    (void)state;
    struct pt_lever pace = lever("pace", effect("triangular", 0.05, 0.15, 0.30));
    pace.reach = .35;
    pace.ramp_years = 3;
    pace.delay = 1;
    says(&pace,
         "From 2028, phased in over 3 years: the figure rises by between 0.05 and 0.3 pp a year "
         "for 35 % of the group.",
         "Fra 2028, indfaset over 3 år: tallet stiger med mellem 0,05 og 0,3 pct.point om året "
         "for 35 % af gruppen.");
    pace.until = 2034;
    says(&pace,
         "From 2028, phased in over 3 years: the figure rises by between 0.05 and 0.3 pp a year "
         "for 35 % of the group; until 2034, and what was gained stays.",
         "Fra 2028, indfaset over 3 år: tallet stiger med mellem 0,05 og 0,3 pct.point om året "
         "for 35 % af gruppen; til og med 2034, og det vundne bliver.");
    pace.half_life = 2.5;
    pace.ramp_shape = PT_RAMP_STEP;
    says(&pace,
         "From 2028: the figure rises by between 0.05 and 0.3 pp a year for 35 % of the group; "
         "until 2034, then half of it is lost every 2.5 years.",
         "Fra 2028: tallet stiger med mellem 0,05 og 0,3 pct.point om året for 35 % af gruppen; "
         "til og med 2034, derefter halveres det, hver gang der går 2,5 år.");
}

static void level_rises_falls_or_may_do_either(void **state)
{
    (void)state;
    struct pt_lever level = lever("level", effect("fixed", 1.5, 0, 0));
    level.until = 2034;
    says(&level, "From 2027: the group's figure rises by 1.5 pp; until 2034, then it ends at once.",
         "Fra 2027: gruppens tal stiger med 1,5 pct.point; til og med 2034, derefter ophører "
         "virkningen.");
    level.until = INT_MAX;
    level.effect = effect("triangular", -1.5, -0.5, 0);
    says(&level,
         "From 2027: the group's figure falls by between 0 and 1.5 pp (this widens the gap).",
         "Fra 2027: gruppens tal falder med mellem 0 og 1,5 pct.point (det gør gabet større).");
    level.effect = effect("normal", 0.8, 0.7, 0);
    level.turnover = .025;
    level.may_overshoot = true;
    says(&level,
         "From 2027: the group's figure changes by between -0.4 and 2 pp (90 % range). Only those "
         "who join the group are reached, 2.5 % a year. It may lead past parity.",
         "Fra 2027: gruppens tal ændres med mellem -0,4 og 2 pct.point (90 %-interval). Kun de, "
         "der kommer ind i gruppen, bliver nået: 2,5 % om året. Det kan føre forbi paritet.");
}

static void closing_says_what_is_left(void **state)
{
    (void)state;
    struct pt_lever closing = lever("closing", effect("pert", 0.5, 2, 4));
    closing.reach = .6;
    closing.ramp_years = 4;
    closing.ramp_shape = PT_RAMP_S_CURVE;
    says(&closing,
         "From 2027, phased in over 4 years in an S-curve: between 0.5 and 4 % of the gap that is "
         "left closes each year for 60 % of the group.",
         "Fra 2027, indfaset over 4 år i en S-kurve: mellem 0,5 og 4 % af det gab, der er tilbage, "
         "lukkes hvert år for 60 % af gruppen.");
}

static void resources_say_what_is_known_and_how_it_grows(void **state)
{
    (void)state;
    struct pt_lever more = lever("resources", effect("triangular", 0.5, 1.5, 3));
    more.reach = .4;
    more.increase = .2;
    more.effect_increase = .1;
    says(&more,
         "From 2027: the figure rises by between 1 and 6 pp for 40 % of the group, given 20 % more "
         "resources (10 % more is assumed to give between 0.5 and 3 pp; twice the increase has "
         "twice the effect).",
         "Fra 2027: tallet stiger med mellem 1 og 6 pct.point for 40 % af gruppen, ved 20 % flere "
         "ressourcer (10 % mere antages at give mellem 0,5 og 3 pct.point; dobbelt så meget mere "
         "har dobbelt virkning).");
    more.response = pt_responses[2];
    more.maximum = 4;
    more.increase = -.2;
    says(
        &more,
        "From 2027: the figure falls by between 1 and 3.8 pp for 40 % of the group (this widens "
        "the gap), given 20 % fewer resources (10 % more is assumed to give between 0.5 and 3 pp; "
        "the effect approaches a maximum, here 4 pp).",
        "Fra 2027: tallet falder med mellem 1 og 3,8 pct.point for 40 % af gruppen (det gør "
        "gabet større), ved 20 % færre ressourcer (10 % mere antages at give mellem 0,5 og 3 pct.point; "
        "virkningen nærmer sig et maksimum, her 4 pct.point).");
}

static void reach_target_is_a_course(void **state)
{
    (void)state;
    struct pt_lever target = lever("reach-target", (struct pt_effect){ 0 });
    target.value = 68.5;
    target.by = 2035;
    says(
        &target,
        "From 2027: the middle of the futures is led in a straight line to 68.5 % in 2035, and keeps "
        "the shift it has by then.",
        "Fra 2027: midten af forløbene føres i en ret linje til 68,5 % i 2035 og beholder den "
        "ændring, den har til den tid.");
}

static void doubt_and_costs_are_named(void **state)
{
    static const struct pt_cost costs[] = { { 12, "million DKK/year", "municipality" },
                                            { 0.5, "million DKK/year", "region" },
                                            { 4, "million DKK/year", "state" } };
    struct pt_buffer out = { .bytes = NULL };
    (void)state;
    struct pt_lever pace = lever("pace", effect("fixed", 1, 0, 0));
    pace.effect.chance_of_none = .2;
    pace.n_costs = 3;
    pace.costs = costs;
    pace.until = 2034;
    pt_sentence_confidence(&pace, pt_language_find("en"), &out);
    check(&out, "20 % chance of no effect");
    pace.has_confidence = true;
    pace.confidence = PT_CONFIDENCE_LOW;
    pt_sentence_confidence(&pace, pt_language_find("da"), &out);
    check(&out, "lav sikkerhed, 20 % risiko for ingen virkning");
    pt_sentence_cost(&pace, pt_language_find("en"), &out);
    check(&out, "Costs a year, 2027-2034: 12 million DKK from 'municipality', 0.5 million DKK from "
                "'region' and 4 million DKK from 'state'.");
    pace.until = INT_MAX;
    pace.n_costs = 1;
    pt_sentence_cost(&pace, pt_language_find("da"), &out);
    check(&out, "Koster om året, fra 2027: 12 mio. kr. fra 'municipality'.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(pace_says_who_gains_how_much_and_for_how_long),
        cmocka_unit_test(level_rises_falls_or_may_do_either),
        cmocka_unit_test(closing_says_what_is_left),
        cmocka_unit_test(resources_say_what_is_known_and_how_it_grows),
        cmocka_unit_test(reach_target_is_a_course),
        cmocka_unit_test(doubt_and_costs_are_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
