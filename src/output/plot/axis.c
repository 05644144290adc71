#include "output/plot/plot.h"

#include <math.h>
#include <string.h>

/* An axis is as long as its data, or this share of the values where they are all alike. */
#define FLAT 0.1

/* Larger and smaller than any figure, so that neither differences nor steps leave the doubles. */
#define HUGE_FIGURE 1e150
#define TINY_FIGURE 1e-150

/* Shares of the data's length: a tick farther away than the one does not end the axis, which then
 * ends the other beyond the data. */
#define FAR_TICK 0.15
#define NEAR_END 0.05

/* What is shown beyond parity, in lengths of what is shown before it: a third of the height. */
#define FAR_SIDE 0.5

/* Rounding errors of a tick, in steps. */
#define SLACK 1e-9

static const double nice[] = { 1.0, 2.0, 2.5, 5.0, 10.0 };

/* Where the axis ends beyond the outermost value, looking up or (sign -1) down: at the next tick,
 * or close to the value where that tick is far. */
static double end_of_axis(double value, double length, double step, double sign)
{
    double tick = sign * ceil(sign * value / step - SLACK) * step;

    return sign * (tick - value) > FAR_TICK * length ? value + sign * NEAR_END * length : tick;
}

static struct pt_plot_axis axis_with_step(double low, double high, double lower, double upper,
                                          double step)
{
    struct pt_plot_axis axis = { .step = step };

    axis.low = fmin(low, fmax(end_of_axis(low, high - low, step, -1.0), lower));
    axis.high = fmax(high, fmin(end_of_axis(high, high - low, step, 1.0), upper));
    axis.first = ceil(axis.low / step - SLACK) * step;
    axis.n = (size_t)(floor((axis.high - axis.first) / step + SLACK) + 1.0);
    return axis;
}

/* Digits after the decimal sign that tell ticks apart. */
static unsigned decimals_of(double step)
{
    unsigned decimals = 0;

    while (decimals < 9 && fabs(step - round(step)) > 1e-6 * step) {
        step *= 10.0;
        decimals++;
    }
    return decimals;
}

struct pt_plot_axis pt_plot_axis_choose(double low, double high, double lower, double upper,
                                        size_t most)
{
    if (!(low <= high)) {
        low = 0.0;
        high = 1.0;
    }
    low = fmin(fmax(low, -HUGE_FIGURE), HUGE_FIGURE);
    high = fmin(fmax(high, -HUGE_FIGURE), HUGE_FIGURE);
    if (high - low < fmax(1e-9 * fmax(fabs(low), fabs(high)), TINY_FIGURE)) {
        double half = fabs(low) < TINY_FIGURE ? 1.0 : FLAT * fabs(low);
        low = fmax(low - half, fmin(low, lower));
        high = fmin(high + half, fmax(high, upper));
    }
    double power = pow(10.0, floor(log10((high - low) / (double)most)));
    for (;; power *= 10.0) {
        for (size_t i = 0; i < sizeof nice / sizeof *nice; i++) {
            double step = nice[i] * power;
            struct pt_plot_axis axis = axis_with_step(low, high, lower, upper, step);

            if (axis.n <= most) {
                axis.decimals = decimals_of(step);
                return axis;
            }
        }
    }
}

double pt_plot_axis_tick(const struct pt_plot_axis *axis, size_t i)
{
    double value = (round(axis->first / axis->step) + (double)i) * axis->step;

    return value == 0.0 ? 0.0 : value; /* no -0 */
}

char *pt_plot_number(char text[PT_PLOT_NUMBER], double x, unsigned decimals,
                     const struct pt_language *language)
{
    char digits[PT_NUMBER_MAX], *out = text;
    char decimal = (char)(language != NULL ? language->decimal : '.');

    if (fabs(x) >= 1e12) {
        pt_number_short(digits, x, 4, decimal);
        return memcpy(text, digits, strlen(digits) + 1);
    }
    pt_number_fixed(digits, x, decimals, decimal);
    const char *at = digits;
    if (*at == '-') {
        out = stpcpy(out, "\xe2\x88\x92");
        at++;
    }
    size_t whole = strcspn(at, ".,");
    for (size_t i = 0; at[i] != '\0'; i++) {
        /* Not for four digits, which would look like a year cut in two. */
        if (i > 0 && i < whole && whole > 4 && (whole - i) % 3 == 0) {
            *out++ = decimal == ',' ? '.' : ',';
        }
        *out++ = at[i];
    }
    *out = '\0';
    return text;
}

char *pt_plot_signed(char number[PT_CELL_MAX])
{
    static const char minus[] = "\xe2\x88\x92";
    size_t n = strlen(number);

    if (*number == '-' && n + sizeof minus <= PT_CELL_MAX) {
        // NOLINTNEXTLINE(bugprone-not-null-terminated-result): n counts the end, not the first character
        memmove(number + sizeof minus - 1, number + 1, n);
        memcpy(number, minus, sizeof minus - 1);
    }
    return number;
}

