#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

/* Everything the report is made of while it is made. */
struct report {
    struct request *request;
    const struct question *question;
    const struct pt_run *run;
    struct pt_folder *folder;
    struct pt_arena *arena;
    struct pt_facts facts;
    struct pt_pictures pictures;
};

static enum pt_status add(struct report *report, const char *name, struct pt_buffer *buffer,
                          struct pt_error *err)
{
    enum pt_status status =
        buffer->failed ? PT_RAISE_NOMEM(err)
                       : pt_folder_add(report->folder, name, buffer->bytes, buffer->n, err);
    pt_buffer_free(buffer);
    return status;
}

static enum pt_status add_tables(struct report *report, struct pt_error *err)
{
    const struct pt_writer *csv = pt_writer_find("csv");
    const struct pt_writer_options plain = { .language = report->request->language };
    for (size_t i = 0; i < report->facts.n_tables; i++) {
        const struct pt_table *table = &report->facts.tables[i];
        struct pt_buffer buffer = { 0 };
        csv->write(table, &plain, &buffer);
        const char *name = pt_arena_printf(report->arena, "%s.csv", table->name);
        enum pt_status status = name ? add(report, name, &buffer, err) : PT_RAISE_NOMEM(err);
        if (status != PT_OK) {
            return status;
        }
    }
    return PT_OK;
}

static enum pt_status add_plots(struct report *report, struct pt_error *err)
{
    const struct pt_pictures *pictures = &report->pictures;
    const struct pt_look look = { .language = report->request->language,
                                  .theme = report->request->theme };
    const char **scripts = PT_NEW(report->arena, const char *, pictures->n + 1);
    if (!scripts) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < pictures->n; i++) {
        const struct pt_picture *picture = &pictures->pictures[i];
        struct pt_buffer buffer = { 0 };
        picture->kind->draw(&report->facts, picture->at, picture->slug, &look, &buffer);
        scripts[i] = pt_arena_printf(report->arena, "plots/%s.gp", picture->slug);
        enum pt_status status =
            scripts[i] ? add(report, scripts[i], &buffer, err) : PT_RAISE_NOMEM(err);
        if (status != PT_OK) {
            return status;
        }
    }
    return report->request->no_plots
               ? PT_OK
               : pt_plot_render(pt_folder_work(report->folder), scripts, pictures->n,
                                hooks_start(report->request, PT_N("drawing")), err);
}

/* The note: what stands in it is output's business. */
static enum pt_status add_note(struct report *report, const struct pt_provenance *provenance,
                               struct pt_error *err)
{
    const struct pt_look look = { .language = report->request->language };
    struct pt_document note;
    struct pt_buffer buffer = { 0 };
    enum pt_status status = pt_note_make(&report->facts, &report->pictures, provenance, &look,
                                         report->arena, &note, err);
    if (status != PT_OK) {
        return status;
    }
    pt_document_markdown(&note, &buffer);
    return add(report, "note.md", &buffer, err);
}

/* Made beside the plots, so that it is in the manifest as they are. */
static enum pt_status add_workbook(struct report *report, struct pt_error *err)
{
    const struct pt_look look = { .language = report->request->language,
                                  .theme = report->request->theme };
    const char *path =
        pt_arena_printf(report->arena, "%s/barometer.xlsx", pt_folder_work(report->folder));
    return path ? pt_workbook_write(&report->facts, &look, path, err) : PT_RAISE_NOMEM(err);
}

