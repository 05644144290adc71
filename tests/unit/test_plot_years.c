/* Pictures of years of parity: dots that add up, rows that do not touch. */
#include "support/pt_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/plot/dots.h"
#include "output/plot/intervals.h"

enum { MOST_YEARS = 120, MOST_OUTCOMES = 14, MARGIN = 24 };

static double uniform(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) * 0x1p-53;
}

struct sample {
    struct pt_chart chart;
    struct pt_chart_outcome outcomes[MOST_OUTCOMES];
    uint64_t counts[MOST_OUTCOMES][MOST_YEARS + 2];
};

static const char *const titles[] = {
    "Tværgående beskæftigelsesindsats for unge mænd med minoritetsbaggrund i udsatte boligområder",
    "Kort",
    "Kommunalbestyrelsesbeslutningsforslagsbehandlingskompetencecenterudvalg",
    "20 % flere ressourcer til kerneydelserne",
};

/* Counts of a chart that is mostly early, late, never or already so. */
static void fill_counts(uint64_t *counts, size_t n_years, uint64_t draws, uint64_t *random)
{
    double never = uniform(random), already = uniform(random) < 0.5 ? 0.0 : uniform(random);
    uint64_t left = draws;

    memset(counts, 0, (n_years + 2) * sizeof *counts);
    counts[n_years + 1] = (uint64_t)(never * (double)draws);
    left -= counts[n_years + 1];
    counts[0] = (uint64_t)(already * (double)left);
    left -= counts[0];
    for (size_t h = 1; h <= n_years; h++) {
        counts[h] = (uint64_t)(uniform(random) * (double)left / 4.0);
        left -= counts[h];
    }
    counts[n_years] += left;
}

static void fill_sample(struct sample *sample, uint64_t *random)
{
    size_t n_years = 1 + (size_t)(uniform(random) * (MOST_YEARS - 1));
    struct pt_chart *chart = &sample->chart;

    memset(sample, 0, sizeof *sample);
    *chart = (struct pt_chart){ .id = "gap",
                                .place = "",
                                .slug = "gap",
                                .last = 2024,
                                .horizon = 2024 + (int)n_years,
                                .n_years = n_years,
                                .n_outcomes = 2 + (size_t)(uniform(random) * (MOST_OUTCOMES - 2)),
                                .outcomes = sample->outcomes,
                                .draws = 20000 };
    for (size_t k = 0; k < chart->n_outcomes; k++) {
        struct pt_chart_outcome *outcome = &sample->outcomes[k];
        const struct pt_parity parity = { sample->counts[k] };
        fill_counts(sample->counts[k], n_years, chart->draws, random);
        *outcome = (struct pt_chart_outcome){
            .id = "scenario",
            .title = { .da = k > 0 ? titles[k % 4] : NULL },
            .acts = k == 1 || (k > 0 && uniform(random) < 0.8),
            .counts = sample->counts[k],
            .headline = { .kind = PT_HEADLINE_YEAR,
                          .p_never = (double)sample->counts[k][n_years + 1] / 20000.0,
                          .p_already = (double)sample->counts[k][0] / 20000.0 },
        };
        for (size_t i = 0; i < PT_FIRST_YEARS; i++) {
            outcome->years[i] =
                pt_parity_quantile(&parity, n_years, chart->last, pt_first_year_levels[i]);
        }
    }
}

/* ------------------------------------------------------------------ dots */

static void a_hundred_dots_are_always_a_hundred(void **state)
{
    uint64_t random = 100;
    struct sample *sample = malloc(sizeof *sample);
    (void)state;

    assert_non_null(sample);
    for (int trial = 0; trial < 2000; trial++) {
        fill_sample(sample, &random);
        const struct pt_chart *chart = &sample->chart;
        const uint64_t *counts = sample->counts[0];
        struct pt_dots dots;
        pt_dots_make(chart, 0, &dots);
        int total = dots.already + dots.never, from, to, next = chart->last + 1;
        assert_int_equal(dots.never,
                         (int)floor((double)counts[chart->n_years + 1] / 20000.0 * 100 + 0.5));
        assert_true(fabs(dots.already - (double)counts[0] / 200.0) < 1.5);
        for (size_t i = 0; i < dots.n_bins; i++) {
            double exact = 0.0;
            pt_dots_years(chart, &dots, i, &from, &to);
            assert_int_equal(from, next);
            assert_true(to >= from && to <= chart->horizon);
            for (int year = from; year <= to; year++) {
                exact += (double)counts[year - chart->last] / 200.0;
            }
            assert_true(fabs(dots.bins[i] - exact) < 1.5);
            assert_true(exact > 0.0 || dots.bins[i] == 0);
            total += dots.bins[i];
            next = to + 1;
        }
        assert_int_equal(next, chart->horizon + 1);
        assert_int_equal(total, PT_DOTS);
    }
    free(sample);
}

/* Hamilton's method, by hand: 100 seats for 1/3 each leave one over, for the first. */
static void the_largest_remainder_gets_the_dot_left_over(void **state)
{
    const uint64_t counts[] = { 5000, 5000, 5000, 0 };
    const struct pt_chart_outcome outcomes[] = { { .counts = counts } };
    const struct pt_chart chart = { .last = 2024,
                                    .horizon = 2026,
                                    .n_years = 2,
                                    .n_outcomes = 1,
                                    .outcomes = outcomes,
                                    .draws = 15000 };
    struct pt_dots dots;
    (void)state;

    pt_dots_make(&chart, 0, &dots);
    assert_int_equal(dots.never, 0);
    assert_int_equal(dots.already, 34);
    assert_int_equal(dots.n_bins, 2);
    assert_int_equal(dots.bins[0], 33);
    assert_int_equal(dots.bins[1], 33);
}

