/* When each scenario comes to parity: of one indicator on a page of its own, and of all together. */
#include "output/plot/intervals.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/plot/fan.h"

#define HEADS 24.0 /* above the rows */

static const char *about(const struct pt_chart *chart)
{
    return chart->outcomes[0].headline.target ? PT_N("year of the target with each scenario")
                                              : PT_N("year of parity with each scenario");
}

static void draw_one(const struct pt_chart *chart, struct pt_fan *fan,
                     struct pt_intervals *intervals, struct pt_buffer *out)
{
    static const double sizes[] = { 10.5, 10.0, 9.5, 9.0, 8.5, 8.0 };
    char words[PT_PLOT_TEXT];

    pt_intervals_key(chart, fan->language, words);
    pt_fan_headings(fan, words);
    pt_intervals_notes(chart, fan->language, true, words);
    pt_plot_wrap(words, PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN, PT_FAN_NOTE, false, 1, &fan->notes);
    intervals->language = fan->language;
    intervals->top = fan->unit_y + 8.0 + HEADS;
    intervals->bottom = fan->frame.bottom + 4.0;
    pt_intervals_add(intervals, chart, NULL);
    pt_intervals_choose(intervals, sizeof sizes / sizeof *sizes, sizes);
    pt_plot_open(out, &fan->look, chart->slug, 1);
    pt_fan_write_texts(out, fan);
    pt_plot_canvas(out, fan->language, chart->slug, PT_PLOT_HEIGHT);
    pt_intervals_data_heading(out, fan->language);
    pt_intervals_write_data(out, intervals, 1);
    pt_plot_picture_heading(out, fan->language);
    pt_fan_write_headings(out, fan);
    pt_intervals_write(out, intervals, 1);
    pt_buffer_text(out, "set output\n");
}

void pt_plot_scenarios(const struct pt_chart *chart, const struct pt_look *look,
                       struct pt_buffer *out)
{
    struct pt_fan *fan = calloc(1, sizeof *fan);
    struct pt_intervals *intervals = pt_intervals_new(pt_intervals_count(chart));

    if (fan == NULL || intervals == NULL) {
        out->failed = true;
    } else {
        fan->chart = chart;
        fan->look = pt_look_of(look);
        fan->language = fan->look.language;
        fan->about = about(chart);
        draw_one(chart, fan, intervals, out);
    }
    pt_intervals_free(intervals);
    free(fan);
}

static bool has(const struct pt_facts *facts, size_t at)
{
    return pt_intervals_count(&facts->charts[at]) > 0;
}

static void draw(const struct pt_facts *facts, size_t at, const char *slug,
                 const struct pt_look *look, struct pt_buffer *out)
{
    struct pt_chart chart = facts->charts[at];
    chart.slug = slug;
    pt_plot_scenarios(&chart, look, out);
}

static void say(const struct pt_facts *facts, size_t at, const struct pt_language *language,
                struct pt_buffer *out)
{
    pt_intervals_say(&facts->charts[at], language, out);
}

const struct pt_picture_kind pt_picture_kind_scenarios = {
    .name = "scenarios",
    .title = PT_N("year of parity with each scenario"),
    .of = PT_PICTURE_OF_PROJECTION,
    .has = has,
    .draw = draw,
    .say = say,
};
