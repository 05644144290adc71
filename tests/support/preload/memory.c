/* LD_PRELOAD: the Nth allocation of a program fails. MEMORY_AT=N: which; MEMORY_COUNT=FILE: writes how
 * many there were when the program ends. */
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

void *__libc_malloc(size_t size);
void *__libc_calloc(size_t n, size_t size);
void *__libc_realloc(void *old, size_t size);

static atomic_long calls;
static long at = -1;

static bool fails(void)
{
    if (at < 0) {
        const char *text = getenv("MEMORY_AT");
        at = text ? strtol(text, NULL, 10) : 0;
    }
    if (++calls != at) {
        return false;
    }
    errno = ENOMEM;
    return true;
}

void *malloc(size_t size)
{
    return fails() ? NULL : __libc_malloc(size);
}

void *calloc(size_t n, size_t size)
{
    return fails() ? NULL : __libc_calloc(n, size);
}

void *realloc(void *old, size_t size)
{
    return fails() ? NULL : __libc_realloc(old, size);
}

__attribute__((destructor)) static void tell(void)
{
    long n = calls;
    const char *name = getenv("MEMORY_COUNT");
    FILE *file = name ? fopen(name, "w") : NULL;
    if (file) {
        fprintf(file, "%ld\n", n);
        fclose(file);
    }
}
