/* The curves of the 27 nonlinear NIST data sets: value at x, and gradient g by the parameters.
 * Formulas from the files, derivatives by hand; test_trend_nist.c checks them by differences. */
#ifndef TEST_TREND_NIST_MODELS_H
#define TEST_TREND_NIST_MODELS_H

#include <math.h>
#include <stddef.h>
#include <string.h>

#define NIST_PI 3.141592653589793238462643383279

typedef double nist_model(const double *b, const double *x, double *g);

static double bennett5(const double *b, const double *x, double *g)
{
    double base = b[1] + x[0], power = pow(base, -1 / b[2]);
    g[0] = power;
    g[1] = -b[0] / b[2] * power / base;
    g[2] = b[0] * power * log(base) / (b[2] * b[2]);
    return b[0] * power;
}

static double misra1a(const double *b, const double *x, double *g) /* also BoxBOD */
{
    double e = exp(-b[1] * x[0]);
    g[0] = 1 - e;
    g[1] = b[0] * x[0] * e;
    return b[0] * (1 - e);
}

static double misra1b(const double *b, const double *x, double *g)
{
    double base = 1 + b[1] * x[0] / 2;
    g[0] = 1 - 1 / (base * base);
    g[1] = b[0] * x[0] / (base * base * base);
    return b[0] * g[0];
}

static double misra1c(const double *b, const double *x, double *g)
{
    double base = 1 + 2 * b[1] * x[0], root = sqrt(base);
    g[0] = 1 - 1 / root;
    g[1] = b[0] * x[0] / (base * root);
    return b[0] * g[0];
}

static double misra1d(const double *b, const double *x, double *g)
{
    double base = 1 + b[1] * x[0];
    g[0] = b[1] * x[0] / base;
    g[1] = b[0] * x[0] / (base * base);
    return b[0] * g[0];
}

static double chwirut(const double *b, const double *x, double *g)
{
    double e = exp(-b[0] * x[0]), d = b[1] + b[2] * x[0];
    g[0] = -x[0] * e / d;
    g[1] = -e / (d * d);
    g[2] = x[0] * g[1];
    return e / d;
}

static double danwood(const double *b, const double *x, double *g)
{
    g[0] = pow(x[0], b[1]);
    g[1] = b[0] * g[0] * log(x[0]);
    return b[0] * g[0];
}

static double enso(const double *b, const double *x, double *g)
{
    double year = 2 * NIST_PI * x[0] / 12;
    g[0] = 1;
    g[1] = cos(year);
    g[2] = sin(year);
    double y = b[0] + b[1] * g[1] + b[2] * g[2];
    for (size_t k = 3; k < 9; k += 3) {
        double phase = 2 * NIST_PI * x[0] / b[k];
        g[k + 1] = cos(phase);
        g[k + 2] = sin(phase);
        g[k] = phase / b[k] * (b[k + 1] * g[k + 2] - b[k + 2] * g[k + 1]);
        y += b[k + 1] * g[k + 1] + b[k + 2] * g[k + 2];
    }
    return y;
}

static double eckerle4(const double *b, const double *x, double *g)
{
    double u = (x[0] - b[2]) / b[1], e = exp(-0.5 * u * u);
    g[0] = e / b[1];
    g[1] = b[0] * e / (b[1] * b[1]) * (u * u - 1);
    g[2] = b[0] * e * u / (b[1] * b[1]);
    return b[0] * g[0];
}

static double gauss(const double *b, const double *x, double *g)
{
    g[0] = exp(-b[1] * x[0]);
    g[1] = -b[0] * x[0] * g[0];
    double y = b[0] * g[0];
    for (size_t k = 2; k < 8; k += 3) {
        double u = (x[0] - b[k + 1]) / b[k + 2];
        g[k] = exp(-u * u);
        g[k + 1] = b[k] * g[k] * 2 * u / b[k + 2];
        g[k + 2] = g[k + 1] * u;
        y += b[k] * g[k];
    }
    return y;
}

/* (b1 + b2 x + ...) / (1 + ...): top parameters of one degree, bottom of another */
static double rational(const double *b, double x, size_t top, size_t bottom, double *g)
{
    double numerator = 0, denominator = 1, power = 1;
    for (size_t k = 0; k < top; k++, power *= x) {
        numerator += b[k] * power;
        g[k] = power;
    }
    power = x;
    for (size_t k = 0; k < bottom; k++, power *= x) {
        denominator += b[top + k] * power;
        g[top + k] = power;
    }
    for (size_t k = 0; k < top + bottom; k++) {
        g[k] *= (k < top ? 1 : -numerator / denominator) / denominator;
    }
    return numerator / denominator;
}

static double hahn1(const double *b, const double *x, double *g) /* also Thurber */
{
    return rational(b, x[0], 4, 3, g);
}

