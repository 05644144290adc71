#include "output/plot/fan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMN_LEAST 64.0
#define LABEL_GAP    6.0

/* Medians this share of the height from one another look like one line. */
#define SAME_LINE 0.003

/* Of the name of a year, right of its tick. */
#define YEAR_ROOM 8.0

/* The fullest form for which there is room is taken. */
static const struct pt_fan_detail details[] = {
    { 3, 2, 9.5 }, { 3, 2, 9.0 }, { 3, 1, 9.5 }, { 3, 1, 9.0 }, { 2, 2, 9.5 },
    { 2, 1, 9.5 }, { 2, 1, 9.0 }, { 3, 1, 8.5 }, { 2, 1, 8.5 }, { 3, 1, 8.0 },
    { 2, 1, 8.0 }, { 1, 1, 9.0 }, { 1, 1, 8.0 }, { 1, 0, 8.0 },
};
#define N_DETAILS (sizeof details / sizeof *details)
#define N_FULL    7 /* easily read */

double pt_fan_label_height(const struct pt_fan_label *label)
{
    return PT_FAN_LEADING * label->size *
           ((double)label->name.n + PT_FAN_RESULT * (double)label->result.n);
}

/* A line of the title, and below it what is shown and where: rather half a name than not that. */
static void title_in_halves(struct pt_fan *fan, double width)
{
    const char *name = pt_text_in(&fan->chart->title, fan->language);
    const char *place = pt_text_in(&fan->chart->place_title, fan->language);
    struct pt_plot_lines about;
    char text[2 * PT_PLOT_TEXT];

    name = *name != '\0' ? name : fan->chart->id;
    pt_plot_wrap(name, width, fan->title_size, true, 1, &fan->title);
    bool named = fan->title.n > 0 && pt_title_names(fan->title.text[0], place);
    snprintf(text, sizeof text, "%s%s%s", pt_translate(fan->language, fan->about),
             named ? "" : ", ", named ? "" : place);
    pt_plot_wrap(text, width, fan->title_size, true, 1, &about);
    strcpy(fan->title.text[fan->title.n++], about.text[0]);
}

/* False: the place found no room in the title, and must be named elsewhere. */
static bool title(struct pt_fan *fan, double width)
{
    const char *about = fan->about ? pt_translate(fan->language, fan->about) : "";
    const char *colon = fan->about ? ": " : "";
    char text[2 * PT_PLOT_TEXT], words[PT_PLOT_TEXT];
    bool with_place = true;

    pt_plot_title(fan->chart, fan->language, words);
    snprintf(text, sizeof text, "%s%s%s", words, colon, about);
    fan->title_size = PT_FAN_TITLE;
    pt_plot_wrap_evenly(text, width, fan->title_size, true, 2, &fan->title);
    if (fan->title.cut) {
        fan->title_size = PT_FAN_LONG;
        pt_plot_wrap_evenly(text, width, fan->title_size, true, 2, &fan->title);
    }
    if (fan->title.cut && fan->about) {
        title_in_halves(fan, width);
    } else if (fan->title.cut && *pt_text_in(&fan->chart->place_title, fan->language) != '\0') {
        pt_plot_wrap_evenly(pt_text_in(&fan->chart->title, fan->language), width, fan->title_size,
                            true, 2, &fan->title);
        with_place = false;
    }
    return with_place;
}

/* Title, subtitle and unit above, notes and source below: what is left is the plotting area. */
void pt_fan_headings(struct pt_fan *fan, const char *subtitle)
{
    const struct pt_chart *chart = fan->chart;
    const char *place = pt_text_in(&chart->place_title, fan->language);
    char text[2 * PT_PLOT_TEXT], words[PT_PLOT_TEXT];
    double width = PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN, y = 28.0;

    bool with_place = title(fan, width);
    y += (double)fan->title.n * fan->title_size * PT_FAN_LEADING;
    pt_plot_wrap_evenly(subtitle, width, PT_FAN_SUBTITLE, false, 2, &fan->subtitle);
    fan->subtitle_y = y + 1.0;
    y += (double)fan->subtitle.n * PT_FAN_SUBTITLE * PT_FAN_LEADING;
    for (int signs = fan->extent.low < 0.0; signs >= 0; signs--) {
        pt_plot_axis_title(chart, fan->language, signs, words);
        snprintf(text, sizeof text, "%s%s%s", with_place ? "" : place, with_place ? "" : ": ",
                 words);
        pt_plot_wrap(text, width, PT_FAN_UNIT, false, 1, &fan->unit);
        if (!fan->unit.cut) {
            break;
        }
    }
    y += 11.0;
    fan->unit_y = y;
    y += (double)fan->unit.n * 14.0;
    fan->remark_y = y;
    fan->frame.top = y + 9.0;

    pt_plot_source(chart, fan->language, words);
    pt_plot_wrap(words, width, PT_FAN_NOTE, false, 2, &fan->source);
    y = PT_PLOT_HEIGHT - 16.0 - 10.5 * fmax((double)fan->source.n - 1.0, 0.0);
    fan->source_y = y;
    fan->notes_y = fan->source.n > 0 ? y - 10.5 : y;
    fan->frame.bottom = fan->notes_y - 32.0;
}

