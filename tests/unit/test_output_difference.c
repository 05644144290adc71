/* Every sentence in both languages: read them aloud before changing one. */
#include "support/pt_test.h"

#include <limits.h>
#include <paritet/output.h>
#include <string.h>

static void check(struct pt_buffer *out, const char *expected)
{
    assert_false(out->failed);
    assert_string_equal(out->bytes, expected);
    pt_buffer_free(out);
}

static void differs(struct pt_difference difference, const char *english, const char *danish)
{
    struct pt_buffer out = { .bytes = NULL };

    pt_sentence_difference(&difference, pt_language_find("en"), &out);
    check(&out, english);
    pt_sentence_difference(&difference, pt_language_find("da"), &out);
    check(&out, danish);
}

static void years_gained_come_with_their_range(void **state)
{
    (void)state;
    differs(
        (struct pt_difference){ true, false, 1, 3, 6, .81, .4123, .2317, .2317, .end = 0 },
        "the gap closes 3 years earlier than without the scenario (80 % range: 1 to 6 years), counting futures where it closes both ways. With the scenario it closes within the horizon in 77 of 100 futures, without it in 59 of 100 futures. In 23 of 100 futures it does not close either way.",
        "gabet lukkes 3 år tidligere end uden scenariet (80 %-interval: 1 til 6 år), regnet over de forløb, hvor det lukkes i begge tilfælde. Med scenariet lukkes det inden for horisonten i 77 af 100 forløb, uden scenariet i 59 af 100 forløb. I 23 af 100 forløb lukkes det i ingen af tilfældene.");
    differs(
        (struct pt_difference){ true, false, 0, 1, 6, .81, .4123, .2317, .2317, .end = 0 },
        "the gap closes 1 year earlier than without the scenario (80 % range: 0 to 6 years), counting futures where it closes both ways. With the scenario it closes within the horizon in 77 of 100 futures, without it in 59 of 100 futures. In 23 of 100 futures it does not close either way.",
        "gabet lukkes 1 år tidligere end uden scenariet (80 %-interval: 0 til 6 år), regnet over de forløb, hvor det lukkes i begge tilfælde. Med scenariet lukkes det inden for horisonten i 77 af 100 forløb, uden scenariet i 59 af 100 forløb. I 23 af 100 forløb lukkes det i ingen af tilfældene.");
    differs(
        (struct pt_difference){ true, false, -1, 3, 7, .71, .4123, .2317, .1913, .end = 0 },
        "the gap closes 3 years earlier than without the scenario (80 % range: from 1 later to 7 earlier), counting futures where it closes both ways. With the scenario it closes within the horizon in 77 of 100 futures, without it in 59 of 100 futures. In 19 of 100 futures it does not close either way.",
        "gabet lukkes 3 år tidligere end uden scenariet (80 %-interval: fra 1 år senere til 7 år tidligere), regnet over de forløb, hvor det lukkes i begge tilfælde. Med scenariet lukkes det inden for horisonten i 77 af 100 forløb, uden scenariet i 59 af 100 forløb. I 19 af 100 forløb lukkes det i ingen af tilfældene.");
    differs(
        (struct pt_difference){ true, false, 3, 3, 3, .97, 0, 0, 0, .end = 0 },
        "the gap closes 3 years earlier than without the scenario, in nearly all futures where it closes both ways.",
        "gabet lukkes 3 år tidligere end uden scenariet i næsten alle de forløb, hvor det lukkes i begge tilfælde.");
}

