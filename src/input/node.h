/* Private to input. */
#ifndef PARITET_INPUT_NODE_H
#define PARITET_INPUT_NODE_H

#include <paritet/input.h>

/* Whether a scalar follows a comma without a space between them: then that is reported. */
bool pt_node_touching(const struct pt_node *node, struct pt_diagnostics *list);

/* UTF-8 characters in so many bytes. */
size_t pt_characters(const char *text, size_t length);

#endif
