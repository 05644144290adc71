/* The files of a report. */
#include <paritet/output.h>

struct report {
    const struct pt_facts *facts;
    const struct pt_report_options *options;
    struct pt_folder *folder;
    const struct pt_hooks *hooks;
    struct pt_arena *arena;
    struct pt_pictures pictures;
    struct pt_document note;
};

/* Adds a file, and frees what it holds. */
static enum pt_status add(const struct report *report, const char *name, struct pt_buffer *buffer,
                          struct pt_error *err)
{
    enum pt_status status =
        buffer->failed || name == NULL
            ? PT_RAISE_NOMEM(err)
            : pt_folder_add(report->folder, name, buffer->bytes, buffer->n, err);
    pt_buffer_free(buffer);
    return status;
}

static enum pt_status add_tables(struct report *report, struct pt_error *err)
{
    const struct pt_writer *csv = pt_writer_find("csv");
    const struct pt_writer_options plain = { .language = report->options->look.language };
    enum pt_status status = PT_OK;
    for (size_t i = 0; status == PT_OK && i < report->facts->n_tables; i++) {
        const struct pt_table *table = &report->facts->tables[i];
        struct pt_buffer buffer = { 0 };
        csv->write(table, &plain, &buffer);
        status = add(report, pt_arena_printf(report->arena, "%s.csv", table->name), &buffer, err);
    }
    return status;
}

/* Every picture's script, and the pictures themselves where they are asked for. */
static enum pt_status add_pictures(struct report *report, struct pt_error *err)
{
    const struct pt_pictures *pictures = &report->pictures;
    const char **scripts = PT_NEW(report->arena, const char *, pictures->n + 1);
    enum pt_status status = scripts != NULL ? PT_OK : PT_RAISE_NOMEM(err);
    for (size_t i = 0; status == PT_OK && i < pictures->n; i++) {
        const struct pt_picture *picture = &pictures->pictures[i];
        struct pt_buffer buffer = { 0 };
        picture->kind->draw(report->facts, picture->at, picture->slug, &report->options->look,
                            &buffer);
        scripts[i] = pt_arena_printf(report->arena, "plots/%s.gp", picture->slug);
        status = add(report, scripts[i], &buffer, err);
    }
    if (status == PT_OK && report->options->pictures) {
        status = pt_plot_render(pt_folder_work(report->folder), scripts, pictures->n, report->hooks,
                                err);
    }
    return status;
}

static enum pt_status add_note(struct report *report, struct pt_error *err)
{
    struct pt_buffer buffer = { 0 };
    pt_document_markdown(&report->note, &buffer);
    return add(report, "note.md", &buffer, err);
}

static enum pt_status add_page(struct report *report, struct pt_error *err)
{
    struct pt_buffer buffer = { 0 };
    enum pt_status status =
        pt_document_html(&report->note, pt_folder_work(report->folder), &buffer, err);
    if (status != PT_OK) {
        pt_buffer_free(&buffer);
        return status;
    }
    return add(report, "report.html", &buffer, err);
}

static enum pt_status add_workbook(struct report *report, struct pt_error *err)
{
    const char *path =
        pt_arena_printf(report->arena, "%s/barometer.xlsx", pt_folder_work(report->folder));
    return path != NULL ? pt_workbook_write(report->facts, &report->options->look, path, err)
                        : PT_RAISE_NOMEM(err);
}

/* What every report holds, in the order in which one needs the other: the page takes in pictures. */
static enum pt_status (*const parts[])(struct report *report, struct pt_error *err) = {
    add_tables, add_pictures, add_note, add_page, add_workbook,
};

enum pt_status pt_report_write(const struct pt_facts *facts,
                               const struct pt_report_options *options, struct pt_folder *folder,
                               const struct pt_hooks *hooks, struct pt_error *err)
{
    struct report report = {
        .facts = facts,
        .options = options,
        .folder = folder,
        .hooks = hooks,
        .arena = pt_arena_new(),
    };
    enum pt_status status = report.arena != NULL
                                ? pt_pictures_make(facts, report.arena, &report.pictures, err)
                                : PT_RAISE_NOMEM(err);
    if (status == PT_OK) {
        status = pt_note_make(facts, &report.pictures, options->provenance, &options->look,
                              report.arena, &report.note, err);
        report.note.tables_alone = !options->pictures;
    }
    for (size_t i = 0; status == PT_OK && i < sizeof parts / sizeof *parts; i++) {
        status = parts[i](&report, err);
    }
    pt_arena_free(report.arena);
    return status;
}
