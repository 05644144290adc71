#include "cli/completion.h"

#include <string.h>

#include "cli/keys.h"

static const struct argp_option *const before_command[] = { options_general, NULL };

const struct argp_option *const *offer_groups(const struct command *command)
{
    return command ? command->options : before_command;
}

static void add(struct offer *out, const char *word)
{
    if (out->n < OFFER_WORDS_MOST) {
        out->words[out->n++] = word;
    }
}

/* The words of "text|csv" and "N|auto": what is in small letters is meant as it stands. */
static void add_choices(const char *choices, struct offer *out)
{
    snprintf(out->text, sizeof out->text, "%s", choices);
    char *rest = NULL;
    for (char *word = strtok_r(out->text, "|", &rest); word; word = strtok_r(NULL, "|", &rest)) {
        if (word[0] >= 'a' && word[0] <= 'z') {
            add(out, word);
        }
    }
    out->kind = out->n > 0 ? OFFER_WORDS : OFFER_NOTHING;
}

static void add_families(enum offer_kind kind, struct offer *out)
{
    out->kind = kind;
    for (size_t i = 0; pt_families[i]; i++) {
        add(out, pt_families[i]->name);
    }
}

/* Those that the command would print. */
static void add_tables(const struct command *command, struct offer *out)
{
    bool scenarios = command == &command_simulate || command == &command_merge;
    out->kind = OFFER_WORDS;
    for (size_t i = 0; pt_table_kinds[i]; i++) {
        const struct pt_table_kind *kind = pt_table_kinds[i];
        if ((!kind->compares || scenarios) && (!kind->simulated || command != &command_fit)) {
            add(out, kind->name);
        }
    }
}

static void add_scores(struct offer *out)
{
    out->kind = OFFER_WORDS;
    for (size_t i = 0; pt_backtest_tables[i]; i++) {
        add(out, pt_backtest_tables[i]->kind.name);
    }
    add(out, "selftest");
}

void offer_option(const struct command *command, const struct argp_option *option,
                  struct offer *out)
{
    *out = (struct offer){ .kind = OFFER_NOTHING };
    if (!option->arg) {
        return;
    }
    switch (option->key) {
    case KEY_FAMILY:
        add_families(OFFER_WORDS, out);
        break;
    case KEY_FAMILIES:
        add_families(OFFER_LIST, out);
        break;
    case KEY_TABLE:
        add_tables(command, out);
        break;
    case KEY_SCORES:
        add_scores(out);
        break;
    default:
        if (strcmp(option->arg, "FILE") == 0) {
            out->kind = OFFER_FILES;
        } else if (strcmp(option->arg, "FOLDER") == 0) {
            out->kind = OFFER_FOLDERS;
        } else {
            add_choices(option->arg, out);
        }
    }
}

void offer_argument(const struct command *command, struct offer *out)
{
    *out = (struct offer){ .kind = OFFER_NOTHING };
    if (strncmp(command->arguments, "MODEL", 5) == 0) {
        out->kind = OFFER_FILES;
        add(out, "yaml");
        add(out, "yml");
    } else if (strncmp(command->arguments, "SHARD", 5) == 0) {
        out->kind = OFFER_FILES;
        add(out, "json");
    } else if (command == &command_help) {
        out->kind = OFFER_WORDS;
        for (size_t i = 0; commands[i]; i++) {
            add(out, commands[i]->name);
        }
    } else {
        add_choices(command->arguments, out);
    }
}

bool offer_has_data(const struct command *command)
{
    return strstr(command->arguments, "--data") != NULL;
}

void offer_data(const struct command *command, struct offer *out)
{
    *out = (struct offer){ .kind = OFFER_FILES };
    add(out, "csv");
    if (command == &command_backtest) {
        add(out, "csv.gz");
    }
}

void offer_words(const struct offer *offer, struct pt_buffer *out)
{
    for (size_t i = 0; i < offer->n; i++) {
        pt_buffer_printf(out, "%s%s", i > 0 ? " " : "", offer->words[i]);
    }
}

void offer_escaped(const char *text, const char *special, const char *escape, struct pt_buffer *out)
{
    for (; *text != '\0'; text++) {
        pt_buffer_text(out, strchr(special, *text) ? escape : "");
        pt_buffer_add(out, text, 1);
    }
}
