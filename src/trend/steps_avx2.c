#ifdef __AVX2__
#    include <immintrin.h>
#    define PT_LANES                 4
#    define PT_CHAINS                1
#    define PT_STEPS                 pt_steps_avx2
#    define PT_TURN(rows, j, column) turn(rows, j, column)
typedef double four __attribute__((vector_size(32)));
static inline void turn(const double *const rows[4], int j, four *column)
{
    __m256d r0 = _mm256_loadu_pd(rows[0] + j), r1 = _mm256_loadu_pd(rows[1] + j);
    __m256d r2 = _mm256_loadu_pd(rows[2] + j), r3 = _mm256_loadu_pd(rows[3] + j);
    __m256d a = _mm256_unpacklo_pd(r0, r1), b = _mm256_unpackhi_pd(r0, r1);
    __m256d c = _mm256_unpacklo_pd(r2, r3), d = _mm256_unpackhi_pd(r2, r3);
    column[0] = _mm256_permute2f128_pd(a, c, 0x20);
    column[1] = _mm256_permute2f128_pd(b, d, 0x20);
    column[2] = _mm256_permute2f128_pd(a, c, 0x31);
    column[3] = _mm256_permute2f128_pd(b, d, 0x31);
}
#    include "trend/steps_kernel.h"
#else
#    include "trend/steps.h"
const struct pt_steps pt_steps_avx2 = { 0 };
#endif
