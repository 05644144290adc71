#include "simulate/sieve.h"

#ifdef __AVX512BW__
#    include <immintrin.h>
#    define PT_SIFT_BYTES 32
#    define PT_SIFT       pt_sift_avx512
#    include "simulate/sieve_kernel.h"
#else
uint64_t pt_sift_avx512(const struct pt_sift *sift, const double *x, uint32_t past[PT_BANDS],
                        uint64_t inside[PT_SIEVE_BLOCK / 64])
{
    return pt_sift_portable(sift, x, past, inside);
}
#endif
