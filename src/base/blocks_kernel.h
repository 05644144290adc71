/* The kernels behind struct pt_blocks. A file that includes this says PT_LANES (doubles in a
 * vector), PT_CHAINS (vectors side by side, a power of 2), PT_BLOCKS (the table's name) and, where
 * the compiler needs telling, PT_MUL32, PT_SQRT and PT_BLEND. Every operation is exact or one
 * correctly rounded IEEE operation in a stated order, and none is fused, so each instruction set
 * gives the same bytes. */
#include <string.h>

#include "base/blocks.h"

typedef double real __attribute__((vector_size(8 * PT_LANES)));
typedef uint64_t word __attribute__((vector_size(8 * PT_LANES)));
typedef int64_t mask __attribute__((vector_size(8 * PT_LANES)));

#define ALL(x)     ((word){ 0 } + (uint64_t)(x))
#define ONE_HALF   UINT64_C(0x3fe0000000000000)
#define ONE        UINT64_C(0x3ff0000000000000)
#define MANTISSA   UINT64_C(0x000fffffffffffff)
#define TWO_52     UINT64_C(0x4330000000000000) /* as bits: 2^52 + an integer below 2^52 */
#define ROOT_HALF  UINT64_C(0x3fe6a09e667f3bcd) /* as bits: sqrt 1/2 */
#define UNIT_SHIFT (UINT64_C(1023) << 52)

#ifndef PT_MUL32 /* the product of the low halves */
#    define PT_MUL32(a, b) (((a)&ALL(0xffffffffu)) * ((b)&ALL(0xffffffffu)))
#endif
#ifndef PT_SQRT
static inline real root(real x)
{
    for (int i = 0; i < PT_LANES; i++) {
        x[i] = __builtin_sqrt(x[i]);
    }
    return x;
}
#    define PT_SQRT(x) root(x)
#endif

static inline word choose(mask where, word yes, word no)
{
    return no ^ ((yes ^ no) & (word)where);
}

#ifndef PT_BLEND /* yes where the top bit is set */
#    define PT_BLEND(no, yes, by) ((real)choose((mask)(by) < 0, (word)(yes), (word)(no)))
#endif

/* ------------------------------------------------------------------ Philox4x32-10
 * Salmon et al. (2011), doi:10.1145/2063384.2063405. A 32-bit word lies in the low half of a
 * lane; what stands above it is not cleared, because PT_MUL32 does not read it. */

/* The round keys, in every lane: read from memory they cost nothing. */
struct schedule {
    word k[10][2];
};

static inline void schedule_set(struct schedule *keys, const uint32_t key[2])
{
    for (uint32_t round = 0; round < 10; round++) {
        keys->k[round][0] = ALL(key[0] + round * 0x9e3779b9u);
        keys->k[round][1] = ALL(key[1] + round * 0xbb67ae85u);
    }
    __asm__("" : "+m"(*keys)); /* gcc would rather build them anew for every draw */
}

/* PT_CHAINS vectors of draws advance round by round together, so that the processor need not look
 * far ahead for something to do. The first two rounds know that block and draw >> 32 are the same
 * for all. */
static inline void draw_words(const struct schedule *keys, word draw, uint64_t high, uint32_t block,
                              word *a, word *b)
{
    word x0[PT_CHAINS], x1[PT_CHAINS], x2[PT_CHAINS], x3[PT_CHAINS];
    word same = ALL(block * UINT64_C(0xcd9e8d57));
    word x0_same = (same >> 32) ^ ALL(high) ^ keys->k[0][0];
    word next = PT_MUL32(x0_same, ALL(0xd2511f53u)), x1_same = same ^ keys->k[1][0];
    for (int c = 0; c < PT_CHAINS; c++) {
        word p0 = PT_MUL32(draw + ALL(c * PT_LANES), ALL(0xd2511f53u));
        word p1 = PT_MUL32((p0 >> 32) ^ keys->k[0][1], ALL(0xcd9e8d57u));
        x0[c] = (p1 >> 32) ^ x1_same;
        x1[c] = p1;
        x2[c] = (next >> 32) ^ (p0 ^ keys->k[1][1]);
        x3[c] = next;
    }
    for (int round = 2; round < 10; round++) {
        for (int c = 0; c < PT_CHAINS; c++) {
            word p0 = PT_MUL32(x0[c], ALL(0xd2511f53u)), p1 = PT_MUL32(x2[c], ALL(0xcd9e8d57u));
            x0[c] = (p1 >> 32) ^ (x1[c] ^ keys->k[round][0]);
            x2[c] = (p0 >> 32) ^ (x3[c] ^ keys->k[round][1]);
            x1[c] = p1;
            x3[c] = p0;
        }
    }
    for (int c = 0; c < PT_CHAINS; c++) {
        a[c] = x0[c] << 32 | (x1[c] & ALL(0xffffffffu));
        b[c] = x2[c] << 32 | (x3[c] & ALL(0xffffffffu));
    }
}

