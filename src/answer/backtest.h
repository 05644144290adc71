/* How the tables of a back-test are put together; private to this room. */
#ifndef PARITET_ANSWER_BACKTEST_H
#define PARITET_ANSWER_BACKTEST_H

#include "answer/backtest_cut.h"
#include "answer/table.h"

/* A row's trials: one family's over one category, or over all. */
struct pt_group_of_trials {
    const struct pt_family *family;
    const char *category; /* "all" where is_all */
    bool is_all;
    size_t n, refused;
    const struct pt_backtest_trial **trials;  /* [n] those not refused */
    const struct pt_backtest_series **series; /* [n] */
};
/* Families times categories; categories only where there are several, then all of them. */
size_t pt_groups_count(const struct pt_backtest *backtest);
enum pt_status pt_groups_make(const struct pt_backtest *backtest, struct pt_arena *arena,
                              struct pt_group_of_trials **groups, struct pt_error *err);

extern const struct pt_backtest_table pt_backtest_table_scores, pt_backtest_table_horizons,
    pt_backtest_table_forecasts, pt_backtest_table_questions, pt_backtest_table_reliability,
    pt_backtest_table_closing, pt_backtest_table_sustained;

#endif
