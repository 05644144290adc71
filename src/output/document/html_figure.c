#include <errno.h>
#include <stdio.h>
#include <string.h>

#include "output/document/html.h"
#include "output/document/svg.h"

static enum pt_status read_picture(const char *path, struct pt_buffer *bytes, struct pt_error *err)
{
    FILE *file = fopen(path, "rbe");
    if (file == NULL) {
        return PT_RAISE(err, PT_EOPEN, pt_doing_format(PT_DOING_OPEN, errno), path,
                        strerror(errno));
    }
    char piece[16384];
    size_t n;
    while ((n = fread(piece, 1, sizeof piece, file)) > 0) {
        pt_buffer_add(bytes, piece, n);
    }
    int code = ferror(file) ? errno : 0;
    fclose(file);
    if (code != 0) {
        return PT_RAISE(err, PT_EOPEN, pt_doing_format(PT_DOING_READ, code), path, strerror(code));
    }
    return bytes->failed ? PT_RAISE_NOMEM(err) : PT_OK;
}

/* The picture becomes part of the page, under its name and with what it shows. */
static enum pt_status write_picture(struct pt_page *page, const struct pt_block *block,
                                    const struct pt_buffer *bytes, const char *path,
                                    struct pt_error *err)
{
    bool broken;
    struct pt_svg_node *svg = pt_svg_read(bytes->bytes, bytes->n, page->arena, &broken);
    if (svg == NULL) {
        return broken ? PT_RAISE(err, PT_EPLOT, "'%s' is not a picture that gnuplot drew", path)
                      : PT_RAISE_NOMEM(err);
    }
    const char *name = block->title != NULL ? block->title : block->alt;
    bool says_more = block->alt != NULL && name != block->alt && strcmp(name, block->alt) != 0;
    struct pt_buffer opening = { 0 };
    pt_buffer_printf(&opening, "<title id=\"f%zu_title\">", page->n_figures);
    pt_html_attribute(&opening, name != NULL ? name : block->slug);
    pt_buffer_text(&opening, "</title>");
    if (says_more) {
        pt_buffer_printf(&opening, "<desc id=\"f%zu_desc\">", page->n_figures);
        pt_html_attribute(&opening, block->alt);
        pt_buffer_text(&opening, "</desc>");
    }
    char prefix[40], attributes[120];
    snprintf(prefix, sizeof prefix, "f%zu_", page->n_figures);
    snprintf(attributes, sizeof attributes, "role=\"img\" aria-labelledby=\"%stitle%s%s%s\"",
             prefix, says_more ? " " : "", says_more ? prefix : "", says_more ? "desc" : "");
    page->out->failed |= opening.failed;
    if (!opening.failed) {
        pt_svg_write(svg, prefix, attributes, opening.bytes, page->out);
    }
    pt_buffer_free(&opening);
    return PT_OK;
}

static enum pt_status write_tables(struct pt_page *page, const struct pt_block *block,
                                   const char *caption, struct pt_error *err)
{
    enum pt_status status = PT_OK;
    for (size_t i = 0; status == PT_OK && i < block->n_children; i++) {
        const struct pt_block *child = block->children[i];
        if (child->kind == PT_BLOCK_TABLE) {
            status = pt_html_table(page, child->title != NULL ? child->title : caption,
                                   child->table, err);
        }
    }
    return status;
}

static enum pt_status write_figure(struct pt_page *page, const struct pt_block *block,
                                   const struct pt_buffer *bytes, const char *path,
                                   struct pt_error *err)
{
    page->n_figures++;
    pt_buffer_printf(page->out,
                     "<figure aria-labelledby=\"f%zu_title\">\n"
                     "<div class=\"picture scroll\" tabindex=\"0\">",
                     page->n_figures);
    enum pt_status status = write_picture(page, block, bytes, path, err);
    pt_buffer_text(page->out, "</div>\n");
    if (block->title != NULL) {
        pt_buffer_text(page->out, "<figcaption>");
        pt_html_text(page->out, block->title);
        pt_buffer_text(page->out, "</figcaption>\n");
    }
    if (status == PT_OK && block->n_children > 0) {
        pt_buffer_text(page->out, "<details><summary>");
        pt_html_say(page, PT_N("The numbers in the picture"));
        pt_buffer_text(page->out, "</summary>\n");
        status = write_tables(page, block, NULL, err);
        pt_buffer_text(page->out, "</details>\n");
    }
    pt_buffer_text(page->out, "</figure>\n");
    return status;
}

enum pt_status pt_html_figure(struct pt_page *page, const struct pt_block *block,
                              struct pt_error *err)
{
    if (page->document->tables_alone) {
        return write_tables(page, block, block->title, err);
    }
    const char *path = pt_arena_printf(page->arena, "%s/plots/%s.svg", page->folder, block->slug);
    struct pt_buffer bytes = { 0 };
    enum pt_status status = path != NULL ? read_picture(path, &bytes, err) : PT_RAISE_NOMEM(err);
    if (status == PT_OK) {
        status = write_figure(page, block, &bytes, path, err);
    }
    pt_buffer_free(&bytes);
    return status;
}
