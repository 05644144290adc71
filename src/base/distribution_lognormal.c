#include "base/distributions.h"

#include <math.h>

#include <gsl/gsl_cdf.h>

/* median * gsd^Z, Z standard normal: two times out of three within a factor gsd of the median. A
 * negative median stands for the mirrored law, that of -|median| gsd^Z. */
enum { MEDIAN, GSD };
#define GSD_MOST 100.0 /* beyond it no moment means anything, and the tails leave the doubles */

static const char *check(const double par[])
{
    if (!isfinite(par[MEDIAN]) || !isfinite(par[GSD])) {
        return PT_N("the median and the geometric standard deviation must be finite numbers");
    }
    if (par[MEDIAN] == 0.0) {
        return PT_N("the median of a lognormal effect is not 0; for no effect at all write "
                    "'fixed: 0'");
    }
    if (par[GSD] < 1.0 || par[GSD] > GSD_MOST) {
        return PT_N("the geometric standard deviation is a factor from 1 to 100: 1.5 puts two "
                    "draws of three between median / 1.5 and median * 1.5");
    }
    return NULL;
}

static double quantile(const double par[], double u)
{
    double power = log(par[GSD]) * gsl_cdf_ugaussian_Pinv(u);
    return par[MEDIAN] * exp(par[MEDIAN] < 0.0 ? -power : power);
}

static double mean(const double par[])
{
    double s = log(par[GSD]);
    return par[MEDIAN] * exp(s * s / 2.0);
}

static double sd(const double par[])
{
    double s = log(par[GSD]);
    return fabs(mean(par)) * sqrt(expm1(s * s));
}

const struct pt_distribution pt_distribution_lognormal = {
    .name = "lognormal",
    .title = PT_N("a median and the factor by which it may well be larger or smaller; one sign"),
    .n_parameters = 2,
    .parameters = { "median", "gsd" },
    .reference = "Limpert, Stahel and Abbt (2001), BioScience 51, 341-352",
    .check = check,
    .quantile = quantile,
    .mean = mean,
    .sd = sd,
};
