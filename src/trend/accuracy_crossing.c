#include <math.h>

#include "trend/trend.h"

#define STEPS_MOST 4

/* First of the years 1 .. years at or past the level, and whether it stays there for
 * PT_CROSSING_KEPT of them; x[h * stride]. */
struct passage {
    size_t first; /* years + 1: none */
    bool kept;
};

static struct passage pass(const struct pt_crossing *c, const double *x, size_t stride,
                           size_t years)
{
    struct passage p = { .first = years + 1 };
    size_t run = 0;
    for (size_t h = 0; h < years; h++) {
        bool past = c->direction * (x[h * stride] - c->level) >= 0;
        if (past && p.first > years) {
            p.first = h + 1;
        }
        run = past ? run + 1 : 0;
        p.kept |= run >= PT_CROSSING_KEPT;
    }
    return p;
}

static void count(struct pt_crossing *c, const struct pt_futures *futures)
{
    size_t by[PT_CROSSING_YEARS + 1] = { 0 }, kept = 0;
    for (size_t i = 0; i < futures->draws; i++) {
        struct passage p = pass(c, futures->x + i, futures->draws, futures->years);
        kept += p.kept;
        if (p.first <= c->years) {
            by[p.first - 1]++;
        }
    }
    double draws = (double)futures->draws;
    for (size_t h = 0, so_far = 0; h < c->years; h++) {
        so_far += by[h];
        c->chance[h] = (double)so_far / draws;
    }
    c->chance_kept = futures->years < PT_CROSSING_KEPT ? (double)NAN : (double)kept / draws;
}

size_t pt_crossings_make(const struct pt_series *past, const struct pt_series *after,
                         const struct pt_forecast *forecasts, const struct pt_futures *futures,
                         struct pt_crossing out[PT_CROSSINGS])
{
    static const unsigned steps[] = { 1, 2, STEPS_MOST, PT_CROSSING_FAR };
    size_t years = after->n < PT_CROSSING_YEARS ? after->n : PT_CROSSING_YEARS;
    size_t n = 0, last = past->n - 1, kinds = after->n > PT_CROSSING_YEARS ? 4 : 3;
    double change = 0;
    for (size_t i = 1; i <= last; i++) {
        change += fabs(past->y[i] - past->y[i - 1]);
    }
    if (!(change > 0) || years == 0) {
        return 0;
    }
    double trend = forecasts[years - 1].point - past->y[last];
    for (size_t k = 0; k < kinds; k++) {
        for (int direction = 1; direction >= -1; direction -= 2) {
            double level = past->y[last] + direction * (double)steps[k] * change / (double)last;
            if (past->lower == 0 && level <= 0) {
                continue;
            }
            struct pt_crossing c = { .steps = steps[k],
                                     .direction = direction,
                                     .with_trend = direction * trend > 0,
                                     .level = level,
                                     .years = years };
            struct passage p = pass(&c, after->y, 1, after->n);
            c.first = p.first <= c.years ? p.first : c.years + 1;
            c.kept = p.kept;
            count(&c, futures);
            out[n++] = c;
        }
    }
    return n;
}

struct pt_calibration pt_calibration_make(const double *chance, const bool *came, size_t n)
{
    struct pt_calibration out = { .n = n };
    double all = (double)n;
    for (size_t i = 0; i < n; i++) {
        size_t bin = (size_t)(chance[i] * PT_RELIABILITY_BINS);
        struct pt_reliability *b =
            &out.bins[bin < PT_RELIABILITY_BINS ? bin : PT_RELIABILITY_BINS - 1];
        b->n++;
        b->stated += chance[i];
        b->observed += came[i];
        out.stated += chance[i] / all;
        out.observed += came[i] / all;
        out.brier += (chance[i] - came[i]) * (chance[i] - came[i]) / all;
    }
    out.base_brier = out.observed * (1 - out.observed);
    for (size_t i = 0; i < PT_RELIABILITY_BINS; i++) {
        struct pt_reliability *b = &out.bins[i];
        out.ece += fabs(b->stated - b->observed) / all;
        b->stated = b->n > 0 ? b->stated / (double)b->n : (double)NAN;
        b->observed = b->n > 0 ? b->observed / (double)b->n : (double)NAN;
    }
    if (n == 0) {
        out.stated = out.observed = out.brier = out.base_brier = out.ece = (double)NAN;
    }
    return out;
}

void pt_crossings_rps(const struct pt_crossing *const *crossings, size_t n, double *rps,
                      double *base)
{
    struct {
        double come[PT_CROSSING_YEARS], asked[PT_CROSSING_YEARS];
    } by_steps[PT_CROSSING_FAR + 1] = { 0 };
    for (size_t i = 0; i < n; i++) {
        for (size_t h = 0; h < crossings[i]->years; h++) {
            by_steps[crossings[i]->steps].come[h] += crossings[i]->first <= h + 1;
            by_steps[crossings[i]->steps].asked[h]++;
        }
    }
    double sum = 0, base_sum = 0;
    for (size_t i = 0; i < n; i++) {
        const struct pt_crossing *c = crossings[i];
        double own = 0, quoted = 0;
        for (size_t h = 0; h < c->years; h++) {
            double came = c->first <= h + 1;
            double share = by_steps[c->steps].come[h] / by_steps[c->steps].asked[h];
            own += (c->chance[h] - came) * (c->chance[h] - came);
            quoted += (share - came) * (share - came);
        }
        sum += own / (double)c->years;
        base_sum += quoted / (double)c->years;
    }
    *rps = n > 0 ? sum / (double)n : (double)NAN;
    *base = n > 0 ? base_sum / (double)n : (double)NAN;
}