static void years_lost_come_with_their_range(void **state)
{
    (void)state;
    differs(
        (struct pt_difference){ true, false, -7, -3, -1, .0, .3123, .5517, .3123, .end = 0 },
        "the gap closes 3 years later than without the scenario (80 % range: 1 to 7 years), counting futures where it closes both ways. With the scenario it closes within the horizon in 45 of 100 futures, without it in 69 of 100 futures. In 31 of 100 futures it does not close either way.",
        "gabet lukkes 3 år senere end uden scenariet (80 %-interval: 1 til 7 år), regnet over de forløb, hvor det lukkes i begge tilfælde. Med scenariet lukkes det inden for horisonten i 45 af 100 forløb, uden scenariet i 69 af 100 forløb. I 31 af 100 forløb lukkes det i ingen af tilfældene.");
    differs(
        (struct pt_difference){ true, false, -6, -1, 1, .13, .0031, .0017, .0011, .end = 0 },
        "the gap closes 1 year later than without the scenario (80 % range: from 6 later to 1 earlier), counting futures where it closes both ways.",
        "gabet lukkes 1 år senere end uden scenariet (80 %-interval: fra 6 år senere til 1 år tidligere), regnet over de forløb, hvor det lukkes i begge tilfælde.");
    differs(
        (struct pt_difference){ true, false, -3, -3, -3, 0, .3123, .3123, .3123, .end = 0 },
        "the gap closes 3 years later than without the scenario, in nearly all futures where it closes both ways. Within the horizon it closes in 7 of 10 futures, with or without the scenario.",
        "gabet lukkes 3 år senere end uden scenariet i næsten alle de forløb, hvor det lukkes i begge tilfælde. Inden for horisonten lukkes det i 7 af 10 forløb, både med og uden scenariet.");
}

static void about_the_same_year_keeps_its_range(void **state)
{
    (void)state;
    differs(
        (struct pt_difference){ true, false, 0, 0, 0, .07, .3123, .2917, .2917, .end = 0 },
        "the gap closes in the same year as without the scenario, in nearly all futures where it closes both ways. With the scenario it closes within the horizon in 71 of 100 futures, without it in 69 of 100 futures. In 29 of 100 futures it does not close either way.",
        "gabet lukkes samme år som uden scenariet i næsten alle de forløb, hvor det lukkes i begge tilfælde. Med scenariet lukkes det inden for horisonten i 71 af 100 forløb, uden scenariet i 69 af 100 forløb. I 29 af 100 forløb lukkes det i ingen af tilfældene.");
    differs(
        (struct pt_difference){ true, false, 0, 0, 5, .31, .3313, .2917, .2917, .end = 0 },
        "the gap closes in about the same year as without the scenario (80 % range: from the same year to 5 earlier), counting futures where it closes both ways. With the scenario it closes within the horizon in 71 of 100 futures, without it in 67 of 100 futures. In 29 of 100 futures it does not close either way.",
        "gabet lukkes omtrent samme år som uden scenariet (80 %-interval: fra samme år til 5 år tidligere), regnet over de forløb, hvor det lukkes i begge tilfælde. Med scenariet lukkes det inden for horisonten i 71 af 100 forløb, uden scenariet i 67 af 100 forløb. I 29 af 100 forløb lukkes det i ingen af tilfældene.");
    differs(
        (struct pt_difference){ true, false, -3, 0, 5, .31, .3313, .2917, .2513, .end = 0 },
        "the gap closes in about the same year as without the scenario (80 % range: from 3 later to 5 earlier), counting futures where it closes both ways. With the scenario it closes within the horizon in 71 of 100 futures, without it in 67 of 100 futures. In 25 of 100 futures it does not close either way.",
        "gabet lukkes omtrent samme år som uden scenariet (80 %-interval: fra 3 år senere til 5 år tidligere), regnet over de forløb, hvor det lukkes i begge tilfælde. Med scenariet lukkes det inden for horisonten i 71 af 100 forløb, uden scenariet i 67 af 100 forløb. I 25 af 100 forløb lukkes det i ingen af tilfældene.");
    differs(
        (struct pt_difference){ true, false, -3, 0, 0, 0, .3123, .3131, .3123, .end = 0 },
        "the gap closes in about the same year as without the scenario (80 % range: from 3 later to the same year), counting futures where it closes both ways. Within the horizon it closes in 7 of 10 futures, with or without the scenario.",
        "gabet lukkes omtrent samme år som uden scenariet (80 %-interval: fra 3 år senere til samme år), regnet over de forløb, hvor det lukkes i begge tilfælde. Inden for horisonten lukkes det i 7 af 10 forløb, både med og uden scenariet.");
}

