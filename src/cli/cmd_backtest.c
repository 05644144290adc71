#include <string.h>

#include "cli/cli.h"

/* ------------------------------------------------------------------ on a benchmark file */

static struct pt_backtest_options options_of(const struct request *request)
{
    const struct backtest_request *b = &request->backtest;
    struct pt_backtest_options options = pt_backtest_options_default();
    if (b->n_families > 0) {
        options.n_families = b->n_families;
        memcpy(options.families, b->families, sizeof options.families);
    }
    if (request->run.fit.constants) {
        options.fit.constants = request->run.fit.constants;
    }
    options.category = b->category;
    options.last = b->last;
    options.histories = b->histories;
    options.horizon = b->horizon;
    options.gap = b->gap;
    options.parity = b->parity;
    options.draws = b->draws_given ? request->run.draws : options.draws;
    options.seed = request->run.seed;
    options.threads = request->run.threads;
    return options;
}

/* Tables that are empty without options that ask for them; exit code, or -1 to go on. */
static int check_table(const struct request *request)
{
    const struct backtest_request *b = &request->backtest;
    const char *table = b->table ? b->table->kind.name : "";
    if ((strcmp(table, "questions") == 0 || strcmp(table, "reliability") == 0) && !b->parity) {
        return complain_usage(request, "table '%s' needs --parity", table);
    }
    if (strcmp(table, "closing") == 0 && !(b->gap && b->parity)) {
        return complain_usage(request, "table 'closing' needs --gap and --parity");
    }
    if (strcmp(table, "sustained") == 0 && !(b->parity && b->histories > 0)) {
        return complain_usage(request,
                              "table 'sustained' needs --parity, --histories and --horizon");
    }
    return -1;
}

/* What cannot be asked together; exit code, or -1 to go on. */
static int check_data(const struct request *request)
{
    const struct backtest_request *b = &request->backtest;
    if ((b->histories > 0) != (b->horizon > 0)) {
        return complain_usage(request, "--histories and --horizon go together");
    }
    if (b->forecasts && strcmp(b->forecasts, "-") == 0) {
        return complain_usage(request, "--forecasts writes to a file; for standard output write "
                                       "--table forecasts");
    }
    if (b->forecasts && b->n_families > 1) {
        return complain_usage(request, "--forecasts takes one trend line, not %zu", b->n_families);
    }
    if (request->table || request->run.indicator || request->run.family ||
        request->run.fit_from != pt_run_options_default().fit_from) {
        return complain_usage(request, "-i, --from, --trend and table 'selftest' are for a model, "
                                       "not for --data");
    }
    int code = check_table(request);
    if (code >= 0) {
        return code;
    }
    code = check_output(request); /* here, and not when all is computed */
    return code == 0 ? -1 : code;
}

static enum pt_status add_table(const struct request *request, const struct pt_writer *writer,
                                const struct pt_backtest_table *card,
                                const struct pt_backtest *backtest, struct pt_buffer *out,
                                struct pt_error *err)
{
    struct pt_arena *arena = pt_arena_new();
    struct pt_table table;
    struct pt_writer_options how = table_look(request);
    enum pt_status status = arena ? card->make(backtest, arena, &table, err) : PT_RAISE_NOMEM(err);
    if (status == PT_OK) {
        writer->write(&table, &how, out);
    }
    pt_arena_free(arena);
    return status;
}

/* Every table with something to say, each under its title. */
static enum pt_status add_tables(const struct request *request, const struct pt_backtest *backtest,
                                 struct pt_buffer *out, struct pt_error *err)
{
    const struct pt_writer *writer = request->writer ? request->writer : pt_writers[0];
    const struct pt_backtest_table *one = request->backtest.table;
    if (one || !writer->people) {
        return add_table(request, writer, one ? one : pt_backtest_tables[0], backtest, out, err);
    }
    enum pt_status status = PT_OK;
    for (size_t i = 0; status == PT_OK && pt_backtest_tables[i]; i++) {
        const struct pt_backtest_table *card = pt_backtest_tables[i];
        if (!card->has(backtest)) {
            continue;
        }
        bool text = writer == pt_writers[0];
        pt_buffer_printf(out, "%s%s%s\n\n", i > 0 ? "\n" : "", text ? "" : "## ",
                         pt_translate(request->language, card->kind.title));
        status = add_table(request, writer, card, backtest, out, err);
    }
    return status;
}

static enum pt_status write_forecasts(const struct request *request,
                                      const struct pt_backtest *backtest, struct pt_error *err)
{
    struct pt_buffer out = { 0 };
    enum pt_status status = add_table(request, pt_writer_find("csv"),
                                      pt_backtest_table_find("forecasts"), backtest, &out, err);
    if (status == PT_OK) {
        status =
            out.failed ? PT_RAISE_NOMEM(err) : write_file(request->backtest.forecasts, &out, err);
    }
    pt_buffer_free(&out);
    return status;
}

