/* realm: worlds side by side: indicators that hang together by links, at one place or several, with
 * scenarios that may move all of them. */
#ifndef PT_REALM_H
#define PT_REALM_H

#include "support/world.h"

#define REALM_PARTS  3
#define REALM_LINKS  3
#define REALM_PLACES 3

struct realm_link {
    size_t from, to;           /* parts; from > to */
    struct world_lever effect; /* its id, law, delay, turnover and group */
};

struct realm_place {
    char name[16];
    size_t n_years[REALM_PARTS];
    struct world_year years[REALM_PARTS][WORLD_YEARS];
};

struct realm {
    size_t n_parts;
    struct world
        parts[REALM_PARTS]; /* each with the levers on it; what is of the model or of a whole
                                        scenario is that of the first */
    size_t n_links;
    struct realm_link links[REALM_LINKS];
    size_t n_places; /* 0: no column of places, and the figures are those of the parts */
    struct realm_place places[REALM_PLACES];
    bool listed; /* the model lists its places; else it answers for all */
    bool turned; /* indicators, links, places, rows and levers in the other order */
    /* A file that another changes: only the second is a scenario of the run. */
    size_t n_changes;
    struct realm_change {
        struct world_lever lever; /* as it is written in the second file */
        unsigned keys;            /* of it, that are written (enum lever_keys); 0: it is dropped */
    } changes[WORLD_LEVERS];      /* of the first part's first scenario, which is the first file */
    bool built;                   /* there is a second file, changed or not: "built" */
};

struct realm_wish {
    struct world_wish part;
    size_t parts, links, places; /* parts and places exactly, links at most; at least one */
    bool helpful_links;          /* what is better for one is better for the other */
};
void realm_draw(struct trial *trial, const struct realm_wish *wish, struct realm *realm);
void realm_say(struct trial *trial, const struct realm *realm);
/* The verdict; where it is that a law is broken, the realm that another was compared with is said. */
enum verdict realm_against(struct trial *trial, const struct realm *other, enum verdict verdict);
bool realm_answer(const struct realm *realm, const struct pt_run_options *options,
                  struct answer *answer);

#endif
