/* Where answers go: never over what was read, nor two of them into one file. */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/cli.h"

static bool same_file(const struct stat *a, const struct stat *b)
{
    return a->st_dev == b->st_dev && a->st_ino == b->st_ino;
}

/* Whether a file lies in a folder, however deep. */
static bool lies_in(const char *path, const struct stat *folder)
{
    char *real = realpath(path, NULL);
    bool found = false;
    for (char *slash; !found && real && (slash = strrchr(real, '/')) != NULL;) {
        struct stat parent;
        slash[slash == real ? 1 : 0] = '\0';
        found = stat(real, &parent) == 0 && same_file(&parent, folder);
        *slash = '\0';
    }
    free(real);
    return found;
}

static int check_against(const struct request *request, const char *path, const struct stat *output,
                         const char *input)
{
    struct stat read;
    struct pt_message message;
    bool standard = strcmp(input, "-") == 0;
    if (S_ISREG(output->st_mode) &&
        (standard ? fstat(STDIN_FILENO, &read) : stat(input, &read)) == 0 &&
        same_file(&read, output)) {
        pt_message_set(&message, "'%s' is one of the files read; name another", path);
        return complain(request, PT_ECREATE, &message);
    }
    if (request->command == &command_report && S_ISDIR(output->st_mode) && !standard &&
        lies_in(input, output)) {
        pt_message_set(&message, "the folder '%s' holds '%s', which is read; name another", path,
                       input);
        return complain(request, PT_ECREATE, &message);
    }
    return 0;
}

static int check_inputs(const struct request *request, const char *path)
{
    struct stat output;
    int code = 0;
    if (stat(path, &output) != 0) {
        return 0;
    }
    for (size_t i = 0; code == 0 && i < request->n_arguments; i++) {
        code = check_against(request, path, &output, request->arguments[i]);
    }
    for (size_t i = 0; code == 0 && i < request->n_files; i++) {
        code = check_against(request, path, &output, request->files[i].path);
    }
    return code;
}

/* The folder that a file will lie in, as the system names it: the caller's; NULL: there is none, as
 * errno says. */
static char *folder_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    char *folder = slash ? strndup(path, (size_t)(slash - path) + 1) : strdup(".");
    char *real = folder ? realpath(folder, NULL) : NULL;
    int code = errno;
    free(folder);
    errno = code;
    return real;
}

static bool same_place(const char *a, const char *b)
{
    struct stat one, other;
    bool has_one = stat(a, &one) == 0, has_other = stat(b, &other) == 0;
    if (has_one || has_other) {
        return has_one && has_other && S_ISREG(one.st_mode) && same_file(&one, &other);
    }
    const char *name_a = strrchr(a, '/'), *name_b = strrchr(b, '/');
    char *in_a = folder_of(a), *in_b = folder_of(b);
    bool same = in_a && in_b && strcmp(in_a, in_b) == 0 &&
                strcmp(name_a ? name_a + 1 : a, name_b ? name_b + 1 : b) == 0;
    free(in_a);
    free(in_b);
    return same;
}

/* Before the work is done, as the other file would be there already when this one fails. */
static int check_writable(const struct request *request, const char *path)
{
    struct stat output;
    struct pt_error err;
    if (stat(path, &output) == 0) {
        return 0;
    }
    char *folder = folder_of(path);
    int code = folder && access(folder, W_OK | X_OK) == 0 ? 0 : errno;
    free(folder);
    if (code == 0) {
        return 0;
    }
    (void)PT_RAISE(&err, PT_ECREATE, pt_doing_format(PT_DOING_CREATE, code), path, strerror(code));
    return complain_error(request, &err);
}

int check_output(const struct request *request)
{
    const char *output = request->output, *forecasts = request->backtest.forecasts;
    int code = 0;
    output = output && strcmp(output, "-") != 0 ? output : NULL;
    if (output) {
        code = check_inputs(request, output);
    }
    if (code == 0 && forecasts) {
        code = check_inputs(request, forecasts);
        code = code == 0 ? check_writable(request, forecasts) : code;
    }
    if (code == 0 && forecasts && output && same_place(output, forecasts)) {
        return complain_usage(request, "-o and --forecasts name one file, '%s'; name two", output);
    }
    return code;
}
