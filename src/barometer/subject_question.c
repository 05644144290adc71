/* What a value says to the question of its subject: parity, or a target. */
#include <math.h>

#include <paritet/barometer.h>

/* a value that is a sum of decimals may miss a bound by its last bits */
#define SLACK 1e-9

double pt_subject_edge(const struct pt_subject *subject)
{
    return subject->band + SLACK * fmax(1, fabs(subject->gap_at_zero));
}

bool pt_subject_is_closed(const struct pt_subject *subject, double projected)
{
    return pt_subject_gap(subject, projected) <= pt_subject_edge(subject);
}

bool pt_subject_meets_target(const struct pt_subject *subject, double projected)
{
    const struct pt_indicator *indicator = subject->indicator;
    double slack = SLACK * fmax(1, fabs(indicator->target));
    double better = subject->kind == PT_SUBJECT_TWO_GROUPS ? -1 : indicator->better;
    return indicator->has_target && better * (projected - indicator->target) >= -slack;
}

size_t pt_subject_years_closed(const struct pt_subject *subject)
{
    const struct pt_series *series = &subject->projected;
    size_t all = subject->kind == PT_SUBJECT_PLAIN ? 0 : subject->n_before + series->n, n = 0;
    while (n < all) {
        size_t at = all - 1 - n;
        int year = subject->year_before[at];
        if (!pt_subject_is_closed(subject, subject->y_before[at]) ||
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
