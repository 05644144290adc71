/* The translations of po/, as tools/po2c.sh turns them into const tables while building. */
#ifndef PT_OUTPUT_CATALOGUE_H
#define PT_OUTPUT_CATALOGUE_H

#include <stddef.h>

struct pt_catalogue_entry {
    const char *msgid, *plural; /* plural NULL: the message has one form */
    const char *texts[2];       /* for one, for several */
};

/* Sorted by strcmp of msgid. */
extern const struct pt_catalogue_entry pt_catalogue_da[];
extern const size_t pt_catalogue_da_count;

#endif
