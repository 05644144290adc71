#include <stdio.h>
#include <sys/resource.h>
#include <time.h>

#include "cli/cli.h"

void print_effort(const struct request *request, const struct pt_run *run)
{
    struct rusage used;
    struct timespec now;
    if (!request->verbose || request->quiet || getrusage(RUSAGE_SELF, &used) != 0) {
        return;
    }
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = (double)(now.tv_sec - request->started.tv_sec) +
                     1e-9 * (double)(now.tv_nsec - request->started.tv_nsec);
    fprintf(stderr,
            pt_translate(request->language,
                         PT_N("paritet: %zu futures, threads: %d, instruction set: %s, most "
                              "memory: %.1f MiB, %.2f seconds")),
            (size_t)run->options.draws, run->options.threads, pt_isa_name(pt_isa_best()),
            (double)used.ru_maxrss / 1024, seconds);
    fputc('\n', stderr);
}
