#include <math.h>
#include <string.h>

#include "trend/holt.h"
#include "trend/trend.h"

/* METHODS 3.1 and 3.2. Checked against 4,410 rows of two independent implementations. */

/* Changes of figures of some size that differ by less than this part of it are equal: the rest is
 * what rounding left, and its signs are chance. */
#define RESIDUE 1e-13

static double largest(const struct pt_regular *s)
{
    double most = 0;
    for (size_t i = 0; i < s->n; i++) {
        most = fmax(most, fabs(s->y[i]));
    }
    return most;
}

struct pt_statistics pt_statistics_of(const struct pt_regular *s)
{
    struct pt_statistics r = { 0 };
    size_t nd = s->n_changes;
    double top = 0, bottom = 0;
    for (size_t i = 0; i < nd; i++) {
        r.q += fabs(s->d[i]) / sqrt(s->k[i]) / (double)nd;
        r.md += s->d[i] / s->k[i] / (double)nd;
    }
    for (size_t i = 0; i < nd; i++) {
        double e = (s->d[i] - s->k[i] * r.md) / sqrt(s->k[i]);
        bottom += e * e;
        if (i > 0) {
            top += e * ((s->d[i - 1] - s->k[i - 1] * r.md) / sqrt(s->k[i - 1]));
        }
    }
    if (bottom <= (double)nd * pow(RESIDUE * largest(s), 2)) {
        bottom = 0;
    }
    r.sd = nd > 1 ? sqrt(bottom / (double)(nd - 1)) : 0;
    r.ac = bottom > 0 ? top / bottom : 0;
    double tau = fabs(r.md) / (r.sd / sqrt((double)nd) + 1e-9 * fabs(s->y[s->n - 1]));
    r.lt = log(isnan(tau) ? .05 : fmin(fmax(tau, .05), 50));
    r.ln15 = log((double)s->n_observed / 15);
    if (r.q == 0) {
        r.q = s->rounding / 4;
    }
    return r;
}

/* ------------------------------------------------------------------ damped Holt */

struct pt_holt pt_holt_fit(const double *y, size_t n, double *work)
{
    static void (*const fits[PT_ISAS])(const double *, size_t, double *,
                                       struct pt_holt *) = { pt_holt_portable, pt_holt_avx2,
                                                             pt_holt_avx512 };
    struct pt_holt best = { .sse = INFINITY };
    fits[pt_isa_best()](y, n, work, &best);
    return best;
}

static void holt_forecast(const struct pt_holt *h, double f[PT_CONSENSUS_YEARS])
{
    double sum = 0, power = 1;
    for (size_t i = 0; i < PT_CONSENSUS_YEARS; i++) {
        power *= h->phi;
        sum += power;
        f[i] = h->level + sum * h->slope;
    }
}

/* ------------------------------------------------------------------ Box-Cox and Theta */

double pt_box_cox(double y, double lambda)
{
    return lambda == 0 ? log(y) : (pow(y, lambda) - 1) / lambda;
}

double pt_box_cox_inverse(double w, double lambda)
{
    if (lambda == 0) {
        return exp(w);
    }
    double x = lambda * w + 1;
    return x <= 0 ? 0 : pow(x, 1 / lambda);
}

struct line {
    double a, b, sse; /* a + b t, t = 1..n */
};

static struct line line_fit(const double *w, size_t n)
{
    double tbar = ((double)n + 1) / 2, wbar = 0, stt = 0, stw = 0, sse = 0;
    for (size_t i = 0; i < n; i++) {
        wbar += w[i] / (double)n;
    }
    for (size_t i = 0; i < n; i++) {
        double t = (double)(i + 1) - tbar;
        stt += t * t;
        stw += t * (w[i] - wbar);
    }
    double b = stw / stt;
    for (size_t i = 0; i < n; i++) {
        double e = w[i] - wbar - b * ((double)(i + 1) - tbar);
        sse += e * e;
    }
    return (struct line){ wbar - b * tbar, b, sse };
}

