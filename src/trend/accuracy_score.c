#include <math.h>
#include <stdlib.h>

#include "trend/trend.h"

/* of the interval score */
#define MISS 0.05
/* one series of so many is left out of the trimmed mean */
#define HARDEST 100

/* %, 0 where both are 0 */
static double symmetric_error(double y, double f)
{
    double size = fabs(y) + fabs(f);
    return size > 0 ? 200 * fabs(y - f) / size : 0;
}

struct pt_score pt_score_make(const struct pt_series *past, const struct pt_series *after,
                              const struct pt_forecast *forecasts)
{
    struct pt_score s = { .years = after->n };
    double last = past->y[past->n - 1], years = (double)after->n, change = 0;
    for (size_t i = 1; i < past->n; i++) {
        change += fabs(past->y[i] - past->y[i - 1]);
    }
    s.scale = change / (double)(past->n - 1);
    for (size_t i = 0; i < after->n; i++) {
        const struct pt_forecast *f = &forecasts[after->year[i] - past->year[past->n - 1] - 1];
        double y = after->y[i];
        s.smape += symmetric_error(y, f->point) / years;
        s.naive_smape += symmetric_error(y, last) / years;
        s.mae += fabs(y - f->point) / years;
        s.naive_mae += fabs(y - last) / years;
        s.interval +=
            (f->hi95 - f->lo95 + 2 / MISS * (fmax(f->lo95 - y, 0) + fmax(y - f->hi95, 0))) / years;
        s.inside80 += y >= f->lo80 && y <= f->hi80;
        s.inside95 += y >= f->lo95 && y <= f->hi95;
    }
    return s;
}

/* What is summed over series before the ratios are taken. */
struct sums {
    double smape, naive_smape, mase, naive_mase;
    size_t inside80, inside95, years;
};

/* A series of which the naive forecast is scaled error `hard`. */
struct scaled {
    double hard, interval;
};

static int by_hardness(const void *a, const void *b)
{
    const struct scaled *x = a, *y = b;
    return x->hard != y->hard ? (x->hard > y->hard) - (x->hard < y->hard)
                              : (x->interval > y->interval) - (x->interval < y->interval);
}

/* Of the n easiest. */
static double mean_interval(const struct scaled *scaled, size_t n)
{
    double sum = 0;
    for (size_t i = 0; i < n; i++) {
        sum += scaled[i].interval;
    }
    return sum / (double)n;
}

enum pt_status pt_accuracy_make(const struct pt_score *const *scores, size_t n,
                                struct pt_accuracy *out, struct pt_error *err)
{
    struct scaled *scaled = malloc((n + 1) * sizeof *scaled);
    if (!scaled) {
        return PT_RAISE_NOMEM(err);
    }
    struct sums sums = { 0 };
    size_t with_scale = 0;
    for (size_t i = 0; i < n; i++) {
        const struct pt_score *s = scores[i];
        sums.smape += s->smape;
        sums.naive_smape += s->naive_smape;
        sums.inside80 += s->inside80;
        sums.inside95 += s->inside95;
        sums.years += s->years;
        if (s->scale > 0) {
            sums.mase += s->mae / s->scale;
            sums.naive_mase += s->naive_mae / s->scale;
            scaled[with_scale++] = (struct scaled){ .hard = s->naive_mae / s->scale,
                                                    .interval = s->interval / s->scale };
        }
    }
    double relative_smape = sums.smape / sums.naive_smape;
    struct pt_accuracy made = {
        .series = n,
        .smape = sums.smape / (double)n,
        .mase = sums.mase / (double)with_scale,
        .relative_mase = sums.mase / sums.naive_mase,
        .cov80 = (double)sums.inside80 / (double)sums.years,
        .cov95 = (double)sums.inside95 / (double)sums.years,
    };
    made.owa = (relative_smape + made.relative_mase) / 2;
    qsort(scaled, with_scale, sizeof *scaled, by_hardness);
    made.msis = mean_interval(scaled, with_scale);
    made.msis_trimmed = mean_interval(scaled, with_scale - with_scale / HARDEST);
    free(scaled);
    *out = made;
    return PT_OK;
}
