#include <string.h>

#include "cli/completion.h"

/* completion: what a shell needs to complete the commands, options and values there are. */

static const struct {
    const char *name;
    void (*print)(const struct request *request, struct pt_buffer *out);
} shells[] = {
    { "bash", completion_bash },
    { "zsh", completion_zsh },
    { "fish", completion_fish },
};

static int run(struct request *request)
{
    for (size_t i = 0; i < sizeof shells / sizeof *shells; i++) {
        if (strcmp(request->arguments[0], shells[i].name) == 0) {
            struct pt_buffer out = { 0 };
            shells[i].print(request, &out);
            return deliver(request, &out);
        }
    }
    return complain_usage(request,
                          "there is no completion for '%s'; there are 'bash', 'zsh' and 'fish'",
                          request->arguments[0]);
}

static const struct argp_option *const options[] = { options_data, options_general, NULL };

const struct command command_completion = {
    .name = "completion",
    .arguments = "bash|zsh|fish",
    .summary = PT_N("a script that lets a shell complete commands, options and values"),
    .options = options,
    .least = 1,
    .most = 1,
    .run = run,
};
