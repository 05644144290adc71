/* The pure parts of plots: text on one line, places without overlap, ticks at round numbers. */
#include "support/pt_test.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "output/plot/fan.h"
#include "output/plot/plot.h"

/* A small generator of our own, so that every run tests the same cases. */
static double uniform(uint64_t *state)
{
    *state = *state * 6364136223846793005u + 1442695040888963407u;
    return (double)(*state >> 11) * 0x1p-53;
}

/* ------------------------------------------------------------------ text */

static void assert_quoted(const char *text, const char *expected)
{
    struct pt_buffer out = { .bytes = NULL };

    pt_plot_quote(&out, text);
    assert_false(out.failed);
    assert_string_equal(out.bytes, expected);
    pt_buffer_free(&out);
}

static void quotes_what_could_end_a_string(void **state)
{
    (void)state;
    assert_quoted("", "''");
    assert_quoted("'; system \"touch x\"; '", "'’; system \"touch x\"; ’'");
    assert_quoted("Women's ''pay''", "'Women’s ’’pay’’'");
    assert_quoted("`touch x` @a {/*2 b} \\", "'`touch x` @a {/*2 b} \\'");
    assert_quoted("en\nEOD\r\n\tto", "'en EOD to'");
    assert_quoted("\x1b[31m\x7f\xc2\x85rød\xe2\x80\xa8\xe2\x80\xae", "'[31m rød'");
}

static void replaces_what_cannot_be_drawn(void **state)
{
    (void)state;
    assert_quoted("a\xff\xfe"
                  "b \xc3",
                  "'a??b ?'");
    assert_quoted("\xe5\xa4\xb1 \xf0\x9f\x98\x80", "'? ?'");
    assert_quoted("Ærø Žižek Ωμέγα Москва −1 → …", "'Ærø Žižek Ωμέγα Москва −1 → …'");
}

static void wraps_within_the_width(void **state)
{
    static const char *const texts[] = {
        "Tværgående indsats for unge mænd med minoritetsbaggrund",
        "Beskæftigelses- og Integrationsudvalgets helhedsorienterede indsats",
        "kommunalbestyrelsesbeslutningsforslagsbehandlingskompetencecenterudvalg",
        "MMMMMMMMMM WWWWWWWWWW @@@@@@@@@@ MMMMMMMMMM WWWWWWWWWW",
        "a b c d e f g h i j k l m n o p q r s t u v w x y z æ ø å",
    };
    struct pt_plot_lines lines;
    (void)state;

    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        for (double width = 30.0; width < 400.0; width += 7.0) {
            for (size_t most = 1; most <= 3; most++) {
                pt_plot_wrap(texts[i], width, 9.5, true, most, &lines);
                assert_in_range(lines.n, 1, most);
                for (size_t k = 0; k < lines.n; k++) {
                    size_t n = strlen(lines.text[k]);
                    assert_true(pt_plot_text_width(lines.text[k], n, 9.5, true) <= width);
                    assert_true(pt_utf8_valid(lines.text[k], n));
                }
                const char *last = lines.text[lines.n - 1];
                assert_int_equal(lines.cut, strstr(last, "\xe2\x80\xa6") != NULL);
            }
        }
    }
}

static void wraps_evenly_in_no_more_lines(void **state)
{
    const char *text = "Mentorer til unge mænd i hele byen og omegn";
    struct pt_plot_lines lines, even;
    (void)state;

    pt_plot_wrap(text, 200.0, 9.5, true, 3, &lines);
    pt_plot_wrap_evenly(text, 200.0, 9.5, true, 3, &even);
    assert_int_equal(lines.n, 2);
    assert_int_equal(even.n, 2);
    assert_true(even.width < lines.width);
    assert_string_equal(even.text[0], "Mentorer til unge mænd");
}

static void cuts_at_a_word(void **state)
{
    struct pt_plot_lines lines;
    (void)state;

    pt_plot_wrap("Evening language courses for those in work", 150.0, 9.5, true, 1, &lines);
    assert_true(lines.cut);
    assert_string_equal(lines.text[0], "Evening language…");
    pt_plot_wrap("", 150.0, 9.5, true, 1, &lines);
    assert_int_equal(lines.n, 0);
}

/* ------------------------------------------------------------------ axes */

