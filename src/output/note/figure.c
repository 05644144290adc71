/* A picture with what it shows, and the numbers behind it. */
#include <string.h>

#include "output/note/note.h"

/* What it shows: the picture's own words, else what it is and of what; so too where a paragraph beside
 * it says those words already. */
static void say_shown(struct pt_note *note, const struct pt_picture *picture, const char *caption,
                      struct pt_buffer *alt)
{
    bool is_said = strcmp(picture->kind->name, "decomposition") == 0;
    if (picture->kind->say != NULL && !is_said) {
        picture->kind->say(note->facts, picture->at, note->language, alt);
    }
    if (alt->n == 0) {
        pt_buffer_text(alt, caption);
    }
    note->w.failed |= alt->failed;
}

enum pt_status pt_note_figure(struct pt_note *note, const char *kind, size_t at, const char *title,
                              const struct pt_table *behind, struct pt_error *err)
{
    const struct pt_picture *picture = pt_picture_of(note->pictures, kind, at);
    if (picture == NULL) {
        return PT_OK;
    }
    const struct pt_table *table = behind;
    if (picture->kind->table != NULL) {
        struct pt_table *own = PT_NEW(note->arena, struct pt_table, 1);
        enum pt_status status = own == NULL
                                    ? PT_RAISE_NOMEM(err)
                                    : picture->kind->table(note->facts, at, note->arena, own, err);
        if (status != PT_OK) {
            return status;
        }
        table = pt_note_table_of(note, own, (struct pt_note_rows){ 0 });
    }
    struct pt_buffer caption = { 0 }, alt = { 0 };
    pt_buffer_printf(&caption, "%s: %s", title, pt_translate(note->language, picture->kind->title));
    say_shown(note, picture, caption.bytes != NULL ? caption.bytes : "", &alt);
    pt_open_figure(&note->w, picture->slug, caption.bytes, alt.bytes);
    if (table != NULL) {
        pt_put_table(&note->w, pt_translate(note->language, table->title), table);
    }
    pt_close(&note->w);
    note->w.failed |= caption.failed;
    pt_buffer_free(&caption);
    pt_buffer_free(&alt);
    return PT_OK;
}
