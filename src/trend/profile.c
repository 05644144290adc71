#include <math.h>
#include <stdlib.h>

#include "trend/regression.h"

/* Of a column's length, what less than this is left of is the others' rounding. */
#define NOTHING_NEW 1e-10

static double dot(const double *a, const double *b, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += a[i] * b[i];
    }
    return sum;
}

/* v without its part in the basis; twice, because once leaves rounding (Giraud et al. 2005). */
static void project_out(const struct pt_profile *p, double *v)
{
    for (int twice = 0; twice < 2; twice++) {
        for (size_t k = 0; k < p->m; k++) {
            const double *q = p->basis + k * p->n;
            double along = dot(q, v, p->n);
            for (size_t i = 0; i < p->n; i++) {
                v[i] -= along * q[i];
            }
        }
    }
}

static void add(const struct pt_regression *r, size_t column, struct pt_profile *p)
{
    double *q = p->basis + p->m * p->n;
    for (size_t i = 0; i < p->n; i++) {
        q[i] = sqrt(r->w[i]) * (double)r->x[i * r->p + column];
    }
    project_out(p, q);
    double length = sqrt(dot(q, q, p->n));
    for (size_t i = 0; i < p->n; i++) {
        q[i] /= length > 0 ? length : 1;
    }
    p->m++;
}

enum pt_status pt_profile_open(const struct pt_regression *r, size_t from, struct pt_profile *p,
                               struct pt_error *err)
{
    *p = (struct pt_profile){ .n = r->n };
    p->basis = malloc((r->p + 6) * r->n * sizeof *p->basis);
    if (!p->basis) {
        return PT_RAISE_NOMEM(err);
    }
    p->y = p->basis + (r->p + 1) * r->n;
    p->column = p->y + r->n;
    if (from > 0) {
        add(r, 0, p);
    }
    for (size_t k = from; k < r->p; k++) {
        add(r, k, p);
    }
    for (size_t i = 0; i < r->n; i++) {
        p->y[i] = sqrt(r->w[i]) * r->y[i];
    }
    double whole = dot(p->y, p->y, p->n);
    project_out(p, p->y);
    p->left = dot(p->y, p->y, p->n);
    if (p->left < NOTHING_NEW * NOTHING_NEW * whole) {
        p->left = 0;
    }
    return PT_OK;
}

void pt_profile_close(struct pt_profile *p)
{
    free(p->basis);
}

double pt_profile_gain(struct pt_profile *p)
{
    double whole = dot(p->column, p->column, p->n);
    project_out(p, p->column);
    double rest = dot(p->column, p->column, p->n), along = dot(p->column, p->y, p->n);
    return rest > NOTHING_NEW * NOTHING_NEW * whole ? along * along / rest : 0;
}
