#include <math.h>
#include <string.h>

#include "simulate/sieve.h"

/* Half-widths of brackets in standard errors: a miss has a chance of 7e-6 a bracket and narrowing,
 * and costs another pass. tests/scripts/misses.sh has them so narrow that most miss. */
#ifdef PT_SIEVE_ERRORS
#    define ERRORS PT_SIEVE_ERRORS
#else
#    define ERRORS 4.5
#endif
#define NARROWING 4 /* the values seen grow by this factor from one narrowing to the next */

/* So much that each order statistic could be hunted in a thousand bins. */
#define HUNT_LEAST ((size_t)2 * PT_BANDS * 1024)

/* Values a bracket for level p collects: from n to 4 n seen it keeps its width, 2 ERRORS
 * sqrt(p (1-p) n) ranks of n, so at most 4 times that; the last stage ends at `draws`. A quarter
 * more for chance, and one block. */
static size_t bracket_room(double p, uint64_t draws)
{
    double n = PT_SIEVE_PILOT, most = 0;
    for (; n < (double)draws; n *= NARROWING) {
        double end = fmin(n * NARROWING, (double)draws);
        double width = 2 * ERRORS * sqrt(p * (1 - p) * n * (1 - n / (double)draws)) + 8;
        most = fmax(most, width * end / n);
    }
    return (size_t)(1.25 * most) + PT_SIEVE_BLOCK + 64;
}

size_t pt_sieve_room(uint64_t draws, size_t n_levels, const double *levels)
{
    if (draws <= PT_SIEVE_KEEP) {
        return (size_t)draws;
    }
    size_t room = 0;
    for (size_t j = 0; j < n_levels; j++) {
        room += bracket_room(levels[j], draws);
    }
    return room > HUNT_LEAST ? room : HUNT_LEAST;
}

void pt_sieve_start(struct pt_sieve *sieve, uint64_t draws, size_t n_levels, const double *levels,
                    double *values, enum pt_isa isa)
{
    memset(sieve, 0, sizeof *sieve);
    sieve->draws = draws;
    sieve->isa = isa;
    sieve->n_levels = n_levels;
    sieve->levels = levels;
    sieve->room = pt_sieve_room(draws, n_levels, levels);
    sieve->values = values;
    sieve->phase = PT_SIEVE_KEEPS;
}

static void notice(struct pt_sieve *sieve, size_t n, const double *x)
{
    double strange[4] = { 0 }; /* NaN from the first that is not finite; four chains */
    for (size_t i = 0; i + 4 <= n; i += 4) {
        for (size_t k = 0; k < 4; k++) {
            strange[k] += x[i + k] - x[i + k];
        }
    }
    for (size_t i = n - n % 4; i < n; i++) {
        strange[0] += x[i] - x[i];
    }
    bool any = isnan((strange[0] + strange[1]) + (strange[2] + strange[3]));
    for (size_t i = 0; any && i < n; i++) {
        sieve->nan |= isnan(x[i]);
        sieve->infinite |= isinf(x[i]) != 0;
    }
}

/* ------------------------------------------------------------------ brackets */

/* The order statistics wanted of n values seen of N: around level p, `ERRORS` standard errors to
 * each side of where the N values' own will lie among the n. */
static void wanted(double p, uint64_t n, uint64_t N, uint64_t *low, uint64_t *high)
{
    double at = p * (double)(n - 1), seen = (double)n / (double)N;
    double half = ERRORS * sqrt(p * (1 - p) * (double)n * (1 - seen)) + 2;
    double from = floor(at - half), to = ceil(at + half) + 1;
    *low = from > 0 ? (uint64_t)from : 0;
    *high = to < (double)(n - 1) ? (uint64_t)to : n - 1;
}

