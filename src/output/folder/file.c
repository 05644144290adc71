#include <paritet/output.h>

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/folder/fresh.h"
#include "output/folder/sync.h"

#define NAMES_TRIED 1000
#define DIGITS      "0123456789"

static enum pt_status raise_create(struct pt_error *err, const char *path, int code)
{
    return code == ENOMEM ? PT_RAISE_NOMEM(err)
                          : PT_RAISE(err, PT_ECREATE, pt_doing_format(PT_DOING_CREATE, code), path,
                                     strerror(code));
}

static enum pt_status raise_write(struct pt_error *err, const char *path, int code)
{
    return code == ENOMEM ? PT_RAISE_NOMEM(err)
                          : PT_RAISE(err, PT_EWRITE, pt_doing_format(PT_DOING_WRITE, code), path,
                                     strerror(code));
}

/* Pipes, terminals and some file systems have nothing to sync. */
static bool sync_descriptor(int descriptor)
{
    return fsync(descriptor) == 0 || errno == EINVAL || errno == ENOTSUP;
}

void pt_sync_path(const char *path)
{
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);

    if (descriptor >= 0) {
        (void)fsync(descriptor);
        close(descriptor);
    }
}

static bool write_all(int descriptor, const char *bytes, size_t n)
{
    while (n > 0) {
        ssize_t written = write(descriptor, bytes, n);
        if (written < 0) {
            if (errno == EINTR) {
                continue;
            }
            return false;
        }
        bytes += written;
        n -= (size_t)written;
    }
    return true;
}

int pt_descriptor_fill(int descriptor, const void *bytes, size_t n, bool sync)
{
    bool done = write_all(descriptor, bytes, n) && (!sync || sync_descriptor(descriptor));
    int code = done ? 0 : errno;

    if (close(descriptor) != 0 && code == 0) {
        code = errno;
    }
    return code;
}

/* A device, a pipe: there is nothing to rename over, and renaming would destroy it. */
static enum pt_status write_through(const char *path, const void *bytes, size_t n,
                                    struct pt_error *err)
{
    int descriptor = open(path, O_WRONLY | O_CLOEXEC);
    if (descriptor < 0) {
        return raise_create(err, path, errno);
    }
    int code = pt_descriptor_fill(descriptor, bytes, n, true);
    return code == 0 ? PT_OK : raise_write(err, path, code);
}

/* ------------------------------------------------------------------ replacing */

/* Whether a descriptor is a plain file that still has a name. */
static bool has_name(int descriptor)
{
    struct stat about;
    return fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode) && about.st_nlink > 0;
}

/* Between its making and its locking someone may take it for a rest and remove it; then the next
 * name is tried. Where locks cannot be had, nobody else has one either and nothing is removed. */
struct pt_fresh pt_fresh_beside(const char *path)
{
    const char *slash = strrchr(path, '/');
    int folder = slash != NULL ? (int)(slash + 1 - path) : 0;
    struct pt_fresh fresh = { NULL, -1 };

    for (int i = 0; i < NAMES_TRIED; i++) {
        if (asprintf(&fresh.path, "%.*s.%s.%ld-%d.tmp", folder, path, path + folder, (long)getpid(),
                     i) < 0) {
            fresh.path = NULL;
            errno = ENOMEM;
            break;
        }
        fresh.descriptor = open(fresh.path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (fresh.descriptor >= 0) {
            while (flock(fresh.descriptor, LOCK_EX) != 0 && errno == EINTR) {
                continue;
            }
            if (has_name(fresh.descriptor)) {
                break;
            }
            close(fresh.descriptor);
            fresh.descriptor = -1;
            errno = EEXIST;
        }
        int code = errno;
        free(fresh.path);
        fresh.path = NULL;
        errno = code;
        if (code != EEXIST) {
            break;
        }
    }
    return fresh;
}

/* Whether an entry of the folder is such a file for NAME: ".NAME.PID-N.tmp". */
static bool is_fresh(const char *entry, const char *name)
{
    size_t n = strlen(name);
    if (entry[0] != '.' || strncmp(entry + 1, name, n) != 0 || entry[n + 1] != '.') {
        return false;
    }
    const char *pid = entry + n + 2, *dash = pid + strspn(pid, DIGITS);
    const char *end = *dash == '-' ? dash + 1 + strspn(dash + 1, DIGITS) : dash;
    return dash > pid && end > dash + 1 && strcmp(end, ".tmp") == 0;
}

static void remove_unlocked(int folder, const char *entry)
{
    int descriptor = openat(folder, entry, O_WRONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC);
    if (descriptor < 0) {
        return;
    }
    if (flock(descriptor, LOCK_EX | LOCK_NB) == 0 && has_name(descriptor)) {
        (void)unlinkat(folder, entry, 0);
    }
    close(descriptor);
}

/* Clears away what killed runs left beside the file. */
static void clear_rests(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash + 1 - path));
    DIR *stream = folder != NULL ? opendir(folder) : NULL;

    for (const struct dirent *entry; stream != NULL && (entry = readdir(stream)) != NULL;) {
        if (is_fresh(entry->d_name, slash == NULL ? path : slash + 1)) {
            remove_unlocked(dirfd(stream), entry->d_name);
        }
    }
    if (stream != NULL) {
        closedir(stream);
    }
    free(folder);
}

static void sync_folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash == NULL ? strdup(".") : strndup(path, (size_t)(slash + 1 - path));

    if (folder != NULL) {
        pt_sync_path(folder);
    }
    free(folder);
}

/* The old file's permissions, so that a table shared with a group stays shared. The lock lasts until
 * the name is the final one. */
static enum pt_status replace(const char *path, const struct stat *old, const void *bytes, size_t n,
                              struct pt_error *err)
{
    clear_rests(path);
    struct pt_fresh fresh = pt_fresh_beside(path);
    if (fresh.path == NULL) {
        return raise_create(err, path, errno);
    }
    if (old != NULL) {
        (void)fchmod(fresh.descriptor, old->st_mode & 07777);
    }
    bool done = write_all(fresh.descriptor, bytes, n) && sync_descriptor(fresh.descriptor) &&
                rename(fresh.path, path) == 0;
    enum pt_status status = done ? PT_OK : raise_write(err, path, errno);
    if (done) {
        sync_folder_of(path);
    } else {
        unlink(fresh.path);
    }
    close(fresh.descriptor);
    free(fresh.path);
    return status;
}

enum pt_status pt_file_write(const char *path, const void *bytes, size_t n, struct pt_error *err)
{
    struct stat old;
    char target;

    if (stat(path, &old) != 0) {
        if (errno != ENOENT) {
            return raise_create(err, path, errno);
        }
        if (readlink(path, &target, 1) > 0) { /* and not the link itself */
            return PT_RAISE(err, PT_ECREATE,
                            "'%s' is a link to a file that is not there; make it, or remove the "
                            "link",
                            path);
        }
        return replace(path, NULL, bytes, n, err);
    }
    if (S_ISDIR(old.st_mode)) {
        return raise_create(err, path, EISDIR);
    }
    if (!S_ISREG(old.st_mode)) {
        return write_through(path, bytes, n, err);
    }
    /* A link keeps pointing; what it points to is replaced. */
    char *real = realpath(path, NULL);
    if (real == NULL) {
        return raise_create(err, path, errno);
    }
    enum pt_status status = replace(real, &old, bytes, n, err);
    free(real);
    return status;
}
