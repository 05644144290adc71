/* The words of the C library are there in the languages that the machine has; these in ours. */
#include <errno.h>

#include <paritet/base.h>

static const struct {
    enum pt_doing doing;
    int code;
    const char *format;
} known[] = {
    { PT_DOING_OPEN, ENOENT, PT_N("cannot open '%s': there is no such file") },
    { PT_DOING_OPEN, ENOTDIR, PT_N("cannot open '%s': there is no such file") },
    { PT_DOING_OPEN, EACCES, PT_N("cannot open '%s': reading it is not permitted") },
    { PT_DOING_OPEN, EPERM, PT_N("cannot open '%s': reading it is not permitted") },
    { PT_DOING_OPEN, ENAMETOOLONG, PT_N("cannot open '%s': the name is too long") },
    { PT_DOING_OPEN, ELOOP, PT_N("cannot open '%s': its symbolic links lead back to it") },
    { PT_DOING_OPEN, EISDIR, PT_N("cannot read '%s': it is a folder") },
    { PT_DOING_READ, EIO, PT_N("cannot read '%s': the disk or the network fails") },
    { PT_DOING_READ, EISDIR, PT_N("cannot read '%s': it is a folder") },
    { PT_DOING_CREATE, ENOENT, PT_N("cannot create '%s': its folder does not exist") },
    { PT_DOING_CREATE, ENOTDIR, PT_N("cannot create '%s': its folder does not exist") },
    { PT_DOING_CREATE, EACCES, PT_N("cannot create '%s': writing there is not permitted") },
    { PT_DOING_CREATE, EPERM, PT_N("cannot create '%s': writing there is not permitted") },
    { PT_DOING_CREATE, EROFS, PT_N("cannot create '%s': writing there is not permitted") },
    { PT_DOING_CREATE, EISDIR, PT_N("cannot create '%s': it is a folder") },
    { PT_DOING_CREATE, ENAMETOOLONG, PT_N("cannot create '%s': the name is too long") },
    { PT_DOING_CREATE, EDQUOT, PT_N("cannot create '%s': there is no space left") },
    { PT_DOING_CREATE, ENOSPC, PT_N("cannot create '%s': there is no space left") },
    { PT_DOING_WRITE, EISDIR, PT_N("cannot write '%s': it is a folder") },
    { PT_DOING_WRITE, EDQUOT, PT_N("cannot write '%s': there is no space left") },
    { PT_DOING_WRITE, EIO, PT_N("cannot write '%s': the disk or the network fails") },
    { PT_DOING_WRITE, ENOSPC, PT_N("cannot write '%s': there is no space left") },
    { PT_DOING_STDOUT, ENOSPC, PT_N("cannot write standard output: there is no space left") },
};

const char *pt_doing_format(enum pt_doing doing, int code)
{
    static const char *const others[] = {
        [PT_DOING_OPEN] = PT_N("cannot open '%s': %s"),
        [PT_DOING_READ] = PT_N("cannot read '%s': %s"),
        [PT_DOING_CREATE] = PT_N("cannot create '%s': %s"),
        [PT_DOING_WRITE] = PT_N("cannot write '%s': %s"),
        [PT_DOING_STDOUT] = PT_N("cannot write standard output: %s"),
    };
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        if (known[i].doing == doing && known[i].code == code) {
            return known[i].format;
        }
    }
    return others[doing];
}
