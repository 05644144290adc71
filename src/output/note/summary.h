/* Sentences of the summary; private to the note. */
#ifndef PT_OUTPUT_NOTE_SUMMARY_H
#define PT_OUTPUT_NOTE_SUMMARY_H

#include "output/note/note.h"

/* Which parity is nearest and which is farthest off, with their chances. */
void pt_note_say_years(struct pt_note *note);
/* What the scenarios change at most; of a run without any, how well the method has known its past. */
void pt_note_say_gain(struct pt_note *note);

#endif
