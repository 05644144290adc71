#include "output/plot/fan.h"

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

/* What a spot may stand on where there is no better place; never on figures, medians or spots. */
enum ease { ON_NOTHING, ON_FAN, ON_RULES };

static bool blocked(const struct pt_fan *fan, const struct pt_fan_spot *spot, enum ease ease)
{
    const struct pt_plot_frame *frame = &fan->frame;
    struct pt_plot_box box = grown(box_of(spot), CLEARANCE);

    return box.left < frame->left || box.right > frame->right || box.top < frame->top ||
           box.bottom > frame->bottom - 1.0 || meets_observed(fan, &box) ||
           meets_medians(fan, &box) || meets_spots(fan, &box) ||
           (ease < ON_RULES && (meets_goal(fan, &box) || meets_verticals(fan, &box))) ||
           (ease < ON_FAN && meets_fan(fan, &box));
}

/* Moves a spot between two quantiles, above the median or below; false: no room there. */
static bool put_in_band(const struct pt_fan *fan, size_t inner, size_t outer,
                        struct pt_fan_spot *spot)
{
    double low = fan->frame.top, high = fan->frame.bottom,
           half = (box_of(spot).right - box_of(spot).left) / 2.0;

    for (int i = -1; i <= 1; i++) {
        double a = pt_fan_band_y(fan, 0, inner, spot->x + i * half);
        double b = pt_fan_band_y(fan, 0, outer, spot->x + i * half);
        low = fmax(low, fmin(a, b));
        high = fmin(high, fmax(a, b));
    }
    spot->y = (low + high) / 2.0;
    return high - low > 1.15 * spot->size && !blocked(fan, spot, ON_FAN);
}

/* The number of bands from `from` on that find room for their names at x, on one side. */
static size_t put_bands(struct pt_fan *fan, double x, int side, double size, size_t from, size_t to)
{
    static const int share[PT_FAN_BANDS] = { 50, 80, 90 };
    const size_t middle = PT_BANDS / 2;
    size_t placed = 0;

    for (size_t i = from; i < to; i++) {
        struct pt_fan_spot *spot = &fan->bands[i];
        size_t inner = side > 0 ? middle + i : middle - i;
        *spot = (struct pt_fan_spot){ .x = x, .size = size };
        pt_plot_say(spot->text, fan->language, PT_N("%d %%"), share[i]);
        spot->shown = put_in_band(fan, inner, side > 0 ? inner + 1 : inner - 1, spot);
        placed += spot->shown;
    }
    return placed;
}

/* As far right as there is room; false: nowhere. */
static bool search_bands(struct pt_fan *fan, double size, size_t from, size_t to)
{
    double start = pt_plot_x(&fan->frame, fan->chart->last) + 20.0;

    for (double x = fan->frame.right - 16.0; x > start; x -= 6.0) {
        for (int side = 1; side >= -1; side -= 2) {
            if (put_bands(fan, x, side, size, from, to) == to - from) {
                return true;
            }
        }
    }
    for (size_t i = from; i < to; i++) {
        fan->bands[i].shown = false;
    }
    return false;
}

/* "50 %", "80 %", "90 %" in the bands they name: one above the other if possible, else each for
 * itself where its band is wide enough, a little smaller if need be. One alone tells nothing; the
 * subtitle names all. */
static void band_spots(struct pt_fan *fan)
{
    if (!pt_plot_has_fan(fan->chart) || search_bands(fan, PT_FAN_NOTE, 0, PT_FAN_BANDS) ||
        search_bands(fan, PT_FAN_SMALL, 0, PT_FAN_BANDS)) {
        return;
    }
    size_t placed = 0;
    for (size_t i = 0; i < PT_FAN_BANDS; i++) {
        placed +=
            search_bands(fan, PT_FAN_NOTE, i, i + 1) || search_bands(fan, PT_FAN_SMALL, i, i + 1);
    }
    for (size_t i = 0; i < PT_FAN_BANDS; i++) {
        fan->bands[i].shown &= placed > 1;
    }
}

/* Tries places around a mark; above first, then below, then beside. */
static bool put_beside(const struct pt_fan *fan, double x, double y, enum ease ease,
                       struct pt_fan_spot *spot)
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
            if (!blocked(fan, spot, ease)) {
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
        double x = pt_plot_x(&fan->frame, point->year), y = pt_plot_y(&fan->frame, point->value);
        for (int ease = ON_NOTHING; ease <= ON_RULES && !fan->value.shown; ease++) {
            fan->value.shown = put_beside(fan, x, y, (enum ease)ease, &fan->value);
        }
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
                                   pt_plot_y(frame, chart->target), ON_NOTHING, &fan->target);
}

/* Above its line, or left or right of it; false: no room. */
static bool put_break(const struct pt_plot_box *taken, size_t n_taken, struct pt_fan_spot *spot)
{
    const double line = spot->x, half = (box_of(spot).right - box_of(spot).left) / 2.0;
    const double places[] = { line, line + 3.0 - half, line - 3.0 + half, line - 4.0 - half };

    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        spot->x = fmax(places[i], PT_PLOT_MARGIN + half);
        struct pt_plot_box box = grown(box_of(spot), CLEARANCE);
        bool free = true;
        for (size_t k = 0; k < n_taken; k++) {
            free &= !pt_plot_boxes_meet(&taken[k], &box);
        }
        if (free) {
            return true;
        }
    }
    return false;
}

/* Names the breaks where nothing else stands; false: not all found room. */
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
        spot->shown = put_break(taken, n_taken, spot);
        if (spot->shown) {
            taken[n_taken++] = grown(box_of(spot), CLEARANCE);
        }
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

/* Whether some band of the baseline is cut off by the axis. */
static bool runs_beyond(const struct pt_fan *fan)
{
    const struct pt_plot_axis *axis = &fan->frame.value;
    bool beyond = false;
    for (size_t h = 0; pt_plot_has_fan(fan->chart) && h < fan->chart->n_years; h++) {
        const double *bands = fan->chart->outcomes[0].bands + h * PT_BANDS;
        beyond |= bands[0] < axis->low || bands[PT_BANDS - 1] > axis->high;
    }
    return beyond;
}

void pt_fan_spots(struct pt_fan *fan)
{
    char text[PT_PLOT_TEXT];

    remark_spots(fan);
    target_spot(fan);
    value_spot(fan);
    band_spots(fan);
    struct pt_plot_remarks remarks = {
        .breaks = fan->breaks_unnamed,
        .target = fan->has_target && !fan->strip_is_target && !fan->target.shown,
        .parity = fan->stops_at_parity,
        .beyond = runs_beyond(fan),
    };
    pt_plot_notes(fan->chart, fan->language, remarks, text);
    pt_plot_wrap(text, PT_PLOT_WIDTH - 2 * PT_PLOT_MARGIN, PT_FAN_NOTE, false, 1, &fan->notes);
}
