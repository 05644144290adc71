/* What a shell may offer behind `paritet`, from the tables of commands and options. */
#ifndef PARITET_CLI_COMPLETION_H
#define PARITET_CLI_COMPLETION_H

#include "cli/cli.h"

enum offer_kind {
    OFFER_NOTHING,
    OFFER_WORDS,
    OFFER_LIST, /* words with commas between them */
    OFFER_FILES,
    OFFER_FOLDERS
};
#define OFFER_WORDS_MOST 32
struct offer {
    enum offer_kind kind;
    size_t n;
    const char *words[OFFER_WORDS_MOST]; /* [n] words, or endings of files (none: any file) */
    char text[256];                      /* storage of some of them */
};
/* What fits after an option of the command (NULL: one before the command). */
void offer_option(const struct command *command, const struct argp_option *option,
                  struct offer *out);
/* What fits as an argument of the command, and as one after --data. */
void offer_argument(const struct command *command, struct offer *out);
void offer_data(const struct command *command, struct offer *out);
/* Whether the command takes --data in place of a model. */
bool offer_has_data(const struct command *command);

/* Every option of a command (NULL: those before it), one group after the other. */
#define EACH_OPTION(command, option)                                                         \
    for (const struct argp_option *const *group_ = offer_groups(command); *group_; group_++) \
        for (const struct argp_option *option = *group_; option->key != 0; option++)
const struct argp_option *const *offer_groups(const struct command *command);

/* Appends words with a blank between them. */
void offer_words(const struct offer *offer, struct pt_buffer *out);
/* Appends a text, each character of `special` behind the text `escape`. */
void offer_escaped(const char *text, const char *special, const char *escape,
                   struct pt_buffer *out);

/* The scripts. */
void completion_bash(const struct request *request, struct pt_buffer *out);
void completion_zsh(const struct request *request, struct pt_buffer *out);
void completion_fish(const struct request *request, struct pt_buffer *out);

#endif
