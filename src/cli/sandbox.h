/* --sandbox: what the kernel refuses the program from then on. Private to cli/sandbox*.c. */
#ifndef PARITET_CLI_SANDBOX_H
#define PARITET_CLI_SANDBOX_H

#include "cli/cli.h"

/* What may be done with a file, or with a folder and everything below it. */
enum {
    FENCE_OPEN = 1 << 0, /* read a file; of a folder only the names in it */
    FENCE_READ = 1 << 1,
    FENCE_RUN = 1 << 2,
    FENCE_WRITE = 1 << 3,  /* and read; make, rename and remove */
    FENCE_FOLDERS = 1 << 4 /* make, rename and remove empty folders, and list: no files */
};

/* A set of rules in the making (Landlock). */
struct fence {
    int rules; /* -1: none */
    uint64_t handled;
};
/* False: the kernel has no Landlock; errno says more. */
bool fence_open(struct fence *fence);
/* A path that is not there is passed over. */
void fence_allow(struct fence *fence, const char *path, unsigned what);
/* From here on this process and those that it starts may do nothing else, neither with files nor
 * with sockets, other processes or the modes and owners of files; for ever. False: errno. In any
 * case the set of rules is gone. */
bool fence_close(struct fence *fence);
void fence_drop(struct fence *fence); /* without closing it; also after it was closed */

/* Paths, each once; in the arena. */
struct paths {
    struct pt_arena *arena;
    size_t n, capacity;
    const char **items;
};
/* False: out of memory. */
bool paths_add(struct paths *paths, const char *path);
/* Adds to the files of the command line those that they name: a model its data, a scenario what it
 * is based on, a shard what it was made from. They are read by children that may read just those,
 * and write nothing but their names. False: errno. */
bool names_collect(const struct request *request, struct paths *files);

/* A child outside that writes the answer into the files of the command line, and into no others. */
bool writer_start(const struct request *request);
bool writer_started(void);
/* Of -o or --forecasts: the pointers that the request holds. */
enum pt_status writer_write(const char *path, const struct pt_buffer *buffer, struct pt_error *err);
void writer_stop(void);

#endif
