/* The parts of an HTML page (see pt_document_html); private to output. */
#ifndef PT_OUTPUT_HTML_H
#define PT_OUTPUT_HTML_H

#include <paritet/output.h>

struct pt_page {
    const struct pt_document *document;
    const struct pt_language *language;
    const char *folder; /* where plots/ is */
    struct pt_buffer *out;
    struct pt_arena *arena; /* of the writing alone */
    size_t n_figures, n_tables;
};

/* Appends a text so that it is nothing but text in an element: mark-up escaped, characters that
 * steer left out, and words written from right to left kept apart from those around them. */
void pt_html_text(struct pt_buffer *out, const char *text);
/* The same between the double quotes of an attribute, or in a <title>. */
void pt_html_attribute(struct pt_buffer *out, const char *text);
/* The same, of a text of the program's own, translated. */
void pt_html_say(struct pt_page *page, const char *text);

/* Spans of a block. */
void pt_html_spans(struct pt_page *page, const struct pt_block *block);
/* A table under its caption; NULL: its own title. PT_ENOMEM. */
enum pt_status pt_html_table(struct pt_page *page, const char *caption,
                             const struct pt_table *table, struct pt_error *err);
/* A figure: its picture, its caption, and the tables behind it. Without a picture only those. */
enum pt_status pt_html_figure(struct pt_page *page, const struct pt_block *block,
                              struct pt_error *err);

/* The style sheet: page.css. */
extern const char pt_page_css[];

#endif
