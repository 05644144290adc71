/* METHODS 6 by hand: changes and what they mean, paces, words, and the classes of others. */
#include "support/pt_test.h"

#include <math.h>
#include <string.h>

#include "answer/status.h"

#define MOST 20

/* One subject with figures of consecutive years, the newest in 2024. */
struct bench {
    struct pt_model model;
    struct pt_indicator indicator;
    struct pt_subject subject;
    struct pt_run run;
    int years[MOST], breaks[1];
    enum pt_break_kind kinds[1];
    double values[MOST], sampling[MOST];
};

static void start(struct bench *b, enum pt_subject_kind kind, int better, size_t n,
                  const double *values)
{
    memset(b, 0, sizeof *b);
    for (size_t i = 0; i < n; i++) {
        b->years[i] = 2024 - (int)(n - 1 - i);
        b->values[i] = values[i];
        b->sampling[i] = NAN;
    }
    b->indicator = (struct pt_indicator){ .id = "x", .better = better, .decimals = 1 };
    b->subject = (struct pt_subject){ .indicator = &b->indicator,
                                      .place = "",
                                      .stream = "x",
                                      .kind = kind,
                                      .projected = { .n = n,
                                                     .year = b->years,
                                                     .y = b->values,
                                                     .breaks = b->breaks,
                                                     .break_kinds = b->kinds,
                                                     .lower = -INFINITY,
                                                     .upper = INFINITY,
                                                     .rounding = .1 },
                                      .sampling = b->sampling,
                                      .year_before = b->years,
                                      .y_before = b->values,
                                      .gap_sign = kind == PT_SUBJECT_TWO_GROUPS ? 1 : -better,
                                      .scale = 1 };
    b->run =
        (struct pt_run){ .model = &b->model, .options = pt_run_options_default(), .horizon = 2060 };
}

static void set_target(struct bench *b, double target, int year)
{
    b->indicator.has_target = true;
    b->indicator.target = target;
    b->indicator.target_year = year;
    if (b->subject.kind == PT_SUBJECT_SINGLE) {
        b->subject.gap_at_zero = b->indicator.better * target;
    }
}

static void set_parity(struct bench *b, double parity, double band)
{
    b->indicator.parity = parity;
    b->subject.gap_at_zero = b->subject.kind == PT_SUBJECT_GIVEN ? b->indicator.better * parity : 0;
    b->subject.band = band;
}

static struct pt_standing figures_of(struct bench *b)
{
    struct pt_standing row = { .change = NAN };
    pt_standing_figures(&b->subject, &row);
    return row;
}

/* ------------------------------------------------------------------ change and significance */

/* Variances .81 and 1.44 add to 2.25: 1.959964 x 1.5 = 2.939946, and a step of .1. */
static void a_change_counts_past_the_sampling_error_of_both_figures(void **state)
{
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, 1, 2, (const double[]){ 12.385, 12.385 + 3.0399 });
    b.sampling[0] = .81;
    b.sampling[1] = 1.44;
    assert_int_equal(figures_of(&b).significant, PT_NOT);
    assert_int_equal(figures_of(&b).progress, PT_PROGRESS_STILL);
    b.values[1] = 12.385 + 3.0401;
    assert_int_equal(figures_of(&b).significant, PT_YES);
    assert_int_equal(figures_of(&b).progress, PT_PROGRESS_FORWARD);
    assert_close(figures_of(&b).change, 3.0401, 1e-12);
    assert_int_equal(figures_of(&b).before_year, 2023);
    b.values[1] = 12.385 - 3.0401;
    assert_int_equal(figures_of(&b).progress, PT_PROGRESS_BACK);
}

static void lower_is_better_and_gaps_turn_the_direction_round(void **state)
{
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, -1, 2, (const double[]){ 12.385, 9.1 });
    b.sampling[0] = b.sampling[1] = .01;
    assert_int_equal(figures_of(&b).progress, PT_PROGRESS_FORWARD);
    start(&b, PT_SUBJECT_TWO_GROUPS, 1, 2, (const double[]){ 7.3, 9.1 });
    b.sampling[0] = b.sampling[1] = .01;
    assert_int_equal(figures_of(&b).progress, PT_PROGRESS_BACK);
}

