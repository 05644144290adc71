#include <stdlib.h>
#include <string.h>

#include "base/blocks.h"

static const char *const names[PT_ISAS] = { "portable", "avx2", "avx512" };

const char *pt_isa_name(enum pt_isa isa)
{
    return names[isa];
}

bool pt_isa_find(const char *name, enum pt_isa *isa)
{
    for (int i = 0; i < PT_ISAS; i++) {
        if (strcmp(name, names[i]) == 0) {
            *isa = (enum pt_isa)i;
            return true;
        }
    }
    return false;
}

const struct pt_blocks *pt_blocks_of(enum pt_isa isa)
{
    static const struct pt_blocks *const all[PT_ISAS] = { &pt_blocks_portable, &pt_blocks_avx2,
                                                          &pt_blocks_avx512 };
    return all[isa];
}

bool pt_isa_runs(enum pt_isa isa)
{
    if (!pt_blocks_of(isa)->normals) {
        return false;
    }
#if defined(__x86_64__) || defined(__i386__)
    if (isa == PT_ISA_AVX2) {
        return __builtin_cpu_supports("avx2");
    }
    if (isa == PT_ISA_AVX512) {
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
               __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    }
#endif
    return true;
}

enum pt_isa pt_isa_best(void)
{
    enum pt_isa best = PT_ISA_PORTABLE;
    const char *wanted = getenv(PT_ISA_VARIABLE);
    if (wanted && pt_isa_find(wanted, &best) && pt_isa_runs(best)) {
        return best;
    }
    best = PT_ISA_PORTABLE;
    for (int i = PT_ISA_PORTABLE + 1; i < PT_ISAS; i++) {
        best = pt_isa_runs((enum pt_isa)i) ? (enum pt_isa)i : best;
    }
    return best;
}

void pt_block_exp(enum pt_isa isa, size_t n, const double *x, double *y)
{
    pt_blocks_of(isa)->exp(n, x, y);
}

void pt_block_log(enum pt_isa isa, size_t n, const double *x, double *y)
{
    pt_blocks_of(isa)->log(n, x, y);
}