static int run_data(struct request *request)
{
    int code = check_data(request);
    if (code >= 0) {
        return code;
    }
    struct pt_diagnostics list;
    struct pt_backtest *backtest = NULL;
    struct pt_buffer out = { 0 };
    struct pt_error err;
    pt_diagnostics_init(&list);
    struct pt_backtest_options options = options_of(request);
    enum pt_status status =
        pt_backtest_run(request->arguments[0], &options, hooks_start(request, PT_N("testing")),
                        &list, &backtest, &err);
    hooks_stop();
    if (status == PT_OK && backtest->n_short > 0) {
        struct pt_place place = { .path = request->arguments[0] };
        pt_diagnose(&list, PT_NOTICE, place, NULL, "series that are too short and left out: %zu",
                    backtest->n_short);
    }
    size_t errors = list.count[PT_ERROR];
    status = print_diagnostics(request, &list, status, &err);
    if (status == PT_OK) {
        status = add_tables(request, backtest, &out, &err);
    }
    if (status == PT_OK) {
        print_means(request);
        code = deliver(request, &out);
        /* not where the tables did not get out, of which main() speaks */
        if (code == 0 && request->backtest.forecasts && fflush(stdout) == 0) {
            status = write_forecasts(request, backtest, &err);
            code = status == PT_OK ? 0 : complain_error(request, &err);
        }
    } else if (errors > 0 && status != PT_ENOMEM) {
        struct pt_message message;
        pt_message_nset(&message, errors, "%zu error", "%zu errors", errors);
        code = complain(request, status, &message);
    } else {
        code = complain_error(request, &err);
    }
    pt_buffer_free(&out);
    pt_backtest_free(backtest);
    pt_diagnostics_free(&list);
    return code;
}

/* ------------------------------------------------------------------ on a model */

/* "Title, Place: 9 of 12 earlier forecasts had the figure in their 80 % band." */
static enum pt_status add_summaries(const struct request *request, const struct pt_run *run,
                                    struct pt_buffer *out, struct pt_error *err)
{
    struct pt_arena *arena = pt_arena_new();
    enum pt_status status = arena ? PT_OK : PT_RAISE_NOMEM(err);
    const struct pt_hooks *hooks = hooks_start(request, PT_N("testing"));
    for (size_t i = 0; status == PT_OK && i < run->n_projections; i++) {
        if (hooks->progress) {
            hooks->progress(hooks->user, i, run->n_projections);
        }
        const struct pt_projection *p = &run->projections[i];
        struct pt_selftest test;
        status = pt_selftest_make(run, p, arena, &test, err);
        if (status != PT_OK) {
            break;
        }
        struct pt_buffer line = { 0 };
        print_title(request, run, p->subject, &line);
        pt_buffer_text(&line, ": ");
        pt_sentence_selftest(&test, request->language, &line);
        pt_buffer_text(&line, ".\n");
        pt_buffer_paragraph(out, line.bytes, is_markdown(request) ? 0 : terminal_width(request), 2);
        out->failed |= line.failed;
        pt_buffer_free(&line);
    }
    hooks_stop();
    pt_arena_free(arena);
    return status;
}

static int run_model(struct request *request)
{
    if (request->backtest.for_data) {
        return complain_usage(request, "--%s is for a benchmark file; use it with --data",
                              request->backtest.for_data);
    }
    if (request->backtest.table) {
        return complain_usage(request, "a model has table 'selftest' only; the others need --data");
    }
    struct question question;
    struct pt_run *run = NULL;
    struct pt_buffer out = { 0 };
    struct pt_error err;
    int code = question_read(request, &question);
    if (code != 0) {
        goto done;
    }
    request->run.fit.scores = false;
    enum pt_status status =
        pt_run_fit(question.model, &request->run, hooks_start(request, PT_N("fitting")),
                   &question.list, &run, &err);
    hooks_stop();
    status = print_diagnostics(request, &question.list, status, &err);
    bool people = !request->writer || request->writer->people;
    if (status == PT_OK && people) {
        status = add_summaries(request, run, &out, &err);
        pt_buffer_text(&out, "\n");
    }
    if (status == PT_OK) {
        status = print_table(request, pt_table_kind_find("selftest"), run, &out, &err);
    }
    code = status == PT_OK ? deliver(request, &out) : complain_error(request, &err);
done:
    pt_buffer_free(&out);
    pt_run_free(run);
    question_free(&question);
    return code;
}

static int run_backtest(struct request *request)
{
    return request->data ? run_data(request) : run_model(request);
}

static const struct argp_option *const options[] = { options_backtest, options_general, NULL };

const struct command command_backtest = {
    .name = "backtest",
    .arguments = PT_N("MODEL | --data FILE.csv"),
    .summary = PT_N("how good the method has been on these series, or on a benchmark file"),
    .options = options,
    .least = 1,
    .most = 1,
    .run = run_backtest,
};
