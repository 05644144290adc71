#include "output/plot/plot.h"

#include <math.h>

bool pt_plot_boxes_meet(const struct pt_plot_box *a, const struct pt_plot_box *b)
{
    return a->left < b->right && b->left < a->right && a->top < b->bottom && b->top < a->bottom;
}

/* Narrows [*from, *to] to where low <= at + t * step <= high; false: nowhere. */
static bool clip(double at, double step, double low, double high, double *from, double *to)
{
    if (step == 0.0) {
        return at >= low && at <= high;
    }
    double t0 = (low - at) / step, t1 = (high - at) / step;
    *from = fmax(*from, fmin(t0, t1));
    *to = fmin(*to, fmax(t0, t1));
    return *from <= *to;
}

/* Liang & Barsky (1984), doi:10.1145/357332.357333. */
bool pt_plot_segment_meets(const struct pt_plot_box *box, double x0, double y0, double x1,
                           double y1)
{
    double from = 0.0, to = 1.0;

    return clip(x0, x1 - x0, box->left, box->right, &from, &to) &&
           clip(y0, y1 - y0, box->top, box->bottom, &from, &to);
}

/* Labels that touch move as one block, whose best place is the mean of what its members want:
 * isotonic regression by pooling adjacent violators (Barlow et al. 1972), on positions from which
 * the heights above have been subtracted. */
struct block {
    double sum;
    size_t n;
};

bool pt_plot_stack(size_t n, const double wanted[], const double height[], double gap, double low,
                   double high, double centre[])
{
    double total = n > 0 ? -gap : 0.0, above = 0.0;

    for (size_t i = 0; i < n; i++) {
        total += height[i] + gap;
    }
    if (n > PT_PLOT_STACKED || total > high - low) {
        return false;
    }
    struct block blocks[PT_PLOT_STACKED];
    size_t n_blocks = 0;
    for (size_t i = 0; i < n; i++) {
        blocks[n_blocks++] = (struct block){ wanted[i] - above - height[i] / 2.0, 1 };
        above += height[i] + gap;
        while (n_blocks > 1) {
            struct block *last = &blocks[n_blocks - 1], *before = last - 1;
            if (before->sum / (double)before->n <= last->sum / (double)last->n) {
                break;
            }
            before->sum += last->sum;
            before->n += last->n;
            n_blocks--;
        }
    }
    above = 0.0;
    for (size_t b = 0, i = 0; b < n_blocks; b++) {
        double shift = fmin(fmax(blocks[b].sum / (double)blocks[b].n, low), high - total);
        for (size_t end = i + blocks[b].n; i < end; i++) {
            centre[i] = shift + above + height[i] / 2.0;
            above += height[i] + gap;
        }
    }
    return true;
}
