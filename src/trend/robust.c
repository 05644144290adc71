#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_sort.h>

#include "trend/regression.h"

/* Bisquare M-estimation as in gsl_multifit_robust (and agreeing with it, which a test shows), on
 * our own least squares: GSL stops the process where the weights do not settle, this refuses.
 * P. W. Holland and R. E. Welsch (1977), Commun. Stat. A 6:813-827; the error law after
 * W. DuMouchel and F. O'Brien (1989), Proc. 21st Symp. on the Interface. */
#define TUNING     4.685 /* 95 % efficient under Gaussian noise */
#define ITERATIONS 300
/* steps this small against the coefficients are the end: GSL's own tolerance */
#define SETTLED    1.4901161193847656e-8
#define MAD_NORMAL 0.6744897501960817 /* median |z| of a normal */

/* fit->numbers: how many figures count less than half, and the years of the first of them */
enum { DOUBTED = PT_DRAW_NUMBERS, YEARS, YEARS_MOST = 3 };

struct robust {
    struct pt_regression plain; /* rows weighted by the known variances only */
    struct pt_regression again; /* and by trust */
    double *lift;               /* [n] 1 / sqrt(1 - leverage) */
    double *r;                  /* [n] weighted residuals, lifted */
    double *work;               /* [n] */
    double scale, least;
};

static double leverage_of(const struct pt_regression *r, size_t i)
{
    double leverage = 0;
    for (size_t j = 0; j < r->p; j++) {
        for (size_t k = 0; k < r->p; k++) {
            leverage +=
                (double)(r->x[i * r->p + j] * r->x[i * r->p + k]) * r->solved.inverse[j * r->p + k];
        }
    }
    return r->w[i] * leverage;
}

/* Median absolute residual without the p smallest, which the fit made small. */
static double mad(const struct robust *m, bool lifted)
{
    size_t n = m->plain.n, skip = m->plain.p - 1;
    for (size_t i = 0; i < n; i++) {
        m->work[i] = fabs(m->r[i] / (lifted ? 1 : m->lift[i]));
    }
    gsl_sort(m->work, 1, n);
    return fmax(pt_median(m->work + skip, n - skip) / MAD_NORMAL, m->least);
}

static void set_residuals(struct robust *m, const double *b)
{
    for (size_t i = 0; i < m->plain.n; i++) {
        long double fitted = 0;
        for (size_t k = 0; k < m->plain.p; k++) {
            fitted += m->plain.x[i * m->plain.p + k] * (long double)b[k];
        }
        m->plain.residual[i] = (double)((long double)m->plain.y[i] - fitted);
        m->r[i] = sqrt(m->plain.w[i]) * m->lift[i] * m->plain.residual[i];
    }
}

static double trust(double u)
{
    return fabs(u) < 1 ? (1 - u * u) * (1 - u * u) : 0;
}

/* Reweights until the coefficients settle; they end in m->plain.solved.b. */
static enum pt_status settle(struct robust *m, struct pt_error *err)
{
    size_t p = m->plain.p;
    double *b = m->plain.solved.b;
    for (size_t k = 0; k < ITERATIONS; k++) {
        set_residuals(m, b);
        m->scale = mad(m, true);
        for (size_t i = 0; i < m->plain.n; i++) {
            m->again.w[i] = m->plain.w[i] * trust(m->r[i] / (TUNING * m->scale));
        }
        enum pt_status status = pt_regression_solve(&m->again, err);
        if (status != PT_OK) {
            return status;
        }
        bool settled = true;
        for (size_t j = 0; j < p; j++) {
            double now = m->again.solved.b[j];
            double error = m->scale * sqrt(m->plain.solved.inverse[j * p + j]);
            settled &= fabs(now - b[j]) <= SETTLED * (fmax(fabs(now), fabs(b[j])) + error);
        }
        memcpy(b, m->again.solved.b, p * sizeof *b);
        if (settled) {
            set_residuals(m, b);
            return PT_OK;
        }
    }
    return PT_RAISE(err, PT_EDATA,
                    "'robust' cannot tell the outliers from the rest; use 'theil-sen'");
}

/* sigma of DuMouchel and O'Brien, but never far below that of least squares */
static double robust_sigma(const struct robust *m, double ordinary)
{
    double n = (double)m->plain.n, p = (double)m->plain.p, slope = 0, square = 0;
    double s = mad(m, false) * TUNING;
    for (size_t i = 0; i < m->plain.n; i++) {
        double u = m->r[i] / s, psi = u * trust(u), inside = fabs(u) < 1 ? 1 - u * u : 0;
        slope += inside * (1 - 5 * u * u) / n;
        square += psi * psi / (m->lift[i] * m->lift[i]) / (n - p);
    }
    double sigma = (1 + p / n * (1 - slope) / slope) * sqrt(square) * s / slope;
    return fmax(sigma, sqrt((ordinary * ordinary * p * p + sigma * sigma * n) / (p * p + n)));
}

