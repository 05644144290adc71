/* answer: typed facts.
 *
 * Turns projections into tables of typed cells, headlines and charts. Nothing here has a width, a
 * decimal sign or a sentence: output gives facts their characters, so that table, sentence and
 * picture cannot disagree. */
#ifndef PARITET_ANSWER_H
#define PARITET_ANSWER_H

#include <limits.h>

#include <paritet/base.h>
#include <paritet/simulate.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ tables */

#define PT_YEAR_ALREADY INT_MIN
#define PT_YEAR_NEVER   INT_MAX

enum pt_cell_kind {
    PT_CELL_EMPTY,
    PT_CELL_TEXT, /* ids and the planner's own words: never translated */
    PT_CELL_WORD, /* a word of the program's: stable English in files, translated for people */
    PT_CELL_COUNT,
    PT_CELL_AMOUNT,   /* value with its error (0: exact, NAN: not known) */
    PT_CELL_CHANCE,   /* value 0..1 with its Monte Carlo error */
    PT_CELL_YEAR,     /* a year, PT_YEAR_ALREADY or PT_YEAR_NEVER */
    PT_CELL_NO_GAIN,  /* a cost of something of which nothing was gained */
    PT_CELL_STANDING, /* a status word, which people also see as a sign and a colour */
    PT_CELL_TRACE,    /* figures by year: a line of small columns for people, numbers in files */
    PT_CELL_MESSAGE   /* a sentence of the program's with its numbers: English in files */
};

/* ------------------------------------------------------------------ words of status */

/* Of a goal as well: the worst of its deciding indicators. */
enum pt_colour { PT_COLOUR_NONE, PT_COLOUR_GREEN, PT_COLOUR_YELLOW, PT_COLOUR_RED };

/* METHODS 6, from the best to the worst, and then those that say nothing of the course: word (stable
 * in files, translated for people), colour, and a sign that needs no colour. */
#define PT_STANDING_LIST(X)                                                 \
    X(PT_STANDING_REACHED, PT_N("reached"), PT_COLOUR_GREEN, "✓")           \
    X(PT_STANDING_ON_COURSE, PT_N("on course"), PT_COLOUR_GREEN, "●")       \
    X(PT_STANDING_UNCERTAIN, PT_N("uncertain"), PT_COLOUR_YELLOW, "◐")      \
    X(PT_STANDING_OFF_COURSE, PT_N("off course"), PT_COLOUR_RED, "▼")       \
    X(PT_STANDING_MOVING_AWAY, PT_N("moving away"), PT_COLOUR_RED, "✗")     \
    X(PT_STANDING_NO_QUESTION, PT_N("no target"), PT_COLOUR_NONE, "·")      \
    X(PT_STANDING_TOO_LITTLE, PT_N("too little data"), PT_COLOUR_NONE, "…") \
    X(PT_STANDING_NO_FIGURES, PT_N("no figures"), PT_COLOUR_NONE, "–")
enum pt_standing_word {
#define PT_STANDING_ENUM(name, word, colour, sign) name,
    PT_STANDING_LIST(PT_STANDING_ENUM)
#undef PT_STANDING_ENUM
        PT_STANDINGS
};
const char *pt_standing_name(enum pt_standing_word word); /* as in files, untranslated */
enum pt_colour pt_standing_colour(enum pt_standing_word word);
const char *pt_standing_sign(enum pt_standing_word word); /* one column wide */

struct pt_cell {
    enum pt_cell_kind kind;
    int year;
    double value, error;
    const char *text;
    enum pt_standing_word standing;
    size_t n;             /* of a trace */
    const double *values; /* [n] finite */
    const struct pt_message *message;
};

struct pt_column {
    const char *name;  /* stable, as in DESIGN 5 */
    const char *title; /* for people; translated */
    unsigned people;   /* place in tables for people, from the left; 0: in files only */
};

struct pt_table {
    const char *name;  /* parity, gained, attribution, ... */
    const char *title; /* translated */
    size_t n_columns;
    const struct pt_column *columns; /* [n_columns] */
    size_t n_rows;
    const struct pt_cell *cells; /* [n_rows][n_columns] */
};

