#include "output/plot/fan.h"
#include "output/table/amounts.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define MOST_YEARS 14.0 /* named on the axis */

void pt_fan_write_texts(struct pt_buffer *out, const struct pt_fan *fan)
{
    char name[32];

    pt_plot_variables(out, "title", &fan->title);
    pt_plot_variables(out, "subtitle", &fan->subtitle);
    pt_plot_variables(out, "unit", &fan->unit);
    pt_plot_variables(out, "notes", &fan->notes);
    pt_plot_variables(out, "source", &fan->source);
    for (size_t i = 0; i < fan->n_labels; i++) {
        snprintf(name, sizeof name, "label%zu_name", i + 1);
        pt_plot_variables(out, name, &fan->labels[i].name);
        snprintf(name, sizeof name, "label%zu_text", i + 1);
        pt_plot_variables(out, name, &fan->labels[i].result);
    }
}

static void write_data(struct pt_buffer *out, const struct pt_fan *fan)
{
    pt_plot_data_heading(out, fan->language);
    pt_plot_data(out, fan->chart, 0);
    for (size_t i = 0; i < fan->n_lines; i++) {
        pt_buffer_printf(out, "$scenario%zu << EOD\n", i + 1);
        pt_plot_scenario(out, fan->chart, fan->lines[i], fan->apart);
        pt_buffer_text(out, "EOD\n");
    }
}

void pt_fan_write_headings(struct pt_buffer *out, const struct pt_fan *fan)
{
    const double left = PT_PLOT_MARGIN;

    pt_plot_labels(out, left, 28.0, fan->title_size * PT_FAN_LEADING, "title", &fan->title,
                   (struct pt_plot_style){ 'B', fan->title_size, "ink", "left" });
    pt_plot_labels(out, left, fan->subtitle_y, PT_FAN_SUBTITLE * PT_FAN_LEADING, "subtitle",
                   &fan->subtitle, (struct pt_plot_style){ 'R', PT_FAN_SUBTITLE, "soft", "left" });
    pt_plot_labels(out, left, fan->unit_y, 0.0, "unit", &fan->unit,
                   (struct pt_plot_style){ 'R', PT_FAN_UNIT, "soft", "left" });
    pt_plot_labels(out, left, fan->notes_y, 0.0, "notes", &fan->notes,
                   (struct pt_plot_style){ 'R', PT_FAN_NOTE, "faint", "left" });
    pt_plot_labels(out, left, fan->source_y, 10.5, "source", &fan->source,
                   (struct pt_plot_style){ 'R', PT_FAN_NOTE, "faint", "left" });
}

/* A column of names, each joined to the end of its line. */
void pt_fan_write_labels(struct pt_buffer *out, const struct pt_fan *fan)
{
    const double edge = fan->frame.right, x = edge + PT_FAN_GUTTER;
    char name[32];

    for (size_t i = 0; i < fan->n_labels; i++) {
        const struct pt_fan_label *label = &fan->labels[i];
        double spacing = PT_FAN_LEADING * label->size, small = PT_FAN_RESULT;
        double y = label->centre - label->height / 2.0 + spacing / 2.0;

        if (!label->leaving) {
            pt_buffer_printf(out,
                             "set arrow from screen X(%.1f), Y(%.1f) to screen X(%.1f), Y(%.1f) "
                             "nohead lw 1 lc rgb %s front\n",
                             edge + 2.0, label->end, edge + PT_FAN_LEADER, y, label->line);
        }
        snprintf(name, sizeof name, "label%zu_name", i + 1);
        pt_plot_labels(out, x, y, spacing, name, &label->name,
                       (struct pt_plot_style){ 'B', label->size, label->text, "left" });
        y += spacing * ((double)label->name.n - 0.5 + small / 2.0);
        snprintf(name, sizeof name, "label%zu_text", i + 1);
        pt_plot_labels(out, x, y, spacing * small, name, &label->result,
                       (struct pt_plot_style){ 'R', label->size * small, "soft", "left" });
    }
}

static void write_spot(struct pt_buffer *out, const struct pt_fan_spot *spot, const char *colour)
{
    if (spot->shown) {
        pt_plot_label_text(
            out, spot->x, spot->y, spot->text,
            (struct pt_plot_style){ spot->bold ? 'B' : 'R', spot->size, colour, "center" });
    }
}

void pt_fan_write_break(struct pt_buffer *out, const struct pt_fan *fan, int year)
{
    pt_buffer_printf(out,
                     "set arrow from %.1f, graph 0 to %.1f, screen Y(%.1f) nohead "
                     "dt (1,3) lw hair lc rgb faint\n",
                     year - 0.5, year - 0.5, fan->frame.top - 2.0);
}

static void write_spots(struct pt_buffer *out, const struct pt_fan *fan)
{
    const struct pt_chart *chart = fan->chart;

    for (size_t i = 0; i < chart->n_breaks; i++) {
        pt_fan_write_break(out, fan, chart->breaks[i]);
        if (i < PT_FAN_BREAKS) {
            write_spot(out, &fan->breaks[i], "faint");
        }
    }
    if (pt_plot_has_fan(chart)) {
        pt_buffer_printf(out,
                         "set arrow from %d, graph 0 to %d, screen Y(%.1f) nohead back lw 0.7*hair "
                         "lc rgb since\n",
                         chart->last, chart->last, fan->remark_y - 5.0);
    }
    write_spot(out, &fan->projection, "faint");
    write_spot(out, &fan->value, "ink");
    write_spot(out, &fan->target, "goaltext");
    for (size_t i = 0; i < PT_FAN_BANDS; i++) {
        write_spot(out, &fan->bands[i], "fantext");
    }
}

