#include <math.h>

#include "barometer/subject.h"

/* Sampling variance of a share in per cent or 0..1 behind which n persons stand. */
static double binomial(double figure, double persons, double scale)
{
    /* half a person at each end keeps the variance of 0 and 100 % above 0 (Agresti, Coull 1998) */
    double p = (figure / scale * persons + 0.5) / (persons + 1);
    return scale * scale * p * (1 - p) / persons;
}

static double variance_of(const struct pt_subject *subject, const struct pt_pair *pair)
{
    const struct pt_indicator *indicator = subject->indicator;
    if (!(pair->m->persons > 0) || (pair->r && !(pair->r->persons > 0)) || !indicator->percent) {
        return NAN;
    }
    double vm = binomial(pair->m->value, pair->m->persons, subject->scale);
    if (!pair->r) {
        return subject->kind == PT_SUBJECT_GIVEN ? NAN : vm;
    }
    double vr = binomial(pair->r->value, pair->r->persons, subject->scale), by_m, by_r;
    indicator->gap->slopes(pair->m->value, pair->r->value, indicator->better, subject->scale, &by_m,
                           &by_r);
    return by_m * by_m * vm + by_r * by_r * vr;
}

static double step_of(unsigned decimals)
{
    return pow(10, -(double)decimals);
}

bool pt_columns_new(struct pt_arena *arena, size_t n, struct pt_columns *c)
{
    c->year = PT_NEW(arena, int, n);
    double *block = PT_NEW(arena, double, 5 * n);
    if (!c->year || !block) {
        return false;
    }
    c->y = block;
    c->m = block + n;
    c->r = block + 2 * n;
    c->variance = block + 3 * n;
    c->persons = block + 4 * n;
    return true;
}

static enum pt_status value_of(const struct pt_subject *subject, const struct pt_pair *pair,
                               double *y, struct pt_error *err)
{
    const struct pt_gap_measure *gap = subject->indicator->gap;
    if (!pair->r) {
        *y = pair->m->value;
        return PT_OK;
    }
    if (gap->domain && !gap->domain(pair->m->value, pair->r->value, subject->scale)) {
        return PT_RAISE(err, PT_EDATA,
                        "'%s' has no gap '%s' in %d (%g against %g); "
                        "use 'gap: difference'",
                        subject->stream, gap->name, pair->m->year, pair->m->value, pair->r->value);
    }
    *y = gap->gap(pair->m->value, pair->r->value, subject->indicator->better, subject->scale);
    return PT_OK;
}

/* The rounding of the projected figure: of a gap, what the rounding of both figures makes of it. */
static double gap_step(const struct pt_subject *subject, const struct pt_pair *newest,
                       const struct pt_columns *c)
{
    if (!newest->r) {
        return c->step_m;
    }
    double by_m, by_r;
    subject->indicator->gap->slopes(newest->m->value, newest->r->value, subject->indicator->better,
                                    subject->scale, &by_m, &by_r);
    return hypot(by_m * c->step_m, by_r * c->step_r);
}

enum pt_status pt_columns_fill(struct pt_subject *subject, const struct pt_pair *pairs, size_t n,
                               struct pt_columns *c, struct pt_error *err)
{
    bool variance = true, persons = false;
    c->step_m = c->step_r = 1;
    for (size_t i = 0; i < n; i++) {
        enum pt_status status = value_of(subject, &pairs[i], &c->y[i], err);
        if (status != PT_OK) {
            return status;
        }
        c->year[i] = pairs[i].m->year;
        c->m[i] = pairs[i].m->value;
        c->r[i] = pairs[i].r ? pairs[i].r->value : 0;
        c->variance[i] = variance_of(subject, &pairs[i]);
        variance &= isfinite(c->variance[i]) && c->variance[i] > 0;
        c->persons[i] = pairs[i].r && pairs[i].r->persons > 0
                            ? fmin(pairs[i].m->persons, pairs[i].r->persons)
                            : pairs[i].m->persons;
        persons |= c->persons[i] > 0;
        /* the finest digits ever written: 7 between 6.9 and 7.1 is 7.0 */
        c->step_m = fmin(c->step_m, step_of(pairs[i].m->decimals));
        c->step_r = pairs[i].r ? fmin(c->step_r, step_of(pairs[i].r->decimals)) : c->step_r;
    }
    c->step = gap_step(subject, &pairs[n - 1], c);
    subject->persons = persons ? c->persons : NULL;
    c->sampling = c->variance;
    c->variance = variance ? c->variance : NULL;
    return PT_OK;
}
