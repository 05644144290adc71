#include "base/distributions.h"

#include <math.h>

enum { MIN, MODE, MAX };

const char *pt_check_three_points(const double par[])
{
    if (!isfinite(par[MIN]) || !isfinite(par[MODE]) || !isfinite(par[MAX])) {
        return PT_N("the least, the most likely and the largest value must be finite numbers");
    }
    if (par[MIN] > par[MODE] || par[MODE] > par[MAX]) {
        return PT_N("write the least, the most likely and the largest value in this order");
    }
    return NULL;
}

static double quantile(const double par[], double u)
{
    double width = par[MAX] - par[MIN], rise = par[MODE] - par[MIN];
    /* Rounding may carry either branch across the mode; held there, the whole never falls. */
    if (u * width < rise) {
        return fmin(par[MIN] + sqrt(u * width * rise), par[MODE]);
    }
    return fmax(par[MAX] - sqrt((1.0 - u) * width * (par[MAX] - par[MODE])), par[MODE]);
}

static double mean(const double par[])
{
    return par[MIN] + ((par[MODE] - par[MIN]) + (par[MAX] - par[MIN])) / 3.0;
}

/* From differences: the usual sum of squares cancels where the values are far from zero. */
static double sd(const double par[])
{
    double width = par[MAX] - par[MIN], rise = par[MODE] - par[MIN];
    return sqrt((width * width - width * rise + rise * rise) / 18.0);
}

const struct pt_distribution pt_distribution_triangular = {
    .name = "triangular",
    .title = PT_N("a least, a most likely and a largest value"),
    .n_parameters = 3,
    .parameters = { "min", "mode", "max" },
    .reference = "Kotz and van Dorp (2004), Beyond Beta, chapter 1",
    .check = pt_check_three_points,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
};
