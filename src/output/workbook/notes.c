#include <string.h>

#include "output/workbook/book.h"

const char *pt_book_note(const char *table, const char *column)
{
    static const struct {
        const char *table, *column, *note;
    } notes[] = {
#define PT_BOOK_NOTE(table, column, note) { #table, #column, note },
#include "output/workbook/notes.def"
#undef PT_BOOK_NOTE
    };

    for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
        if (strcmp(notes[i].table, table) == 0 && strcmp(notes[i].column, column) == 0) {
            return notes[i].note;
        }
    }
    return NULL;
}
