#include "output/plot_fan.h"

#include <math.h>
#include <string.h>

#define CLEARANCE 2.5 /* between a text and what it must not cover */
#define POINT     3.5 /* half a drawn point */

double pt_fan_band_y(const struct pt_fan *fan, size_t outcome, size_t band, double x)
{
    const struct pt_chart *chart = fan->chart;
    const double *bands = chart->outcomes[outcome].bands;
    size_t last = chart->n_years - 1;
    double first_x = pt_plot_x(&fan->frame, chart->last + 1);
    double h = isfinite(x) ? (x - first_x) / (pt_plot_x(&fan->frame, chart->last + 2) - first_x)
                           : (double)last;

    h = fmin(fmax(h, 0.0), (double)last);
    size_t before = (size_t)h, after = before < last ? before + 1 : last;
    double part = h - (double)before;
    return pt_plot_y(&fan->frame, (1.0 - part) * bands[before * PT_BANDS + band] +
                                      part * bands[after * PT_BANDS + band]);
}

static struct pt_plot_box box_of(const struct pt_fan_spot *spot)
{
    double width = pt_plot_text_width(spot->text, strlen(spot->text), spot->size, spot->bold);

    return (struct pt_plot_box){ spot->x - width / 2.0, spot->y - 0.5 * spot->size,
                                 spot->x + width / 2.0, spot->y + 0.55 * spot->size };
}

static struct pt_plot_box grown(struct pt_plot_box box, double by)
{
    return (struct pt_plot_box){ box.left - by, box.top - by, box.right + by, box.bottom + by };
}

static bool meets_observed(const struct pt_fan *fan, const struct pt_plot_box *box)
{
    const struct pt_chart *chart = fan->chart;
    struct pt_plot_box near = grown(*box, POINT);

    for (size_t i = 0; i < chart->n_points; i++) {
        const struct pt_chart_point *point = &chart->points[i];
        const struct pt_chart_point *before = i > 0 ? point - 1 : point;
        if (pt_plot_segment_meets(
                &near, pt_plot_x(&fan->frame, before->year), pt_plot_y(&fan->frame, before->value),
                pt_plot_x(&fan->frame, point->year), pt_plot_y(&fan->frame, point->value))) {
            return true;
        }
    }
    return false;
}

/* Median lines cross the box where one end is above and the other below, or either is inside. */
static bool meets_medians(const struct pt_fan *fan, const struct pt_plot_box *box)
{
    const struct pt_chart *chart = fan->chart;
    double start = pt_plot_x(&fan->frame, chart->last);

    for (size_t k = 0; pt_plot_has_fan(chart) && k < fan->n_outcomes && box->right > start; k++) {
        double x = fmax(box->left, start), y = pt_fan_band_y(fan, k, PT_BANDS / 2, x);
        while (x < box->right) {
            double next = fmin(x + 4.0, box->right);
            double next_y = pt_fan_band_y(fan, k, PT_BANDS / 2, next);
            if (pt_plot_segment_meets(box, x, y, next, next_y)) {
                return true;
            }
            x = next;
            y = next_y;
        }
    }
    return false;
}

static bool meets_fan(const struct pt_fan *fan, const struct pt_plot_box *box)
{
    double start = pt_plot_x(&fan->frame, fan->chart->last);

    if (!pt_plot_has_fan(fan->chart)) {
        return false;
    }
    for (double x = fmax(box->left, start); x <= box->right; x += 4.0) {
        if (pt_fan_band_y(fan, 0, PT_BANDS - 1, x) < box->bottom &&
            pt_fan_band_y(fan, 0, 0, x) > box->top) {
            return true;
        }
    }
    return false;
}

/* The edges of the strip. */
static bool meets_goal(const struct pt_fan *fan, const struct pt_plot_box *box)
{
    double top = pt_plot_y(&fan->frame, fan->strip_high);
    double bottom = pt_plot_y(&fan->frame, fan->strip_low);

    return fan->has_strip &&
           ((top > box->top && top < box->bottom) || (bottom > box->top && bottom < box->bottom));
}

static bool meets_verticals(const struct pt_fan *fan, const struct pt_plot_box *box)
{
    const struct pt_chart *chart = fan->chart;
    double x = pt_plot_x(&fan->frame, chart->last);

    if (x > box->left && x < box->right) {
        return true;
    }
    for (size_t i = 0; i < chart->n_breaks; i++) {
        x = pt_plot_x(&fan->frame, chart->breaks[i] - 0.5);
        if (x > box->left && x < box->right) {
            return true;
        }
    }
    return false;
}

