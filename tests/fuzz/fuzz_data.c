/* Figures: a CSV file with any bytes. What is kept is in order, finite and named. */
#include <math.h>
#include <string.h>

#include <paritet/barometer.h>

#include "fuzz/fuzz.h"

static void check_series(const struct pt_observed *series)
{
    PROMISE(series->indicator[0] != 0 && series->group[0] != 0); /* n is 0 where all are missing */
    for (size_t i = 0; i < series->n; i++) {
        const struct pt_observation *one = &series->observations[i];
        PROMISE(isfinite(one->value) && fabs(one->value) <= 1e300);
        PROMISE(one->persons >= 0);
        PROMISE(i == 0 || one->year > one[-1].year);
    }
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
    struct pt_diagnostics list;
    struct pt_error err = { 0 };
    struct pt_data *data = pt_data_new();
    PROMISE(data);
    pt_diagnostics_init(&list);
    enum pt_status status = pt_data_read(data, fuzz_file("figures.csv", bytes, n), &list, &err);
    PROMISE(status != PT_OK || list.count[PT_ERROR] == 0);
    fuzz_check(&list, status, &err);
    for (size_t i = 0; i < pt_data_count(data); i++) {
        const struct pt_observed *series = pt_data_series(data, i);
        check_series(series);
        PROMISE(pt_data_find(data, series->indicator, series->group, series->place) == series);
    }
    pt_data_free(data);
    pt_diagnostics_free(&list);
    return 0;
}
