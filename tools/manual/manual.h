/* manual PAGE.in TEXTS: fills what the program knows into a page of docs/man. A line `@NAME ...` of
 * the page stands for a list made from the program's own tables, and @{NAME} inside a line for one of
 * its limits; TEXTS says of an option more than its line of help does. Whatever does not exist (a
 * command, an option, a limit) is an error, so that a page cannot outlive what it tells of. */
#ifndef PARITET_TOOLS_MANUAL_H
#define PARITET_TOOLS_MANUAL_H

#include <stddef.h>

/* "manual: ..." on standard error and exit status 1. */
void fail(const char *format, ...) __attribute__((noreturn, format(printf, 1, 2)));

/* Text on lines of its own, broken after sentences; what mdoc would take for mark-up is escaped. */
void text(const char *words);
/* The same as a sentence: with a capital and a full stop. */
void sentence(const char *words);
/* Lines of mark-up, with their limits. */
void lines(const char *marked_up);
/* Words with `, ` between them and `and` or `or` before the last. */
const char *joined(const char *const *words, size_t n, const char *last);

/* What options.c knows: head COMMAND, options COMMAND, general; and of TEXTS. */
void texts_read(const char *path);
void texts_check(void); /* every text belongs to an option there is */
void write_head(const char *arguments);
void write_options(const char *command);
void write_general(const char *none);

/* Lists of cards. */
void write_commands(const char *none);
void write_families(const char *none);
void write_kinds(const char *none);
void write_responses(const char *none);
void write_effects(const char *none);
void write_gaps(const char *none);
void write_tables(const char *none);
void write_scores(const char *none);
void write_standings(const char *none);

/* keys model|scenario: every key of a file. */
void write_keys(const char *file);

#endif
