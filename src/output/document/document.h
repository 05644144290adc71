/* Writing documents (see output.h); private to output.
 *
 * Blocks are opened, filled from the front to the back, and closed. Out of memory sets `failed` and
 * later calls do nothing, so that only the end needs a check. */
#ifndef PT_OUTPUT_DOCUMENT_H
#define PT_OUTPUT_DOCUMENT_H

#include <paritet/output.h>

#define PT_WRITING_DEPTH 12

struct pt_writing {
    struct pt_document *document;
    const struct pt_language *language;
    struct pt_arena *arena;
    size_t depth;
    struct pt_block *open[PT_WRITING_DEPTH]; /* [depth + 1]; [0] is the body */
    bool failed;
};
/* Begins a document; title is copied, as every text below. */
void pt_writing_start(struct pt_writing *w, struct pt_document *document,
                      const struct pt_language *language, const char *title,
                      struct pt_arena *arena);
/* PT_ENOMEM where something failed. Every block has been closed. */
enum pt_status pt_writing_end(struct pt_writing *w, struct pt_error *err);

/* Blocks with others in them; each wants a pt_close. The id of a section gets a number where another
 * has it already; it is made from any text by pt_slug. */
void pt_open_section(struct pt_writing *w, const char *id, const char *title);
void pt_open_list(struct pt_writing *w);
void pt_open_item(struct pt_writing *w);
void pt_open_paragraph(struct pt_writing *w);
void pt_open_figure(struct pt_writing *w, const char *slug, const char *title, const char *alt);
void pt_close(struct pt_writing *w);

/* Spans of the paragraph or item that is open. Nothing is added between them. */
void pt_add_span(struct pt_writing *w, enum pt_span_style style, const char *text);
void pt_say_standing(struct pt_writing *w, enum pt_standing_word word); /* sign and word */
/* Translates a format and adds it as a plain span: pt_say(w, PT_N("%d points"), 4). */
void pt_say(struct pt_writing *w, const char *format, ...) PT_PRINTF(2, 3);
/* Adds what a buffer holds as a plain span, its first letter raised on request, and empties it. */
void pt_add_buffer(struct pt_writing *w, struct pt_buffer *buffer, bool raise);

/* Whole blocks. */
void pt_add_paragraph(struct pt_writing *w, const char *text);
void pt_say_paragraph(struct pt_writing *w, const char *format, ...) PT_PRINTF(2, 3);
void pt_say_item(struct pt_writing *w, const char *format, ...) PT_PRINTF(2, 3);
/* The table has to live as long as the arena. One without rows is left out. */
void pt_put_table(struct pt_writing *w, const char *title, const struct pt_table *table);

#endif
