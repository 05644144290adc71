#include <math.h>
#include <string.h>

#include <paritet/barometer.h>

/* METHODS 1. All measures have the same parity and different paces, so each states its own
 * slopes for the delta method. */

static double difference_gap(double m, double r, int s, double scale)
{
    (void)scale;
    return s * (r - m);
}

static double difference_inverse(double g, double r, int s, double scale)
{
    (void)scale;
    return r - s * g;
}

static void difference_slopes(double m, double r, int s, double scale, double *by_m, double *by_r)
{
    (void)m;
    (void)r;
    (void)scale;
    *by_m = -s;
    *by_r = s;
}

static const struct pt_gap_measure difference = {
    .name = "difference",
    .title = PT_N("difference in points"),
    .formula = "s (r - m)",
    .reference = "Eurostat, gap indicators",
    .compares = true,
    .gap = difference_gap,
    .inverse = difference_inverse,
    .slopes = difference_slopes,
};

static bool positive_reference(double m, double r, double scale)
{
    (void)m;
    (void)scale;
    return r > 0;
}

/* The two directions are not mirror images: 100 (1 - m/r) where higher is better and
 * 100 (m/r - 1) where lower is, so both say how many per cent the group is behind. */
static double ratio_gap(double m, double r, int s, double scale)
{
    (void)scale;
    return s * 100 * (1 - m / r);
}

static double ratio_inverse(double g, double r, int s, double scale)
{
    (void)scale;
    return r * (1 - s * g / 100);
}

static void ratio_slopes(double m, double r, int s, double scale, double *by_m, double *by_r)
{
    (void)scale;
    *by_m = -s * 100 / r;
    *by_r = s * 100 * m / (r * r);
}

static const struct pt_gap_measure ratio = {
    .name = "ratio",
    .title = PT_N("per cent behind the reference"),
    .formula = "100 s (1 - m/r)",
    .reference = "Eurostat sdg_05_20, unadjusted pay gap",
    .compares = true,
    .domain = positive_reference,
    .gap = ratio_gap,
    .inverse = ratio_inverse,
    .slopes = ratio_slopes,
    .unit = "%",
};

static bool both_positive(double m, double r, double scale)
{
    (void)scale;
    return m > 0 && r > 0;
}

static double log_ratio_gap(double m, double r, int s, double scale)
{
    (void)scale;
    return s * log(r / m);
}

static double log_ratio_inverse(double g, double r, int s, double scale)
{
    (void)scale;
    return r * exp(-s * g);
}

static void log_ratio_slopes(double m, double r, int s, double scale, double *by_m, double *by_r)
{
    (void)scale;
    *by_m = -s / m;
    *by_r = s / r;
}

static const struct pt_gap_measure log_ratio = {
    .name = "log-ratio",
    .title = PT_N("logarithm of the ratio"),
    .formula = "s ln(r/m)",
    .reference = "Tornqvist, Vartia and Vartia 1985",
    .compares = true,
    .domain = both_positive,
    .gap = log_ratio_gap,
    .inverse = log_ratio_inverse,
    .slopes = log_ratio_slopes,
    .unit = "",
};

static bool inside_share(double m, double r, double scale)
{
    return m > 0 && m < scale && r > 0 && r < scale;
}

static double odds_ratio_gap(double m, double r, int s, double scale)
{
    return s * log(r / (scale - r) * ((scale - m) / m));
}

static double odds_ratio_inverse(double g, double r, int s, double scale)
{
    double odds = r / (scale - r) * exp(-s * g);
    return scale * odds / (1 + odds);
}

static void odds_ratio_slopes(double m, double r, int s, double scale, double *by_m, double *by_r)
{
    *by_m = -s * scale / (m * (scale - m));
    *by_r = s * scale / (r * (scale - r));
}

static const struct pt_gap_measure odds_ratio = {
    .name = "odds-ratio",
    .title = PT_N("logarithm of the odds ratio"),
    .formula = "s ln( (r/(1-r)) / (m/(1-m)) )",
    .reference = "Cornfield 1951",
    .compares = true,
    .domain = inside_share,
    .gap = odds_ratio_gap,
    .inverse = odds_ratio_inverse,
    .slopes = odds_ratio_slopes,
    .unit = "",
};

/* The published series itself: r stands for the stated parity. */
static const struct pt_gap_measure given = {
    .name = "given",
    .title = PT_N("the published series, with a stated parity"),
    .formula = "s (parity - y)",
    .reference = "the publisher of the series",
    .compares = false,
    .gap = difference_gap,
    .inverse = difference_inverse,
    .slopes = difference_slopes,
};

#define PT_GAP(name) &(name),
const struct pt_gap_measure *const pt_gap_measures[] = {
#include "barometer/gap_measures.def"
    NULL
};
#undef PT_GAP

const struct pt_gap_measure *pt_gap_measure_find(const char *name)
{
    for (size_t i = 0; pt_gap_measures[i]; i++) {
        if (strcmp(pt_gap_measures[i]->name, name) == 0) {
            return pt_gap_measures[i];
        }
    }
    return NULL;
}