static inline word draws_from(uint64_t first)
{
    word draw;
    for (int i = 0; i < PT_LANES; i++) {
        draw[i] = first + (uint64_t)i;
    }
    return draw;
}

/* ------------------------------------------------------------------ functions */

/* The top 52 bits as an odd multiple of 2^-53: never 0, never 1, symmetric around 1/2. */
static inline real open_unit(word bits)
{
    return ((real)(bits >> 12 | ALL(ONE)) - 1.0) + 0x1p-53;
}

/* ln x for x > 0 and normal: x = 2^e m with m in [sqrt 1/2, sqrt 2), ln m = 2 atanh(f / (2 + f)).
 * Coefficients of the minimax polynomial: Sun Microsystems' fdlibm (1993), error < 2^-58. */
static inline real normal_log(word bits, real more)
{
    word shifted = bits - ALL(ROOT_HALF - UNIT_SHIFT);
    real e = (real)(shifted >> 52 | ALL(TWO_52)) - (0x1p52 + 1023) - more;
    real f = (real)((shifted & ALL(MANTISSA)) + ALL(ROOT_HALF)) - 1.0;
    real s = f / (2.0 + f);
    real z = s * s;
    real tail = 1.479819860511658591e-01 * z + 1.531383769920937332e-01;
    tail = tail * z + 1.818357216161805012e-01;
    tail = tail * z + 2.222219843214978396e-01;
    tail = tail * z + 2.857142874366239149e-01;
    tail = tail * z + 3.999999999940941908e-01;
    tail = tail * z + 6.666666666666735130e-01;
    tail = tail * z;
    real half = 0.5 * f * f;
    real low = s * (half + tail) + e * 1.90821492927058770002e-10;
    return e * 6.93147180369123816490e-01 - ((half - low) - f);
}

/* cos and sin of 2 pi u, u = (w + 1/2) 2^-52 for the top 52 bits w: the quarter turn is the top
 * two bits once an eighth of a turn is added, the rest is exact and at most an eighth of a turn.
 * Minimax coefficients: fdlibm, |error| < 2^-57. */
static inline void unit_circle(word bits, real *cosine, real *sine)
{
    word turned = bits + ALL(UINT64_C(1) << 61);
    word rest = (turned & ALL(UINT64_C(0x3ffffffffffff000))) >> 10 | ALL(ONE | 2);
    real angle = ((real)rest - 1.5) * 1.57079632679489655800;
    real z = angle * angle;
    real s = 1.58969099521155010221e-10 * z - 2.50507602534068634195e-08;
    s = s * z + 2.75573137070700676789e-06;
    s = s * z - 1.98412698298579493134e-04;
    s = s * z + 8.33333333332248946124e-03;
    s = s * z - 1.66666666666666324348e-01;
    s = angle + angle * (z * s);
    real c = -1.13596475577881948265e-11 * z + 2.08757232129817482790e-09;
    c = c * z - 2.75573143513906633035e-07;
    c = c * z + 2.48015872894767294178e-05;
    c = c * z - 1.38888888888741095749e-03;
    c = c * z + 4.16666666666666019037e-02;
    c = (1.0 - 0.5 * z) + z * (z * c);
    /* quarter q: (c, s), (-s, c), (-c, -s), (s, -c) */
    word odd = turned << 1, sign = ALL(UINT64_C(1) << 63);
    *cosine = (real)((word)PT_BLEND(c, s, odd) ^ ((turned ^ odd) & sign));
    *sine = (real)((word)PT_BLEND(s, c, odd) ^ (turned & sign));
}

/* e^x: x = k ln 2 + r, e^r by the rational form of fdlibm (1993), error < 1 ulp. */
static inline real block_exp(real x)
{
    const double most = 709.782712893384, least = -745.1332191019412;
    real in = (real)choose(x > most, (word)((real){ 0 } + most), (word)x);
    in = (real)choose(in < least, (word)((real){ 0 } + least), (word)in);
    real k = (in * 1.44269504088896338700 + 0x1.8p52) - 0x1.8p52;
    real high = in - k * 6.93147180369123816490e-01;
    real low = k * 1.90821492927058770002e-10;
    real r = high - low;
    real z = r * r;
    real p = 4.13813679705723846039e-08 * z - 1.65339022054652515390e-06;
    p = p * z + 6.61375632143793436117e-05;
    p = p * z - 2.77777777770155933842e-03;
    p = p * z + 1.66666666666666019037e-01;
    real c = r - z * p;
    real y = 1.0 - ((low - (r * c) / (2.0 - c)) - high);
    /* 2^k in two steps, so that neither overflows and only the last one rounds */
    real half = (0.5 * k + 0x1.8p52) - 0x1.8p52;
    word first = (word)(half + (0x1.8p52 + 1023)) << 52;
    word second = (word)((k - half) + (0x1.8p52 + 1023)) << 52;
    y = y * (real)first * (real)second;
    y = (real)choose(x > most, (word)((real){ 0 } + __builtin_inf()), (word)y);
    y = (real)((word)y & ~(word)(x < least));
    return (real)choose(x == x, (word)y, (word)x);
}