static bool meets_spots(const struct pt_fan *fan, const struct pt_plot_box *box)
{
    const struct pt_fan_spot *spots[] = { &fan->bands[0], &fan->bands[1], &fan->bands[2],
                                          &fan->value, &fan->target };
    bool met = false;

    for (size_t i = 0; i < sizeof spots / sizeof *spots; i++) {
        struct pt_plot_box other = box_of(spots[i]);
        met |= spots[i]->shown && pt_plot_boxes_meet(box, &other);
    }
    if (fan->has_target) {
        double x = pt_plot_x(&fan->frame, fan->chart->target_year);
        double y = pt_plot_y(&fan->frame, fan->chart->target);
        met |= pt_plot_segment_meets(box, x - POINT, y, x + POINT, y);
    }
    return met;
}

static bool blocked(const struct pt_fan *fan, const struct pt_fan_spot *spot, bool in_fan)
{
    const struct pt_plot_frame *frame = &fan->frame;
    struct pt_plot_box box = grown(box_of(spot), CLEARANCE);

    return box.left < frame->left || box.right > frame->right || box.top < frame->top ||
           box.bottom > frame->bottom - 1.0 || meets_observed(fan, &box) ||
           meets_medians(fan, &box) || meets_goal(fan, &box) || meets_verticals(fan, &box) ||
           meets_spots(fan, &box) || (!in_fan && meets_fan(fan, &box));
}

/* Moves a spot between two quantiles, above the median or below; false: no room there. */
static bool put_in_band(const struct pt_fan *fan, size_t inner, size_t outer,
                        struct pt_fan_spot *spot)
{
    double low = -HUGE_VAL, high = HUGE_VAL, half = (box_of(spot).right - box_of(spot).left) / 2.0;

    for (int i = -1; i <= 1; i++) {
        double a = pt_fan_band_y(fan, 0, inner, spot->x + i * half);
        double b = pt_fan_band_y(fan, 0, outer, spot->x + i * half);
        low = fmax(low, fmin(a, b));
        high = fmin(high, fmax(a, b));
    }
    spot->y = (low + high) / 2.0;
    return high - low > 1.15 * spot->size && !blocked(fan, spot, true);
}

/* The number of bands from `from` on that find room for their names at x, on one side. */
static size_t put_bands(struct pt_fan *fan, double x, int side, size_t from, size_t to)
{
    static const int share[PT_FAN_BANDS] = { 50, 80, 90 };
    const size_t middle = PT_BANDS / 2;
    size_t placed = 0;

    for (size_t i = from; i < to; i++) {
        struct pt_fan_spot *spot = &fan->bands[i];
        size_t inner = side > 0 ? middle + i : middle - i;
        *spot = (struct pt_fan_spot){ .x = x, .size = PT_FAN_NOTE };
        pt_plot_say(spot->text, fan->language, PT_N("%d %%"), share[i]);
        placed += put_in_band(fan, inner, side > 0 ? inner + 1 : inner - 1, spot);
    }
    return placed;
}

/* "50 %", "80 %", "90 %" in the bands they name, as far right as there is room: one above the
 * other if possible, else each for itself, but all or none, since the subtitle names them too. */
static void band_spots(struct pt_fan *fan)
{
    double start = pt_plot_x(&fan->frame, fan->chart->last) + 20.0;
    double end = fan->frame.right - 16.0;
    size_t placed = 0;

    if (!pt_plot_has_fan(fan->chart)) {
        return;
    }
    for (double x = end; x > start && placed < PT_FAN_BANDS; x -= 6.0) {
        for (int side = 1; side >= -1 && placed < PT_FAN_BANDS; side -= 2) {
            placed = put_bands(fan, x, side, 0, PT_FAN_BANDS);
        }
    }
    if (placed < PT_FAN_BANDS) {
        placed = 0;
        for (size_t i = 0; i < PT_FAN_BANDS && placed == i; i++) {
            for (double x = end; x > start && placed == i; x -= 6.0) {
                for (int side = 1; side >= -1 && placed == i; side -= 2) {
                    placed += put_bands(fan, x, side, i, i + 1);
                }
            }
        }
    }
    for (size_t i = 0; i < PT_FAN_BANDS; i++) {
        fan->bands[i].shown = placed == PT_FAN_BANDS;
    }
}

/* Tries places around a mark; above first, then below, then beside. */
static bool put_beside(const struct pt_fan *fan, double x, double y, struct pt_fan_spot *spot)
{
    static const double around[][2] = {
        { 0, -1 },   { -0.5, -1 }, { 0.5, -1 }, { -1, -1 }, { 1, -1 }, { 0, 1 },
        { -0.5, 1 }, { 0.5, 1 },   { -1, 1 },   { 1, 1 },   { -1, 0 }, { 1, 0 },
    };
    struct pt_plot_box box = box_of(spot);
    double width = box.right - box.left;

    for (double away = 10.0; away < 20.0; away += 4.0) {
        for (size_t i = 0; i < sizeof around / sizeof *around; i++) {
            double dx = around[i][0], dy = around[i][1];
            spot->x = x + dx * (width / 2.0 + (dy == 0 ? away : 4.0));
            spot->y = y + dy * (spot->size / 2.0 + away - 2.0);
            if (!blocked(fan, spot, false)) {
                return true;
            }
        }
    }
    return false;
}

