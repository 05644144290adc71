#include "output/note/note.h"

#include <string.h>

static const struct pt_note_part *const parts[] = {
#define PT_NOTE_PART(name) &pt_note_part_##name,
#include "output/note/parts.def"
#undef PT_NOTE_PART
};

enum pt_status pt_note_make(const struct pt_facts *facts, const struct pt_pictures *pictures,
                            const struct pt_provenance *provenance, const struct pt_look *look,
                            struct pt_arena *arena, struct pt_document *note, struct pt_error *err)
{
    const struct pt_language *language =
        look->language != NULL ? look->language : &pt_language_english;
    struct pt_document made;
    struct pt_note writing = { .facts = facts,
                               .run = facts->run,
                               .pictures = pictures,
                               .provenance = provenance,
                               .language = language,
                               .arena = arena };
    pt_writing_start(&writing.w, &made, language, pt_text_in(&facts->run->model->title, language),
                     arena);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        enum pt_status status = parts[i]->write(&writing, err);
        if (status != PT_OK) {
            return status;
        }
    }
    enum pt_status status = pt_writing_end(&writing.w, err);
    if (status == PT_OK) {
        *note = made;
    }
    return status;
}
