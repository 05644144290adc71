/* The classifying kernel of a sieve. A file that includes this says PT_SIFT (its name) and
 * PT_SIFT_BYTES (of a vector). */
#include <string.h>

#include "simulate/sieve.h"

#define LANES   (PT_SIFT_BYTES / 2)
#define VECTORS (PT_SIEVE_BLOCK / LANES)

typedef int16_t keys __attribute__((vector_size(PT_SIFT_BYTES)));

#define LIMIT 32766.0

/* Rises with x, rounding and all: every step is monotone. */
static inline int32_t key_of(double x, double centre, double scale)
{
    double t = (x - centre) * scale;
    t = t > -LIMIT ? t : -LIMIT;
    t = t < LIMIT ? t : LIMIT;
    return (int32_t)t;
}

/* One bit for each lane, which is 0 or -1. */
static inline uint64_t bits_of(const int16_t *flags)
{
    uint64_t bits = 0;
#if defined(__AVX2__)
    for (int i = 0; i < 64; i += 32) {
        __m256i a, b;
        memcpy(&a, flags + i, sizeof a);
        memcpy(&b, flags + i + 16, sizeof b);
        __m256i bytes = _mm256_permute4x64_epi64(_mm256_packs_epi16(a, b), 0xd8);
        bits |= (uint64_t)(uint32_t)_mm256_movemask_epi8(bytes) << i;
    }
#elif defined(__SSE2__)
    for (int i = 0; i < 64; i += 16) {
        __m128i a, b;
        memcpy(&a, flags + i, sizeof a);
        memcpy(&b, flags + i + 8, sizeof b);
        bits |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_packs_epi16(a, b)) << i;
    }
#else
    for (int i = 0; i < 64; i++) {
        bits |= (uint64_t)(flags[i] & 1) << i;
    }
#endif
    return bits;
}

/* The keys of a block; the result is not 0 where a value is not finite (x - x is NaN there). */
#if defined(__AVX512BW__)
static inline uint64_t make_keys(const struct pt_sift *sift, const double *x, int16_t *key)
{
    __m512d centre = _mm512_set1_pd(sift->centre), scale = _mm512_set1_pd(sift->scale);
    __m512d most = _mm512_set1_pd(LIMIT), least = _mm512_set1_pd(-LIMIT);
    __m512i strange = _mm512_setzero_si512();
    for (size_t i = 0; i < PT_SIEVE_BLOCK; i += 8) {
        __m512d v = _mm512_loadu_pd(x + i);
        strange = _mm512_or_si512(strange, _mm512_castpd_si512(_mm512_sub_pd(v, v)));
        __m512d t = _mm512_mul_pd(_mm512_sub_pd(v, centre), scale);
        t = _mm512_min_pd(_mm512_max_pd(t, least), most);
        _mm_storeu_si128((__m128i *)(key + i), _mm256_cvtepi32_epi16(_mm512_cvttpd_epi32(t)));
    }
    return _mm512_test_epi64_mask(strange, strange);
}
#elif defined(__AVX2__)
static inline __m128i four_keys(const double *x, __m256d centre, __m256d scale, __m256d *strange)
{
    __m256d v = _mm256_loadu_pd(x);
    *strange = _mm256_or_pd(*strange, _mm256_sub_pd(v, v));
    __m256d t = _mm256_mul_pd(_mm256_sub_pd(v, centre), scale);
    t = _mm256_min_pd(_mm256_max_pd(t, _mm256_set1_pd(-LIMIT)), _mm256_set1_pd(LIMIT));
    return _mm256_cvttpd_epi32(t);
}

