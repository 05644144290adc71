/* barometer: what is measured.
 *
 * Observations from CSV files, the model (areas > goals > indicators) from a YAML file, gap
 * measures with their inverses, and subjects: an indicator at a place, with its series cut out of
 * the data, ready to be projected. */
#ifndef PARITET_BAROMETER_H
#define PARITET_BAROMETER_H

#include <paritet/base.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ------------------------------------------------------------------ observations */

struct pt_observation {
    int year;
    double value;     /* finite, in the unit of the file */
    double persons;   /* behind a rate; 0: not known */
    uint32_t line;    /* of the file, from 1 */
    uint8_t decimals; /* digits after the decimal sign as written */
    char flag;        /* 'b' break, 'e' estimated, 'p' provisional, 'u' unreliable; 0: none */
};

/* All values of one indicator for one group at one place, years ascending. */
struct pt_observed {
    const char *indicator, *group;
    const char *place;  /* "" where the file names none */
    const char *path;   /* the file it came from */
    const char *source; /* of its newest row; "" where the file names none */
    size_t n;
    struct pt_observation *observations; /* [n] */
};

/* The rows of one or more files; owns all of its memory. */
struct pt_data;
struct pt_source;                  /* input.h */
struct pt_schema;                  /* the same */
struct pt_data *pt_data_new(void); /* NULL: out of memory */
void pt_data_free(struct pt_data *data);
/* Reads a tidy CSV file ("-": standard input) and adds its rows. Problems with rows go to the list
 * and let the reading go on; PT_EOPEN, PT_ENOMEM and files that are no CSV at all end it. After
 * PT_EDATA the data hold the good rows. */
enum pt_status pt_data_read(struct pt_data *data, const char *path, struct pt_diagnostics *list,
                            struct pt_error *err);
size_t pt_data_count(const struct pt_data *data); /* series */
const struct pt_observed *pt_data_series(const struct pt_data *data, size_t i);
/* The series, or NULL. place "" asks for the rows without a place. */
const struct pt_observed *pt_data_find(const struct pt_data *data, const char *indicator,
                                       const char *group, const char *place);
/* Places in the order in which they first appear. */
size_t pt_data_places(const struct pt_data *data, const char *const **places);

/* ------------------------------------------------------------------ gap measures */

/* METHODS 1: a card per measure; a positive gap means the group is behind. m is the group's
 * figure, r the reference's, s +1 where higher is better and -1 where lower is. `scale` is the
 * figure that a whole is written as: 100 for per cent, 1 for shares. */
struct pt_gap_measure {
    const char *name;
    const char *title; /* translated */
    const char *formula;
    const char *reference;
    bool compares; /* takes a reference group; `given` does not */
    /* whether there is a gap at these figures; NULL: at all of them */
    bool (*domain)(double m, double r, double scale);
    double (*gap)(double m, double r, int s, double scale);
    /* the m whose gap against r is g */
    double (*inverse)(double g, double r, int s, double scale);
    /* d gap / d m and d gap / d r, for sampling variances (delta method) */
    void (*slopes)(double m, double r, int s, double scale, double *by_m, double *by_r);
    /* unit of the gap, where it is not the figure's own ("%" for ratio, "" for logarithms) */
    const char *unit; /* NULL: the figure's (per cent becomes pp) */
};
extern const struct pt_gap_measure *const pt_gap_measures[]; /* ends in NULL */
const struct pt_gap_measure *pt_gap_measure_find(const char *name);

/* ------------------------------------------------------------------ the model */

struct pt_group {
    const char *id;
    struct pt_text title;
};

struct pt_unit_title {
    const char *id;
    struct pt_text title;
    unsigned decimals;
};

struct pt_break {
    int year;
    enum pt_break_kind kind;
    struct pt_text because;
};

struct pt_area;
struct pt_goal;

struct pt_indicator {
    struct pt_place at; /* of its id in the file */
    const char *id;
    struct pt_text title, note;
    bool decides;
    const char *unit;                 /* "%" or the id of a unit; never NULL */
    struct pt_text unit_title;        /* "%": both NULL */
    bool percent;                     /* unit is "%" */
    unsigned decimals;                /* to show; 1 unless the unit says otherwise */
    const char *series;               /* 'indicator' in the data; NULL: no figures */
    const char *group, *reference;    /* ids; reference NULL: none */
    const struct pt_gap_measure *gap; /* NULL: a single series with a target (or nothing) */
    double parity;                    /* of `given` */
    int better;                       /* +1 higher, -1 lower */
    double lower, upper;              /* bounds of the figures */
    bool has_band;
    double band; /* half-width in the unit of the gap */
    struct pt_text band_because;
    bool has_target;
    double target; /* in the published figure: gap for two groups, else the series */
    int target_year;
    struct pt_text target_because;
    const char *trend; /* name of a family, or NULL for the default; bound by simulate */
    struct pt_place trend_at;
    int fit_from; /* first year to fit; INT_MIN: all */
    size_t n_breaks;
    struct pt_break *breaks; /* [n_breaks] ascending years */
    const struct pt_area *area;
    const struct pt_goal *goal;
};

struct pt_goal {
    const char *id;
    struct pt_text title, owner;
    size_t n_indicators;
    struct pt_indicator *indicators;
};

struct pt_area {
    const char *id;
    struct pt_text title;
    size_t n_goals;
    struct pt_goal *goals;
};

/* What follows in one indicator when the group's figure in another leaves its baseline (METHODS 7).
 * Names and units are bound by scenario. */