static void value_spot(struct pt_fan *fan)
{
    const struct pt_chart *chart = fan->chart;
    char number[PT_PLOT_NUMBER];

    for (size_t i = 0; i < chart->n_points; i++) {
        const struct pt_chart_point *point = &chart->points[i];
        if (point->year != chart->last) {
            continue;
        }
        fan->value.size = PT_FAN_UNIT;
        fan->value.bold = true;
        pt_plot_number(number, point->value, chart->decimals, fan->language);
        snprintf(fan->value.text, sizeof fan->value.text, "%s", number);
        fan->value.shown = put_beside(fan, pt_plot_x(&fan->frame, point->year),
                                      pt_plot_y(&fan->frame, point->value), &fan->value);
    }
}

static void target_spot(struct pt_fan *fan)
{
    const struct pt_chart *chart = fan->chart;
    const struct pt_plot_frame *frame = &fan->frame;
    char text[PT_PLOT_TEXT];

    fan->has_target = chart->has_target && chart->target_year >= frame->year_low &&
                      chart->target_year <= frame->year_high && chart->target >= frame->value.low &&
                      chart->target <= frame->value.high;
    if (!fan->has_target || fan->strip_is_target) {
        return;
    }
    fan->target.size = PT_FAN_REMARK;
    pt_plot_target(chart, fan->language, text);
    pt_plot_say(fan->target.text, fan->language, PT_N("target: %s"), text);
    fan->target.shown = put_beside(fan, pt_plot_x(frame, chart->target_year),
                                   pt_plot_y(frame, chart->target), &fan->target);
}

/* Names the breaks above their lines where nothing else stands; false: not all found room. */
static bool break_spots(struct pt_fan *fan, const char *format, struct pt_plot_box *taken,
                        size_t n_taken)
{
    const struct pt_chart *chart = fan->chart;
    bool all = true;

    for (size_t i = 0; i < chart->n_breaks; i++) {
        double x = pt_plot_x(&fan->frame, chart->breaks[i] - 0.5);
        if (x < fan->frame.left || x > fan->frame.right) {
            continue;
        }
        if (i >= PT_FAN_BREAKS) {
            return false;
        }
        struct pt_fan_spot *spot = &fan->breaks[i];
        *spot = (struct pt_fan_spot){ .x = x, .y = fan->remark_y, .size = PT_FAN_REMARK };
        pt_plot_say(spot->text, fan->language, format, chart->breaks[i]);
        spot->x += fmax(0.0, PT_PLOT_MARGIN - box_of(spot).left);
        taken[n_taken] = grown(box_of(spot), CLEARANCE);
        spot->shown = true;
        for (size_t k = 0; k < n_taken; k++) {
            spot->shown &= !pt_plot_boxes_meet(&taken[k], &taken[n_taken]);
        }
        n_taken += spot->shown;
        all &= spot->shown;
    }
    return all;
}

/* The row above the plotting area: where the projection begins, and the breaks. */
static void remark_spots(struct pt_fan *fan)
{
    const struct pt_chart *chart = fan->chart;
    struct pt_fan_spot *spot = &fan->projection;
    struct pt_plot_box taken[PT_FAN_BREAKS + 1];
    size_t n_taken = 0;

    if (pt_plot_has_fan(chart)) {
        *spot = (struct pt_fan_spot){ .shown = true, .y = fan->remark_y, .size = PT_FAN_REMARK };
        pt_plot_say(spot->text, fan->language, PT_N("projection \xe2\x86\x92"));
        struct pt_plot_box box = box_of(spot);
        spot->x = pt_plot_x(&fan->frame, chart->last) + 5.0 + (box.right - box.left) / 2.0;
        taken[n_taken] = grown(box_of(spot), CLEARANCE);
        taken[n_taken++].left -= 5.0; /* with the line where it begins */
    }
    if (!break_spots(fan, PT_N("break %d"), taken, n_taken)) {
        fan->breaks_unnamed = true;
        break_spots(fan, "%d", taken, n_taken);
    }
}

void pt_fan_spots(struct pt_fan *fan)
{
    char text[PT_PLOT_TEXT];

    remark_spots(fan);
    target_spot(fan);
    value_spot(fan);
    band_spots(fan);
    pt_plot_notes(fan->chart, fan->language, fan->breaks_unnamed,
                  fan->has_target && !fan->strip_is_target && !fan->target.shown, text);
    pt_plot_wrap(text, PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN, PT_FAN_NOTE, false, 1, &fan->notes);
}
