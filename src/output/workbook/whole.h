/* Whether a workbook is whole; private to this folder. */
#ifndef PT_OUTPUT_WORKBOOK_WHOLE_H
#define PT_OUTPUT_WORKBOOK_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

/* Whether the bytes are a zip archive of XML parts, each of which ends with its own root. The library
 * does not look whether what it put aside on a full disk was written. */
bool pt_workbook_is_whole(const void *bytes, size_t n);

#endif
