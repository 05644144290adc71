#include <errno.h>
#include <fcntl.h>
#include <linux/audit.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <stddef.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "cli/sandbox.h"

/* ------------------------------------------------------------------ Landlock
 *
 * As in Documentation/userspace-api/landlock.rst of Linux; numbers of our own, since the headers of
 * a distribution may be older than its kernel. */

#define CREATE_RULESET  444
#define ADD_RULE        445
#define RESTRICT_SELF   446
#define VERSION         1u
#define PATH_BENEATH    1
#define NO_TCP          UINT64_C(3) /* neither bind nor connect */
#define NO_OTHER_DOMAIN UINT64_C(3) /* no abstract sockets or signals out of the sandbox */

#define EXECUTE     (UINT64_C(1) << 0)
#define WRITE_FILE  (UINT64_C(1) << 1)
#define READ_FILE   (UINT64_C(1) << 2)
#define READ_DIR    (UINT64_C(1) << 3)
#define REMOVE_DIR  (UINT64_C(1) << 4)
#define REMOVE_FILE (UINT64_C(1) << 5)
#define MAKE_DIR    (UINT64_C(1) << 7)
#define MAKE_REG    (UINT64_C(1) << 8)
#define MAKE_SYM    (UINT64_C(1) << 12)
#define REFER       (UINT64_C(1) << 13)
#define TRUNCATE    (UINT64_C(1) << 14)
#define OF_A_FILE   (EXECUTE | WRITE_FILE | READ_FILE | TRUNCATE)

/* What the first version knows, and the bit that later ones added. */
#define HANDLED_BY_1 ((UINT64_C(1) << 13) - 1)
static const struct {
    long version;
    uint64_t bit;
} added[] = { { 2, REFER }, { 3, TRUNCATE }, { 5, UINT64_C(1) << 15 /* ioctl on devices */ } };

struct ruleset {
    uint64_t handled_files, handled_network, scoped;
};
struct beneath {
    uint64_t allowed;
    int32_t parent;
} __attribute__((packed));

bool fence_open(struct fence *fence)
{
    long version = syscall(CREATE_RULESET, NULL, 0, VERSION);
    struct ruleset rules = { HANDLED_BY_1, version >= 4 ? NO_TCP : 0,
                             version >= 6 ? NO_OTHER_DOMAIN : 0 };

    fence->rules = -1;
    if (version < 1) {
        return false;
    }
    for (size_t i = 0; i < sizeof added / sizeof *added; i++) {
        rules.handled_files |= version >= added[i].version ? added[i].bit : 0;
    }
    fence->handled = rules.handled_files;
    fence->rules = (int)syscall(CREATE_RULESET, &rules, sizeof rules, 0);
    return fence->rules >= 0;
}

static uint64_t rights(unsigned what, bool folder)
{
    uint64_t all = READ_DIR;

    all |=
        ((what & FENCE_OPEN) && !folder) || (what & ~(FENCE_OPEN | FENCE_FOLDERS)) ? READ_FILE : 0;
    all |= (what & FENCE_RUN) ? EXECUTE : 0;
    all |= (what & (FENCE_WRITE | FENCE_FOLDERS)) ? MAKE_DIR | REMOVE_DIR : 0;
    all |= (what & FENCE_WRITE) ? WRITE_FILE | TRUNCATE | REMOVE_FILE | MAKE_REG | MAKE_SYM | REFER
                                : 0;
    return all & (folder ? ~UINT64_C(0) : OF_A_FILE);
}

void fence_allow(struct fence *fence, const char *path, unsigned what)
{
    struct stat about;
    struct beneath rule = { 0, open(path, O_PATH | O_CLOEXEC) };

    if (rule.parent >= 0 && fstat(rule.parent, &about) == 0) {
        rule.allowed = rights(what, S_ISDIR(about.st_mode)) & fence->handled;
        (void)syscall(ADD_RULE, fence->rules, PATH_BENEATH, &rule, 0);
    }
    if (rule.parent >= 0) {
        close(rule.parent);
    }
}

/* ------------------------------------------------------------------ seccomp
 *
 * What Landlock leaves open: sockets of every kind, other processes, keys, the modes and owners of
 * files anywhere, and typing into the terminal. */

