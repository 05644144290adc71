#include <string.h>

#include "cli/completion.h"

/* Bash hands a word over in pieces, cut at '=', '@' and ':', and takes what comes back as it stands;
 * nothing of the package bash-completion is needed. */
static const char head[] =
    "# bash completion for paritet; 'paritet completion bash' wrote it\n"
    "\n"
    "# Files with one of the endings (none: any), and folders.\n"
    "_paritet_files() {\n"
    "    local cur=$1 ending file\n"
    "    shift\n"
    "    compopt -o filenames 2> /dev/null\n"
    "    while IFS= read -r file; do\n"
    "        COMPREPLY+=(\"$file\")\n"
    "    done < <(\n"
    "        compgen -d -- \"$cur\"\n"
    "        for ending in \"$@\"; do compgen -f -X \"!*.$ending\" -- \"$cur\"; done\n"
    "        (($#)) || compgen -f -- \"$cur\"\n"
    "    )\n"
    "}\n"
    "\n";

static const char body[] =
    "_paritet() {\n"
    "    local cur=${COMP_WORDS[COMP_CWORD]} command= option= data= before= n=0 i part\n"
    "    local options valued most words list files folders\n"
    "    COMPREPLY=()\n"
    "    _paritet_command ''\n"
    "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
    "        part=${COMP_WORDS[i]}\n"
    "        if [[ -n $option ]]; then\n"
    "            [[ $part == = ]] || option=\n"
    "        elif [[ $part == [=@:] ]]; then\n"
    "            ((i++))\n"
    "        elif [[ \" $valued \" == *\" $part \"* ]]; then\n"
    "            option=$part\n"
    "        elif [[ $part == -?* ]]; then\n"
    "            [[ $part == --data ]] && data=1\n"
    "        elif [[ -z $command ]]; then\n"
    "            command=$part\n"
    "            _paritet_command \"$command\"\n"
    "        else\n"
    "            ((n++))\n"
    "        fi\n"
    "    done\n"
    "    if [[ -n $option && $cur == = ]]; then\n"
    "        cur=\n"
    "    elif [[ -z $option && $cur == --*=* ]]; then # where '=' cuts no words\n"
    "        option=${cur%%=*} before=${cur%%=*}= cur=${cur#*=}\n"
    "    fi\n"
    "    if [[ -n $option ]]; then\n"
    "        _paritet_value \"$command:$option\"\n"
    "    elif [[ $cur == -* ]]; then\n"
    "        words=$options\n"
    "    elif ((n < most)); then\n"
    "        _paritet_argument \"$command\" $data\n"
    "    fi\n"
    "    if [[ -n $list && $cur == *,* ]]; then\n"
    "        before+=${cur%,*}, cur=${cur##*,}\n"
    "    fi\n"
    "    while IFS= read -r part; do\n"
    "        COMPREPLY+=(\"$before$part\")\n"
    "    done < <(compgen -W \"$words$list\" -- \"$cur\")\n"
    "    if [[ -n $files ]]; then\n"
    "        [[ $files == any ]] && files=\n"
    "        _paritet_files \"$cur\" $files\n"
    "    elif [[ -n $folders ]]; then\n"
    "        compopt -o filenames 2> /dev/null\n"
    "        while IFS= read -r part; do COMPREPLY+=(\"$part\"); done < <(compgen -d -- \"$cur\")\n"
    "    fi\n"
    "    if [[ ${#COMPREPLY[@]} -eq 1 && ${COMPREPLY[0]} == --*= ]]; then\n"
    "        compopt -o nospace 2> /dev/null\n"
    "    fi\n"
    "}\n"
    "complete -F _paritet paritet\n";

/* "-o" and "--output" of an option, as `print` has them. */
static void add_names(const struct argp_option *option, bool valued, struct pt_buffer *out)
{
    if (option->key < 256) {
        pt_buffer_printf(out, " -%c", option->key);
    }
    if (option->name) {
        pt_buffer_printf(out, " --%s%s", option->name, option->arg && !valued ? "=" : "");
    }
}

