/* manifest.json: what a report folder was made from, and what it was when it was made. */
#ifndef PT_OUTPUT_MANIFEST_H
#define PT_OUTPUT_MANIFEST_H

#include <paritet/output.h>

#define PT_MANIFEST_NAME "manifest.json"

struct pt_manifest_file {
    const char *path; /* relative to the folder */
    const char *sha256;
};

struct pt_manifest {
    size_t n;
    struct pt_manifest_file *files; /* by strcmp of path */
};

/* Reads the outputs of a manifest. 0; ENOMEM; ENOENT: there is none, or it is not one of paritet's. */
int pt_manifest_read(struct pt_arena *arena, const char *path, struct pt_manifest *manifest);
/* NULL: not listed. */
const struct pt_manifest_file *pt_manifest_find(const struct pt_manifest *manifest,
                                                const char *path);
/* The text of a manifest: the same bytes for the same facts. False: out of memory. */
bool pt_manifest_print(const struct pt_provenance *provenance, const struct pt_manifest *outputs,
                       struct pt_buffer *out);

#endif
