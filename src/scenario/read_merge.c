/* A scenario that is based on another is merged with it as a tree, before any table is read: so the
 * tables describe what was merged as they describe one file, and every value keeps its own place. */
#include <string.h>

#include "scenario/read_file.h"

#define COMPLAIN(c, node, ...) pt_spot_report((c)->list, PT_ERROR, &(node)->spot, __VA_ARGS__)

struct merging {
    struct pt_checker *checker;
    const struct pt_node *drop; /* list of ids, or NULL */
    const struct pt_changed **changed;
};

/* ------------------------------------------------------------------ trees */

static struct pt_node *find(const struct pt_node *mapping, const char *key)
{
    for (struct pt_node *v = mapping->first; v != NULL; v = v->next) {
        if (strcmp(v->key->text, key) == 0) {
            return v;
        }
    }
    return NULL;
}

static void append(struct pt_node *to, struct pt_node *node)
{
    struct pt_node **end = &to->first;
    while (*end != NULL) {
        end = &(*end)->next;
    }
    node->next = NULL;
    *end = node;
    to->n++;
}

static void take_out(struct pt_node *from, const struct pt_node *node)
{
    for (struct pt_node **at = &from->first; *at != NULL; at = &(*at)->next) {
        if (*at == node) {
            *at = node->next;
            from->n--;
            return;
        }
    }
}

/* Puts a value in the place of the one with its key, or at the end. */
static void put(struct pt_node *to, struct pt_node *value)
{
    for (struct pt_node **at = &to->first; *at != NULL; at = &(*at)->next) {
        if (strcmp((*at)->key->text, value->key->text) == 0) {
            value->next = (*at)->next;
            *at = value;
            return;
        }
    }
    append(to, value);
}

static bool is_word(const struct pt_node *node)
{
    return node != NULL && node->kind == PT_NODE_SCALAR && !node->broken;
}

static const struct pt_node *id_of(const struct pt_node *lever)
{
    const struct pt_node *id = lever->kind == PT_NODE_MAPPING ? pt_node_find(lever, "id") : NULL;
    return is_word(id) ? id : NULL;
}

static struct pt_node *find_lever(const struct pt_node *levers, const char *id)
{
    for (struct pt_node *lever = levers->first; lever != NULL; lever = lever->next) {
        const struct pt_node *other = id_of(lever);
        if (other != NULL && strcmp(other->text, id) == 0) {
            return lever;
        }
    }
    return NULL;
}

/* ------------------------------------------------------------------ levers */

static bool any_kind_has(const char *key)
{
    for (size_t i = 0; pt_lever_kinds[i] != NULL; i++) {
        if (pt_key_in(pt_lever_kinds[i]->needs, key) || pt_key_in(pt_lever_kinds[i]->takes, key)) {
            return true;
        }
    }
    return false;
}

/* Keys that a choice written anew has no use for. */
static bool is_idle(const struct pt_node *own, const char *key)
{
    const struct pt_node *response = find(own, "response"), *acts_on = find(own, "acts-on");
    const struct pt_response *const *r = pt_responses;
    if (strcmp(key, "maximum") == 0 && is_word(response)) {
        while (*r != NULL && strcmp((*r)->name, response->text) != 0) {
            r++;
        }
        return *r != NULL && !(*r)->has_maximum;
    }
    return (strcmp(key, "turnover") == 0 && is_word(acts_on) &&
            strcmp(acts_on->text, "group") == 0) ||
           (strcmp(key, "indicator") == 0 && find(own, "indicators") != NULL) ||
           (strcmp(key, "indicators") == 0 && find(own, "indicator") != NULL);
}

/* With another kind, a lever leaves behind what the new kind does not take; and it cannot take a key
 * away that would contradict what it writes. */
static void leave_behind(struct pt_node *base, const struct pt_node *own)
{
    const struct pt_node *kind = find(own, "kind"), *was = find(base, "kind");
    const struct pt_lever_kind *card = is_word(kind) ? pt_lever_kind_find(kind->text) : NULL;
    bool other = card != NULL && is_word(was) && strcmp(kind->text, was->text) != 0;
    for (struct pt_node *v = base->first, *next; v != NULL; v = next) {
        const char *key = v->key->text;
        bool takes = !other || !any_kind_has(key) || pt_key_in(card->needs, key) ||
                     pt_key_in(card->takes, key);
        next = v->next;
        if (!takes || (other && strcmp(key, "maximum") == 0) || is_idle(own, key)) {
            take_out(base, v);
        }
    }
}

static void change(struct merging *m, struct pt_node *base, struct pt_node *own)
{
    if (own->n < 2 && !own->broken) {
        return; /* named, but nothing of it changed */
    }
    struct pt_changed *changed = PT_NEW(m->checker->arena, struct pt_changed, 1);
    if (changed == NULL) {
        m->checker->no_memory = true;
        return;
    }
    *changed = (struct pt_changed){ base, *m->changed };
    *m->changed = changed;
    leave_behind(base, own);
    for (struct pt_node *v = own->first, *next; v != NULL; v = next) {
        next = v->next;
        put(base, v);
    }
    base->spot = own->spot;
    base->offset = own->offset;
    base->broken |= own->broken;
}

