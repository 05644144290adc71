/* What programmes cost against the closed forms, and what a gain costs, from counts made by hand. */
#include "support/pt_test.h"

#include <limits.h>
#include <math.h>
#include <paritet/answer.h>

#include "test_input_files.h"

#define EXACT 1e-12

/* Two indicators and up to two scenarios. */
struct bench {
    struct pt_indicator indicators[2], *listed[2];
    const char *places[3];
    struct pt_model model;
    struct pt_subject subjects[4];
    struct pt_projection projections[4];
    struct pt_lever levers[2][3];
    struct pt_scenario scenarios[2];
    const struct pt_scenario *run_of[2];
    bool moved_by[2][3]; /* of the first scenario, at the first two projections */
    struct pt_outcome outcomes[2];
    struct pt_run run;
};

static const struct pt_cost shared[] = { { 8, "million DKK/year", "municipality" },
                                         { 4, "million DKK/year", "state" } };
static const struct pt_cost alone[] = { { 1.5, "million DKK/year", "state" } };

static struct pt_lever lever(const char *id, size_t entry, const char *indicator, int start,
                             int until)
{
    return (struct pt_lever){ .id = id,
                              .entry = entry,
                              .indicator = indicator,
                              .place = "Here",
                              .start = start,
                              .until = until,
                              .n_costs = 2,
                              .costs = shared };
}

static void start(struct bench *b)
{
    *b = (struct bench){ .indicators = { { .id = "grades", .series = "grades", .group = "new" },
                                         { .id = "work", .series = "work", .group = "new" } },
                         .places = { "Here", "There", "Elsewhere" } };
    b->model = (struct pt_model){
        .n_indicators = 2, .indicators = b->listed, .n_places = 1, .places = b->places
    };
    for (size_t i = 0; i < 2; i++) {
        b->listed[i] = &b->indicators[i];
        b->subjects[i] = (struct pt_subject){ .indicator = &b->indicators[i], .place = "Here" };
        b->outcomes[i] =
            (struct pt_outcome){ .scenario = &b->scenarios[0], .moved_by = b->moved_by[i] };
        b->projections[i] = (struct pt_projection){ .subject = &b->subjects[i],
                                                    .last = 2024,
                                                    .n_years = 36,
                                                    .has_question = true,
                                                    .n_outcomes = 1,
                                                    .outcomes = &b->outcomes[i] };
        b->scenarios[i] =
            (struct pt_scenario){ .id = i == 0 ? "one" : "two", .levers = b->levers[i] };
        b->run_of[i] = &b->scenarios[i];
    }
    b->scenarios[0].n_levers = 1;
    b->levers[0][0] = lever("language", 0, "grades", 2027, 2034);
    b->moved_by[0][0] = true;
    b->run = (struct pt_run){ .model = &b->model,
                              .options = pt_run_options_default(),
                              .horizon = 2060,
                              .n_projections = 2,
                              .projections = b->projections,
                              .n_scenarios = 2,
                              .scenarios = b->run_of };
}

static struct pt_bill_of all_of(const struct bench *b)
{
    return (struct pt_bill_of){ .scenario = &b->scenarios[0],
                                .entry = PT_EVERY_ENTRY,
                                .last = INT_MAX };
}

static struct pt_bill bill(const struct bench *b, struct pt_bill_of of)
{
    struct pt_bill made;
    struct pt_error err;
    assert_int_equal(pt_bill_make(&b->run, &of, &made, &err), PT_OK);
    return made;
}

static void a_programme_costs_its_amount_every_year(void **state)
{
    struct bench b;
    (void)state;
    start(&b);
    struct pt_bill made = bill(&b, all_of(&b));
    assert_string_equal(made.unit, "million DKK/year");
    assert_close(made.per_year, 12, 0);
    assert_int_equal(made.first, 2027);
    assert_int_equal(made.last, 2034);
    assert_int_equal(made.years, 8);
    assert_close(made.total, 96, 0);
    assert_close(made.present_value, 96, 0);
    b.levers[0][0].until = INT_MAX;
    assert_int_equal(bill(&b, all_of(&b)).years, 34); /* 2027 to 2060 */
    b.levers[0][0].delay = 5; /* its effect comes later, and it is paid for meanwhile */
    assert_close(bill(&b, all_of(&b)).total, 408, 0);
    b.levers[0][0].start = 2061;
    assert_int_equal(bill(&b, all_of(&b)).years, 0);
}

