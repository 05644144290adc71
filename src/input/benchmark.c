#include "input/benchmark.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "input/decode.h"

#define FIRST_BLOCK ((size_t)1 << 16)
/* at a time, so that what is refused costs no more */
#define READ_MOST ((size_t)1 << 20)

/* Whether so much text is more than is read; then that is said. */
static bool is_beyond(gzFile file, const struct pt_source *source, struct pt_diagnostics *list)
{
    struct pt_place place = { .path = source->path };
    if (source->length > PT_CSV_BYTES_MOST) {
        pt_diagnose(list, PT_ERROR, place, NULL,
                    "'%s' is larger than 1 GiB; split it into several files", source->path);
        return true;
    }
    z_off_t packed = source->length > PT_UNPACKED_FREE && !gzdirect(file) ? gzoffset(file) : -1;
    if (packed >= 0 && source->length / PT_UNPACKED_TIMES_MOST > (size_t)packed) {
        pt_diagnose(list, PT_ERROR, place, NULL,
                    "'%s' unpacks to more than %d times its size, as no table does; unpack it with "
                    "gunzip and look at it",
                    source->path, PT_UNPACKED_TIMES_MOST);
        return true;
    }
    return false;
}

static enum pt_status unpack(gzFile file, struct pt_source *source, struct pt_diagnostics *list,
                             struct pt_error *err)
{
    size_t capacity = 0;
    for (;;) {
        if (source->length + 2 >= capacity) {
            capacity = capacity == 0 ? FIRST_BLOCK : 2 * capacity;
            char *larger = realloc(source->text, capacity);
            if (!larger) {
                return PT_RAISE_NOMEM(err);
            }
            source->text = larger;
        }
        size_t room = capacity - source->length - 1;
        int got = gzread(file, source->text + source->length,
                         (unsigned)(room < READ_MOST ? room : READ_MOST));
        int trouble;
        const char *why = gzerror(file, &trouble);
        if (trouble == Z_MEM_ERROR) {
            return PT_RAISE_NOMEM(err);
        }
        if (trouble == Z_BUF_ERROR) {
            return PT_RAISE(err, PT_EDATA, "'%s' cannot be unpacked: it ends too early",
                            source->path);
        }
        if (got < 0 && trouble != Z_ERRNO) {
            const char *after = strstr(why, ">: "); /* zlib names the descriptor, as in <fd:3> */
            return PT_RAISE(err, PT_EDATA, "'%s' cannot be unpacked: %s", source->path,
                            after ? after + 3 : why);
        }
        if (got < 0) {
            return PT_RAISE(err, PT_EOPEN, pt_doing_format(PT_DOING_READ, errno), source->path,
                            strerror(errno));
        }
        if (got == 0) {
            source->text[source->length] = '\0';
            return PT_OK;
        }
        bool is_text = memchr(source->text + source->length, '\0', (size_t)got) == NULL;
        source->length += (size_t)got;
        if (is_beyond(file, source, list)) {
            return PT_RAISE(err, PT_EDATA, "'%s' has errors", source->path);
        }
        if (!is_text) { /* refused, whatever follows; /dev/zero has no end */
            source->text[source->length] = '\0';
            return PT_OK;
        }
    }
}

/* Plain and compressed text alike: zlib hands on what is not its own. */
static enum pt_status read_source(const char *path, struct pt_source *source,
                                  struct pt_diagnostics *list, struct pt_error *err)
{
    int fd = strcmp(path, "-") == 0 ? dup(STDIN_FILENO) : open(path, O_RDONLY | O_CLOEXEC);
    struct stat about;
    if (fd < 0) {
        return PT_RAISE(err, PT_EOPEN, pt_doing_format(PT_DOING_OPEN, errno), path,
                        strerror(errno));
    }
    if (fstat(fd, &about) == 0 && S_ISDIR(about.st_mode)) {
        close(fd);
        return PT_RAISE(err, PT_EOPEN, "cannot read '%s': it is a folder", path);
    }
    gzFile file = gzdopen(fd, "rb");
    if (!file) {
        close(fd);
        return PT_RAISE_NOMEM(err);
    }
    struct pt_source read = { .path = path };
    enum pt_status status = unpack(file, &read, list, err);
    gzclose(file);
    if (status == PT_OK) {
        status = pt_source_decode(&read, PT_SOURCE_CSV, "series,t,value,part", list, err);
    }
    if (status != PT_OK) {
        pt_source_free(&read);
        return status;
    }
    *source = read;
    return PT_OK;
}

/* Rows lie in the file's order, series in the order of their first rows. */
static enum pt_status gather(const struct pt_benchmark_rows *rows, struct pt_benchmark *out,
                             struct pt_error *err)
{
    struct pt_arena *arena = out->arena;
    size_t *next = PT_NEW(arena, size_t, rows->n_entries + 1);
    int *years = PT_NEW(arena, int, rows->n + 1);
    double *values = PT_NEW(arena, double, rows->n + 1);
    out->series = PT_NEW(arena, struct pt_benchmark_series, rows->n_entries + 1);
    if (!next || !years || !values || !out->series) {
        return PT_RAISE_NOMEM(err);
    }
    size_t at = 0;
    for (size_t i = 0; i < rows->n_entries; i++) {
        const struct pt_benchmark_entry *e = &rows->entries[i];
        out->series[i] = (struct pt_benchmark_series){ .id = e->id,
                                                       .category = e->category,
                                                       .n = e->n,
                                                       .n_train = e->n_train,
                                                       .year = years + at,
                                                       .y = values + at,
                                                       .decimals = e->decimals };
        next[i] = at;
        at += e->n;
    }
    for (size_t i = 0; i < rows->n; i++) {
        size_t to = next[rows->rows[i].series]++;
        years[to] = rows->rows[i].year;
        values[to] = rows->rows[i].value;
    }
    out->n = rows->n_entries;
    return PT_OK;
}

enum pt_status pt_benchmark_read(const char *path, struct pt_benchmark **out,
                                 struct pt_diagnostics *list, struct pt_error *err)
{
    struct pt_source source = { 0 };
    size_t errors_before = list->count[PT_ERROR];
    enum pt_status status = read_source(path, &source, list, err);
    if (status != PT_OK) {
        return status;
    }
    struct pt_benchmark_rows rows = { .arena = pt_arena_new() };
    struct pt_benchmark *made = rows.arena ? PT_NEW(rows.arena, struct pt_benchmark, 1) : NULL;
    if (!made) {
        status = PT_RAISE_NOMEM(err);
        goto done;
    }
    made->arena = rows.arena;
    made->path = pt_arena_copy(rows.arena, path, strlen(path));
    status = made->path ? pt_benchmark_rows_read(&source, &rows, list, err) : PT_RAISE_NOMEM(err);
    if (status == PT_OK && list->count[PT_ERROR] > errors_before) {
        status = PT_RAISE(err, PT_EDATA, "'%s' has errors", path);
    }
    if (status == PT_OK) {
        status = gather(&rows, made, err);
    }
    if (status == PT_OK) {
        *out = made;
        rows.arena = NULL;
    }
done:
    pt_arena_free(rows.arena);
    pt_benchmark_rows_free(&rows);
    pt_source_free(&source);
    return status;
}

void pt_benchmark_free(struct pt_benchmark *benchmark)
{
    if (benchmark) {
        pt_arena_free(benchmark->arena);
    }
}