static void chooses_round_ticks(void **state)
{
    struct pt_plot_axis axis = pt_plot_axis_choose(54.3, 103.7, 0.0, HUGE_VAL, 8);
    (void)state;

    assert_close(axis.step, 10.0, 0.0);
    assert_close(axis.low, 50.0, 0.0);
    assert_close(axis.high, 110.0, 0.0);
    assert_int_equal(axis.n, 7);
    assert_close(pt_plot_axis_tick(&axis, 5), 100.0, 0.0);
    axis = pt_plot_axis_choose(-0.13, 0.53, -HUGE_VAL, HUGE_VAL, 8);
    assert_close(axis.step, 0.2, 1e-12);
    assert_int_equal(axis.decimals, 1);
    assert_true(pt_plot_axis_tick(&axis, 1) == 0.0 && !signbit(pt_plot_axis_tick(&axis, 1)));
}

static void keeps_to_the_bounds_of_the_figure(void **state)
{
    struct pt_plot_axis axis = pt_plot_axis_choose(0.4, 99.2, 0.0, 100.0, 4);
    (void)state;

    assert_close(axis.low, 0.0, 0.0);
    assert_close(axis.high, 100.0, 0.0);
    axis = pt_plot_axis_choose(0.0, 0.0, 0.0, 100.0, 8);
    assert_close(axis.low, 0.0, 0.0);
    assert_true(axis.high > 0.0);
}

static void shows_all_data_on_every_axis(void **state)
{
    uint64_t random = 385;
    (void)state;

    for (int i = 0; i < 20000; i++) {
        double size = pow(10.0, 20.0 * uniform(&random) - 8.0);
        double low = size * (uniform(&random) - 0.5) * 3.0;
        double high = i % 7 == 0 ? low : low + size * uniform(&random);
        size_t most = 2 + (size_t)(7.0 * uniform(&random));
        struct pt_plot_axis axis = pt_plot_axis_choose(low, high, -HUGE_VAL, HUGE_VAL, most);

        assert_true(axis.low <= low && axis.high >= high && axis.low < axis.high);
        assert_in_range(axis.n, 1, most);
        for (size_t k = 0; k < axis.n; k++) {
            double tick = pt_plot_axis_tick(&axis, k), slack = 1e-6 * axis.step;
            assert_true(tick >= axis.low - slack && tick <= axis.high + slack);
        }
    }
}

static void survives_absurd_ranges(void **state)
{
    const double values[] = {
        0.0, -HUGE_VAL, HUGE_VAL, (double)NAN, 1e308, -1e308, 5e-324, 12.385
    };
    const size_t n = sizeof values / sizeof *values;
    (void)state;

    for (size_t i = 0; i < n * n; i++) {
        struct pt_plot_axis axis =
            pt_plot_axis_choose(values[i / n], values[i % n], -HUGE_VAL, HUGE_VAL, 6);
        assert_true(isfinite(axis.low) && isfinite(axis.high) && axis.low < axis.high);
        assert_in_range(axis.n, 1, 6);
    }
}

static void writes_numbers_for_readers(void **state)
{
    const struct pt_language danish = { .code = "da", .decimal = ',' };
    char text[PT_PLOT_NUMBER];
    (void)state;

    assert_string_equal(pt_plot_number(text, -1234567.25, 2, &danish), "−1.234.567,25");
    assert_string_equal(pt_plot_number(text, 20000.0, 0, NULL), "20,000");
    assert_string_equal(pt_plot_number(text, 2024.0, 0, &danish), "2024");
    assert_string_equal(pt_plot_number(text, 0.05, 2, &danish), "0,05");
}

static void names_about_every_fifth_year(void **state)
{
    (void)state;
    assert_int_equal(pt_plot_year_step(50, 14), 5);
    assert_int_equal(pt_plot_year_step(31, 14), 5);
    assert_int_equal(pt_plot_year_step(12, 14), 1);
    assert_int_equal(pt_plot_year_step(150, 14), 20);
}

/* ------------------------------------------------------------------ places */

