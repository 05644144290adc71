/* Numbers as they are read in a note, and sets of those that may be. */
#ifndef PARITET_TEST_NOTE_NUMBERS_H
#define PARITET_TEST_NOTE_NUMBERS_H

#include <ctype.h>
#include <math.h>

#include "test_note_files.h"

#define TOKEN 32

/* ------------------------------------------------------------------ sets of numbers */

/* Numbers as they are read: without sign and thousands, with a decimal point; "7/10" of "7 of 10". */
struct numbers {
    size_t n, capacity;
    bool prices; /* what is added is said with one digit or two */
    char (*items)[TOKEN];
};

__attribute__((unused)) static bool has(const struct numbers *set, const char *token)
{
    for (size_t i = 0; i < set->n; i++) {
        if (strcmp(set->items[i], token) == 0) {
            return true;
        }
    }
    return false;
}

__attribute__((unused)) static void add(struct numbers *set, const char *token)
{
    if (has(set, token)) {
        return;
    }
    assert_true(pt_grow((void **)(void *)&set->items, &set->capacity, set->n, TOKEN));
    snprintf(set->items[set->n++], TOKEN, "%.*s", TOKEN - 1, token);
}

__attribute__((unused)) static void add_whole(struct numbers *set, double x)
{
    char token[TOKEN];
    snprintf(token, sizeof token, "%.0f", fabs(x));
    add(set, token);
}

/* A stated number, such as one of a model: exactly, or with fewer digits. */
__attribute__((unused)) static void add_stated(struct numbers *set, double x)
{
    char token[PT_NUMBER_MAX];
    if (isfinite(x)) {
        add(set, pt_number_short(token, fabs(x), 6, '.'));
    }
}

/* As many digits as people see of the cell, and fewer; none more. */
__attribute__((unused)) static void add_amount(struct numbers *set, const struct pt_cell *cell)
{
    char text[PT_CELL_MAX], token[TOKEN];
    const char *defended = pt_cell_print(cell, &pt_language_english, text);
    defended += defended[0] == '-';
    add(set, defended);
    const char *point = strchr(defended, '.');
    int decimals = point != NULL ? (int)strlen(point + 1) : 0;
    for (int d = 0; d < decimals; d++) {
        snprintf(token, sizeof token, "%.*f", d, fabs(cell->value));
        add(set, token);
    }
    for (int digits = 1; set->prices && digits <= 2 && fabs(cell->value) >= 1; digits++) {
        double step = pow(10, floor(log10(fabs(cell->value))) + 1 - digits);
        if (step >= 1) {
            add_whole(set, round(fabs(cell->value) / step) * step);
        }
    }
}

__attribute__((unused)) static void add_chance(struct numbers *set, double p)
{
    for (int whole = 10; whole <= 100; whole *= 10) {
        int part = (int)floor(fabs(p) * whole + .5), rest = (int)floor((1 - p) * whole + .5);
        int said[] = { part, whole - part, rest, whole - rest };
        for (size_t i = 0; i < sizeof said / sizeof *said; i++) {
            char token[TOKEN];
            snprintf(token, sizeof token, "%d/%d", said[i], whole);
            add(set, token);
        }
    }
}

__attribute__((unused)) static void add_parts(struct numbers *set, size_t part, size_t whole)
{
    char token[TOKEN];
    snprintf(token, sizeof token, "%zu/%zu", part, whole);
    add(set, token);
}

/* ------------------------------------------------------------------ reading text */

/* The next number at or after *at, and where it ends; false: there is none. */
__attribute__((unused)) static bool next(const char **at, char decimal, char token[TOKEN], const char **from)
{
    const char *p = *at;
    while (*p != '\0' && !isdigit((unsigned char)*p)) {
        p++;
    }
    if (*p == '\0') {
        return false;
    }
    size_t n = 0;
    *from = p;
    for (; isdigit((unsigned char)*p) || ((*p == '.' || *p == ',') && isdigit((unsigned char)p[1]));
         p++) {
        if (*p != (decimal == ',' ? '.' : ',') && n + 1 < TOKEN) {
            token[n++] = *p == decimal ? '.' : *p;
        }
    }
    token[n] = '\0';
    *at = p;
    return true;
}

/* "7 of 10" is one number. */
__attribute__((unused)) static void join(const char **at, char decimal, char token[TOKEN])
{
    if (strncmp(*at, " of ", 4) != 0 && strncmp(*at, " af ", 4) != 0) {
        return;
    }
    const char *rest = *at + 4, *from;
    char whole[TOKEN];
    if (isdigit((unsigned char)*rest) && next(&rest, decimal, whole, &from)) {
        size_t used = strlen(token);
        snprintf(token + used, TOKEN - used, "/%.*s", (int)(TOKEN - used - 2), whole);
        *at = rest;
    }
}

struct walk {
    struct bench *bench;
    const char *table; /* whose cell is read; NULL: none */
    size_t n_texts, capacity_texts;
    const char **texts;              /* the planner's own: blanked before reading */
    size_t numbers, digits, noticed; /* read; changed one by one, and how many of those were seen */
};

__attribute__((unused)) static void blank(const struct walk *walk, char *text)
{
    for (size_t i = 0; i < walk->n_texts; i++) {
        size_t n = strlen(walk->texts[i]);
        for (char *at = strstr(text, walk->texts[i]); at != NULL; at = strstr(at, walk->texts[i])) {
            memset(at, '_', n);
        }
    }
}

/* A digit that is changed makes another number: is that one missed? */
__attribute__((unused)) static void mutate(struct walk *walk, const struct numbers *known, const char *token)
{
    size_t n = strcspn(token, "/");
    for (size_t i = 0; i < n; i++) {
        char other[TOKEN];
        strcpy(other, token);
        if (isdigit((unsigned char)other[i])) {
            other[i] = (char)('0' + (other[i] - '0' + 3) % 10);
            walk->digits++;
            walk->noticed += !has(known, other);
        }
    }
}

__attribute__((unused)) static void read_text(struct walk *walk, const struct numbers *known, const char *text)
{
    char decimal = walk->bench->language->decimal, token[TOKEN];
    char *own = strdup(text);
    const char *at = own, *from;
    blank(walk, own);
    while (next(&at, decimal, token, &from)) {
        join(&at, decimal, token);
        walk->numbers++;
        if (!has(known, token)) {
            fail_msg("%s is in no table: %s%s%s", token, text,
                     walk->table != NULL ? ", of the table " : "",
                     walk->table != NULL ? walk->table : "");
        }
        mutate(walk, known, token);
    }
    free(own);
}

#endif
