#define PT_WALK pt_walk_avx2
#include "simulate/drift_cell_kernel.h"
