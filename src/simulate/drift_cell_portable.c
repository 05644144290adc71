#define PT_WALK pt_walk_portable
#include "simulate/drift_cell_kernel.h"
