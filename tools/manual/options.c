/* Heads and options of commands. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "manual.h"

/* ------------------------------------------------------------------ longer texts */

static struct {
    char name[64]; /* OPTION, or COMMAND/OPTION for that command alone */
    char *text;    /* mdoc */
} texts[128];
static size_t n_texts;

void texts_read(const char *path)
{
    FILE *file = fopen(path, "r");
    char line[4096];
    if (!file) {
        fail("cannot open %s", path);
    }
    while (fgets(line, sizeof line, file)) {
        if (line[0] == '@') {
            if (n_texts == sizeof texts / sizeof *texts) {
                fail("too many texts in %s", path);
            }
            sscanf(line, "@%63s", texts[n_texts].name);
            texts[n_texts++].text = calloc(1, 1);
        } else if (n_texts > 0 && strncmp(line, ".\\\"", 3) != 0) {
            char **out = &texts[n_texts - 1].text;
            *out = realloc(*out, strlen(*out) + strlen(line) + 1);
            if (!*out) {
                fail("no memory");
            }
            strcat(*out, line);
        }
    }
    fclose(file);
}

static const char *name_of(const struct argp_option *option)
{
    static char letter[2];
    letter[0] = (char)option->key;
    return option->name ? option->name : letter;
}

/* The text of an option of a command; NULL: none but its line of help. */
static const char *text_of(const char *command, const struct argp_option *option)
{
    char own[64];
    snprintf(own, sizeof own, "%s/%s", command, name_of(option));
    const char *found = NULL;
    for (size_t i = 0; i < n_texts; i++) {
        if (strcmp(texts[i].name, own) == 0) {
            return texts[i].text;
        }
        found = strcmp(texts[i].name, name_of(option)) == 0 ? texts[i].text : found;
    }
    return found;
}

void texts_check(void)
{
    for (size_t i = 0; i < n_texts; i++) {
        bool used = false;
        for (size_t c = 0; commands[c]; c++) {
            for (size_t g = 0; commands[c]->options[g]; g++) {
                for (const struct argp_option *o = commands[c]->options[g]; o->key != 0; o++) {
                    used |= text_of(commands[c]->name, o) == texts[i].text;
                }
            }
        }
        if (!used) {
            fail("a text for '%s', which is no option", texts[i].name);
        }
    }
}

/* ------------------------------------------------------------------ mark-up */

/* "K/N", "text|csv", "ID[@PLACE]": capitals stand for a value, small letters for themselves. */
static void put_value(const char *value)
{
    bool first = true, apart = true;
    for (const char *at = value; *at != '\0';) {
        size_t n = 1;
        bool capital = isupper((unsigned char)at[0]), small = islower((unsigned char)at[0]);
        while (isalpha((unsigned char)at[n]) && isalpha((unsigned char)at[0])) {
            n++;
        }
        if (at[0] == ']') {
            at++;
            continue;
        }
        fputs(first ? "" : at[0] == '|' || apart ? " " : " Ns ", stdout);
        if (capital) {
            fputs("Ar ", stdout);
            for (size_t i = 0; i < n; i++) {
                putchar(tolower((unsigned char)at[i]));
            }
        } else if (small) {
            printf("Cm %.*s", (int)n, at);
        } else if (at[0] == '[') {
            fputs("Op", stdout);
        } else {
            putchar(at[0]);
        }
        apart = at[0] == '|' || at[0] == '[';
        first = false;
        at += n;
    }
}

/* Of more than two lines. */
static bool is_long(const char *marked_up)
{
    const char *second = strchr(marked_up, '\n');
    const char *third = second ? strchr(second + 1, '\n') : NULL;
    return third && third[1] != '\0';
}

static void put_option(const char *command, const struct argp_option *option, bool brief)
{
    fputs(".It", stdout);
    if (option->key < 256) {
        printf(" Fl %c", option->key);
        if (option->arg) {
            putchar(' ');
            put_value(option->arg);
        }
    }
    if (option->name) {
        printf("%s Fl \\-%s", option->key < 256 ? " ," : "", option->name);
        if (option->arg) {
            fputs(" Ns = Ns ", stdout);
            put_value(option->arg);
        }
    }
    putchar('\n');
    const char *longer = text_of(command, option);
    if (longer && !(brief && is_long(longer))) {
        lines(longer);
    } else {
        sentence(option->doc);
    }
}

static const struct command *command_named(const char *name)
{
    const struct command *command = command_find(name);
    if (!command) {
        fail("there is no command '%s'", name);
    }
    return command;
}

void write_options(const char *name)
{
    const struct command *command = command_named(name);
    puts(".Bl -tag -width Ds");
    for (size_t g = 0; command->options[g]; g++) {
        for (const struct argp_option *o = command->options[g]; o->key != 0; o++) {
            put_option(name, o, command->options[g] == options_general);
        }
    }
    puts(".El");
}

void write_general(const char *none)
{
    (void)none;
    puts(".Bl -tag -width Ds");
    for (const struct argp_option *o = options_general; o->key != 0; o++) {
        put_option("", o, false);
    }
    puts(".El");
}

/* ------------------------------------------------------------------ heads */

/* One word of a usage line, such as [SCENARIO...], --data or FILE.csv. */
static void put_argument(const char *word, size_t n)
{
    bool optional = word[0] == '[', many = n > 3 && strncmp(word + n - 3 - optional, "...", 3) == 0;
    char name[64];
    size_t length = 0;
    for (size_t i = 0; i < n && length + 1 < sizeof name; i++) {
        if (word[i] != '[' && word[i] != ']' && !(many && i >= n - 3 - optional)) {
            name[length++] = (char)tolower((unsigned char)word[i]);
        }
    }
    name[length] = '\0';
    if (strncmp(name, "--", 2) == 0) {
        printf(".Fl \\-%s\n", name + 2);
    } else if (name[0] == '-') {
        printf(".Fl %s\n", name + 1);
    } else if (islower((unsigned char)word[0])) {
        fputs(".", stdout);
        put_value(name);
        putchar('\n');
    } else {
        printf(".%sAr %s%s\n", optional ? "Op " : "", name, many ? " ..." : "");
    }
}

/* The ways to use a command: its usage line, cut at " | ". */
static void put_synopsis(const struct command *command)
{
    const char *at = command->arguments;
    do {
        const char *end = strstr(at, " | ");
        size_t n = end ? (size_t)(end - at) : strlen(at);
        printf(".Nm paritet %s\n.Op Ar option ...\n", command->name);
        for (size_t i = 0; i < n;) {
            size_t word = strcspn(at + i, " ");
            put_argument(at + i, word < n - i ? word : n - i);
            i += word + 1;
        }
        at = end ? end + 3 : NULL;
    } while (at);
}

/* head COMMAND DAY | what stands beside the name. */
void write_head(const char *arguments)
{
    char name[32], day[32], what[160];
    if (sscanf(arguments, "%31s %31[^|]| %159[^\n]", name, day, what) != 3) {
        fail("head takes COMMAND DAY | WHAT, not '%s'", arguments);
    }
    const struct command *command = command_named(name);
    day[strlen(day) - (day[strlen(day) - 1] == ' ')] = '\0';
    printf(".Dd %s\n.Dt PARITET-", day);
    for (const char *c = name; *c != '\0'; c++) {
        putchar(toupper((unsigned char)*c));
    }
    printf(" 1\n.Os paritet\n.Sh NAME\n.Nm paritet-%s\n.Nd %s\n.Sh SYNOPSIS\n", name, what);
    put_synopsis(command);
}
