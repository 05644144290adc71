/* LD_PRELOAD: allocations of a program fail.
 *
 * MEMORY_AT=N: the Nth fails; MEMORY_AGAIN=1: all later ones too; MEMORY_PROCESS=P: of which process
 * (0: the program, 1: its first fork, ...); MEMORY_COUNT=FILE: writes how many the program had when it
 * ends.
 *
 * MEMORY_WALK=LOG: at every allocation (each MEMORY_EVERY-th) the program is forked twice; in the one
 * copy this allocation fails, in the other all from here on. A copy has files of its own: the working
 * folder, the standard streams, and whatever was open. How each ended is a line of LOG: which process,
 * which allocation, "once" or "on", its wait status, digests of its folder and of its standard output,
 * and what it said. "before" is the folder as it was, "whole" a run in which nothing failed, "skipped"
 * an allocation at which no fork is possible. For programs of one thread. */
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <locale.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECONDS_MOST 60
#define FOLDERS_DEEP 8
#define AT_ONCE      16

static atomic_long calls;
static long at, of_process, every, process, forks;
static bool ready, again, own, on, locked;
static const char *log_name;

static long number_in(const char *name, long otherwise)
{
    const char *text = getenv(name);
    return text ? strtol(text, NULL, 10) : otherwise;
}

/* ------------------------------------------------------------------ files of one's own */

static uint64_t mix(uint64_t hash, const void *bytes, size_t n)
{
    for (const unsigned char *b = bytes; n > 0; b++, n--) {
        hash = (hash ^ *b) * 0x100000001B3u;
    }
    return hash;
}

/* 0 for nothing. */
static uint64_t digest_of(int fd)
{
    char block[1 << 14];
    uint64_t hash = 0;
    off_t place = 0;
    for (ssize_t n; (n = pread(fd, block, sizeof block, place)) > 0; place += n) {
        hash = mix(hash == 0 ? 1 : hash, block, (size_t)n);
    }
    return hash;
}

static uint64_t digest_file(int folder, const char *name)
{
    int fd = openat(folder, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    uint64_t hash = digest_of(fd);
    close(fd);
    return hash;
}

/* What a name shows of the process that chose it is left out: ".out.paritet-PID-0". */
static uint64_t mix_name(uint64_t hash, const char *name)
{
    for (bool digits = false; *name; name++) {
        bool digit = *name >= '0' && *name <= '9';
        hash = digit && digits ? hash : mix(hash, digit ? "#" : name, 1);
        digits = digit;
    }
    return hash;
}

/* The sum of what each entry gives, which is the same in any order. */
static uint64_t digest_folder(int folder, uint64_t seed, int deep)
{
    uint64_t sum = seed;
    DIR *stream = deep < FOLDERS_DEEP ? fdopendir(folder) : NULL;
    for (const struct dirent *entry; stream && (entry = readdir(stream)) != NULL;) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) {
            continue;
        }
        uint64_t hash = mix_name(seed, entry->d_name);
        int below = openat(folder, entry->d_name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        sum += below >= 0 ? digest_folder(below, hash, deep + 1)
                          : mix(hash, &(uint64_t){ digest_file(folder, entry->d_name) }, 8);
    }
    if (stream) {
        closedir(stream);
    }
    return sum;
}

static void copy_bytes(int from, int to)
{
    char block[1 << 14];
    off_t place = 0;
    for (ssize_t n; (n = pread(from, block, sizeof block, place)) > 0; place += n) {
        if (write(to, block, (size_t)n) != n) {
            abort();
        }
    }
}

static void copy_folder(int from, int to)
{
    DIR *stream = fdopendir(from);
    for (const struct dirent *entry; stream && (entry = readdir(stream)) != NULL;) {
        const char *name = entry->d_name;
        struct stat about;
        if (!strcmp(name, ".") || !strcmp(name, "..") ||
            fstatat(from, name, &about, AT_SYMLINK_NOFOLLOW) != 0) {
            continue;
        }
        if (S_ISDIR(about.st_mode)) {
            mkdirat(to, name, 0777);
            int below = openat(to, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
            copy_folder(openat(from, name, O_RDONLY | O_DIRECTORY | O_CLOEXEC), below);
            close(below);
        } else {
            int in = openat(from, name, O_RDONLY | O_CLOEXEC);
            int out = openat(to, name, O_WRONLY | O_CREAT | O_CLOEXEC, 0666);
            copy_bytes(in, out);
            close(in);
            close(out);
        }
    }
    closedir(stream);
}

static void remove_folder(int folder)
{
    DIR *stream = fdopendir(folder);
    for (const struct dirent *entry; stream && (entry = readdir(stream)) != NULL;) {
        const char *name = entry->d_name;
        if (!strcmp(name, ".") || !strcmp(name, "..")) {
            continue;
        }
        int below = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        if (below >= 0) {
            remove_folder(below);
        }
        unlinkat(folder, name, below >= 0 ? AT_REMOVEDIR : 0);
    }
    closedir(stream);
}

static int open_folder(const char *path)
{
    return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}

/* An open file of the original becomes one of the copy: the same file of its own folder, or, where it
 * has no name any more, the same bytes. Pipes lead nowhere. */
static void take_over(int fd, const char *original)
{
    char link[64], path[PATH_MAX];
    struct stat about;
    int flags = fcntl(fd, F_GETFL);
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n < 0 || fstat(fd, &about) != 0) {
        return;
    }
    path[n] = '\0';
    size_t root = strlen(original);
    bool inside = strncmp(path, original, root) == 0 && path[root] == '/';
    int mine;
    if (S_ISREG(about.st_mode) && about.st_nlink == 0) {
        mine = memfd_create("copy", 0);
        copy_bytes(fd, mine);
    } else if (S_ISREG(about.st_mode) || S_ISDIR(about.st_mode)) {
        mine = open(inside ? path + root + 1 : path, flags & ~(O_CREAT | O_EXCL | O_TRUNC));
    } else if (S_ISFIFO(about.st_mode)) {
        mine = open("/dev/null", O_RDWR);
    } else {
        return;
    }
    if (mine >= 0) {
        lseek(mine, lseek(fd, 0, SEEK_CUR), SEEK_SET);
        dup3(mine, fd, O_CLOEXEC);
        close(mine);
    }
}