/* Of 0, 1, 0 the middle lies 1 off the line of its neighbours, whose variance is 3/2 that of one
 * figure: s = sqrt(2/3), and t(.975, 1) = 12.7062 from any table. 12.7062 sqrt(4/3) + .1. */
static void four_figures_tell_of_noise_with_one_degree_of_freedom(void **state)
{
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, 1, 4, (const double[]){ 0, 1, 0, 14.77 });
    assert_int_equal(figures_of(&b).significant, PT_NOT);
    b.values[3] = 14.773;
    assert_int_equal(figures_of(&b).significant, PT_YES);
}

/* Three pieces of 0, 1, 0, 1, 0, of correlation -2/3 and 1/6: df = 9/(3 + 2 (2 x 4/9 + 1/36)) =
 * 1.8621, whose t(.975) is 4.62298 (by Simpson's rule over the density); s is sqrt(2/3) again. */
static void overlapping_pieces_are_worth_fewer_than_there_are(void **state)
{
    struct bench b;
    double limit = 4.622982 * sqrt(4. / 3) + .1;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, 1, 6, (const double[]){ 0, 1, 0, 1, 0, limit - 1e-4 });
    assert_int_equal(figures_of(&b).significant, PT_NOT);
    b.values[5] = limit + 1e-4;
    assert_int_equal(figures_of(&b).significant, PT_YES);
}

static void a_straight_course_has_no_noise_and_a_step_is_rounding(void **state)
{
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, 1, 5, (const double[]){ 10, 10.5, 11, 11.5, 11.6 });
    assert_int_equal(figures_of(&b).significant, PT_NOT);
    b.values[4] = 11.71;
    assert_int_equal(figures_of(&b).significant, PT_YES);
}

static void three_figures_without_persons_claim_nothing(void **state)
{
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, 1, 3, (const double[]){ 10, 10.5, 37 });
    struct pt_standing row = figures_of(&b);
    /* 10, 10.5 and the newest: no three figures before it */
    assert_int_equal(row.significant, PT_NOT_KNOWN);
    assert_int_equal(row.progress, PT_PROGRESS_UNKNOWN);
    assert_close(row.change, 26.5, 1e-12);
    b.values[2] = 10.5;
    assert_int_equal(figures_of(&b).significant, PT_NOT);
}

static void no_change_crosses_a_break_but_a_reform_is_none(void **state)
{
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, 1, 6, (const double[]){ 10, 11, 12, 13, 14, 30 });
    b.subject.projected.n_breaks = 1;
    b.breaks[0] = 2024;
    b.kinds[0] = PT_BREAK_LEVEL;
    struct pt_standing row = figures_of(&b);
    assert_true(isnan(row.change));
    assert_int_equal(row.before_year, 0);
    assert_int_equal(row.n_trace, 1);
    assert_close(row.value, 30, 0);
    b.kinds[0] = PT_BREAK_SLOPE;
    row = figures_of(&b);
    assert_close(row.change, 16, 0);
    assert_int_equal(row.n_trace, 6);
    assert_int_equal(row.progress, PT_PROGRESS_FORWARD);
}

/* ------------------------------------------------------------------ pace */

static struct pt_standing course_of(struct bench *b, double level, double pace)
{
    struct pt_fit fit = { .last = 2024, .level = level, .pace = pace, .pace_se = .5, .df = 9 };
    struct pt_standing row = { .pace = NAN, .required_pace = NAN, .effort = NAN };
    struct pt_asked asked = pt_asked_of(&b->run, &b->subject, 2024);
    struct pt_judgement j = pt_judge(&b->run, &b->subject, &asked, &fit, .5);
    pt_standing_course(&b->subject, &fit, &j, &row);
    return row;
}

static void the_pace_that_is_needed_is_the_way_over_the_years(void **state)
{
    static const double values[] = { 55, 57, 59, 61 };
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, 1, 4, values);
    set_target(&b, 75.5, 2034);
    struct pt_standing row = course_of(&b, 61.25, .57);
    assert_close(row.pace, .57, 0);
    assert_close(row.required_pace, 1.425, 1e-12);
    assert_close(row.effort, 2.5, 1e-12);
    /* no way leads there by a pace that is none or adverse */
    assert_true(isinf(course_of(&b, 61.25, 0).effort));
    assert_true(isinf(course_of(&b, 61.25, -.57).effort));
    row = course_of(&b, 76, -.57);
    assert_close(row.required_pace, 0, 0);
    assert_close(row.effort, 0, 0);
}

