/* Which series of a benchmark file are forecast, and where they are cut; private to this room.
 * Apart from backtest.h because input and answer both have a struct pt_table. */
#ifndef PARITET_ANSWER_BACKTEST_CUT_H
#define PARITET_ANSWER_BACKTEST_CUT_H

#include <paritet/base.h>

/* A series as it is used. */
struct pt_backtest_series {
    const char *id, *category;
    struct pt_series past, after;
    struct pt_series whole; /* past, before the option `last` cut it: errors are scaled by its
                               changes, so that scores compare between lengths */
    size_t years;           /* ahead, to the last of after */
};

/* See struct pt_backtest_options. */
struct pt_cut_options {
    const char *category;
    size_t last, histories, horizon, most_years;
    bool gap;
};

struct pt_benchmark;
struct pt_cut {
    struct pt_benchmark *benchmark; /* owns the figures */
    size_t n_series, n_short;
    struct pt_backtest_series *series; /* [n_series] */
    size_t n_categories;
    const char **categories; /* [n_categories] in the order of the file */
    size_t most_years;
};
/* Reads a file and cuts its series. PT_EDATA with the reason where none is left. */
enum pt_status pt_cut_make(const char *path, const struct pt_cut_options *options,
                           struct pt_arena *arena, struct pt_diagnostics *list, struct pt_cut *out,
                           struct pt_error *err);
void pt_cut_free(struct pt_cut *cut);

#endif