static void add_command(const struct command *command, struct pt_buffer *out)
{
    pt_buffer_printf(out, "    %s)\n        options='", command ? command->name : "''");
    EACH_OPTION(command, option)
    {
        add_names(option, false, out);
    }
    pt_buffer_text(out, "'\n        valued='");
    EACH_OPTION(command, option)
    {
        if (option->arg) {
            add_names(option, true, out);
        }
    }
    pt_buffer_printf(out, "'\n        most=%zu\n        ;;\n",
                     !command               ? (size_t)1
                     : command->most == ANY ? (size_t)1000000
                                            : command->most);
}

/* One of the words, list, files and folders that `_paritet` goes by. */
static void add_offer(const struct offer *offer, struct pt_buffer *out)
{
    static const char *const names[] = { "words", "words", "list", "files", "folders" };
    pt_buffer_printf(out, "%s='", names[offer->kind]);
    offer_words(offer, out);
    bool any = offer->n == 0 && (offer->kind == OFFER_FILES || offer->kind == OFFER_FOLDERS);
    pt_buffer_text(out, any ? "any'" : "'");
}

static void add_values(const struct command *command, struct pt_buffer *out)
{
    const char *name = command ? command->name : "";
    EACH_OPTION(command, option)
    {
        struct offer offer;
        offer_option(command, option, &offer);
        if (offer.kind == OFFER_NOTHING) {
            continue;
        }
        pt_buffer_text(out, "    ");
        if (option->key < 256) {
            pt_buffer_printf(out, "%s:-%c%s", name, option->key, option->name ? " | " : "");
        }
        if (option->name) {
            pt_buffer_printf(out, "%s:--%s", name, option->name);
        }
        pt_buffer_text(out, ") ");
        add_offer(&offer, out);
        pt_buffer_text(out, " ;;\n");
    }
}

static void add_arguments(const struct command *command, struct pt_buffer *out)
{
    struct offer offer;
    offer_argument(command, &offer);
    if (offer.kind == OFFER_NOTHING) {
        return;
    }
    pt_buffer_printf(out, "    %s) ", command->name);
    add_offer(&offer, out);
    if (offer_has_data(command)) {
        struct offer data;
        offer_data(command, &data);
        pt_buffer_text(out, "; [[ -n $2 ]] && ");
        add_offer(&data, out);
    }
    pt_buffer_text(out, " ;;\n");
}

/* Of what stands before a command, and of each command. */
static void add_each(void (*add)(const struct command *, struct pt_buffer *), struct pt_buffer *out)
{
    add(NULL, out);
    for (size_t i = 0; commands[i]; i++) {
        add(commands[i], out);
    }
}

void completion_bash(const struct request *request, struct pt_buffer *out)
{
    (void)request; /* bash shows no descriptions */
    pt_buffer_text(out, head);
    pt_buffer_text(out, "# Options, those that take a value, and the most arguments.\n"
                        "_paritet_command() {\n    case $1 in\n");
    add_each(add_command, out);
    pt_buffer_text(out, "    *) options= valued= most=0 ;;\n    esac\n}\n\n"
                        "# What fits after COMMAND:OPTION.\n"
                        "_paritet_value() {\n    case $1 in\n");
    add_each(add_values, out);
    pt_buffer_text(out, "    esac\n}\n\n"
                        "# What fits as an argument of a command, perhaps after --data.\n"
                        "_paritet_argument() {\n    case $1 in\n    '') words='");
    for (size_t i = 0; commands[i]; i++) {
        pt_buffer_printf(out, "%s%s", i > 0 ? " " : "", commands[i]->name);
    }
    pt_buffer_text(out, "' ;;\n");
    for (size_t i = 0; commands[i]; i++) {
        add_arguments(commands[i], out);
    }
    pt_buffer_text(out, "    esac\n}\n\n");
    pt_buffer_text(out, body);
}