/* Keys spread over the brackets; what lies outside them all is clipped. */
static void sift_set(struct pt_sieve *sieve)
{
    struct pt_sift *sift = &sieve->sift;
    double low = sieve->brackets[0].low, high = sieve->brackets[sieve->n_brackets - 1].high;
    sift->centre = 0.5 * low + 0.5 * high;
    sift->scale = fmin(32500 / (0.5 * high - 0.5 * low), 0x1p960);
    if (!isfinite(sift->centre) || !(sift->scale > 0)) { /* an end is not finite: any map will do */
        sift->centre = 0;
        sift->scale = 1;
    }
    sieve->shares_key = false;
    for (size_t b = 0; b < PT_BANDS; b++) {
        int16_t from = INT16_MAX, to = INT16_MAX; /* no key exceeds them */
        if (b < sieve->n_brackets) {
            from = (int16_t)(pt_sift_key(sift, sieve->brackets[b].low) - 1);
            to = pt_sift_key(sift, sieve->brackets[b].high);
        }
        sieve->highs[b] = b < sieve->n_brackets ? sieve->brackets[b].high : INFINITY;
        sift->above[2 * b] = from;
        sift->above[2 * b + 1] = to;
        if (b > 0 && sift->above[2 * b - 1] > from) { /* a key that two brackets share */
            sift->above[2 * b - 1] = from;
            sieve->shares_key = true;
        }
    }
}

/* Brackets from [low, high] of each level, both ascending: disjoint, with the same union. Where two
 * share an end that is all of the second, it stays a bracket of its own, since it is an atom. */
static void separate(struct pt_sieve *sieve, const double *low, const double *high)
{
    size_t n = 0, start = 0;
    for (size_t j = 0; j < sieve->n_levels; j++) {
        size_t room = bracket_room(sieve->levels[j], sieve->draws);
        struct pt_bracket *before = n > 0 ? &sieve->brackets[n - 1] : NULL;
        double from = low[j];
        if (before && from == before->high && from == high[j] && before->low < before->high) {
            before->high = nextafter(from, -INFINITY);
        } else if (before && from <= before->high) {
            from = nextafter(before->high, INFINITY);
        }
        if (from <= high[j]) {
            sieve->brackets[n++] =
                (struct pt_bracket){ .low = from, .high = high[j], .room = room, .start = start };
        } else if (before) { /* all of it is there already */
            before->room += room;
        }
        start += room;
    }
    sieve->n_brackets = n;
}

static inline void keep(struct pt_sieve *sieve, struct pt_bracket *b, double x)
{
    if (x > b->low && x < b->high) {
        if (b->between < b->room) {
            sieve->values[b->start + b->between] = x;
        }
        b->between++;
    } else if (x == b->low) {
        b->at_low++;
    } else {
        b->at_high++;
    }
}

/* Order statistics at two ranks for each level, which may cross from one level to the next. */
static void pick(size_t n, double *values, size_t n_ranks, const uint64_t *ranks, double *out)
{
    uint64_t sorted[2 * PT_BANDS] = { 0 };
    size_t from[2 * PT_BANDS];
    double at[2 * PT_BANDS];
    for (size_t i = 0; i < n_ranks; i++) {
        size_t j = i;
        for (; j > 0 && sorted[j - 1] > ranks[i]; j--) {
            sorted[j] = sorted[j - 1];
            from[j] = from[j - 1];
        }
        sorted[j] = ranks[i];
        from[j] = i;
    }
    pt_order_statistics(n, values, n_ranks, sorted, at);
    for (size_t i = 0; i < n_ranks; i++) {
        out[from[i]] = at[i];
    }
}

/* The ranks, counted in the bracket, that any level wants of it: false where none does. */
static bool wanted_in(const struct pt_sieve *sieve, const struct pt_bracket *b, uint64_t *low,
                      uint64_t *high)
{
    uint64_t end = b->below + b->at_low + b->between + b->at_high;
    bool any = false;
    for (size_t j = 0; j < sieve->n_levels; j++) {
        uint64_t from, to;
        wanted(sieve->levels[j], sieve->seen, sieve->draws, &from, &to);
        if (from >= end || to < b->below) {
            continue;
        }
        from = from > b->below ? from - b->below : 0;
        to = (to < end ? to : end - 1) - b->below;
        *low = any && *low < from ? *low : from;
        *high = any && *high > to ? *high : to;
        any = true;
    }
    return any;
}

