#define PT_HOLT pt_holt_avx512
#include "trend/holt_kernel.h"
