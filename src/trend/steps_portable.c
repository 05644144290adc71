#define PT_LANES  2
#define PT_CHAINS 1
#define PT_STEPS  pt_steps_portable
#define PT_TURN(rows, j, column)                                        \
    do {                                                                \
        (column)[0] = (real){ (rows)[0][(j)], (rows)[1][(j)] };         \
        (column)[1] = (real){ (rows)[0][(j) + 1], (rows)[1][(j) + 1] }; \
    } while (0)
#include "trend/steps_kernel.h"
