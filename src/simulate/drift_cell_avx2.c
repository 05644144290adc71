#define PT_DRIFT pt_drift_avx2
#include "simulate/drift_cell_kernel.h"
