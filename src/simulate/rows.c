#include "simulate/rows.h"

const struct pt_rows_kernels *pt_rows_best(void)
{
    static const struct pt_rows_kernels *const all[PT_ISAS] = { &pt_rows_portable, &pt_rows_avx2,
                                                                &pt_rows_avx512 };
    return all[pt_isa_best()];
}
