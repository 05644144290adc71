/* Every sentence in both languages: read them aloud before changing one. */
#include "support/pt_test.h"

#include <paritet/output.h>
#include <string.h>

static const struct pt_headline years = {
    .kind = PT_HEADLINE_YEAR,
    .earliest = 2036,
    .middle = 2051,
    .latest = PT_YEAR_NEVER,
    .p_by_horizon = 0.6834,
    .p_never = 0.3166,
    .draws = 20000,
    .horizon = 2060,
    .last = 2043,
};

static void check(struct pt_buffer *out, const char *expected)
{
    assert_false(out->failed);
    assert_string_equal(out->bytes, expected);
    pt_buffer_free(out);
}

static void says(struct pt_headline headline, const char *english, const char *danish)
{
    struct pt_buffer out = { .bytes = NULL };

    pt_sentence_headline(&headline, pt_language_find("en"), &out);
    check(&out, english);
    pt_sentence_headline(&headline, pt_language_find("da"), &out);
    check(&out, danish);
}

static void an_open_gap_has_its_earliest_year_and_its_chance(void **state)
{
    (void)state;
    says(years,
         "the gap closes around 2036 at the earliest. In 7 of 10 futures it has closed by 2060, "
         "in 3 of 10 it has not.",
         "gabet lukkes tidligst omkring 2036. I 7 af 10 forløb er det lukket senest i 2060, i 3 "
         "af 10 ikke.");
}

static void a_target_is_reached_not_closed(void **state)
{
    (void)state;
    struct pt_headline x = years;
    x.target = true;
    says(x,
         "the target is reached around 2036 at the earliest. In 7 of 10 futures it has been "
         "reached by 2060, in 3 of 10 it has not.",
         "måltallet nås tidligst omkring 2036. I 7 af 10 forløb er det nået senest i 2060, i 3 "
         "af 10 ikke.");

    x = years;
    x.target = true;
    x.p_never = 0.0031;
    says(x,
         "the target is reached around 2036 at the earliest. In more than 99 of 100 futures it "
         "has been reached by 2060.",
         "måltallet nås tidligst omkring 2036. I flere end 99 af 100 forløb er det nået senest "
         "i 2060.");

    x = years;
    x.target = true;
    x.p_never = 0;
    says(x,
         "the target is reached around 2036 at the earliest. In all 20000 futures computed it "
         "has been reached by 2060.",
         "måltallet nås tidligst omkring 2036. I alle 20000 beregnede forløb er det nået senest "
         "i 2060.");
}

static void a_pair_of_chances_adds_up(void **state)
{
    (void)state;
    struct pt_headline x = years;
    x.p_never = 0.35;
    says(x,
         "the gap closes around 2036 at the earliest. In 65 of 100 futures it has closed by 2060, "
         "in 35 of 100 it has not.",
         "gabet lukkes tidligst omkring 2036. I 65 af 100 forløb er det lukket senest i 2060, i "
         "35 af 100 ikke.");

    x = years;
    x.p_never = 0.0951;
    says(x,
         "the gap closes around 2036 at the earliest. In 9 of 10 futures it has closed by 2060, "
         "in 1 of 10 it has not.",
         "gabet lukkes tidligst omkring 2036. I 9 af 10 forløb er det lukket senest i 2060, i 1 "
         "af 10 ikke.");
}

static void rare_chances_are_said_in_hundredths(void **state)
{
    (void)state;
    struct pt_headline x = years;
    x.p_never = 0.0413;
    says(x,
         "the gap closes around 2036 at the earliest. In 96 of 100 futures it has closed by "
         "2060, in 4 of 100 it has not.",
         "gabet lukkes tidligst omkring 2036. I 96 af 100 forløb er det lukket senest i 2060, i "
         "4 af 100 ikke.");

    x = years;
    x.p_never = 0.0049;
    says(x,
         "the gap closes around 2036 at the earliest. In more than 99 of 100 futures it has "
         "closed by 2060.",
         "gabet lukkes tidligst omkring 2036. I flere end 99 af 100 forløb er det lukket senest "
         "i 2060.");
}

static void all_is_said_of_the_futures_computed_only(void **state)
{
    (void)state;
    struct pt_headline x = years;
    x.p_never = 0;
    says(x,
         "the gap closes around 2036 at the earliest. In all 20000 futures computed it has "
         "closed by 2060.",
         "gabet lukkes tidligst omkring 2036. I alle 20000 beregnede forløb er det lukket "
         "senest i 2060.");

    x = years;
    x.p_never = 0;
    x.draws = 37;
    says(x,
         "the gap closes around 2036 at the earliest. In all 37 futures computed it has closed "
         "by 2060.",
         "gabet lukkes tidligst omkring 2036. I alle 37 beregnede forløb er det lukket senest i "
         "2060.");
}

