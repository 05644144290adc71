/* Files in the making, beside the one they will be; private to output. */
#ifndef PT_OUTPUT_FRESH_H
#define PT_OUTPUT_FRESH_H

/* A file is written as FOLDER/.NAME.PID-N.tmp, locked while we live: one without a lock is the rest
 * of a run that was killed, and is cleared away when NAME is written again. */
struct pt_fresh {
    char *path;     /* malloc'd */
    int descriptor; /* for reading and writing; -1: could not be made, errno says why */
};
struct pt_fresh pt_fresh_beside(const char *path);

#endif
