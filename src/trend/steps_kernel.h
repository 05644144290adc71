/* The kernels behind struct pt_steps. A file that includes this says PT_LANES (doubles in a
 * vector), PT_CHAINS (vectors side by side), PT_STEPS (the table's name) and either PT_PICK (of 16
 * doubles at an address those that a word names) with PT_PICK_CELL (the same of
 * pt_normal_pieces.cell; bits above the fourth mean nothing to PT_PICK), or PT_TURN (PT_LANES
 * columns from column j on of as many rows). */
#include <string.h>

#include "trend/normal_pieces.h"
#include "trend/steps.h"

typedef double real __attribute__((vector_size(8 * PT_LANES)));
typedef uint64_t word __attribute__((vector_size(8 * PT_LANES)));

#define ALL(x) ((word){ 0 } + (uint64_t)(x))
#define SIGN   ALL(UINT64_C(1) << 63)
#define P      PT_PIECES
#define DEGREE PT_PIECES_DEGREE

static inline real least_of(real a, real b)
{
    word where = (word)(a < b);
    return (real)(((word)a & where) | ((word)b & ~where));
}

static inline real most_of(real a, real b)
{
    word where = (word)(a > b);
    return (real)(((word)a & where) | ((word)b & ~where));
}

static inline void keep(double *to, real x)
{
    memcpy(to, &x, sizeof x);
}

static inline real take(const double *from)
{
    real x;
    memcpy(&x, from, sizeof x);
    return x;
}

/* ------------------------------------------------------------------ the normal distribution */

/* What a score needs of its piece: where its middle is, the value there and by how much it counts
 * the chance from there on, then the polynomial. */
enum { MIDDLE, VALUE, WEIGHT, SLOPES, COLUMNS = SLOPES + DEGREE };

#ifdef PT_PICK
struct tables {
    const double *column[COLUMNS];
};

static void tables_make(struct tables *tables, const double value[P], const double weight[P])
{
    tables->column[MIDDLE] = pt_normal_pieces.middle;
    tables->column[VALUE] = value;
    tables->column[WEIGHT] = weight;
    for (size_t j = 0; j < DEGREE; j++) {
        tables->column[SLOPES + j] = pt_normal_pieces.slope[j];
    }
}

static inline word piece_of(real size)
{
    word piece = PT_PICK_CELL((word)(size * 8.0 + 0x1p52));
    return piece - (word)(size >= PT_PICK(pt_normal_pieces.next, piece));
}

/* Looked up when it is needed: then a column is read once for all chains. */
struct found {
    const struct tables *tables;
    word piece;
};

static inline void look_up(const struct tables *tables, word piece, struct found *found)
{
    *found = (struct found){ tables, piece };
}

static inline real column_of(const struct found *found, int j)
{
    return PT_PICK(found->tables->column[j], found->piece);
}
#else
#    define ROW 12 /* padded, so that pairs and fours start aligned */
_Static_assert(COLUMNS <= ROW, "a row holds the columns");

struct tables {
    double row[P][ROW] __attribute__((aligned(64)));
};

static void tables_make(struct tables *tables, const double value[P], const double weight[P])
{
    for (size_t k = 0; k < P; k++) {
        double *row = tables->row[k];
        row[MIDDLE] = pt_normal_pieces.middle[k];
        row[VALUE] = value[k];
        row[WEIGHT] = weight[k];
        for (size_t j = 0; j < DEGREE; j++) {
            row[SLOPES + j] = pt_normal_pieces.slope[j][k];
        }
    }
}

/* Pieces of scores from 0 to PT_PIECES_END. */
static inline word piece_of(real size)
{
    real cell = size * 8.0 + 0x1p52;
    word piece;
    for (int i = 0; i < PT_LANES; i++) {
        size_t k = pt_normal_pieces.cell[((word)cell)[i] & 31];
        piece[i] = k + (size[i] >= pt_normal_pieces.next[k]);
    }
    return piece;
}

