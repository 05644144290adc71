/* What levers add and what a gain costs, in both languages: read them aloud before changing one. */
#include "support/pt_test.h"

#include <math.h>
#include <paritet/output.h>
#include <string.h>

static void check(struct pt_buffer *out, const char *expected)
{
    assert_false(out->failed);
    assert_string_equal(out->bytes ? out->bytes : "", expected);
    pt_buffer_free(out);
}

static void adds(const struct pt_attribution *attribution, const char *english, const char *danish)
{
    struct pt_buffer out = { .bytes = NULL };
    pt_sentence_attribution(attribution, pt_language_find("en"), &out);
    check(&out, english);
    pt_sentence_attribution(attribution, pt_language_find("da"), &out);
    check(&out, danish);
}

static void costs(const struct pt_price *price, const char *english, const char *danish)
{
    struct pt_buffer out = { .bytes = NULL };
    pt_sentence_price(price, pt_language_find("en"), &out);
    check(&out, english);
    pt_sentence_price(price, pt_language_find("da"), &out);
    check(&out, danish);
}

static void each_lever_has_its_part(void **state)
{
    struct pt_share shares[] = {
        { .lever = "mentors", .closed_end = 0.52, .closed_horizon = 0.13 },
        { .lever = "core", .title = { "kerneydelser", "core services" }, .closed_end = 0.71 },
    };
    struct pt_attribution two = { .end = 2035,
                                  .horizon = 2060,
                                  .points = { .pp = true },
                                  .error = 0.7,
                                  .n = 2,
                                  .shares = shares,
                                  .together = { .closed_end = 0.17 },
                                  .total = { .closed_end = 1.40, .closed_horizon = 0.13 } };
    (void)state;
    adds(&two,
         "Of 1.40 pp closed by 2035 on average, 0.71 would be lost without 'core services' and "
         "0.52 without 'mentors'; 0.17 stays whichever of them is left out.",
         "Af de 1,40 pct.point, der i gennemsnit er lukket i 2035, ville 0,71 gå tabt uden "
         "'kerneydelser' og 0,52 uden 'mentors'; 0,17 bliver, uanset hvilket af dem der udelades.");
    two.together.closed_end = -0.17;
    two.total.closed_end = 1.06;
    adds(&two,
         "Of 1.06 pp closed by 2035 on average, 0.71 would be lost without 'core services' and "
         "0.52 without 'mentors'; 0.17 of that counts twice, since it takes several at once.",
         "Af de 1,06 pct.point, der i gennemsnit er lukket i 2035, ville 0,71 gå tabt uden "
         "'kerneydelser' og 0,52 uden 'mentors'; 0,17 af det tæller dobbelt, fordi det kræver "
         "flere på én gang.");
    two.together.closed_end = 0;
    two.end = 2060;
    adds(&two,
         "Of 0.13 pp closed by 2060 on average, 0.13 would be lost without 'mentors' and "
         "0.00 without 'core services'.",
         "Af de 0,13 pct.point, der i gennemsnit er lukket i 2060, ville 0,13 gå tabt uden "
         "'mentors' og 0,00 uden 'kerneydelser'.");
    two.n = 1;
    adds(&two, "", "");
}

static void many_levers_are_not_all_named(void **state)
{
    struct pt_share shares[] = { { .lever = "a", .closed_end = 1 },
                                 { .lever = "b", .closed_end = 4 },
                                 { .lever = "c", .closed_end = 3 },
                                 { .lever = "d", .closed_end = 2 } };
    struct pt_attribution four = { .end = 2035,
                                   .horizon = 2060,
                                   .points = { .text = { "karakterpoint", "grade points" } },
                                   .error = 10,
                                   .n = 4,
                                   .shares = shares,
                                   .total = { .closed_end = 10 } };
    (void)state;
    adds(&four,
         "Of 10 grade points closed by 2035 on average, 4 would be lost without 'b', 3 without "
         "'c', 2 without 'd' and less without each of the others.",
         "Af de 10 karakterpoint, der i gennemsnit er lukket i 2035, ville 4 gå tabt uden 'b', 3 "
         "uden 'c', 2 uden 'd' og mindre uden hvert af de andre.");
}

