/* LD_PRELOAD: counts the calls by which a program changes the file system, and does something just
 * before one of them.
 *
 * STRIKE_AT=N: before the Nth call; STRIKE_AGAIN=1: before all later ones too. STRIKE_SIGNAL: sends
 * this signal (9). STRIKE_ERRNO: fails the call with it instead, with ENOSPC only one that takes room on
 * a disk. STRIKE_COMMAND: lets a shell run this.
 * STRIKE_READS=1: counts read() in place of all others. STRIKE_COUNT=FILE: writes how many there were
 * when the program ends. */
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static long calls;

static long number_in(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : otherwise;
}

/* Without what is loaded here, and without a SIGCHLD that the program would hear of. */
static void run(const char *command)
{
    char *before = strdup(getenv("LD_PRELOAD"));
    unsetenv("LD_PRELOAD");
    if (system(command) != 0) {
        abort();
    }
    setenv("LD_PRELOAD", before, 1);
    free(before);
}

/* Whether the call is to fail; errno says how. */
static bool strike(bool reads, bool takes_room)
{
    if (reads != (number_in("STRIKE_READS", 0) != 0)) {
        return false;
    }
    long at = number_in("STRIKE_AT", 0), now = ++calls;
    if (now != at && !(at > 0 && now > at && number_in("STRIKE_AGAIN", 0) != 0)) {
        return false;
    }
    if (getenv("STRIKE_COMMAND")) {
        run(getenv("STRIKE_COMMAND"));
        return false;
    }
    int code = (int)number_in("STRIKE_ERRNO", 0);
    if (code == 0) {
        raise((int)number_in("STRIKE_SIGNAL", SIGKILL));
    } else if (takes_room || code != ENOSPC) {
        errno = code;
        return true;
    }
    return false;
}

__attribute__((destructor)) static void tell(void)
{
    const char *name = getenv("STRIKE_COUNT");
    FILE *file = name ? fopen(name, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", calls);
        fclose(file);
    }
}

/* NAME(PARAMETERS) with ARGUMENTS is counted and passed on. */
#define PASS_ON(room, type, name, parameters, arguments)                      \
    type name parameters                                                      \
    {                                                                         \
        type(*next) parameters = (type(*) parameters)dlsym(RTLD_NEXT, #name); \
        return strike(false, room) ? (type)-1 : next arguments;               \
    }

PASS_ON(true, ssize_t, write, (int fd, const void *bytes, size_t n), (fd, bytes, n))
PASS_ON(true, int, fsync, (int fd), (fd))
PASS_ON(false, int, fchmod, (int fd, mode_t mode), (fd, mode))
PASS_ON(false, int, chmod, (const char *path, mode_t mode), (path, mode))
PASS_ON(true, int, mkdir, (const char *path, mode_t mode), (path, mode))
PASS_ON(false, int, rmdir, (const char *path), (path))
PASS_ON(false, int, unlink, (const char *path), (path))
PASS_ON(false, int, unlinkat, (int fd, const char *path, int flags), (fd, path, flags))
PASS_ON(false, int, flock, (int fd, int how), (fd, how))
PASS_ON(false, int, rename, (const char *from, const char *to), (from, to))
PASS_ON(false, int, renameat2, (int a, const char *from, int b, const char *to, unsigned flags),
        (a, from, b, to, flags))
PASS_ON(true, int, linkat, (int a, const char *from, int b, const char *to, int flags),
        (a, from, b, to, flags))

int open(const char *path, int flags, ...)
{
    int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    va_list rest;
    va_start(rest, flags);
    mode_t mode = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    return (flags & O_CREAT) && strike(false, true) ? -1 : next(path, flags, mode);
}

ssize_t read(int fd, void *bytes, size_t n)
{
    ssize_t (*next)(int, void *, size_t) =
        (ssize_t(*)(int, void *, size_t))dlsym(RTLD_NEXT, "read");
    return strike(true, false) ? -1 : next(fd, bytes, n);
}

/* The same, as a compiler that knows the size of the buffer calls it. */
ssize_t __read_chk(int fd, void *bytes, size_t n, size_t size)
{
    return n > size ? (abort(), -1) : read(fd, bytes, n);
}
