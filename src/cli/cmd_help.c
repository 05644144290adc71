#include "cli/cli.h"

static int run(struct request *request)
{
    if (request->n_arguments == 0) {
        help_program(request, stdout);
        return 0;
    }
    const struct command *command = command_find(request->arguments[0]);
    if (!command) {
        return command_unknown(request, request->arguments[0]);
    }
    help_command(request, command, stdout);
    return 0;
}

static const struct argp_option *const options[] = { options_general, NULL };

const struct command command_help = {
    .name = "help",
    .arguments = PT_N("[COMMAND]"),
    .summary = PT_N("the options of the program, or of a command"),
    .options = options,
    .least = 0,
    .most = 1,
    .run = run,
};
