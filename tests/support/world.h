/* world: a model with its figures and scenarios as plain numbers, which laws draw, change and compare.
 *
 * A world is written as the files a planner would write, is read and answered by the library, and is
 * printed with the law that it breaks. */
#ifndef PT_WORLD_H
#define PT_WORLD_H

#include <paritet/output.h>
#include <paritet/simulate.h>

#include "support/property.h"

#define WORLD_YEARS     20
#define WORLD_LEVERS    3
#define WORLD_SCENARIOS 2

struct world_year {
    int year;
    double group, other; /* figures; other only in worlds of two groups */
    bool lacks_group, lacks_other;
    unsigned persons; /* 0: not known */
};

struct world_lever {
    char id[32];
    bool on_other; /* the reference's figure */
    const char *kind;
    const char *law; /* of the effect */
    double par[3];
    int chance_of_none; /* per cent */
    double reach;       /* per cent */
    int start, delay, ramp_years;
    const char *ramp;                 /* NULL: at once */
    int until, half_life;             /* 0: none */
    int turnover;                     /* per cent a year of entrants; 0: the whole group */
    double increase, effect_increase; /* resources, per cent */
    const char *response;
    double maximum;
    double value; /* reach-target */
    int by;
    bool may_overshoot;
    double cost, state_cost; /* a year, of two purses; 0: not written */
    char place[16];          /* "": everywhere */
};

/* Which keys of a lever are written, in groups; its id is. */
enum lever_keys {
    LEVER_PLACE = 1, /* indicator, group, place and source */
    LEVER_WHAT = 2,  /* kind, effect, may-overshoot */
    LEVER_REACH = 4,
    LEVER_START = 8,
    LEVER_DELAY = 16,
    LEVER_RAMP = 32,
    LEVER_LASTS = 64,
    LEVER_TURNOVER = 128,
    LEVER_COST = 256,
    LEVER_ALL = 511
};

struct world_scenario {
    char id[32];
    const char *overlap;
    size_t n_levers;
    struct world_lever levers[WORLD_LEVERS];
};

struct world {
    const char *id, *series; /* the indicator's, and its figures' */
    bool percent, two_groups, given, higher;
    int decimals; /* of the figures in the file */
    size_t n_years;
    struct world_year years[WORLD_YEARS];
    const char *gap; /* of two groups */
    double parity, band;
    double target;
    int target_year;        /* 0: none */
    int policy_to, horizon; /* policy_to 0: none */
    const char *trend;
    int break_year; /* 0: none */
    const char *break_kind;
    size_t n_scenarios;
    struct world_scenario scenarios[WORLD_SCENARIOS];
    const char *money; /* unit of costs */
    int discount;      /* tenths of a per cent a year; 0: not written */
    /* How it is written, which no answer may depend on. */
    bool comma;      /* decimal comma, ';' between cells */
    bool crlf, mark; /* ends of lines, byte order mark */
    bool turned;     /* rows, files, groups, levers and scenarios in the other order */
    bool two_files;  /* one for each group */
    bool neighbour;  /* an indicator and a scenario beside, with nothing in common */
};

/* What a law wants of its worlds. */
struct world_wish {
    bool two_groups, single; /* not: either */
    bool plain_unit;         /* no per cent, and so no bounds */
    const char *trend;       /* NULL: any */
    const char *gap;         /* NULL: any */
    size_t levers;           /* at most, in each scenario */
    size_t scenarios;
    bool helpful;        /* levers move the group the better way */
    const char *overlap; /* NULL: any */
};
void world_draw(struct trial *trial, const struct world_wish *wish, struct world *world);
/* Other figures for the same indicator. */
void world_figures_draw(struct trial *trial, struct world *world);
/* An effect of size `unit`, which is on the better side where it helps. */
void world_effect_draw(struct trial *trial, const struct world *world, struct world_lever *lever,
                       double unit, bool helpful);
/* Adds its files to what is said of the case. */
void world_say(struct trial *trial, const struct world *world);

/* The answers of a world; what is in it lives as long. */
struct answer {
    struct pt_model *model;
    struct pt_scenario *scenarios[WORLD_SCENARIOS + 1];
    size_t n_scenarios;
    struct pt_run *run;
    struct pt_arena *arena;
    char why[1024]; /* it was refused */
    /* What is looked at: an indicator, or NULL for "it", at a place, or NULL for the first. Where one
     * is named, other rows of tables do not count. */
    const char *indicator, *place;
};
struct pt_run_options world_options(void); /* few draws */
/* False: the model, a scenario or the series was refused, and `why` says so. */
bool world_answer(const struct world *world, const struct pt_run_options *options,
                  struct answer *answer);
void answer_free(struct answer *answer);
/* The projection that is looked at; NULL: there is none. */
const struct pt_projection *answer_projection(const struct answer *answer);
/* The outcome of a scenario by its id; "baseline" too. */
const struct pt_outcome *answer_outcome(const struct answer *answer, const char *id);
/* The chance of an event by year last + h. */
uint64_t answer_by(const struct pt_parity *parity, size_t h);

/* How the numbers of `b` have to follow from those of `a`: a figure x becomes scale x + shift, a year
 * y becomes y + years. With tolerance 0 every bit is the same. */
struct relation {
    double scale, shift;
    int years;
    double tolerance; /* of the largest figure in the band */
    bool any_order;   /* of the rows of a table */
    bool renamed;     /* the place that is looked at has another name */
};
/* LAW_HOLDS, or LAW_BROKEN with what differs. */
enum verdict outcomes_agree(struct trial *trial, const struct answer *a, const char *id_a,
                            const struct answer *b, const char *id_b, const struct relation *how);
/* All outcomes of the same name, and the tables of these names ("parity gained ..."), whose years
 * may be shifted, for what is looked at. */
enum verdict answers_agree(struct trial *trial, const struct answer *a, const struct answer *b,
                           const char *tables, const struct relation *how);

#endif
