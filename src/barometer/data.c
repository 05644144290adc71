#include <limits.h>
#include <paritet/barometer.h>
#include <paritet/input.h>
#include <stdlib.h>
#include <string.h>

#include "barometer/data_store.h"

#define FIRST_SLOTS ((size_t)256)

/* FNV-1a (Fowler, Noll and Vo), 64 bits; the NUL is hashed too, so "a","bc" is not "ab","c". */
static uint64_t hash_more(uint64_t hash, const char *text)
{
    do {
        hash = (hash ^ (unsigned char)*text) * 0x100000001B3u;
    } while (*text++ != '\0');
    return hash;
}
static const uint64_t hash_start = 0xCBF29CE484222325u;

static uint32_t fold(uint64_t hash)
{
    return (uint32_t)(hash ^ hash >> 32);
}

static uint32_t hash_word(const char *word)
{
    return fold(hash_more(hash_start, word));
}

static uint32_t hash_key(const struct pt_data_key *key)
{
    return fold(
        hash_more(hash_more(hash_more(hash_start, key->indicator), key->group), key->place));
}

struct pt_data *pt_data_new(void)
{
    struct pt_data *data = calloc(1, sizeof *data);
    if (data == NULL) {
        return NULL;
    }
    data->arena = pt_arena_new();
    data->slots = calloc(FIRST_SLOTS, sizeof *data->slots);
    data->word_slots = calloc(FIRST_SLOTS, sizeof *data->word_slots);
    data->n_slots = data->n_word_slots = FIRST_SLOTS;
    if (data->arena == NULL || data->slots == NULL || data->word_slots == NULL) {
        pt_data_free(data);
        return NULL;
    }
    return data;
}

void pt_data_free(struct pt_data *data)
{
    if (data == NULL) {
        return;
    }
    for (size_t i = 0; i < data->n; i++) {
        free(data->entries[i].observed.observations);
    }
    free(data->entries);
    free(data->slots);
    free(data->words);
    free(data->word_slots);
    free(data->places);
    pt_arena_free(data->arena);
    free(data);
}

/* ------------------------------------------------------------------ words */

/* Half full at most, so that a probe is short. */
static bool slots_grow(uint32_t **slots, size_t *n_slots, size_t n)
{
    if (2 * (n + 1) <= *n_slots) {
        return true;
    }
    uint32_t *more = calloc(2 * *n_slots, sizeof *more);
    if (more == NULL) {
        return false;
    }
    free(*slots);
    *slots = more;
    *n_slots *= 2;
    return true;
}

static void slot_put(uint32_t *slots, size_t n_slots, uint32_t hash, size_t entry)
{
    size_t at = hash & (n_slots - 1);
    while (slots[at] != 0) {
        at = (at + 1) & (n_slots - 1);
    }
    slots[at] = (uint32_t)(entry + 1);
}

/* The one copy of a word; NULL: out of memory. Good until the next call. */
static struct pt_data_word *intern(struct pt_data *data, const char *word)
{
    uint32_t hash = hash_word(word);
    for (size_t at = hash & (data->n_word_slots - 1); data->word_slots[at] != 0;
         at = (at + 1) & (data->n_word_slots - 1)) {
        struct pt_data_word *known = &data->words[data->word_slots[at] - 1];
        if (strcmp(known->text, word) == 0) {
            return known;
        }
    }
    void *words = data->words;
    if (!pt_grow(&words, &data->words_room, data->n_words, sizeof *data->words)) {
        return NULL;
    }
    data->words = words;
    const char *copy = pt_arena_copy(data->arena, word, strlen(word));
    size_t before = data->n_word_slots;
    if (copy == NULL || !slots_grow(&data->word_slots, &data->n_word_slots, data->n_words)) {
        return NULL;
    }
    for (size_t i = 0; before != data->n_word_slots && i < data->n_words; i++) {
        slot_put(data->word_slots, data->n_word_slots, hash_word(data->words[i].text), i);
    }
    data->words[data->n_words] = (struct pt_data_word){ copy, false };
    slot_put(data->word_slots, data->n_word_slots, hash, data->n_words);
    return &data->words[data->n_words++];
}

static const char *intern_text(struct pt_data *data, const char *text)
{
    const struct pt_data_word *word = intern(data, text);
    return word == NULL ? NULL : word->text;
}

