#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "cli/cli.h"

#define LEAST_COLUMNS 40
#define MOST_COLUMNS  1000
#define USUAL_COLUMNS 80

static bool into_file(const struct request *request)
{
    return request->output && strcmp(request->output, "-") != 0;
}

bool on_terminal(const struct request *request, int descriptor)
{
    const char *terminal = getenv("TERM");
    return isatty(descriptor) && !(descriptor == STDOUT_FILENO && into_file(request)) &&
           !(terminal && strcmp(terminal, "dumb") == 0);
}

bool has_color(const struct request *request, int descriptor)
{
    const char *no = getenv("NO_COLOR");
    if (request->color != COLOR_AUTO) {
        return request->color == COLOR_ALWAYS;
    }
    return on_terminal(request, descriptor) && !(no && no[0] != '\0');
}

bool is_looked_at(const struct request *request)
{
    return on_terminal(request, STDOUT_FILENO) || request->color == COLOR_ALWAYS;
}

const char *bold(const struct request *request, int descriptor, bool on)
{
    return !has_color(request, descriptor) ? "" : on ? "\033[1m" : "\033[0m";
}

/* COLUMNS is what the reader asks for (POSIX, Base Definitions 8.3), so it comes before what the
 * terminal says, as in git and Python, and also counts into a pipe. */
size_t terminal_width(const struct request *request)
{
    const char *wanted = getenv("COLUMNS");
    char *end = NULL;
    unsigned long columns = wanted ? strtoul(wanted, &end, 10) : 0;
    if (wanted && wanted[0] >= '0' && wanted[0] <= '9' && *end == '\0' &&
        columns >= LEAST_COLUMNS) {
        return columns < MOST_COLUMNS ? columns : MOST_COLUMNS;
    }
    struct winsize size;
    if (!into_file(request) && ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 &&
        size.ws_col >= LEAST_COLUMNS) {
        return size.ws_col;
    }
    return USUAL_COLUMNS;
}

struct pt_writer_options table_look(const struct request *request)
{
    return (struct pt_writer_options){ .language = request->language,
                                       .width = terminal_width(request),
                                       .color = has_color(request, STDOUT_FILENO),
                                       .ascii = !request->unicode };
}
