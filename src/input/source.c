#include <errno.h>
#include <fcntl.h>
#include <paritet/input.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "input/decode.h"
#include "input/node.h"

#define FIRST_BLOCK ((size_t)64 << 10)
#define MIB         ((double)(1 << 20))
/* Longer lines are not repeated under a message. */
#define LINE_MOST ((size_t)4096)

static void refuse_file(struct pt_diagnostics *list, const char *path, const char *format)
{
    struct pt_place place = { path, 0, 0, 0 };
    pt_diagnose(list, PT_ERROR, place, NULL, format, path);
}

/* Whether someone wrote to the file while it was read, which may have given half of each. */
static bool has_changed(int fd, const struct stat *before)
{
    struct stat after;
    return fstat(fd, &after) == 0 && S_ISREG(after.st_mode) &&
           (after.st_size != before->st_size || after.st_mtim.tv_sec != before->st_mtim.tv_sec ||
            after.st_mtim.tv_nsec != before->st_mtim.tv_nsec);
}

/* Whether there is memory for a large file, before the first byte of it is read. */
static enum pt_status check_memory(const char *path, size_t size, struct pt_error *err)
{
    if (size <= PT_CSV_MEMORY_ASKED) {
        return PT_OK;
    }
    double needed = PT_CSV_MEMORY_TIMES * (double)size, left = pt_memory_left(0);
    if (needed <= left) {
        return PT_OK;
    }
    return PT_RAISE(err, PT_ENOMEM,
                    "the figures of '%s' need %zu MiB of memory or more, and %zu MiB are free; "
                    "leave out of the file what the model does not use",
                    path, (size_t)(needed / MIB + 1), (size_t)(left / MIB));
}

/* Room for the whole file at once where its size is known, doubled where it is not. */
static enum pt_status read_all(int fd, const char *path, size_t most, char **text, size_t *length,
                               struct pt_error *err)
{
    struct stat about = { .st_size = 0 };
    size_t capacity = FIRST_BLOCK;
    if (fstat(fd, &about) == 0) {
        if (S_ISDIR(about.st_mode)) {
            return PT_RAISE(err, PT_EOPEN, "cannot read '%s': it is a folder", path);
        }
        if (S_ISREG(about.st_mode) && about.st_size > 0) {
            capacity = (uintmax_t)about.st_size > most ? most : (size_t)about.st_size;
        }
        enum pt_status status = check_memory(path, capacity, err);
        if (status != PT_OK) {
            return status;
        }
    }
    size_t n = 0;
    char *buffer = malloc(capacity + 2);
    if (buffer == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    for (;;) {
        if (n > capacity) {
            capacity = capacity >= most / 2 ? most : 2 * capacity;
            char *larger = realloc(buffer, capacity + 2);
            if (larger == NULL) {
                free(buffer);
                return PT_RAISE_NOMEM(err);
            }
            buffer = larger;
        }
        /* one byte more than the capacity, to see the end or an excess */
        ssize_t got = read(fd, buffer + n, capacity + 1 - n);
        if (got < 0 && errno == EINTR) {
            continue;
        }
        if (got < 0) {
            int why = errno;
            free(buffer);
            return PT_RAISE(err, PT_EOPEN, pt_doing_format(PT_DOING_READ, why), path,
                            strerror(why));
        }
        if (got == 0) {
            break;
        }
        bool is_text = memchr(buffer + n, '\0', (size_t)got) == NULL;
        n += (size_t)got;
        if (n > most || !is_text) { /* refused, whatever follows; /dev/zero has no end */
            break;
        }
    }
    if (has_changed(fd, &about)) {
        free(buffer);
        return PT_RAISE(err, PT_EOPEN, "'%s' was changed while it was read; run paritet again",
                        path);
    }
    buffer[n] = '\0';
    *text = buffer;
    *length = n;
    return PT_OK;
}

static enum pt_status open_and_read(const char *path, size_t most, char **text, size_t *length,
                                    struct pt_error *err)
{
    if (strcmp(path, "-") == 0) {
        return read_all(STDIN_FILENO, path, most, text, length, err);
    }
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) {
        return PT_RAISE(err, PT_EOPEN, pt_doing_format(PT_DOING_OPEN, errno), path,
                        strerror(errno));
    }
    enum pt_status status = read_all(fd, path, most, text, length, err);
    close(fd);
    return status;
}

enum pt_status pt_source_read(const char *path, enum pt_source_kind kind, struct pt_source *out,
                              struct pt_diagnostics *list, struct pt_error *err)
{
    size_t most = kind == PT_SOURCE_CSV ? PT_CSV_BYTES_MOST : PT_YAML_BYTES_MOST;
    struct pt_source source = { .path = path };
    enum pt_status status = open_and_read(path, most, &source.text, &source.length, err);
    if (status != PT_OK) {
        return status;
    }
    if (source.length > most) {
        refuse_file(
            list, path,
            kind == PT_SOURCE_CSV
                ? PT_N("'%s' is larger than 1 GiB; split it into several files")
                : PT_N("'%s' is larger than 4 MiB, the most of a YAML file; put figures into a "
                       "CSV file and long lists into several files"));
        status = PT_RAISE(err, PT_EDATA, "'%s' has errors", path);
    } else {
        pt_sha256(source.text, source.length, source.sha256);
        status = pt_source_decode(&source, kind, "indicator,group,year,value", list, err);
    }
    if (status != PT_OK) {
        pt_source_free(&source);
        return status;
    }
    *out = source;
    return PT_OK;
}

