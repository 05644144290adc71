/* Tries what a program must not do in the sandbox, and says on standard error what it could. Once as
 * a library, LD_PRELOADed: when the program ends. Once as a program, called gnuplot.
 *
 * At build: SECRET is a file that nobody named, INPUT one that was, BESIDE a name in the output's
 * folder that is free. */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/ptrace.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

static int opens(const char *path, int flags)
{
    int descriptor = open(path, flags, 0600);
    if (descriptor >= 0) {
        close(descriptor);
    }
    return descriptor >= 0 ? 0 : -1;
}

static int runs(const char *program)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        char *const none[] = { NULL }; /* and no LD_PRELOAD, or it would do this too */
        execle(program, program, (char *)NULL, none);
        _exit(99);
    }
    return waitpid(child, &status, 0) == child && WIFEXITED(status) && WEXITSTATUS(status) == 0
               ? 0
               : -1;
}

static int types_into_the_terminal(void)
{
    char letter = ' ';
    return ioctl(STDIN_FILENO, TIOCSTI, &letter) == 0 || errno == ENOTTY ? 0 : -1;
}

/* What can be taken back is taken back, so that each is tried in the same place. */
#define TRY(name, call)            \
    do {                           \
        tried++;                   \
        if ((call) == 0) {         \
            strcat(did, " " name); \
        }                          \
    } while (0)

static void escape(void)
{
    char did[2000] = "";
    int tried = 0;
    TRY("read", opens(SECRET, O_RDONLY));
    TRY("list", opens("/root/..", O_RDONLY | O_DIRECTORY));
    TRY("make", opens(BESIDE, O_WRONLY | O_CREAT | O_EXCL));
    unlink(BESIDE);
    TRY("write", opens(INPUT, O_WRONLY));
    TRY("append", opens(INPUT, O_WRONLY | O_APPEND));
    TRY("link", link(INPUT, BESIDE));
    unlink(BESIDE);
    TRY("symlink", symlink(SECRET, BESIDE));
    unlink(BESIDE);
    TRY("mkfifo", mkfifo(BESIDE, 0600));
    unlink(BESIDE);
    TRY("rename", rename(INPUT, BESIDE));
    rename(BESIDE, INPUT);
    TRY("chmod", chmod(INPUT, 0600));
    TRY("chown", chown(INPUT, getuid(), getgid()));
    TRY("truncate", truncate(INPUT, 1 << 16));
    TRY("unlink", unlink(INPUT));
    TRY("run", runs("/bin/true"));
    TRY("socket", socket(AF_INET, SOCK_STREAM, 0) < 0);
    TRY("unix-socket", socket(AF_UNIX, SOCK_STREAM, 0) < 0);
    TRY("uring", syscall(425, 1, did + 1000) < 0 && errno == EACCES);
    TRY("type", types_into_the_terminal());
    TRY("signal", kill(getppid(), 0));
    TRY("trace", ptrace(PTRACE_SEIZE, getppid(), NULL, NULL));
    dprintf(STDERR_FILENO, "escape: %d tried, could:%s\n", tried, did);
}

#ifdef PRELOADED
__attribute__((destructor)) static void at_the_end(void)
{
    escape();
}
#else
int main(void)
{
    escape();
    return 1;
}
#endif
