#ifdef __AVX2__
#    include <immintrin.h>
#    define PT_MUL32(a, b)        ((word)_mm256_mul_epu32((__m256i)(a), (__m256i)(b)))
#    define PT_SQRT(x)            ((real)_mm256_sqrt_pd((__m256d)(x)))
#    define PT_BLEND(no, yes, by) ((real)_mm256_blendv_pd((no), (yes), (__m256d)(by)))
#    define PT_LANES              4
#    define PT_CHAINS             4
#    define PT_BLOCKS             pt_blocks_avx2
#    include "base/blocks_kernel.h"
#else
#    include "base/blocks.h"
const struct pt_blocks pt_blocks_avx2 = { 0 };
#endif
