/* blocks: the functions that work on many numbers at a time, compiled once for each instruction
 * set from blocks_kernel.h. Inside base only. */
#ifndef PT_BASE_BLOCKS_H
#define PT_BASE_BLOCKS_H

#include <paritet/base.h>

struct pt_blocks {
    void (*uniforms)(const uint32_t key[2], uint64_t first, size_t n, uint32_t block, double *u0,
                     double *u1);
    void (*normals)(const uint32_t key[2], uint64_t first, size_t n, uint32_t block, double *z0,
                    double *z1);
    void (*exp)(size_t n, const double *x, double *y);
    void (*log)(size_t n, const double *x, double *y);
};
/* All NULL where the compiler does not know the instruction set. */
extern const struct pt_blocks pt_blocks_portable, pt_blocks_avx2, pt_blocks_avx512;
const struct pt_blocks *pt_blocks_of(enum pt_isa isa);

#endif
