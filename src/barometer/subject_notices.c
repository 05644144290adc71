#include <math.h>
#include <stdio.h>

#include "barometer/subject.h"

/* Names of all measures of a gap. */
#define NAMES_MAX 200

/* METHODS 1. Directions are those of a line through all fitted years, never of two end points. */

static size_t piece_of(const struct pt_series *series, size_t i)
{
    size_t k = 0;
    while (k < series->n_breaks && series->breaks[k] <= series->year[i]) {
        k++;
    }
    return k;
}

/* The least squares slope of values at the years of a series, with a level of its own for each
 * definition. */
static double slope_of(const struct pt_series *series, double (*value)(const void *, size_t),
                       const void *of)
{
    double top = 0, bottom = 0;
    for (size_t start = 0, end; start < series->n; start = end) {
        double year = 0, mean = 0;
        for (end = start; end < series->n && piece_of(series, end) == piece_of(series, start);
             end++) {
            year += series->year[end];
            mean += value(of, end);
        }
        year /= (double)(end - start);
        mean /= (double)(end - start);
        for (size_t i = start; i < end; i++) {
            top += (series->year[i] - year) * (value(of, i) - mean);
            bottom += (series->year[i] - year) * (series->year[i] - year);
        }
    }
    return bottom > 0 ? top / bottom : 0;
}

static double plain(const void *of, size_t i)
{
    return ((const double *)of)[i];
}

struct measured {
    const struct pt_subject *subject;
    const struct pt_gap_measure *measure;
};

static double gap_at(const void *of, size_t i)
{
    const struct measured *m = of;
    return m->measure->gap(m->subject->group.y[i], m->subject->reference.y[i],
                           m->subject->indicator->better, m->subject->scale);
}

static bool exists(const struct measured *m)
{
    for (size_t i = 0; m->measure->domain && i < m->subject->projected.n; i++) {
        if (!m->measure->domain(m->subject->group.y[i], m->subject->reference.y[i],
                                m->subject->scale)) {
            return false;
        }
    }
    return true;
}

/* Measures that see the other direction, all in one notice. */
static void say_disagreement(const struct pt_subject *subject, double own,
                             struct pt_diagnostics *list)
{
    const struct pt_indicator *indicator = subject->indicator;
    const struct pt_series *series = &subject->projected;
    char names[NAMES_MAX] = "";
    for (size_t i = 0, n = 0; pt_gap_measures[i] && n < sizeof names; i++) {
        struct measured other = { subject, pt_gap_measures[i] };
        if (other.measure->compares && other.measure != indicator->gap && exists(&other) &&
            slope_of(series, gap_at, &other) * own < 0) {
            n += (size_t)snprintf(names + n, sizeof names - n, "%s'%s'", n > 0 ? ", " : "",
                                  other.measure->name);
        }
    }
    if (names[0] != '\0') {
        pt_diagnose(list, PT_NOTICE, indicator->at, NULL,
                    own < 0 ? PT_N("'%s': measured by '%s' the gap narrows from %d to %d, measured "
                                   "by %s it widens")
                            : PT_N("'%s': measured by '%s' the gap widens from %d to %d, measured "
                                   "by %s it narrows"),
                    subject->stream, indicator->gap->name, series->year[0],
                    series->year[series->n - 1], names);
    }
}

void pt_subject_notices(const struct pt_subject *subject, struct pt_diagnostics *list)
{
    const struct pt_indicator *indicator = subject->indicator;
    const struct pt_series *series = &subject->projected;
    if (subject->kind != PT_SUBJECT_TWO_GROUPS || series->n < 2) {
        return;
    }
    double own = slope_of(series, plain, series->y);
    double group = indicator->better * slope_of(series, plain, subject->group.y);
    double reference = indicator->better * slope_of(series, plain, subject->reference.y);
    say_disagreement(subject, own, list);
    if (own < 0 && reference < 0) {
        pt_diagnose(
            list, PT_NOTICE, indicator->at, NULL,
            group <= 0 ? PT_N("'%s': the gap narrows from %d to %d although the group did not "
                              "gain: the reference '%s' lost more (levelling down)")
                       : PT_N("'%s': the gap narrows from %d to %d partly because the reference "
                              "'%s' lost (levelling down)"),
            subject->stream, series->year[0], series->year[series->n - 1], indicator->reference);
    }
}