static void never_lets_labels_overlap(void **state)
{
    uint64_t random = 20140213;
    double wanted[24], height[24], centre[24];
    (void)state;

    for (int trial = 0; trial < 5000; trial++) {
        size_t n = (size_t)(24.0 * uniform(&random));
        double room = 0.0, low = 80.0, high = 420.0, gap = 6.0 * uniform(&random);
        for (size_t i = 0; i < n; i++) {
            wanted[i] = trial % 3 == 0 ? 212.385 : 500.0 * uniform(&random);
            height[i] = 8.0 + 40.0 * uniform(&random);
            room += height[i] + (i > 0 ? gap : 0.0);
            centre[i] = -1.0;
        }
        bool fits = pt_plot_stack(n, wanted, height, gap, low, high, centre);
        assert_int_equal(fits, room <= high - low);
        for (size_t i = 0; i < n; i++) {
            if (!fits) {
                assert_true(centre[i] == -1.0);
                continue;
            }
            double above = i == 0 ? low : centre[i - 1] + height[i - 1] / 2.0 + gap;
            assert_true(centre[i] - height[i] / 2.0 >= above - 1e-9);
            assert_true(centre[i] + height[i] / 2.0 <= high + 1e-9);
        }
    }
}

static void leaves_labels_where_they_are_wanted(void **state)
{
    const double wanted[] = { 20.0, 50.0, 51.0, 90.0 }, height[] = { 10.0, 10.0, 10.0, 10.0 };
    double centre[4];
    (void)state;

    assert_true(pt_plot_stack(4, wanted, height, 2.0, 0.0, 100.0, centre));
    assert_close(centre[0], 20.0, 1e-12);
    assert_close(centre[1], 44.5, 1e-12);
    assert_close(centre[2], 56.5, 1e-12);
    assert_close(centre[3], 90.0, 1e-12);
}

static void finds_where_a_line_crosses_a_box(void **state)
{
    const struct pt_plot_box box = { 10.0, 10.0, 20.0, 15.0 };
    (void)state;

    assert_true(pt_plot_segment_meets(&box, 0.0, 0.0, 30.0, 25.0));
    assert_true(pt_plot_segment_meets(&box, 12.0, 11.0, 13.0, 12.0));
    assert_true(pt_plot_segment_meets(&box, 15.0, 0.0, 15.0, 99.0));
    assert_false(pt_plot_segment_meets(&box, 0.0, 0.0, 30.0, 5.0));
    assert_false(pt_plot_segment_meets(&box, 0.0, 30.0, 9.0, 9.0));
    assert_false(pt_plot_segment_meets(&box, 5.0, 12.0, 5.0, 12.0));
}

/* ------------------------------------------------------------------ whole layouts */

enum { MOST_YEARS = 60, MOST_OUTCOMES = 12 };

struct sample {
    struct pt_chart chart;
    struct pt_chart_point points[16];
    struct pt_chart_outcome outcomes[MOST_OUTCOMES];
    double bands[MOST_OUTCOMES][MOST_YEARS * PT_BANDS];
    int breaks[3];
};

