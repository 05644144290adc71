#include <omp.h>

#include <paritet/base.h>
#include <paritet/limits.h>

int pt_threads(int asked)
{
    int threads = asked > 0 ? asked : omp_get_max_threads();
    return threads < PT_THREADS_MOST ? threads : PT_THREADS_MOST;
}
