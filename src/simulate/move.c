#include <math.h>

#include "simulate/rows.h"

/* METHODS 7: what shifts of the figures do to the gap. The figure that moves is the one that gives
 * the draw's gap against the reference's median: no joint law of the two groups is assumed. */

/* The bounds of a figure, and for measures with logarithms a hair inside the open ones, so that an
 * effect that takes it to the bound closes a gap instead of leaving the domain. */
struct bounds {
    double low, high;
};

static struct bounds bounds_of(const struct pt_subject *subject, bool reference)
{
    const struct pt_series *figure = reference ? &subject->reference : &subject->group;
    double hair = subject->indicator->gap->domain ? 1e-6 * subject->scale : 0;
    return (struct bounds){ figure->lower + hair, figure->upper - hair };
}

/* The projected value at which there is parity, or the target is met. */
static double parity_of(const struct pt_subject *subject)
{
    return -subject->gap_sign * subject->gap_at_zero;
}

void pt_move_remaining(const struct pt_subject *subject, double reference,
                       const struct pt_shift *shift, size_t n, const double *x, double *on_group,
                       double *on_reference)
{
    const struct pt_indicator *indicator = subject->indicator;
    const struct pt_gap_measure *measure = indicator->gap;
    int s = indicator->better;
    if (subject->kind == PT_SUBJECT_PLAIN) {
        return; /* no parity, no target: nothing remains */
    }
    if (subject->kind != PT_SUBJECT_TWO_GROUPS) {
        double parity = parity_of(subject);
        for (size_t i = 0; i < n; i++) {
            on_group[i] = parity - (x[i] + shift->total[0][i]);
            on_group[i] = -subject->gap_sign * on_group[i] > 0 ? on_group[i] : 0;
        }
        return;
    }
    struct bounds bounds = bounds_of(subject, false);
    for (size_t i = 0; i < n; i++) {
        double m = pt_between(
            measure->inverse(pt_subject_gap(subject, x[i]), reference, s, subject->scale),
            bounds.low, bounds.high);
        double left = reference + shift->total[1][i] - (m + shift->total[0][i]);
        on_group[i] = s * left > 0 ? left : 0;
        on_reference[i] = -on_group[i];
    }
}

static struct pt_move_line line_of(const struct pt_subject *subject)
{
    return (struct pt_move_line){ .low = subject->projected.lower,
                                  .high = subject->projected.upper,
                                  .zero = subject->gap_at_zero,
                                  .sign = subject->gap_sign };
}

static void move_gap(const struct pt_subject *subject, double reference,
                     const struct pt_shift *shift, size_t n, const double *x, double *out,
                     double *deviation)
{
    const struct pt_indicator *indicator = subject->indicator;
    const struct pt_gap_measure *measure = indicator->gap;
    const int s = indicator->better;
    const double scale = subject->scale;
    struct bounds own = bounds_of(subject, false), other = bounds_of(subject, true);
    const double *whole = shift->whole[0], *whole_r = shift->whole[1];
    const double *closing = shift->closing[0], *closing_r = shift->closing[1];
    double r0 = pt_between(reference, other.low, other.high);
    for (size_t i = 0; i < n; i++) {
        double total = shift->total[0][i], total_r = shift->total[1][i];
        out[i] = x[i];
        if (deviation) {
            deviation[i] = 0;
        }
        if (whole[i] == 0 && whole_r[i] == 0 && closing[i] == 0 && closing_r[i] == 0) {
            continue;
        }
        double gap = pt_subject_gap(subject, x[i]), after_whole = gap, after_all;
        double m = pt_between(measure->inverse(gap, reference, s, scale), own.low, own.high);
        double m0 = measure->gap(m, r0, s, scale);
        if (whole[i] != 0 || whole_r[i] != 0) {
            after_whole =
                gap +
                measure->gap(pt_between(m + whole[i], own.low, own.high),
                             pt_between(reference + whole_r[i], other.low, other.high), s, scale) -
                m0;
        }
        double m1 = pt_between(m + total, own.low, own.high);
        double r1 = pt_between(reference + total_r, other.low, other.high);
        after_all = closing[i] == 0 && closing_r[i] == 0
                        ? after_whole
                        : gap + measure->gap(m1, r1, s, scale) - m0;
        double change = pt_closed(gap, after_whole, after_all);
        out[i] = change == 0 ? x[i] : x[i] - subject->gap_sign * change;
        if (deviation && total != 0) {
            bool clipped = after_whole - after_all > fmax(0, after_whole);
            double reached = clipped ? measure->inverse(gap - change, r1, s, scale) : m1;
            deviation[i] = pt_between(reached, fmin(m, m1), fmax(m, m1)) - m;
        }
    }
}

void pt_move(const struct pt_subject *subject, double reference, const struct pt_shift *shift,
             size_t n, const double *x, double *out, double *deviation)
{
    if (subject->kind == PT_SUBJECT_TWO_GROUPS) {
        move_gap(subject, reference, shift, n, x, out, deviation);
        return;
    }
    const struct pt_move_line line = line_of(subject);
    if (subject->kind == PT_SUBJECT_GIVEN) {
        pt_rows_best()->given(&line, n, shift->whole[0], shift->total[0], x, out);
    } else { /* a target may be passed */
        pt_rows_best()->figure(&line, n, shift->total[0], x, out);
    }
    for (size_t i = 0; deviation && i < n; i++) {
        deviation[i] = out[i] - x[i];
    }
}
