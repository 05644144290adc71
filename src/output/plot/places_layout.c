/* Where everything stands on a page of places, and what its words are. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "output/plot/places.h"
#include "output/say/frequency.h"

#define MOST           9.5 /* font size of the list */
#define ROW_MOST       19.0
#define ROW_LEAST      11.5
#define ONE_COLUMN     40    /* places; more of them stand in two columns */
#define NAME_MOST      150.0 /* of a name, in one column */
#define NAME_NARROW    96.0
#define MOST_TICKS     8
#define TICK_WIDTH     42.0
#define FOOTER         58.0
#define PLACES_PER_CUT 8 /* so many for each bar that may be longer than the axis */

static double width_of(const char *text, double size, bool bold)
{
    return pt_plot_text_width(text, strlen(text), size, bold);
}

/* ------------------------------------------------------------------ words */

void pt_places_figure(const struct pt_places_page *page, const struct pt_place_row *row,
                      char text[PT_PLOT_NUMBER])
{
    pt_plot_number(text, row->value, row->chart->decimals, page->language);
}

/* What a row says of the chance: the whole text stands in a column. */
void pt_places_chance(const struct pt_places_page *page, const struct pt_place_row *row,
                      char text[PT_CELL_MAX])
{
    *text = '\0';
    if (isnan(row->by_horizon)) {
        return;
    }
    if (row->chart->outcomes[0].headline.kind == PT_HEADLINE_ALREADY) {
        snprintf(text, PT_CELL_MAX, "%s", pt_translate(page->language, PT_N("already")));
        return;
    }
    pt_frequency_print(pt_frequency_in(row->by_horizon, page->whole), page->language, text);
}

void pt_places_heading(const struct pt_places_page *page, char text[PT_PLOT_TEXT])
{
    bool target = page->chart->outcomes[0].headline.target;
    pt_plot_say(text, page->language, target ? PT_N("reached by %d") : PT_N("closed by %d"),
                page->chart->horizon);
}

static void set_subtitle(struct pt_places_page *page, double width)
{
    const struct pt_place_rows *places = page->places;
    char words[3 * PT_PLOT_TEXT + 2], newest[PT_PLOT_TEXT],
        later[PT_PLOT_TEXT] = "", apart[PT_PLOT_TEXT], draws[PT_PLOT_NUMBER];
    if (places->first == places->last) {
        pt_plot_say(newest, page->language, PT_N("Point: newest figure, %d."), places->last);
    } else {
        pt_plot_say(newest, page->language, PT_N("Point: newest figure, from %d to %d."),
                    places->first, places->last);
    }
    if (places->apart > 0) {
        pt_plot_number(draws, (double)page->chart->draws, 0, page->language);
        pt_plot_say(later, page->language,
                    PT_N("Bar: the middle 80 %% of %s futures in %d, if nothing new is done."),
                    draws, places->year);
    }
    pt_place_rows_apart(places, page->language, apart);
    snprintf(words, sizeof words, "%s %s %s", newest, later, apart);
    pt_plot_wrap_evenly(words, width, PT_PLACES_SUBTITLE, false, 2, &page->subtitle);
}

static void set_notes(struct pt_places_page *page)
{
    const double width = PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN;
    char text[3 * PT_PLOT_TEXT] = "", part[PT_PLOT_TEXT];
    bool sampling = false, same = true;
    for (size_t i = 0; i < page->places->n; i++) {
        const char *a = page->chart->source, *b = page->places->rows[i].chart->source;
        same &= (a == NULL && b == NULL) || (a != NULL && b != NULL && strcmp(a, b) == 0);
        sampling |= !isnan(page->places->rows[i].low);
    }
    if (page->n < page->places->n) {
        pt_plot_say(part, page->language, PT_N("Shown: %zu of %zu places."), page->n,
                    page->places->n);
        snprintf(text, sizeof text, "%s ", part);
    }
    pt_plot_say(part, page->language,
                sampling ? PT_N("Line through a point: 80 %% range of sampling. Tick on a bar: "
                                "median.")
                         : PT_N("Tick on a bar: median. How sure the newest figures are is not "
                                "known."));
    strncat(text, part, sizeof text - strlen(text) - 1);
    if (page->cut) {
        strncat(text, " ", sizeof text - strlen(text) - 1);
        pt_plot_say(part, page->language, PT_N("Bars that end at the edge run on."));
        strncat(text, part, sizeof text - strlen(text) - 1);
    }
    pt_plot_wrap(text, width, PT_PLACES_NOTE, false, 1, &page->notes);
    if (same) {
        pt_plot_source(page->chart, page->language, part);
    } else {
        pt_plot_say(part, page->language, PT_N("Sources: see the chart of each indicator."));
    }
    pt_plot_wrap(part, width, PT_PLACES_NOTE, false, 1, &page->source);
}

