#include <math.h>
#include <string.h>

#include <Random123/philox.h>

#include <paritet/base.h>

/* Box-Muller in doubles. Every operation is exact or one correctly rounded IEEE operation in a
 * stated order (no fused multiply-add), so any instruction set gives the same bytes. */

struct pt_stream pt_stream_open(uint64_t seed, const char *name)
{
    size_t length = strlen(name);
    unsigned char block[8 + 256];
    char hex[65];
    for (int i = 0; i < 8; i++) {
        block[i] = (unsigned char)(seed >> (8 * i));
    }
    if (length > sizeof block - 8) { /* long names are keyed by their own digest */
        pt_sha256(name, length, hex);
        length = 64;
        memcpy(block + 8, hex, length);
    } else {
        memcpy(block + 8, name, length);
    }
    pt_sha256(block, 8 + length, hex);
    struct pt_stream stream = { { 0, 0 } };
    for (int i = 0; i < 16; i++) {
        uint32_t digit = (uint32_t)(hex[i] <= '9' ? hex[i] - '0' : hex[i] - 'a' + 10);
        stream.key[i / 8] = stream.key[i / 8] << 4 | digit;
    }
    return stream;
}

/* The top 52 bits as an odd multiple of 2^-53: never 0, never 1, symmetric around 1/2. */
static inline double open_unit(uint32_t high, uint32_t low)
{
    uint64_t bits = ((uint64_t)high << 32 | low) >> 12 | UINT64_C(0x3ff0000000000000);
    double x;
    memcpy(&x, &bits, sizeof x);
    return (x - 1.0) + 0x1p-53;
}

static inline void two_uniforms(const struct pt_stream *stream, uint64_t draw, uint32_t block,
                                double *u0, double *u1)
{
    philox4x32_ctr_t counter = { { (uint32_t)draw, (uint32_t)(draw >> 32), block, 0 } };
    philox4x32_key_t key = { { stream->key[0], stream->key[1] } };
    philox4x32_ctr_t random = philox4x32_R(10, counter, key);
    *u0 = open_unit(random.v[0], random.v[1]);
    *u1 = open_unit(random.v[2], random.v[3]);
}

/* ln x for x in (0, 1): x = 2^k m with m in [sqrt 1/2, sqrt 2), ln m = 2 atanh(f / (2 + f)).
 * Coefficients of the minimax polynomial: Sun Microsystems' fdlibm (1993), error < 2^-58. */
static inline double unit_log(double x)
{
    uint64_t bits;
    memcpy(&bits, &x, sizeof bits);
    int64_t k = (int64_t)(bits >> 52) - 1023;
    bits = (bits & UINT64_C(0x000fffffffffffff)) | UINT64_C(0x3ff0000000000000);
    double m;
    memcpy(&m, &bits, sizeof m);
    bool high = m >= 1.41421356237309514547;
    m = high ? 0.5 * m : m;
    double e = (double)(high ? k + 1 : k);
    double f = m - 1.0;
    double s = f / (2.0 + f);
    double z = s * s;
    double tail = 1.479819860511658591e-01;
    tail = tail * z + 1.531383769920937332e-01;
    tail = tail * z + 1.818357216161805012e-01;
    tail = tail * z + 2.222219843214978396e-01;
    tail = tail * z + 2.857142874366239149e-01;
    tail = tail * z + 3.999999999940941908e-01;
    tail = tail * z + 6.666666666666735130e-01;
    tail = tail * z;
    double half = 0.5 * f * f;
    double low = s * (half + tail) + e * 1.90821492927058770002e-10;
    return e * 6.93147180369123816490e-01 - ((half - low) - f);
}

/* cos and sin of 2 pi u: the quarter turn is exact, the rest is at most an eighth of a turn.
 * Minimax coefficients: fdlibm, |error| < 2^-57. */
static inline void unit_circle(double u, double *cosine, double *sine)
{
    double turns = 4.0 * u;
    double quarter = floor(turns + 0.5);
    double angle = (turns - quarter) * 1.57079632679489655800;
    double z = angle * angle;
    double s = 1.58969099521155010221e-10;
    s = s * z - 2.50507602534068634195e-08;
    s = s * z + 2.75573137070700676789e-06;
    s = s * z - 1.98412698298579493134e-04;
    s = s * z + 8.33333333332248946124e-03;
    s = s * z - 1.66666666666666324348e-01;
    s = angle + angle * (z * s);
    double c = -1.13596475577881948265e-11;
    c = c * z + 2.08757232129817482790e-09;
    c = c * z - 2.75573143513906633035e-07;
    c = c * z + 2.48015872894767294178e-05;
    c = c * z - 1.38888888888741095749e-03;
    c = c * z + 4.16666666666666019037e-02;
    c = (1.0 - 0.5 * z) + z * (z * c);
    int q = (int)quarter & 3;
    double a = q & 1 ? s : c;
    double b = q & 1 ? c : s;
    *cosine = q == 1 || q == 2 ? -a : a;
    *sine = q >= 2 ? -b : b;
}

void pt_stream_uniforms(const struct pt_stream *stream, uint64_t first, size_t n, uint32_t block,
                        double *u0, double *u1)
{
    for (size_t i = 0; i < n; i++) {
        two_uniforms(stream, first + i, block, u0 + i, u1 + i);
    }
}

void pt_stream_normals(const struct pt_stream *stream, uint64_t first, size_t n, uint32_t block,
                       double *z0, double *z1)
{
    for (size_t i = 0; i < n; i++) {
        double u, v, cosine, sine;
        two_uniforms(stream, first + i, block, &u, &v);
        double radius = sqrt(-2.0 * unit_log(u));
        unit_circle(v, &cosine, &sine);
        z0[i] = radius * cosine;
        z1[i] = radius * sine;
    }
}