static double best_lambda(const double *y, size_t n, double *work)
{
    double mean_log = 0, best = 1, least = INFINITY;
    for (size_t i = 0; i < n; i++) {
        mean_log += log(y[i]) / (double)n;
    }
    for (int step = 0; step <= 20; step++) {
        double lambda = step * .05;
        for (size_t i = 0; i < n; i++) {
            work[i] = pt_box_cox(y[i] / exp(mean_log), lambda);
        }
        double sse = line_fit(work, n).sse;
        if (sse < least) {
            least = sse;
            best = lambda;
        }
    }
    return best;
}

struct ses {
    double sse, alpha, first, level;
};

/* Simple exponential smoothing with the exact first level. */
static struct ses ses_at(const double *z, size_t n, double alpha)
{
    double lc = 0, lu = 1, uu = 0, uc = 0;
    for (size_t t = 0; t < n; t++) {
        double ec = z[t] - lc;
        uu += lu * lu;
        uc += lu * ec;
        lc += alpha * ec;
        lu -= alpha * lu;
    }
    struct ses s = { 0, alpha, uc / uu, uc / uu };
    for (size_t t = 0; t < n; t++) {
        double e = z[t] - s.level;
        s.sse += e * e;
        s.level += alpha * e;
    }
    return s;
}

static struct ses ses_fit(const double *z, size_t n)
{
    struct ses best = { .sse = INFINITY };
    for (int step = 0; step <= 20; step++) {
        struct ses s = ses_at(z, n, step == 0 ? 1e-4 : step == 20 ? .9999 : step * .05);
        best = s.sse < best.sse ? s : best;
    }
    for (double width = .025; width > .006; width /= 2) {
        double centre = best.alpha;
        for (int side = 1; side >= -1; side -= 2) {
            struct ses s = ses_at(z, n, fmin(fmax(centre + side * width, 1e-4), .9999));
            best = s.sse < best.sse ? s : best;
        }
    }
    return best;
}

static void theta(const double *w, size_t n, double lambda, double *work,
                  double f[PT_CONSENSUS_YEARS])
{
    struct line line = line_fit(w, n);
    for (size_t i = 0; i < n; i++) {
        work[i] = 2 * w[i] - (line.a + line.b * (double)(i + 1));
    }
    double level = ses_fit(work, n).level;
    for (size_t h = 0; h < PT_CONSENSUS_YEARS; h++) {
        double t = (double)(n + h + 1);
        f[h] = pt_box_cox_inverse(level / 2 + (line.a + line.b * t) / 2, lambda);
    }
}

struct pt_theta pt_theta_fit(const double *y, size_t n, double *work)
{
    double low = y[0], *w = work, *z = work + n;
    for (size_t i = 1; i < n; i++) {
        low = fmin(low, y[i]);
    }
    double lambda = low > 0 ? best_lambda(y, n, work) : 1;
    for (size_t i = 0; i < n; i++) {
        w[i] = lambda == 1 ? y[i] : pt_box_cox(y[i], lambda);
    }
    struct line line = line_fit(w, n);
    for (size_t i = 0; i < n; i++) {
        z[i] = 2 * w[i] - (line.a + line.b * (double)(i + 1));
    }
    struct ses s = ses_fit(z, n);
    /* half of z and half of the line make w, so its errors are half of those of z */
    double level = s.first;
    for (size_t i = 0; i < n; i++) {
        double e = z[i] - level;
        level += s.alpha * e;
        z[i] = e / 2;
    }
    return (struct pt_theta){ .lambda = lambda,
                              .level = (s.level + line.a + line.b * (double)n) / 2,
                              .slope = line.b / 2,
                              .alpha = s.alpha,
                              .sse = s.sse / 4,
                              .errors = z };
}

/* ------------------------------------------------------------------ the six */

#define THEIL_SEN_POINTS 60

static double theil_sen(const struct pt_regular *s)
{
    size_t first = s->n > THEIL_SEN_POINTS ? s->n - THEIL_SEN_POINTS : 0, count = 0;
    double slopes[THEIL_SEN_POINTS * (THEIL_SEN_POINTS - 1) / 2];
    for (size_t i = first; i < s->n; i++) {
        for (size_t j = i + 1; j < s->n; j++) {
            slopes[count++] = (s->y[j] - s->y[i]) / (double)(j - i);
        }
    }
    return pt_median(slopes, count);
}

