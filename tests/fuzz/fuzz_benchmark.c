/* Benchmark files: any bytes, as zlib hands them on. */
#include <math.h>

#include <paritet/input.h>

#include "fuzz/fuzz.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct pt_diagnostics list;
    struct pt_error err = { 0 };
    struct pt_benchmark *benchmark = NULL;
    pt_diagnostics_init(&list);
    const char *path = fuzz_file("series.csv", bytes, n);
    enum pt_status status = pt_benchmark_read(path, &benchmark, &list, &err);
    fuzz_check(&list, status, &err);
    PROMISE((status == PT_OK) == (benchmark != NULL));
    for (size_t i = 0; benchmark && i < benchmark->n; i++) {
        const struct pt_benchmark_series *series = &benchmark->series[i];
        PROMISE(series->n > 0 && series->n_train <= series->n);
        for (size_t k = 0; k < series->n; k++) {
            PROMISE(isfinite(series->y[k]));
            PROMISE(k == 0 || series->year[k] > series->year[k - 1]);
        }
    }
    pt_benchmark_free(benchmark);
    pt_diagnostics_free(&list);
    return 0;
}
