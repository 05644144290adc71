#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

static error_t parse(int key, char *argument, struct argp_state *state)
{
    struct request *request = state->input;
    switch (key) {
    case ARGP_KEY_ARG:
        request->arguments[request->n_arguments++] = argument;
        return 0;
    case ARGP_KEY_ERROR:
        request->stopped_at = state->next;
        return 0;
    default:
        return request_option(request, key, argument);
    }
}

/* argp's own words never translate, so the refused option is looked at again here. It stays at a
 * word like -qz until the last letter is read, so that the refused word may be the next. */
const char *request_refused(const struct request *request, char **argv)
{
    int at = request->stopped_at;
    return at > 1 && argv[at - 1][0] == '-' ? argv[at - 1] : argv[at];
}

int request_explain(const struct request *request, const struct argp_option *options,
                    const char *word)
{
    size_t length = strcspn(word, "=");
    for (size_t i = 0; options[i].key != 0; i++) {
        const char *name = options[i].name ? options[i].name : "";
        bool same = strncmp(word, "--", 2) == 0
                        ? length > 2 && strncmp(name, word + 2, length - 2) == 0
                        : length == 2 && word[0] == '-' && word[1] == options[i].key;
        if (same && options[i].arg) {
            return complain_usage(request, "option '%s' needs a value: %s", word, options[i].arg);
        }
        if (same && word[length] == '=') {
            return complain_usage(request, "option '%.*s' takes no value", (int)length, word);
        }
    }
    return -1;
}

static int explain(const struct request *request, const struct argp_option *options, char **argv)
{
    const char *word = request_refused(request, argv);
    int code = request_explain(request, options, word);
    if (code >= 0) {
        return code;
    }
    const char *names[64];
    size_t n = 0;
    for (; n < 64 && options[n].key != 0; n++) {
        names[n] = options[n].name ? options[n].name : "";
    }
    const char *near = strncmp(word, "--", 2) == 0 ? pt_nearest(word + 2, names, n) : NULL;
    if (near) {
        return complain_usage(request, "unknown option '%s'; did you mean '--%s'?", word, near);
    }
    return complain_usage(request, "unknown option '%s'; 'paritet %s --help' lists them", word,
                          request->command->name);
}

static int count_arguments(const struct request *request)
{
    const struct command *command = request->command;
    if (request->n_arguments < command->least) {
        return complain_usage(request, "'paritet %s' needs %s", command->name,
                              pt_translate(request->language, command->arguments));
    }
    if (request->n_arguments > command->most) {
        const char *extra = request->arguments[command->most];
        if (command == &command_project) {
            return complain_usage(request,
                                  "'%s' is one argument too many for 'paritet project'; "
                                  "'paritet simulate' takes scenarios",
                                  extra);
        }
        return complain_usage(request, "'%s' is one argument too many for 'paritet %s'", extra,
                              command->name);
    }
    return -1;
}

int request_parse(struct request *request, int argc, char **argv)
{
    struct argp_option all[64];
    size_t n = 0;
    for (size_t g = 0; request->command->options[g]; g++) {
        for (const struct argp_option *o = request->command->options[g]; o->key != 0; o++) {
            all[n++] = *o;
        }
    }
    all[n] = (struct argp_option){ 0 };
    request->arguments = calloc((size_t)argc + 1, sizeof *request->arguments);
    if (!request->arguments) {
        return complain_memory(request);
    }
    const struct argp argp = { .options = all, .parser = parse };
    int failed = argp_parse(&argp, argc, argv, ARGP_NO_ERRS | ARGP_NO_HELP, NULL, request);
    if (request->trouble.id) {
        return complain(request, PT_EUSAGE, &request->trouble);
    }
    if (failed == ENOMEM) {
        return complain_memory(request);
    }
    if (failed) {
        return explain(request, all, argv);
    }
    if (request->help || request->version) {
        help_asked(request);
        return 0;
    }
    if (request->mc_error > 0 && !request->draws_auto) {
        return complain_usage(request, "--mc-error goes with --draws auto");
    }
    if (request->draws_auto && request->run.shards > 0) {
        return complain_usage(request, "--shard needs a number of --draws, the same in every part");
    }
    if (request->draws_auto) {
        request->run.mc_error = request->mc_error > 0 ? request->mc_error : PT_MC_ERROR_DEFAULT;
    }
    return count_arguments(request);
}