static double kirby2(const double *b, const double *x, double *g)
{
    return rational(b, x[0], 3, 2, g);
}

static double lanczos(const double *b, const double *x, double *g)
{
    double y = 0;
    for (size_t k = 0; k < 6; k += 2) {
        g[k] = exp(-b[k + 1] * x[0]);
        g[k + 1] = -b[k] * x[0] * g[k];
        y += b[k] * g[k];
    }
    return y;
}

static double mgh09(const double *b, const double *x, double *g)
{
    double top = x[0] * (x[0] + b[1]), bottom = x[0] * (x[0] + b[2]) + b[3],
           y = b[0] * top / bottom;
    g[0] = top / bottom;
    g[1] = b[0] * x[0] / bottom;
    g[2] = -y * x[0] / bottom;
    g[3] = -y / bottom;
    return y;
}

static double mgh10(const double *b, const double *x, double *g)
{
    double d = x[0] + b[2];
    g[0] = exp(b[1] / d);
    g[1] = b[0] * g[0] / d;
    g[2] = -g[1] * b[1] / d;
    return b[0] * g[0];
}

static double mgh17(const double *b, const double *x, double *g)
{
    g[0] = 1;
    g[1] = exp(-x[0] * b[3]);
    g[2] = exp(-x[0] * b[4]);
    g[3] = -x[0] * b[1] * g[1];
    g[4] = -x[0] * b[2] * g[2];
    return b[0] + b[1] * g[1] + b[2] * g[2];
}

static double nelson(const double *b, const double *x, double *g) /* of log y */
{
    double e = exp(-b[2] * x[1]);
    g[0] = 1;
    g[1] = -x[0] * e;
    g[2] = b[1] * x[0] * x[1] * e;
    return b[0] - b[1] * x[0] * e;
}

static double rat42(const double *b, const double *x, double *g)
{
    double e = exp(b[1] - b[2] * x[0]), d = 1 + e;
    g[0] = 1 / d;
    g[1] = -b[0] * e / (d * d);
    g[2] = -g[1] * x[0];
    return b[0] / d;
}

static double rat43(const double *b, const double *x, double *g)
{
    double e = exp(b[1] - b[2] * x[0]), d = 1 + e, power = pow(d, -1 / b[3]);
    g[0] = power;
    g[1] = -b[0] * power / d * e / b[3];
    g[2] = -g[1] * x[0];
    g[3] = b[0] * power * log(d) / (b[3] * b[3]);
    return b[0] * power;
}

static double roszman1(const double *b, const double *x, double *g)
{
    double d = x[0] - b[3], ratio = b[2] / d, slope = 1 / ((1 + ratio * ratio) * NIST_PI);
    g[0] = 1;
    g[1] = -x[0];
    g[2] = -slope / d;
    g[3] = -slope * ratio / d;
    return b[0] - b[1] * x[0] - atan(ratio) / NIST_PI;
}

static const struct {
    const char *name;
    nist_model *model;
    unsigned linear; /* bit j: y is linear in parameter j */
} nist_models[] = {
    { "Bennett5", bennett5, 0x1 }, { "BoxBOD", misra1a, 0x1 },    { "Chwirut1", chwirut, 0 },
    { "Chwirut2", chwirut, 0 },    { "DanWood", danwood, 0x1 },   { "ENSO", enso, 0x1b7 },
    { "Eckerle4", eckerle4, 0x1 }, { "Gauss1", gauss, 0x25 },     { "Gauss2", gauss, 0x25 },
    { "Gauss3", gauss, 0x25 },     { "Hahn1", hahn1, 0xf },       { "Kirby2", kirby2, 0x7 },
    { "Lanczos1", lanczos, 0x15 }, { "Lanczos2", lanczos, 0x15 }, { "Lanczos3", lanczos, 0x15 },
    { "MGH09", mgh09, 0x1 },       { "MGH10", mgh10, 0x1 },       { "MGH17", mgh17, 0x7 },
    { "Misra1a", misra1a, 0x1 },   { "Misra1b", misra1b, 0x1 },   { "Misra1c", misra1c, 0x1 },
    { "Misra1d", misra1d, 0x1 },   { "Nelson", nelson, 0x3 },     { "Rat42", rat42, 0x1 },
    { "Rat43", rat43, 0x1 },       { "Roszman1", roszman1, 0x3 }, { "Thurber", hahn1, 0xf },
};
#define NIST_NONLINEAR (sizeof nist_models / sizeof *nist_models)

static const char *const nist_linear[] = { "Norris",   "Pontius",  "NoInt1",   "NoInt2",
                                           "Filip",    "Longley",  "Wampler1", "Wampler2",
                                           "Wampler3", "Wampler4", "Wampler5" };
#define NIST_LINEAR (sizeof nist_linear / sizeof *nist_linear)

#endif
