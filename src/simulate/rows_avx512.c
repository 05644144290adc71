#define PT_ROWS pt_rows_avx512
#include "simulate/rows_kernel.h"
