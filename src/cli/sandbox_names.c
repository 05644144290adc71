#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <paritet/input.h>

#include "cli/sandbox.h"

/* A chain of scenarios is no longer, and neither is what a shard was made from. */
#define ROUNDS_MOST 20
#define NAMES_BYTES ((size_t)8 << 20)

bool paths_add(struct paths *paths, const char *path)
{
    for (size_t i = 0; i < paths->n; i++) {
        if (strcmp(paths->items[i], path) == 0) {
            return true;
        }
    }
    const char *copy = pt_arena_copy(paths->arena, path, strlen(path));
    void *items = paths->items;
    bool room = copy && pt_grow(&items, &paths->capacity, paths->n, sizeof *paths->items);
    paths->items = items;
    if (room) {
        paths->items[paths->n++] = copy;
    }
    return room;
}

/* ------------------------------------------------------------------ in the child */

/* What a named file may be named for. */
enum { TO_READ = 'r', TO_ASK = 'a' /* it may name others in turn */ };

static void tell(char what, const char *name, FILE *to)
{
    fputc(what, to);
    fwrite(name, 1, strlen(name) + 1, to);
}

static void tell_node(struct pt_arena *arena, char what, const char *path,
                      const struct pt_node *node, FILE *to)
{
    if (node && node->kind == PT_NODE_SCALAR && node->text) {
        const char *name = pt_path_beside(arena, path, node->text);
        tell(what, name ? name : "", to);
    }
}

/* What is wrong with a file is said when it is read in earnest. */
static void tell_names(const char *path, FILE *to)
{
    struct pt_diagnostics list;
    struct pt_arena *arena = pt_arena_new();
    struct pt_source source = { .path = NULL };
    struct pt_node *root = NULL;
    pt_diagnostics_init(&list);
    if (arena && pt_source_read(path, PT_SOURCE_YAML, &source, &list, NULL) == PT_OK &&
        pt_yaml_read(&source, arena, &root, &list, NULL) == PT_OK) {
        const struct pt_node *data = pt_node_find(root, "data");
        for (const struct pt_node *item = data ? data->first : NULL; item; item = item->next) {
            tell_node(arena, TO_READ, path, item, to);
        }
        tell_node(arena, TO_ASK, path, pt_node_find(root, "based-on"), to);
    }
    pt_source_free(&source);
    pt_diagnostics_free(&list);
    pt_arena_free(arena);
}

static void tell_shard(const char *path, FILE *to)
{
    struct pt_shard *shard;
    if (pt_shard_read(path, &shard, NULL) != PT_OK) {
        return;
    }
    tell(TO_ASK, shard->model, to);
    for (size_t i = 0; i < shard->n_scenarios; i++) {
        tell(TO_ASK, shard->scenarios[i], to);
    }
    pt_shard_free(shard);
}

/* Reads the files, and can do nothing else but write into the pipe. */
static void tell_all(const struct paths *files, size_t first, bool shards, FILE *to)
{
    struct fence fence;
    bool fenced = fence_open(&fence);
    for (size_t i = first; fenced && i < files->n; i++) {
        fence_allow(&fence, files->items[i], FENCE_OPEN);
    }
    if (!fenced || !fence_close(&fence)) {
        return;
    }
    for (size_t i = first; i < files->n; i++) {
        if (shards) {
            tell_shard(files->items[i], to);
        } else {
            tell_names(files->items[i], to);
        }
    }
    fflush(to);
}

/* ------------------------------------------------------------------ outside */

/* A pipe or a device has no end that could be waited for, and a folder is no input. */
static bool is_file(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && S_ISREG(about.st_mode);
}

/* The child may be no longer what it was: what it says is looked at as bytes. */
static bool hear(int from, struct paths *files, struct paths *ask)
{
    struct pt_buffer said = { 0 };
    char block[4096];
    ssize_t got;
    while ((got = read(from, block, sizeof block)) != 0 && said.n < NAMES_BYTES && !said.failed) {
        if (got < 0 && errno != EINTR) {
            break;
        }
        pt_buffer_add(&said, block, got > 0 ? (size_t)got : 0);
    }
    bool heard = !said.failed;
    for (size_t at = 0; heard && at < said.n; at += strlen(said.bytes + at) + 1) {
        const char *name = said.bytes + at + 1;
        if (said.bytes[at] != '\0' && is_file(name)) {
            heard = paths_add(files, name) && (said.bytes[at] != TO_ASK || paths_add(ask, name));
        }
    }
    pt_buffer_free(&said);
    return heard;
}

static bool ask_child(struct paths *files, struct paths *ask, size_t first, bool shards)
{
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
        return false;
    }
    pid_t child = fork();
    if (child == 0) {
        close(ends[0]);
        FILE *to = fdopen(ends[1], "w");
        if (to) {
            tell_all(ask, first, shards, to);
        }
        _exit(0);
    }
    close(ends[1]);
    bool heard = child > 0 && hear(ends[0], files, ask);
    close(ends[0]);
    while (child > 0 && waitpid(child, NULL, 0) < 0 && errno == EINTR) {
        continue;
    }
    return heard;
}

bool names_collect(const struct request *request, struct paths *files)
{
    struct paths ask = { .arena = files->arena };
    bool good = true, shards = request->command == &command_merge;
    for (size_t i = 0; good && i < request->n_arguments; i++) {
        good = paths_add(files, request->arguments[i]) && paths_add(&ask, request->arguments[i]);
    }
    size_t first = 0;
    for (int round = 0; good && !request->data && first < ask.n && round < ROUNDS_MOST; round++) {
        size_t known = ask.n;
        good = ask_child(files, &ask, first, shards);
        first = known;
        shards = false;
    }
    free(ask.items);
    return good;
}