struct found {
    real column[ROW];
};

static inline void look_up(const struct tables *tables, word piece, struct found *found)
{
    const double *rows[PT_LANES];
    for (int i = 0; i < PT_LANES; i++) {
        rows[i] = tables->row[(size_t)piece[i]];
    }
#    pragma GCC unroll 16
    for (int j = 0; j < ROW; j += PT_LANES) {
        PT_TURN(rows, j, found->column + j);
    }
}

static inline real column_of(const struct found *found, int j)
{
    return found->column[j];
}
#endif

/* z becomes sign(z) (value + weight (Phi(|z|) - Phi(middle))), for PT_CHAINS vectors side by side,
 * as one alone waits for itself. */
static inline void chances(const struct tables *tables, real *z)
{
    struct found found[PT_CHAINS];
    real d[PT_CHAINS], p[PT_CHAINS];
#pragma GCC unroll 8
    for (int c = 0; c < PT_CHAINS; c++) {
        real size = least_of((real)((word)z[c] & ~SIGN), (real){ 0 } + PT_PIECES_END);
        look_up(tables, piece_of(size), &found[c]);
        d[c] = size - column_of(&found[c], MIDDLE);
        p[c] = column_of(&found[c], SLOPES + DEGREE - 1);
    }
#pragma GCC unroll 8
    for (int j = DEGREE - 2; j >= 0; j--) {
#pragma GCC unroll 8
        for (int c = 0; c < PT_CHAINS; c++) {
            p[c] = p[c] * d[c] + column_of(&found[c], SLOPES + j);
        }
    }
#pragma GCC unroll 8
    for (int c = 0; c < PT_CHAINS; c++) {
        real chance = column_of(&found[c], VALUE) + column_of(&found[c], WEIGHT) * (p[c] * d[c]);
        z[c] = (real)((word)chance ^ ((word)z[c] & SIGN));
    }
}

#define STRIDE (PT_CHAINS * PT_LANES)

/* Of fewer than that. */
static void last_chances(const struct tables *tables, size_t n, double *z)
{
    real all[PT_CHAINS] = { 0 };
    memcpy(all, z, n * sizeof *z);
    chances(tables, all);
    memcpy(z, all, n * sizeof *z);
}

static void half_chances(size_t n, const double *z, double *p)
{
    struct tables tables;
    double weight[P];
    for (size_t k = 0; k < P; k++) {
        weight[k] = 1;
    }
    tables_make(&tables, pt_normal_pieces.chance, weight);
    size_t i = 0;
    for (; i + STRIDE <= n; i += STRIDE) {
        real all[PT_CHAINS];
        memcpy(all, z + i, sizeof all);
        chances(&tables, all);
        memcpy(p + i, all, sizeof all);
    }
    memcpy(p + i, z + i, (n - i) * sizeof *z);
    last_chances(&tables, n - i, p + i);
}

/* ------------------------------------------------------------------ the consensus */

static void spread(const struct pt_spread_year *year, size_t n, const double *z, double *walk,
                   double *x)
{
    struct tables tables;
    double value[P], weight[P];
    for (size_t k = 0; k < P; k++) {
        size_t r = pt_normal_pieces.row[k];
        double low = pt_constants_p[r], step = pt_constants_p[r + 1] - low;
        weight[k] = year->scale * ((year->q[r + 1] - year->q[r]) / step);
        value[k] = year->scale * year->q[r] + weight[k] * (pt_normal_pieces.chance[k] - (low - .5));
    }
    tables_make(&tables, value, weight);
    double carry = year->carry, fresh = year->fresh;
    size_t i = 0;
    for (; i + STRIDE <= n; i += STRIDE) {
        real all[PT_CHAINS];
#pragma GCC unroll 8
        for (int c = 0; c < PT_CHAINS; c++) {
            size_t at = i + (size_t)c * PT_LANES;
            all[c] = carry * take(walk + at) + fresh * take(z + at);
            keep(walk + at, all[c]);
        }
        chances(&tables, all);
#pragma GCC unroll 8
        for (int c = 0; c < PT_CHAINS; c++) {
            size_t at = i + (size_t)c * PT_LANES;
            keep(x + at, take(x + at) + all[c]);
        }
    }
    double rest[STRIDE];
    for (size_t k = i; k < n; k++) {
        walk[k] = rest[k - i] = carry * walk[k] + fresh * z[k];
    }
    last_chances(&tables, n - i, rest);
    for (size_t k = i; k < n; k++) {
        x[k] += rest[k - i];
    }
}

