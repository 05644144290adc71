#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"

/* How many lost shards are named. */
#define LOST_MOST 12

/* The whole while it is put together. */
struct merging {
    struct request *request;
    struct request inner;   /* asks for the same of the model and the scenarios */
    struct pt_shard *first; /* says what run it is */
    const char **seen;      /* [first->parts] the file of each part; NULL: not yet */
    struct question question;
    struct pt_run *run;
};

/* Fits, and simulates nothing. */
static enum pt_status fit(struct merging *m, struct pt_error *err)
{
    struct pt_run_options options = m->first->options;
    options.shard = 0;
    options.shards = m->first->parts;
    struct pt_diagnostics *list = &m->question.list;
    enum pt_status status =
        pt_run_simulate(m->question.model, (const struct pt_scenario *const *)m->question.scenarios,
                        m->question.n_scenarios, &options, hooks_start(m->request, PT_N("fitting")),
                        list, &m->run, err);
    hooks_stop();
    status = print_diagnostics(m->request, list, status, err);
    /* names and figures that do not fit are the shard's fault, not of who merges */
    return status == PT_EUSAGE ? err->status = PT_EDATA : status;
}

/* Whether the shards hold what is asked for. */
static int check_asked(struct merging *m)
{
    const struct pt_run_options *made = &m->first->options;
    answer_needs(&m->inner, &m->question);
    if (made->attribution < m->inner.run.attribution) {
        return complain_usage(m->request,
                              "the shards were made for one table, without what each lever adds; "
                              "name it with --table, or make them again without --table");
    }
    if (made->groups < m->inner.run.groups) {
        return complain_usage(m->request,
                              "the shards were made for one table, without the groups' own "
                              "projections; make them again without --table");
    }
    return 0;
}

/* The whole is kept and answered with, and not drawn again. */
static int check_room(const struct merging *m)
{
    struct request asked = m->inner;
    asked.run = m->first->options;
    return check_memory(&asked, &m->question, false);
}

/* Reads the model and the scenarios that the first shard names. */
static int begin(struct merging *m)
{
    const struct pt_shard *first = m->first;
    struct pt_error err;
    m->seen = calloc(first->parts, sizeof *m->seen);
    m->inner = *m->request;
    m->inner.n_arguments = 0;
    m->inner.arguments = calloc(first->n_scenarios + 1, sizeof *m->inner.arguments);
    if (!m->seen || !m->inner.arguments) {
        PT_RAISE_NOMEM(&err);
        return complain_error(m->request, &err);
    }
    if (pt_shard_check_inputs(first, &err) != PT_OK) {
        return complain_error(m->request, &err);
    }
    m->inner.arguments[m->inner.n_arguments++] = first->model;
    for (size_t s = 0; s < first->n_scenarios; s++) {
        m->inner.arguments[m->inner.n_arguments++] = first->scenarios[s];
    }
    int code = question_read(&m->inner, &m->question);
    code = code == 0 ? check_asked(m) : code;
    code = code == 0 ? check_room(m) : code;
    if (code == 0 && fit(m, &err) != PT_OK) {
        code = complain_error(m->request, &err);
    }
    return code;
}

static enum pt_status take(struct merging *m, struct pt_shard *shard, struct pt_error *err)
{
    enum pt_status status = shard == m->first ? PT_OK : pt_shard_compare(shard, m->first, err);
    if (status != PT_OK) {
        return status;
    }
    const char **seen = &m->seen[shard->part - 1];
    if (*seen) {
        return PT_RAISE(err, PT_EDATA, "'%s' and '%s' are both shard %zu of %zu; leave one out",
                        *seen, shard->path, shard->part, shard->parts);
    }
    status = pt_shard_fill(shard, m->run, err);
    return status;
}

static int add(struct merging *m, const char *path)
{
    struct pt_shard *shard = NULL;
    struct pt_error err;
    if (pt_shard_read(path, &shard, &err) != PT_OK) {
        return complain_error(m->request, &err);
    }
    int code = 0;
    if (!m->first) {
        m->first = shard;
        code = begin(m);
    }
    if (code == 0 && take(m, shard, &err) != PT_OK) {
        code = complain_error(m->request, &err);
    } else if (code == 0) {
        m->seen[shard->part - 1] = path;
    }
    if (shard != m->first) {
        pt_shard_free(shard);
    }
    return code;
}

static int check_lost(const struct merging *m)
{
    struct pt_buffer lost = { 0 };
    struct pt_message message;
    size_t n = 0;
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): code 0 says that there is a first one
    for (size_t k = 0; k < m->first->parts; k++) {
        if (!m->seen[k] && n++ < LOST_MOST) {
            pt_buffer_printf(&lost, "%s%zu", n > 1 ? ", " : "", k + 1);
        }
    }
    if (n == 0) {
        return 0;
    }
    pt_buffer_text(&lost, n > LOST_MOST ? ", ..." : "");
    pt_message_nset(&message, n,
                    "shard %s of %zu is missing; make it with the same 'paritet simulate' and "
                    "--shard K/%zu",
                    "shards %s of %zu are missing; make them with the same 'paritet simulate' and "
                    "--shard K/%zu",
                    lost.failed ? "" : lost.bytes, m->first->parts, m->first->parts);
    pt_buffer_free(&lost);
    return complain(m->request, PT_EDATA, &message);
}

/* Leaves in the run what one run would have made for the same question. */
static void leave_out(struct merging *m)
{
    struct pt_run *run = m->run;
    // NOLINTNEXTLINE(clang-analyzer-core.NullDereference): code 0 says that there is a run
    run->options.attribution = m->inner.run.attribution;
    run->options.groups = m->inner.run.groups;
    run->options.shard = run->options.shards = 0;
    for (size_t i = 0; i < run->n_projections; i++) {
        struct pt_projection *p = &run->projections[i];
        for (size_t s = 0; s < p->n_outcomes && !run->options.attribution; s++) {
            p->outcomes[s].n_parts = 0;
        }
        if (!run->options.groups) {
            p->group_bands = p->reference_bands = NULL;
        }
    }
}

static int run_merge(struct request *request)
{
    struct merging m = { .request = request };
    int code = check_output(request);
    for (size_t i = 0; i < request->n_arguments && code == 0; i++) {
        code = add(&m, request->arguments[i]);
    }
    code = code == 0 ? check_lost(&m) : code;
    if (code == 0) {
        leave_out(&m);
        code = answer_deliver(&m.inner, m.run);
    }
    pt_run_free(m.run);
    question_free(&m.question);
    free(m.inner.arguments);
    free(m.seen);
    pt_shard_free(m.first);
    return code;
}

static const struct argp_option *const options[] = { options_table, options_general, NULL };

const struct command command_merge = {
    .name = "merge",
    .arguments = PT_N("SHARD..."),
    .summary = PT_N("joins all shards of 'simulate --shard K/N' into what one run answers"),
    .options = options,
    .least = 1,
    .most = ANY,
    .table = "parity",
    .memory = { .outcome = 8000 },
    .run = run_merge,
};