unsigned pt_plot_decimals(double a, double b)
{
    double scale = 1.0;

    for (unsigned decimals = 0; decimals < 4; decimals++, scale *= 10.0) {
        double wrong = fmax(fabs(a * scale - round(a * scale)), fabs(b * scale - round(b * scale)));
        if (wrong < 1e-6) {
            return decimals;
        }
    }
    return 4;
}

int pt_plot_year_step(int n_years, size_t most)
{
    static const int steps[] = { 1, 2, 5, 10, 20, 25, 50, 100, 200, 500 };

    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        if ((size_t)(n_years / steps[i]) + 1 <= most) {
            return steps[i];
        }
    }
    return 1000;
}

double pt_plot_x(const struct pt_plot_frame *frame, double year)
{
    return frame->left + (frame->right - frame->left) * (year - frame->year_low) /
                             (frame->year_high - frame->year_low);
}

double pt_plot_y(const struct pt_plot_frame *frame, double value)
{
    return frame->top + (frame->bottom - frame->top) * (frame->value.high - value) /
                            (frame->value.high - frame->value.low);
}

void pt_plot_frame_years(struct pt_plot_frame *frame, const struct pt_chart *chart)
{
    int first = chart->last, last = chart->last;

    for (size_t i = 0; i < chart->n_points; i++) {
        first = chart->points[i].year < first ? chart->points[i].year : first;
        last = chart->points[i].year > last ? chart->points[i].year : last;
    }
    if (chart->n_years > 0) {
        last = chart->last + (int)chart->n_years > last ? chart->last + (int)chart->n_years : last;
    }
    /* Room for half a point. */
    double pad = fmax(last - first, 1) * 8.0 / (frame->right - frame->left);
    frame->year_low = first - pad;
    frame->year_high = chart->n_years > 0 ? last : last + pad;
    frame->year_named = frame->year_high;
}

static void stretch(double *low, double *high, double value)
{
    if (isfinite(value)) {
        *low = fmin(*low, value);
        *high = fmax(*high, value);
    }
}

static void stretch_to_observed(const struct pt_chart *chart, double *low, double *high)
{
    for (size_t i = 0; i < chart->n_points; i++) {
        stretch(low, high, chart->points[i].value);
    }
    if (chart->has_parity) {
        stretch(low, high, chart->parity_low);
        stretch(low, high, chart->parity_high);
    }
    if (chart->has_target) {
        stretch(low, high, chart->target);
    }
}

static double newest(const struct pt_chart *chart)
{
    for (size_t i = chart->n_points; i > 0; i--) {
        if (chart->points[i - 1].year == chart->last) {
            return chart->points[i - 1].value;
        }
    }
    return (double)NAN;
}

/* Figures that have always been within the strip, or are beyond it by now, have no far side. */
static void cut_far_side(const struct pt_chart *chart, struct pt_plot_extent *extent)
{
    double low = HUGE_VAL, high = -HUGE_VAL, last = newest(chart);

    stretch_to_observed(chart, &low, &high);
    if (!chart->has_parity || !isfinite(chart->parity_low) || !isfinite(chart->parity_high)) {
        return;
    }
    double below = chart->parity_low - low, above = high - chart->parity_high;
    if (below > 0.0 && below >= above && last <= chart->parity_high) {
        double limit = chart->parity_high + FAR_SIDE * (chart->parity_high - extent->low);
        extent->high = fmin(extent->high, fmax(limit, high));
        extent->upper = fmin(extent->upper, fmax(limit, high));
    } else if (above > 0.0 && above > below && last >= chart->parity_low) {
        double limit = chart->parity_low - FAR_SIDE * (extent->high - chart->parity_low);
        extent->low = fmax(extent->low, fmin(limit, low));
        extent->lower = fmax(extent->lower, fmin(limit, low));
    }
}

struct pt_plot_extent pt_plot_extent_of(const struct pt_chart *chart, size_t n_outcomes)
{
    struct pt_plot_extent extent = { HUGE_VAL, -HUGE_VAL, chart->lower, chart->upper };

    stretch_to_observed(chart, &extent.low, &extent.high);
    for (size_t k = 0; k < n_outcomes && k < chart->n_outcomes; k++) {
        const double *bands = chart->outcomes[k].bands;
        for (size_t h = 0; h < chart->n_years; h++) {
            if (k == 0) {
                stretch(&extent.low, &extent.high, bands[h * PT_BANDS]);
                stretch(&extent.low, &extent.high, bands[h * PT_BANDS + PT_BANDS - 1]);
            }
            stretch(&extent.low, &extent.high, bands[h * PT_BANDS + PT_BANDS / 2]);
        }
    }
    cut_far_side(chart, &extent);
    return extent;
}

void pt_plot_extent_join(struct pt_plot_extent *extent, const struct pt_plot_extent *other)
{
    extent->low = fmin(extent->low, other->low);
    extent->high = fmax(extent->high, other->high);
    extent->lower = fmin(extent->lower, other->lower);
    extent->upper = fmax(extent->upper, other->upper);
}
