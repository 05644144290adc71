/* The exact law of a yearly Gaussian random walk with an uncertain level and slope, and the engine
 * against it. Quadrature over the slope (Gauss-Hermite) and forward and backward recursion over the
 * gap (Gauss-Legendre on panels that end at the levels where the rule changes). */
#include "support/pt_test.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include <gsl/gsl_cdf.h>
#include <gsl/gsl_integration.h>
#include <jansson.h>

#include "simulate/drift_cell.h"

#define YEARS 30
#define REACH 13 /* shocks this many sd long are the longest that count: e^(-84) */

/* The cell of bench/speed/SPEC.md that oracle.json tabulates: i = 3, s = 4. */
static struct pt_drift_cell validation_cell(double multiplier[YEARS])
{
    for (int t = 1; t <= YEARS; t++) {
        multiplier[t - 1] = 1 + 0.4 * fmin(1, t / 5.0);
    }
    return (struct pt_drift_cell){ .level = 8,
                                   .slope = -0.36,
                                   .level_sd = 0.40,
                                   .slope_sd = 0.06,
                                   .correlation = -0.5,
                                   .sigma = 0.50,
                                   .years = YEARS,
                                   .multiplier = multiplier,
                                   .enter = 0,
                                   .stay = 0.50 };
}

/* ------------------------------------------------------------------ the exact law */

struct grid {
    size_t n;
    double *x, *w;   /* nodes, ascending, and weights */
    double *kernel;  /* [n][n] of the present shift: from column to row */
    double *survive; /* [YEARS + 1][n] chance to stay at or below `stay` after year t */
    double *none, *some, *to_none, *to_some;
    size_t *from, *to; /* the columns that reach a row */
};

/* Panels of at most half an sd, with ten nodes each, that meet at the levels. */
static void grid_make(struct grid *grid, double low, double high, const double *levels,
                      size_t n_levels, double sigma)
{
    enum { NODES = 10 };
    gsl_integration_glfixed_table *table = gsl_integration_glfixed_table_alloc(NODES);
    size_t most = NODES * ((size_t)((high - low) / sigma) + n_levels + 2);
    memset(grid, 0, sizeof *grid);
    grid->x = malloc(most * sizeof(double));
    grid->w = malloc(most * sizeof(double));
    double start = low;
    for (size_t l = 0; l <= n_levels; l++) {
        double end = l < n_levels ? levels[l] : high;
        size_t panels = (size_t)ceil((end - start) / sigma);
        for (size_t p = 0; p < panels; p++) {
            double a = start + (end - start) * (double)p / (double)panels;
            double b = start + (end - start) * (double)(p + 1) / (double)panels;
            for (size_t i = 0; i < NODES; i++, grid->n++) {
                gsl_integration_glfixed_point(a, b, i, grid->x + grid->n, grid->w + grid->n, table);
            }
        }
        start = end;
    }
    gsl_integration_glfixed_table_free(table);
    size_t n = grid->n;
    grid->kernel = malloc(n * n * sizeof(double));
    grid->survive = malloc((YEARS + 1) * n * sizeof(double));
    grid->none = malloc(4 * n * sizeof(double));
    grid->some = grid->none + n;
    grid->to_none = grid->some + n;
    grid->to_some = grid->to_none + n;
    grid->from = malloc(2 * n * sizeof(size_t));
    grid->to = grid->from + n;
}

static void grid_free(struct grid *grid)
{
    free(grid->x);
    free(grid->w);
    free(grid->kernel);
    free(grid->survive);
    free(grid->none);
    free(grid->from);
}

static double density(double z, double sd)
{
    return exp(-0.5 * (z / sd) * (z / sd)) / (sd * sqrt(2 * M_PI));
}

static void kernel_set(struct grid *grid, double shift, double sigma)
{
    for (size_t i = 0; i < grid->n; i++) {
        grid->from[i] = grid->n;
        grid->to[i] = 0;
        for (size_t j = 0; j < grid->n; j++) {
            double step = grid->x[i] - grid->x[j] - shift;
            if (fabs(step) > REACH * sigma) {
                continue;
            }
            grid->kernel[i * grid->n + j] = density(step, sigma);
            grid->from[i] = grid->from[i] < j ? grid->from[i] : j;
            grid->to[i] = j + 1;
        }
    }
}

