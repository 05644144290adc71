/* What the files of the consensus projection share (METHODS 3); private to this room. */
#ifndef PARITET_TREND_CONSENSUS_H
#define PARITET_TREND_CONSENSUS_H

#include "trend/consensus_bases.h"
#include "trend/trend.h"

#define PT_CONSENSUS_LEAST 4
#define PT_CONSENSUS_ROWS  14
#define PT_CONSENSUS_TERMS 6

/* A set of constants. The reference sets shrink the median towards no change and towards damped
 * Holt by two logistic curves; a set with weights takes three directions with weights linear in
 * features of the series instead. */
struct pt_constants {
    const char *name;
    /* directions M, D and the recent pace; {0} in the reference sets */
    bool weighted;
    double weights[3][PT_CONSENSUS_TERMS];
    double c[11];                /* of the scale; the last one of the size of recent changes */
    double q[PT_CONSENSUS_ROWS]; /* of the quantiles */
    double rho_exponent;         /* of the path correlation of the first six years */
};
extern const struct pt_constants pt_constants_sets[]; /* ends with a name of NULL */
/* The probabilities of q. */
extern const double pt_constants_p[PT_CONSENSUS_ROWS];

/* Where the family keeps its numbers in a fit. */
enum {
    CONSENSUS_POINT = 0,                                    /* [6] in the figure's unit */
    CONSENSUS_SCALE = CONSENSUS_POINT + PT_CONSENSUS_YEARS, /* [6] */
    CONSENSUS_SET = CONSENSUS_SCALE + PT_CONSENSUS_YEARS,   /* index of the constants */
    CONSENSUS_LOGIT,     /* 1: the pace past six years is taken on the logit scale */
    CONSENSUS_FROM,      /* last value, and */
    CONSENSUS_STEP,      /* yearly pace past six years, on that scale */
    CONSENSUS_TO_MEDIAN, /* weight of the median's step, and */
    CONSENSUS_TO_DAMPED, /* of damped Holt's, and */
    CONSENSUS_TO_PACE,   /* of the newest changes' */
    CONSENSUS_SIGNAL,    /* tau of METHODS 3.1 */
    CONSENSUS_ROUGHNESS, /* see pt_consensus_far_exponent, and */
    CONSENSUS_FAR,       /* what it gives */
    CONSENSUS_USED,      /* figures used, and */
    CONSENSUS_START,     /* the first year of them */
    CONSENSUS_BASE,      /* [6] the base forecasts of the sixth year */
    CONSENSUS_MEDIAN = CONSENSUS_BASE + PT_CONSENSUS_BASES,
    CONSENSUS_NUMBERS
};

/* The fit of the card. */
enum pt_status pt_consensus_fit(const struct pt_series *series,
                                const struct pt_fit_options *options, struct pt_fit *fit,
                                struct pt_error *err);
/* The series made regular, from its first year: free(*memory) afterwards, unless it failed. *work is
 * [25 n]. PT_EDATA for changes of slope and for fewer than 3 changes within one definition. */
enum pt_status pt_consensus_regular(const char *family, const struct pt_series *series,
                                    struct pt_regular *out, double **work, void **memory,
                                    struct pt_error *err);
const struct pt_constants *pt_consensus_set(const struct pt_fit *fit);
/* 1 / (1 + exp(-x)) */
double pt_consensus_sigm(double x);
/* Exponent of the path correlation from the seventh year on, between 0 (errors of one year carry
 * over whole) and .6. Roughness: the logarithm of the root mean square of the changes of the
 * changes (and a twentieth of q), over q. */
double pt_consensus_far_exponent(double roughness);

#endif
