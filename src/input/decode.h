/* Private to input: from the bytes of a file to UTF-8 text. */
#ifndef PARITET_INPUT_DECODE_H
#define PARITET_INPUT_DECODE_H

#include <paritet/input.h>

/* Turns source->text, the bytes as read, into UTF-8 without byte order mark; refuses what is no
 * text with a diagnostic and PT_EDATA (the text may then be either). `header` is a first line that
 * an empty CSV file could have had. */
enum pt_status pt_source_decode(struct pt_source *source, enum pt_source_kind kind,
                                const char *header, struct pt_diagnostics *list,
                                struct pt_error *err);

/* Controls beyond ASCII and what turns the order of a text around: nobody sees them, but they change
 * what is seen, also in a comment, and some end a line to YAML. Reports the first one; whether there
 * is one. CSV is asked when it is decoded, YAML when it is parsed, wherever its text comes from. */
bool pt_source_refuse_unseen(const struct pt_source *source, struct pt_diagnostics *list);

#endif
