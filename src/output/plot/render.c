#include "output/plot/render.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "output/folder/sync.h"
#include "output/plot/plot.h"

static const char *const formats[] = { "svg", "png", "pdf" };
#define N_FORMATS (sizeof formats / sizeof *formats)

/* A relative path below the folder that can stand in single quotes and ends in ".gp". */
static bool acceptable(const char *script)
{
    size_t n = strlen(script);

    for (const char *s = script; *s != '\0'; s++) {
        if ((unsigned char)*s < ' ' || *s == 0x7f || *s == '\'') {
            return false;
        }
    }
    return n > 3 && strcmp(script + n - 3, ".gp") == 0 && *script != '/' && script[n - 4] != '/' &&
           strncmp(script, "../", 3) != 0 && strstr(script, "/../") == NULL &&
           strstr(script, "//") == NULL && strncmp(script, "./", 2) != 0 &&
           strstr(script, "/./") == NULL;
}

static void add_quoted(struct pt_buffer *out, const char *text, size_t n)
{
    pt_buffer_text(out, "'");
    pt_buffer_add(out, text, n);
    pt_buffer_text(out, "'");
}

/* Draws beside the script, in a session that knows nothing of the one before. */
static void add_commands(struct pt_buffer *out, const char *script, const char *format)
{
    const char *slash = strrchr(script, '/'), *name = slash != NULL ? slash + 1 : script;

    if (slash != NULL) {
        pt_buffer_text(out, "cd ");
        add_quoted(out, script, (size_t)(slash - script));
    }
    pt_buffer_printf(out, "\nreset session\nformat = '%s'\nslug = ", format);
    add_quoted(out, name, strlen(name) - 3);
    pt_buffer_text(out, "\nload ");
    add_quoted(out, name, strlen(name));
    pt_buffer_text(out, "\n");
    for (const char *s = script; slash != NULL && s <= slash; s++) {
        if (*s == '/') {
            pt_buffer_text(out, "cd '..'\n");
        }
    }
}

/* "folder/plots/a.gp" with another ending; malloc'd, NULL: no memory. */
static char *picture_path(const char *folder, const char *script, const char *format)
{
    struct pt_buffer path = { .bytes = NULL };

    pt_buffer_text(&path, folder);
    pt_buffer_text(&path, "/");
    pt_buffer_add(&path, script, strlen(script) - 2);
    pt_buffer_text(&path, format);
    if (path.failed) {
        pt_buffer_free(&path);
        return NULL;
    }
    return path.bytes;
}

static bool read_at(int fd, char *bytes, size_t n, off_t at)
{
    for (ssize_t got; n > 0; bytes += got, at += got, n -= (size_t)got) {
        do {
            got = pread(fd, bytes, n, at);
        } while (got < 0 && errno == EINTR);
        if (got <= 0) {
            return false;
        }
    }
    return true;
}