/* The baseline is solid; a scenario is dashed, on white, and only where it differs. */
static void write_lines(struct pt_buffer *out, const struct pt_fan *fan)
{
    static const char *const dashes[] = { "(8,3)", "(3.5,2.5)", "(9,3,2,3)",
                                          "(5,2.5,1.5,2.5,1.5,2.5)", "(1.5,2.5)" };
    const size_t n_dashes = sizeof dashes / sizeof *dashes;

    for (size_t i = 0; i < fan->n_lines; i++) {
        if (pt_fan_stands_apart(fan, fan->lines[i])) {
            pt_buffer_printf(out,
                             "    $scenario%zu using 1:($3 == 1 ? $2 : NaN) with lines lw 2.9 "
                             "lc rgb paper, \\\n",
                             i + 1);
        }
    }
    pt_buffer_text(out, "    $baseline0 using 1:5 with lines lw 2.4 lc rgb middle, \\\n");
    for (size_t i = 0; i < fan->n_lines; i++) {
        if (pt_fan_stands_apart(fan, fan->lines[i])) {
            pt_buffer_printf(out,
                             "    $scenario%zu using 1:($3 == 1 ? $2 : NaN) with lines lw 1.8 "
                             "dt %s lc rgb line%zu, \\\n",
                             i + 1, dashes[i % n_dashes], i + 1);
        }
    }
}

static void write_plot(struct pt_buffer *out, const struct pt_fan *fan)
{
    const struct pt_chart *chart = fan->chart;

    pt_plot_rectangle(out, fan->has_strip, fan->strip_low, fan->strip_high);
    pt_buffer_text(out, "\nplot \\\n");
    if (pt_plot_has_fan(chart)) {
        pt_plot_draw_fan(out, 0);
    }
    if (fan->has_strip) {
        pt_plot_draw_goal(out, fan->strip_low, fan->strip_high);
    }
    if (pt_plot_has_fan(chart)) {
        write_lines(out, fan);
    }
    pt_plot_draw_observed(out, chart, 0, 0.55);
    if (fan->has_target) {
        pt_buffer_printf(out, "    '+' using (%d):(", chart->target_year);
        pt_plot_value(out, chart->target);
        pt_buffer_text(out, ") every ::0::0 with points pt 13 ps 0.9 lc rgb goaltext, \\\n");
    }
    pt_buffer_text(out, "    NaN notitle\nset output\n");
}

void pt_fan_write_axes(struct pt_buffer *out, const struct pt_fan *fan)
{
    int n_years = (int)(fan->frame.year_high - fan->frame.year_low);
    double most = fmin((fan->frame.right - fan->frame.left) / 34.0, MOST_YEARS);

    pt_plot_picture_heading(out, fan->language);
    pt_plot_margins(out, &fan->frame);
    pt_plot_axes(out, &fan->frame, pt_plot_year_step(n_years, (size_t)most), PT_FAN_TICKS,
                 fan->language);
}

void pt_plot_fan(const struct pt_chart *chart, const struct pt_look *look, struct pt_buffer *out)
{
    struct pt_fan *fan = calloc(1, sizeof *fan);

    if (fan == NULL) {
        out->failed = true;
        return;
    }
    fan->chart = chart;
    fan->look = pt_look_of(look);
    fan->language = fan->look.language;
    pt_fan_layout(fan);
    pt_fan_spots(fan);

    pt_plot_open(out, &fan->look, chart->slug, fan->n_lines);
    pt_fan_write_texts(out, fan);
    pt_plot_canvas(out, fan->language, chart->slug, PT_PLOT_HEIGHT);
    write_data(out, fan);
    pt_fan_write_axes(out, fan);
    pt_fan_write_headings(out, fan);
    pt_fan_write_labels(out, fan);
    write_spots(out, fan);
    write_plot(out, fan);
    free(fan);
}

static bool has(const struct pt_facts *facts, size_t at)
{
    return at < facts->n_charts;
}

static void draw(const struct pt_facts *facts, size_t at, const char *slug,
                 const struct pt_look *look, struct pt_buffer *out)
{
    struct pt_chart chart = facts->charts[at];
    chart.slug = slug;
    pt_plot_fan(&chart, look, out);
}

static void say(const struct pt_facts *facts, size_t at, const struct pt_language *language,
                struct pt_buffer *out)
{
    const struct pt_chart *chart = &facts->charts[at];
    const struct pt_chart_point *points = chart->points;
    size_t n = chart->n_points;
    char newest[PT_CELL_MAX], number[4][PT_CELL_MAX];

    if (n == 0 || !pt_plot_has_fan(chart)) {
        return;
    }
    const double *bands = chart->outcomes[0].bands + (chart->n_years - 1) * PT_BANDS;
    const size_t shown[] = { 2, 4, 1, 5 };
    for (size_t i = 0; i < 4; i++) {
        pt_points_number(bands[shown[i]], (bands[5] - bands[1]) / 4, language, number[i]);
    }
    pt_points_number(points[n - 1].value, pow(10, 1 - (double)chart->decimals), language, newest);
    pt_buffer_say(
        out, language,
        PT_N("Figures from %d to %d, the newest %s, and a fan of futures if nothing new is "
             "done: in %d half of them lie between %s and %s, 8 in 10 between %s and %s."),
        points[0].year, points[n - 1].year, newest, chart->last + (int)chart->n_years, number[0],
        number[1], number[2], number[3]);
}

const struct pt_picture_kind pt_picture_kind_fan = {
    .name = "fan",
    .title = PT_N("fan chart"),
    .of = PT_PICTURE_OF_PROJECTION,
    .has = has,
    .draw = draw,
    .say = say,
};