/* A maker of tables: a card. Memory of the arena; NULL cells only when out of memory. */
struct pt_table_kind {
    const char *name;
    const char *title;
    size_t n_columns;
    const struct pt_column *columns;
    bool simulated;           /* needs a run with outcomes */
    bool compares;            /* and with scenarios */
    bool attribution, groups; /* ... that were run with the option of this name */
    /* people: only the rows that answer a planner's question, not every event */
    enum pt_status (*make)(const struct pt_run *run, bool people, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err);
};
extern const struct pt_table_kind *const pt_table_kinds[]; /* ends in NULL */
const struct pt_table_kind *pt_table_kind_find(const char *name);

/* ------------------------------------------------------------------ headlines */

enum pt_headline_kind {
    PT_HEADLINE_NO_QUESTION, /* neither reference, parity nor target */
    PT_HEADLINE_ALREADY,     /* at parity in every future */
    PT_HEADLINE_YEAR,        /* earliest and share by the horizon */
    PT_HEADLINE_MOSTLY_NEVER /* P(never) > 0.5: no year is named, only the chance */
};

/* What the first sentence about one outcome says: the sustained event. */
struct pt_headline {
    enum pt_headline_kind kind;
    int earliest, middle, latest; /* p10, p50, p90; PT_YEAR_NEVER possible */
    double p_already, p_by_horizon, p_never;
    bool may_fade;           /* the trend knows two ways on; then: */
    double p_holds, p_fades; /* by the horizon if the pace holds, if it fades */
    uint64_t draws;
    int horizon;
    int last;             /* last observation */
    bool target;          /* a target is reached, rather than a gap closed */
    bool beyond_verified; /* more than 20 years ahead: nobody has verified such forecasts */
    bool ahead;           /* the newest gap lies past the band: the group is ahead */
    bool moving_away;     /* the fitted pace leads away from parity */
    const char *family;   /* title of the trend it follows, to be translated; NULL: not said */
};
void pt_headline_make(const struct pt_run *run, const struct pt_projection *projection,
                      const struct pt_outcome *outcome, struct pt_headline *headline);

/* The unit of points of a gap, or of a figure that has a target. */
struct pt_points {
    bool pp;             /* percentage points */
    const char *unit;    /* of a gap measure, such as "%"; NULL: none of its own */
    struct pt_text text; /* else: the indicator's own unit */
};
struct pt_points pt_points_of(const struct pt_indicator *indicator);

/* What a scenario changes against the baseline. */
struct pt_difference {
    bool acts;   /* at least one lever acts on this indicator, directly or by a link */
    bool target; /* a target is reached, rather than a gap closed */
    int years_p10, years_p50, years_p90; /* gained; INT_MIN where no draw has both years */
    double p_earlier; /* share of draws with an earlier year, never counted as last */
    double p_never_baseline, p_never_scenario, both_never;
    int end; /* of the policy; 0: the horizon, or past already, so that there is nothing to add */
    bool end_is_policy; /* the model's policy ends then, whatever the levers do; else these end */
    double p_end_baseline, p_end_scenario; /* chance of sustained parity by then */
    struct pt_spread closed;               /* points, against the baseline, in the year ... */
    double closed_error;                   /* what its digits defend */
    int closed_year;                       /* ... the policy's end, or the horizon; 0: not known */
    struct pt_points points;
};
void pt_difference_make(const struct pt_run *run, const struct pt_projection *projection,
                        const struct pt_outcome *outcome, struct pt_difference *difference);

/* What it takes to keep to a course that a lever lays down (reach-target), in the year it names. */
struct pt_course {
    int by;       /* 0: the lever lays down none for this projection, or none up to the horizon */
    double value; /* of the group's figure, in its own unit */
    double shift; /* by which the middle of the futures has to lie above (below: minus) where the
                         baseline has it; 0: it is there by itself */
    double error; /* what the digits of shift defend */
    bool percent; /* the unit of value is "%", else the text of points */
    struct pt_points points;
};
enum pt_status pt_course_make(const struct pt_run *run, const struct pt_projection *projection,
                              const struct pt_lever *lever, struct pt_course *course,
                              struct pt_error *err);

