/* Two groups, each by its own trend: the fan chart's canvas with two fans. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/plot/fan.h"
#include "output/table/amounts.h"

enum { GROUP, REFERENCE, GROUPS };

/* What the picture is made of: each group as a chart of its own. */
struct picture {
    struct pt_chart charts[GROUPS];
    struct pt_chart_outcome outcomes[GROUPS];
};

static const struct pt_group_series *series_of(const struct pt_groups_chart *chart, size_t k)
{
    return k == GROUP ? &chart->group : &chart->reference;
}

static void set_charts(const struct pt_groups_chart *from, struct picture *picture)
{
    for (size_t k = 0; k < GROUPS; k++) {
        const struct pt_group_series *series = series_of(from, k);
        struct pt_chart *chart = &picture->charts[k];
        *chart = *from->fan;
        chart->gap = chart->has_parity = chart->has_target = false;
        chart->group = chart->reference = (struct pt_text){ 0 };
        chart->points = series->points;
        chart->n_points = series->n_points;
        chart->lower = from->lower;
        chart->upper = from->upper;
        picture->outcomes[k] = (struct pt_chart_outcome){ .id = "", .bands = series->bands };
        chart->outcomes = &picture->outcomes[k];
        chart->n_outcomes = 1;
    }
}

static void collect_labels(struct pt_fan *fan, const struct pt_fan_detail *detail)
{
    char middle[PT_CELL_MAX], low[PT_CELL_MAX], high[PT_CELL_MAX], result[PT_PLOT_TEXT];
    for (size_t k = 0; k < GROUPS; k++) {
        const struct pt_group_series *series = series_of(fan->groups, k);
        const double *bands = series->bands + (fan->chart->n_years - 1) * PT_BANDS;
        const char *name = pt_text_in(&series->title, fan->language);
        double error = (bands[5] - bands[1]) / 4;
        struct pt_fan_label *label = &fan->labels[fan->n_labels++];
        pt_plot_say(
            result, fan->language, PT_N("%s (%s to %s)"),
            pt_plot_signed(pt_points_number(bands[PT_BANDS / 2], error, fan->language, middle)),
            pt_plot_signed(pt_points_number(bands[1], error, fan->language, low)),
            pt_plot_signed(pt_points_number(bands[5], error, fan->language, high)));
        pt_plot_wrap_evenly(*name != '\0' ? name : series->id, PT_FAN_COLUMN, detail->size, true,
                            detail->name_lines, &label->name);
        pt_plot_wrap(result, PT_FAN_COLUMN, detail->size * PT_FAN_RESULT, false,
                     detail->result_lines > 0 ? 1 : 0, &label->result);
        label->end = pt_plot_y(&fan->frame, bands[PT_BANDS / 2]);
        strcpy(label->line, k == GROUP ? "middle" : "other");
        strcpy(label->text, k == GROUP ? "middle" : "othertext");
    }
}

static void set_notes(struct pt_fan *fan)
{
    const char *own = fan->groups->group.family, *other = fan->groups->reference.family;
    struct pt_plot_remarks remarks = { .breaks = fan->chart->n_breaks > 0 };
    struct pt_chart bare = *fan->chart;
    char text[4 * PT_PLOT_TEXT], trends[PT_PLOT_TEXT], gap[PT_PLOT_TEXT], words[PT_PLOT_TEXT];
    if (own && other && strcmp(own, other) != 0) {
        pt_plot_say(trends, fan->language, PT_N("Projection: paritet, trend types %s and %s."),
                    pt_translate(fan->language, own), pt_translate(fan->language, other));
    } else {
        pt_plot_say(trends, fan->language, PT_N("Projection: paritet, trend type %s."),
                    pt_translate(fan->language, own ? own : "?"));
    }
    pt_plot_say(gap, fan->language, PT_N("The gap has a projection of its own."));
    bare.n_years = 0; /* its trend has been said */
    pt_plot_notes(&bare, fan->language, remarks, words);
    snprintf(text, sizeof text, "%s %s%s%s", trends, gap, *words ? " " : "", words);
    pt_plot_wrap(text, PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN, PT_FAN_NOTE, false, 1, &fan->notes);
}

