#include "output/folder/keep.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/folder/sync.h"

struct keeper {
    struct pt_arena *arena;
    const char *old, *work, *shown;
    const struct pt_manifest *manifest;
    struct pt_diagnostics *list;
};

static char *join(const struct keeper *keeper, const char *folder, const char *name)
{
    return pt_arena_printf(keeper->arena, "%s/%s", folder, name);
}

static bool exists(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

/* As much as there is, up to n; what cannot be read ends there. */
static size_t read_block(int descriptor, char *block, size_t n)
{
    size_t all = 0;
    for (ssize_t got = 1; got != 0 && all < n;) {
        got = read(descriptor, block + all, n - all);
        if (got < 0 && errno != EINTR) {
            break;
        }
        all += got > 0 ? (size_t)got : 0;
    }
    return all;
}

static int open_file(const char *root, const char *name)
{
    const char *leaf;
    int folder = pt_tree_open_parent(root, name, &leaf);
    int file =
        folder >= 0 ? openat(folder, leaf, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK) : -1;
    if (folder >= 0) {
        close(folder);
    }
    return file;
}

/* Plain files both of them; asks for no memory, whose lack would look like a difference. */
static bool same_bytes(const char *a, const char *name, const char *b, const char *as)
{
    char left[4096], right[sizeof left];
    struct stat one, other;
    int first = open_file(a, name), second = open_file(b, as);
    bool same = first >= 0 && second >= 0 && fstat(first, &one) == 0 &&
                fstat(second, &other) == 0 && S_ISREG(one.st_mode) && S_ISREG(other.st_mode) &&
                one.st_size == other.st_size;

    for (size_t n = same ? sizeof left : 0; n == sizeof left && same;) {
        n = read_block(first, left, sizeof left);
        same = read_block(second, right, sizeof right) == n && memcmp(left, right, n) == 0;
    }
    if (first >= 0) {
        close(first);
    }
    if (second >= 0) {
        close(second);
    }
    return same;
}

/* A name in an open folder. */
struct spot {
    int folder;
    const char *leaf;
};

static int copy_link(struct spot from, struct spot to)
{
    char target[4096];
    ssize_t n = readlinkat(from.folder, from.leaf, target, sizeof target - 1);

    if (n < 0) {
        return errno;
    }
    target[n] = '\0';
    return symlinkat(target, to.folder, to.leaf) == 0 ? 0 : errno;
}

static int copy_file(struct pt_arena *arena, struct spot from, const struct stat *status,
                     struct spot to)
{
    struct timespec times[] = { status->st_atim, status->st_mtim };
    char *bytes;
    size_t n;
    int code = pt_tree_read(arena, from.folder, from.leaf, &bytes, &n);
    if (code != 0) {
        return code;
    }
    int descriptor = openat(to.folder, to.leaf, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor < 0) {
        return errno;
    }
    (void)fchmod(descriptor, status->st_mode & 07777);
    code = pt_descriptor_fill(descriptor, bytes, n, true);
    if (code == 0) {
        (void)utimensat(to.folder, to.leaf, times, AT_SYMLINK_NOFOLLOW);
    }
    return code;
}

/* A second name for the same file, else a copy where the file system has no second names. */
static int bring(struct pt_arena *arena, struct spot from, struct spot to)
{
    struct stat status;

    if (linkat(from.folder, from.leaf, to.folder, to.leaf, 0) == 0) {
        return 0;
    }
    int code = errno;
    if (code == EEXIST || fstatat(from.folder, from.leaf, &status, AT_SYMLINK_NOFOLLOW) != 0) {
        return code;
    }
    if (S_ISLNK(status.st_mode)) {
        return copy_link(from, to);
    }
    return S_ISREG(status.st_mode) ? copy_file(arena, from, &status, to) : code;
}

static enum pt_status raise_keep(const struct keeper *keeper, const char *name, int code,
                                 struct pt_error *err)
{
    return code == ENOMEM ? PT_RAISE_NOMEM(err)
                          : PT_RAISE(err, PT_EWRITE, "cannot keep '%s/%s': %s", keeper->shown, name,
                                     strerror(code));
}

/* The first of NAME.mine, NAME.mine2, ... that is free in both folders, or already is this file. */
static const char *name_of_mine(const struct keeper *keeper, const char *name, bool *there)
{
    *there = false;
    for (int i = 1;; i++) {
        const char *mine = i == 1 ? pt_arena_printf(keeper->arena, "%s.mine", name)
                                  : pt_arena_printf(keeper->arena, "%s.mine%d", name, i);
        if (mine == NULL) {
            return NULL;
        }
        const char *old = join(keeper, keeper->old, mine);
        const char *work = join(keeper, keeper->work, mine);
        if (old == NULL || work == NULL) {
            return NULL;
        }
        *there = exists(old) && same_bytes(keeper->old, name, keeper->old, mine);
        if (*there || (!exists(old) && !exists(work))) {
            return mine;
        }
    }
}

static enum pt_status bring_as(const struct keeper *keeper, const char *name, const char *as,
                               struct pt_error *err)
{
    struct spot from = { -1, NULL }, to = { -1, NULL };
    int code = pt_tree_make_parents(keeper->work, as);
    if (code == 0) {
        from.folder = pt_tree_open_parent(keeper->old, name, &from.leaf);
        code = from.folder < 0 ? errno : 0;
    }
    if (code == 0) {
        to.folder = pt_tree_open_parent(keeper->work, as, &to.leaf);
        code = to.folder < 0 ? errno : bring(keeper->arena, from, to);
    }
    if (from.folder >= 0) {
        close(from.folder);
    }
    if (to.folder >= 0) {
        close(to.folder);
    }
    return code == 0 ? PT_OK : raise_keep(keeper, name, code, err);
}

static enum pt_status keep_as_mine(const struct keeper *keeper, const char *name,
                                   struct pt_error *err)
{
    bool there;
    const char *mine = name_of_mine(keeper, name, &there);
    if (mine == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    if (!there) {
        enum pt_status status = bring_as(keeper, name, mine, err);
        if (status != PT_OK) {
            return status;
        }
    }
    if (keeper->list != NULL) {
        struct pt_place nowhere = { .path = NULL };
        pt_diagnose(keeper->list, PT_NOTICE, nowhere, NULL,
                    "'%s/%s' is not as the last run left it; your version is kept as '%s/%s'",
                    keeper->shown, name, keeper->shown, mine);
    }
    return PT_OK;
}

static enum pt_status keep_file(const struct keeper *keeper, const struct pt_tree_entry *entry,
                                struct pt_error *err)
{
    const char *new = join(keeper, keeper->work, entry->name);
    const struct pt_manifest_file *made = pt_manifest_find(keeper->manifest, entry->name);
    char sha256[65];

    if (new == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    if (made != NULL && entry->regular) {
        int code = pt_tree_digest(keeper->old, entry->name, sha256);
        if (code != 0) {
            return raise_keep(keeper, entry->name, code, err);
        }
        if (strcmp(sha256, made->sha256) == 0) {
            return PT_OK;
        }
    }
    if (entry->regular && exists(new) &&
        same_bytes(keeper->old, entry->name, keeper->work, entry->name)) {
        return PT_OK;
    }
    if (made == NULL && !exists(new)) {
        return bring_as(keeper, entry->name, entry->name, err);
    }
    return keep_as_mine(keeper, entry->name, err);
}

/* A folder in which paritet had files comes back with its files, if at all. */
static bool is_ours(const struct pt_manifest *manifest, const char *folder)
{
    size_t n = strlen(folder);

    for (size_t i = 0; i < manifest->n; i++) {
        const char *path = manifest->files[i].path;
        if (strncmp(path, folder, n) == 0 && path[n] == '/') {
            return true;
        }
    }
    return false;
}

static enum pt_status keep_folder(const struct keeper *keeper, const char *name,
                                  struct pt_error *err)
{
    const char *inside = pt_arena_printf(keeper->arena, "%s/.", name);
    if (inside == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    int code = is_ours(keeper->manifest, name) ? 0 : pt_tree_make_parents(keeper->work, inside);
    return code == 0 ? PT_OK : raise_keep(keeper, name, code, err);
}

enum pt_status pt_keep(struct pt_arena *arena, const char *old, const struct pt_manifest *manifest,
                       const char *work, const char *shown, struct pt_diagnostics *list,
                       struct pt_error *err)
{
    struct keeper keeper = { .arena = arena, .old = old, .work = work, .shown = shown };
    struct pt_tree tree;

    keeper.manifest = manifest;
    keeper.list = list;
    int code = pt_tree_list(arena, old, &tree);
    if (code != 0) {
        return code == ENOMEM ? PT_RAISE_NOMEM(err)
                              : PT_RAISE(err, PT_EOPEN, "cannot read the folder '%s': %s", shown,
                                         strerror(code));
    }
    enum pt_status status = PT_OK;
    for (size_t i = 0; i < tree.n && status == PT_OK; i++) {
        const struct pt_tree_entry *entry = &tree.entries[i];
        if (strcmp(entry->name, PT_MANIFEST_NAME) == 0) {
            continue;
        }
        status =
            entry->folder ? keep_folder(&keeper, entry->name, err) : keep_file(&keeper, entry, err);
    }
    if (status == PT_OK && list != NULL && list->failed) {
        status = PT_RAISE_NOMEM(err); /* of what is kept nobody would hear */
    }
    return status;
}
