/* What lever kinds share; private to this room. */
#ifndef PARITET_SCENARIO_KINDS_H
#define PARITET_SCENARIO_KINDS_H

#include <paritet/scenario.h>

/* Keys that a kind takes when its effect touches people. */
#define PT_KEYS_OF_EFFECTS "reach, ramp, acts-on, turnover, confidence, may-overshoot"

/* The effect as drawn. */
double pt_lever_as_drawn(const struct pt_lever *lever, double drawn);
/* A shift that follows the ramp and fades after the end. */
void pt_lever_step_level(const struct pt_lever_year *year, size_t n, const double *E,
                         const double *remaining, double *D);

#endif
