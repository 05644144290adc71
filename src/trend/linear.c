#include "trend/regression.h"

static enum pt_status fit_linear(const struct pt_series *series,
                                 const struct pt_fit_options *options, struct pt_fit *fit,
                                 struct pt_error *err)
{
    (void)options;
    struct pt_regression r;
    enum pt_status status = pt_regression_open(series, 2, &r, err);
    if (status != PT_OK) {
        return status;
    }
    for (size_t i = 0; i < r.n; i++) {
        r.x[i * r.p] = 1;
        r.x[i * r.p + 1] = (long double)r.t[i];
    }
    status = pt_regression_solve(&r, err);
    if (status == PT_OK) {
        pt_regression_take(&r, series, series->rounding, 0, 0, fit);
        pt_regression_line(&r, fit);
    }
    pt_regression_close(&r);
    return status;
}

const struct pt_family pt_family_linear = {
    .name = "linear",
    .title = PT_N("straight line"),
    .formula = "y = a + b t",
    .error_law = PT_N("least squares, weighted where the number of persons is known; "
                      "t-distributed parameters and autocorrelated residuals"),
    .parity = PT_N("always reaches parity, unless it points away from it"),
    .reference = PT_N("Legendre 1805; Fieller 1954 for the crossing"),
    .parameters = { { "intercept", PT_N("fitted figure in the last year"), "figure" },
                    { "slope", PT_N("change per year"), "figure/year" } },
    .least_n = 4,
    .line = true,
    .has_curve = true,
    .fit = fit_linear,
    .curve = pt_line_curve,
    .value = pt_line_value,
    .gradient = pt_line_gradient,
    .start = pt_line_start,
    .step = pt_line_step,
};