static void a_scenario_without_effect_changes_nothing(void **state)
{
    (void)state;
    differs(
        (struct pt_difference){ true, false, 0, 0, 0, 0, .3123, .3123, .3123, .end = 0 },
        "the scenario changes practically nothing: the gap closes in the same year with and without it.",
        "scenariet ændrer så godt som intet: gabet lukkes samme år med og uden det.");
    differs(
        (struct pt_difference){ true, false, 0, 0, 0, .003, .3123, .3101, .3101, .end = 0 },
        "the scenario changes practically nothing: the gap closes in the same year with and without it.",
        "scenariet ændrer så godt som intet: gabet lukkes samme år med og uden det.");
}

static void without_years_the_chance_is_what_changes(void **state)
{
    (void)state;
    differs(
        (struct pt_difference){ true, false, INT_MIN, INT_MIN, INT_MIN, .03, 1, .9713, .9713,
                                .end = 0 },
        "with the scenario the gap closes within the horizon in 3 of 100 futures, without it in none of the futures computed. In 97 of 100 futures it does not close either way.",
        "med scenariet lukkes gabet inden for horisonten i 3 af 100 forløb, uden scenariet i ingen af de beregnede forløb. I 97 af 100 forløb lukkes det i ingen af tilfældene.");
    differs(
        (struct pt_difference){ true, false, INT_MIN, INT_MIN, INT_MIN, .3, 1, .7131, .7131,
                                .end = 0 },
        "with the scenario the gap closes within the horizon in 29 of 100 futures, without it in none of the futures computed. In 71 of 100 futures it does not close either way.",
        "med scenariet lukkes gabet inden for horisonten i 29 af 100 forløb, uden scenariet i ingen af de beregnede forløb. I 71 af 100 forløb lukkes det i ingen af tilfældene.");
}

static void never_with_or_without_is_said(void **state)
{
    (void)state;
    differs(
        (struct pt_difference){ true, false, INT_MIN, INT_MIN, INT_MIN, 0, 1, 1, 1, .end = 0 },
        "in all futures computed the gap does not close within the horizon, neither with the scenario nor without it.",
        "i alle beregnede forløb lukkes gabet ikke inden for horisonten, hverken med eller uden scenariet.");
    differs(
        (struct pt_difference){ true, false, INT_MIN, INT_MIN, INT_MIN, .003, 1, .9971, .9971,
                                .end = 0 },
        "in more than 99 of 100 futures the gap does not close within the horizon, neither with the scenario nor without it.",
        "i flere end 99 af 100 forløb lukkes gabet ikke inden for horisonten, hverken med eller uden scenariet.");
}

