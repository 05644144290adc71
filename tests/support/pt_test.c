#include "support/pt_test.h"

#include <math.h>
#include <stdlib.h>
#include <unistd.h>

void pt_assert_close(double got, double expected, double tol, const char *what, const char *file,
                     int line)
{
    /* Written so that a NaN anywhere makes `close` false. */
    double allowed = tol * fmax(1.0, fabs(expected));
    int close = isinf(expected) ? got == expected : fabs(got - expected) <= allowed;

    if (!close) {
        print_error("# %s is %.17g, expected %.17g within %.3g\n", what, got, expected, allowed);
        _fail(file, line);
    }
}

const char *pt_test_shared(const char *file, int line)
{
    const char *folder = getenv("PARITET_SHARED");

    if (folder == NULL || *folder == '\0') {
        folder = "../shared";
    }
    if (access(folder, R_OK | X_OK) != 0) {
        print_message("# skip: no folder %s (PARITET_SHARED)\n", folder);
        _skip(file, line);
    }
    return folder;
}
