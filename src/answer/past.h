/* What was known in earlier years; private to this room. */
#ifndef PARITET_ANSWER_PAST_H
#define PARITET_ANSWER_PAST_H

#include <paritet/answer.h>

/* The series as it was known when point `last` was the newest. */
struct pt_series pt_series_until(const struct pt_series *all, size_t last);

/* Whether the published figure of a past target year met the target, 1 or 0; NAN: no figure for it. */
double pt_target_was_met(const struct pt_subject *subject);

/* METHODS 6: the chance that the pace of a fit leads away from parity, or from the target, is at
 * least .9. */
bool pt_moves_away(const struct pt_subject *subject, const struct pt_fit *fit);

/* The first point in the definition of the newest figure: a reform that changes the slope leaves
 * figures comparable. */
size_t pt_series_first_comparable(const struct pt_series *series);

#endif
