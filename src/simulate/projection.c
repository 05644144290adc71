#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_statistics.h>

#include "simulate/simulate.h"

const double pt_band_levels[PT_BANDS] = { .05, .10, .25, .50, .75, .90, .95 };

/* The k-th smallest of values[from..n-1], where everything before `from` is smaller; leaves the
 * values partitioned at k. */
static double select_from(double *values, size_t from, size_t n, size_t k)
{
    return gsl_stats_select(values + from, 1, n - from, k - from);
}

/* Exact type-7 quantiles by selection, each continuing where the one before left off. */
static void quantiles(double *values, size_t n, double out[PT_BANDS])
{
    size_t from = 0;
    for (size_t q = 0; q < PT_BANDS; q++) {
        double at = pt_band_levels[q] * (double)(n - 1);
        size_t k = (size_t)at;
        double low = select_from(values, from, n, k), high = low;
        if (k + 1 < n) {
            high = INFINITY;
            for (size_t i = k + 1; i < n; i++) {
                high = fmin(high, values[i]);
            }
        }
        out[q] = low + (at - (double)k) * (high - low);
        from = k;
    }
}

/* Everything one projection needs while it runs. */
struct work {
    double normals[PT_START_NORMALS * PT_BLOCK];
    double state[PT_PATH_STATE * PT_BLOCK];
    double spare[2][PT_BLOCK]; /* the normals of two years */
    bool holds[PT_BLOCK];
    double x[PT_BLOCK], curve[PT_BLOCK], moved[PT_BLOCK], gap[PT_BLOCK];
    double *values;                /* [n_outcomes][n_years][draws] */
    struct pt_watch *watches;      /* [n_outcomes][PT_EVENTS] */
    struct pt_lever_block *levers; /* [n_outcomes] */
    double *lever_memory;
};

static void work_free(struct work *work)
{
    if (work) {
        free(work->lever_memory);
        free(work->levers);
        free(work->watches);
        free(work->values);
        free(work);
    }
}

static struct work *work_new(const struct pt_projection *p, const struct pt_plan *plans,
                             const double *reference, uint64_t draws)
{
    struct work *work = calloc(1, sizeof *work);
    size_t levers = 0;
    for (size_t s = 0; s < p->n_outcomes; s++) {
        levers += plans[s].n_levers;
    }
    if (!work) {
        return NULL;
    }
    if (draws > SIZE_MAX / sizeof(double) / p->n_outcomes / p->n_years) {
        free(work);
        return NULL;
    }
    work->values = malloc(p->n_outcomes * p->n_years * draws * sizeof(double));
    work->watches = calloc(p->n_outcomes * PT_EVENTS, sizeof *work->watches);
    work->levers = calloc(p->n_outcomes, sizeof *work->levers);
    work->lever_memory = malloc((2 * levers * PT_BLOCK + 1) * sizeof(double));
    if (!work->values || !work->watches || !work->levers || !work->lever_memory) {
        work_free(work);
        return NULL;
    }
    double *next = work->lever_memory;
    for (size_t s = 0; s < p->n_outcomes; s++) {
        size_t rows = plans[s].n_levers * PT_BLOCK;
        work->levers[s] = (struct pt_lever_block){ .subject = p->subject,
                                                   .plan = &plans[s],
                                                   .reference = reference,
                                                   .effects = next,
                                                   .shifts = next + rows };
        next += 2 * rows;
    }
    return work;
}

/* Consecutive observed years up to the last one that lie in the band, in one definition. */
static size_t years_in_band(const struct pt_subject *subject)
{
    const struct pt_series *series = &subject->projected;
    double band = pt_band_edge(subject);
    size_t all = subject->n_before + series->n, n = 0;
    while (n < all) {
        size_t at = all - 1 - n;
        int year = subject->year_before[at];
        if (!(pt_subject_gap(subject, subject->y_before[at]) <= band) ||
            (n > 0 && subject->year_before[at + 1] != year + 1)) {
            break;
        }
        n++;
        if (series->n_breaks > 0 && year == series->breaks[series->n_breaks - 1]) {
            break;
        }
    }
    return n;
}

