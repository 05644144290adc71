/* Private to scenario: a scenario against a model. */
#ifndef PARITET_SCENARIO_BIND_H
#define PARITET_SCENARIO_BIND_H

#include <paritet/input.h>
#include <paritet/scenario.h>

struct pt_binding {
    const struct pt_scenario *scenario;
    const struct pt_model *model;
    bool names_only; /* the scenario has errors: look only at what it names */
    struct pt_checker checker;
};

#define REPORT(b, severity, place, ...)                                                         \
    do {                                                                                        \
        struct pt_spot spot_ = pt_spot_of(pt_scenario_source((b)->scenario, (place)), (place)); \
        pt_spot_report((b)->checker.list, (severity), &spot_, __VA_ARGS__);                     \
    } while (0)

/* Units, bounds and direction of a lever whose names are known; false where there is an error. */
bool pt_bind_amounts(struct pt_binding *b, const struct pt_lever *lever,
                     const struct pt_indicator *indicator);
/* Its years against the figures and the horizon. */
void pt_bind_time(struct pt_binding *b, const struct pt_lever *lever,
                  const struct pt_indicator *indicator);
/* Its size against what the figures have done, and against what is left to do. */
void pt_bind_size(struct pt_binding *b, const struct pt_lever *lever,
                  const struct pt_indicator *indicator);
/* What a lever's figure would have to move by to reach parity or the target: +1 upward, -1
 * downward, 0 where there is neither. */
int pt_way_to_parity(const struct pt_lever *lever, const struct pt_indicator *indicator);
/* Whether two levers have the same assumed effect, whatever it is on and whenever. */
bool pt_levers_same_effect(const struct pt_lever *a, const struct pt_lever *b);

/* What a planner should know of the levers of a run, and of several scenarios that are answered
 * side by side. */
enum pt_status pt_levers_notice(const struct pt_scenario *const *scenarios, size_t n,
                                struct pt_arena *arena, struct pt_diagnostics *list,
                                struct pt_error *err);
enum pt_status pt_scenarios_notice(const struct pt_scenario *const *scenarios, size_t n,
                                   struct pt_arena *arena, struct pt_diagnostics *list,
                                   struct pt_error *err);

#endif
