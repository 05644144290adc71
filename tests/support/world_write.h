/* The files of a world; private to tests/support. */
#ifndef PT_WORLD_WRITE_H
#define PT_WORLD_WRITE_H

#include "support/world.h"

#define WORLD_FILES (3 + WORLD_SCENARIOS + 1)
struct world_files {
    size_t n; /* the model first, then its data, then scenarios from the n_data-th on */
    size_t n_data;
    struct {
        char name[32];
        struct pt_buffer text;
    } files[WORLD_FILES];
};
void world_files_write(const struct world *world, struct world_files *out);
void world_files_free(struct world_files *files);

#endif
