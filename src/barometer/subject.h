/* What the files on subjects share; private to this room. */
#ifndef PARITET_BAROMETER_SUBJECT_H
#define PARITET_BAROMETER_SUBJECT_H

#include <paritet/barometer.h>

/* Says what a planner should hear before a council does: gap measures that disagree on the
 * direction, and gaps that close because the reference lost. */
void pt_subject_notices(const struct pt_subject *subject, struct pt_diagnostics *list);

#endif
