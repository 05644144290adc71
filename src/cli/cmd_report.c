#include <string.h>

#include "cli/cli.h"

/* What the run was made from; paths and sums in the arena. */
static enum pt_status find_provenance(const struct request *request, const struct pt_run *run,
                                      struct pt_arena *arena, struct pt_provenance *provenance,
                                      struct pt_error *err)
{
    const struct pt_model *model = run->model;
    size_t n = model->n_files;
    for (size_t i = 0; i < run->n_scenarios; i++) {
        n += run->scenarios[i]->n_sources;
    }
    const char **paths = PT_NEW(arena, const char *, n + 1);
    const char **sums = PT_NEW(arena, const char *, n + 1);
    if (!paths || !sums) {
        return PT_RAISE_NOMEM(err);
    }
    n = 0;
    for (size_t i = 0; i < model->n_files; i++, n++) {
        paths[n] = model->files[i].path;
        sums[n] = model->files[i].sha256;
    }
    for (size_t i = 0; i < run->n_scenarios; i++) {
        const struct pt_scenario *scenario = run->scenarios[i];
        for (size_t k = 0; k < scenario->n_sources; k++, n++) {
            paths[n] = scenario->files[k].path;
            sums[n] = scenario->files[k].sha256;
        }
    }
    *provenance = (struct pt_provenance){
        .version = PT_VERSION,
        .n_arguments = (size_t)request->argc,
        .arguments = (const char *const *)request->argv,
        .seed = run->options.seed,
        .draws = run->options.draws,
        .horizon = run->horizon,
        .language = request->language->code,
        .n_inputs = n,
        .input_paths = paths,
        .input_sha256 = sums,
    };
    return PT_OK;
}

/* The folder is there as a whole or not at all, whatever signal comes. */
static enum pt_status write_folder(struct request *request, const struct pt_facts *facts,
                                   const struct pt_provenance *provenance,
                                   struct pt_diagnostics *list, struct pt_error *err)
{
    const struct pt_report_options report = {
        .look = { .language = request->language, .theme = request->theme },
        .provenance = provenance,
        .pictures = !request->no_plots,
    };
    struct pt_folder *folder = request->folder;
    enum pt_status status = PT_OK;
    request->folder = NULL;
    if (!folder) { /* in the sandbox there is one */
        signals_hold();
        status = pt_folder_open(request->output, &folder, err);
    }
    if (status == PT_OK) {
        status =
            pt_report_write(facts, &report, folder, hooks_start(request, PT_N("drawing")), err);
    }
    if (status == PT_OK && signals_caught()) {
        status = PT_RAISE(err, PT_ECANCELLED, "interrupted");
    }
    if (status == PT_OK) {
        status = pt_folder_close(folder, provenance, list, err);
    } else {
        pt_folder_abandon(folder);
    }
    signals_release();
    return status;
}

static enum pt_status write_report(struct request *request, const struct pt_run *run,
                                   struct pt_diagnostics *list, struct pt_error *err)
{
    struct pt_arena *arena = pt_arena_new();
    struct pt_facts facts;
    struct pt_provenance provenance;
    /* what takes long comes before anything is on the disk */
    enum pt_status status = arena ? pt_facts_make(run, arena, &facts, err) : PT_RAISE_NOMEM(err);
    if (status == PT_OK) {
        status = find_provenance(request, run, arena, &provenance, err);
    }
    if (status == PT_OK) {
        status = write_folder(request, &facts, &provenance, list, err);
    }
    pt_arena_free(arena);
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
    struct question question;
    struct pt_run *run = NULL;
    struct pt_error err;
    int code = question_read(request, &question);
    if (code != 0) {
        goto done;
    }
    request->run.attribution = request->run.groups = true;
    code = check_memory(request, &question, true);
    if (code != 0) {
        goto done;
    }
    enum pt_status status = pt_run_simulate(
        question.model, (const struct pt_scenario *const *)question.scenarios, question.n_scenarios,
        &request->run, hooks_start(request, PT_N("simulating")), &question.list, &run, &err);
    if (status == PT_OK && question.list.failed) { /* nothing is written that is not told of */
        status = PT_RAISE_NOMEM(&err);
    }
    if (status == PT_OK) {
        status = write_report(request, run, &question.list, &err);
    }
    hooks_stop();
    status = print_diagnostics(request, &question.list, status, &err);
    if (status == PT_OK) {
        print_means(request);
    }
    code = status == PT_OK ? 0 : complain_error(request, &err);
done:
    pt_run_free(run);
    question_free(&question);
    return code;
}

static const struct argp_option *const options[] = { options_folder, options_fit, options_draws,
                                                     options_general, NULL };

const struct command command_report = {
    .name = "report",
    .arguments = PT_N("MODEL [SCENARIO...] -o FOLDER"),
    .summary = PT_N("all of it as a folder: note, page, workbook, plots"),
    .options = options,
    .memory = { .subject = 900000, .year = 4000 },
    .least = 1,
    .most = ANY,
    .run = run_report,
};
