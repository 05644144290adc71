#ifdef __SSE2__
#    include <emmintrin.h>
#endif

#define PT_SIFT_BYTES 16
#define PT_SIFT       pt_sift_portable
#include "simulate/sieve_kernel.h"

int16_t pt_sift_key(const struct pt_sift *sift, double x)
{
    return (int16_t)key_of(x, sift->centre, sift->scale);
}
