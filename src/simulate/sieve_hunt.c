#include <math.h>
#include <string.h>

#include "simulate/sieve.h"

/* Order statistics that the brackets missed. The doubles in order are the integers in order, so an
 * interval between two of them halves as often as one likes whatever the distribution: a pass
 * counts the values in a thousand equal bins of it, the next looks into one of them, and as soon as
 * the values in a bin fit in the memory they are kept. */

static int64_t order_of(double x)
{
    int64_t bits;
    x += 0.0; /* -0 is 0 */
    memcpy(&bits, &x, sizeof bits);
    return bits < 0 ? INT64_MIN - bits : bits;
}

static double value_of(int64_t order)
{
    int64_t bits = order < 0 ? INT64_MIN - order : order;
    double x;
    memcpy(&x, &bits, sizeof x);
    return x;
}

/* Adds an interval, unless it is there. */
static void add(struct pt_sieve *sieve, struct pt_hunt hunt)
{
    for (size_t h = 0; h < sieve->n_hunts; h++) {
        if (sieve->hunts[h].low == hunt.low) {
            return;
        }
    }
    sieve->hunts[sieve->n_hunts++] = hunt;
}

/* Shares the memory out and begins a pass. */
static void begin(struct pt_sieve *sieve)
{
    size_t share = sieve->n_hunts > 0 ? sieve->room / sieve->n_hunts : 0;
    for (size_t h = 0; h < sieve->n_hunts; h++) {
        struct pt_hunt *hunt = &sieve->hunts[h];
        uint64_t width = (uint64_t)hunt->high - (uint64_t)hunt->low;
        hunt->start = h * share;
        hunt->room = share;
        hunt->n = 0;
        hunt->collects = hunt->inside <= share;
        hunt->shift = 0;
        while (width >> hunt->shift >= share) {
            hunt->shift++;
        }
    }
    for (size_t i = 0; i < sieve->room; i++) {
        sieve->values[i] = 0; /* and a count of 0 */
    }
    sieve->phase = PT_SIEVE_HUNTS;
    sieve->seen = 0;
}

/* Counts lie in the bytes of doubles. */
static uint64_t count_at(const struct pt_sieve *sieve, const struct pt_hunt *hunt, size_t bin)
{
    uint64_t count;
    memcpy(&count, sieve->values + hunt->start + bin, sizeof count);
    return count;
}

void pt_hunt_add(struct pt_sieve *sieve, size_t n, const double *x)
{
    for (size_t h = 0; h < sieve->n_hunts; h++) {
        struct pt_hunt *hunt = &sieve->hunts[h];
        for (size_t i = 0; i < n; i++) {
            int64_t order = order_of(x[i]);
            if (order <= hunt->low || order >= hunt->high) {
                continue;
            }
            if (hunt->collects) {
                sieve->values[hunt->start + hunt->n++] = x[i];
            } else {
                size_t bin = (size_t)(((uint64_t)order - (uint64_t)hunt->low - 1) >> hunt->shift);
                uint64_t count = count_at(sieve, hunt, bin) + 1;
                memcpy(sieve->values + hunt->start + bin, &count, sizeof count);
            }
        }
    }
    sieve->seen += n;
}

/* The bin of a rank, as an interval of its own. */
static struct pt_hunt bin_of(const struct pt_sieve *sieve, const struct pt_hunt *hunt,
                             uint64_t rank)
{
    uint64_t below = hunt->below;
    size_t bin = 0;
    while (below + count_at(sieve, hunt, bin) <= rank) {
        below += count_at(sieve, hunt, bin++);
    }
    struct pt_hunt inner = { .below = below, .inside = count_at(sieve, hunt, bin) };
    uint64_t low = (uint64_t)hunt->low + ((uint64_t)bin << hunt->shift);
    uint64_t width = (uint64_t)hunt->high - low, bin_width = (UINT64_C(1) << hunt->shift) + 1;
    inner.low = (int64_t)low;
    inner.high = (int64_t)(low + (bin_width < width ? bin_width : width));
    return inner;
}

