#include <errno.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/keys.h"

const struct argp_option options_backtest[] = {
    { "data", KEY_DATA, NULL, 0,
      PT_N("test on a benchmark file (series,t,value,part[,category]; .gz too)"), 0 },
    { "families", KEY_FAMILIES, PT_N("LIST"), 0, PT_N("trend lines to test, such as a,b,c"), 0 },
    { "constants", KEY_CONSTANTS, "social|mixed|percent|paritet", 0,
      PT_N("constants of the consensus (social; gaps paritet, bounds percent)"), 0 },
    { "category", KEY_CATEGORY, PT_N("PATTERN"), 0,
      PT_N("only categories like this, such as '*_B'"), 0 },
    { "last", KEY_LAST, "N", 0, PT_N("show the trend only the last N values before"), 0 },
    { "histories", KEY_HISTORIES, "N", 0,
      PT_N("join train and test, and forecast from N values (with --horizon)"), 0 },
    { "horizon", KEY_AHEAD, PT_N("YEARS"), 0, PT_N("so many years ahead (with --histories)"), 0 },
    { "gap", KEY_GAP, NULL, 0, PT_N("the series are gaps, which may pass 0"), 0 },
    { "parity", KEY_PARITY, NULL, 0, PT_N("also chances of first years at a level"), 0 },
    { "forecasts", KEY_FORECASTS, PT_N("FILE"), 0, PT_N("write every forecast to a CSV file"), 0 },
    { NULL, 'i', "ID[@PLACE]", 0, PT_N("only this indicator (at this place)"), 0 },
    { "from", KEY_FROM, PT_N("YEAR"), 0, PT_N("fit only the figures from this year on"), 0 },
    { "trend", KEY_FAMILY, PT_N("FAMILY"), 0,
      PT_N("this trend line for every indicator ('paritet families')"), 0 },
    { "draws", KEY_DRAWS, "N", 0, PT_N("number of futures (2000)"), 0 },
    { "seed", KEY_SEED, "N", 0, PT_N("seed of the random numbers (20140213)"), 0 },
    { "threads", KEY_THREADS, "N", 0, PT_N("threads (all cores)"), 0 },
    { "format", KEY_FORMAT, "text|csv|json|markdown", 0, PT_N("form of the answer"), 0 },
    { "table", KEY_SCORES, PT_N("NAME"), 0,
      PT_N("which table: scores, horizons, questions, reliability, closing, sustained, "
           "forecasts; of a model selftest"),
      0 },
    { "output", 'o', PT_N("FILE"), 0, PT_N("write to a file; - is standard output"), 0 },
    { 0 }
};

static error_t set_families(struct request *request, const char *list)
{
    struct backtest_request *b = &request->backtest;
    b->n_families = 0;
    for (const char *at = list; at; at = strchr(at, ',')) {
        at += *at == ',';
        char name[64];
        size_t n = strcspn(at, ",");
        snprintf(name, sizeof name, "%.*s", (int)n, at);
        const struct pt_family *family = pt_family_find(name);
        if (!family) {
            return REFUSE(request, "unknown trend '%s'; 'paritet families' lists them", name);
        }
        for (size_t i = 0; i < b->n_families; i++) {
            if (b->families[i] == family) {
                return REFUSE(request, "--families: '%s' is listed twice", name);
            }
        }
        if (b->n_families == PT_BACKTEST_FAMILIES) {
            return REFUSE(request, "--families takes at most %d trend lines", PT_BACKTEST_FAMILIES);
        }
        b->families[b->n_families++] = family;
    }
    return 0;
}

static error_t set_table(struct request *request, const char *name)
{
    request->table = strcmp(name, "selftest") == 0 ? pt_table_kind_find(name) : NULL;
    request->backtest.table = pt_backtest_table_find(name);
    return request->table || request->backtest.table
               ? 0
               : REFUSE(request,
                        "unknown table '%s'; there are scores, horizons, questions, "
                        "reliability, closing, sustained, forecasts, and selftest of a "
                        "model",
                        name);
}

static error_t set_years(struct request *request, int key, const char *argument)
{
    struct backtest_request *b = &request->backtest;
    unsigned long long n = 0;
    error_t failed =
        key == KEY_AHEAD  ? request_number(request, "--horizon", argument, 1, PT_BACKTEST_YEARS, &n)
        : key == KEY_LAST ? request_number(request, "--last", argument, 2, 10000, &n)
                          : request_number(request, "--histories", argument, 2, 10000, &n);
    *(key == KEY_AHEAD ? &b->horizon : key == KEY_LAST ? &b->last : &b->histories) = (size_t)n;
    return failed;
}

static error_t set(struct request *request, int key, char *argument)
{
    struct backtest_request *b = &request->backtest;
    switch (key) {
    case KEY_FAMILIES:
        return set_families(request, argument);
    case KEY_CATEGORY:
        b->category = argument;
        return 0;
    case KEY_LAST:
    case KEY_HISTORIES:
    case KEY_AHEAD:
        return set_years(request, key, argument);
    case KEY_GAP:
        b->gap = true;
        return 0;
    case KEY_PARITY:
        b->parity = true;
        return 0;
    case KEY_FORECASTS:
        b->forecasts = argument;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

error_t request_backtest(struct request *request, int key, char *argument)
{
    if (key == KEY_SCORES) {
        return set_table(request, argument);
    }
    for (const struct argp_option *o = options_backtest; o->key != 0; o++) {
        if (o->key == key && key >= KEY_FAMILIES) {
            request->backtest.for_data = o->name;
        }
    }
    return set(request, key, argument);
}
