/* A line for each place: its name, its newest figure, where it may go, and its chance. */
#include <math.h>
#include <string.h>

#include "output/plot/places.h"

static void write_data(struct pt_buffer *out, const struct pt_places_page *page)
{
    pt_plot_heading(
        out, page->language,
        PT_N("Data: line, newest figure, quantiles 0.10 0.50 0.90 of the projection, and "
             "80 % range of the newest figure"));
    for (size_t c = 0; c < page->columns; c++) {
        pt_buffer_printf(out, "$places%zu << EOD\n", c + 1);
        for (size_t i = c * page->rows; i < page->n && i < (c + 1) * page->rows; i++) {
            const struct pt_place_row *row = &page->places->rows[i];
            const double values[] = {
                row->value, row->p10, row->p50, row->p90, row->low, row->high
            };
            pt_buffer_printf(out, "%zu", i - c * page->rows + 1);
            for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
                pt_buffer_text(out, " ");
                pt_plot_value(out, values[k]);
            }
            pt_buffer_text(out, "\n");
        }
        pt_buffer_text(out, "EOD\n");
    }
}

static void write_lines(struct pt_buffer *out, const struct pt_places_page *page, size_t column,
                        const struct pt_plot_frame *frame)
{
    char text[PT_PLOT_TEXT];
    struct pt_plot_lines name;
    double left = PT_PLOT_MARGIN + (double)column * (page->column + PT_PLACES_COLUMN_GAP);
    for (size_t i = column * page->rows; i < page->n && i < (column + 1) * page->rows; i++) {
        const struct pt_place_row *row = &page->places->rows[i];
        double y = frame->top + page->row * ((double)(i - column * page->rows) + 0.5);
        pt_plot_wrap(pt_place_row_name(row, page->language), page->name + 0.5, page->size, false, 1,
                     &name);
        if (name.n > 0) {
            pt_plot_label_text(out, left, y, name.text[0],
                               (struct pt_plot_style){ 'R', page->size, "ink", "left" });
        }
        pt_places_figure(page, row, text);
        pt_plot_label_text(out, frame->left - PT_PLACES_GAP, y, text,
                           (struct pt_plot_style){ 'R', page->size, "ink", "right" });
        pt_places_chance(page, row, text);
        if (*text != '\0') {
            pt_plot_label_text(out, frame->right + PT_PLACES_GAP, y, text,
                               (struct pt_plot_style){ 'R', page->size, "middle", "left" });
        }
    }
    if (page->chance > 0) {
        pt_places_heading(page, text);
        pt_plot_label_text(out, frame->right + PT_PLACES_GAP, frame->top - 7.0, text,
                           (struct pt_plot_style){ 'R', PT_PLACES_LEAST, "soft", "left" });
    }
}

static void write_strip(struct pt_buffer *out, const struct pt_places_page *page,
                        const struct pt_plot_frame *frame)
{
    const struct pt_chart *chart = page->chart;
    bool target = !chart->gap && chart->has_target && chart->target >= page->strip_low &&
                  chart->target <= page->strip_high;
    const char *name = pt_translate(page->language, target ? PT_N("Target") : PT_N("Parity"));
    if (!page->has_strip) {
        return;
    }
    double span = page->axis.high - page->axis.low, width = frame->right - frame->left;
    double centre = (page->strip_low + page->strip_high) / 2;
    double half = pt_plot_text_width(name, strlen(name), PT_PLACES_LEAST, true) / 2;
    double x = frame->left + width * (centre - page->axis.low) / span;
    x = fmin(fmax(x, frame->left + half), frame->right - half);
    pt_plot_label_text(out, x, frame->top - 7.0, name,
                       (struct pt_plot_style){ 'B', PT_PLACES_LEAST, "goaltext", "center" });
    const double edges[] = { page->strip_low, page->strip_high };
    if (edges[0] < edges[1]) {
        pt_buffer_printf(out,
                         "set object rectangle from first %.10g, graph 0 to first %.10g, graph 1 "
                         "behind fs solid 1 noborder fc rgb goalfill\n",
                         edges[0], edges[1]);
    }
    for (size_t i = 0; i < (edges[0] < edges[1] ? 2 : 1); i++) {
        pt_buffer_printf(out,
                         "set arrow from first %.10g, graph 0 to first %.10g, graph 1 nohead back "
                         "lw %s lc rgb goal\n",
                         edges[i], edges[i], edges[0] < edges[1] ? "0.8*hair" : "1.4");
    }
}

