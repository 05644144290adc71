#include "output/plot_fan.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define COLUMN_MOST  168.0 /* widest column of labels */
#define COLUMN_LEAST 64.0
#define LABEL_GAP    6.0

/* How much labels may say. The fullest form for which there is room is taken. */
static const struct detail {
    size_t name_lines, result_lines;
    double size;
} details[] = {
    { 3, 2, 9.5 }, { 2, 2, 9.5 }, { 2, 1, 9.5 }, { 2, 1, 9.0 }, { 2, 1, 8.5 },
    { 2, 1, 8.0 }, { 1, 1, 9.0 }, { 1, 1, 8.0 }, { 1, 0, 8.0 },
};
#define N_DETAILS   (sizeof details / sizeof *details)
#define RESULT_SIZE 0.94

double pt_fan_label_height(const struct pt_fan_label *label)
{
    return PT_FAN_LEADING * label->size *
           ((double)label->name.n + RESULT_SIZE * (double)label->result.n);
}

/* False: the place found no room in the title, and must be named elsewhere. */
static bool title(struct pt_fan *fan, double width)
{
    char text[PT_PLOT_TEXT];
    bool with_place = true;

    pt_plot_title(fan->chart, fan->language, text);
    fan->title_size = PT_FAN_TITLE;
    pt_plot_wrap_evenly(text, width, fan->title_size, true, 2, &fan->title);
    if (fan->title.cut) {
        fan->title_size = PT_FAN_LONG;
        pt_plot_wrap_evenly(text, width, fan->title_size, true, 2, &fan->title);
    }
    if (fan->title.cut && *pt_text_in(&fan->chart->place_title, fan->language) != '\0') {
        const char *alone = pt_text_in(&fan->chart->title, fan->language);
        pt_plot_wrap_evenly(alone, width, fan->title_size, true, 2, &fan->title);
        with_place = false;
    }
    return with_place;
}

