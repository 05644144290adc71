#include <math.h>

#include "simulate/rows.h"

static void gaps(const struct pt_subject *subject, size_t n, const double *x, double *gap)
{
    pt_rows_best()->gaps(n, subject->gap_at_zero, subject->gap_sign, x, gap);
}

void pt_count_start(struct pt_count *count, size_t n, const double *curve_now)
{
    const struct pt_projection *p = count->projection;
    struct pt_watch *watches = count->watches;
    if (!p->has_question) {
        return;
    }
    pt_watch_start(&watches[PT_EVENT_SUSTAINED], count->sustained_years, p->n_years, count->before,
                   n);
    if (!count->outcome) {
        return;
    }
    pt_watch_start(&watches[PT_EVENT_PUBLISHED], 1, p->n_years, count->before, n);
    pt_watch_start(&watches[PT_EVENT_TREND], 1, p->n_years, 0, n);
    if (curve_now) {
        double gap[PT_BLOCK];
        gaps(p->subject, n, curve_now, gap);
        pt_watch_now(&watches[PT_EVENT_TREND], n, gap, pt_subject_edge(p->subject));
    }
}

void pt_count_year(struct pt_count *count, size_t h, size_t n, const double *x, const double *curve)
{
    const struct pt_projection *p = count->projection;
    const struct pt_subject *subject = p->subject;
    if (p->has_question) {
        double band = pt_subject_edge(subject), gap[PT_BLOCK];
        if (curve && count->outcome) {
            gaps(subject, n, curve, gap);
            pt_watch_year(&count->watches[PT_EVENT_TREND], h, n, gap, band);
        }
        gaps(subject, n, x, gap);
        pt_watch_year(&count->watches[PT_EVENT_SUSTAINED], h, n, gap, band);
        if (count->outcome) {
            pt_watch_year(&count->watches[PT_EVENT_PUBLISHED], h, n, gap, band);
        }
    }
    if (count->outcome && subject->indicator->has_target &&
        p->last + (int)h == subject->indicator->target_year) {
        for (size_t i = 0; i < n; i++) {
            count->outcome->by_target += pt_subject_meets_target(subject, x[i]);
        }
    }
}

void pt_count_block(struct pt_count *count, size_t n, const bool *holds)
{
    const struct pt_projection *p = count->projection;
    struct pt_outcome *outcome = count->outcome;
    const uint32_t *own = pt_count_first(count);
    if (!p->has_question || !outcome) {
        return;
    }
    for (int e = 0; e < PT_EVENTS; e++) {
        for (size_t i = 0; i < n; i++) {
            outcome->events[e].count[count->watches[e].first[i]]++;
        }
    }
    for (size_t i = 0; i < n; i++) {
        bool never = own[i] == p->n_years + 1;
        outcome->holds += holds[i];
        outcome->never_holds += holds[i] && never;
        outcome->fades += !holds[i];
        outcome->never_fades += !holds[i] && never;
    }
}

void pt_count_paired(const uint32_t *first, const uint32_t *second, size_t n, size_t n_years,
                     struct pt_paired *add)
{
    size_t never = n_years + 1;
    for (size_t i = 0; i < n; i++) {
        if (first[i] < never && second[i] < never) {
            add->gained[n_years + second[i] - first[i]]++;
        } else {
            add->both_never += first[i] == never && second[i] == never;
            add->only_first += first[i] < never;
            add->only_second += second[i] < never;
        }
    }
}
