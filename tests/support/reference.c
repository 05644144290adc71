#include "support/reference.h"
#include "support/pt_test.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static struct kind {
    const char *what;
    size_t rows;
    double worst, tolerance;
} kinds[24];

size_t reference_each(const char *name, size_t n_columns, void (*row)(char *const *cells))
{
    char path[128], line[512], *cells[REFERENCE_CELLS];
    size_t rows = 0, number = 0;
    snprintf(path, sizeof path, "tests/reference/%s.csv", name);
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        size_t n = 0;
        line[strcspn(line, "\n")] = '\0';
        if (number++ < 2) {
            assert_true((line[0] == '#') == (number == 1));
            continue;
        }
        for (char *rest = line; n < REFERENCE_CELLS && (cells[n] = strsep(&rest, ",")) != NULL;) {
            n++;
        }
        assert_int_equal(n, n_columns);
        row(cells);
        rows++;
    }
    fclose(file);
    return rows;
}

void reference_close(const char *what, double got, double expected, double size, double tolerance,
                     const char *row)
{
    struct kind *kind = kinds;
    while (kind->what && strcmp(kind->what, what) != 0) {
        kind++;
        assert_true(kind < kinds + sizeof kinds / sizeof *kinds);
    }
    double off = got == expected ? 0 : fabs(got - expected) / size;
    kind->what = what;
    kind->rows++;
    kind->tolerance = fmax(kind->tolerance, tolerance);
    kind->worst = fmax(kind->worst, off);
    if (!(off <= tolerance)) {
        print_error("# %s, %s: %.17g, and R has %.17g; %.3g apart, where %.3g is allowed\n", what,
                    row, got, expected, off, tolerance);
        fail();
    }
}

void reference_report(void)
{
    for (struct kind *kind = kinds; kind->what; kind++) {
        printf("# reference %s | %zu | %.1e | %.0e\n", kind->what, kind->rows, kind->worst,
               kind->tolerance);
    }
    fflush(stdout);
}
