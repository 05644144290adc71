#include <paritet/base.h>

enum pt_status pt_error_raise(struct pt_error *err, enum pt_status status, const char *file,
                              int line, const char *format, ...)
{
    if (err == NULL) {
        return status;
    }
    va_list ap;
    va_start(ap, format);
    pt_message_vset(&err->message, format, ap);
    va_end(ap);
    err->status = status;
    err->file = file;
    err->line = line;
    return status;
}
