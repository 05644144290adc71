/* What the files on subjects share; private to this room. */
#ifndef PARITET_BAROMETER_SUBJECT_H
#define PARITET_BAROMETER_SUBJECT_H

#include <paritet/barometer.h>

/* One year of an indicator: the group's observation and, in step with it, the reference's. */
struct pt_pair {
    const struct pt_observation *m, *r;
};

/* The years of an indicator as columns; memory of the arena. */
struct pt_columns {
    int *year;
    double *y, *m, *r, *variance, *persons;
    double *sampling;            /* variance, NAN where it is not known */
    double step, step_m, step_r; /* of the published figures: projected, group, reference */
};
bool pt_columns_new(struct pt_arena *arena, size_t n, struct pt_columns *c);
/* The figures, gaps, sampling variances and persons of n pairs; variance NULL where one is not
 * known. PT_EDATA where a pair has no gap. */
enum pt_status pt_columns_fill(struct pt_subject *subject, const struct pt_pair *pairs, size_t n,
                               struct pt_columns *c, struct pt_error *err);

/* Says what a planner should hear before a council does: gap measures that disagree on the
 * direction, and gaps that close because the reference lost. */
void pt_subject_notices(const struct pt_subject *subject, struct pt_diagnostics *list);

#endif
