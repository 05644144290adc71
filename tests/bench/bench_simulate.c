/* bench_simulate P H CELLS THREADS SEED [I S] [--floor] [--isa NAME]: the workload W1 on the
 * engine's parts. P draws of H years in each of CELLS cells, each with draws of its own, for the
 * indicator I (3) and the scenario S (4). Prints one line of JSON: hist and q are the last cell's.
 * --floor leaves the quantiles out; --isa takes portable, avx2 or avx512 instead of the best. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "simulate/drift_cell.h"

struct task {
    uint64_t draws, seed;
    size_t years, cells;
    int threads, indicator, scenario;
    bool floor;
    enum pt_isa isa;
};

static double seconds(clockid_t clock)
{
    struct timespec t;
    clock_gettime(clock, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

static bool read_task(int argc, char **argv, struct task *task)
{
    unsigned long long number[7] = { 0, 0, 0, 0, 0, 3, 4 };
    int n = 0;
    *task = (struct task){ .isa = pt_isa_best() };
    for (int a = 1; a < argc; a++) {
        if (strcmp(argv[a], "--floor") == 0) {
            task->floor = true;
        } else if (strcmp(argv[a], "--isa") == 0 && a + 1 < argc) {
            if (!pt_isa_find(argv[++a], &task->isa) || !pt_isa_runs(task->isa)) {
                fprintf(stderr, "bench_simulate: no instruction set '%s' here\n", argv[a]);
                return false;
            }
        } else if (n < 7) {
            char *end;
            number[n++] = strtoull(argv[a], &end, 10);
            if (*end != '\0' || end == argv[a]) {
                return false;
            }
        }
    }
    task->draws = number[0];
    task->years = (size_t)number[1];
    task->cells = (size_t)number[2];
    task->threads = (int)number[3];
    task->seed = number[4];
    task->indicator = (int)number[5];
    task->scenario = (int)number[6];
    return n >= 5 && task->draws > 0 && task->years > 0 && task->cells > 0 && task->threads > 0;
}

/* The cell (i, s) of the workload; multiplier is [years]. */
static struct pt_drift_cell cell_of(const struct task *task, double *multiplier)
{
    double full = 1 + 0.1 * task->scenario, ramp = 1 + task->scenario % 5;
    for (size_t t = 1; t <= task->years; t++) {
        multiplier[t - 1] = 1 + (full - 1) * fmin(1, (double)t / ramp);
    }
    return (struct pt_drift_cell){ .level = 5 + task->indicator,
                                   .slope = -(0.30 + 0.02 * task->indicator),
                                   .level_sd = 0.40,
                                   .slope_sd = 0.06,
                                   .correlation = -0.5,
                                   .sigma = 0.50,
                                   .years = task->years,
                                   .multiplier = multiplier,
                                   .enter = 0,
                                   .stay = 0.50 };
}

static bool run(const struct task *task, const struct pt_drift_cell *cell, uint64_t *count,
                double *bands)
{
    bool done = true;
#pragma omp parallel for num_threads(task->threads) schedule(dynamic) reduction(&& : done)
    for (size_t c = 0; c < task->cells; c++) {
        char name[32];
        snprintf(name, sizeof name, "cell-%zu", c);
        struct pt_stream stream = pt_stream_open(task->seed, name);
        stream.isa = task->isa;
        struct pt_error err;
        done = done &&
               pt_drift_cell_run(cell, &stream, task->draws, count + c * (task->years + 2),
                                 bands ? bands + c * task->years * PT_BANDS : NULL, &err) == PT_OK;
    }
    return done;
}

static void print(const struct task *task, double wall, double cpu, const uint64_t *count,
                  const double *bands)
{
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    printf(
        "{\"impl\":\"paritet%s\",\"isa\":\"%s\",\"threads\":%d,\"P\":%llu,\"H\":%zu,\"cells\":%zu,"
        "\"wall\":%.6f,\"cpu\":%.6f,\"peak_kib\":%ld,\"hist\":[",
        task->floor ? " floor" : "", pt_isa_name(task->isa), task->threads,
        (unsigned long long)task->draws, task->years, task->cells, wall, cpu, usage.ru_maxrss);
    for (size_t h = 1; h <= task->years + 1; h++) {
        printf("%s%llu", h > 1 ? "," : "", (unsigned long long)count[h]);
    }
    printf("],\"q\":[");
    for (size_t i = 0; i < task->years * PT_BANDS && bands; i++) {
        printf("%s%.17g", i > 0 ? "," : "", bands[i]);
    }
    puts("]}");
}

int main(int argc, char **argv)
{
    struct task task;
    if (!read_task(argc, argv, &task)) {
        fputs("usage: bench_simulate P H CELLS THREADS SEED [I S] [--floor] [--isa NAME]\n",
              stderr);
        return 64;
    }
    double *multiplier = malloc(task.years * sizeof *multiplier);
    uint64_t *count = malloc(task.cells * (task.years + 2) * sizeof *count);
    double *bands = task.floor ? NULL : malloc(task.cells * task.years * PT_BANDS * sizeof *bands);
    int status = 70;
    if (multiplier && count && (bands || task.floor)) {
        struct pt_drift_cell cell = cell_of(&task, multiplier);
        double wall = seconds(CLOCK_MONOTONIC), cpu = seconds(CLOCK_PROCESS_CPUTIME_ID);
        if (run(&task, &cell, count, bands)) {
            wall = seconds(CLOCK_MONOTONIC) - wall;
            cpu = seconds(CLOCK_PROCESS_CPUTIME_ID) - cpu;
            size_t last = task.cells - 1;
            print(&task, wall, cpu, count + last * (task.years + 2),
                  bands ? bands + last * task.years * PT_BANDS : NULL);
            status = 0;
        }
    }
    free(bands);
    free(count);
    free(multiplier);
    return status;
}