/* The untransformed Theta has no clip of its own. */
static void theta_plain(const double *y, size_t n, double *work, double f[PT_CONSENSUS_YEARS])
{
    struct line line = line_fit(y, n);
    for (size_t i = 0; i < n; i++) {
        work[i] = 2 * y[i] - (line.a + line.b * (double)(i + 1));
    }
    double level = ses_fit(work, n).level;
    for (size_t h = 0; h < PT_CONSENSUS_YEARS; h++) {
        f[h] = level / 2 + (line.a + line.b * (double)(n + h + 1)) / 2;
    }
}

/* Theta and damped Holt on one Box-Cox scale, transformed back. */
static void on_scale(const double *y, size_t n, double lambda, double *work,
                     double f[PT_CONSENSUS_YEARS], double damped[PT_CONSENSUS_YEARS])
{
    double *w = work, *rest = work + n;
    for (size_t i = 0; i < n; i++) {
        w[i] = pt_box_cox(y[i], lambda);
    }
    theta(w, n, lambda, rest, f);
    struct pt_holt h = pt_holt_fit(w, n, rest);
    holt_forecast(&h, damped);
    for (size_t k = 0; k < PT_CONSENSUS_YEARS; k++) {
        damped[k] = pt_box_cox_inverse(damped[k], lambda);
    }
}

double pt_bases_within(const struct pt_bases *bases, double f)
{
    f = fmin(fmax(f, bases->low), bases->high);
    return bases->zero ? fmax(f, 0) : f;
}

/* Sets the reach of forecasts; the least value. */
static double set_reach(const struct pt_regular *s, bool zero, struct pt_bases *b)
{
    double last = s->y[s->n - 1], low = s->y[0], high = s->y[0];
    for (size_t i = 1; i < s->n; i++) {
        low = fmin(low, s->y[i]);
        high = fmax(high, s->y[i]);
    }
    double far = 1.5 * (high - low);
    b->low = last - far;
    b->high = last + far;
    b->zero = zero;
    return low;
}

void pt_bases_make(const struct pt_regular *s, const struct pt_statistics *stats, bool positive,
                   bool zero, double *work, struct pt_bases *b)
{
    size_t n = s->n;
    double damped[3][PT_CONSENSUS_YEARS], low = set_reach(s, zero, b);
    struct pt_holt h = pt_holt_fit(s->y, n, work);
    /* the straight line through a hole makes no errors of its own: filled years do not count */
    b->damps = sqrt(h.sse / (double)s->n_observed);
    holt_forecast(&h, damped[0]);
    memcpy(b->f[2], damped[0], sizeof damped[0]);
    double lambda = positive && low > 0 ? best_lambda(s->y, n, work) : 1;
    const double lambdas[2] = { lambda, positive && low > 0 ? 0 : 1 };
    for (int v = 0; v < 2; v++) {
        if (lambdas[v] == 1) {
            theta_plain(s->y, n, work, b->f[3 + v]);
            memcpy(damped[1 + v], damped[0], sizeof damped[0]);
        } else {
            on_scale(s->y, n, lambdas[v], work, b->f[3 + v], damped[1 + v]);
        }
    }
    double slope = theil_sen(s), last = s->y[n - 1];
    for (size_t k = 0; k < PT_CONSENSUS_YEARS; k++) {
        double ahead = (double)(k + 1), three[3];
        b->f[0][k] = last;
        b->f[1][k] = last + ahead * stats->md;
        b->f[5][k] = last + ahead * slope;
        for (size_t m = 0; m < PT_CONSENSUS_BASES; m++) {
            b->f[m][k] = pt_bases_within(b, b->f[m][k]);
        }
        for (int v = 0; v < 3; v++) {
            three[v] = pt_bases_within(b, damped[v][k]);
        }
        b->D[k] = pt_median(three, 3);
    }
}
