#define PT_HOLT pt_holt_avx2
#include "trend/holt_kernel.h"
