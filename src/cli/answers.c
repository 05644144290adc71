#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/cli.h"

bool is_markdown(const struct request *request)
{
    return request->writer && request->writer->markup;
}

void print_words(const struct request *request, const char *text, struct pt_buffer *out)
{
    if (is_markdown(request)) {
        pt_buffer_markdown(out, text);
    } else {
        pt_buffer_text(out, text);
    }
}

void print_title(const struct request *request, const struct pt_run *run,
                 const struct pt_subject *subject, struct pt_buffer *out)
{
    struct pt_buffer title = { 0 };
    const char *place = subject->place[0] != '\0'
                            ? subject->place
                            : pt_text_in(&run->model->place_title, request->language);
    pt_title_with_place(&title, pt_text_in(&subject->indicator->title, request->language), place);
    print_words(request, title.bytes ? title.bytes : "", out);
    out->failed |= title.failed;
    pt_buffer_free(&title);
}

/* The baseline in full; of a scenario what it changes. */
static void print_outcome(const struct request *request, const struct pt_run *run,
                          const struct pt_projection *p, size_t s, struct pt_buffer *out)
{
    if (s == 0 || !p->has_question) {
        struct pt_headline headline;
        pt_headline_make(run, p, &p->outcomes[s], &headline);
        pt_sentence_headline(&headline, request->language, out);
    } else {
        pt_sentence_change(run, p, &p->outcomes[s], request->language, out);
    }
}

/* Starts a scenario's line; one that names several has no title. */
static void open_item(const struct request *request, const char *title, struct pt_buffer *line)
{
    bool markdown = is_markdown(request);
    pt_buffer_text(line, markdown ? "- " : "  ");
    if (title) {
        pt_buffer_text(line, markdown ? "**" : "");
        print_words(request, title, line);
        pt_buffer_text(line, markdown ? ":** " : ": ");
    }
}

static void print_line(const struct request *request, struct pt_buffer *line, size_t indent,
                       struct pt_buffer *out)
{
    size_t width = is_markdown(request) ? 0 : terminal_width(request);
    pt_buffer_text(line, "\n");
    pt_buffer_paragraph(out, line->bytes, width, indent);
    out->failed |= line->failed;
    line->n = 0;
}

static bool acts(const struct pt_outcome *outcome)
{
    return outcome->n_levers > 0 || outcome->linked;
}

/* The scenarios that leave an indicator alone: one by one no more than once. */
static void print_idle(const struct request *request, const struct pt_projection *p,
                       struct pt_buffer *out)
{
    struct pt_buffer line = { 0 }, said = { 0 };
    const char *only;
    if (pt_sentence_idle(p, request->language, &only, &said) > 0) {
        open_item(request, only, &line);
        print_words(request, said.bytes ? said.bytes : "", &line);
        print_line(request, &line, 4, out);
    }
    out->failed |= line.failed || said.failed;
    pt_buffer_free(&said);
    pt_buffer_free(&line);
}

/* The figures as a line of small columns, where it is looked at; a pipe gets the sentence alone. */
static void print_trace(const struct request *request, const struct pt_subject *subject,
                        struct pt_buffer *line)
{
    char text[PT_CELL_MAX];
    const struct pt_cell cell = { .kind = PT_CELL_TRACE,
                                  .n = subject->n_before + subject->projected.n,
                                  .values = subject->y_before };
    if (is_looked_at(request) && request->unicode && cell.n > 1) {
        pt_buffer_printf(line, "%s ", pt_cell_print(&cell, request->language, text));
    }
}