/* What one lever of a scenario adds, or levers only together (lever NULL). */
struct pt_share {
    const char *lever;
    struct pt_text title;
    int years_p50; /* INT_MIN where no draw has both years, and of what they do together */
    double chance_end, chance_horizon, closed_end, closed_horizon;
};
struct pt_attribution {
    int end; /* of the policy */
    int horizon;
    struct pt_points points;
    double error; /* what digits of points defend */
    size_t n;
    const struct pt_share *shares; /* [n] by lever id */
    /* total = sum of the shares + together */
    struct pt_share together, total;
};
/* The parts of an outcome of a run with options.attribution; n = 0 where it has none. Memory of
 * the arena; PT_ENOMEM. */
enum pt_status pt_attribution_make(const struct pt_run *run, const struct pt_projection *projection,
                                   const struct pt_outcome *outcome, struct pt_arena *arena,
                                   struct pt_attribution *attribution, struct pt_error *err);

/* ------------------------------------------------------------------ status (METHODS 6) */

enum pt_answer_word { PT_NOT_KNOWN, PT_YES, PT_NOT };
enum pt_progress { PT_PROGRESS_UNKNOWN, PT_PROGRESS_FORWARD, PT_PROGRESS_STILL, PT_PROGRESS_BACK };

/* Where one indicator stands at one place. Figures, changes and paces are of the published figure
 * (of two groups: of the gap) in its own unit and direction; NAN: not known. */
struct pt_standing {
    const struct pt_indicator *indicator;
    const char *place;                      /* "" where the model names none */
    const struct pt_projection *projection; /* NULL: too little data, or no figures */
    enum pt_standing_word word;
    size_t n_trace;
    const double *trace; /* [n_trace] published figures by year, as far as they compare */
    bool has_value;
    int year, before_year;     /* of the newest figure and the one before; 0: none */
    double value, value_error; /* error: what its digits defend */
    double change, change_error;
    enum pt_answer_word significant;
    enum pt_progress progress;              /* of a significant change; not significant: still */
    double pace, pace_error, required_pace; /* per year, in the direction of the figure */
    double effort;                          /* required over present; INFINITY: no progress now */
    int on_time_year;    /* the year asked about: of the target, else the policy's end or horizon */
    bool on_time_target; /* a target, rather than parity */
    double p_on_time;
    const char *eurostat, *unsd, *destatis; /* words; NULL: not computed, "undefined": breaks */
    struct pt_message reason;               /* why the word is what it is; id NULL: nothing */
    struct pt_points points;                /* unit of the figure's changes */
};

struct pt_goal_standing {
    const struct pt_goal *goal;
    const struct pt_area *area;
    const char *place;
    enum pt_standing_word word;       /* the worst of the deciding indicators that have a colour */
    size_t n_deciding, n_known;       /* deciding indicators; of them, with a colour */
    const struct pt_indicator *worst; /* the one whose word it is; NULL: none */
};

/* The status as it would have been when an earlier figure was the newest. */
struct pt_earlier_standing {
    const struct pt_projection *projection;
    int year; /* of the figure that was the newest */
    double value;
    enum pt_standing_word word;
    int on_time_year;
    double p_on_time;
};

struct pt_standings {
    size_t n;
    const struct pt_standing *rows; /* [n] in the model's order, then by place */
    size_t n_goals;
    const struct pt_goal_standing *goals; /* [n_goals] in the model's order, then by place */
    size_t n_earlier;
    const struct pt_earlier_standing *earlier; /* [n_earlier] by projection, then year */
};
/* Of a simulated run: its baseline. Memory of the arena. */
enum pt_status pt_standings_make(const struct pt_run *run, struct pt_arena *arena,
                                 struct pt_standings *out, struct pt_error *err);

/* ------------------------------------------------------------------ costs */

/* Which costs of a scenario are asked for. A programme costs its amount every year from `start` to
 * `until`, or to the horizon, at every place where it acts. */
