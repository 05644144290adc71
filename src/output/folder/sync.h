/* Making sure that bytes are on the disk. */
#ifndef PT_OUTPUT_SYNC_H
#define PT_OUTPUT_SYNC_H

#include <stdbool.h>
#include <stddef.h>

/* Writes all bytes, syncs where asked, and closes. 0, or what errno said. */
int pt_descriptor_fill(int descriptor, const void *bytes, size_t n, bool sync);
/* Syncs a file or folder as far as the file system lets us: what was renamed stays renamed whether
 * or not this works. */
void pt_sync_path(const char *path);

#endif
