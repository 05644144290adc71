#include <limits.h>
#include <math.h>

#include "simulate/rows.h"

const char *pt_event_name(enum pt_event event)
{
    static const char *const names[PT_EVENTS] = { "trend", "published", "sustained" };
    return names[event];
}

void pt_watch_start(struct pt_watch *watch, int years, size_t n_years, size_t before, size_t n)
{
    watch->years = years;
    watch->never = n_years + 1;
    bool already = before >= (size_t)years;
    for (size_t i = 0; i < n; i++) {
        watch->start[i] = 0;
        watch->run[i] = (uint32_t)before;
        watch->first[i] = already ? 0 : (uint32_t)watch->never;
    }
}

void pt_watch_now(struct pt_watch *watch, size_t n, const double *gap, double band)
{
    for (size_t i = 0; i < n; i++) {
        if (gap[i] <= band) {
            watch->run[i] = 1;
            watch->first[i] = 0;
        }
    }
}

void pt_watch_year(struct pt_watch *watch, size_t h, size_t n, const double *gap, double band)
{
    pt_rows_best()->watch(n, (uint32_t)watch->years, (uint32_t)watch->never, (uint32_t)h, gap, band,
                          watch->run, watch->start, watch->first);
}

int pt_parity_quantile(const struct pt_parity *parity, size_t n_years, int last, double p)
{
    uint64_t total = 0, below = 0;
    for (size_t h = 0; h <= n_years + 1; h++) {
        total += parity->count[h];
    }
    for (size_t h = 0; h <= n_years; h++) {
        below += parity->count[h];
        if ((double)below >= p * (double)total) {
            return h == 0 ? INT_MIN : last + (int)h;
        }
    }
    return INT_MAX;
}
