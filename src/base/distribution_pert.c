#include "base/distributions.h"

#include <math.h>
#include <string.h>

/* min + (max - min) X with X of the beta law with
 *     a = 1 + 4 (mode - min) / (max - min),  b = 1 + 4 (max - mode) / (max - min),
 * so that a + b = 6, a and b lie in [1, 5], and the mean is (min + 4 mode + max) / 6. */
enum { MIN, MODE, MAX };

/* ------------------------------------------------------------------ the beta law */

/* One tail of the beta law: that of a at x = 0, or that of b at 1 - x = 0. */
struct tail {
    double a, b;
    double scale; /* 1 / (a B(a, b)) */
};

static struct tail tail_of(double a, double b)
{
    /* B(a, b) = G(a) G(b) / G(6) */
    return (struct tail){ a, b, 120.0 / (a * tgamma(a) * tgamma(b)) };
}

/* x^a (1-x)^b / (a B) * 2F1(6, 1; a+1; x) (DLMF 8.17.8): the terms are positive, so that the sum is
 * good to its last digits however small it is. Left of (a+1)/8 it is short. */
static double share_below(const struct tail *tail, double x)
{
    double sum = 1.0, term = 1.0;
    for (double n = 0.0; term > 0x1p-54 * sum; n++) {
        term *= x * (6.0 + n) / (tail->a + 1.0 + n);
        sum += term;
    }
    return tail->scale * pow(x, tail->a) * pow(1.0 - x, tail->b) * sum;
}

/* The fixed points that a quantile is put between: doubles with the last 27 bits clear. */
#define GRID_STEP (UINT64_C(1) << 27)
static double grid_point(double x, int64_t step)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    bits = (bits & ~(GRID_STEP - 1)) + (uint64_t)step * GRID_STEP;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* The x below which the share u lies; never falls where u grows. Newton's steps in ln x: ln F is
 * concave in it, and the start, from F(x) <= scale x^a, lies left of the solution, so that they
 * climb without overshooting. Their last digits are chance; therefore they only say between which
 * two grid points the solution lies, and the line between those is a function of u alone. */
static double quantile_below(const struct tail *tail, double u)
{
    double x = pow(u / tail->scale, 1.0 / tail->a), step = 1.0;
    for (int i = 0; i < 50 && step > 1e-10; i++) {
        double share = share_below(tail, x);
        double slope = tail->a * tail->scale * pow(x, tail->a) * pow(1.0 - x, tail->b - 1.0);
        step = log(u / share) * share / slope;
        x = fmin(x * exp(step), 1.0 - 0x1p-53);
    }
    double left = grid_point(x, 0), right = grid_point(x, 1);
    double below = share_below(tail, left), above = share_below(tail, right);
    while (u < below) {
        right = left;
        above = below;
        left = grid_point(right, -1);
        below = share_below(tail, left);
    }
    while (u >= above) {
        left = right;
        below = above;
        right = grid_point(left, 1);
        above = share_below(tail, right);
    }
    return fmin(left + (right - left) * ((u - below) / (above - below)), right);
}

/* ------------------------------------------------------------------ the card */

static double quantile(const double par[], double u)
{
    double width = par[MAX] - par[MIN];
    if (!(width > 0.0)) {
        return par[MIN];
    }
    double a = 1.0 + 4.0 * ((par[MODE] - par[MIN]) / width);
    double b = 1.0 + 4.0 * ((par[MAX] - par[MODE]) / width);
    struct tail lower = tail_of(a, b), upper = tail_of(b, a);
    /* Each end is measured from its own side; where they meet, rounding must not make them cross. */
    double meet = (a + 1.0) / 8.0, middle = par[MIN] + width * meet;
    if (u < share_below(&lower, meet)) {
        return fmin(par[MIN] + width * quantile_below(&lower, u), middle);
    }
    return fmax(par[MAX] - width * quantile_below(&upper, 1.0 - u), middle);
}

static double mean(const double par[])
{
    return par[MIN] + (4.0 * (par[MODE] - par[MIN]) + (par[MAX] - par[MIN])) / 6.0;
}

/* a b width^2 / (6^2 * 7) */
static double sd(const double par[])
{
    double width = par[MAX] - par[MIN];
    double a = width + 4.0 * (par[MODE] - par[MIN]), b = width + 4.0 * (par[MAX] - par[MODE]);
    return sqrt(a * b / 252.0);
}

const struct pt_distribution pt_distribution_pert = {
    .name = "pert",
    .title = PT_N("a least, a most likely and a largest value; the ends are unlikely"),
    .n_parameters = 3,
    .parameters = { "min", "mode", "max" },
    .reference = "Malcolm, Roseboom, Clark and Fazar (1959), Operations Research 7, 646-669",
    .check = pt_check_three_points,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
};