/* sum over 8 years of 12 v^k, v = 1/1.035 */
static void costs_are_discounted_to_the_earliest_year_of_the_run(void **state)
{
    struct bench b;
    (void)state;
    start(&b);
    double v = 1 / 1.035, sum = 12 * (1 - pow(v, 8)) / (1 - v);
    b.scenarios[0].discount = 0.035;
    assert_close(bill(&b, all_of(&b)).present_value, sum, EXACT);
    b.scenarios[1].n_levers = 1;
    b.levers[1][0] = lever("earlier", 0, "work", 2025, 2025);
    assert_close(bill(&b, all_of(&b)).present_value, sum * v * v, EXACT);
    b.levers[1][0].n_costs = 0; /* what costs nothing sets no year */
    assert_close(bill(&b, all_of(&b)).present_value, sum, EXACT);
}

static void each_purse_has_its_part(void **state)
{
    struct bench b;
    (void)state;
    start(&b);
    b.scenarios[0].n_levers = 2;
    b.levers[0][1] = lever("mentors", 1, "work", 2030, 2031);
    b.levers[0][1].n_costs = 1;
    b.levers[0][1].costs = alone;
    struct pt_bill_of of = all_of(&b);
    struct pt_bill made = bill(&b, of);
    assert_close(made.total, 99, 0);
    assert_true(isnan(made.per_year)); /* 12 in most years, 13.5 in two */
    assert_int_equal(made.years, 8);
    of.purse = "municipality";
    assert_close(bill(&b, of).total, 64, 0);
    of.purse = "state";
    assert_close(bill(&b, of).total, 35, 0);
    of.entry = 1;
    assert_close(bill(&b, of).total, 3, 0);
    assert_close(bill(&b, of).per_year, 1.5, 0);
    of.purse = "nobody";
    assert_int_equal(bill(&b, of).years, 0);
    of = all_of(&b);
    of.last = 2030;
    assert_close(bill(&b, of).total, 4 * 12 + 1.5, 0);
}

static void a_programme_of_two_indicators_is_paid_once(void **state)
{
    struct bench b;
    (void)state;
    start(&b);
    b.scenarios[0].n_levers = 2;
    b.levers[0][1] = lever("language", 0, "work", 2027, 2034);
    assert_close(bill(&b, all_of(&b)).total, 96, 0);
}

static void an_indicator_is_charged_with_what_moves_it(void **state)
{
    struct bench b;
    (void)state;
    start(&b);
    struct pt_bill_of grades = all_of(&b), work = all_of(&b);
    grades.moved = &b.projections[0];
    work.moved = &b.projections[1];
    assert_close(bill(&b, grades).total, 96, 0);
    assert_int_equal(bill(&b, work).years, 0);
    b.moved_by[1][0] = true; /* by a link */
    assert_close(bill(&b, work).total, 96, 0);
    b.scenarios[0].n_levers = 3;
    b.levers[0][1] = lever("mentors", 1, "work", 2030, 2031);
    b.levers[0][2] = lever("mentors", 1, "grades", 2030, 2031);
    b.moved_by[1][1] = true; /* written at the first lever of a programme */
    assert_close(bill(&b, work).total, 120, 0);
    assert_close(bill(&b, grades).total, 96, 0);
    work.scenario = &b.scenarios[1];
    assert_int_equal(bill(&b, work).years, 0);
}

/* Also where too few figures are known to project any: they are projected here alone. */
static void every_place_has_its_cost(void **state)
{
    struct bench b;
    (void)state;
    start(&b);
    b.model.n_places = 3;
    assert_close(bill(&b, all_of(&b)).total, 96, 0); /* it acts at one of them */
    b.levers[0][0].place = NULL;
    assert_close(bill(&b, all_of(&b)).total, 288, 0);
    struct pt_bill_of here = all_of(&b);
    here.moved = &b.projections[0];
    assert_close(bill(&b, here).total, 96, 0);
    b.run.options.place = "There";
    assert_close(bill(&b, all_of(&b)).total, 96, 0);
}

