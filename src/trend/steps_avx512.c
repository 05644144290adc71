#ifdef __AVX512BW__
#    include <immintrin.h>
#    define PT_LANES  8
#    define PT_CHAINS 4
#    define PT_STEPS  pt_steps_avx512
#    define PT_PICK(table, at)                                               \
        ((real)_mm512_permutex2var_pd(_mm512_loadu_pd(table), (__m512i)(at), \
                                      _mm512_loadu_pd((table) + 8)))
#    define PT_PICK_CELL(at) \
        ((word)_mm512_permutexvar_epi16((__m512i)(at), _mm512_loadu_si512(pt_normal_pieces.cell)))
#    include "trend/steps_kernel.h"
#else
#    include "trend/steps.h"
const struct pt_steps pt_steps_avx512 = { 0 };
#endif
