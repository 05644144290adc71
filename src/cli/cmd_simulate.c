#include "cli/cli.h"

/* Whether some scenario has levers to tell apart: more than one programme. */
static bool has_parts(const struct question *question)
{
    bool parts = false;
    for (size_t s = 0; s < question->n_scenarios; s++) {
        const struct pt_scenario *scenario = question->scenarios[s];
        for (size_t i = 1; i < scenario->n_levers; i++) {
            parts |= scenario->levers[i].entry != scenario->levers[0].entry;
        }
    }
    return parts;
}

/* What else people are shown of scenarios, where there is anything to show. */
static enum pt_status print_more(const struct request *request, const struct pt_run *run,
                                 struct pt_buffer *out, struct pt_error *err)
{
    static const char *const tables[] = { "gained", "attribution", "costs", "efficiency" };
    enum pt_status status = PT_OK;
    for (size_t i = 0; i < sizeof tables / sizeof *tables && status == PT_OK; i++) {
        status = print_titled(request, pt_table_kind_find(tables[i]), run, out, err);
    }
    return status;
}

/* project and simulate: the same run, without and with scenarios. */
static int answer(struct request *request, bool scenarios)
{
    struct question question;
    struct pt_run *run = NULL;
    struct pt_buffer out = { 0 };
    struct pt_error err;
    if (!scenarios && request->table && request->table->compares) {
        return complain_usage(request, "table '%s' needs scenarios: 'paritet simulate'",
                              request->table->name);
    }
    int code = question_read(request, &question);
    if (code != 0) {
        goto done;
    }
    bool people = !request->writer || request->writer->people;
    bool all = people && !request->table; /* sentences and tables */
    const struct pt_table_kind *kind =
        request->table ? request->table : pt_table_kind_find(request->command->table);
    request->run.attribution = kind->attribution || (all && has_parts(&question));
    request->run.groups = kind->groups;
    enum pt_status status = pt_run_simulate(
        question.model, (const struct pt_scenario *const *)question.scenarios, question.n_scenarios,
        &request->run, hooks_start(request), &question.list, &run, &err);
    hooks_stop();
    print_diagnostics(request, &question.list);
    if (status == PT_OK && all) {
        print_sentences(request, run, &out);
    }
    if (status == PT_OK) {
        status = print_table(request, kind, run, &out, &err);
    }
    if (status == PT_OK && all && scenarios) {
        pt_buffer_text(&out, "\n");
        status = print_more(request, run, &out, &err);
    }
    code = status == PT_OK ? deliver(request, &out) : complain_error(request, &err);
    if (code == 0) {
        print_effort(request, run);
    }
done:
    pt_buffer_free(&out);
    pt_run_free(run);
    question_free(&question);
    return code;
}

static int run_project(struct request *request)
{
    return answer(request, false);
}

static int run_simulate(struct request *request)
{
    return answer(request, true);
}

static const struct argp_option *const options[] = { options_fit, options_draws, options_table,
                                                     options_general, NULL };

const struct command command_project = {
    .name = "project",
    .arguments = PT_N("MODEL"),
    .summary = PT_N("where it is heading if nothing new is done, and when parity comes"),
    .options = options,
    .least = 1,
    .most = 1,
    .table = "parity",
    .run = run_project,
};

const struct command command_simulate = {
    .name = "simulate",
    .arguments = PT_N("MODEL SCENARIO..."),
    .summary = PT_N("the same under each scenario, and what it changes"),
    .options = options,
    .least = 2,
    .most = ANY,
    .table = "parity",
    .run = run_simulate,
};
