#include <math.h>

#include <gsl/gsl_cdf.h>

#include "trend/trend.h"

const char *pt_fieller_kind_name(enum pt_fieller_kind kind)
{
    static const char *const names[] = {
#define PT_FIELLER_NAME(name, text) text,
        PT_FIELLER_LIST(PT_FIELLER_NAME)
#undef PT_FIELLER_NAME
    };
    return names[kind];
}

/* The set of u with A u^2 + B u + C <= 0. */
static void solve(double A, double B, double C, struct pt_fieller *out)
{
    double D = B * B - 4 * A * C;
    if (A == 0 && B != 0) {
        out->kind = PT_FIELLER_ONE_RAY;
        out->lower = B > 0 ? -(double)INFINITY : -C / B;
        out->upper = B > 0 ? -C / B : (double)INFINITY;
    } else if (A == 0 || (A < 0 && D <= 0)) {
        out->kind = PT_FIELLER_WHOLE_LINE;
        out->lower = -(double)INFINITY;
        out->upper = (double)INFINITY;
    } else {
        double root = sqrt(fmax(D, 0)), one = (-B - root) / (2 * A), two = (-B + root) / (2 * A);
        out->kind = A > 0 ? PT_FIELLER_FINITE : PT_FIELLER_EXCLUSIVE;
        out->lower = fmin(one, two);
        out->upper = fmax(one, two);
    }
}

/* (level + pace u - value)^2 <= tc^2 (level_var + 2 u covariance + u^2 pace_var) */
struct pt_fieller pt_fieller_line(const struct pt_line *line, double value, double confidence,
                                  bool observation)
{
    double tc = gsl_cdf_tdist_Qinv((1 - confidence) / 2, line->df), t2 = tc * tc;
    double d = line->level - value, b = line->pace;
    double level_var = line->level_var + (observation ? line->sigma2 : 0);
    struct pt_fieller out = { .estimate = b == 0 ? INFINITY : -d / b };
    solve(b * b - t2 * line->pace_var, 2 * (b * d - t2 * line->covariance), d * d - t2 * level_var,
          &out);
    return out;
}

enum pt_status pt_line_through(size_t n, const double *t, const double *y, struct pt_line *line,
                               double *mean_t, struct pt_error *err)
{
    if (n < 3) {
        return PT_RAISE(err, PT_EDATA, "a line with errors needs at least 3 points and has %zu", n);
    }
    double count = (double)n, tbar = 0, ybar = 0, stt = 0, sty = 0, sse = 0;
    for (size_t i = 0; i < n; i++) {
        tbar += t[i] / count;
        ybar += y[i] / count;
    }
    for (size_t i = 0; i < n; i++) {
        stt += (t[i] - tbar) * (t[i] - tbar);
        sty += (t[i] - tbar) * (y[i] - ybar);
    }
    if (!(stt > 0)) {
        return PT_RAISE(err, PT_EDATA, "a line needs points from at least two different years");
    }
    double b = sty / stt;
    for (size_t i = 0; i < n; i++) {
        double r = y[i] - ybar - b * (t[i] - tbar);
        sse += r * r;
    }
    double s2 = sse / (count - 2);
    *line = (struct pt_line){ .level = ybar,
                              .pace = b,
                              .level_var = s2 / count,
                              .pace_var = s2 / stt,
                              .sigma2 = s2,
                              .df = count - 2 };
    *mean_t = tbar;
    return PT_OK;
}

bool pt_fit_line(const struct pt_fit *fit, struct pt_line *line)
{
    if (!fit->family->line) {
        return false;
    }
    double narrow = (1 - fit->rho) / (1 + fit->rho);
    *line = (struct pt_line){ .level = fit->level,
                              .pace = fit->pace,
                              .level_var = narrow * fit->level_se * fit->level_se,
                              .pace_var = narrow * fit->pace_se * fit->pace_se,
                              .covariance =
                                  narrow * fit->level_pace_corr * fit->level_se * fit->pace_se,
                              .sigma2 = fit->sigma * fit->sigma,
                              .df = fit->df };
    return true;
}

double pt_first_passage(double d, double mu, double s, double t)
{
    double root = s * sqrt(t);
    double direct = gsl_cdf_ugaussian_P((mu * t - d) / root);
    /* the reflected term, with its two factors joined before either over- or underflows */
    double tail = gsl_cdf_ugaussian_P(-(d + mu * t) / root);
    return direct + (tail > 0 ? exp(2 * mu * d / (s * s) + log(tail)) : 0);
}

/* level + b (phi + ... + phi^h) = 0, solved for h */
double pt_damped_crossing(double level_minus_band, double slope, double phi)
{
    if (level_minus_band <= 0) {
        return 0;
    }
    double left = slope < 0 ? 1 + level_minus_band * (1 - phi) / (slope * phi) : 0;
    return left > 0 ? log(left) / log(phi) : INFINITY;
}
