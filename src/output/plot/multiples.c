#include "output/plot/plot.h"

#include <math.h>
#include <string.h>

/* Font sizes on the page. */
#define TITLE    14.5
#define SUBTITLE 10.0
#define NAME     8.5
#define SMALL    7.5
#define UNIT     7.0
#define SMALLEST 6.5

#define PANEL_HEIGHT 124.0 /* at least; the page grows with its panels */
#define PANEL_MOST   340.0
#define PANEL_GAP    16.0
#define FOOTER       36.0
#define TICK_WIDTH   40.0 /* of a panel, left of its plotting area */
#define STANDING     10.0 /* the line that says where a panel's indicator stands */
#define MOST_TICKS   4
#define FILLED       0.4 /* of a common scale, by the data of a panel */

struct page {
    const struct pt_multiples *of;
    const struct pt_chart *charts;
    size_t n, columns, rows;
    struct pt_look look;
    const struct pt_language *language; /* of the look */
    bool same_indicator;                /* at several places: the place names the panel */
    bool same_scale; /* and all have one scale, unless one place would flatten the others */
    struct pt_plot_lines title, subtitle, scale, source;
    double scale_y, top, panel_width, panel_height, height;
    struct pt_plot_extent extent; /* of the common scale */
    unsigned answer_form;         /* of all headlines, so that they can be compared */
    double answer_size, year_low, year_high;
    char text[2 * PT_PLOT_TEXT];
};

static size_t columns_for(size_t n)
{
    return n <= 3 ? n : n == 4 ? 2 : n <= 9 ? 3 : n <= 16 ? 4 : 5;
}

static void name_panel(struct page *page, size_t i, struct pt_plot_lines *lines)
{
    const struct pt_chart *chart = &page->charts[i];
    const char *place = pt_text_in(&chart->place_title, page->language);
    const char *title = pt_text_in(&chart->title, page->language);

    if (page->same_indicator && *place != '\0') {
        snprintf(page->text, sizeof page->text, "%s", place);
    } else if (page->of->title != NULL && !page->title.cut && *title != '\0' &&
               pt_title_names(page->of->title, place)) {
        snprintf(page->text, sizeof page->text, "%s", title);
    } else {
        pt_plot_title(chart, page->language, page->text);
    }
    pt_plot_wrap_evenly(page->text, page->panel_width, NAME, true, 3, lines);
}

/* Panels of a row begin at one height, below the longest of their names. */
static size_t name_lines(struct page *page, size_t i)
{
    size_t first = i / page->columns * page->columns, most = 0;
    struct pt_plot_lines lines;

    for (size_t k = first; k < first + page->columns && k < page->n; k++) {
        name_panel(page, k, &lines);
        most = lines.n > most ? lines.n : most;
    }
    return most;
}

/* The one source of all panels, or a word on where to find theirs. */
static void sources(struct page *page)
{
    bool same = true;

    for (size_t i = 1; i < page->n; i++) {
        const char *a = page->charts[0].source, *b = page->charts[i].source;
        same &= (a == NULL && b == NULL) || (a != NULL && b != NULL && strcmp(a, b) == 0);
    }
    if (same && page->n > 0) {
        pt_plot_source(&page->charts[0], page->language, page->text);
    } else {
        pt_plot_say(page->text, page->language, PT_N("Sources: see the chart of each indicator."));
    }
    pt_plot_wrap(page->text, PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN, SMALL, false, 1, &page->source);
}

/* One scale for all, if at least half of the panels fill a good part of it. */
static void choose_scale(struct page *page)
{
    size_t n_filled = 0;

    for (size_t i = 0; i < page->n; i++) {
        struct pt_plot_extent extent = pt_plot_extent_of(&page->charts[i], 1);
        pt_plot_extent_join(&page->extent, &extent);
    }
    for (size_t i = 0; i < page->n; i++) {
        struct pt_plot_extent extent = pt_plot_extent_of(&page->charts[i], 1);
        n_filled += extent.high - extent.low >= FILLED * (page->extent.high - page->extent.low);
    }
    page->same_scale = page->same_indicator && 2 * n_filled >= page->n;
}

