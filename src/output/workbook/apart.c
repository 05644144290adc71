#include "output/workbook/apart.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* The end of the pipe by which the child tells how it went. */
#define TELL 3

/* No lock outlives the parent in it, no word of a library's gets out, and no core file lies about. */
static void leave_parent(pid_t parent, int tell)
{
    static const int crashes[] = { SIGSEGV, SIGBUS, SIGABRT, SIGFPE, SIGILL };
    const struct rlimit no_core = { 1, 1 }; /* 0 would still go to a program that collects them */

    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        _exit(0);
    }
    int nowhere = open("/dev/null", O_WRONLY);
    dup2(tell, TELL);
    dup2(nowhere, STDERR_FILENO);
    close_range(TELL + 1, ~0U, 0);
    setrlimit(RLIMIT_CORE, &no_core);
    for (size_t i = 0; i < sizeof crashes / sizeof *crashes; i++) {
        signal(crashes[i], SIG_DFL);
    }
}

static void wait_for(pid_t child, int tell, int *code, int *signal)
{
    unsigned char said;
    int status;
    ssize_t n;
    pid_t ended;

    while ((n = read(tell, &said, 1)) < 0 && errno == EINTR) {
        continue;
    }
    while ((ended = waitpid(child, &status, 0)) < 0 && errno == EINTR) {
        continue;
    }
    *code = n == 1 ? said : -1;
    *signal = ended == child && WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

int pt_apart(int (*work)(void *data), void *data, int *code, int *signal)
{
    int tell[2];
    pid_t parent = getpid();

    if (pipe2(tell, O_CLOEXEC) != 0) {
        return errno;
    }
    pid_t child = fork();
    if (child == 0) {
        leave_parent(parent, tell[1]);
        unsigned char said = (unsigned char)work(data);
        while (write(TELL, &said, 1) < 0 && errno == EINTR) {
            continue;
        }
        _exit(said);
    }
    int failed = child < 0 ? errno : 0;
    close(tell[1]);
    if (failed == 0) {
        wait_for(child, tell[0], code, signal);
    }
    close(tell[0]);
    return failed;
}