static void a_gap_that_may_be_closed_already_says_so(void **state)
{
    (void)state;
    struct pt_headline x = years;
    x.earliest = PT_YEAR_ALREADY;
    x.p_already = 0.4123;
    says(x,
         "in 4 of 10 futures the gap is already closed. In 7 of 10 futures it has closed by "
         "2060, in 3 of 10 it has not.",
         "i 4 af 10 forløb er gabet allerede lukket. I 7 af 10 forløb er det lukket senest i "
         "2060, i 3 af 10 ikke.");

    x = years;
    x.earliest = PT_YEAR_ALREADY;
    x.p_already = 0.4123;
    x.target = true;
    says(x,
         "in 4 of 10 futures the target has already been reached. In 7 of 10 futures it has "
         "been reached by 2060, in 3 of 10 it has not.",
         "i 4 af 10 forløb er måltallet allerede nået. I 7 af 10 forløb er det nået senest i "
         "2060, i 3 af 10 ikke.");

    x = years;
    x.earliest = PT_YEAR_ALREADY;
    x.p_already = 0.9971;
    x.p_never = 0.0003;
    says(x, "in more than 99 of 100 futures the gap is already closed.",
         "i flere end 99 af 100 forløb er gabet allerede lukket.");

    x = years;
    x.earliest = PT_YEAR_ALREADY;
    x.p_already = 0.9971;
    x.p_never = 0.0003;
    x.target = true;
    says(x, "in more than 99 of 100 futures the target has already been reached.",
         "i flere end 99 af 100 forløb er måltallet allerede nået.");
}

static void a_closed_gap_is_closed(void **state)
{
    (void)state;
    struct pt_headline x = years;
    x.kind = PT_HEADLINE_ALREADY;
    says(x, "the gap is already closed.", "gabet er allerede lukket.");

    x = years;
    x.kind = PT_HEADLINE_ALREADY;
    x.target = true;
    says(x, "the target has already been reached.", "måltallet er allerede nået.");
}

static void no_year_is_named_when_never_is_likelier(void **state)
{
    (void)state;
    struct pt_headline x = years;
    x.kind = PT_HEADLINE_MOSTLY_NEVER;
    x.p_never = 0.5512;
    says(x, "in 55 of 100 futures the gap does not close by 2060, in 45 of 100 it does.",
         "i 55 af 100 forløb er gabet ikke lukket i 2060, i 45 af 100 er det.");

    x = years;
    x.kind = PT_HEADLINE_MOSTLY_NEVER;
    x.p_never = 0.9973;
    says(x, "in more than 99 of 100 futures the gap does not close by 2060.",
         "i flere end 99 af 100 forløb er gabet ikke lukket i 2060.");

    x = years;
    x.kind = PT_HEADLINE_MOSTLY_NEVER;
    x.p_never = 1;
    says(x, "in none of the 20000 futures computed does the gap close by 2060.",
         "i ingen af de 20000 beregnede forløb er gabet lukket i 2060.");

    x = years;
    x.kind = PT_HEADLINE_MOSTLY_NEVER;
    x.p_never = 0.5512;
    x.target = true;
    says(x, "in 55 of 100 futures the target is not reached by 2060, in 45 of 100 it is.",
         "i 55 af 100 forløb er måltallet ikke nået i 2060, i 45 af 100 er det.");

    x = years;
    x.kind = PT_HEADLINE_MOSTLY_NEVER;
    x.p_never = 0.9973;
    x.target = true;
    says(x, "in more than 99 of 100 futures the target is not reached by 2060.",
         "i flere end 99 af 100 forløb er måltallet ikke nået i 2060.");

    x = years;
    x.kind = PT_HEADLINE_MOSTLY_NEVER;
    x.p_never = 1;
    x.target = true;
    x.draws = 37;
    says(x, "in none of the 37 futures computed is the target reached by 2060.",
         "i ingen af de 37 beregnede forløb er måltallet nået i 2060.");
}

static void a_pace_that_leads_away_is_named(void **state)
{
    (void)state;
    struct pt_headline x = years;
    x.kind = PT_HEADLINE_MOSTLY_NEVER;
    x.p_never = 0.9312;
    x.moving_away = true;
    says(x,
         "in 93 of 100 futures the gap does not close by 2060, in 7 of 100 it does. At the "
         "present pace the gap is widening.",
         "i 93 af 100 forløb er gabet ikke lukket i 2060, i 7 af 100 er det. Med det "
         "nuværende tempo vokser gabet.");

    x = years;
    x.kind = PT_HEADLINE_MOSTLY_NEVER;
    x.p_never = 0.9312;
    x.moving_away = true;
    x.target = true;
    says(x,
         "in 93 of 100 futures the target is not reached by 2060, in 7 of 100 it is. The "
         "present pace leads away from the target.",
         "i 93 af 100 forløb er måltallet ikke nået i 2060, i 7 af 100 er det. Med det "
         "nuværende tempo fjerner udviklingen sig fra måltallet.");
}

