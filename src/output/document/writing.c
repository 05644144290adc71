#include "output/document/document.h"

#include <ctype.h>
#include <string.h>

static const char *copy(struct pt_writing *w, const char *text)
{
    const char *kept = text != NULL ? pt_arena_copy(w->arena, text, strlen(text)) : NULL;
    w->failed |= text != NULL && kept == NULL;
    return kept;
}

/* One more place at the end of an array in the arena. */
static void *grown(struct pt_writing *w, void *array, size_t n, size_t *capacity, size_t size)
{
    if (n < *capacity) {
        return array;
    }
    size_t more = *capacity > 0 ? 2 * *capacity : 4;
    void *larger = pt_arena_alloc(w->arena, more, size);
    if (larger == NULL) {
        w->failed = true;
        return NULL;
    }
    if (n > 0) {
        memcpy(larger, array, n * size);
    }
    *capacity = more;
    return larger;
}

static struct pt_block *add_block(struct pt_writing *w, enum pt_block_kind kind)
{
    struct pt_block *block = w->failed ? NULL : PT_NEW(w->arena, struct pt_block, 1);
    if (block == NULL) {
        w->failed = true;
        return NULL;
    }
    struct pt_block *parent = w->open[w->depth];
    struct pt_block **children = grown(w, parent->children, parent->n_children,
                                       &parent->capacity_children, sizeof *children);
    if (children == NULL) {
        return NULL;
    }
    block->kind = kind;
    parent->children = children;
    parent->children[parent->n_children++] = block;
    return block;
}

static struct pt_block *open_block(struct pt_writing *w, enum pt_block_kind kind)
{
    struct pt_block *block = w->depth + 1 < PT_WRITING_DEPTH ? add_block(w, kind) : NULL;
    if (block == NULL) {
        w->failed = true;
        return NULL;
    }
    w->open[++w->depth] = block;
    return block;
}

void pt_writing_start(struct pt_writing *w, struct pt_document *document,
                      const struct pt_language *language, const char *title, struct pt_arena *arena)
{
    *w = (struct pt_writing){ .document = document, .language = language, .arena = arena };
    *document = (struct pt_document){ .language = language,
                                      .arena = arena,
                                      .body = PT_NEW(arena, struct pt_block, 1) };
    document->title = copy(w, title);
    w->open[0] = document->body;
    w->failed |= document->body == NULL;
}

enum pt_status pt_writing_end(struct pt_writing *w, struct pt_error *err)
{
    return w->failed ? PT_RAISE_NOMEM(err) : PT_OK;
}

static bool has_id(const struct pt_block *block, const char *id)
{
    if (block->id != NULL && strcmp(block->id, id) == 0) {
        return true;
    }
    for (size_t i = 0; i < block->n_children; i++) {
        if (has_id(block->children[i], id)) {
            return true;
        }
    }
    return false;
}

/* An id that no block of the document has yet. */
static const char *unlike(struct pt_writing *w, const char *text)
{
    const char *name = pt_slug(w->arena, text), *id = name;
    for (size_t number = 2; id != NULL && has_id(w->document->body, id); number++) {
        id = pt_arena_printf(w->arena, "%s-%zu", name, number);
    }
    w->failed |= id == NULL;
    return id;
}

void pt_open_section(struct pt_writing *w, const char *id, const char *title)
{
    const char *own = w->failed ? NULL : unlike(w, id);
    struct pt_block *block = open_block(w, PT_BLOCK_SECTION);
    if (block != NULL) {
        block->id = own;
        block->title = copy(w, title);
    }
}

void pt_open_list(struct pt_writing *w)
{
    open_block(w, PT_BLOCK_LIST);
}

void pt_open_item(struct pt_writing *w)
{
    open_block(w, PT_BLOCK_ITEM);
}

void pt_open_paragraph(struct pt_writing *w)
{
    open_block(w, PT_BLOCK_PARAGRAPH);
}

void pt_open_figure(struct pt_writing *w, const char *slug, const char *title, const char *alt)
{
    struct pt_block *block = open_block(w, PT_BLOCK_FIGURE);
    if (block != NULL) {
        block->slug = copy(w, slug);
        block->title = copy(w, title);
        block->alt = copy(w, alt);
    }
}

void pt_close(struct pt_writing *w)
{
    w->depth -= w->depth > 0 && !w->failed;
}

static struct pt_span *new_span(struct pt_writing *w)
{
    struct pt_block *block = w->open[w->depth];
    struct pt_span *spans =
        w->failed ? NULL
                  : grown(w, block->spans, block->n_spans, &block->capacity_spans, sizeof *spans);
    if (spans == NULL) {
        return NULL;
    }
    block->spans = spans;
    return &block->spans[block->n_spans++];
}

void pt_add_span(struct pt_writing *w, enum pt_span_style style, const char *text)
{
    struct pt_span *span = new_span(w);
    if (span != NULL) {
        *span = (struct pt_span){ .style = style, .text = copy(w, text != NULL ? text : "") };
    }
}

void pt_say_standing(struct pt_writing *w, enum pt_standing_word word)
{
    pt_add_span(w, PT_SPAN_STANDING, pt_translate(w->language, pt_standing_name(word)));
    if (!w->failed) {
        struct pt_block *block = w->open[w->depth];
        block->spans[block->n_spans - 1].standing = word;
    }
}

/* An abbreviation at the end of a sentence ends it; three dots stay. */
static void end_once(char *text)
{
    size_t n = strlen(text);
    if (n > 2 && text[n - 1] == '.' && text[n - 2] == '.' && text[n - 3] != '.') {
        text[n - 1] = '\0';
    }
}

static void vsay(struct pt_writing *w, const char *format, va_list ap)
{
    struct pt_message message;
    char text[4096];
    pt_message_vset(&message, format, ap);
    pt_message_print(&message, w->language, text, sizeof text);
    end_once(text);
    pt_add_span(w, PT_SPAN_PLAIN, text);
}

void pt_say(struct pt_writing *w, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    vsay(w, format, ap);
    va_end(ap);
}

void pt_add_buffer(struct pt_writing *w, struct pt_buffer *buffer, bool raise)
{
    w->failed |= buffer->failed;
    if (!w->failed && buffer->n > 0) {
        if (raise) {
            buffer->bytes[0] = (char)toupper((unsigned char)buffer->bytes[0]);
        }
        pt_add_span(w, PT_SPAN_PLAIN, buffer->bytes);
    }
    pt_buffer_free(buffer);
    *buffer = (struct pt_buffer){ 0 };
}

void pt_add_paragraph(struct pt_writing *w, const char *text)
{
    pt_open_paragraph(w);
    pt_add_span(w, PT_SPAN_PLAIN, text);
    pt_close(w);
}

void pt_say_paragraph(struct pt_writing *w, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    pt_open_paragraph(w);
    vsay(w, format, ap);
    pt_close(w);
    va_end(ap);
}

void pt_say_item(struct pt_writing *w, const char *format, ...)
{
    va_list ap;
    va_start(ap, format);
    pt_open_item(w);
    vsay(w, format, ap);
    pt_close(w);
    va_end(ap);
}

void pt_put_table(struct pt_writing *w, const char *title, const struct pt_table *table)
{
    struct pt_block *block = table->n_rows > 0 ? add_block(w, PT_BLOCK_TABLE) : NULL;
    if (block != NULL) {
        block->title = copy(w, title);
        block->table = table;
    }
}
