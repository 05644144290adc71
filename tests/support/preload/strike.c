/* LD_PRELOAD: counts the calls by which a program changes the file system, and sends it a signal
 * just before one of them.
 *
 * STRIKE_AT=N: before the Nth call; STRIKE_SIGNAL: which (9); STRIKE_AGAIN=1: before all later ones
 * too. STRIKE_COUNT=FILE: writes how many there were when the program ends. */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static long calls;

static long number_in(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : otherwise;
}

static void strike(void)
{
    long at = number_in("STRIKE_AT", 0), now = ++calls;
    if (now == at || (at > 0 && now > at && number_in("STRIKE_AGAIN", 0) != 0)) {
        raise((int)number_in("STRIKE_SIGNAL", SIGKILL));
    }
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
#define PASS_ON(type, name, parameters, arguments)                            \
    type name parameters                                                      \
    {                                                                         \
        type(*next) parameters = (type(*) parameters)dlsym(RTLD_NEXT, #name); \
        strike();                                                             \
        return next arguments;                                                \
    }

PASS_ON(ssize_t, write, (int fd, const void *bytes, size_t n), (fd, bytes, n))
PASS_ON(int, fsync, (int fd), (fd))
PASS_ON(int, fchmod, (int fd, mode_t mode), (fd, mode))
PASS_ON(int, chmod, (const char *path, mode_t mode), (path, mode))
PASS_ON(int, mkdir, (const char *path, mode_t mode), (path, mode))
PASS_ON(int, rmdir, (const char *path), (path))
PASS_ON(int, unlink, (const char *path), (path))
PASS_ON(int, unlinkat, (int fd, const char *path, int flags), (fd, path, flags))
PASS_ON(int, flock, (int fd, int how), (fd, how))
PASS_ON(int, rename, (const char *from, const char *to), (from, to))
PASS_ON(int, renameat2, (int a, const char *from, int b, const char *to, unsigned flags),
        (a, from, b, to, flags))
PASS_ON(int, linkat, (int a, const char *from, int b, const char *to, int flags),
        (a, from, b, to, flags))

int open(const char *path, int flags, ...)
{
    int (*next)(const char *, int, ...) = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    va_list rest;
    va_start(rest, flags);
    mode_t mode = (flags & O_CREAT) ? va_arg(rest, mode_t) : 0;
    va_end(rest);
    if (flags & O_CREAT) {
        strike();
    }
    return next(path, flags, mode);
}
