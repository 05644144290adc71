#include "base/distributions.h"

#include <math.h>

enum { MIN, MAX };

static const char *check(const double par[])
{
    if (!isfinite(par[MIN]) || !isfinite(par[MAX])) {
        return PT_N("the least and the largest value must be finite numbers");
    }
    if (par[MIN] > par[MAX]) {
        return PT_N("write the least and the largest value in this order");
    }
    return NULL;
}

static double quantile(const double par[], double u)
{
    return fmin(par[MIN] + u * (par[MAX] - par[MIN]), par[MAX]);
}

static double mean(const double par[])
{
    return par[MIN] + (par[MAX] - par[MIN]) / 2.0;
}

static double sd(const double par[])
{
    return (par[MAX] - par[MIN]) / sqrt(12.0);
}

const struct pt_distribution pt_distribution_uniform = {
    .name = "uniform",
    .title = PT_N("anything between a least and a largest value"),
    .n_parameters = 2,
    .parameters = { "min", "max" },
    .reference = "",
    .check = check,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
};
