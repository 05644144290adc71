#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cli/sandbox.h"

/* What the child is sent: which file, and how many bytes come after it. */
struct order {
    uint32_t which; /* 0: of -o; 1: of --forecasts */
    uint64_t n;
};

static struct writer {
    pid_t child; /* 0: none */
    int orders, answers;
    const char *paths[2];
} writer = { .orders = -1, .answers = -1 };

static bool send(int to, const void *bytes, size_t n)
{
    const char *at = bytes;
    while (n > 0) {
        ssize_t written = write(to, at, n);
        if (written < 0 && errno != EINTR) {
            return false;
        }
        at += written > 0 ? written : 0;
        n -= written > 0 ? (size_t)written : 0;
    }
    return true;
}

static bool receive(int from, void *bytes, size_t n)
{
    char *at = bytes;
    while (n > 0) {
        ssize_t got = read(from, at, n);
        if (got == 0 || (got < 0 && errno != EINTR)) {
            return false;
        }
        at += got > 0 ? got : 0;
        n -= got > 0 ? (size_t)got : 0;
    }
    return true;
}

/* ------------------------------------------------------------------ the child */

/* Until the other end is closed. What came only in part is not written. */
static void serve(int orders, int answers)
{
    struct order order;
    while (receive(orders, &order, sizeof order) && order.which < 2 && writer.paths[order.which] &&
           order.n < SIZE_MAX) {
        struct pt_error err = { .status = PT_OK };
        struct pt_buffer all = { .bytes = malloc((size_t)order.n + 1), .n = (size_t)order.n };
        if (!all.bytes) {
            (void)PT_RAISE_NOMEM(&err);
        } else if (receive(orders, all.bytes, all.n)) {
            (void)write_file(writer.paths[order.which], &all, &err);
        } else {
            free(all.bytes);
            return;
        }
        free(all.bytes);
        if (!send(answers, &err, sizeof err) || err.status == PT_ENOMEM) {
            return;
        }
    }
}

bool writer_start(const struct request *request)
{
    int orders[2], answers[2];
    if (pipe2(orders, O_CLOEXEC) != 0) {
        return false;
    }
    if (pipe2(answers, O_CLOEXEC) != 0) {
        close(orders[0]);
        close(orders[1]);
        return false;
    }
    writer.paths[0] = request->output;
    writer.paths[1] = request->backtest.forecasts;
    pid_t child = fork();
    if (child == 0) {
        close(orders[1]);
        close(answers[0]);
        serve(orders[0], answers[1]);
        _exit(0);
    }
    close(orders[0]);
    close(answers[1]);
    if (child < 0) {
        close(orders[1]);
        close(answers[0]);
        return false;
    }
    writer.orders = orders[1];
    writer.answers = answers[0];
    writer.child = child;
    return true;
}

/* ------------------------------------------------------------------ inside */

bool writer_started(void)
{
    return writer.child > 0;
}

/* The child has the same program, so that what its error points to is here as well. */
enum pt_status writer_write(const char *path, const struct pt_buffer *buffer, struct pt_error *err)
{
    struct order order = { path == writer.paths[1] ? 1 : 0, buffer->n };
    struct pt_error answer;
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);
    bool done = send(writer.orders, &order, sizeof order) &&
                send(writer.orders, buffer->bytes, buffer->n) &&
                receive(writer.answers, &answer, sizeof answer);
    signal(SIGPIPE, before);
    if (!done) {
        return PT_RAISE(err, PT_EWRITE, pt_doing_format(PT_DOING_WRITE, EPIPE), path,
                        strerror(EPIPE));
    }
    if (answer.status != PT_OK && err) {
        *err = answer;
    }
    return answer.status;
}

void writer_stop(void)
{
    if (writer.child > 0) {
        close(writer.orders);
        close(writer.answers);
        while (waitpid(writer.child, NULL, 0) < 0 && errno == EINTR) {
            continue;
        }
        writer.child = 0;
    }
}
