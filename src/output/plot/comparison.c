/* The scenarios of all indicators on one page, below one another on the same years. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/plot/fan.h"
#include "output/plot/intervals.h"

#define NAME     9.0
#define HEADS    28.0 /* above the rows */
#define TICKS    18.0
#define FOOTER   34.0
#define GUTTER   26.0 /* between two columns */
#define ONE_MOST 17   /* rows and headings in one column */

struct page {
    const struct pt_facts *facts;
    struct pt_look look;
    const struct pt_language *language; /* of the look */
    const struct pt_chart *first;       /* shown */
    size_t n_panels, n_columns;
    bool same_indicator; /* at several places: the place names the panel */
    struct pt_intervals *columns[2];
    struct pt_plot_lines title, subtitle, notes;
    double top, height;
};

static size_t count_lines(const struct pt_facts *facts, size_t *n_panels)
{
    size_t n_lines = 0;

    *n_panels = 0;
    for (size_t i = 0; i < facts->n_charts; i++) {
        size_t n = pt_intervals_count(&facts->charts[i]);
        n_lines += n > 0 ? n + 1 : 0;
        *n_panels += n > 0;
    }
    return n_lines;
}

static void headings(struct page *page)
{
    const struct pt_language *language = page->language;
    const double width = PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN;
    const char *title = pt_text_in(&page->facts->run->model->title, language);
    char text[2 * PT_PLOT_TEXT], words[PT_PLOT_TEXT];

    if (page->same_indicator) {
        title = pt_text_in(&page->first->title, language);
    }
    snprintf(text, sizeof text, "%s%s%s", title, *title != '\0' ? ": " : "",
             pt_translate(language, PT_N("year of parity with each scenario")));
    pt_plot_wrap_evenly(text, width, PT_FAN_TITLE, true, 2, &page->title);
    pt_intervals_key(page->first, language, words);
    pt_plot_wrap_evenly(words, width, PT_FAN_SUBTITLE, false, 2, &page->subtitle);
    pt_intervals_notes(page->first, language, false, words);
    pt_plot_wrap(words, width, PT_FAN_NOTE, false, 2, &page->notes);
    page->top = 28.0 +
                PT_FAN_LEADING * ((double)page->title.n * PT_FAN_TITLE +
                                  (double)page->subtitle.n * PT_FAN_SUBTITLE) +
                HEADS;
}

/* Half of the rows each, but no panel apart. */
static void fill_columns(struct page *page, size_t n_lines)
{
    char text[PT_PLOT_TEXT];
    size_t column = 0;

    for (size_t i = 0; i < page->facts->n_charts; i++) {
        const struct pt_chart *chart = &page->facts->charts[i];
        size_t n = pt_intervals_count(chart), before = page->columns[column]->n;
        if (n == 0) {
            continue;
        }
        if (page->n_columns == 2 && column == 0 && before > 0 &&
            before + (n + 1) / 2 > n_lines / 2) {
            column = 1;
        }
        pt_plot_title(chart, page->language, text);
        pt_intervals_add(page->columns[column], chart,
                         page->same_indicator ? pt_text_in(&chart->place_title, page->language)
                                              : text);
    }
    page->n_columns = column + 1;
}

static bool arrange(struct page *page, size_t n_lines)
{
    static const double sizes[] = { NAME, 8.5, 8.0 };
    double width = PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN, lowest = 0.0;
    int first = INT_MAX;
    bool already = false;

    page->n_columns = n_lines > ONE_MOST ? 2 : 1;
    width = page->n_columns == 2 ? (width - GUTTER) / 2.0 : width;
    for (size_t i = 0; i < page->n_columns; i++) {
        struct pt_intervals *column = pt_intervals_new(n_lines);
        if (column == NULL) {
            return false;
        }
        page->columns[i] = column;
        column->language = page->language;
        column->left = PT_PLOT_MARGIN + (double)i * (width + GUTTER);
        column->right = column->left + width;
        column->top = page->top;
        column->bottom = PT_PLOT_HEIGHT - FOOTER - TICKS;
        column->widest_name = page->n_columns == 2 ? 120.0 : 190.0;
        column->most = page->n_columns == 2 ? 26.0 : 40.0;
        column->head_size = 8.5;
    }
    fill_columns(page, n_lines);
    for (size_t i = 0; i < page->n_columns; i++) {
        first = page->columns[i]->first < first ? page->columns[i]->first : first;
        for (size_t k = 0; k < page->columns[i]->n; k++) {
            const struct pt_chart_outcome *outcome = page->columns[i]->rows[k].outcome;
            already |= outcome != NULL && outcome->headline.p_already > 0.0;
        }
    }
    for (size_t i = 0; i < page->n_columns; i++) {
        page->columns[i]->first = first;
        page->columns[i]->has_already = already;
        pt_intervals_choose(page->columns[i], sizeof sizes / sizeof *sizes, sizes);
        lowest = fmax(lowest, pt_intervals_place(page->columns[i]));
    }
    for (size_t i = 0; i < page->n_columns; i++) {
        page->columns[i]->bottom = page->top + lowest + 3.0;
    }
    page->height = fmax(PT_PLOT_HEIGHT, page->top + lowest + TICKS + FOOTER);
    return true;
}

