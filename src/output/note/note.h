/* The parts of the note (see output.h); private to output.
 *
 * One file for each part, all shaped alike: it opens its sections, says what it has to say, and closes
 * them. A part that has nothing to say leaves nothing behind. */
#ifndef PT_OUTPUT_NOTE_H
#define PT_OUTPUT_NOTE_H

#include <paritet/output.h>

#include "output/document/document.h"

struct pt_note {
    const struct pt_facts *facts;
    const struct pt_run *run;
    const struct pt_pictures *pictures;
    const struct pt_provenance *provenance;
    const struct pt_language *language;
    struct pt_arena *arena;
    struct pt_writing w;
};

/* A part: a card. Listed in parts.def in the order in which they are read. */
struct pt_note_part {
    const char *name;
    enum pt_status (*write)(struct pt_note *note, struct pt_error *err);
};
#define PT_NOTE_PART(name) extern const struct pt_note_part pt_note_part_##name;
#include "output/note/parts.def"
#undef PT_NOTE_PART

/* ------------------------------------------------------------------ words */

/* The title of an indicator with its place; of the model where the subject has none. In the arena,
 * never NULL: out of memory sets note->w.failed. */
const char *pt_note_title(struct pt_note *note, const struct pt_indicator *indicator,
                          const char *place);
/* Titles in place of ids, or the id where there is none. */
const char *pt_note_group(const struct pt_note *note, const char *id);
const char *pt_note_scenario(const struct pt_note *note, const char *id);
/* The unit of an indicator's own figure, and of differences between figures. */
const char *pt_note_unit(const struct pt_note *note, const struct pt_indicator *indicator);
const char *pt_note_points(const struct pt_note *note, const struct pt_indicator *indicator);

/* ------------------------------------------------------------------ tables */

/* Which rows of a table are shown; what is one for all of them loses its column. */
struct pt_note_rows {
    const char *indicator; /* NULL: of all */
    const char *place;     /* with indicator */
    bool baseline;         /* only of the baseline */
    bool some_years;       /* of a row for each year only every fifth, the first and the last */
};
/* A table of the facts (by its name; people's form) as readers of the note see it: titles in place of
 * ids, and no column that is empty. Without rows where there are none. */
const struct pt_table *pt_note_table(struct pt_note *note, const char *name,
                                     struct pt_note_rows rows);
/* The same of a table that is not of the facts, such as one of a picture's. */
const struct pt_table *pt_note_table_of(struct pt_note *note, const struct pt_table *table,
                                        struct pt_note_rows rows);

/* A table of two columns in the making: what, and how much. */
#define PT_NOTE_KEYS 16
struct pt_note_keys {
    size_t n;
    struct pt_cell cells[PT_NOTE_KEYS][2];
};
/* An empty cell adds no row. */
void pt_note_key(struct pt_note *note, struct pt_note_keys *keys, const char *what,
                 struct pt_cell cell);
const struct pt_table *pt_note_keys_table(struct pt_note *note, const struct pt_note_keys *keys);

/* ------------------------------------------------------------------ pictures */

/* The picture of a kind by its name, with what it shows and the table behind it: the picture's own, or
 * `behind`. Nothing where there is none. title: what it is of. */
enum pt_status pt_note_figure(struct pt_note *note, const char *kind, size_t at, const char *title,
                              const struct pt_table *behind, struct pt_error *err);

/* ------------------------------------------------------------------ what parts share */

/* Where an indicator stands at a place; NULL: not known. */
const struct pt_standing *pt_note_standing(const struct pt_note *note,
                                           const struct pt_indicator *indicator, const char *place);
/* The section of one indicator: with a projection and its place in the charts, or without. One of
 * several places bears the place's name, and leaves to others what is the same at all of them. */
enum pt_status pt_note_indicator(struct pt_note *note, const struct pt_projection *projection,
                                 size_t at, bool among_places, struct pt_error *err);
void pt_note_without(struct pt_note *note, const struct pt_indicator *indicator, const char *place);
/* What the planner notes of it. */
void pt_note_words(struct pt_note *note, const struct pt_indicator *indicator);
/* What both groups did; what the method would have said, and the status in earlier years. */
void pt_note_groups(struct pt_note *note, const struct pt_projection *projection, size_t at);
enum pt_status pt_note_past(struct pt_note *note, const struct pt_projection *projection, size_t at,
                            const char *title, struct pt_note_rows rows, struct pt_error *err);
/* Its table of a few figures: of where it stands (NULL: not known), and of the chart (SIZE_MAX: there
 * is none). */
const struct pt_table *pt_note_figures(struct pt_note *note, const struct pt_standing *standing,
                                       size_t at);

#endif
