#include <string.h>

#include "cli/cli.h"

/* Of the rows of status those with a change or a pace, without what the sentences above them have shown: a
 * table of paces and chances. */
static bool leave_out_said(struct pt_table *table, struct pt_arena *arena)
{
    struct pt_column *columns = PT_NEW(arena, struct pt_column, table->n_columns + 1);
    struct pt_cell *cells = PT_NEW(arena, struct pt_cell, table->n_columns * table->n_rows + 1);
    size_t n = 0, change = 0, pace = 0;
    if (!columns || !cells) {
        return false;
    }
    for (size_t i = 0; i < table->n_columns; i++) {
        columns[i] = table->columns[i];
        change = strcmp(columns[i].name, "change") == 0 ? i : change;
        pace = strcmp(columns[i].name, "pace") == 0 ? i : pace;
        columns[i].people = strcmp(columns[i].name, "trace") == 0 ? 0 : columns[i].people;
    }
    for (size_t row = 0; row < table->n_rows; row++) {
        const struct pt_cell *from = &table->cells[row * table->n_columns];
        if (from[change].kind != PT_CELL_EMPTY || from[pace].kind != PT_CELL_EMPTY) {
            memcpy(&cells[n++ * table->n_columns], from, table->n_columns * sizeof *from);
        }
    }
    table->columns = columns;
    table->cells = cells;
    table->n_rows = n;
    return true;
}

static enum pt_status print_all(const struct request *request, const struct pt_run *run,
                                const struct pt_standings *standings, struct pt_arena *arena,
                                struct pt_buffer *out, struct pt_error *err)
{
    const struct pt_writer *writer = request->writer ? request->writer : pt_writers[0];
    const struct pt_table_kind *kind = pt_table_kind_find(request->command->table);
    struct pt_writer_options options = table_look(request);
    struct pt_table table;
    say_status(request, run->model, standings, out);
    enum pt_status status = kind->make(run, true, arena, &table, err);
    if (status == PT_OK && !leave_out_said(&table, arena)) {
        status = PT_RAISE_NOMEM(err);
    }
    if (status == PT_OK && table.n_rows > 0) {
        writer->write(&table, &options, out);
    }
    return status;
}

/* Whether an indicator or goal is where it should not be. */
static bool is_amiss(const struct pt_standings *standings)
{
    bool red = false;
    for (size_t i = 0; i < standings->n; i++) {
        red |= pt_standing_colour(standings->rows[i].word) == PT_COLOUR_RED;
    }
    return red;
}

static int answer(const struct request *request, const struct pt_run *run)
{
    struct pt_buffer out = { 0 };
    struct pt_error err;
    struct pt_standings standings = { 0 };
    bool people = !request->writer || request->writer->people;
    const struct pt_table_kind *kind =
        request->table ? request->table : pt_table_kind_find(request->command->table);
    struct pt_arena *arena = pt_arena_new();
    enum pt_status status = arena ? PT_OK : PT_RAISE_NOMEM(&err);
    if (status == PT_OK) {
        status = pt_standings_make(run, arena, &standings, &err);
    }
    if (status == PT_OK) {
        status = people && !request->table ? print_all(request, run, &standings, arena, &out, &err)
                                           : print_table(request, kind, run, &out, &err);
    }
    int code = status == PT_OK ? deliver(request, &out) : complain_error(request, &err);
    code = code == 0 && request->strict && is_amiss(&standings) ? 1 : code;
    if (status != PT_OK) {
        pt_buffer_free(&out);
    }
    pt_arena_free(arena);
    return code;
}

static int run_status(struct request *request)
{
    struct question question;
    struct pt_run *run = NULL;
    struct pt_error err;
    if (request->table && request->table->compares) {
        return complain_usage(request, "table '%s' needs scenarios: 'paritet simulate'",
                              request->table->name);
    }
    int code = question_read(request, &question);
    if (code == 0) {
        answer_needs(request, &question);
        request->run.may_be_empty = true;
        code = check_memory(request, &question, true);
    }
    if (code == 0) {
        enum pt_status status =
            pt_run_simulate(question.model, NULL, 0, &request->run,
                            hooks_start(request, PT_N("simulating")), &question.list, &run, &err);
        hooks_stop();
        status = print_diagnostics(request, &question.list, status, &err);
        if (status == PT_OK) {
            print_means(request);
        }
        code = status == PT_OK ? answer(request, run) : complain_error(request, &err);
    }
    pt_run_free(run);
    question_free(&question);
    return code;
}

static const struct argp_option *const options[] = { options_status, options_fit,     options_draws,
                                                     options_table,  options_general, NULL };

const struct command command_status = {
    .name = "status",
    .arguments = PT_N("MODEL"),
    .summary = PT_N("the barometer: where every indicator and goal stands"),
    .options = options,
    .least = 1,
    .most = 1,
    .table = "status",
    .memory = { .subject = 40000 },
    .run = run_status,
};
