/* What a person did in a report folder outlives the next run. */
#ifndef PT_OUTPUT_KEEP_H
#define PT_OUTPUT_KEEP_H

#include "output/folder/manifest.h"
#include "output/folder/tree.h"

/* Brings into the folder `work` what is in the folder `old` and was not made by paritet: files of
 * the user's own under their names, files of `manifest` that were changed since as NAME.mine, with
 * a notice that calls the folder `shown`. */
enum pt_status pt_keep(struct pt_arena *arena, const char *old, const struct pt_manifest *manifest,
                       const char *work, const char *shown, struct pt_diagnostics *list,
                       struct pt_error *err);

#endif
