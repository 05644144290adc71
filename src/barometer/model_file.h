/* Private to barometer: a model as it stands in its file, before it is put together. */
#ifndef PARITET_BAROMETER_MODEL_FILE_H
#define PARITET_BAROMETER_MODEL_FILE_H

#include <paritet/barometer.h>
#include <paritet/input.h>

struct pt_file_group {
    const struct pt_node *at;
    struct pt_word_value id;
    struct pt_text_value title;
};

struct pt_file_unit {
    const struct pt_node *at;
    struct pt_word_value id;
    struct pt_text_value title;
    struct pt_whole_value decimals;
};

struct pt_file_band {
    const struct pt_node *at;
    struct pt_amount_value within;
    struct pt_text_value because;
};

struct pt_file_target {
    const struct pt_node *at;
    struct pt_amount_value value;
    struct pt_whole_value by;
    struct pt_text_value because;
};

struct pt_file_break {
    const struct pt_node *at;
    struct pt_whole_value year;
    struct pt_choice_value kind; /* enum pt_break_kind */
    struct pt_text_value because;
};

struct pt_file_indicator {
    const struct pt_node *at;
    struct pt_word_value id;
    struct pt_text_value title, note;
    struct pt_boolean_value decides;
    struct pt_word_value unit, series, group, reference;
    struct pt_choice_value gap;
    struct pt_number_value parity;
    struct pt_choice_value better;
    struct pt_list_value bounds; /* of double */
    struct pt_file_band band;
    struct pt_file_target target;
    struct pt_word_value trend;
    struct pt_whole_value fit_from;
    struct pt_list_value breaks; /* of struct pt_file_break */
};

struct pt_file_goal {
    const struct pt_node *at;
    struct pt_word_value id;
    struct pt_text_value title, owner;
    struct pt_list_value indicators;
};

struct pt_file_area {
    const struct pt_node *at;
    struct pt_word_value id;
    struct pt_text_value title;
    struct pt_list_value goals;
};

struct pt_file_link {
    const struct pt_node *at;
    struct pt_word_value id, from, to, group;
    struct pt_effect_value effect;
    struct pt_amount_value delay;
    struct pt_choice_value acts_on; /* 0: the group, 1: entrants */
    struct pt_amount_value turnover;
    struct pt_text_value source;
    struct pt_choice_value confidence; /* enum pt_confidence */
};

struct pt_file_policy {
    const struct pt_node *at;
    struct pt_whole_value from, to;
};

struct pt_file_model {
    const struct pt_node *at;
    struct pt_text_value title, place;
    struct pt_file_policy policy;
    struct pt_whole_value horizon;
    struct pt_list_value data, places; /* of struct pt_word_value */
    struct pt_list_value groups, units, areas, links;
};

/* The items of a list value: ITEMS(model->groups, struct pt_file_group)[i] */
#define ITEMS(list, type) ((type *)(list).items)

/* A model in the making. */
struct pt_making {
    struct pt_checker checker;
    struct pt_model *model;
    const struct pt_file_model *file;
    const char **group_names, **unit_names; /* [n_groups], [n_units] */
};
/* One indicator from its file form. */
void pt_making_indicator(struct pt_making *making, const struct pt_file_indicator *from,
                         struct pt_indicator *to);
/* The links, as data; their names are bound by scenario. */
void pt_making_links(struct pt_making *making);
/* Reads the data that the model names; PT_EOPEN where a file cannot be opened. */
enum pt_status pt_making_data(struct pt_making *making, struct pt_error *err);
/* What indicators, places and horizon ask of the data. */
void pt_making_compare(struct pt_making *making);
/* Whether the indicator is projected with its parity given. */
bool pt_indicator_given(const struct pt_indicator *indicator);

#endif