bool pt_hunt_next(struct pt_sieve *sieve, const uint64_t *ranks)
{
    struct pt_hunt old[2 * PT_BANDS];
    size_t n_old = sieve->n_hunts;
    memcpy(old, sieve->hunts, sizeof old);
    sieve->n_hunts = 0;
    for (size_t r = 0; r < 2 * sieve->n_levels; r++) {
        size_t h = 0;
        while (h < n_old &&
               !(ranks[r] >= old[h].below && ranks[r] - old[h].below < old[h].inside)) {
            h++;
        }
        if (sieve->known[r] || h == n_old) {
            continue;
        }
        if (old[h].collects) {
            uint64_t rank = ranks[r] - old[h].below;
            pt_order_statistics(old[h].n, sieve->values + old[h].start, 1, &rank, &sieve->found[r]);
            sieve->known[r] = true;
            continue;
        }
        struct pt_hunt inner = bin_of(sieve, &old[h], ranks[r]);
        if ((uint64_t)inner.high - (uint64_t)inner.low == 2) { /* one value only */
            sieve->found[r] = value_of(inner.low + 1);
            sieve->known[r] = true;
        } else {
            add(sieve, inner);
        }
    }
    if (sieve->n_hunts > 0) {
        begin(sieve);
    }
    return sieve->n_hunts > 0;
}

/* All wanted ranks that one bracket holds. */
static void look_in(struct pt_sieve *sieve, const struct pt_bracket *b, const uint64_t *ranks)
{
    uint64_t inside[2 * PT_BANDS];
    size_t which[2 * PT_BANDS], n = 0;
    double at[2 * PT_BANDS];
    for (size_t r = 0; r < 2 * sieve->n_levels; r++) {
        uint64_t rank = ranks[r] - b->below;
        if (ranks[r] < b->below || rank >= b->at_low + b->between + b->at_high) {
            continue;
        }
        if (rank >= b->at_low && rank < b->at_low + b->between) {
            inside[n] = rank - b->at_low;
            which[n++] = r;
            continue;
        }
        sieve->found[r] = rank < b->at_low ? b->low : b->high;
        sieve->known[r] = true;
    }
    if (n > 0 && b->between <= b->room) {
        pt_order_statistics(b->between, sieve->values + b->start, n, inside, at);
        for (size_t i = 0; i < n; i++) {
            sieve->found[which[i]] = at[i];
            sieve->known[which[i]] = true;
        }
    }
}

/* The open interval without known values in which a rank lies: in a full bracket, or in the gap
 * before, between or after brackets. */
static struct pt_hunt interval_of(const struct pt_sieve *sieve, uint64_t rank)
{
    struct pt_hunt hunt = { .low = order_of(-INFINITY) - 1, .high = order_of(INFINITY) + 1 };
    uint64_t end = sieve->draws; /* values below the upper end */
    for (size_t i = 0; i < sieve->n_brackets; i++) {
        const struct pt_bracket *b = &sieve->brackets[i];
        uint64_t all = b->at_low + b->between + b->at_high;
        if (rank < b->below) {
            hunt.high = order_of(b->low);
            end = b->below;
            break;
        }
        if (rank < b->below + all) {
            hunt.low = order_of(b->low);
            hunt.high = order_of(b->high);
            hunt.below = b->below + b->at_low;
            end = hunt.below + b->between;
            break;
        }
        hunt.low = order_of(b->high);
        hunt.below = b->below + all;
    }
    hunt.inside = end - hunt.below;
    return hunt;
}

bool pt_hunt_start(struct pt_sieve *sieve, const uint64_t *ranks)
{
    sieve->n_hunts = 0;
    for (size_t i = 0; i < sieve->n_brackets; i++) {
        look_in(sieve, &sieve->brackets[i], ranks);
    }
    for (size_t r = 0; r < 2 * sieve->n_levels; r++) {
        if (!sieve->known[r]) {
            add(sieve, interval_of(sieve, ranks[r]));
        }
    }
    if (sieve->n_hunts > 0) {
        begin(sieve);
    }
    return sieve->n_hunts > 0;
}
