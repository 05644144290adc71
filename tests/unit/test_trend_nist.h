/* NIST Statistical Reference Datasets: reads their files, fits them with the solvers of the trend
 * room and counts correct digits. Shared by test_trend_nist.c and tests/bench/nist.c. */
#ifndef TEST_TREND_NIST_H
#define TEST_TREND_NIST_H

#include <ctype.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "trend/least_squares.h"
#include "unit/test_trend_nist_models.h"

#define NIST_ROWS    300
#define NIST_COLUMNS 7
#define NIST_DIGITS  11 /* the certified values have so many, the linear ones 15 */

struct nist {
    const char *name;
    nist_model *model; /* NULL: linear */
    unsigned linear;
    size_t n, p, columns;
    double y[NIST_ROWS], x[NIST_ROWS * NIST_COLUMNS];
    double start[2][PT_FIT_PARAMETERS], b[PT_FIT_PARAMETERS], sd[PT_FIT_PARAMETERS];
};

/* The numbers in a line, from the first that is one. */
static size_t nist_numbers(const char *at, double *out, size_t most)
{
    size_t n = 0;
    while (*at != '\0' && n < most) {
        char *end;
        double value = strtod(at, &end);
        if (end == at) {
            at++;
            continue;
        }
        out[n++] = value;
        at = end;
    }
    return n;
}

static void nist_line(struct nist *set, const char *line, size_t number, size_t first_datum)
{
    double v[NIST_COLUMNS + 1];
    while (isspace((unsigned char)*line)) {
        line++;
    }
    if (number >= first_datum) {
        size_t n = nist_numbers(line, v, NIST_COLUMNS + 1);
        if (n >= 2 && set->n < NIST_ROWS) {
            set->columns = n - 1;
            set->y[set->n] = v[0];
            memcpy(set->x + set->n * NIST_COLUMNS, v + 1, (n - 1) * sizeof *v);
            set->n++;
        }
    } else if ((line[0] == 'B' || line[0] == 'b') && isdigit((unsigned char)line[1])) {
        line += 1 + strspn(line + 1, "0123456789");
        size_t n = nist_numbers(line, v, 4), k = set->p;
        if (n >= 2 && k < PT_FIT_PARAMETERS) {
            set->start[0][k] = v[0];
            set->start[1][k] = v[1];
            set->b[k] = v[n - 2];
            set->sd[k] = v[n - 1];
            set->p++;
        }
    }
}

/* false: not there. */
static bool nist_read(const char *folder, const char *name, struct nist *set)
{
    char path[5000], line[512];
    snprintf(path, sizeof path, "%s/%s.dat", folder, name);
    FILE *file = fopen(path, "r");
    if (!file) {
        return false;
    }
    memset(set, 0, sizeof *set);
    set->name = name;
    for (size_t i = 0; i < NIST_NONLINEAR; i++) {
        if (strcmp(nist_models[i].name, name) == 0) {
            set->model = nist_models[i].model;
            set->linear = nist_models[i].linear;
        }
    }
    for (size_t number = 1; fgets(line, sizeof line, file); number++) {
        nist_line(set, line, number, 61); /* every file says so in its head */
    }
    fclose(file);
    if (strcmp(name, "Nelson") == 0) {
        for (size_t i = 0; i < set->n; i++) {
            set->y[i] = log(set->y[i]);
        }
    }
    return true;
}

/* Correct digits: -log10 of the relative error, of the absolute one for a certified 0. */
static double nist_digits(double got, double certified, double most)
{
    double error = fabs(got - certified) / (certified != 0 ? fabs(certified) : 1);
    return isnan(error) ? 0 : error > 0 ? fmin(fmax(-log10(error), 0), most) : most;
}

/* Digits of the worst parameter and of the worst standard deviation. */
static void nist_count(const struct nist *set, const struct pt_least_squares *fit, double most,
                       double *of_b, double *of_sd)
{
    double s = sqrt(fit->sse / (double)(set->n - set->p));
    *of_b = *of_sd = most;
    for (size_t k = 0; k < set->p; k++) {
        *of_b = fmin(*of_b, nist_digits(fit->b[k], set->b[k], most));
        *of_sd =
            fmin(*of_sd, nist_digits(s * sqrt(fit->inverse[k * set->p + k]), set->sd[k], most));
    }
}

/* The columns of a linear set: a polynomial in x, or with several x's a plane. */
static void nist_columns(const struct nist *set, long double *x)
{
    bool through_zero = strncmp(set->name, "NoInt", 5) == 0;
    for (size_t i = 0; i < set->n; i++) {
        const double *row = set->x + i * NIST_COLUMNS;
        long double power = through_zero ? (long double)row[0] : 1;
        for (size_t k = 0; k < set->p; k++) {
            x[i * set->p + k] = set->columns > 1 ? k == 0 ? 1 : (long double)row[k - 1] : power;
            power *= (long double)row[0];
        }
    }
}

static bool nist_fit_linear(const struct nist *set, struct pt_least_squares *fit)
{
    static long double x[NIST_ROWS * PT_FIT_PARAMETERS];
    nist_columns(set, x);
    return pt_least_squares(set->n, set->p, x, set->y, NULL, fit, NULL, NULL) == PT_OK;
}

static bool nist_residuals(const void *data, const double *b, double *f, double *jacobian)
{
    const struct nist *set = data;
    double g[PT_FIT_PARAMETERS];
    for (size_t i = 0; i < set->n; i++) {
        f[i] = set->model(b, set->x + i * NIST_COLUMNS, g) - set->y[i];
        if (jacobian) {
            memcpy(jacobian + i * set->p, g, set->p * sizeof *g);
        }
    }
    return true;
}

static bool nist_fit_nonlinear(const struct nist *set, size_t start, struct pt_least_squares *fit)
{
    struct pt_nonlinear problem = { .n = set->n,
                                    .p = set->p,
                                    .residuals = nist_residuals,

                                    .data = set,
                                    .linear = set->linear,
                                    .thorough = true };
    memcpy(fit->b, set->start[start], set->p * sizeof *fit->b);
    return pt_nonlinear(&problem, fit);
}

#endif
