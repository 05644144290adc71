#include "support/pt_test.h"

#include <math.h>
#include <paritet/output.h>
#include <string.h>

#include "output/terminal/fan.h"

#define MOST_YEARS  40
#define MOST_POINTS 16

/* A chart whose median runs in a straight line from the newest figure, with bands that widen. */
struct sample {
    struct pt_chart chart;
    struct pt_chart_point points[MOST_POINTS];
    struct pt_chart_outcome outcomes[4];
    double bands[4][MOST_YEARS * PT_BANDS];
};

static struct pt_chart *sample_of(struct sample *s, size_t n_points, size_t n_years, double newest,
                                  double slope)
{
    static const double width[PT_BANDS] = { -1.6, -1.3, -0.7, 0.0, 0.7, 1.3, 1.6 };
    *s = (struct sample){ .chart = { .id = "gap",
                                     .place = "",
                                     .title = { "Gab", "Gap" },
                                     .unit = { "point", "points" },
                                     .gap = true,
                                     .group = { "piger", "girls" },
                                     .reference = { "drenge", "boys" },
                                     .decimals = 1,
                                     .last = 2024,
                                     .horizon = 2024 + (int)n_years,
                                     .n_points = n_points,
                                     .n_years = n_years,
                                     .lower = -INFINITY,
                                     .upper = INFINITY,
                                     .has_parity = true,
                                     .parity_low = -0.5,
                                     .parity_high = 0.5,
                                     .n_outcomes = 1,
                                     .draws = 20000 } };
    for (size_t i = 0; i < n_points; i++) {
        int back = (int)(n_points - 1 - i);
        s->points[i] = (struct pt_chart_point){ 2024 - back, newest - slope * back, i > 0 };
    }
    for (size_t k = 0; k < 4; k++) {
        for (size_t h = 0; h < n_years; h++) {
            for (size_t q = 0; q < PT_BANDS; q++) {
                double middle = newest + slope * (double)(h + 1) * (1.0 + 0.5 * (double)k);
                s->bands[k][h * PT_BANDS + q] = middle + width[q] * sqrt((double)(h + 1));
            }
        }
        s->outcomes[k] = (struct pt_chart_outcome){ .id = "x", .bands = s->bands[k] };
    }
    s->outcomes[1].title = (struct pt_text){ "Mentorer", "Mentors" };
    s->outcomes[2].title = (struct pt_text){ "Kurser", "Courses" };
    s->outcomes[3].title = (struct pt_text){ "Begge", "Both" };
    s->chart.points = s->points;
    s->chart.outcomes = s->outcomes;
    return &s->chart;
}

static char *draw(const struct pt_chart *chart, struct pt_writer_options options)
{
    static char text[65536];
    struct pt_buffer out = { 0 };
    struct pt_error err;
    assert_int_equal(pt_plot_terminal(chart, &options, &out, &err), PT_OK);
    assert_false(out.failed);
    assert_true(out.n < sizeof text);
    memcpy(text, out.bytes, out.n + 1);
    pt_buffer_free(&out);
    return text;
}

static const struct pt_writer_options english = { .width = 60 };

static struct sample sample;

static void shows(const char *expected, const struct pt_chart *chart,
                  struct pt_writer_options options)
{
    assert_string_equal(draw(chart, options), expected);
}

static void a_fan_runs_from_figures_to_parity(void **state)
{
    (void)state;
    shows("gap in points: girls against boys (below 0: girls ahead)\n"
          "   │\n"
          "   │○  ●\n"
          "10 ┤      ●\n"
          "   │         ●  ●8.0 ░░░░░\n"
          "   │               ● ━━━▓▒▒▒▒▒▒▒▒░░░░░\n"
          "   │                 ▒▒▓━━━━━▓▓▓▒▒▒▒▒▒▒▒▒░░░░░░\n"
          " 5 ┤                   ░▒▒▒▓▓━━━━━▓▓▓▓▓▒▒▒▒▒▒▒▒▒░░░░░░░\n"
          "   │                      ░▒▒▒▓▓▓▓━━━━━▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒░\n"
          "   │                         ░░▒▒▒▓▓▓▓▓━━━━━▓▓▓▓▓▓▓▒▒▒▒▒\n"
          "   │                            ░░▒▒▒▒▒▓▓▓▓▓━━━━━▓▓▓▓▓▓▓\n"
          " 0 ┤╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌░╌░▒▒╌▒▒▓╌▓▓▓╌━━━━━▓▓\n"
          "   │╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌░╌▒▒▒╌▒▒▓╌▓▓▓╌▓━━\n"
          "   │                                      ░░░▒▒▒▒▒▒▒▓▓▓▓\n"
          "   │                                          ░░░▒▒▒▒▒▒▒\n"
          "   │                                              ░░░▒▒▒\n"
          "-5 ┤                                                  ░░\n"
          "   │\n"
          "   └───┬──────────────┬──────────────┬──────────────┬───\n"
          "     2020           2025           2030           2035\n"
          "● figures   ○ not part of the trend   ━ median\n"
          "▓▒░ the middle 50, 80 and 90 % of 20,000 futures   ╌ parity\n",
          sample_of(&sample, 6, 12, 8.0, -0.7), english);
}

