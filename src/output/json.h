/* What every JSON that is written needs; private to output. */
#ifndef PT_OUTPUT_JSON_H
#define PT_OUTPUT_JSON_H

#include <jansson.h>

#include <paritet/output.h>

/* A JSON string of any bytes: what is not UTF-8 becomes U+FFFD. NULL: out of memory. */
json_t *pt_json_text(const char *bytes);

/* Reads a text, twice, for Jansson leaves out letters that it has no memory for. NULL: it is no JSON, and
 * *why says where, or *no_memory. */
json_t *pt_json_read(const char *bytes, size_t n, size_t flags, json_error_t *why, bool *no_memory);

/* Appends the text of a value (json_dumps' flags) and lets go of it; without a value, or without memory,
 * the buffer has failed. Jansson's own json_dumps leaves out a key that it has no memory for. */
void pt_json_add(struct pt_buffer *out, json_t *value, size_t flags);

#endif