static void clip(const struct pt_series *series, size_t n, double *x)
{
    if (isfinite(series->lower) || isfinite(series->upper)) {
        for (size_t i = 0; i < n; i++) {
            x[i] = fmin(fmax(x[i], series->lower), series->upper);
        }
    }
}

static void gaps(const struct pt_subject *subject, size_t n, const double *x, double *gap)
{
    for (size_t i = 0; i < n; i++) {
        gap[i] = subject->gap_at_zero + subject->gap_sign * x[i];
    }
}

static bool meets_target(const struct pt_subject *subject, double x)
{
    const struct pt_indicator *indicator = subject->indicator;
    double slack = 1e-9 * fmax(1, fabs(indicator->target));
    double better = subject->kind == PT_SUBJECT_TWO_GROUPS ? -1 : indicator->better;
    return better * (x - indicator->target) >= -slack;
}

/* The normals of year h = 1, 2, ...: two years share a block of the stream. */
static const double *year_normals(struct work *work, const struct pt_stream *stream, uint64_t first,
                                  size_t n, size_t h)
{
    if (h % 2 == 1) {
        pt_stream_normals(stream, first, n, (uint32_t)(PT_START_NORMALS / 2 + (h - 1) / 2),
                          work->spare[0], work->spare[1]);
    }
    return work->spare[(h - 1) % 2];
}

/* One outcome in one year of one block: the figure, its events, its target. */
static void count_year(struct pt_projection *p, struct work *work, size_t s, size_t h, size_t n,
                       uint64_t first, uint64_t draws)
{
    const struct pt_subject *subject = p->subject;
    struct pt_lever_block *levers = &work->levers[s];
    const double *x = work->x, *curve = work->curve;
    double curve_moved[PT_BLOCK];
    if (levers->plan->n_levers > 0) {
        pt_lever_block_year(levers, h - 1, n);
        pt_lever_block_apply(levers, h - 1, n, work->x, work->moved);
        pt_lever_block_apply(levers, h - 1, n, work->curve, curve_moved);
        x = work->moved;
        curve = curve_moved;
    }
    if (h <= p->n_years) {
        memcpy(work->values + (s * p->n_years + h - 1) * draws + first, x, n * sizeof *x);
    }
    if (p->has_question) {
        struct pt_watch *watch = work->watches + s * PT_EVENTS;
        double band = pt_band_edge(subject);
        gaps(subject, n, curve, work->gap);
        if (p->fit.family->has_curve) {
            pt_watch_year(&watch[PT_EVENT_TREND], h, n, work->gap, band);
        }
        gaps(subject, n, x, work->gap);
        pt_watch_year(&watch[PT_EVENT_PUBLISHED], h, n, work->gap, band);
        pt_watch_year(&watch[PT_EVENT_SUSTAINED], h, n, work->gap, band);
    }
    if (subject->indicator->has_target && p->last + (int)h == subject->indicator->target_year) {
        for (size_t i = 0; i < n; i++) {
            p->outcomes[s].by_target += meets_target(subject, x[i]);
        }
    }
}

static void count_block(struct pt_projection *p, const struct work *work, size_t n)
{
    size_t never = p->n_years + 1;
    const uint32_t *base = work->watches[PT_EVENT_SUSTAINED].first;
    for (size_t s = 0; s < p->n_outcomes; s++) {
        struct pt_outcome *outcome = &p->outcomes[s];
        const struct pt_watch *watch = work->watches + s * PT_EVENTS;
        for (int e = 0; e < PT_EVENTS; e++) {
            for (size_t i = 0; i < n; i++) {
                outcome->events[e].count[watch[e].first[i]]++;
            }
        }
        const uint32_t *own = watch[PT_EVENT_SUSTAINED].first;
        for (size_t i = 0; i < n; i++) {
            outcome->holds += work->holds[i];
            outcome->never_holds += work->holds[i] && own[i] == never;
            outcome->fades += !work->holds[i];
            outcome->never_fades += !work->holds[i] && own[i] == never;
        }
        for (size_t i = 0; i < n; i++) {
            if (own[i] < never && base[i] < never) {
                outcome->gained[p->n_years + base[i] - own[i]]++;
            } else {
                outcome->both_never += own[i] == never && base[i] == never;
                outcome->only_scenario += own[i] < never;
                outcome->only_baseline += base[i] < never;
            }
        }
    }
}

