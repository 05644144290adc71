/* A run that needs more memory than there is says so before it starts. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cli/cli.h"

#define MIB ((double)(1 << 20))
/* What a new thread asks of the address space, where that is limited. */
#define STACK_BYTES (8 * MIB)

/* ------------------------------------------------------------------ what there is */

/* The number after a word at the start of a line; -1: there is none. */
static double number_after(const char *path, const char *word)
{
    char line[256];
    double found = -1;
    FILE *file = fopen(path, "re");
    while (file && found < 0 && fgets(line, sizeof line, file)) {
        if (strncmp(line, word, strlen(word)) == 0) {
            char *end, *from = line + strlen(word);
            unsigned long long value = strtoull(from, &end, 10);
            found = end > from ? (double)value : -1;
        }
    }
    if (file) {
        fclose(file);
    }
    return found;
}

static double least(double a, double b)
{
    return a < b ? a : b;
}

/* Control groups as version 2 and version 1 of them are mounted: where the line of the process's
 * group has its path, and the files. */
static const struct {
    const char *line, *root, *most, *used, *files;
} groups[] = {
    { "0::/", "/sys/fs/cgroup", "memory.max", "memory.current", "inactive_file " },
    { "memory:/", "/sys/fs/cgroup/memory", "memory.limit_in_bytes", "memory.usage_in_bytes",
      "total_inactive_file " },
};
#define GROUPS (sizeof groups / sizeof *groups)

/* What a group and those around it leave; what they keep of files can be taken back. */
static double left_in_group(size_t version, const char *group)
{
    char folder[PATH_MAX], path[PATH_MAX + 32];
    double left = HUGE_VAL;
    snprintf(folder, sizeof folder, "%s%.3000s", groups[version].root, group);
    while (strlen(folder) >= strlen(groups[version].root)) {
        snprintf(path, sizeof path, "%s/%s", folder, groups[version].most);
        double most = number_after(path, ""); /* "max" is no number */
        snprintf(path, sizeof path, "%s/%s", folder, groups[version].used);
        double used = number_after(path, "");
        snprintf(path, sizeof path, "%s/memory.stat", folder);
        double files = number_after(path, groups[version].files);
        if (most >= 0 && used >= 0) {
            left = least(left, most - used + (files > 0 ? files : 0));
        }
        *strrchr(folder, '/') = '\0';
    }
    return left;
}

static double left_in_groups(void)
{
    char line[PATH_MAX];
    double left = HUGE_VAL;
    FILE *file = fopen("/proc/self/cgroup", "re");
    while (file && fgets(line, sizeof line, file)) {
        line[strcspn(line, "\n")] = '\0';
        for (size_t i = 0; i < GROUPS; i++) {
            const char *at = strstr(line, groups[i].line);
            if (at) {
                left = least(left, left_in_group(i, strchr(at, '/')));
            }
        }
    }
    if (file) {
        fclose(file);
    }
    return left;
}

/* What the limits of the process leave (ulimit -v, -d). */
static double left_in_process(double threads)
{
    struct rlimit limit;
    double left = HUGE_VAL, pages = number_after("/proc/self/statm", "");
    double used = pages > 0 ? pages * (double)sysconf(_SC_PAGESIZE) : 0;
    if (getrlimit(RLIMIT_AS, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
        left = (double)limit.rlim_cur - used - threads * STACK_BYTES;
    }
    if (getrlimit(RLIMIT_DATA, &limit) == 0 && limit.rlim_cur != RLIM_INFINITY) {
        left = least(left, (double)limit.rlim_cur);
    }
    return left;
}

static double memory_left(double threads)
{
    double machine = number_after("/proc/meminfo", "MemAvailable:");
    double left = machine >= 0 ? machine * 1024 : HUGE_VAL;
    return least(left, least(left_in_groups(), left_in_process(threads)));
}

/* ------------------------------------------------------------------ what is needed */

/* What the answer takes beside the run; a table by years has a row for each of them. */
static double answer_bytes(const struct request *request, const struct pt_run_size *size)
{
    const struct answer_memory *memory = &request->command->memory;
    double year = memory->year + (request->table ? MEMORY_OF_TABLE_YEAR : 0);
    return size->subjects * memory->subject + size->outcomes * memory->outcome +
           size->outcome_years * year;
}

int check_memory(const struct request *request, const struct question *question)
{
    struct pt_run_size size;
    struct pt_error err;
    struct pt_message message;
    if (pt_run_measure(question->model, (const struct pt_scenario *const *)question->scenarios,
                       question->n_scenarios, &request->run, &size, &err) != PT_OK) {
        return complain_error(request, &err);
    }
    double answer = answer_bytes(request, &size);
    double needed = size.kept + (answer > size.working ? answer : size.working);
    double left = memory_left(size.threads);
    size_t needed_mib = (size_t)least(needed / MIB + 1, 1e15);
    size_t left_mib = left > 0 ? (size_t)least(left / MIB, 1e15) : 0;
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
