#define PT_DRIFT pt_drift_avx512
#include "simulate/drift_cell_kernel.h"