static enum pt_status make_provenance(struct report *report, struct pt_provenance *out,
                                      struct pt_error *err)
{
    const struct pt_model *model = report->run->model;
    size_t n = model->n_files;
    for (size_t i = 0; i < report->run->n_scenarios; i++) {
        n += report->run->scenarios[i]->n_sources;
    }
    const char **paths = PT_NEW(report->arena, const char *, n + 1);
    const char **sums = PT_NEW(report->arena, const char *, n + 1);
    if (!paths || !sums) {
        return PT_RAISE_NOMEM(err);
    }
    n = 0;
    for (size_t i = 0; i < model->n_files; i++, n++) {
        paths[n] = model->files[i].path;
        sums[n] = model->files[i].sha256;
    }
    for (size_t i = 0; i < report->run->n_scenarios; i++) {
        const struct pt_scenario *scenario = report->run->scenarios[i];
        for (size_t k = 0; k < scenario->n_sources; k++, n++) {
            paths[n] = scenario->files[k].path;
            sums[n] = scenario->files[k].sha256;
        }
    }
    *out = (struct pt_provenance){
        .version = PT_VERSION,
        .n_arguments = (size_t)report->request->argc,
        .arguments = (const char *const *)report->request->argv,
        .seed = report->run->options.seed,
        .draws = report->run->options.draws,
        .horizon = report->run->horizon,
        .language = report->request->language->code,
        .n_inputs = n,
        .input_paths = paths,
        .input_sha256 = sums,
    };
    return PT_OK;
}

static enum pt_status fill_folder(struct report *report, struct pt_diagnostics *list,
                                  struct pt_error *err)
{
    struct pt_provenance provenance;
    enum pt_status status = make_provenance(report, &provenance, err);
    if (status == PT_OK) {
        status = add_tables(report, err);
    }
    if (status == PT_OK) {
        status = add_plots(report, err);
    }
    if (status == PT_OK) {
        status = add_note(report, &provenance, err);
    }
    if (status == PT_OK) {
        status = add_workbook(report, err);
    }
    if (status == PT_OK && signals_caught()) {
        status = PT_RAISE(err, PT_ECANCELLED, "interrupted");
    }
    if (status != PT_OK) {
        return status;
    }
    struct pt_folder *folder = report->folder;
    report->folder = NULL; /* closing frees it in any case */
    return pt_folder_close(folder, &provenance, list, err);
}

/* The folder is there as a whole or not at all, whatever signal comes. */
static enum pt_status write_all(struct report *report, const char *path,
                                struct pt_diagnostics *list, struct pt_error *err)
{
    /* what takes long comes before anything is on the disk */
    enum pt_status status = pt_facts_make(report->run, report->arena, &report->facts, err);
    if (status == PT_OK) {
        status = pt_pictures_make(&report->facts, report->arena, &report->pictures, err);
    }
    if (status != PT_OK) {
        return status;
    }
    signals_hold();
    status = pt_folder_open(path, &report->folder, err);
    if (status == PT_OK) {
        status = fill_folder(report, list, err);
    }
    pt_folder_abandon(report->folder);
    signals_release();
    return status;
}

static int run_report(struct request *request)
{
    if (request->output && strcmp(request->output, "-") == 0) {
        return complain_usage(request, "a report cannot go to standard output; name a folder: "
                                       "-o FOLDER");
    }
    if (!request->output) {
        return complain_usage(request, "'paritet report' needs a folder: -o FOLDER");
    }
    const char *path = request->output;
    struct question question;
    struct pt_run *run = NULL;
    struct pt_error err;
    struct report report = { .request = request, .question = &question };
    int code = question_read(request, &question);
    if (code != 0) {
        goto done;
    }
    request->run.attribution = request->run.groups = true;
    enum pt_status status = pt_run_simulate(
        question.model, (const struct pt_scenario *const *)question.scenarios, question.n_scenarios,
        &request->run, hooks_start(request, PT_N("simulating")), &question.list, &run, &err);
    report.run = run;
    report.arena = pt_arena_new();
    if (status == PT_OK && !report.arena) {
        status = PT_RAISE_NOMEM(&err);
    }
    if (status == PT_OK) {
        status = write_all(&report, path, &question.list, &err);
    }
    hooks_stop();
    print_diagnostics(request, &question.list);
    if (status == PT_OK) {
        print_means(request);
    }
    code = status == PT_OK ? 0 : complain_error(request, &err);
done:
    pt_arena_free(report.arena);
    pt_run_free(run);
    question_free(&question);
    return code;
}

static const struct argp_option *const options[] = { options_folder, options_fit, options_draws,
                                                     options_general, NULL };

const struct command command_report = {
    .name = "report",
    .arguments = PT_N("MODEL [SCENARIO...] -o FOLDER"),
    .summary = PT_N("all of it as a folder: note, tables and plots"),
    .options = options,
    .least = 1,
    .most = ANY,
    .run = run_report,
};
