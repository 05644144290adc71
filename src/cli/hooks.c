#include <math.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "cli/sandbox.h"

#define ERASE           "\r\033[K"
#define SECONDS_QUIET   1.0 /* who waits less is told nothing */
#define SECONDS_BETWEEN 0.1
#define SECONDS_GUESS   0.5 /* of work, before it says how much is left */

/* ------------------------------------------------------------------ signals */

/* All that a handler, which may run in any thread, has to do with. */
static atomic_int caught, held, shown;

/* The end is by the signal itself: a shell shows 128 + its number all the same, and breaks off the
 * script that called us, which it does not where a program catches Ctrl-C and exits by itself. */
static void die(int number)
{
    if (atomic_exchange(&shown, 0) != 0) {
        ssize_t written = write(STDERR_FILENO, ERASE, sizeof ERASE - 1);
        (void)written;
    }
    signal(number, SIG_DFL);
    raise(number); /* where it is blocked, as in its handler: when that returns */
}

static void on_signal(int number)
{
    int none = 0;
    atomic_compare_exchange_strong(&caught, &none, number);
    if (atomic_load(&held) == 0) {
        die(number);
    }
}

void signals_start(void)
{
    static const int numbers[] = { SIGINT, SIGTERM, SIGHUP };
    signal(SIGXFSZ, SIG_IGN); /* a file that grows too large is a write that fails */
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++) {
        struct sigaction action, before;
        memset(&action, 0, sizeof action);
        action.sa_handler = on_signal;
        sigfillset(&action.sa_mask);
        /* what nohup or a script's '&' has switched off stays off */
        if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler != SIG_IGN) {
            sigaction(numbers[i], &action, NULL);
        }
    }
}

/* A handler that saw nothing held has set `caught` before, so one of the two sees the other. */
void signals_hold(void)
{
    atomic_store(&held, 1);
    if (atomic_load(&caught) != 0) {
        die(atomic_load(&caught));
    }
}

void signals_release(void)
{
    atomic_store(&held, 0);
    if (atomic_load(&caught) != 0) {
        die(atomic_load(&caught));
    }
}

bool signals_caught(void)
{
    return atomic_load(&caught) != 0;
}

enum pt_status write_file(const char *path, const struct pt_buffer *buffer, struct pt_error *err)
{
    struct stat about;
    /* a pipe may wait for ever, and nothing is left half made in it that could be taken back */
    bool replaces = stat(path, &about) != 0 || S_ISREG(about.st_mode);
    if (replaces) {
        signals_hold();
    }
    enum pt_status status = writer_started() ? writer_write(path, buffer, err)
                                             : pt_file_write(path, buffer->bytes, buffer->n, err);
    if (replaces) {
        signals_release();
    }
    return status;
}

/* ------------------------------------------------------------------ progress */

static bool cancelled(void *user)
{
    (void)user;
    return signals_caught();
}

static double now(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

/* One piece of work after the other; the library calls from one thread at a time. */
static struct work {
    const struct pt_language *language;
    const char *what; /* untranslated */
    double begun;     /* the first work of this run */
    double started;   /* this one */
    double told;      /* when the line was last written */
} work;

static void add_time_left(double seconds, struct pt_buffer *line)
{
    pt_buffer_text(line, ", ");
    if (seconds <= 60) {
        pt_buffer_say(line, work.language, PT_N("%d s left"), (int)fmax(1, ceil(seconds)));
    } else if (seconds <= 3600) {
        pt_buffer_say(line, work.language, PT_N("%d min left"), (int)ceil(seconds / 60));
    } else {
        int minutes = (int)fmin(ceil(seconds / 60), 1e6);
        pt_buffer_say(line, work.language, PT_N("%d h %d min left"), minutes / 60, minutes % 60);
    }
}

/* Whether the line is ours to write: not from the background, nor where it would be broken, since
 * one row is all that can be erased. */
static bool has_room(const char *line)
{
    struct winsize size;
    pid_t front = tcgetpgrp(STDERR_FILENO);
    return (front < 0 || front == getpgrp()) &&
           (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) != 0 || size.ws_col == 0 ||
            pt_utf8_width(line) < size.ws_col);
}

static void progress(void *user, size_t done, size_t total)
{
    (void)user;
    double time = now();
    if (total == 0 || time - work.begun < SECONDS_QUIET || time - work.told < SECONDS_BETWEEN) {
        return;
    }
    work.told = time;
    struct pt_buffer line = { 0 };
    double share = fmin(1, (double)done / (double)total), spent = time - work.started;
    pt_buffer_say(&line, work.language, PT_N("%s: %d %%"), pt_translate(work.language, work.what),
                  (int)(100 * share));
    if (spent >= SECONDS_GUESS && share > 0 && share < 1) {
        add_time_left(spent * (1 - share) / share, &line);
    }
    if (!line.failed && has_room(line.bytes)) {
        atomic_store(&shown, 1);
        fprintf(stderr, ERASE "%s", line.bytes);
    }
    pt_buffer_free(&line);
}

const struct pt_hooks *hooks_start(const struct request *request, const char *what)
{
    static const struct pt_hooks silent = { .cancelled = cancelled };
    static const struct pt_hooks speaking = { .progress = progress, .cancelled = cancelled };
    const char *terminal = getenv("TERM");
    work.language = request->language;
    work.what = what;
    work.started = now();
    work.begun = work.begun > 0 ? work.begun : work.started;
    return request->quiet || !isatty(STDERR_FILENO) || (terminal && !strcmp(terminal, "dumb"))
               ? &silent
               : &speaking;
}

void hooks_stop(void)
{
    if (atomic_exchange(&shown, 0) != 0) {
        fputs(ERASE, stderr);
    }
}
