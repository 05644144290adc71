#include <string.h>

#include "cli/completion.h"

static const char head[] =
    "# fish completion for paritet; 'paritet completion fish' wrote it\n"
    "\n"
    "# Prints the command that stands on the line; fails where there is none yet.\n"
    "function __paritet_command\n"
    "    set -l words (commandline -opc)\n"
    "    set -l is_value no\n"
    "    for word in $words[2..-1]\n"
    "        if test $is_value = yes\n"
    "            set is_value no\n"
    "            continue\n"
    "        end\n"
    "        switch $word\n"
    "            case";

static const char rest[] =
    "\n"
    "                set is_value yes\n"
    "            case '-*'\n"
    "            case '*'\n"
    "                echo $word\n"
    "                return 0\n"
    "        end\n"
    "    end\n"
    "    return 1\n"
    "end\n"
    "\n"
    "function __paritet_is\n"
    "    set -l command (__paritet_command)\n"
    "    and test $command = $argv[1]\n"
    "end\n"
    "\n"
    "function __paritet_data\n"
    "    contains -- --data (commandline -opc)\n"
    "end\n"
    "\n"
    "# Files with one of the endings, and folders: fish's own completion of a command it does not know.\n"
    "function __paritet_files\n"
    "    set -l endings (string escape --style=regex -- $argv | string join '|')\n"
    "    complete -C \"__paritet_no_command \"(commandline -ct) |\n"
    "        string match -r -- \"^.*(?:/|\\\\.(?:$endings))\\$\"\n"
    "end\n"
    "\n"
    "# The words with what stands before the last comma of a list.\n"
    "function __paritet_list\n"
    "    set -l begun (commandline -ct | string replace -r '^--[^=]*=' '' | string replace -r '[^,]*$' '')\n"
    "    printf '%s\\n' $begun$argv\n"
    "end\n"
    "\n"
    "complete -c paritet -f\n";

/* A text in single quotes. */
static void add_quoted(const struct request *request, const char *text, struct pt_buffer *out)
{
    pt_buffer_text(out, "'");
    offer_escaped(pt_translate(request->language, text), "\\'", "\\", out);
    pt_buffer_text(out, "'");
}

/* The flags that say what can be written there. */
static void add_offer(const struct offer *offer, struct pt_buffer *out)
{
    switch (offer->kind) {
    case OFFER_NOTHING:
        break;
    case OFFER_WORDS:
        pt_buffer_text(out, " -a '");
        offer_words(offer, out);
        pt_buffer_text(out, "'");
        break;
    case OFFER_LIST:
        pt_buffer_text(out, " -a '(__paritet_list ");
        offer_words(offer, out);
        pt_buffer_text(out, ")'");
        break;
    case OFFER_FILES:
        pt_buffer_text(out, offer->n > 0 ? " -a '(__paritet_files " : " -F");
        offer_words(offer, out);
        pt_buffer_text(out, offer->n > 0 ? ")'" : "");
        break;
    case OFFER_FOLDERS:
        pt_buffer_text(out, " -a '(__fish_complete_directories)'");
        break;
    }
}

static void add_when(const struct command *command, const char *more, struct pt_buffer *out)
{
    if (command) {
        pt_buffer_printf(out, "complete -c paritet -n '__paritet_is %s%s'", command->name, more);
    } else {
        pt_buffer_text(out, "complete -c paritet -n 'not __paritet_command > /dev/null'");
    }
}

static void add_options(const struct request *request, const struct command *command,
                        struct pt_buffer *out)
{
    EACH_OPTION(command, option)
    {
        struct offer offer;
        offer_option(command, option, &offer);
        add_when(command, "", out);
        if (option->key < 256) {
            pt_buffer_printf(out, " -s %c", option->key);
        }
        if (option->name) {
            pt_buffer_printf(out, " -l %s", option->name);
        }
        pt_buffer_text(out, !option->arg ? "" : offer.kind == OFFER_FILES ? " -r" : " -x");
        add_offer(&offer, out);
        pt_buffer_text(out, " -d ");
        add_quoted(request, option->doc, out);
        pt_buffer_text(out, "\n");
    }
}

static void add_argument(const struct command *command, const char *when, const struct offer *offer,
                         struct pt_buffer *out)
{
    if (offer->kind != OFFER_NOTHING) {
        add_when(command, when, out);
        add_offer(offer, out);
        pt_buffer_text(out, "\n");
    }
}

static void add_arguments(const struct command *command, struct pt_buffer *out)
{
    struct offer offer;
    offer_argument(command, &offer);
    add_argument(command, offer_has_data(command) ? "; and not __paritet_data" : "", &offer, out);
    if (offer_has_data(command)) {
        offer_data(command, &offer);
        add_argument(command, "; and __paritet_data", &offer, out);
    }
}

void completion_fish(const struct request *request, struct pt_buffer *out)
{
    pt_buffer_text(out, head);
    EACH_OPTION(NULL, option)
    {
        if (option->arg) {
            pt_buffer_printf(out, " --%s", option->name);
        }
    }
    pt_buffer_text(out, rest);
    add_options(request, NULL, out);
    for (size_t i = 0; commands[i]; i++) {
        add_when(NULL, "", out);
        pt_buffer_printf(out, " -a %s -d ", commands[i]->name);
        add_quoted(request, commands[i]->summary, out);
        pt_buffer_text(out, "\n");
    }
    for (size_t i = 0; commands[i]; i++) {
        add_options(request, commands[i], out);
        add_arguments(commands[i], out);
    }
}
