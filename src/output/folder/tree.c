#include "output/folder/tree.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdalign.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define OPEN_FOLDER (O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

/* ------------------------------------------------------------------ listing */

struct listing {
    struct pt_arena *arena;
    size_t n, capacity;
    void *entries;
};

static int list_below(struct listing *listing, int folder, const char *prefix);

static int list_entry(struct listing *listing, int folder, const char *prefix, const char *leaf)
{
    struct stat about;
    if (fstatat(folder, leaf, &about, AT_SYMLINK_NOFOLLOW) != 0) {
        return errno;
    }
    if (!pt_grow(&listing->entries, &listing->capacity, listing->n, sizeof(struct pt_tree_entry))) {
        return ENOMEM;
    }
    const char *name = pt_arena_printf(listing->arena, "%s%s", prefix, leaf);
    struct pt_tree_entry *entries = listing->entries;
    entries[listing->n++] =
        (struct pt_tree_entry){ name, S_ISDIR(about.st_mode), S_ISREG(about.st_mode) };
    if (name == NULL || !S_ISDIR(about.st_mode)) {
        return name != NULL ? 0 : ENOMEM;
    }
    const char *inside = pt_arena_printf(listing->arena, "%s/", name);
    int below = inside != NULL ? openat(folder, leaf, OPEN_FOLDER) : -1;
    return below >= 0 ? list_below(listing, below, inside) : inside != NULL ? errno : ENOMEM;
}

/* Closes the folder. */
static int list_below(struct listing *listing, int folder, const char *prefix)
{
    DIR *stream = fdopendir(folder);
    int code = stream != NULL ? 0 : errno;
    if (stream == NULL) {
        close(folder);
        return code;
    }
    while (code == 0) {
        errno = 0;
        const struct dirent *entry = readdir(stream);
        if (entry == NULL) {
            code = errno;
            break;
        }
        code = is_dots(entry->d_name) ? 0 : list_entry(listing, folder, prefix, entry->d_name);
    }
    closedir(stream);
    return code;
}

static int compare_names(const void *a, const void *b)
{
    const struct pt_tree_entry *left = a, *right = b;
    return strcmp(left->name, right->name);
}

int pt_tree_list(struct pt_arena *arena, const char *root, struct pt_tree *tree)
{
    struct listing listing = { .arena = arena };
    int folder = open(root, OPEN_FOLDER);
    int code = folder >= 0 ? list_below(&listing, folder, "") : errno;
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
            if (!is_dots(entry->d_name)) {
                remove_entry(folder, entry->d_name);
            }
            at += entry->d_reclen;
        }
    }
}

static void remove_entry(int folder, const char *name)
{
    if (unlinkat(folder, name, 0) == 0 || errno == ENOENT) {
        return;
    }
    int below = openat(folder, name, OPEN_FOLDER);
    if (below < 0 && errno == EACCES && fchmodat(folder, name, S_IRWXU, AT_SYMLINK_NOFOLLOW) == 0) {
        below = openat(folder, name, OPEN_FOLDER);
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

/* ------------------------------------------------------------------ files */

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

int pt_tree_open_parent(const char *root, const char *name, const char **leaf)
{
    int folder = open(root, OPEN_FOLDER);
    for (const char *slash; folder >= 0 && (slash = strchr(name, '/')) != NULL; name = slash + 1) {
        char part[NAME_MAX + 1];
        bool fits = snprintf(part, sizeof part, "%.*s", (int)(slash - name), name) <= NAME_MAX;
        int below = fits ? openat(folder, part, OPEN_FOLDER) : -1;
        int code = fits ? errno : ENAMETOOLONG;
        close(folder);
        folder = below;
        errno = code;
    }
    *leaf = name;
    return folder;
}

int pt_tree_read(struct pt_arena *arena, int folder, const char *leaf, char **bytes, size_t *n)
{
    struct stat status = { 0 };
    int descriptor = openat(folder, leaf, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    int code = descriptor < 0 || fstat(descriptor, &status) != 0 ? errno : 0;
    code = code == 0 && !S_ISREG(status.st_mode) ? EINVAL : code;
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

int pt_tree_digest(const char *root, const char *name, char hex[65])
{
    struct pt_arena *arena = pt_arena_new();
    const char *leaf;
    char *bytes = NULL;
    size_t n = 0;
    int folder = pt_tree_open_parent(root, name, &leaf);
    int code = folder < 0      ? errno
               : arena != NULL ? pt_tree_read(arena, folder, leaf, &bytes, &n)
                               : ENOMEM;

    if (code == 0) {
        pt_sha256(bytes, n, hex);
    }
    if (folder >= 0) {
        close(folder);
    }
    pt_arena_free(arena);
    return code;
}