static inline real block_log(real x)
{
    mask small = x < 0x1p-1022;
    real scaled = x * 0x1p54;
    word bits = choose(small, (word)scaled, (word)x);
    real more = (real)((word)((real){ 0 } + 54.0) & (word)small);
    real y = normal_log(bits, more);
    real infinite = (real){ 0 } + __builtin_inf();
    y = (real)choose(x == 0.0, (word)-infinite, (word)y);
    y = (real)choose(x == infinite, (word)x, (word)y);
    return (real)choose(x >= 0.0, (word)y, (word)((real){ 0 } + __builtin_nan("")));
}

/* ------------------------------------------------------------------ blocks */

static inline void keep(double *to, real x, size_t left)
{
    memcpy(to, &x, left < PT_LANES ? left * sizeof *to : sizeof x);
}

static inline real take(const double *from, size_t left)
{
    real x = { 0 };
    memcpy(&x, from, left < PT_LANES ? left * sizeof *from : sizeof x);
    return x;
}

/* Work goes in stages over arrays that stay in the first cache: each stage's chain of operations
 * is short enough for the processor to run several vectors of it side by side. */
#define STAGE   512 /* draws */
#define VECTORS (STAGE / PT_LANES)

/* How many of n draws go in one stage: up to where draw >> 32 changes. */
static size_t staged(uint64_t first, size_t n)
{
    uint64_t same = (UINT64_C(1) << 32) - (uint32_t)first;
    size_t most = same < STAGE ? (size_t)same : STAGE;
    return n < most ? n : most;
}

/* The words of n draws from `first` on. */
static void words(const uint32_t key[2], uint64_t first, size_t n, uint32_t block, word *a, word *b)
{
    struct schedule keys;
    schedule_set(&keys, key);
    word draw = draws_from(first);
    for (size_t v = 0; v * PT_LANES < n; v += PT_CHAINS) {
        draw_words(&keys, draw, first >> 32, block, &a[v], &b[v]);
        draw += ALL(PT_CHAINS * PT_LANES);
    }
}

static void uniforms(const uint32_t key[2], uint64_t first, size_t n, uint32_t block, double *u0,
                     double *u1)
{
    word a[VECTORS], b[VECTORS];
    for (size_t i = 0, left; i < n; i += left) {
        left = staged(first + i, n - i);
        words(key, first + i, left, block, a, b);
        for (size_t v = 0; v * PT_LANES < left; v++) {
            keep(u0 + i + v * PT_LANES, open_unit(a[v]), left - v * PT_LANES);
            keep(u1 + i + v * PT_LANES, open_unit(b[v]), left - v * PT_LANES);
        }
    }
}

/* Box and Muller (1958), in doubles. */
static void normals(const uint32_t key[2], uint64_t first, size_t n, uint32_t block, double *z0,
                    double *z1)
{
    word a[VECTORS], b[VECTORS];
    for (size_t i = 0, left; i < n; i += left) {
        left = staged(first + i, n - i);
        words(key, first + i, left, block, a, b);
        size_t whole = left / PT_LANES, v = 0;
        for (v = 0; v * PT_LANES < left; v++) {
            a[v] = (word)PT_SQRT(-2.0 * normal_log((word)open_unit(a[v]), (real){ 0 }));
        }
        for (v = 0; v < whole; v++) {
            real cosine, sine;
            unit_circle(b[v], &cosine, &sine);
            keep(z0 + i + v * PT_LANES, (real)a[v] * cosine, PT_LANES);
            keep(z1 + i + v * PT_LANES, (real)a[v] * sine, PT_LANES);
        }
        if (v * PT_LANES < left) {
            real cosine, sine;
            unit_circle(b[v], &cosine, &sine);
            keep(z0 + i + v * PT_LANES, (real)a[v] * cosine, left - v * PT_LANES);
            keep(z1 + i + v * PT_LANES, (real)a[v] * sine, left - v * PT_LANES);
        }
    }
}

static void exps(size_t n, const double *x, double *y)
{
    size_t i = 0;
    for (; i + PT_LANES <= n; i += PT_LANES) {
        keep(y + i, block_exp(take(x + i, PT_LANES)), PT_LANES);
    }
    if (i < n) {
        keep(y + i, block_exp(take(x + i, n - i)), n - i);
    }
}

static void logs(size_t n, const double *x, double *y)
{
    size_t i = 0;
    for (; i + PT_LANES <= n; i += PT_LANES) {
        keep(y + i, block_log(take(x + i, PT_LANES)), PT_LANES);
    }
    if (i < n) {
        keep(y + i, block_log(take(x + i, n - i)), n - i);
    }
}

const struct pt_blocks PT_BLOCKS = { uniforms, normals, exps, logs };