static void be_a_copy(const char *copy, const char *original, const int streams[2])
{
    struct stat about;
    DIR *stream;
    if (chdir(copy) != 0) {
        abort();
    }
    for (int i = 0; i < 2; i++) {
        dup2(streams[i], STDOUT_FILENO + i);
    }
    stream = opendir("/proc/self/fd");
    for (const struct dirent *entry; stream && (entry = readdir(stream)) != NULL;) {
        int fd = atoi(entry->d_name);
        if (fd > STDERR_FILENO && fd != dirfd(stream) && fd != streams[0] && fd != streams[1] &&
            fstat(fd, &about) == 0) {
            take_over(fd, original);
        }
    }
    closedir(stream);
    close(streams[0]);
    close(streams[1]);
    alarm(SECONDS_MOST);
}

/* ------------------------------------------------------------------ walking */

/* One line: what was said has its line ends as '|'. */
static void log_end(long number, const char *mode, int status, const char *folder,
                    const int streams[2])
{
    char said[2048], line[2600];
    ssize_t n = pread(streams[1], said, sizeof said - 1, 0);
    said[n > 0 ? n : 0] = '\0';
    for (char *s = said; *s; s++) {
        *s = *s == '\n' ? '|' : *s;
    }
    int length =
        snprintf(line, sizeof line, "%ld %ld %s %d %016llx %016llx %s\n", process, number, mode,
                 status, (unsigned long long)digest_folder(open_folder(folder), 1, 0),
                 (unsigned long long)digest_of(streams[0]), said);
    int fd = open(log_name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0666);
    if (write(fd, line, (size_t)length) != length) {
        abort();
    }
    close(fd);
}

/* What was written to a standard stream so far. */
static int copy_of_stream(int fd)
{
    char link[64];
    struct stat about;
    int copy = memfd_create("stream", MFD_CLOEXEC);
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    if (fstat(fd, &about) == 0 && S_ISREG(about.st_mode)) {
        int readable = open(link, O_RDONLY | O_CLOEXEC);
        copy_bytes(readable, copy);
        close(readable);
    }
    return copy;
}

/* Copies at work; the oldest is waited for first. */
static struct copy {
    pid_t pid;
    long number;
    const char *mode;
    int streams[2];
    char folder[PATH_MAX + 16];
} copies[AT_ONCE];
static size_t oldest, n_copies;

static void wait_for_oldest(void)
{
    struct copy *copy = &copies[oldest];
    int status = 0;
    while (waitpid(copy->pid, &status, 0) < 0 && errno == EINTR) {
        continue;
    }
    log_end(copy->number, copy->mode, status, copy->folder, copy->streams);
    close(copy->streams[0]);
    close(copy->streams[1]);
    remove_folder(open_folder(copy->folder));
    rmdir(copy->folder);
    oldest = (oldest + 1) % AT_ONCE;
    n_copies--;
}

/* Whether this is the copy, in which the allocation fails. */
static bool try(const char *mode)
{
    static char original[PATH_MAX];
    int code = errno;
    own = true;
    if (n_copies == AT_ONCE) {
        wait_for_oldest();
    }
    size_t at_copy = (oldest + n_copies) % AT_ONCE;
    struct copy *copy = &copies[at_copy];
    if (!getcwd(original, sizeof original)) {
        abort();
    }
    snprintf(copy->folder, sizeof copy->folder, "%s.copy%ld-%zu", original, process, at_copy);
    mkdir(copy->folder, 0777);
    int to = open_folder(copy->folder);
    copy_folder(open_folder("."), to);
    close(to);
    copy->streams[0] = copy_of_stream(STDOUT_FILENO);
    copy->streams[1] = copy_of_stream(STDERR_FILENO);
    copy->number = calls;
    copy->mode = mode;
    copy->pid = fork();
    bool here = copy->pid == 0;
    if (here) {
        for (; n_copies > 0; n_copies--, oldest = (oldest + 1) % AT_ONCE) {
            close(copies[oldest].streams[0]);
            close(copies[oldest].streams[1]);
        }
        be_a_copy(copy->folder, original, copy->streams);
        every = 0;
        on = strcmp(mode, "on") == 0;
    } else {
        n_copies++;
    }
    own = false;
    errno = code;
    return here;
}