static void simulate_block(struct pt_projection *p, struct work *work,
                           const struct pt_stream *stream, const struct pt_run_options *options,
                           uint64_t first, size_t n, size_t before)
{
    const struct pt_fit *fit = &p->fit;
    for (uint32_t b = 0; b < PT_START_NORMALS / 2; b++) {
        pt_stream_normals(stream, first, n, b, work->normals + 2 * b * n,
                          work->normals + (2 * b + 1) * n);
    }
    fit->family->start(fit, n, work->normals, work->state, work->holds);
    if (fit->family->has_curve) {
        fit->family->step(fit, 0, n, work->normals, work->state, work->x, work->curve);
        clip(&p->subject->projected, n, work->curve);
        gaps(p->subject, n, work->curve, work->gap);
    }
    for (size_t s = 0; s < p->n_outcomes; s++) {
        struct pt_watch *watch = work->watches + s * PT_EVENTS;
        pt_watch_start(&watch[PT_EVENT_TREND], 1, p->n_years, 0, n);
        if (fit->family->has_curve) {
            pt_watch_now(&watch[PT_EVENT_TREND], n, work->gap, pt_band_edge(p->subject));
        }
        pt_watch_start(&watch[PT_EVENT_PUBLISHED], 1, p->n_years, before, n);
        pt_watch_start(&watch[PT_EVENT_SUSTAINED], options->sustained_years, p->n_years, before, n);
        pt_lever_block_start(&work->levers[s], options->seed, first, n);
    }
    size_t years = p->n_years + (size_t)options->sustained_years - 1;
    for (size_t h = 1; h <= years; h++) {
        const double *z = year_normals(work, stream, first, n, h);
        fit->family->step(fit, h, n, z, work->state, work->x, work->curve);
        clip(&p->subject->projected, n, work->x);
        clip(&p->subject->projected, n, work->curve);
        for (size_t s = 0; s < p->n_outcomes; s++) {
            count_year(p, work, s, h, n, first, options->draws);
        }
    }
    if (p->has_question) {
        count_block(p, work, n);
    }
}

enum pt_status pt_projection_simulate(struct pt_projection *projection, const struct pt_plan *plans,
                                      const double *reference, const struct pt_run_options *options,
                                      const struct pt_hooks *hooks, struct pt_error *err)
{
    struct work *work = work_new(projection, plans, reference, options->draws);
    if (!work) {
        return PT_RAISE(err, PT_ENOMEM,
                        "out of memory for %llu draws of %zu years; use fewer "
                        "--draws or a nearer --horizon",
                        (unsigned long long)options->draws, projection->n_years);
    }
    enum pt_status status = PT_OK;
    struct pt_stream stream = pt_stream_open(options->seed, projection->subject->stream);
    size_t before = projection->has_question ? years_in_band(projection->subject) : 0;
    for (uint64_t first = 0; first < options->draws; first += PT_BLOCK) {
        if (hooks && hooks->cancelled && hooks->cancelled(hooks->user)) {
            status = PT_RAISE(err, PT_ECANCELLED, "interrupted");
            goto done;
        }
        uint64_t left = options->draws - first;
        simulate_block(projection, work, &stream, options, first,
                       left < PT_BLOCK ? (size_t)left : PT_BLOCK, before);
    }
    for (size_t s = 0; s < projection->n_outcomes; s++) {
        for (size_t y = 0; y < projection->n_years; y++) {
            double *values = work->values + (s * projection->n_years + y) * options->draws;
            quantiles(values, options->draws, projection->outcomes[s].bands + y * PT_BANDS);
        }
    }
done:
    work_free(work);
    return status;
}
