/* Private to input: libyaml's events of one file, and where in it they stand. */
#ifndef PARITET_INPUT_YAML_EVENTS_H
#define PARITET_INPUT_YAML_EVENTS_H

#include <paritet/input.h>
#include <yaml.h>

/* A file on its way from events to nodes. */
struct pt_yaml_building {
    const struct pt_source *source;
    struct pt_arena *arena;
    struct pt_diagnostics *list;
    size_t *lines; /* [n_lines] where each begins */
    size_t n_lines, room;
    yaml_parser_t parser;
    yaml_event_t event; /* the current one; deleted by the next */
    bool has_event, no_memory, broken;
    size_t n_nodes;
    yaml_mark_t known; /* a place whose offset is known: the last one that was asked for */
    size_t known_at;
};

/* Where each line begins; false: out of memory. */
bool pt_yaml_index_lines(struct pt_yaml_building *b);
/* The byte at which a mark stands. */
size_t pt_yaml_offset(struct pt_yaml_building *b, yaml_mark_t mark);
/* Up to the end of the first line, where it goes over several. */
struct pt_spot pt_yaml_spot(struct pt_yaml_building *b, yaml_mark_t from, yaml_mark_t to);
/* Takes the next event; false: there is none, and the file is broken. */
bool pt_yaml_next(struct pt_yaml_building *b);

#endif
