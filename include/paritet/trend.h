/* trend: families of trend lines.
 *
 * A family is a card: a curve, its error law, and how to draw futures from both. This room sees
 * plain series only: it does not know whether a value is a gap, a rate or a grade. */
#ifndef PARITET_TREND_H
#define PARITET_TREND_H

#include <paritet/base.h>

#ifdef __cplusplus
extern "C" {
#endif

#define PT_FIT_PARAMETERS 16 /* at most four of a curve, and those of at most six breaks */
#define PT_FIT_BREAKS     6
/* Numbers of a family's own that travel with a fit. */
#define PT_FIT_NUMBERS 96
/* Normals a path takes before its first year; year h takes one more each. */
#define PT_START_NORMALS 8
/* Doubles a path keeps from year to year. */
#define PT_PATH_STATE 12

struct pt_fit_options {
    /* Prior lag-1 autocorrelation of the residuals (METHODS 4): with 4-20 points it cannot be
     * estimated, so it is stated. */
    double rho;
    /* Constants of the consensus: social, mixed, percent or paritet; NULL: those of the series, or
     * where it names none percent for figures between two bounds, social otherwise. */
    const char *constants;
    bool search_breaks; /* piecewise: also look for breaks nobody declared (n >= 11) */
    bool scores;        /* also leave-one-out and rolling-origin errors (they cost many fits) */
};
struct pt_fit_options pt_fit_options_default(void);

struct pt_fit_parameter {
    const char *name;    /* a word: intercept, slope, level, ceiling, ... */
    int year;            /* of a break's level or slope: its first year; 0 otherwise */
    double estimate, se; /* se NAN: not defined */
};

struct pt_family;

/* A fitted curve. Plain data, copied by value. Time is counted in years from `last`. */
struct pt_fit {
    const struct pt_family *family;
    size_t n;
    int first, last; /* first and last observed year */
    size_t n_parameters;
    struct pt_fit_parameter parameters[PT_FIT_PARAMETERS];
    double df;    /* degrees of freedom of sigma */
    double sigma; /* residual or yearly shock, series' unit (or the family's own scale) */
    double aicc;  /* comparable between families fitted to the same points; NAN: n too small */
    double residual_ac;   /* lag-1 autocorrelation of the residuals */
    double loo_mae;       /* mean absolute leave-one-out error, series' unit; NAN: not defined */
    double backtest_mase; /* rolling-origin errors 1-3 years ahead, over mean |yearly change| */
    double level, pace;   /* fitted level at `last`, and change per year from there */
    double lower, upper;  /* bounds of the figure */
    /* (level, pace) covariance already widened for serial correlation; pace_se also where the
     * family is no line, for the question whether it moves at all */
    double level_se, pace_se, level_pace_corr;
    /* Mean yearly change of the figures and its error, of a family whose pace_se is an error of
     * forecasts (on the scale it was fitted on); past_df 0: pace, pace_se and df say the same. */
    double past_pace, past_se, past_df;
    double rho;
    double log_scale[40]; /* Chebyshev series of ln sqrt(df / chi2), see src/trend/trend.h */
    double numbers[PT_FIT_NUMBERS]; /* the family's own */
};

/* Why a projection says what it says, in sentences. */
#define PT_EXPLANATION 8
struct pt_explanation {
    size_t n;
    struct pt_message sentences[PT_EXPLANATION];
};

/* A parameter as help and tables name it. */
struct pt_parameter_card {
    const char *name;  /* the word */
    const char *title; /* translated */
    const char *unit;  /* "figure", "figure/year", "1/year", "1", "years" */
};

struct pt_family {
    const char *name;  /* the word in a model file */
    const char *title; /* translated, as all prose below */
    const char *formula;
    const char *error_law;
    const char *parity;                     /* what it assumes about parity */
    const char *reference;                  /* author, year */
    struct pt_parameter_card parameters[5]; /* ends with a name of NULL */
    size_t least_n;
    bool line;      /* level, pace and their covariance describe the whole curve */
    bool has_curve; /* draws a mean curve apart from its noise: the trend event exists */
    /* Estimates, sigma, level, pace and their covariance. Called with n >= least_n + breaks. */
    enum pt_status (*fit)(const struct pt_series *series, const struct pt_fit_options *options,
                          struct pt_fit *fit, struct pt_error *err);
    /* The fitted curve at a year (observed or future), before bounds; NAN at observed years where
     * the family has no curve through them. */
    double (*curve)(const struct pt_fit *fit, int year);
    /* The curve's value and gradient by its parameters, t years from `last`; NULL where the family
     * is not a curve with parameters. For the contract test. */
    double (*value)(const double *parameters, double t);
    void (*gradient)(const double *parameters, double t, double *gradient);
    /* n paths before their first year: z is [PT_START_NORMALS][n], state [PT_PATH_STATE][n];
     * holds[n] gets whether the pace of a path holds past the years the family was made for
     * (true for families that know no fading). */
    void (*start)(const struct pt_fit *fit, size_t n, const double *z, double *state, bool *holds);
    /* Year last + h of n paths: z is [n]; x[n] gets the value, curve[n] the drawn mean curve
     * without noise (parameter uncertainty only; untouched without has_curve). Neither is clipped
     * to bounds. h = 0, before the first year, asks for the curve alone: z is not
     * read, x has no meaning, and the state stays. */
    void (*step)(const struct pt_fit *fit, size_t h, size_t n, const double *z, double *state,
                 double *x, double *curve);
    /* The p-quantile of year last + h in closed form; NULL: by paths. */
    double (*quantile)(const struct pt_fit *fit, size_t h, double p);
    /* What was done and why, for `fit -v`; NULL: nothing to say. */
    void (*explain)(const struct pt_fit *fit, struct pt_explanation *out);
};
extern const struct pt_family *const pt_families[]; /* ends in NULL */
const struct pt_family *pt_family_find(const char *name);
const struct pt_family *pt_family_default(void);

/* Fits a family. PT_EDATA where the series is too short for it (the message says what would help),
 * holds a value that is not finite, or has a piece between breaks with fewer than two points. */
enum pt_status pt_fit(const struct pt_family *family, const struct pt_series *series,
                      const struct pt_fit_options *options, struct pt_fit *fit,
                      struct pt_error *err);
/* Values of n paths (draws first .. first + n - 1 of a stream) in the years last + 1 .. last +
 * years: x is [years][n], inside the bounds. n at most PT_PATHS_MOST. */
#define PT_PATHS_MOST 512
void pt_fit_paths(const struct pt_fit *fit, const struct pt_stream *stream, uint64_t first,
                  size_t n, size_t years, double *x);
/* Quantiles of year last + h inside the bounds, for n ascending probabilities: in closed form
 * where the family has one, else from `draws` paths of the stream. */
enum pt_status pt_fit_quantiles(const struct pt_fit *fit, size_t h, size_t n, const double *p,
                                const struct pt_stream *stream, size_t draws, double *out,
                                struct pt_error *err);
/* The curve inside the bounds. */
double pt_fit_curve(const struct pt_fit *fit, int year);
/* The year, as a real number, at which the line through level and pace has a value; it may lie in
 * the past. INFINITY where the pace is zero. */
double pt_fit_year_at(const struct pt_fit *fit, double value);

/* ------------------------------------------------------------------ closed forms (METHODS 5) */

#define PT_FIELLER_LIST(X)                     \
    X(PT_FIELLER_FINITE, PT_N("finite"))       \
    X(PT_FIELLER_ONE_RAY, PT_N("one-ray"))     \
    X(PT_FIELLER_EXCLUSIVE, PT_N("exclusive")) \
    X(PT_FIELLER_WHOLE_LINE, PT_N("whole-line"))
enum pt_fieller_kind {
#define PT_FIELLER_ENUM(name, text) name,
    PT_FIELLER_LIST(PT_FIELLER_ENUM)
#undef PT_FIELLER_ENUM
};
const char *pt_fieller_kind_name(enum pt_fieller_kind kind);

struct pt_fieller {
    enum pt_fieller_kind kind;
    double estimate; /* where the fitted line crosses; INFINITY for a slope of 0 */
    /* finite: [lower, upper]; one-ray: the end that is not infinite; exclusive: everything but
     * (lower, upper), so "not before upper" for a line that moves toward the value */
    double lower, upper;
};
/* An estimated line level + pace u (u years from some origin) with its covariance. */
struct pt_line {
    double level, pace;
    double level_var, pace_var, covariance;
    double sigma2, df; /* residual variance and its degrees of freedom */
};
/* Where may a line cross a value? In years u from the line's origin. confidence such as 0.80;
 * observation true: one new observation crosses, false: the mean line does.
 * E. C. Fieller (1954), J. R. Stat. Soc. B 16:175-185. */
struct pt_fieller pt_fieller_line(const struct pt_line *line, double value, double confidence,
                                  bool observation);
/* The least squares line through n points; its origin is their mean time, which *mean_t gets.
 * PT_EDATA for n < 3 or equal t. */
enum pt_status pt_line_through(size_t n, const double *t, const double *y, struct pt_line *line,
                               double *mean_t, struct pt_error *err);
/* The line of a fit, origin `last`, with the covariance before it was widened for serial
 * correlation; false where the family's curve is not a line with these errors. */
bool pt_fit_line(const struct pt_fit *fit, struct pt_line *line);
/* P(T <= t) for a random walk with drift mu toward parity at distance d, sd s, in continuous time
 * (inverse Gaussian; Schroedinger 1915). */
double pt_first_passage(double d, double mu, double s, double t);
/* Years until a damped trend level + b (phi + ... + phi^h) enters a band, as a real number: slope b
 * of the last year, 0 < phi < 1, and how far the level stands above the band. 0: inside already;
 * INFINITY: b does not point to the band, or the damped sum does not reach it. */
double pt_damped_crossing(double level_minus_band, double slope, double phi);

/* ------------------------------------------------------------------ accuracy (METHODS 9) */

/* Futures of one fit. */
struct pt_futures {
    size_t years, draws;
    double *x;   /* [years][draws] inside the bounds */
    bool *holds; /* [draws] the pace of this path holds past the years its family was made for */
};
/* The paths of pt_fit_paths, kept whole. */
enum pt_status pt_futures_make(const struct pt_fit *fit, const struct pt_stream *stream,
                               size_t draws, size_t years, struct pt_futures *out,
                               struct pt_error *err);
void pt_futures_free(struct pt_futures *futures);

/* What a fit says about one year ahead. */
struct pt_forecast {
    double point, lo80, hi80, lo95, hi95;
};
/* The curve (the median where a family has none ahead) and intervals of the years 1 .. years, from
 * the closed form where the family has one, else from futures that reach that far; NULL where the
 * closed form is enough. */
enum pt_status pt_forecast_make(const struct pt_fit *fit, const struct pt_futures *futures,
                                size_t years, struct pt_forecast *out, struct pt_error *err);
/* The 80 % intervals of the paths whose pace holds: lo and hi are [years]. NAN where there are
 * fewer than 20 such paths. */
enum pt_status pt_forecast_held(const struct pt_futures *futures, double *lo, double *hi,
                                struct pt_error *err);

/* How forecasts of one series came out. */
struct pt_score {
    size_t years;              /* ahead, in which something was observed */
    double scale;              /* mean |yearly change| of the history */
    double smape, naive_smape; /* %, mean over the years; naive: no change */
    double mae, naive_mae;     /* series' unit */
    double interval; /* mean interval score at 95 %, series' unit (Gneiting, Raftery 2007) */
    size_t inside80, inside95;
};
/* forecasts is [after->year[after->n - 1] - last year of past], after the years that came. */
struct pt_score pt_score_make(const struct pt_series *past, const struct pt_series *after,
                              const struct pt_forecast *forecasts);

/* Scores of many series. Ratios are NAN where there is nothing to divide by. */
struct pt_accuracy {
    size_t series;        /* scored */
    double smape, mase;   /* means over series; MASE scaled by the history's mean |change| */
    double relative_mase; /* mean MASE over that of the naive forecast */
    double owa;           /* mean of relative sMAPE and relative MASE (Makridakis et al. 2020) */
    double msis;          /* mean scaled interval score at 95 % */
    double msis_trimmed;  /* the same without the 1 % of series whose naive MASE is largest */
    double cov80, cov95;  /* share of observed years inside */
};
/* Series whose history never changes have no scale: they count in sMAPE and coverage only. */
enum pt_status pt_accuracy_make(const struct pt_score *const *scores, size_t n,
                                struct pt_accuracy *out, struct pt_error *err);

/* A question of the parity back-test: when is a series first at or past a level, k mean yearly
 * changes from where it stands? */
#define PT_CROSSING_YEARS 6 /* looked ahead for the first year */
#define PT_CROSSING_FAR   8 /* k of a level asked of longer horizons, for being sustained only */
#define PT_CROSSINGS      8 /* k = 1, 2, 4 and PT_CROSSING_FAR, upwards and downwards */
#define PT_CROSSING_KEPT  3 /* years at or past the level in a row that count as sustained */
struct pt_crossing {
    unsigned steps;  /* k */
    int direction;   /* +1 upwards, -1 downwards */
    bool with_trend; /* the way the forecast goes: what a parity question really is */
    double level;
    size_t years;                     /* min(years observed, PT_CROSSING_YEARS) */
    size_t first;                     /* observed first year; years + 1: not within them */
    double chance[PT_CROSSING_YEARS]; /* stated, of the first year being at most h */
    bool kept;          /* observed: sustained, its first year inside all years but the last two */
    double chance_kept; /* stated for the same; NAN: fewer years than PT_CROSSING_KEPT */
};
/* The questions of one series, their chances counted over futures that reach as far as `after`
 * (years without holes). Levels at or below 0 are left out where past->lower is 0. Returns how
 * many; 0 for a history that never changes. */
size_t pt_crossings_make(const struct pt_series *past, const struct pt_series *after,
                         const struct pt_forecast *forecasts, const struct pt_futures *futures,
                         struct pt_crossing out[PT_CROSSINGS]);

#define PT_RELIABILITY_BINS 10
struct pt_reliability {
    size_t n;
    double stated, observed; /* mean chance, share that came; NAN: n = 0 */
};
/* Chances against what came of it. */
struct pt_calibration {
    size_t n;
    double stated, observed, brier, base_brier; /* base: the share that came, quoted every time */
    double ece; /* mean |stated - observed| over ten equal bins, weighted by their n */
    struct pt_reliability bins[PT_RELIABILITY_BINS];
};
struct pt_calibration pt_calibration_make(const double *chance, const bool *came, size_t n);
/* Ranked probability score of first years: mean over questions and years of the Brier score. The
 * base rate quotes, for each k and year, the share of these questions that had come by then. */
void pt_crossings_rps(const struct pt_crossing *const *crossings, size_t n, double *rps,
                      double *base);

#ifdef __cplusplus
}
#endif
#endif
