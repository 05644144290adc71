#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "trend/least_squares.h"

/* Householder QR (Golub and Van Loan 2013, section 5.2) with the refinement of A. Bjoerck (1967),
 * "Iterative refinement of linear least squares solutions", BIT 7:257-278: coefficients and
 * residuals are refined together, from errors summed at twice the working precision. */

#define P           PT_FIT_PARAMETERS
#define REFINEMENTS 10
/* of working memory that needs no malloc: four columns of 370 figures */
#define LITTLE 4096

struct qr {
    size_t n, p;
    long double *a;    /* [p][n] the columns, scaled and weighted */
    long double *q;    /* [p][n] R above the diagonal, Householder vectors from it on */
    long double *rhs;  /* [n] */
    long double *r;    /* [n] residuals */
    long double *work; /* [n] */
    long double diagonal[P], beta[P], b[P];
    int exponent[P]; /* columns were scaled by 2^-exponent, which rounds nothing */
};

/* A sum of products at twice the working precision: T. Ogita, S. M. Rump and S. Oishi (2005),
 * "Accurate sum and dot product", SIAM J. Sci. Comput. 26:1955-1988. */
struct sum {
    long double high, low;
};

static void add_product(struct sum *s, long double a, long double b)
{
    /* Veltkamp's split of 64 bits (or as many as there are) into halves */
    const long double split = (long double)((UINT64_C(1) << ((LDBL_MANT_DIG + 1) / 2)) + 1);
    long double ca = split * a, cb = split * b;
    long double a1 = ca - (ca - a), b1 = cb - (cb - b), a2 = a - a1, b2 = b - b1;
    long double product = a * b;
    long double product_error = a2 * b2 - (((product - a1 * b1) - a2 * b1) - a1 * b2);
    long double total = s->high + product, part = total - s->high;
    s->low += ((s->high - (total - part)) + (product - part)) + product_error;
    s->high = total;
}

static void householder(const struct qr *m, size_t k, long double *v)
{
    const long double *u = m->q + k * m->n;
    long double dot = 0;
    for (size_t i = k; i < m->n; i++) {
        dot += u[i] * v[i];
    }
    dot *= m->beta[k];
    for (size_t i = k; i < m->n; i++) {
        v[i] -= dot * u[i];
    }
}

/* false: a column lies within rounding error of the space of those before it. */
static bool decompose(struct qr *m)
{
    memcpy(m->q, m->a, m->n * m->p * sizeof *m->q);
    for (size_t k = 0; k < m->p; k++) {
        long double *u = m->q + k * m->n, whole = 0, rest = 0;
        for (size_t i = 0; i < m->n; i++) {
            whole += m->a[k * m->n + i] * m->a[k * m->n + i];
            rest += i >= k ? u[i] * u[i] : 0;
        }
        long double length = sqrtl(rest);
        if (!(length > 16 * LDBL_EPSILON * (long double)m->n * sqrtl(whole))) {
            return false;
        }
        m->diagonal[k] = u[k] > 0 ? -length : length;
        m->beta[k] = 1 / (length * (length + fabsl(u[k])));
        u[k] -= m->diagonal[k];
        for (size_t j = k + 1; j < m->p; j++) {
            householder(m, k, m->q + j * m->n);
        }
    }
    return true;
}

static long double r_at(const struct qr *m, size_t i, size_t j)
{
    return i == j ? m->diagonal[i] : m->q[j * m->n + i];
}

static void solve_r(const struct qr *m, long double *v)
{
    for (size_t i = m->p; i-- > 0;) {
        for (size_t j = i + 1; j < m->p; j++) {
            v[i] -= r_at(m, i, j) * v[j];
        }
        v[i] /= m->diagonal[i];
    }
}

static void solve_r_transposed(const struct qr *m, long double *v)
{
    for (size_t i = 0; i < m->p; i++) {
        for (size_t j = 0; j < i; j++) {
            v[i] -= r_at(m, j, i) * v[j];
        }
        v[i] /= m->diagonal[i];
    }
}

/* One step on r + A b = y, A'r = 0; returns the largest relative change of a coefficient. The first
 * one, from b = 0 and r = 0, is the plain solution. */