/* The order statistic of a rank in the bracket. */
static double inside_at(const struct pt_bracket *b, double *values, uint64_t rank)
{
    if (rank < b->at_low) {
        return b->low;
    }
    rank -= b->at_low;
    if (rank >= b->between) {
        return b->high;
    }
    double at;
    pt_order_statistics(b->between, values, 1, &rank, &at);
    return at;
}

/* An end that no level wants to move stays where it is, since nothing is known beyond it. */
static void narrow(struct pt_sieve *sieve)
{
    for (size_t i = 0; i < sieve->n_brackets; i++) {
        struct pt_bracket *b = &sieve->brackets[i], was = *b;
        uint64_t low = 0, high = 0, last = was.at_low + was.between + was.at_high - 1;
        double *values = sieve->values + was.start;
        if (was.between > was.room || was.low == was.high || last == UINT64_MAX) {
            continue; /* full, an atom, or empty */
        }
        bool any = wanted_in(sieve, &was, &low, &high);
        b->low = any && low > 0 ? inside_at(&was, values, low) : was.low;
        b->high = !any ? was.low : high < last ? inside_at(&was, values, high) : was.high;
        /* the old ends' many values at once, then what was kept */
        b->below += (was.low < b->low ? was.at_low : 0) + (was.high < b->low ? was.at_high : 0);
        b->at_low = (was.low == b->low ? was.at_low : 0) + (was.high == b->low ? was.at_high : 0);
        b->at_high = was.high == b->high && b->high > b->low ? was.at_high : 0;
        size_t less = 0, not_more = 0, kept = 0, more = 0;
        for (size_t v = 0; v < was.between; v++) {
            double x = values[v];
            less += x < b->low;
            not_more += x <= b->low;
            more += x > b->high;
            values[kept] = x;
            kept += (x > b->low) & (x < b->high);
        }
        b->below += less;
        b->at_low += not_more - less;
        b->at_high += was.between - not_more - kept - more;
        b->between = kept;
    }
    sieve->narrowed = sieve->seen;
    sift_set(sieve);
}

/* ------------------------------------------------------------------ values */

/* A value whose key lies between the ends of a bracket. */
static inline void add_inside(struct pt_sieve *sieve, double x)
{
    struct pt_bracket *brackets = sieve->brackets;
    const double *high = sieve->highs;
    size_t n = sieve->n_brackets;
    // NOLINTNEXTLINE(bugprone-misplaced-widening-cast): seven at most
    size_t b = (size_t)((x > high[0]) + (x > high[1]) + (x > high[2]) + (x > high[3]) +
                        (x > high[4]) + (x > high[5]) + (x > high[6]));
    if (b < n && x >= brackets[b].low) {
        keep(sieve, &brackets[b], x);
        if (!sieve->shares_key) {
            return;
        }
        b++;
    }
    /* below the low end of a bracket, but with its key */
    int key = b < n ? pt_sift_key(&sieve->sift, x) : 0;
    for (; b < n && key > sieve->sift.above[2 * b]; b++) {
        brackets[b].below++;
    }
}

static void sift(struct pt_sieve *sieve, size_t n, const double *x)
{
    static pt_sift_kernel *const kernels[PT_ISAS] = { pt_sift_portable, pt_sift_avx2,
                                                      pt_sift_avx512 };
    double padded[PT_SIEVE_BLOCK];
    struct pt_sifted sifted;
    const double *from = x;
    if (n < PT_SIEVE_BLOCK) { /* the rest past all ends */
        memcpy(padded, x, n * sizeof *x);
        for (size_t i = n; i < PT_SIEVE_BLOCK; i++) {
            padded[i] = INFINITY;
        }
        from = padded;
    }
    if (kernels[sieve->isa](&sieve->sift, n, from, &sifted)) {
        notice(sieve, n, x);
    }
    for (size_t b = 0; b < sieve->n_brackets; b++) {
        sieve->brackets[b].below += PT_SIEVE_BLOCK - sifted.past[b];
    }
    for (size_t i = 0; i < sifted.n; i++) {
        add_inside(sieve, sifted.inside[i]);
    }
}

