#include "output/folder/swap.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

static bool cannot_exchange(int code)
{
    return code == EINVAL || code == ENOSYS || code == ENOTSUP;
}

int pt_swap(const char *work, const char *final, const char *aside, bool exchange)
{
    /* Over nothing or an empty folder a plain rename does. */
    if (rename(work, final) == 0) {
        return 0;
    }
    if (errno != ENOTEMPTY && errno != EEXIST) {
        return errno;
    }
    if (exchange && renameat2(AT_FDCWD, work, AT_FDCWD, final, RENAME_EXCHANGE) == 0) {
        return 0;
    }
    if (exchange && !cannot_exchange(errno)) {
        return errno;
    }
    if (rename(final, aside) != 0) {
        return errno;
    }
    if (rename(work, final) != 0) {
        int code = errno;
        (void)rename(aside, final);
        return code;
    }
    return 0;
}

void pt_swap_recover(const char *final, const char *aside)
{
    (void)rename(aside, final);
}
