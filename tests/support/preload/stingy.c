/* LD_PRELOAD: a system that gives little at a time and is often interrupted: reads and writes are of a
 * few bytes, and every other call is interrupted (not one that waits for another run: that is how it is
 * stopped). STINGY_CLOCK=1: the clock of the day jumps
 * back a year at each look. */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define BYTES_MOST   7
#define SECONDS_YEAR 31536000

static bool interrupted(void)
{
    static atomic_uint calls;
    bool now = ++calls % 2 == 1;
    errno = now ? EINTR : errno;
    return now;
}

static size_t few(size_t n)
{
    return n < BYTES_MOST ? n : BYTES_MOST;
}

/* The next function of this name and type. */
#define NEXT(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t read(int fd, void *bytes, size_t n)
{
    return interrupted() ? -1 : NEXT(read)(fd, bytes, few(n));
}

ssize_t write(int fd, const void *bytes, size_t n)
{
    return interrupted() ? -1 : NEXT(write)(fd, bytes, few(n));
}

ssize_t pread(int fd, void *bytes, size_t n, off_t at)
{
    return interrupted() ? -1 : NEXT(pread)(fd, bytes, few(n), at);
}

/* The same, as a compiler that knows the size of the buffer calls them. */
ssize_t __read_chk(int fd, void *bytes, size_t n, size_t size)
{
    return n > size ? (abort(), -1) : read(fd, bytes, n);
}

ssize_t __pread_chk(int fd, void *bytes, size_t n, off_t at, size_t size)
{
    return n > size ? (abort(), -1) : pread(fd, bytes, n, at);
}

ssize_t __pread64_chk(int fd, void *bytes, size_t n, off_t at, size_t size)
{
    return __pread_chk(fd, bytes, n, at, size);
}

ssize_t pread64(int fd, void *bytes, size_t n, off_t at)
{
    return pread(fd, bytes, n, at);
}

pid_t waitpid(pid_t pid, int *status, int flags)
{
    return interrupted() ? -1 : NEXT(waitpid)(pid, status, flags);
}

static time_t earlier(time_t now)
{
    static atomic_long looks;
    return getenv("STINGY_CLOCK") ? now - ++looks * SECONDS_YEAR : now;
}

time_t time(time_t *out)
{
    time_t now = earlier(NEXT(time)(NULL));
    if (out) {
        *out = now;
    }
    return now;
}

int gettimeofday(struct timeval *restrict out, void *restrict zone)
{
    int failed = NEXT(gettimeofday)(out, zone);
    out->tv_sec = earlier(out->tv_sec);
    return failed;
}

int clock_gettime(clockid_t clock, struct timespec *out)
{
    int failed = NEXT(clock_gettime)(clock, out);
    if (clock == CLOCK_REALTIME) {
        out->tv_sec = earlier(out->tv_sec);
    }
    return failed;
}
