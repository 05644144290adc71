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

/* What would have been said 8, 5 and 3 years ago. */
static void add_selftest(const struct report *report, const struct pt_selftest_chart *past,
                         struct pt_buffer *note)
{
    const struct pt_language *language = report->request->language;
    struct pt_buffer line = { 0 };
    pt_buffer_printf(note, "### %s\n\n",
                     pt_translate(language, PT_N("What the method would have said")));
    pt_sentence_selftest(&past->test, language, &line);
    pt_buffer_text(&line, ".\n\n");
    if (!line.failed) {
        line.bytes[0] = (char)toupper((unsigned char)line.bytes[0]);
    }
    for (size_t i = 0; i < past->test.n_paths; i++) {
        pt_buffer_text(&line, "- ");
        pt_sentence_said(&past->test, i, language, &line);
        pt_buffer_text(&line, "\n");
    }
    if (past->test.n_paths > 0) {
        pt_buffer_printf(&line, "\n![%s](plots/%s.png)\n\n",
                         pt_translate(language, PT_N("what the method would have said")),
                         past->slug);
    }
    pt_buffer_text(note, line.bytes ? line.bytes : "");
    note->failed |= line.failed;
    pt_buffer_free(&line);
}

/* What the answers hang on: every effect with its source, and the links. */
static void add_assumptions(const struct report *report, struct pt_buffer *note)
{
    const struct request *request = report->request;
    const struct pt_run *run = report->run;
    if (run->n_scenarios > 0) {
        pt_buffer_printf(note, "## %s\n\n",
                         pt_translate(request->language, PT_N("What is assumed")));
        say_links(request, run->model, note);
        for (size_t s = 0; s < run->n_scenarios; s++) {
            say_scenario(request, run->model, run->scenarios[s], note);
        }
    }
}

/* The note: per indicator the sentence, what each scenario changes, and the pictures;
 * then the assumptions and the tables. */
static enum pt_status add_note(struct report *report, struct pt_error *err)
{
    struct request *request = report->request;
    const struct pt_language *language = request->language;
    struct pt_buffer note = { 0 };
    request->writer = pt_writer_find("markdown");
    pt_buffer_text(&note, "# ");
    print_words(request, pt_text_in(&report->run->model->title, language), &note);
    pt_buffer_text(&note, "\n\n");
    if (report->facts.n_charts > 0) {
        pt_buffer_printf(&note, "![%s](plots/overview.png)\n\n",
                         pt_translate(language, PT_N("all indicators")));
    }
    for (size_t i = 0; i < report->run->n_projections; i++) {
        pt_buffer_text(&note, "## ");
        print_title(request, report->run, report->run->projections[i].subject, &note);
        pt_buffer_text(&note, "\n\n");
        print_projection(request, report->run, &report->run->projections[i], &note);
        pt_buffer_printf(&note, "![%s](plots/%s.png)\n\n",
                         pt_translate(language, PT_N("fan chart")), report->facts.charts[i].slug);
        if (report->facts.groups[i].has_series) {
            pt_buffer_printf(&note, "![%s](plots/%s.png)\n\n",
                             pt_translate(language, PT_N("each group by itself")),
                             report->facts.groups[i].slug);
        }
        add_selftest(report, &report->facts.tests[i], &note);
    }
    add_assumptions(report, &note);
    static const char *const tables[] = { "parity", "gained",     "attribution",
                                          "costs",  "efficiency", "fit" };
    for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
        enum pt_status status =
            print_titled(request, pt_table_kind_find(tables[i]), report->run, &note, err);
        if (status != PT_OK) {
            pt_buffer_free(&note);
            return status;
        }
    }
    return add(report, "note.md", &note, err);
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

static enum pt_status close_folder(struct report *report, struct pt_diagnostics *list,
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
    const struct pt_provenance provenance = {
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
    struct pt_folder *folder = report->folder;
    report->folder = NULL; /* closing frees it in any case */
    return pt_folder_close(folder, &provenance, list, err);
}

static enum pt_status fill_folder(struct report *report, struct pt_diagnostics *list,
                                  struct pt_error *err)
{
    enum pt_status status = add_tables(report, err);
    if (status == PT_OK) {
        status = add_plots(report, err);
    }
    if (status == PT_OK) {
        status = add_note(report, err);
    }
    if (status == PT_OK) {
        status = add_workbook(report, err);
    }
    if (status == PT_OK && signals_caught()) {
        status = PT_RAISE(err, PT_ECANCELLED, "interrupted");
    }
    return status == PT_OK ? close_folder(report, list, err) : status;
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