static void years_nobody_can_vouch_for_are_named_as_such(void **state)
{
    (void)state;
    struct pt_headline x = years;
    x.beyond_verified = true;
    x.last = 2024;
    says(x,
         "the gap closes around 2036 at the earliest. In 7 of 10 futures it has closed by 2060, "
         "in 3 of 10 it has not. No one has verified forecasts more than 20 years ahead, here "
         "beyond 2044.",
         "gabet lukkes tidligst omkring 2036. I 7 af 10 forløb er det lukket senest i 2060, i 3 "
         "af 10 ikke. Ingen har efterprøvet fremskrivninger mere end 20 år frem, her efter 2044.");

    x = years;
    x.beyond_verified = true;
    x.last = 2041;
    says(x,
         "the gap closes around 2036 at the earliest. In 7 of 10 futures it has closed by 2060, "
         "in 3 of 10 it has not.",
         "gabet lukkes tidligst omkring 2036. I 7 af 10 forløb er det lukket senest i 2060, i 3 "
         "af 10 ikke.");

    x = years;
    x.kind = PT_HEADLINE_MOSTLY_NEVER;
    x.p_never = 0.9312;
    x.beyond_verified = true;
    x.last = 2024;
    says(x,
         "in 93 of 100 futures the gap does not close by 2060, in 7 of 100 it does. No one has "
         "verified forecasts more than 20 years ahead, here beyond 2044.",
         "i 93 af 100 forløb er gabet ikke lukket i 2060, i 7 af 100 er det. Ingen har "
         "efterprøvet fremskrivninger mere end 20 år frem, her efter 2044.");
}

static void both_ways_on_are_said(void **state)
{
    (void)state;
    struct pt_headline x = years;
    x.may_fade = true;
    x.p_holds = 0.8134;
    x.p_fades = 0.4271;
    says(x,
         "the gap closes around 2036 at the earliest. In 68 of 100 futures it has closed by 2060, "
         "in 32 of 100 it has not. If the pace holds, it closes in 81 of 100 futures; if it "
         "fades, in 43 of 100 futures.",
         "gabet lukkes tidligst omkring 2036. I 68 af 100 forløb er det lukket senest i 2060, i 32 "
         "af 100 ikke. Hvis tempoet holder, lukkes det i 81 af 100 forløb; hvis det aftager, i 43 "
         "af 100 forløb.");
    x.p_fades = 0.4; /* tenths will do for all */
    says(x,
         "the gap closes around 2036 at the earliest. In 7 of 10 futures it has closed by 2060, in "
         "3 of 10 it has not. If the pace holds, it closes in 8 of 10 futures; if it fades, in 4 "
         "of 10 futures.",
         "gabet lukkes tidligst omkring 2036. I 7 af 10 forløb er det lukket senest i 2060, i 3 af "
         "10 ikke. Hvis tempoet holder, lukkes det i 8 af 10 forløb; hvis det aftager, i 4 af 10 "
         "forløb.");
}

static void without_a_question_there_is_no_year(void **state)
{
    (void)state;
    struct pt_headline x = years;
    x.kind = PT_HEADLINE_NO_QUESTION;
    says(x,
         "the model names neither a reference group, nor parity, nor a target, so there is no "
         "year to give.",
         "modellen angiver hverken sammenligningsgruppe, paritet eller måltal, så der er intet "
         "år at oplyse.");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_open_gap_has_its_earliest_year_and_its_chance),
        cmocka_unit_test(a_target_is_reached_not_closed),
        cmocka_unit_test(a_pair_of_chances_adds_up),
        cmocka_unit_test(rare_chances_are_said_in_hundredths),
        cmocka_unit_test(all_is_said_of_the_futures_computed_only),
        cmocka_unit_test(a_gap_that_may_be_closed_already_says_so),
        cmocka_unit_test(a_closed_gap_is_closed),
        cmocka_unit_test(no_year_is_named_when_never_is_likelier),
        cmocka_unit_test(a_pace_that_leads_away_is_named),
        cmocka_unit_test(years_nobody_can_vouch_for_are_named_as_such),
        cmocka_unit_test(both_ways_on_are_said),
        cmocka_unit_test(without_a_question_there_is_no_year),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
