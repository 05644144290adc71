/* Putting a finished folder in the place of another. */
#ifndef PT_OUTPUT_SWAP_H
#define PT_OUTPUT_SWAP_H

#include <stdbool.h>

/* Makes `work` the folder `final`. Afterwards what was there stands at `work` or, on file systems
 * that cannot exchange, at `aside`, which must not exist before; the caller removes both. `exchange`
 * false: does as if the file system could not. 0, or what errno said: then nothing has changed. */
int pt_swap(const char *work, const char *final, const char *aside, bool exchange);

/* After a run that was killed in the middle of such a swap: puts `aside` back where there is no
 * `final`, or an empty one. */
void pt_swap_recover(const char *final, const char *aside);

#endif
