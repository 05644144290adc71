#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "cli/cli.h"
#include "cli/keys.h"

const struct argp_option options_general[] = {
    { "lang", KEY_LANGUAGE, "da|en", 0, PT_N("language of the answers"), 0 },
    { "quiet", 'q', NULL, 0, PT_N("no warnings, notices or progress"), 0 },
    { "verbose", 'v', NULL, 0, PT_N("say more about how it was done"), 0 },
    { "color", KEY_COLOR, "auto|always|never", 0, PT_N("colour in the terminal"), 0 },
    { "sandbox", KEY_SANDBOX, NULL, 0, PT_N("read only what is named, write only the answer"), 0 },
    { "help", KEY_HELP, NULL, 0, PT_N("this page"), 0 },
    { "version", KEY_VERSION, NULL, 0, PT_N("version and licence"), 0 },
    { 0 }
};

const struct argp_option options_fit[] = {
    { NULL, 'i', PT_N("ID[@PLACE]"), 0, PT_N("only this indicator (at this place)"), 0 },
    { "from", KEY_FROM, PT_N("YEAR"), 0, PT_N("fit only the figures from this year on"), 0 },
    { "trend", KEY_FAMILY, PT_N("FAMILY"), 0,
      PT_N("this trend line for every indicator ('paritet families')"), 0 },
    { "constants", KEY_CONSTANTS, "social|mixed|percent|paritet", 0,
      PT_N("constants of the consensus (social; gaps paritet, bounds percent)"), 0 },
    { 0 }
};

const struct argp_option options_draws[] = {
    { "draws", KEY_DRAWS, "N|auto", 0, PT_N("number of futures (20000); auto: enough of them"), 0 },
    { "mc-error", KEY_MC_ERROR, PT_N("POINTS"), 0,
      PT_N("with --draws auto: error of a chance, pp (0.5)"), 0 },
    { "seed", KEY_SEED, "N", 0, PT_N("seed of the random numbers (20140213)"), 0 },
    { "horizon", KEY_HORIZON, PT_N("YEAR"), 0, PT_N("last year looked at"), 0 },
    { "threads", KEY_THREADS, "N", 0, PT_N("threads (all cores)"), 0 },
    { 0 }
};

const struct argp_option options_shard[] = {
    { "shard", KEY_SHARD, "K/N", 0, PT_N("only part K of N, for 'paritet merge'"), 0 }, { 0 }
};

const struct argp_option options_table[] = {
    { "format", KEY_FORMAT, "text|csv|json|markdown", 0, PT_N("form of the answer"), 0 },
    { "table", KEY_TABLE, PT_N("NAME"), 0, PT_N("which table; an unknown name lists them all"), 0 },
    { "output", 'o', PT_N("FILE"), 0, PT_N("write to a file; - is standard output"), 0 },
    { 0 }
};

const struct argp_option options_plot[] = {
    { "plot", KEY_PLOT, NULL, 0, PT_N("draw each fan in characters"), 0 }, { 0 }
};

const struct argp_option options_folder[] = {
    { "output", 'o', PT_N("FOLDER"), 0, PT_N("the folder to make (required)"), 0 },
    { "theme", KEY_THEME, "light|print", 0, PT_N("pictures for a screen (light), or for paper"),
      0 },
    { "no-plots", KEY_NO_PLOTS, NULL, 0, PT_N("scripts only; do not start gnuplot"), 0 },
    { 0 }
};

const struct argp_option options_data[] = {
    { "output", 'o', PT_N("FILE"), 0, PT_N("write to a file; - is standard output"), 0 }, { 0 }
};

const struct argp_option options_check[] = {
    { "data", KEY_DATA, NULL, 0, PT_N("check CSV files of figures instead of a model"), 0 },
    { "strict", KEY_STRICT, NULL, 0, PT_N("exit 1 when there are warnings"), 0 },
    { 0 }
};

const struct argp_option options_status[] = {
    { "strict", KEY_STRICT, NULL, 0, PT_N("exit 1 when something is off course or moving away"),
      0 },
    { 0 }
};

static bool read_count(const char *text, unsigned long long most, unsigned long long *out)
{
    char *end;
    errno = 0;
    unsigned long long value = strtoull(text, &end, 10);
    if (text[0] < '0' || text[0] > '9' || *end != '\0' || errno != 0 || value > most) {
        return false;
    }
    *out = value;
    return true;
}

static error_t set_color(struct request *request, const char *argument)
{
    static const char *const words[] = { "auto", "always", "never" };
    for (int i = 0; i < 3; i++) {
        if (strcmp(argument, words[i]) == 0) {
            request->color = (enum color)i;
            return 0;
        }
    }
    return REFUSE(request, "--color is 'auto', 'always' or 'never', not '%s'", argument);
}

