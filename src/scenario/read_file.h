/* Private to scenario: a scenario as it stands in its file. */
#ifndef PARITET_SCENARIO_READ_FILE_H
#define PARITET_SCENARIO_READ_FILE_H

#include <paritet/input.h>
#include <paritet/scenario.h>

struct pt_file_effect_at {
    const struct pt_node *at;
    struct pt_amount_value increase;
    struct pt_effect_value effect;
    struct pt_word_value unit;
};

struct pt_file_ramp {
    const struct pt_node *at;
    struct pt_whole_value years;
    struct pt_choice_value shape;
};

struct pt_file_lasts {
    const struct pt_node *at;
    struct pt_whole_value until;
    struct pt_amount_value half_life;
};

struct pt_file_lever {
    const struct pt_node *at;
    struct pt_word_value id;
    struct pt_text_value title;
    struct pt_word_value indicator, group, place;
    struct pt_choice_value kind;
    struct pt_effect_value effect;
    struct pt_amount_value increase;
    struct pt_file_effect_at effect_at;
    struct pt_choice_value response;
    struct pt_amount_value reach;
    struct pt_whole_value start;
    struct pt_amount_value delay;
    struct pt_file_ramp ramp;
    struct pt_file_lasts lasts;
    struct pt_text_value source;
    struct pt_choice_value confidence;
};

struct pt_file_scenario {
    const struct pt_node *at;
    struct pt_text_value title;
    struct pt_whole_value horizon;
    struct pt_choice_value overlap;
    struct pt_list_value levers; /* of struct pt_file_lever */
};
#define LEVERS(file) ((struct pt_file_lever *)(file)->levers.items)

extern const struct pt_schema pt_scenario_schema; /* fills a struct pt_file_scenario */

/* One lever from its file form. */
void pt_file_lever_make(struct pt_checker *checker, const struct pt_file_lever *from,
                        struct pt_lever *to);
/* pt_scenario_bind; names_only where the scenario has errors: what it names, nothing else. */
enum pt_status pt_scenario_bind_some(const struct pt_scenario *scenario,
                                     const struct pt_model *model, bool names_only,
                                     struct pt_diagnostics *list, struct pt_error *err);
/* Whether two levers act on one group of one indicator at one place. */
bool pt_levers_meet(const struct pt_lever *a, const struct pt_lever *b);

#endif
