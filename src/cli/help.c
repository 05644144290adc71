#include <string.h>

#include "cli/cli.h"

/* where the descriptions start */
#define COLUMN 26

static void say(const struct request *request, FILE *to, const char *text)
{
    fputs(pt_translate(request->language, text), to);
}

/* A text from where the descriptions start, broken to the width; on one line where memory is out. */
static void print_right(const struct request *request, const char *text, size_t used, FILE *to)
{
    char row[1024];
    struct pt_buffer out = { 0 };
    snprintf(row, sizeof row, "%*s%s\n", COLUMN, "", pt_translate(request->language, text));
    pt_buffer_paragraph(&out, row, terminal_width(request), COLUMN);
    fputs((out.failed ? row : out.bytes) + used, to);
    pt_buffer_free(&out);
}

/* Left and right of a line, the right on a line of its own where it must be. */
static void print_row(const struct request *request, const char *left, const char *right, FILE *to)
{
    size_t width = pt_utf8_width(left);
    bool beside = width < COLUMN;
    fprintf(to, "%s%s", left, beside ? "" : "\n");
    print_right(request, right, beside ? width : 0, to);
}

/* "  -i, --name=ARG   description" */
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
    print_row(request, left, option->doc, to);
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
        char left[64];
        snprintf(left, sizeof left, "  %s", commands[i]->name);
        print_row(request, left, commands[i]->summary, to);
    }
    say(request, to, PT_N("\nOptions:\n"));
    print_options(request, options_general, to);
    say(request, to,
        PT_N("\n'paritet help COMMAND' explains a command, 'man paritet' the whole.\n"));
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
    fputc('\n', to);
    fprintf(to, pt_translate(request->language, PT_N("'man paritet-%s' says more.\n")),
            command->name);
}
