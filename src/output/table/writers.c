#include "output/table/writers.h"

#include <string.h>

const struct pt_writer *const pt_writers[] = {
#define PT_WRITER(name) &pt_writer_##name,
#include "output/table/writers.def"
#undef PT_WRITER
    NULL,
};

const struct pt_writer *pt_writer_find(const char *name)
{
    for (size_t i = 0; pt_writers[i] != NULL; i++) {
        if (strcmp(pt_writers[i]->name, name) == 0) {
            return pt_writers[i];
        }
    }
    return NULL;
}