static void headings(struct page *page, const char *title)
{
    char draws[PT_PLOT_NUMBER], words[PT_PLOT_TEXT] = "", scale[PT_PLOT_TEXT];
    double width = PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN;
    bool named = page->same_indicator, breaks = false;

    snprintf(page->text, sizeof page->text, "%s%s%s", title, named && *title != '\0' ? ": " : "",
             named ? pt_text_in(&page->charts[0].title, page->language) : "");
    pt_plot_wrap_evenly(page->text, width, TITLE, true, 2, &page->title);
    if (page->n > 0) {
        pt_plot_number(draws, (double)page->charts[0].draws, 0, page->language);
        pt_plot_say(words, page->language,
                    PT_N("If nothing new is done: median and the middle 50, 80 and 90 %% of %s "
                         "futures. Level strip or line: parity or target."),
                    draws);
    }
    for (size_t i = 0; i < page->n; i++) {
        breaks |= page->charts[i].n_breaks > 0;
    }
    snprintf(page->text, sizeof page->text, "%s%s%s", words, breaks ? " " : "",
             breaks ? pt_translate(page->language, PT_N("Dotted: a break in the series.")) : "");
    pt_plot_wrap_evenly(page->text, width, SUBTITLE, false, 2, &page->subtitle);
    page->scale_y = 29.0 + 18.0 * (double)page->title.n + 12.4 * (double)page->subtitle.n;
    if (named) {
        pt_plot_axis_title(&page->charts[0], page->language, page->extent.low < 0.0, scale);
        pt_plot_say(words, page->language,
                    page->same_scale ? PT_N("Same scale: %s") : PT_N("Each its own scale: %s"),
                    scale);
        pt_plot_wrap(words, width, SUBTITLE, false, 1, &page->scale);
    }
    page->top = page->scale_y + 12.4 * (double)page->scale.n + 3.0;
    sources(page);
}

static void arrange(struct page *page)
{
    double room = PT_PLOT_HEIGHT - page->top - FOOTER;

    page->columns = columns_for(page->n);
    page->rows = page->n > 0 ? (page->n + page->columns - 1) / page->columns : 0;
    if (page->n > 0) {
        double columns = (double)page->columns;
        page->panel_width =
            (PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN - (columns - 1.0) * PANEL_GAP) / columns;
        room = (room + PANEL_GAP) / (double)page->rows - PANEL_GAP;
    }
    page->panel_height = fmin(fmax(room, PANEL_HEIGHT), PANEL_MOST);
    page->height = fmax(PT_PLOT_HEIGHT, page->top + FOOTER - PANEL_GAP +
                                            (double)page->rows * (page->panel_height + PANEL_GAP));

    struct pt_plot_frame frame = { .left = 0.0, .right = page->panel_width };
    for (size_t i = 0; i < page->n; i++) {
        pt_plot_frame_years(&frame, &page->charts[i]);
        page->year_low = fmin(page->year_low, frame.year_low);
        page->year_high = fmax(page->year_high, frame.year_high);
    }
}

/* The axes of a panel, and the plotting area they leave below its name, answer and unit. */
static void frame_panel(struct page *page, size_t i, double x, double y,
                        struct pt_plot_frame *frame)
{
    const struct pt_chart *chart = &page->charts[i];
    struct pt_plot_extent extent =
        page->same_scale ? page->extent : pt_plot_extent_of(chart, pt_plot_has_fan(chart));
    char number[PT_PLOT_NUMBER];
    double widest = 0.0;

    frame->top = y + 10.5 * (double)name_lines(page, i) + (page->same_indicator ? 18.0 : 27.0) +
                 (page->of->standing != NULL ? STANDING : 0.0);
    frame->bottom = y + page->panel_height - 12.0;
    frame->value = pt_plot_axis_choose(extent.low, extent.high, extent.lower, extent.upper,
                                       page->panel_height > 180.0 ? MOST_TICKS + 2 : MOST_TICKS);
    for (size_t k = 0; k < frame->value.n; k++) {
        pt_plot_number(number, pt_plot_axis_tick(&frame->value, k), frame->value.decimals,
                       page->language);
        widest = fmax(widest, pt_plot_text_width(number, strlen(number), SMALL, false));
    }
    frame->left = x + widest + 6.0;
    frame->right = x + page->panel_width - 8.0;
    frame->year_low = page->year_low;
    frame->year_high = page->year_high;
    frame->year_named = page->year_high;
}

