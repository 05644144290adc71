#include <string.h>

#include "cli/completion.h"

/* A text in the square brackets of a specification, inside single quotes. */
static void add_text(const struct request *request, const char *text, struct pt_buffer *out)
{
    struct pt_buffer escaped = { 0 };
    offer_escaped(pt_translate(request->language, text), "\\[]:", "\\", &escaped);
    for (const char *at = escaped.failed ? "" : escaped.bytes; *at != '\0'; at++) {
        pt_buffer_text(out, *at == '\'' ? "'\\'" : "");
        pt_buffer_add(out, at, 1);
    }
    out->failed |= escaped.failed;
    pt_buffer_free(&escaped);
}

/* An action of _arguments. */
static void add_action(const struct offer *offer, struct pt_buffer *out)
{
    switch (offer->kind) {
    case OFFER_NOTHING:
        pt_buffer_text(out, " ");
        break;
    case OFFER_WORDS:
        pt_buffer_text(out, "(");
        offer_words(offer, out);
        pt_buffer_text(out, ")");
        break;
    case OFFER_LIST:
        pt_buffer_text(out, "_values -s , -");
        pt_buffer_text(out, " ");
        offer_words(offer, out);
        break;
    case OFFER_FILES:
        pt_buffer_text(out, "_files");
        for (size_t i = 0; i < offer->n; i++) {
            pt_buffer_printf(out, "%s%s", i == 0 ? " -g \"*.(" : "|", offer->words[i]);
        }
        pt_buffer_text(out, offer->n > 0 ? ")(-.)\"" : "");
        break;
    case OFFER_FOLDERS:
        pt_buffer_text(out, "_files -/");
        break;
    }
}

/* '(-o --output)--output=[description]:FILE:action' for one of its names. */
static void add_spec(const struct request *request, const struct command *command,
                     const struct argp_option *option, bool letter, struct pt_buffer *out)
{
    pt_buffer_text(out, " \\\n      '");
    if (option->key < 256 && option->name) {
        pt_buffer_printf(out, "(-%c --%s)", option->key, option->name);
    }
    if (letter) {
        pt_buffer_printf(out, "-%c%s", option->key, option->arg ? "+" : "");
    } else {
        pt_buffer_printf(out, "--%s%s", option->name, option->arg ? "=" : "");
    }
    pt_buffer_text(out, "[");
    add_text(request, option->doc, out);
    pt_buffer_text(out, "]");
    if (option->arg) {
        struct offer offer;
        offer_option(command, option, &offer);
        pt_buffer_text(out, ":");
        add_text(request, option->arg, out);
        pt_buffer_text(out, ":");
        add_action(&offer, out);
    }
    pt_buffer_text(out, "'");
}

static void add_options(const struct request *request, const struct command *command,
                        struct pt_buffer *out)
{
    EACH_OPTION(command, option)
    {
        if (option->key < 256) {
            add_spec(request, command, option, true, out);
        }
        if (option->name) {
            add_spec(request, command, option, false, out);
        }
    }
}

/* One specification for each argument, or for all of them. */
static void add_argument(const struct request *request, const struct command *command,
                         const char *message, const struct offer *offer, struct pt_buffer *out)
{
    if (offer->kind == OFFER_NOTHING) {
        return;
    }
    pt_buffer_printf(out, " \\\n      '%s:", command->most == ANY ? "*" : "1");
    add_text(request, message, out);
    pt_buffer_text(out, ":");
    add_action(offer, out);
    pt_buffer_text(out, "'");
}

static void add_command(const struct request *request, const struct command *command,
                        struct pt_buffer *out)
{
    struct offer offer;
    pt_buffer_printf(out, "  %s)\n", command->name);
    if (offer_has_data(command)) {
        offer_data(command, &offer);
        pt_buffer_text(out, "    (( $words[(I)--data] )) && argument=(");
        add_argument(request, command, PT_N("FILE"), &offer, out);
        pt_buffer_text(out, ") || argument=(");
        offer_argument(command, &offer);
        add_argument(request, command, PT_N("MODEL"), &offer, out);
        pt_buffer_text(out, ")\n");
    } else {
        offer_argument(command, &offer);
        pt_buffer_text(out, "    argument=(");
        add_argument(request, command, command->arguments, &offer, out);
        pt_buffer_text(out, ")\n");
    }
    pt_buffer_text(out, "    _arguments -S -s");
    add_options(request, command, out);
    pt_buffer_text(out, " \\\n      $argument && ret=0\n    ;;\n");
}

void completion_zsh(const struct request *request, struct pt_buffer *out)
{
    pt_buffer_text(out, "#compdef paritet\n"
                        "# 'paritet completion zsh' wrote it\n\n"
                        "_paritet() {\n"
                        "  local curcontext=$curcontext state line ret=1\n"
                        "  local -a argument names\n"
                        "  typeset -A opt_args\n\n"
                        "  _arguments -C -S -s");
    add_options(request, NULL, out);
    pt_buffer_text(out, " \\\n      '1:");
    add_text(request, PT_N("COMMAND"), out);
    pt_buffer_text(out, ":->command' '*::ARGUMENT:->argument' && return\n\n"
                        "  if [[ $state == command ]]; then\n    names=(");
    for (size_t i = 0; commands[i]; i++) {
        pt_buffer_printf(out, "\n      '%s:", commands[i]->name);
        add_text(request, commands[i]->summary, out);
        pt_buffer_text(out, "'");
    }
    pt_buffer_text(out, "\n    )\n    _describe -t commands command names && ret=0\n"
                        "    return ret\n  fi\n\n"
                        "  curcontext=${curcontext%:*:*}:paritet-$words[1]:\n"
                        "  case $words[1] in\n");
    for (size_t i = 0; commands[i]; i++) {
        add_command(request, commands[i], out);
    }
    pt_buffer_text(out, "  esac\n  return ret\n}\n\n"
                        "if [[ $funcstack[1] == _paritet ]]; then\n"
                        "  _paritet \"$@\"\nelse\n  compdef _paritet paritet\nfi\n");
}
