#include "simulate/sieve.h"

#ifdef __AVX2__
#    include <immintrin.h>
#    define PT_SIFT_BYTES 32
#    define PT_SIFT       pt_sift_avx2
#    include "simulate/sieve_kernel.h"
#else
bool pt_sift_avx2(const struct pt_sift *sift, size_t n, const double *x, struct pt_sifted *out)
{
    return pt_sift_portable(sift, n, x, out);
}
#endif
