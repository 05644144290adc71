#define PT_ROWS pt_rows_avx2
#include "simulate/rows_kernel.h"