static void carry_pace(double from, double first, double step, size_t n, const double *restrict phi,
                       double *restrict power, double *restrict carried, double *restrict x)
{
    for (size_t i = 0; i < n; i++) {
        power[i] *= phi[i];
        carried[i] += power[i];
        x[i] = from + (first + carried[i]) * step;
    }
}

/* ------------------------------------------------------------------ the other families */

/* So many vectors side by side, as one alone waits for itself. */
#define SIDES 4

static void log_scales(const double series[PT_SCALE_ORDER + 1], size_t n, const double *z,
                       double *y)
{
    enum { MOST = SIDES * PT_LANES };
    for (size_t i = 0; i < n; i += MOST) {
        size_t left = n - i < MOST ? n - i : MOST;
        real x[SIDES] = { 0 }, a[SIDES] = { 0 }, b[SIDES] = { 0 };
        memcpy(x, z + i, left * sizeof *z);
        for (int c = 0; c < SIDES; c++) {
            x[c] /= PT_SCALE_REACH;
            x[c] = least_of(most_of(x[c], (real){ 0 } - 1.0), (real){ 0 } + 1.0);
        }
        for (size_t k = PT_SCALE_ORDER; k >= 1; k--) { /* Clenshaw */
#pragma GCC unroll 8
            for (int c = 0; c < SIDES; c++) {
                real next = 2.0 * x[c] * a[c] - b[c] + series[k];
                b[c] = a[c];
                a[c] = next;
            }
        }
        for (int c = 0; c < SIDES; c++) {
            x[c] = x[c] * a[c] - b[c] + 0.5 * series[0];
        }
        memcpy(y + i, x, left * sizeof *y);
    }
}

static void squash(double lower, double width, size_t n, const double *x, double *y)
{
    for (size_t i = 0; i < n; i++) {
        y[i] = lower + width * (1 / (1 + x[i]));
    }
}

static void noise(double carry, double fresh, size_t n, const double *restrict scale,
                  const double *restrict z, double *restrict e)
{
    for (size_t i = 0; i < n; i++) {
        e[i] = carry * e[i] + fresh * (scale[i] * z[i]);
    }
}

static void line(double t, size_t n, const double *restrict level, const double *restrict pace,
                 double *restrict curve)
{
    for (size_t i = 0; i < n; i++) {
        curve[i] = level[i] + pace[i] * t;
    }
}

static void add(size_t n, const double *restrict curve, const double *restrict e,
                double *restrict x)
{
    for (size_t i = 0; i < n; i++) {
        x[i] = curve[i] + e[i];
    }
}

static void drift(size_t n, const double *restrict pace, const double *restrict scale,
                  const double *restrict z, double *restrict walk, double *restrict mean,
                  double *restrict x, double *restrict curve)
{
    for (size_t i = 0; i < n; i++) {
        walk[i] += pace[i] + scale[i] * z[i];
        mean[i] += pace[i];
        x[i] = walk[i];
        curve[i] = mean[i];
    }
}

static void clip(double lower, double upper, size_t n, double *x)
{
    for (size_t i = 0; i < n; i++) {
        double held = x[i] < lower ? lower : x[i];
        x[i] = held > upper ? upper : held;
    }
}

const struct pt_steps PT_STEPS = { spread, half_chances, carry_pace, log_scales, squash,
                                   noise,  line,         add,        drift,      clip };