static void a_target_is_reached_rather_than_closed(void **state)
{
    (void)state;
    differs(
        (struct pt_difference){ true, true, 1, 3, 6, .81, .4123, .2317, .2317, .end = 0 },
        "the target is reached 3 years earlier than without the scenario (80 % range: 1 to 6 years), counting futures where it is reached both ways. With the scenario it is reached within the horizon in 77 of 100 futures, without it in 59 of 100 futures. In 23 of 100 futures it is not reached either way.",
        "måltallet nås 3 år tidligere end uden scenariet (80 %-interval: 1 til 6 år), regnet over de forløb, hvor det nås i begge tilfælde. Med scenariet nås det inden for horisonten i 77 af 100 forløb, uden scenariet i 59 af 100 forløb. I 23 af 100 forløb nås det i ingen af tilfældene.");
    differs(
        (struct pt_difference){ true, true, 0, 0, 0, 0, .3123, .3123, .3123, .end = 0 },
        "the scenario changes practically nothing: the target is reached in the same year with and without it.",
        "scenariet ændrer så godt som intet: måltallet nås samme år med og uden det.");
    differs(
        (struct pt_difference){ true, true, INT_MIN, INT_MIN, INT_MIN, .03, 1, .9713, .9713,
                                .end = 0 },
        "with the scenario the target is reached within the horizon in 3 of 100 futures, without it in none of the futures computed. In 97 of 100 futures it is not reached either way.",
        "med scenariet nås måltallet inden for horisonten i 3 af 100 forløb, uden scenariet i ingen af de beregnede forløb. I 97 af 100 forløb nås det i ingen af tilfældene.");
    differs(
        (struct pt_difference){ true, true, INT_MIN, INT_MIN, INT_MIN, .0, 1, 1, 1, .end = 0 },
        "in all futures computed the target is not reached within the horizon, neither with the scenario nor without it.",
        "i alle beregnede forløb nås måltallet ikke inden for horisonten, hverken med eller uden scenariet.");
    differs(
        (struct pt_difference){ true, true, -3, 0, 5, .31, .3313, .2917, .2513, .end = 0 },
        "the target is reached in about the same year as without the scenario (80 % range: from 3 later to 5 earlier), counting futures where it is reached both ways. With the scenario it is reached within the horizon in 71 of 100 futures, without it in 67 of 100 futures. In 25 of 100 futures it is not reached either way.",
        "måltallet nås omtrent samme år som uden scenariet (80 %-interval: fra 3 år senere til 5 år tidligere), regnet over de forløb, hvor det nås i begge tilfælde. Med scenariet nås det inden for horisonten i 71 af 100 forløb, uden scenariet i 67 af 100 forløb. I 25 af 100 forløb nås det i ingen af tilfældene.");
}

static void a_scenario_that_leaves_the_indicator_alone_says_so(void **state)
{
    (void)state;
    differs((struct pt_difference){ false, false, 0, 0, 0, 0, .3123, .3123, .3123, .end = 0 },
            "the scenario has no lever on this indicator.",
            "scenariet har intet virkemiddel på denne indikator.");
}

static void the_end_of_the_effort_has_its_chance(void **state)
{
    struct pt_difference difference = {
        true, false, 3, 3, 3, .97, 0, 0, 0, .end = 2035, .p_end_baseline = .2, .p_end_scenario = .3
    };
    (void)state;
    differs(
        difference,
        "the gap closes 3 years earlier than without the scenario, in nearly all futures where it closes both ways. By 2035, when the effort ends, it has closed in 3 of 10 futures instead of 2 of 10.",
        "gabet lukkes 3 år tidligere end uden scenariet i næsten alle de forløb, hvor det lukkes i begge tilfælde. I 2035, når indsatsen slutter, er det lukket i 3 af 10 forløb i stedet for 2 af 10.");
    difference.target = true;
    difference.p_end_baseline = 0;
    differs(
        difference,
        "the target is reached 3 years earlier than without the scenario, in nearly all futures where it is reached both ways. By 2035, when the effort ends, it has been reached in 30 of 100 futures instead of none.",
        "måltallet nås 3 år tidligere end uden scenariet i næsten alle de forløb, hvor det nås i begge tilfælde. I 2035, når indsatsen slutter, er det nået i 30 af 100 forløb i stedet for ingen.");
}