static long double refine(struct qr *m, bool first)
{
    long double h[P] = { 0 }, step[P], change = 0;
    for (size_t i = 0; first && i < m->n; i++) {
        m->work[i] = m->rhs[i];
    }
    for (size_t i = 0; !first && i < m->n; i++) {
        struct sum s = { m->rhs[i], 0 };
        add_product(&s, -1, m->r[i]);
        for (size_t j = 0; j < m->p; j++) {
            add_product(&s, -m->a[j * m->n + i], m->b[j]);
        }
        m->work[i] = s.high + s.low;
    }
    for (size_t j = 0; !first && j < m->p; j++) {
        struct sum s = { 0, 0 };
        for (size_t i = 0; i < m->n; i++) {
            add_product(&s, -m->a[j * m->n + i], m->r[i]);
        }
        h[j] = s.high + s.low;
    }
    solve_r_transposed(m, h);
    for (size_t k = 0; k < m->p; k++) {
        householder(m, k, m->work);
    }
    for (size_t j = 0; j < m->p; j++) {
        step[j] = m->work[j] - h[j];
        m->work[j] = h[j];
    }
    solve_r(m, step);
    for (size_t k = m->p; k-- > 0;) {
        householder(m, k, m->work);
    }
    for (size_t j = 0; j < m->p; j++) {
        m->b[j] += step[j];
        change = fmaxl(change, fabsl(step[j]) / fmaxl(fabsl(m->b[j]), LDBL_MIN));
    }
    for (size_t i = 0; i < m->n; i++) {
        m->r[i] += m->work[i];
    }
    return change;
}

static void load(struct qr *m, const long double *x, const double *y, const double *w)
{
    for (size_t j = 0; j < m->p; j++) {
        long double most = 0;
        for (size_t i = 0; i < m->n; i++) {
            most = fmaxl(most, fabsl(x[i * m->p + j]));
        }
        frexpl(most, &m->exponent[j]);
    }
    for (size_t i = 0; i < m->n; i++) {
        long double root = w ? sqrtl((long double)w[i]) : 1;
        m->rhs[i] = root * (long double)y[i];
        m->r[i] = 0;
        for (size_t j = 0; j < m->p; j++) {
            m->a[j * m->n + i] = root * ldexpl(x[i * m->p + j], -m->exponent[j]);
        }
    }
}

/* (R'R)^-1 from the columns of R^-1, which are its rows' outer products. */
static void invert(const struct qr *m, double *inverse)
{
    long double rows[P * P], e[P];
    for (size_t k = 0; k < m->p; k++) {
        memset(e, 0, sizeof e);
        e[k] = 1;
        solve_r_transposed(m, e);
        solve_r(m, e);
        memcpy(rows + k * m->p, e, m->p * sizeof *e);
    }
    for (size_t j = 0; j < m->p; j++) {
        for (size_t k = 0; k < m->p; k++) {
            inverse[j * m->p + k] = (double)ldexpl((rows[j * m->p + k] + rows[k * m->p + j]) / 2,
                                                   -m->exponent[j] - m->exponent[k]);
        }
    }
}

static void store(const struct qr *m, const double *w, struct pt_least_squares *out,
                  double *residual)
{
    long double sse = 0;
    for (size_t i = 0; i < m->n; i++) {
        sse += m->r[i] * m->r[i];
        if (residual) { /* a weight of 0 tells nothing of its residual */
            residual[i] = (double)(!w         ? m->r[i]
                                   : w[i] > 0 ? m->r[i] / sqrtl((long double)w[i])
                                              : 0);
        }
    }
    out->sse = (double)sse;
    for (size_t j = 0; j < m->p; j++) {
        out->b[j] = (double)ldexpl(m->b[j], -m->exponent[j]);
    }
    invert(m, out->inverse);
}

enum pt_status pt_least_squares(size_t n, size_t p, const long double *x, const double *y,
                                const double *w, struct pt_least_squares *out, double *residual,
                                struct pt_error *err)
{
    struct qr m = { .n = n, .p = p };
    long double little[LITTLE], *much = NULL;
    m.a = little;
    if ((2 * p + 3) * n > LITTLE) {
        m.a = much = malloc((2 * p + 3) * n * sizeof *m.a);
    }
    if (!m.a) {
        return PT_RAISE_NOMEM(err);
    }
    m.q = m.a + p * n;
    m.rhs = m.q + p * n;
    m.r = m.rhs + n;
    m.work = m.r + n;
    load(&m, x, y, w);
    if (n < p || !decompose(&m)) {
        free(much);
        return PT_RAISE(err, PT_EDATA,
                        "no single curve fits these years and breaks; leave a break out");
    }
    long double change = HUGE_VALL, before;
    size_t steps = 0;
    do {
        before = change;
        change = refine(&m, steps == 0);
    } while (++steps < REFINEMENTS && change > 4 * LDBL_EPSILON && change < before / 2);
    store(&m, w, out, residual);
    free(much);
    return PT_OK;
}
