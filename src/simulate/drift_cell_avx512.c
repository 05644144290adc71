#define PT_WALK pt_walk_avx512
#include "simulate/drift_cell_kernel.h"
