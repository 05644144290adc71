/* The insides of a report folder in the making. */
#ifndef PT_OUTPUT_FOLDER_H
#define PT_OUTPUT_FOLDER_H

#include <sys/types.h>

#include <paritet/output.h>

#include "output/folder/manifest.h"

/* The folder is built as PARENT/.NAME.paritet-PID-N, locked while we live: one without a lock is
 * the rest of a run that was killed. Who looks for such rests or swaps holds a lock on PARENT. */
struct pt_folder {
    struct pt_arena *arena;
    const char *shown;  /* as the user typed it */
    const char *final;  /* the folder meant, links followed */
    char *parent;       /* it stands in this one */
    const char *prefix; /* .NAME.paritet- */
    const char *aside;  /* where the old folder waits if the two cannot be exchanged */
    const char *work;   /* NULL: not made yet */
    const char *made;   /* first of the parents we had to make, or NULL */
    mode_t mode;        /* of a new folder; until it is whole, it is its maker's alone */
    int lock;           /* on work; -1: none */
};

/* A lock on a folder, or -1 where it has none to give (some network file systems), or errno EINTR:
 * a signal came while another run held it. */
int pt_folder_lock(const char *path, int how);
void pt_folder_unlock(int descriptor);

/* Refuses what is not ours to replace. *exists: the folder is there; the manifest is empty where
 * it holds nothing. */
enum pt_status pt_folder_look(const struct pt_folder *folder, bool *exists,
                              struct pt_manifest *manifest, struct pt_error *err);

/* Removes the parents we made, from the inside out, as far as they are empty; the last that is done to
 * a folder, whose parent then is another. */
void pt_folder_unmake_parents(const struct pt_folder *folder);

#endif