void print_projection(const struct request *request, const struct pt_run *run,
                      const struct pt_projection *p, struct pt_buffer *out)
{
    bool markdown = is_markdown(request);
    struct pt_buffer line = { 0 }, said = { 0 };
    for (size_t s = 0; s < p->n_outcomes; s++) {
        if (s > 0 && !acts(&p->outcomes[s])) {
            continue;
        }
        if (s == 0 && !markdown) {
            pt_buffer_text(&line, bold(request, STDOUT_FILENO, true));
            print_title(request, run, p->subject, &line);
            pt_buffer_printf(&line, ":%s ", bold(request, STDOUT_FILENO, false));
            print_trace(request, p->subject, &line);
        } else if (s > 0) {
            open_item(request, pt_text_in(&p->outcomes[s].scenario->title, request->language),
                      &line);
        }
        said.n = 0;
        print_outcome(request, run, p, s, &said);
        if (markdown && s == 0 && said.n > 0) { /* a paragraph of its own, not after a colon */
            said.bytes[0] = (char)toupper((unsigned char)said.bytes[0]);
        }
        print_words(request, said.n > 0 ? said.bytes : "", &line);
        pt_buffer_text(&line, markdown && s == 0 && p->n_outcomes > 1 ? "\n" : "");
        print_line(request, &line, s == 0 ? 0 : 4, out);
    }
    print_idle(request, p, out);
    pt_buffer_text(out, "\n");
    out->failed |= line.failed || said.failed;
    pt_buffer_free(&said);
    pt_buffer_free(&line);
}

static void print_drawing(const struct request *request, const struct pt_chart *chart,
                          struct pt_buffer *out)
{
    const struct pt_writer_options look = table_look(request);
    struct pt_error err;
    pt_buffer_text(out, is_markdown(request) ? "```text\n" : "");
    out->failed |= pt_plot_terminal(chart, &look, out, &err) != PT_OK;
    pt_buffer_text(out, is_markdown(request) ? "```\n\n" : "\n");
}

void print_sentences(const struct request *request, const struct pt_run *run, struct pt_buffer *out)
{
    struct pt_arena *arena = pt_arena_new();
    struct pt_chart *charts = NULL;
    struct pt_error err;
    size_t n = 0;
    out->failed |=
        !arena || (request->plot && pt_charts_make(run, arena, &charts, &n, &err) != PT_OK);
    for (size_t i = 0; i < run->n_projections; i++) {
        if (is_markdown(request)) {
            pt_buffer_text(out, "## ");
            print_title(request, run, run->projections[i].subject, out);
            pt_buffer_text(out, "\n\n");
        }
        print_projection(request, run, &run->projections[i], out);
        if (i < n) {
            print_drawing(request, &charts[i], out);
        }
    }
    pt_arena_free(arena);
}

/* Makes a table of a run and writes it; under its title: only where it has rows. */
static enum pt_status write_table(const struct request *request, const struct pt_table_kind *kind,
                                  const struct pt_run *run, bool titled, struct pt_buffer *out,
                                  struct pt_error *err)
{
    struct pt_arena *arena = pt_arena_new();
    if (!arena) {
        return PT_RAISE_NOMEM(err);
    }
    const struct pt_writer *writer = request->writer ? request->writer : pt_writers[0];
    struct pt_writer_options options = table_look(request);
    struct pt_table table;
    enum pt_status status = kind->make(run, writer->people, arena, &table, err);
    if (status == PT_OK && titled && table.n_rows > 0) {
        const char *title = pt_translate(request->language, kind->title);
        pt_buffer_printf(out, writer->markup ? "## %s%s%s\n\n" : "%s%s:%s\n",
                         writer->markup ? "" : bold(request, STDOUT_FILENO, true), title,
                         writer->markup ? "" : bold(request, STDOUT_FILENO, false));
    }
    if (status == PT_OK && (!titled || table.n_rows > 0)) {
        writer->write(&table, &options, out);
        pt_buffer_text(out, titled ? "\n" : "");
    }
    pt_arena_free(arena);
    return status;
}

enum pt_status print_table(const struct request *request, const struct pt_table_kind *kind,
                           const struct pt_run *run, struct pt_buffer *out, struct pt_error *err)
{
    return write_table(request, kind, run, false, out, err);
}

enum pt_status print_titled(const struct request *request, const struct pt_table_kind *kind,
                            const struct pt_run *run, struct pt_buffer *out, struct pt_error *err)
{
    return write_table(request, kind, run, true, out, err);
}
