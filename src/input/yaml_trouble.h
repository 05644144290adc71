/* Private to input: what libyaml complains about, in a planner's words. */
#ifndef PARITET_INPUT_YAML_TROUBLE_H
#define PARITET_INPUT_YAML_TROUBLE_H

#include <stdbool.h>

struct pt_yaml_trouble {
    const char *message; /* untranslated; NULL: not one of those we know */
    bool at_context;     /* libyaml's context mark is where the cause is */
};
/* problem: libyaml's words; there, before: the character that it stopped at and the one before. */
struct pt_yaml_trouble pt_yaml_trouble_find(const char *problem, char there, char before);

#endif