static void what_stays_open_comes_nearer(void **state)
{
    struct pt_difference difference = { true,
                                        false,
                                        INT_MIN,
                                        INT_MIN,
                                        INT_MIN,
                                        0,
                                        1,
                                        1,
                                        1,
                                        .closed = { .p10 = .31, .p50 = 1.23, .p90 = 2.14 },
                                        .closed_error = 1.83,
                                        .closed_year = 2035,
                                        .points = { .pp = true } };
    (void)state;
    differs(
        difference,
        "in all futures computed the gap does not close within the horizon, neither with the scenario nor without it. In 2035 the gap is smaller by 1.2 pp in the middle of the futures (80 % range: 0.3 to 2.1).",
        "i alle beregnede forløb lukkes gabet ikke inden for horisonten, hverken med eller uden scenariet. I 2035 er gabet i midten af forløbene 1,2 pct.point mindre (80 %-interval: 0,3 til 2,1).");
    difference.closed = (struct pt_spread){ .p10 = -2.14, .p50 = -1.23, .p90 = -.31 };
    differs(
        difference,
        "in all futures computed the gap does not close within the horizon, neither with the scenario nor without it. In 2035 the gap is larger by 1.2 pp in the middle of the futures (80 % range: 0.3 to 2.1).",
        "i alle beregnede forløb lukkes gabet ikke inden for horisonten, hverken med eller uden scenariet. I 2035 er gabet i midten af forløbene 1,2 pct.point større (80 %-interval: 0,3 til 2,1).");
    difference.closed.p50 = -0.003;
    differs(
        difference,
        "in all futures computed the gap does not close within the horizon, neither with the scenario nor without it.",
        "i alle beregnede forløb lukkes gabet ikke inden for horisonten, hverken med eller uden scenariet.");
}

/* A fixed effect has no range, and the digits of its indicator. */
static void a_sure_way_is_said_without_a_range(void **state)
{
    struct pt_difference difference = {
        true,
        true,
        INT_MIN,
        INT_MIN,
        INT_MIN,
        0,
        1,
        1,
        1,
        .closed = { .p10 = .5 - 1e-16, .p50 = .5, .p90 = .5 + 1e-16 },
        .closed_error = 1,
        .closed_year = 2035,
        .points = { .pp = true }
    };
    (void)state;
    differs(
        difference,
        "in all futures computed the target is not reached within the horizon, neither with the scenario nor without it. In 2035 the target is nearer by 0.5 pp.",
        "i alle beregnede forløb nås måltallet ikke inden for horisonten, hverken med eller uden scenariet. I 2035 er måltallet 0,5 pct.point nærmere.");
    difference.target = false;
    difference.closed = (struct pt_spread){ .p10 = -.5, .p50 = -.5, .p90 = -.5 };
    differs(
        difference,
        "in all futures computed the gap does not close within the horizon, neither with the scenario nor without it. In 2035 the gap is larger by 0.5 pp.",
        "i alle beregnede forløb lukkes gabet ikke inden for horisonten, hverken med eller uden scenariet. I 2035 er gabet 0,5 pct.point større.");
}

/* The model's policy may end while the levers run on. */
static void a_policy_that_ends_is_no_effort_that_ends(void **state)
{
    struct pt_difference difference = { true,
                                        false,
                                        3,
                                        3,
                                        3,
                                        .97,
                                        0,
                                        0,
                                        0,
                                        .end = 2032,
                                        .end_is_policy = true,
                                        .p_end_baseline = .2,
                                        .p_end_scenario = .3 };
    (void)state;
    differs(
        difference,
        "the gap closes 3 years earlier than without the scenario, in nearly all futures where it closes both ways. By 2032, when the policy period ends, it has closed in 3 of 10 futures instead of 2 of 10.",
        "gabet lukkes 3 år tidligere end uden scenariet i næsten alle de forløb, hvor det lukkes i begge tilfælde. I 2032, når politikkens periode slutter, er det lukket i 3 af 10 forløb i stedet for 2 af 10.");
    difference.target = true;
    differs(
        difference,
        "the target is reached 3 years earlier than without the scenario, in nearly all futures where it is reached both ways. By 2032, when the policy period ends, it has been reached in 3 of 10 futures instead of 2 of 10.",
        "måltallet nås 3 år tidligere end uden scenariet i næsten alle de forløb, hvor det nås i begge tilfælde. I 2032, når politikkens periode slutter, er det nået i 3 af 10 forløb i stedet for 2 af 10.");
}