#define PT_EVERY_ENTRY SIZE_MAX
struct pt_bill_of {
    const struct pt_scenario *scenario;
    size_t entry;                      /* of one programme; PT_EVERY_ENTRY: all */
    const char *purse;                 /* NULL: every purse */
    const struct pt_projection *moved; /* only programmes that move this one, directly or by
                                              links, and only what they cost at its place; NULL: all */
    int last;                          /* costs of later years are left out */
};
struct pt_bill {
    const char *unit; /* as written, such as "million DKK/year"; NULL: no costs */
    double per_year;  /* NAN where it is not the same in every year */
    int first, last;  /* years in which something is paid, and how many those are */
    int years;
    double total, present_value; /* discounted to the run's earliest year of costs */
    double discount;             /* share per year; one rate for a run */
};
enum pt_status pt_bill_make(const struct pt_run *run, const struct pt_bill_of *of,
                            struct pt_bill *bill, struct pt_error *err);

/* What a gain costs: of the programmes that move an indicator. INFINITY: no gain. */
struct pt_price {
    struct pt_bill to_end, to_horizon;
    /* cost to the horizon per parity year gained, among futures where both years exist; NAN where
     * there are none of those */
    double per_year_p10, per_year_p50, per_year_p90;
    double p_no_gain; /* share of those futures that gain no year */
    int end;          /* of the policy */
    /* cost to the policy's end per point closed then; where nothing is paid by then, to the horizon */
    int point_year;
    struct pt_bill to_point;
    double per_point_p10, per_point_p50, per_point_p90;
    struct pt_points point;
};
enum pt_status pt_price_make(const struct pt_run *run, const struct pt_projection *projection,
                             const struct pt_outcome *outcome, struct pt_price *price,
                             struct pt_error *err);

/* How many digits of a price its range defends. */
unsigned pt_price_digits(double low, double high);

/* ------------------------------------------------------------------ charts */

struct pt_chart_point {
    int year;
    double value;
    bool fitted; /* false: before the fit starts, drawn lighter */
};

/* Quantiles of first years that pictures show: .10 .25 .50 .75 .90, as in the table parity. */
#define PT_FIRST_YEARS 5
extern const double pt_first_year_levels[PT_FIRST_YEARS];

struct pt_chart_outcome {
    const char *id;
    struct pt_text title; /* "baseline": both NULL */
    const double *bands;  /* [n_years][PT_BANDS] */
    struct pt_headline headline;
    bool acts; /* a lever or a link of the scenario moves this figure */
    /* Of the sustained event; not set where the headline has no question. */
    int years[PT_FIRST_YEARS]; /* PT_YEAR_ALREADY and PT_YEAR_NEVER possible */
    const uint64_t *counts;    /* [n_years + 2] draws, as of pt_parity */
};

/* Everything a fan chart shows, in the published figure's unit. */
struct pt_chart {
    const char *id, *place; /* indicator id; place "" where none */
    const char *slug;       /* file name without ending, unique in the run */
    struct pt_text title, place_title;
    struct pt_text unit;             /* axis: both NULL with percent */
    bool percent;                    /* "%" or, for a difference of shares, "pp" */
    bool gap;                        /* the figure shown is a gap between two groups */
    const char *gap_unit;            /* of its measure, "%" or ""; NULL: the figure's */
    struct pt_text group, reference; /* titles; both NULL where there is none */
    unsigned decimals;
    size_t n_points;
    const struct pt_chart_point *points;
    int last, horizon;
    size_t n_years;
    bool has_parity; /* a strip or line at parity (or the target of a single series) */
    double parity_low, parity_high; /* equal: a line */
    bool has_target;
    double target;
    int target_year;
    double lower, upper; /* bounds of the figure shown */
    size_t n_breaks;
    const int *breaks;
    size_t n_outcomes; /* baseline first */
    const struct pt_chart_outcome *outcomes;
    const char *family; /* title of the trend family, translated by output */
    const char *source; /* source of the newest observation */
    uint64_t draws, seed;
    int sustained_years; /* in a row at parity, of which the first is the year of parity */
};
enum pt_status pt_charts_make(const struct pt_run *run, struct pt_arena *arena,
                              struct pt_chart **charts, size_t *n, struct pt_error *err);