/* Whether a file begins and ends as its format does: gnuplot leaves empty and half pictures. */
static bool whole(const char *path, const char *format)
{
    static const unsigned char png_head[8] = { 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n' };
    static const unsigned char png_tail[8] = { 'I', 'E', 'N', 'D', 0xae, 'B', 0x60, 0x82 };
    char head[8], tail[16] = "";
    struct stat about;
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fstat(fd, &about) == 0 && about.st_size >= 32 &&
                read_at(fd, head, 8, 0) && read_at(fd, tail, 15, about.st_size - 15);

    if (fd >= 0) {
        close(fd);
    }
    if (!good) {
        return false;
    }
    if (strcmp(format, "png") == 0) {
        return memcmp(head, png_head, 8) == 0 && memcmp(tail + 7, png_tail, 8) == 0;
    }
    if (strcmp(format, "pdf") == 0) {
        return memcmp(head, "%PDF-", 5) == 0 && strstr(tail, "%%EOF") != NULL;
    }
    return strncmp(head, "<?xml", 5) == 0 && strstr(tail, "</svg>") != NULL;
}

/* The line that names the script's line, else the first that is not empty. */
static const char *first_words(char *messages)
{
    const char *first = "";
    char *rest = messages;

    for (char *line; (line = strsep(&rest, "\n")) != NULL;) {
        line += strspn(line, " \t^");
        if (*line == '"' && strstr(line, "\" line ") != NULL) {
            return line;
        }
        first = *first == '\0' ? line : first;
    }
    return first;
}

/* Looks at every picture, or removes every one. *missing is the first that is not whole; broken
 * ones are removed. False: no memory. */
static bool each_picture(const char *folder, const char *const *scripts, size_t n, bool remove_all,
                         const char **script, const char **format)
{
    for (size_t i = 0; i < n; i++) {
        for (size_t k = 0; k < N_FORMATS; k++) {
            char *path = picture_path(folder, scripts[i], formats[k]);
            if (path == NULL) {
                return false;
            }
            if (remove_all) {
                unlink(path);
            } else if (!whole(path, formats[k])) {
                unlink(path);
                if (*script == NULL) {
                    *script = scripts[i];
                    *format = formats[k];
                }
            }
            free(path);
        }
    }
    return true;
}

/* The scripts are dealt to the processes in turn. Each draws in the order of its commands, and a file is
 * there as soon as it is begun. */
struct drawing {
    const char *folder, *const *scripts;
    size_t n, n_processes;
    size_t begun[PT_GNUPLOTS];
};

static bool is_begun(const struct drawing *drawing, size_t process, size_t picture)
{
    size_t script = process + picture / N_FORMATS * drawing->n_processes;
    char *path =
        picture_path(drawing->folder, drawing->scripts[script], formats[picture % N_FORMATS]);
    bool there = path != NULL && access(path, F_OK) == 0;

    free(path);
    return there;
}

static size_t drawn(void *user)
{
    struct drawing *drawing = user;
    size_t total = 0;

    for (size_t p = 0; p < drawing->n_processes; p++) {
        size_t n = (drawing->n - p + drawing->n_processes - 1) / drawing->n_processes * N_FORMATS;
        while (drawing->begun[p] < n && is_begun(drawing, p, drawing->begun[p])) {
            drawing->begun[p]++;
        }
        total += drawing->begun[p] > 0 ? drawing->begun[p] - 1 : 0;
    }
    return total;
}

/* One for each core that this process may use. */
static size_t count_processes(size_t n_scripts)
{
    cpu_set_t cores;
    size_t n = sched_getaffinity(0, sizeof cores, &cores) == 0 ? (size_t)CPU_COUNT(&cores) : 1;

    n = n < PT_GNUPLOTS ? n : PT_GNUPLOTS;
    n = n < n_scripts ? n : n_scripts;
    return n > 0 ? n : 1;
}

/* cairo writes when it drew, and the same picture is to be the same bytes. A picture that is not there
 * is missed later. 0, or what errno said. */
static int forget_date(const char *path)
{
    static const char key[] = "/CreationDate (D:", never[] = "19700101000000";
    char tail[2048];
    struct stat about;
    int fd = open(path, O_RDWR | O_CLOEXEC), code = 0;
    if (fd < 0) {
        return errno == ENOENT ? 0 : errno;
    }
    size_t n = fstat(fd, &about) != 0 || about.st_size < 0 ? 0
               : about.st_size < (off_t)sizeof tail        ? (size_t)about.st_size
                                                           : sizeof tail;
    const char *at = read_at(fd, tail, n, about.st_size - (off_t)n)
                         ? memmem(tail, n, key, sizeof key - 1)
                         : NULL;
    if (at != NULL) {
        off_t place = about.st_size - (off_t)n + (at - tail) + (off_t)sizeof key - 1;
        code = lseek(fd, place, SEEK_SET) < 0 ? errno : 0;
    }
    int failed =
        pt_descriptor_fill(fd, never, at != NULL && code == 0 ? sizeof never - 1 : 0, false);
    return code != 0 ? code : failed;
}

static enum pt_status forget_dates(const char *folder, const char *const *scripts, size_t n,
                                   struct pt_error *err)
{
    for (size_t i = 0; i < n; i++) {
        char *path = picture_path(folder, scripts[i], "pdf");
        int code = path != NULL ? forget_date(path) : ENOMEM;
        free(path);
        if (code == ENOMEM) {
            return PT_RAISE_NOMEM(err);
        }
        if (code != 0) {
            return PT_RAISE(err, PT_EWRITE, "cannot write the picture of '%s': %s", scripts[i],
                            strerror(code));
        }
    }
    return PT_OK;
}

/* An older gnuplot, which has no data in a script, says what is wrong with it in place of all it does not
 * know. In the form that all versions read: the condition holds for the rest of the line. */
static void add_version(struct pt_buffer *out)
{
    pt_buffer_text(out,
                   "if (GPVAL_VERSION < 5.0) print sprintf('this is gnuplot %.1f, and plots need "
                   "5.0 or later', GPVAL_VERSION); exit\n");
}

/* What each process is to do; false: a script has no name for one. */
static bool add_all(const char *const *scripts, size_t n, size_t n_processes,
                    struct pt_buffer *commands, struct pt_error *err)
{
    for (size_t p = 0; p < n_processes; p++) {
        add_version(&commands[p]);
    }
    for (size_t i = 0; i < n; i++) {
        if (!acceptable(scripts[i])) {
            (void)PT_RAISE(err, PT_EPLOT, "cannot draw '%s': not a script's name", scripts[i]);
            return false;
        }
        for (size_t k = 0; k < N_FORMATS; k++) {
            add_commands(&commands[i % n_processes], scripts[i], formats[k]);
        }
    }
    return true;
}

enum pt_status pt_plot_render_within(double seconds, const char *folder, const char *const *scripts,
                                     size_t n, const struct pt_hooks *hooks, struct pt_error *err)
{
    struct pt_buffer commands[PT_GNUPLOTS] = { 0 };
    char messages[PT_GNUPLOT_MESSAGES];
    const char *script = NULL, *format = NULL;
    struct drawing drawing = { folder, scripts, n, count_processes(n), { 0 } };
    const struct pt_plot_watch watch = { seconds, hooks, drawn, &drawing, n * N_FORMATS };
    enum pt_status status = PT_OK;
    bool failed = false;

    if (!add_all(scripts, n, drawing.n_processes, commands, err)) {
        status = PT_EPLOT;
        goto done;
    }
    for (size_t p = 0; p < drawing.n_processes; p++) {
        failed |= commands[p].failed;
    }
    /* Pictures of an earlier run must not pass for new ones. */
    if (failed || !each_picture(folder, scripts, n, true, NULL, NULL)) {
        status = PT_RAISE_NOMEM(err);
        goto done;
    }
    if (n > 0) {
        status = pt_plot_run_gnuplots(folder, drawing.n_processes, commands, &watch, messages, err);
    }
    if (!each_picture(folder, scripts, n, false, &script, &format)) {
        status = PT_RAISE_NOMEM(err);
    } else if (status == PT_OK && script != NULL) {
        const char *words = first_words(messages);
        status =
            *words != '\0'
                ? PT_RAISE(err, PT_EPLOT, "gnuplot drew no %s from '%s': %s", format, script, words)
                : PT_RAISE(err, PT_EPLOT, "gnuplot drew no %s from '%s', and said nothing", format,
                           script);
    }
    if (status == PT_OK) {
        status = forget_dates(folder, scripts, n, err);
    }
done:
    for (size_t p = 0; p < PT_GNUPLOTS; p++) {
        pt_buffer_free(&commands[p]);
    }
    return status;
}

enum pt_status pt_plot_render(const char *folder, const char *const *scripts, size_t n,
                              const struct pt_hooks *hooks, struct pt_error *err)
{
    return pt_plot_render_within(PT_PLOT_SECONDS, folder, scripts, n, hooks, err);
}