/* The first brackets, from the pilot's own order statistics. */
static void begin(struct pt_sieve *sieve)
{
    double pilot[PT_SIEVE_PILOT];
    uint64_t ranks[2 * PT_BANDS], n = sieve->seen;
    double at[2 * PT_BANDS], low[PT_BANDS], high[PT_BANDS];
    for (size_t j = 0; j < sieve->n_levels; j++) {
        wanted(sieve->levels[j], n, sieve->draws, &ranks[2 * j], &ranks[2 * j + 1]);
    }
    pick(n, sieve->values, 2 * sieve->n_levels, ranks, at);
    for (size_t j = 0; j < sieve->n_levels; j++) {
        low[j] = at[2 * j];
        high[j] = at[2 * j + 1];
    }
    separate(sieve, low, high);
    sift_set(sieve);
    memcpy(pilot, sieve->values, n * sizeof(double));
    for (uint64_t i = 0; i < n; i += PT_SIEVE_BLOCK) {
        sift(sieve, n - i < PT_SIEVE_BLOCK ? n - i : PT_SIEVE_BLOCK, pilot + i);
    }
    sieve->phase = PT_SIEVE_SIFTS;
    sieve->narrowed = n;
}

/* Whether a bracket may not hold another block. */
static bool crowded(const struct pt_sieve *sieve)
{
    for (size_t b = 0; b < sieve->n_brackets; b++) {
        const struct pt_bracket *bracket = &sieve->brackets[b];
        if (bracket->between <= bracket->room &&
            bracket->room - bracket->between < PT_SIEVE_BLOCK) {
            return true;
        }
    }
    return false;
}

void pt_sieve_add(struct pt_sieve *sieve, size_t n, const double *x)
{
    if (sieve->phase == PT_SIEVE_KEEPS) {
        memcpy(sieve->values + sieve->seen, x, n * sizeof *x);
        notice(sieve, n, x);
        sieve->seen += n;
        if (sieve->draws > PT_SIEVE_KEEP && sieve->seen + PT_SIEVE_BLOCK > PT_SIEVE_PILOT) {
            begin(sieve);
        }
    } else if (sieve->phase == PT_SIEVE_SIFTS) {
        sift(sieve, n, x);
        sieve->seen += n;
        if (sieve->seen >= NARROWING * sieve->narrowed ||
            (crowded(sieve) && sieve->seen >= sieve->narrowed + sieve->narrowed / 4)) {
            narrow(sieve);
        }
    } else {
        pt_hunt_add(sieve, n, x);
    }
}

/* ------------------------------------------------------------------ the end */

static void quantiles(const struct pt_sieve *sieve, double *out)
{
    for (size_t j = 0; j < sieve->n_levels; j++) {
        double at = sieve->levels[j] * (double)(sieve->draws - 1), part = at - floor(at);
        double low = sieve->found[2 * j], high = sieve->found[2 * j + 1];
        out[j] = part > 0 && high > low ? low + part * (high - low) : low + 0.0;
        out[j] = sieve->nan ? NAN : out[j];
    }
}

bool pt_sieve_finish(struct pt_sieve *sieve, double *out)
{
    uint64_t ranks[2 * PT_BANDS], last = sieve->draws - 1;
    bool again = false;
    for (size_t j = 0; j < sieve->n_levels; j++) {
        uint64_t k = (uint64_t)(sieve->levels[j] * (double)last);
        ranks[2 * j] = k;
        ranks[2 * j + 1] = k < last ? k + 1 : last;
    }
    if (sieve->nan) { /* no order to speak of */
    } else if (sieve->phase == PT_SIEVE_KEEPS) {
        pick((size_t)sieve->seen, sieve->values, 2 * sieve->n_levels, ranks, sieve->found);
    } else if (sieve->phase == PT_SIEVE_SIFTS) {
        again = pt_hunt_start(sieve, ranks);
    } else {
        again = pt_hunt_next(sieve, ranks);
    }
    if (!again) {
        quantiles(sieve, out);
        sieve->phase = PT_SIEVE_DONE;
    }
    return !again;
}
