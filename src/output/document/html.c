/* A document as one HTML page. */
#include "output/document/html.h"

#include <string.h>

/* ------------------------------------------------------------------ contents */

/* Titles of sections, two levels of them: more is no overview. */
#define CONTENTS_LEVELS 2

static bool has_titled(const struct pt_block *block)
{
    for (size_t i = 0; i < block->n_children; i++) {
        const struct pt_block *child = block->children[i];
        if (child->kind == PT_BLOCK_SECTION && (child->title != NULL || has_titled(child))) {
            return true;
        }
    }
    return false;
}

static void write_contents(struct pt_page *page, const struct pt_block *block, size_t levels)
{
    for (size_t i = 0; i < block->n_children; i++) {
        const struct pt_block *child = block->children[i];
        if (child->kind != PT_BLOCK_SECTION) {
            continue;
        }
        if (child->title == NULL) {
            write_contents(page, child, levels);
            continue;
        }
        pt_buffer_printf(page->out, "<li><a href=\"#%s\">", child->id);
        pt_html_text(page->out, child->title);
        pt_buffer_text(page->out, "</a>");
        if (levels > 1 && has_titled(child)) {
            pt_buffer_text(page->out, "\n<ul>\n");
            write_contents(page, child, levels - 1);
            pt_buffer_text(page->out, "</ul>");
        }
        pt_buffer_text(page->out, "</li>\n");
    }
}

static void write_nav(struct pt_page *page)
{
    if (!has_titled(page->document->body)) {
        return;
    }
    pt_buffer_text(page->out, "<nav aria-labelledby=\"page_contents\">\n"
                              "<h2 id=\"page_contents\">");
    pt_html_say(page, PT_N("Contents"));
    pt_buffer_text(page->out, "</h2>\n<ul>\n");
    write_contents(page, page->document->body, CONTENTS_LEVELS);
    pt_buffer_text(page->out, "</ul>\n</nav>\n");
}

/* ------------------------------------------------------------------ blocks */

static enum pt_status write_blocks(struct pt_page *page, const struct pt_block *parent,
                                   unsigned level, struct pt_error *err);

static enum pt_status write_section(struct pt_page *page, const struct pt_block *block,
                                    unsigned level, struct pt_error *err)
{
    if (block->title == NULL) {
        return write_blocks(page, block, level, err);
    }
    unsigned shown = level < 6 ? level : 6;
    /* a landmark for each part of the note, not for each part of a part */
    if (level == 2) {
        pt_buffer_printf(page->out, "<section aria-labelledby=\"%s\">\n", block->id);
    } else {
        pt_buffer_text(page->out, "<section>\n");
    }
    pt_buffer_printf(page->out, "<h%u id=\"%s\">", shown, block->id);
    pt_html_text(page->out, block->title);
    pt_buffer_printf(page->out, "</h%u>\n", shown);
    enum pt_status status = write_blocks(page, block, level + 1, err);
    pt_buffer_text(page->out, "</section>\n");
    return status;
}

static enum pt_status write_wrapped(struct pt_page *page, const char *tag,
                                    const struct pt_block *block, unsigned level,
                                    struct pt_error *err)
{
    pt_buffer_printf(page->out, "<%s>", tag);
    pt_html_spans(page, block);
    pt_buffer_text(page->out, block->n_children > 0 ? "\n" : "");
    enum pt_status status = write_blocks(page, block, level, err);
    pt_buffer_printf(page->out, "</%s>\n", tag);
    return status;
}

static enum pt_status write_block(struct pt_page *page, const struct pt_block *block,
                                  unsigned level, struct pt_error *err)
{
    switch (block->kind) {
    case PT_BLOCK_SECTION:
        return write_section(page, block, level, err);
    case PT_BLOCK_PARAGRAPH:
        return write_wrapped(page, "p", block, level, err);
    case PT_BLOCK_LIST:
        return write_wrapped(page, "ul", block, level, err);
    case PT_BLOCK_ITEM:
        return write_wrapped(page, "li", block, level, err);
    case PT_BLOCK_TABLE:
        return pt_html_table(page, block->title, block->table, err);
    case PT_BLOCK_FIGURE:
        return pt_html_figure(page, block, err);
    }
    return PT_OK;
}

static enum pt_status write_blocks(struct pt_page *page, const struct pt_block *parent,
                                   unsigned level, struct pt_error *err)
{
    enum pt_status status = PT_OK;
    for (size_t i = 0; status == PT_OK && i < parent->n_children; i++) {
        status = write_block(page, parent->children[i], level, err);
    }
    return status;
}

/* ------------------------------------------------------------------ page */

static void write_head(struct pt_page *page)
{
    pt_buffer_printf(page->out,
                     "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                     "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                     "<meta name=\"color-scheme\" content=\"light dark\">\n"
                     "<meta name=\"generator\" content=\"paritet %s\">\n<title>",
                     page->language->code, PT_VERSION);
    pt_html_attribute(page->out, page->document->title);
    pt_buffer_printf(page->out, "</title>\n<style>\n%s</style>\n</head>\n", pt_page_css);
}

static enum pt_status write_body(struct pt_page *page, struct pt_error *err)
{
    pt_buffer_text(page->out, "<body>\n<a class=\"skip\" href=\"#page_main\">");
    pt_html_say(page, PT_N("Skip to the content"));
    pt_buffer_text(page->out, "</a>\n<header>\n<h1>");
    pt_html_text(page->out, page->document->title);
    pt_buffer_text(page->out, "</h1>\n</header>\n");
    write_nav(page);
    pt_buffer_text(page->out, "<main id=\"page_main\" tabindex=\"-1\">\n");
    enum pt_status status = write_blocks(page, page->document->body, 2, err);
    if (page->n_figures > 0) {
        pt_buffer_text(page->out, "<p class=\"paper\">");
        pt_html_say(page, PT_N("On paper the numbers behind each picture are left out; they are in "
                               "report.html and in the files beside it."));
        pt_buffer_text(page->out, "</p>\n");
    }
    pt_buffer_text(page->out, "</main>\n</body>\n</html>\n");
    return status;
}

enum pt_status pt_document_html(const struct pt_document *document, const char *folder,
                                struct pt_buffer *out, struct pt_error *err)
{
    struct pt_page page = {
        .document = document,
        .language = document->language != NULL ? document->language : &pt_language_english,
        .folder = folder,
        .out = out,
        .arena = pt_arena_new(),
    };
    if (page.arena == NULL) {
        return PT_RAISE_NOMEM(err);
    }
    write_head(&page);
    enum pt_status status = write_body(&page, err);
    pt_arena_free(page.arena);
    return status == PT_OK && out->failed ? PT_RAISE_NOMEM(err) : status;
}
