/* The classes that Eurostat, the United Nations and Destatis give, for comparison only. All take the
 * published figure from the first year of its definition to the year asked about, as they do. */
#include <math.h>

#include "answer/status.h"

static const char *const undefined = PT_N("undefined");

/* v at the base year b, newest at t, wanted in T. */
struct growth {
    double base, now, wanted;
    double observed; /* years from b to t */
    double whole;    /* from b to T */
    bool met;        /* by the newest figure */
    bool met_at_base;
};

/* Eurostat 2024, Sustainable development in the European Union, annex on method; Open SDG's progress
 * calculation is the same. Growth rates break at 0. */
double pt_growth_ratio(double base, double now, double wanted, double observed, double whole)
{
    if (base == 0 || wanted == 0 || now / base < 0 || wanted / base < 0 || wanted == base) {
        return NAN;
    }
    return (pow(now / base, 1 / observed) - 1) / (pow(wanted / base, 1 / whole) - 1);
}

/* UNSD 2022, SDG progress chart, technical note: where the growth so far would lead. */
double pt_growth_share(double base, double now, double wanted, double observed, double whole)
{
    if (base == 0 || now / base < 0 || wanted == base) {
        return NAN;
    }
    return (base * pow(now / base, whole / observed) - base) / (wanted - base);
}

static const char *eurostat(const struct growth *g)
{
    double ratio = pt_growth_ratio(g->base, g->now, g->wanted, g->observed, g->whole);
    return isnan(ratio)     ? undefined
           : g->met         ? PT_N("on track")
           : g->met_at_base ? undefined
           : ratio >= .95   ? PT_N("on track")
           : ratio >= .6    ? PT_N("accelerate")
           : ratio >= 0     ? PT_N("limited")
                            : PT_N("deterioration");
}

static const char *unsd(const struct growth *g)
{
    double q = pt_growth_share(g->base, g->now, g->wanted, g->observed, g->whole);
    return isnan(q)         ? undefined
           : g->met         ? PT_N("on track")
           : g->met_at_base ? undefined
           : q >= .95       ? PT_N("on track")
           : q >= .1        ? PT_N("fair progress")
                            : PT_N("limited progress");
}

#define CHANGES_MOST  5
#define CHANGES_LEAST 4

/* Destatis 2022, Sustainable development in Germany, indicator report, on the weather symbols. NULL:
 * fewer changes than they take. */
static const char *destatis(const struct pt_subject *subject, const struct pt_asked *asked,
                            size_t first, const struct growth *g)
{
    const struct pt_series *s = &subject->projected;
    size_t n = s->n - 1 - first < CHANGES_MOST ? s->n - 1 - first : CHANGES_MOST;
    double mean = 0;
    if (n < CHANGES_LEAST) {
        return NULL;
    }
    for (size_t i = s->n - n; i < s->n; i++) {
        mean += (s->y[i] - s->y[i - 1]) / (s->year[i] - s->year[i - 1]) / (double)n;
    }
    double then = g->now + mean * (g->whole - g->observed), remaining = g->wanted - g->now;
    if (g->met) {
        return pt_asked_is_met(subject, asked, then) ? PT_N("sun") : PT_N("thunderstorm");
    }
    double miss = (g->wanted - then) / remaining;
    return mean * remaining <= 0 ? PT_N("thunderstorm")
           : miss < .05          ? PT_N("sun")
           : miss <= .2          ? PT_N("sun and cloud")
                                 : PT_N("cloud");
}

void pt_standing_classes(const struct pt_subject *subject, const struct pt_asked *asked,
                         struct pt_standing *standing)
{
    const struct pt_series *s = &subject->projected;
    size_t first = pt_series_first_comparable(s);
    int b = s->year[first], t = s->year[s->n - 1];
    if (!asked->any || asked->year < t || b == t) {
        return;
    }
    struct growth g = { .base = s->y[first],
                        .now = s->y[s->n - 1],
                        .wanted = pt_asked_value(subject, asked),
                        .observed = t - b,
                        .whole = asked->year - b };
    g.met = pt_asked_is_met(subject, asked, g.now);
    g.met_at_base = pt_asked_is_met(subject, asked, g.base);
    standing->eurostat = eurostat(&g);
    standing->unsd = unsd(&g);
    standing->destatis = destatis(subject, asked, first, &g);
}