/* The line of a run that nothing happens to. */
static void log_whole(const char *mode, int status)
{
    if (every > 0 && !own) {
        own = true;
        while (n_copies > 0) {
            wait_for_oldest();
        }
        int streams[2] = { copy_of_stream(STDOUT_FILENO), copy_of_stream(STDERR_FILENO) };
        log_end(calls, mode, status << 8, ".", streams);
        close(streams[0]);
        close(streams[1]);
        own = false;
    }
}

static void start(void)
{
    ready = true;
    at = number_in("MEMORY_AT", 0);
    again = number_in("MEMORY_AGAIN", 0) != 0;
    of_process = number_in("MEMORY_PROCESS", 0);
    log_name = getenv("MEMORY_WALK");
    every = log_name ? number_in("MEMORY_EVERY", 1) : 0;
    log_whole("before", 0);
}

static bool fails(void)
{
    if (own) {
        return false;
    }
    if (!ready && !environ) {
        return false; /* a sanitizer is not there yet, and neither is what we are told */
    }
    if (!ready) {
        start();
    }
    long now = ++calls;
    bool failed = on;
    if (every > 0 && now % every == 0 && locked) {
        log_whole("skipped", 0);
    } else if (every > 0 && now % every == 0) {
        failed = try("once") || try("on");
    } else if (at > 0 && process == of_process) {
        failed |= now == at || (again && now > at);
    }
    if (failed) {
        errno = ENOMEM;
    }
    return failed;
}

/* A fork of the program walks through its own allocations. */
pid_t fork(void)
{
    pid_t (*next)(void) = (pid_t(*)(void))dlsym(RTLD_NEXT, "fork");
    forks += !own;
    pid_t pid = next();
    if (pid == 0 && !own) {
        process = forks;
        calls = 0;
        n_copies = 0;
    }
    return pid;
}

void _exit(int status)
{
    void (*next)(int) = (void (*)(int))dlsym(RTLD_NEXT, "_exit");
    log_whole("whole", status);
    next(status);
    abort();
}

/* A lock that is held by its thread's number cannot be let go by a copy. */
char *setlocale(int category, const char *name)
{
    char *(*next)(int, const char *) = (char *(*)(int, const char *))dlsym(RTLD_NEXT, "setlocale");
    locked = true;
    char *set = next(category, name);
    locked = false;
    return set;
}

locale_t newlocale(int categories, const char *name, locale_t base)
{
    locale_t (*next)(int, const char *, locale_t) =
        (locale_t(*)(int, const char *, locale_t))dlsym(RTLD_NEXT, "newlocale");
    locked = true;
    locale_t made = next(categories, name, base);
    locked = false;
    return made;
}

/* A folder is called by its way from here, which for a copy is its own. */
char *realpath(const char *restrict path, char *restrict out)
{
    char here[PATH_MAX];
    char *(*next)(const char *, char *) =
        (char *(*)(const char *, char *))dlsym(RTLD_NEXT, "realpath");
    char *real = next(path, out);
    size_t n = getcwd(here, sizeof here) ? strlen(here) : 0;
    if (real && log_name && n > 0 && strncmp(real, here, n) == 0 && real[n] == '/') {
        memmove(real, real + n + 1, strlen(real + n));
    }
    return real;
}

__attribute__((destructor)) static void tell(void)
{
    long n = calls;
    const char *name = getenv("MEMORY_COUNT");
    log_whole("whole", 0);
    own = true;
    FILE *file = name ? fopen(name, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", n);
        fclose(file);
    }
    own = false;
}

/* ------------------------------------------------------------------ allocations */

/* The next in line is glibc's, or a sanitizer's. */
#define PASS_ON(name, parameters, arguments)                     \
    void *name parameters                                        \
    {                                                            \
        static void *(*next)parameters;                          \
        if (!next) {                                             \
            next = (void *(*)parameters)dlsym(RTLD_NEXT, #name); \
        }                                                        \
        return fails() ? NULL : next arguments;                  \
    }

PASS_ON(malloc, (size_t size), (size))
PASS_ON(calloc, (size_t n, size_t size), (n, size))
PASS_ON(realloc, (void *old, size_t size), (old, size))
PASS_ON(aligned_alloc, (size_t to, size_t size), (to, size))
