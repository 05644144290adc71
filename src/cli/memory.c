/* A run that needs more memory than there is says so before it starts. */
#include <math.h>

#include "cli/cli.h"

#define MIB ((double)(1 << 20))

/* What the answer takes beside the run; a table by years has a row for each of them. */
static double answer_bytes(const struct request *request, const struct pt_run_size *size)
{
    const struct answer_memory *memory = &request->command->memory;
    double year = memory->year + (request->table ? MEMORY_OF_TABLE_YEAR : 0);
    return size->subjects * memory->subject + size->outcomes * memory->outcome +
           size->outcome_years * year;
}

int check_memory(const struct request *request, const struct question *question, bool draws)
{
    struct pt_run_size size;
    struct pt_error err;
    struct pt_message message;
    if (pt_run_measure(question->model, (const struct pt_scenario *const *)question->scenarios,
                       question->n_scenarios, &request->run, &size, &err) != PT_OK) {
        return complain_error(request, &err);
    }
    size.working = draws ? size.working : 0;
    double answer = answer_bytes(request, &size);
    double needed = size.kept + (answer > size.working ? answer : size.working);
    double left = pt_memory_left(size.threads);
    size_t needed_mib = (size_t)fmin(needed / MIB + 1, 1e15);
    size_t left_mib = (size_t)fmin(left / MIB, 1e15);
    if (needed > left && size.working > needed / 2) {
        pt_message_set(
            &message,
            "so many draws of so many years would take about %zu MiB of memory "
            "(threads: %d), and %zu MiB are free; use fewer --threads or --draws, or a nearer "
            "--horizon",
            needed_mib, (int)size.threads, left_mib);
        return complain(request, PT_ENOMEM, &message);
    }
    if (needed > left) {
        pt_message_set(&message,
                       "%zu answers (indicators, places, scenarios) would take about %zu MiB of "
                       "memory, and %zu MiB are free; ask about one indicator or place at a time "
                       "(-i ID@PLACE), or about fewer scenarios",
                       (size_t)size.outcomes, needed_mib, left_mib);
        return complain(request, PT_ENOMEM, &message);
    }
    if (request->verbose && !request->quiet) {
        pt_message_set(&message, "about %zu MiB of memory will be needed", needed_mib);
        complain(request, PT_OK, &message);
    }
    return 0;
}
