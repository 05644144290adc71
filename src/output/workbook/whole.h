/* Whether a workbook is whole; private to this folder. */
#ifndef PT_OUTPUT_WORKBOOK_WHOLE_H
#define PT_OUTPUT_WORKBOOK_WHOLE_H

#include <stdbool.h>
#include <stddef.h>

/* 0: the bytes are a zip archive of XML parts, each of which ends with its own root. ENOSPC: they are
 * not, for the library does not look whether what it put aside on a full disk was written. ENOMEM: no
 * memory to look. */
int pt_workbook_check(const void *bytes, size_t n);

#endif