error_t request_general(struct request *request, int key, char *argument)
{
    switch (key) {
    case KEY_LANGUAGE: {
        const struct pt_language *language = pt_language_find(argument);
        if (!language) {
            return REFUSE(request, "--lang is 'da' or 'en', not '%s'", argument);
        }
        request->language = language;
        return 0;
    }
    case 'q':
        request->quiet = true;
        return 0;
    case 'v':
        request->verbose = true;
        return 0;
    case KEY_COLOR:
        return set_color(request, argument);
    case KEY_SANDBOX:
        request->sandbox = true;
        return 0;
    case KEY_HELP:
        request->help = true;
        return 0;
    case KEY_VERSION:
        request->version = true;
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

error_t request_number(struct request *request, const char *name, const char *argument,
                       unsigned long long least, unsigned long long most, unsigned long long *out)
{
    unsigned long long value;
    if (!read_count(argument, most, &value) || value < least) {
        return REFUSE(request, "%s takes a whole number from %zu to %zu, not '%s'", name,
                      (size_t)least, (size_t)most, argument);
    }
    *out = value;
    return 0;
}

/* The error is kept apart, as either option may come first. */
static error_t set_error(struct request *request, const char *argument)
{
    double points = 0;
    if (!pt_number_parse(argument, strlen(argument), '.', &points, NULL) ||
        !(points >= 0.01 && points <= 50)) {
        return REFUSE(request, "--mc-error takes percentage points from 0.01 to 50, not '%s'",
                      argument);
    }
    request->mc_error = points;
    return 0;
}

static error_t set_number(struct request *request, int key, const char *argument)
{
    static const struct {
        int key;
        const char *name;
        unsigned long long least, most;
    } limits[] = {
        { KEY_DRAWS, "--draws", 1, PT_DRAWS_MOST },
        { KEY_SEED, "--seed", 0, ULLONG_MAX },
        { KEY_HORIZON, "--horizon", PT_YEAR_LEAST, PT_YEAR_MOST },
        { KEY_THREADS, "--threads", 1, PT_THREADS_MOST },
        { KEY_FROM, "--from", PT_YEAR_LEAST, PT_YEAR_MOST },
    };
    size_t i = 0;
    while (limits[i].key != key) {
        i++;
    }
    unsigned long long value;
    error_t failed =
        request_number(request, limits[i].name, argument, limits[i].least, limits[i].most, &value);
    if (failed) {
        return failed;
    }
    switch (key) {
    case KEY_DRAWS:
        request->run.draws = value;
        request->backtest.draws_given = true;
        break;
    case KEY_SEED:
        request->run.seed = value;
        break;
    case KEY_HORIZON:
        request->run.horizon = (int)value;
        break;
    case KEY_THREADS:
        request->run.threads = (int)value;
        break;
    default:
        request->run.fit_from = (int)value;
        break;
    }
    return 0;
}

/* "3/40": the third of forty. */
static error_t set_shard(struct request *request, const char *argument)
{
    char part[8] = "";
    unsigned long long k, n;
    size_t length = strcspn(argument, "/");
    if (length < sizeof part) {
        memcpy(part, argument, length);
    }
    if (argument[length] != '/' || !read_count(part, PT_SHARDS_MOST, &k) ||
        !read_count(argument + length + 1, PT_SHARDS_MOST, &n) || k < 1 || k > n) {
        return REFUSE(request,
                      "--shard takes a part and how many there are, such as 3/40, not '%s'",
                      argument);
    }
    request->run.shard = (size_t)k;
    request->run.shards = (size_t)n;
    return 0;
}

static error_t set_indicator(struct request *request, const char *argument)
{
    free(request->indicator_at);
    request->indicator_at = strdup(argument);
    if (!request->indicator_at) {
        return ENOMEM;
    }
    char *at = strchr(request->indicator_at, '@');
    if (at) {
        *at = '\0';
    }
    request->run.indicator = request->indicator_at;
    request->run.place = at ? at + 1 : NULL;
    return 0;
}

static error_t set_constants(struct request *request, const char *word)
{
    static const char *const words[] = { "social", "mixed", "percent", "paritet" };
    for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
        if (strcmp(word, words[i]) == 0) {
            request->run.fit.constants = words[i];
            return 0;
        }
    }
    return REFUSE(request, "--constants is 'social', 'mixed', 'percent' or 'paritet', not '%s'",
                  word);
}

static error_t set_form(struct request *request, int key, const char *argument)
{
    if (key == KEY_FORMAT) {
        request->writer = pt_writer_find(argument);
        return request->writer ? 0
                               : REFUSE(request,
                                        "unknown format '%s'; there are text, csv, "
                                        "json and markdown",
                                        argument);
    }
    if (key == KEY_FAMILY) {
        request->run.family = argument;
        return pt_family_find(argument)
                   ? 0
                   : REFUSE(request, "unknown trend '%s'; 'paritet families' lists them", argument);
    }
    request->table = pt_table_kind_find(argument);
    return request->table ? 0
                          : REFUSE(request,
                                   "unknown table '%s'; there are status, goals, "
                                   "history, parity, gained, attribution, costs, "
                                   "efficiency, bands, groups, decomposition, fit, "
                                   "fieller and selftest",
                                   argument);
}

error_t request_option(struct request *request, int key, char *argument)
{
    switch (key) {
    case KEY_DRAWS:
        if (strcmp(argument, "auto") == 0 && request->command != &command_backtest) {
            request->draws_auto = true;
            return 0;
        }
        request->draws_auto = false;
        return set_number(request, key, argument);
    case KEY_MC_ERROR:
        return set_error(request, argument);
    case KEY_SEED:
    case KEY_HORIZON:
    case KEY_THREADS:
    case KEY_FROM:
        return set_number(request, key, argument);
    case KEY_FORMAT:
    case KEY_TABLE:
    case KEY_FAMILY:
        return set_form(request, key, argument);
    case KEY_SHARD:
        return set_shard(request, argument);
    case KEY_CONSTANTS:
        return set_constants(request, argument);
    case 'i':
        return set_indicator(request, argument);
    case 'o':
        request->output = argument;
        return 0;
    case KEY_DATA:
        request->data = true;
        return 0;
    case KEY_STRICT:
        request->strict = true;
        return 0;
    case KEY_THEME:
        return pt_theme_find(argument, &request->theme)
                   ? 0
                   : REFUSE(request, "--theme is 'light' or 'print', not '%s'", argument);
    case KEY_NO_PLOTS:
        request->no_plots = true;
        return 0;
    case KEY_PLOT:
        request->plot = true;
        return 0;
    default: {
        error_t own = request_backtest(request, key, argument);
        return own == ARGP_ERR_UNKNOWN ? request_general(request, key, argument) : own;
    }
    }
}
