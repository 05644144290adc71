#include "output/plot/dots.h"

#include <math.h>
#include <string.h>

#define BINS_MOST 20u

static int bin_width(int n_years)
{
    static const int widths[] = { 1, 5, 10, 20, 25, 50 };

    for (size_t i = 0; i < sizeof widths / sizeof *widths; i++) {
        if ((unsigned)(n_years / widths[i]) <= BINS_MOST) {
            return widths[i];
        }
    }
    return n_years / (int)BINS_MOST + 1;
}

/* Seats for n parties: whole parts first, then one each for the largest remainders. */
static void share_out(uint64_t seats, size_t n, const uint64_t *votes, int *out)
{
    uint64_t total = 0, left = seats;
    bool given[PT_DOTS_BINS + 1] = { false };

    for (size_t i = 0; i < n; i++) {
        total += votes[i];
    }
    for (size_t i = 0; i < n && total > 0; i++) {
        out[i] = (int)(seats * votes[i] / total);
        left -= (uint64_t)out[i];
    }
    for (; left > 0 && total > 0; left--) {
        size_t best = n;
        for (size_t i = 0; i < n; i++) {
            if (!given[i] &&
                (best == n || seats * votes[i] % total > seats * votes[best] % total)) {
                best = i;
            }
        }
        given[best] = true;
        out[best]++;
    }
}

void pt_dots_make(const struct pt_chart *chart, size_t outcome, struct pt_dots *dots)
{
    const uint64_t *counts = chart->outcomes[outcome].counts;
    uint64_t votes[PT_DOTS_BINS + 1] = { 0 };
    int seats[PT_DOTS_BINS + 1] = { 0 }, width = bin_width((int)chart->n_years);
    int first = chart->last + 1 - (chart->last + 1) % width;

    *dots = (struct pt_dots){ .width = width, .first = first };
    /* Half a bin at the end joins the one before. */
    int years = chart->last + (int)chart->n_years + 1 - first;
    size_t n_bins = (size_t)((years + width - 1 - width / 2) / width);
    dots->n_bins = n_bins > 0 ? n_bins : 1;
    votes[0] = counts[0];
    for (size_t h = 1; h <= chart->n_years; h++) {
        size_t bin = (size_t)((chart->last + (int)h - first) / width);
        votes[(bin < dots->n_bins ? bin : dots->n_bins - 1) + 1] += counts[h];
    }
    double never = (double)counts[chart->n_years + 1] / (double)chart->draws;
    dots->never = (int)floor(PT_DOTS * never + 0.5);
    share_out((uint64_t)(PT_DOTS - dots->never), dots->n_bins + 1, votes, seats);
    dots->already = seats[0];
    memcpy(dots->bins, seats + 1, dots->n_bins * sizeof *seats);
}

void pt_dots_years(const struct pt_chart *chart, const struct pt_dots *dots, size_t bin, int *from,
                   int *to)
{
    int low = dots->first + (int)bin * dots->width, high = low + dots->width - 1;
    int end = chart->last + (int)chart->n_years;

    *from = low > chart->last ? low : chart->last + 1;
    *to = bin + 1 < dots->n_bins ? high : end;
}

size_t pt_dots_scenario(const struct pt_chart *chart)
{
    struct pt_dots baseline, dots;
    double most = 0.0;
    size_t best = 0;

    pt_dots_make(chart, 0, &baseline);
    for (size_t k = 1; k < chart->n_outcomes; k++) {
        double change =
            fabs(chart->outcomes[k].headline.p_never - chart->outcomes[0].headline.p_never);
        if (chart->outcomes[k].acts && change > most) {
            pt_dots_make(chart, k, &dots);
            if (memcmp(&dots, &baseline, sizeof dots) != 0) {
                most = change;
                best = k;
            }
        }
    }
    return best;
}