/* Adds weight times P(first year = t), t = 1 .. YEARS, and at YEARS + 1 never, given a slope. */
static void add_given(struct grid *grid, const struct pt_drift_cell *cell, double slope,
                      double mean, double sd, double weight, double *law)
{
    size_t n = grid->n;
    double set = NAN;
    for (size_t i = 0; i < n; i++) {
        grid->survive[YEARS * n + i] = 1;
    }
    for (int t = YEARS; t >= 2; t--) {
        double shift = slope * cell->multiplier[t - 1];
        if (shift != set) {
            kernel_set(grid, set = shift, cell->sigma);
        }
        const double *after = grid->survive + (size_t)t * n;
        double *now = grid->survive + (size_t)(t - 1) * n;
        memset(now, 0, n * sizeof *now);
        for (size_t i = 0; i < n && grid->x[i] <= cell->stay; i++) {
            for (size_t j = grid->from[i]; j < grid->to[i]; j++) {
                now[j] += grid->w[i] * grid->kernel[i * n + j] * after[i];
            }
        }
    }
    for (size_t i = 0; i < n; i++) { /* the first year's value is normal */
        grid->to_none[i] = density(grid->x[i] - mean - slope * cell->multiplier[0],
                                   sqrt(sd * sd + cell->sigma * cell->sigma));
        grid->to_some[i] = 0;
    }
    for (int t = 1;; t++) {
        for (size_t i = 0; i < n; i++) {
            double x = grid->x[i], both = grid->to_none[i] + grid->to_some[i];
            if (x <= cell->enter) {
                law[t] += weight * grid->w[i] * grid->to_none[i] * grid->survive[(size_t)t * n + i];
            }
            grid->none[i] = x <= cell->enter ? 0 : x <= cell->stay ? grid->to_none[i] : both;
            grid->some[i] = both - grid->none[i];
        }
        if (t == YEARS) {
            break;
        }
        double shift = slope * cell->multiplier[t];
        if (shift != set) {
            kernel_set(grid, set = shift, cell->sigma);
        }
        for (size_t i = 0; i < n; i++) {
            double to_none = 0, to_some = 0;
            for (size_t j = grid->from[i]; j < grid->to[i]; j++) {
                double k = grid->kernel[i * n + j] * grid->w[j];
                to_none += k * grid->none[j];
                to_some += k * grid->some[j];
            }
            grid->to_none[i] = to_none;
            grid->to_some[i] = to_some;
        }
    }
    for (size_t i = 0; i < n; i++) {
        law[YEARS + 1] += weight * grid->w[i] * grid->none[i];
    }
}

/* law is [YEARS + 2]. */
static void exact_law(const struct pt_drift_cell *cell, double *law)
{
    enum { SLOPES = 24 };
    double levels[2] = { cell->enter, cell->stay };
    struct grid grid;
    size_t n_slopes = cell->slope_sd > 0 ? SLOPES : 1;
    memset(law, 0, (YEARS + 2) * sizeof *law);
    grid_make(&grid, -32, 32, levels, isfinite(cell->stay) ? 2 : 1, cell->sigma);
    gsl_integration_fixed_workspace *rule =
        gsl_integration_fixed_alloc(gsl_integration_fixed_hermite, n_slopes, 0, .5, 0, 0);
    for (size_t k = 0; k < n_slopes; k++) { /* the level is normal given the slope */
        double z = gsl_integration_fixed_nodes(rule)[k];
        double weight = gsl_integration_fixed_weights(rule)[k] / sqrt(2 * M_PI);
        double mean = cell->level + cell->correlation * cell->level_sd * z;
        double sd = cell->level_sd * sqrt(1 - cell->correlation * cell->correlation);
        add_given(&grid, cell, cell->slope + cell->slope_sd * z, mean, sd, weight, law);
    }
    gsl_integration_fixed_free(rule);
    grid_free(&grid);
}

static double *shared_law; /* made once: it takes a second */

static const double *law_of_the_cell(void)
{
    double multiplier[YEARS];
    struct pt_drift_cell cell = validation_cell(multiplier);
    if (!shared_law) {
        shared_law = malloc((YEARS + 2) * sizeof *shared_law);
        exact_law(&cell, shared_law);
    }
    return shared_law;
}