static void fill_sample(struct sample *sample, uint64_t *random)
{
    static const double z[PT_BANDS] = { -1.64, -1.28, -0.67, 0.0, 0.67, 1.28, 1.64 };
    double size = pow(10.0, 6.0 * uniform(random) - 2.0), level = size * (uniform(random) - 0.5);
    double slope = size * (uniform(random) - 0.5) / 20.0, width = size * uniform(random) / 5.0;
    struct pt_chart *chart = &sample->chart;

    memset(sample, 0, sizeof *sample);
    *chart = (struct pt_chart){
        .id = "gap",
        .place = "",
        .slug = "gap",
        .percent = true,
        .gap = uniform(random) < 0.5,
        .title = { .en = "A gap between two groups that have rather long names, one would say" },
        .place_title = { .en = "Ringkøbing-Skjern" },
        .decimals = 1,
        .points = sample->points,
        .n_points = 4 + (size_t)(12.0 * uniform(random)),
        .last = 2024,
        .horizon = 2060,
        .n_years = (size_t)(MOST_YEARS * uniform(random)),
        .has_parity = uniform(random) < 0.8,
        .parity_low = -size / 20.0,
        .parity_high = uniform(random) < 0.5 ? size / 20.0 : -size / 20,
        .has_target = uniform(random) < 0.5,
        .target = size * (uniform(random) - 0.5),
        .target_year = 2030,
        .lower = -HUGE_VAL,
        .upper = HUGE_VAL,
        .breaks = sample->breaks,
        .n_breaks = (size_t)(4.0 * uniform(random)),
        .outcomes = sample->outcomes,
        .n_outcomes = 1 + (size_t)(11.0 * uniform(random)),
        .family = "linear",
        .source = "a register",
        .draws = 20000,
    };
    for (size_t i = 0; i < chart->n_points; i++) {
        int year = 2025 - (int)(chart->n_points - i);
        double noise = width * (uniform(random) - 0.5);
        sample->points[i] = (struct pt_chart_point){ year, level + noise, i > 1 };
    }
    for (size_t i = 0; i < 3; i++) {
        sample->breaks[i] = 2016 + 3 * (int)i;
    }
    for (size_t k = 0; k < chart->n_outcomes; k++) {
        double lift = slope * (double)k * uniform(random);
        for (size_t h = 0; h < chart->n_years * PT_BANDS; h++) {
            double t = (double)(h / PT_BANDS + 1);
            sample->bands[k][h] = level + (slope + lift) * t + z[h % PT_BANDS] * width * sqrt(t);
        }
        sample->outcomes[k] = (struct pt_chart_outcome){
            .id = "scenario",
            .bands = sample->bands[k],
            .title = { .en = k > 0 ? "A cross-department effort for young minority men" : NULL },
            .headline = { .kind = PT_HEADLINE_YEAR,
                          .earliest = 2036,
                          .p_never = 0.3,
                          .horizon = 2060 },
        };
    }
}

static void assert_spot_is_free(const struct pt_fan *fan, const struct pt_fan_spot *spot)
{
    double half = pt_plot_text_width(spot->text, strlen(spot->text), spot->size, spot->bold) / 2.0;
    struct pt_plot_box box = { spot->x - half, spot->y - spot->size / 2.0, spot->x + half,
                               spot->y + spot->size / 2.0 };

    if (!spot->shown) {
        return;
    }
    assert_true(box.left >= fan->frame.left && box.right <= fan->frame.right);
    assert_true(box.top >= fan->frame.top && box.bottom <= fan->frame.bottom);
    for (size_t i = 0; i < fan->chart->n_points; i++) {
        double x = pt_plot_x(&fan->frame, fan->chart->points[i].year);
        double y = pt_plot_y(&fan->frame, fan->chart->points[i].value);
        assert_false(pt_plot_segment_meets(&box, x, y, x, y));
    }
}

static void lays_out_random_charts_without_overlap(void **state)
{
    uint64_t random = 41;
    struct sample *sample = malloc(sizeof *sample);
    struct pt_fan *fan = malloc(sizeof *fan);
    (void)state;

    assert_non_null(sample);
    assert_non_null(fan);
    for (int trial = 0; trial < 400; trial++) {
        fill_sample(sample, &random);
        *fan = (struct pt_fan){ .chart = &sample->chart, .language = &pt_language_english };
        pt_fan_layout(fan);
        pt_fan_spots(fan);
        assert_true(fan->frame.bottom - fan->frame.top > 200.0);
        assert_true(fan->frame.right - fan->frame.left > 0.5 * PT_PLOT_WIDTH);
        double above = fan->frame.top - 7.0;
        for (size_t i = 0; i < fan->n_labels; i++) {
            const struct pt_fan_label *label = &fan->labels[i];
            double width = fmax(label->name.width, label->result.width);
            assert_true(label->name.n > 0);
            assert_true(label->centre - label->height / 2.0 >= above - 1e-9);
            assert_true(label->end >= fan->frame.top - 0.1 &&
                        label->end <= fan->frame.bottom + 0.1);
            assert_true(fan->frame.right + PT_FAN_GUTTER + width <= PT_PLOT_WIDTH - 15.0);
            above = label->centre + label->height / 2.0 + 5.0;
        }
        assert_true(above < PT_PLOT_HEIGHT - 10.0);
        assert_spot_is_free(fan, &fan->value);
        assert_spot_is_free(fan, &fan->target);
        for (size_t i = 0; i < PT_FAN_BANDS; i++) {
            assert_spot_is_free(fan, &fan->bands[i]);
        }
    }
    free(fan);
    free(sample);
}