static void parity_is_the_nearer_edge_of_its_band(void **state)
{
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_GIVEN, 1, 4, (const double[]){ 55, 57, 59, 61 });
    set_parity(&b, 100, 1);
    assert_close(course_of(&b, 63, 2).required_pace, 36. / 36, 1e-12);
    start(&b, PT_SUBJECT_TWO_GROUPS, 1, 4, (const double[]){ 9, 8, 7, 6 });
    set_parity(&b, 0, .5);
    b.model.policy_to = 2035;
    assert_close(course_of(&b, 6, -.25).required_pace, -.5, 1e-12);
    assert_close(course_of(&b, 6, -.25).effort, 2, 1e-12);
    assert_true(isinf(course_of(&b, 6, .25).effort));
}

/* ------------------------------------------------------------------ words */

static struct pt_judgement judged(struct bench *b, double p, double pace)
{
    const struct pt_fit fit = { .last = 2024, .pace = pace, .pace_se = 1, .df = 9 };
    struct pt_asked asked = pt_asked_of(&b->run, &b->subject, 2024);
    return pt_judge(&b->run, &b->subject, &asked, &fit, p);
}

/* t(.9, 9) = 1.383029 from any table; the standard error is 1. */
static void words_follow_the_chance_and_the_slope(void **state)
{
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, 1, 4, (const double[]){ 55, 57, 59, 61 });
    set_target(&b, 70, 2034);
    assert_int_equal(judged(&b, .75, 1).word, PT_STANDING_ON_COURSE);
    assert_int_equal(judged(&b, .7499, 1).word, PT_STANDING_UNCERTAIN);
    assert_int_equal(judged(&b, .25, 1).word, PT_STANDING_UNCERTAIN);
    assert_int_equal(judged(&b, .2499, 1).word, PT_STANDING_OFF_COURSE);
    assert_int_equal(judged(&b, .25, -1.3829).word, PT_STANDING_UNCERTAIN);
    assert_int_equal(judged(&b, .25, -1.3831).word, PT_STANDING_MOVING_AWAY);
    assert_int_equal(judged(&b, .75, -1.3831).word, PT_STANDING_ON_COURSE);
    assert_int_equal(judged(&b, NAN, 1).word, PT_STANDING_TOO_LITTLE);
    b.values[3] = 70;
    assert_int_equal(judged(&b, .75, 1).word, PT_STANDING_REACHED);
    assert_int_equal(judged(&b, .5, 1).word, PT_STANDING_UNCERTAIN);
    start(&b, PT_SUBJECT_PLAIN, 1, 4, (const double[]){ 55, 57, 59, 61 });
    assert_int_equal(judged(&b, NAN, -9).word, PT_STANDING_NO_QUESTION);
}

/* Women's income of data/denmark.csv, 2010-2024, men = 100: a mean yearly change of -.344 with an error
 * of .132 (13 degrees of freedom), t -2.613086 by python's statistics. The width of a forecast six years ahead, .449 a year, is no
 * error of that slope. */
static void a_steady_fall_moves_away_under_the_consensus(void **state)
{
    static const double y[] = { 90.2953, 89.434,  89.6538, 89.6253, 89.3942,
                                89.1658, 88.8353, 88.2101, 87.735,  87.7895,
                                88.0933, 87.1719, 85.688,  85.4671, 85.476 };
    struct pt_fit_options options = pt_fit_options_default();
    struct pt_fit fit;
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, 1, 15, y);
    set_target(&b, 99, 2034);
    struct pt_asked asked = pt_asked_of(&b.run, &b.subject, 2024);
    assert_int_equal(pt_fit(pt_family_default(), &b.subject.projected, &options, &fit, NULL),
                     PT_OK);
    assert_close(fit.past_pace, (85.476 - 90.2953) / 14, 1e-12);
    assert_close(fit.past_pace / fit.past_se, -2.613086, 1e-6);
    assert_int_equal(pt_judge(&b.run, &b.subject, &asked, &fit, .1).word, PT_STANDING_MOVING_AWAY);
    fit.past_pace = 1.34 * -fit.past_se; /* t(.9, 13) = 1.350171 from any table */
    assert_int_equal(pt_judge(&b.run, &b.subject, &asked, &fit, .1).word, PT_STANDING_OFF_COURSE);
}

