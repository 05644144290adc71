/* The files of a world; private to tests/support. */
#ifndef PT_WORLD_WRITE_H
#define PT_WORLD_WRITE_H

#include "support/world.h"

#define WORLD_FILES (4 + WORLD_SCENARIOS + 1)
struct world_files {
    size_t n; /* the model first, then its data, then scenarios from the n_data-th on */
    size_t n_data;
    struct {
        char name[32];
        struct pt_buffer text;
    } files[WORLD_FILES];
};
void world_files_write(const struct world *world, struct world_files *out);
void world_files_check(const struct world_files *files); /* aborts where memory ran out */
void world_files_free(struct world_files *files);
void world_files_say(struct trial *trial, const struct world_files *files);
/* As world_answer, of files. */
bool world_files_answer(const struct world_files *files, const struct pt_run_options *options,
                        struct answer *answer);

/* Parts of them, of which other files are made. */
struct pt_buffer *world_file_new(struct world_files *files, const char *name);
/* Rows of one group; place NULL: without that column. */
void world_rows_write(const struct world *world, bool other, const char *place,
                      struct pt_buffer *out);
/* The model up to its indicators, with all files so far as data. */
void world_head_write(const struct world *world, const struct world_files *files, bool turned,
                      struct pt_buffer *out);
void world_indicator_write(const struct world *world, struct pt_buffer *out);
void world_effect_write(const struct world_lever *lever, const char *unit, struct pt_buffer *out);
/* Its id, and the keys that are asked for. */
void world_lever_write(const struct world *world, const struct world_lever *lever, unsigned keys,
                       struct pt_buffer *out);

#endif
