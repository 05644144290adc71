#include "manual.h"

#include <ctype.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <paritet/limits.h>

#define LINE_WIDTH 76

void fail(const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    fputs("manual: ", stderr);
    vfprintf(stderr, format, arguments);
    fputc('\n', stderr);
    va_end(arguments);
    exit(1);
}

/* ------------------------------------------------------------------ text */

static void put_word(const char *word, size_t n, size_t column)
{
    if (column == 0 && (word[0] == '.' || word[0] == '\'')) {
        fputs("\\&", stdout);
    }
    for (size_t i = 0; i < n; i++) {
        switch (word[i]) {
        case '\\':
            fputs("\\e", stdout);
            break;
        case '\'':
            fputs("\\(aq", stdout);
            break;
        case '"':
            fputs("\\(dq", stdout);
            break;
        case '^':
            fputs("\\(ha", stdout);
            break;
        case '~':
            fputs("\\(ti", stdout);
            break;
        case '`':
            fputs("\\(ga", stdout);
            break;
        default:
            putchar(word[i]);
        }
    }
}

static bool ends_sentence(const char *word, size_t n)
{
    while (n > 1 && strchr(")'\"", word[n - 1])) {
        n--;
    }
    return n > 0 && strchr(".?!", word[n - 1]);
}

static void put_text(const char *words, bool as_sentence)
{
    size_t column = 0;
    char last = '.';
    for (const char *at = words + strspn(words, " \n"); *at != '\0';) {
        size_t n = strcspn(at, " \n");
        if (column > 0 && column + 1 + n > LINE_WIDTH) {
            putchar('\n');
            column = 0;
        }
        if (column > 0) {
            putchar(' ');
        }
        if (as_sentence && at == words) {
            char first = (char)toupper((unsigned char)at[0]);
            put_word(&first, 1, column);
            put_word(at + 1, n - 1, 1);
        } else {
            put_word(at, n, column);
        }
        column += n + (column > 0);
        last = at[n - 1];
        bool sentence_ends = ends_sentence(at, n);
        at += n;
        at += strspn(at, " \n");
        if (sentence_ends && *at != '\0') {
            putchar('\n');
            column = 0;
        }
    }
    fputs(as_sentence && !strchr(".?!", last) ? ".\n" : "\n", stdout);
}

void text(const char *words)
{
    put_text(words, false);
}

void sentence(const char *words)
{
    put_text(words, true);
}

const char *joined(const char *const *words, size_t n, const char *last)
{
    static char line[1024];
    size_t used = 0;
    line[0] = '\0';
    for (size_t i = 0; i < n && used < sizeof line; i++) {
        used +=
            (size_t)snprintf(line + used, sizeof line - used, "%s%s%s%s", words[i],
                             i + 2 < n ? ", " : "", i + 2 == n ? " " : "", i + 2 == n ? last : "");
        if (i + 2 == n && used < sizeof line) {
            used += (size_t)snprintf(line + used, sizeof line - used, " ");
        }
    }
    return line;
}

/* ------------------------------------------------------------------ limits */

static const struct {
    const char *name;
    double value;
} limits[] = {
    { "csv-mebibytes", (double)(PT_CSV_BYTES_MOST >> 20) },
    { "yaml-mebibytes", (double)(PT_YAML_BYTES_MOST >> 20) },
    { "shard-mebibytes", (double)(PT_SHARD_BYTES_MOST >> 20) },
    { "unpacked-times", PT_UNPACKED_TIMES_MOST },
    { "csv-rows", PT_CSV_ROWS_MOST },
    { "csv-series", PT_CSV_SERIES_MOST },
    { "csv-columns", PT_CSV_COLUMNS_MOST },
    { "csv-line", PT_CSV_LINE_MOST },
    { "csv-cell", PT_CSV_CELL_MOST },
    { "yaml-depth", PT_YAML_DEPTH_MOST },
    { "yaml-keys", PT_YAML_KEYS_MOST },
    { "yaml-items", PT_YAML_ITEMS_MOST },
    { "yaml-nodes", PT_YAML_NODES_MOST },
    { "id", PT_ID_MOST },
    { "levers", PT_LEVERS_MOST },
    { "scenarios", PT_SCENARIOS_MOST },
    { "places", PT_PLACES_MOST },
    { "based-on", PT_BASED_ON_MOST },
    { "draws", PT_DRAWS_MOST },
    { "year-least", PT_YEAR_LEAST },
    { "year", PT_YEAR_MOST },
    { "threads", PT_THREADS_MOST },
    { "shards", PT_SHARDS_MOST },
};

/* 1000, but 10,000. */
static void put_number(double value)
{
    char digits[32];
    int n = snprintf(digits, sizeof digits, "%.0f", value);
    for (int i = 0; i < n; i++) {
        fputs(n > 4 && i > 0 && (n - i) % 3 == 0 ? "," : "", stdout);
        putchar(digits[i]);
    }
}

static void put_limit(const char *name, size_t n)
{
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++) {
        if (strlen(limits[i].name) == n && strncmp(limits[i].name, name, n) == 0) {
            put_number(limits[i].value);
            return;
        }
    }
    fail("there is no limit '%.*s'", (int)n, name);
}

void lines(const char *marked_up)
{
    for (const char *at = marked_up; *at != '\0';) {
        const char *end = strncmp(at, "@{", 2) == 0 ? strchr(at, '}') : NULL;
        if (end) {
            put_limit(at + 2, (size_t)(end - at - 2));
            at = end + 1;
        } else {
            putchar(*at++);
        }
    }
}

/* ------------------------------------------------------------------ the page */

static const struct {
    const char *name;
    void (*write)(const char *arguments);
} lists[] = {
    { "head", write_head },           { "options", write_options },
    { "general", write_general },     { "commands", write_commands },
    { "families", write_families },   { "kinds", write_kinds },
    { "responses", write_responses }, { "effects", write_effects },
    { "gaps", write_gaps },           { "tables", write_tables },
    { "scores", write_scores },       { "standings", write_standings },
    { "keys", write_keys },
};

static void write_list(char *line)
{
    size_t n = strcspn(line, " \n");
    line[strcspn(line, "\n")] = '\0';
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++) {
        if (strlen(lists[i].name) == n && strncmp(lists[i].name, line, n) == 0) {
            lists[i].write(line + n + strspn(line + n, " "));
            return;
        }
    }
    fail("there is no list '%s'", line);
}

int main(int argc, char **argv)
{
    if (argc != 3) {
        fail("manual PAGE.in TEXTS");
    }
    texts_read(argv[2]);
    texts_check();
    FILE *page = fopen(argv[1], "r");
    if (!page) {
        fail("cannot open %s", argv[1]);
    }
    puts(".\\\" Made from docs/man and the program's tables; `make` makes it anew.");
    char line[4096];
    while (fgets(line, sizeof line, page)) {
        if (line[0] == '@' && line[1] != '{') {
            write_list(line + 1);
        } else {
            lines(line);
        }
    }
    fclose(page);
    return fflush(stdout) != 0;
}
