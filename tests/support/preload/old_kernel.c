/* LD_PRELOAD: a kernel that lacks something. OLD_KERNEL=NUMBER: this call of syscall(2) is not there;
 * OLD_KERNEL=seccomp: no filter of calls is taken. */
#include <dlfcn.h>
#include <errno.h>
#include <linux/seccomp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>

static int lacks(const char *what)
{
    const char *name = getenv("OLD_KERNEL");
    return name && strcmp(name, what) == 0;
}

long syscall(long number, ...)
{
    long (*next)(long, ...) = (long (*)(long, ...))dlsym(RTLD_NEXT, "syscall");
    const char *name = getenv("OLD_KERNEL");
    long a[6];
    va_list rest;
    va_start(rest, number);
    for (int i = 0; i < 6; i++) {
        a[i] = va_arg(rest, long);
    }
    va_end(rest);
    if (name && strtol(name, NULL, 10) == number) {
        errno = ENOSYS;
        return -1;
    }
    return next(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

int prctl(int what, ...)
{
    int (*next)(int, ...) = (int (*)(int, ...))dlsym(RTLD_NEXT, "prctl");
    unsigned long a[4];
    va_list rest;
    va_start(rest, what);
    for (int i = 0; i < 4; i++) {
        a[i] = va_arg(rest, unsigned long);
    }
    va_end(rest);
    if (what == PR_SET_SECCOMP && lacks("seccomp")) {
        errno = EINVAL;
        return -1;
    }
    return next(what, a[0], a[1], a[2], a[3]);
}
