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

static bool for_people(const struct request *request)
{
    return !request->writer || request->writer->people;
}

static const struct pt_table_kind *table_of(const struct request *request)
{
    return request->table ? request->table : pt_table_kind_find(request->command->table);
}

void answer_needs(struct request *request, const struct question *question)
{
    const struct pt_table_kind *kind = table_of(request);
    bool all = for_people(request) && !request->table; /* sentences and tables */
    request->run.attribution = kind->attribution || (all && has_parts(question));
    request->run.groups = kind->groups;
}

int answer_deliver(const struct request *request, const struct pt_run *run)
{
    struct pt_buffer out = { 0 };
    struct pt_error err;
    bool all = for_people(request) && !request->table;
    if (all) {
        print_sentences(request, run, &out);
    }
    enum pt_status status = print_table(request, table_of(request), run, &out, &err);
    if (status == PT_OK && all && run->n_scenarios > 0) {
        pt_buffer_text(&out, "\n");
        status = print_more(request, run, &out, &err);
    }
    if (status != PT_OK) {
        pt_buffer_free(&out);
        return complain_error(request, &err);
    }
    return deliver(request, &out);
}

static int deliver_shard(const struct request *request, const struct pt_run *run)
{
    struct pt_buffer out = { 0 };
    struct pt_error err;
    if (pt_shard_print(run, &out, &err) != PT_OK) {
        pt_buffer_free(&out);
        return complain_error(request, &err);
    }
    return deliver(request, &out);
}

/* project and simulate: the same run, without and with scenarios. */
static int answer(struct request *request)
{
    if (request->plot && (!for_people(request) || request->table || request->run.shards > 0)) {
        return complain_usage(request,
                              "--plot draws below the sentences; leave out --table, --shard "
                              "and forms for programs");
    }
    struct question question;
    struct pt_run *run = NULL;
    struct pt_error err;
    bool whole = request->run.shards == 0;
    int code = question_read(request, &question);
    const struct pt_scenario *const *scenarios =
        (const struct pt_scenario *const *)question.scenarios;
    size_t n = question.n_scenarios;
    if (code == 0 && !whole && pt_shard_check_names(question.model, scenarios, n, &err) != PT_OK) {
        code = complain_error(request, &err);
    }
    if (code == 0) {
        answer_needs(request, &question);
        if (!whole && !request->table) { /* merge may be asked for any of them */
            request->run.attribution = request->run.groups = true;
        }
        code = check_memory(request, &question, true);
    }
    if (code == 0) {
        enum pt_status status =
            pt_run_simulate(question.model, scenarios, n, &request->run,
                            hooks_start(request, PT_N("simulating")), &question.list, &run, &err);
        hooks_stop();
        status = print_diagnostics(request, &question.list, status, &err);
        if (status == PT_OK) {
            print_means(request);
        }
        code = status != PT_OK ? complain_error(request, &err)
               : whole         ? answer_deliver(request, run)
                               : deliver_shard(request, run);
    }
    pt_run_free(run);
    question_free(&question);
    return code;
}

static int run_project(struct request *request)
{
    if (request->table && request->table->compares) {
        return complain_usage(request, "table '%s' needs scenarios: 'paritet simulate'",
                              request->table->name);
    }
    return answer(request);
}

static int run_simulate(struct request *request)
{
    if (request->run.shards > 0 && request->writer) {
        return complain_usage(request, "a shard has a form of its own; --format belongs to "
                                       "'paritet merge'");
    }
    return answer(request);
}

static const struct argp_option *const options_project[] = { options_fit,     options_draws,
                                                             options_table,   options_plot,
                                                             options_general, NULL };
static const struct argp_option *const options_simulate[] = {
    options_fit, options_draws, options_shard, options_table, options_plot, options_general, NULL
};

const struct command command_project = {
    .name = "project",
    .arguments = PT_N("MODEL"),
    .summary = PT_N("where it is heading if nothing new is done, and when parity comes"),
    .options = options_project,
    .least = 1,
    .most = 1,
    .table = "parity",
    .memory = { .outcome = 8000 },
    .run = run_project,
};

const struct command command_simulate = {
    .name = "simulate",
    .arguments = PT_N("MODEL SCENARIO..."),
    .summary = PT_N("the same under each scenario, and what it changes"),
    .options = options_simulate,
    .least = 2,
    .most = ANY,
    .table = "parity",
    .memory = { .outcome = 8000 },
    .run = run_simulate,
};
