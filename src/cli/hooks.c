#include <signal.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

#include "cli/cli.h"

static volatile sig_atomic_t caught;
static struct timespec started;
static bool shown;

static void on_signal(int signal_number)
{
    caught = signal_number;
}

static bool cancelled(void *user)
{
    (void)user;
    return caught != 0;
}

/* Only for those who wait: a terminal, and more than a second. */
static void progress(void *user, size_t done, size_t total)
{
    (void)user;
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds =
        (double)(now.tv_sec - started.tv_sec) + 1e-9 * (double)(now.tv_nsec - started.tv_nsec);
    if (seconds > 1) {
        fprintf(stderr, "\r%zu / %zu", done, total);
        shown = true;
    }
}

const struct pt_hooks *hooks_start(const struct request *request)
{
    static const struct pt_hooks silent = { .cancelled = cancelled };
    static const struct pt_hooks speaking = { .progress = progress, .cancelled = cancelled };
    struct sigaction action = { .sa_handler = on_signal, .sa_flags = (int)SA_RESETHAND };
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    clock_gettime(CLOCK_MONOTONIC, &started);
    shown = false;
    return request->quiet || !isatty(STDERR_FILENO) ? &silent : &speaking;
}

void hooks_stop(void)
{
    if (shown) {
        fputs("\r\033[K", stderr);
    }
}
