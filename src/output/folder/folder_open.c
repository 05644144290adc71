#include "output/folder/folder.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/folder/swap.h"
#include "output/folder/tree.h"

#define NAMES_TRIED 1000

static enum pt_status raise_create(const struct pt_folder *folder, int code, struct pt_error *err)
{
    return code == ENOMEM ? PT_RAISE_NOMEM(err)
                          : PT_RAISE(err, PT_ECREATE, "cannot create the folder '%s': %s",
                                     folder->shown, strerror(code));
}

int pt_folder_lock(const char *path, int how)
{
    // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): an error of resolve() is never PT_OK
    int descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

    if (descriptor >= 0 && flock(descriptor, how) != 0) {
        int code = errno;
        close(descriptor);
        errno = code;
        descriptor = -1;
    }
    return descriptor;
}

void pt_folder_unlock(int descriptor)
{
    if (descriptor >= 0) {
        close(descriptor);
    }
}

/* Makes the parents that are missing, and remembers the first of them. */
static int make_parents(struct pt_folder *folder, const char *path)
{
    // NOLINTNEXTLINE(clang-analyzer-core.NonNullParamChecker): nor is it without a final name
    char *copy = pt_arena_copy(folder->arena, path, strlen(path));
    if (copy == NULL) {
        return ENOMEM;
    }
    for (char *at = strchr(copy + 1, '/'); at != NULL; at = strchr(at + 1, '/')) {
        *at = '\0';
        if (mkdir(copy, 0777) == 0) {
            if (folder->made == NULL) {
                folder->made = pt_arena_copy(folder->arena, copy, strlen(copy));
            }
        } else if (errno != EEXIST) {
            return errno;
        }
        *at = '/';
    }
    return 0;
}

void pt_folder_unmake_parents(const struct pt_folder *folder)
{
    char *parent = folder->made != NULL ? folder->parent : NULL;

    while (parent != NULL && strlen(parent) >= strlen(folder->made) && rmdir(parent) == 0) {
        char *slash = strrchr(parent, '/');
        if (slash == NULL) {
            break;
        }
        *slash = '\0';
    }
}

/* The names that follow from the path: of the folder itself, beside it, and of what it is in. */
static int name_parts(struct pt_folder *folder, const char *path)
{
    size_t n = strlen(path);
    while (n > 1 && path[n - 1] == '/') {
        n--;
    }
    char *final = pt_arena_copy(folder->arena, path, n);
    if (final == NULL) {
        return ENOMEM;
    }
    const char *slash = strrchr(final, '/'), *name = slash != NULL ? slash + 1 : final;
    if (*name == '\0') {
        return n == 0 ? ENOENT : EBUSY;
    }
    if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0) {
        return ENOENT;
    }
    size_t length = slash == NULL ? 1 : slash == final ? 1 : (size_t)(slash - final);
    folder->final = final;
    folder->parent = pt_arena_copy(folder->arena, slash == NULL ? "." : final, length);
    folder->prefix = pt_arena_printf(folder->arena, ".%s.paritet-", name);
    if (folder->parent == NULL || folder->prefix == NULL) {
        return ENOMEM;
    }
    folder->aside = pt_arena_printf(folder->arena, "%s/%sold", folder->parent, folder->prefix);
    return folder->aside != NULL ? 0 : ENOMEM;
}

static enum pt_status resolve(struct pt_folder *folder, struct pt_error *err)
{
    struct stat status;
    int code;

    if (lstat(folder->shown, &status) == 0) {
        char *real = realpath(folder->shown, NULL);
        code = real != NULL ? name_parts(folder, real) : errno;
        free(real);
    } else {
        code = errno == ENOENT ? name_parts(folder, folder->shown) : errno;
        if (code == 0) {
            code = make_parents(folder, folder->final);
        }
    }
    return code == 0 ? PT_OK : raise_create(folder, code, err);
}

/* Whether the working directory is the folder or inside it: it would be pulled away. A removed one is
 * in no folder. */
static int stands_in(const struct pt_folder *folder, bool *inside)
{
    char *here = getcwd(NULL, 0);
    int code = here == NULL && errno == ENOMEM ? ENOMEM : 0;
    size_t n = strlen(folder->final);
    *inside =
        here != NULL && strncmp(here, folder->final, n) == 0 && (here[n] == '\0' || here[n] == '/');

    free(here);
    return code;
}

