/* How much more memory a process may have, as Linux says: a run that needs more is refused before it
 * starts, since the kernel would let it start and kill it later. */
#include <limits.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <paritet/base.h>

/* What a new thread asks of the address space, where that is limited. */
#define STACK_BYTES ((double)(8 << 20))

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

double pt_memory_left(double threads)
{
    double machine = number_after("/proc/meminfo", "MemAvailable:");
    double left = machine >= 0 ? machine * 1024 : HUGE_VAL;
    left = least(left, least(left_in_groups(), left_in_process(threads)));
    return left > 0 ? left : 0;
}