/* Mean and sd of year t (SPEC.md, "Validation cell"). */
static void moments(const struct pt_drift_cell *cell, size_t t, double *mean, double *sd)
{
    double M = 0;
    for (size_t u = 0; u < t; u++) {
        M += cell->multiplier[u];
    }
    double a = cell->level_sd, b = cell->slope_sd;
    *mean = cell->level + cell->slope * M;
    *sd = sqrt(a * a + 2 * cell->correlation * a * b * M + b * b * M * M +
               cell->sigma * cell->sigma * (double)t);
}

/* ------------------------------------------------------------------ claims */

/* Figures of oracle.json: years 5, 10, 15, 20, 25, 30 and never. */
static void reproduces_the_tabulated_law(void **state)
{
    (void)state;
    static const struct {
        int year;
        double chance;
    } known[] = { { 5, 5.318219728106926e-07 }, { 10, 0.019543369267970786 },
                  { 15, 0.09165609982576614 },  { 20, 0.057269777597169114 },
                  { 25, 0.020647635509760134 }, { 30, 0.006780614422530284 },
                  { 31, 0.0261485719744935 } };
    const double *law = law_of_the_cell();
    double sum = 0;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        assert_close(law[known[k].year], known[k].chance, 1e-12);
    }
    for (int t = 1; t <= YEARS + 1; t++) {
        sum += law[t];
    }
    assert_close(sum, 1, 1e-12);
}

static void reproduces_the_whole_file(void **state)
{
    (void)state;
    char path[4096];
    snprintf(path, sizeof path, "%s/bench/speed/oracle.json", PT_SHARED());
    json_t *file = json_load_file(path, 0, NULL);
    if (!file) {
        pt_skip(path);
    }
    const double *law = law_of_the_cell();
    double multiplier[YEARS], mean, sd;
    struct pt_drift_cell cell = validation_cell(multiplier);
    for (size_t t = 1; t <= YEARS + 1; t++) {
        double p = json_number_value(json_array_get(json_object_get(file, "P"), t));
        assert_close(law[t], p, 1e-12);
        /* the early years are cut off in the file: ours do not move with 36 or 48 slopes */
        assert_close(law[t] / p, 1, t < 9 ? 1e-7 : 1e-10);
    }
    for (size_t t = 1; t <= YEARS; t++) {
        json_t *q = json_array_get(json_object_get(file, "Q"), t - 1);
        moments(&cell, t, &mean, &sd);
        assert_close(sd, json_number_value(json_array_get(json_object_get(file, "sd"), t - 1)),
                     1e-13);
        for (size_t k = 0; k < PT_BANDS; k++) {
            assert_close(mean + sd * gsl_cdf_ugaussian_Pinv(pt_band_levels[k]),
                         json_number_value(json_array_get(q, k)), 1e-12);
        }
    }
    json_decref(file);
}

/* P(T > n) = C(2n, n) / 4^n for any symmetric continuous walk (Sparre Andersen 1953). */
static void driftless_passage_is_sparre_andersens(void **state)
{
    (void)state;
    double multiplier[YEARS], law[YEARS + 2], left = 1, exact = 1;
    struct pt_drift_cell cell = validation_cell(multiplier);
    cell.level = cell.slope = cell.level_sd = cell.slope_sd = cell.correlation = 0;
    cell.stay = INFINITY;
    exact_law(&cell, law);
    for (int n = 1; n <= YEARS; n++) {
        left -= law[n];
        exact *= (2.0 * n - 1) / (2.0 * n);
        assert_close(left, exact, 1e-12);
    }
}

#define SEEDS 40
#define DRAWS 50000

/* Pearson's statistic of counts (years with fewer than 5 expected joined to the next), and its
 * degrees of freedom. */
static double chi_squared(const uint64_t *count, const double *law, double *df)
{
    double sum = 0, expected = 0, seen = 0;
    *df = -1;
    for (int t = 1; t <= YEARS + 1; t++) {
        expected += DRAWS * law[t];
        seen += (double)count[t];
        if (expected >= 5) {
            sum += (seen - expected) * (seen - expected) / expected;
            *df += 1;
            expected = seen = 0;
        }
    }
    return sum;
}

