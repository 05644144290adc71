/* vectors SHARED: compares point and scale of the consensus with the reference's, row by row.
 *
 * Prints one line per case, `CASE rows N worst W`, W the largest relative difference; exit 1 when
 * one is above 1e-6 or a series is missing. Files and cases: METHODS 3, "Check values". */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <paritet/input.h>
#include <paritet/trend.h>

#define AGREE     1e-6
#define NAME_SIZE 40

/* What one case does to a series of the file before it is fitted. */
struct set {
    const char *name;
    const char *constants;
    bool minus_mean, figure;
    double upper;
};
static const struct set sets[] = {
    { "m3", "social", false, true, (double)INFINITY },
    { "n<=12", "social", false, true, (double)INFINITY },
    { "zero", "social", false, true, (double)INFINITY },
    { "flat-M6", "social", false, true, (double)INFINITY },
    { "minus-mean", "social", true, false, (double)INFINITY },
    { "bounds-0-100-percent", "percent", false, true, 100 },
};
#define SETS (sizeof sets / sizeof *sets)

struct tally {
    size_t rows;
    double worst;
};

static const struct pt_benchmark_series *find(const struct pt_benchmark *b, const char *id)
{
    for (size_t i = 0; i < b->n; i++) {
        if (strcmp(b->series[i].id, id) == 0) {
            return &b->series[i];
        }
    }
    return NULL;
}

static bool fit_series(const struct set *set, const struct pt_benchmark_series *s,
                       struct pt_fit *fit)
{
    double y[1000], sum = 0;
    bool negative = false;
    for (size_t i = 0; i < s->n_train; i++) {
        sum += s->y[i] / (double)s->n_train;
        negative |= s->y[i] < 0;
    }
    for (size_t i = 0; i < s->n_train; i++) {
        y[i] = s->y[i] - (set->minus_mean ? sum : 0);
    }
    struct pt_series series = { .n = s->n_train,
                                .year = s->year,
                                .y = y,
                                .lower = set->figure && !negative ? 0.0 : -(double)INFINITY,
                                .upper = set->upper,
                                .rounding = pow(10, -(double)s->decimals) };
    struct pt_fit_options options = pt_fit_options_default();
    options.constants = set->constants;
    options.scores = false;
    return pt_fit(pt_family_find("consensus"), &series, &options, fit, NULL) == PT_OK;
}

/* S_h, from the quantile nearest the middle that no bound clips. */
static double scale_of(const struct set *set, const struct pt_fit *fit, int h)
{
    double q55 = strcmp(set->constants, "percent") == 0 ? .111 : .100;
    double point = fit->family->curve(fit, fit->last + h);
    double up = fit->family->quantile(fit, (size_t)h, .55) - point;
    double down = point - fit->family->quantile(fit, (size_t)h, .45);
    return fmax(up, down) / q55;
}

static double relative(double got, double want)
{
    return fabs(got - want) / fmax(fabs(want), 1e-9);
}

/* One file of expected values; its first column is a case where `cased`. */
static bool compare(const char *path, bool cased, const struct pt_benchmark *b,
                    struct tally tallies[SETS])
{
    FILE *file = fopen(path, "r");
    char line[256], before[2][NAME_SIZE] = { "", "" };
    struct pt_fit fit;
    bool good = file != NULL;
    for (size_t row = 0; good && fgets(line, sizeof line, file); row++) {
        char name[NAME_SIZE] = "m3", id[NAME_SIZE];
        int h;
        double point, scale;
        const char *rest = cased ? strchr(line, ',') + 1 : line;
        if (row == 0) {
            continue;
        }
        if (cased) {
            snprintf(name, sizeof name, "%.*s", (int)(rest - line - 1), line);
        }
        size_t k = 0;
        while (k < SETS && strcmp(sets[k].name, name) != 0) {
            k++;
        }
        good = sscanf(rest, "%39[^,],%d,%lf,%lf", id, &h, &point, &scale) == 4 && k < SETS;
        if (good && (strcmp(before[0], name) != 0 || strcmp(before[1], id) != 0)) {
            const struct pt_benchmark_series *s = find(b, id);
            good = s && fit_series(&sets[k], s, &fit);
            strcpy(before[0], name);
            strcpy(before[1], id);
        }
        if (good) {
            double off = fmax(relative(pt_fit_curve(&fit, fit.last + h), point),
                              relative(scale_of(&sets[k], &fit, h), scale));
            tallies[k].rows++;
            tallies[k].worst = fmax(tallies[k].worst, off);
        }
    }
    if (!good) {
        fprintf(stderr, "%s: %s\n", path, file ? line : "cannot be opened");
    }
    if (file) {
        fclose(file);
    }
    return good;
}

static struct pt_benchmark *read(const char *folder, const char *name)
{
    char path[4096];
    struct pt_diagnostics list;
    struct pt_benchmark *b = NULL;
    snprintf(path, sizeof path, "%s/bench/%s", folder, name);
    pt_diagnostics_init(&list);
    if (pt_benchmark_read(path, &b, &list, NULL) != PT_OK) {
        fprintf(stderr, "%s: cannot be read\n", path);
    }
    pt_diagnostics_free(&list);
    return b;
}

int main(int argc, char **argv)
{
    struct tally tallies[SETS] = { 0 };
    char path[4096];
    if (argc != 2 || !pt_family_find("consensus")) {
        fprintf(stderr, "usage: vectors SHARED (and a library with the consensus)\n");
        return 64;
    }
    struct pt_benchmark *m3 = read(argv[1], "m3_yearly.csv.gz");
    struct pt_benchmark *social = read(argv[1], "social_dev.csv.gz");
    bool good = m3 && social;
    snprintf(path, sizeof path, "%s/bench/m3_consensus_vectors.csv", argv[1]);
    good = good && compare(path, false, m3, tallies);
    snprintf(path, sizeof path, "%s/bench/consensus_extra_vectors.csv", argv[1]);
    good = good && compare(path, true, social, tallies);
    for (size_t k = 0; k < SETS; k++) {
        printf("%s rows %zu worst %.2e\n", sets[k].name, tallies[k].rows, tallies[k].worst);
        good = good && tallies[k].rows > 0 && tallies[k].worst <= AGREE;
    }
    pt_benchmark_free(m3);
    pt_benchmark_free(social);
    return good ? 0 : 1;
}