/* Where the projection begins, above the plotting area. */
static void set_projection(struct pt_fan *fan)
{
    struct pt_fan_spot *spot = &fan->projection;
    *spot = (struct pt_fan_spot){ .shown = true, .y = fan->remark_y, .size = PT_FAN_REMARK };
    pt_plot_say(spot->text, fan->language, PT_N("projection \xe2\x86\x92"));
    double width = pt_plot_text_width(spot->text, strlen(spot->text), spot->size, false);
    spot->x = pt_plot_x(&fan->frame, fan->chart->last) + 5.0 + width / 2.0;
}

static void layout(struct pt_fan *fan, const struct picture *picture)
{
    char draws[PT_PLOT_NUMBER], words[PT_PLOT_TEXT];
    struct pt_plot_extent other = pt_plot_extent_of(&picture->charts[REFERENCE], 1);
    fan->extent = pt_plot_extent_of(fan->chart, 1);
    pt_plot_extent_join(&fan->extent, &other);
    pt_plot_number(draws, (double)fan->chart->draws, 0, fan->language);
    pt_plot_say(words, fan->language,
                PT_N("Median and the middle 50, 80 and 90 %% of %s futures; in numbers: median and "
                     "80 %% in %d"),
                draws, fan->chart->horizon);
    pt_fan_headings(fan, words);
    pt_fan_value_axis(fan);
    pt_fan_column(fan, collect_labels);
    pt_fan_years(fan);
    set_projection(fan);
    set_notes(fan);
}

static double width_of(const struct pt_chart *chart)
{
    const double *last = chart->outcomes[0].bands + (chart->n_years - 1) * PT_BANDS;
    return last[PT_BANDS - 1] - last[0];
}

/* The wider fan, the narrower one upon it, then those edges of the wider one that it covers. */
static void write_fans(struct pt_buffer *out, const struct picture *picture)
{
    static const char *const columns[] = { "2:8", "3:7", "4:6" };
    static const char *const tints[GROUPS][3] = { { "fan90", "fan80", "fan50" },
                                                  { "other90", "other80", "other50" } };
    static const int edges[] = { 2, 8, 3, 7 };
    size_t wide = width_of(&picture->charts[REFERENCE]) > width_of(&picture->charts[GROUP])
                      ? REFERENCE
                      : GROUP;
    for (size_t k = 0; k < GROUPS; k++) {
        size_t fan = k == 0 ? wide : GROUPS - 1 - wide;
        for (size_t i = 0; i < 3; i++) {
            pt_buffer_printf(out,
                             "    $baseline%zu using 1:%s with filledcurves fs solid 1 noborder "
                             "fc rgb %s, \\\n",
                             fan, columns[i], tints[fan][i]);
        }
    }
    for (size_t i = 0; i < sizeof edges / sizeof *edges; i++) {
        pt_buffer_printf(out,
                         "    $baseline%zu using 1:%d with lines lw 0.8*hair dt %s lc rgb edge%zu, "
                         "\\\n",
                         wide, edges[i], i < 2 ? "(2,3)" : "1", wide);
    }
    pt_buffer_text(out, "    $baseline1 using 1:5 with lines lw 2.9 lc rgb paper, \\\n"
                        "    $baseline1 using 1:5 with lines lw 2 dt (8,3) lc rgb other, \\\n"
                        "    $baseline0 using 1:5 with lines lw 2.4 lc rgb middle, \\\n");
}

static void write_plot(struct pt_buffer *out, const struct pt_fan *fan,
                       const struct picture *picture)
{
    const struct pt_chart *chart = fan->chart;
    for (size_t i = 0; i < chart->n_breaks; i++) {
        pt_fan_write_break(out, fan, chart->breaks[i]);
    }
    pt_buffer_printf(out,
                     "set arrow from %d, graph 0 to %d, screen Y(%.1f) nohead back lw 0.7*hair "
                     "lc rgb since\n",
                     chart->last, chart->last, fan->remark_y - 5.0);
    pt_plot_label_text(out, fan->projection.x, fan->projection.y, fan->projection.text,
                       (struct pt_plot_style){ 'R', fan->projection.size, "faint", "center" });
    pt_buffer_text(out, "\nplot \\\n");
    write_fans(out, picture);
    pt_buffer_text(out, "    $observed1 using 1:2 with linespoints pt 5 ps 0.5 lw 1.5 "
                        "lc rgb othertext, \\\n");
    pt_plot_draw_observed(out, chart, 0, 0.55);
    pt_buffer_text(out, "    NaN notitle\nset output\n");
}

