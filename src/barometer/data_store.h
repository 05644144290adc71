/* Private to barometer: how observations are kept. */
#ifndef PARITET_BAROMETER_DATA_STORE_H
#define PARITET_BAROMETER_DATA_STORE_H

#include <paritet/barometer.h>
#include <paritet/input.h>

/* Kept small: a file may hold a million of them. */
struct pt_data_entry {
    struct pt_observed observed; /* observations are malloc'd */
    uint32_t room;               /* for observations */
    uint32_t hash;
    int last_year;              /* also of a row whose value is missing; INT_MIN: none */
    uint32_t last_line : 30;    /* the CSV reader takes 1 GiB at most */
    uint32_t break_pending : 1; /* a row without a value was marked as a break */
    uint32_t refused : 1;       /* one message about its years' order, or its file, is enough */
};

struct pt_data_word {
    const char *text;
    bool is_place;
};

struct pt_data {
    struct pt_arena *arena;        /* the words */
    struct pt_data_entry *entries; /* [n] */
    size_t n, room;
    uint32_t *slots; /* [n_slots] entry + 1, 0: empty; n_slots is a power of two */
    size_t n_slots;
    struct pt_data_word *words; /* [n_words] each word once: indicators, groups, places, paths */
    size_t n_words, words_room;
    uint32_t *word_slots;
    size_t n_word_slots;
    const char **places; /* [n_places] */
    size_t n_places, places_room;
};

struct pt_data_key {
    const char *indicator, *group, *place;
};
/* The entry of a series, made where there is none yet; NULL: out of memory. The pointer is good
 * until the next call. */
struct pt_data_entry *pt_data_entry(struct pt_data *data, const struct pt_data_key *key,
                                    const char *path);
bool pt_data_append(struct pt_data_entry *entry, const struct pt_observation *observation);

/* Remembers the source of the newest row; an empty one changes nothing. */
bool pt_data_cite(struct pt_data *data, struct pt_data_entry *entry, const char *source);

/* pt_data_read of a source that is already open. */
enum pt_status pt_data_read_source(struct pt_data *data, const struct pt_source *source,
                                   struct pt_diagnostics *list, struct pt_error *err);

#endif
