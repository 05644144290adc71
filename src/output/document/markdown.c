/* A document as GitHub's Markdown. */
#include <string.h>

#include <paritet/output.h>

struct page {
    const struct pt_document *document;
    const struct pt_writer *tables;
    struct pt_buffer *out;
};

static void write_spans(const struct page *page, const struct pt_block *block)
{
    for (size_t i = 0; i < block->n_spans; i++) {
        const struct pt_span *span = &block->spans[i];
        const char *mark = span->style == PT_SPAN_STRONG     ? "**"
                           : span->style == PT_SPAN_STANDING ? "**"
                                                             : "";
        pt_buffer_text(page->out, mark);
        if (span->style == PT_SPAN_STANDING) {
            pt_buffer_printf(page->out, "%s ", pt_standing_sign(span->standing));
        }
        pt_buffer_markdown(page->out, span->text);
        pt_buffer_text(page->out, mark);
    }
}

static void write_blocks(const struct page *page, const struct pt_block *parent, size_t level,
                         size_t indent);

static void write_list(const struct page *page, const struct pt_block *list, size_t level,
                       size_t indent)
{
    for (size_t i = 0; i < list->n_children; i++) {
        const struct pt_block *item = list->children[i];
        pt_buffer_printf(page->out, "%*s- ", (int)indent, "");
        write_spans(page, item);
        pt_buffer_text(page->out, "\n");
        for (size_t k = 0; k < item->n_children; k++) {
            write_list(page, item->children[k], level, indent + 2);
        }
    }
    pt_buffer_text(page->out, indent == 0 ? "\n" : "");
}

static void write_table(const struct page *page, const struct pt_block *block)
{
    if (block->table->n_rows == 0) {
        return;
    }
    const struct pt_writer_options options = { .language = page->document->language };
    if (block->title != NULL) {
        pt_buffer_text(page->out, "**");
        pt_buffer_markdown(page->out, block->title);
        pt_buffer_text(page->out, "**\n\n");
    }
    page->tables->write(block->table, &options, page->out);
    pt_buffer_text(page->out, "\n");
}

/* The table behind it is in the page and the files. */
static void write_figure(const struct page *page, const struct pt_block *block)
{
    for (size_t i = 0; page->document->tables_alone && i < block->n_children; i++) {
        write_table(page, block->children[i]);
    }
    if (page->document->tables_alone) {
        return;
    }
    pt_buffer_text(page->out, "![");
    pt_buffer_markdown(page->out, block->alt);
    pt_buffer_printf(page->out, "](plots/%s.png)\n\n", block->slug);
}

static void write_blocks(const struct page *page, const struct pt_block *parent, size_t level,
                         size_t indent)
{
    for (size_t i = 0; i < parent->n_children; i++) {
        const struct pt_block *block = parent->children[i];
        switch (block->kind) {
        case PT_BLOCK_SECTION:
            if (block->title != NULL) {
                pt_buffer_printf(page->out, "%.*s ", (int)level, "######");
                pt_buffer_markdown(page->out, block->title);
                pt_buffer_text(page->out, "\n\n");
            }
            write_blocks(page, block, level + (block->title != NULL), indent);
            break;
        case PT_BLOCK_PARAGRAPH:
        case PT_BLOCK_ITEM:
            write_spans(page, block);
            pt_buffer_text(page->out, "\n\n");
            break;
        case PT_BLOCK_LIST:
            write_list(page, block, level, indent);
            break;
        case PT_BLOCK_TABLE:
            write_table(page, block);
            break;
        case PT_BLOCK_FIGURE:
            write_figure(page, block);
            break;
        }
    }
}

void pt_document_markdown(const struct pt_document *document, struct pt_buffer *out)
{
    const struct page page = { document, pt_writer_find("markdown"), out };
    pt_buffer_text(out, "# ");
    pt_buffer_markdown(out, document->title);
    pt_buffer_text(out, "\n\n");
    write_blocks(&page, document->body, 2, 0);
}