void pt_fan_value_axis(struct pt_fan *fan)
{
    const struct pt_plot_extent *extent = &fan->extent;
    struct pt_plot_frame *frame = &fan->frame;
    char number[PT_PLOT_NUMBER];
    double widest = 0.0;

    frame->value = pt_plot_axis_choose(extent->low, extent->high, extent->lower, extent->upper,
                                       (size_t)((frame->bottom - frame->top) / 36.0));
    for (size_t i = 0; i < frame->value.n; i++) {
        pt_plot_number(number, pt_plot_axis_tick(&frame->value, i), frame->value.decimals,
                       fan->language);
        widest = fmax(widest, pt_plot_text_width(number, strlen(number), PT_FAN_TICKS, false));
    }
    frame->left = PT_PLOT_MARGIN + widest + 8.0;
}

/* Which outcomes are the same, year for year, and which scenarios that leaves with a line. */
static void compare(struct pt_fan *fan)
{
    const struct pt_chart *chart = fan->chart;

    for (size_t k = 0; pt_plot_has_fan(chart) && k < fan->n_outcomes; k++) {
        size_t first = 0;
        while (first < k && memcmp(chart->outcomes[first].bands, chart->outcomes[k].bands,
                                   chart->n_years * PT_BANDS * sizeof(double)) != 0) {
            first++;
        }
        fan->same_as[k] = first;
        if (k > 0 && first == k) {
            fan->lines[fan->n_lines++] = k;
        }
    }
}

bool pt_fan_stands_apart(const struct pt_fan *fan, size_t outcome)
{
    bool apart = false;

    for (size_t h = 0; h < fan->chart->n_years; h++) {
        apart |= pt_plot_differs(fan->chart, outcome, h, fan->apart);
    }
    return apart;
}

/* Half of the futures of a scenario end exactly at parity, where no lever leads beyond; a target
 * may be passed. */
static bool stops_at_parity(const struct pt_fan *fan)
{
    const struct pt_chart *chart = fan->chart;
    double parity = (chart->parity_low + chart->parity_high) / 2.0;
    bool stops = false;

    for (size_t i = 0; i < fan->n_lines && chart->has_parity && !fan->strip_is_target; i++) {
        const double *bands = chart->outcomes[fan->lines[i]].bands;
        for (size_t h = 0; h < chart->n_years; h++) {
            double median = bands[h * PT_BANDS + PT_BANDS / 2];
            stops |= fabs(median - parity) < 1e-6 * (fan->extent.high - fan->extent.low) &&
                     pt_plot_differs(chart, fan->lines[i], h, fan->apart);
        }
    }
    return stops;
}

/* One for all scenarios without effect, at the end of the baseline. */
static bool without_effect_label(struct pt_fan *fan, const struct pt_fan_detail *detail,
                                 struct pt_fan_label *label)
{
    if (pt_fan_names(fan, 0, detail, &label->name) == 0) {
        return false;
    }
    pt_plot_wrap(pt_translate(fan->language, PT_N("as the baseline")), PT_FAN_COLUMN,
                 detail->size * PT_FAN_RESULT, false, detail->result_lines > 0 ? 1 : 0,
                 &label->result);
    label->end = pt_fan_band_y(fan, 0, PT_BANDS / 2, HUGE_VAL);
    strcpy(label->line, "middle");
    strcpy(label->text, "middle");
    return true;
}

static void outcome_label(struct pt_fan *fan, size_t outcome, const struct pt_fan_detail *detail,
                          struct pt_fan_label *label)
{
    char text[PT_PLOT_TEXT];

