#include "base/distributions.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

enum { MEAN, SD };

static const char *check(const double par[])
{
    if (!isfinite(par[MEAN]) || !isfinite(par[SD])) {
        return PT_N("the mean and the standard deviation must be finite numbers");
    }
    if (par[SD] < 0.0) {
        return PT_N("the standard deviation is at least 0; write [ mean, standard deviation ]");
    }
    return NULL;
}

static double quantile(const double par[], double u)
{
    return par[MEAN] + par[SD] * gsl_cdf_ugaussian_Pinv(u);
}

static double mean(const double par[])
{
    return par[MEAN];
}

static double sd(const double par[])
{
    return par[SD];
}

const struct pt_distribution pt_distribution_normal = {
    .name = "normal",
    .title = PT_N("a mean and a standard deviation; either sign is possible"),
    .n_parameters = 2,
    .parameters = { "mean", "sd" },
    .reference = "Wichura (1988), Applied Statistics 37, 477-484 (quantiles)",
    .check = check,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
};
