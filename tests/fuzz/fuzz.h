/* What the fuzz targets share. A target is LLVMFuzzerTestOneInput: libFuzzer calls it with bytes of
 * its own (make fuzz), and replay.c with the files of a corpus (make check). It returns where all is
 * well, whatever the bytes, and aborts where a promise is broken. */
#ifndef PT_FUZZ_H
#define PT_FUZZ_H

#include <stddef.h>
#include <stdint.h>

#include <paritet/base.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

/* Aborts and names the promise that does not hold. */
#define PROMISE(holds)                               \
    do {                                             \
        if (!(holds)) {                              \
            fuzz_broken(#holds, __FILE__, __LINE__); \
        }                                            \
    } while (0)
_Noreturn void fuzz_broken(const char *promise, const char *file, int line);

/* A file that the readers find under the path returned, which stays; at most six names. */
const char *fuzz_file(const char *name, const void *bytes, size_t n);
/* The same from a file of the repository. */
const char *fuzz_copy(const char *name, const char *from);

/* Every message can be printed in both languages, as UTF-8, with the line that it is about; an error
 * status has an error of its own. */
void fuzz_check(const struct pt_diagnostics *list, enum pt_status status,
                const struct pt_error *err);

#endif