static void set_headings(struct pt_places_page *page)
{
    char text[2 * PT_PLOT_TEXT];
    double width = PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN, y = 28.0;
    const char *title = pt_text_in(&page->chart->title, page->language);
    snprintf(text, sizeof text, "%s: %s", *title != '\0' ? title : page->chart->id,
             pt_translate(page->language, PT_N("places compared")));
    pt_plot_wrap_evenly(text, width, PT_PLACES_TITLE, true, 2, &page->title);
    if (page->title.cut) { /* rather half a name than not what is shown */
        pt_plot_wrap(text, width, PT_PLACES_TITLE, true, 1, &page->title);
        snprintf(page->title.text[page->title.n++], PT_PLOT_LINE_BYTES, "%s",
                 pt_translate(page->language, PT_N("places compared")));
    }
    y += (double)page->title.n * PT_PLACES_TITLE * PT_PLACES_LEADING;
    set_subtitle(page, width);
    page->subtitle_y = y + 1.0;
    y += (double)page->subtitle.n * PT_PLACES_SUBTITLE * PT_PLACES_LEADING + 11.0;
    for (int signs = 1; signs >= 0; signs--) {
        pt_plot_axis_title(page->chart, page->language, signs, text);
        pt_plot_wrap(text, width, PT_PLACES_UNIT, false, 1, &page->unit);
        if (!page->unit.cut) {
            break;
        }
    }
    page->unit_y = y;
    page->top = y + (double)page->unit.n * 13.0 + 9.0;
}

/* ------------------------------------------------------------------ layout */

static void set_rows(struct pt_places_page *page)
{
    page->n = page->places->n < PT_PLACES_SHOWN ? page->places->n : PT_PLACES_SHOWN;
    page->columns = page->n > ONE_COLUMN ? 2 : 1;
    page->rows = (page->n + page->columns - 1) / page->columns;
}

static void set_sizes(struct pt_places_page *page)
{
    double room = PT_PLOT_HEIGHT - page->top - FOOTER;
    page->row = fmin(fmax(room / (double)page->rows, ROW_LEAST), ROW_MOST);
    page->size = fmin(fmax(0.72 * page->row, PT_PLACES_LEAST), MOST);
    page->height = fmax(PT_PLOT_HEIGHT, page->top + page->row * (double)page->rows + FOOTER);
}

static void set_widths(struct pt_places_page *page)
{
    double chances[PT_PLACES_SHOWN], widest = page->columns > 1 ? NAME_NARROW : NAME_MOST;
    char text[PT_PLOT_TEXT];
    struct pt_plot_lines lines;
    size_t n = 0;
    for (size_t i = 0; i < page->n; i++) {
        const struct pt_place_row *row = &page->places->rows[i];
        if (!isnan(row->by_horizon) &&
            row->chart->outcomes[0].headline.kind != PT_HEADLINE_ALREADY) {
            chances[n++] = row->by_horizon;
        }
    }
    page->whole = pt_frequency_whole(chances, n);
    for (size_t i = 0; i < page->n; i++) {
        const struct pt_place_row *row = &page->places->rows[i];
        pt_plot_wrap(pt_place_row_name(row, page->language), widest, page->size, false, 1, &lines);
        page->name = fmax(page->name, lines.width);
        pt_places_figure(page, row, text);
        page->figure = fmax(page->figure, width_of(text, page->size, false));
        pt_places_chance(page, row, text);
        page->chance = fmax(page->chance, width_of(text, page->size, false));
    }
    if (page->chance > 0) {
        pt_places_heading(page, text);
        page->chance = fmax(page->chance, width_of(text, PT_PLACES_LEAST, false));
    }
    page->column =
        (PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN - PT_PLACES_COLUMN_GAP * (double)(page->columns - 1)) /
        (double)page->columns;
}