/* 40 seeds: the sum of the statistics lies within 5 sd of its mean; a quantile's error in its own
 * standard errors stays below 5.5 (chance of one in 8,400 beyond: 3e-4), and its mean over the
 * seeds within 5 / sqrt(40). */
static void simulated_walks_follow_the_law(void **state)
{
    (void)state;
    const double *law = law_of_the_cell();
    double multiplier[YEARS], bands[YEARS * PT_BANDS], bias[YEARS * PT_BANDS] = { 0 };
    double sum = 0, all_df = 0;
    uint64_t count[YEARS + 2];
    struct pt_drift_cell cell = validation_cell(multiplier);
    for (uint64_t seed = 1; seed <= SEEDS; seed++) {
        struct pt_stream stream = pt_stream_open(seed, "oracle");
        double df;
        assert_int_equal(pt_drift_cell_run(&cell, &stream, DRAWS, count, bands, NULL), PT_OK);
        sum += chi_squared(count, law, &df);
        all_df += df;
        for (size_t t = 1; t <= YEARS; t++) {
            double mean, sd;
            moments(&cell, t, &mean, &sd);
            for (size_t k = 0; k < PT_BANDS; k++) {
                double p = pt_band_levels[k], z = gsl_cdf_ugaussian_Pinv(p);
                double se = sqrt(p * (1 - p) / DRAWS) / (density(z, 1) / sd);
                double error = (bands[(t - 1) * PT_BANDS + k] - (mean + sd * z)) / se;
                assert_true(fabs(error) < 5.5);
                bias[(t - 1) * PT_BANDS + k] += error / SEEDS;
            }
        }
    }
    assert_true(fabs(sum - all_df) < 5 * sqrt(2 * all_df));
    for (size_t i = 0; i < YEARS * PT_BANDS; i++) {
        assert_true(fabs(bias[i]) < 5 / sqrt(SEEDS));
    }
}

/* 4.5 sd of a binomial share at each year. */
static void simulated_driftless_passage(void **state)
{
    (void)state;
    double multiplier[YEARS], exact = 1;
    uint64_t count[YEARS + 2], left = 400000;
    struct pt_drift_cell cell = validation_cell(multiplier);
    struct pt_stream stream = pt_stream_open(20140213, "driftless");
    cell.level = cell.slope = cell.level_sd = cell.slope_sd = cell.correlation = 0;
    cell.stay = INFINITY;
    assert_int_equal(pt_drift_cell_run(&cell, &stream, 400000, count, NULL, NULL), PT_OK);
    for (int n = 1; n <= YEARS; n++) {
        left -= count[n];
        exact *= (2.0 * n - 1) / (2.0 * n);
        assert_close((double)left / 400000, exact, 4.5 * sqrt(exact * (1 - exact) / 400000));
    }
    assert_true(count[YEARS + 1] == left);
}

static void every_instruction_set_gives_the_same_cell(void **state)
{
    (void)state;
    double multiplier[YEARS], bands[2][YEARS * PT_BANDS];
    uint64_t count[2][YEARS + 2];
    struct pt_drift_cell cell = validation_cell(multiplier);
    struct pt_stream stream = pt_stream_open(7, "same");
    for (int isa = 0; isa < PT_ISAS; isa++) {
        int at = isa > 0;
        stream.isa = pt_isa_runs((enum pt_isa)isa) ? (enum pt_isa)isa : PT_ISA_PORTABLE;
        assert_int_equal(pt_drift_cell_run(&cell, &stream, 70001, count[at], bands[at], NULL),
                         PT_OK);
        assert_memory_equal(bands[0], bands[at], sizeof *bands);
        assert_memory_equal(count[0], count[at], sizeof *count);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(reproduces_the_tabulated_law),
        cmocka_unit_test(reproduces_the_whole_file),
        cmocka_unit_test(driftless_passage_is_sparre_andersens),
        cmocka_unit_test(simulated_walks_follow_the_law),
        cmocka_unit_test(simulated_driftless_passage),
        cmocka_unit_test(every_instruction_set_gives_the_same_cell),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    free(shared_law);
    return failed;
}