/* Title, subtitle and unit above, notes and source below: what is left is the plotting area. */
static void headings(struct pt_fan *fan)
{
    const struct pt_chart *chart = fan->chart;
    const char *place = pt_text_in(&chart->place_title, fan->language);
    char text[2 * PT_PLOT_TEXT], words[PT_PLOT_TEXT];
    double width = PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN, y = 28.0;

    bool with_place = title(fan, width);
    y += (double)fan->title.n * fan->title_size * PT_FAN_LEADING;
    pt_plot_fan_words(chart, fan->language, words);
    pt_plot_wrap(words, width, PT_FAN_SUBTITLE, false, 2, &fan->subtitle);
    fan->subtitle_y = y + 1.0;
    y += (double)fan->subtitle.n * PT_FAN_SUBTITLE * PT_FAN_LEADING;
    pt_plot_axis_title(chart, fan->language, words);
    snprintf(text, sizeof text, "%s%s%s", with_place ? "" : place, with_place ? "" : ": ", words);
    pt_plot_wrap(text, width, PT_FAN_UNIT, false, 1, &fan->unit);
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

static void value_axis(struct pt_fan *fan)
{
    const struct pt_chart *chart = fan->chart;
    struct pt_plot_frame *frame = &fan->frame;
    double low = HUGE_VAL, high = -HUGE_VAL, widest = 0.0;
    char number[PT_PLOT_NUMBER];

    pt_plot_extent(chart, fan->n_outcomes, &low, &high);
    frame->value = pt_plot_axis_choose(low, high, chart->lower, chart->upper,
                                       (size_t)((frame->bottom - frame->top) / 36.0));
    for (size_t i = 0; i < frame->value.n; i++) {
        pt_plot_number(number, pt_plot_axis_tick(&frame->value, i), frame->value.decimals,
                       fan->language);
        widest = fmax(widest, pt_plot_text_width(number, strlen(number), PT_FAN_TICKS, false));
    }
    frame->left = PT_PLOT_MARGIN + widest + 8.0;
}

static bool same_as_baseline(const struct pt_fan *fan, size_t outcome)
{
    const struct pt_chart_outcome *outcomes = fan->chart->outcomes;
    size_t n = fan->chart->n_years * PT_BANDS;

    return outcome > 0 &&
           memcmp(outcomes[outcome].bands, outcomes[0].bands, n * sizeof *outcomes[0].bands) == 0;
}

static void outcome_label(struct pt_fan *fan, size_t outcome, const struct detail *detail,
                          struct pt_fan_label *label)
{
    const struct pt_chart_outcome *from = &fan->chart->outcomes[outcome];
    const char *name = pt_text_in(&from->title, fan->language);
    char text[PT_PLOT_TEXT];

    if (*name == '\0') {
        name = outcome == 0 ? pt_translate(fan->language, PT_N("Baseline")) : from->id;
    }
    pt_plot_wrap_evenly(name, COLUMN_MOST, detail->size, true, detail->name_lines, &label->name);
    for (unsigned form = 0; form < PT_PLOT_FORMS && detail->result_lines > 0; form++) {
        if (same_as_baseline(fan, outcome)) {
            pt_plot_say(text, fan->language, PT_N("same as the baseline"));
        } else {
            pt_plot_headline(&from->headline, fan->language, form, text);
        }
        pt_plot_wrap_evenly(text, COLUMN_MOST, detail->size * RESULT_SIZE, false,
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
        snprintf(label->line, sizeof label->line, "line%zu", outcome);
        snprintf(label->text, sizeof label->text, "text%zu", outcome);
    }
}

static void strip_label(struct pt_fan *fan, const struct detail *detail, struct pt_fan_label *label)
{
    const struct pt_chart *chart = fan->chart;
    char text[PT_PLOT_TEXT] = "", low[PT_PLOT_NUMBER], high[PT_PLOT_NUMBER];

    const char *name =
        pt_translate(fan->language, fan->strip_is_target ? PT_N("Target") : PT_N("Parity"));
    pt_plot_wrap(name, COLUMN_MOST, detail->size, true, 1, &label->name);
    if (fan->strip_is_target) {
        pt_plot_target(chart, fan->language, text);
    } else if (chart->parity_low < chart->parity_high && isfinite(chart->parity_low) &&
               isfinite(chart->parity_high)) {
        unsigned decimals = pt_plot_decimals(chart->parity_low, chart->parity_high);
        pt_plot_say(text, fan->language, PT_N("%s to %s"),
                    pt_plot_number(low, chart->parity_low, decimals, fan->language),
                    pt_plot_number(high, chart->parity_high, decimals, fan->language));
    }
    pt_plot_wrap(text, COLUMN_MOST, detail->size * RESULT_SIZE, false,
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

static bool stack_labels(struct pt_fan *fan, const struct detail *detail)
{
    double wanted[PT_PLOT_OUTCOMES + 1], height[PT_PLOT_OUTCOMES + 1], centre[PT_PLOT_OUTCOMES + 1];

    memset(fan->labels, 0, sizeof fan->labels);
    fan->n_labels = 0;
    for (size_t i = 0; pt_plot_has_fan(fan->chart) && i < fan->n_outcomes; i++) {
        outcome_label(fan, i, detail, &fan->labels[fan->n_labels++]);
    }
    if (fan->has_strip) {
        strip_label(fan, detail, &fan->labels[fan->n_labels++]);
    }
    sort_labels(fan);
    for (size_t i = 0; i < fan->n_labels; i++) {
        struct pt_fan_label *label = &fan->labels[i];
        label->size = detail->size;
        label->height = height[i] = pt_fan_label_height(label);
        /* The leader meets the first line. */
        wanted[i] = label->end + height[i] / 2.0 - PT_FAN_LEADING * label->size / 2.0;
    }
    if (!pt_plot_stack(fan->n_labels, wanted, height, LABEL_GAP, fan->frame.top - 6.0,
                       fan->frame.bottom + 22.0, centre)) {
        return false;
    }
    for (size_t i = 0; i < fan->n_labels; i++) {
        fan->labels[i].centre = centre[i];
    }
    return true;
}

static void labels(struct pt_fan *fan)
{
    double width = COLUMN_LEAST;

    for (size_t i = 0; i < N_DETAILS && !stack_labels(fan, &details[i]); i++) {
        continue;
    }
    for (size_t i = 0; i < fan->n_labels; i++) {
        width = fmax(width, fmax(fan->labels[i].name.width, fan->labels[i].result.width));
    }
    fan->frame.right = PT_PLOT_WIDTH - PT_PLOT_MARGIN + 4.0 - width - PT_FAN_GUTTER;
}

void pt_fan_layout(struct pt_fan *fan)
{
    const struct pt_chart *chart = fan->chart;

    fan->n_outcomes = chart->n_outcomes < PT_PLOT_OUTCOMES ? chart->n_outcomes : PT_PLOT_OUTCOMES;
    headings(fan);
    value_axis(fan);
    fan->has_strip = pt_plot_strip(chart, &fan->frame, &fan->strip_low, &fan->strip_high);
    fan->strip_is_target = fan->has_strip && chart->has_target && !chart->gap &&
                           chart->target >= chart->parity_low &&
                           chart->target <= chart->parity_high;
    labels(fan);
    pt_plot_frame_years(&fan->frame, chart);
}
