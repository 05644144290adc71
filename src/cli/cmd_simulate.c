#include "cli/cli.h"

/* project and simulate: the same run, without and with scenarios. */
static int answer(struct request *request, bool scenarios)
{
    struct question question;
    struct pt_run *run = NULL;
    struct pt_buffer out = { 0 };
    struct pt_error err;
    if (!scenarios && request->table == pt_table_kind_find("gained")) {
        return complain_usage(request, "table 'gained' needs scenarios: 'paritet simulate'");
    }
    int code = question_read(request, &question);
    if (code != 0) {
        goto done;
    }
    enum pt_status status = pt_run_simulate(
        question.model, (const struct pt_scenario *const *)question.scenarios, question.n_scenarios,
        &request->run, hooks_start(request), &question.list, &run, &err);
    hooks_stop();
    print_diagnostics(request, &question.list);
    bool people = !request->writer || request->writer->people;
    if (status == PT_OK && people && !request->table) {
        print_sentences(request, run, &out);
    }
    const struct pt_table_kind *kind =
        request->table ? request->table : pt_table_kind_find(request->command->table);
    if (status == PT_OK) {
        status = print_table(request, kind, run, &out, &err);
    }
    if (status == PT_OK && people && scenarios && !request->table) {
        pt_buffer_text(&out, "\n");
        status = print_table(request, pt_table_kind_find("gained"), run, &out, &err);
    }
    code = status == PT_OK ? deliver(request, &out) : complain_error(request, &err);
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