static inline uint64_t make_keys(const struct pt_sift *sift, const double *x, int16_t *key)
{
    __m256d centre = _mm256_set1_pd(sift->centre), scale = _mm256_set1_pd(sift->scale);
    __m256d strange = _mm256_setzero_pd();
    for (size_t i = 0; i < PT_SIEVE_BLOCK; i += 8) {
        __m128i low = four_keys(x + i, centre, scale, &strange);
        __m128i high = four_keys(x + i + 4, centre, scale, &strange);
        _mm_storeu_si128((__m128i *)(key + i), _mm_packs_epi32(low, high));
    }
    return !_mm256_testz_si256(_mm256_castpd_si256(strange), _mm256_castpd_si256(strange));
}
#elif defined(__SSE2__)
static inline __m128i two_keys(const double *x, __m128d centre, __m128d scale, __m128d *strange)
{
    __m128d v = _mm_loadu_pd(x);
    *strange = _mm_or_pd(*strange, _mm_sub_pd(v, v));
    __m128d t = _mm_mul_pd(_mm_sub_pd(v, centre), scale);
    t = _mm_min_pd(_mm_max_pd(t, _mm_set1_pd(-LIMIT)), _mm_set1_pd(LIMIT));
    return _mm_cvttpd_epi32(t);
}

static inline uint64_t make_keys(const struct pt_sift *sift, const double *x, int16_t *key)
{
    __m128d centre = _mm_set1_pd(sift->centre), scale = _mm_set1_pd(sift->scale);
    __m128d strange = _mm_setzero_pd();
    for (size_t i = 0; i < PT_SIEVE_BLOCK; i += 8) {
        __m128i a = _mm_unpacklo_epi64(two_keys(x + i, centre, scale, &strange),
                                       two_keys(x + i + 2, centre, scale, &strange));
        __m128i b = _mm_unpacklo_epi64(two_keys(x + i + 4, centre, scale, &strange),
                                       two_keys(x + i + 6, centre, scale, &strange));
        _mm_storeu_si128((__m128i *)(key + i), _mm_packs_epi32(a, b));
    }
    uint64_t bits[2];
    memcpy(bits, &strange, sizeof bits);
    return bits[0] | bits[1];
}
#else
static inline uint64_t make_keys(const struct pt_sift *sift, const double *x, int16_t *key)
{
    uint64_t strange = 0;
    for (size_t i = 0; i < PT_SIEVE_BLOCK; i++) {
        double none = x[i] - x[i];
        uint64_t bits;
        memcpy(&bits, &none, sizeof bits);
        strange |= bits;
        key[i] = (int16_t)key_of(x[i], sift->centre, sift->scale);
    }
    return strange;
}
#endif

/* The values whose bits are set, four at a time: a loop per bit would end where no processor can
 * foresee it. */
static inline size_t gather(const double *x, uint64_t bits, double *to)
{
    size_t n = (size_t)__builtin_popcountll(bits);
    for (size_t done = 0; done < n; done += 4) {
        for (size_t i = 0; i < 4; i++) {
            to[done + i] = x[bits ? __builtin_ctzll(bits) : 0];
            bits &= bits - 1;
        }
    }
    return n;
}

bool PT_SIFT(const struct pt_sift *sift, size_t n, const double *x, struct pt_sifted *out)
{
    keys key[VECTORS], flags[VECTORS], ends[2 * PT_BANDS], count[PT_BANDS] = { { 0 } };
    uint64_t strange = make_keys(sift, x, (int16_t *)key);
    for (int e = 0; e < 2 * PT_BANDS; e++) {
        ends[e] = (keys){ 0 } + sift->above[e];
    }
    for (size_t v = 0; v < VECTORS; v++) {
        keys odd = { 0 };
        for (int b = 0; b < PT_BANDS; b++) {
            keys low = key[v] > ends[2 * b], high = key[v] > ends[2 * b + 1];
            count[b] -= low;
            odd ^= low ^ high;
        }
        flags[v] = odd;
    }
    for (int b = 0; b < PT_BANDS; b++) {
        uint64_t words[LANES / 4],
            sum = 0; /* four 16-bit counts each; all of them are 512 at most */
        memcpy(words, &count[b], sizeof words);
        for (int i = 0; i < LANES / 4; i++) {
            sum += words[i];
        }
        out->past[b] = (uint32_t)(sum * UINT64_C(0x0001000100010001) >> 48);
    }
    out->n = 0;
    for (size_t w = 0; 64 * w < n; w++) {
        uint64_t bits = bits_of((const int16_t *)flags + 64 * w);
        bits = n - 64 * w < 64 ? bits & ((UINT64_C(1) << (n - 64 * w)) - 1) : bits;
        out->n += gather(x + 64 * w, bits, out->inside + out->n);
    }
    return strange != 0;
}
