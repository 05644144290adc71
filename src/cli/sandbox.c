#include <elf.h>
#include <errno.h>
#include <libgen.h>
#include <limits.h>
#include <link.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "cli/sandbox.h"

/* Programs, libraries and fonts of the system, and what the C library and OpenMP ask about the
 * machine. */
static const char *const of_the_system[] = {
    "/usr",
    "/lib",
    "/lib32",
    "/lib64",
    "/etc/ld.so.cache",
    "/etc/ld.so.preload",
    "/etc/fonts",
    "/etc/localtime",
    "/var/cache/fontconfig",
    "/dev/urandom",
    "/proc/self",
    "/proc/meminfo",
    "/proc/stat",
    "/proc/sys/vm/overcommit_memory",
    "/sys/devices/system/cpu",
    "/sys/fs/cgroup",
};

/* Fonts of the user's own, below a variable; where it is not set, below HOME. */
static const struct {
    const char *variable, *below, *below_home;
} of_the_user[] = {
    { "XDG_DATA_HOME", "/fonts", "/.local/share/fonts" },
    { "XDG_CONFIG_HOME", "/fontconfig", "/.config/fontconfig" },
    { "XDG_CACHE_HOME", "/fontconfig", "/.cache/fontconfig" },
    { "FONTCONFIG_FILE", "", "/.fonts.conf" },
    { "FONTCONFIG_PATH", "", "/.fonts" },
};

static void allow_below(struct fence *fence, const char *folder, const char *below, unsigned what)
{
    char path[PATH_MAX];
    if (snprintf(path, sizeof path, "%s%s", folder, below) < (int)sizeof path) {
        fence_allow(fence, path, what);
    }
}

/* ------------------------------------------------------------------ gnuplot */

static int find_loader(struct dl_phdr_info *program, size_t size, void *found)
{
    (void)size;
    for (size_t i = 0; i < program->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &program->dlpi_phdr[i];
        if (header->p_type == PT_INTERP) {
            *(const char **)found = (const char *)(uintptr_t)(program->dlpi_addr + header->p_vaddr);
        }
    }
    return 1; /* the program itself comes first */
}

/* The kernel starts a program through its loader, which is the same as ours. */
static void allow_gnuplot(struct fence *fence)
{
    const char *loader = NULL;
    char *found = pt_gnuplot_find();
    char *gnuplot = found ? realpath(found, NULL) : NULL;
    dl_iterate_phdr(find_loader, &loader);
    if (gnuplot && loader) {
        fence_allow(fence, loader, FENCE_RUN);
        fence_allow(fence, gnuplot, FENCE_RUN);
        const char *prefix = dirname(dirname(gnuplot));
        allow_below(fence, prefix, "/lib", FENCE_READ);
        allow_below(fence, prefix, "/share", FENCE_READ);
        allow_below(fence, prefix, "/etc/fonts", FENCE_READ);
    }
    free(gnuplot);
    free(found);
    for (size_t i = 0; i < sizeof of_the_user / sizeof *of_the_user; i++) {
        const char *own = getenv(of_the_user[i].variable), *home = getenv("HOME");
        if (own && own[0] == '/') {
            allow_below(fence, own, of_the_user[i].below, FENCE_READ);
        } else if (home && home[0] == '/') {
            allow_below(fence, home, of_the_user[i].below_home, FENCE_READ);
        }
    }
    fence_allow(fence, "/dev/null", FENCE_WRITE);
}

/* ------------------------------------------------------------------ the report's folder */

/* The folder that is there and that all others up to the output are to be made in. */
static char *standing_above(const char *output)
{
    struct stat about;
    char *path = strdup(output);
    for (char *slash; path && lstat(path, &about) != 0 && (slash = strrchr(path, '/')) != NULL;) {
        *slash = '\0';
    }
    if (path && lstat(path, &about) != 0) {
        free(path);
        path = strdup(output[0] == '/' ? "/" : ".");
    }
    return path;
}

/* Made before the fence is closed: afterwards files can be written in it, but not beside it. */
static enum pt_status open_folder(struct request *request, struct fence *fence,
                                  struct pt_error *err)
{
    char *above = standing_above(request->output);
    signals_hold();
    enum pt_status status =
        above ? pt_folder_open(request->output, &request->folder, err) : PT_RAISE_NOMEM(err);
    if (status != PT_OK) {
        signals_release();
    } else {
        const char *work = pt_folder_work(request->folder);
        char *parent = strdup(work);
        fence_allow(fence, work, FENCE_WRITE);
        fence_allow(fence, request->output, FENCE_WRITE); /* the one to be replaced */
        fence_allow(fence, above, FENCE_FOLDERS);
        fence_allow(fence, parent ? dirname(parent) : work, FENCE_FOLDERS);
        free(parent);
    }
    free(above);
    return status;
}

/* ------------------------------------------------------------------ entering */

static int refuse(const struct request *request, int code)
{
    struct pt_message message;
    pt_message_set(&message,
                   "--sandbox cannot be had on this machine: %s; it needs Linux 5.13 or later with "
                   "Landlock and seccomp switched on; leave it out, or use a container",
                   strerror(code));
    return complain(request, PT_EPLOT, &message);
}

/* What a file names is known only after it has been read, by a child that can read nothing else;
 * what comes through a pipe can be read once. */
static int check_inputs(const struct request *request)
{
    for (size_t i = 0; i < request->n_arguments && !request->data; i++) {
        const char *path = request->arguments[i];
        struct stat about;
        if (strcmp(path, "-") == 0 ||
            (stat(path, &about) == 0 && !S_ISREG(about.st_mode) && !S_ISDIR(about.st_mode))) {
            return complain_usage(
                request,
                "--sandbox has to know what '%s' names before it is read; save it "
                "as a file first",
                path);
        }
    }
    return 0;
}

static bool has_output(const struct request *request)
{
    return request->output && strcmp(request->output, "-") != 0;
}

static void allow_all(const struct request *request, struct fence *fence, const struct paths *files)
{
    for (size_t i = 0; i < sizeof of_the_system / sizeof *of_the_system; i++) {
        fence_allow(fence, of_the_system[i], FENCE_READ);
    }
    for (size_t i = 0; i < files->n; i++) {
        fence_allow(fence, files->items[i], FENCE_OPEN);
    }
    if (request->command == &command_report && !request->no_plots) {
        allow_gnuplot(fence);
    }
}

int sandbox_enter(struct request *request)
{
    struct fence fence;
    struct pt_error err = { .status = PT_OK };
    int code = check_inputs(request);
    if (code != 0) {
        return code;
    }
    if (!fence_open(&fence)) {
        return refuse(request, errno);
    }
    bool report = request->command == &command_report;
    if (report && has_output(request) && open_folder(request, &fence, &err) != PT_OK) {
        fence_drop(&fence);
        return complain_error(request, &err);
    }
    struct paths files = { .arena = pt_arena_new() };
    bool good =
        files.arena && names_collect(request, &files) &&
        (report || !(has_output(request) || request->backtest.forecasts) || writer_start(request));
    if (good) {
        allow_all(request, &fence, &files);
        good = fence_close(&fence);
    }
    code = good ? 0 : refuse(request, errno);
    fence_drop(&fence);
    free(files.items);
    pt_arena_free(files.arena);
    return code;
}

void sandbox_leave(struct request *request)
{
    writer_stop();
    if (request->folder) {
        pt_folder_abandon(request->folder);
        request->folder = NULL;
        signals_release();
    }
}