static void write_axis(struct pt_buffer *out, const struct pt_places_page *page, size_t n_rows)
{
    char number[PT_PLOT_NUMBER];
    pt_buffer_text(out, "set xrange [");
    pt_plot_value(out, page->axis.low);
    pt_buffer_text(out, ":");
    pt_plot_value(out, page->axis.high);
    pt_buffer_text(out, "]\nIN(x) = x < ");
    pt_plot_value(out, page->axis.low);
    pt_buffer_text(out, " ? ");
    pt_plot_value(out, page->axis.low);
    pt_buffer_text(out, " : x > ");
    pt_plot_value(out, page->axis.high);
    pt_buffer_text(out, " ? ");
    pt_plot_value(out, page->axis.high);
    pt_buffer_printf(out, " : x\nset yrange [%.1f:0.5]\ntickfont = R(%g)\n", (double)n_rows + 0.5,
                     PT_PLACES_NOTE);
    pt_buffer_text(out, "unset grid; set grid xtics ytics back lt 1 lw 0.6*hair lc rgb rule\n"
                        "set ytics scale 0 1,1 format ''\n"
                        "set xtics scale 0.4 offset 0,tickshift nomirror out (");
    for (size_t i = 0; i < page->axis.n; i++) {
        double tick = pt_plot_axis_tick(&page->axis, i);
        pt_buffer_printf(out, "%s'%s' ", i > 0 ? ", " : "",
                         pt_plot_number(number, tick, page->axis.decimals, page->language));
        pt_plot_value(out, tick);
    }
    pt_buffer_text(out, ") font tickfont tc rgb soft\n");
}

static void write_column(struct pt_buffer *out, const struct pt_places_page *page, size_t column)
{
    struct pt_plot_frame frame = pt_places_frame(page, column);
    size_t left = page->n - column * page->rows;
    size_t k = column + 1;
    pt_buffer_text(out, "\nunset label; unset arrow; unset object\n");
    pt_plot_margins(out, &frame);
    write_axis(out, page, left < page->rows ? left : page->rows);
    write_lines(out, page, column, &frame);
    write_strip(out, page, &frame);
    pt_buffer_printf(
        out,
        "plot \\\n"
        "    $places%zu using (IN($3)):1:(IN($5)-IN($3)):(0) with vectors nohead lw %.1f lc rgb fan80, \\\n"
        "    $places%zu using ($4 == IN($4) ? $4 : NaN):($1-0.3):(0):(0.6) with vectors nohead lw 2 lc rgb middle, \\\n"
        "    $places%zu using 6:1:($7-$6):(0) with vectors nohead lw 1.2 lc rgb ink, \\\n"
        "    $places%zu using 2:1 with points pt 7 ps %.2f lc rgb ink, \\\n"
        "    NaN notitle\n",
        k, 0.4 * page->row, k, k, k, page->size / 17.0);
}

static void write_page(struct pt_buffer *out, const struct pt_places_page *page, const char *slug)
{
    const double left = PT_PLOT_MARGIN;
    pt_plot_open(out, &page->look, slug, 0);
    pt_plot_variables(out, "title", &page->title);
    pt_plot_variables(out, "subtitle", &page->subtitle);
    pt_plot_variables(out, "unit", &page->unit);
    pt_plot_variables(out, "notes", &page->notes);
    pt_plot_variables(out, "source", &page->source);
    pt_plot_canvas(out, page->language, slug, page->height);
    write_data(out, page);
    pt_plot_picture_heading(out, page->language);
    pt_buffer_text(out, "set multiplot\n");
    pt_plot_labels(out, left, 28.0, PT_PLACES_TITLE * PT_PLACES_LEADING, "title", &page->title,
                   (struct pt_plot_style){ 'B', PT_PLACES_TITLE, "ink", "left" });
    pt_plot_labels(out, left, page->subtitle_y, PT_PLACES_SUBTITLE * PT_PLACES_LEADING, "subtitle",
                   &page->subtitle,
                   (struct pt_plot_style){ 'R', PT_PLACES_SUBTITLE, "soft", "left" });
    pt_plot_labels(out, left, page->unit_y, 0.0, "unit", &page->unit,
                   (struct pt_plot_style){ 'R', PT_PLACES_UNIT, "soft", "left" });
    pt_plot_labels(out, left, page->height - 26.5, 0.0, "notes", &page->notes,
                   (struct pt_plot_style){ 'R', PT_PLACES_NOTE, "faint", "left" });
    pt_plot_labels(out, left, page->height - 16.0, 0.0, "source", &page->source,
                   (struct pt_plot_style){ 'R', PT_PLACES_NOTE, "faint", "left" });
    /* An empty plot carries the headings, as on a page of small multiples. */
    pt_buffer_text(out, "set xrange [0:1]; set yrange [0:1]; unset border; unset tics\n"
                        "plot NaN notitle\n"
                        "set border 1 lw 0.8*hair lc rgb faint\n");
    for (size_t c = 0; c < page->columns; c++) {
        write_column(out, page, c);
    }
    pt_buffer_text(out, "\nunset multiplot\nset output\n");
}

void pt_plot_places(const struct pt_place_rows *places, const char *slug,
                    const struct pt_look *look, struct pt_buffer *out)
{
    struct pt_places_page page = { .places = places,
                                   .chart = places->rows[0].chart,
                                   .look = pt_look_of(look),
                                   .language = pt_look_of(look).language };
    pt_places_layout(&page);
    write_page(out, &page, slug);
}