static const char *intern_place(struct pt_data *data, const char *place)
{
    struct pt_data_word *word = intern(data, place);
    if (word == NULL || place[0] == '\0' || word->is_place) {
        return word == NULL ? NULL : word->text;
    }
    void *places = data->places;
    if (!pt_grow(&places, &data->places_room, data->n_places, sizeof *data->places)) {
        return NULL;
    }
    data->places = places;
    data->places[data->n_places++] = word->text;
    word->is_place = true;
    return word->text;
}

/* ------------------------------------------------------------------ series */

static bool is_series(const struct pt_observed *o, const struct pt_data_key *key)
{
    return strcmp(o->indicator, key->indicator) == 0 && strcmp(o->group, key->group) == 0 &&
           strcmp(o->place, key->place) == 0;
}

static struct pt_data_entry *entry_find(const struct pt_data *data, const struct pt_data_key *key,
                                        uint32_t hash)
{
    for (size_t at = hash & (data->n_slots - 1); data->slots[at] != 0;
         at = (at + 1) & (data->n_slots - 1)) {
        struct pt_data_entry *entry = &data->entries[data->slots[at] - 1];
        if (entry->hash == hash && is_series(&entry->observed, key)) {
            return entry;
        }
    }
    return NULL;
}

struct pt_data_entry *pt_data_entry(struct pt_data *data, const struct pt_data_key *key,
                                    const char *path)
{
    uint32_t hash = hash_key(key);
    struct pt_data_entry *entry = entry_find(data, key, hash);
    if (entry != NULL) {
        return entry;
    }
    void *entries = data->entries;
    if (data->n >= UINT32_MAX - 1 ||
        !pt_grow(&entries, &data->room, data->n, sizeof *data->entries)) {
        return NULL;
    }
    data->entries = entries;
    struct pt_observed o = { .indicator = intern_text(data, key->indicator),
                             .group = intern_text(data, key->group),
                             .place = intern_place(data, key->place),
                             .path = intern_text(data, path),
                             .source = "" };
    size_t before = data->n_slots;
    if (o.indicator == NULL || o.group == NULL || o.place == NULL || o.path == NULL ||
        !slots_grow(&data->slots, &data->n_slots, data->n)) {
        return NULL;
    }
    for (size_t i = 0; before != data->n_slots && i < data->n; i++) {
        slot_put(data->slots, data->n_slots, data->entries[i].hash, i);
    }
    entry = &data->entries[data->n];
    *entry = (struct pt_data_entry){ .observed = o, .hash = hash, .last_year = INT_MIN };
    slot_put(data->slots, data->n_slots, hash, data->n++);
    return entry;
}

/* By hand, for most series have a dozen values and there may be a hundred thousand series. */
bool pt_data_append(struct pt_data_entry *entry, const struct pt_observation *observation)
{
    if (entry->observed.n == entry->room) {
        size_t room = entry->room < 4 ? entry->room + 1u : entry->room + (size_t)entry->room / 2;
        struct pt_observation *more = realloc(entry->observed.observations, room * sizeof *more);
        if (more == NULL) {
            return false;
        }
        entry->observed.observations = more;
        entry->room = (uint32_t)room;
    }
    entry->observed.observations[entry->observed.n++] = *observation;
    return true;
}

bool pt_data_cite(struct pt_data *data, struct pt_data_entry *entry, const char *source)
{
    source = pt_text_fold(data->arena, source);
    if (source == NULL) {
        return false;
    }
    if (source[0] != '\0' && strcmp(entry->observed.source, source) != 0) {
        const char *kept = intern_text(data, source);
        entry->observed.source = kept ? kept : "";
        return kept != NULL;
    }
    return true;
}

size_t pt_data_count(const struct pt_data *data)
{
    return data->n;
}

const struct pt_observed *pt_data_series(const struct pt_data *data, size_t i)
{
    return &data->entries[i].observed;
}

const struct pt_observed *pt_data_find(const struct pt_data *data, const char *indicator,
                                       const char *group, const char *place)
{
    struct pt_data_key key = { indicator, group, place };
    const struct pt_data_entry *entry = entry_find(data, &key, hash_key(&key));
    return entry == NULL ? NULL : &entry->observed;
}

size_t pt_data_places(const struct pt_data *data, const char *const **places)
{
    *places = data->places;
    return data->n_places;
}
