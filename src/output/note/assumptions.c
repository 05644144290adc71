/* Every effect that is assumed, with its source and how sure it is; each programme once, whatever
 * scenarios it is in. */
#include <string.h>

#include "output/note/note.h"
#include "output/say/explain.h"

/* ------------------------------------------------------------------ lines as items of lists */

/* The level of the item that is open; 0: none is. */
struct nesting {
    struct pt_note *note;
    size_t level;
};

static void put(void *user, size_t level, const char *text, bool failed)
{
    struct nesting *nesting = user;
    struct pt_writing *w = &nesting->note->w;
    for (; nesting->level > level; nesting->level--) {
        pt_close(w);
        pt_close(w);
    }
    if (nesting->level == level) {
        pt_close(w);
    }
    for (; nesting->level < level; nesting->level++) {
        pt_open_list(w);
    }
    pt_open_item(w);
    pt_add_span(w, PT_SPAN_PLAIN, text);
    w->failed |= failed;
}

static void end(struct nesting *nesting)
{
    for (; nesting->level > 0; nesting->level--) {
        pt_close(&nesting->note->w);
        pt_close(&nesting->note->w);
    }
}

/* ------------------------------------------------------------------ each programme once */

/* Lines of one programme, to see whether another says the same. */
static void collect(void *user, size_t level, const char *text, bool failed)
{
    struct pt_buffer *out = user;
    pt_buffer_printf(out, "%zu %s\n", level, text);
    out->failed |= failed;
}

static const char *text_of(struct pt_note *note, const struct pt_scenario *scenario,
                           const struct pt_lever *first)
{
    struct pt_buffer lines = { 0 };
    const struct pt_explaining to = {
        .language = note->language, .titles = true, .put = collect, .user = &lines
    };
    pt_explain_programme(&to, note->run->model, scenario, first);
    const char *kept = lines.n > 0 ? pt_arena_copy(note->arena, lines.bytes, lines.n) : NULL;
    note->w.failed |= lines.failed || kept == NULL;
    pt_buffer_free(&lines);
    return kept != NULL ? kept : "";
}

struct programme {
    const struct pt_scenario *scenario;
    const struct pt_lever *first;
    const char *text;
};

static size_t collect_programmes(struct pt_note *note, struct programme *all)
{
    const struct pt_run *run = note->run;
    size_t n = 0;
    for (size_t s = 0; s < run->n_scenarios; s++) {
        const struct pt_scenario *scenario = run->scenarios[s];
        for (size_t i = 0; i < scenario->n_levers; i++) {
            const struct pt_lever *lever = &scenario->levers[i];
            if (i > 0 && lever->entry == scenario->levers[i - 1].entry) {
                continue;
            }
            const char *text = text_of(note, scenario, lever);
            bool known = false;
            for (size_t k = 0; k < n; k++) {
                known |= strcmp(all[k].first->id, lever->id) == 0 && strcmp(all[k].text, text) == 0;
            }
            if (!known) {
                all[n++] = (struct programme){ scenario, lever, text };
            }
        }
    }
    return n;
}

static void write_programmes(struct pt_note *note)
{
    const struct pt_run *run = note->run;
    size_t most = 0;
    for (size_t s = 0; s < run->n_scenarios; s++) {
        most += run->scenarios[s]->n_levers;
    }
    struct programme *all = PT_NEW(note->arena, struct programme, most + 1);
    struct nesting nesting = { note, 0 };
    const struct pt_explaining lines = {
        .language = note->language, .titles = true, .put = put, .user = &nesting
    };
    if (all == NULL) {
        note->w.failed = true;
        return;
    }
    size_t n = collect_programmes(note, all);
    for (int rank = 0; rank <= PT_DOUBT_MOST; rank++) {
        for (size_t i = 0; i < n; i++) {
            if (pt_lever_doubt(all[i].first) == rank) {
                pt_explain_programme(&lines, run->model, all[i].scenario, all[i].first);
            }
        }
    }
    end(&nesting);
}

/* ------------------------------------------------------------------ what each scenario is made of */

static void say_members(struct pt_note *note, const struct pt_scenario *scenario)
{
    struct pt_buffer names = { 0 };
    for (size_t i = 0; i < scenario->n_levers; i++) {
        const struct pt_lever *lever = &scenario->levers[i];
        if (i == 0 || lever->entry != scenario->levers[i - 1].entry) {
            const char *title = pt_text_in(&lever->title, note->language);
            pt_buffer_printf(&names, "%s'%s'", names.n > 0 ? ", " : "",
                             title[0] != '\0' ? title : lever->id);
        }
    }
    pt_add_span(&note->w, PT_SPAN_STRONG, pt_note_scenario(note, scenario->id));
    if (names.n > 0 || names.failed) {
        pt_add_span(&note->w, PT_SPAN_PLAIN, ": ");
        pt_add_buffer(&note->w, &names, false);
    }
}

static void write_scenarios(struct pt_note *note)
{
    pt_open_list(&note->w);
    for (size_t s = 0; s < note->run->n_scenarios; s++) {
        const struct pt_scenario *scenario = note->run->scenarios[s];
        struct nesting nesting = { note, 0 };
        const struct pt_explaining lines = {
            .language = note->language, .titles = true, .put = put, .user = &nesting
        };
        pt_open_item(&note->w);
        say_members(note, scenario);
        pt_explain_base(&lines, scenario);
        pt_explain_rest(&lines, note->run->model, scenario);
        end(&nesting);
        pt_close(&note->w);
    }
    pt_close(&note->w);
}

static enum pt_status write(struct pt_note *note, struct pt_error *err)
{
    (void)err;
    const struct pt_run *run = note->run;
    struct nesting nesting = { note, 0 };
    const struct pt_explaining lines = {
        .language = note->language, .titles = true, .put = put, .user = &nesting
    };
    if (run->n_scenarios == 0) {
        return PT_OK;
    }
    pt_open_section(&note->w, "assumptions", pt_translate(note->language, PT_N("What is assumed")));
    pt_say_paragraph(&note->w, PT_N("Nothing here is estimated from the figures: each effect is an "
                                    "assumption with the source that is named with it."));
    write_programmes(note);
    pt_explain_links(&lines, run->model);
    end(&nesting);
    pt_open_section(&note->w, "made-of",
                    pt_translate(note->language, PT_N("What each scenario is made of")));
    write_scenarios(note);
    pt_close(&note->w);
    pt_close(&note->w);
    return PT_OK;
}

const struct pt_note_part pt_note_part_assumptions = { .name = "assumptions", .write = write };