static void write_page(struct pt_buffer *out, const struct page *page, const char *slug)
{
    const double left = PT_PLOT_MARGIN;
    double y = 28.0 + (double)page->title.n * PT_FAN_TITLE * PT_FAN_LEADING;

    pt_plot_open(out, &page->look, slug, 1);
    pt_plot_variables(out, "title", &page->title);
    pt_plot_variables(out, "subtitle", &page->subtitle);
    pt_plot_variables(out, "notes", &page->notes);
    pt_plot_canvas(out, page->language, slug, page->height);
    pt_intervals_data_heading(out, page->language);
    for (size_t i = 0; i < page->n_columns; i++) {
        pt_intervals_write_data(out, page->columns[i], i + 1);
    }
    pt_plot_picture_heading(out, page->language);
    pt_buffer_text(out, "set multiplot\n");
    pt_plot_labels(out, left, 28.0, PT_FAN_TITLE * PT_FAN_LEADING, "title", &page->title,
                   (struct pt_plot_style){ 'B', PT_FAN_TITLE, "ink", "left" });
    pt_plot_labels(out, left, y, PT_FAN_SUBTITLE * PT_FAN_LEADING, "subtitle", &page->subtitle,
                   (struct pt_plot_style){ 'R', PT_FAN_SUBTITLE, "soft", "left" });
    pt_plot_labels(out, left, page->height - 6.0 - 10.5 * (double)page->notes.n, 10.5, "notes",
                   &page->notes, (struct pt_plot_style){ 'R', PT_FAN_NOTE, "faint", "left" });
    for (size_t i = 0; i < page->n_columns; i++) {
        pt_intervals_write(out, page->columns[i], i + 1);
        pt_buffer_text(out, "unset label; unset arrow\n");
    }
    pt_buffer_text(out, "unset multiplot\nset output\n");
}

static const struct pt_chart *first_of(const struct pt_facts *facts)
{
    for (size_t i = 0; i < facts->n_charts; i++) {
        if (pt_intervals_count(&facts->charts[i]) > 0) {
            return &facts->charts[i];
        }
    }
    return NULL;
}

static bool is_same_indicator(const struct pt_facts *facts)
{
    bool same = true;

    for (size_t i = 0; i < facts->n_charts; i++) {
        same &= strcmp(facts->charts[i].id, facts->charts[0].id) == 0 &&
                facts->charts[i].place[0] != '\0';
    }
    return same;
}

static bool has(const struct pt_facts *facts, size_t at)
{
    size_t n_panels;

    (void)at;
    count_lines(facts, &n_panels);
    return n_panels > 1;
}

static void draw(const struct pt_facts *facts, size_t at, const char *slug,
                 const struct pt_look *look, struct pt_buffer *out)
{
    struct page page = { .facts = facts,
                         .look = pt_look_of(look),
                         .language = pt_look_of(look).language,
                         .first = first_of(facts) };
    size_t n_lines = count_lines(facts, &page.n_panels);

    (void)at;
    page.same_indicator = is_same_indicator(facts);
    headings(&page);
    if (arrange(&page, n_lines)) {
        write_page(out, &page, slug);
    } else {
        out->failed = true;
    }
    for (size_t i = 0; i < 2; i++) {
        pt_intervals_free(page.columns[i]);
    }
}

static void say(const struct pt_facts *facts, size_t at, const struct pt_language *language,
                struct pt_buffer *out)
{
    size_t n_panels;

    (void)at;
    count_lines(facts, &n_panels);
    pt_buffer_say(
        out, language,
        PT_N("Years of parity of %zu indicators, one below another: a row for the baseline "
             "and one for each scenario that acts on the indicator."),
        n_panels);
}

const struct pt_picture_kind pt_picture_kind_comparison = {
    .name = "comparison",
    .title = PT_N("year of parity with each scenario"),
    .of = PT_PICTURE_OF_RUN,
    .has = has,
    .draw = draw,
    .say = say,
};