static void past_targets_are_answered_by_figures(void **state)
{
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, -1, 4, (const double[]){ 7, 6, 5, 4 });
    set_target(&b, 5, 2022);
    struct pt_judgement j = judged(&b, NAN, -1);
    assert_int_equal(j.word, PT_STANDING_REACHED); /* late: 6 in 2022, 4 now */
    assert_close(j.p, 0, 0);
    set_target(&b, 5, 2023);
    assert_close(judged(&b, NAN, -1).p, 1, 0);
    b.values[3] = 8;
    j = judged(&b, NAN, 1);
    assert_int_equal(j.word, PT_STANDING_OFF_COURSE); /* met then, lost since */
    assert_close(j.p, 1, 0);
    assert_int_equal(judged(&b, NAN, 9).word, PT_STANDING_MOVING_AWAY);
    set_target(&b, 5, 2019); /* before the first figure */
    assert_true(isnan(judged(&b, NAN, 1).p));
    assert_int_equal(judged(&b, NAN, 1).word, PT_STANDING_OFF_COURSE);
}

static void parity_is_reached_when_it_has_lasted(void **state)
{
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_TWO_GROUPS, 1, 5, (const double[]){ 3, 2, .4, .3, -.2 });
    set_parity(&b, 0, .5);
    assert_int_equal(judged(&b, 1, -1).word, PT_STANDING_REACHED);
    b.values[2] = .6; /* two years are not three */
    assert_int_equal(judged(&b, .9, -1).word, PT_STANDING_ON_COURSE);
}

/* ------------------------------------------------------------------ classes of others */

static struct pt_standing classed(struct bench *b)
{
    struct pt_standing row = { 0 };
    struct pt_asked asked = pt_asked_of(&b->run, &b->subject, 2024);
    pt_standing_classes(&b->subject, &asked, &row);
    return row;
}

/* The project's own example: 5 to 0 in 15 years, on time after 9, scores 0.22 once 0 is .001. */
static void growth_rates_misjudge_a_gap_that_closes_on_time(void **state)
{
    double values[10];
    struct bench b;
    (void)state;
    for (int i = 0; i < 10; i++) {
        values[i] = 5 - i / 3.;
    }
    start(&b, PT_SUBJECT_TWO_GROUPS, 1, 10, values);
    b.model.policy_to = 2030;
    assert_string_equal(classed(&b).eurostat, "undefined");
    assert_close(pt_growth_ratio(5, 2, .001, 9, 15), 0.2234321592, 1e-9);
    assert_true(isnan(pt_growth_ratio(5, 2, 0, 9, 15)));
    set_target(&b, .001, 2030);
    assert_string_equal(classed(&b).eurostat, "limited");
    assert_string_equal(classed(&b).destatis, "sun");
}

static void eurostat_has_four_classes_and_breaks_in_three_ways(void **state)
{
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, 1, 5, (const double[]){ 10, 10.5, 11, 11.5, 12.1 });
    set_target(&b, 14.641, 2028); /* 10 (1.1)^4 over 8 years; 12.1 is 10 (1.1)^2 over 4 */
    assert_close(pt_growth_ratio(10, 12.1, 14.641, 4, 8), 1, 1e-12);
    assert_string_equal(classed(&b).eurostat, "on track");
    set_target(&b, 17, 2028);
    assert_string_equal(classed(&b).eurostat, "accelerate");
    set_target(&b, 40, 2028);
    assert_string_equal(classed(&b).eurostat, "limited");
    b.values[4] = 9;
    assert_string_equal(classed(&b).eurostat, "deterioration");
    b.values[0] = 0;
    assert_string_equal(classed(&b).eurostat, "undefined");
    b.values[0] = -3;
    assert_string_equal(classed(&b).eurostat, "undefined");
    b.values[0] = 41; /* past the target once */
    assert_string_equal(classed(&b).eurostat, "undefined");
    b.values[4] = 42;
    assert_string_equal(classed(&b).eurostat, "on track");
    set_target(&b, 40, 2023);
    assert_null(classed(&b).eurostat);
}