enum pt_status pt_folder_look(const struct pt_folder *folder, bool *exists,
                              struct pt_manifest *manifest, struct pt_error *err)
{
    *exists = false;
    *manifest = (struct pt_manifest){ 0, NULL };
    DIR *stream = opendir(folder->final);
    if (stream == NULL) {
        return errno == ENOENT ? PT_OK : raise_create(folder, errno, err);
    }
    *exists = true;
    bool empty = true;
    for (const struct dirent *entry; (entry = readdir(stream)) != NULL;) {
        empty = empty && (strcmp(entry->d_name, ".") == 0 || strcmp(entry->d_name, "..") == 0);
    }
    closedir(stream);
    bool inside;
    if (stands_in(folder, &inside) != 0) {
        return PT_RAISE_NOMEM(err);
    }
    if (inside) {
        return PT_RAISE(err, PT_ECREATE,
                        "you stand in the folder '%s', which would be replaced; run paritet from "
                        "outside it",
                        folder->shown);
    }
    char *path = pt_arena_printf(folder->arena, "%s/%s", folder->final, PT_MANIFEST_NAME);
    if (path == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    int code = empty ? 0 : pt_manifest_read(folder->arena, path, manifest);
    if (code == ENOMEM) {
        return PT_RAISE_NOMEM(err);
    }
    if (code != 0) {
        return PT_RAISE(err, PT_ECREATE,
                        "the folder '%s' is not empty and holds no report of paritet's; name "
                        "another folder",
                        folder->shown);
    }
    return PT_OK;
}

/* Whether the rest of a name is PID-N. */
static bool is_run(const char *rest)
{
    size_t pid = strspn(rest, "0123456789");
    return pid > 0 && rest[pid] == '-' && rest[pid + 1] != '\0' &&
           strspn(rest + pid + 1, "0123456789") == strlen(rest + pid + 1);
}

/* Clears away what killed runs left. Asks for the lock on the parent, and for a final folder that
 * is known to be ours: then what they had not brought over is nobody's. */
static void clear_rests(const struct pt_folder *folder)
{
    DIR *stream = opendir(folder->parent);
    size_t n = strlen(folder->prefix);

    pt_tree_remove(folder->aside);
    for (const struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        if (strncmp(entry->d_name, folder->prefix, n) != 0 || !is_run(entry->d_name + n)) {
            continue;
        }
        char *path = pt_arena_printf(folder->arena, "%s/%s", folder->parent, entry->d_name);
        int lock = path != NULL ? pt_folder_lock(path, LOCK_EX | LOCK_NB) : -1;
        if (lock >= 0) {
            pt_tree_remove(path);
            close(lock);
        }
    }
    if (stream != NULL) {
        closedir(stream);
    }
}

/* The mode that a folder made here gets, by the mask of the process and the folder it is in. */
static mode_t usual_mode(const char *work)
{
    struct stat about = { .st_mode = 0700 };
    int folder = open(work, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (folder >= 0 && mkdirat(folder, "mode", 0777) == 0) {
        (void)fstatat(folder, "mode", &about, AT_SYMLINK_NOFOLLOW);
        (void)unlinkat(folder, "mode", AT_REMOVEDIR);
    }
    if (folder >= 0) {
        close(folder);
    }
    return about.st_mode & 07777;
}

static enum pt_status make_work(struct pt_folder *folder, struct pt_error *err)
{
    for (int i = 0; i < NAMES_TRIED; i++) {
        char *work = pt_arena_printf(folder->arena, "%s/%s%ld-%d", folder->parent, folder->prefix,
                                     (long)getpid(), i);
        if (work == NULL) {
            return PT_RAISE_NOMEM(err);
        }
        if (mkdir(work, 0700) == 0) {
            folder->work = work;
            folder->mode = usual_mode(work);
            folder->lock = pt_folder_lock(work, LOCK_EX | LOCK_NB);
            return PT_OK;
        }
        if (errno != EEXIST) {
            break;
        }
    }
    return raise_create(folder, errno, err);
}

static enum pt_status start(struct pt_folder *folder, struct pt_error *err)
{
    struct pt_manifest manifest;
    bool exists;
    enum pt_status status = resolve(folder, err);
    if (status != PT_OK) {
        return status;
    }
    int lock = pt_folder_lock(folder->parent, LOCK_EX);
    if (lock < 0 && errno == EINTR) {
        return PT_RAISE(err, PT_ECANCELLED, "interrupted");
    }
    pt_swap_recover(folder->final, folder->aside);
    status = pt_folder_look(folder, &exists, &manifest, err);
    if (status == PT_OK) {
        if (lock >= 0) {
            clear_rests(folder);
        }
        status = make_work(folder, err);
    }
    pt_folder_unlock(lock);
    return status;
}

enum pt_status pt_folder_open(const char *path, struct pt_folder **out, struct pt_error *err)
{
    struct pt_folder *folder = calloc(1, sizeof *folder);
    if (folder == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    folder->lock = -1;
    folder->arena = pt_arena_new();
    folder->shown = folder->arena != NULL ? pt_arena_copy(folder->arena, path, strlen(path)) : NULL;
    enum pt_status status = folder->shown != NULL ? start(folder, err) : PT_RAISE_NOMEM(err);
    if (status != PT_OK) {
        pt_folder_abandon(folder);
        return status;
    }
    *out = folder;
    return PT_OK;
}
