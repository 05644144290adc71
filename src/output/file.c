#include <paritet/output.h>

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/sync.h"

#define NAMES_TRIED 1000

static enum pt_status raise_create(struct pt_error *err, const char *path, int code)
{
    return PT_RAISE(err, PT_ECREATE, pt_doing_format(PT_DOING_CREATE, code), path, strerror(code));
}

static enum pt_status raise_write(struct pt_error *err, const char *path, int code)
{
    return PT_RAISE(err, PT_EWRITE, pt_doing_format(PT_DOING_WRITE, code), path, strerror(code));
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

/* Opens a new file in the same folder. Its name goes to the caller, who frees it. */
static int create_beside(const char *path, char **name)
{
    const char *slash = strrchr(path, '/');
    int folder = slash != NULL ? (int)(slash + 1 - path) : 0;
    int descriptor = -1;

    for (int i = 0; i < NAMES_TRIED && descriptor < 0; i++) {
        if (asprintf(name, "%.*s.%s.%ld-%d.tmp", folder, path, path + folder, (long)getpid(), i) <
            0) {
            *name = NULL;
            errno = ENOMEM;
            return -1;
        }
        descriptor = open(*name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (descriptor < 0) {
            int code = errno;
            free(*name);
            *name = NULL;
            errno = code;
            if (code != EEXIST) {
                return -1;
            }
        }
    }
    return descriptor;
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

/* The old file's permissions, so that a table shared with a group stays shared. */
static enum pt_status replace(const char *path, const struct stat *old, const void *bytes, size_t n,
                              struct pt_error *err)
{
    char *name = NULL;
    int descriptor = create_beside(path, &name);
    if (descriptor < 0) {
        return raise_create(err, path, errno);
    }
    if (old != NULL) {
        (void)fchmod(descriptor, old->st_mode & 07777);
    }
    enum pt_status status = PT_OK;
    int code = pt_descriptor_fill(descriptor, bytes, n, true);
    if (code != 0 || rename(name, path) != 0) {
        status = raise_write(err, path, code != 0 ? code : errno);
        unlink(name);
    } else {
        sync_folder_of(path);
    }
    free(name);
    return status;
}

enum pt_status pt_file_write(const char *path, const void *bytes, size_t n, struct pt_error *err)
{
    struct stat old;

    if (stat(path, &old) != 0) {
        if (errno != ENOENT) {
            return raise_create(err, path, errno);
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
