#define PT_ROWS pt_rows_portable
#include "simulate/rows_kernel.h"
