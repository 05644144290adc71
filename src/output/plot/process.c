#include "output/plot/render.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define POLL_NANOSECONDS 10000000L
#define SECONDS_TO_DIE   2.0 /* after which a killed process is left to the system */

/* What gnuplot and the font library need to find themselves; the rest of the environment could
 * only change pictures. */
static const char *const kept[] = {
    "PATH",
    "HOME",
    "TMPDIR",
    "LD_LIBRARY_PATH",
    "XDG_CACHE_HOME",
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "XDG_DATA_DIRS",
    "FONTCONFIG_FILE",
    "FONTCONFIG_PATH",
    "FONTCONFIG_SYSROOT",
};
#define N_KEPT (sizeof kept / sizeof *kept)

/* The environment as one allocation of "NAME=value" for each name kept. NULL: no memory. */
static char **environment(void)
{
    static const char locale[] = "LC_ALL=C.UTF-8";
    size_t bytes = sizeof locale;

    for (size_t i = 0; i < N_KEPT; i++) {
        const char *value = getenv(kept[i]);
        bytes += value != NULL ? strlen(kept[i]) + strlen(value) + 2 : 0;
    }
    char **list = malloc((N_KEPT + 2) * sizeof *list + bytes);
    if (list == NULL) {
        return NULL;
    }
    char *at = (char *)(list + N_KEPT + 2);
    size_t n = 0;
    for (size_t i = 0; i < N_KEPT; i++) {
        const char *value = getenv(kept[i]);
        if (value != NULL) {
            list[n++] = at;
            at = stpcpy(stpcpy(stpcpy(at, kept[i]), "="), value) + 1;
        }
    }
    list[n++] = strcpy(at, locale);
    list[n] = NULL;
    return list;
}

/* A file in memory with these bytes, at its start; -1: errno says why. */
static int memory_file(const char *name, const struct pt_buffer *bytes)
{
    int fd = memfd_create(name, MFD_CLOEXEC);

    for (size_t at = 0; fd >= 0 && bytes != NULL && at < bytes->n;) {
        ssize_t n = write(fd, bytes->bytes + at, bytes->n - at);
        if (n < 0 && errno != EINTR) {
            close(fd);
            return -1;
        }
        at += n > 0 ? (size_t)n : 0;
    }
    if (fd >= 0) {
        lseek(fd, 0, SEEK_SET);
    }
    return fd;
}

/* 0 or an errno. A process group of its own keeps the terminal's Ctrl-C for the host, which stops
 * us through its hook. */
static int start(const char *folder, int input, int messages, pid_t *pid)
{
    char name[] = "gnuplot", defaults[] = "-d", dash[] = "-";
    char *arguments[] = { name, defaults, dash, NULL };
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t none, all;
    char *program = pt_gnuplot_find();
    char **env = program != NULL ? environment() : NULL;

    if (env == NULL) {
        int code = program != NULL ? ENOMEM : errno;
        free(program);
        return code;
    }
    sigemptyset(&none);
    sigfillset(&all);
    int error = posix_spawn_file_actions_init(&actions);
    if (error != 0) {
        free(program);
        free(env);
        return error;
    }
    error = posix_spawnattr_init(&attributes);
    if (error == 0) {
        posix_spawnattr_setsigmask(&attributes, &none);
        posix_spawnattr_setsigdefault(&attributes, &all);
        posix_spawnattr_setpgroup(&attributes, 0);
        posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF |
                                                  POSIX_SPAWN_SETPGROUP);
        posix_spawn_file_actions_adddup2(&actions, input, STDIN_FILENO);
        posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
        posix_spawn_file_actions_adddup2(&actions, messages, STDERR_FILENO);
#if __GLIBC_PREREQ(2, 34)
        posix_spawn_file_actions_addclosefrom_np(&actions, STDERR_FILENO + 1);
#endif
        error = posix_spawn_file_actions_addchdir_np(&actions, folder);
        if (error == 0) {
            error = posix_spawn(pid, program, &actions, &attributes, arguments, env);
        }
        posix_spawnattr_destroy(&attributes);
    }
    posix_spawn_file_actions_destroy(&actions);
    free(program);
    free(env);
    return error;
}