/* ------------------------------------------------------------------ what a chart shows */

/* A trend from 60 by `pace` a year with parity at 100, and scenarios two ahead up to parity. */
static void fill_rising(struct sample *sample, double pace)
{
    static const double z[PT_BANDS] = { -4.0, -3.0, -1.5, 0.0, 1.5, 3.0, 4.0 };
    struct pt_chart *chart = &sample->chart;
    uint64_t random = 7;

    fill_sample(sample, &random);
    chart->n_points = 10;
    chart->n_years = 36;
    chart->n_outcomes = 4;
    chart->n_breaks = 0;
    chart->has_target = chart->gap = false;
    chart->has_parity = true;
    chart->parity_low = 99.0;
    chart->parity_high = 101.0;
    for (size_t i = 0; i < 10; i++) {
        sample->points[i] = (struct pt_chart_point){ 2015 + (int)i, 60.0 + (double)i, true };
    }
    for (size_t h = 0; h < 36 * (size_t)PT_BANDS; h++) {
        double base = 69.0 + pace * (double)(h / PT_BANDS + 1);
        double ahead = base < 100.0 ? fmin(base + 2.0, 100.0) : base;
        sample->bands[0][h] = sample->bands[1][h] = base + z[h % PT_BANDS];
        sample->bands[2][h] = sample->bands[3][h] = ahead + z[h % PT_BANDS];
    }
    for (size_t k = 1; k < 4; k++) {
        sample->outcomes[k] = sample->outcomes[0];
        sample->outcomes[k].title.en = "More lessons";
        sample->outcomes[k].bands = sample->bands[k];
    }
}

/* A chart, laid out by lay_out(). */
struct laid_out {
    struct sample sample;
    struct pt_fan fan;
};

static int make_laid_out(void **state)
{
    *state = calloc(1, sizeof(struct laid_out));
    return *state != NULL ? 0 : -1;
}

static int drop_laid_out(void **state)
{
    free(*state);
    return 0;
}

static void lay_out(struct laid_out *made)
{
    made->fan = (struct pt_fan){ .chart = &made->sample.chart, .language = &pt_language_english };
    pt_fan_layout(&made->fan);
    pt_fan_spots(&made->fan);
}

static void shows_at_most_a_third_beyond_parity(void **state)
{
    struct laid_out *made = *state;
    struct sample *sample = &made->sample;

    fill_rising(sample, 3.0);
    struct pt_plot_extent extent = pt_plot_extent_of(&sample->chart, 4);
    assert_close(extent.low, 60.0, 0.0);
    assert_close(extent.high, 101.0 + 41.0 / 2.0, 1e-12);
    assert_close(extent.upper, extent.high, 0.0);
    sample->points[3].value = 130.0; /* what was observed is shown */
    assert_close(pt_plot_extent_of(&sample->chart, 4).high, 130.0, 0.0);
    fill_rising(sample, -1.0); /* away from parity */
    extent = pt_plot_extent_of(&sample->chart, 4);
    assert_close(extent.low, 69.0 - 36.0 - 4.0, 1e-12);
    assert_close(extent.high, 101.0, 0.0);
}

static void draws_scenarios_that_are_alike_once(void **state)
{
    struct laid_out *made = *state;
    struct pt_fan *fan = &made->fan;
    size_t n_all = 0;

    fill_rising(&made->sample, 1.0);
    lay_out(made);
    assert_int_equal(fan->n_lines, 1);
    assert_int_equal(fan->lines[0], 2);
    assert_int_equal(fan->n_labels, 4); /* baseline, as the baseline, both scenarios, parity */
    assert_true(pt_fan_stands_apart(fan, 2));
    assert_false(pt_fan_stands_apart(fan, 1));
    assert_true(pt_plot_differs(fan->chart, 2, 29, fan->apart));
    assert_false(pt_plot_differs(fan->chart, 2, 31, fan->apart));
    made->sample.outcomes[2].bands = made->sample.outcomes[3].bands = made->sample.bands[0];
    lay_out(made);
    assert_int_equal(fan->n_lines, 0);
    assert_int_equal(fan->n_labels, 3);
    assert_null(strstr(fan->subtitle.text[0], "Dashed"));
    for (size_t i = 0; i < fan->n_labels; i++) {
        n_all += strcmp(fan->labels[i].name.text[0], "All scenarios") == 0;
    }
    assert_int_equal(n_all, 1);
}

