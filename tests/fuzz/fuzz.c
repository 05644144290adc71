#include "fuzz/fuzz.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zlib.h>

#include <paritet/input.h>
#include <paritet/output.h>

/* ------------------------------------------------------------------ files in memory */

/* System calls cost more than most readers do, so files named /fuzz/NAME are kept in memory: the
 * linker leads the readers' calls to the functions below (--wrap in the Makefile). */
#define FOLDER "/fuzz/"
#define FILES  6
#define FIRST  1000000 /* file descriptors from here on are ours */
static struct file {
    char path[64];
    char *bytes;
    size_t n, at;
} files[FILES];
static size_t n_files;

int __real_open(const char *path, int flags, ...);
ssize_t __real_read(int fd, void *bytes, size_t n);
int __real_close(int fd);
int __real_fstat(int fd, struct stat *about);
int __real_stat(const char *path, struct stat *about);
int __wrap_open(const char *path, int flags, ...);
ssize_t __wrap_read(int fd, void *bytes, size_t n);
ssize_t __wrap___read_chk(int fd, void *bytes, size_t n, size_t room);
int __wrap_close(int fd);
int __wrap_fstat(int fd, struct stat *about);
int __wrap_stat(const char *path, struct stat *about);

static struct file *find(const char *path)
{
    for (size_t i = 0; i < n_files; i++) {
        if (strcmp(files[i].path, path) == 0) {
            return &files[i];
        }
    }
    return NULL;
}

int __wrap_open(const char *path, int flags, ...)
{
    struct file *file = find(path);
    if (file) {
        file->at = 0;
        return FIRST + (int)(file - files);
    }
    if (strncmp(path, FOLDER, sizeof FOLDER - 1) == 0) {
        errno = ENOENT;
        return -1;
    }
    va_list rest;
    va_start(rest, flags);
    int fd = __real_open(path, flags, (flags & O_CREAT) ? va_arg(rest, int) : 0);
    va_end(rest);
    return fd;
}

ssize_t __wrap_read(int fd, void *bytes, size_t n)
{
    if (fd < FIRST) {
        return __real_read(fd, bytes, n);
    }
    struct file *file = &files[fd - FIRST];
    size_t got = file->n - file->at < n ? file->n - file->at : n;
    if (got > 0) {
        memcpy(bytes, file->bytes + file->at, got);
    }
    file->at += got;
    return (ssize_t)got;
}

/* What _FORTIFY_SOURCE makes of read. */
ssize_t __wrap___read_chk(int fd, void *bytes, size_t n, size_t room)
{
    PROMISE(n <= room);
    return __wrap_read(fd, bytes, n);
}

int __wrap_close(int fd)
{
    return fd < FIRST ? __real_close(fd) : 0;
}

static int about_file(const struct file *file, struct stat *about)
{
    *about = (struct stat){ .st_mode = S_IFREG | 0600, .st_size = (off_t)file->n };
    about->st_ino = (ino_t)(file - files) + 1;
    return 0;
}

int __wrap_fstat(int fd, struct stat *about)
{
    return fd < FIRST ? __real_fstat(fd, about) : about_file(&files[fd - FIRST], about);
}

int __wrap_stat(const char *path, struct stat *about)
{
    const struct file *file = find(path);
    return file ? about_file(file, about) : __real_stat(path, about);
}

/* Whether the readers come here at all: else every input would be refused, and all be well. */
static void check_reading(const char *path)
{
    static bool checked;
    struct pt_source source;
    struct pt_error err = { 0 };
    if (!checked) {
        checked = true;
        fuzz_file(path + sizeof FOLDER - 1, "readable", 8);
        PROMISE(pt_source_read(path, PT_SOURCE_YAML, &source, NULL, &err) == PT_OK);
        PROMISE(source.length == 8 && memcmp(source.text, "readable", 8) == 0);
        pt_source_free(&source);
    }
}

const char *fuzz_file(const char *name, const void *bytes, size_t n)
{
    char path[64];
    snprintf(path, sizeof path, FOLDER "%s", name);
    struct file *file = find(path);
    if (!file) {
        PROMISE(n_files < FILES);
        file = &files[n_files++];
        strcpy(file->path, path);
        check_reading(file->path);
    }
    free(file->bytes);
    file->bytes = malloc(n > 0 ? n : 1);
    PROMISE(file->bytes);
    if (n > 0) {
        memcpy(file->bytes, bytes, n);
    }
    file->n = n;
    return file->path;
}

const char *fuzz_copy(const char *name, const char *from)
{
    static char bytes[1 << 20];
    int fd = __real_open(from, O_RDONLY | O_CLOEXEC);
    ssize_t n = fd >= 0 ? __real_read(fd, bytes, sizeof bytes) : -1;
    if (n <= 0) {
        fprintf(stderr, "%s cannot be read; start this in the folder of the project\n", from);
        exit(66);
    }
    __real_close(fd);
    return fuzz_file(name, bytes, (size_t)n);
}

/* zlib hands on what is not compressed; of the files in memory none is. */
gzFile __real_gzdopen(int fd, const char *mode);
int __real_gzread(gzFile file, void *bytes, unsigned n);
int __real_gzclose(gzFile file);
const char *__real_gzerror(gzFile file, int *trouble);
gzFile __wrap_gzdopen(int fd, const char *mode);
int __wrap_gzread(gzFile file, void *bytes, unsigned n);
int __wrap_gzclose(gzFile file);
const char *__wrap_gzerror(gzFile file, int *trouble);

static bool is_ours(const void *file)
{
    return (const char *)file >= (const char *)files &&
           (const char *)file < (const char *)&files[FILES];
}

gzFile __wrap_gzdopen(int fd, const char *mode)
{
    return fd < FIRST ? __real_gzdopen(fd, mode) : (gzFile)(void *)&files[fd - FIRST];
}

int __wrap_gzread(gzFile file, void *bytes, unsigned n)
{
    int fd = FIRST + (int)((struct file *)(void *)file - files);
    return is_ours(file) ? (int)__wrap_read(fd, bytes, n) : __real_gzread(file, bytes, n);
}

int __wrap_gzclose(gzFile file)
{
    return is_ours(file) ? Z_OK : __real_gzclose(file);
}

const char *__wrap_gzerror(gzFile file, int *trouble)
{
    if (!is_ours(file)) {
        return __real_gzerror(file, trouble);
    }
    *trouble = Z_OK;
    return "";
}

/* ------------------------------------------------------------------ promises */

_Noreturn void fuzz_broken(const char *promise, const char *file, int line)
{
    fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, promise);
    abort();
}

static void check_message(const struct pt_message *message, const struct pt_language *language)
{
    char text[8192];
    size_t n = pt_message_print(message, language, text, sizeof text);
    PROMISE(n > 0 && n < sizeof text);
    PROMISE(pt_utf8_valid(text, n));
}

void fuzz_check(const struct pt_diagnostics *list, enum pt_status status,
                const struct pt_error *err)
{
    const struct pt_language *languages[] = { &pt_language_english, pt_language_find("da") };
    for (size_t k = 0; k < 2; k++) {
        for (size_t i = 0; i < list->n; i++) {
            check_message(&list->items[i].message, languages[k]);
        }
        if (status != PT_OK) {
            check_message(&err->message, languages[k]);
        }
    }
    for (size_t i = 0; i < list->n; i++) {
        const struct pt_diagnostic *item = &list->items[i];
        PROMISE(!item->source || pt_utf8_valid(item->source, strlen(item->source)));
        PROMISE(!item->source || item->place.line > 0);
    }
    PROMISE(status == PT_OK || err->status == status);
}