static bool is_dropped(const struct merging *m, const char *id)
{
    for (const struct pt_node *v = m->drop != NULL ? m->drop->first : NULL; v != NULL;
         v = v->next) {
        if (is_word(v) && strcmp(v->text, id) == 0) {
            return true;
        }
    }
    return false;
}

/* The ids of a list of levers, each as often as it stands there. */
static const char **ids_of(struct merging *m, const struct pt_node *levers, size_t *n)
{
    const char **names = PT_NEW(m->checker->arena, const char *, levers->n + 1);
    m->checker->no_memory |= names == NULL;
    *n = 0;
    for (const struct pt_node *lever = levers->first; lever != NULL && names != NULL;
         lever = lever->next) {
        const struct pt_node *id = id_of(lever);
        if (id != NULL) {
            names[(*n)++] = id->text;
        }
    }
    return names;
}

static void check_drop(struct merging *m, const char *const *names, size_t n)
{
    for (const struct pt_node *v = m->drop->first; v != NULL; v = v->next) {
        if (is_word(v) && n == 0) {
            COMPLAIN(m->checker, v, "there is no lever '%s' to drop; the base has none", v->text);
        } else if (is_word(v) && !pt_node_empty(v)) {
            pt_word_check(m->checker, v, names, n,
                          PT_N("there is no lever '%s' to drop; did you mean '%s'?"),
                          PT_N("there is no lever '%s' to drop; the base has %s"));
        }
    }
}

/* A lever that the base does not have, and that does not say of what kind it is, was meant to
 * change one. Whether it is such; then that is reported. */
static bool misses(struct merging *m, const struct pt_node *lever, const char *const *names,
                   size_t n)
{
    const struct pt_node *id = id_of(lever);
    return id != NULL && n > 0 && !lever->broken && find(lever, "kind") == NULL &&
           !pt_word_check(m->checker, id, names, n,
                          PT_N("the base has no lever '%s' to change; did you mean '%s'?"),
                          PT_N("the base has no lever '%s' to change, only %s; a new lever needs "
                               "a 'kind' and all the rest"));
}

static void merge_levers(struct merging *m, struct pt_node *base, struct pt_node *own)
{
    struct pt_node *own_levers = own != NULL && own->kind == PT_NODE_LIST ? own->first : NULL;
    size_t n = 0;
    const char *const *names = ids_of(m, base, &n);
    if (names == NULL) {
        return;
    }
    if (m->drop != NULL) {
        check_drop(m, names, n);
    }
    for (struct pt_node *lever = own_levers; lever != NULL; lever = lever->next) {
        const struct pt_node *id = id_of(lever);
        if (id != NULL && is_dropped(m, id->text) && find_lever(base, id->text) != NULL) {
            COMPLAIN(m->checker, id,
                     "'%s' is dropped and changed; leave it out of 'drop', or out of 'levers'",
                     id->text);
        }
    }
    for (struct pt_node *lever = base->first, *next; lever != NULL; lever = next) {
        const struct pt_node *id = id_of(lever);
        next = lever->next;
        if (id != NULL && is_dropped(m, id->text)) {
            take_out(base, lever);
        }
    }
    struct pt_node *added = NULL, **end = &added;
    for (struct pt_node *lever = own_levers, *next; lever != NULL; lever = next) {
        const struct pt_node *id = id_of(lever);
        struct pt_node *found = id != NULL ? find_lever(base, id->text) : NULL;
        next = lever->next;
        lever->next = NULL;
        if (found != NULL && found->spot.source != lever->spot.source) {
            change(m, found, lever);
        } else if ((id == NULL || !is_dropped(m, id->text)) && !misses(m, lever, names, n)) {
            *end = lever;
            end = &lever->next;
        }
    }
    for (struct pt_node *lever = added, *next; lever != NULL; lever = next) {
        next = lever->next;
        append(base, lever);
    }
    base->broken |= own != NULL && own->broken;
}

/* ------------------------------------------------------------------ files */

static bool stays_behind(const char *key)
{
    return strcmp(key, "title") == 0 || strcmp(key, "based-on") == 0 || strcmp(key, "drop") == 0;
}

struct pt_node *pt_files_merge(struct pt_checker *checker, struct pt_node *base,
                               struct pt_node *own, const struct pt_changed **changed)
{
    if (base->kind != PT_NODE_MAPPING) {
        return base; /* is refused as the tree of a file */
    }
    const struct pt_node *drop = find(own, "drop");
    struct merging merging = { checker, drop != NULL && drop->kind == PT_NODE_LIST ? drop : NULL,
                               changed };
    struct pt_node *levers = find(base, "levers"), *own_levers = find(own, "levers");
    bool lists = levers != NULL && levers->kind == PT_NODE_LIST;
    if (lists && (own_levers == NULL || own_levers->kind == PT_NODE_LIST)) {
        merge_levers(&merging, levers, own_levers);
    }
    for (struct pt_node *v = base->first, *next; v != NULL; v = next) {
        next = v->next;
        bool is_levers = v == levers && (own_levers == NULL || own_levers->kind == PT_NODE_LIST);
        if (is_levers || (!stays_behind(v->key->text) && find(own, v->key->text) == NULL)) {
            put(own, v);
        }
    }
    own->broken |= base->broken;
    return own;
}