static bool answer_fits(struct page *page, size_t i, unsigned form, double size)
{
    const struct pt_chart *chart = &page->charts[i];
    struct pt_plot_lines lines = { .n = 0 };

    if (pt_plot_has_fan(chart)) {
        pt_plot_headline(&chart->outcomes[0].headline, page->language, form, page->text);
        pt_plot_wrap(page->text, page->panel_width, size, false, 1, &lines);
    }
    return !lines.cut;
}

/* The fullest form of the headline, and the largest size, in which all of them fit. */
static void choose_answers(struct page *page)
{
    for (unsigned form = 0; form < PT_PLOT_FORMS; form++) {
        for (double size = SMALL; size > SMALLEST - 0.1; size -= 0.5) {
            bool fit = true;
            for (size_t i = 0; i < page->n && fit; i++) {
                fit = answer_fits(page, i, form, size);
            }
            page->answer_form = form;
            page->answer_size = size;
            if (fit) {
                return;
            }
        }
    }
}

static void write_answer(struct pt_buffer *out, struct page *page, const struct pt_chart *chart,
                         double x, double y)
{
    struct pt_plot_lines lines = { .n = 0 };

    if (pt_plot_has_fan(chart)) {
        pt_plot_headline(&chart->outcomes[0].headline, page->language, page->answer_form,
                         page->text);
        pt_plot_wrap(page->text, page->panel_width, page->answer_size, false, 1, &lines);
    }
    if (lines.n > 0) {
        pt_plot_label_text(out, x, y, lines.text[0],
                           (struct pt_plot_style){ 'R', page->answer_size, "middle", "left" });
    }
}

static void write_standing(struct pt_buffer *out, const struct page *page, size_t i, double x,
                           double y)
{
    static const char *const colours[] = { "faint", "green", "yellow", "red" };
    enum pt_standing_word word = page->of->standing[i];
    char text[PT_PLOT_TEXT];

    snprintf(text, sizeof text, "%s %s", pt_standing_sign(word),
             pt_translate(page->language, pt_standing_name(word)));
    pt_plot_label_text(
        out, x, y, text,
        (struct pt_plot_style){ 'B', SMALL, colours[pt_standing_colour(word)], "left" });
}

static void write_words(struct pt_buffer *out, struct page *page, size_t i, double x, double y)
{
    const struct pt_chart *chart = &page->charts[i];
    struct pt_plot_lines lines = { .n = 0 };

    name_panel(page, i, &lines);
    for (size_t k = 0; k < lines.n; k++) {
        pt_plot_label_text(out, x, y + 4.0 + 10.5 * (double)k, lines.text[k],
                           (struct pt_plot_style){ 'B', NAME, "ink", "left" });
    }
    y += 10.5 * (double)lines.n + 3.5;
    if (page->of->standing != NULL) {
        write_standing(out, page, i, x, y);
        y += STANDING;
    }
    write_answer(out, page, chart, x, y);
    y += 10.0;
    for (int signs = 1; signs >= 0; signs--) {
        pt_plot_axis_title(chart, page->language, signs, page->text);
        pt_plot_wrap(page->text, page->panel_width, UNIT, false, 1, &lines);
        if (!lines.cut) {
            break;
        }
    }
    if (lines.cut) {
        pt_plot_wrap(pt_plot_unit(chart, page->language), page->panel_width, UNIT, false, 1,
                     &lines);
    }
    if (lines.n > 0 && !page->same_indicator) {
        pt_plot_label_text(out, x, y, lines.text[0],
                           (struct pt_plot_style){ 'R', UNIT, "faint", "left" });
    }
}

