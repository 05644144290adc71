/* What the tests of reading share: files with a given content, and what was said about them. */
#ifndef PT_TEST_INPUT_FILES_H
#define PT_TEST_INPUT_FILES_H

#include "support/pt_test.h"

#include <paritet/base.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A folder of its own for a test; its files go with it. */
struct scratch {
    char folder[64];
    char paths[8][128];
    size_t n;
};

static inline void scratch_open(struct scratch *scratch)
{
    const char *shm = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    *scratch = (struct scratch){ .n = 0 };
    snprintf(scratch->folder, sizeof scratch->folder, "%s/paritet-test-XXXXXX", shm);
    assert_non_null(mkdtemp(scratch->folder));
}

static inline const char *scratch_bytes(struct scratch *scratch, const char *name,
                                        const void *bytes, size_t length)
{
    assert_true(scratch->n < sizeof scratch->paths / sizeof *scratch->paths);
    char made[sizeof scratch->paths[0]], *path = scratch->paths[scratch->n++];
    snprintf(made, sizeof made, "%s/%s", scratch->folder, name);
    memcpy(path, made, sizeof made);
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
    return path;
}

static inline const char *scratch_write(struct scratch *scratch, const char *name, const char *text)
{
    return scratch_bytes(scratch, name, text, strlen(text));
}

static inline void scratch_close(struct scratch *scratch)
{
    for (size_t i = 0; i < scratch->n; i++) {
        remove(scratch->paths[i]);
    }
    rmdir(scratch->folder);
}

/* Fails unless diagnostic i stands at line:column and says exactly this. */
static inline void assert_said(const struct pt_diagnostics *list, size_t i, size_t line,
                               size_t column, const char *expected)
{
    char said[1024] = "(nothing)";
    if (i < list->n) {
        pt_message_print(&list->items[i].message, NULL, said, sizeof said);
    }
    assert_string_equal(said, expected);
    assert_int_equal(list->items[i].place.line, line);
    assert_int_equal(list->items[i].place.column, column);
}

#endif