/* ------------------------------------------------------------------ how good is it? */

#define PT_BACKTEST_FAMILIES 16
#define PT_BACKTEST_YEARS    50 /* a horizon at most */
#define PT_BACKTEST_DRAWS    2000u
struct pt_backtest_options {
    size_t n_families;
    const struct pt_family *families[PT_BACKTEST_FAMILIES];
    struct pt_fit_options fit; /* scores are not needed */
    const char *category;      /* shell pattern of the categories to use; NULL: all */
    size_t last;               /* of each history only so many values; 0: all */
    /* both 0: as the file says; else train and test are joined, and the last `horizon` values are
     * forecast from the `histories` before them, in every series that is long enough */
    size_t histories, horizon;
    bool gap;    /* the series are gaps: they may pass 0 */
    bool parity; /* also first years at a level: costs paths */
    uint64_t draws, seed;
    int threads; /* 0: all */
};
struct pt_backtest_options pt_backtest_options_default(void);

/* Forecasts of one series by one family, and how they came out. */
struct pt_backtest_trial {
    bool refused;                  /* the family could not be fitted */
    struct pt_forecast *forecasts; /* [years] */
    double *held_lo, *held_hi; /* [years] 80 % if the pace holds; NULL up to PT_CROSSING_YEARS */
    struct pt_score score;
    size_t n_crossings;
    struct pt_crossing crossings[PT_CROSSINGS];
};
struct pt_cut; /* private: the series as they were used */
struct pt_backtest {
    struct pt_backtest_options options;
    size_t n_series, n_short; /* used; left out because they are too short for the options */
    struct pt_cut *cut;
    struct pt_backtest_trial *trials; /* [n_families][n_series] */
    struct pt_arena *arena;
};
/* Reads a benchmark file (series,t,value,part[,category], plain or .gz; see pt_benchmark_read) and
 * forecasts each of its series with every family. The same numbers whatever the threads. Problems
 * with rows go to the list; PT_EDATA then, and where no series is left to forecast. */
enum pt_status pt_backtest_run(const char *path, const struct pt_backtest_options *options,
                               const struct pt_hooks *hooks, struct pt_diagnostics *list,
                               struct pt_backtest **out, struct pt_error *err);
void pt_backtest_free(struct pt_backtest *backtest);

/* A table of a back-test: a card. */
struct pt_backtest_table {
    struct pt_table_kind kind;                       /* its facts; its make is NULL */
    bool (*has)(const struct pt_backtest *backtest); /* whether there is anything to show */
    enum pt_status (*make)(const struct pt_backtest *backtest, struct pt_arena *arena,
                           struct pt_table *table, struct pt_error *err);
};
extern const struct pt_backtest_table *const pt_backtest_tables[]; /* ends in NULL */
const struct pt_backtest_table *pt_backtest_table_find(const char *name);

/* What a trend would have said about one past year, and what happened. */
struct pt_selftest_row {
    int origin, year; /* last figure known, year forecast */
    struct pt_forecast said;
    double happened, naive; /* naive: the figure of the origin */
    bool asked;             /* a gap to close or a target to reach, and it was open */
    double chance;          /* of the question being met in one of the years up to then */
    bool came;
};
/* What it would have said in one earlier year of all the years up to the newest figure. */
struct pt_selftest_path {
    int origin;
    double known; /* the figure of the origin */
    size_t n;
    const struct pt_forecast *said; /* [n] of the years after the origin; the last is the newest */
    double happened;                /* the newest figure */
};
#define PT_SELFTEST_AHEAD 3
struct pt_selftest {
    size_t n;
    const struct pt_selftest_row *rows; /* by origin, then year */
    size_t inside80;                    /* of them, figures inside the 80 % band */
    double rounding;                    /* smallest step of the published figures */
    size_t n_paths; /* from the origins 8, 5 and 3 years before the newest figure that exist */
    struct pt_selftest_path paths[PT_SELFTEST_AHEAD];
};
/* Forecasts of the figures 3, 5 and 8 years ahead from every earlier year with enough figures, by
 * the projection's own family. Memory of the arena. n is 0 where the series is too short. */
