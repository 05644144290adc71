#ifdef __AVX512DQ__
#    include <immintrin.h>
#    define PT_MUL32(a, b) ((word)_mm512_mul_epu32((__m512i)(a), (__m512i)(b)))
#    define PT_SQRT(x)     ((real)_mm512_sqrt_pd((__m512d)(x)))
#    define PT_BLEND(no, yes, by) \
        ((real)_mm512_mask_blend_pd(_mm512_movepi64_mask((__m512i)(by)), (no), (yes)))
#    define PT_LANES  8
#    define PT_CHAINS 4
#    define PT_BLOCKS pt_blocks_avx512
#    include "base/blocks_kernel.h"
#else
#    include "base/blocks.h"
const struct pt_blocks pt_blocks_avx512 = { 0 };
#endif
