/* Work in a process of its own. */
#ifndef PT_OUTPUT_APART_H
#define PT_OUTPUT_APART_H

/* Runs work in a child, which ends with what it returns (0 to 255): whatever it does to its memory or
 * breaks on is gone with it. It must not start threads; files that the caller has open are closed to it,
 * and it has no standard error. *code: what work returned, or -1 where it came to no end; then *signal
 * is what killed it, or 0 where that cannot be told. 0, or what errno said: then there was no child. */
int pt_apart(int (*work)(void *data), void *data, int *code, int *signal);

#endif