static void scenarios_have_letters_and_those_on_the_baselines_rows_are_named(void **state)
{
    (void)state;
    struct pt_chart *chart = sample_of(&sample, 9, 30, -12.0, 0.1);
    const struct pt_writer_options danish = { .language = pt_language_find("da"),
                                              .width = 60,
                                              .ascii = true };
    chart->n_outcomes = 4;
    sample.outcomes[3].bands = sample.bands[0];
    chart->has_target = true;
    chart->target = -6.25;
    chart->target_year = 2030;
    shows("gab i point: piger mod drenge (under 0: piger er foran)\n"
          "    |\n"
          "  0 +~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~\n"
          "    |                                  .....\n"
          "    |                             ......::::\n"
          "    |                         .....:::::::::\n"
          " -5 +                    ....::::::::::::::#\n"
          "    |              X  ..:::::::::::##bbbbbbb\n"
          "    |             ..::::::::##bbbbbbbaaaaaaa\n"
          "    |           .::::###bbbbaaaaaa==========\n"
          "-10 +    -12,0::#bba==============##########\n"
          "    |  @@@@@@@======########################\n"
          "    |o@       .:::::::::::::::::::::::::::::\n"
          "-15 +            ...::::::::::::::::::::::::\n"
          "    |                  ...............::::::\n"
          "    |                               ........\n"
          "    |\n"
          "-20 +\n"
          "    +----+---------+---------+---------+----\n"
          "       2020      2030      2040      2050\n"
          "@ tal   o indgår ikke i trenden   = median\n"
          "#:. de midterste 50, 80 og 90 pct. af 20.000 forløb\n"
          "~ paritet   X måltal −6,2 point i 2030\n"
          "a median for 'Mentorer'   b median for 'Kurser'\n"
          "= på de samme linjer: 'Begge'\n",
          chart, danish);
}

static void four_figures_and_no_future_are_a_picture(void **state)
{
    (void)state;
    shows("gap in points: girls against boys (below 0: girls ahead)\n"
          "     │\n"
          "10.0 ┤○\n"
          "     │      ●\n"
          "     │            ●   8.0\n"
          " 7.5 ┤                  ●\n"
          "     │\n"
          "     │\n"
          "     │\n"
          " 5.0 ┤\n"
          "     │\n"
          "     │\n"
          " 2.5 ┤\n"
          "     │\n"
          "     │\n"
          "     │╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌\n"
          " 0.0 ┤╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌╌\n"
          "     │\n"
          "     └──────┬───────────┬\n"
          "          2022        2024\n"
          "● figures   ○ not part of the trend   ╌ parity\n",
          sample_of(&sample, 4, 0, 8.0, -0.7), english);
}

static void a_figure_that_is_at_parity_stands_in_the_strip(void **state)
{
    (void)state;
    struct pt_chart *chart = sample_of(&sample, 4, 5, 0.25, 0.0);
    chart->n_breaks = 1;
    chart->breaks = (const int[]){ 2022 };
    shows("gap in points: girls against boys (below 0:\n"
          "girls ahead)\n"
          " 4 ┤    ┊\n"
          "   │    ┊                        ░░░░\n"
          "   │    ┊                   ░░░░░░▒▒▒\n"
          "   │    ┊               ░░░░▒▒▒▒▒▒▒▒▒\n"
          " 2 ┤    ┊            ░░░▒▒▒▒▒▒▒▒▒▒▒▒▒\n"
          "   │    ┊         ▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓\n"
          "   │    ┊         ▒▒▒▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓▓\n"
          "   │╌╌╌╌┊╌╌╌╌╌0.2╌▓▓╌▓▓▓╌▓▓▓╌▓▓▓╌▓▓▓╌\n"
          " 0 ┤○╌╌╌●╌╌╌●╌╌╌●╌━━━━━━━━━━━━━━━━━━━\n"
          "   │╌╌╌╌┊╌╌╌╌╌╌╌╌╌▒▒╌▓▓▓╌▓▓▓╌▓▓▓╌▓▓▓╌\n"
          "   │    ┊         ▒▒▒▒▒▒▒▒▒▒▒▓▓▓▓▓▓▓▓\n"
          "   │    ┊            ░░░▒▒▒▒▒▒▒▒▒▒▒▒▒\n"
          "-2 ┤    ┊               ░░░░▒▒▒▒▒▒▒▒▒\n"
          "   │    ┊                   ░░░░░░▒▒▒\n"
          "   │    ┊                        ░░░░\n"
          "   │    ┊\n"
          "-4 ┤    ┊\n"
          "   └────┬───────┬───────┬───────┬────\n"
          "      2022    2024    2026    2028\n"
          "● figures   ○ not part of the trend\n"
          "━ median\n"
          "▓▒░ the middle 50, 80 and 90 % of 20,000\n"
          "    futures\n"
          "╌ parity   ┊ break in the series\n",
          chart, (struct pt_writer_options){ .width = 44 });
}

