/* Private to input: one function per kind of value; each reports what is wrong and returns whether
 * the value could be read. */
#ifndef PARITET_INPUT_VALUES_H
#define PARITET_INPUT_VALUES_H

#include <paritet/input.h>

typedef bool pt_value_reader(struct pt_checker *checker, const struct pt_field *field,
                             const struct pt_node *node, void *out);

pt_value_reader pt_value_id, pt_value_word, pt_value_text, pt_value_number, pt_value_whole,
    pt_value_amount, pt_value_boolean, pt_value_choice, pt_value_words, pt_value_numbers,
    pt_value_effect;

/* Whether the node is a scalar with something in it; an error if not, which says `wanted`. */
bool pt_value_scalar(struct pt_checker *checker, const struct pt_node *node, const char *name);
/* The number that a plain scalar is; an error if it is none. name: of the key, for the message. */
bool pt_value_parse_number(struct pt_checker *checker, const struct pt_node *node, const char *name,
                           double *value);
/* Whether a number keeps to the field's limits; an error if not. */
bool pt_value_within(struct pt_checker *checker, const struct pt_field *field,
                     const struct pt_node *node, double value);
/* Whether a number is at most PT_FIGURE_MOST, either side of zero; an error if not. */
bool pt_value_moderate(struct pt_checker *checker, const struct pt_node *node, double value);
/* Whether an amount has one of the units; an error if not. */
bool pt_value_unit(struct pt_checker *checker, unsigned units, const struct pt_node *node,
                   enum pt_unit unit);

/* Keys of a mapping that are not among n names are reported with the nearest name; whether there
 * was one. */
bool pt_schema_unknown(struct pt_checker *checker, const struct pt_node *mapping,
                       const char *const *names, size_t n, const char *name);

/* ------------------------------------------------------------------ ways out */

/* A single value where a mapping or a list of some belongs: an error that shows the braces. */
void pt_hint_braces(struct pt_checker *checker, const struct pt_field *field,
                    const struct pt_node *node);
/* A key that stands in the table although it belongs inside one of its mappings: whether it is
 * such; then that is reported. */
bool pt_hint_inner(struct pt_checker *checker, const struct pt_schema *table,
                   const struct pt_node *value);
/* The rest of a text with a comma, which YAML takes for a key of its own: whether it is such; then
 * that is reported. before: the value before it, or NULL. */
bool pt_hint_comma(struct pt_checker *checker, const struct pt_node *before,
                   const struct pt_node *value);

#endif
