#include "answer/backtest_cut.h"

#include <fnmatch.h>
#include <math.h>
#include <string.h>

#include <paritet/input.h>

#define CATEGORIES_MOST 256

/* Cuts a series into past and after; false: too short for the options. */
static bool cut_series(const struct pt_benchmark_series *s, const struct pt_cut_options *options,
                       struct pt_backtest_series *out)
{
    size_t first = 0, split = s->n_train, end = s->n;
    if (options->horizon > 0) {
        if (s->n < options->histories + options->horizon) {
            return false;
        }
        split = s->n - options->horizon;
        first = split - options->histories;
    }
    size_t whole = first;
    if (options->last > 0 && split - first > options->last) {
        first = split - options->last;
    }
    if (split < first + 2 || split == end) {
        return false;
    }
    bool below_zero = options->gap;
    for (size_t i = first; i < split; i++) {
        below_zero |= s->y[i] < 0;
    }
    *out = (struct pt_backtest_series){
        .id = s->id,
        .category = s->category,
        .past = { .n = split - first,
                  .year = s->year + first,
                  .y = s->y + first,
                  .lower = below_zero ? -(double)INFINITY : 0.0,
                  .upper = (double)INFINITY,
                  .rounding = pow(10, -(double)s->decimals),
                  .constants = options->gap ? PT_GAP_CONSTANTS : NULL },
        .whole = { .n = split - whole, .year = s->year + whole, .y = s->y + whole },
        .after = { .n = end - split, .year = s->year + split, .y = s->y + split },
        .years = (size_t)(s->year[end - 1] - s->year[split - 1]),
    };
    return out->years <= options->most_years;
}

static enum pt_status add_category(struct pt_cut *cut, const char *category, struct pt_error *err)
{
    for (size_t i = cut->n_categories; i-- > 0;) {
        if (strcmp(cut->categories[i], category) == 0) {
            return PT_OK;
        }
    }
    if (cut->n_categories == CATEGORIES_MOST) {
        return PT_RAISE(err, PT_EDATA, "more than %d categories; is 'category' the right column?",
                        CATEGORIES_MOST);
    }
    cut->categories[cut->n_categories++] = category;
    return PT_OK;
}

static enum pt_status none_left(const struct pt_cut *cut, const struct pt_cut_options *options,
                                struct pt_error *err)
{
    if (cut->n_short == 0 && options->category) {
        return PT_RAISE(err, PT_EDATA, "no series is in a category like '%s'", options->category);
    }
    if (options->horizon > 0) {
        return PT_RAISE(err, PT_EDATA,
                        "no series has the %zu values that %zu known years and %zu "
                        "to forecast take",
                        options->histories + options->horizon, options->histories,
                        options->horizon);
    }
    return PT_RAISE(err, PT_EDATA,
                    "no series has two values in part 'train', one in 'test' and "
                    "at most %zu years to forecast",
                    options->most_years);
}

static enum pt_status choose(struct pt_cut *cut, const struct pt_cut_options *options,
                             struct pt_arena *arena, struct pt_error *err)
{
    const struct pt_benchmark *benchmark = cut->benchmark;
    cut->series = PT_NEW(arena, struct pt_backtest_series, benchmark->n + 1);
    cut->categories = PT_NEW(arena, const char *, CATEGORIES_MOST);
    if (!cut->series || !cut->categories) {
        return PT_RAISE_NOMEM(err);
    }
    for (size_t i = 0; i < benchmark->n; i++) {
        const struct pt_benchmark_series *s = &benchmark->series[i];
        if (options->category && fnmatch(options->category, s->category, 0) != 0) {
            continue;
        }
        if (!cut_series(s, options, &cut->series[cut->n_series])) {
            cut->n_short++;
            continue;
        }
        size_t years = cut->series[cut->n_series++].years;
        cut->most_years = years > cut->most_years ? years : cut->most_years;
        enum pt_status status = add_category(cut, s->category, err);
        if (status != PT_OK) {
            return status;
        }
    }
    return cut->n_series > 0 ? PT_OK : none_left(cut, options, err);
}

enum pt_status pt_cut_make(const char *path, const struct pt_cut_options *options,
                           struct pt_arena *arena, struct pt_diagnostics *list, struct pt_cut *out,
                           struct pt_error *err)
{
    struct pt_cut made = { .benchmark = NULL };
    enum pt_status status = pt_benchmark_read(path, &made.benchmark, list, err);
    if (status == PT_OK) {
        status = choose(&made, options, arena, err);
    }
    if (status != PT_OK) {
        pt_cut_free(&made);
        return status;
    }
    *out = made;
    return PT_OK;
}

void pt_cut_free(struct pt_cut *cut)
{
    pt_benchmark_free(cut->benchmark);
    cut->benchmark = NULL;
}