/* The plotting area of a column; the last one may have fewer rows. */
struct pt_plot_frame pt_places_frame(const struct pt_places_page *page, size_t column)
{
    double left = PT_PLOT_MARGIN + (double)column * (page->column + PT_PLACES_COLUMN_GAP);
    size_t before = column * page->rows, rows = page->n - before;
    rows = rows < page->rows ? rows : page->rows;
    return (struct pt_plot_frame){
        .left = left + page->name + page->figure + 2 * PT_PLACES_GAP,
        .right = left + page->column - (page->chance > 0 ? page->chance + PT_PLACES_GAP : 4.0),
        .top = page->top,
        .bottom = page->top + page->row * (double)rows,
    };
}

static void stretch(double *low, double *high, double value)
{
    if (isfinite(value)) {
        *low = fmin(*low, value);
        *high = fmax(*high, value);
    }
}

static int by_size(const void *a, const void *b)
{
    const double *x = a, *y = b;
    return (*x > *y) - (*x < *y);
}

/* The k-th of one end of the bars, from outside; NAN: there are fewer. */
static double end_of_bars(const struct pt_places_page *page, bool upper, size_t k)
{
    double ends[PT_PLACES_SHOWN];
    size_t n = 0;
    for (size_t i = 0; i < page->n; i++) {
        const struct pt_place_row *row = &page->places->rows[i];
        if (isfinite(row->p10) && isfinite(row->p90)) {
            ends[n++] = upper ? -row->p90 : row->p10;
        }
    }
    qsort(ends, n, sizeof *ends, by_size);
    return k >= n ? (double)NAN : upper ? -ends[k] : ends[k];
}

/* All figures, and the bars but for the few longest, which would flatten the others. */
static void set_axis(struct pt_places_page *page)
{
    const struct pt_chart *chart = page->chart;
    struct pt_plot_frame frame = pt_places_frame(page, 0);
    double low = HUGE_VAL, high = -HUGE_VAL;
    for (size_t i = 0; i < page->n; i++) {
        const struct pt_place_row *row = &page->places->rows[i];
        const double values[] = { row->value, row->low, row->high };
        for (size_t k = 0; k < sizeof values / sizeof *values; k++) {
            stretch(&low, &high, values[k]);
        }
    }
    if (chart->has_parity) {
        stretch(&low, &high, chart->parity_low);
        stretch(&low, &high, chart->parity_high);
    }
    stretch(&low, &high, end_of_bars(page, false, page->n / PLACES_PER_CUT));
    stretch(&low, &high, end_of_bars(page, true, page->n / PLACES_PER_CUT));
    double most = fmin(fmax((frame.right - frame.left) / TICK_WIDTH, 2.0), MOST_TICKS);
    page->axis = pt_plot_axis_choose(low, high, chart->lower, chart->upper, (size_t)most);
    page->has_strip = chart->has_parity && isfinite(chart->parity_low);
    page->strip_low = chart->parity_low;
    page->strip_high = chart->parity_high;
    page->cut = end_of_bars(page, false, 0) < page->axis.low ||
                end_of_bars(page, true, 0) > page->axis.high;
}

void pt_places_layout(struct pt_places_page *page)
{
    set_rows(page);
    set_headings(page);
    set_sizes(page);
    set_widths(page);
    set_axis(page);
    set_notes(page);
}
