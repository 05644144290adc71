#include "base/distributions.h"

#include <math.h>

static const char *check(const double par[])
{
    return isfinite(par[0]) ? NULL : PT_N("the value must be a finite number");
}

static double quantile(const double par[], double u)
{
    (void)u;
    return par[0];
}

static double mean(const double par[])
{
    return par[0];
}

static double sd(const double par[])
{
    (void)par;
    return 0.0;
}

const struct pt_distribution pt_distribution_fixed = {
    .name = "fixed",
    .title = PT_N("one fixed value"),
    .n_parameters = 1,
    .parameters = { "value" },
    .reference = "",
    .check = check,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
};