static void write_panel(struct pt_buffer *out, struct page *page, size_t i)
{
    const struct pt_chart *chart = &page->charts[i];
    size_t column = i % page->columns, row = i / page->columns;
    double x = PT_PLOT_MARGIN + (double)column * (page->panel_width + PANEL_GAP);
    double y = page->top + (double)row * (page->panel_height + PANEL_GAP);
    double low, high;
    struct pt_plot_frame frame;

    frame_panel(page, i, x, y, &frame);
    pt_buffer_text(out, "\nunset label; unset arrow; unset object\n");
    pt_plot_margins(out, &frame);
    pt_plot_axes(out, &frame,
                 pt_plot_year_step((int)(frame.year_high - frame.year_low),
                                   (size_t)fmax((page->panel_width - TICK_WIDTH) / 30.0, 2.0)),
                 SMALL, page->language);
    write_words(out, page, i, x, y);
    for (size_t b = 0; b < chart->n_breaks; b++) {
        pt_buffer_printf(out,
                         "set arrow from %.1f, graph 0 to %.1f, graph 1 nohead dt (1,3) lw hair "
                         "lc rgb faint\n",
                         chart->breaks[b] - 0.5, chart->breaks[b] - 0.5);
    }
    bool strip = pt_plot_strip(chart, &frame, &low, &high);
    pt_plot_rectangle(out, strip, low, high);
    pt_buffer_text(out, "plot \\\n");
    if (pt_plot_has_fan(chart)) {
        pt_plot_draw_fan(out, i + 1);
    }
    if (strip) {
        pt_plot_draw_goal(out, low, high);
    }
    if (pt_plot_has_fan(chart)) {
        pt_buffer_printf(out, "    $baseline%zu using 1:5 with lines lw 1.6 lc rgb middle, \\\n",
                         i + 1);
    }
    pt_plot_draw_observed(out, chart, i + 1, 0.25);
    pt_buffer_text(out, "    NaN notitle\n");
}

static void write_page(struct pt_buffer *out, struct page *page)
{
    const double left = PT_PLOT_MARGIN;

    pt_plot_open(out, &page->look, page->of->slug, 0);
    if (page->of->standing != NULL) {
        pt_plot_colour(out, "green", "#00684c", "#004d38");
        pt_plot_colour(out, "yellow", "#8a5a00", "#6b4600");
        pt_plot_colour(out, "red", "#a8123e", "#9c1144");
        pt_buffer_text(out, "\n");
    }
    pt_plot_variables(out, "title", &page->title);
    pt_plot_variables(out, "subtitle", &page->subtitle);
    pt_plot_variables(out, "scale", &page->scale);
    pt_plot_variables(out, "source", &page->source);
    pt_plot_canvas(out, page->language, page->of->slug, page->height);
    pt_plot_data_heading(out, page->language);
    for (size_t i = 0; i < page->n; i++) {
        pt_plot_data(out, &page->charts[i], i + 1);
    }
    pt_plot_picture_heading(out, page->language);
    pt_buffer_text(out, "set multiplot\n");
    pt_plot_labels(out, left, 28.0, 18.0, "title", &page->title,
                   (struct pt_plot_style){ 'B', TITLE, "ink", "left" });
    pt_plot_labels(out, left, 29.0 + 18.0 * (double)page->title.n, 12.4, "subtitle",
                   &page->subtitle, (struct pt_plot_style){ 'R', SUBTITLE, "soft", "left" });
    pt_plot_labels(out, left, page->scale_y, 0.0, "scale", &page->scale,
                   (struct pt_plot_style){ 'R', SUBTITLE, "soft", "left" });
    pt_plot_labels(out, left, page->height - 16.0, 0.0, "source", &page->source,
                   (struct pt_plot_style){ 'R', SMALL, "faint", "left" });
    /* An empty plot carries the headings, so that the panels need not know of them. */
    pt_buffer_text(out, "set xrange [0:1]; set yrange [0:1]; unset border; unset tics\n"
                        "plot NaN notitle\n"
                        "set border 1 lw 0.8*hair lc rgb faint\n");
    for (size_t i = 0; i < page->n; i++) {
        write_panel(out, page, i);
    }
    pt_buffer_text(out, "\nunset multiplot\nset output\n");
}

void pt_plot_multiples(const struct pt_multiples *multiples, const struct pt_look *look,
                       struct pt_buffer *out)
{
    size_t n = multiples->n;
    struct page page = {
        .of = multiples,
        .charts = multiples->charts,
        .n = n,
        .look = pt_look_of(look),
        .language = pt_look_of(look).language,
        .same_indicator = n > 1,
        .extent = { HUGE_VAL, -HUGE_VAL, HUGE_VAL, -HUGE_VAL },
        .year_low = HUGE_VAL,
        .year_high = -HUGE_VAL,
    };

    for (size_t i = 1; i < n; i++) {
        page.same_indicator &= strcmp(page.charts[i].id, page.charts[0].id) == 0;
    }
    choose_scale(&page);
    headings(&page, multiples->title != NULL ? multiples->title : "");
    arrange(&page);
    choose_answers(&page);
    write_page(out, &page);
}
