/* The commands there are: help, completion and the manual pages are made from this list. */
#include <string.h>

#include "cli/cli.h"

const struct command *const commands[] = {
    &command_check,      &command_status,
    &command_fit,        &command_project,
    &command_simulate,   &command_merge,
    &command_report,     &command_backtest,
    &command_families,   &command_levers,
    &command_schema,     &command_help,
    &command_completion, NULL,
};

const struct command *command_find(const char *name)
{
    for (size_t i = 0; commands[i]; i++) {
        if (strcmp(commands[i]->name, name) == 0) {
            return commands[i];
        }
    }
    return NULL;
}

int command_unknown(const struct request *request, const char *name)
{
    const char *names[sizeof commands / sizeof *commands];
    size_t n = 0;
    for (; commands[n]; n++) {
        names[n] = commands[n]->name;
    }
    const char *near = pt_nearest(name, names, n);
    if (near) {
        return complain_usage(request, "unknown command '%s'; did you mean '%s'?", name, near);
    }
    if (strchr(name, '.')) {
        return complain_usage(request, "unknown command '%s'; did you mean 'paritet check %s'?",
                              name, name);
    }
    return complain_usage(request, "unknown command '%s'; 'paritet --help' lists them", name);
}