#if defined __x86_64__
#    define MACHINE AUDIT_ARCH_X86_64
#elif defined __aarch64__
#    define MACHINE AUDIT_ARCH_AARCH64
#elif defined __riscv && __riscv_xlen == 64
#    define MACHINE AUDIT_ARCH_RISCV64
#elif defined __powerpc64__ && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#    define MACHINE AUDIT_ARCH_PPC64LE
#endif

#ifdef MACHINE
static const int refused[] = {
    SYS_socket,
    SYS_socketpair,
    SYS_ptrace,
    SYS_process_vm_readv,
    SYS_process_vm_writev,
    SYS_keyctl,
    SYS_add_key,
    SYS_request_key,
    SYS_bpf,
    SYS_perf_event_open,
    SYS_userfaultfd,
    SYS_unshare,
    SYS_setns,
    SYS_mount,
    SYS_umount2,
    SYS_pivot_root,
    SYS_truncate,
    SYS_fchmodat,
    SYS_fchownat,
    SYS_setxattr,
    SYS_lsetxattr,
    SYS_removexattr,
    SYS_lremovexattr,
    SYS_open_by_handle_at,
#    ifdef SYS_chmod
    SYS_chmod,
    SYS_chown,
    SYS_lchown,
#    endif
    425, /* io_uring_setup, which opens sockets too; from here on the same on every machine */
    426, /* io_uring_enter */
    428, /* open_tree */
    429, /* move_mount */
    430, /* fsopen */
    438, /* pidfd_getfd */
    442, /* mount_setattr */
    452, /* fchmodat2 */
    463, /* setxattrat */
    466, /* removexattrat */
};
#    define N_REFUSED (sizeof refused / sizeof *refused)

#    define LOAD(field)      \
        (struct sock_filter) \
            BPF_STMT(BPF_LD | BPF_W | BPF_ABS, (unsigned)offsetof(struct seccomp_data, field))
/* Skips so many instructions where the test holds, and so many where it does not. */
#    define SKIP(test, value, yes, no) \
        (struct sock_filter) BPF_JUMP(BPF_JMP | (test) | BPF_K, (unsigned)(value), (yes), (no))
#    define RETURN(action) (struct sock_filter) BPF_STMT(BPF_RET | BPF_K, (action))
#    define REFUSED        (SECCOMP_RET_ERRNO | EACCES)
#    define X32            0x40000000u

static bool filter_calls(void)
{
    struct sock_filter code[2 * N_REFUSED + 16];
    unsigned short n = 0;

    code[n++] = LOAD(arch);
    code[n++] = SKIP(BPF_JEQ, MACHINE, 1, 0);
    code[n++] = RETURN(REFUSED);
    code[n++] = LOAD(nr);
#    ifdef __x86_64__
    code[n++] = SKIP(BPF_JGE, X32, 0, 1);
    code[n++] = RETURN(REFUSED);
#    endif
    for (size_t i = 0; i < N_REFUSED; i++) {
        code[n++] = SKIP(BPF_JEQ, refused[i], 0, 1);
        code[n++] = RETURN(REFUSED);
    }
    /* the low half of the request is all that the kernel looks at, and comes first */
    code[n++] = SKIP(BPF_JEQ, SYS_ioctl, 0, 5);
    code[n++] = LOAD(args[1]);
    code[n++] = SKIP(BPF_JEQ, TIOCSTI, 0, 1);
    code[n++] = RETURN(REFUSED);
    code[n++] = SKIP(BPF_JEQ, TIOCLINUX, 0, 1);
    code[n++] = RETURN(REFUSED);
    code[n++] = RETURN(SECCOMP_RET_ALLOW);
    const struct sock_fprog program = { n, code };
    return prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, &program, 0, 0) == 0;
}
#else
static bool filter_calls(void)
{
    errno = ENOSYS;
    return false;
}
#endif

bool fence_close(struct fence *fence)
{
    bool closed = prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 &&
                  syscall(RESTRICT_SELF, fence->rules, 0) == 0 && filter_calls();
    int code = errno;

    fence_drop(fence);
    errno = code;
    return closed;
}

void fence_drop(struct fence *fence)
{
    if (fence->rules >= 0) {
        close(fence->rules);
    }
    fence->rules = -1;
}
