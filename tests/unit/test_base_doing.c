#include "support/pt_test.h"

#include <errno.h>
#include <string.h>

#include <paritet/base.h>

/* What the system refuses, in our words where it happens to planners, else in those of the C
 * library behind ours. */
static void says_what_the_system_refused(void **state)
{
    (void)state;
    static const struct {
        enum pt_doing doing;
        int code;
        const char *says;
    } cases[] = {
        { PT_DOING_OPEN, ENOENT, "cannot open 'a.csv': there is no such file" },
        { PT_DOING_OPEN, ENOTDIR, "cannot open 'a.csv': there is no such file" },
        { PT_DOING_OPEN, EACCES, "cannot open 'a.csv': reading it is not permitted" },
        { PT_DOING_OPEN, EPERM, "cannot open 'a.csv': reading it is not permitted" },
        { PT_DOING_OPEN, ENAMETOOLONG, "cannot open 'a.csv': the name is too long" },
        { PT_DOING_OPEN, ELOOP, "cannot open 'a.csv': its symbolic links lead back to it" },
        { PT_DOING_OPEN, EISDIR, "cannot read 'a.csv': it is a folder" },
        { PT_DOING_OPEN, EMFILE, "cannot open 'a.csv': Too many open files" },
        { PT_DOING_READ, EIO, "cannot read 'a.csv': the disk or the network fails" },
        { PT_DOING_READ, EISDIR, "cannot read 'a.csv': it is a folder" },
        { PT_DOING_READ, EBADF, "cannot read 'a.csv': Bad file descriptor" },
        { PT_DOING_CREATE, ENOENT, "cannot create 'a.csv': its folder does not exist" },
        { PT_DOING_CREATE, ENOTDIR, "cannot create 'a.csv': its folder does not exist" },
        { PT_DOING_CREATE, EACCES, "cannot create 'a.csv': writing there is not permitted" },
        { PT_DOING_CREATE, EPERM, "cannot create 'a.csv': writing there is not permitted" },
        { PT_DOING_CREATE, EROFS, "cannot create 'a.csv': writing there is not permitted" },
        { PT_DOING_CREATE, EISDIR, "cannot create 'a.csv': it is a folder" },
        { PT_DOING_CREATE, ENAMETOOLONG, "cannot create 'a.csv': the name is too long" },
        { PT_DOING_CREATE, EDQUOT, "cannot create 'a.csv': there is no space left" },
        { PT_DOING_CREATE, ENOSPC, "cannot create 'a.csv': there is no space left" },
        { PT_DOING_CREATE, EMFILE, "cannot create 'a.csv': Too many open files" },
        { PT_DOING_WRITE, EISDIR, "cannot write 'a.csv': it is a folder" },
        { PT_DOING_WRITE, EDQUOT, "cannot write 'a.csv': there is no space left" },
        { PT_DOING_WRITE, EIO, "cannot write 'a.csv': the disk or the network fails" },
        { PT_DOING_WRITE, ENOSPC, "cannot write 'a.csv': there is no space left" },
        { PT_DOING_WRITE, EFBIG, "cannot write 'a.csv': File too large" },
        { PT_DOING_STDOUT, ENOSPC, "cannot write standard output: there is no space left" },
        { PT_DOING_STDOUT, EIO, "cannot write standard output: Input/output error" },
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *format = pt_doing_format(cases[i].doing, cases[i].code);
        const char *reason = strerror(cases[i].code);
        bool standard = cases[i].doing == PT_DOING_STDOUT;
        struct pt_message message;
        char said[200];
        pt_message_set(&message, format, standard ? reason : "a.csv", reason);
        pt_message_print(&message, NULL, said, sizeof said);
        assert_string_equal(said, cases[i].says);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(says_what_the_system_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