struct pt_link {
    struct pt_place at;
    const char *id;        /* as written, else "FROM-TO" */
    const char *from, *to; /* ids of indicators */
    const char *group;     /* of `to`: whose figure moves; NULL: the indicator's group */
    struct pt_effect effect;
    enum pt_unit effect_unit; /* of `to` per unit of `from` */
    int delay;                /* whole years */
    double turnover;          /* share of the group replaced per year; 0: the whole group at once */
    struct pt_text source;
    enum pt_confidence confidence;
    struct pt_place from_at, to_at, group_at, effect_at;
};

/* A file that was read, for manifests. */
struct pt_input_file {
    const char *path; /* as it was opened */
    char sha256[65];
};

struct pt_model {
    const char *path;
    struct pt_text title, place_title;
    int policy_from, policy_to; /* 0: not given */
    int horizon;                /* 0: not given */
    bool all_places;
    size_t n_places;
    const char **places; /* listed places; [0] when all_places or none */
    size_t n_groups;
    struct pt_group *groups;
    size_t n_units;
    struct pt_unit_title *units;
    size_t n_areas;
    struct pt_area *areas;
    size_t n_indicators;
    struct pt_indicator **indicators; /* [n_indicators] all of them, in the file's order */
    size_t n_links;
    struct pt_link *links; /* [n_links] in the file's order */
    size_t n_files;
    struct pt_input_file *files; /* [n_files] the model itself, then its data */
    struct pt_data *data;
    const struct pt_source *source; /* the model's text, for messages (pt_spot_of) */
    struct pt_arena *arena;
};
/* Reads a model with its data. Every problem goes to the list; PT_EDATA when there was an error
 * (*out stays untouched), PT_EOPEN when a file cannot be opened. */
enum pt_status pt_model_read(const char *path, struct pt_model **out, struct pt_diagnostics *list,
                             struct pt_error *err);
void pt_model_free(struct pt_model *model);
extern const struct pt_schema pt_model_schema; /* what can be written in a model (input.h) */
const struct pt_indicator *pt_model_find(const struct pt_model *model, const char *id);
const struct pt_group *pt_model_group(const struct pt_model *model, const char *id);

/* ------------------------------------------------------------------ subjects */

enum pt_subject_kind {
    PT_SUBJECT_TWO_GROUPS, /* the gap is projected */
    PT_SUBJECT_GIVEN,      /* the published series is projected, parity is a stated value */
    PT_SUBJECT_SINGLE,     /* the figure is projected, the target is the question */
    PT_SUBJECT_PLAIN       /* the figure is projected; there is no question */
};

/* A figure that rests on fewer persons than this is said to. */
#define PT_PERSONS_FEW 50

/* An indicator at a place, ready to be projected (METHODS 3.0). */
struct pt_subject {
    const struct pt_indicator *indicator;
    const char *place;  /* "" where the model names none */
    const char *stream; /* "indicator@place": the name of its random numbers */
    enum pt_subject_kind kind;
    const struct pt_observed *observed; /* the group's rows */
    struct pt_series projected;         /* the gap, or the figure */
    struct pt_series group;             /* the group's figure, same years as projected */
    struct pt_series reference;         /* the reference's; n = 0 where there is none */
    const double *persons;              /* [projected.n] smallest count behind a value, or NULL */
    const double *sampling; /* [projected.n] sampling variance of each value, NAN where not known */
    /* gap = gap_at_zero + gap_sign * projected value; positive: behind */
    double gap_at_zero;
    int gap_sign;    /* +1 two groups, else -better */
    double band;     /* gap <= band is parity; 0 for a target */
    double scale;    /* 100 for per cent, else 1 */
    size_t n_before; /* observations before the fit starts (hole or fit-from), not in projected */
    const int *year_before; /* [n_before] for plots */
    const double *y_before; /* [n_before] */
};
/* Cuts the series of an indicator at a place out of the model's data. fit_from overrides the
 * indicator's own (INT_MIN: does not). Notices (hole, levelling down, measures that disagree, small
 * numbers, an undeclared break) go to the list. PT_EDATA where there is nothing to project: the
 * error says why. *subject uses memory of the arena. */
enum pt_status pt_subject_prepare(const struct pt_model *model,
                                  const struct pt_indicator *indicator, const char *place,
                                  int fit_from, struct pt_arena *arena, struct pt_diagnostics *list,
                                  struct pt_subject *subject, struct pt_error *err);
/* The gap that belongs to a projected value. */
double pt_subject_gap(const struct pt_subject *subject, double projected);
/* The widest gap that counts as parity (of a target: as met), with room for the last bits of a sum. */
double pt_subject_edge(const struct pt_subject *subject);
bool pt_subject_is_closed(const struct pt_subject *subject, double projected);
/* Whether a value meets the indicator's target; without one: false. */
bool pt_subject_meets_target(const struct pt_subject *subject, double projected);
/* Years in a row, up to the newest figure and in its definition, with the gap closed. */
size_t pt_subject_years_closed(const struct pt_subject *subject);
/* The group's figure that belongs to a projected value: of two groups the one whose gap against the
 * reference's figure it is, inside the group's bounds; else the value itself. */
double pt_subject_figure(const struct pt_subject *subject, double projected, double reference);
/* The places at which an indicator of this model is to be answered; "" alone where none. */
size_t pt_model_places(const struct pt_model *model, const struct pt_indicator *indicator,
                       struct pt_arena *arena, const char *const **places);

#ifdef __cplusplus
}
#endif
#endif