/* 10 to 12 in 4 years leads to 10 (1.2)^2 = 14.4 in 8. */
static void unsd_carries_growth_on_to_the_target_year(void **state)
{
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, 1, 5, (const double[]){ 10, 10.5, 11, 11.5, 12 });
    assert_close(pt_growth_share(10, 12, 15, 4, 8), .88, 1e-12);
    set_target(&b, 14.6, 2028);
    assert_string_equal(classed(&b).unsd, "on track"); /* 4.4/4.6 */
    set_target(&b, 15, 2028);
    assert_string_equal(classed(&b).unsd, "fair progress");
    set_target(&b, 60, 2028); /* 4.4/50 */
    assert_string_equal(classed(&b).unsd, "limited progress");
    set_target(&b, 10, 2028);
    b.values[4] = 9;
    assert_string_equal(classed(&b).unsd, "undefined");
}

/* One a year, so 20 in five years: what is missing then over what is missing now. */
static void destatis_asks_how_much_would_be_missed(void **state)
{
    struct bench b;
    (void)state;
    start(&b, PT_SUBJECT_SINGLE, 1, 7, (const double[]){ 60, 10, 11, 12, 13, 14, 15 });
    set_target(&b, 20.2, 2029); /* .2/5.2 */
    assert_string_equal(classed(&b).destatis, "sun");
    set_target(&b, 21, 2029); /* 1/6 */
    assert_string_equal(classed(&b).destatis, "sun and cloud");
    set_target(&b, 25, 2029); /* 5/10 */
    assert_string_equal(classed(&b).destatis, "cloud");
    set_target(&b, 12, 2029); /* met, and stays so */
    assert_string_equal(classed(&b).destatis, "sun");
    b.values[1] = 20; /* -1 a year */
    set_target(&b, 16, 2029);
    assert_string_equal(classed(&b).destatis, "thunderstorm");
    set_target(&b, 12, 2029); /* met, but not for long */
    assert_string_equal(classed(&b).destatis, "thunderstorm");
    start(&b, PT_SUBJECT_SINGLE, 1, 4, (const double[]){ 12, 13, 14, 15 });
    set_target(&b, 20, 2029);
    assert_null(classed(&b).destatis);
    start(&b, PT_SUBJECT_SINGLE, 1, 5, (const double[]){ 11, 12, 13, 14, 15 });
    set_target(&b, 20, 2029);
    assert_string_equal(classed(&b).destatis, "sun");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_change_counts_past_the_sampling_error_of_both_figures),
        cmocka_unit_test(lower_is_better_and_gaps_turn_the_direction_round),
        cmocka_unit_test(four_figures_tell_of_noise_with_one_degree_of_freedom),
        cmocka_unit_test(overlapping_pieces_are_worth_fewer_than_there_are),
        cmocka_unit_test(a_straight_course_has_no_noise_and_a_step_is_rounding),
        cmocka_unit_test(three_figures_without_persons_claim_nothing),
        cmocka_unit_test(no_change_crosses_a_break_but_a_reform_is_none),
        cmocka_unit_test(the_pace_that_is_needed_is_the_way_over_the_years),
        cmocka_unit_test(parity_is_the_nearer_edge_of_its_band),
        cmocka_unit_test(words_follow_the_chance_and_the_slope),
        cmocka_unit_test(a_steady_fall_moves_away_under_the_consensus),
        cmocka_unit_test(past_targets_are_answered_by_figures),
        cmocka_unit_test(parity_is_reached_when_it_has_lasted),
        cmocka_unit_test(growth_rates_misjudge_a_gap_that_closes_on_time),
        cmocka_unit_test(eurostat_has_four_classes_and_breaks_in_three_ways),
        cmocka_unit_test(unsd_carries_growth_on_to_the_target_year),
        cmocka_unit_test(destatis_asks_how_much_would_be_missed),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
