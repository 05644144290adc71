#include <string.h>

#include "cli/cli.h"

/* where the descriptions start */
#define COLUMN 26

static void say(const struct request *request, FILE *to, const char *text)
{
    fputs(pt_translate(request->language, text), to);
}

/* "  -i, --name=ARG   description", the description on a line of its own where it must be. */
static void print_option(const struct request *request, const struct argp_option *option, FILE *to)
{
    char left[128];
    const char *argument = option->arg ? pt_translate(request->language, option->arg) : "";
    char letter[8] = "    ";
    if (option->key < 256) {
        snprintf(letter, sizeof letter, option->name ? "-%c, " : "-%c ", option->key);
    }
    snprintf(left, sizeof left, "  %s%s%s%s%s", letter, option->name ? "--" : "",
             option->name ? option->name : "", option->name && option->arg ? "=" : "", argument);
    fputs(left, to);
    size_t width = pt_utf8_width(left);
    if (width >= COLUMN) {
        fputc('\n', to);
        width = 0;
    }
    fprintf(to, "%*s", (int)(COLUMN - width), "");
    say(request, to, option->doc);
    fputc('\n', to);
}

static void print_options(const struct request *request, const struct argp_option *options,
                          FILE *to)
{
    for (; options->key != 0; options++) {
        print_option(request, options, to);
    }
}

void help_program(const struct request *request, FILE *to)
{
    say(request, to,
        PT_N("Usage: paritet [OPTION...] COMMAND [ARGUMENT...]\n"
             "How many years until parity, and what would change that?\n"));
    say(request, to, PT_N("\nCommands:\n"));
    for (size_t i = 0; commands[i]; i++) {
        fprintf(to, "  %-*s", COLUMN - 2, commands[i]->name);
        say(request, to, commands[i]->summary);
        fputc('\n', to);
    }
    say(request, to, PT_N("\nOptions:\n"));
    print_options(request, options_general, to);
    say(request, to, PT_N("\n'paritet COMMAND --help' explains a command.\n"));
}

void help_asked(const struct request *request)
{
    if (request->version) {
        printf("paritet %s\nGPL-3.0-or-later\n", PT_VERSION);
    } else if (request->command) {
        help_command(request, request->command, stdout);
    } else {
        help_program(request, stdout);
    }
}

void help_command(const struct request *request, const struct command *command, FILE *to)
{
    say(request, to, PT_N("Usage:"));
    fprintf(to, " paritet %s [", command->name);
    say(request, to, PT_N("OPTION..."));
    fprintf(to, "]%s", command->arguments[0] != '\0' ? " " : "");
    say(request, to, command->arguments[0] != '\0' ? command->arguments : "");
    fputs("\n", to);
    say(request, to, command->summary);
    fputs("\n", to);
    say(request, to, PT_N("\nOptions:\n"));
    for (size_t g = 0; command->options[g]; g++) {
        print_options(request, command->options[g], to);
    }
}
