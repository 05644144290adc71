#define PT_HOLT pt_holt_portable
#include "trend/holt_kernel.h"