/* Tenths beside hundredths cannot be compared. */
static void chances_of_one_answer_have_one_whole(void **state)
{
    struct pt_difference difference = { true,
                                        false,
                                        3,
                                        3,
                                        3,
                                        .97,
                                        .4,
                                        .3,
                                        .3,
                                        .end = 2035,
                                        .p_end_baseline = .2,
                                        .p_end_scenario = .23 };
    (void)state;
    differs(
        difference,
        "the gap closes 3 years earlier than without the scenario, in nearly all futures where it closes both ways. With the scenario it closes within the horizon in 70 of 100 futures, without it in 60 of 100 futures. In 30 of 100 futures it does not close either way. By 2035, when the effort ends, it has closed in 23 of 100 futures instead of 20 of 100.",
        "gabet lukkes 3 år tidligere end uden scenariet i næsten alle de forløb, hvor det lukkes i begge tilfælde. Med scenariet lukkes det inden for horisonten i 70 af 100 forløb, uden scenariet i 60 af 100 forløb. I 30 af 100 forløb lukkes det i ingen af tilfældene. I 2035, når indsatsen slutter, er det lukket i 23 af 100 forløb i stedet for 20 af 100.");
}

static void follows(struct pt_course course, const char *english, const char *danish)
{
    struct pt_buffer out = { .bytes = NULL };
    pt_sentence_course(&course, pt_language_find("en"), &out);
    check(&out, english);
    pt_sentence_course(&course, pt_language_find("da"), &out);
    check(&out, danish);
}

static void a_course_says_what_it_takes(void **state)
{
    struct pt_course course = { .by = 2035,
                                .value = 68,
                                .shift = 4.2371,
                                .error = 1,
                                .percent = true,
                                .points = { .pp = true } };
    (void)state;
    follows(
        course,
        "To be at 68 % in 2035, the middle of the futures has to lie 4.2 pp above where it is heading.",
        "For at være på 68 % i 2035 skal midten af forløbene ligge 4,2 pct.point over, hvor den er på vej hen.");
    course.shift = -0.31;
    course.percent = false;
    course.points = (struct pt_points){ .text = { "kr.", "DKK" } };
    follows(
        course,
        "To be at 68 DKK in 2035, the middle of the futures has to lie 0.3 DKK below where it is heading.",
        "For at være på 68 kr. i 2035 skal midten af forløbene ligge 0,3 kr. under, hvor den er på vej hen.");
    course.shift = 0;
    follows(course, "The middle of the futures is at 68 DKK in 2035 by itself, or past it.",
            "Midten af forløbene er af sig selv på 68 kr. i 2035, eller forbi.");
    struct pt_buffer out = { .bytes = NULL };
    course.by = 0;
    pt_sentence_course(&course, pt_language_find("en"), &out);
    assert_int_equal(out.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(years_gained_come_with_their_range),
        cmocka_unit_test(years_lost_come_with_their_range),
        cmocka_unit_test(about_the_same_year_keeps_its_range),
        cmocka_unit_test(a_scenario_without_effect_changes_nothing),
        cmocka_unit_test(without_years_the_chance_is_what_changes),
        cmocka_unit_test(never_with_or_without_is_said),
        cmocka_unit_test(a_target_is_reached_rather_than_closed),
        cmocka_unit_test(a_scenario_that_leaves_the_indicator_alone_says_so),
        cmocka_unit_test(the_end_of_the_effort_has_its_chance),
        cmocka_unit_test(what_stays_open_comes_nearer),
        cmocka_unit_test(a_sure_way_is_said_without_a_range),
        cmocka_unit_test(a_policy_that_ends_is_no_effort_that_ends),
        cmocka_unit_test(chances_of_one_answer_have_one_whole),
        cmocka_unit_test(a_course_says_what_it_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
