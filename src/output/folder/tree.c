#include "output/folder/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <fts.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Calls see() for everything below root, folders before what they hold (and once more after, with
 * FTS_DP), until it gives an error. */
static int walk(const char *root, int (*see)(const FTSENT *entry, void *data), void *data)
{
    char *copy = strdup(root);
    char *roots[] = { copy, NULL };
    FTS *fts = copy != NULL ? fts_open(roots, FTS_PHYSICAL | FTS_NOCHDIR, NULL) : NULL;
    int code = fts != NULL ? 0 : errno;

    while (code == 0) {
        errno = 0;
        const FTSENT *entry = fts_read(fts);
        if (entry == NULL) {
            code = errno;
            break;
        }
        bool broken =
            entry->fts_info == FTS_DNR || entry->fts_info == FTS_ERR || entry->fts_info == FTS_NS;
        code = broken ? entry->fts_errno : see(entry, data);
    }
    if (fts != NULL) {
        fts_close(fts);
    }
    free(copy);
    return code;
}

struct listing {
    struct pt_arena *arena;
    size_t root, n, capacity;
    void *entries;
};

static int list_entry(const FTSENT *entry, void *data)
{
    struct listing *listing = data;

    if (entry->fts_level == FTS_ROOTLEVEL || entry->fts_info == FTS_DP) {
        return 0;
    }
    if (!pt_grow(&listing->entries, &listing->capacity, listing->n, sizeof(struct pt_tree_entry))) {
        return ENOMEM;
    }
    const char *name = entry->fts_path + listing->root + 1;
    struct pt_tree_entry *entries = listing->entries;
    struct pt_tree_entry *new = &entries[listing->n++];
    new->name = pt_arena_copy(listing->arena, name, strlen(name));
    new->folder = entry->fts_info == FTS_D;
    new->regular = entry->fts_info == FTS_F;
    return new->name != NULL ? 0 : ENOMEM;
}

static int compare_names(const void *a, const void *b)
{
    const struct pt_tree_entry *left = a, *right = b;
    return strcmp(left->name, right->name);
}

int pt_tree_list(struct pt_arena *arena, const char *root, struct pt_tree *tree)
{
    struct listing listing = { .arena = arena, .root = strlen(root) };
    int code = walk(root, list_entry, &listing);
    struct pt_tree_entry *entries = PT_NEW(arena, struct pt_tree_entry, listing.n + 1);

    if (code == 0 && entries == NULL) {
        code = ENOMEM;
    }
    if (code == 0) {
        if (listing.n > 0) {
            memcpy(entries, listing.entries, listing.n * sizeof *entries);
            qsort(entries, listing.n, sizeof *entries, compare_names);
        }
        *tree = (struct pt_tree){ listing.n, entries };
    }
    free(listing.entries);
    return code;
}

/* ------------------------------------------------------------------ removing */

/* Without asking for memory: it is how a run that has none clears away what it made. */
static void remove_entry(int folder, const char *name);

/* What the system writes into a buffer for a folder's entries. */
#define ENTRIES_AT_ONCE 2048

static void remove_below(int folder)
{
    alignas(struct dirent64) char entries[ENTRIES_AT_ONCE];
    ssize_t n;

    while ((n = getdents64(folder, entries, sizeof entries)) > 0) {
        for (ssize_t at = 0; at < n;) {
            const struct dirent64 *entry = (const struct dirent64 *)(const void *)(entries + at);
            if (strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0) {
                remove_entry(folder, entry->d_name);
            }
            at += entry->d_reclen;
        }
    }
}

static void remove_entry(int folder, const char *name)
{
    const int how = O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC;
    if (unlinkat(folder, name, 0) == 0 || errno == ENOENT) {
        return;
    }
    int below = openat(folder, name, how);
    if (below < 0 && errno == EACCES && fchmodat(folder, name, S_IRWXU, 0) == 0) {
        below = openat(folder, name, how);
    }
    if (below < 0) {
        return;
    }
    /* A folder that may not be written to cannot be emptied either. */
    (void)fchmod(below, S_IRWXU);
    remove_below(below);
    close(below);
    (void)unlinkat(folder, name, AT_REMOVEDIR);
}

void pt_tree_remove(const char *root)
{
    remove_entry(AT_FDCWD, root);
}

int pt_tree_make_parents(const char *root, const char *name)
{
    char *path;
    int code = 0, length = asprintf(&path, "%s/%s", root, name);

    if (length < 0) {
        return ENOMEM;
    }
    for (char *at = strchr(path + strlen(root) + 1, '/'); at != NULL && code == 0;
         at = strchr(at + 1, '/')) {
        *at = '\0';
        if (mkdir(path, 0777) != 0 && errno != EEXIST) {
            code = errno;
        }
        *at = '/';
    }
    free(path);
    return code;
}

int pt_tree_read(struct pt_arena *arena, const char *path, char **bytes, size_t *n)
{
    struct stat status;
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    int code = descriptor < 0 || fstat(descriptor, &status) != 0 ? errno : 0;
    size_t size = code == 0 ? (size_t)status.st_size : 0, got = 0;
    char *all = code == 0 ? pt_arena_alloc(arena, size + 1, 1) : NULL;

    if (code == 0 && all == NULL) {
        code = ENOMEM;
    }
    while (code == 0 && got < size) {
        ssize_t more = read(descriptor, all + got, size - got);
        if (more < 0 && errno != EINTR) {
            code = errno;
        } else if (more == 0) {
            break;
        } else if (more > 0) {
            got += (size_t)more;
        }
    }
    if (descriptor >= 0) {
        close(descriptor);
    }
    if (code == 0) {
        *bytes = all;
        *n = got;
    }
    return code;
}

int pt_tree_digest(const char *path, char hex[65])
{
    struct pt_arena *arena = pt_arena_new();
    char *bytes;
    size_t n;
    int code = arena != NULL ? pt_tree_read(arena, path, &bytes, &n) : ENOMEM;

    if (code == 0) {
        pt_sha256(bytes, n, hex);
    }
    pt_arena_free(arena);
    return code;
}
