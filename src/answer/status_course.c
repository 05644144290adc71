/* Pace against required pace, zero-safe: in points, never as a ratio of figures. */
#include <math.h>

#include "answer/status.h"

/* The figure that has to be reached: the target, or the nearer edge of the band. */
static double goal_of(const struct pt_subject *subject, const struct pt_asked *asked)
{
    double edge = asked->target ? 0 : subject->band;
    return pt_asked_value(subject, asked) + subject->gap_sign * edge;
}

void pt_standing_course(const struct pt_subject *subject, const struct pt_fit *fit,
                        const struct pt_judgement *judgement, struct pt_standing *standing)
{
    const struct pt_asked *asked = &judgement->asked;
    standing->pace = fit->pace;
    standing->pace_error = fit->pace_se;
    if (!asked->any || judgement->past) {
        return;
    }
    double way = goal_of(subject, asked) - fit->level;
    if (pt_asked_is_met(subject, asked, fit->level)) {
        way = 0;
    }
    standing->required_pace = way / (asked->year - fit->last);
    if (way == 0) {
        standing->effort = 0;
    } else {
        bool toward = fit->pace * way > 0;
        standing->effort = toward ? standing->required_pace / fit->pace : INFINITY;
    }
}
