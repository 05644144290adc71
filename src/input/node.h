/* Private to input. */
#ifndef PARITET_INPUT_NODE_H
#define PARITET_INPUT_NODE_H

#include <paritet/input.h>

/* Whether a scalar follows a comma without a space between them: then that is reported. */
bool pt_node_touching(const struct pt_node *node, struct pt_diagnostics *list);

#endif