extern const int pt_selftest_ahead[PT_SELFTEST_AHEAD];
enum pt_status pt_selftest_make(const struct pt_run *run, const struct pt_projection *projection,
                                struct pt_arena *arena, struct pt_selftest *out,
                                struct pt_error *err);

/* Everything a plot of the self-test shows: nothing where the test has no paths. */
struct pt_selftest_chart {
    const struct pt_chart *fan; /* of the same projection: its words and figures */
    const char *slug;           /* file name without ending, unlike all others of the run */
    struct pt_selftest test;
};
/* Everything a plot of two groups' own projections shows. */
struct pt_group_series {
    struct pt_text title;
    const char *id;
    size_t n_points;
    const struct pt_chart_point *points;
    const double *bands; /* [n_years][PT_BANDS] */
    const char *family;  /* title of its own trend */
};
struct pt_groups_chart {
    const struct pt_chart *fan; /* of the same projection */
    const char *slug;           /* file name without ending, unlike all others of the run */
    double lower, upper;        /* bounds of the figures */
    bool has_series;            /* false: no two groups, or a run without options.groups */
    struct pt_group_series group, reference;
};
/* One for each chart of the run, in the same order. */
enum pt_status pt_groups_charts_make(const struct pt_run *run, const struct pt_chart *charts,
                                     struct pt_arena *arena, struct pt_groups_chart **out,
                                     struct pt_error *err);

/* One for each chart of the run, in the same order. */
enum pt_status pt_selftest_charts_make(const struct pt_run *run, const struct pt_chart *charts,
                                       struct pt_arena *arena, struct pt_selftest_chart **out,
                                       struct pt_error *err);

/* What moved the gap between two groups (METHODS 1). */
struct pt_moved {
    int year;
    double gap;
    /* of the gap of the first year; positive: narrowed. Their sum is the whole change. The group's
     * part is positive where it gained, the reference's where it lost ground. */
    double by_group, by_reference;
};
struct pt_decomposition {
    size_t n;                     /* 0: no two groups, or fewer than two figures that compare */
    const struct pt_moved *years; /* [n] from the first fitted year of the definition that holds */
    double error;                 /* what the digits of gaps and parts defend */
    struct pt_points points;
};
/* Memory of the arena; PT_ENOMEM. */
enum pt_status pt_decomposition_make(const struct pt_projection *projection, struct pt_arena *arena,
                                     struct pt_decomposition *out, struct pt_error *err);

/* ------------------------------------------------------------------ facts */

/* Everything that is said about a run, made once, so that note, page, workbook and pictures cannot
 * disagree. Memory of the arena. */
struct pt_facts {
    const struct pt_run *run;
    struct pt_standings standings;
    size_t n_charts; /* one for each projection of the run, in the same order */
    struct pt_chart *charts;
    struct pt_selftest_chart *tests;
    struct pt_groups_chart *groups;
    struct pt_decomposition *moved;
    const struct pt_difference
        *differences;                  /* [n_charts][1 + scenarios]; the baseline's is empty */
    size_t n_tables;                   /* of pt_table_kinds, in the same order */
    const struct pt_table *tables;     /* [n_tables] as files hold them */
    const struct pt_table *for_people; /* [n_tables] as people read them */
};
/* Of a run with outcomes, attribution and groups. */
enum pt_status pt_facts_make(const struct pt_run *run, struct pt_arena *arena,
                             struct pt_facts *facts, struct pt_error *err);
/* A table of the facts by its name. */
const struct pt_table *pt_facts_table(const struct pt_facts *facts, const char *name, bool people);
const struct pt_difference *pt_facts_difference(const struct pt_facts *facts, size_t chart,
                                                size_t outcome);

#ifdef __cplusplus
}
#endif
#endif