static void shows_the_scenario_that_changes_most(void **state)
{
    const uint64_t counts[3][3] = { { 0, 5000, 5000 }, { 0, 4000, 6000 }, { 0, 7000, 3000 } };
    struct pt_chart_outcome outcomes[3] = { 0 };
    const struct pt_chart chart = { .last = 2024,
                                    .horizon = 2025,
                                    .n_years = 1,
                                    .n_outcomes = 3,
                                    .outcomes = outcomes,
                                    .draws = 10000 };
    (void)state;

    for (size_t k = 0; k < 3; k++) {
        outcomes[k].counts = counts[k];
        outcomes[k].headline.p_never = (double)counts[k][2] / 10000.0;
        outcomes[k].acts = k > 0;
    }
    assert_int_equal(pt_dots_scenario(&chart), 2);
    outcomes[2].acts = false;
    assert_int_equal(pt_dots_scenario(&chart), 1);
    outcomes[1].counts = counts[0];
    outcomes[1].headline.p_never = 0.5;
    assert_int_equal(pt_dots_scenario(&chart), 0);
}

/* ------------------------------------------------------------------ rows */

static void assert_row_is_free(const struct pt_intervals *intervals, size_t i)
{
    const struct pt_interval_row *row = &intervals->rows[i];
    double size = intervals->name_size, words = PT_INTERVALS_WORDS;
    double already = pt_plot_text_width(row->already, strlen(row->already), size, false);
    double never = pt_plot_text_width(row->never, strlen(row->never), size, false);
    double below = i + 1 < intervals->n
                       ? intervals->rows[i + 1].y - intervals->rows[i + 1].height / 2
                       : intervals->bottom;

    assert_true(row->name.n > 0);
    assert_true((double)row->name.n * size * 1.24 <= row->height + 0.1);
    assert_true(row->y + row->height / 2.0 <= below + 0.1);
    double left = intervals->axis[0] - (*row->already != '\0' ? words + already : 0.0);
    assert_true(intervals->left + row->name.width < left);
    assert_true(intervals->axis[1] + words + never <= intervals->right + 0.1);
    assert_true(intervals->has_already || *row->already == '\0');
}

static void rows_of_any_number_do_not_touch(void **state)
{
    static const double sizes[] = { 10.5, 10.0, 9.5, 9.0, 8.5, 8.0 };
    uint64_t random = 19;
    struct sample *sample = malloc(sizeof *sample);
    (void)state;

    assert_non_null(sample);
    for (int trial = 0; trial < 300; trial++) {
        fill_sample(sample, &random);
        size_t n = pt_intervals_count(&sample->chart);
        struct pt_intervals *intervals = pt_intervals_new(n);
        assert_non_null(intervals);
        assert_in_range(n, 2, PT_PLOT_OUTCOMES);
        intervals->language = pt_language_find("da");
        intervals->top = 115.0;
        intervals->bottom = 342.0;
        pt_intervals_add(intervals, &sample->chart, NULL);
        pt_intervals_choose(intervals, sizeof sizes / sizeof *sizes, sizes);
        assert_int_equal(intervals->n, n);
        assert_true(intervals->axis[1] - intervals->axis[0] > 150.0);
        for (size_t i = 0; i < n; i++) {
            assert_row_is_free(intervals, i);
        }
        for (size_t i = 0; i < 2; i++) {
            assert_false(intervals->heads[i].cut);
        }
        pt_intervals_free(intervals);
    }
    free(sample);
}

static void no_row_without_a_question_or_a_lever(void **state)
{
    const uint64_t counts[] = { 0, 1, 0 };
    struct pt_chart_outcome outcomes[2] = { { .counts = counts }, { .counts = counts } };
    const struct pt_chart chart = { .n_years = 1, .n_outcomes = 2, .outcomes = outcomes };
    (void)state;

    assert_int_equal(pt_intervals_count(&chart), 0);
    outcomes[1].acts = true;
    assert_int_equal(pt_intervals_count(&chart), 2);
    outcomes[0].counts = NULL;
    assert_int_equal(pt_intervals_count(&chart), 0);
}

static void says_every_row_in_words(void **state)
{
    const uint64_t counts[] = { 0, 1, 0 };
    const struct pt_chart_outcome outcomes[] = {
        { .counts = counts,
          .years = { 2033, 2040, 2051, PT_YEAR_NEVER, PT_YEAR_NEVER },
          .headline.p_never = .4 },
        { .title = { .da = "Mentorer" },
          .acts = true,
          .counts = counts,
          .years = { PT_YEAR_ALREADY, 2040, 2049, 2059, PT_YEAR_NEVER },
          .headline.p_never = .213 },
    };
    const struct pt_chart chart = {
        .horizon = 2060, .n_years = 1, .n_outcomes = 2, .outcomes = outcomes
    };
    struct pt_buffer out = { .bytes = NULL };
    (void)state;

    pt_intervals_say(&chart, pt_language_find("en"), &out);
    assert_string_equal(
        out.bytes,
        "Baseline: at the earliest 2033, in the middle 2051; not by 2060 in 40 of 100 futures. "
        "Mentorer: at the earliest already, in the middle 2049; not by 2060 in 21 of 100 futures.");
    pt_buffer_free(&out);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_hundred_dots_are_always_a_hundred),
        cmocka_unit_test(the_largest_remainder_gets_the_dot_left_over),
        cmocka_unit_test(shows_the_scenario_that_changes_most),
        cmocka_unit_test(rows_of_any_number_do_not_touch),
        cmocka_unit_test(no_row_without_a_question_or_a_lever),
        cmocka_unit_test(says_every_row_in_words),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
