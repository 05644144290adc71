#ifdef __SSE2__
#    include <emmintrin.h>
#    define PT_MUL32(a, b) ((word)_mm_mul_epu32((__m128i)(a), (__m128i)(b)))
#    define PT_SQRT(x)     ((real)_mm_sqrt_pd((__m128d)(x)))
#endif

#define PT_LANES  2
#define PT_CHAINS 4
#define PT_BLOCKS pt_blocks_portable
#include "base/blocks_kernel.h"