static double now(void)
{
    struct timespec t;

    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* One of those at work. */
struct process {
    int input, messages; /* -1: none */
    pid_t pid;           /* 0: not started, or waited for */
};

/* Kills them with all they may have started, and waits, so that no picture is touched any more. Who
 * was started by one of them is not ours to wait for: the group is gone when the last has gone, and
 * a killed one may want its turn on a busy machine first. */
static void end_all(struct process *processes, size_t n)
{
    const struct timespec pause = { .tv_nsec = POLL_NANOSECONDS / 10 };
    int status;

    for (size_t i = 0; i < n; i++) {
        if (processes[i].pid > 0) {
            kill(-processes[i].pid, SIGKILL);
        }
    }
    double since = now();
    for (size_t i = 0; i < n; i++) {
        pid_t pid = processes[i].pid;
        while (pid > 0 && waitpid(pid, &status, 0) < 0 && errno == EINTR) {
            continue;
        }
        while (pid > 0 && kill(-pid, 0) == 0 && now() - since < SECONDS_TO_DIE) {
            nanosleep(&pause, NULL);
        }
        processes[i].pid = 0;
    }
}

/* They stay zombies, which keeps their numbers for the group that they may leave behind. */
static bool have_ended(struct process *processes, size_t n)
{
    bool ended = true;

    for (size_t i = 0; i < n; i++) {
        siginfo_t about = { .si_pid = 0 };
        if (processes[i].pid <= 0) {
            continue;
        }
        if (waitid(P_PID, (id_t)processes[i].pid, &about, WEXITED | WNOHANG | WNOWAIT) == 0) {
            ended = ended && about.si_pid != 0;
        } else if (errno == EINTR) {
            ended = false;
        } else {
            processes[i].pid = 0; /* the host leaves its children unwaited for */
        }
    }
    return ended;
}

static enum pt_status wait_for(struct process *processes, size_t n,
                               const struct pt_plot_watch *watch, struct pt_error *err)
{
    const struct timespec pause = { .tv_nsec = POLL_NANOSECONDS };
    const struct pt_hooks *hooks = watch->hooks;
    double since = now();
    size_t before = 0;

    while (!have_ended(processes, n)) {
        size_t drawn = watch->drawn(watch->drawing);
        since = drawn > before ? now() : since;
        before = drawn;
        if (hooks != NULL && hooks->progress != NULL) {
            hooks->progress(hooks->user, drawn, watch->total);
        }
        if (hooks != NULL && hooks->cancelled != NULL && hooks->cancelled(hooks->user)) {
            return PT_RAISE(err, PT_ECANCELLED, "interrupted");
        }
        if (now() - since > watch->seconds) {
            return PT_RAISE(err, PT_EPLOT,
                            "gnuplot drew nothing new for %g seconds and was stopped",
                            watch->seconds);
        }
        nanosleep(&pause, NULL);
    }
    return PT_OK;
}

static enum pt_status start_one(struct process *process, const char *folder,
                                const struct pt_buffer *commands, struct pt_error *err)
{
    process->input = memory_file("paritet-plots", commands);
    process->messages = process->input < 0 ? -1 : memory_file("paritet-messages", NULL);
    if (process->messages < 0) {
        return PT_RAISE(err, PT_EPLOT, "cannot talk to gnuplot: %s", strerror(errno));
    }
    int error = start(folder, process->input, process->messages, &process->pid);
    if (error == ENOENT) {
        return PT_RAISE(err, PT_EPLOT,
                        "gnuplot is not installed; 'make deps' or your package manager installs "
                        "it (package gnuplot-nox)");
    }
    return error == 0 ? PT_OK
                      : PT_RAISE(err, PT_EPLOT, "cannot start gnuplot: %s", strerror(error));
}

/* What they said, as far as there is room. */
static void collect(const struct process *processes, size_t n, char messages[PT_GNUPLOT_MESSAGES])
{
    size_t used = 0;

    for (size_t i = 0; i < n && used + 1 < PT_GNUPLOT_MESSAGES; i++) {
        off_t at = 0;
        ssize_t got = 0;
        do {
            got = pread(processes[i].messages, messages + used, PT_GNUPLOT_MESSAGES - 1 - used, at);
            used += got > 0 ? (size_t)got : 0;
            at += got > 0 ? got : 0;
        } while (got > 0 || (got < 0 && errno == EINTR));
    }
    messages[used] = '\0';
}

enum pt_status pt_plot_run_gnuplots(const char *folder, size_t n, const struct pt_buffer *commands,
                                    const struct pt_plot_watch *watch,
                                    char messages[PT_GNUPLOT_MESSAGES], struct pt_error *err)
{
    struct process processes[PT_GNUPLOTS];
    enum pt_status status = PT_OK;
    struct stat about;

    messages[0] = '\0';
    if (stat(folder, &about) != 0 || !S_ISDIR(about.st_mode)) {
        return PT_RAISE(err, PT_EPLOT, "cannot draw plots: no folder '%s'", folder);
    }
    for (size_t i = 0; i < PT_GNUPLOTS; i++) {
        processes[i] = (struct process){ -1, -1, 0 };
    }
    for (size_t i = 0; i < n && status == PT_OK; i++) {
        status = start_one(&processes[i], folder, &commands[i], err);
    }
    if (status == PT_OK) {
        status = wait_for(processes, n, watch, err);
        collect(processes, n, messages);
    }
    end_all(processes, n);
    for (size_t i = 0; i < n; i++) {
        if (processes[i].messages >= 0) {
            close(processes[i].messages);
        }
        if (processes[i].input >= 0) {
            close(processes[i].input);
        }
    }
    return status;
}
