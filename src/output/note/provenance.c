/* What the note was made from: enough to make it again. */
#include <string.h>

#include "output/note/note.h"

/* Options that change where an answer goes, or how fast it comes, but nothing in it: the note of equal
 * inputs has equal bytes. `takes`: the value is the next argument. */
static const struct {
    const char *name;
    bool takes;
} elsewhere[] = {
    { "-o", true },      { "--output", true },   { "--threads", true }, { "--no-plots", false },
    { "-q", false },     { "--quiet", false },   { "-v", false },       { "--verbose", false },
    { "--color", true }, { "--sandbox", false },
};

/* How many arguments from `at` on are left out: "-o X", "-oX", "--output X", "--output=X", and what
 * argp takes as short for it, "--outp X". */
static size_t left_out(const struct pt_provenance *from, size_t at)
{
    const char *argument = from->arguments[at];
    size_t length = strcspn(argument, "=");
    bool is_long = strncmp(argument, "--", 2) == 0;
    for (size_t i = 0; i < sizeof elsewhere / sizeof *elsewhere; i++) {
        const char *name = elsewhere[i].name;
        if (is_long && length > 4 && strncmp(argument, name, length) == 0) {
            return argument[length] == '\0' && elsewhere[i].takes ? 2 : 1;
        }
        if (!is_long && name[1] != '-' && strncmp(argument, name, 2) == 0) {
            return argument[2] == '\0' && elsewhere[i].takes ? 2 : 1;
        }
    }
    return 0;
}

static void say_command(struct pt_note *note)
{
    const struct pt_provenance *from = note->provenance;
    struct pt_buffer line = { 0 };
    pt_buffer_text(&line, "paritet");
    for (size_t i = 1; i < from->n_arguments;) {
        size_t skip = left_out(from, i);
        if (skip == 0) {
            pt_buffer_printf(&line, " %s", from->arguments[i]);
        }
        i += skip > 0 ? skip : 1;
    }
    pt_open_item(&note->w);
    pt_say(&note->w, PT_N("Command: "));
    pt_add_span(&note->w, PT_SPAN_CODE, line.bytes);
    pt_close(&note->w);
    note->w.failed |= line.failed;
    pt_buffer_free(&line);
}

/* A scenario that several are built on is read for each of them. */
static bool is_named(const struct pt_provenance *from, size_t at)
{
    for (size_t i = 0; i < at; i++) {
        if (strcmp(from->input_paths[i], from->input_paths[at]) == 0) {
            return true;
        }
    }
    return false;
}

static void say_inputs(struct pt_note *note)
{
    const struct pt_provenance *from = note->provenance;
    if (from->n_inputs == 0) {
        return;
    }
    pt_open_item(&note->w);
    pt_say(&note->w, PT_N("Files, with their SHA-256:"));
    pt_open_list(&note->w);
    for (size_t i = 0; i < from->n_inputs; i++) {
        if (is_named(from, i)) {
            continue;
        }
        pt_open_item(&note->w);
        pt_add_span(&note->w, PT_SPAN_CODE, from->input_paths[i]);
        pt_add_span(&note->w, PT_SPAN_PLAIN, ": ");
        pt_add_span(&note->w, PT_SPAN_CODE, from->input_sha256[i]);
        pt_close(&note->w);
    }
    pt_close(&note->w);
    pt_close(&note->w);
}

static enum pt_status write(struct pt_note *note, struct pt_error *err)
{
    (void)err;
    const struct pt_provenance *from = note->provenance;
    if (from == NULL) {
        return PT_OK;
    }
    pt_open_section(&note->w, "provenance", pt_translate(note->language, PT_N("Made from")));
    pt_open_list(&note->w);
    pt_say_item(&note->w, PT_N("paritet %s, seed %zu, %zu futures, horizon %d"), from->version,
                (size_t)from->seed, (size_t)from->draws, from->horizon);
    say_command(note);
    say_inputs(note);
    pt_close(&note->w);
    pt_close(&note->w);
    return PT_OK;
}

const struct pt_note_part pt_note_part_provenance = { .name = "provenance", .write = write };
