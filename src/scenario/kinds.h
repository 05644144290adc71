/* What lever kinds share; private to this room. */
#ifndef PARITET_SCENARIO_KINDS_H
#define PARITET_SCENARIO_KINDS_H

#include <paritet/scenario.h>

/* The effect as drawn. */
double pt_lever_as_drawn(const struct pt_lever *lever, double drawn);
/* A shift that follows the ramp and fades after the end. */
void pt_lever_step_level(double share, double ramp, bool in_force, double keep, size_t n,
                         const double *E, double *D);

#endif