void pt_source_free(struct pt_source *source)
{
    if (source != NULL) {
        free(source->text);
        *source = (struct pt_source){ 0 };
    }
}

const char *pt_path_beside(struct pt_arena *arena, const char *from, const char *name)
{
    const char *slash = strrchr(from, '/');
    while (strncmp(name, "./", 2) == 0) {
        name += 2;
    }
    if (name[0] == '/' || slash == NULL) {
        return strcmp(name, "-") == 0 ? "./-" : name; /* not standard input */
    }
    return pt_arena_printf(arena, "%.*s/%s", (int)(slash - from), from, name);
}

bool pt_path_ordinary(const char *path)
{
    struct stat about;
    return stat(path, &about) != 0 || S_ISREG(about.st_mode) || S_ISDIR(about.st_mode);
}

const char *pt_text_fold(struct pt_arena *arena, const char *text)
{
    if (strpbrk(text, "\r\n\t") == NULL) {
        return text;
    }
    char *folded = pt_arena_alloc(arena, strlen(text) + 1, 1);
    for (size_t n = 0; folded != NULL && *text != '\0';) {
        size_t blanks = strspn(text, " \t\r\n");
        bool line_end = strcspn(text, "\t\r\n") < blanks;
        bool inside = n > 0 && text[blanks] != '\0';
        for (size_t i = 0; i < blanks && (!line_end || (inside && i == 0)); i++) {
            folded[n++] = ' ';
        }
        text += blanks;
        for (; *text != '\0' && strchr(" \t\r\n", *text) == NULL; text++) {
            folded[n++] = *text;
        }
    }
    return folded;
}

/* ------------------------------------------------------------------ lines and spots */

static size_t line_end(const struct pt_source *source, size_t line_at)
{
    const char *from = source->text + line_at;
    size_t left = source->length - line_at;
    const char *lf = memchr(from, '\n', left);
    size_t end = lf == NULL ? left : (size_t)(lf - from);
    const char *cr = memchr(from, '\r', end);
    return line_at + (cr == NULL ? end : (size_t)(cr - from));
}

size_t pt_line_next(const struct pt_source *source, size_t line_at)
{
    size_t at = line_end(source, line_at);
    if (at < source->length && source->text[at] == '\r') {
        at++;
        if (at < source->length && source->text[at] == '\n') {
            at++;
        }
    } else if (at < source->length) {
        at++;
    }
    return at;
}

size_t pt_characters(const char *text, size_t length)
{
    size_t n = 0;
    for (size_t i = 0; i < length; i++) {
        n += ((unsigned char)text[i] & 0xC0) != 0x80;
    }
    return n;
}

struct pt_spot pt_spot_make(const struct pt_source *source, size_t line_at, size_t line, size_t at,
                            size_t length)
{
    size_t end = line_end(source, line_at);
    size_t from = at < end ? at : end;
    size_t till = length < end - from ? from + length : end;
    struct pt_spot spot = { source, line_at, line, 0, 0 };
    spot.column = 1 + pt_characters(source->text + line_at, from - line_at);
    spot.width = pt_characters(source->text + from, till - from);
    return spot;
}

struct pt_spot pt_spot_of(const struct pt_source *source, const struct pt_place *place)
{
    size_t line_at = 0;
    for (size_t line = 1; line < place->line; line++) {
        line_at = pt_line_next(source, line_at);
    }
    struct pt_spot spot = { source, line_at, place->line, place->column, place->width };
    return spot;
}

struct pt_place pt_spot_place(const struct pt_spot *spot)
{
    struct pt_place place = { spot->source->path, spot->line, spot->column, spot->width };
    return place;
}

void pt_spot_message(struct pt_diagnostics *list, enum pt_severity severity,
                     const struct pt_spot *spot, const struct pt_message *message)
{
    char line[LINE_MOST + 1];
    size_t length = 0;
    if (spot->line > 0 && list->count[severity] < PT_DIAGNOSTICS_MOST) {
        length = line_end(spot->source, spot->line_at) - spot->line_at;
        if (length <= LINE_MOST) {
            memcpy(line, spot->source->text + spot->line_at, length);
            line[length] = '\0';
        }
    }
    const char *shown = length > 0 && length <= LINE_MOST ? line : NULL;
    pt_diagnose_message(list, severity, pt_spot_place(spot), shown, message);
}

void pt_spot_report(struct pt_diagnostics *list, enum pt_severity severity,
                    const struct pt_spot *spot, const char *format, ...)
{
    struct pt_message message;
    va_list ap;
    va_start(ap, format);
    pt_message_vset(&message, format, ap);
    va_end(ap);
    pt_spot_message(list, severity, spot, &message);
}

void pt_spot_sentence(struct pt_diagnostics *list, enum pt_severity severity,
                      const struct pt_spot *spot, const char *sentence)
{
    struct pt_message message = { .id = sentence };
    pt_spot_message(list, severity, spot, &message);
}