static void take(struct robust *m, const struct pt_series *series, double ordinary,
                 struct pt_fit *fit)
{
    struct pt_regression *r = &m->plain;
    double sse = 0, sigma = robust_sigma(m, ordinary), df = (double)(r->n - r->p);
    fit->numbers[DOUBTED] = 0;
    for (size_t i = 0; i < r->n; i++) {
        sse += r->w[i] * r->residual[i] * r->residual[i];
        if (trust(m->r[i] / (TUNING * m->scale)) < 0.5) {
            size_t k = (size_t)fit->numbers[DOUBTED]++;
            if (k < YEARS_MOST) {
                fit->numbers[YEARS + k] = series->year[i];
            }
        }
    }
    r->solved.sse = sigma * sigma * df;
    pt_regression_take(r, series, series->rounding, 0, 0, fit);
    pt_regression_line(r, fit);
    double log_weights = 0;
    for (size_t i = 0; i < r->n; i++) {
        log_weights += log(r->w[i]);
    }
    fit->aicc = pt_aicc(sse, r->n, r->p + 1) - log_weights;
}

static enum pt_status open_both(const struct pt_series *series, struct robust *m,
                                struct pt_error *err)
{
    enum pt_status status = pt_regression_open(series, 2, &m->plain, err);
    if (status == PT_OK) {
        status = pt_regression_open(series, 2, &m->again, err);
    }
    if (status != PT_OK) {
        return status;
    }
    size_t n = series->n;
    m->lift = malloc(3 * n * sizeof *m->lift);
    if (!m->lift) {
        return PT_RAISE_NOMEM(err);
    }
    m->r = m->lift + n;
    m->work = m->r + n;
    for (size_t i = 0; i < n; i++) {
        m->plain.x[i * m->plain.p] = m->again.x[i * m->plain.p] = 1;
        m->plain.x[i * m->plain.p + 1] = m->again.x[i * m->plain.p + 1] =
            (long double)m->plain.t[i];
    }
    return PT_OK;
}

static enum pt_status fit_robust(const struct pt_series *series,
                                 const struct pt_fit_options *options, struct pt_fit *fit,
                                 struct pt_error *err)
{
    (void)options;
    struct robust m = { .lift = NULL };
    enum pt_status status = open_both(series, &m, err);
    if (status == PT_OK) {
        status = pt_regression_solve(&m.plain, err);
    }
    if (status == PT_OK) {
        double spread = 0, mean = 0, n = (double)series->n;
        for (size_t i = 0; i < series->n; i++) {
            mean += m.plain.w[i] * series->y[i] / n;
            m.lift[i] = 1 / sqrt(1 - fmin(leverage_of(&m.plain, i), 0.9999));
        }
        for (size_t i = 0; i < series->n; i++) {
            spread += m.plain.w[i] * (series->y[i] - mean) * (series->y[i] - mean) / (n - 1);
        }
        /* residuals of an exact line are rounding errors, not outliers */
        m.least = spread > 0 ? 1e-6 * sqrt(spread) : 1;
        double ordinary = sqrt(m.plain.solved.sse / (n - (double)m.plain.p));
        status = settle(&m, err);
        if (status == PT_OK) {
            take(&m, series, ordinary, fit);
        }
    }
    free(m.lift);
    pt_regression_close(&m.again);
    pt_regression_close(&m.plain);
    return status;
}

static void explain(const struct pt_fit *fit, struct pt_explanation *out)
{
    unsigned long n = (unsigned long)fit->numbers[DOUBTED];
    if (n == 0 || out->n == PT_EXPLANATION) {
        return;
    }
    struct pt_message *message = &out->sentences[out->n++];
    if (n == 1) {
        pt_message_set(message, "the figure of %d lies off the others and counts less than half",
                       (int)fit->numbers[YEARS]);
    } else if (n == 2) {
        pt_message_set(message,
                       "the figures of %d and %d lie off the others and count less than "
                       "half",
                       (int)fit->numbers[YEARS], (int)fit->numbers[YEARS + 1]);
    } else {
        pt_message_set(message,
                       "%lu figures lie off the others and count less than half, the "
                       "first of them those of %d, %d and %d",
                       n, (int)fit->numbers[YEARS], (int)fit->numbers[YEARS + 1],
                       (int)fit->numbers[YEARS + 2]);
    }
}

const struct pt_family pt_family_robust = {
    .name = "robust",
    .title = PT_N("straight line that doubts outliers"),
    .formula = PT_N("y = a + b t, least in sum of bisquare((y - a - b t) / s)"),
    .error_law = PT_N("a figure counts less the farther it lies from the line, and nothing past "
                      "4.7 robust standard deviations; errors after DuMouchel and O'Brien"),
    .parity = PT_N("always reaches parity, unless it points away from it"),
    .reference = PT_N("Holland and Welsch 1977; DuMouchel and O'Brien 1989"),
    .parameters = { { "intercept", PT_N("fitted figure in the last year"), "figure" },
                    { "slope", PT_N("change per year"), "figure/year" } },
    .least_n = 6,
    .has_curve = true,
    .fit = fit_robust,
    .curve = pt_line_curve,
    .value = pt_line_value,
    .gradient = pt_line_gradient,
    .start = pt_line_start,
    .step = pt_line_step,
    .explain = explain,
};