static void says_that_a_scenario_stops_at_parity(void **state)
{
    struct laid_out *made = *state;

    fill_rising(&made->sample, 1.0);
    lay_out(made);
    assert_non_null(strstr(made->fan.notes.text[0], "to parity at most"));
    fill_rising(&made->sample, 0.5); /* not there by the horizon */
    lay_out(made);
    assert_null(strstr(made->fan.notes.text[0], "to parity at most"));
}

static void names_every_break(void **state)
{
    struct laid_out *made = *state;

    fill_rising(&made->sample, 1.0);
    made->sample.chart.n_breaks = 1;
    for (int year = 2016; year <= 2024; year++) {
        made->sample.breaks[0] = year;
        lay_out(made);
        assert_true(made->fan.breaks[0].shown);
        assert_true(made->fan.value.shown);
    }
    made->sample.chart.n_breaks = 3;
    made->sample.breaks[0] = 2022;
    made->sample.breaks[1] = 2023;
    made->sample.breaks[2] = 2024;
    lay_out(made);
    assert_non_null(
        strstr(made->fan.notes.text[0], "Dotted: breaks in the series, 2022, 2023, 2024."));
}

static void assert_titled(const char *title, const char *place, const char *expected)
{
    struct pt_buffer out = { .bytes = NULL };

    pt_title_with_place(&out, title, place);
    assert_false(out.failed);
    assert_string_equal(out.bytes, expected);
    pt_buffer_free(&out);
}

static void names_the_place_once(void **state)
{
    (void)state;
    assert_titled("Pay", "", "Pay");
    assert_titled("Pay", "Ry", "Pay, Ry");
    assert_titled("Work, København og hele landet", "København", "Work, København og hele landet");
    assert_titled("Work in the whole country", "The whole country", "Work in the whole country");
    assert_titled("Københavns skoler", "København", "Københavns skoler");
    assert_titled("Skoler i Rye", "Ry", "Skoler i Rye, Ry");
    assert_titled("Løn på Ærø", "Rø", "Løn på Ærø, Rø");
}

static void says_what_a_gap_below_zero_means(void **state)
{
    const struct pt_chart chart = { .percent = true,
                                    .gap = true,
                                    .group = { .en = "pupils from here" },
                                    .reference = { .en = "all" } };
    char text[PT_PLOT_TEXT];
    (void)state;

    pt_plot_axis_title(&chart, &pt_language_english, true, text);
    assert_string_equal(text, "gap in percentage points: pupils from here against all "
                              "(below 0: pupils from here ahead)");
    pt_plot_axis_title(&chart, &pt_language_english, false, text);
    assert_string_equal(text, "gap in percentage points: pupils from here against all");
}

#define with_layout(test) cmocka_unit_test_setup_teardown(test, make_laid_out, drop_laid_out)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(quotes_what_could_end_a_string),
        cmocka_unit_test(replaces_what_cannot_be_drawn),
        cmocka_unit_test(wraps_within_the_width),
        cmocka_unit_test(wraps_evenly_in_no_more_lines),
        cmocka_unit_test(cuts_at_a_word),
        cmocka_unit_test(chooses_round_ticks),
        cmocka_unit_test(keeps_to_the_bounds_of_the_figure),
        cmocka_unit_test(shows_all_data_on_every_axis),
        cmocka_unit_test(survives_absurd_ranges),
        cmocka_unit_test(writes_numbers_for_readers),
        cmocka_unit_test(names_about_every_fifth_year),
        cmocka_unit_test(never_lets_labels_overlap),
        cmocka_unit_test(leaves_labels_where_they_are_wanted),
        cmocka_unit_test(finds_where_a_line_crosses_a_box),
        cmocka_unit_test(lays_out_random_charts_without_overlap),
        with_layout(shows_at_most_a_third_beyond_parity),
        with_layout(draws_scenarios_that_are_alike_once),
        with_layout(says_that_a_scenario_stops_at_parity),
        with_layout(names_every_break),
        cmocka_unit_test(names_the_place_once),
        cmocka_unit_test(says_what_a_gap_below_zero_means),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
