/* build/release/bench/nist [FOLDER]: correct digits on the NIST Statistical Reference Datasets
 * (McCullough 1998, The American Statistician 52:358-366), one row per set and start. */
#include "unit/test_trend_nist.h"

static void show(const struct nist *set, const char *start, bool fitted,
                 const struct pt_least_squares *fit, double most)
{
    double b = 0, sd = 0;
    if (fitted) {
        nist_count(set, fit, most, &b, &sd);
    }
    printf("%s,%s,%.1f,%.1f\n", set->name, start, b, sd);
}

int main(int argc, char **argv)
{
    const char *shared = getenv("PARITET_SHARED");
    char folder[4096];
    snprintf(folder, sizeof folder, "%s/bench/nist", shared ? shared : "../shared");
    static struct nist set;
    struct pt_least_squares fit;
    printf("set,start,digits,digits_sd\n");
    for (size_t i = 0; i < NIST_LINEAR; i++) {
        if (!nist_read(argc > 1 ? argv[1] : folder, nist_linear[i], &set)) {
            fprintf(stderr, "nist: cannot open %s.dat in %s\n", nist_linear[i], folder);
            return 66;
        }
        show(&set, "none", nist_fit_linear(&set, &fit), &fit, 15);
    }
    for (size_t i = 0; i < NIST_NONLINEAR; i++) {
        if (!nist_read(argc > 1 ? argv[1] : folder, nist_models[i].name, &set)) {
            fprintf(stderr, "nist: cannot open %s.dat in %s\n", nist_models[i].name, folder);
            return 66;
        }
        for (size_t start = 0; start < 2; start++) {
            bool fitted = nist_fit_nonlinear(&set, start, &fit);
            show(&set, start == 0 ? "1" : "2", fitted, &fit, NIST_DIGITS);
        }
    }
    return 0;
}
