#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

/* The stems must differ and the horizons agree; problems are in the list. */
static enum pt_status check_together(struct question *question)
{
    const struct pt_scenario *const *scenarios =
        (const struct pt_scenario *const *)question->scenarios;
    return pt_scenarios_check(scenarios, question->n_scenarios, &question->list, NULL);
}

/* All that was read: the model, its figures, the scenarios, and what they are based on. */
static bool list_files(struct request *request, struct question *question)
{
    const struct pt_model *model = question->model;
    size_t n = model ? model->n_files : 0;
    for (size_t s = 0; s < question->n_scenarios; s++) {
        n += question->scenarios[s]->n_sources;
    }
    question->files = calloc(n + 1, sizeof *question->files);
    if (!question->files) {
        return false;
    }
    request->files = question->files;
    request->n_files = 0;
    for (size_t i = 0; model && i < model->n_files; i++) {
        question->files[request->n_files++] = model->files[i];
    }
    for (size_t s = 0; s < question->n_scenarios; s++) {
        for (size_t i = 0; i < question->scenarios[s]->n_sources; i++) {
            question->files[request->n_files++] = question->scenarios[s]->files[i];
        }
    }
    return true;
}

int question_read(struct request *request, struct question *question)
{
    memset(question, 0, sizeof *question);
    pt_diagnostics_init(&question->list);
    size_t n = request->n_arguments - 1;
    question->scenarios = calloc(n + 1, sizeof(struct pt_scenario *));
    struct pt_error err = { .status = PT_OK };
    if (!question->scenarios) {
        return complain_memory(request);
    }
    /* every file is read before anything is said, so that all problems come out together */
    enum pt_status worst = PT_OK;
    for (size_t i = 0; i <= n; i++) {
        struct pt_error one = { .status = PT_OK };
        struct pt_scenario *scenario = NULL;
        enum pt_status status =
            i == 0 ? pt_model_read(request->arguments[0], &question->model, &question->list, &one)
                   : pt_scenario_read_for(question->model, request->arguments[i], &scenario,
                                          &question->list, &one);
        if (scenario) {
            question->scenarios[question->n_scenarios++] = scenario;
        }
        if (status != PT_OK && (worst == PT_OK || status == PT_ENOMEM)) {
            worst = status;
            err = one;
        }
        if (i == 0 && question->model &&
            pt_links_bind(question->model, &question->list, NULL) == PT_ENOMEM) {
            worst = PT_RAISE_NOMEM(&err);
        }
    }
    if (check_together(question) == PT_ENOMEM) {
        worst = PT_RAISE_NOMEM(&err);
    }
    if (!list_files(request, question)) {
        worst = PT_RAISE_NOMEM(&err);
    }
    size_t errors = question->list.count[PT_ERROR];
    question->warnings = question->list.count[PT_WARNING];
    worst = print_diagnostics(request, &question->list, worst, &err);
    if (worst == PT_ENOMEM) {
        return complain_error(request, &err);
    }
    if (worst != PT_OK && worst != PT_EDATA) {
        /* what the list has said already is not said twice */
        return errors > 0 ? pt_status_exit_code(worst) : complain_error(request, &err);
    }
    if (errors == 0 && worst == PT_OK) {
        return check_output(request);
    }
    struct pt_message message;
    if (errors > 0) {
        pt_message_nset(&message, errors, "%zu error; nothing was written",
                        "%zu errors; nothing was written", errors);
    } else {
        message = err.message;
    }
    return complain(request, PT_EDATA, &message);
}

void question_free(struct question *question)
{
    for (size_t i = 0; i < question->n_scenarios; i++) {
        pt_scenario_free(question->scenarios[i]);
    }
    free(question->scenarios);
    free(question->files);
    pt_model_free(question->model);
    pt_diagnostics_free(&question->list);
}