static void nothing_passes_the_width(void **state)
{
    (void)state;
    struct pt_writer_options options = { .width = 0 };
    for (options.width = 40; options.width < 140; options.width++) {
        for (size_t years = 0; years <= MOST_YEARS; years += 8) {
            options.ascii = options.width % 2 == 0;
            struct pt_chart *chart = sample_of(&sample, 16, years, 1234.5, -31.0);
            chart->n_outcomes = 4;
            char *text = draw(chart, options);
            for (char *line = strtok(text, "\n"); line != NULL; line = strtok(NULL, "\n")) {
                size_t most = options.width < 120 ? options.width : 120;
                assert_in_range(pt_utf8_width(line), 1, most);
                assert_int_not_equal(line[strlen(line) - 1], ' ');
            }
        }
    }
}

static void ascii_holds_nothing_else(void **state)
{
    (void)state;
    struct pt_writer_options options = english;
    options.ascii = true;
    for (char *at = draw(sample_of(&sample, 16, 30, -3.2, 0.4), options); *at != '\0'; at++) {
        assert_true((unsigned char)*at < 0x80);
    }
}

static void colours_change_no_character(void **state)
{
    (void)state;
    static char plain[65536];
    struct pt_writer_options options = english;
    struct pt_chart *chart = sample_of(&sample, 6, 30, 8.0, -0.7);
    chart->n_outcomes = 4;
    strcpy(plain, draw(chart, options));
    options.color = true;
    const char *colored = draw(chart, options);
    size_t escapes = 0;
    for (const char *at = plain; *at != '\0'; at++, colored++) {
        while (*colored == '\033') {
            colored = strchr(colored, 'm') + 1;
            escapes++;
        }
        assert_int_equal(*at, *colored);
    }
    assert_true(escapes > 20 && escapes % 2 == 0);
}

/* What stands within half a row of each value, and in the column of its year. */
static void everything_stands_where_its_value_is(void **state)
{
    (void)state;
    struct pt_arena *arena = pt_arena_new();
    struct pt_chart *chart = sample_of(&sample, 10, 24, 8.0, -0.31);
    struct pt_terminal_fan fan = { .chart = chart,
                                   .language = &pt_language_english,
                                   .glyphs = &pt_glyphs_ascii,
                                   .axis = { .low = -6.0, .high = 12.0 },
                                   .first = 2015,
                                   .last = 2048 };
    assert_true(
        pt_terminal_fan_draw(&fan, 100, 19, arena)); /* a row to a point, 3 columns to a year */
    for (size_t i = 0; i < chart->n_points; i++) {
        size_t row = (size_t)round(12.0 - sample.points[i].value);
        size_t column = (size_t)(3 * (sample.points[i].year - 2015));
        assert_string_equal(fan.canvas.places[row * 100 + column].glyph, i > 0 ? "@" : "o");
    }
    for (size_t h = 0; h < chart->n_years; h++) {
        const double *bands = sample.bands[0] + h * PT_BANDS;
        size_t column = (size_t)(3 * (2025 + (int)h - 2015));
        size_t median = (size_t)round(12.0 - bands[3]);
        assert_string_equal(fan.canvas.places[median * 100 + column].glyph, "=");
        for (size_t row = 0; row < 19; row++) {
            const char *glyph = fan.canvas.places[row * 100 + column].glyph;
            double value = 12.0 - (double)row;
            bool inside = bands[0] <= value && value <= bands[PT_BANDS - 1];
            if (glyph != NULL && strchr(".:#", *glyph) != NULL) {
                assert_true(inside);
                assert_int_equal(*glyph == '#', bands[2] <= value && value <= bands[4]);
                assert_int_equal(*glyph == '.', value < bands[1] || value > bands[5]);
            } else {
                assert_true(!inside || glyph != NULL);
            }
        }
    }
    pt_arena_free(arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_fan_runs_from_figures_to_parity),
        cmocka_unit_test(scenarios_have_letters_and_those_on_the_baselines_rows_are_named),
        cmocka_unit_test(four_figures_and_no_future_are_a_picture),
        cmocka_unit_test(a_figure_that_is_at_parity_stands_in_the_strip),
        cmocka_unit_test(nothing_passes_the_width),
        cmocka_unit_test(ascii_holds_nothing_else),
        cmocka_unit_test(colours_change_no_character),
        cmocka_unit_test(everything_stands_where_its_value_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
