#include <paritet/base.h>

int pt_status_exit_code(enum pt_status status)
{
    switch (status) {
#define CASE(name, code, text) \
    case name:                 \
        return code;
        PT_STATUS_LIST(CASE)
#undef CASE
    }
    return 70;
}
