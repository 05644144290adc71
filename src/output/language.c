#include <paritet/output.h>

#include <stdlib.h>
#include <string.h>

#include "output/catalogue.h"

/* The number of entries is known to the linker only, so a language points to both. */
struct catalogue {
    const struct pt_catalogue_entry *entries;
    const size_t *n;
};

static int compare_entry(const void *key, const void *element)
{
    const struct pt_catalogue_entry *entry = element;
    return strcmp(key, entry->msgid);
}

/* Danish, like English, has one form for exactly one and another for everything else. */
static const char *look_up(const struct pt_language *self, const char *msgid, const char *plural,
                           unsigned long n)
{
    const struct catalogue *catalogue = self->catalogue;
    size_t form = plural != NULL && n != 1;
    const struct pt_catalogue_entry *entry = bsearch(msgid, catalogue->entries, *catalogue->n,
                                                     sizeof *catalogue->entries, compare_entry);

    if (entry != NULL && entry->texts[form] != NULL) {
        return entry->texts[form];
    }
    return form == 1 ? plural : msgid;
}

static const struct catalogue danish_catalogue = { pt_catalogue_da, &pt_catalogue_da_count };

static const struct pt_language danish = {
    .code = "da",
    .decimal = ',',
    .translate = look_up,
    .catalogue = &danish_catalogue,
    .n_catalogue = 1,
};

static const struct pt_language *const languages[] = { &pt_language_english, &danish };

const struct pt_language *pt_language_find(const char *code)
{
    for (size_t i = 0; i < sizeof languages / sizeof *languages; i++) {
        if (strcmp(languages[i]->code, code) == 0) {
            return languages[i];
        }
    }
    return NULL;
}
