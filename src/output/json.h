/* What every JSON that is written needs; private to output. */
#ifndef PT_OUTPUT_JSON_H
#define PT_OUTPUT_JSON_H

#include <jansson.h>

/* A JSON string of any bytes: what is not UTF-8 becomes U+FFFD. NULL: out of memory. */
json_t *pt_json_text(const char *bytes);

#endif