    if (outcome == 0) {
        pt_plot_wrap_evenly(pt_fan_name(fan, 0), PT_FAN_COLUMN, detail->size, true,
                            detail->name_lines, &label->name);
    } else {
        pt_fan_names(fan, outcome, detail, &label->name);
    }
    for (unsigned form = 0; form < PT_PLOT_FORMS && detail->result_lines > 0; form++) {
        pt_plot_headline(&fan->chart->outcomes[outcome].headline, fan->language, form, text);
        pt_plot_wrap_evenly(text, PT_FAN_COLUMN, detail->size * PT_FAN_RESULT, false,
                            detail->result_lines, &label->result);
        if (!label->result.cut) {
            break;
        }
    }
    label->end = pt_fan_band_y(fan, outcome, PT_BANDS / 2, HUGE_VAL);
    if (outcome == 0) {
        strcpy(label->line, "middle");
        strcpy(label->text, "middle");
    } else {
        size_t colour = 1;
        while (fan->lines[colour - 1] != outcome) {
            colour++;
        }
        snprintf(label->line, sizeof label->line, "line%zu", colour);
        snprintf(label->text, sizeof label->text, "text%zu", colour);
    }
}

static void strip_label(struct pt_fan *fan, const struct pt_fan_detail *detail,
                        struct pt_fan_label *label)
{
    const struct pt_chart *chart = fan->chart;
    char text[PT_PLOT_TEXT] = "", low[PT_PLOT_NUMBER], high[PT_PLOT_NUMBER];

    const char *name =
        pt_translate(fan->language, fan->strip_is_target ? PT_N("Target") : PT_N("Parity"));
    pt_plot_wrap(name, PT_FAN_COLUMN, detail->size, true, 1, &label->name);
    if (fan->strip_is_target) {
        pt_plot_target(chart, fan->language, text);
    } else if (chart->parity_low < chart->parity_high && isfinite(chart->parity_low) &&
               isfinite(chart->parity_high)) {
        unsigned decimals = pt_plot_decimals(chart->parity_low, chart->parity_high);
        pt_plot_say(text, fan->language, PT_N("%s to %s"),
                    pt_plot_number(low, chart->parity_low, decimals, fan->language),
                    pt_plot_number(high, chart->parity_high, decimals, fan->language));
    }
    pt_plot_wrap(text, PT_FAN_COLUMN, detail->size * PT_FAN_RESULT, false,
                 detail->result_lines > 0 ? 1 : 0, &label->result);
    label->end =
        pt_plot_y(&fan->frame,
                  fan->strip_is_target ? chart->target : (fan->strip_low + fan->strip_high) / 2.0);
    strcpy(label->line, "goal");
    strcpy(label->text, "goaltext");
}

/* From top to bottom; equal ends in the order they came. */
static void sort_labels(struct pt_fan *fan)
{
    for (size_t i = 1; i < fan->n_labels; i++) {
        struct pt_fan_label label = fan->labels[i];
        size_t j = i;
        for (; j > 0 && fan->labels[j - 1].end > label.end; j--) {
            fan->labels[j] = fan->labels[j - 1];
        }
        fan->labels[j] = label;
    }
}

static void collect_labels(struct pt_fan *fan, const struct pt_fan_detail *detail)
{
    for (size_t k = 0; pt_plot_has_fan(fan->chart) && k < fan->n_outcomes; k++) {
        if (fan->same_as[k] == k) {
            outcome_label(fan, k, detail, &fan->labels[fan->n_labels++]);
        }
        if (k == 0) {
            fan->n_labels += without_effect_label(fan, detail, &fan->labels[fan->n_labels]);
        }
    }
}

/* All labels, from top to bottom. */
static void all_labels(struct pt_fan *fan, pt_fan_collect *collect,
                       const struct pt_fan_detail *detail)
{
    memset(fan->labels, 0, sizeof fan->labels);
    fan->n_labels = 0;
    collect(fan, detail);
    if (fan->has_strip) {
        strip_label(fan, detail, &fan->labels[fan->n_labels++]);
    }
    sort_labels(fan);
    for (size_t i = 0; i < fan->n_labels; i++) {
        struct pt_fan_label *label = &fan->labels[i];
        double inside = fmin(fmax(label->end, fan->frame.top), fan->frame.bottom);
        label->leaving = fabs(label->end - inside) > 1.0;
        label->end = inside;
    }
}

