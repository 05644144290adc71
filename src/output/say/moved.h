/* The words for what moved a gap, shared by the sentence and the picture; private to output. */
#ifndef PT_OUTPUT_MOVED_H
#define PT_OUTPUT_MOVED_H

#include <paritet/output.h>

enum pt_mover { PT_MOVER_GROUP, PT_MOVER_REFERENCE };

/* "improved by 3.2 pp", for one of the two in the last year. */
void pt_moved_print(const struct pt_decomposition *decomposition, enum pt_mover mover,
                    const struct pt_language *language, struct pt_buffer *out);

#endif