/* The reference's fan in tints of vermillion, and edges of the fan that the other one covers. */
static void write_colours(struct pt_buffer *out)
{
    pt_plot_colour(out, "other90", "#fbe6d6", "#f8efe8");
    pt_plot_colour(out, "other80", "#f5cdaf", "#efdccd");
    pt_plot_colour(out, "other50", "#eaa878", "#dcbb9f");
    pt_plot_colour(out, "other", "#b34d00", "#8a3b00");
    pt_plot_colour(out, "othertext", "#8a3b00", "#6b2e00");
    pt_plot_colour(out, "edge0", "#4a9fd4", "#4d4d4d");
    pt_plot_colour(out, "edge1", "#d98a4e", "#8a3b00");
    pt_buffer_text(out, "\n");
}

void pt_plot_groups(const struct pt_groups_chart *chart, const struct pt_look *look,
                    struct pt_buffer *out)
{
    struct pt_fan *fan = calloc(1, sizeof *fan);
    struct picture picture = { 0 };

    if (fan == NULL) {
        out->failed = true;
        return;
    }
    set_charts(chart, &picture);
    fan->chart = &picture.charts[GROUP];
    fan->groups = chart;
    fan->look = pt_look_of(look);
    fan->language = fan->look.language;
    fan->about = PT_N("each group by itself");
    layout(fan, &picture);
    pt_plot_open(out, &fan->look, chart->slug, 0);
    write_colours(out);
    pt_fan_write_texts(out, fan);
    pt_plot_canvas(out, fan->language, chart->slug, PT_PLOT_HEIGHT);
    pt_plot_data_heading(out, fan->language);
    for (size_t k = 0; k < GROUPS; k++) {
        pt_plot_data(out, &picture.charts[k], k);
    }
    pt_fan_write_axes(out, fan);
    pt_fan_write_headings(out, fan);
    pt_fan_write_labels(out, fan);
    write_plot(out, fan, &picture);
    free(fan);
}

static bool has(const struct pt_facts *facts, size_t at)
{
    return facts->groups[at].has_series;
}

static void draw(const struct pt_facts *facts, size_t at, const char *slug,
                 const struct pt_look *look, struct pt_buffer *out)
{
    struct pt_groups_chart chart = facts->groups[at];
    chart.slug = slug;
    pt_plot_groups(&chart, look, out);
}

static void say(const struct pt_facts *facts, size_t at, const struct pt_language *language,
                struct pt_buffer *out)
{
    const struct pt_groups_chart *chart = &facts->groups[at];
    char middle[PT_CELL_MAX], low[PT_CELL_MAX], high[PT_CELL_MAX];

    for (size_t k = 0; k < GROUPS; k++) {
        const struct pt_group_series *series = series_of(chart, k);
        const double *bands = series->bands + (chart->fan->n_years - 1) * PT_BANDS;
        const char *name = pt_text_in(&series->title, language);
        double error = (bands[5] - bands[1]) / 4;
        pt_buffer_text(out, k > 0 ? " " : "");
        pt_buffer_say(out, language,
                      PT_N("%s, by its own trend in %d: median %s, 8 in 10 futures between %s and "
                           "%s."),
                      *name != '\0' ? name : series->id,
                      chart->fan->last + (int)chart->fan->n_years,
                      pt_points_number(bands[PT_BANDS / 2], error, language, middle),
                      pt_points_number(bands[1], error, language, low),
                      pt_points_number(bands[5], error, language, high));
    }
}

const struct pt_picture_kind pt_picture_kind_groups = {
    .name = "groups",
    .title = PT_N("each group by itself"),
    .of = PT_PICTURE_OF_PROJECTION,
    .has = has,
    .draw = draw,
    .say = say,
};