/* False: not all of them fit above `bottom`. */
static bool stack_labels(struct pt_fan *fan, pt_fan_collect *collect,
                         const struct pt_fan_detail *detail, double bottom)
{
    double wanted[PT_PLOT_OUTCOMES + 1], height[PT_PLOT_OUTCOMES + 1], centre[PT_PLOT_OUTCOMES + 1];

    all_labels(fan, collect, detail);
    for (size_t i = 0; i < fan->n_labels; i++) {
        struct pt_fan_label *label = &fan->labels[i];
        label->size = detail->size;
        label->height = height[i] = pt_fan_label_height(label);
        /* The leader meets the first line. */
        wanted[i] = label->end + height[i] / 2.0 - PT_FAN_LEADING * label->size / 2.0;
    }
    if (!pt_plot_stack(fan->n_labels, wanted, height, LABEL_GAP, fan->frame.top - 6.0, bottom,
                       centre)) {
        return false;
    }
    for (size_t i = 0; i < fan->n_labels; i++) {
        fan->labels[i].centre = centre[i];
    }
    return true;
}

_Static_assert(PT_PLOT_OUTCOMES + 1 <= PT_PLOT_STACKED, "all labels of a fan can be stacked");

/* The first of n details in which all labels fit, with whole names if that can be. */
static bool choose_detail(struct pt_fan *fan, pt_fan_collect *collect, size_t n, double bottom)
{
    for (int cut = 0; cut <= 1; cut++) {
        for (size_t i = 0; i < n; i++) {
            bool fit = stack_labels(fan, collect, &details[i], bottom);
            for (size_t k = 0; k < fan->n_labels && !cut; k++) {
                fit &= !fan->labels[k].name.cut;
            }
            if (fit) {
                return true;
            }
        }
    }
    return false;
}

void pt_fan_column(struct pt_fan *fan, pt_fan_collect *collect)
{
    const double above_ticks = fan->frame.bottom + 2.0, below_ticks = fan->frame.bottom + 22.0;
    double width = COLUMN_LEAST;

    /* Rather a last year without its name than scenarios without theirs. */
    fan->last_year_unnamed = !choose_detail(fan, collect, N_FULL, above_ticks);
    if (fan->last_year_unnamed) {
        choose_detail(fan, collect, N_DETAILS, below_ticks);
    }
    for (size_t i = 0; i < fan->n_labels; i++) {
        width = fmax(width, fmax(fan->labels[i].name.width, fan->labels[i].result.width));
    }
    fan->frame.right = PT_PLOT_WIDTH - PT_PLOT_MARGIN + 4.0 - width - PT_FAN_GUTTER;
}

void pt_fan_strip(struct pt_fan *fan)
{
    const struct pt_chart *chart = fan->chart;

    fan->has_strip = pt_plot_strip(chart, &fan->frame, &fan->strip_low, &fan->strip_high);
    fan->strip_is_target = fan->has_strip && chart->has_target && !chart->gap &&
                           chart->target >= chart->parity_low &&
                           chart->target <= chart->parity_high;
}

void pt_fan_years(struct pt_fan *fan)
{
    pt_plot_frame_years(&fan->frame, fan->chart);
    if (fan->last_year_unnamed) {
        fan->frame.year_named -= YEAR_ROOM * (fan->frame.year_high - fan->frame.year_low) /
                                 (fan->frame.right - fan->frame.left);
    }
}

void pt_fan_layout(struct pt_fan *fan)
{
    const struct pt_chart *chart = fan->chart;
    char words[PT_PLOT_TEXT];
    bool dashed = false;

    fan->n_outcomes = chart->n_outcomes < PT_PLOT_OUTCOMES ? chart->n_outcomes : PT_PLOT_OUTCOMES;
    fan->extent = pt_plot_extent_of(chart, fan->n_outcomes);
    fan->apart = fmax(0.0, SAME_LINE * (fan->extent.high - fan->extent.low));
    compare(fan);
    for (size_t i = 0; i < fan->n_lines; i++) {
        dashed |= pt_fan_stands_apart(fan, fan->lines[i]);
    }
    pt_plot_fan_words(chart, fan->language, dashed, words);
    pt_fan_headings(fan, words);
    pt_fan_value_axis(fan);
    pt_fan_strip(fan);
    fan->stops_at_parity = stops_at_parity(fan);
    pt_fan_column(fan, collect_labels);
    pt_fan_years(fan);
}