/* A programme on two indicators acts wherever one of them has figures of the group. */
static void places_of_two_indicators_are_joined(void **state)
{
    static const char figures[] = "indicator,group,place,year,value\n"
                                  "grades,new,Here,2020,1\nwork,new,There,2020,2\n"
                                  "grades,old,Elsewhere,2020,3\nother,new,Elsewhere,2020,4\n";
    struct scratch scratch;
    struct pt_diagnostics list;
    struct pt_error err;
    struct bench b;
    (void)state;
    start(&b);
    scratch_open(&scratch);
    pt_diagnostics_init(&list);
    b.model.all_places = true;
    b.model.data = pt_data_new();
    assert_int_equal(
        pt_data_read(b.model.data, scratch_write(&scratch, "a.csv", figures), &list, &err), PT_OK);
    b.scenarios[0].n_levers = 2;
    b.levers[0][1] = lever("language", 0, "work", 2027, 2034);
    b.levers[0][0].place = b.levers[0][1].place = NULL;
    assert_close(bill(&b, all_of(&b)).total, 192, 0);
    b.scenarios[0].n_levers = 1;
    assert_close(bill(&b, all_of(&b)).total, 96, 0);
    pt_data_free(b.model.data);
    pt_diagnostics_free(&list);
    scratch_close(&scratch);
}

/* What costs nothing is paid in no year, so nothing is discounted to its start. */
static void a_cost_of_nothing_has_no_year(void **state)
{
    static const struct pt_cost nothing[] = { { 0, "million DKK/year", "state" } };
    struct bench b;
    (void)state;
    start(&b);
    b.scenarios[1].discount = .1; /* the one rate of the run */
    double before = bill(&b, all_of(&b)).present_value;
    b.scenarios[1].n_levers = 1;
    b.levers[1][0] = lever("free", 0, "grades", 2020, 2034);
    b.levers[1][0].n_costs = 1;
    b.levers[1][0].costs = nothing;
    assert_close(bill(&b, all_of(&b)).present_value, before, 0);
    assert_true(before < 80); /* of 96 */
}

static void a_gain_has_the_price_of_its_quantile(void **state)
{
    struct bench b;
    struct pt_price price;
    struct pt_error err;
    uint64_t gained[2 * 36 + 1] = { 0 };
    (void)state;
    start(&b);
    /* of 100 futures 40 gain nothing, 35 two years, 25 four; 96 million */
    gained[36] = 40;
    gained[36 + 2] = 35;
    gained[36 + 4] = 25;
    struct pt_outcome outcome = { .scenario = &b.scenarios[0],
                                  .gained = gained,
                                  .end = 2030,
                                  .closed_end = { .p10 = -0.5, .p50 = 1.6, .p90 = 4.8 } };
    assert_int_equal(pt_price_make(&b.run, &b.projections[0], &outcome, &price, &err), PT_OK);
    assert_close(price.per_year_p10, 24, EXACT);
    assert_close(price.per_year_p50, 48, EXACT);
    assert_close(price.per_year_p90, INFINITY, 0);
    assert_close(price.p_no_gain, 0.4, EXACT);
    /* to 2030: four years of 12 */
    assert_close(price.to_end.total, 48, 0);
    assert_close(price.per_point_p10, 10, EXACT);
    assert_close(price.per_point_p50, 30, EXACT);
    assert_close(price.per_point_p90, INFINITY, 0);
    assert_int_equal(price.point_year, 2030);
    assert_close(price.to_point.total, 48, 0);
}

/* A programme that begins after the policy's end has its price at the horizon, not "no gain". */
static void what_begins_later_is_priced_later(void **state)
{
    struct bench b;
    struct pt_price price;
    struct pt_error err;
    uint64_t gained[2 * 36 + 1] = { 0 };
    (void)state;
    start(&b);
    struct pt_outcome outcome = { .scenario = &b.scenarios[0],
                                  .gained = gained,
                                  .end = 2026,
                                  .closed_horizon = { .p10 = 1, .p50 = 2, .p90 = 4 } };
    assert_int_equal(pt_price_make(&b.run, &b.projections[0], &outcome, &price, &err), PT_OK);
    assert_int_equal(price.to_end.years, 0);
    assert_int_equal(price.point_year, 2060);
    assert_close(price.to_point.total, 96, 0);
    assert_close(price.per_point_p10, 24, EXACT);
    assert_close(price.per_point_p50, 48, EXACT);
    assert_close(price.per_point_p90, 96, EXACT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_programme_costs_its_amount_every_year),
        cmocka_unit_test(costs_are_discounted_to_the_earliest_year_of_the_run),
        cmocka_unit_test(each_purse_has_its_part),
        cmocka_unit_test(a_programme_of_two_indicators_is_paid_once),
        cmocka_unit_test(an_indicator_is_charged_with_what_moves_it),
        cmocka_unit_test(every_place_has_its_cost),
        cmocka_unit_test(places_of_two_indicators_are_joined),
        cmocka_unit_test(a_cost_of_nothing_has_no_year),
        cmocka_unit_test(a_gain_has_the_price_of_its_quantile),
        cmocka_unit_test(what_begins_later_is_priced_later),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
