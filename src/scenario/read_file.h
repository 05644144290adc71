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

struct pt_file_cost {
    const struct pt_node *at;
    struct pt_number_value amount;
    struct pt_word_value unit, purse;
};

/* What may differ between the indicators of one programme. */
struct pt_file_change {
    const struct pt_node *at; /* NULL: it stands in the lever itself */
    struct pt_word_value indicator, group;
    struct pt_effect_value effect;
    struct pt_file_effect_at effect_at;
    struct pt_amount_value maximum, value, reach, delay;
};

struct pt_file_lever {
    const struct pt_node *at;
    struct pt_word_value id;
    struct pt_text_value title;
    struct pt_file_change own;
    struct pt_list_value indicators; /* of struct pt_file_change */
    struct pt_word_value place;
    struct pt_choice_value kind;
    struct pt_amount_value increase;
    struct pt_choice_value response;
    struct pt_whole_value by;
    struct pt_choice_value acts_on;
    struct pt_amount_value turnover;
    struct pt_boolean_value may_overshoot;
    struct pt_whole_value start;
    struct pt_file_ramp ramp;
    struct pt_file_lasts lasts;
    struct pt_list_value cost; /* of struct pt_file_cost */
    struct pt_text_value source;
    struct pt_choice_value confidence;
};

struct pt_file_scenario {
    const struct pt_node *at;
    struct pt_text_value title;
    struct pt_word_value based_on;
    struct pt_list_value drop; /* of struct pt_word_value */
    struct pt_whole_value horizon;
    struct pt_amount_value discount;
    struct pt_choice_value overlap;
    struct pt_list_value levers; /* of struct pt_file_lever */
};
#define LEVERS(file) ((struct pt_file_lever *)(file)->levers.items)

extern const struct pt_schema pt_scenario_schema; /* fills a struct pt_file_scenario */
extern const struct pt_schema pt_lever_schema;    /* fills a struct pt_file_lever */

/* A lever whose keys another scenario wrote over. */
struct pt_changed {
    const struct pt_node *lever;
    const struct pt_changed *next;
};

/* Reads a file with those that it is based on into one tree; the scenario gets their sources. The
 * levers that were changed on the way come in *changed. PT_EDATA and PT_EOPEN are in the list. */
enum pt_status pt_files_read(struct pt_checker *checker, struct pt_scenario *scenario,
                             struct pt_node **root, const struct pt_changed **changed,
                             struct pt_error *err);
/* Writes `own` over `base`, which is used up: the levers by id and key by key, what belongs to the
 * whole scenario by key, except the title. */
struct pt_node *pt_files_merge(struct pt_checker *checker, struct pt_node *base,
                               struct pt_node *own, const struct pt_changed **changed);
/* Whether a card's list of keys, "increase, effect-at", has this one. */
bool pt_key_in(const char *keys, const char *key);

/* How many levers one entry of the list stands for: one per indicator. */
size_t pt_file_lever_count(const struct pt_file_lever *from);
/* The levers of one entry from its file form. */
void pt_file_lever_make(struct pt_checker *checker, const struct pt_file_lever *from, size_t entry,
                        struct pt_lever *to);
/* Where messages about an entry stand. */
const struct pt_node *pt_file_lever_head(const struct pt_file_lever *from);
/* The effect of one change, with the unit and the limits of its kind; not its chance of none. */
void pt_file_effect_make(struct pt_checker *checker, const struct pt_file_lever *from,
                         const struct pt_file_change *change, struct pt_lever *to);
/* Nearly the whole support of an effect: all but a millionth at each end. */
void pt_effect_range(const struct pt_effect *effect, double *low, double *high);
/* What an entry costs; `unit` is that of the file's first cost (NULL: none yet). */
void pt_file_costs_make(struct pt_checker *checker, const struct pt_file_lever *from,
                        const char **unit, struct pt_lever *to);
/* Overlap written where it is needed, reaches that fit, levers that can stand side by side. */
void pt_file_overlap_check(struct pt_checker *checker, const struct pt_file_scenario *file,
                           const struct pt_scenario *scenario);
/* pt_scenario_bind; names_only where the scenario has errors: what it names, nothing else. */
enum pt_status pt_scenario_bind_some(const struct pt_scenario *scenario,
                                     const struct pt_model *model, bool names_only,
                                     struct pt_diagnostics *list, struct pt_error *err);
/* Whether two levers act on one group of one indicator at one place. */
bool pt_levers_meet(const struct pt_lever *a, const struct pt_lever *b);
/* The same of levers that touch shares of that group, so that it matters whom. */
bool pt_levers_overlap(const struct pt_lever *a, const struct pt_lever *b);

#endif