static void a_gain_has_its_price_and_its_range(void **state)
{
    struct pt_price price = { .to_horizon = { .unit = "million DKK/year",
                                              .per_year = 12,
                                              .first = 2027,
                                              .last = 2034,
                                              .years = 8,
                                              .total = 96,
                                              .present_value = 96 },
                              .per_year_p10 = 5.13,
                              .per_year_p50 = 8.27,
                              .per_year_p90 = 19.6,
                              .end = 2034,
                              .point_year = 2034,
                              .to_point = { .unit = "million DKK/year", .total = 96 },
                              .point = { .pp = true } };
    (void)state;
    costs(&price,
          "The levers behind it cost 12 million DKK a year, 96 million DKK in all, 2027-2034; "
          "about 8 million DKK for each year gained (80 % range: 5 million DKK to 20 million "
          "DKK).",
          "Indsatsen koster 12 mio. kr. om året, 96 mio. kr. i alt, 2027-2034; "
          "omkring 8 mio. kr. for hvert vundet år (80 %-interval: 5 mio. kr. til 20 "
          "mio. kr.).");
    price.per_year_p90 = 13.4; /* less than three times the other end: two digits */
    costs(&price,
          "The levers behind it cost 12 million DKK a year, 96 million DKK in all, 2027-2034; "
          "about 8.3 million DKK for each year gained (80 % range: 5.1 million DKK to 13 million "
          "DKK).",
          "Indsatsen koster 12 mio. kr. om året, 96 mio. kr. i alt, 2027-2034; "
          "omkring 8,3 mio. kr. for hvert vundet år (80 %-interval: 5,1 mio. kr. til 13 "
          "mio. kr.).");
    price.per_year_p90 = INFINITY;
    price.to_horizon.per_year = NAN;
    costs(&price,
          "The levers behind it cost 96 million DKK in all, 2027-2034; about 8 million DKK for "
          "each year gained (80 % range: from 5 million DKK to no gain at all).",
          "Indsatsen koster 96 mio. kr. i alt, 2027-2034; omkring 8 mio. kr. for "
          "hvert vundet år (80 %-interval: fra 5 mio. kr. til slet ingen gevinst).");
    price.per_year_p50 = INFINITY;
    price.per_point_p10 = 1234;
    price.per_point_p50 = 2345;
    price.per_point_p90 = INFINITY;
    costs(&price,
          "The levers behind it cost 96 million DKK in all, 2027-2034; about 2000 million DKK for "
          "each percentage point closed by 2034 (80 % range: from 1000 million DKK to no gain at "
          "all).",
          "Indsatsen koster 96 mio. kr. i alt, 2027-2034; omkring 2000 mio. kr. for "
          "hvert procentpoint, der er lukket i 2034 (80 %-interval: fra 1000 mio. kr. til slet "
          "ingen gevinst).");
    price.per_point_p90 = 2345;
    price.per_point_p10 = 2345; /* a fixed effect */
    price.to_horizon.total = 96000000;
    price.to_point.total = 12345678;
    price.to_horizon.unit = price.to_point.unit = "kr./year";
    costs(&price,
          "The levers behind it cost 96,000,000 kr. in all, 2027-2034; 12,345,678 kr. of it by "
          "2034, about 2300 kr. for each percentage point closed by then.",
          "Indsatsen koster 96.000.000 kr. i alt, 2027-2034; heraf 12.345.678 kr. til og med 2034, "
          "omkring 2300 kr. for hvert procentpoint, der er lukket til den tid.");
    price.to_point = price.to_horizon;
    price.point_year = 2060;
    costs(&price,
          "The levers behind it cost 96,000,000 kr. in all, 2027-2034; nothing of it by 2034; "
          "about 2300 kr. for each percentage point closed by 2060.",
          "Indsatsen koster 96.000.000 kr. i alt, 2027-2034; intet af det til og med 2034; omkring "
          "2300 kr. for hvert procentpoint, der er lukket i 2060.");
    price.to_horizon.total = 96;
    price.to_horizon.unit = "million DKK/year";
    price.per_point_p50 = INFINITY;
    price.to_horizon.years = 1;
    costs(&price,
          "The levers behind it cost 96 million DKK, in 2027; in at least half of the futures it "
          "gains nothing.",
          "Indsatsen koster 96 mio. kr., i 2027; i mindst halvdelen af forløbene vindes "
          "der intet.");
    price.to_horizon.years = 0;
    costs(&price, "", "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_lever_has_its_part),
        cmocka_unit_test(many_levers_are_not_all_named),
        cmocka_unit_test(a_gain_has_its_price_and_its_range),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
