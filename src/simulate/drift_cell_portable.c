#define PT_DRIFT pt_drift_portable
#include "simulate/drift_cell_kernel.h"
